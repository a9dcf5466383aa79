//! The sound beginning of a log as a log of its own: the old file stays as it is.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::log::audit::{Audit, Finding, Plan, audit};
use crate::log::chain::Tail;
use crate::log::encode;
use crate::log::record::{Body, Record, Recovered};
use crate::shell::anchors::{self, Kept};
use crate::shell::files::{self, FileError};
use crate::shell::lock;
use crate::shell::store;

/// Holds what a repair did.
#[derive(Debug)]
pub struct Repaired {
    /// What was left out, as the new log tells it.
    pub left_out: Recovered,
    /// What is remembered of the log and the new file does not have.
    pub lost: Option<Kept>,
}

/// Says why there is no new log.
#[derive(Debug, thiserror::Error)]
pub enum RepairFault {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// Another process is writing.
    #[error("{} is being written{}", .0.display(), .1)]
    Held(PathBuf, String),
    /// The record is not in the sound part; `last` is.
    #[error("{}: record {to} is not in the sound part, which ends with {last}", log.display())]
    Beyond {
        /// The log.
        log: PathBuf,
        /// The record that was named.
        to: u64,
        /// The last sound one.
        last: u64,
    },
    /// Nothing of it is sound, or it cannot go on from that record.
    #[error("{}: {why}", log.display())]
    Unsound {
        /// The log.
        log: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// It is of a newer recto.
    #[error("{} is from a newer recto: {why}", log.display())]
    Newer {
        /// The log.
        log: PathBuf,
        /// What is unknown.
        why: String,
    },
    /// The log ends with that record.
    #[error("{} is whole and ends with record {to}", log.display())]
    Whole {
        /// The log.
        log: PathBuf,
        /// The record that was named.
        to: u64,
    },
}

/// Writes the records of `log` up to `to`, byte for byte, and one that tells of the cut, into the
/// new file `new`. The anchor of the log stays where it is.
///
/// # Errors
/// [`RepairFault`]; then there is no new file.
pub fn repair(log: &Path, to: u64, new: &Path, time: &str) -> Result<Repaired, RepairFault> {
    let bytes = read(log)?;
    let found = audit(&bytes, Plan { heads: vec![to + 1], ..Plan::default() });
    let why = || found.complaint().unwrap_or_else(|| "it holds no record".to_owned());
    let log = log.to_owned();
    if found.finding() == Finding::Newer {
        return Err(RepairFault::Newer { log, why: why() });
    }
    let Some(last) = sound(&found).checked_sub(1) else {
        return Err(RepairFault::Unsound { log, why: why() });
    };
    if to > last {
        return Err(RepairFault::Beyond { log, to, last });
    }
    let at = memchr::memchr_iter(b'\n', &bytes).nth(to as usize).map_or(bytes.len(), |at| at + 1);
    let (kept, cut) = bytes.split_at(at);
    if cut.is_empty() {
        return Err(RepairFault::Whole { log, to });
    }
    let left_out = Recovered { at: at as u64, cut: cut.len() as u64, sha256: Digest::of(cut) };
    let record =
        Record { seq: to + 1, time: time.to_owned(), body: Body::Recovered(left_out.clone()) };
    let line = encode::line(&record, found.heads[&(to + 1)]);
    let repaired = [kept, &line.bytes].concat();
    let checked = audit(&repaired, Plan::default());
    if !matches!(checked.finding(), Finding::Intact | Finding::Unchecked) {
        let complaint = checked.complaint().unwrap_or_default();
        let why = format!("with record {to} as its last it would not be sound ({complaint})");
        return Err(RepairFault::Unsound { log, why });
    }
    store::put(new, &repaired).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => FileError::Exists(new.to_owned()),
        _ => FileError::Unwritable(new.to_owned(), error),
    })?;
    Ok(Repaired { left_out, lost: lost(&checked) })
}

/// Reads a log that nobody is writing.
fn read(log: &Path) -> Result<Vec<u8>, RepairFault> {
    // What cannot be read at all is said by the one who reads files.
    let file = File::open(log).ok();
    match file.as_ref().map(File::try_lock_shared) {
        Some(Err(TryLockError::WouldBlock)) => {
            let by = lock::holder(log).map(|holder| format!(" by {holder}"));
            Err(RepairFault::Held(log.to_owned(), by.unwrap_or_default()))
        }
        _ => Ok(files::read(log)?),
    }
}

/// Returns how many records are sound and have their line feed.
fn sound(found: &Audit) -> u64 {
    let whole = found.size - u64::from(found.tail == Tail::NoLineFeed);
    found.error.as_ref().map_or(whole, |error| error.seq.min(whole))
}

/// Returns what is remembered of a log, where the log as it is now does not have it.
fn lost(repaired: &Audit) -> Option<Kept> {
    let id = &repaired.header.as_ref()?.log;
    anchors::load(id).ok().flatten().filter(|kept| kept.anchor().complaint(repaired).is_some())
}
