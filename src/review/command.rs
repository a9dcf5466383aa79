//! What a person asks for, what it comes to, and why it may come to nothing.

use std::ops::Range;

use crate::collate::fix::{FixId, RowId};
use crate::review::event::{Event, Mark, Place, Read, Scope, Verdict};

/// Asks for something to be decided, noted, signed, or taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A verdict on what is highlighted.
    Decide(Decide),
    /// A verdict on places of a list.
    Offers(Offers),
    /// A reading of the reviewer's own.
    Edit {
        /// What was highlighted.
        scope: Scope,
        /// What is edited.
        target: Target,
        /// The text that shall stand there.
        text: String,
    },
    /// A reading that stood at a place before, or was recorded for it.
    Restore {
        /// The place.
        place: Place,
        /// The reading that shall stand there again.
        reading: String,
    },
    /// A note on a span of the base.
    Note {
        /// The span.
        at: Range<usize>,
        /// What sort of note.
        mark: Mark,
        /// Its words.
        note: String,
    },
    /// A sign-off of a page (from 1), or of the document.
    SignOff {
        /// The page; none for the document.
        page: Option<usize>,
        /// What was read.
        read: Read,
    },
    /// Takes back the last standing act.
    Undo,
    /// Revives the act that was undone last.
    Redo,
}

/// Asks for a verdict: accept, reject or reopen (an edit has its own command).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decide {
    /// The verdict.
    pub verdict: Verdict,
    /// What was highlighted.
    pub scope: Scope,
    /// The fixes in the highlight, in the order of the text.
    pub fixes: Vec<FixId>,
    /// Own changes in the highlight; only a reopening touches them.
    pub own: Vec<Place>,
    /// Whether decided fixes are decided anew, or only the open ones.
    pub reach: Reach,
    /// How many places were shown for a choice, for lists.
    pub offered: Option<u64>,
}

/// Asks for a verdict on places that were ticked in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offers {
    /// Accept or reject.
    pub verdict: Verdict,
    /// The places, each once, in any order.
    pub places: Vec<Offer>,
    /// How many places were shown for a choice.
    pub offered: u64,
}

/// Holds one place of a list with what is offered there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The place.
    pub place: Place,
    /// The reading; none where it is the transcript's.
    pub reading: Option<String>,
}

/// Tells which fixes of a highlight a verdict reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The open ones: for lines, pages and lists.
    Open,
    /// Every one, whatever its state: for one fix, and for `--all`.
    Every,
}

/// Names what an edit is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A row, its line end left out.
    Row(RowId),
    /// A span of the base within one row.
    Span(Range<usize>),
}

/// Holds what `decide` found: the events to be recorded, and words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is to be recorded, in order.
    pub events: Vec<Event>,
    /// The question that must be answered first, where there is one.
    pub confirm: Option<String>,
    /// What was done, in words, once it is recorded.
    pub said: String,
    /// A byte of the base to go to, where the act was elsewhere.
    pub go: Option<usize>,
}

/// Says why nothing is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The highlight has no open fix.
    #[error("nothing open here: Tab picks a fix, o reopens")]
    NothingOpen,
    /// There is no fix at all.
    #[error("no difference here: e edits")]
    NoFix,
    /// A reopening of what is open.
    #[error("nothing decided here")]
    NothingDecided,
    /// The fix has that reading already.
    #[error("already {0}")]
    Already(&'static str),
    /// A reading that stands already.
    #[error("that is what stands here now")]
    Stands,
    /// A later reading reaches further than the place.
    #[error("a later reading reaches over this place, from record {0}: o reopens it first")]
    ReachedOver(u64),
    /// An edit that changes nothing.
    #[error("nothing changed")]
    Unchanged,
    /// Gaps in the highlight are not worked out yet.
    #[error("the texts are still being compared here")]
    NotKnown,
    /// No act is in force.
    #[error("nothing to undo")]
    NothingToUndo,
    /// Nothing was undone, or new work came after it.
    #[error("nothing to redo")]
    NothingToRedo,
    /// The document has no such page.
    #[error("there is no page {0}: the document has {1}")]
    NoPage(usize, usize),
    /// A span that is none of the base.
    #[error("bytes {0}-{1} are not a span of one line of the base")]
    NoSpan(usize, usize),
}
