//! `recto replay`: how a review came about, on the screen, or its text at any record.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use crate::cli::failure::{Exit, Failure};
use crate::cli::sources::{self, Sources, Texts};
use crate::cli::verify;
use crate::log::audit::{Audit, Finding, Plan};
use crate::log::replay::Transcript;
use crate::shell::console::Console;
use crate::shell::log_reader;
use crate::shell::looks::Looks;
use crate::shell::read_only::ReadOnly;
use crate::shell::screen::{self, Replay};
use crate::shell::signals;
use crate::shell::terminal::Terminal;
use crate::text::visible;

/// Names a log and a place in it.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The log, or the OCR text that it lies beside.
    #[arg(value_name = "BASE|LOG", value_parser = sources::log())]
    log: PathBuf,
    /// The record to begin at; the last one if left out.
    #[arg(long, value_name = "SEQ")]
    at: Option<u64>,
    /// Print the established text as it stood, no terminal needed.
    #[arg(long)]
    text: bool,
}

/// Shows the replay on the screen, or prints the established text as it stood.
///
/// # Errors
/// A log that cannot be read, is broken or of a newer recto before that record; a record that is
/// not there.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    if !options.text {
        return play(options, console);
    }
    let plan = Plan { until: options.at, ..Plan::default() };
    let audit = log_reader::read(&options.log, &plan).map_err(Failure::cannot)?;
    check(options, &audit)?;
    let Some(replay) = &audit.replay else {
        return Err(Failure::cannot(format_args!(
            "{} does not hold its OCR text, and that text is not beside it",
            options.log.display()
        ))
        .hint("put the OCR text into the log's folder under its old name"));
    };
    let text = replay.ledger.established();
    if io::stdout().is_terminal() {
        let lines = text.split_inclusive('\n').map(|line| match line.strip_suffix('\n') {
            Some(line) => visible::escape(line) + "\n",
            None => visible::escape(line),
        });
        console.result(lines.collect::<String>().as_bytes())?;
    } else {
        console.result(text.as_bytes())?;
    }
    Ok(Exit::Done)
}

/// Shows the replay until it is left. Nothing is written, nothing locked.
fn play(options: &Options, console: &Console) -> Result<Exit, Failure> {
    Terminal::find().map_err(|none| {
        Failure::cannot(none).hint("--text prints the established text as it stood at --at SEQ")
    })?;
    let sources = Sources {
        base: options.log.clone(),
        transcript: None,
        log: None,
        reviewer: None,
        texts: Texts { encoding: None, page_break: None },
    };
    let mut session = sources.look()?;
    let Some((_, size)) = session.head else {
        return Err(Failure::cannot(format_args!("there is no log {} yet", session.log.display()))
            .hint("`recto review` begins one with the first decision"));
    };
    let last = session.chronicle.records().last().map_or(0, |record| record.seq);
    if let Some(at) = options.at.filter(|&at| at > last) {
        let log = session.log.display();
        return Err(Failure::cannot(format_args!("{log} has no record {at} that could be shown"))
            .hint(format_args!("its records are 0 to {last}")));
    }
    // A text that is not to be had the player tells of itself.
    let then = Transcript::at(&session.transcripts, options.at.unwrap_or(last));
    session.transcript = then.and_then(Transcript::document);
    // What cannot be replayed is said at the end of what can.
    let torn = session.finding == Finding::Torn;
    let torn = torn.then(|| ReadOnly::Torn(size.saturating_sub(1)));
    session.read_only = session.read_only.take().or(torn);
    session.notices.extend(session.read_only.as_ref().map(|why| why.told("the log")));
    let looks = Looks::find(console.coloured())?;
    let left =
        screen::run(session, looks, Some(Replay { at: options.at, check: verify::printed }))?;
    if let Some(signal) = left.signal {
        // Whoever sent it looks at how the program ended; the terminal may be gone.
        signals::die_of(signal);
    }
    Ok(Exit::Done)
}

/// Checks that the review can be told up to the record that was asked for.
fn check(options: &Options, audit: &Audit) -> Result<(), Failure> {
    let log = options.log.display();
    let error = audit.error.as_ref().map(|found| found.seq);
    let newer = audit.newer.as_ref().map(|found| found.seq);
    // Records before this one are sound.
    let sound = error.or(newer).unwrap_or(audit.size);
    let finding = audit.finding();
    let all = matches!(finding, Finding::Intact | Finding::Torn | Finding::Unchecked);
    match options.at {
        Some(at) if at < sound => return Ok(()),
        Some(at) if all => {
            let last = audit.size.saturating_sub(1);
            return Err(Failure::cannot(format_args!("{log} has no record {at}"))
                .hint(format_args!("its records are 0 to {last}")));
        }
        None if all => return Ok(()),
        _ => {}
    }
    let complaint = audit.complaint().unwrap_or_default();
    let failure = match finding {
        Finding::Newer => Failure::newer(format_args!("{log} is of a newer recto: {complaint}")),
        _ => Failure::damaged(format_args!("{log}: {complaint}")),
    };
    Err(match sound.checked_sub(1) {
        Some(last) => failure.hint(format_args!("--at {last} shows the review before that")),
        None => failure,
    })
}
