//! A report to read or to paste: where the review stands, and every item by page and line.
//!
//! CommonMark without extensions. Texts stand in code spans in their visible form, so that nothing
//! in them is markup; names are escaped.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use crate::collate::fix::Kind;
use crate::digest::Digest;
use crate::export::about::About;
use crate::export::items::{Item, items};
use crate::review::counts::State;
use crate::text::visible;

/// How many letters of a reading are shown.
const SHOWN_GRAPHEMES: usize = 80;

/// Writes the report.
#[must_use]
pub fn markdown(about: &About<'_>) -> Vec<u8> {
    let mut out = String::new();
    let items = items(about);
    head(&mut out, about).expect("a string takes all");
    counts(&mut out, about, &items).expect("a string takes all");
    decisions(&mut out, about, &items).expect("a string takes all");
    notes(&mut out, about).expect("a string takes all");
    out.into_bytes()
}

fn head(out: &mut String, about: &About<'_>) -> std::fmt::Result {
    writeln!(out, "# Review of {}\n", escaped(about.document()))?;
    source(out, "OCR", &about.base.name, about.base.text.as_str())?;
    if let Some(transcript) = about.transcript {
        source(out, "Corrected", &transcript.name, transcript.text.as_str())?;
    }
    writeln!(out, "- Reviewer: {}", escaped(about.reviewer))?;
    match &about.log {
        Some(log) => {
            let (name, size, head) = (escaped(log.name), log.size, log.head);
            writeln!(out, "- Log: {name}, {size} records, head `{head}`")?;
        }
        None => writeln!(out, "- Log: none yet, nothing is decided")?,
    }
    let text = about.established();
    let digest = Digest::of(text.as_bytes());
    let open = about.where_open();
    writeln!(out, "- Text as it stands: {} bytes{open}, SHA-256 `{digest}`", text.len())
}

fn source(out: &mut String, what: &str, name: &str, text: &str) -> std::fmt::Result {
    let (name, digest) = (escaped(name), Digest::of(text.as_bytes()));
    writeln!(out, "- {what}: {name}, {} bytes, SHA-256 `{digest}`", text.len())
}

fn counts(out: &mut String, about: &About<'_>, items: &[Item<'_>]) -> std::fmt::Result {
    let counts = about.review.counts();
    writeln!(out, "\n## Where it stands\n")?;
    let rows = [
        ("open", counts.open),
        ("accepted", counts.accepted),
        ("rejected", counts.rejected),
        ("edited", counts.edited),
        ("disputed", counts.disputed),
        ("own changes where both texts agree", counts.own),
    ];
    for (name, count) in rows {
        if count > 0 || name == "open" {
            writeln!(out, "- {count} {name}")?;
        }
    }
    if let Some(class) = counts.class {
        writeln!(out, "- beside them {} of kind {}, {} open", class.total, class.kind, class.open)?;
    }
    writeln!(out, "\nFixes by kind:\n")?;
    for kind in Kind::ALL {
        let count = items.iter().filter(|item| item.kind == Some(kind)).count();
        if count > 0 {
            writeln!(out, "- {count} {kind}")?;
        }
    }
    Ok(())
}

fn decisions(out: &mut String, about: &About<'_>, items: &[Item<'_>]) -> std::fmt::Result {
    let base = about.review.base();
    let mut page = 0;
    writeln!(out, "\n## Fixes and changes")?;
    for item in items {
        let here = base.page_of(item.place.start);
        if here != page {
            page = here;
            writeln!(out, "\n### Page {page}\n")?;
        }
        let line = base.line_of(item.place.start) + 1;
        write!(out, "- line {line}: {}", change(item))?;
        write!(out, " ({}, {}", item.kind_name(), item.state_name())?;
        if let Some(stamp) = item.stamp {
            let who = escaped(stamp.reviewer);
            write!(out, " by {who} on {}, record {}", stamp.time, stamp.seq)?;
        }
        writeln!(out, ")")?;
    }
    Ok(())
}

fn change(item: &Item<'_>) -> String {
    let base = code(item.base);
    let proposed = item.proposed.map(code).unwrap_or_default();
    let reading = item.reading.as_ref().map(|it| code(&it.text)).unwrap_or_default();
    match item.state {
        State::Edited if item.proposed.is_none() => format!("{base} → {reading}"),
        State::Edited => format!("{base} → {proposed} → yours {reading}"),
        State::Rejected => format!("{base} stays, not {proposed}"),
        State::Open | State::Accepted | State::Disputed => format!("{base} → {proposed}"),
    }
}

fn notes(out: &mut String, about: &About<'_>) -> std::fmt::Result {
    let base = about.review.base();
    let mut first = true;
    for (seq, noted) in about.review.notes_in(0..base.len() + 1) {
        if std::mem::take(&mut first) {
            writeln!(out, "\n## Notes\n")?;
        }
        let (page, line) = (base.page_of(noted.at.start), base.line_of(noted.at.start) + 1);
        let (mark, text) = (noted.mark, code(&noted.base));
        writeln!(out, "- page {page}, line {line}: {mark}, on {text}: {} (record {seq})", {
            if noted.note.is_empty() { "no words".to_owned() } else { code(&noted.note) }
        })?;
    }
    if about.review.signed().next().is_some() {
        writeln!(out, "\n## Signed\n")?;
    }
    for (seq, signed) in about.review.signed() {
        let page = signed.page.as_ref().map(|page| format!(" {}", escaped(page)));
        let (scope, page, open) = (signed.scope, page.unwrap_or_default(), signed.open);
        let read = signed.read;
        writeln!(out, "- {scope}{page}, {open} open, read: {read} (record {seq})")?;
    }
    Ok(())
}

/// Writes a text as a code span, its visible form cut to what a line can hold.
fn code(text: &str) -> String {
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let mut letters = text.graphemes(true);
    let shown: String = letters.by_ref().take(SHOWN_GRAPHEMES).collect();
    let more = if letters.next().is_some() { "…" } else { "" };
    let mut shown = visible::escape(&shown).replace('␊', "¶") + more;
    if shown.starts_with(' ') || shown.ends_with(' ') || shown.contains("  ") {
        // Such blanks would not be seen.
        shown = shown.replace(' ', "·");
    }
    let run = shown.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(run + 1);
    // A blank at each end is taken away by whoever reads it, if both are there.
    let pad = if shown.starts_with('`') || shown.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// Writes a name in its visible form, with a backslash before whatever could be markup.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in visible::escape(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | '-' | '_' | ',') || c == '_' {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
