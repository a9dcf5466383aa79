//! One gap: lines paired by likeness, words aligned, fixes made.

use crate::collate::fix::{Fix, Row};
use crate::collate::flow;
use crate::collate::pages::pieces;
use crate::collate::plan::{Block, Plan};
use crate::collate::rows::rows_and_fixes;
use crate::collate::units::units;
use crate::collate::work::{Buffers, Work, is_blank};

/// Holds the rows and fixes of one gap. Its rows cover both its slices in order, without a hole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gap {
    /// The rows.
    pub rows: Vec<Row>,
    /// The fixes, ascending by (start, end, n) in the base and in the transcript.
    pub fixes: Vec<Fix>,
}

/// Works out the gap `block` of `plan`: a pure function of its two slices.
///
/// An equal block gives its rows, without fixes.
///
/// # Panics
/// If `plan` has no such block.
#[must_use]
pub fn gap(plan: &Plan, block: u32) -> Gap {
    gap_with(&mut Buffers::default(), plan, block)
}

/// Works out a gap like [`gap`], with buffers for one after the other.
///
/// # Panics
/// If `plan` has no such block.
#[must_use]
pub fn gap_with(buffers: &mut Buffers, plan: &Plan, block: u32) -> Gap {
    let block = &plan.blocks[block as usize];
    let mut work = Work::new(plan, buffers);
    if block.equal || plan.base.page_count() == 1 || plan.transcript.page_count() == 1 {
        work_out(&mut work, block);
    } else {
        let pieces = pieces(&plan.base, &plan.transcript, block);
        pieces.iter().for_each(|piece| work_out(&mut work, piece));
    }
    let (rows, fixes) = rows_and_fixes(plan, block, &buffers.changes);
    Gap { rows, fixes }
}

/// Finds the changes of a block, unit by unit, and those of the lines between units.
fn work_out(work: &mut Work<'_>, block: &Block) {
    if block.equal {
        return;
    }
    let (mut x, mut y) = (block.base_lines.start, block.transcript_lines.start);
    let one_each = block.base_lines.len() == 1 && block.transcript_lines.len() == 1;
    if one_each && !is_blank(work.base, x) && !is_blank(work.transcript, y) {
        return work.line(x, y);
    }
    for unit in units(&mut work.buffers.pairing, work.base, work.transcript, block) {
        work.between(x..unit.base[0], y..unit.transcript[0]);
        x = unit.base.last().expect("a unit has lines") + 1;
        y = unit.transcript.last().expect("a unit has lines") + 1;
        if let ([base], [transcript]) = (&unit.base[..], &unit.transcript[..]) {
            work.line(*base, *transcript);
        } else {
            flow::align(work, &unit.base, &unit.transcript);
        }
    }
    work.between(x..block.base_lines.end, y..block.transcript_lines.end);
}
