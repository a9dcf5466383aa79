//! What an export tells of: the review, its documents, its log and who did what in it.

use crate::digest::Digest;
use crate::document::Document;
use crate::export::established::{self, Pending};
use crate::export::readers::Readers;
use crate::log::history::Entry;
use crate::log::merge::Outcome;
use crate::log::record::Opened;
use crate::log::replay::Transcript;
use crate::review::state::Review;

/// Names what a review is of and where it stands.
#[derive(Debug)]
pub struct About<'a> {
    /// The review, all of its gaps worked out.
    pub review: &'a Review,
    /// The base.
    pub base: &'a Document,
    /// The transcript, where there is one.
    pub transcript: Option<&'a Document>,
    /// The reviewer's name.
    pub reviewer: &'a str,
    /// What stands where a fix is open; none where nobody said.
    pub pending: Option<Pending>,
    /// The log; none where there is none yet.
    pub log: Option<Log<'a>>,
    /// Several reviewers' logs, where more than one is told of; `review` and `log` are the first's.
    pub readers: Option<Readers<'a>>,
}

/// Holds a log as far as an export goes.
#[derive(Debug)]
pub struct Log<'a> {
    /// The file's name without its folder.
    pub name: &'a str,
    /// How many bytes of it were read.
    pub bytes: usize,
    /// Their digest.
    pub file_sha256: Digest,
    /// How many records they are.
    pub size: u64,
    /// The hash of the last of them.
    pub head: Digest,
    /// The first record.
    pub opened: &'a Opened,
    /// The transcripts that it had in turn, ascending.
    pub transcripts: &'a [Transcript],
    /// What happened, by sequence number; sources are left out.
    pub history: Vec<Entry<'a>>,
}

/// Tells who wrote a record, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// The record.
    pub seq: u64,
    /// The time as the log has it.
    pub time: &'a str,
    /// The reviewer.
    pub reviewer: &'a str,
}

impl<'a> About<'a> {
    /// Returns the text as it stands, open fixes as was asked, else as in the base.
    #[must_use]
    pub fn established(&self) -> String {
        let pending = self.pending.unwrap_or(Pending::Base);
        if let Some(readers) = &self.readers {
            return readers.established(self.review, pending);
        }
        established::established(self.review, pending)
    }

    /// Says of the text as it stands what it has where fixes are open; nothing if none are.
    #[must_use]
    pub fn where_open(&self) -> &'static str {
        if self.readers.is_some() {
            return match self.pending {
                _ if self.unsettled() == 0 => "",
                Some(Pending::Transcript) => ", open places as corrected",
                _ => ", open and disputed places as in the OCR",
            };
        }
        match self.pending {
            _ if established::open(self.review) == 0 => "",
            None | Some(Pending::Base) => ", open fixes as in the OCR",
            Some(Pending::Transcript) => ", open fixes as corrected",
            Some(Pending::Mark) => ", open fixes marked",
        }
    }

    /// Returns how many places nobody has decided, or reviewers have decided differently.
    #[must_use]
    pub fn unsettled(&self) -> usize {
        let Some(readers) = &self.readers else { return established::open(self.review) };
        let changes = readers.changes(self.review);
        changes.iter().filter(|change| change.open || change.is_disputed()).count()
    }

    /// Returns how many places reviewers have decided differently.
    #[must_use]
    pub fn disputed(&self) -> usize {
        let Some(readers) = &self.readers else { return 0 };
        readers.runs.iter().filter(|run| run.outcome() == Outcome::Disputed).count()
    }

    /// Returns what happened; nothing where there is no log.
    #[must_use]
    pub fn history(&self) -> &[Entry<'a>] {
        self.log.as_ref().map_or(&[], |log| &log.history)
    }

    /// Returns who wrote a record, and when; none without a log.
    #[must_use]
    pub fn stamp(&self, seq: u64) -> Option<Stamp<'a>> {
        let history = self.history();
        let found = history.binary_search_by_key(&seq, |entry| entry.record.seq).ok()?;
        let entry = &history[found];
        Some(Stamp { seq, time: &entry.record.time, reviewer: entry.reviewer })
    }

    /// Returns the document's name: that of the log, else the base's file without its ending.
    #[must_use]
    pub fn document(&self) -> &'a str {
        let own = document_name(&self.base.name);
        self.log.as_ref().map_or(own, |log| &log.opened.document)
    }
}

/// Returns a document's name: that of its file without the ending.
#[must_use]
pub fn document_name(file: &str) -> &str {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if stem.is_empty() { file } else { stem }
}
