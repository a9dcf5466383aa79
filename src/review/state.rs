//! The ledger beside a collation: the states of fixes, the counts, the notes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use crate::collate::collation::Collation;
use crate::collate::fix::{FixId, Kind};
use crate::collate::gap::Gap;
use crate::document::Text;
use crate::review::change::Tally;
use crate::review::counts::{ClassCounts, Counts, State};
use crate::review::event::{Event, Noted, Place, SignedOff};
use crate::review::ledger::{Act, Ledger, Misfit};

/// The fewest line ends that can make a class: below it each is worth a look of its own.
const SMALLEST_CLASS: usize = 8;

/// From so many places on that an act touches, and a share of all fixes, all states are found anew.
const MANY: usize = 256;

/// Holds a collation, the ledger over its base and the state of every fix.
#[derive(Debug)]
pub struct Review {
    pub(super) collation: Collation,
    pub(super) ledger: Ledger,
    /// By block, by fix; empty where a block is equal or its gap is not known.
    pub(super) states: Vec<Vec<State>>,
    /// How many fixes are open in a block: line ends and others. Blocks without are left out.
    pub(super) open_blocks: BTreeMap<u32, [usize; 2]>,
    /// The counts of each kind, in the order of [`Kind::ALL`].
    totals: [Counts; Kind::ALL.len()],
    pub(super) own: BTreeSet<Place>,
    line_feeds: usize,
    notes: BTreeMap<(usize, u64), Noted>,
    signed: Vec<(u64, SignedOff)>,
    session: u64,
    /// Made when first asked for, and anew once more fixes are known.
    pub(super) tally: OnceLock<Tally>,
}

impl Review {
    /// Starts with nothing decided.
    #[must_use]
    pub fn new(collation: Collation) -> Self {
        let base = collation.plan().base.clone();
        let blocks = collation.plan().blocks.len();
        let line_feeds =
            base.line_count() - usize::from(!base.as_str().ends_with('\n')).min(base.line_count());
        let mut review = Self {
            states: vec![Vec::new(); blocks],
            open_blocks: BTreeMap::new(),
            totals: [Counts::default(); Kind::ALL.len()],
            own: BTreeSet::new(),
            line_feeds,
            notes: BTreeMap::new(),
            signed: Vec::new(),
            session: 0,
            tally: OnceLock::new(),
            ledger: Ledger::new(base),
            collation,
        };
        for block in 0..blocks as u32 {
            review.meet(block);
        }
        review
    }

    /// Returns the collation.
    #[must_use]
    pub fn collation(&self) -> &Collation {
        &self.collation
    }

    /// Returns the ledger.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns the base.
    #[must_use]
    pub fn base(&self) -> &Text {
        &self.collation.plan().base
    }

    /// Returns the transcript.
    #[must_use]
    pub fn transcript(&self) -> &Text {
        &self.collation.plan().transcript
    }

    /// Returns how often each change is proposed.
    pub(super) fn tally(&self) -> &Tally {
        self.tally.get_or_init(|| {
            let change =
                |id| (self.collation.fix(id).kind, self.base_reading(id), self.proposed(id));
            Tally::of(self.collation.fixes().map(change))
        })
    }

    /// Notes that acts from record `seq` on are of the present session.
    pub fn begin_session(&mut self, seq: u64) {
        self.session = seq;
    }

    /// Returns the first record of the present session.
    #[must_use]
    pub fn session(&self) -> u64 {
        self.session
    }

    /// Takes in a gap that was worked out; one that is known already changes nothing.
    pub fn learn(&mut self, block: u32, gap: Gap) {
        if self.collation.known(block) {
            return;
        }
        self.collation.insert(block, gap);
        self.tally.take();
        self.meet(block);
    }

    /// Takes in the event of record `seq`; numbers ascend from call to call.
    ///
    /// # Errors
    /// An event that does not fit changes nothing and is a [`Misfit`].
    pub fn apply(&mut self, seq: u64, event: &Event) -> Result<(), Misfit> {
        let touched = self.ledger.apply(seq, event)?;
        self.remember(seq, event);
        let all = || self.totals.iter().map(Counts::total).sum::<usize>();
        if touched.len() > MANY && touched.len() > all() / 16 {
            self.settle_anew();
        } else {
            self.settle_all(&touched);
        }
        Ok(())
    }

    /// Keeps notes and sign-offs.
    pub(super) fn remember(&mut self, seq: u64, event: &Event) {
        match event {
            Event::Noted(noted) => drop(self.notes.insert((noted.at.start, seq), noted.clone())),
            Event::SignedOff(signed) => self.signed.push((seq, signed.clone())),
            _ => {}
        }
    }

    /// Forgets all states, to give them anew with [`Self::begin`].
    pub(super) fn forget_states(&mut self) {
        self.states.iter_mut().for_each(Vec::clear);
        self.open_blocks.clear();
        self.totals = [Counts::default(); Kind::ALL.len()];
        self.own.clear();
    }

    /// Takes the room that a block's states have, to fill it and give it back by [`Self::begin`].
    pub(super) fn take_states(&mut self, block: u32) -> Vec<State> {
        std::mem::take(&mut self.states[block as usize])
    }

    /// Gives all fixes of a block their first states.
    pub(super) fn begin(&mut self, block: u32, states: Vec<State>) {
        let fixes = self.collation.gap(block).map_or(&[][..], |gap| &gap.fixes);
        let mut open = [0; 2];
        for (fix, &state) in fixes.iter().zip(&states) {
            *self.totals[fix.kind as usize].slot(state) += 1;
            open[usize::from(fix.kind != Kind::LineEnd)] += usize::from(state == State::Open);
        }
        if open != [0, 0] {
            self.open_blocks.insert(block, open);
        }
        self.states[block as usize] = states;
    }

    /// Gives the fixes of a block their first states.
    fn meet(&mut self, block: u32) {
        let Some(gap) = self.collation.gap(block) else { return };
        let (count, span) = (gap.fixes.len(), self.collation.base_span(block));
        self.begin(block, vec![State::Open; count]);
        let standing = self.ledger.standing_from(span.clone()).map(|site| site.place);
        let before = self.ledger.standing_over(Place::new(span, 0)).map(|site| site.place);
        let touched: Vec<Place> = before.chain(standing).collect();
        self.settle_all(&touched);
    }

    /// Works out anew the states of all fixes whose text may hang on the `touched` places.
    pub(super) fn settle_all(&mut self, touched: &[Place]) {
        let mut done = BTreeSet::new();
        for &place in touched {
            let fixes: Vec<FixId> = self.fixes_over(place).collect();
            self.settle_own(place, fixes.is_empty());
            for id in fixes {
                if !done.contains(&id) {
                    self.settle(id, &mut done);
                }
            }
        }
    }

    fn settle_own(&mut self, place: Place, alone: bool) {
        let site = self.ledger.standing_at(place);
        let changes = site.is_some_and(|site| site.reading != self.base().slice(place.span()));
        let known = self.collation.known(self.collation.block_at(place.start));
        if alone && changes && known {
            self.own.insert(place);
        } else {
            self.own.remove(&place);
        }
    }

    fn settle(&mut self, id: FixId, done: &mut BTreeSet<FixId>) {
        let place = self.place(id);
        if let Some(site) = self.ledger.standing_at(place) {
            let state = self.state_of_text(site.reading, self.proposed(id), self.base_reading(id));
            return self.set(id, state);
        }
        if self.ledger.standing_over(place).next().is_none() {
            // Fixes lie apart: nothing else can hold a part of it.
            return self.set(id, State::Open);
        }
        let run = self.run(place);
        let text = self
            .run_text(&run, |review, at| review.ledger.standing_at(at).map(|site| site.reading));
        let proposed = self.run_text(&run, |review, at| {
            run.fixes.iter().find(|(place, _)| *place == at).map(|&(_, id)| review.proposed(id))
        });
        let state = match run.sites.is_empty() {
            true => State::Open,
            false => self.state_of_text(&text, &proposed, self.base().slice(run.span.clone())),
        };
        for &(_, id) in &run.fixes {
            done.insert(id);
            // Where the parts of a change can be cut in two ways, the whole text tells: nothing of a
            // run that reads as proposed is open.
            let settled = state == State::Accepted || self.covered(id);
            let state = if settled { state } else { State::Open };
            self.set(id, state);
        }
    }

    pub(super) fn state_of_text(&self, standing: &str, proposed: &str, base: &str) -> State {
        match () {
            () if standing == proposed => State::Accepted,
            () if standing == base => State::Rejected,
            () => State::Edited,
        }
    }

    fn set(&mut self, id: FixId, state: State) {
        let old = std::mem::replace(&mut self.states[id.block as usize][id.fix as usize], state);
        let kind = self.collation.fix(id).kind;
        *self.totals[kind as usize].slot(old) -= 1;
        *self.totals[kind as usize].slot(state) += 1;
        let class = usize::from(kind != Kind::LineEnd);
        let open = self.open_blocks.entry(id.block).or_default();
        open[class] =
            open[class] + usize::from(state == State::Open) - usize::from(old == State::Open);
        if *open == [0, 0] {
            self.open_blocks.remove(&id.block);
        }
    }

    /// Says whether every changed part of a fix lies under a standing site.
    fn covered(&self, id: FixId) -> bool {
        let place = self.place(id);
        let sites: Vec<Place> = self.ledger.standing_over(place).map(|site| site.place).collect();
        if sites.iter().any(|site| site.start <= place.start && place.end <= site.end) {
            return true;
        }
        let parts = crate::collate::marks::marks(self.base_reading(id), self.proposed(id));
        parts.iter().all(|(base, _)| {
            let part = place.start + base.start..place.start + base.end;
            let mut at = part.start;
            for site in &sites {
                if site.start <= at && at <= site.end {
                    if part.is_empty() {
                        return true;
                    }
                    at = at.max(site.end);
                }
            }
            !part.is_empty() && at >= part.end
        })
    }

    /// Returns the place of a fix.
    #[must_use]
    pub fn place(&self, id: FixId) -> Place {
        let fix = self.collation.fix(id);
        Place::new(fix.at.clone(), fix.n)
    }

    /// Returns the fixes that overlap `place`, in the order of the text.
    pub fn fixes_over(&self, place: Place) -> impl Iterator<Item = FixId> + '_ {
        let (empty, wide) = if place.is_empty() {
            (Some(self.collation.fixes_over_insertion(place.start, place.n)), None)
        } else {
            (None, Some(self.collation.fixes_touching(place.span())))
        };
        let touching = empty.into_iter().flatten().chain(wide.into_iter().flatten());
        touching.filter(move |&id| self.place(id).overlaps(place))
    }

    /// Returns the run of `place`: whatever fixes and standing sites overlap it in turn.
    #[must_use]
    pub fn run(&self, place: Place) -> Run {
        let mut fixes = BTreeSet::new();
        let mut sites = BTreeSet::new();
        let mut next = vec![place];
        while let Some(place) = next.pop() {
            for id in self.fixes_over(place) {
                if fixes.insert((self.place(id), id)) {
                    next.push(self.place(id));
                }
            }
            for site in self.ledger.standing_over(place) {
                if sites.insert(site.place) {
                    next.push(site.place);
                }
            }
        }
        let places = || fixes.iter().map(|&(place, _)| place).chain(sites.iter().copied());
        let start = places().map(|place| place.start).min().unwrap_or(place.start);
        let end = places().map(|place| place.end).max().unwrap_or(place.end);
        Run { span: start..end, fixes, sites }
    }

    /// Returns the run's text with the readings that `reading` gives for its places, base between.
    fn run_text<'a>(
        &'a self,
        run: &Run,
        reading: impl Fn(&'a Self, Place) -> Option<&'a str>,
    ) -> String {
        let mut places: Vec<Place> = run.sites.iter().copied().collect();
        places.extend(run.fixes.iter().map(|&(place, _)| place));
        places.sort_unstable();
        places.dedup();
        let mut text = String::new();
        let mut at = run.span.start;
        for place in places {
            if let Some(reading) = reading(self, place) {
                text.push_str(self.base().slice(at..place.start));
                text.push_str(reading);
                at = place.end;
            }
        }
        text.push_str(self.base().slice(at..run.span.end));
        text
    }

    /// Returns the state of a fix.
    #[must_use]
    pub fn state(&self, id: FixId) -> State {
        self.states[id.block as usize][id.fix as usize]
    }

    /// Returns the base's reading of a fix.
    #[must_use]
    pub fn base_reading(&self, id: FixId) -> &str {
        self.base().slice(self.collation.fix(id).at.clone())
    }

    /// Returns the proposed reading of a fix.
    #[must_use]
    pub fn proposed(&self, id: FixId) -> &str {
        self.transcript().slice(self.collation.fix(id).transcript_at.clone())
    }

    /// Returns the text as it stands over a place: standing readings, open fixes as proposed.
    #[must_use]
    pub fn text_over(&self, place: Place) -> String {
        let run = self.run(place);
        self.run_text(&run, |review, at| match review.ledger.standing_at(at) {
            Some(site) => Some(site.reading),
            None => {
                let &(_, id) = run.fixes.iter().find(|(place, _)| *place == at)?;
                let bare = review.ledger.standing_over(at).next().is_none();
                bare.then(|| review.proposed(id))
            }
        })
    }

    /// Says whether line ends are one class here: more than half of the base's are changed.
    #[must_use]
    pub fn has_class(&self) -> bool {
        let changed = self.of_kind(Kind::LineEnd).total();
        changed >= SMALLEST_CLASS && changed * 2 > self.line_feeds
    }

    /// Says whether a fix belongs to the class that is decided as one.
    #[must_use]
    pub fn in_class(&self, id: FixId) -> bool {
        self.has_class() && self.collation.fix(id).kind == Kind::LineEnd
    }

    /// Says whether a fix is open and waits for a decision of its own, not for that of a class.
    #[must_use]
    pub fn is_open(&self, id: FixId) -> bool {
        self.state(id) == State::Open && !self.in_class(id)
    }

    /// Returns the counts of one kind, the line ends of a reflow among them.
    #[must_use]
    pub fn of_kind(&self, kind: Kind) -> &Counts {
        &self.totals[kind as usize]
    }

    /// Returns how many fixes of a kind are decided on their own: none of a class.
    #[must_use]
    pub fn alone_of_kind(&self, kind: Kind) -> usize {
        match kind {
            Kind::LineEnd if self.has_class() => 0,
            kind => self.of_kind(kind).total(),
        }
    }

    /// Counts the fixes of the whole document.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (kind, of_kind) in Kind::ALL.into_iter().zip(&self.totals) {
            if kind == Kind::LineEnd && self.has_class() {
                let (total, open) = (of_kind.total(), of_kind.open);
                counts.class = Some(ClassCounts { kind, total, open });
            } else {
                counts.add(of_kind);
            }
        }
        counts.own = self.own.len();
        counts.complete = self.collation.missing() == 0;
        counts
    }

    /// Returns the notes in force whose place starts within `span`, with their record numbers.
    pub fn notes_in(&self, span: Range<usize>) -> impl Iterator<Item = (u64, &Noted)> {
        self.notes
            .range((span.start, 0)..(span.end.max(span.start + 1), 0))
            .map(|(&(_, seq), noted)| (seq, noted))
            .filter(|(seq, _)| self.ledger.act(*seq).is_some_and(Act::is_live))
    }

    /// Returns the sign-offs in force, with their record numbers.
    pub fn signed(&self) -> impl Iterator<Item = (u64, &SignedOff)> {
        let live = |seq: u64| self.ledger.act(seq).is_some_and(Act::is_live);
        self.signed.iter().filter(move |(seq, _)| live(*seq)).map(|(seq, signed)| (*seq, signed))
    }
}

/// Holds fixes and standing sites that overlap each other in turn, and the span they cover.
#[derive(Debug, Clone)]
pub struct Run {
    /// The smallest span that holds them all.
    pub span: Range<usize>,
    /// The fixes by place.
    pub fixes: BTreeSet<(Place, FixId)>,
    /// The standing sites.
    pub sites: BTreeSet<Place>,
}
