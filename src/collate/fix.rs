//! Fixes, rows and kinds: the data that a collation is made of.

use std::fmt;
use std::ops::Range;

use crate::text::visible::quoted;

/// Names a fix: the block it is in and its place among the block's fixes, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FixId {
    /// The block of the plan.
    pub block: u32,
    /// The fix within the block's gap.
    pub fix: u32,
}

/// Names a row: the block it is in and its place among the block's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RowId {
    /// The block of the plan.
    pub block: u32,
    /// The row within the block.
    pub row: u32,
}

/// Holds one changed segment that can be decided alone. Offsets are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The span of the base; empty for an insertion.
    pub at: Range<usize>,
    /// The place among several insertions at one offset, in the order of the text; else 0.
    pub n: u32,
    /// The span of the transcript: the proposed reading.
    pub transcript_at: Range<usize>,
    /// What sort of change it is.
    pub kind: Kind,
}

/// Holds what is shown side by side: a base line with the transcript text that answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The base bytes of the row, its line end included; empty for a missing line.
    pub base: Range<usize>,
    /// The transcript bytes of the row; empty for an extra line.
    pub transcript: Range<usize>,
    /// The fixes that start in the row, as indexes into the gap's fixes.
    pub fixes: Range<u32>,
}

/// Tells what sort of change a fix is: the first that fits, in the order of the variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A line end joined, split or written otherwise (CRLF), a line-end hyphen with it.
    LineEnd,
    /// A form feed.
    PageEnd,
    /// A line that only the transcript has.
    MissingLine,
    /// A line that only the base has.
    ExtraLine,
    /// Other code points for the same letters (equal after NFKC), a BOM, a CR.
    Encoding,
    /// Blanks.
    Space,
    /// Hyphens.
    Hyphen,
    /// Upper and lower case.
    Case,
    /// Marks above, below or through a letter.
    Diacritic,
    /// Punctuation.
    Punctuation,
    /// A digit among the differing clusters.
    Digit,
    /// Letters that look alike.
    LookAlike,
    /// A name: a capital on both sides, not at a sentence's start, never in lower case.
    Name,
    /// Any other change.
    Word,
}

impl Kind {
    /// Every kind, in the order in which they are tried.
    pub const ALL: [Self; 14] = [
        Self::LineEnd,
        Self::PageEnd,
        Self::MissingLine,
        Self::ExtraLine,
        Self::Encoding,
        Self::Space,
        Self::Hyphen,
        Self::Case,
        Self::Diacritic,
        Self::Punctuation,
        Self::Digit,
        Self::LookAlike,
        Self::Name,
        Self::Word,
    ];

    /// Returns the name used in JSON and on the command line: `line-end`, `look-alike`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LineEnd => "line-end",
            Self::PageEnd => "page-end",
            Self::MissingLine => "missing-line",
            Self::ExtraLine => "extra-line",
            Self::Encoding => "encoding",
            Self::Space => "space",
            Self::Hyphen => "hyphen",
            Self::Case => "case",
            Self::Diacritic => "diacritic",
            Self::Punctuation => "punctuation",
            Self::Digit => "digit",
            Self::LookAlike => "look-alike",
            Self::Name => "name",
            Self::Word => "word",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|kind| kind.name()).collect();
            format!("no kind {}; there are: {}", quoted(name), names.join(", "))
        })
    }
}
