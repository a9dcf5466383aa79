//! `recto replay`: a review as it stood at any record.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use crate::cli::failure::{Exit, Failure};
use crate::cli::sources;
use crate::log::audit::{Audit, Finding, Plan};
use crate::shell::console::Console;
use crate::shell::log_reader;
use crate::text::visible;

/// Names a log and a place in it.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The log, or the OCR text that it lies beside.
    #[arg(value_name = "BASE|LOG", value_parser = sources::log())]
    log: PathBuf,
    /// The record up to which the review is replayed; the last one if left out.
    #[arg(long, value_name = "SEQ")]
    at: Option<u64>,
    /// Print the established text.
    #[arg(long)]
    text: bool,
}

/// Prints the established text as it stood.
///
/// # Errors
/// A log that cannot be read, is broken or of a newer recto before that record; a record that is
/// not there.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    if !options.text {
        return Err(Failure::cannot("replay needs to be told what to print")
            .hint("--text prints the established text as it stood at --at SEQ"));
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
        _ => Failure::no(format_args!("{log} is damaged: {complaint}")),
    };
    Err(match sound.checked_sub(1) {
        Some(last) => failure.hint(format_args!("--at {last} shows the review before that")),
        None => failure,
    })
}
