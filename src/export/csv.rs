//! The review as a table: one row for each fix, each own change and each note elsewhere.
//!
//! RFC 4180: CRLF after each row, fields with commas, quotes or line ends in quotes, UTF-8, one row
//! of names first. Spreadsheets run a field that begins with `=`, `+`, `-` or `@` as a formula, and
//! an OCR text is nobody's friend: such a field has an apostrophe before it. So has a field that
//! begins with an apostrophe, hence a reader that takes one leading apostrophe away has the text
//! byte for byte.

use std::collections::BTreeSet;

use crate::export::about::{About, Stamp};
use crate::export::items::{Item, items};
use crate::review::event::{Mark, Noted};

/// The names of the columns. Offsets are bytes of the base.
const COLUMNS: [&str; 17] = [
    "page",
    "line",
    "start",
    "end",
    "n",
    "kind",
    "state",
    "base",
    "proposed",
    "reading",
    "reading_start",
    "reading_end",
    "reviewer",
    "time",
    "seq",
    "mark",
    "note",
];

/// Writes the table.
#[must_use]
pub fn csv(about: &About<'_>) -> Vec<u8> {
    let mut out = String::new();
    row(&mut out, &COLUMNS.map(str::to_owned));
    let items = items(about);
    let mut told: BTreeSet<u64> = BTreeSet::new();
    for item in &items {
        told.extend(item.notes.iter().map(|(seq, _)| seq));
        row(&mut out, &of_item(about, item));
    }
    for (seq, noted) in about.review.notes_in(0..about.review.base().len() + 1) {
        if !told.contains(&seq) {
            row(&mut out, &of_note(about, seq, noted));
        }
    }
    out.into_bytes()
}

fn of_item(about: &About<'_>, item: &Item<'_>) -> [String; 17] {
    let base = about.review.base();
    let (start, end) = (item.place.start, item.place.end);
    let reading = item.reading.as_ref();
    let bound = |pick: fn(&std::ops::Range<usize>) -> usize| {
        reading.map_or_else(String::new, |it| pick(&it.span).to_string())
    };
    let [reviewer, time, seq] = stamp(item.stamp);
    let marks: Vec<String> = item.notes.iter().map(|(_, it)| it.mark.to_string()).collect();
    let notes: Vec<&str> = item.notes.iter().map(|(_, it)| it.note.as_str()).collect();
    [
        base.page_of(start).to_string(),
        (base.line_of(start) + 1).to_string(),
        start.to_string(),
        end.to_string(),
        item.place.n.to_string(),
        item.kind_name().to_owned(),
        item.state_name().to_owned(),
        guarded(item.base),
        guarded(item.proposed.unwrap_or_default()),
        guarded(reading.map_or("", |it| &it.text)),
        bound(|span| span.start),
        bound(|span| span.end),
        reviewer,
        time,
        seq,
        marks.join(" "),
        guarded(&notes.join("\n")),
    ]
}

fn of_note(about: &About<'_>, seq: u64, noted: &Noted) -> [String; 17] {
    let base = about.review.base();
    let [reviewer, time, seq] = stamp(about.stamp(seq));
    let checked = noted.mark == Mark::Checked;
    [
        base.page_of(noted.at.start).to_string(),
        (base.line_of(noted.at.start) + 1).to_string(),
        noted.at.start.to_string(),
        noted.at.end.to_string(),
        "0".to_owned(),
        "note".to_owned(),
        if checked { "checked" } else { "" }.to_owned(),
        guarded(&noted.base),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        reviewer,
        time,
        seq,
        noted.mark.to_string(),
        guarded(&noted.note),
    ]
}

fn stamp(stamp: Option<Stamp<'_>>) -> [String; 3] {
    match stamp {
        Some(it) => [guarded(it.reviewer), it.time.to_owned(), it.seq.to_string()],
        None => [const { String::new() }; 3],
    }
}

/// Puts an apostrophe before a text that a spreadsheet would run, and before one that has its own.
fn guarded(text: &str) -> String {
    let runs = ['=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠'];
    if text.starts_with(runs) { format!("'{text}") } else { text.to_owned() }
}

fn row(out: &mut String, fields: &[String; 17]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_formula_and_nothing_lost() {
        let cases = [
            ("plain", "plain"),
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("-3", "'-3"),
            ("'tis", "''tis"),
            ("", ""),
        ];
        for (text, written) in cases {
            assert_eq!(guarded(text), written);
            assert_eq!(guarded(text).strip_prefix('\'').unwrap_or(&guarded(text)), text);
        }
    }
}
