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
/// one around each; a single sub-row is never folded away.
#[must_use]
pub fn fold(count: usize, kept: &[Range<usize>]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut next = 0;
    let around = std::iter::once(0..1)
        .chain(kept.iter().map(|rows| rows.start.saturating_sub(1)..(rows.end + 1).min(count)));
    for rows in around.chain(std::iter::once(count..count)) {
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

/// Shows every sub-row.
#[must_use]
pub fn unfolded(count: usize) -> Vec<Entry> {
    (0..count).map(Entry::SubRow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: usize, kept: &[Range<usize>], shown: &str) {
        let entries = fold(count, kept);
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
