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
    /// The file name of the OCR text.
    pub base: String,
    /// Where that file is, if it is known; else it lay beside the log.
    #[serde(default)]
    pub base_path: Option<PathBuf>,
    /// The SHA-256 of that file, in hexadecimal.
    pub base_sha256: String,
    /// The file name of the corrected text.
    pub transcript: Option<String>,
    /// Where that file is, if it is known; else it lay beside the log.
    #[serde(default)]
    pub transcript_path: Option<PathBuf>,
    /// How many fixes were decided.
    pub decided: usize,
    /// How many there were.
    pub total: usize,
    /// Whether the document was signed.
    pub signed: bool,
    /// How long the log was then, in bytes; 0 where not all was counted.
    pub bytes: u64,
    /// When that was, in UTC.
    pub time: String,
}

impl Recent {
    /// Returns where the file of the OCR text is, or was.
    #[must_use]
    pub fn base_file(&self) -> PathBuf {
        self.base_path.clone().unwrap_or_else(|| self.log.with_file_name(&self.base))
    }

    /// Returns where the file of the corrected text is, or was.
    #[must_use]
    pub fn transcript_file(&self) -> Option<PathBuf> {
        let beside = || Some(self.log.with_file_name(self.transcript.as_ref()?));
        self.transcript_path.clone().or_else(beside)
    }

    /// Returns what the review is called on the screen: its OCR text's file without the ending.
    ///
    /// Samples are all called `base.txt`, and many others `raw.txt`: the folder tells them apart.
    #[must_use]
    pub fn title(&self) -> String {
        let base = self.base_file();
        let file = base.file_name().unwrap_or_default().to_string_lossy();
        let name = document_name(&file);
        let base = std::path::absolute(&base).unwrap_or_default();
        let folder =
            base.parent().and_then(Path::file_name).map(|it| it.to_string_lossy().into_owned());
        let same = ["base", "raw", "ocr"].contains(&name);
        folder.filter(|_| same).unwrap_or_else(|| name.to_owned())
    }

    /// Takes in what is decided in a log of so many bytes.
    pub fn count(&mut self, counts: &Counts, signed: bool, bytes: u64) {
        self.decided = counts.total() - counts.open;
        self.total = counts.total();
        self.signed = signed;
        self.bytes = if counts.complete { bytes } else { 0 };
    }

    /// Remembers it. That it cannot be remembered is no loss.
    pub fn keep(&self) {
        let Some(path) = place(&self.log) else { return };
        let json = serde_json::to_vec(self).expect("texts and numbers are always JSON");
        if fs::create_dir_all(files::folder(&path)).is_ok() {
            let _ = files::write(&path, &json, Replace::Yes);
        }
    }
}

/// Holds what a review is remembered by.
#[derive(Debug, Clone)]
pub struct Memory(Box<Recent>);

impl Memory {
    /// Takes what stays the same from a session.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        Self(Box::new(Recent {
            log: session.log.clone(),
            base: session.base.name.clone(),
            base_path: session.base_path.clone(),
            base_sha256: session.base.file_sha256.to_hex(),
            transcript: session.transcript.as_ref().map(|it| it.name.clone()),
            transcript_path: session.transcript_path.clone(),
            decided: 0,
            total: 0,
            signed: false,
            bytes: 0,
            time: String::new(),
        }))
    }

    /// Returns what the review is called on the screen.
    #[must_use]
    pub fn title(&self) -> String {
        self.0.title()
    }

    /// Remembers the review as it is now, if it has a log.
    pub fn keep(&self, counts: &Counts, signed: bool) {
        let Ok(log) = fs::canonicalize(&self.0.log) else { return };
        let bytes = fs::metadata(&log).map_or(0, |data| data.len());
        let mut recent = Recent { log, time: clock::now(), ..(*self.0).clone() };
        recent.count(counts, signed, bytes);
        recent.keep();
    }
}

/// Returns what is remembered of the review with this log.
#[must_use]
pub fn of(log: &Path) -> Option<Recent> {
    read(&place(&fs::canonicalize(log).ok()?)?)
}

/// Returns the reviews that were open lately, the latest first. What cannot be read is left out.
#[must_use]
pub fn all() -> Vec<Recent> {
    let found = state::folder("recent").and_then(|folder| fs::read_dir(folder).ok());
    let entries = found.into_iter().flatten().flatten();
    let mut all: Vec<Recent> = entries.filter_map(|entry| read(&entry.path())).collect();
    all.sort_by(|one, other| other.time.cmp(&one.time).then_with(|| one.log.cmp(&other.log)));
    all.truncate(LISTED);
    all
}

fn read(path: &Path) -> Option<Recent> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
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
