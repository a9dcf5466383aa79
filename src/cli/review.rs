//! `recto review`: the screen.

use std::path::PathBuf;

use crate::cli::act::in_words;
use crate::cli::failure::{Exit, Failure};
use crate::cli::sources::{Beginning, Sources, Texts};
use crate::shell::console::Console;
use crate::shell::looks::{BadLooks, Looks};
use crate::shell::screen::{self, Left, ScreenFault};
use crate::shell::session::{Access, Session};
use crate::shell::signals;
use crate::shell::terminal::{NoTerminal, Terminal};

/// Names the review and how to open it.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The OCR text, or a log.
    #[arg(value_name = "BASE|LOG", required_unless_present = "resume")]
    base: Option<PathBuf>,
    /// The corrected text.
    transcript: Option<PathBuf>,
    /// Go on with this log alone: it holds its texts.
    #[arg(long, value_name = "LOG", conflicts_with = "base")]
    resume: Option<PathBuf>,
    /// Where the log is, or shall be, if not beside the OCR text.
    #[arg(long, value_name = "LOG")]
    log: Option<PathBuf>,
    /// Who decides: 1 to 32 of A-Z a-z 0-9 _ -.
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Look only: nothing is written, nothing locked.
    #[arg(long)]
    read_only: bool,
    /// End the process of yours that holds the log, as a dropped connection leaves one behind.
    #[arg(long, conflicts_with = "read_only")]
    take_over: bool,
    #[command(flatten)]
    texts: Texts,
    #[command(flatten)]
    beginning: Beginning,
}

/// Opens the screen until the reviewer leaves it.
///
/// # Errors
/// No terminal; a review that cannot be opened.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    // Before the log is opened, which locks it and may mend its end.
    Terminal::find().map_err(ScreenFault::NoTerminal)?;
    let base = options.resume.as_ref().or(options.base.as_ref());
    let sources = Sources {
        base: base.expect("the parser wants one of the two").clone(),
        transcript: options.transcript.clone(),
        log: options.log.clone(),
        reviewer: options.reviewer.clone(),
        texts: options.texts.clone(),
    };
    if !options.read_only {
        let access = if options.take_over { Access::TakeOver } else { Access::Screen };
        return show(sources.open(access, options.beginning)?, console);
    }
    let mut session = sources.look()?;
    session.read_only.get_or_insert_with(|| "it was opened to be looked at only".to_owned());
    show(session, console)
}

/// Opens the screen on two texts whose pages end after the lines that match `page_break`.
///
/// # Errors
/// As [`run`].
pub fn open(
    (base, transcript): (PathBuf, PathBuf),
    page_break: &str,
    reviewer: Option<&str>,
    console: &Console,
) -> Result<Exit, Failure> {
    let sources = Sources {
        base,
        transcript: Some(transcript),
        log: None,
        reviewer: reviewer.map(str::to_owned),
        texts: Texts { encoding: None, page_break: Some(page_break.to_owned()) },
    };
    let beginning = Beginning { force: false, no_embed: false };
    show(sources.open(Access::Screen, beginning)?, console)
}

fn show(session: Session, console: &Console) -> Result<Exit, Failure> {
    let looks = Looks::find(console.coloured())?;
    let log = session.log.clone();
    let left = screen::run(session, looks)?;
    if let Some(signal) = left.signal {
        // Whoever sent it looks at how the program ended; the terminal may be gone.
        signals::die_of(signal);
    }
    if !console.quiet {
        console.result(farewell(&left, &log.display().to_string()).as_bytes())?;
    }
    Ok(Exit::Done)
}

/// Says what is decided, where the log is, its head, and how to get the text.
fn farewell(left: &Left, log: &str) -> String {
    let decided = in_words(&left.counts);
    let Some(store) = left.writer.as_ref().and_then(|writer| writer.store()) else {
        return format!("{decided}\nno log was begun\n");
    };
    let (size, head) = (store.size(), store.head().short());
    let export = format!("recto export {} --to text -o FILE", quoted(log));
    format!(
        "decided  {decided}\nlog      {log}\nhead     {head}, {size} records\nexport   {export}\n"
    )
}

/// Puts a path in quotes where a shell would take it apart.
#[must_use]
pub fn quoted(path: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || matches!(it, '/' | '.' | '_' | '-' | '+' | ',');
    if path.chars().all(plain) {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}

impl From<BadLooks> for Failure {
    fn from(bad: BadLooks) -> Self {
        Self::cannot(bad)
    }
}

impl From<ScreenFault> for Failure {
    fn from(fault: ScreenFault) -> Self {
        let said = Self::cannot(&fault);
        match fault {
            ScreenFault::NoTerminal(
                NoTerminal::Output | NoTerminal::Input(_) | NoTerminal::Dumb,
            ) => said.hint(
                "without one there are recto diff, stats, accept, reject, reopen, edit, note, \
                 sign, undo, redo, export, log and replay --text",
            ),
            ScreenFault::Misfit(..) => {
                Self::no(&fault).hint("`recto verify LOG` tells what of the log is sound")
            }
            _ => said,
        }
    }
}
