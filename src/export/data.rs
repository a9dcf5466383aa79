//! The review as JSON: what it is of, fixes with their states, own changes, notes, sign-offs.

use serde::Serialize;

use crate::collate::fix::FixId;
use crate::digest::Digest;
use crate::document::Document;
use crate::export::about::About;
use crate::export::established::{Pending, established};
use crate::review::counts::State;
use crate::review::event::{Place, SignedOff};
use crate::review::state::Review;

#[derive(Serialize)]
struct Data<'a> {
    document: &'a str,
    reviewer: &'a str,
    log: Option<&'a str>,
    record: Option<u64>,
    base: Source<'a>,
    transcript: Option<Source<'a>>,
    counts: Counts,
    fixes: Vec<FixData<'a>>,
    own: Vec<Own<'a>>,
    notes: Vec<Note<'a>>,
    signed_off: Vec<Signed<'a>>,
    established: TextData,
}

#[derive(Serialize)]
struct Source<'a> {
    name: &'a str,
    bytes: usize,
    sha256: Digest,
}

#[derive(Serialize)]
struct TextData {
    bytes: usize,
    sha256: Digest,
}

#[derive(Serialize)]
struct Counts {
    open: usize,
    accepted: usize,
    rejected: usize,
    edited: usize,
    disputed: usize,
    own: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<Class>,
}

#[derive(Serialize)]
struct Class {
    kind: &'static str,
    total: usize,
    open: usize,
}

#[derive(Serialize)]
struct FixData<'a> {
    at: [usize; 2],
    #[serde(skip_serializing_if = "is_zero")]
    n: u32,
    transcript_at: [usize; 2],
    page: String,
    line: usize,
    kind: &'static str,
    base: &'a str,
    proposed: &'a str,
    state: &'static str,
}

#[derive(Serialize)]
struct Own<'a> {
    at: [usize; 2],
    #[serde(skip_serializing_if = "is_zero")]
    n: u32,
    page: String,
    line: usize,
    base: &'a str,
    reading: &'a str,
    record: u64,
}

#[derive(Serialize)]
struct Note<'a> {
    record: u64,
    at: [usize; 2],
    line: usize,
    base: &'a str,
    mark: String,
    note: &'a str,
}

#[derive(Serialize)]
struct Signed<'a> {
    record: u64,
    scope: String,
    page: Option<&'a str>,
    at: [usize; 2],
    read: String,
    open: u64,
    established: Digest,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// Writes the review as one JSON document with a line feed at its end.
#[must_use]
pub fn data(about: &About<'_>) -> Vec<u8> {
    let review = about.review;
    let text = established(review, Pending::Base);
    let data = Data {
        document: &about.base.name,
        reviewer: about.reviewer,
        log: about.log.as_ref().map(|log| log.opened.log.as_str()),
        record: about.log.as_ref().map(|log| log.size.saturating_sub(1)),
        base: source(about.base),
        transcript: about.transcript.map(source),
        counts: counts(review),
        fixes: review.collation().fixes().map(|id| fix(review, id)).collect(),
        own: review.own_in(0..review.base().len()).filter_map(|it| own(review, it)).collect(),
        notes: notes(review),
        signed_off: review.signed().map(|(record, it)| signed(record, it)).collect(),
        established: TextData { bytes: text.len(), sha256: Digest::of(text.as_bytes()) },
    };
    let mut bytes = serde_json::to_vec(&data).expect("strings and numbers are always JSON");
    bytes.push(b'\n');
    bytes
}

fn source(document: &Document) -> Source<'_> {
    let sha256 = Digest::of(document.text.as_str().as_bytes());
    Source { name: &document.name, bytes: document.text.len(), sha256 }
}

fn counts(review: &Review) -> Counts {
    let counts = review.counts();
    Counts {
        open: counts.open,
        accepted: counts.accepted,
        rejected: counts.rejected,
        edited: counts.edited,
        disputed: counts.disputed,
        own: counts.own,
        class: counts.class.map(|class| Class {
            kind: class.kind.name(),
            total: class.total,
            open: class.open,
        }),
    }
}

fn fix(review: &Review, id: FixId) -> FixData<'_> {
    let fix = review.collation().fix(id);
    FixData {
        at: [fix.at.start, fix.at.end],
        n: fix.n,
        transcript_at: [fix.transcript_at.start, fix.transcript_at.end],
        page: review.base().page_of(fix.at.start).to_string(),
        line: review.base().line_of(fix.at.start) + 1,
        kind: fix.kind.name(),
        base: review.base_reading(id),
        proposed: review.proposed(id),
        state: state_name(review.state(id)),
    }
}

/// Returns a state's name in JSON and on the command line.
#[must_use]
pub const fn state_name(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::Accepted => "accepted",
        State::Rejected => "rejected",
        State::Edited => "edited",
        State::Disputed => "disputed",
    }
}

fn own(review: &Review, place: Place) -> Option<Own<'_>> {
    let site = review.ledger().standing_at(place)?;
    Some(Own {
        at: [place.start, place.end],
        n: place.n,
        page: review.base().page_of(place.start).to_string(),
        line: review.base().line_of(place.start) + 1,
        base: review.base().slice(place.span()),
        reading: site.reading,
        record: site.seq,
    })
}

fn notes(review: &Review) -> Vec<Note<'_>> {
    let all = review.notes_in(0..review.base().len() + 1);
    all.map(|(record, noted)| Note {
        record,
        at: [noted.at.start, noted.at.end],
        line: review.base().line_of(noted.at.start) + 1,
        base: &noted.base,
        mark: noted.mark.to_string(),
        note: &noted.note,
    })
    .collect()
}

fn signed(record: u64, signed: &SignedOff) -> Signed<'_> {
    Signed {
        record,
        scope: signed.scope.to_string(),
        page: signed.page.as_deref(),
        at: [signed.at.start, signed.at.end],
        read: signed.read.to_string(),
        open: signed.open,
        established: signed.established,
    }
}
