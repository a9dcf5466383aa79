//! `recto accept`, `recto reject`, `recto reopen`: verdicts without the screen.

use crate::cli::act;
use crate::cli::failure::{Exit, Failure};
use crate::cli::select::Selection;
use crate::cli::sources::{Beginning, Sources};
use crate::review::command::Command;
use crate::review::event::Verdict;
use crate::shell::console::Console;
use crate::shell::session::Access;

/// Names the review and the places.
#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    beginning: Beginning,
}

/// Gives the verdict on the places.
///
/// # Errors
/// Nothing there to decide; a review that cannot be opened or written.
pub fn run(verdict: Verdict, options: &Options, console: &Console) -> Result<Exit, Failure> {
    let mut session = options.sources.open(Access::Command, options.beginning)?;
    act::tell(&session, console);
    let mut review = act::review(&session)?;
    let wish = options.selection.wish(&review, verdict)?;
    act::act(&mut session, &mut review, &Command::Decide(wish), console)
}
