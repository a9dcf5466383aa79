//! What happened, for people: each record with what it changed in the text.

use crate::document::Text;
use crate::log::record::{Body, Opened, Record};
use crate::review::event::{Event, Place, Site};
use crate::review::ledger::{Ledger, Misfit};

/// Holds a record with what people want to know of it.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The record.
    pub record: &'a Record,
    /// Who wrote it.
    pub reviewer: &'a str,
    /// What it changed, site by site; empty for what is no decision.
    pub changes: Vec<Change<'a>>,
    /// Whether the act is undone now.
    pub undone: bool,
    /// The first later record that touched what a sign-off signed.
    pub changed: Option<u64>,
}

/// Holds what a decision changed at one of its sites.
#[derive(Debug)]
pub struct Change<'a> {
    /// The site.
    pub site: &'a Site,
    /// The text that stood there before.
    pub before: String,
    /// The text that stood there after.
    pub after: String,
}

/// Tells the history of `records`, which are those of an audit that kept them.
///
/// # Errors
/// Records that no audit let pass.
pub fn history<'a>(
    header: &'a Opened,
    base: &Text,
    records: &'a [Record],
) -> Result<Vec<Entry<'a>>, Misfit> {
    let mut ledger = Ledger::new(base.clone());
    let mut reviewer = header.reviewer.as_str();
    let mut entries = Vec::with_capacity(records.len());
    for record in records {
        if let Body::Session(session) = &record.body {
            reviewer = &session.reviewer;
        }
        let changes = match &record.body {
            Body::Review(event) => apply(&mut ledger, record.seq, event)?,
            _ => Vec::new(),
        };
        entries.push(Entry { record, reviewer, changes, undone: false, changed: None });
    }
    let changed: Vec<(u64, u64)> =
        ledger.signatures().filter_map(|it| Some((it.seq, it.changed?))).collect();
    for entry in &mut entries {
        let first = match &entry.record.body {
            Body::Review(event) => event.decision().and_then(|decided| decided.act),
            _ => None,
        };
        let act = ledger.act(first.unwrap_or(entry.record.seq));
        entry.undone = act.is_some_and(|act| !act.is_live());
        let sign_off = changed.binary_search_by_key(&entry.record.seq, |&(seq, _)| seq);
        entry.changed = sign_off.ok().map(|at| changed[at].1);
    }
    Ok(entries)
}

fn apply<'a>(ledger: &mut Ledger, seq: u64, event: &'a Event) -> Result<Vec<Change<'a>>, Misfit> {
    let sites = event.decision().map_or(&[][..], |decided| &decided.sites);
    let in_base = |site: &&Site| ledger.base().as_str().get(site.place.span()).is_some();
    let before: Vec<String> =
        sites.iter().filter(in_base).map(|site| standing(ledger, site.place)).collect();
    ledger.apply(seq, event)?;
    let changes = sites.iter().zip(before).map(|(site, before)| {
        let after = site.reading.as_ref().unwrap_or(&site.base).to_string();
        Change { site, before, after }
    });
    Ok(changes.collect())
}

/// Returns the text over a place as it stands; a site that reaches beyond it counts whole.
pub(super) fn standing(ledger: &Ledger, place: Place) -> String {
    let mut text = String::new();
    let mut at = place.start;
    for site in ledger.standing_over(place) {
        text.push_str(ledger.base().slice(at..site.place.start.max(at)));
        text.push_str(site.reading);
        at = site.place.end;
    }
    text.push_str(ledger.base().slice(at.min(place.end)..place.end));
    text
}
