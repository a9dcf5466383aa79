//! The differing grapheme clusters inside one fix, worked out when they are drawn.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text::graphemes::cluster_ends;

/// From this many clusters on, the diff may miss the shortest script.
const EXACT: usize = 4_000;

/// Returns what differs between two readings of a fix, cluster by cluster: byte ranges into both,
/// ascending; what lies between them is equal.
#[must_use]
pub fn marks(base: &str, proposed: &str) -> Vec<(Range<usize>, Range<usize>)> {
    if let Some(found) = one_mark(base.as_bytes(), proposed.as_bytes()) {
        return found;
    }
    by_clusters(base, proposed)
}

/// Finds what differs between two ASCII readings where it is one stretch without anything in
/// common, which most misread words are.
fn one_mark(base: &[u8], proposed: &[u8]) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    // CR LF is the only cluster of two ASCII characters.
    let plain = |text: &[u8]| text.is_ascii() && !text.contains(&b'\r');
    if !plain(base) || !plain(proposed) {
        return None;
    }
    let head = base.iter().zip(proposed).take_while(|(x, y)| x == y).count();
    let (x, y) = (&base[head..], &proposed[head..]);
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&x[..x.len() - tail], &y[..y.len() - tail]);
    let apart = x.len() * y.len() <= 16 && !x.iter().any(|byte| y.contains(byte));
    let mark = (head..head + x.len(), head..head + y.len());
    let some = !x.is_empty() || !y.is_empty();
    apart.then(|| some.then_some(mark).into_iter().collect())
}

fn by_clusters(base: &str, proposed: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let (old_ends, new_ends) = (ends(base), ends(proposed));
    let (old, new) = (slices(base, &old_ends), slices(proposed, &new_ends));
    let exact = old.len() + new.len() <= EXACT;
    let algorithm = if exact { Algorithm::RawMyers } else { Algorithm::Myers };
    let byte = |ends: &[u32], cluster: usize| {
        cluster.checked_sub(1).map_or(0, |before| ends[before] as usize)
    };
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for op in capture_diff_slices(algorithm, &old, &new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (x, y) = (op.old_range(), op.new_range());
        let old = byte(&old_ends, x.start)..byte(&old_ends, x.end);
        let new = byte(&new_ends, y.start)..byte(&new_ends, y.end);
        match found.last_mut() {
            Some(last) if last.0.end == old.start && last.1.end == new.start => {
                last.0.end = old.end;
                last.1.end = new.end;
            }
            _ => found.push((old, new)),
        }
    }
    found
}

fn ends(text: &str) -> Vec<u32> {
    let mut ends = Vec::new();
    cluster_ends(text, 0, &mut ends);
    ends
}

fn slices<'a>(text: &'a str, ends: &[u32]) -> Vec<&'a str> {
    let starts = std::iter::once(&0).chain(ends);
    starts.zip(ends).map(|(&start, &end)| &text[start as usize..end as usize]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_marks_no_more(base in "[abc\r\n]{0,6}", proposed in "[abcd\r\n]{0,6}") {
            if let Some(found) = one_mark(base.as_bytes(), proposed.as_bytes()) {
                let size = |marks: &[(Range<usize>, Range<usize>)]| {
                    marks.iter().map(|(x, y)| x.len() + y.len()).sum::<usize>()
                };
                prop_assert_eq!(size(&found), size(&by_clusters(&base, &proposed)));
                let (mut x, mut y) = (0, 0);
                for (old, new) in found {
                    prop_assert_eq!(&base[x..old.start], &proposed[y..new.start]);
                    (x, y) = (old.end, new.end);
                }
                prop_assert_eq!(&base[x..], &proposed[y..]);
            }
        }
    }

    #[test]
    fn marks_of_words() {
        assert_eq!(marks("Kumetssov", "Kuznetsov"), [(2..3, 2..4), (5..6, 6..6)]);
        assert_eq!(marks("e\u{301}x", "ex"), [(0..3, 0..1)]);
        assert_eq!(marks("", "ab"), [(0..0, 0..2)]);
        assert!(marks("same", "same").is_empty());
    }
}
