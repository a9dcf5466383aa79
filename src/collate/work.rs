//! A gap being worked out: its changes so far, and how lines add to them.

use std::ops::Range;

use crate::collate::change::{Change, Place};
use crate::collate::pair::Pairing;
use crate::collate::plan::Plan;
use crate::collate::within::{Sides, Within};
use crate::document::Text;
use crate::text::words;

/// Holds what is needed for working out gaps, kept from one to the next: most gaps are a line or
/// two, and making room would cost more than the work.
#[derive(Debug, Default)]
pub struct Buffers {
    pub(crate) changes: Vec<Change>,
    pub(crate) pairing: Pairing,
    pub(crate) within: Within,
}

/// Holds a gap being worked out.
pub(crate) struct Work<'a> {
    /// The base.
    pub(crate) base: &'a Text,
    /// The transcript.
    pub(crate) transcript: &'a Text,
    /// The changes so far, ascending, and room to find more.
    pub(crate) buffers: &'a mut Buffers,
}

impl<'a> Work<'a> {
    /// Starts without changes.
    pub(crate) fn new(plan: &'a Plan, buffers: &'a mut Buffers) -> Self {
        buffers.changes.clear();
        Self { base: &plan.base, transcript: &plan.transcript, buffers }
    }

    /// Finds the changes between one line and another.
    pub(crate) fn line(&mut self, base: usize, transcript: usize) {
        let (base, transcript) = (self.base.line(base), self.transcript.line(transcript));
        let base_end = base.start + content(self.base.slice(base.clone()));
        let transcript_end = transcript.start + content(self.transcript.slice(transcript.clone()));
        self.words(base.start..base_end, transcript.start..transcript_end);
        self.push(base_end..base.end, transcript_end..transcript.end, Place::LineEnd);
    }

    /// Finds the changes between two spans without line ends.
    pub(crate) fn words(&mut self, base: Range<usize>, transcript: Range<usize>) {
        let sides = Sides { base: self.base.as_str(), transcript: self.transcript.as_str() };
        let Buffers { within, changes, .. } = &mut *self.buffers;
        within.changes(sides, base, transcript, changes);
    }

    /// Appends a change as it is.
    pub(crate) fn push(&mut self, base: Range<usize>, transcript: Range<usize>, place: Place) {
        if !base.is_empty() || !transcript.is_empty() {
            self.buffers.changes.push(Change { base, transcript, place });
        }
    }

    /// Goes over lines without partners: blank lines are paired in order, the others stand alone.
    pub(crate) fn between(&mut self, base: Range<usize>, transcript: Range<usize>) {
        let blanks = |text: &Text, lines: &Range<usize>| -> Vec<usize> {
            lines.clone().filter(|&line| is_blank(text, line)).collect()
        };
        let (old, new) = (blanks(self.base, &base), blanks(self.transcript, &transcript));
        let (mut x, mut y) = (base.start, transcript.start);
        for (&blank_base, &blank_transcript) in old.iter().zip(&new) {
            self.extra(x..blank_base, self.transcript.line(y).start);
            self.missing(self.base.line(blank_base).start, y..blank_transcript);
            self.line(blank_base, blank_transcript);
            (x, y) = (blank_base + 1, blank_transcript + 1);
        }
        self.extra(x..base.end, self.transcript.line(y).start);
        self.missing(self.base.line(base.end).start, y..transcript.end);
    }

    /// Appends the lines that only the base has, each with the blank lines after it; they would
    /// stand at transcript byte `at`.
    pub(crate) fn extra(&mut self, lines: Range<usize>, at: usize) {
        let mut from = lines.start;
        while from < lines.end {
            let more = (from + 1..lines.end).take_while(|&line| is_blank(self.base, line)).count();
            let to = from + 1 + more;
            self.push(self.base.line(from).start..self.base.line(to).start, at..at, Place::Extra);
            from = to;
        }
    }

    /// Appends the lines that only the transcript has; they would stand at base byte `at`.
    pub(crate) fn missing(&mut self, at: usize, lines: Range<usize>) {
        for line in lines {
            self.push(at..at, self.transcript.line(line), Place::Missing);
        }
    }
}

/// Returns how long a line is without its line end.
pub(crate) fn content(line: &str) -> usize {
    let body = line.strip_suffix('\n').map_or(line, |body| body.strip_suffix('\r').unwrap_or(body));
    body.len()
}

/// Says whether a line has only blanks, by the classes of its tokens: what counts for nothing here
/// must count for nothing where its words are aligned.
pub(crate) fn is_blank(text: &Text, line: usize) -> bool {
    let line = text.slice(text.line(line));
    let content =
        line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
    content.chars().all(words::is_blank)
}
