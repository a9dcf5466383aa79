//! The filter: only lines that fit are shown, with some lines around each.

use std::collections::BTreeSet;

use crate::collate::fix::{Kind, RowId};
use crate::propose::suspect::Reason;
use crate::review::state::Review;
use crate::ui::layout::geometry::Geometry;
use crate::ui::layout::list::Lines;
use crate::ui::suspects::Suspects;
use crate::ui::wanted::{Stand, Wanted};

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
    matched: BTreeSet<RowId>,
    shown: BTreeSet<RowId>,
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
        let mut filter = Self { wanted, around, matched: BTreeSet::new(), shown: BTreeSet::new() };
        let blocks = 0..review.collation().plan().blocks.len() as u32;
        filter.relearn(review, suspects, blocks);
        filter
    }

    /// Works out anew what lies in some blocks, whose gaps have come in.
    pub fn relearn(
        &mut self,
        review: &Review,
        suspects: Option<&Suspects>,
        blocks: impl IntoIterator<Item = u32>,
    ) {
        for block in blocks {
            let rows = RowId { block, row: 0 }..=RowId { block, row: u32::MAX };
            let old: Vec<RowId> = self.matched.range(rows).copied().collect();
            for row in old {
                self.matched.remove(&row);
            }
            self.match_block(review, suspects, block);
        }
        self.show(review);
    }

    fn match_block(&mut self, review: &Review, suspects: Option<&Suspects>, block: u32) {
        let (collation, wanted) = (review.collation(), &self.wanted);
        if !wanted.suspects.is_empty() {
            let rows = suspects.map(|it| it.rows(review, block)).unwrap_or_default();
            let rows = rows.into_iter().filter(|&row| wanted.fits_row(review, suspects, row));
            self.matched.extend(rows);
            return;
        }
        let span = collation.base_span(block);
        // A note at the very end of the text is in the last block, whose span ends before it.
        let notes = || review.notes_in(span.start..span.end + 1);
        if wanted.stands.iter().all(|stand| stand.is_of_notes())
            && wanted.is_of_notes()
            && notes().next().is_none()
        {
            return;
        }
        let fixes = collation.fixes_in_block(block);
        let fixes = fixes.filter(|&id| wanted.fits(review, suspects, id));
        self.matched.extend(fixes.map(|id| collation.row_of(id)));
        if wanted.is_of_notes() {
            let rows = notes().filter_map(|(_, noted)| collation.row_at(noted.at.start));
            let here = |row: &RowId| row.block == block && wanted.fits_row(review, suspects, *row);
            self.matched.extend(rows.filter(here));
        }
    }

    fn show(&mut self, review: &Review) {
        let collation = review.collation();
        self.shown = self.matched.clone();
        for &row in &self.matched {
            let before = std::iter::successors(Some(row), |&row| collation.previous_row(row));
            let after = std::iter::successors(Some(row), |&row| collation.next_row(row));
            self.shown
                .extend(before.skip(1).take(self.around).chain(after.skip(1).take(self.around)));
        }
    }

    /// Counts the lines that fitted when the filter began.
    #[must_use]
    pub fn count(&self) -> usize {
        self.matched.len()
    }

    /// Says whether a line is one that fitted, not one around it.
    #[must_use]
    pub fn has(&self, row: RowId) -> bool {
        self.matched.contains(&row)
    }

    /// Says whether a line is shown: one that fitted, or one around it.
    #[must_use]
    pub fn shows(&self, row: RowId) -> bool {
        self.shown.contains(&row)
    }

    /// Returns the next line that is shown.
    #[must_use]
    pub fn after(&self, row: RowId) -> Option<RowId> {
        let next = RowId { row: row.row + 1, ..row };
        self.shown.range(next..).next().copied()
    }

    /// Returns the line before that is shown.
    #[must_use]
    pub fn before(&self, row: RowId) -> Option<RowId> {
        self.shown.range(..row).next_back().copied()
    }

    /// Returns the lines that fitted, from one on.
    pub fn from(&self, row: RowId) -> impl Iterator<Item = RowId> + '_ {
        self.matched.range(row..).copied()
    }

    /// Returns the lines that fitted, from one back.
    pub fn back_from(&self, row: RowId) -> impl Iterator<Item = RowId> + '_ {
        self.matched.range(..=row).rev().copied()
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
        let collation = review.collation();
        let mut kinds = [0; Kind::ALL.len()];
        for id in collation.fixes().filter(|&id| !review.in_class(id)) {
            let kind = collation.fix(id).kind;
            let index = Kind::ALL.iter().position(|known| *known == kind);
            kinds[index.unwrap_or_default()] += 1;
        }
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
    let blocks = 0..review.collation().plan().blocks.len() as u32;
    let rows = blocks.flat_map(|block| suspects.rows(review, block));
    for stop in rows.flat_map(|row| suspects.in_row(review, row)) {
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
