//! Extended grapheme clusters: where they start and end. Nothing here measures or shows them.

use unicode_segmentation::UnicodeSegmentation;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slowly(text: &str) -> Vec<u32> {
        text.grapheme_indices(true).map(|(at, cluster)| (at + cluster.len()) as u32).collect()
    }

    proptest! {
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
