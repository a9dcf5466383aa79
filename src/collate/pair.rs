//! Pairs the lines of a gap by likeness, keeping their order: one to one, one to two, two to one.

use std::hash::BuildHasher;
use std::ops::Range;

use crate::collate::anchors::unique_in_order;
use crate::collate::likeness::{ALIKE, Folded, Pattern, share};
use crate::collate::mixing::Mixing;

/// The most cells of one table; larger gaps are cut.
const CELLS: usize = 40_000;
/// From this many cells on, a gap is cut where lines begin alike.
const CUT_FROM: usize = 10_000;
/// How many lines a piece of a large gap has.
const PIECE: usize = 60;
/// How many characters of a line are its beginning.
const HEAD: usize = 12;
/// How many characters a line must have, how alike, and how much less like the next line, a pair must
/// be that is taken without a table.
const SURE_FROM: usize = 16;
const SURE: u32 = 800;
const AHEAD: u32 = 150;
/// What a pair's likeness must exceed to be worth pairing.
const FLOOR: u32 = 200;
/// What the likeness of one line to two must exceed.
const DOUBLE: u32 = 600;

/// Says that some base lines answer some transcript lines, by index, and how alike they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The base lines, one or two.
    pub(crate) base: Range<usize>,
    /// The transcript lines, one or two.
    pub(crate) transcript: Range<usize>,
    /// How alike they are, in thousandths.
    pub(crate) likeness: u32,
}

/// Pairs lines; keeps its buffers from one gap to the next.
#[derive(Debug, Default)]
pub(crate) struct Pairing {
    ways: Vec<(Way, u16)>,
    one: Pattern,
    two: Pattern,
}

impl Pairing {
    /// Finds the order-keeping pairing with the greatest sum of likenesses above the floor.
    pub(crate) fn pair(&mut self, base: &Folded, transcript: &Folded) -> Vec<Pair> {
        let (n, m) = (base.len(), transcript.len());
        let mut pairs = Vec::new();
        if n == 0 || m == 0 {
            return pairs;
        }
        let mut from = (0, 0);
        for to in borders(base, transcript).into_iter().chain([(n, m)]) {
            let lines = Lines { base, transcript, rows: from.0..to.0, columns: from.1..to.1 };
            self.pieces(lines, &mut pairs);
            from = to;
        }
        pairs
    }

    /// Fills one table, or several in a row where one would be too large.
    fn pieces(&mut self, lines: Lines<'_>, pairs: &mut Vec<Pair>) {
        let head = self.sure_head(&lines, pairs);
        let (rows, columns) = (head.0..lines.rows.end, head.1..lines.columns.end);
        let large = rows.len() * columns.len() > CELLS;
        let pieces = if large { rows.len().max(columns.len()).div_ceil(PIECE) } else { 1 };
        let mut from = (rows.start, columns.start);
        for left in (1..=pieces).rev() {
            let to = (from.0 + (rows.end - from.0) / left, from.1 + (columns.end - from.1) / left);
            if to.0 > from.0 && to.1 > from.1 {
                let (rows, columns) = (from.0..to.0, from.1..to.1);
                let mut table = Table { lines: Lines { rows, columns, ..lines }, buffers: self };
                table.fill();
                table.trace(pairs);
            }
            from = to;
        }
    }

    /// Pairs the first lines as long as each is so much like its partner, and so much less like the
    /// line after that, that no table would say otherwise; returns where it stopped.
    fn sure_head(&mut self, lines: &Lines<'_>, pairs: &mut Vec<Pair>) -> (usize, usize) {
        let (mut x, mut y) = (lines.rows.start, lines.columns.start);
        while x < lines.rows.end && y < lines.columns.end {
            let (base, transcript) = (lines.base.lines(x, 1), lines.transcript.lines(y, 1));
            if base.len().min(transcript.len()) < SURE_FROM
                || 16 * base.len().abs_diff(transcript.len()) > base.len()
            {
                break;
            }
            self.one.set(base);
            let likeness = self.one.likeness(transcript);
            if likeness < SURE {
                break;
            }
            // The lines after are counted only where by their letters they might be too much alike.
            let too_much = |one: &mut Pattern, (x, y): (usize, usize), other: &[u8]| {
                let most = lines.base.common_at_most(x, lines.transcript, y);
                let total = one.len() + other.len();
                share(most, total) + AHEAD > likeness && one.likeness(other) + AHEAD > likeness
            };
            if y + 1 < lines.columns.end
                && too_much(&mut self.one, (x, y + 1), lines.transcript.lines(y + 1, 1))
            {
                break;
            }
            if x + 1 < lines.rows.end {
                self.one.set(transcript);
                if too_much(&mut self.one, (x + 1, y), lines.base.lines(x + 1, 1)) {
                    break;
                }
            }
            pairs.push(Pair { base: x..x + 1, transcript: y..y + 1, likeness });
            (x, y) = (x + 1, y + 1);
        }
        (x, y)
    }
}

/// Holds the lines of both sides that are to be paired.
#[derive(Debug, Clone)]
struct Lines<'a> {
    base: &'a Folded,
    transcript: &'a Folded,
    rows: Range<usize>,
    columns: Range<usize>,
}

/// Returns where a large gap may be cut: before lines that begin alike and like no other.
fn borders(base: &Folded, transcript: &Folded) -> Vec<(usize, usize)> {
    if base.len() * transcript.len() <= CUT_FROM {
        return Vec::new();
    }
    let heads = |folded: &Folded| -> Vec<u64> {
        (0..folded.len())
            .map(|line| {
                let head = folded.lines(line, 1);
                // Short lines get numbers that nothing else has: their place is unsure.
                let unsure = (line as u64) << 1 | u64::from(std::ptr::eq(folded, base));
                if head.len() < HEAD { unsure } else { Mixing.hash_one(&head[..HEAD]) | 1 << 63 }
            })
            .collect()
    };
    let mut last = (0, 0);
    let mut points = unique_in_order(&heads(base), &heads(transcript));
    points.retain(|point| {
        let far = (point.0 - last.0).max(point.1 - last.1) >= PIECE;
        if far {
            last = *point;
        }
        far
    });
    points
}

/// Tells how the best pairing goes on from a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    SkipBase,
    SkipTranscript,
    One,
    /// One base line, two transcript lines.
    Split,
    /// Two base lines, one transcript line.
    Join,
}

struct Table<'a> {
    lines: Lines<'a>,
    buffers: &'a mut Pairing,
}

/// Holds what is known of the row being filled and of those below it, by column.
struct Rows {
    here: Vec<u32>,
    below: Vec<u32>,
    below_two: Vec<u32>,
    /// At most so many letters are common of this row's line, and of the one below, and a column's.
    commons: Vec<usize>,
    common_below: Vec<usize>,
    /// Whether the pattern of this row's line is set, and that of it with the one below.
    is_set: [bool; 2],
}

impl Table<'_> {
    /// Fills the table from its end, so that it can be followed from its start.
    fn fill(&mut self) {
        let (n, m) = (self.lines.rows.len(), self.lines.columns.len());
        self.buffers.ways.clear();
        self.buffers.ways.resize(n * m, (Way::SkipBase, 0));
        let [here, below, below_two] = [(); 3].map(|()| vec![0; m + 2]);
        let [commons, common_below] = [(); 2].map(|()| vec![0; m + 1]);
        let is_set = [false; 2];
        let mut rows = Rows { here, below, below_two, commons, common_below, is_set };
        for x in (0..n).rev() {
            rows.is_set = [false; 2];
            rows.here.fill(0);
            for y in (0..m).rev() {
                let (score, way, likeness) = self.cell((x, y), &mut rows);
                rows.here[y] = score;
                self.buffers.ways[x * m + y] = (way, likeness as u16);
            }
            std::mem::swap(&mut rows.commons, &mut rows.common_below);
            let below = std::mem::replace(&mut rows.below, rows.here);
            rows.here = std::mem::replace(&mut rows.below_two, below);
        }
    }

    /// Returns a cell's score, how the best pairing goes on from it, and how alike its pair is.
    fn cell(&mut self, (x, y): (usize, usize), rows: &mut Rows) -> (u32, Way, u32) {
        let Lines { base, transcript, .. } = self.lines;
        let (row, column) = (self.lines.rows.start + x, self.lines.columns.start + y);
        let (line, other) = (base.lines(row, 1), transcript.lines(column, 1));
        let mut best = (rows.below[y], Way::SkipBase, 0);
        let offer = |best: &mut (u32, Way, u32), score: u32, way: Way, likeness: u32| {
            if score > best.0 {
                *best = (score, way, likeness);
            }
        };
        offer(&mut best, rows.here[y + 1], Way::SkipTranscript, 0);
        // Most pairs are of lines that by their letters cannot be alike enough to be better.
        let skip = rows.below[y].max(rows.here[y + 1]);
        let needed = (skip + FLOOR).saturating_sub(rows.below[y + 1]);
        let total = line.len() + other.len();
        let most = base.common_at_most(row, transcript, column);
        rows.commons[y] = most;
        if share(most, total) > needed {
            rows.commons[y] = self.common(row, other, 1, rows);
            let likeness = share(rows.commons[y], total);
            if likeness > FLOOR {
                offer(&mut best, rows.below[y + 1] + likeness - FLOOR, Way::One, likeness);
            }
        }
        let reached = best.0;
        let worth = |after: u32, most: u32| most > DOUBLE && after + most - FLOOR > reached;
        if column + 1 < self.lines.columns.end {
            let others = transcript.lines(column, 2);
            let (total, after) = (line.len() + others.len(), rows.below[y + 2]);
            let most = (rows.commons[y] + rows.commons[y + 1] + 1).min(line.len());
            if worth(after, share(most, total)) {
                let likeness = share(self.common(row, others, 1, rows), total);
                if likeness > DOUBLE {
                    offer(&mut best, after + likeness - FLOOR, Way::Split, likeness);
                }
            }
        }
        if row + 1 < self.lines.rows.end {
            let (total, after) = (base.lines(row, 2).len() + other.len(), rows.below_two[y + 1]);
            let most = (rows.commons[y] + rows.common_below[y] + 1).min(other.len());
            if worth(after, share(most, total)) {
                let likeness = share(self.common(row, other, 2, rows), total);
                if likeness > DOUBLE {
                    offer(&mut best, after + likeness - FLOOR, Way::Join, likeness);
                }
            }
        }
        best
    }

    /// Counts what `count` lines from `row` on have in common with a text.
    fn common(&mut self, row: usize, text: &[u8], count: usize, rows: &mut Rows) -> usize {
        let Pairing { one, two, .. } = &mut *self.buffers;
        let pattern = if count == 1 { one } else { two };
        if !std::mem::replace(&mut rows.is_set[count - 1], true) {
            pattern.set(self.lines.base.lines(row, count));
        }
        pattern.common(text)
    }

    fn trace(&self, pairs: &mut Vec<Pair>) {
        let (n, m) = (self.lines.rows.len(), self.lines.columns.len());
        let (mut x, mut y) = (0, 0);
        while x < n && y < m {
            let (way, likeness) = self.buffers.ways[x * m + y];
            let (down, along) = match way {
                Way::SkipBase => (1, 0),
                Way::SkipTranscript => (0, 1),
                Way::One => (1, 1),
                Way::Split => (1, 2),
                Way::Join => (2, 1),
            };
            if down > 0 && along > 0 {
                let (row, column) = (self.lines.rows.start + x, self.lines.columns.start + y);
                pairs.push(Pair {
                    base: row..row + down,
                    transcript: column..column + along,
                    likeness: u32::from(likeness).min(ALIKE),
                });
            }
            (x, y) = (x + down, y + along);
        }
    }
}
