//! Extended grapheme clusters: where they start and end. Nothing here measures or shows them.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Appends the byte offset at which each cluster of `text` ends, moved on by `offset`.
pub fn cluster_ends(text: &str, offset: usize, ends: &mut Vec<u32>) {
    let bytes = text.as_bytes();
    if text.is_ascii() {
        for (at, pair) in bytes.iter().enumerate() {
            // CR LF is the only cluster of two ASCII characters.
            if *pair != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
                ends.push((offset + at + 1) as u32);
            }
        }
        return;
    }
    ends.extend(
        text.grapheme_indices(true).map(|(at, cluster)| (offset + at + cluster.len()) as u32),
    );
}

/// Returns the clusters of `text`, in order.
pub fn clusters(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.graphemes(true)
}

/// Returns the last cluster border at or before byte `at`, looking around it only.
#[must_use]
pub fn border_before(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
        _ => at,
    }
}

/// Returns the first cluster border at or after byte `at`, looking around it only.
#[must_use]
pub fn border_after(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slowly(text: &str) -> Vec<u32> {
        text.grapheme_indices(true).map(|(at, cluster)| (at + cluster.len()) as u32).collect()
    }

    proptest! {
        #[test]
        fn borders_around_a_byte_are_borders(text in "[ae\u{301}\u{200d}👩🇦\r\nक\u{94d}]{0,12}", at in 0_usize..40) {
            let mut borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            borders.push(text.len());
            let at = at.min(text.len());
            let before = borders.iter().rev().find(|&&border| border <= at);
            prop_assert_eq!(Some(&border_before(&text, at)), before);
            let after = borders.iter().find(|&&border| border >= at);
            prop_assert_eq!(Some(&border_after(&text, at)), after);
        }

        #[test]
        fn the_short_way_for_ascii_is_right(text in "[ -~\r\n\t\x00\x0c]{0,40}") {
            let mut ends = Vec::new();
            cluster_ends(&text, 0, &mut ends);
            prop_assert_eq!(ends, slowly(&text));
        }
    }

    #[test]
    fn offsets_are_moved_on() {
        let mut ends = Vec::new();
        cluster_ends("e\u{301}x", 10, &mut ends);
        assert_eq!(ends, [13, 14]);
    }
}
