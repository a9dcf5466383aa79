//! The differing grapheme clusters inside one fix, made when it is drawn.

use std::ops::Range;

use similar::{Algorithm, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// Above this many clusters on both sides together the shortest script is not looked for.
const EXACT_CLUSTERS: usize = 4_000;

/// Returns where two readings differ, cluster by cluster: pairs of byte ranges into `base` and
/// `proposed`, ascending, with equal text between them. Either range of a pair may be empty.
#[must_use]
pub fn marks(base: &str, proposed: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let (left, right) = (clusters(base), clusters(proposed));
    let exact = left.len() + right.len() <= EXACT_CLUSTERS;
    let algorithm = if exact { Algorithm::RawMyers } else { Algorithm::Myers };
    let at = |clusters: &[(usize, &str)], whole: &str, range: Range<usize>| {
        let offset = |i: usize| clusters.get(i).map_or(whole.len(), |&(at, _)| at);
        offset(range.start)..offset(range.end)
    };
    capture_diff_slices(algorithm, &texts(&left), &texts(&right))
        .into_iter()
        .filter(|op| op.tag() != similar::DiffTag::Equal)
        .map(|op| (at(&left, base, op.old_range()), at(&right, proposed, op.new_range())))
        .collect()
}

fn texts<'a>(clusters: &[(usize, &'a str)]) -> Vec<&'a str> {
    clusters.iter().map(|&(_, text)| text).collect()
}

fn clusters(text: &str) -> Vec<(usize, &str)> {
    text.grapheme_indices(true).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_lie_on_cluster_borders() {
        assert_eq!(marks("Kumetssov", "Kuznetsov"), [(2..3, 2..4), (5..6, 6..6)]);
        assert_eq!(marks("cafe\u{301}", "café"), [(3..6, 3..5)]);
        assert_eq!(marks("", "a\n"), [(0..0, 0..2)]);
    }
}
