//! The records of a log in order, with who wrote each: what histories are told from.

use crate::log::record::{Body, By, Record, Session};
use crate::review::event::Event;

/// Holds the records of a log, sources left out, ascending.
#[derive(Debug, Clone, Default)]
pub struct Chronicle {
    /// The log's reviewer: who writes where no session says it.
    reviewer: String,
    records: Vec<Record>,
    /// Where the session records are.
    sessions: Vec<usize>,
}

impl Chronicle {
    /// Takes the records of an audit that kept them.
    #[must_use]
    pub fn new(reviewer: impl Into<String>, records: Vec<Record>) -> Self {
        let is_session = |(_, record): &(usize, &Record)| matches!(record.body, Body::Session(_));
        let sessions = records.iter().enumerate().filter(is_session).map(|(at, _)| at).collect();
        Self { reviewer: reviewer.into(), records, sessions }
    }

    /// Adds a record that was written just now.
    pub fn push(&mut self, record: Record) {
        if matches!(record.body, Body::Session(_)) {
            self.sessions.push(self.records.len());
        }
        self.records.push(record);
    }

    /// Leaves out what came after record `last`.
    pub fn cut(&mut self, last: u64) {
        self.records.retain(|record| record.seq <= last);
        self.sessions.retain(|&at| at < self.records.len());
    }

    /// Returns the records.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Returns what happened in the review, by sequence number.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = (u64, &Event)> {
        self.records.iter().filter_map(|record| match &record.body {
            Body::Review(event) => Some((record.seq, event)),
            _ => None,
        })
    }

    /// Returns the event of record `seq`, where it is one.
    #[must_use]
    pub fn event(&self, seq: u64) -> Option<&Event> {
        let found = self.records.binary_search_by_key(&seq, |record| record.seq).ok()?;
        match &self.records[found].body {
            Body::Review(event) => Some(event),
            _ => None,
        }
    }

    /// Returns where record `seq` is, or the last one before it.
    #[must_use]
    pub fn find(&self, seq: u64) -> usize {
        self.records.partition_point(|record| record.seq <= seq).saturating_sub(1)
    }

    /// Returns who wrote the record at `index`.
    #[must_use]
    pub fn reviewer(&self, index: usize) -> &str {
        self.session(index).map_or(&self.reviewer, |session| &session.reviewer)
    }

    /// Returns how the record at `index` came in, where its session is known.
    #[must_use]
    pub fn by(&self, index: usize) -> Option<By> {
        self.session(index).map(|session| session.by)
    }

    fn session(&self, index: usize) -> Option<&Session> {
        let last = self.sessions.partition_point(|&at| at <= index).checked_sub(1)?;
        match &self.records[self.sessions[last]].body {
            Body::Session(session) => Some(session),
            _ => None,
        }
    }
}
