//! The plan: which lines are equal on both sides, and the gaps between them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::collate::anchors::unique_numbers;
use crate::collate::lexicon::Lexicon;
use crate::collate::mixing::Mixing;
use crate::document::Text;

/// The least number of characters, blanks aside, that makes equal lines an anchor.
const ANCHOR: usize = 8;
/// From this many pairs of lines on, a gap is searched for lines that are equal though repeated.
const DIFFED: usize = 10_000;

/// Holds a stretch of the alignment at line borders: equal lines, or a gap to be worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The base lines, by index.
    pub base_lines: Range<usize>,
    /// The transcript lines, by index.
    pub transcript_lines: Range<usize>,
    /// Whether the lines are byte for byte the same, one by one.
    pub equal: bool,
}

/// Holds the blocks of an alignment; together they cover both texts, in order.
#[derive(Debug)]
pub struct Plan {
    /// The base.
    pub base: Text,
    /// The transcript.
    pub transcript: Text,
    /// The blocks; no two neighbours are both equal or both gaps.
    pub blocks: Vec<Block>,
    /// The transcript's words in lower case.
    pub lexicon: Arc<Lexicon>,
}

impl Plan {
    /// Makes the plan of texts that nobody has compared yet: all of them is one gap.
    #[must_use]
    pub fn unsearched(base: Text, transcript: Text) -> Self {
        let (base_lines, transcript_lines) = (0..base.line_count(), 0..transcript.line_count());
        let whole = Block { base_lines, transcript_lines, equal: false };
        let blocks = if base.is_empty() && transcript.is_empty() { vec![] } else { vec![whole] };
        Self { base, transcript, blocks, lexicon: Arc::default() }
    }
}

/// Finds the equal lines of two texts and the gaps between them, in one linear pass.
#[must_use]
pub fn plan(base: Text, transcript: Text) -> Plan {
    let runs = equal_runs(&base, &transcript);
    let mut blocks = Vec::with_capacity(2 * runs.len() + 1);
    let mut at = (0, 0);
    let end = (base.line_count(), transcript.line_count());
    for run in runs.into_iter().chain([Run { base: end.0, transcript: end.1, count: 0 }]) {
        if (run.base, run.transcript) != at {
            blocks.push(Block {
                base_lines: at.0..run.base,
                transcript_lines: at.1..run.transcript,
                equal: false,
            });
        }
        at = (run.base + run.count, run.transcript + run.count);
        if run.count > 0 {
            blocks.push(Block {
                base_lines: run.base..at.0,
                transcript_lines: run.transcript..at.1,
                equal: true,
            });
        }
    }
    Plan { base, transcript, blocks, lexicon: Arc::default() }
}

/// Holds a run of equal lines.
struct Run {
    base: usize,
    transcript: usize,
    count: usize,
}

/// Finds runs of equal lines that are sure enough to be anchors, in order.
fn equal_runs(base: &Text, transcript: &Text) -> Vec<Run> {
    let mut ids = HashMap::with_capacity_and_hasher(base.line_count(), Mixing);
    let (old, new) = (number_lines(base, &mut ids), number_lines(transcript, &mut ids));
    let head = old.iter().zip(&new).take_while(|(x, y)| x == y).count();
    let rest = (old.len() - head).min(new.len() - head);
    let tail = (0..rest).take_while(|&k| old[old.len() - 1 - k] == new[new.len() - 1 - k]).count();
    // What touches the start or the end of both texts is sure, however short.
    let mut runs = vec![Run { base: 0, transcript: 0, count: head }];
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let mut finder = Finder { base, old: &old, new: &new, counts: counts(&old, &new, ids.len()) };
    finder.find((head..old_end, head..new_end), &mut runs);
    runs.push(Run { base: old_end, transcript: new_end, count: tail });
    runs.retain(|run| run.count > 0);
    without_stray(base, transcript, join(runs))
}

/// The least text, in bytes, that a stray run leaves over on one side and lacks on the other.
const STRAY: usize = 400;

/// Drops lone runs that tear the texts apart: a heading read rightly in one place and wrongly in
/// another may be the only equal line of two that are not each other's partners. Then far more
/// text stands before it on one side and about as much more after it on the other.
fn without_stray(base: &Text, transcript: &Text, runs: Vec<Run>) -> Vec<Run> {
    let ends = |run: &Run| {
        (base.line(run.base + run.count).start, transcript.line(run.transcript + run.count).start)
    };
    let starts = |run: &Run| (base.line(run.base).start, transcript.line(run.transcript).start);
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    let mut runs = runs.into_iter().peekable();
    while let Some(run) = runs.next() {
        let before = kept.last().map_or((0, 0), ends);
        let after = runs.peek().map_or((base.len(), transcript.len()), starts);
        let (start, end) = (starts(&run), ends(&run));
        let (x, y) = (start.0 - before.0, start.1 - before.1);
        let (u, v) = (after.0 - end.0, after.1 - end.1);
        let (left, right) = (x as i64 - y as i64, u as i64 - v as i64);
        let torn = |by: i64, all: usize| by.unsigned_abs() as usize > STRAY.max(all / 10);
        let made_good = 2 * (left + right).abs() <= left.abs().max(right.abs());
        let stray = torn(left, x + y) && torn(right, u + v) && made_good;
        if !(stray && run.count <= 2) {
            kept.push(run);
        }
    }
    kept
}

/// Looks for equal lines, given as numbers, between the equal heads and tails of two texts.
struct Finder<'a> {
    base: &'a Text,
    old: &'a [u32],
    new: &'a [u32],
    /// How often each number occurs on either side.
    counts: Vec<[u32; 2]>,
}

impl Finder<'_> {
    /// Appends the runs between lines that occur once on each side, those and their neighbours.
    fn find(&mut self, (base, transcript): (Range<usize>, Range<usize>), runs: &mut Vec<Run>) {
        let (old, new) = (&self.old[base.clone()], &self.new[transcript.clone()]);
        let mut from = (base.start, transcript.start);
        for (x, y) in unique_numbers(old, new, self.counts.len()) {
            let (x, y) = (base.start + x, transcript.start + y);
            if x < from.0 || !is_anchor(self.base, x) {
                continue;
            }
            let back = (1..=(x - from.0).min(y - from.1))
                .take_while(|k| self.old[x - k] == self.new[y - k])
                .count();
            let on = (0..(base.end - x).min(transcript.end - y))
                .take_while(|k| self.old[x + k] == self.new[y + k])
                .count();
            self.between((from.0..x - back, from.1..y - back), runs);
            runs.push(Run { base: x - back, transcript: y - back, count: back + on });
            from = (x + on, y + on);
        }
        self.between((from.0..base.end, from.1..transcript.end), runs);
    }

    /// Appends what a line diff matches where a gap would be large; small gaps need none.
    fn between(&self, (base, transcript): (Range<usize>, Range<usize>), runs: &mut Vec<Run>) {
        if base.len() * transcript.len() < DIFFED {
            return;
        }
        let (old, new) = (&self.old[base.clone()], &self.new[transcript.clone()]);
        // A line that one side has more often may well be another one of them.
        let sure = |line: usize| {
            let [here, there] = self.counts[self.old[line] as usize];
            here == there && is_anchor(self.base, line)
        };
        // Of a few lines repeated over and over no match would be kept, and a diff takes longest.
        if !base.clone().any(sure) {
            return;
        }
        for op in capture_diff_slices(Algorithm::Histogram, old, new) {
            let DiffOp::Equal { old_index, new_index, len } = op else { continue };
            let run = Run {
                base: base.start + old_index,
                transcript: transcript.start + new_index,
                count: len,
            };
            if (run.base..run.base + len).any(sure) {
                runs.push(run);
            }
        }
    }
}

/// Makes one of runs that follow each other on both sides.
fn join(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        match joined.last_mut() {
            Some(last)
                if last.base + last.count == run.base
                    && last.transcript + last.count == run.transcript =>
            {
                last.count += run.count;
            }
            _ => joined.push(run),
        }
    }
    joined
}

fn is_anchor(text: &Text, line: usize) -> bool {
    let line = text.slice(text.line(line));
    line.chars().filter(|c| !c.is_whitespace()).take(ANCHOR).count() == ANCHOR
}

/// Counts how often each number occurs on each side.
fn counts(old: &[u32], new: &[u32], most: usize) -> Vec<[u32; 2]> {
    let mut counts = vec![[0; 2]; most];
    for (side, numbers) in [old, new].into_iter().enumerate() {
        for &number in numbers {
            counts[number as usize][side] += 1;
        }
    }
    counts
}

/// Gives equal lines equal numbers.
fn number_lines<'a>(text: &'a Text, ids: &mut HashMap<&'a str, u32, Mixing>) -> Vec<u32> {
    (0..text.line_count())
        .map(|line| {
            let next = ids.len() as u32;
            *ids.entry(text.slice(text.line(line))).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_that_is_equal_by_chance_does_not_tear_the_texts_apart() {
        let section = |name: &str, letter: char| -> String {
            (0..30).map(|line| format!("{name} line {line} has a m{letter}sread word\n")).collect()
        };
        let text = |headings: [&str; 2], letter: char| {
            let [first, second] = headings.map(|heading| format!("{heading}\n"));
            let (one, two) = (section("one", letter), section("two", letter));
            Text::new(format!("{first}{one}{second}{two}")).expect("short")
        };
        // Read rightly at first only, and printed otherwise there: the equal lines are no partners.
        let base = text(["THE HEADING", "THE HEAD1NC"], 'l');
        let transcript = text(["A HEADING", "THE HEADING"], 'i');
        let plan = plan(base, transcript);
        assert!(plan.blocks.iter().all(|block| !block.equal), "{:?}", plan.blocks);
    }
}
