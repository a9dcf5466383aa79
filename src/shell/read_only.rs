//! Why a review can be looked at only.

use std::fmt::Display;

use crate::log::audit::{Audit, Finding};

/// Says why nothing can be decided. It does not name the log: what the log is called where the
/// reason is printed, only whoever prints it knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOnly {
    /// The log is damaged, in the way that is told.
    Damaged(String),
    /// The log is of a newer recto; what of it is unknown.
    Newer(String),
    /// The log is not the one that was seen before: what is remembered of it, and what it has.
    Unlike(String),
    /// The base of this name is not what it was when the log began.
    BaseChanged(String),
    /// Another process writes to the log: this one.
    Held(String),
    /// What follows this record of the log is no whole record.
    Torn(u64),
    /// It was opened so.
    Asked,
}

impl ReadOnly {
    /// Says that a log that was read cannot be gone on with: it is of a newer recto, else damaged.
    #[must_use]
    pub fn unsound(audit: &Audit) -> Self {
        let complaint = audit.complaint().unwrap_or_else(|| "it is damaged".to_owned());
        match audit.finding() {
            Finding::Newer => Self::Newer(complaint),
            _ => Self::Damaged(complaint),
        }
    }

    /// Returns the reason as a sentence in which the log is called `log`: its path, or `the log`
    /// where a path would take the room of the reason.
    #[must_use]
    pub fn told(&self, log: impl Display) -> String {
        match self {
            Self::Damaged(complaint) => format!("{log}: {complaint}"),
            Self::Newer(complaint) => format!("{log} is from a newer recto: {complaint}"),
            Self::Unlike(complaint) => complaint.clone(),
            Self::BaseChanged(name) => format!(
                "{name} has changed since {log} began; the log's own copy can be read, not \
                 decided on"
            ),
            Self::Held(holder) => format!(
                "{log} is being written by {holder}; `recto review --take-over` asks that process \
                 to end"
            ),
            Self::Torn(seq) => format!("what follows record {seq} is no whole record"),
            Self::Asked => "it was opened to be looked at only".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_called_as_whoever_prints_it_calls_it() {
        let complaint = "record 3 is damaged".to_owned();
        let who = "process 7 on desk".to_owned();
        for (why, told) in [
            (ReadOnly::Damaged(complaint.clone()), "LOG: record 3 is damaged"),
            (ReadOnly::Newer(complaint), "LOG is from a newer recto: record 3 is damaged"),
            (ReadOnly::Held(who), "LOG is being written by process 7 on desk; "),
            (ReadOnly::BaseChanged("a.txt".to_owned()), "a.txt has changed since LOG began; "),
        ] {
            assert!(why.told("LOG").starts_with(told), "{why:?}");
        }
    }
}
