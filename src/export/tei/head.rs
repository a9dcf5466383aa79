//! The header: what the edition is made of, by whom, how, and when it changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use crate::digest::Digest;
use crate::document::Document;
use crate::export::about::About;
use crate::export::tei::piece::{char_id, log_id, reviewer_id};
use crate::export::xml::shown;
use crate::log::history::Entry;
use crate::log::record::Body;
use crate::review::event::Event;

/// Writes the header; `odd` are the characters of the text that XML cannot hold.
///
/// # Errors
/// Those of `out`.
pub fn head(out: &mut String, about: &About<'_>, odd: &BTreeSet<char>) -> fmt::Result {
    out.push_str("<teiHeader>\n<fileDesc>\n");
    title(out, about)?;
    publication(out, about)?;
    sources(out, about)?;
    out.push_str("</fileDesc>\n");
    encoding(out, odd)?;
    revisions(out, about)?;
    out.push_str("</teiHeader>\n");
    Ok(())
}

fn title(out: &mut String, about: &About<'_>) -> fmt::Result {
    writeln!(out, "<titleStmt>\n<title>{}</title>", shown(about.document()))?;
    let own = about.history().iter().map(|entry| entry.reviewer);
    let others = about.readers.iter().flat_map(|it| it.logs.iter().map(|log| log.reviewer));
    let reviewers: BTreeSet<&str> = own.chain([about.reviewer]).chain(others).collect();
    for reviewer in reviewers {
        let (id, name) = (reviewer_id(reviewer), shown(reviewer));
        writeln!(
            out,
            "<respStmt xml:id=\"{id}\"><resp>reviewed the OCR against the corrected text</resp><name>{name}</name></respStmt>"
        )?;
    }
    out.push_str("</titleStmt>\n");
    Ok(())
}

fn publication(out: &mut String, about: &About<'_>) -> fmt::Result {
    out.push_str("<publicationStmt><p>Not published. Made by recto ");
    out.push_str(env!("CARGO_PKG_VERSION"));
    match &about.log {
        None => out.push_str("; there is no edit log yet."),
        Some(log) => write!(
            out,
            " from the edit log {}, id {}, as it stood with {} records and the head {}.",
            shown(log.name),
            shown(&log.opened.log),
            log.size,
            log.head
        )?,
    }
    let text = about.established();
    let digest = Digest::of(text.as_bytes());
    let open = about.where_open();
    writeln!(
        out,
        " The text as it stands{open} has {} bytes and the SHA-256 {digest}.</p></publicationStmt>",
        text.len()
    )
}

fn sources(out: &mut String, about: &About<'_>) -> fmt::Result {
    out.push_str("<sourceDesc>\n<listWit>\n");
    witness(out, "ocr", "The raw OCR", about.base)?;
    if let Some(transcript) = about.transcript {
        witness(out, "transcript", "The corrected text that was proposed", transcript)?;
    }
    for log in about.readers.iter().flat_map(|readers| &readers.logs) {
        let (id, log_name, reviewer) = (log_id(log.id), shown(&log.name), shown(log.reviewer));
        write!(out, "<witness xml:id=\"{id}\">The edit log of {reviewer}: {log_name}")?;
        if let Some(head) = &log.head {
            write!(out, ", {} records, head {}", head.size, head.head)?;
        }
        out.push_str("</witness>\n");
    }
    out.push_str("</listWit>\n</sourceDesc>\n");
    Ok(())
}

fn witness(out: &mut String, id: &str, what: &str, document: &Document) -> fmt::Result {
    let text = document.text.as_str();
    let (name, digest) = (shown(&document.name), Digest::of(text.as_bytes()));
    writeln!(
        out,
        "<witness xml:id=\"{id}\">{what}: {name}, {} bytes, SHA-256 {digest}</witness>",
        text.len()
    )
}

fn encoding(out: &mut String, odd: &BTreeSet<char>) -> fmt::Result {
    out.push_str(
        "<encodingDesc>\n<editorialDecl>\n<correction method=\"markup\"><p>A choice holds the \
         reading of the OCR (sic) and the one that stands (corr); resp names who decided it, n the \
         record of the edit log, source the corrected text where its reading was accepted; cert is \
         low where the reviewer marked it as doubtful. Where a proposal was rejected, the OCR's \
         reading stands without a mark. A sic outside of a choice stands so in the original. An app \
         of the type open is not decided, one of the type disputed is decided differently by several \
         reviewers; its lem, if it has one, stands until that is settled.</p></correction>\n",
    );
    out.push_str(
        "<normalization><p>Nothing is normalised. All blanks count; line feeds are the line ends. \
         lb and pb stand before the first character of a line and of a page, with the OCR's numbers. \
         Notes and the contents of g are not part of the text: each g stands for the one character \
         that its char names.</p></normalization>\n</editorialDecl>\n",
    );
    out.push_str("<variantEncoding method=\"parallel-segmentation\" location=\"internal\"/>\n");
    if !odd.is_empty() {
        out.push_str("<charDecl>\n");
        for &c in odd {
            let (id, code) = (char_id(c), u32::from(c));
            writeln!(
                out,
                "<char xml:id=\"{id}\"><localProp name=\"codepoint\" value=\"U+{code:04X}\"/></char>"
            )?;
        }
        out.push_str("</charDecl>\n");
    }
    writeln!(
        out,
        "<appInfo><application ident=\"recto\" version=\"{}\"><label>recto</label></application></appInfo>\n</encodingDesc>",
        env!("CARGO_PKG_VERSION")
    )?;
    Ok(())
}

/// Writes a change for each session, the last first, and for what changes the standing of the
/// whole: sign-offs and seals.
fn revisions(out: &mut String, about: &About<'_>) -> fmt::Result {
    let history = about.history();
    if history.is_empty() {
        return Ok(());
    }
    let mut starts: Vec<usize> = (0..history.len())
        .filter(|&at| matches!(history[at].record.body, Body::Session(_)))
        .collect();
    starts.push(history.len());
    out.push_str("<revisionDesc>\n");
    for bounds in starts.windows(2).rev() {
        session(out, &history[bounds[0]..bounds[1]])?;
    }
    let opened = &history[0].record;
    let who = reviewer_id(history[0].reviewer);
    writeln!(
        out,
        "<change when=\"{}\" who=\"#{who}\" n=\"0\">the log was opened</change>",
        opened.time
    )?;
    out.push_str("</revisionDesc>\n");
    Ok(())
}

fn session(out: &mut String, entries: &[Entry<'_>]) -> fmt::Result {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
    for entry in entries.iter().rev() {
        let what = match &entry.record.body {
            Body::Review(Event::SignedOff(signed)) => {
                let page = signed.page.as_deref().map(|page| format!(" {}", shown(page)));
                let (scope, read, open) = (signed.scope, signed.read, signed.open);
                let undone = if entry.undone { "; taken back" } else { "" };
                format!(
                    "{scope}{} signed, read: {read}, {open} open{undone}",
                    page.unwrap_or_default()
                )
            }
            Body::Sealed(sealed) => format!("{} records sealed", sealed.size),
            _ => continue,
        };
        change(out, entry, &what)?;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.record.body.kind()).or_default() += 1;
    }
    counts.remove("session");
    let counts: Vec<String> = counts.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
    let what = match &counts[..] {
        [] => "a session without a record".to_owned(),
        counts => format!(
            "a session of records {} to {}: {}",
            first.record.seq,
            last.record.seq,
            counts.join(", ")
        ),
    };
    change(out, first, &shown(&what))
}

fn change(out: &mut String, entry: &Entry<'_>, what: &str) -> fmt::Result {
    let (time, seq, who) = (&entry.record.time, entry.record.seq, reviewer_id(entry.reviewer));
    writeln!(out, "<change when=\"{time}\" who=\"#{who}\" n=\"{seq}\">{what}</change>")
}
