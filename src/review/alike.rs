//! Places alike: the same change of the same word, and where both texts forgot it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::collate::fix::{FixId, Kind};
use crate::review::counts::State;
use crate::review::event::Place;
use crate::review::state::Review;

/// Holds a change folded for likeness: possessive, capitals and adjoining punctuation aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What the base has.
    pub from: String,
    /// What is proposed.
    pub to: String,
}

/// Holds the places that are like one fix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alike {
    /// Open fixes with the same change, the asked one among them, in the order of the text.
    pub open: Vec<FixId>,
    /// How many fixes with the same change are decided already.
    pub decided: usize,
    /// Where both texts keep the base's reading as a whole word: the corrector forgot them.
    pub forgotten: Vec<Range<usize>>,
}

impl Alike {
    /// Counts the other places: what a person is told before asking for the list.
    #[must_use]
    pub fn others(&self) -> usize {
        (self.open.len() + self.decided).saturating_sub(1)
    }
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
fn core(reading: &str) -> String {
    let word = reading.trim_matches(|letter: char| !letter.is_alphanumeric());
    let word = ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    word.to_lowercase()
}

/// Says whether a change touches digits: such places are never ticked beforehand.
#[must_use]
pub fn touches_digits(change: &Change) -> bool {
    change.from.chars().chain(change.to.chars()).any(char::is_numeric)
}

/// Finds the fixes with the same change, without the places that both texts forgot: one pass over
/// the known fixes.
#[must_use]
pub fn like_fixes(review: &Review, id: FixId) -> Alike {
    let of = |id: FixId| {
        let kind = review.collation().fix(id).kind;
        change(review.base_reading(id), review.proposed(id), kind)
    };
    let (wanted, kind) = (of(id), review.collation().fix(id).kind);
    let mut alike = Alike::default();
    for other in review.collation().fixes() {
        let fix = review.collation().fix(other);
        let near = fix.kind == kind || (kind >= Kind::LookAlike && fix.kind >= Kind::LookAlike);
        if near && of(other) == wanted {
            match review.state(other) {
                State::Open => alike.open.push(other),
                _ => alike.decided += 1,
            }
        }
    }
    alike
}

/// Finds the places alike, those that both texts forgot among them: passes over the fixes and the
/// base.
#[must_use]
pub fn alike(review: &Review, id: FixId) -> Alike {
    let mut alike = like_fixes(review, id);
    let kind = review.collation().fix(id).kind;
    let wanted = change(review.base_reading(id), review.proposed(id), kind);
    if wanted.from.chars().all(char::is_alphanumeric) && !wanted.from.is_empty() {
        alike.forgotten = forgotten(review, &wanted);
    }
    alike
}

/// Finds the whole words of the base that read `from` where no fix and no decision is.
fn forgotten(review: &Review, wanted: &Change) -> Vec<Range<usize>> {
    let base = review.base();
    let mut found = Vec::new();
    for line in 0..base.line_count() {
        let span = base.line(line);
        let text = base.slice(span.clone());
        if !may_hold(text, &wanted.from) {
            continue;
        }
        for (at, word) in text.unicode_word_indices() {
            let from = core(word);
            let start = span.start + at;
            let place = Place::new(start..start + word.len(), 0);
            let free = || {
                review.fixes_over(place).next().is_none()
                    && review.ledger().standing_over(place).next().is_none()
            };
            if from == wanted.from && free() {
                found.push(start..start + word.len());
            }
        }
    }
    found
}

/// Rules out lines quickly: the word's last letters must be there in some case.
fn may_hold(line: &str, word: &str) -> bool {
    let tail: String = word.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    line.contains(&tail) || line.to_lowercase().contains(&tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_leaves_possessive_capital_and_punctuation_aside() {
        let fold = |base, proposed| change(base, proposed, Kind::Name);
        let name = fold("Kumetssov", "Kuznetsov");
        assert_eq!(fold("Kumetssov's", "Kuznetsov's"), name);
        assert_eq!(fold("(KUMETSSOV,", "KUZNETSOV,"), name);
        assert_ne!(fold("Kumetssow", "Kuznetsov"), name);
        let stop = change("us...", "us.", Kind::Punctuation);
        assert_eq!((stop.from.as_str(), stop.to.as_str()), ("us...", "us."));
        assert!(touches_digits(&change("1963", "1968", Kind::Digit)));
    }
}
