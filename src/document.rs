//! A document's text with its lines and pages, as data; nothing here reads files.

use std::ops::Range;
use std::sync::Arc;

use memchr::memchr_iter;

use crate::digest::Digest;

/// Holds a text of less than 4 GiB with the offsets of its lines and page ends.
///
/// Cloning is cheap: the text is shared. A line includes its line feed; a last line without one is
/// a line too. An empty text has no line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    text: Arc<str>,
    /// Where each line starts, ascending.
    lines: Arc<[u32]>,
    /// Where each page ends (exclusive byte offset, at a line border or after a form feed),
    /// ascending, the text's own end left out.
    page_ends: Arc<[u32]>,
}

/// Says that a text is too long to be addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text has {0} bytes; recto takes less than 4 GiB")]
pub struct TooLong(pub usize);

impl Text {
    /// Finds the lines of `text` and ends pages after each form feed.
    ///
    /// # Errors
    /// A text of 4 GiB or more is [`TooLong`].
    pub fn new(text: impl Into<Arc<str>>) -> Result<Self, TooLong> {
        let text: Arc<str> = text.into();
        if u32::try_from(text.len()).is_err() {
            return Err(TooLong(text.len()));
        }
        let bytes = text.as_bytes();
        let after = |at: usize| (at + 1) as u32;
        let inside = |&start: &u32| (start as usize) < bytes.len();
        // Counting first is quicker than a list that grows.
        let mut lines = Vec::with_capacity(memchr_iter(b'\n', bytes).count() + 1);
        lines.extend(std::iter::once(0).chain(memchr_iter(b'\n', bytes).map(after)).filter(inside));
        let page_ends = memchr_iter(b'\x0c', bytes).map(after).filter(inside).collect();
        Ok(Self { text, lines: lines.into(), page_ends })
    }

    /// Replaces the page ends: `ends` are byte offsets, sorted here; those outside are dropped.
    #[must_use]
    pub fn with_page_ends(mut self, ends: impl IntoIterator<Item = usize>) -> Self {
        let length = self.text.len();
        let mut ends: Vec<u32> = ends
            .into_iter()
            .filter(|&end| end > 0 && end < length && self.text.is_char_boundary(end))
            .map(|end| end as u32)
            .collect();
        ends.sort_unstable();
        ends.dedup();
        self.page_ends = ends.into();
        self
    }

    /// Returns the whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the bytes of `range`, which must lie on character borders.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &str {
        &self.text[range]
    }

    /// Returns the length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Says whether there is no byte at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns how many lines there are.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Returns the byte range of line `index` (from 0), its line feed included.
    ///
    /// An index past the end gives the empty range at the text's end.
    #[must_use]
    pub fn line(&self, index: usize) -> Range<usize> {
        let at = |i: usize| self.lines.get(i).map_or(self.text.len(), |&start| start as usize);
        at(index)..at(index + 1)
    }

    /// Returns each line with where it starts.
    pub fn each_line(&self) -> impl Iterator<Item = (usize, &str)> {
        (0..self.lines.len()).map(|index| {
            let line = self.line(index);
            (line.start, &self.text[line])
        })
    }

    /// Returns the index (from 0) of the line that holds byte `offset`.
    ///
    /// The text's end belongs to the last line, unless that line ends in a line feed: then it is
    /// one past the last.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        if offset >= self.text.len() {
            let open = !self.text.is_empty() && !self.text.ends_with('\n');
            return self.lines.len() - usize::from(open);
        }
        self.lines.partition_point(|&start| start as usize <= offset) - 1
    }

    /// Returns the page ends: ascending byte offsets, the text's own end left out.
    #[must_use]
    pub fn page_ends(&self) -> &[u32] {
        &self.page_ends
    }

    /// Returns how many pages there are; an empty text has one.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.page_ends.len() + 1
    }

    /// Returns the page (from 1) that holds byte `offset`.
    #[must_use]
    pub fn page_of(&self, offset: usize) -> usize {
        self.page_ends.partition_point(|&end| end as usize <= offset) + 1
    }

    /// Returns the page (from 1) of a line that starts at byte `offset`: a form feed that the line
    /// begins with ends the page before, and what people read of the line is on the next one.
    #[must_use]
    pub fn page_of_line(&self, offset: usize) -> usize {
        let line = &self.text[offset..];
        let feeds = line.len() - line.trim_start_matches('\u{c}').len();
        self.page_of(offset + feeds)
    }

    /// Returns the byte range of page `page` (from 1).
    #[must_use]
    pub fn page(&self, page: usize) -> Range<usize> {
        let end = |i: usize| match i.checked_sub(1) {
            None => 0,
            Some(i) => self.page_ends.get(i).map_or(self.text.len(), |&end| end as usize),
        };
        end(page.saturating_sub(1))..end(page)
    }
}

/// Holds a named text as a reader of some format gave it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file's name without its folder, for people.
    pub name: String,
    /// The reader and its version: `text`, `hocr-1`, ...
    pub format: String,
    /// The encoding it was decoded from, where it was not UTF-8.
    pub encoding: Option<String>,
    /// The digest of the file's bytes as they are on disk.
    pub file_sha256: Digest,
    /// The text.
    pub text: Text,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_pages() {
        let text = Text::new("ab\n\nc\x0cd").expect("short");
        assert_eq!(text.line_count(), 3);
        assert_eq!((text.line(0), text.line(1), text.line(2)), (0..3, 3..4, 4..7));
        assert_eq!(text.line(9), 7..7);
        assert_eq!([0, 2, 3, 4, 6, 7].map(|at| text.line_of(at)), [0, 0, 1, 2, 2, 2]);
        assert_eq!((text.page_count(), text.page(1), text.page(2)), (2, 0..6, 6..7));
        assert_eq!((text.page_of(5), text.page_of(6)), (1, 2));
        let text = Text::new("a\n\u{c}b\n\u{c}\u{c}c".to_owned()).expect("short");
        let pages: Vec<usize> =
            (0..3).map(|line| text.page_of_line(text.line(line).start)).collect();
        assert_eq!(pages, [1, 2, 4]);
        let empty = Text::new("").expect("short");
        assert_eq!((empty.line_count(), empty.line_of(0), empty.page(1)), (0, 0, 0..0));
        let ended = Text::new("a\n").expect("short");
        assert_eq!((ended.line_of(1), ended.line_of(2)), (0, 1));
    }
}
