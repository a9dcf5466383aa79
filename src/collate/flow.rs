//! Lines joined, split or reflowed: words aligned across line ends, line ends put in their place.

use std::ops::Range;

use crate::collate::change::Place;
use crate::collate::steps::{Aligner, Match, Side};
use crate::collate::work::{Work, is_blank};
use crate::document::Text;
use crate::text::graphemes::cluster_ends;
use crate::text::words::{Class, Token, tokens};

/// The most cells for finding a line end's place among words that differ.
const CELLS: usize = 1_000_000;

/// Holds a line end with the blanks around it and what answers it on the other side.
#[derive(Debug, Clone)]
struct Cut {
    base: Range<usize>,
    transcript: Range<usize>,
}

/// Holds one side: its text, its words and the places of its line ends among them.
struct Words<'a> {
    text: &'a Text,
    span: Range<usize>,
    tokens: Vec<Token>,
    /// Before which tokens a line end stands.
    ends: Vec<usize>,
}

impl<'a> Words<'a> {
    fn new(text: &'a Text, lines: &[usize]) -> Self {
        let span = text.line(lines[0]).start..text.line(lines[lines.len() - 1]).end;
        let (mut found, mut ends, mut line_tokens) = (Vec::new(), Vec::new(), Vec::new());
        for &line in lines {
            if !found.is_empty() {
                ends.push(found.len());
            }
            let line = text.line(line);
            line_tokens.clear();
            tokens(text.slice(line.clone()), line.start, &mut line_tokens);
            let blank = |token: &Token| matches!(token.class, Class::Blank | Class::LineEnd);
            found.extend(line_tokens.iter().filter(|token| !blank(token)));
        }
        ends.dedup();
        ends.retain(|&end| end < found.len());
        Self { text, span, tokens: found, ends }
    }

    /// Returns the blanks and line ends before token `index`.
    fn before(&self, index: usize) -> Range<usize> {
        let start = index.checked_sub(1).map_or(self.span.start, |k| self.tokens[k].end as usize);
        let end = self.tokens.get(index).map_or(self.span.end, |token| token.start as usize);
        start..end
    }

    /// Returns the tokens that lie wholly in `span`, by index.
    fn inside(&self, span: &Range<usize>) -> Range<usize> {
        let from = self.tokens.partition_point(|token| (token.start as usize) < span.start);
        let to = self.tokens.partition_point(|token| token.end as usize <= span.end);
        from..to.max(from)
    }
}

/// Appends the changes between some lines and others, whatever their line ends.
pub(crate) fn align(work: &mut Work<'_>, base: &[usize], transcript: &[usize]) {
    let (old, new) = (Words::new(work.base, base), Words::new(work.transcript, transcript));
    let mut matches = Vec::new();
    Aligner::default().align(
        Side { text: work.base.as_str(), tokens: &old.tokens },
        Side { text: work.transcript.as_str(), tokens: &new.tokens },
        &mut matches,
    );
    keep_solid(&mut matches, &old.tokens);
    let mut cuts = all_cuts(&old, &new, &matches);
    give_lines_their_ends(work, &old, &new, &mut cuts);
    emit(work, (old.span, new.span), &cuts);
}

/// Keeps the equal words that can be relied on: long ones, and any beside another equal one.
fn keep_solid(matches: &mut Vec<Match>, tokens: &[Token]) {
    matches.retain(|found| found.equal);
    let beside = |one: &Match, other: &Match| {
        one.base + 1 == other.base && one.transcript + 1 == other.transcript
    };
    let solid: Vec<bool> = (0..matches.len())
        .map(|at| {
            let token = tokens[matches[at].base as usize];
            (token.class == Class::Word && token.end - token.start > 2)
                || at.checked_sub(1).is_some_and(|k| beside(&matches[k], &matches[at]))
                || matches.get(at + 1).is_some_and(|next| beside(&matches[at], next))
        })
        .collect();
    let mut solid = solid.into_iter();
    matches.retain(|_| solid.next() == Some(true));
}

/// Finds the place of every line end of both sides, in order, the two edges too.
fn all_cuts(old: &Words, new: &Words, matches: &[Match]) -> Vec<Cut> {
    let pairs: Vec<(usize, usize)> =
        matches.iter().map(|found| (found.base as usize, found.transcript as usize)).collect();
    let edge = |index: fn(&Words) -> usize| Cut {
        base: old.before(index(old)),
        transcript: new.before(index(new)),
    };
    let (head, tail) = (edge(|_| 0), edge(|words| words.tokens.len()));
    let limits = (head.base.end..tail.base.start, head.transcript.end..tail.transcript.start);
    let by_base: Vec<Cut> = cuts((old, limits.0.clone()), (new, limits.1.clone()), &pairs)
        .into_iter()
        .map(|(base, transcript)| Cut { base, transcript })
        .collect();
    let swapped: Vec<(usize, usize)> = pairs.iter().map(|&(x, y)| (y, x)).collect();
    let mut all = Vec::with_capacity(by_base.len() + 2);
    let mut from = (head.base.end, head.transcript.end);
    all.push(head);
    for cut in by_base.into_iter().chain([tail]) {
        let within = (from.0..cut.base.start, from.1..cut.transcript.start);
        let found = cuts((new, within.1), (old, within.0), &swapped);
        all.extend(found.into_iter().map(|(transcript, base)| Cut { base, transcript }));
        from = (cut.base.end, cut.transcript.end);
        all.push(cut);
    }
    all
}

/// Finds where the line ends of `one` within its limits fall in `other` within its limits.
fn cuts(
    (one, limits): (&Words, Range<usize>),
    (other, other_limits): (&Words, Range<usize>),
    pairs: &[(usize, usize)],
) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (inside, other_inside) = (one.inside(&limits), other.inside(&other_limits));
    let low = pairs.partition_point(|pair| pair.0 < inside.start || pair.1 < other_inside.start);
    let high = pairs.partition_point(|pair| pair.0 < inside.end && pair.1 < other_inside.end);
    let pairs = &pairs[low..high.max(low)];
    let first = one.ends.partition_point(|&end| one.before(end).start < limits.start);
    for &end in &one.ends[first..] {
        let blanks = one.before(end);
        if blanks.end > limits.end {
            break;
        }
        let after = pairs.partition_point(|pair| pair.0 < end);
        let mut low = (limits.start, other_limits.start);
        if let Some(&(x, y)) = after.checked_sub(1).map(|before| &pairs[before]) {
            low = (one.tokens[x].end as usize, other.tokens[y].end as usize);
        }
        if let Some(last) = found.last() {
            low = (low.0.max(last.0.end), low.1.max(last.1.end));
        }
        let high = pairs.get(after).map_or((limits.end, other_limits.end), |&(x, y)| {
            (one.tokens[x].start as usize, other.tokens[y].start as usize)
        });
        let place = place(
            one.text.slice(low.0.min(blanks.start)..blanks.start),
            one.text.slice(blanks.end..high.0.max(blanks.end)),
            (other.text, low.1..high.1),
        );
        let start = hyphen_before((one, end), (other, &place), low.0).unwrap_or(blanks.start);
        found.push((start..blanks.end, place));
    }
    found
}

/// Returns where a line-end hyphen starts that the other side does not have.
fn hyphen_before(
    (one, end): (&Words, usize),
    (other, place): (&Words, &Range<usize>),
    low: usize,
) -> Option<usize> {
    let mark = one.tokens[end.checked_sub(1)?];
    let hyphen = mark.of(one.text.as_str());
    let is_one =
        matches!(hyphen, "-" | "\u{ad}" | "\u{2010}" | "\u{2011}" | "¬" | "=" | "\u{2e17}");
    let kept = other.text.slice(0..place.start).ends_with(hyphen);
    let joined = !other.text.slice(place.clone()).contains('\n');
    (is_one && !kept && joined && mark.start as usize >= low).then_some(mark.start as usize)
}

/// Says whether a line ends in what may part a word.
fn ends_in_hyphen(line: &str) -> bool {
    line.ends_with(['-', '\u{ad}', '\u{2010}', '\u{2011}', '¬', '=', '\u{2e17}', '\u{2e40}'])
}

/// Finds where between `left` and `right` the other side's `span` is best cut: a run of blanks, or
/// an empty range at a cluster border.
fn place(left: &str, right: &str, (text, span): (&Text, Range<usize>)) -> Range<usize> {
    let middle = text.slice(span.clone());
    let candidates = candidates(middle, ends_in_hyphen(left));
    let best = if candidates.len() == 1 {
        0
    } else {
        let (left, right) = (tail_of(left), head_of(right));
        let clusters: Vec<char> = middle.chars().map(plain).collect();
        if (left.len() + right.len()) * clusters.len() > CELLS {
            candidates.len() * left.len() / (left.len() + right.len())
        } else {
            best_candidate(&left, &right, &clusters, &candidates)
        }
    };
    let found = &candidates[best.min(candidates.len() - 1)];
    span.start + found.bytes.start..span.start + found.bytes.end
}

/// The longest stretch on each side of a line end that is compared.
const NEAR: usize = 400;

fn tail_of(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().rev().take(NEAR).map(plain).collect();
    chars.reverse();
    chars
}

fn head_of(text: &str) -> Vec<char> {
    text.chars().take(NEAR).map(plain).collect()
}

/// Folds what recognisers mix up most: case.
fn plain(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Holds a place where a text may be cut.
struct Candidate {
    bytes: Range<usize>,
    /// Where it starts, in characters.
    chars: usize,
    bonus: usize,
}

/// Returns the places where `text` may be cut, in order: runs of blanks, borders of words, and of
/// clusters in words if a hyphen says so.
fn candidates(text: &str, in_words: bool) -> Vec<Candidate> {
    let (mut found, mut clusters) = (Vec::new(), Vec::new());
    tokens(text, 0, &mut found);
    let mut out: Vec<Candidate> = Vec::new();
    let (mut chars, mut after_blank, mut after_mark) = (0, false, false);
    // Without a hyphen at the line's end, words and their marks stay together.
    let blank = if in_words { 2 } else { 9 };
    for token in found {
        let piece = token.of(text);
        if matches!(token.class, Class::Blank | Class::LineEnd) {
            let line_end = token.class == Class::LineEnd;
            if !after_blank {
                let bonus = blank + usize::from(after_mark);
                out.push(Candidate { bytes: token.range(), chars, bonus });
            }
            let last = out.last_mut().expect("pushed with the run's first token");
            last.bytes.end = token.end as usize;
            last.bonus += if line_end { 2 } else { 0 };
        } else {
            clusters.clear();
            clusters.push(token.start);
            if in_words || token.class == Class::Glyph {
                cluster_ends(piece, token.start as usize, &mut clusters);
                clusters.pop();
            }
            for (at, &cluster) in clusters.iter().enumerate().skip(usize::from(after_blank)) {
                let chars =
                    chars + piece[..cluster as usize - token.start as usize].chars().count();
                let bytes = cluster as usize..cluster as usize;
                let edge = if chars == 0 { blank } else { 1 };
                out.push(Candidate { bytes, chars, bonus: if at == 0 { edge } else { 0 } });
            }
            after_mark = token.class == Class::Mark && !piece.starts_with(OPENING);
        }
        after_blank = matches!(token.class, Class::Blank | Class::LineEnd);
        chars += piece.chars().count();
    }
    if !after_blank {
        let bonus = blank + usize::from(after_mark);
        out.push(Candidate { bytes: text.len()..text.len(), chars, bonus });
    }
    out
}

/// Marks that belong to the word after them.
const OPENING: [char; 10] =
    ['(', '[', '{', '"', '\'', '\u{201c}', '\u{2018}', '\u{ab}', '\u{201e}', '$'];

fn best_candidate(
    left: &[char],
    right: &[char],
    middle: &[char],
    candidates: &[Candidate],
) -> usize {
    let before = common_heads(left.iter(), middle.iter());
    let after = common_heads(right.iter().rev(), middle.iter().rev());
    let lengths = (left.len() + right.len()).max(1);
    let expected = middle.len() * left.len() / lengths;
    let likely = !(left.is_empty() && right.is_empty());
    let score = |candidate: &Candidate| {
        let off = if likely { candidate.chars.abs_diff(expected) } else { 0 };
        let blanks = candidate.bytes.len().min(middle.len() - candidate.chars);
        let behind = middle.len() - candidate.chars;
        let common = before[candidate.chars] + after[behind].max(after[behind - blanks]);
        // A line that has text on this side should get some on the other.
        let starved = (!left.is_empty() && candidate.chars == 0)
            || (!right.is_empty() && candidate.chars + blanks >= middle.len());
        (4 * common + candidate.bonus) as isize - (off / 2) as isize - 3 * isize::from(starved)
    };
    let mut best = 0;
    for at in 1..candidates.len() {
        if score(&candidates[at]) > score(&candidates[best]) {
            best = at;
        }
    }
    best
}

/// Returns the length of the longest common subsequence of `one` with each head of `other`.
fn common_heads<'a>(
    one: impl Iterator<Item = &'a char>,
    other: impl Iterator<Item = &'a char> + Clone,
) -> Vec<usize> {
    let mut row = vec![0; other.clone().count() + 1];
    for x in one {
        let mut corner = 0;
        for (at, y) in other.clone().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { corner + 1 } else { above.max(row[at]) };
            corner = above;
        }
    }
    row
}

/// Moves blanks to the line end before a line that only one side has, so that its own line end is
/// left to go with it.
fn give_lines_their_ends(work: &Work<'_>, old: &Words, new: &Words, cuts: &mut [Cut]) {
    for at in (1..cuts.len()).rev() {
        let (before, here) = (cuts[at - 1].clone(), cuts[at].clone());
        let base = before.base.end..here.base.start;
        let transcript = before.transcript.end..here.transcript.start;
        let ends_line = |text: &Text, span: &Range<usize>| text.slice(span.clone()).contains('\n');
        if transcript.is_empty()
            && !base.is_empty()
            && ends_line(work.base, &here.base)
            && (ends_line(work.base, &before.base) || before.base.start == old.span.start)
            && before.transcript.is_empty()
        {
            cuts[at - 1].transcript.end = here.transcript.end;
            cuts[at].transcript.start = here.transcript.end;
        } else if base.is_empty()
            && !transcript.is_empty()
            && ends_line(work.transcript, &here.transcript)
            && (ends_line(work.transcript, &before.transcript)
                || before.transcript.start == new.span.start)
            && before.base.is_empty()
        {
            cuts[at - 1].base.end = here.base.end;
            cuts[at].base.start = here.base.end;
        }
    }
}

/// Appends the changes between the cuts and at them.
fn emit(work: &mut Work<'_>, spans: (Range<usize>, Range<usize>), cuts: &[Cut]) {
    let mut from = (spans.0.start, spans.1.start);
    for cut in cuts {
        let base = from.0..cut.base.start;
        let transcript = from.1..cut.transcript.start;
        from = (cut.base.end, cut.transcript.end);
        let cut = cut.clone();
        if transcript.is_empty() && cut.transcript.is_empty() && !base.is_empty() {
            lone_base(work, base.start..cut.base.end, transcript.start);
        } else if base.is_empty() && cut.base.is_empty() && !transcript.is_empty() {
            lone_transcript(work, base.start, transcript.start..cut.transcript.end);
        } else {
            work.words(base, transcript);
            line_end(work, cut);
        }
    }
}

/// Appends what only the base has: whole lines as lines, the rest as it is.
fn lone_base(work: &mut Work<'_>, span: Range<usize>, at: usize) {
    let text = work.base;
    let (from, to) = lines_in(text, &span);
    if text.line(from).start == span.start && to > from {
        let lines = from..to;
        for line in runs_of_lines(text, lines) {
            work.push(text.line(line.start).start..text.line(line.end).start, at..at, Place::Extra);
        }
        work.words(text.line(to).start..span.end, at..at);
    } else {
        let end = content_end(text, &span);
        work.words(span.start..end, at..at);
        line_end(work, Cut { base: end..span.end, transcript: at..at });
    }
}

/// Appends what only the transcript has: whole lines as lines, the rest as it is.
fn lone_transcript(work: &mut Work<'_>, at: usize, span: Range<usize>) {
    let text = work.transcript;
    let (from, to) = lines_in(text, &span);
    if text.line(from).start == span.start && to > from {
        for line in from..to {
            work.push(at..at, text.line(line), Place::Missing);
        }
        work.words(at..at, text.line(to).start..span.end);
    } else {
        let end = content_end(text, &span);
        work.words(at..at, span.start..end);
        line_end(work, Cut { base: at..at, transcript: end..span.end });
    }
}

/// Returns the line in which a span starts, and the one after the last that ends in it.
fn lines_in(text: &Text, span: &Range<usize>) -> (usize, usize) {
    let past = if span.end == text.len() { text.line_count() } else { text.line_of(span.end) };
    (text.line_of(span.start), past)
}

/// Returns where the blanks before the first line end of a span start; without one, its end.
fn content_end(text: &Text, span: &Range<usize>) -> usize {
    let slice = text.slice(span.clone());
    slice
        .find('\n')
        .map_or(span.end, |at| span.start + slice[..at].trim_end_matches([' ', '\t', '\r']).len())
}

/// Divides lines into runs: a line and the blank lines after it.
fn runs_of_lines(text: &Text, lines: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for line in lines {
        match runs.last_mut() {
            Some(last) if is_blank(text, line) => last.end = line + 1,
            _ => runs.push(line..line + 1),
        }
    }
    runs
}

/// Appends the changes at a line end: written otherwise, joined, split, with lines of one side.
fn line_end(work: &mut Work<'_>, cut: Cut) {
    let first = |text: &Text, span: &Range<usize>| -> Option<(usize, usize)> {
        let at = span.start + text.slice(span.clone()).find('\n')?;
        let carriage = at > span.start && text.as_str().as_bytes()[at - 1] == b'\r';
        Some((at - usize::from(carriage), at + 1))
    };
    let (base, transcript) = (cut.base, cut.transcript);
    match (first(work.base, &base), first(work.transcript, &transcript)) {
        (None, None) => work.words(base, transcript),
        (Some(old), Some(new)) => {
            work.words(base.start..old.0, transcript.start..new.0);
            work.push(old.0..old.1, new.0..new.1, Place::LineEnd);
            let lines = |text: &Text, from: usize, to: usize| {
                text.line_of(from)..text.line_of(to).max(text.line_of(from))
            };
            let (old_lines, new_lines) =
                (lines(work.base, old.1, base.end), lines(work.transcript, new.1, transcript.end));
            let old_rest = work.base.line(old_lines.end).start;
            let new_rest = work.transcript.line(new_lines.end).start;
            work.between(old_lines, new_lines);
            work.words(old_rest..base.end, new_rest..transcript.end);
        }
        (Some(old), None) => {
            let end = blank_lines_end(work.base, old.1, base.end);
            work.push(base.start..end, transcript.clone(), Place::LineEnd);
            if end < base.end {
                lone_base(work, end..base.end, transcript.end);
            }
        }
        (None, Some(new)) => {
            let end = blank_lines_end(work.transcript, new.1, transcript.end);
            work.push(base.clone(), transcript.start..end, Place::LineEnd);
            if end < transcript.end {
                lone_transcript(work, base.end, end..transcript.end);
            }
        }
    }
}

/// Returns where the blank lines from `from` on end: before a line with words, or at `to`.
fn blank_lines_end(text: &Text, from: usize, to: usize) -> usize {
    let mut line = text.line_of(from);
    while text.line(line).start < to && text.line(line).end <= to {
        if !is_blank(text, line) {
            return text.line(line).start;
        }
        if text.line(line).is_empty() {
            break;
        }
        line += 1;
    }
    to
}
