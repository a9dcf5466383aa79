//! Which part of a long reading to show: the part that differs, with some of what is around it.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::text::visible::{Repertoire, glyphs};

/// Returns what of two readings is shown in `cells` cells each, as bytes on cluster borders.
///
/// A reading that fits is shown whole. Of one that does not, the part around where the two differ
/// is shown; the cells for an ellipsis on each side that is cut are kept free.
#[must_use]
pub fn excerpts(texts: [&str; 2], cells: usize) -> [Range<usize>; 2] {
    let alike = common_start(texts);
    let tail = common_end(texts, alike);
    // Both begin at the same letters before the difference, so that the eye can compare them.
    let differs = texts.map(|text| taken(&text[alike..text.len() - tail], cells).0);
    let room = cells.saturating_sub(2).saturating_sub(differs[0].max(differs[1]));
    let room = room.max(cells / 4);
    texts.map(|text| {
        if taken(text, cells).1 == text.len() {
            return 0..text.len();
        }
        let after = taken(&text[text.len() - tail..], room).0;
        let before = if after < room / 2 { room - after } else { room.div_ceil(2) };
        let start = alike - taken_back(&text[..alike], before);
        let left = usize::from(start > 0);
        let fits = taken(&text[start..], cells.saturating_sub(left)).1;
        if start + fits == text.len() {
            return start..text.len();
        }
        let fits = taken(&text[start..], cells.saturating_sub(left + 1)).1;
        start..start + fits
    })
}

/// Returns how many bytes both texts begin with alike, a cluster border in both.
fn common_start(texts: [&str; 2]) -> usize {
    let [one, other] = texts;
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    (0..=same).rev().find(|&at| texts.iter().all(|text| is_border(text, at))).unwrap_or(0)
}

/// Returns how many bytes both texts end with alike, after the first `start` ones.
fn common_end(texts: [&str; 2], start: usize) -> usize {
    let [one, other] = texts.map(|text| &text.as_bytes()[start..]);
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let fits = |&tail: &usize| texts.iter().all(|text| is_border(text, text.len() - tail));
    (0..=same).rev().find(fits).unwrap_or(0)
}

fn is_border(text: &str, at: usize) -> bool {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    text.is_char_boundary(at) && cursor.is_boundary(text, 0).unwrap_or(false)
}

/// Returns how many cells and bytes of whole clusters at a text's start fit into `cells` cells.
fn taken(text: &str, cells: usize) -> (usize, usize) {
    fitting(text.graphemes(true), cells)
}

/// Returns how many bytes of whole clusters at a text's end fit into `cells` cells.
fn taken_back(text: &str, cells: usize) -> usize {
    fitting(text.graphemes(true).rev(), cells).1
}

fn fitting<'a>(clusters: impl Iterator<Item = &'a str>, cells: usize) -> (usize, usize) {
    let (mut used, mut bytes) = (0, 0);
    for cluster in clusters {
        let wide: usize =
            glyphs(cluster, Repertoire::Unicode).map(|glyph| usize::from(glyph.cells)).sum();
        if used + wide > cells {
            break;
        }
        used += wide;
        bytes += cluster.len();
    }
    (used, bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::visible::width;

    fn check(texts: [&str; 2], cells: usize, shown: [&str; 2]) {
        let ranges = excerpts(texts, cells);
        let shown_ = [0, 1].map(|side| {
            let (text, range) = (texts[side], ranges[side].clone());
            let (from, to) = (range.start > 0, range.end < text.len());
            let dots = |cut: bool| if cut { "…" } else { "" };
            format!("{}{}{}", dots(from), &text[range], dots(to))
        });
        assert_eq!(shown_, shown);
    }

    #[test]
    fn a_difference_deep_in_a_long_word_is_shown() {
        check(["has", "had"], 12, ["has", "had"]);
        let long =
            "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        let misread = long.replace("werk", "wcrk");
        check([&misread, long], 16, ["…triebswcrkbauu…", "…triebswerkbauu…"]);
        let misread = long.replace("schaft", "sehaft");
        check([&misread, long], 16, ["…engesellsehaft", "…engesellschaft"]);
        let misread = long.replace("Don", "Dcn");
        check([&misread, long], 16, ["Dcnaudampfschif…", "Donaudampfschif…"]);
        check([long, ""], 12, ["Donaudampfs…", ""]);
        check(["x", long], 12, ["x", "Donaudampfs…"]);
        check(
            ["aaaaaaaaaa1bbbbbbbbbb", "aaaaaaaaaa2222222222bbbbbbbbbb"],
            12,
            ["…aa1bbbbbbb…", "…aa22222222…"],
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_fits_and_shows_a_difference(
            head in "[a-c\u{301}漢]{0,30}", tail in "[a-c\u{301}]{0,30}",
            one in "[xy]{0,9}", other in "[zw\u{301}]{1,9}", cells in 12_usize..40,
        ) {
            let texts = [format!("{head}{one}{tail}"), format!("{head}{other}{tail}")];
            let texts = [texts[0].as_str(), texts[1].as_str()];
            let ranges = excerpts(texts, cells);
            for (text, range) in texts.iter().zip(&ranges) {
                let cut = usize::from(range.start > 0) + usize::from(range.end < text.len());
                prop_assert!(width(&text[range.clone()]) + cut <= cells);
                prop_assert!(is_border(text, range.start) && is_border(text, range.end));
            }
            let whole = ranges[0].end == texts[0].len() && ranges[1].end == texts[1].len();
            let shown = [0, 1].map(|side| &texts[side][ranges[side].clone()]);
            prop_assert!(shown[0] != shown[1] || texts[0] == texts[1] || !whole, "{:?}", shown);
            if texts[0] != texts[1] {
                prop_assert_ne!(shown[0], shown[1]);
            }
        }
    }
}
