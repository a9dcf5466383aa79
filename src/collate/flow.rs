//! Lines joined, split or reflowed: words aligned across line ends, line ends put in their place.

use std::ops::Range;

use crate::collate::change::Place;
use crate::collate::ends::place;
use crate::collate::slide::slide_to_line_ends;
use crate::collate::steps::{Match, Side};
use crate::collate::work::{Work, is_blank};
use crate::document::Text;
use crate::text::token::{Class, Token};
use crate::text::words::tokens;

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
    work.buffers.within.aligner.align(
        Side { text: work.base.as_str(), tokens: &old.tokens },
        Side { text: work.transcript.as_str(), tokens: &new.tokens },
        &mut matches,
    );
    keep_solid(&mut matches, &old.tokens);
    let mut cuts = all_cuts(&old, &new, &slid(&matches, &old, &new));
    give_lines_their_ends(work, &old, &new, &mut cuts);
    emit(work, (old.span, new.span), &cuts);
}

/// Returns pairs of equal words, so that words that one side has more are whole lines where they
/// can be.
fn slid(matches: &[Match], old: &Words, new: &Words) -> Vec<(usize, usize)> {
    let swapped = |pairs: Vec<(usize, usize)>| pairs.into_iter().map(|(x, y)| (y, x)).collect();
    let mut pairs: Vec<_> =
        matches.iter().map(|found| (found.base as usize, found.transcript as usize)).collect();
    for side in [old, new] {
        let word = |at: usize| side.tokens[at].of(side.text.as_str());
        let is_end =
            |at: usize| at == 0 || at == side.tokens.len() || side.ends.binary_search(&at).is_ok();
        slide_to_line_ends(&mut pairs, |x, y| word(x) == word(y), is_end);
        pairs = swapped(pairs);
    }
    pairs
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
fn all_cuts(old: &Words, new: &Words, pairs: &[(usize, usize)]) -> Vec<Cut> {
    let edge = |index: fn(&Words) -> usize| Cut {
        base: old.before(index(old)),
        transcript: new.before(index(new)),
    };
    let (head, tail) = (edge(|_| 0), edge(|words| words.tokens.len()));
    let limits = (head.base.end..tail.base.start, head.transcript.end..tail.transcript.start);
    let by_base: Vec<Cut> = cuts((old, limits.0.clone()), (new, limits.1.clone()), pairs)
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
