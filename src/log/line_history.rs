//! What was ever decided at a place: who, when, before, after, and what became of it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::Text;
use crate::log::chronicle::Chronicle;
use crate::log::history::standing;
use crate::log::record::Body;
use crate::review::event::{Decided, Event, Place};
use crate::review::ledger::Ledger;

/// Holds what one record did at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Where the record is in the chronicle.
    pub index: usize,
    /// The place.
    pub place: Place,
    /// What it did there.
    pub deed: Deed,
    /// The record that took it back, if it is not in force now.
    pub undone_by: Option<u64>,
}

/// Tells what a record did at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// It decided.
    Decided {
        /// The text that stood there before.
        before: String,
        /// The reading from then on; none for a place that was reopened.
        after: Option<String>,
        /// Whether it stands there now.
        stands: bool,
    },
    /// It noted something, or signed what the place lies in.
    Remarked,
}

/// Tells what happened at the places for which `here` holds, oldest first.
///
/// Runs over all records, but replays only those that have a site there.
#[must_use]
pub fn history_of(chronicle: &Chronicle, base: &Text, here: impl Fn(Place) -> bool) -> Vec<Past> {
    let region = region(chronicle, &here);
    let mut told = Told { ledger: Ledger::new(base.clone()), acts: BTreeMap::new(), pasts: vec![] };
    for (index, record) in chronicle.records().iter().enumerate() {
        let Body::Review(event) = &record.body else { continue };
        told.take((index, record.seq), event, region.as_ref(), &here);
    }
    told.finish(chronicle)
}

/// Returns the smallest span that holds all sites that reach into the places, and all that reach
/// into those in turn: what stands at a place may hang on them.
fn region(chronicle: &Chronicle, here: &impl Fn(Place) -> bool) -> Option<Range<usize>> {
    let mut region: Option<Range<usize>> = None;
    loop {
        let before = region.clone();
        let sites = chronicle.events().filter_map(|(_, event)| event.decision());
        for place in sites.flat_map(|decided| &decided.sites).map(|site| site.place) {
            let touched = before.as_ref().is_some_and(|span| touches(span, place));
            if touched || here(place) {
                let span = region.get_or_insert_with(|| place.span());
                *span = span.start.min(place.start)..span.end.max(place.end);
            }
        }
        if region == before {
            return region;
        }
    }
}

fn touches(span: &Range<usize>, place: Place) -> bool {
    place.overlaps(Place::new(span.clone(), 0))
}

struct Told {
    /// Over the region alone.
    ledger: Ledger,
    /// By the number of an act: its records that are in the ledger, and what took it back last.
    acts: BTreeMap<u64, (Vec<u64>, Option<u64>)>,
    pasts: Vec<(u64, Past)>,
}

impl Told {
    fn take(
        &mut self,
        (index, seq): (usize, u64),
        event: &Event,
        region: Option<&Range<usize>>,
        here: &impl Fn(Place) -> bool,
    ) {
        match event {
            Event::Decided(decided) | Event::Adjudicated(decided, _) => {
                if let Some(region) = region {
                    self.decided((index, seq), decided, region, here);
                }
            }
            Event::Undone(of) => self.turn(*of, Some(seq)),
            Event::Redone(of) => self.turn(*of, None),
            Event::Noted(noted) => self.remark((index, seq), &noted.at, here),
            Event::SignedOff(signed) => self.remark((index, seq), &signed.at, here),
        }
    }

    fn decided(
        &mut self,
        (index, seq): (usize, u64),
        decided: &Decided,
        region: &Range<usize>,
        here: &impl Fn(Place) -> bool,
    ) {
        let within = |place: Place| touches(region, place) || here(place);
        let sites: Vec<_> =
            decided.sites.iter().filter(|site| within(site.place)).cloned().collect();
        if sites.is_empty() {
            return;
        }
        let act = decided.act.unwrap_or(seq);
        for site in sites.iter().filter(|site| here(site.place)) {
            let before = standing(&self.ledger, site.place);
            let deed = Deed::Decided {
                before,
                after: site.reading.as_deref().map(str::to_owned),
                stands: false,
            };
            self.pasts.push((act, Past { index, place: site.place, deed, undone_by: None }));
        }
        let alone = Decided { act: None, sites, ..decided.clone() };
        // An audit let it pass, so it fits.
        if self.ledger.apply(seq, &Event::Decided(alone)).is_ok() {
            self.acts.entry(act).or_default().0.push(seq);
        }
    }

    fn remark(
        &mut self,
        (index, seq): (usize, u64),
        at: &Range<usize>,
        here: &impl Fn(Place) -> bool,
    ) {
        let place = Place::new(at.clone(), 0);
        if here(place) {
            self.acts.entry(seq).or_default();
            let past = Past { index, place, deed: Deed::Remarked, undone_by: None };
            self.pasts.push((seq, past));
        }
    }

    fn turn(&mut self, of: u64, by: Option<u64>) {
        let Some((parts, undone)) = self.acts.get_mut(&of) else { return };
        *undone = by;
        for &part in &*parts {
            let event = if by.is_some() { Event::Undone(part) } else { Event::Redone(part) };
            // The numbers of undo records don't matter to a ledger that nobody undoes in.
            let _ = self.ledger.apply(part, &event);
        }
    }

    fn finish(self, chronicle: &Chronicle) -> Vec<Past> {
        let Self { ledger, acts, pasts } = self;
        let finish = |(act, mut past): (u64, Past)| {
            past.undone_by = acts.get(&act).and_then(|(_, undone)| *undone);
            let seq = chronicle.records()[past.index].seq;
            if let Deed::Decided { stands, .. } = &mut past.deed {
                *stands = ledger.standing_at(past.place).is_some_and(|site| site.seq == seq);
            }
            past
        };
        pasts.into_iter().map(finish).collect()
    }
}
