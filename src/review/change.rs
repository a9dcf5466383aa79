//! A change as it is compared with others: possessive, capitals and adjoining punctuation aside.

use std::collections::HashMap;
use std::ops::Range;

use crate::collate::fix::Kind;
use crate::collate::mixing::Mixing;

/// Holds a change folded for likeness: possessive, capitals and adjoining punctuation aside.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Change {
    /// What the base has.
    pub from: String,
    /// What is proposed.
    pub to: String,
}

/// Folds a change for likeness.
#[must_use]
pub fn change(base: &str, proposed: &str, kind: Kind) -> Change {
    let exact = || Change { from: base.to_owned(), to: proposed.to_owned() };
    let of_words = matches!(kind, Kind::Word | Kind::Name | Kind::LookAlike | Kind::Diacritic);
    if !of_words {
        return exact();
    }
    let change = Change { from: core(base), to: core(proposed) };
    if change.from == change.to || change.from.is_empty() { exact() } else { change }
}

/// Returns a word without adjoining punctuation and possessive, in lower case.
pub(super) fn core(reading: &str) -> String {
    reading[core_span(reading)].to_lowercase()
}

/// Returns where a word lies in a reading, adjoining punctuation and possessive left out.
pub(super) fn core_span(reading: &str) -> Range<usize> {
    let is_mark = |letter: char| !letter.is_alphanumeric();
    let start = reading.len() - reading.trim_start_matches(is_mark).len();
    let word = reading[start..].trim_end_matches(is_mark);
    let word =
        ["'s", "’s", "'S", "’S"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    start..start + word.len()
}

/// Returns a reading as it is compared: a word by its core, anything else as it is.
pub(super) fn folded(reading: &str) -> String {
    let core = core(reading);
    if core.is_empty() { reading.to_owned() } else { core }
}

/// Returns what stands for all kinds that may be one change: of words, how they differ tells.
pub(super) fn class(kind: Kind) -> Kind {
    kind.min(Kind::LookAlike)
}

/// Knows how often each change is proposed, so that a frame needs no pass over all fixes.
#[derive(Debug, Default)]
pub(super) struct Tally(HashMap<Kind, HashMap<Change, usize, Mixing>, Mixing>);

impl Tally {
    /// Counts changes: each with its kind, what the base has and what is proposed.
    pub(super) fn of<'a>(changes: impl Iterator<Item = (Kind, &'a str, &'a str)>) -> Self {
        let mut counts: HashMap<Kind, HashMap<_, _, Mixing>, _> = HashMap::with_hasher(Mixing);
        for (kind, base, proposed) in changes {
            let change = change(base, proposed, kind);
            let of_class =
                counts.entry(class(kind)).or_insert_with(|| HashMap::with_hasher(Mixing));
            *of_class.entry(change).or_default() += 1;
        }
        Self(counts)
    }

    /// Returns how often a change of such a kind is proposed.
    pub(super) fn count(&self, kind: Kind, change: &Change) -> usize {
        self.0.get(&class(kind)).and_then(|of_class| of_class.get(change)).copied().unwrap_or(0)
    }
}
