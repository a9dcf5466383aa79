//! The letters in which two readings differ, and whether others differ by the same.

use std::ops::Range;

use crate::collate::marks::marks;
use crate::text::graphemes::border_before;

/// Returns the differing letters of two readings, each pair once.
pub(super) fn letters(base: &str, proposed: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = marks(base, proposed)
        .into_iter()
        .map(|(one, other)| (base[one].to_owned(), proposed[other].to_owned()))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Says whether one reading is the other with just these letters put for those, each pair of them
/// at least once, and nothing else changed.
pub(super) fn differ_by(base: &str, proposed: &str, wanted: &[(String, String)]) -> bool {
    let grows = |(from, to): &(String, String)| from.len() != to.len();
    if base.len() != proposed.len() && !wanted.iter().any(grows) {
        return false;
    }
    let all = (0..wanted.len()).fold(0, |all, pair| all | bit(pair));
    let apart = wanted.iter().all(begin_apart);
    let mut walk = Walk { base, proposed, wanted, all, apart, left: STEPS };
    // Where there are too many ways to tell, the shortest one counts.
    walk.ends((0, 0), 0) || (walk.left == 0 && letters(base, proposed) == wanted)
}

/// How many steps are gone at most through two readings: each may be a call within the one before.
const STEPS: usize = 1_024;

fn bit(pair: usize) -> u64 {
    1 << pair.min(63)
}

/// Says whether letters begin otherwise than those that are put for them: then they are never where
/// two readings go on alike.
fn begin_apart((from, to): &(String, String)) -> bool {
    from.bytes().next().zip(to.bytes().next()).is_some_and(|(from, to)| from != to)
}

/// Goes through two readings side by side, here by what they share, there by letters put for others.
struct Walk<'a> {
    base: &'a str,
    proposed: &'a str,
    wanted: &'a [(String, String)],
    /// All pairs of letters, a bit each.
    all: u64,
    /// Whether all of them begin apart.
    apart: bool,
    /// How many steps may still be gone.
    left: usize,
}

impl Walk<'_> {
    /// Says whether a way leads to both ends, from bytes of both readings on and with the pairs that
    /// were met before.
    fn ends(&mut self, (mut at, mut to): (usize, usize), met: u64) -> bool {
        let (base, proposed) = (self.base.as_bytes(), self.proposed.as_bytes());
        loop {
            let Some(left) = self.left.checked_sub(1) else { return false };
            self.left = left;
            if self.apart {
                let both = base[at..].iter().zip(&proposed[to..]);
                let alike = both.take_while(|(one, other)| one == other).count();
                (at, to) = (at + alike, to + alike);
            }
            let (one, other) = (base.get(at), proposed.get(to));
            for (index, pair) in self.wanted.iter().enumerate() {
                let (from, by) = (pair.0.as_bytes(), pair.1.as_bytes());
                if (one == other && begin_apart(pair))
                    || !base[at..].starts_with(from)
                    || !proposed[to..].starts_with(by)
                {
                    continue;
                }
                let next = (at + from.len(), to + by.len());
                if self.are_letters(at..next.0, to..next.1) && self.ends(next, met | bit(index)) {
                    return true;
                }
            }
            match (one, other) {
                (None, None) => return met == self.all,
                (Some(one), Some(other)) if one == other => (at, to) = (at + 1, to + 1),
                _ => return false,
            }
        }
    }

    /// Says whether whole letters are there, with all marks above and below them.
    fn are_letters(&self, base: Range<usize>, proposed: Range<usize>) -> bool {
        let whole = |text: &str, bytes: Range<usize>| {
            text.is_ascii()
                || [bytes.start, bytes.end].into_iter().all(|at| border_before(text, at) == at)
        };
        whole(self.base, base) && whole(self.proposed, proposed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::graphemes::clusters;

    /// Tells every way letter by letter, without a bound: what [`differ_by`] says.
    fn goes(base: &[&str], proposed: &[&str], wanted: &[(Vec<&str>, Vec<&str>)], met: u64) -> bool {
        let (all, none) = ((1 << wanted.len()) - 1, base.is_empty() && proposed.is_empty());
        let same = !base.is_empty() && base.first() == proposed.first();
        (none && met == all)
            || (same && goes(&base[1..], &proposed[1..], wanted, met))
            || wanted.iter().enumerate().any(|(index, (from, to))| {
                base.starts_with(from)
                    && proposed.starts_with(to)
                    && goes(&base[from.len()..], &proposed[to.len()..], wanted, met | 1 << index)
            })
    }

    proptest! {
        #[test]
        fn letters_are_put_for_letters_in_any_way(
            base in "[ab\u{e9}e\u{301}]{0,7}",
            proposed in "[abc\u{e9}e\u{301}]{0,7}",
            asked in ("[ab]{1,3}", "[abc]{0,3}"),
        ) {
            let wanted = letters(&asked.0, &asked.1);
            prop_assume!(!wanted.is_empty());
            let in_letters = |text: &'static str| clusters(text).collect::<Vec<_>>();
            let leaked = |text: &str| in_letters(String::leak(text.to_owned()));
            let pairs: Vec<_> =
                wanted.iter().map(|(from, to)| (leaked(from), leaked(to))).collect();
            let naive = goes(&leaked(&base), &leaked(&proposed), &pairs, 0);
            prop_assert_eq!(differ_by(&base, &proposed, &wanted), naive, "{:?}", wanted);
            let own = letters(&base, &proposed);
            prop_assert!(own.is_empty() || differ_by(&base, &proposed, &own), "{:?}", own);
        }
    }

    #[test]
    fn readings_with_too_many_ways_are_told_by_the_shortest() {
        let base = "ab".repeat(3000);
        let proposed = "ba".repeat(3000);
        let own = letters(&base, &proposed);
        assert!(differ_by(&base, &proposed, &own));
        let some: Vec<_> = [("a", ""), ("", "a"), ("b", ""), ("", "b"), ("aa", "")]
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
            .to_vec();
        assert!(!differ_by(&base, &proposed, &some), "given up");
    }
}
