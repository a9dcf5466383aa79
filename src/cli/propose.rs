//! `recto propose`: places worth a look in one text, each with its reason.

use std::path::PathBuf;

use serde::Serialize;

use crate::cli::failure::{Exit, Failure};
use crate::cli::sources::Texts;
use crate::document::Text;
use crate::propose::suspect::Suspect;
use crate::propose::suspects::suspects;
use crate::shell::console::Console;
use crate::shell::files::{self, Replace};
use crate::shell::sources;
use crate::text::visible::{Repertoire, escape_for};

/// Names the text.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The OCR text.
    base: PathBuf,
    #[command(flatten)]
    texts: Texts,
    /// One JSON document, with byte offsets.
    #[arg(long)]
    json: bool,
    /// The file to write; standard output if left out or `-`.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// Holds a suspect as it is written for programs.
#[derive(Serialize)]
struct Written<'a> {
    at: [usize; 2],
    page: String,
    line: usize,
    reason: &'static str,
    text: &'a str,
}

/// Lists the suspects of a text: line and column, the reason, the text.
///
/// # Errors
/// A file that cannot be read or written, or that is there already.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let base = options.texts.manner()?.read(&options.base)?;
    let text = &base.text;
    let found = suspects(text);
    let written = match options.json {
        true => json(text, &found)?,
        false => found.iter().map(|suspect| line(text, suspect)).collect(),
    };
    let Some(path) = options.output.as_deref().filter(|path| path.as_os_str() != "-") else {
        console.result(written.as_bytes())?;
        return Ok(Exit::Done);
    };
    sources::spare(path, &[&base])?;
    let replace = if options.force { Replace::Yes } else { Replace::No };
    files::write(path, written.as_bytes(), replace)?;
    let places = if found.len() == 1 { "place" } else { "places" };
    console.say(&format!("{} {places} written to {}", found.len(), path.display()));
    Ok(Exit::Done)
}

fn line(text: &Text, suspect: &Suspect) -> String {
    let number = text.line_of(suspect.at.start);
    let before = text.slice(text.line(number).start..suspect.at.start);
    let column = before.chars().count() + 1;
    let shown = escape_for(text.slice(suspect.at.clone()), Repertoire::Unicode);
    format!("{}:{column}: {}: {shown}\n", number + 1, suspect.reason.words())
}

fn json(text: &Text, found: &[Suspect]) -> Result<String, Failure> {
    let written: Vec<Written<'_>> = found
        .iter()
        .map(|suspect| Written {
            at: [suspect.at.start, suspect.at.end],
            page: text.page_of(suspect.at.start).to_string(),
            line: text.line_of(suspect.at.start) + 1,
            reason: suspect.reason.name(),
            text: text.slice(suspect.at.clone()),
        })
        .collect();
    let mut json = serde_json::to_string(&written).map_err(Failure::cannot)?;
    json.push('\n');
    Ok(json)
}
