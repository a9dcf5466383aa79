//! `recto` alone: the start screen, or its list where there is no screen.

use std::ffi::OsString;

use crate::cli::failure::Failure;
use crate::shell::config::Config;
use crate::shell::console::Console;
use crate::shell::looks::Looks;
use crate::shell::signals;
use crate::shell::start::{self, Chosen};
use crate::shell::terminal::Terminal;
use crate::shell::who::Reviewer;
use crate::ui::start::listed;

/// Tells what follows the start screen.
#[derive(Debug)]
pub enum Next {
    /// Nothing: the reviewer left, or the list was printed.
    Done,
    /// There is neither a screen nor a review that could be listed.
    Nothing,
    /// A subcommand with its arguments.
    Run(Vec<OsString>),
}

/// Shows the start screen and returns the subcommand that was chosen.
///
/// # Errors
/// Wrong config files; a terminal that cannot be used.
pub fn run(console: &Console) -> Result<Next, Failure> {
    if Terminal::find().is_err() {
        let entries = start::entries();
        if entries.is_empty() {
            return Ok(Next::Nothing);
        }
        console.result(listed(&entries).as_bytes())?;
        return Ok(Next::Done);
    }
    let config = Config::load()?;
    let reviewer = Reviewer::find(None, &config)?;
    let looks = Looks::find(console.coloured())?;
    let words: Vec<OsString> = match start::run(reviewer.as_str().to_owned(), looks)? {
        Chosen::Nothing => return Ok(Next::Done),
        Chosen::Signal(signal) => signals::die_of(signal),
        Chosen::Demo => vec!["demo".into()],
        Chosen::Resume(log) => vec!["review".into(), "--resume".into(), log.into()],
        Chosen::Play(log) => vec!["replay".into(), "--".into(), log.into()],
        Chosen::Open(base, transcript) => {
            let texts = std::iter::once(base).chain(transcript).map(OsString::from);
            ["review".into(), "--".into()].into_iter().chain(texts).collect()
        }
    };
    Ok(Next::Run(std::iter::once("recto".into()).chain(words).collect()))
}
