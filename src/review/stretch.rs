//! The fixes of a stretch of the text with how they stand, and the open ones before and after.

use std::ops::Range;

use crate::collate::fix::{Fix, FixId, Kind};
use crate::review::counts::{Counts, State};
use crate::review::event::Place;
use crate::review::state::Review;

impl Review {
    /// Returns the known fixes of some blocks with their states, in the order of the text.
    pub fn fixes_of(&self, blocks: Range<u32>) -> impl Iterator<Item = (FixId, &Fix, State)> {
        let known = blocks.filter_map(|block| Some((block, self.collation().gap(block)?)));
        known.flat_map(|(block, gap)| {
            let states = &self.states[block as usize];
            let fixes = (0..).zip(gap.fixes.iter().zip(states));
            fixes.map(move |(fix, (it, &state))| (FixId { block, fix }, it, state))
        })
    }

    /// Returns all known fixes with their states, in the order of the text.
    pub fn all_fixes(&self) -> impl Iterator<Item = (FixId, &Fix, State)> {
        self.fixes_of(0..self.collation().plan().blocks.len() as u32)
    }

    /// Returns the blocks in which fixes that start within `span` can be.
    #[must_use]
    pub fn blocks_over(&self, span: &Range<usize>) -> Range<u32> {
        let collation = self.collation();
        // A fix that adds text where a block begins may be at the end of the one before.
        let first = collation.block_at(span.start).saturating_sub(1);
        let last = collation.block_at(span.end);
        first..(last + 1).min(collation.plan().blocks.len() as u32)
    }

    /// Names the first known fix that starts at a byte of the base or after it; it need not exist.
    fn first_from(&self, byte: usize) -> FixId {
        let here = self.collation().block_at(byte);
        let index = |block: u32| {
            let fixes = self.collation().gap(block).map_or(&[][..], |gap| &gap.fixes);
            (fixes.partition_point(|fix| fix.at.start < byte), fixes.len())
        };
        let before = here.checked_sub(1).map(|block| (block, index(block)));
        match before {
            Some((block, (fix, count))) if fix < count => FixId { block, fix: fix as u32 },
            _ if self.collation().plan().blocks.is_empty() => FixId { block: here, fix: 0 },
            _ => FixId { block: here, fix: index(here).0 as u32 },
        }
    }

    /// Returns the known fixes from one on, as far as before another; neither need exist.
    pub fn fixes_between(&self, from: FixId, to: FixId) -> impl Iterator<Item = FixId> + '_ {
        let blocks = self.states.len() as u32;
        (from.block..blocks.min(to.block.saturating_add(1))).flat_map(move |block| {
            let count = self.states[block as usize].len() as u32;
            let first = if block == from.block { from.fix } else { 0 };
            let end = if block == to.block { count.min(to.fix) } else { count };
            (first..end).map(move |fix| FixId { block, fix })
        })
    }

    /// Returns the known fixes that start within `span`; at the base's end those there too.
    pub fn fixes_in(&self, span: Range<usize>) -> impl Iterator<Item = FixId> + '_ {
        let last = FixId { block: u32::MAX, fix: 0 };
        let to = if span.end == self.base().len() { last } else { self.first_from(span.end) };
        self.fixes_between(self.first_from(span.start), to)
    }

    /// Counts, of some fixes, those outside of a class, and those of them that are open.
    #[must_use]
    pub fn alone_and_open(&self, fixes: &[FixId]) -> (usize, usize) {
        let class = self.has_class();
        let of_class = |id: FixId| class && self.collation().fix(id).kind == Kind::LineEnd;
        let (mut alone, mut open) = (0, 0);
        for &id in fixes.iter().filter(|&&id| !of_class(id)) {
            alone += 1;
            open += usize::from(self.state(id) == State::Open);
        }
        (alone, open)
    }

    /// Counts the fixes that start within `span` of the base.
    #[must_use]
    pub fn counts_in(&self, span: Range<usize>) -> Counts {
        let mut counts = Counts { complete: true, ..Counts::default() };
        for id in self.fixes_in(span.clone()) {
            if !self.in_class(id) {
                *counts.slot(self.state(id)) += 1;
            }
        }
        let from = Place::new(span.start..span.start, 0);
        let to = Place::new(span.end..span.end, 0);
        counts.own = self.own.range(from..to).count();
        counts
    }

    /// Returns the own changes that start within `span`.
    pub fn own_in(&self, span: Range<usize>) -> impl Iterator<Item = Place> + '_ {
        let last = span.end == self.base().len();
        let from = Place::new(span.start..span.start, 0);
        let own = self.own.range(from..).copied();
        own.take_while(move |place| place.start < span.end || last)
    }

    /// Returns the first open fix after `after` (from the start if none), the class left out.
    #[must_use]
    pub fn next_open(&self, after: Option<FixId>) -> Option<FixId> {
        let first = after.map_or(0, |id| id.block);
        self.open_blocks.range(first..).find_map(|(&block, open)| {
            let from = after.filter(|id| id.block == block).map_or(0, |id| id.fix + 1);
            self.open_in_block(block, open, |last| from..last).next()
        })
    }

    /// Returns the last open fix before `before` (from the end if none), the class left out.
    #[must_use]
    pub fn previous_open(&self, before: Option<FixId>) -> Option<FixId> {
        let last = before.map_or(u32::MAX, |id| id.block);
        self.open_blocks.range(..=last).rev().find_map(|(&block, open)| {
            let to = before.filter(|id| id.block == block).map_or(u32::MAX, |id| id.fix);
            self.open_in_block(block, open, |last| 0..last.min(to)).next_back()
        })
    }

    fn open_in_block(
        &self,
        block: u32,
        open: &[usize; 2],
        within: impl Fn(u32) -> Range<u32>,
    ) -> impl DoubleEndedIterator<Item = FixId> + '_ {
        let states = &self.states[block as usize];
        let worth = open[1] > 0 || !self.has_class();
        let range = if worth { within(states.len() as u32) } else { 0..0 };
        range.map(move |fix| FixId { block, fix }).filter(|&id| self.is_open(id))
    }
}
