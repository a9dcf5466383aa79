//! `recto review`: the screen.

use std::path::{Path, PathBuf};

use crate::cli::act::farewell;
use crate::cli::failure::{Exit, Failure};
use crate::cli::plain;
use crate::cli::sources::{Beginning, Sources, Texts};
use crate::shell::adjudication;
use crate::shell::answers;
use crate::shell::console::Console;
use crate::shell::looks::{self, BadLooks, Looks};
use crate::shell::read_only::ReadOnly;
use crate::shell::screen::{self, Left, ScreenFault};
use crate::shell::session::{Access, Session};
use crate::shell::signals;
use crate::shell::terminal::{NoTerminal, Terminal};

/// Tells whether the decisions of other reviewers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Others {
    Shown,
    Hidden,
}

impl Others {
    fn put(self, session: &mut Session) {
        match self {
            Self::Shown => adjudication::show_others(session),
            Self::Hidden => session.writer.blind(),
        }
    }
}

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
    /// Go through the open places line by line, without a screen: for screen readers, simple
    /// terminals and pipes.
    #[arg(long)]
    plain: bool,
    /// Look only: nothing is written, nothing locked.
    #[arg(long)]
    read_only: bool,
    /// Hide what other reviewers decided; the log says that it was hidden.
    #[arg(long)]
    blind: bool,
    /// End the process of yours that holds the log, as a dropped connection leaves one behind.
    #[arg(long, conflicts_with = "read_only")]
    take_over: bool,
    #[command(flatten)]
    texts: Texts,
    #[command(flatten)]
    beginning: Beginning,
}

/// Finds out how to show a review, before its log is opened, which locks it and may mend its end.
///
/// Where there is no screen to be had, people are asked line by line: on a terminal that cannot
/// place its cursor, and through a pipe. A pipe alone is no reason while there is a terminal: in a
/// loop of a shell it holds the names of the files.
fn access(plain: bool, base: &Path) -> Result<Access, Failure> {
    let stdin_is_text = base == Path::new("-");
    let found = match Terminal::find() {
        _ if plain => Access::Plain,
        Ok(_) => return Ok(Access::Screen),
        Err(NoTerminal::Dumb) if !stdin_is_text => Access::Plain,
        Err(NoTerminal::Output) if answers::are_piped() && !stdin_is_text => Access::Plain,
        Err(fault) => return Err(ScreenFault::NoTerminal(fault).into()),
    };
    if stdin_is_text {
        return Err(Failure::cannot("standard input cannot be the OCR text and the answers")
            .hint("give the OCR text as a file"));
    }
    Ok(found)
}

/// Opens the screen until the reviewer leaves it, or goes through the places line by line.
///
/// # Errors
/// No terminal; a review that cannot be opened.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let base = options.resume.as_ref().or(options.base.as_ref());
    let base = base.expect("the parser wants one of the two").clone();
    let access = access(options.plain, &base)?;
    let sources = Sources {
        base,
        transcript: options.transcript.clone(),
        log: options.log.clone(),
        reviewer: options.reviewer.clone(),
        texts: options.texts.clone(),
    };
    let others = if options.blind { Others::Hidden } else { Others::Shown };
    if !options.read_only {
        let opened = if options.take_over { Access::TakeOver(access.by()) } else { access };
        let session = sources.open(opened, options.beginning)?;
        return show(session, (&sources, others), (access, console));
    }
    let mut session = sources.look()?;
    session.read_only.get_or_insert(ReadOnly::Asked);
    show(session, (&sources, others), (access, console))
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
    let access = access(false, &base)?;
    let sources = Sources {
        base,
        transcript: Some(transcript),
        log: None,
        reviewer: reviewer.map(str::to_owned),
        texts: Texts { encoding: None, page_break: Some(page_break.to_owned()) },
    };
    let session = sources.open(access, Beginning::default())?;
    show(session, (&sources, Others::Shown), (access, console))
}

fn show(
    mut session: Session,
    (sources, others): (&Sources, Others),
    (access, console): (Access, &Console),
) -> Result<Exit, Failure> {
    others.put(&mut session);
    if access == Access::Plain {
        return plain::run(session, looks::repertoire(), console);
    }
    let log = session.log.clone();
    let mut left = on_screen(session, console)?;
    while left.anew {
        // The log is let go of first, to be opened again.
        drop(left);
        let beginning = Beginning { force: true, new_transcript: true, ..Beginning::default() };
        let mut session = sources.open(Access::Screen, beginning)?;
        others.put(&mut session);
        left = on_screen(session, console)?;
    }
    leave(&left, &log, console)
}

/// Opens the screen on a session until the reviewer leaves it.
///
/// # Errors
/// No terminal; a record that does not fit.
pub fn show_once(session: Session, console: &Console) -> Result<Exit, Failure> {
    let log = session.log.clone();
    leave(&on_screen(session, console)?, &log, console)
}

fn on_screen(session: Session, console: &Console) -> Result<Left, Failure> {
    Ok(screen::run(session, Looks::find(console.coloured())?, None)?)
}

/// Says what is decided, unless a signal ended the screen.
fn leave(left: &Left, log: &Path, console: &Console) -> Result<Exit, Failure> {
    if let Some(signal) = left.signal {
        // Whoever sent it looks at how the program ended; the terminal may be gone.
        signals::die_of(signal);
    }
    if !console.quiet {
        let words =
            farewell(&left.counts, left.writer.as_ref(), left.unsealed, &log.display().to_string());
        console.result(words.as_bytes())?;
    }
    Ok(Exit::Done)
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
                "without one there are recto review --plain, diff, stats, accept, reject, reopen, edit, note, \
                 sign, undo, redo, export, log, adjudicate --take and replay --text",
            ),
            ScreenFault::Misfit(..) => {
                Self::no(&fault).hint("`recto verify LOG` tells what of the log is sound")
            }
            _ => said,
        }
    }
}
