//! The review as one page for a browser or a printer: head, statistics, both texts side by side
//! with every fix marked, the whole history, and how to check it.
//!
//! It refers to nothing outside itself and runs nothing. Differences are marked by signs and lines
//! as well as by colour; what is drawn and in which order is `texts` and `history`.

pub mod escape;
pub mod history;
pub mod statistics;
pub mod texts;

use std::fmt::{self, Write as _};

use crate::digest::Digest;
use crate::document::Document;
use crate::export::about::About;
use crate::export::established::Pending;
use crate::export::html::escape::name;
use crate::export::items::items;

/// The looks, without a reference to anything outside.
const STYLE: &str = include_str!("../../../assets/review.css");

/// Writes the page.
#[must_use]
pub fn html(about: &About<'_>) -> Vec<u8> {
    let mut out = String::new();
    page(&mut out, about).expect("a string takes all");
    out.into_bytes()
}

fn page(out: &mut String, about: &About<'_>) -> fmt::Result {
    let items = items(about);
    let document = name(about.document());
    out.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    // Even if something slipped through, the browser would neither run nor fetch it.
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">\n",
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    writeln!(out, "<meta name=\"generator\" content=\"recto {}\">", env!("CARGO_PKG_VERSION"))?;
    write!(
        out,
        "<title>Review of {document}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    )?;
    out.push_str("<a class=\"skip\" href=\"#texts\">To the texts</a>\n<header>\n");
    writeln!(out, "<h1>Review of <bdi>{document}</bdi></h1>")?;
    head(out, about)?;
    out.push_str("</header>\n<main>\n");
    statistics::write(out, about, &items)?;
    texts::write(out, about, &items)?;
    history::write(out, about)?;
    check(out, about)?;
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(())
}

fn head(out: &mut String, about: &About<'_>) -> fmt::Result {
    out.push_str("<dl>\n");
    let mut row = |term: &str, what: &str| writeln!(out, "<dt>{term}</dt><dd>{what}</dd>");
    row("OCR", &source(about.base))?;
    if let Some(transcript) = about.transcript {
        row("Corrected text", &source(transcript))?;
    }
    let text = about.established();
    let digest = Digest::of(text.as_bytes());
    let open = about.where_open();
    let text = format!("{} bytes{open}, SHA-256 <code>{digest}</code>", text.len());
    row("Text as it stands", &text)?;
    row("Reviewer", &format!("<bdi>{}</bdi>", name(about.reviewer)))?;
    match &about.log {
        None => row("Log", "none yet: nothing is decided")?,
        Some(log) => {
            row(
                "Log",
                &format!(
                    "<bdi>{}</bdi>, id <code>{}</code>",
                    name(log.name),
                    name(&log.opened.log)
                ),
            )?;
            row("Size and head", &format!("{} records, <code>{}</code>", log.size, log.head))?;
            let time = |entry: Option<&crate::log::history::Entry<'_>>| {
                entry.map(|entry| entry.record.time.clone()).unwrap_or_default()
            };
            let (first, last) = (time(log.history.first()), time(log.history.last()));
            row("From, to", &format!("{first} to {last}"))?;
        }
    }
    out.push_str("</dl>\n");
    Ok(())
}

fn source(document: &Document) -> String {
    let text = document.text.as_str();
    let (file, digest) = (name(&document.name), Digest::of(text.as_bytes()));
    format!("<bdi>{file}</bdi>, {} bytes, SHA-256 <code>{digest}</code>", text.len())
}

/// Says how the log can be checked, with this program and without.
fn check(out: &mut String, about: &About<'_>) -> fmt::Result {
    out.push_str("<section class=\"part\" id=\"check\">\n<h2>How to check this</h2>\n");
    let Some(log) = &about.log else {
        out.push_str("<p>There is no log yet, hence nothing to check.</p>\n</section>\n");
        return Ok(());
    };
    let file = name(log.name);
    out.push_str(
        "<p>This page shows; the log proves. Each of its lines holds its own SHA-256 and that of \
         the line before, and it names every reading by its bytes in the OCR text. \
         <code>verify</code> follows the chain, replays the decisions and compares seals, \
         signatures and the established text with what they name. It says what it checked, not \
         that nobody could have written another log: compare size and head with a copy that \
         somebody else kept.</p>\n",
    );
    writeln!(out, "<pre><code>recto verify {file}")?;
    let (at, pending) = (log.size.saturating_sub(1), pending(about));
    writeln!(out, "recto export {file} --at {at} --to text{pending} | sha256sum")?;
    writeln!(out, "recto verify --script &gt; check.sh; sh check.sh {file}</code></pre>")?;
    out.push_str("<table>\n<caption>What must come out</caption>\n<thead><tr><th scope=\"col\">");
    out.push_str("What</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
    let text = Digest::of(about.established().as_bytes());
    let rows = [
        (format!("head of the log at {} records", log.size), log.head),
        (format!("the {} bytes of the log file up to there", log.bytes), log.file_sha256),
        (format!("the text as it stands{}", about.where_open()), text),
    ];
    for (what, digest) in rows {
        let digest = format!("<td class=\"hash\">{digest}</td>");
        writeln!(out, "<tr><th scope=\"row\">{what}</th>{digest}</tr>")?;
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
    Ok(())
}

/// Returns the option by which the text comes out as it is named here; nothing if none is needed.
fn pending(about: &About<'_>) -> String {
    let stands = about.pending.unwrap_or(Pending::Base);
    let name = Pending::NAMED.iter().find(|(_, it)| *it == stands).map_or("base", |(name, _)| name);
    if about.where_open().is_empty() { String::new() } else { format!(" --pending {name}") }
}
