//! `recto export`: the established text, a patch, or the review as data.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::cli::act;
use crate::cli::compare;
use crate::cli::failure::{Exit, Failure};
use crate::cli::sources::Sources;
use crate::export::established::Pending;
use crate::export::format::{FORMATS, Format, Make, Refusal};
use crate::log::audit::Finding;
use crate::shell::cast::Show;
use crate::shell::console::Console;
use crate::shell::exports::{ExportFault, Source};
use crate::shell::files::{self, Replace};
use crate::shell::readers;
use crate::shell::resume;
use crate::shell::session::Session;
use crate::shell::sources;

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
    /// More reviewers' logs over the same text: LOG LOG... exports what they say together.
    #[arg(value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// What to write; by the ending of FILE if left out, else the text.
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    to: Option<String>,
    /// Where to, if not to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What stands in the text where a fix is open.
    #[arg(long, value_enum, value_name = "WHAT")]
    pending: Option<Open>,
    /// The review as it stood at this record.
    #[arg(long, value_name = "SEQ")]
    at: Option<u64>,
    /// The columns and rows of a cast.
    #[arg(long, value_name = "COLSxROWS", value_parser = size)]
    size: Option<(u16, u16)>,
    /// How many times faster than it was a cast plays, 0.1 to 1000.
    #[arg(long, value_name = "TIMES", value_parser = speed)]
    speed: Option<f64>,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

fn formats() -> PossibleValuesParser {
    let value = |format: &Format| PossibleValue::new(format.name).help(format.about);
    PossibleValuesParser::new(FORMATS.iter().map(value))
}

/// Reads the size of a screen: `80x24`. It is large enough for the panes and no larger than a wall.
fn size(text: &str) -> Result<(u16, u16), String> {
    let read = text
        .split_once('x')
        .and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)));
    match read {
        Some((columns @ 20..=500, rows @ 6..=200)) => Ok((columns, rows)),
        _ => Err("write it like 80x24, from 20x6 to 500x200".to_owned()),
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse::<f64>().ok().filter(|it| (0.1..=1000.0).contains(it));
    speed.ok_or_else(|| "it is a number from 0.1 to 1000".to_owned())
}

/// Writes the review in a format.
///
/// # Errors
/// Open fixes, where nothing says what stands for them; a damaged log; files.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let several = several(options);
    let mut session = match &several[..] {
        [first, _, ..] => compare::look(first)?,
        _ => options.sources.look()?,
    };
    sound(&session)?;
    if let Some(at) = options.at {
        cut(&mut session, at)?;
    }
    let review = act::review(&session)?;
    act::tell(&session, console);
    let output = options.output.as_deref().filter(|path| path.as_os_str() != "-");
    let format = match (&options.to, output) {
        (Some(name), _) => Format::named(name).expect("the parser takes no other"),
        (None, Some(path)) => Format::of_file(&path.to_string_lossy()),
        (None, None) => &FORMATS[0],
    };
    let pending = options.pending.map(|open| match open {
        Open::Base => Pending::Base,
        Open::Transcript => Pending::Transcript,
        Open::Mark => Pending::Mark,
    });
    let usual = Show::default();
    let (size, speed) = (options.size.unwrap_or(usual.size), options.speed.unwrap_or(usual.speed));
    let mut source = Source::of(&session).until(options.at).show(Show { size, speed });
    if several.len() > 1 {
        together(options, format, pending)?;
        source = source.with(readers::read(&several)?);
    }
    let bytes = source.bytes(&review, format, pending).map_err(refused)?;
    let Some(path) = output else {
        console.result(&bytes)?;
        return Ok(Exit::Done);
    };
    source.spare(path)?;
    let replace = if options.force { Replace::Yes } else { Replace::No };
    files::write(path, &bytes, replace)?;
    console.say(&format!("{} bytes written to {}", bytes.len(), path.display()));
    Ok(Exit::Done)
}

/// Returns the logs that are named where there are several.
fn several(options: &Options) -> Vec<PathBuf> {
    let sources = &options.sources;
    let named = sources.transcript.iter().chain(&options.logs);
    let mut logs: Vec<PathBuf> = [&sources.base].into_iter().chain(named).cloned().collect();
    logs.retain(|path| sources::is_log(path));
    logs
}

/// Refuses what cannot be told of several logs together.
fn together(options: &Options, format: &Format, pending: Option<Pending>) -> Result<(), Failure> {
    if options.at.is_some() {
        return Err(Failure::cannot("--at names a record of one log, not of several"));
    }
    match format.make {
        Make::Text(_) if format.name == "tei" || pending != Some(Pending::Mark) => Ok(()),
        Make::Text(_) => Err(Failure::cannot("marks tell of one log, not of several")
            .hint("--pending base or transcript; an edition (--to tei) takes marks too")),
        _ => Err(Failure::cannot(format_args!("{} tells of one log, not of several", format.name))
            .hint("text, diff and tei tell of several; `recto compare` sets them side by side")),
    }
}

fn refused(fault: ExportFault) -> Failure {
    match fault {
        ExportFault::Refused(Refusal::Unsettled(_)) => Failure::no(fault)
            .hint("settle them, or say what stands there: --pending base, or in an edition mark; transcript where nothing is in dispute"),
        ExportFault::Refused(Refusal::Disputed(_)) => Failure::no(fault)
            .hint("`recto adjudicate` settles them; --pending base lets the OCR's readings stand"),
        ExportFault::Refused(Refusal::Open(_)) => Failure::no(fault)
            .hint("decide them, or say what stands there: --pending base, transcript or mark"),
        ExportFault::File(fault) => fault.into(),
        fault => Failure::cannot(fault),
    }
}

/// Refuses a log whose decisions cannot all be read.
fn sound(session: &Session) -> Result<(), Failure> {
    let why = session.why_read_only().unwrap_or_default();
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
    session.chronicle.cut(at);
    Ok(resume::transcript_at(session, at)?)
}
