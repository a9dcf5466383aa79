//! Where a reviewer was last, kept in the user's state directory: a comfort, never evidence.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::shell::files::{self, FileError, Replace};
use crate::shell::state;

/// Holds a place in a review and how many records its log had then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// How many records the log had. With more, its last decision is the better place.
    pub records: u64,
    /// The byte of the base.
    pub at: usize,
}

/// Returns the bookmark of a log; none where there is none, or it cannot be read.
#[must_use]
pub fn load(log: &Path) -> Option<Bookmark> {
    serde_json::from_slice(&fs::read(path(log)?).ok()?).ok()
}

/// Keeps a bookmark.
///
/// # Errors
/// A state directory that cannot be written; nothing is lost by it but the place.
pub fn save(log: &Path, bookmark: Bookmark) -> Result<(), FileError> {
    let Some(path) = path(log) else { return Ok(()) };
    let folder = files::folder(&path);
    fs::create_dir_all(folder).map_err(|why| FileError::Unwritable(folder.to_owned(), why))?;
    let json = serde_json::to_vec(&bookmark).expect("two numbers are always JSON");
    files::write(&path, &json, Replace::Yes)
}

/// Returns where the bookmark of a log lies: named after the log's own place.
fn path(log: &Path) -> Option<PathBuf> {
    let place = fs::canonicalize(log).ok()?;
    let name = Digest::of(place.as_os_str().as_encoded_bytes()).to_hex();
    Some(state::folder("places")?.join(&name[..32]))
}
