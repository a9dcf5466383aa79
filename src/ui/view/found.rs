//! The hits of a search in what one line of the body draws.

use std::ops::Range;

use crate::ui::layout::Laid;
use crate::ui::layout::row::Side;
use crate::ui::update::hits::found_in;

/// Holds the hits of a search in some parts of a row: those of a line, not of its whole row, which
/// may be the document.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    /// The first of the parts.
    first: usize,
    /// The bytes of each one's text.
    hits: Vec<Vec<Range<usize>>>,
}

impl Hits {
    /// Looks for `wanted` in some parts of a row, by index; for nothing where no search stands.
    pub(crate) fn of(wanted: Option<&str>, laid: &Laid, side: Side, parts: Range<usize>) -> Self {
        let Some(wanted) = wanted else { return Self::default() };
        let first = parts.start;
        let parts = &laid.parts[first..parts.end.min(laid.parts.len())];
        let hits = parts.iter().map(|part| found_in(part.text.of(side), wanted)).collect();
        Self { first, hits }
    }

    /// Returns the hits in a part, by its index in the row.
    pub(crate) fn in_part(&self, part: usize) -> &[Range<usize>] {
        let hits = part.checked_sub(self.first).and_then(|at| self.hits.get(at));
        hits.map_or(&[][..], Vec::as_slice)
    }
}
