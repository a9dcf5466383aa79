//! Where things are: the regions of the screen, the wrapped rows, the lines of the body.
//!
//! Both `update` and `view` take positions from here, never from a drawn frame. Only rows in sight
//! and a margin are ever measured; their layouts are kept until the text or the width changes.

pub mod fold;
pub mod geometry;
pub mod list;
pub mod row;
pub mod wrap;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::collate::fix::{FixId, RowId};
use crate::review::piece::Role;
use crate::review::state::Review;
use crate::text::visible::Repertoire;
use crate::ui::layout::row::{Part, Sides, Spot, parts};
use crate::ui::layout::wrap::{Wrapped, wrap};

/// Holds a row's parts and how they are wrapped.
#[derive(Debug)]
pub struct Laid {
    /// The parts.
    pub parts: Vec<Part>,
    /// The sub-rows.
    pub wrapped: Wrapped,
    /// The sub-rows of what is changed, found when first asked for: every frame asks several times.
    changed: OnceCell<Vec<Range<usize>>>,
}

impl Laid {
    /// Returns the sub-rows in which the parts chosen by `chosen` are drawn, one range a part.
    pub fn rows_of(&self, chosen: impl Fn(&Part) -> bool) -> Vec<Range<usize>> {
        let rows = self.parts.iter().zip(&self.wrapped.part_rows);
        rows.filter(|(part, _)| chosen(part)).map(|(_, &(first, last))| first..last + 1).collect()
    }

    /// Returns the sub-rows from the first to the last in which the parts chosen are drawn.
    pub fn rows_from(&self, chosen: impl Fn(&Part) -> bool) -> Option<Range<usize>> {
        let first = self.parts.iter().position(&chosen)?;
        let last = self.parts.iter().rposition(&chosen)?;
        Some(self.wrapped.part_rows[first].0..self.wrapped.part_rows[last].1 + 1)
    }

    /// Returns the parts that are drawn in some sub-rows, in whole or in part.
    ///
    /// Parts follow each other, so both the first and the last sub-rows of theirs ascend: a fold of
    /// thousands of sub-rows costs no more than the parts in it.
    #[must_use]
    pub fn parts_in(&self, rows: Range<usize>) -> &[Part] {
        let part_rows = &self.wrapped.part_rows;
        let start = part_rows.partition_point(|&(_, last)| last < rows.start);
        let end = part_rows.partition_point(|&(first, _)| first < rows.end);
        self.parts.get(start..end).unwrap_or_default()
    }

    /// Returns the parts that begin in some sub-rows.
    #[must_use]
    pub fn parts_beginning_in(&self, rows: &Range<usize>) -> &[Part] {
        let part_rows = &self.wrapped.part_rows;
        let start = part_rows.partition_point(|&(first, _)| first < rows.start);
        let end = part_rows.partition_point(|&(first, _)| first < rows.end);
        self.parts.get(start..end).unwrap_or_default()
    }

    /// Returns the sub-rows of the parts that are changed, one range a part.
    pub fn changed_rows(&self) -> &[Range<usize>] {
        self.changed.get_or_init(|| self.rows_of(is_changed))
    }

    /// Returns the sub-rows of a fix, from its first to its last; `at` is its span of the base, by
    /// which it is found among all that a row may have.
    #[must_use]
    pub fn rows_of_fix(&self, id: FixId, at: &Range<usize>) -> Option<Range<usize>> {
        let from = self.parts.partition_point(|part| part.span.end < at.start);
        let to = self.parts.partition_point(|part| part.span.start <= at.end);
        let here = self.parts.get(from..to).unwrap_or_default();
        let first = from + here.iter().position(|part| part.fix() == Some(id))?;
        let last = from + here.iter().rposition(|part| part.fix() == Some(id))?;
        Some(self.wrapped.part_rows[first].0..self.wrapped.part_rows[last].1 + 1)
    }

    /// Returns the sub-row that draws byte `offset` of the base.
    #[must_use]
    pub fn row_of_byte(&self, offset: usize) -> usize {
        let holds = |part: &Part| part.span.start <= offset && offset < part.span.end;
        let Some(part) = self.parts.iter().position(holds) else { return 0 };
        let spot = Spot { part, at: offset - self.parts[part].span.start, inner: 0 };
        let after = self.wrapped.sub_rows.partition_point(|row| row.stretch.base.end <= spot);
        after.min(self.wrapped.sub_rows.len() - 1)
    }
}

/// Tells how wide rows are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Width {
    /// Cells for the text of each side.
    pub cells: Sides<usize>,
    /// Whether only the text as it stands is shown.
    pub alone: bool,
}

/// Holds the layouts of rows that were lately in sight.
#[derive(Debug, Default)]
pub struct Layouts {
    kept: RefCell<Generations>,
}

/// Holds layouts by when they were asked for last. When there are enough, the older ones go: those
/// in sight are never all made anew at once, which would be felt.
#[derive(Debug, Default)]
struct Generations {
    young: BTreeMap<RowId, Rc<Laid>>,
    old: BTreeMap<RowId, Rc<Laid>>,
}

/// So many layouts are kept, and as many older ones; a screen needs a few dozen.
const KEPT: usize = 256;

impl Layouts {
    /// Forgets all layouts: the text, the width or the letters have changed.
    pub fn clear(&mut self) {
        self.kept.take();
    }

    /// Forgets the layouts of some blocks' rows.
    pub fn forget(&mut self, blocks: &[u32]) {
        // A whole document's blocks may come at once.
        let mut blocks = blocks.to_vec();
        blocks.sort_unstable();
        let stays = |row: &RowId| blocks.binary_search(&row.block).is_err();
        let Generations { young, old } = self.kept.get_mut();
        young.retain(|row, _| stays(row));
        old.retain(|row, _| stays(row));
    }

    /// Returns the layout of a row, wrapped to `width`, which is found out only if it is not kept.
    pub fn get(
        &self,
        review: &Review,
        row: RowId,
        width: impl FnOnce() -> Width,
        repertoire: Repertoire,
    ) -> Rc<Laid> {
        let mut kept = self.kept.borrow_mut();
        let Generations { young, old } = &mut *kept;
        if young.len() >= KEPT {
            *old = std::mem::take(young);
        }
        let laid = young.entry(row).or_insert_with(|| {
            old.remove(&row).unwrap_or_else(|| {
                let (mut parts, width) = (parts(review, row), width());
                if width.alone {
                    parts = parts.into_iter().map(Part::alone).collect();
                }
                let wrapped = wrap(&parts, width.cells, repertoire);
                Rc::new(Laid { parts, wrapped, changed: OnceCell::new() })
            })
        });
        Rc::clone(laid)
    }
}

/// Says whether a part is worth being seen when its row is folded.
#[must_use]
fn is_changed(part: &Part) -> bool {
    !matches!(part.role, Role::Same)
}
