//! Changes before they are fixes: spans of both texts and what is known of them by their place.

use std::ops::Range;

/// Tells what a change is by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Within a line.
    Text,
    /// At a line's end, joined, split or written otherwise.
    LineEnd,
    /// A line that only the transcript has.
    Missing,
    /// A line that only the base has.
    Extra,
}

/// Holds a span of the base and what the transcript has there. Between changes the texts are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// The span of the base.
    pub(crate) base: Range<usize>,
    /// The span of the transcript.
    pub(crate) transcript: Range<usize>,
    /// What it is by its place.
    pub(crate) place: Place,
}
