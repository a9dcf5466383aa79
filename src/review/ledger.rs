//! Which sites stand: the state of a log by its own rules, needing the base and no collation.

use crate::document::Text;
use crate::review::event::{Decided, Event, Place, Site, Verdict};

/// Says why an event does not fit; every variant is an error of the log (log format §2).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// A site or note reaches outside the base or cuts a character.
    #[error("bytes {0}-{1} are not a span of the base on character borders")]
    Outside(usize, usize),
    /// The base's bytes are others than the site says.
    #[error("the base has other bytes at {0}-{1} than the record says")]
    OtherBase(usize, usize),
    /// The sites of one record do not ascend, or overlap.
    #[error("the sites of the record do not ascend or overlap at byte {0}")]
    Disorder(usize),
    /// A site's reading does not fit its verdict.
    #[error("the reading at {0} does not fit the verdict {1}")]
    Reading(usize, Verdict),
    /// An undo of what is not live.
    #[error("record {0} is undone but was not in force")]
    NotLive(u64),
    /// A redo of what is live, or was never undone.
    #[error("record {0} is redone but was not undone")]
    Live(u64),
    /// An undo or redo of no decision, note or sign-off, or of a later part of an act.
    #[error("record {0} is no decision, note or sign-off that could be undone or redone")]
    NoAct(u64),
    /// A part names a first part that is not its own act's.
    #[error("record {0} is not the first part of this act")]
    NoFirstPart(u64),
}
