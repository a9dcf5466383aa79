//! What the highlight takes in: what the next verb acts on, and nothing that is not drawn so.

use std::ops::Range;

use crate::collate::fix::{FixId, RowId};
use crate::review::event::{Place, Scope};
use crate::ui::model::{Model, Narrow};

/// Holds what the highlight takes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// The scope's name for the log.
    pub scope: Scope,
    /// The fixes, in the order of the text.
    pub fixes: Vec<FixId>,
    /// The changes of the reviewer's own.
    pub own: Vec<Place>,
    /// The span of the base.
    pub span: Range<usize>,
}

impl Model {
    /// Returns what the highlight takes in. While a filter stands, lines and pages are the lines
    /// that it shows, and of their fixes those that it wants.
    #[must_use]
    pub fn highlight(&self) -> Option<Highlight> {
        let row = self.cursor.row?;
        let collation = self.review.collation();
        let shown = |id: &FixId| {
            self.filter.is_none() || (self.takes(*id) && self.is_shown(collation.row_of(*id)))
        };
        let found = match &self.cursor.narrow {
            Narrow::Line => {
                let span = collation.row(row).base;
                let fixes = collation.fixes_in_row(row).filter(|&id| self.takes(id)).collect();
                Highlight { scope: Scope::Line, fixes, own: self.own_shown(&span), span }
            }
            Narrow::Fix(id) => {
                let span = collation.fix(*id).at.clone();
                Highlight { scope: Scope::Fix, fixes: vec![*id], own: Vec::new(), span }
            }
            Narrow::Word(span) => {
                let fixes = self.review.fixes_over(Place::new(span.clone(), 0)).collect();
                let own = self.review.own_in(span.clone()).collect();
                Highlight { scope: Scope::Word, fixes, own, span: span.clone() }
            }
            Narrow::Lines(anchor) => {
                let (first, last) = (row.min(*anchor), row.max(*anchor));
                let span = collation.row(first).base.start..collation.row(last).base.end;
                let from = self.first_fix_from(first);
                let end = FixId { block: last.block, fix: collation.row(last).fixes.end };
                let fixes = self.review.fixes_between(from, end).filter(shown).collect();
                Highlight { scope: Scope::Range, fixes, own: self.own_shown(&span), span }
            }
            Narrow::Page => {
                let span = self.review.base().page(self.page_of_row(row));
                let fixes = self.review.fixes_in(span.clone()).filter(shown).collect();
                Highlight { scope: Scope::Page, fixes, own: self.own_shown(&span), span }
            }
        };
        Some(found)
    }

    /// Says whether a verb on lines takes a fix in: all, save where a filter wants others only.
    pub(crate) fn takes(&self, id: FixId) -> bool {
        let suspects = self.suspects.as_ref();
        let filter = self.filter.as_ref();
        filter.is_none_or(|filter| filter.wanted.takes(&self.review, suspects, id))
    }

    /// Returns the first row that is shown.
    pub(crate) fn first_shown(&self) -> Option<RowId> {
        let first = self.review.collation().first_row()?;
        let filter = self.filter.as_ref().filter(|filter| !filter.shows(first));
        filter.map_or(Some(first), |filter| filter.after(first))
    }

    /// Returns the last row that is shown.
    pub(crate) fn last_shown(&self) -> Option<RowId> {
        let last = self.review.collation().last_row()?;
        let filter = self.filter.as_ref().filter(|filter| !filter.shows(last));
        filter.map_or(Some(last), |filter| filter.before(last))
    }

    /// Says whether a row is shown; the cursor's always is.
    fn is_shown(&self, row: RowId) -> bool {
        self.cursor.row == Some(row) || self.filter.as_ref().is_none_or(|it| it.shows(row))
    }

    /// Returns the reviewer's own changes in the lines of a span that are shown: none where a filter
    /// wants some fixes only.
    fn own_shown(&self, span: &Range<usize>) -> Vec<Place> {
        if self.filter.as_ref().is_some_and(|filter| filter.wanted.parts_lines()) {
            return Vec::new();
        }
        let row = |place: &Place| self.review.collation().row_at(place.start);
        let shown = |place: &Place| row(place).is_none_or(|row| self.is_shown(row));
        self.review.own_in(span.clone()).filter(shown).collect()
    }
}
