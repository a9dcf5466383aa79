//! One review as it is opened: documents, log, reviewer, what happened so far, and who may write.

use std::path::PathBuf;

use crate::document::{Document, Text};
use crate::formats::page_break::PageBreak;
use crate::review::event::Event;
use crate::shell::who::Reviewer;
use crate::shell::writer::Writer;

/// Holds everything that a screen or a subcommand needs to go on with a review.
#[derive(Debug)]
pub struct Session {
    /// The OCR text: the file's, or the log's own copy.
    pub base: Document,
    /// The corrected text; none in a reader, where every line can be edited all the same.
    pub transcript: Option<Document>,
    /// The pattern of page ends, beside form feeds; both texts have it applied.
    pub page_break: Option<PageBreak>,
    /// Who decides.
    pub reviewer: Reviewer,
    /// Where the log is, or will be from the first record on.
    pub log: PathBuf,
    /// What happened so far, by sequence number, ascending; all of it fits the base.
    pub events: Vec<(u64, Event)>,
    /// Writes to the log; it can be moved to a thread of its own.
    pub writer: Writer,
    /// Why nothing can be decided, as a sentence for people; none where it can.
    pub read_only: Option<String>,
    /// What people should know before they begin, a sentence each: a torn tail that was cut, a
    /// transcript unlike the log's.
    pub notices: Vec<String>,
    /// The byte of the base where the reviewer was last, where that is known.
    pub bookmark: Option<usize>,
}

impl Session {
    /// Returns the text to collate with the base: the transcript's, or the base's own in a reader.
    #[must_use]
    pub fn proposed(&self) -> Text {
        self.transcript.as_ref().map_or_else(|| self.base.text.clone(), |it| it.text.clone())
    }
}
