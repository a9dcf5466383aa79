//! Puts events into a log that is there, or makes the log with the first of them.

use crate::review::event::Event;

/// Says that nothing of what was to be written is in the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct NotSaved {
    /// Why, as a sentence for people.
    pub why: String,
    /// Whether this log can take nothing more: a sync failed, or another has written in it.
    pub stopped: bool,
}

/// Writes to one log.
#[derive(Debug)]
pub struct Writer {
    state: State,
}

#[derive(Debug)]
enum State {
    /// Nobody writes, for this reason.
    Closed(String),
}

impl Writer {
    /// Makes a writer that refuses to write; `why` is a sentence for people.
    #[must_use]
    pub fn closed(why: impl Into<String>) -> Self {
        Self { state: State::Closed(why.into()) }
    }

    /// Writes `events` in one write and one sync, and returns the number of the first; the others
    /// follow without a gap. What is returned is on disk.
    ///
    /// # Errors
    /// [`NotSaved`]: then nothing of it is in the log.
    pub fn append(&mut self, events: &[Event]) -> Result<u64, NotSaved> {
        debug_assert!(!events.is_empty(), "an act writes something");
        match &self.state {
            State::Closed(why) => Err(NotSaved { why: why.clone(), stopped: true }),
        }
    }
}
