//! The records that a replay can be steered by: bulk acts, notes, undo, page ends, sign-offs, new
//! corrected texts.

use crate::log::record::{Body, Record};
use crate::review::event::{Decided, Event, Extent, Scope};

/// Tells what makes a record a landmark; the greater one wins where there is room for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Landmark {
    /// A program began to write.
    Session,
    /// Something was noted.
    Note,
    /// An act was taken back, or put in force again.
    Undo,
    /// The last decision on a page before another page's turn came, or a page that was signed.
    PageEnd,
    /// One act over lines, a page, places alike or the whole document.
    Bulk,
    /// A new corrected text came in force.
    Text,
    /// The document was signed, or the log sealed.
    SignOff,
}

/// Every landmark with its letter on a time line and its name.
pub const LANDMARKS: [(Landmark, &str, &str); 7] = [
    (Landmark::Bulk, "B", "bulk"),
    (Landmark::Note, "n", "note"),
    (Landmark::Undo, "u", "undo"),
    (Landmark::PageEnd, "p", "page end"),
    (Landmark::SignOff, "S", "signed off"),
    (Landmark::Session, "s", "session"),
    (Landmark::Text, "t", "text"),
];

/// Finds the landmarks among records, one entry a record.
#[must_use]
pub fn landmarks(records: &[Record]) -> Vec<Option<Landmark>> {
    let mut found: Vec<Option<Landmark>> = records.iter().map(of_record).collect();
    let mut next: Option<&str> = None;
    for (record, found) in records.iter().zip(&mut found).rev() {
        let Body::Review(event) = &record.body else { continue };
        let Some(page) = event.decision().and_then(page) else { continue };
        if next.is_some_and(|next| next != page) {
            *found = (*found).max(Some(Landmark::PageEnd));
        }
        next = Some(page);
    }
    found
}

fn page(decided: &Decided) -> Option<&str> {
    decided.sites.last().and_then(|site| site.page.as_deref())
}

fn of_record(record: &Record) -> Option<Landmark> {
    match &record.body {
        Body::Session(_) => Some(Landmark::Session),
        Body::Sealed(_) => Some(Landmark::SignOff),
        Body::Proposals(_) => Some(Landmark::Text),
        Body::Review(Event::Noted(_)) => Some(Landmark::Note),
        Body::Review(Event::Undone(_) | Event::Redone(_)) => Some(Landmark::Undo),
        Body::Review(Event::SignedOff(signed)) => Some(match signed.scope {
            Extent::Page => Landmark::PageEnd,
            Extent::Document => Landmark::SignOff,
        }),
        Body::Review(event) => event.decision().filter(|it| is_bulk(it)).map(|_| Landmark::Bulk),
        _ => None,
    }
}

/// Says whether a decision is one act over more than a line.
#[must_use]
pub fn is_bulk(decided: &Decided) -> bool {
    let wide = matches!(decided.scope, Scope::Range | Scope::Page | Scope::Alike | Scope::All);
    wide && decided.sites.len() > 1
}
