//! The reviews that were open lately, kept in the user's state directory: a comfort, never evidence.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::export::about::document_name;
use crate::review::counts::Counts;
use crate::shell::clock;
use crate::shell::files::{self, Replace};
use crate::shell::session::Session;
use crate::shell::state;

/// How many reviews are listed at most.
const LISTED: usize = 50;

/// Holds what was known of a review when it was left, or when its log began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Its log.
    pub log: PathBuf,
    /// The file name of the OCR text, which lay beside the log.
    pub base: String,
    /// The SHA-256 of that file, in hexadecimal.
    pub base_sha256: String,
    /// The file name of the corrected text.
    pub transcript: Option<String>,
    /// How many fixes were decided.
    pub decided: usize,
    /// How many there were.
    pub total: usize,
    /// Whether the document was signed.
    pub signed: bool,
    /// How long the log was, in bytes.
    pub bytes: u64,
    /// When that was, in UTC.
    pub time: String,
}

/// Holds what a review is remembered by.
#[derive(Debug, Clone)]
pub struct Memory {
    log: PathBuf,
    base: String,
    base_sha256: String,
    transcript: Option<String>,
}

impl Memory {
    /// Takes what stays the same from a session.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        Self {
            log: session.log.clone(),
            base: session.base.name.clone(),
            base_sha256: session.base.file_sha256.to_hex(),
            transcript: session.transcript.as_ref().map(|it| it.name.clone()),
        }
    }

    /// Remembers the review as it is now, if it has a log. That it cannot be remembered is no loss.
    pub fn keep(&self, counts: &Counts, signed: bool) {
        let Ok(log) = fs::canonicalize(&self.log) else { return };
        let Some(path) = place(&log) else { return };
        let recent = Recent {
            base: self.base.clone(),
            base_sha256: self.base_sha256.clone(),
            transcript: self.transcript.clone(),
            decided: counts.total() - counts.open,
            total: counts.total(),
            signed,
            bytes: fs::metadata(&log).map_or(0, |data| data.len()),
            time: clock::now(),
            log,
        };
        let json = serde_json::to_vec(&recent).expect("texts and numbers are always JSON");
        if fs::create_dir_all(files::folder(&path)).is_ok() {
            let _ = files::write(&path, &json, Replace::Yes);
        }
    }
}

/// Returns the reviews that were open lately, the latest first. What cannot be read is left out.
#[must_use]
pub fn all() -> Vec<Recent> {
    let found = state::folder("recent").and_then(|folder| fs::read_dir(folder).ok());
    let entries = found.into_iter().flatten().flatten();
    let read = |path: PathBuf| serde_json::from_slice(&fs::read(path).ok()?).ok();
    let mut all: Vec<Recent> = entries.filter_map(|entry| read(entry.path())).collect();
    all.sort_by(|one, other| other.time.cmp(&one.time).then_with(|| one.log.cmp(&other.log)));
    all.truncate(LISTED);
    all
}

/// Takes a review off the list; its files stay as they are.
pub fn forget(recent: &Recent) {
    if let Some(path) = place(&recent.log) {
        let _ = fs::remove_file(path);
    }
}

fn place(log: &Path) -> Option<PathBuf> {
    let name = Digest::of(log.as_os_str().as_encoded_bytes()).to_hex();
    Some(state::folder("recent")?.join(format!("{}.json", &name[..32])))
}

/// Returns what a review is called on the screen: its OCR text's name without the ending.
///
/// Samples are all called `base.txt`, and many others `raw.txt`: the folder tells them apart.
#[must_use]
pub fn title(log: &Path, base: &str) -> String {
    let name = document_name(base);
    let log = std::path::absolute(log).unwrap_or_default();
    let folder = log.parent().and_then(Path::file_name).map(|it| it.to_string_lossy().into_owned());
    folder.filter(|_| ["base", "raw", "ocr"].contains(&name)).unwrap_or_else(|| name.to_owned())
}
