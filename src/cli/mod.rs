//! The command line: one file per subcommand; failures become exit codes and hints.
//!
//! A subcommand's file holds its `Options`, as clap reads them, and
//! `run(&Options, &Console) -> Result<Exit, Failure>`.

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::cli::failure::{Exit, Failure};
use crate::review::event::Verdict;
use crate::shell::console::{self, Colour, Console};

pub mod act;
pub mod adjudicate;
pub mod compare;
pub mod decide;
pub mod demo;
pub mod diff;
pub mod export;
pub mod failure;
pub mod head;
pub mod log;
pub mod log_filter;
pub mod manual;
pub mod plain;
pub mod propose;
pub mod record;
pub mod repair;
pub mod replay;
pub mod report;
pub mod review;
pub mod seal;
pub mod select;
pub mod signatures;
pub mod sources;
pub mod start;
pub mod stats;
pub mod verify;

/// Reviews the raw OCR of a scan against its corrected transcript, side by side.
///
/// Every decision goes into an append-only log beside the OCR text. Start with `recto demo`.
#[derive(Debug, Parser)]
#[command(name = "recto", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Arguments {
    /// Leave out messages that are neither results nor errors.
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Tell more than is usual.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// Colour the output.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    color: Colour,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Names the subcommands, in the order of the help.
#[derive(Debug, Subcommand)]
enum Command {
    /// Try it: a writable copy of the sample documents, the first opened for review.
    Demo(demo::Options),
    /// Review the OCR text beside its corrected text on the screen.
    Review(review::Options),
    /// Accept: the corrected text's reading stands.
    Accept(decide::Options),
    /// Reject: the OCR's reading stands.
    Reject(decide::Options),
    /// Reopen: decided places are open again.
    Reopen(decide::Options),
    /// Put a reading of your own.
    Edit(record::Edit),
    /// Note something on a line or span.
    Note(record::Note),
    /// Sign a page or the document.
    Sign(record::Sign),
    /// Take back the last act.
    Undo(record::Back),
    /// Put the act in force again that was undone last.
    Redo(record::Back),
    /// Write the established text, a patch, or the review as data.
    Export(export::Options),
    /// Print the two texts side by side, their differences marked.
    Diff(diff::Options),
    /// List places worth a look in one text, each with its reason.
    Propose(propose::Options),
    /// Measure error rates; count the differences by kind, and what is decided.
    Stats(stats::Options),
    /// Play a log: how the text came about, record by record.
    Replay(replay::Options),
    /// Print what happened in a review.
    Log(log::Options),
    /// Print how far reviewers agree, and where they don't.
    Compare(compare::Options),
    /// Settle what reviewers dispute.
    Adjudicate(adjudicate::Options),
    /// Check a log's chain, seals, anchors and replay.
    Verify(verify::Options),
    /// Seal a log: sign it with your SSH key, by the agent.
    Seal(seal::Options),
    /// Write the sound beginning of a damaged log as a new one.
    Repair(repair::Options),
    /// Print a log's size and last hash, to be kept elsewhere.
    Head(head::Options),
    /// Print a completion script for a shell.
    Completions(manual::Shell),
    /// Print the manual page.
    Man,
}

/// Parses the arguments, runs the subcommand and returns its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            // What was typed is quoted in it, and may hold anything.
            let message = error.render().to_string();
            message.trim_end().lines().for_each(console::usage);
            return Exit::Cannot.into();
        }
        Err(error) => {
            // Help and version are results; a closed pipe is success all the same.
            let _ = error.print();
            return Exit::Done.into();
        }
    };
    match run(&arguments) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.report(),
    }
}

fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let console =
        Console { quiet: arguments.quiet, verbose: arguments.verbose, colour: arguments.color };
    if let Some(command) = &arguments.command {
        return dispatch(command, &console);
    }
    match start::run(&console)? {
        start::Next::Done => {}
        start::Next::Nothing => {
            console.result(Arguments::command().render_help().to_string().as_bytes())?;
        }
        start::Next::Run(words) => {
            let chosen = Arguments::try_parse_from(words).map_err(Failure::cannot)?;
            if let Some(command) = &chosen.command {
                return dispatch(command, &console);
            }
        }
    }
    Ok(Exit::Done)
}

fn dispatch(command: &Command, console: &Console) -> Result<Exit, Failure> {
    use crate::review::command::Command as Wish;
    match command {
        Command::Demo(options) => demo::run(options, console),
        Command::Replay(options) => replay::run(options, console),
        Command::Log(options) => log::run(options, console),
        Command::Adjudicate(options) => adjudicate::run(options, console),
        Command::Compare(options) => compare::run(options, console),
        Command::Verify(options) => verify::run(options, console),
        Command::Seal(options) => seal::run(options, console),
        Command::Repair(options) => repair::run(options, console),
        Command::Head(options) => head::run(options, console),
        Command::Review(options) => review::run(options, console),
        Command::Accept(options) => decide::run(Verdict::Accept, options, console),
        Command::Reject(options) => decide::run(Verdict::Reject, options, console),
        Command::Reopen(options) => decide::run(Verdict::Reopen, options, console),
        Command::Edit(options) => record::edit(options, console),
        Command::Note(options) => record::note(options, console),
        Command::Sign(options) => record::sign(options, console),
        Command::Undo(options) => record::back(&Wish::Undo, options, console),
        Command::Redo(options) => record::back(&Wish::Redo, options, console),
        Command::Export(options) => export::run(options, console),
        Command::Propose(options) => propose::run(options, console),
        Command::Diff(options) => diff::run(options, console),
        Command::Stats(options) => stats::run(options, console),
        Command::Completions(options) => {
            manual::completions(options, Arguments::command(), console)
        }
        Command::Man => manual::man(Arguments::command(), console),
    }
}
