//! `recto export`: the established text, a patch, or the review as data.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::act;
use crate::cli::failure::{Exit, Failure};
use crate::cli::sources::Sources;
use crate::document::Text;
use crate::export::data::{self, About};
use crate::export::established::{self, Pending};
use crate::export::unified;
use crate::log::audit::Finding;
use crate::review::state::Review;
use crate::shell::console::Console;
use crate::shell::files::{self, Replace};
use crate::shell::session::Session;

/// Tells what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The established text, byte for byte.
    Text,
    /// A unified diff that makes it of the OCR text.
    Diff,
    /// The review as data.
    Json,
}

/// Tells what stands where a fix is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Open {
    /// The OCR's reading.
    Base,
    /// The corrected text's reading.
    Transcript,
    /// Both, between marks.
    Mark,
}

/// Names the review and what to write where.
#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    sources: Sources,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    to: Format,
    /// Where to, if not to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What stands where a fix is open.
    #[arg(long, value_enum, value_name = "WHAT")]
    pending: Option<Open>,
    /// The review as it stood at this record.
    #[arg(long, value_name = "SEQ")]
    at: Option<u64>,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// Writes the review in a format.
///
/// # Errors
/// Open fixes, where nothing says what stands for them; a damaged log; files.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let mut session = options.sources.look()?;
    sound(&session)?;
    if let Some(at) = options.at {
        cut(&mut session, at)?;
    }
    let review = act::review(&session)?;
    act::tell(&session, console);
    let bytes = bytes(options, &session, &review)?;
    let output = options.output.as_deref().filter(|path| path.as_os_str() != "-");
    let Some(path) = output else {
        console.result(&bytes)?;
        return Ok(Exit::Done);
    };
    let replace = if options.force { Replace::Yes } else { Replace::No };
    files::write(path, &bytes, replace)?;
    console.say(&format!("{} bytes written to {}", bytes.len(), path.display()));
    Ok(Exit::Done)
}

/// Refuses a log whose decisions cannot all be read.
fn sound(session: &Session) -> Result<(), Failure> {
    let why = session.read_only.clone().unwrap_or_default();
    match session.finding {
        Finding::Damaged => Err(Failure::no(why)
            .hint("`recto replay LOG --at SEQ --text` gives the text before the damage")),
        Finding::Newer => Err(Failure::newer(why).hint("a newer recto reads it")),
        _ => Ok(()),
    }
}

/// Leaves out what happened after record `at`.
fn cut(session: &mut Session, at: u64) -> Result<(), Failure> {
    let Some((_, size)) = &mut session.head else {
        return Err(Failure::cannot("there is no log yet, so --at names no record of it"));
    };
    if at >= *size {
        let last = *size - 1;
        return Err(Failure::cannot(format_args!("there is no record {at}: the last is {last}")));
    }
    *size = at + 1;
    session.events.retain(|&(seq, _)| seq <= at);
    Ok(())
}

fn bytes(options: &Options, session: &Session, review: &Review) -> Result<Vec<u8>, Failure> {
    if options.to == Format::Json {
        return Ok(data::data(review, &about(session)));
    }
    let open = established::open(review);
    if open > 0 && options.pending.is_none() {
        let are = if open == 1 { "fix is" } else { "fixes are" };
        return Err(Failure::no(format_args!("{open} {are} open"))
            .hint("decide them, or say what stands there: --pending base, transcript or mark"));
    }
    let pending = match options.pending {
        None | Some(Open::Base) => Pending::Base,
        Some(Open::Transcript) => Pending::Transcript,
        Some(Open::Mark) => Pending::Mark,
    };
    let text = established::established(review, pending);
    if options.to == Format::Text {
        return Ok(text.into_bytes());
    }
    let text = Text::new(text).map_err(Failure::cannot)?;
    Ok(unified::diff(&session.base.name, review.base().clone(), text))
}

fn about(session: &Session) -> About<'_> {
    About {
        base: &session.base,
        transcript: session.transcript.as_ref(),
        reviewer: session.reviewer.as_str(),
        log: session.head.as_ref().map(|(id, size)| (id.as_str(), size.saturating_sub(1))),
    }
}
