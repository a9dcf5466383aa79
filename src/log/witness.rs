//! A log as it counts beside others over the same base: what stands in it, and what it settles.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::digest::Digest;
use crate::document::Text;
use crate::log::audit::Audit;
use crate::log::record::{Body, Head};
use crate::review::event::{Event, Over, Place};
use crate::review::ledger::{Ledger, Misfit, Standing};

/// Tells whether a reviewer had other reviewers' decisions before their eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Never: every session hid them.
    Blind,
    /// In some sessions.
    Partly,
    /// Nothing hid them.
    Open,
}

/// Holds one log among several. It is merged as one reviewer's, whoever else may have a log of that
/// name: a second machine's is a witness of its own.
#[derive(Debug, Clone)]
pub struct Witness {
    /// The log's id.
    pub log: String,
    /// The reviewer's name.
    pub reviewer: String,
    /// Whether others' decisions were hidden.
    pub sight: Sight,
    ledger: Ledger,
    /// By number. Of records written since it was read there is none; no other log can name them.
    hashes: Vec<Digest>,
    /// What each adjudication settles, by the number of its record.
    over: BTreeMap<u64, Vec<Over>>,
    /// The records of places that were decided by an act in several parts.
    parts: BTreeMap<(u64, Place), u64>,
}

/// Holds a place that stands in a log, with the record that decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stands<'a> {
    /// The place.
    pub place: Place,
    /// What stands there.
    pub reading: &'a str,
    /// The record's number; of an act in parts, the part's own.
    pub record: u64,
}

/// Says why a log cannot be set beside others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoWitness {
    /// Its records were not kept, or its base is not to be had.
    #[error("it cannot be read as a whole")]
    Unread,
    /// A record does not fit.
    #[error(transparent)]
    Misfit(#[from] Misfit),
}

impl Witness {
    /// Takes a log that was audited as intact, its records kept.
    ///
    /// # Errors
    /// An audit without records or without a base.
    pub fn of(audit: &Audit) -> Result<Self, NoWitness> {
        let (Some(header), Some(replay)) = (&audit.header, &audit.replay) else {
            return Err(NoWitness::Unread);
        };
        let mut witness = Self::new(&header.log, &header.reviewer, replay.base.clone());
        witness.hashes.clone_from(&audit.hashes);
        let mut sessions = [0, 0];
        for record in &audit.records {
            match &record.body {
                Body::Session(session) => sessions[usize::from(session.blind)] += 1,
                Body::Review(event) => witness.apply(record.seq, event)?,
                _ => {}
            }
        }
        witness.sight = match sessions {
            [_, 0] => Sight::Open,
            [0, _] => Sight::Blind,
            _ => Sight::Partly,
        };
        Ok(witness)
    }

    /// Starts a log in which nothing is decided yet.
    #[must_use]
    pub fn new(log: &str, reviewer: &str, base: Text) -> Self {
        Self {
            log: log.to_owned(),
            reviewer: reviewer.to_owned(),
            sight: Sight::Open,
            ledger: Ledger::new(base),
            hashes: Vec::new(),
            over: BTreeMap::new(),
            parts: BTreeMap::new(),
        }
    }

    /// Takes in the event of record `seq`; numbers ascend from call to call.
    ///
    /// # Errors
    /// An event that does not fit changes nothing and is a [`Misfit`].
    pub fn apply(&mut self, seq: u64, event: &Event) -> Result<(), Misfit> {
        self.ledger.apply(seq, event)?;
        if let Event::Adjudicated(_, over) = event {
            self.over.insert(seq, over.clone());
        }
        if let Some(decided) = event.decision()
            && let Some(act) = decided.act.filter(|&act| act != seq)
        {
            self.parts.extend(decided.sites.iter().map(|site| ((act, site.place), seq)));
        }
        Ok(())
    }

    /// Returns what stands, whoever decided it.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Names the log as it is now; none while it has no records.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        let &head = self.hashes.last()?;
        Some(Head { log: self.log.clone(), size: self.hashes.len() as u64, head })
    }

    /// Returns the hash of a record.
    #[must_use]
    pub fn hash(&self, record: u64) -> Option<Digest> {
        self.hashes.get(usize::try_from(record).ok()?).copied()
    }

    /// Says whether the other is the same log as it was earlier, or is this very one.
    #[must_use]
    pub fn continues(&self, other: &Self) -> bool {
        self.log == other.log && self.hashes.starts_with(&other.hashes)
    }

    /// Returns what stands, in the order of the text.
    pub fn standing(&self) -> impl Iterator<Item = Stands<'_>> {
        self.ledger.standing().map(|site| self.view(site))
    }

    /// Returns what stands over a place, in the order of the text.
    pub fn standing_over(&self, place: Place) -> impl Iterator<Item = Stands<'_>> {
        self.ledger.standing_over(place).map(|site| self.view(site))
    }

    fn view<'a>(&'a self, site: Standing<'a>) -> Stands<'a> {
        let part = self.parts.get(&(site.seq, site.place)).copied();
        Stands { place: site.place, reading: site.reading, record: part.unwrap_or(site.seq) }
    }

    /// Returns what a record settles; nothing where it is no adjudication.
    #[must_use]
    pub fn over(&self, record: u64) -> &[Over] {
        self.over.get(&record).map_or(&[], Vec::as_slice)
    }

    /// Says whether a record is an adjudication.
    #[must_use]
    pub fn adjudicates(&self, record: u64) -> bool {
        self.over.contains_key(&record)
    }

    /// Returns what stands wholly within a span, in the order of the text.
    pub fn standing_in(&self, span: Range<usize>) -> impl Iterator<Item = Stands<'_>> {
        let inside = self.ledger.standing_from(span.clone());
        inside.filter(move |site| site.place.end <= span.end).map(|site| self.view(site))
    }
}
