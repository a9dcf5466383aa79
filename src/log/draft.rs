//! The records of a new log, and long acts cut into parts.

use crate::digest::Digest;
use crate::document::Document;
use crate::log::encode::site_length;
use crate::log::record::{
    Body, Described, Head, MAX_SOURCE, Opened, PageBreak, Session, Side, Source,
};
use crate::review::event::{Decided, Event, Site};

/// The longest record of an act that can be cut into parts, in bytes.
pub const MAX_PART: usize = 4 << 20;

/// What the members beside the sites take in a record at most, generously.
const ENVELOPE: usize = 1024;

/// Texts of more bytes than this, together, are not put into their log if they are plain files.
const MAX_EMBEDDED: usize = 16 << 20;

/// Tells whether a new log holds its source texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Embed {
    /// It does, unless they are plain text of more than 16 MiB.
    Usual,
    /// It does not.
    Never,
}

/// Holds what a new log begins with.
#[derive(Debug, Clone)]
pub struct NewLog<'a> {
    /// The log's id: 32 random hex digits.
    pub log: String,
    /// The document's name.
    pub document: String,
    /// How pages end, where the base's own marks don't say.
    pub page_break: Option<PageBreak>,
    /// The base.
    pub base: &'a Document,
    /// The transcript, where there is one.
    pub transcript: Option<&'a Document>,
    /// Whether the log holds them.
    pub embed: Embed,
    /// The first session: it names the program and the reviewer.
    pub session: Session,
    /// What the reviewer has seen of other logs before the first decision.
    pub seen: Vec<Head>,
}

impl NewLog<'_> {
    /// Returns the records before the first decision: `opened`, the sources, `session`, `seen`.
    #[must_use]
    pub fn records(&self) -> Vec<Body> {
        let opened = Opened {
            log: self.log.clone(),
            app: self.session.app.clone(),
            needs: Vec::new(),
            reviewer: self.session.reviewer.clone(),
            document: self.document.clone(),
            page_break: self.page_break.clone(),
            base: described(self.base),
            transcript: self.transcript.map(described),
            continues: None,
        };
        let mut records = vec![Body::Opened(Box::new(opened))];
        let texts = [(Side::Base, Some(self.base)), (Side::Transcript, self.transcript)];
        let texts = texts.into_iter().filter_map(|(side, text)| Some((side, text?)));
        if self.embed == Embed::Usual && fits(texts.clone().map(|(_, document)| document)) {
            for (side, document) in texts {
                records.extend(sources(side, document.text.as_str()).map(Body::Source));
            }
        }
        records.push(Body::Session(self.session.clone()));
        records.extend(self.seen.iter().cloned().map(Body::Seen));
        records
    }
}

/// Returns the records of a new transcript over the same base.
#[must_use]
pub fn proposals(transcript: &Document, embed: Embed) -> Vec<Body> {
    let mut records = vec![Body::Proposals(Box::new(described(transcript)))];
    if embed == Embed::Usual && fits([transcript].into_iter()) {
        let pieces = sources(Side::Transcript, transcript.text.as_str());
        records.extend(pieces.map(Body::Source));
    }
    records
}

/// Describes a document as `opened` and `proposals` do.
#[must_use]
pub fn described(document: &Document) -> Described {
    let text = document.text.as_str();
    Described {
        name: document.name.clone(),
        format: document.format.clone(),
        encoding: document.encoding.clone(),
        file_sha256: document.file_sha256,
        bytes: text.len() as u64,
        sha256: Digest::of(text.as_bytes()),
    }
}

/// Says whether texts go into their log: other formats than plain text always do, since only this
/// version of their reader is sure to give this text again.
fn fits<'a>(texts: impl Iterator<Item = &'a Document> + Clone) -> bool {
    let bytes: usize = texts.clone().map(|document| document.text.len()).sum();
    bytes <= MAX_EMBEDDED || !texts.into_iter().all(|document| document.format == "text")
}

/// Cuts a text at characters into pieces that fit a record.
fn sources(of: Side, text: &str) -> impl Iterator<Item = Source> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let end = text.floor_char_boundary(start + MAX_SOURCE);
        let piece = &text[start..end];
        let source = Source { of, start: start as u64, text: piece.to_owned() };
        start = end;
        (!piece.is_empty()).then_some(source)
    })
}

/// Cuts a decision that would make too long a record into parts, the first with the number `first`.
///
/// Other events, and those that fit, come back as they are.
#[must_use]
pub fn parts(event: Event, first: u64) -> Vec<Event> {
    let Event::Decided(decided) = event else { return vec![event] };
    let mut pieces: Vec<Vec<Site>> = Vec::new();
    let mut room = 0;
    for site in decided.sites {
        let length = site_length(&site);
        match pieces.last_mut() {
            Some(piece) if length <= room => piece.push(site),
            _ => {
                pieces.push(vec![site]);
                room = MAX_PART - ENVELOPE;
            }
        }
        room = room.saturating_sub(length);
    }
    if pieces.is_empty() {
        pieces.push(Vec::new());
    }
    let act = if pieces.len() > 1 { Some(first) } else { decided.act };
    let part = |sites| Event::Decided(Decided { act, sites, ..decided });
    pieces.into_iter().map(part).collect()
}
