//! Hostile text in a page: escaped, its invisible characters as marked signs.

use std::fmt::{self, Write as _};
use std::ops::Range;

use crate::text::visible::{self, Repertoire};

/// Writes a name or a sentence: visible form, escaped.
#[must_use]
pub fn name(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible::escape(text).chars() {
        push(&mut out, c);
    }
    out
}

/// Tells what a line end in a text is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// A sign, and a new line after it where text follows.
    Shown,
    /// Nothing at the text's end; elsewhere as shown.
    Dropped,
}

/// Writes a text of the documents: what cannot be seen as a sign; `strong` are byte ranges that
/// are marked more strongly, ascending.
///
/// # Errors
/// Those of `out`.
pub fn text(out: &mut String, text: &str, end: LineEnd, strong: &[Range<usize>]) -> fmt::Result {
    let text = match end {
        LineEnd::Dropped => text.strip_suffix('\n').unwrap_or(text),
        LineEnd::Shown => text,
    };
    let mut strong = strong.iter().filter(|range| !range.is_empty()).peekable();
    let mut inside = false;
    let mut signs = false;
    for glyph in visible::glyphs(text, Repertoire::Unicode) {
        while strong.peek().is_some_and(|range| range.end <= glyph.bytes.start) {
            strong.next();
        }
        let wanted = strong.peek().is_some_and(|range| range.contains(&glyph.bytes.start));
        if (wanted, glyph.sign) != (inside, signs) {
            out.push_str(if signs { "</span>" } else { "" });
            out.push_str(match (inside, wanted) {
                (true, false) => "</b>",
                (false, true) => "<b>",
                _ => "",
            });
            out.push_str(if glyph.sign { "<span class=\"sign\">" } else { "" });
            (inside, signs) = (wanted, glyph.sign);
        }
        if &text[glyph.bytes.clone()] == "\n" {
            out.push('¶');
            out.push_str(if glyph.bytes.end < text.len() { "\n" } else { "" });
        } else {
            glyph.symbol.chars().for_each(|c| push(out, c));
        }
    }
    out.push_str(if signs { "</span>" } else { "" });
    out.write_str(if inside { "</b>" } else { "" })
}

fn push(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text_: &str, strong: &[Range<usize>]) -> String {
        let mut out = String::new();
        text(&mut out, text_, LineEnd::Shown, strong).expect("a string takes all");
        out
    }

    #[test]
    fn nothing_is_markup_and_nothing_is_hidden() {
        assert_eq!(written("a<b>&\"'", &[]), "a&lt;b&gt;&amp;&quot;&#39;");
        assert_eq!(
            written("x\u{202e}y\x1b", &[]),
            "x<span class=\"sign\">‹U+202E›</span>y<span class=\"sign\">␛</span>"
        );
        assert_eq!(written("abcd", &[1..2, 3..4]), "a<b>b</b>c<b>d</b>");
        assert_eq!(
            written("a\nb\n", &[]),
            "a<span class=\"sign\">¶\n</span>b<span class=\"sign\">¶</span>"
        );
        assert_eq!(
            written("\t\x07", std::slice::from_ref(&(0..1))),
            "<b><span class=\"sign\">⇥</span></b><span class=\"sign\">␇</span>"
        );
    }

    proptest! {
        #[test]
        fn tags_are_balanced(text: String, from in 0usize..9, to in 0usize..9) {
            let border = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
            let shown = written(&text, std::slice::from_ref(&(border(from)..border(to))));
            let bare = shown.replace("<b>", "").replace("</b>", "")
                .replace("<span class=\"sign\">", "").replace("</span>", "");
            prop_assert!(!bare.contains(['<', '>', '"']), "{}", shown);
            prop_assert_eq!(shown.matches("<b>").count(), shown.matches("</b>").count());
            prop_assert_eq!(shown.matches("<span").count(), shown.matches("</span>").count());
            prop_assert!(!bare.chars().any(|c| c != '\n' && visible::is_sign(c)));
        }
    }
}
