//! Which lines of a gap answer each other: one and one, or several joined, split or reflowed.

use std::ops::Range;

use crate::collate::likeness::{Folded, Pattern};
use crate::collate::pair::{Pair, Pairing};
use crate::collate::plan::Block;
use crate::collate::work::is_blank;
use crate::document::Text;

/// From this likeness on (in thousandths) a partner explains a line.
const PARTNER: u32 = 500;
/// Below this likeness (in thousandths) two lines are unlike: by chance others are as much alike.
/// They are paired where nothing else is left for either, not where one side has several lines more:
/// stamps, running heads, notes.
const UNLIKE: u32 = 420;
/// From this likeness on (in thousandths) a pair is not looked at again.
const SURE: u32 = 600;

/// Holds lines of both sides that answer each other, by index into the texts.
pub(crate) struct Unit {
    /// Of the base.
    pub(crate) base: Vec<usize>,
    /// Of the transcript.
    pub(crate) transcript: Vec<usize>,
}

/// Finds which lines of a gap answer each other.
pub(crate) fn units(
    pairing: &mut Pairing,
    base: &Text,
    transcript: &Text,
    block: &Block,
) -> Vec<Unit> {
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
    let (old_folded, new_folded) = (folded(base, &old), folded(transcript, &new));
    let pairs = pairing.pair(&old_folded, &new_folded);
    let size = |folded: &Folded, lines: Range<usize>| {
        if lines.is_empty() { 0 } else { folded.lines(lines.start, lines.len()).len() }
    };
    let explained = pairs.iter().filter(|pair| pair.likeness >= PARTNER);
    let explained: usize = explained.map(|pair| size(&old_folded, pair.base.clone())).sum();
    let (all, other) = (size(&old_folded, 0..old.len()), size(&new_folded, 0..new.len()));
    // As many lines on both sides answer each other in order, however unlike.
    if 2 * explained < all.min(other)
        && old.len() != new.len()
        && is_kindred((&old_folded, 0..old.len()), (&new_folded, 0..new.len()))
    {
        return vec![unit(0..old.len(), 0..new.len())];
    }
    let mut units = Vec::with_capacity(pairs.len());
    let end = Pair { base: old.len()..old.len(), transcript: new.len()..new.len(), likeness: 0 };
    let (mut from, mut weak) = ((0, 0), Vec::new());
    for pair in pairs.into_iter().chain([end]) {
        let tiny = tiny(&pair, &old_folded, &new_folded);
        if !pair.base.is_empty() && (pair.likeness < SURE || tiny) {
            weak.push((pair, tiny));
            continue;
        }
        let stretch = (from.0..pair.base.start, from.1..pair.transcript.start);
        if is_reflowed((&old_folded, &stretch.0), (&new_folded, &stretch.1)) {
            weak.clear();
            units.push(unit(stretch.0, stretch.1));
        } else {
            if has_several_more(stretch.0.len(), stretch.1.len()) {
                weak.retain(|(pair, _)| pair.likeness >= UNLIKE);
            }
            let paired = pair_stretch(&mut weak, stretch);
            units.extend(paired.into_iter().map(|(x, y)| unit(x, y)));
        }
        from = (pair.base.end, pair.transcript.end);
        if !pair.base.is_empty() {
            units.push(unit(pair.base, pair.transcript));
        }
    }
    rejoin(&mut units, (&old, &old_folded), (&new, &new_folded));
    units
}

/// Folds some lines of a text.
fn folded(text: &Text, lines: &[usize]) -> Folded {
    let mut folded = Folded::default();
    for &line in lines {
        folded.push(text.slice(text.line(line)));
    }
    folded
}

/// Says whether of two stretches one has so many lines more that most of those are its own.
fn has_several_more(one: usize, other: usize) -> bool {
    let (fewer, more) = (one.min(other), one.max(other));
    more - fewer >= 3 && 2 * more >= 3 * fewer
}

/// The most characters of a line that says nothing by itself: it may be like any other such line.
const TINY: usize = 2;

/// Says whether a pair is of one tiny line each.
fn tiny(pair: &Pair, old: &Folded, new: &Folded) -> bool {
    pair.base.len() == 1
        && pair.transcript.len() == 1
        && old.lines(pair.base.start, 1).len() <= TINY
        && new.lines(pair.transcript.start, 1).len() <= TINY
}

/// Pairs a stretch: where lines between two telling pairs are equally many they answer each other
/// in order, whatever tiny lines look alike; elsewhere tiny pairs hold too.
fn pair_stretch(
    weak: &mut Vec<(Pair, bool)>,
    (base, transcript): (Range<usize>, Range<usize>),
) -> Vec<(Range<usize>, Range<usize>)> {
    let mut paired = Vec::new();
    let mut from = (base.start, transcript.start);
    let mut tiny = Vec::new();
    let (n, m) = (base.end, transcript.end);
    let edge = Pair { base: n..n, transcript: m..m, likeness: 0 };
    for (pair, is_tiny) in weak.drain(..).chain([(edge, false)]) {
        if is_tiny {
            tiny.push(pair);
            continue;
        }
        let between = (from.0..pair.base.start, from.1..pair.transcript.start);
        if between.0.len() == between.1.len() {
            tiny.clear();
        }
        paired.extend(pair_in_order(tiny.drain(..), between));
        from = (pair.base.end, pair.transcript.end);
        if !pair.base.is_empty() {
            paired.push((pair.base, pair.transcript));
        }
    }
    paired
}

/// Returns the weak pairs of a stretch, and between them the lines left over, one by one, where both
/// sides have equally many.
fn pair_in_order(
    weak: impl Iterator<Item = Pair>,
    (base, transcript): (Range<usize>, Range<usize>),
) -> Vec<(Range<usize>, Range<usize>)> {
    let mut paired = Vec::new();
    let mut from = (base.start, transcript.start);
    let edge = (base.end..base.end, transcript.end..transcript.end);
    for (x, y) in weak.map(|pair| (pair.base, pair.transcript)).chain([edge]) {
        if x.start - from.0 == y.start - from.1 {
            let left = (from.0..x.start).zip(from.1..);
            paired.extend(left.map(|(x, y)| (x..x + 1, y..y + 1)));
        }
        from = (x.end, y.end);
        if !x.is_empty() {
            paired.push((x, y));
        }
    }
    paired
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
        && is_kindred((old, base.clone()), (new, transcript.clone()))
}

/// How many letters make a run by which kindred texts are known.
const RUN: usize = 4;

/// Says whether two stretches share runs of letters at all: words aligned across the line ends of
/// stamps and notes would make a stamp a misreading of half a note.
fn is_kindred(
    (old, base): (&Folded, Range<usize>),
    (new, transcript): (&Folded, Range<usize>),
) -> bool {
    let runs = |folded: &Folded, lines: Range<usize>| {
        let text = folded.lines(lines.start, lines.len());
        let run = |run: &[u8]| run.iter().fold(0, |run, &byte| run << 8 | u32::from(byte));
        let mut runs: Vec<u32> = text.windows(RUN).map(run).collect();
        runs.sort_unstable();
        runs
    };
    let (old, new) = (runs(old, base), runs(new, transcript));
    let (mut x, mut y, mut shared) = (0, 0, 0);
    while let (Some(one), Some(other)) = (old.get(x), new.get(y)) {
        shared += usize::from(one == other);
        (x, y) = (x + usize::from(one <= other), y + usize::from(other <= one));
    }
    8 * shared >= old.len().min(new.len())
}

/// Gives a unit the lines left over beside it that it lacks: a paragraph parted by stamps.
fn rejoin(units: &mut [Unit], old: (&[usize], &Folded), new: (&[usize], &Folded)) {
    let taken = |pick: fn(&Unit) -> usize| units.iter().map(pick).sum::<usize>();
    let all = old.0.len() + new.0.len();
    if taken(|unit| unit.base.len() + unit.transcript.len()) == all {
        return;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiny_lines_answer_each_other_in_order_where_they_are_as_many() {
        let base = Text::new("2311\n1\n1\n1\nREPORT 0F\n").expect("short");
        let transcript = Text::new("2311\ni\n1\ni\nREPORT OF\n").expect("short");
        let block = Block { base_lines: 0..5, transcript_lines: 0..5, equal: false };
        let units = units(&mut Pairing::default(), &base, &transcript, &block);
        let pairs: Vec<_> = units.into_iter().map(|unit| (unit.base, unit.transcript)).collect();
        let wanted: Vec<_> = (0..5).map(|line| (vec![line], vec![line])).collect();
        assert_eq!(pairs, wanted);
    }
}
