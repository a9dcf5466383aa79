//! Which sites stand: the state of a log by its own rules, needing the base and no collation.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::Text;
use crate::review::covers::Covers;
use crate::review::event::{Decided, Event, Extent, Mark, Place, Scope, Site, Verdict};
use crate::review::signed::{Signature, Signatures};
use crate::review::spans::{Spans, apart_over};

/// Says why an event does not fit; every variant is an error of the log (log format §2).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// A site or note reaches outside the base or cuts a character.
    #[error("bytes {0}-{1} are not a span of the base on character borders")]
    Outside(usize, usize),
    /// The base's bytes are others than the site says.
    #[error("the base has other bytes at {0}-{1} than the record says")]
    OtherBase(usize, usize),
    /// The sites of one record do not ascend, or overlap.
    #[error("the sites of the record do not ascend or overlap at byte {0}")]
    Disorder(usize),
    /// A site's reading does not fit its verdict.
    #[error("the reading at byte {0} does not fit the verdict {1}")]
    Reading(usize, Verdict),
    /// An undo of what is not live.
    #[error("record {0} is undone but was not in force")]
    NotLive(u64),
    /// A redo of what is live, or was never undone.
    #[error("record {0} is redone but was not undone")]
    Live(u64),
    /// An undo or redo of no decision, note or sign-off, or of a later part of an act.
    #[error("record {0} is no decision, note or sign-off that could be undone or redone")]
    NoAct(u64),
    /// A part names a first part that is not its own act's.
    #[error("record {0} is not the first part of this act")]
    NoFirstPart(u64),
    /// The ledger shows an earlier record than its last.
    #[error("nothing can follow while an earlier record is shown")]
    Past,
}

/// Tells what an act is that decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// A note with this mark.
    Note(Mark),
    /// A signature under a page or the document.
    Signature(Extent),
}

/// Holds one act: a decision in one or several parts, a note or a sign-off.
#[derive(Debug, Clone)]
pub struct Act {
    /// The sequence number of its (first) record.
    pub seq: u64,
    /// What a decision says; none for notes and sign-offs.
    pub verdict: Option<Verdict>,
    /// What a decision was about.
    pub scope: Option<Scope>,
    /// What it is where it is no decision.
    pub remark: Option<Remark>,
    /// Whether it is in force.
    pub(super) live: bool,
    /// The record under which it last came into force, or was undone.
    pub(super) since: u64,
    /// Its sites, as numbers of stored sites; contiguous, since parts follow each other.
    pub(super) sites: Range<u32>,
    /// The span of a note or sign-off.
    at: Range<usize>,
}

impl Act {
    fn new(seq: u64) -> Self {
        let (verdict, scope, remark) = (None, None, None);
        Self { seq, verdict, scope, remark, live: true, since: seq, sites: 0..0, at: 0..0 }
    }

    /// Says whether the act is in force.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.live
    }
}

/// Holds a site as the ledger keeps it.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub(super) place: Place,
    pub(super) act: u32,
    reading: Reading,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reading {
    /// The base's own bytes.
    Base,
    /// These of the readings.
    Text(Range<usize>),
    /// None: the place is open again.
    Open,
}

/// Holds a site that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Where it stands.
    pub place: Place,
    /// What stands there.
    pub reading: &'a str,
    /// What the decision said.
    pub verdict: Verdict,
    /// The record that decided it.
    pub seq: u64,
}

/// From so many sites on a decision is taken in as a whole where nothing else is.
const MANY: usize = 64;

/// Holds every act of a log and which sites stand.
///
/// A site stands if its act is in force, it is no reopening, and no site of a later act in force
/// overlaps it (log format §2, State). For each live site that does not stand the ledger keeps one
/// later site that covers it, so that a new decision, an undo or a redo looks only at the sites
/// that overlap its own.
#[derive(Debug, Clone)]
pub struct Ledger {
    base: Text,
    pub(super) acts: Vec<Act>,
    /// How many of the acts are shown: all, unless a timeline went back.
    pub(super) shown: usize,
    pub(super) sites: Vec<Stored>,
    /// All readings that are not the base's own, one after the other.
    readings: String,
    /// Live sites that no later live site overlaps; reopenings are among them.
    pub(super) uncovered: BTreeMap<Place, u32>,
    /// For each live site that does not stand, a later live site that overlaps it.
    pub(super) covers: Covers,
    /// The covered sites by place. Only an undo or redo out of turn looks there, so the first of them
    /// makes it.
    pub(super) covered: Option<Spans>,
    /// How many sites cut a standing one.
    cuts: u64,
    /// Acts in force by when they last became live. One that is so no more goes when it is last.
    pub(super) live: Vec<(u64, u32)>,
    /// Acts undone, by the record that undid them, kept alike.
    pub(super) undone: Vec<(u64, u32)>,
    /// The latest record that is new work: no redo reaches behind it.
    pub(super) last_work: Option<u64>,
    signatures: Signatures,
}

impl Ledger {
    /// Starts with nothing decided over `base`.
    #[must_use]
    pub fn new(base: Text) -> Self {
        Self {
            base,
            acts: Vec::new(),
            shown: 0,
            sites: Vec::new(),
            readings: String::new(),
            uncovered: BTreeMap::new(),
            covers: Covers::default(),
            covered: None,
            cuts: 0,
            live: Vec::new(),
            undone: Vec::new(),
            last_work: None,
            signatures: Signatures::default(),
        }
    }

    /// Returns the base.
    #[must_use]
    pub fn base(&self) -> &Text {
        &self.base
    }

    /// Takes in the event of record `seq`; numbers ascend from call to call.
    ///
    /// Returns the places where what stands may have changed.
    ///
    /// # Errors
    /// An event that does not fit changes nothing and is a [`Misfit`].
    pub fn apply(&mut self, seq: u64, event: &Event) -> Result<Vec<Place>, Misfit> {
        if self.shown < self.acts.len() {
            return Err(Misfit::Past);
        }
        let touched = self.take(seq, event)?;
        self.signatures.take(seq, event, &touched);
        Ok(touched)
    }

    fn take(&mut self, seq: u64, event: &Event) -> Result<Vec<Place>, Misfit> {
        match event {
            Event::Decided(decided) | Event::Adjudicated(decided, _) => self.decide(seq, decided),
            Event::Undone(of) => {
                let act = self.act_index(*of)?;
                if !self.acts[act as usize].is_live() {
                    return Err(Misfit::NotLive(*of));
                }
                Ok(self.undo(seq, act))
            }
            Event::Redone(of) => {
                let act = self.act_index(*of)?;
                if self.acts[act as usize].is_live() {
                    return Err(Misfit::Live(*of));
                }
                Ok(self.redo(seq, act))
            }
            Event::Noted(noted) => {
                self.check_span(&noted.at, Some(&noted.base))?;
                Ok(self.remark(seq, Remark::Note(noted.mark), &noted.at))
            }
            Event::SignedOff(signed) => {
                self.check_span(&signed.at, None)?;
                Ok(self.remark(seq, Remark::Signature(signed.scope), &signed.at))
            }
        }
    }

    fn act_index(&self, of: u64) -> Result<u32, Misfit> {
        self.index(of).ok_or(Misfit::NoAct(of))
    }

    /// Returns which act has the number `of`, shown or not.
    pub(super) fn index(&self, of: u64) -> Option<u32> {
        let found = self.acts.binary_search_by_key(&of, |act| act.seq);
        found.ok().map(|index| index as u32)
    }

    fn decide(&mut self, seq: u64, decided: &Decided) -> Result<Vec<Place>, Misfit> {
        self.check_sites(decided)?;
        let act = match decided.act {
            Some(first) if first != seq => {
                let last = self.acts.last().filter(|act| {
                    act.seq == first && act.is_live() && act.verdict == Some(decided.verdict)
                });
                last.ok_or(Misfit::NoFirstPart(first))?;
                self.acts.len() as u32 - 1
            }
            _ => self.begin(Act {
                verdict: Some(decided.verdict),
                scope: Some(decided.scope),
                ..Act::new(seq)
            }),
        };
        self.last_work = Some(seq);
        let first = self.sites.len() as u32;
        let mut touched = Vec::with_capacity(decided.sites.len());
        let clear = self.is_clear(&decided.sites);
        for site in &decided.sites {
            let id = self.sites.len() as u32;
            let reading = match &site.reading {
                None => Reading::Open,
                Some(reading) if *reading == site.base => Reading::Base,
                Some(reading) => {
                    let start = self.readings.len();
                    self.readings.push_str(reading);
                    Reading::Text(start..self.readings.len())
                }
            };
            self.sites.push(Stored { place: site.place, act, reading });
            self.covers.push();
            if clear {
                touched.push(site.place);
                continue;
            }
            match self.uncovered.get_mut(&site.place) {
                // All lie apart, so the one at the very place is the only one.
                Some(stands) => {
                    let earlier = std::mem::replace(stands, id);
                    self.cover(earlier, id);
                }
                None => {
                    self.cuts += self.cover_earlier(id, &mut touched);
                    self.uncovered.insert(site.place, id);
                }
            }
            touched.push(site.place);
        }
        if clear {
            let mut fresh: BTreeMap<Place, u32> = touched.iter().copied().zip(first..).collect();
            self.uncovered.append(&mut fresh);
        }
        let sites = &mut self.acts[act as usize].sites;
        let start = if sites.start == sites.end { first } else { sites.start };
        *sites = start..self.sites.len() as u32;
        Ok(touched)
    }

    /// Says whether nothing stands or was reopened where these many sites are, so that none of them
    /// need be looked for. Of few sites it is not asked: a list is then merged for nothing.
    fn is_clear(&self, sites: &[Site]) -> bool {
        let (Some(first), Some(last)) = (sites.first(), sites.last()) else { return false };
        if sites.len() < MANY || sites.len() < self.uncovered.len() / 8 {
            return false;
        }
        let border = Place::new(first.place.start..0, 0);
        let end = Place { start: last.place.end, end: usize::MAX, n: u32::MAX };
        let before = self.uncovered.range(..border).map(|(place, _)| place);
        let before = before.rev().find(|place| !place.is_empty());
        before.is_none_or(|place| place.end <= first.place.start)
            && self.uncovered.range(border..=end).next().is_none()
    }

    fn begin(&mut self, act: Act) -> u32 {
        let index = self.acts.len() as u32;
        self.live.push((act.seq, index));
        self.acts.push(act);
        self.shown = self.acts.len();
        index
    }

    fn remark(&mut self, seq: u64, remark: Remark, at: &Range<usize>) -> Vec<Place> {
        self.begin(Act { remark: Some(remark), at: at.clone(), ..Act::new(seq) });
        self.last_work = Some(seq);
        Vec::new()
    }

    fn check_span(&self, at: &Range<usize>, base: Option<&str>) -> Result<(), Misfit> {
        let found = self.base.as_str().get(at.clone());
        let found = found.ok_or(Misfit::Outside(at.start, at.end))?;
        match base {
            Some(base) if base != found => Err(Misfit::OtherBase(at.start, at.end)),
            _ => Ok(()),
        }
    }

    fn check_sites(&self, decided: &Decided) -> Result<(), Misfit> {
        let mut before: Option<Place> = None;
        for site in &decided.sites {
            self.check_span(&site.place.span(), Some(&site.base))?;
            if before.is_some_and(|before| before >= site.place || before.overlaps(site.place)) {
                return Err(Misfit::Disorder(site.place.start));
            }
            if !decided.verdict.fits(site) {
                return Err(Misfit::Reading(site.place.start, decided.verdict));
            }
            before = Some(site.place);
        }
        Ok(())
    }

    /// Takes the uncovered sites earlier than `id` that it overlaps out of what stands. Returns how
    /// many of them stood and are cut: they reach beyond it. What was reopened stands nowhere.
    pub(super) fn cover_earlier(&mut self, id: u32, touched: &mut Vec<Place>) -> u64 {
        let place = self.sites[id as usize].place;
        let hit: Vec<u32> = apart_over(&self.uncovered, place).collect();
        let mut cuts = 0;
        for earlier in hit.into_iter().filter(|&other| other < id) {
            let Stored { place: covered, reading, .. } = &self.sites[earlier as usize];
            let within = place.start <= covered.start && covered.end <= place.end;
            cuts += u64::from(!within && *reading != Reading::Open);
            let covered = *covered;
            self.uncovered.remove(&covered);
            self.cover(earlier, id);
            touched.push(covered);
        }
        cuts
    }

    pub(super) fn cover(&mut self, earlier: u32, later: u32) {
        self.covers.cover(earlier, later);
        if let Some(covered) = &mut self.covered {
            covered.insert(self.sites[earlier as usize].place, earlier);
        }
    }

    /// Returns the sites that stand, in the order of the text; reopened places are left out.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = Standing<'_>> {
        self.uncovered.values().filter_map(|&id| self.view(id))
    }

    /// Returns the standing sites that overlap `place`, in the order of the text.
    pub fn standing_over(&self, place: Place) -> impl Iterator<Item = Standing<'_>> {
        apart_over(&self.uncovered, place).filter_map(|id| self.view(id))
    }

    /// Returns the standing sites that start within `span` or at its end, in the order of the text.
    pub fn standing_from(&self, span: Range<usize>) -> impl Iterator<Item = Standing<'_>> {
        let from = Place::new(span.start..span.start, 0);
        let to = Place { start: span.end, end: usize::MAX, n: u32::MAX };
        self.uncovered.range(from..=to).filter_map(|(_, &id)| self.view(id))
    }

    /// Returns the site that stands at exactly this place.
    #[must_use]
    pub fn standing_at(&self, place: Place) -> Option<Standing<'_>> {
        self.uncovered.get(&place).and_then(|&id| self.view(id))
    }

    fn view(&self, id: u32) -> Option<Standing<'_>> {
        let (site, reading) = (&self.sites[id as usize], self.reading(id)?);
        let act = &self.acts[site.act as usize];
        let verdict = act.verdict.expect("only decisions have sites");
        Some(Standing { place: site.place, reading, verdict, seq: act.seq })
    }

    /// Returns what a site says shall stand; none for a reopened one.
    pub(super) fn reading(&self, id: u32) -> Option<&str> {
        let site = &self.sites[id as usize];
        match &site.reading {
            Reading::Open => None,
            Reading::Base => Some(self.base.slice(site.place.span())),
            Reading::Text(at) => Some(&self.readings[at.clone()]),
        }
    }

    /// Returns the established text: the base with every standing reading spliced in.
    #[must_use]
    pub fn established(&self) -> String {
        self.text(0..self.base.len())
    }

    /// Returns the established text of a span of the base that cuts no standing reading; what such
    /// a cut leaves of one is left out.
    #[must_use]
    pub fn text(&self, span: Range<usize>) -> String {
        let mut text = String::with_capacity(span.len());
        let mut at = span.start;
        for site in self.standing_from(span.clone()).filter(|site| site.place.end <= span.end) {
            text.push_str(self.base.slice(at..site.place.start));
            text.push_str(site.reading);
            at = site.place.end;
        }
        text.push_str(self.base.slice(at..span.end));
        text
    }

    /// Returns what stands as one decision over the base; it is no record of any log.
    #[must_use]
    pub fn as_decision(&self) -> Event {
        let sites = self.standing().map(|it| Site::plain(&self.base, it.place, it.reading));
        Event::of_readings(sites.collect())
    }

    /// Returns the sign-offs in force, oldest first.
    pub fn signatures(&self) -> impl DoubleEndedIterator<Item = &Signature> {
        let in_force = |it: &&Signature| self.act(it.seq).is_some_and(Act::is_live);
        self.signatures.all().iter().filter(in_force)
    }

    /// Returns the latest sign-off in force of a stretch that holds this byte.
    #[must_use]
    pub fn signature_at(&self, at: usize) -> Option<&Signature> {
        self.signatures().rfind(|it| it.covers(at, self.base.len()))
    }

    /// Returns how many sites cut a standing one when they were decided: legal, but recto itself
    /// writes none.
    #[must_use]
    pub fn cuts(&self) -> u64 {
        self.cuts
    }

    /// Returns every act, by sequence number.
    #[must_use]
    pub fn acts(&self) -> &[Act] {
        &self.acts[..self.shown]
    }

    /// Returns the act of record `seq`.
    #[must_use]
    pub fn act(&self, seq: u64) -> Option<&Act> {
        self.index(seq).and_then(|index| self.acts().get(index as usize))
    }

    /// Returns the places of an act: its sites', or the span of a note or sign-off.
    #[must_use]
    pub fn places(&self, act: &Act) -> Vec<Place> {
        if act.verdict.is_none() {
            return vec![Place::new(act.at.clone(), 0)];
        }
        act.sites.clone().map(|id| self.sites[id as usize].place).collect()
    }

    /// Returns what an act says shall stand at its first place, whether it stands or not; none for a
    /// reopening, a note, a sign-off.
    #[must_use]
    pub fn first_reading(&self, act: &Act) -> Option<&str> {
        act.sites.clone().next().and_then(|id| self.reading(id))
    }
}
