//! One gap: lines paired by likeness, words aligned, fixes made.

use std::ops::Range;

use crate::collate::change::{Change, Place};
use crate::collate::fix::{Fix, Row};
use crate::collate::flow;
use crate::collate::likeness::{Folded, Pattern};
use crate::collate::pair::{Pair, pair};
use crate::collate::plan::{Block, Plan};
use crate::collate::rows::gap_of;
use crate::collate::within::{Sides, Within};
use crate::document::Text;

/// From this likeness on (in thousandths) a partner explains a line.
const PARTNER: u32 = 500;
/// From this likeness on (in thousandths) a pair is not looked at again.
const SURE: u32 = 600;

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
    let block = &plan.blocks[block as usize];
    let mut work = Work::new(plan);
    if !block.equal {
        work.block(block);
    }
    gap_of(plan, block, &work.changes)
}

/// Holds a gap being worked out.
pub(crate) struct Work<'a> {
    /// The base.
    pub(crate) base: &'a Text,
    /// The transcript.
    pub(crate) transcript: &'a Text,
    /// The changes so far, ascending.
    pub(crate) changes: Vec<Change>,
    within: Within,
}

/// Holds lines of both sides that answer each other, by index into the texts.
struct Unit {
    base: Vec<usize>,
    transcript: Vec<usize>,
}

impl<'a> Work<'a> {
    fn new(plan: &'a Plan) -> Self {
        let (base, transcript) = (&plan.base, &plan.transcript);
        Self { base, transcript, changes: Vec::new(), within: Within::default() }
    }

    fn block(&mut self, block: &Block) {
        let units = units(self.base, self.transcript, block);
        let (mut x, mut y) = (block.base_lines.start, block.transcript_lines.start);
        for unit in units {
            self.between(x..unit.base[0], y..unit.transcript[0]);
            x = unit.base.last().expect("a unit has lines") + 1;
            y = unit.transcript.last().expect("a unit has lines") + 1;
            if let ([base], [transcript]) = (&unit.base[..], &unit.transcript[..]) {
                self.line(*base, *transcript);
            } else {
                flow::align(self, &unit.base, &unit.transcript);
            }
        }
        self.between(x..block.base_lines.end, y..block.transcript_lines.end);
    }

    /// Finds the changes between one line and another.
    pub(crate) fn line(&mut self, base: usize, transcript: usize) {
        let (base, transcript) = (self.base.line(base), self.transcript.line(transcript));
        let base_end = base.start + content(self.base.slice(base.clone()));
        let transcript_end = transcript.start + content(self.transcript.slice(transcript.clone()));
        self.words(base.start..base_end, transcript.start..transcript_end);
        self.push(base_end..base.end, transcript_end..transcript.end, Place::LineEnd);
    }

    /// Finds the changes between two spans without line ends.
    pub(crate) fn words(&mut self, base: Range<usize>, transcript: Range<usize>) {
        let sides = Sides { base: self.base.as_str(), transcript: self.transcript.as_str() };
        self.within.changes(sides, base, transcript, &mut self.changes);
    }

    /// Appends a change as it is.
    pub(crate) fn push(&mut self, base: Range<usize>, transcript: Range<usize>, place: Place) {
        if !base.is_empty() || !transcript.is_empty() {
            self.changes.push(Change { base, transcript, place });
        }
    }

    /// Goes over lines without partners: blank lines are paired in order, the others stand alone.
    pub(crate) fn between(&mut self, base: Range<usize>, transcript: Range<usize>) {
        let blanks = |text: &Text, lines: &Range<usize>| -> Vec<usize> {
            lines.clone().filter(|&line| is_blank(text, line)).collect()
        };
        let (old, new) = (blanks(self.base, &base), blanks(self.transcript, &transcript));
        let (mut x, mut y) = (base.start, transcript.start);
        for (&blank_base, &blank_transcript) in old.iter().zip(&new) {
            self.extra(x..blank_base, self.transcript.line(y).start);
            self.missing(self.base.line(blank_base).start, y..blank_transcript);
            self.line(blank_base, blank_transcript);
            (x, y) = (blank_base + 1, blank_transcript + 1);
        }
        self.extra(x..base.end, self.transcript.line(y).start);
        self.missing(self.base.line(base.end).start, y..transcript.end);
    }

    /// Appends the lines that only the base has, each with the blank lines after it; they would
    /// stand at transcript byte `at`.
    pub(crate) fn extra(&mut self, lines: Range<usize>, at: usize) {
        let mut from = lines.start;
        while from < lines.end {
            let more = (from + 1..lines.end).take_while(|&line| is_blank(self.base, line)).count();
            let to = from + 1 + more;
            self.push(self.base.line(from).start..self.base.line(to).start, at..at, Place::Extra);
            from = to;
        }
    }

    /// Appends the lines that only the transcript has; they would stand at base byte `at`.
    pub(crate) fn missing(&mut self, at: usize, lines: Range<usize>) {
        for line in lines {
            self.push(at..at, self.transcript.line(line), Place::Missing);
        }
    }
}

/// Returns how long a line is without its line end.
pub(crate) fn content(line: &str) -> usize {
    let body = line.strip_suffix('\n').map_or(line, |body| body.strip_suffix('\r').unwrap_or(body));
    body.len()
}

/// Says whether a line has only blanks.
pub(crate) fn is_blank(text: &Text, line: usize) -> bool {
    text.slice(text.line(line)).chars().all(|c| c.is_whitespace() && c != '\x0c')
}

/// Finds which lines of a gap answer each other.
fn units(base: &Text, transcript: &Text, block: &Block) -> Vec<Unit> {
    let worth = |text: &Text, lines: &Range<usize>| -> Vec<usize> {
        lines.clone().filter(|&line| !is_blank(text, line)).collect()
    };
    let old = worth(base, &block.base_lines);
    let new = worth(transcript, &block.transcript_lines);
    let unit = |base: Range<usize>, transcript: Range<usize>| Unit {
        base: old[base].to_vec(),
        transcript: new[transcript].to_vec(),
    };
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    if old.len() == 1 && new.len() == 1 {
        return vec![unit(0..1, 0..1)];
    }
    let fold = |text: &Text, lines: &[usize]| {
        let mut folded = Folded::default();
        for &line in lines {
            folded.push(text.slice(text.line(line)));
        }
        folded
    };
    let (old_folded, new_folded) = (fold(base, &old), fold(transcript, &new));
    let pairs = pair(&old_folded, &new_folded);
    let size = |folded: &Folded, lines: Range<usize>| {
        if lines.is_empty() { 0 } else { folded.lines(lines.start, lines.len()).len() }
    };
    let explained = pairs.iter().filter(|pair| pair.likeness >= PARTNER);
    let explained: usize = explained.map(|pair| size(&old_folded, pair.base.clone())).sum();
    let (all, other) = (size(&old_folded, 0..old.len()), size(&new_folded, 0..new.len()));
    if 2 * explained < all.min(other) {
        return vec![unit(0..old.len(), 0..new.len())];
    }
    let mut units = Vec::with_capacity(pairs.len());
    let end = Pair { base: old.len()..old.len(), transcript: new.len()..new.len(), likeness: 0 };
    let (mut from, mut weak) = ((0, 0), Vec::new());
    for pair in pairs.into_iter().chain([end]) {
        if !pair.base.is_empty() && pair.likeness < SURE {
            weak.push(pair);
            continue;
        }
        let stretch = (from.0..pair.base.start, from.1..pair.transcript.start);
        if is_reflowed((&old_folded, &stretch.0), (&new_folded, &stretch.1)) {
            weak.clear();
            units.push(unit(stretch.0, stretch.1));
        } else {
            let edge = Pair {
                base: stretch.0.end..stretch.0.end,
                transcript: stretch.1.end..stretch.1.end,
                likeness: 0,
            };
            for pair in weak.drain(..).chain([edge]) {
                if pair.base.start - from.0 == pair.transcript.start - from.1 {
                    let left = (from.0..pair.base.start).zip(from.1..);
                    units.extend(left.map(|(x, y)| unit(x..x + 1, y..y + 1)));
                }
                from = (pair.base.end, pair.transcript.end);
                if !pair.base.is_empty() {
                    units.push(unit(pair.base, pair.transcript));
                }
            }
        }
        from = (pair.base.end, pair.transcript.end);
        if !pair.base.is_empty() {
            units.push(unit(pair.base, pair.transcript));
        }
    }
    rejoin(&mut units, (&old, &old_folded), (&new, &new_folded));
    units
}

/// Says whether a stretch without sure pairs looks reflowed: as much text on both sides, but in
/// much longer lines on one.
fn is_reflowed(
    (old, base): (&Folded, &Range<usize>),
    (new, transcript): (&Folded, &Range<usize>),
) -> bool {
    let measure = |folded: &Folded, lines: &Range<usize>| {
        let lengths = || lines.clone().map(|line| folded.lines(line, 1).len());
        (lengths().sum::<usize>(), lengths().max().unwrap_or(0))
    };
    // As many lines on both sides answer each other in order.
    if base.is_empty() || transcript.is_empty() || base.len() == transcript.len() {
        return false;
    }
    let ((sum, longest), (new_sum, new_longest)) = (measure(old, base), measure(new, transcript));
    5 * sum.min(new_sum) >= 3 * sum.max(new_sum)
        && 5 * longest.max(new_longest) >= 7 * longest.min(new_longest)
}

/// Gives a unit the lines left over beside it that it lacks: a paragraph parted by stamps.
fn rejoin(units: &mut [Unit], old: (&[usize], &Folded), new: (&[usize], &Folded)) {
    let mut pattern = Pattern::default();
    for at in 0..units.len() {
        let ends = |pick: fn(&Unit) -> &[usize], units: &[Unit]| {
            let before = at.checked_sub(1).map(|k| *pick(&units[k]).last().expect("lines"));
            (before, units.get(at + 1).map(|next| pick(next)[0]))
        };
        let base = ends(|unit| &unit.base, units);
        let transcript = ends(|unit| &unit.transcript, units);
        let unit = &mut units[at];
        if unit.transcript.len() == 1 {
            pattern.set(&folded_lines(new, &unit.transcript));
            extend(&mut unit.base, old, base, &mut pattern);
        }
        if unit.base.len() == 1 {
            pattern.set(&folded_lines(old, &unit.base));
            extend(&mut unit.transcript, new, transcript, &mut pattern);
        }
    }
}

/// The most lines beside a unit that are tried.
const NEAR: usize = 40;

/// Takes in each free line that makes `lines` more like the pattern by most of its length.
fn extend(
    lines: &mut Vec<usize>,
    (all, folded): (&[usize], &Folded),
    (before, after): (Option<usize>, Option<usize>),
    pattern: &mut Pattern,
) {
    let mut common = pattern.common(&folded_lines((all, folded), lines));
    // Nothing to win where the pattern is covered already.
    if pattern.len().saturating_sub(common) < SHORT {
        return;
    }
    let first = all.partition_point(|&line| line < lines[0]);
    let last = all.partition_point(|&line| line <= lines[lines.len() - 1]);
    let low = before.map_or(0, |line| all.partition_point(|&x| x <= line));
    let high = after.map_or(all.len(), |line| all.partition_point(|&x| x < line));
    let length = |at: usize| folded.lines(at, 1).len();
    let mut free: Vec<usize> = (low.max(first.saturating_sub(NEAR))..first)
        .chain(last..high.min(last + NEAR))
        .filter(|&at| length(at) >= SHORT)
        .collect();
    // The longest first: a catchword must not take the place of the line that it announces.
    free.sort_by_key(|&at| std::cmp::Reverse(length(at)));
    for at in free {
        let mut longer = lines.clone();
        longer.insert(longer.partition_point(|&line| line < all[at]), all[at]);
        let longer_common = pattern.common(&folded_lines((all, folded), &longer));
        if 4 * longer_common.saturating_sub(common) >= 3 * length(at) {
            (*lines, common) = (longer, longer_common);
        }
    }
}

/// The fewest characters of a line that is taken into a unit beside it.
const SHORT: usize = 8;

fn folded_lines((all, folded): (&[usize], &Folded), lines: &[usize]) -> Vec<u8> {
    let mut out = Vec::new();
    for &line in lines {
        let at = all.binary_search(&line).expect("a unit's lines are the gap's");
        if !out.is_empty() {
            out.push(b' ');
        }
        out.extend_from_slice(folded.lines(at, 1));
    }
    out
}
