//! `recto edit`, `note`, `sign`, `undo` and `redo`: one record each, without the screen.

use std::ops::Range;
use std::str::FromStr;

use crate::cli::act;
use crate::cli::failure::{Exit, Failure};
use crate::cli::seal;
use crate::cli::sources::{Beginning, Sources};
use crate::review::command::{Command, Target};
use crate::review::edit;
use crate::review::event::{Mark, Read, Scope};
use crate::review::state::Review;
use crate::shell::console::Console;
use crate::shell::session::Access;

/// Names a stretch of bytes of the OCR text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bytes(pub Range<usize>);

impl FromStr for Bytes {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let ends = text.split_once('-').map(|(start, end)| (start.parse(), end.parse()));
        match ends {
            Some((Ok(start), Ok(end))) if start <= end => Ok(Self(start..end)),
            _ => Err("a span is two byte offsets: 120-131"),
        }
    }
}

/// Names one place: a line, or bytes.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Where {
    /// A line of the OCR text, from 1.
    #[arg(long, value_name = "N")]
    line: Option<usize>,
    /// Bytes of the OCR text, from 0, the end exclusive.
    #[arg(long, value_name = "START-END")]
    at: Option<Bytes>,
}

impl Where {
    /// Returns the bytes; a line's are without its line end.
    fn bytes(&self, review: &Review) -> Result<Range<usize>, Failure> {
        match (&self.at, self.line) {
            (Some(Bytes(at)), _) => Ok(at.clone()),
            (None, Some(line)) if (1..=review.base().line_count()).contains(&line) => {
                let at = review.base().line(line - 1);
                let text = review.base().slice(at.clone()).trim_end_matches(['\n', '\r']);
                Ok(at.start..at.start + text.len())
            }
            (None, line) => Err(Failure::cannot(format_args!(
                "there is no line {}: the OCR text has {}",
                line.unwrap_or_default(),
                review.base().line_count()
            ))),
        }
    }

    /// Returns what an edit is of; a span must not cut a reading.
    fn target(&self, review: &Review) -> Result<Target, Failure> {
        let bytes = self.bytes(review)?;
        if self.at.is_none() {
            let row = review.collation().row_at(bytes.start);
            return row.map(Target::Row).ok_or_else(|| Failure::cannot("the text has no line"));
        }
        let target = Target::Span(bytes.clone());
        let editable = edit::editable(review, &target).map_err(Failure::cannot)?;
        if editable.span == bytes {
            return Ok(target);
        }
        let Range { start, end } = editable.span;
        let (from, to) = (bytes.start, bytes.end);
        let cut = format!("bytes {from}-{to} cut a reading that reaches over {start}-{end}");
        Err(Failure::cannot(cut).hint(format_args!("--at {start}-{end} takes all of it")))
    }
}

/// Names the place and the reading.
#[derive(Debug, clap::Args)]
pub struct Edit {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    place: Where,
    /// What shall stand there.
    #[arg(long, allow_hyphen_values = true)]
    text: String,
    #[command(flatten)]
    beginning: Beginning,
}

/// Names the place and what is noted.
#[derive(Debug, clap::Args)]
pub struct Note {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    place: Where,
    /// What sort of note it is: note, doubtful, illegible, sic, checked.
    #[arg(long, value_name = "MARK", default_value = "note", value_parser = mark)]
    mark: Mark,
    /// The words of the note.
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    text: String,
    #[command(flatten)]
    beginning: Beginning,
}

/// Names what is signed.
#[derive(Debug, clap::Args)]
pub struct Sign {
    #[command(flatten)]
    sources: Sources,
    /// The page, if it is one page and not the whole document.
    #[arg(long, value_name = "N")]
    page: Option<usize>,
    /// What was read: fixes, or all (every word).
    #[arg(long, value_name = "WHAT", default_value = "fixes", value_parser = read)]
    read: Read,
    #[command(flatten)]
    beginning: Beginning,
}

/// Names the review.
#[derive(Debug, clap::Args)]
pub struct Back {
    #[command(flatten)]
    sources: Sources,
}

fn mark(name: &str) -> Result<Mark, &'static str> {
    let marks = [Mark::Note, Mark::Doubtful, Mark::Illegible, Mark::Sic, Mark::Checked];
    let found = marks.into_iter().find(|mark| mark.to_string() == name);
    found.ok_or("marks are note, doubtful, illegible, sic, checked")
}

fn read(name: &str) -> Result<Read, &'static str> {
    let found = [Read::Fixes, Read::All].into_iter().find(|read| read.to_string() == name);
    found.ok_or("fixes or all")
}

/// Records a reading of the reviewer's own.
///
/// # Errors
/// A place that the text does not have; a reading that stands there already.
pub fn edit(options: &Edit, console: &Console) -> Result<Exit, Failure> {
    run(&options.sources, options.beginning, console, |review| {
        let target = options.place.target(review)?;
        let scope = if options.place.line.is_some() { Scope::Line } else { Scope::Word };
        Ok(Command::Edit { scope, target, text: options.text.clone() })
    })
}

/// Records a note.
///
/// # Errors
/// A place that the text does not have; a note without words.
pub fn note(options: &Note, console: &Console) -> Result<Exit, Failure> {
    if options.mark == Mark::Note && options.text.is_empty() {
        return Err(Failure::cannot("a note needs words").hint("--text WORDS, or another --mark"));
    }
    run(&options.sources, options.beginning, console, |review| {
        let at = options.place.bytes(review)?;
        Ok(Command::Note { at, mark: options.mark, note: options.text.clone() })
    })
}

/// Records a sign-off.
///
/// # Errors
/// A page that the text does not have.
pub fn sign(options: &Sign, console: &Console) -> Result<Exit, Failure> {
    let mut session = options.sources.open(Access::Command, options.beginning)?;
    act::tell(&session, console);
    let mut review = act::review(&session)?;
    let command = Command::SignOff { page: options.page, read: options.read };
    let exit = act::act(&mut session, &mut review, &command, console)?;
    seal::after_sign_off(&mut session, &review, console);
    Ok(exit)
}

/// Takes back the last act in force, or revives the one undone last.
///
/// # Errors
/// Nothing to undo or redo.
pub fn back(command: &Command, options: &Back, console: &Console) -> Result<Exit, Failure> {
    let beginning = Beginning { force: true, ..Beginning::default() };
    run(&options.sources, beginning, console, |_| Ok(command.clone()))
}

fn run(
    sources: &Sources,
    beginning: Beginning,
    console: &Console,
    command: impl FnOnce(&Review) -> Result<Command, Failure>,
) -> Result<Exit, Failure> {
    let mut session = sources.open(Access::Command, beginning)?;
    act::tell(&session, console);
    let mut review = act::review(&session)?;
    let command = command(&review)?;
    act::act(&mut session, &mut review, &command, console)
}
