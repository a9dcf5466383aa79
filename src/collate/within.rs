//! The changes within a line: word by word, each as one thing that a person decides.

use std::ops::Range;

use crate::collate::change::{Change, Place};
use crate::collate::likeness::{ENDS, Pattern, fold_ends};
use crate::collate::steps::{Aligner, Match, Side};
use crate::text::token::{Class, Token};
use crate::text::words::tokens;

/// From this many letters on, what was skipped before a word is a decision of its own.
const MUCH: usize = 2 * ENDS;

/// Holds the buffers for finding changes within lines.
#[derive(Debug, Default)]
pub(crate) struct Within {
    tokens: [Vec<Token>; 2],
    matches: Vec<Match>,
    groups: Vec<Group>,
    pub(crate) aligner: Aligner,
    pattern: Pattern,
}

/// Holds a run of tokens that differ, by index, on both sides.
#[derive(Debug, Clone)]
struct Group {
    base: Range<usize>,
    transcript: Range<usize>,
}

/// Holds a base text and a transcript text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sides<'a> {
    /// The base.
    pub(crate) base: &'a str,
    /// The transcript.
    pub(crate) transcript: &'a str,
}

impl Within {
    /// Appends the changes between two spans without line ends.
    pub(crate) fn changes(
        &mut self,
        sides: Sides<'_>,
        base: Range<usize>,
        transcript: Range<usize>,
        out: &mut Vec<Change>,
    ) {
        if sides.base[base.clone()] == sides.transcript[transcript.clone()] {
            return;
        }
        if base.is_empty() || transcript.is_empty() {
            out.push(Change { base, transcript, place: Place::Text });
            return;
        }
        let (base, transcript) = narrowed(sides, base, transcript);
        let [old, new] = &mut self.tokens;
        old.clear();
        new.clear();
        tokens(&sides.base[base.clone()], base.start, old);
        tokens(&sides.transcript[transcript.clone()], transcript.start, new);
        let (old, new) = (
            Side { text: sides.base, tokens: &self.tokens[0] },
            Side { text: sides.transcript, tokens: &self.tokens[1] },
        );
        self.matches.clear();
        self.aligner.align(old, new, &mut self.matches);
        self.groups.clear();
        let mut grouping = Grouping {
            old,
            new,
            matches: &self.matches,
            groups: &mut self.groups,
            pattern: &mut self.pattern,
        };
        grouping.run();
        let edge = |tokens: &[Token], at: usize, start: usize| {
            at.checked_sub(1).map_or(start, |before| tokens[before].end as usize)
        };
        out.extend(self.groups.iter().map(|group| Change {
            base: edge(&self.tokens[0], group.base.start, base.start)
                ..edge(&self.tokens[0], group.base.end, base.start),
            transcript: edge(&self.tokens[1], group.transcript.start, transcript.start)
                ..edge(&self.tokens[1], group.transcript.end, transcript.start),
            place: Place::Text,
        }));
    }
}

/// Leaves out the equal words at both ends of two spans, all but one each: most lines have one
/// misread word, and the tokens of the others would be equal anyway.
fn narrowed(
    sides: Sides<'_>,
    base: Range<usize>,
    transcript: Range<usize>,
) -> (Range<usize>, Range<usize>) {
    let (old, new) = (&sides.base[base.clone()], &sides.transcript[transcript.clone()]);
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let same = old.iter().zip(new).take_while(|(x, y)| x == y).count();
    // A token ends for certain between a blank and a letter that no mark can be.
    let begins = |at: &usize| old[at - 1] == b' ' && old[*at].is_ascii_alphanumeric();
    let head = (1..same).rev().find(begins).unwrap_or(0);
    let rest = (&old[head..], &new[head..]);
    let same = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(|(x, y)| x == y).count();
    let ends = |at: &usize| old[at - 1].is_ascii_alphanumeric() && old[*at] == b' ';
    let tail = (old.len() - same + 1..old.len()).find(ends).map_or(0, |at| old.len() - at);
    (base.start + head..base.end - tail, transcript.start + head..transcript.end - tail)
}

/// Makes groups of what differs.
struct Grouping<'a> {
    old: Side<'a>,
    new: Side<'a>,
    matches: &'a [Match],
    groups: &'a mut Vec<Group>,
    pattern: &'a mut Pattern,
}

impl Grouping<'_> {
    fn run(&mut self) {
        let mut from = (0, 0);
        let mut first = 0;
        let end = (self.old.tokens.len(), self.new.tokens.len());
        let matches = self.matches;
        for (at, found) in matches.iter().enumerate() {
            if found.equal {
                let to = (found.base as usize, found.transcript as usize);
                self.differing(from, to, &matches[first..at]);
                from = (to.0 + 1, to.1 + 1);
                first = at + 1;
            }
        }
        self.differing(from, end, &matches[first..]);
        self.take_in_touching_words();
    }

    /// Divides what lies between two equal tokens into groups; `pairs` are the unequal matches.
    fn differing(&mut self, from: (usize, usize), to: (usize, usize), pairs: &[Match]) {
        if from == to {
            return;
        }
        let mut open = Group { base: from.0..from.0, transcript: from.1..from.1 };
        for pair in pairs {
            let (x, y) = (pair.base as usize, pair.transcript as usize);
            let blank = self.old.tokens[x].class == Class::Blank;
            // What was skipped before the pair belongs to it unless a blank parts them.
            let skipped = (open.base.end..x, open.transcript.end..y);
            if blank || self.parts(&open, &skipped, (x, y)) {
                self.close_at(&mut open, (skipped.0.end, skipped.1.end));
            }
            (open.base.end, open.transcript.end) = (x + 1, y + 1);
            if blank {
                self.close_at(&mut open, (x + 1, y + 1));
            }
        }
        self.close_at(&mut open, to);
    }

    /// Says whether skipped tokens before a pair are a decision of their own.
    fn parts(
        &mut self,
        open: &Group,
        skipped: &(Range<usize>, Range<usize>),
        (x, y): (usize, usize),
    ) -> bool {
        let ends_in_blank = |side: Side, range: &Range<usize>| {
            range.end > range.start && side.tokens[range.end - 1].class == Class::Blank
        };
        let blank = ends_in_blank(self.old, &skipped.0) || ends_in_blank(self.new, &skipped.1);
        if !blank || (open.base.is_empty() && skipped.0.is_empty() && skipped.1.is_empty()) {
            return false;
        }
        let letters = self.letters(skipped.0.clone(), skipped.1.clone());
        // So much is never a part of one word; and to compare it would take its square.
        if letters > MUCH {
            return true;
        }
        let alone = self.common((x..x + 1, y..y + 1));
        let together = self.common((skipped.0.start..x + 1, skipped.1.start..y + 1));
        together < alone + letters.div_ceil(2).max(1)
    }

    fn fold_range(side: Side, range: Range<usize>) -> Vec<u8> {
        let mut folded = Vec::new();
        for token in &side.tokens[range] {
            if token.class != Class::Blank {
                fold_ends(token.of(side.text), ENDS, &mut folded);
            }
        }
        folded
    }

    fn letters(&self, base: Range<usize>, transcript: Range<usize>) -> usize {
        Self::fold_range(self.old, base).len() + Self::fold_range(self.new, transcript).len()
    }

    fn common(&mut self, (base, transcript): (Range<usize>, Range<usize>)) -> usize {
        self.pattern.set(&Self::fold_range(self.old, base));
        self.pattern.common(&Self::fold_range(self.new, transcript))
    }

    /// Ends the open group at `to` and opens the next one there.
    fn close_at(&mut self, open: &mut Group, to: (usize, usize)) {
        let group = Group { base: open.base.start..to.0, transcript: open.transcript.start..to.1 };
        *open = Group { base: to.0..to.0, transcript: to.1..to.1 };
        if !group.base.is_empty() || !group.transcript.is_empty() {
            self.groups.push(group);
        }
    }

    /// Widens groups by the equal words that they touch; groups that then meet become one.
    fn take_in_touching_words(&mut self) {
        let mut kept: Vec<Group> = Vec::with_capacity(self.groups.len());
        for at in 0..self.groups.len() {
            let mut group = self.groups[at].clone();
            let before = kept.last().map_or((0, 0), |last| (last.base.end, last.transcript.end));
            let left = self.touches_left(&group);
            let next = self.groups.get(at + 1);
            let after = next.map_or((self.old.tokens.len(), self.new.tokens.len()), |next| {
                (next.base.start, next.transcript.start)
            });
            if left && group.base.start > before.0 && group.transcript.start > before.1 {
                group.base.start -= 1;
                group.transcript.start -= 1;
            } else if left
                && self.shares_word(at, &group)
                && let Some(last) = kept.last_mut()
            {
                // The word before was taken in by the group before it: both are one.
                last.base.end = group.base.end;
                last.transcript.end = group.transcript.end;
                group = kept.pop().expect("just seen");
            }
            if self.touches_right(&group)
                && group.base.end < after.0
                && group.transcript.end < after.1
            {
                group.base.end += 1;
                group.transcript.end += 1;
            }
            kept.push(group);
        }
        *self.groups = kept;
    }

    /// Says whether group `at` lies one equal token behind the group before it.
    fn shares_word(&self, at: usize, group: &Group) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            let before = &self.groups[before];
            before.base.end + 1 == group.base.start
                && before.transcript.end + 1 == group.transcript.start
        })
    }

    fn touches_left(&self, group: &Group) -> bool {
        let Some(word) = group.base.start.checked_sub(1) else { return false };
        group.transcript.start > 0
            && self.old.tokens[word].class == Class::Word
            && (first_touches(self.old, &group.base) || first_touches(self.new, &group.transcript))
    }

    fn touches_right(&self, group: &Group) -> bool {
        let word = self.old.tokens.get(group.base.end);
        group.transcript.end < self.new.tokens.len()
            && word.is_some_and(|word| word.class == Class::Word)
            && (last_touches(self.old, &group.base) || last_touches(self.new, &group.transcript))
    }
}

fn first_touches(side: Side, range: &Range<usize>) -> bool {
    !range.is_empty() && touches(side.tokens[range.start].class)
}

fn last_touches(side: Side, range: &Range<usize>) -> bool {
    !range.is_empty() && touches(side.tokens[range.end - 1].class)
}

/// Says whether a change of such a token belongs to the word beside it.
fn touches(class: Class) -> bool {
    matches!(class, Class::Word | Class::Mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_skipped_is_compared_only_where_it_may_be_part_of_a_word() {
        let base = format!("start {}misread end", "q".repeat(90_000) + " ");
        let transcript = format!("start {}nisread end", "x y ".repeat(30_000));
        let (mut within, mut found) = (Within::default(), Vec::new());
        let sides = Sides { base: &base, transcript: &transcript };
        within.changes(sides, 0..base.len(), 0..transcript.len(), &mut found);
        assert!(!found.is_empty());
        assert!(within.pattern.len() <= MUCH + 2 * ENDS, "{}", within.pattern.len());
    }
}
