//! Folding: of a tall row only what changed is shown, with one sub-row around it.

use std::ops::Range;

/// Tells what one line of the body shows of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// This sub-row.
    SubRow(usize),
    /// A fold over these sub-rows.
    Fold(Range<usize>),
}

/// Folds a row of `count` sub-rows to those in `kept` (ascending, may overlap), the first one, and
/// so many `around` each; a single sub-row is never folded away.
#[must_use]
pub fn fold(count: usize, kept: &[Range<usize>], around: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut next = 0;
    let wide =
        |rows: &Range<usize>| rows.start.saturating_sub(around)..(rows.end + around).min(count);
    let shown = std::iter::once(0..around.min(count)).chain(kept.iter().map(wide));
    for rows in shown.chain(std::iter::once(count..count)) {
        match rows.start.saturating_sub(next) {
            0 => {}
            1 => entries.push(Entry::SubRow(next)),
            _ => entries.push(Entry::Fold(next..rows.start)),
        }
        entries.extend((rows.start.max(next)..rows.end.max(next)).map(Entry::SubRow));
        next = next.max(rows.end);
    }
    entries
}

/// Folds a row no further than so that it fills a body of `height` lines.
#[must_use]
pub fn fold_to_fill(count: usize, kept: &[Range<usize>], height: usize) -> Vec<Entry> {
    if count <= height {
        return unfolded(count);
    }
    let least = fold(count, kept, 1);
    if least.len() >= height {
        return least;
    }
    let wider = (2..=height).map(|around| fold(count, kept, around));
    wider.take_while(|entries| entries.len() <= height).last().unwrap_or(least)
}

/// Shows every sub-row.
#[must_use]
pub fn unfolded(count: usize) -> Vec<Entry> {
    (0..count).map(Entry::SubRow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: usize, kept: &[Range<usize>], shown: &str) {
        let entries = fold(count, kept, 1);
        let drawn: Vec<String> = entries
            .iter()
            .map(|entry| match entry {
                Entry::SubRow(row) => row.to_string(),
                Entry::Fold(rows) => format!("({})", rows.len()),
            })
            .collect();
        assert_eq!(drawn.join(" "), shown);
    }

    #[test]
    fn a_row_alone_fills_the_body() {
        let lines = |count, kept: &[Range<usize>]| fold_to_fill(count, kept, 19).len();
        assert_eq!(lines(19, &[]), 19);
        assert_eq!(lines(33_000, &[]), 19, "eighteen and a fold");
        assert_eq!(lines(400, std::slice::from_ref(&(200..201))), 18);
        let many: Vec<Range<usize>> = (0..90).map(|at| at * 4 + 2..at * 4 + 3).collect();
        assert_eq!(fold_to_fill(400, &many, 19), fold(400, &many, 1));
    }

    #[test]
    fn what_changed_stays_with_one_around() {
        check(10, &[], "0 (9)");
        check(10, std::slice::from_ref(&(4..5)), "0 (2) 3 4 5 (4)");
        check(10, &[2..3, 4..5], "0 1 2 3 4 5 (4)");
        check(10, std::slice::from_ref(&(3..4)), "0 1 2 3 4 (5)");
        check(10, &[0..1, 9..10], "0 1 (6) 8 9");
        check(10, &[0..6, 2..3], "0 1 2 3 4 5 6 (3)");
        check(1, &[], "0");
    }
}
