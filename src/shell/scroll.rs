//! Finds rows that only moved, so that the terminal can move them itself.

use std::collections::BTreeMap;

use ratatui::buffer::Cell;

use crate::shell::grid::Grid;

/// Fewer changed cells than this are not worth the sequences of a scroll.
const WORTH_CELLS: usize = 60;

/// Holds a scroll of whole rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scroll {
    /// The first row that moves.
    pub(super) top: usize,
    /// The row after the last that moves.
    pub(super) end: usize,
    /// By how many rows up; negative is down. Less than `end - top`.
    pub(super) rows: isize,
}

impl Scroll {
    /// Writes the sequences: margins, line feeds at the bottom or reverse ones at the top, margins
    /// back. These every terminal knows.
    pub(super) fn write(self, out: &mut Vec<u8>) {
        let Self { top, end, rows } = self;
        let (line, step): (usize, &[u8]) =
            if rows > 0 { (end, b"\n") } else { (top + 1, b"\x1bM") };
        out.extend_from_slice(format!("\x1b[{};{end}r\x1b[{line}H", top + 1).as_bytes());
        for _ in 0..rows.unsigned_abs() {
            out.extend_from_slice(step);
        }
        out.extend_from_slice(b"\x1b[r");
    }
}

/// Finds the scroll that spares most cells, if one spares enough.
pub(super) fn find(shown: &Grid, next: &Grid) -> Option<Scroll> {
    let height = next.height();
    let before: Vec<usize> = (0..height).map(|y| differing(shown, y, next, y)).collect();
    if before.iter().sum::<usize>() < WORTH_CELLS {
        return None;
    }
    let best = shifts(shown, next)
        .into_iter()
        .filter_map(|rows| best_region(shown, next, rows, &before))
        .max_by_key(|&(spared, scroll)| (spared, std::cmp::Reverse(scroll.rows.unsigned_abs())));
    best.filter(|&(spared, _)| spared >= WORTH_CELLS as isize).map(|(_, scroll)| scroll)
}

/// Returns by how many rows rows moved: at most the four commonest shifts of rows that are equal.
///
/// Two rows differ in their first cells nearly always, so comparing each with each is quicker than
/// hashing them all.
fn shifts(shown: &Grid, next: &Grid) -> Vec<isize> {
    let height = next.height();
    let mut votes: BTreeMap<isize, usize> = BTreeMap::new();
    for y in 0..height {
        let row = next.row(y);
        // A blank row matches everywhere and says nothing.
        if next.same_row(y, shown, y) || row.iter().all(|cell| cell.symbol() == " ") {
            continue;
        }
        for from in (0..height).filter(|&from| shown.same_row(from, next, y)) {
            *votes.entry(from as isize - y as isize).or_default() += 1;
        }
    }
    let mut shifts: Vec<(usize, isize)> = votes.into_iter().map(|(rows, n)| (n, rows)).collect();
    shifts.sort_unstable_by_key(|&(n, rows)| (std::cmp::Reverse(n), rows.unsigned_abs()));
    shifts.into_iter().take(4).map(|(_, rows)| rows).collect()
}

fn differing(shown: &Grid, from: usize, next: &Grid, y: usize) -> usize {
    next.differing((y, 0..next.width), shown, from)
}

/// Returns the region in which a shift by `rows` spares most cells, and how many.
///
/// A row at `y` that moves in spares what it differs now less what it will differ then; the rows
/// that the scroll bares cost what is to be written on them. The best sum of neighbours wins.
fn best_region(
    shown: &Grid,
    next: &Grid,
    rows: isize,
    before: &[usize],
) -> Option<(isize, Scroll)> {
    let height = next.height() as isize;
    let spared = |y: isize| -> isize {
        let from = y + rows;
        if !(0..height).contains(&from) {
            return isize::MIN;
        }
        let after = differing(shown, from as usize, next, y as usize);
        before[y as usize] as isize - after as isize
    };
    let mut best: Option<(isize, isize, isize)> = None;
    let (mut sum, mut start) = (0_isize, 0);
    for y in 0..height {
        let gain = spared(y);
        if sum <= 0 || gain == isize::MIN {
            (sum, start) = (0, y);
        }
        if gain == isize::MIN {
            start = y + 1;
            continue;
        }
        sum += gain;
        if best.is_none_or(|(most, ..)| sum > most) {
            best = Some((sum, start, y + 1));
        }
    }
    let (sum, start, end) = best?;
    // The rows that move out lie beside those that move in.
    let (top, end) = if rows > 0 { (start, end + rows) } else { (start + rows, end) };
    let bared = if rows > 0 { end - rows..end } else { top..top - rows };
    let cost: isize = bared
        .map(|y| {
            let blank = |cell: &&Cell| cell.symbol() != " ";
            let written = next.row(y as usize).iter().filter(blank).count();
            written as isize - before[y as usize] as isize
        })
        .sum();
    let scroll = Scroll { top: top as usize, end: end as usize, rows };
    Some((sum - cost.max(0), scroll))
}
