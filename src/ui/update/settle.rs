//! After each message: the cursor in sight, the highlight no larger than what is drawn, and the
//! number of the frame that first shows it.

use std::ops::Range;

use crate::collate::fix::{FixId, RowId};
use crate::ui::layout::fold::Entry;
use crate::ui::model::{Model, Narrow, Showing, Top};
use crate::ui::msg::Effect;

/// So many lines of a fix that is taller than the body must be seen before it can be decided.
const ENOUGH: usize = 3;

impl Model {
    /// Names the last fix that starts in `row` or before it; that fix need not exist.
    pub(crate) fn last_fix_until(&self, row: RowId) -> Option<FixId> {
        let fixes = self.review.collation().row(row).fixes;
        match (fixes.end.checked_sub(1), row.block.checked_sub(1)) {
            (Some(fix), _) => Some(FixId { block: row.block, fix }),
            (None, Some(block)) => Some(FixId { block, fix: u32::MAX - 1 }),
            (None, None) => None,
        }
    }

    /// Names the first fix that starts in `row` or after it; that fix need not exist.
    pub(crate) fn first_fix_from(&self, row: RowId) -> FixId {
        FixId { block: row.block, fix: self.review.collation().row(row).fixes.start }
    }

    /// Brings cursor, top and highlight in order.
    pub(crate) fn settle(&mut self) {
        self.narrow_to_fit();
        self.bring_in_sight();
        let showing = Showing {
            cursor: self.cursor.clone(),
            generation: self.generation,
            asked: self.asked,
            in_sight: self.is_in_sight(),
        };
        if self.showing.as_ref() != Some(&showing) {
            self.highlight_since = self.drawn + 1;
            self.showing = Some(showing);
        }
    }

    /// A line whose open fixes do not all fit is entered at its first open fix.
    fn narrow_to_fit(&mut self) {
        let Some(row) = self.cursor.row else { return };
        if self.cursor.narrow != Narrow::Line || self.player.is_some() {
            return;
        }
        let first = self.open_in_row(row).next();
        let (_, target) = self.target(row);
        let height = self.geometry().body_rows();
        if let Some(first) = first
            && target.len() > height
            && height > 0
        {
            self.cursor.narrow = Narrow::Fix(first);
        }
    }

    /// Returns the open fixes of a row, those of a reflow class and those that a filter does not want
    /// left out.
    pub(crate) fn open_in_row(&self, row: RowId) -> impl DoubleEndedIterator<Item = FixId> + '_ {
        let fixes = self.review.collation().fixes_in_row(row);
        fixes.filter(|&id| self.review.is_open(id) && self.takes(id))
    }

    /// Returns how many lines a row takes in the body and which of them must be seen.
    fn target(&self, row: RowId) -> (usize, Range<usize>) {
        let entries = self.entries(row);
        let laid = self.laid(row);
        let rows = self.highlight_rows(row, &laid);
        let all = 0..entries.len();
        let Some(rows) = rows else {
            return (entries.len(), 0..1);
        };
        let shows = |entry: &Entry| match entry {
            Entry::SubRow(at) => rows.contains(at),
            Entry::Fold(_) => false,
        };
        let first = entries.iter().position(shows);
        let last = entries.iter().rposition(shows);
        match (first, last) {
            (Some(first), Some(last)) => (entries.len(), first..last + 1),
            _ => (entries.len(), all),
        }
    }

    /// Scrolls as little as needed, or, far away, so that the cursor is in the upper third.
    fn bring_in_sight(&mut self) {
        let height = self.geometry().body_rows();
        let Some(row) = self.cursor.row.filter(|_| height > 0) else { return };
        let entries = self.entries(self.top.row).len();
        self.top.entry = self.top.entry.min(entries.saturating_sub(1));
        let (count, target) = self.target(row);
        // The whole row if it fits, else what must be seen of it.
        let seen = target.clone();
        let wanted = if count <= height { 0..count } else { target };
        let margin = if height > 8 { 2 } else { 0 };
        // Below the last line there is nothing to see.
        let below = self.lines_below(row, margin);
        let offset = self.lines_from_top(row, height * 2);
        let before = Top { row, entry: wanted.start };
        match offset {
            None if self.cursor_is_just_above(row, wanted.start, height) => {
                self.top = self.back_from(before, margin);
            }
            None => self.top = self.back_from(before, height / 3),
            Some(offset) => {
                let (first, last) = (offset + wanted.start, offset + wanted.end);
                let within = first <= self.top.entry && self.top.entry < last;
                let narrow = matches!(self.cursor.narrow, Narrow::Fix(_) | Narrow::Word(_));
                if wanted.len() > height && within {
                    // Taller than the body: it may be scrolled through.
                } else if narrow && self.shows(offset + seen.start..offset + seen.end + below) {
                    // What is highlighted is in sight: the text stays where the eye is.
                } else if first < self.top.entry {
                    self.top = self.back_from(before, margin.min(wanted.start));
                } else if last + below > self.top.entry + height {
                    let below = height.saturating_sub(wanted.len() + below);
                    let near = last < self.top.entry + height * 2;
                    let keep = if near { below } else { height / 3 };
                    self.top = self.back_from(before, keep);
                }
            }
        }
    }

    /// Says whether some lines, counted from the start of the top row, are in the body.
    fn shows(&self, lines: Range<usize>) -> bool {
        let body = self.top.entry..self.top.entry + self.geometry().body_rows();
        body.start <= lines.start && lines.end <= body.end
    }

    /// Counts the body's lines after a row, to `limit` at most.
    fn lines_below(&self, row: RowId, limit: usize) -> usize {
        let (mut at, mut lines) = (row, 0);
        while lines < limit {
            let Some(next) = self.row_after(at) else { break };
            lines += self.entries(next).len();
            at = next;
        }
        lines.min(limit)
    }

    fn cursor_is_just_above(&self, row: RowId, entry: usize, height: usize) -> bool {
        let mut at = Top { row: self.top.row, entry: self.top.entry };
        at = self.back_from(at, height);
        (at.row, at.entry) <= (row, entry)
    }

    /// Counts the body's lines from the start of the top row to the start of `row`: none if `row`
    /// is above the top row, or more than `limit` lines below.
    fn lines_from_top(&self, row: RowId, limit: usize) -> Option<usize> {
        if row < self.top.row {
            return None;
        }
        let (mut at, mut lines) = (self.top.row, 0);
        while at < row {
            lines += self.entries(at).len();
            if lines > self.top.entry + limit {
                return None;
            }
            at = self.row_after(at)?;
        }
        (at == row).then_some(lines)
    }

    /// Goes back by `lines` lines of the body, at most to the start of the text.
    pub(crate) fn back_from(&self, from: Top, lines: usize) -> Top {
        let mut at = from;
        let mut left = lines;
        loop {
            if left <= at.entry {
                return Top { entry: at.entry - left, ..at };
            }
            let Some(row) = self.row_before(at.row) else { return Top { entry: 0, ..at } };
            left -= at.entry;
            at = Top { row, entry: self.entries(row).len() };
        }
    }

    /// Goes forward by `lines` lines of the body, at most so far that it is full to the last one.
    pub(crate) fn forward_from(&self, from: Top, lines: usize) -> Top {
        let to = self.on_from(from, lines);
        let Some(last) = self.last_shown() else { return to };
        let end = Top { row: last, entry: self.entries(last).len().saturating_sub(1) };
        let full = self.back_from(end, self.geometry().body_rows().saturating_sub(1));
        let order = |top: &Top| (top.row, top.entry);
        // Where the text was put further up than that, it stays.
        if order(&to) <= order(&full) { to } else { std::cmp::max_by_key(full, from, order) }
    }

    /// Goes forward by `lines` lines of the body, at most to the last one.
    fn on_from(&self, from: Top, lines: usize) -> Top {
        let mut at = from;
        let mut left = lines;
        loop {
            let count = self.entries(at.row).len();
            // A row that is folded since has fewer lines than it had.
            at.entry = at.entry.min(count.saturating_sub(1));
            if at.entry + left < count {
                return Top { entry: at.entry + left, ..at };
            }
            let Some(row) = self.row_after(at.row) else {
                return Top { entry: count.saturating_sub(1), ..at };
            };
            left -= count - at.entry;
            at = Top { row, entry: 0 };
        }
    }

    /// Leaves no row of a body that has grown blank while there is text above it.
    pub(crate) fn fill_body(&mut self) {
        let blank = self.geometry().body_rows().saturating_sub(self.body().len());
        if blank > 0 {
            self.top = self.back_from(self.top, blank);
        }
    }

    /// Says whether what a deciding key acts on is drawn.
    fn is_in_sight(&self) -> bool {
        let Some(row) = self.cursor.row else { return true };
        if !self.mode.shows_text() {
            return true;
        }
        let geometry = self.geometry();
        if !geometry.is_legible() || !self.mode.is_asked_in(geometry.foot) {
            return false;
        }
        let (_, target) = self.target(row);
        let body = self.body();
        let height = body.len();
        let seen = |entry: usize| body.iter().any(|line| line.row == row && line.entry == entry);
        if target.len() > height {
            // One fix taller than the body: any part of it is enough where there is some room.
            return height >= ENOUGH && target.into_iter().any(seen);
        }
        target.into_iter().all(seen)
    }

    /// Asks for the gaps in sight that are not worked out, or for the collation of a text of which
    /// nothing is known yet.
    pub(crate) fn wants(&mut self) -> Option<Effect> {
        if self.is_unknown() {
            let asks = self.player.as_mut().is_some_and(|player| player.texts.ask());
            return asks.then_some(Effect::Collate);
        }
        let collation = self.review.collation();
        if collation.missing() == 0 {
            return None;
        }
        let mut blocks: Vec<u32> = self.body().iter().map(|line| line.row.block).collect();
        blocks.extend(self.cursor.row.map(|row| row.block));
        blocks.retain(|&block| !collation.known(block));
        blocks.sort_unstable();
        blocks.dedup();
        (!blocks.is_empty()).then_some(Effect::Want(blocks))
    }
}
