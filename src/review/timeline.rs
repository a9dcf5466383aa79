//! Going to any record of a log and back, without applying all records anew.
//!
//! One pass over the records notes when each site began and ceased to stand. Near records are
//! reached change by change; far ones by one pass over sites and fixes in the order of the text, so
//! that the way costs the same in either direction, however long the log.

use std::collections::BTreeMap;

use crate::collate::collation::Collation;
use crate::document::Text;
use crate::review::counts::State;
use crate::review::event::{Event, Place};
use crate::review::ledger::{Ledger, Misfit};
use crate::review::state::Review;

/// Up to so many changes are always made one by one.
const FEW: usize = 256;

/// A pass over all is taken where more than one change in so many would have to be made.
const SHARE: usize = 32;

/// Knows when each site of a log stood, and which record a ledger shows now.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// When sites began and ceased to stand, in the order of the records.
    changes: Vec<Change>,
    /// When acts were taken back or put in force again.
    turns: Vec<Turn>,
    /// All sites in the order of the text.
    order: Vec<u32>,
    /// How many of the changes and turns are made.
    made: (usize, usize),
}

#[derive(Debug, Clone, Copy)]
struct Change {
    seq: u64,
    site: u32,
    stands: bool,
}

#[derive(Debug, Clone, Copy)]
struct Turn {
    seq: u64,
    act: u32,
    live: bool,
}

/// Tells what became of an act by the end of its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stands, all of it.
    Stands,
    /// This record took it back.
    Undone(u64),
    /// Later acts stand in its place.
    Replaced {
        /// The first record of them.
        by: u64,
        /// At how many of its places.
        places: usize,
        /// Of how many.
        of: usize,
    },
}

impl Timeline {
    /// Makes the ledger of all `events` over `base`, and its timeline.
    ///
    /// # Errors
    /// The first record that does not fit, by its number.
    pub fn of<'a>(
        base: Text,
        events: impl Iterator<Item = (u64, &'a Event)>,
    ) -> Result<(Ledger, Self), (u64, Misfit)> {
        let mut ledger = Ledger::new(base);
        let mut stood: BTreeMap<Place, u32> = BTreeMap::new();
        let (mut changes, mut turns) = (Vec::new(), Vec::new());
        for (seq, event) in events {
            let touched = ledger.apply(seq, event).map_err(|misfit| (seq, misfit))?;
            for place in touched {
                let now = ledger.uncovered.get(&place).copied();
                let was = match now {
                    Some(site) => stood.insert(place, site),
                    None => stood.remove(&place),
                };
                if was != now {
                    changes.extend(was.map(|site| Change { seq, site, stands: false }));
                    changes.extend(now.map(|site| Change { seq, site, stands: true }));
                }
            }
            let turned = match event {
                Event::Undone(of) => Some((*of, false)),
                Event::Redone(of) => Some((*of, true)),
                _ => None,
            };
            if let Some((act, live)) = turned.and_then(|(of, live)| Some((ledger.index(of)?, live)))
            {
                turns.push(Turn { seq, act, live });
            }
        }
        let mut order: Vec<u32> = (0..ledger.sites.len() as u32).collect();
        order.sort_by_key(|&site| (ledger.sites[site as usize].place, site));
        let made = (changes.len(), turns.len());
        Ok((ledger, Self { changes, turns, order, made }))
    }

    /// Makes `ledger` show what stood after record `seq`; returns the places where that is
    /// something else than before, or none where it may be anywhere.
    fn travel(&mut self, ledger: &mut Ledger, seq: u64) -> Option<Vec<Place>> {
        let changes = self.changes.partition_point(|change| change.seq <= seq);
        let turns = self.turns.partition_point(|turn| turn.seq <= seq);
        ledger.shown = ledger.acts.partition_point(|act| act.seq <= seq);
        let was = self.made.1;
        for turn in &self.turns[was.min(turns)..turns] {
            ledger.acts[turn.act as usize].live = turn.live;
        }
        for turn in self.turns[turns.min(was)..was].iter().rev() {
            ledger.acts[turn.act as usize].live = !turn.live;
        }
        let from = std::mem::replace(&mut self.made, (changes, turns)).0;
        let distance = from.abs_diff(changes);
        if distance > FEW && distance > self.order.len() / SHARE {
            self.stand(ledger);
            return None;
        }
        let mut touched = Vec::with_capacity(distance);
        for change in &self.changes[from.min(changes)..changes] {
            touched.push(set(ledger, change.site, change.stands));
        }
        for change in self.changes[changes.min(from)..from].iter().rev() {
            touched.push(set(ledger, change.site, !change.stands));
        }
        Some(touched)
    }

    /// Finds anew which sites stand after the changes that are made.
    fn stand(&self, ledger: &mut Ledger) {
        let mut stands = vec![false; ledger.sites.len()];
        for change in &self.changes[..self.made.0] {
            stands[change.site as usize] = change.stands;
        }
        let standing = self.order.iter().copied().filter(|&site| stands[site as usize]);
        let places = standing.map(|site| (ledger.sites[site as usize].place, site));
        ledger.uncovered = places.collect();
    }

    /// Tells what became of the act of record `seq` by the end of the log; none for no act.
    #[must_use]
    pub fn fate(&self, ledger: &Ledger, seq: u64) -> Option<Fate> {
        let act = ledger.index(seq)?;
        let last = self.turns.iter().rev().find(|turn| turn.act == act);
        if let Some(Turn { seq, live: false, .. }) = last {
            return Some(Fate::Undone(*seq));
        }
        let sites = ledger.acts[act as usize].sites.clone();
        let (mut of, mut places, mut by) = (0, 0, u64::MAX);
        for site in sites {
            of += 1;
            if let Some(later) = ledger.covers.by(site) {
                places += 1;
                by = by.min(ledger.acts[ledger.sites[later as usize].act as usize].seq);
            }
        }
        Some(if places == 0 { Fate::Stands } else { Fate::Replaced { by, places, of } })
    }

    /// Returns the first turn of an act after record `seq`: its number, and whether it revived it.
    #[must_use]
    pub fn turned_after(&self, ledger: &Ledger, act: u64, seq: u64) -> Option<(u64, bool)> {
        let act = ledger.index(act)?;
        let turn = self.turns.iter().find(|turn| turn.act == act && turn.seq > seq)?;
        Some((turn.seq, turn.live))
    }

    /// Returns the acts whose sites ceased to stand at record `seq`, one entry a site.
    #[must_use]
    pub fn fell(&self, ledger: &Ledger, seq: u64) -> Vec<u64> {
        let from = self.changes.partition_point(|change| change.seq < seq);
        let here = self.changes[from..].iter().take_while(|change| change.seq == seq);
        let sites = here.filter(|change| !change.stands).map(|change| change.site);
        sites.map(|site| ledger.acts[ledger.sites[site as usize].act as usize].seq).collect()
    }
}

/// Lets a site stand, or no longer; returns its place.
fn set(ledger: &mut Ledger, site: u32, stands: bool) -> Place {
    let place = ledger.sites[site as usize].place;
    if stands {
        ledger.uncovered.insert(place, site);
    } else {
        ledger.uncovered.remove(&place);
    }
    place
}

impl Review {
    /// Takes in what happened so far, in the order of its numbers.
    ///
    /// # Errors
    /// The number of the first record that does not fit, and why.
    pub fn after<'a>(
        collation: Collation,
        events: impl IntoIterator<Item = (u64, &'a Event)>,
    ) -> Result<Self, (u64, Misfit)> {
        let mut review = Self::new(collation);
        for (seq, event) in events {
            review.apply(seq, event).map_err(|misfit| (seq, misfit))?;
        }
        Ok(review)
    }

    /// Puts a ledger with its whole history beside a collation.
    #[must_use]
    pub fn of_history<'a>(
        collation: Collation,
        ledger: Ledger,
        events: impl Iterator<Item = (u64, &'a Event)>,
    ) -> Self {
        let mut review = Self::new(collation);
        review.ledger = ledger;
        for (seq, event) in events {
            review.remember(seq, event);
        }
        review.settle_anew();
        review
    }

    /// Goes to the state after record `seq`, forward or back.
    ///
    /// `timeline` is that of this review's ledger. Nothing can be applied until the review is at
    /// its last record again.
    pub fn travel(&mut self, timeline: &mut Timeline, seq: u64) {
        match timeline.travel(&mut self.ledger, seq) {
            Some(touched) => self.settle_all(&touched),
            None => self.settle_anew(),
        }
    }

    /// Puts another collation of the same base in place, with another transcript; returns the one
    /// before. What is decided stands.
    pub fn recollate(&mut self, collation: Collation) -> Collation {
        self.states = vec![Vec::new(); collation.plan().blocks.len()];
        self.tally.take();
        let before = std::mem::replace(&mut self.collation, collation);
        self.settle_anew();
        before
    }

    /// Works out all states from the ledger in one pass over fixes and sites, both in the order of
    /// the text. A site that stands exactly over a fix, as nearly all do, needs no search.
    pub(super) fn settle_anew(&mut self) {
        self.forget_states();
        let standing = self.ledger.uncovered.iter().map(|(&place, &site)| (place, site));
        let mut sites = standing.collect::<Vec<_>>().into_iter().peekable();
        let mut odd = Vec::new();
        for block in 0..self.collation().plan().blocks.len() as u32 {
            let mut states = self.take_states(block);
            let Some(gap) = self.collation().gap(block) else { continue };
            for fix in &gap.fixes {
                let place = Place::new(fix.at.clone(), fix.n);
                let before = || sites.next_if(|&(site, _)| site < place).map(|(site, _)| site);
                odd.extend(std::iter::from_fn(before));
                let exact = sites.next_if(|&(site, _)| site == place);
                let reading = exact.and_then(|(_, site)| self.ledger.reading(site));
                states.push(reading.map_or(State::Open, |reading| {
                    let proposed = self.transcript().slice(fix.transcript_at.clone());
                    self.state_of_text(reading, proposed, self.base().slice(place.span()))
                }));
            }
            self.begin(block, states);
        }
        odd.extend(sites.map(|(site, _)| site));
        self.settle_all(&odd);
    }
}
