//! A search that stands, with all its hits.

use std::ops::Range;

use crate::collate::fix::{FixId, RowId};

/// Holds a search that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// What is looked for; without capitals it finds capitals too.
    pub wanted: String,
    /// Every hit, in the order of the text.
    pub hits: Vec<Hit>,
    /// For which state of the text they were found; none before the first step.
    pub counted: Option<Counted>,
}

/// Holds one hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The row.
    pub row: RowId,
    /// Where it stands in the base.
    pub at: usize,
    /// The fix that holds it.
    pub fix: Option<FixId>,
    /// Its bytes of the base, or of the place of the fix.
    pub span: Range<usize>,
}

/// Names a state of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// How often the review was changed.
    pub generation: u64,
    /// How many gaps are missing.
    pub missing: usize,
}
