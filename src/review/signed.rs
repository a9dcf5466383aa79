//! Sign-offs, and whether what was signed has changed since.

use crate::review::event::{Event, Place, Read, SignedOff};
use crate::review::spans::Spans;

/// Holds a sign-off and what became of what it signed.
#[derive(Debug, Clone)]
pub struct Signature {
    /// Its record.
    pub seq: u64,
    /// What was signed.
    pub signed: SignedOff,
    /// The first later record that touched it, if one did.
    pub changed: Option<u64>,
}

impl Signature {
    /// Says whether it is of a stretch that holds this byte, in a text of `length` bytes; the end
    /// of the text belongs to its last page.
    #[must_use]
    pub fn covers(&self, at: usize, length: usize) -> bool {
        self.signed.at.contains(&at) || (at == length && self.signed.at.end == length)
    }

    /// Says for people what was signed, what was read, and whether it has changed.
    #[must_use]
    pub fn in_words(&self) -> String {
        let SignedOff { page, read, open, .. } = &self.signed;
        let what = page.as_ref().map_or("document".to_owned(), |page| format!("page {page}"));
        let read = match read {
            Read::Fixes => "fixes read",
            Read::All => "every word read",
        };
        let changed = self.changed.map_or(String::new(), |seq| format!(", changed since by {seq}"));
        format!("{what} signed by record {}, {read}, {open} open{changed}", self.seq)
    }
}

/// Holds all sign-offs of a log, those that were undone too.
#[derive(Debug, Clone, Default)]
pub struct Signatures {
    all: Vec<Signature>,
    /// The spans of those that nothing has touched yet.
    untouched: Spans,
}

impl Signatures {
    /// Returns all, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Signature] {
        &self.all
    }

    /// Takes in record `seq`, which may have changed what stands at these places.
    pub(crate) fn take(&mut self, seq: u64, event: &Event, touched: &[Place]) {
        self.touch(seq, touched);
        if let Event::SignedOff(signed) = event {
            self.sign(seq, signed);
        }
    }

    fn sign(&mut self, seq: u64, signed: &SignedOff) {
        let id = self.all.len() as u32;
        self.untouched.insert(Place::new(signed.at.clone(), 0), id);
        self.all.push(Signature { seq, signed: signed.clone(), changed: None });
    }

    /// An insertion at the border of a page counts for both pages: where it will stand is not said.
    fn touch(&mut self, seq: u64, places: &[Place]) {
        if self.untouched.is_empty() {
            return;
        }
        for place in places {
            let mut wide = *place;
            if place.is_empty() {
                wide = Place::new(place.start.saturating_sub(1)..place.start + 1, 0);
            }
            let hit: Vec<u32> = self.untouched.overlapping(wide).collect();
            for id in hit {
                let signature = &mut self.all[id as usize];
                signature.changed = Some(seq);
                self.untouched.remove(Place::new(signature.signed.at.clone(), 0), id);
            }
        }
    }
}
