//! What a log remembers of a review, as values: past tense, never changed in meaning.

use std::fmt;
use std::ops::Range;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::document::Text;

/// Tells what a decision says of its sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The proposed reading stands.
    Accept,
    /// The base's reading stands.
    Reject,
    /// The reviewer's own reading stands.
    Edit,
    /// Nothing stands: the place is open again.
    Reopen,
}

/// Tells what a decision was about, as the reviewer had it highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// One fix.
    Fix,
    /// One word.
    Word,
    /// One line.
    Line,
    /// Several lines.
    Range,
    /// One page.
    Page,
    /// Places alike.
    Alike,
    /// The whole document.
    All,
}

/// Tells what a note says of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// A free note.
    Note,
    /// The reading is in doubt.
    Doubtful,
    /// Nobody can read it.
    Illegible,
    /// It stands so in the original, odd as it is.
    Sic,
    /// Looked at, and right as it stands.
    Checked,
}

/// Tells what a sign-off covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// One page.
    Page,
    /// The whole document.
    Document,
}

/// Tells what was read before a sign-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Read {
    /// The fixes only.
    Fixes,
    /// Every word.
    All,
}

macro_rules! shown_as_serialised {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&format!("{self:?}").to_lowercase())
            }
        }
    )*};
}
shown_as_serialised!(Verdict, Scope, Mark, Extent, Read);

/// Names a place of the base: a span of bytes, and among insertions at one offset which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The place among several insertions at one offset; 0 for a span that is not empty.
    pub n: u32,
}

impl Place {
    /// Names `span`, the first of its insertions if it is empty.
    #[must_use]
    pub fn new(span: Range<usize>, n: u32) -> Self {
        Self { start: span.start, end: span.end, n }
    }

    /// Returns the span.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        self.start..self.end
    }

    /// Says whether the place is empty: an insertion.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Says whether two places overlap, by the rule of the log format, §2: they share a byte, or
    /// both are the same insertion, or one is an insertion strictly inside the other.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        if self.is_empty() && other.is_empty() {
            return self.start == other.start && self.n == other.n;
        }
        self.start.max(other.start) < self.end.min(other.end)
            || (self.is_empty() && other.start < self.start && self.start < other.end)
            || (other.is_empty() && self.start < other.start && other.start < self.end)
    }
}

/// Holds what a decision says of one place, with the readings as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The place.
    pub place: Place,
    /// The page's name, for people.
    pub page: Option<CompactString>,
    /// The line from 1, for people.
    pub line: Option<u64>,
    /// The base's bytes there.
    pub base: CompactString,
    /// The reading that was offered, where one was.
    pub proposed: Option<CompactString>,
    /// The reading that stands from now on; none for a reopened site.
    pub reading: Option<CompactString>,
    /// By whom the offered reading came, where not by the transcript.
    pub from: Option<CompactString>,
}

impl Site {
    /// Puts a reading at a place of `base`, nothing else said of it.
    #[must_use]
    pub fn plain(base: &Text, place: Place, reading: &str) -> Self {
        Self {
            place,
            page: None,
            line: None,
            base: base.slice(place.span()).into(),
            proposed: None,
            reading: Some(reading.into()),
            from: None,
        }
    }
}

/// Holds one decision over one or more sites, or one part of a long one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// What it says.
    pub verdict: Verdict,
    /// What it was about.
    pub scope: Scope,
    /// How many places were shown for a choice, for lists.
    pub offered: Option<u64>,
    /// The sequence number of the first part, for acts in several parts.
    pub act: Option<u64>,
    /// The sites, ascending and apart.
    pub sites: Vec<Site>,
}

impl Verdict {
    /// Says whether a site's reading is what the verdict means (log format §2, Sites).
    #[must_use]
    pub fn fits(self, site: &Site) -> bool {
        match self {
            Self::Accept => site.proposed.is_some() && site.reading == site.proposed,
            Self::Reject => site.reading.as_ref() == Some(&site.base),
            Self::Edit => site.reading.is_some(),
            Self::Reopen => site.reading.is_none(),
        }
    }
}

/// Names a record of a log that an adjudication settles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    /// The log's id.
    pub log: String,
    /// The record's sequence number.
    pub seq: u64,
    /// The record's hash.
    pub hash: Digest,
}

/// Holds a note on a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The place's span.
    pub at: Range<usize>,
    /// The page's name, for people.
    pub page: Option<String>,
    /// The line from 1, for people.
    pub line: Option<u64>,
    /// The base's bytes there.
    pub base: String,
    /// What sort of note it is.
    pub mark: Mark,
    /// Its words, perhaps none.
    pub note: String,
}

/// Holds a sign-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedOff {
    /// What it covers.
    pub scope: Extent,
    /// The page's name where it is one page.
    pub page: Option<String>,
    /// Its span of the base.
    pub at: Range<usize>,
    /// What was read.
    pub read: Read,
    /// How many fixes were open in it.
    pub open: u64,
    /// The digest of the whole established text then.
    pub established: Digest,
}

/// Tells one thing that happened in a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A decision.
    Decided(Decided),
    /// A decision that settles others' (its records are named).
    Adjudicated(Decided, Vec<Over>),
    /// The act, note or sign-off with this sequence number was taken back.
    Undone(u64),
    /// The act, note or sign-off with this sequence number was put in force again.
    Redone(u64),
    /// A note.
    Noted(Noted),
    /// A sign-off.
    SignedOff(SignedOff),
}

impl Event {
    /// Makes one decision of readings that stand elsewhere: in a log, or in several together.
    #[must_use]
    pub fn of_readings(sites: Vec<Site>) -> Self {
        let (verdict, scope) = (Verdict::Edit, Scope::All);
        Self::Decided(Decided { verdict, scope, offered: None, act: None, sites })
    }

    /// Returns the decision in it, where it is one.
    #[must_use]
    pub fn decision(&self) -> Option<&Decided> {
        match self {
            Self::Decided(decided) | Self::Adjudicated(decided, _) => Some(decided),
            _ => None,
        }
    }
}
