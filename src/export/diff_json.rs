//! The collation as one JSON document: every row with its two texts and its fixes.

use std::io::{self, Write};
use std::ops::Range;

use crate::collate::collation::Collation;
use crate::collate::fix::{Fix, Row};
use crate::digest::Digest;
use crate::document::Text;

/// Writes `collation`, whose gaps must all be worked out, as one JSON document and a line feed.
///
/// Offsets are bytes, lines and pages count from 1; a missing line has the page of the row before.
///
/// # Errors
/// What `out` answers.
pub fn diff_json(collation: &Collation, out: &mut impl Write) -> io::Result<()> {
    let plan = collation.plan();
    out.write_all(b"{\"base\":")?;
    head(&plan.base, out)?;
    out.write_all(b",\"transcript\":")?;
    head(&plan.transcript, out)?;
    out.write_all(b",\"rows\":[")?;
    let mut page = 1;
    let mut next = collation.first_row();
    while let Some(id) = next {
        let row = collation.row(id);
        if !row.base.is_empty() || plan.base.is_empty() {
            page = page_of(collation, &row);
        }
        write!(out, "{{\"page\":\"{page}\",\"base\":")?;
        if row.base.is_empty() {
            out.write_all(b"null")?;
        } else {
            write!(out, "{{\"line\":{},", plan.base.line_of(row.base.start) + 1)?;
            span(&plan.base, &row.base, out)?;
        }
        out.write_all(b",\"transcript\":")?;
        if row.transcript.is_empty() {
            out.write_all(b"null")?;
        } else {
            out.write_all(b"{")?;
            span(&plan.transcript, &row.transcript, out)?;
        }
        out.write_all(b",\"fixes\":[")?;
        for (at, id) in collation.fixes_in_row(id).enumerate() {
            if at > 0 {
                out.write_all(b",")?;
            }
            fix(collation, collation.fix(id), out)?;
        }
        out.write_all(b"]}")?;
        next = collation.next_row(id);
        if next.is_some() {
            out.write_all(b",")?;
        }
    }
    out.write_all(b"]}\n")
}

/// Returns the page of a row: the base's, or the transcript's if the base has one page only.
fn page_of(collation: &Collation, row: &Row) -> usize {
    let plan = collation.plan();
    if plan.base.page_ends().is_empty() {
        plan.transcript.page_of_line(row.transcript.start)
    } else {
        plan.base.page_of_line(row.base.start)
    }
}

fn head(text: &Text, out: &mut impl Write) -> io::Result<()> {
    let digest = Digest::of(text.as_str().as_bytes());
    write!(out, "{{\"bytes\":{},\"sha256\":\"{digest}\"}}", text.len())
}

/// Writes the members `at` and `text` and closes the object.
fn span(text: &Text, at: &Range<usize>, out: &mut impl Write) -> io::Result<()> {
    write!(out, "\"at\":[{},{}],\"text\":", at.start, at.end)?;
    string(text.slice(at.clone()), out)?;
    out.write_all(b"}")
}

fn fix(collation: &Collation, fix: &Fix, out: &mut impl Write) -> io::Result<()> {
    let plan = collation.plan();
    let Fix { at, transcript_at, kind, .. } = fix;
    write!(
        out,
        "{{\"at\":[{},{}],\"transcript_at\":[{},{}],\"kind\":\"{kind}\",\"base\":",
        at.start, at.end, transcript_at.start, transcript_at.end
    )?;
    string(plan.base.slice(at.clone()), out)?;
    out.write_all(b",\"proposed\":")?;
    string(plan.transcript.slice(transcript_at.clone()), out)?;
    out.write_all(b"}")
}

fn string(text: &str, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::plan::plan;

    #[test]
    fn shape() {
        let text = |text: &str| Text::new(text).expect("short");
        let collation = Collation::complete(plan(text("a teh\n"), text("a the\nnew\n")));
        let mut out = Vec::new();
        diff_json(&collation, &mut out).expect("a vector takes all");
        let value: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(
            value["rows"],
            serde_json::json!([
                {"page": "1", "base": {"line": 1, "at": [0, 6], "text": "a teh\n"},
                 "transcript": {"at": [0, 6], "text": "a the\n"},
                 "fixes": [{"at": [2, 5], "transcript_at": [2, 5], "kind": "word",
                            "base": "teh", "proposed": "the"}]},
                {"page": "1", "base": null, "transcript": {"at": [6, 10], "text": "new\n"},
                 "fixes": [{"at": [6, 6], "transcript_at": [6, 10], "kind": "missing-line",
                            "base": "", "proposed": "new\n"}]},
            ])
        );
        assert_eq!(value["base"]["bytes"], 6);
    }
}
