//! The files a review is made of: an OCR text, a transcript, or a log that holds both.

use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::document::{Document, Text};
use crate::formats::page_break::{BadPattern, Edge, PageBreak};
use crate::formats::text::{self, Reading, TextError};
use crate::shell::files::{self, FileError};

/// Says why a text file could not become a document.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The pattern of page ends.
    #[error(transparent)]
    Pattern(#[from] BadPattern),
}

/// Says how to read text files: what the command line tells of them.
#[derive(Debug, Clone, Default)]
pub struct Manner {
    /// The label of their encoding, where it is not UTF-8.
    pub encoding: Option<String>,
    /// The label of the corrected text's, where it is another.
    pub transcript_encoding: Option<String>,
    /// Where pages end, beside form feeds.
    pub page_break: Option<PageBreak>,
}

impl Manner {
    /// Takes the encoding's label, or the OCR text's and the corrected text's with a comma between
    /// them, and the pattern of the last lines of pages.
    ///
    /// # Errors
    /// A pattern that is no regular expression.
    pub fn new(encoding: Option<&str>, page_break: Option<&str>) -> Result<Self, BadPattern> {
        let page_break =
            page_break.map(|pattern| PageBreak::new(pattern, Edge::End)).transpose()?;
        let (encoding, other) = match encoding.and_then(|labels| labels.split_once(',')) {
            Some((base, transcript)) => (Some(base), Some(transcript)),
            None => (encoding, None),
        };
        let owned = |label: Option<&str>| label.map(|label| label.trim().to_owned());
        Ok(Self { encoding: owned(encoding), transcript_encoding: owned(other), page_break })
    }

    /// Returns how the corrected text is read.
    #[must_use]
    pub fn of_transcript(&self) -> Self {
        let other = self.transcript_encoding.clone();
        Self { encoding: other.or_else(|| self.encoding.clone()), ..self.clone() }
    }

    /// Reads a text file; `-` is standard input.
    ///
    /// # Errors
    /// A file that cannot be read, or whose bytes are no text in the encoding.
    pub fn read(&self, path: &Path) -> Result<Document, SourceError> {
        Ok(text::read(&files::read(path)?, &self.reading(&name(path)))?)
    }

    /// Reads a text file like [`Manner::read`], for what needs neither its name nor its digest.
    ///
    /// # Errors
    /// As [`Manner::read`].
    pub fn read_text(&self, path: &Path) -> Result<Text, SourceError> {
        Ok(text::read_text(&files::read(path)?, &self.reading(&name(path)))?.0)
    }

    fn reading<'a>(&'a self, name: &'a str) -> Reading<'a> {
        let (encoding, page_break) = (self.encoding.as_deref(), self.page_break.as_ref());
        Reading { name, encoding, page_break }
    }
}

/// Returns a file's name without its folder, for people and for logs.
#[must_use]
pub fn name(path: &Path) -> String {
    if path == Path::new("-") {
        return "stdin".to_owned();
    }
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The ending of a log's name.
pub const LOG_ENDING: &str = ".recto.jsonl";

/// Says whether a file is a log: by its name, or by how it begins.
#[must_use]
pub fn is_log(path: &Path) -> bool {
    if path == Path::new("-") {
        return false;
    }
    if name(path).ends_with(LOG_ENDING) {
        return true;
    }
    let start = files::read_start(path, 256).unwrap_or_default();
    start.starts_with(b"{\"v\":") && start.windows(16).any(|it| it == b"\"kind\":\"opened\",")
}

/// Refuses to put anything in the place of a log, or of one of the texts that are worked on, even
/// where files may be replaced: a log is the only place where its decisions are.
///
/// A text is known by its name and its bytes together: an export may well have the bytes alone.
///
/// # Errors
/// [`FileError::Worked`].
pub fn spare(path: &Path, texts: &[&Document]) -> Result<(), FileError> {
    if !path.is_file() {
        return Ok(());
    }
    let is_text = |text: &&Document| {
        let same = |bytes: Vec<u8>| Digest::of(&bytes) == text.file_sha256;
        text.name == name(path) && files::read(path).is_ok_and(same)
    };
    if is_log(path) || texts.iter().any(is_text) {
        return Err(FileError::Worked(path.to_owned()));
    }
    Ok(())
}

/// Returns the document's name in the name of a log, `STEM.REVIEWER.recto.jsonl`.
#[must_use]
pub fn document_of(log: &Path) -> Option<&str> {
    let name = log.file_name()?.to_str()?.strip_suffix(LOG_ENDING)?;
    Some(name.rsplit_once('.')?.0)
}

/// Returns where the log of a base and a reviewer lies: beside it, named after both.
#[must_use]
pub fn log_beside(base: &Path, reviewer: &str) -> PathBuf {
    let mut name = base.file_stem().unwrap_or(base.as_os_str()).to_owned();
    name.push(format!(".{reviewer}{LOG_ENDING}"));
    base.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_log_lies() {
        let beside = |base: &str| log_beside(Path::new(base), "mk").display().to_string();
        assert_eq!(beside("memo.txt"), "memo.mk.recto.jsonl");
        assert_eq!(beside("/a/b/memo.ocr.txt"), "/a/b/memo.ocr.mk.recto.jsonl");
        assert_eq!(beside("memo"), "memo.mk.recto.jsonl");
        assert_eq!(beside(".txt"), ".txt.mk.recto.jsonl");
    }
}
