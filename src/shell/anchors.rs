//! Anchors in the user's state directory: the longest head of each log that this user wrote or
//! opened, by log id. What lies there was never part of the log's folder, so whoever puts an old
//! copy of a log in its place does not reach it.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::log::anchor::{Anchor, Keeper};
use crate::log::record::Head;
use crate::shell::files::{self, FileError, Replace};
use crate::shell::state;

/// Holds what is remembered of one log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// How many records it had when it was longest.
    pub size: u64,
    /// The hash of the last of them.
    pub head: Digest,
    /// When that was, as the clock said.
    pub time: String,
    /// Anchors that were given up for a shorter or another log, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_up: Vec<GivenUp>,
}

/// Tells who gave up an anchor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenUp {
    /// How many records the log had.
    pub size: u64,
    /// The hash of the last of them.
    pub head: Digest,
    /// Who gave it up.
    pub by: String,
    /// When, as the clock said.
    pub time: String,
}

impl Kept {
    /// Returns what is remembered as an anchor.
    #[must_use]
    pub fn anchor(&self) -> Anchor {
        Anchor { size: self.size, head: self.head.into(), keeper: Keeper::State }
    }
}

/// Returns what is remembered of the log with this id; nothing where there is nothing.
///
/// # Errors
/// A file that is there and cannot be read, or is not what was written: it may hide something.
pub fn load(log: &str) -> Result<Option<Kept>, FileError> {
    let Some(path) = path(log) else { return Ok(None) };
    let unreadable = |error| FileError::Unreadable(path.clone(), error);
    match fs::read(&path) {
        Ok(bytes) => {
            let kept = serde_json::from_slice(&bytes);
            kept.map(Some).map_err(|error| unreadable(io::Error::other(error)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(error)),
    }
}

/// Remembers a head, unless a longer one of the same log is remembered. The caller has seen that
/// the log still holds what was remembered before.
///
/// # Errors
/// A state directory that cannot be read or written; what was there stays.
pub fn advance(head: &Head, time: &str) -> Result<(), FileError> {
    let before = load(&head.log)?;
    if before.as_ref().is_some_and(|kept| kept.size >= head.size) {
        return Ok(());
    }
    let given_up = before.map(|kept| kept.given_up).unwrap_or_default();
    let (size, time) = (head.size, time.to_owned());
    save(&head.log, &Kept { size, head: head.head, time, given_up })
}

/// Gives up what is remembered of a log for the head that it has now, and notes by whom.
///
/// # Errors
/// A state directory that cannot be written; what was there stays.
pub fn give_up(kept: &Kept, now: &Head, by: &str, time: &str) -> Result<(), FileError> {
    let mut given_up = kept.given_up.clone();
    let (by, time) = (by.to_owned(), time.to_owned());
    given_up.push(GivenUp { size: kept.size, head: kept.head, by, time: time.clone() });
    save(&now.log, &Kept { size: now.size, head: now.head, time, given_up })
}

fn save(log: &str, kept: &Kept) -> Result<(), FileError> {
    let Some(path) = path(log) else { return Ok(()) };
    let folder = files::folder(&path);
    fs::create_dir_all(folder).map_err(|why| FileError::Unwritable(folder.to_owned(), why))?;
    let mut json = serde_json::to_vec(kept).expect("numbers and texts are always JSON");
    json.push(b'\n');
    files::write(&path, &json, Replace::Yes)
}

/// Returns where the anchor of a log lies; its id is 32 hex digits, or it is no log's.
fn path(log: &str) -> Option<PathBuf> {
    Some(state::folder("anchors")?.join(format!("{log}.json")))
}
