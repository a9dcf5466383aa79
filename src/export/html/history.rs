//! Every record of the log that says something, undone acts too.

use std::fmt::{self, Write as _};

use crate::export::about::About;
use crate::export::html::escape::name;
use crate::export::html::texts::reading;
use crate::log::history::Entry;
use crate::log::record::Body;
use crate::review::event::{Decided, Event};

/// Writes the section.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut String, about: &About<'_>) -> fmt::Result {
    out.push_str("<section class=\"part\" id=\"history\">\n<h2>History</h2>\n");
    if about.history().is_empty() {
        out.push_str("<p>There is no log yet.</p>\n</section>\n");
        return Ok(());
    }
    out.push_str(
        "<table class=\"history\">\n<caption>Every record, in order; acts that were taken ",
    );
    out.push_str(
        "back are struck out and say so</caption>\n<thead><tr><th scope=\"col\">Record</th>",
    );
    for column in ["Time (UTC)", "Who", "What", "Where, before → after"] {
        write!(out, "<th scope=\"col\">{column}</th>")?;
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for entry in about.history() {
        row(out, about, entry)?;
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
    Ok(())
}

fn row(out: &mut String, about: &About<'_>, entry: &Entry<'_>) -> fmt::Result {
    let (seq, time) = (entry.record.seq, &entry.record.time);
    let class = if entry.undone { " class=\"undone\"" } else { "" };
    write!(out, "<tr{class} id=\"r{seq}\"><td class=\"seq\">{seq}</td>")?;
    write!(out, "<td><time>{time}</time></td><td><bdi>{}</bdi></td>", name(entry.reviewer))?;
    let undone = if entry.undone { " (undone)" } else { "" };
    let what = name(&what(&entry.record.body));
    write!(out, "<td><span class=\"what\">{what}</span>{undone}</td><td>")?;
    places(out, about, entry)?;
    out.push_str("</td></tr>\n");
    Ok(())
}

fn places(out: &mut String, about: &About<'_>, entry: &Entry<'_>) -> fmt::Result {
    let base = about.review.base();
    let place = |out: &mut String, start: usize| {
        let (page, line) = (base.page_of(start), base.line_of(start) + 1);
        if line > base.line_count() {
            // What is put in after the last line end has no line of the OCR to lead to.
            return write!(out, "page {page}, after the last line ");
        }
        write!(out, "<a href=\"#l{line}\">page {page}, line {line}</a> ")
    };
    match &entry.record.body {
        Body::Review(Event::Noted(noted)) => {
            place(out, noted.at.start)?;
            reading(out, &noted.base)?;
            if !noted.note.is_empty() {
                write!(out, ": <bdi>{}</bdi>", name(&noted.note))?;
            }
        }
        Body::Review(Event::Undone(of) | Event::Redone(of)) => {
            write!(out, "<a href=\"#r{of}\">record {of}</a>")?;
        }
        _ if entry.changes.is_empty() => {}
        _ => {
            out.push_str("<ul>");
            for change in &entry.changes {
                out.push_str("<li>");
                place(out, change.site.place.start)?;
                reading(out, &change.before)?;
                out.push_str(" → ");
                reading(out, &change.after)?;
                out.push_str("</li>");
            }
            out.push_str("</ul>");
        }
    }
    Ok(())
}

fn what(body: &Body) -> String {
    match body {
        Body::Opened(opened) => format!("log opened by {}", opened.app),
        Body::Session(session) => {
            let by = format!("{:?}", session.by).to_lowercase();
            let blind = if session.blind { ", blind" } else { "" };
            format!("session with {}, by {by}{blind}", session.app)
        }
        Body::Review(event) => review(event),
        Body::Proposals(described) => format!("new corrected text {}", described.name),
        Body::Seen(head) => format!("saw log {} at {} records", head.log, head.size),
        Body::Sealed(sealed) => format!("sealed {} records", sealed.size),
        Body::Recovered(it) => format!("recovered: a torn tail of {} bytes was cut", it.cut),
        Body::Source(_) | Body::Optional(_) => body.kind().to_owned(),
    }
}

fn review(event: &Event) -> String {
    let decision = |decided: &Decided| format!("{} {}", decided.verdict, decided.scope);
    match event {
        Event::Decided(decided) => decision(decided),
        Event::Adjudicated(decided, _) => format!("adjudicated: {}", decision(decided)),
        Event::Undone(_) => "undo".to_owned(),
        Event::Redone(_) => "redo".to_owned(),
        Event::Noted(noted) => format!("note: {}", noted.mark),
        Event::SignedOff(signed) => {
            let page = signed.page.as_ref().map(|page| format!(" {page}")).unwrap_or_default();
            let (scope, read, open) = (signed.scope, signed.read, signed.open);
            format!("signed {scope}{page}, read {read}, {open} open")
        }
    }
}
