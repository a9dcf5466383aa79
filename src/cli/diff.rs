//! `recto diff`: the collation, printed side by side or as data.

use std::path::PathBuf;

use crate::cli::failure::{Exit, Failure};
use crate::cli::sources::Texts;
use crate::collate::collation::Collation;
use crate::collate::plan::plan;
use crate::export::diff_json::diff_json;
use crate::export::side_by_side::{Marks, side_by_side};
use crate::shell::console::{self, Console};

/// Names the two texts.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The OCR text.
    base: PathBuf,
    /// The corrected text.
    transcript: PathBuf,
    #[command(flatten)]
    texts: Texts,
    /// One JSON document: every row and fix, with byte offsets.
    #[arg(long)]
    json: bool,
    /// Only how many fixes there are, on how many rows; everything is collated all the same.
    #[arg(long, conflicts_with_all = ["json", "width"])]
    count: bool,
    /// How wide a line is, in columns.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,
}

/// Prints the collation. The answer is no where the texts differ, as for `diff`.
///
/// # Errors
/// Files that cannot be read.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let manner = options.texts.manner()?;
    let base = manner.read_text(&options.base)?;
    let transcript = manner.of_transcript().read_text(&options.transcript)?;
    let alike = base.as_str() == transcript.as_str();
    let collation = Collation::complete(plan(base, transcript));
    let bytes = if options.json {
        data(&collation)?
    } else if options.count {
        count(&collation).into_bytes()
    } else {
        let marks = if console.coloured() { Marks::Colours } else { Marks::Signs };
        let width = options.width.or_else(console::columns).unwrap_or(80);
        side_by_side(&collation, usize::from(width), marks).into_bytes()
    };
    console.result(&bytes)?;
    Ok(if alike { Exit::Done } else { Exit::No })
}

/// Says how many fixes there are and on how many rows they start.
fn count(collation: &Collation) -> String {
    let (mut fixes, mut rows, mut last) = (0_usize, 0_usize, None);
    for id in collation.fixes() {
        let row = Some(collation.row_of(id));
        fixes += 1;
        rows += usize::from(row != last);
        last = row;
    }
    format!("{fixes} fixes on {rows} rows\n")
}

fn data(collation: &Collation) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    diff_json(collation, &mut bytes)?;
    Ok(bytes)
}
