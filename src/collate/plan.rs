//! The plan: which lines are equal on both sides, and the gaps between them.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::collate::lexicon::Lexicon;
use crate::document::Text;

/// The least number of characters, blanks aside, that makes equal lines an anchor.
const ANCHOR: usize = 8;

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
    pub lexicon: Lexicon,
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
    Plan { base, transcript, blocks, lexicon: Lexicon::default() }
}

/// Holds a run of equal lines.
struct Run {
    base: usize,
    transcript: usize,
    count: usize,
}

/// Finds runs of equal lines that are sure enough to be anchors, in order.
fn equal_runs(base: &Text, transcript: &Text) -> Vec<Run> {
    let mut ids = HashMap::new();
    let (old, new) = (number_lines(base, &mut ids), number_lines(transcript, &mut ids));
    let head = old.iter().zip(&new).take_while(|(x, y)| x == y).count();
    let rest = (old.len() - head).min(new.len() - head);
    let tail = (0..rest).take_while(|&k| old[old.len() - 1 - k] == new[new.len() - 1 - k]).count();
    let mut runs = vec![Run { base: 0, transcript: 0, count: head }];
    let (old_inner, new_inner) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    for op in capture_diff_slices(Algorithm::Histogram, old_inner, new_inner) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            runs.push(Run { base: head + old_index, transcript: head + new_index, count: len });
        }
    }
    runs.push(Run { base: old.len() - tail, transcript: new.len() - tail, count: tail });
    let last = runs.len() - 1;
    let mut index = 0;
    runs.retain(|run| {
        // What touches the start or the end of both texts is sure, however short.
        let edge = index == 0 || index == last;
        index += 1;
        run.count > 0
            && (edge || (run.base..run.base + run.count).any(|line| is_anchor(base, line)))
    });
    join(runs)
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

/// Gives equal lines equal numbers.
fn number_lines<'a>(text: &'a Text, ids: &mut HashMap<&'a str, u32>) -> Vec<u32> {
    (0..text.line_count())
        .map(|line| {
            let next = ids.len() as u32;
            *ids.entry(text.slice(text.line(line))).or_insert(next)
        })
        .collect()
}
