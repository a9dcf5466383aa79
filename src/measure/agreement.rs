//! How far two reviewers of one collation agree, fix by fix, and how much of it is chance.

use std::collections::BTreeMap;

use crate::collate::fix::{FixId, Kind};
use crate::review::counts::State;
use crate::review::state::Review;

/// How many categories a decided fix can be in: the base's reading, the proposed, another.
const CATEGORIES: usize = 3;

/// Counts the fixes that both reviewers decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many there are.
    pub n: usize,
    /// How many stand alike in both.
    pub agreed: usize,
    /// How many each reviewer put into each category.
    marginals: [[usize; CATEGORIES]; 2],
}

impl Tally {
    fn add(&mut self, categories: [usize; 2], alike: bool) {
        self.n += 1;
        self.agreed += usize::from(alike);
        for (marginals, category) in self.marginals.iter_mut().zip(categories) {
            marginals[category] += 1;
        }
    }

    /// Returns the share that stands alike; none of nothing.
    #[must_use]
    pub fn raw(&self) -> Option<f64> {
        (self.n > 0).then(|| self.agreed as f64 / self.n as f64)
    }

    /// Returns Cohen's kappa: the share of what chance leaves over that stands alike. None where
    /// there is nothing, or where chance leaves nothing: both put everything into one category.
    ///
    /// Two other readings are one category to chance, but stand alike only where they are equal.
    #[must_use]
    pub fn kappa(&self) -> Option<f64> {
        let n = self.n as f64;
        let [first, second] = &self.marginals;
        let chance: usize = first.iter().zip(second).map(|(first, second)| first * second).sum();
        let chance_is_all = chance == self.n * self.n;
        let chance = chance as f64 / (n * n);
        self.raw().filter(|_| !chance_is_all).map(|raw| (raw - chance) / (1.0 - chance))
    }
}

/// Holds the agreement of two reviewers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agreement {
    /// Over all fixes that both decided.
    pub all: Tally,
    /// Kind by kind.
    pub by_kind: BTreeMap<Kind, Tally>,
    /// Page by page, from 1.
    pub by_page: BTreeMap<usize, Tally>,
    /// The fixes that the second left open and the first decided, and the other way round.
    pub left_open: [Vec<FixId>; 2],
}

/// Compares two reviews of one collation. Line ends that are one class (a reflow) are left out, as
/// they are of all counts: they are decided at one stroke.
#[must_use]
pub fn agreement(first: &Review, second: &Review) -> Agreement {
    let mut agreement = Agreement::default();
    for id in first.collation().fixes().filter(|&id| !first.in_class(id)) {
        let states = [first.state(id), second.state(id)];
        match states.map(category) {
            [None, None] => {}
            [None, Some(_)] => agreement.left_open[0].push(id),
            [Some(_), None] => agreement.left_open[1].push(id),
            [Some(ours), Some(theirs)] => {
                let other = ours == theirs && states[0] == State::Edited;
                let alike = ours == theirs && (!other || same_text(first, second, id));
                let kind = first.collation().fix(id).kind;
                let page = first.base().page_of(first.place(id).start);
                let by_kind = agreement.by_kind.entry(kind).or_default();
                let by_page = agreement.by_page.entry(page).or_default();
                for tally in [&mut agreement.all, by_kind, by_page] {
                    tally.add([ours, theirs], alike);
                }
            }
        }
    }
    agreement
}

fn category(state: State) -> Option<usize> {
    match state {
        State::Rejected => Some(0),
        State::Accepted => Some(1),
        State::Edited => Some(2),
        State::Open | State::Disputed => None,
    }
}

/// Says whether two reviews have the same text over a fix and all that hangs on it in either.
fn same_text(first: &Review, second: &Review, id: FixId) -> bool {
    let place = first.place(id);
    let spans = [first.run(place).span, second.run(place).span];
    let span = spans[0].start.min(spans[1].start)..spans[0].end.max(spans[1].end);
    first.ledger().text(span.clone()) == second.ledger().text(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tallies fixes by what two reviewers made of them: `bb pb pp oo o!`, `!` for another reading.
    fn tally(fixes: &str) -> Tally {
        let mut tally = Tally::default();
        for fix in fixes.split_whitespace() {
            let category = |letter| "bpo".find(letter).unwrap_or(2);
            let letters: Vec<char> = fix.chars().collect();
            let categories = [category(letters[0]), category(letters[1])];
            tally.add(categories, letters[0] == letters[1]);
        }
        tally
    }

    #[track_caller]
    fn check(fixes: &str, raw: Option<f64>, kappa: Option<f64>) {
        let tally = tally(fixes);
        let near = |found: Option<f64>, wanted: Option<f64>| match (found, wanted) {
            (Some(found), Some(wanted)) => (found - wanted).abs() < 1e-9,
            (found, wanted) => found == wanted,
        };
        assert!(near(tally.raw(), raw), "{fixes}: raw {:?}", tally.raw());
        assert!(near(tally.kappa(), kappa), "{fixes}: kappa {:?}", tally.kappa());
    }

    #[test]
    fn nothing_and_one_category_have_no_kappa() {
        check("", None, None);
        check("pp", Some(1.0), None);
        check("bb bb bb", Some(1.0), None);
        // Both put all into "other", whatever the readings are.
        check("oo o!", Some(0.5), None);
    }

    #[test]
    fn kappa_takes_chance_off() {
        check("pp bb", Some(1.0), Some(1.0));
        check("pb bp", Some(0.0), Some(-1.0));
        check("pp pb bp bb", Some(0.5), Some(0.0));
        // One reviewer accepts everything: what they share is chance.
        check("pp pp pp pb", Some(0.75), Some(0.0));
        // Ten, eight alike; 6+4 and 6+4 give chance 0.52.
        check("pp pp pp pp pp bb bb bb pb bp", Some(0.8), Some((0.8 - 0.52) / 0.48));
        check("pp bb oo o!", Some(0.75), Some((0.75 - 0.375) / 0.625));
    }
}
