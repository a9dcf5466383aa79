//! The filter: only lines that fit are shown, with some lines around each.

use std::collections::BTreeSet;

use crate::collate::fix::{Kind, RowId};
use crate::propose::suspect::Reason;
use crate::review::event::Noted;
use crate::review::state::Review;
use crate::ui::layout::geometry::Geometry;
use crate::ui::layout::list::Lines;
use crate::ui::suspects::Suspects;
use crate::ui::wanted::{Fitting, Stand, Wanted};

/// Holds a filter that stands.
///
/// What it shows is worked out when it begins: a line that does not fit any longer stays in sight
/// until the filter is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What is wanted.
    pub wanted: Wanted,
    /// How many lines are shown around each that fits.
    pub around: usize,
    /// The lines that fitted, ascending.
    matched: Vec<RowId>,
    /// Those and the lines around them, ascending.
    shown: Vec<RowId>,
}

impl Filter {
    /// Finds what fits, in one pass over the known fixes, the notes and the suspects.
    #[must_use]
    pub fn new(
        review: &Review,
        suspects: Option<&Suspects>,
        wanted: Wanted,
        around: usize,
    ) -> Self {
        let matched = matched(review, suspects, &wanted);
        let mut filter = Self { wanted, around, matched, shown: Vec::new() };
        filter.show(review);
        filter
    }

    /// Works out anew what lies in some blocks, whose gaps have come in.
    pub fn relearn(
        &mut self,
        review: &Review,
        suspects: Option<&Suspects>,
        blocks: impl IntoIterator<Item = u32>,
    ) {
        let blocks: BTreeSet<u32> = blocks.into_iter().collect();
        self.matched.retain(|row| !blocks.contains(&row.block));
        let fitting = self.wanted.within(review, suspects);
        for &block in &blocks {
            match_block(review, &fitting, block, &mut self.matched);
        }
        self.matched.sort_unstable();
        self.show(review);
    }

    /// Puts the lines around beside those that fitted.
    fn show(&mut self, review: &Review) {
        let collation = review.collation();
        let mut shown: Vec<RowId> = Vec::with_capacity(self.matched.len());
        for (index, &row) in self.matched.iter().enumerate() {
            let last = shown.last().copied();
            let start = shown.len();
            let before = std::iter::successors(collation.previous_row(row), |&row| {
                collation.previous_row(row)
            });
            let fresh = |row: &RowId| last.is_none_or(|last| *row > last);
            shown.extend(before.take(self.around).take_while(fresh));
            shown[start..].reverse();
            shown.push(row);
            let next = self.matched.get(index + 1);
            let after =
                std::iter::successors(collation.next_row(row), |&row| collation.next_row(row));
            let free = |row: &RowId| next.is_none_or(|next| row < next);
            shown.extend(after.take(self.around).take_while(free));
        }
        self.shown = shown;
    }

    /// Counts the lines that fitted when the filter began.
    #[must_use]
    pub fn count(&self) -> usize {
        self.matched.len()
    }

    /// Says whether a line is one that fitted, not one around it.
    #[must_use]
    pub fn has(&self, row: RowId) -> bool {
        self.matched.binary_search(&row).is_ok()
    }

    /// Says whether a line is shown: one that fitted, or one around it.
    #[must_use]
    pub fn shows(&self, row: RowId) -> bool {
        self.shown.binary_search(&row).is_ok()
    }

    /// Returns the next line that is shown.
    #[must_use]
    pub fn after(&self, row: RowId) -> Option<RowId> {
        self.shown.get(self.shown.partition_point(|&shown| shown <= row)).copied()
    }

    /// Returns the line before that is shown.
    #[must_use]
    pub fn before(&self, row: RowId) -> Option<RowId> {
        self.shown[..self.shown.partition_point(|&shown| shown < row)].last().copied()
    }

    /// Returns the lines that fitted, from one on.
    pub fn from(&self, row: RowId) -> impl Iterator<Item = RowId> + '_ {
        self.matched[self.matched.partition_point(|&matched| matched < row)..].iter().copied()
    }

    /// Returns the lines that fitted, from one back.
    pub fn back_from(&self, row: RowId) -> impl Iterator<Item = RowId> + '_ {
        let until = self.matched.partition_point(|&matched| matched <= row);
        self.matched[..until].iter().rev().copied()
    }
}

/// Finds the lines that fit, ascending.
fn matched(review: &Review, suspects: Option<&Suspects>, wanted: &Wanted) -> Vec<RowId> {
    let fitting = wanted.within(review, suspects);
    let mut rows = Vec::new();
    if let (Some(suspects), false) = (suspects, wanted.suspects.is_empty()) {
        let found = suspects.rows(review, fitting.blocks()).into_iter();
        rows.extend(found.filter(|&row| fitting.fits_row(row)));
    } else if wanted.is_of_notes() && wanted.stands.iter().all(|stand| stand.is_of_notes()) {
        // Few lines have notes: there is no need to go through all others.
        let at = |(_, noted): (u64, &Noted)| review.collation().block_at(noted.at.start);
        let blocks: BTreeSet<u32> = review.notes_in(0..usize::MAX).map(at).collect();
        blocks.into_iter().for_each(|block| match_block(review, &fitting, block, &mut rows));
    } else {
        fitting.blocks().for_each(|block| match_block(review, &fitting, block, &mut rows));
    }
    rows
}

/// Adds the lines of a block that fit, ascending.
fn match_block(review: &Review, fitting: &Fitting<'_>, block: u32, rows: &mut Vec<RowId>) {
    let (collation, wanted) = (review.collation(), fitting.wanted);
    if let (Some(suspects), false) = (fitting.suspects, wanted.suspects.is_empty()) {
        let found = suspects.rows(review, block..block + 1).into_iter();
        return rows.extend(found.filter(|&row| fitting.fits_row(row)));
    }
    let first = rows.len();
    let lines = collation.gap(block).map_or(&[][..], |gap| &gap.rows);
    let mut fixes = review.fixes_of(block..block + 1);
    for (row, line) in (0..).zip(lines) {
        let here = fixes.by_ref().take(line.fixes.len());
        // All fixes of the line must be gone through, whether or not the first fits.
        if here.filter(|&(id, fix, state)| fitting.fits(id, fix, state)).count() > 0 {
            rows.push(RowId { block, row });
        }
    }
    if wanted.is_of_notes() {
        let span = collation.base_span(block);
        // A note at the very end of the text is in the last block, whose span ends before it.
        let notes = review.notes_in(span.start..span.end + 1);
        let noted = notes.filter_map(|(_, noted)| collation.row_at(noted.at.start));
        let fits = |row: &RowId| row.block == block && fitting.fits_row(*row);
        let mut here = rows.split_off(first);
        here.extend(noted.filter(fits));
        here.sort_unstable();
        here.dedup();
        rows.append(&mut here);
    }
}

/// Holds the list from which a filter is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// By choice, whether it is ticked.
    pub ticked: Vec<bool>,
    /// The choice under the cursor.
    pub at: usize,
    /// How many lines shall be shown around each.
    pub around: usize,
}

/// Holds one choice and how many fixes, or notes, it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub by: By,
    /// How many there are.
    pub count: usize,
}

/// Names what a choice is by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// How a place stands.
    Stand(Stand),
    /// Of what kind the fix is.
    Kind(Kind),
    /// Why a place is suspect.
    Suspect(Reason),
}

impl Menu {
    /// Returns where the choices stand, below a heading.
    #[must_use]
    pub fn lines(&self, geometry: &Geometry) -> Lines {
        Lines::new(geometry, 1, self.at, self.choices.len())
    }

    /// Counts what there is to choose from: every stand, the kinds and the suspects that occur.
    #[must_use]
    pub fn new(review: &Review, suspects: Option<&Suspects>) -> Self {
        let kinds = Kind::ALL.map(|kind| review.alone_of_kind(kind));
        let all = review.counts();
        let mut counts = Stand::ALL.map(|(stand, _)| stand.count(&all));
        for ((stand, _), count) in Stand::ALL.into_iter().zip(&mut counts) {
            if stand.is_of_notes() {
                let only = Wanted { stands: vec![stand], ..Wanted::default() };
                *count = Filter::new(review, suspects, only, 0).count();
            }
        }
        let stands = Stand::ALL.into_iter().zip(counts);
        let mut choices: Vec<Choice> =
            stands.map(|((stand, _), count)| Choice { by: By::Stand(stand), count }).collect();
        let kinds = Kind::ALL.into_iter().zip(kinds).filter(|(_, count)| *count > 0);
        choices.extend(kinds.map(|(kind, count)| Choice { by: By::Kind(kind), count }));
        let reasons = Reason::ALL.into_iter().zip(suspects_by_reason(review, suspects));
        let reasons = reasons.filter(|(_, count)| *count > 0);
        choices
            .extend(reasons.map(|((reason, ..), count)| Choice { by: By::Suspect(reason), count }));
        Self { ticked: vec![false; choices.len()], choices, at: 0, around: 1 }
    }

    /// Returns what is wanted: what is ticked, else the choice under the cursor.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        let mut wanted = Wanted::default();
        let none = !self.ticked.contains(&true);
        for (index, choice) in self.choices.iter().enumerate() {
            if self.ticked[index] || (none && index == self.at) {
                match choice.by {
                    By::Stand(stand) => wanted.stands.push(stand),
                    By::Kind(kind) => wanted.kinds.push(kind),
                    By::Suspect(reason) => wanted.suspects.push(reason),
                }
            }
        }
        wanted
    }
}

/// Counts the suspects by their reasons, in the order of [`Reason::ALL`].
fn suspects_by_reason(review: &Review, suspects: Option<&Suspects>) -> [usize; Reason::ALL.len()] {
    let mut counts = [0; Reason::ALL.len()];
    let Some(suspects) = suspects else { return counts };
    let rows = suspects.rows(review, 0..review.collation().plan().blocks.len() as u32);
    for stop in rows.into_iter().flat_map(|row| suspects.in_row(review, row)) {
        let in_fix = stop.fix.map(|id| suspects.in_fix(review, id, &[]));
        let mut reasons: BTreeSet<Reason> =
            in_fix.into_iter().flatten().map(|suspect| suspect.reason).collect();
        reasons.insert(stop.reason);
        for ((reason, ..), count) in Reason::ALL.iter().zip(&mut counts) {
            *count += usize::from(reasons.contains(reason));
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::collation::Collation;
    use crate::collate::gap::gap;
    use crate::collate::plan::plan;
    use crate::document::Text;

    #[test]
    fn gaps_that_come_in_are_learned_as_if_they_had_been_there() {
        let line = |n: usize, word: &str| format!("line {n} has a {word} in it\nand {n} more\n");
        let text = |word: &str| {
            let lines: String =
                (0..30).map(|n| line(n, if n % 3 == 0 { word } else { "pen" })).collect();
            Text::new(lines).expect("short")
        };
        let mut review = Review::new(Collation::new(plan(text("wonl"), text("word"))));
        let blocks = review.collation().plan().blocks.len() as u32;
        let gaps: Vec<u32> =
            (0..blocks).filter(|&block| !review.collation().known(block)).collect();
        assert!(gaps.len() > 3);
        let wanted = Wanted { stands: vec![Stand::Open, Stand::Noted], ..Wanted::default() };
        let mut filter = Filter::new(&review, None, wanted.clone(), 1);
        assert_eq!(filter.count(), 0);
        for some in gaps.chunks(2).rev() {
            for &block in some {
                let gap = gap(review.collation().plan(), block);
                review.learn(block, gap);
            }
            filter.relearn(&review, None, some.iter().copied());
            assert_eq!(filter, Filter::new(&review, None, wanted.clone(), 1));
        }
        assert_eq!(filter.count(), 10);
    }
}
