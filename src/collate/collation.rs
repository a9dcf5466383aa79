//! What is known of an alignment so far: the plan and the gaps that are worked out.

use std::ops::Range;
use std::sync::Arc;

use crate::collate::fix::{Fix, FixId, Row, RowId};
use crate::collate::gap::{Gap, gap_with};
use crate::collate::plan::{Block, Plan};
use crate::collate::work::Buffers;

/// Holds a plan and the gaps worked out so far, and finds rows and fixes in them.
///
/// Rows of equal blocks are never stored. While a gap is not worked out, its rows are provisional:
/// the k-th base line beside the k-th transcript line, no fixes, [`Collation::known`] false.
#[derive(Debug, Clone)]
pub struct Collation {
    plan: Arc<Plan>,
    /// The byte of the base where each block begins, side by side: they are asked for all the time.
    starts: Vec<u32>,
    gaps: Vec<Option<Gap>>,
    missing: usize,
}

impl Collation {
    /// Starts with no gap worked out. The plan can be shared with whoever works them out.
    #[must_use]
    pub fn new(plan: impl Into<Arc<Plan>>) -> Self {
        let plan = plan.into();
        let gaps = plan.blocks.iter().map(|_| None).collect();
        let missing = plan.blocks.iter().filter(|block| !block.equal).count();
        let start = |block: &Block| plan.base.line(block.base_lines.start).start as u32;
        let starts = plan.blocks.iter().map(start).collect();
        Self { plan, starts, gaps, missing }
    }

    /// Starts with every gap worked out, one after the other.
    #[must_use]
    pub fn complete(plan: impl Into<Arc<Plan>>) -> Self {
        Self::complete_while(plan, || true).expect("nothing gives it up")
    }

    /// Works out every gap like [`Self::complete`]; none once `wanted` says no before one of them.
    pub fn complete_while(plan: impl Into<Arc<Plan>>, wanted: impl Fn() -> bool) -> Option<Self> {
        let mut collation = Self::new(plan);
        let mut buffers = Buffers::default();
        for block in 0..collation.plan.blocks.len() as u32 {
            if !wanted() {
                return None;
            }
            if !collation.plan.blocks[block as usize].equal {
                let gap = gap_with(&mut buffers, &collation.plan, block);
                collation.insert(block, gap);
            }
        }
        Some(collation)
    }

    /// Returns the plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Puts in the gap of `block`; a gap that is already there stays.
    pub fn insert(&mut self, block: u32, gap: Gap) {
        let slot = &mut self.gaps[block as usize];
        if slot.is_none() {
            *slot = Some(gap);
            self.missing -= 1;
        }
    }

    /// Returns how many gaps are still to be worked out.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.missing
    }

    /// Says whether the rows of `block` are final; of two empty texts, which have no block, nothing
    /// else will be known.
    #[must_use]
    pub fn known(&self, block: u32) -> bool {
        let shape = self.plan.blocks.get(block as usize);
        shape.is_none_or(|shape| shape.equal || self.gaps[block as usize].is_some())
    }

    /// Returns the bytes of the base that `block` covers.
    #[must_use]
    pub fn base_span(&self, block: u32) -> Range<usize> {
        let lines = &self.plan.blocks[block as usize].base_lines;
        let base = &self.plan.base;
        base.line(lines.start).start..base.line(lines.end).start
    }

    /// Returns the gap of `block` where it is worked out.
    #[must_use]
    pub fn gap(&self, block: u32) -> Option<&Gap> {
        self.gaps[block as usize].as_ref()
    }

    /// Returns a fix.
    ///
    /// # Panics
    /// If no such fix is worked out.
    #[must_use]
    pub fn fix(&self, id: FixId) -> &Fix {
        let gap = self.gap(id.block).expect("a fix is named only once its gap is known");
        &gap.fixes[id.fix as usize]
    }

    /// Returns how many rows `block` has now (provisional ones count).
    #[must_use]
    pub fn rows_in(&self, block: u32) -> u32 {
        let shape = &self.plan.blocks[block as usize];
        let rows = match self.gap(block) {
            Some(gap) => gap.rows.len(),
            None => shape.base_lines.len().max(shape.transcript_lines.len()),
        };
        rows as u32
    }

    /// Returns a row, made on the spot where its block is equal or not yet worked out.
    #[must_use]
    pub fn row(&self, id: RowId) -> Row {
        if let Some(gap) = self.gap(id.block) {
            return gap.rows[id.row as usize].clone();
        }
        let shape = &self.plan.blocks[id.block as usize];
        let line = |text: &crate::document::Text, lines: &Range<usize>| {
            let end = if lines.is_empty() { lines.start } else { lines.end };
            let index = (lines.start + id.row as usize).min(end);
            if index < lines.end {
                text.line(index)
            } else {
                text.line(end).start..text.line(end).start
            }
        };
        Row {
            base: line(&self.plan.base, &shape.base_lines),
            transcript: line(&self.plan.transcript, &shape.transcript_lines),
            fixes: 0..0,
        }
    }

    /// Returns the first row, or none if both texts are empty.
    #[must_use]
    pub fn first_row(&self) -> Option<RowId> {
        self.next_row_from(0)
    }

    /// Returns the last row, or none if both texts are empty.
    #[must_use]
    pub fn last_row(&self) -> Option<RowId> {
        self.last_row_before(self.plan.blocks.len() as u32)
    }

    /// Returns the row after `id`.
    #[must_use]
    pub fn next_row(&self, id: RowId) -> Option<RowId> {
        if id.row + 1 < self.rows_in(id.block) {
            return Some(RowId { row: id.row + 1, ..id });
        }
        self.next_row_from(id.block + 1)
    }

    /// Returns the row before `id`.
    #[must_use]
    pub fn previous_row(&self, id: RowId) -> Option<RowId> {
        match id.row.checked_sub(1) {
            Some(row) => Some(RowId { row, ..id }),
            None => self.last_row_before(id.block),
        }
    }

    fn next_row_from(&self, block: u32) -> Option<RowId> {
        (block..self.plan.blocks.len() as u32)
            .find(|&block| self.rows_in(block) > 0)
            .map(|block| RowId { block, row: 0 })
    }

    fn last_row_before(&self, block: u32) -> Option<RowId> {
        (0..block)
            .rev()
            .find(|&block| self.rows_in(block) > 0)
            .map(|block| RowId { block, row: self.rows_in(block) - 1 })
    }

    /// Returns the block that holds base byte `offset`, the last one for the text's end.
    #[must_use]
    pub fn block_at(&self, offset: usize) -> u32 {
        let after = self.starts.partition_point(|&start| start as usize <= offset);
        // Blocks without base lines start where the next one does: the last such holds the line.
        after.saturating_sub(1) as u32
    }

    /// Returns the row that holds base byte `offset`: the last row that starts at or before it.
    #[must_use]
    pub fn row_at(&self, offset: usize) -> Option<RowId> {
        let block = self.block_at(offset);
        if block as usize >= self.plan.blocks.len() {
            return None;
        }
        let row = match self.gap(block) {
            Some(gap) => gap.rows.partition_point(|row| row.base.start <= offset).saturating_sub(1),
            None => {
                let lines = &self.plan.blocks[block as usize].base_lines;
                self.plan
                    .base
                    .line_of(offset)
                    .clamp(lines.start, lines.end.max(lines.start + 1) - 1)
                    - lines.start
            }
        };
        (self.rows_in(block) > 0).then_some(RowId { block, row: row as u32 })
    }

    /// Returns the fixes that start in `row`.
    pub fn fixes_in_row(&self, row: RowId) -> impl DoubleEndedIterator<Item = FixId> + use<> {
        let fixes = self.row(row).fixes;
        fixes.map(move |fix| FixId { block: row.block, fix })
    }

    /// Returns the row in which a fix starts.
    #[must_use]
    pub fn row_of(&self, id: FixId) -> RowId {
        let row = self
            .gap(id.block)
            .map_or(0, |gap| gap.rows.partition_point(|row| row.fixes.end <= id.fix));
        RowId { block: id.block, row: row as u32 }
    }

    /// Returns every fix known so far, in the order of the text.
    pub fn fixes(&self) -> impl DoubleEndedIterator<Item = FixId> + '_ {
        (0..self.gaps.len() as u32).flat_map(|block| self.fixes_in_block(block))
    }

    /// Returns the fixes of a block, none while its gap is missing.
    pub fn fixes_in_block(&self, block: u32) -> impl DoubleEndedIterator<Item = FixId> + use<> {
        let count = self.gap(block).map_or(0, |gap| gap.fixes.len()) as u32;
        (0..count).map(move |fix| FixId { block, fix })
    }

    /// Returns the known fixes that hold the insertion `n` at base byte `at`: itself, and one that is
    /// begun before. Thousands may be at one offset, where a page is missing, and none is gone over.
    pub fn fixes_over_insertion(&self, at: usize, n: u32) -> impl Iterator<Item = FixId> + '_ {
        let last = self.block_at(at);
        (last.saturating_sub(1)..=last)
            .filter_map(move |block| Some((block, self.gaps.get(block as usize)?.as_ref()?)))
            .flat_map(move |(block, gap)| {
                let key = |fix: &Fix| (fix.at.start, fix.at.end, fix.n);
                let begun = gap.fixes.partition_point(|fix| fix.at.start < at);
                let same = gap.fixes.partition_point(|fix| key(fix) < (at, at, n));
                let before = begun.checked_sub(1).filter(|&fix| gap.fixes[fix].at.end > at);
                let same = gap.fixes.get(same).filter(|fix| key(fix) == (at, at, n)).map(|_| same);
                before.into_iter().chain(same).map(move |fix| FixId { block, fix: fix as u32 })
            })
    }

    /// Returns the known fixes that overlap or touch `span` of the base, in order.
    pub fn fixes_touching(&self, span: Range<usize>) -> impl Iterator<Item = FixId> + '_ {
        let first = self.block_at(span.start).saturating_sub(1);
        let last = self.block_at(span.end);
        (first..=last)
            .filter_map(move |block| Some((block, self.gaps.get(block as usize)?.as_ref()?)))
            .flat_map(move |(block, gap)| {
                let from = gap.fixes.partition_point(|fix| fix.at.end < span.start);
                let end = span.end;
                let touching = gap.fixes[from..].iter().take_while(move |fix| fix.at.start <= end);
                (from as u32..).zip(touching).map(move |(fix, _)| FixId { block, fix })
            })
    }
}
