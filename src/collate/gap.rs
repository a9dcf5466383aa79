//! One gap: lines paired by likeness, words aligned, fixes made.

use crate::collate::fix::{Fix, Row};
use crate::collate::plan::Plan;

/// Holds the rows and fixes of one gap. Its rows cover both its slices in order, without a hole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gap {
    /// The rows.
    pub rows: Vec<Row>,
    /// The fixes, ascending by (start, end, n) in the base and in the transcript.
    pub fixes: Vec<Fix>,
}

/// Works out the gap `block` of `plan`: a pure function of its two slices.
#[must_use]
pub fn gap(_plan: &Plan, _block: u32) -> Gap {
    Gap::default()
}
