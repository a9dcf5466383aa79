//! The filter: only lines that fit are shown, with some lines around each.

use std::collections::BTreeSet;

use crate::collate::fix::{FixId, Kind, RowId};
use crate::review::state::Review;
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
    /// Finds what fits, in one pass over the known fixes and the notes.
    #[must_use]
    pub fn new(review: &Review, wanted: Wanted, around: usize) -> Self {
        let mut filter = Self { wanted, around, matched: BTreeSet::new(), shown: BTreeSet::new() };
        let collation = review.collation();
        let fits = |&id: &FixId| filter.wanted.fits(review, id);
        let mut matched: BTreeSet<RowId> =
            collation.fixes().filter(fits).map(|id| collation.row_of(id)).collect();
        if filter.wanted.stands.iter().any(|stand| stand.is_of_notes()) {
            let notes = review.notes_in(0..usize::MAX);
            let rows = notes.filter_map(|(_, noted)| collation.row_at(noted.at.start));
            matched.extend(rows.filter(|&row| filter.wanted.fits_row(review, row)));
        }
        filter.matched = matched;
        filter.show(review);
        filter
    }

    /// Works out anew what lies in blocks whose gaps have come in.
    pub fn relearn(&mut self, review: &Review, blocks: &[u32]) {
        let old = |row: &RowId| blocks.contains(&row.block);
        let fresh = Self::new(review, self.wanted.clone(), self.around);
        self.matched.retain(|row| !old(row));
        self.matched.extend(fresh.matched.into_iter().filter(old));
        self.show(review);
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
}

impl Menu {
    /// Counts what there is to choose from: every stand, and the kinds that occur.
    #[must_use]
    pub fn new(review: &Review) -> Self {
        let collation = review.collation();
        let mut counts = [0; Stand::ALL.len()];
        let mut kinds = [0; Kind::ALL.len()];
        let one = |stand| Wanted { stands: vec![stand], ..Wanted::default() };
        let wanted = Stand::ALL.map(|(stand, _)| one(stand));
        for id in collation.fixes().filter(|&id| !review.in_class(id)) {
            for ((wanted, (stand, _)), count) in wanted.iter().zip(Stand::ALL).zip(&mut counts) {
                *count += usize::from(!stand.is_of_notes() && wanted.fits(review, id));
            }
            let kind = collation.fix(id).kind;
            let index = Kind::ALL.iter().position(|known| *known == kind);
            kinds[index.unwrap_or_default()] += 1;
        }
        for ((stand, _), count) in Stand::ALL.into_iter().zip(&mut counts) {
            if stand.is_of_notes() {
                let only = Wanted { stands: vec![stand], ..Wanted::default() };
                *count = Filter::new(review, only, 0).count();
            }
        }
        let stands = Stand::ALL.into_iter().zip(counts);
        let mut choices: Vec<Choice> =
            stands.map(|((stand, _), count)| Choice { by: By::Stand(stand), count }).collect();
        let kinds = Kind::ALL.into_iter().zip(kinds).filter(|(_, count)| *count > 0);
        choices.extend(kinds.map(|(kind, count)| Choice { by: By::Kind(kind), count }));
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
                }
            }
        }
        wanted
    }
}
