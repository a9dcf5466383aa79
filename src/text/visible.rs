//! The visible form of hostile text: what may be put into a terminal's cells, and how wide it is.
//!
//! Text from files may hold escape sequences, bidirectional overrides, zero-width letters or a
//! thousand marks on one letter. Here each of these becomes a *sign*, a symbol of its own that is
//! drawn marked; the text itself is never changed. Every glyph knows the bytes it stands for.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Holds what is drawn as one unit, in one cell or a few.
///
/// A cluster of the text is one glyph or, where it holds signs, several that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// What to draw: no control and no invisible character.
    pub symbol: Cow<'a, str>,
    /// How many cells it takes, 1 to 4.
    pub cells: u8,
    /// The bytes of the text that it stands for. The cells of one chip share their bytes.
    pub bytes: Range<usize>,
    /// Whether it stands for something that cannot be shown itself.
    pub sign: bool,
    /// Whether a grapheme cluster begins with it.
    pub starts: bool,
}

/// Tells which letters the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repertoire {
    /// All of Unicode.
    #[default]
    Unicode,
    /// ASCII alone; anything else becomes a chip such as `<U+00E9>`.
    Ascii,
}

/// The marks that one letter may carry; those after them are shown as chips.
const MARKS: usize = 6;
/// The letters that one cluster may join in one glyph.
const JOINED: usize = 8;
/// The cells that one glyph may take.
const CELLS: usize = 4;

/// Signs with a symbol of their own, one cell wide.
const SYMBOLS: [(char, &str); 18] = [
    ('\t', "⇥"),
    ('\u{7f}', "␡"),
    ('\u{a0}', "⍽"),
    ('\u{ad}', "¬"),
    ('\u{1680}', "␣"),
    ('\u{2000}', "␣"),
    ('\u{2001}', "␣"),
    ('\u{2002}', "␣"),
    ('\u{2003}', "␣"),
    ('\u{2004}', "␣"),
    ('\u{2005}', "␣"),
    ('\u{2006}', "␣"),
    ('\u{2007}', "⍽"),
    ('\u{2008}', "␣"),
    ('\u{2009}', "␣"),
    ('\u{200a}', "␣"),
    ('\u{202f}', "⍽"),
    ('\u{205f}', "␣"),
];

/// Signs whose chip holds a name that people know; the others hold their code point.
const NAMES: [(char, &str); 12] = [
    ('\n', "NL"),
    ('\u{a0}', "NBSP"),
    ('\u{ad}', "SHY"),
    ('\u{200b}', "ZWSP"),
    ('\u{200c}', "ZWNJ"),
    ('\u{200d}', "ZWJ"),
    ('\u{200e}', "LRM"),
    ('\u{200f}', "RLM"),
    ('\u{2060}', "WJ"),
    ('\u{feff}', "BOM"),
    ('\u{fe0e}', "VS15"),
    ('\u{fe0f}', "VS16"),
];

/// The colours of skin that an emoji before them takes on.
const SKINS: RangeInclusive<char> = '\u{1f3fb}'..='\u{1f3ff}';

/// Characters that draw nothing, by Unicode's default-ignorable property, and a blank of Braille.
const INVISIBLE: [(u32, u32); 18] = [
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x61c, 0x61c),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0000, 0xe0fff),
];

/// Format characters that do draw something: number signs before Arabic and Kaithi digits.
const DRAWN_FORMATS: [(u32, u32); 7] = [
    (0x600, 0x605),
    (0x6dd, 0x6dd),
    (0x890, 0x891),
    (0x8e2, 0x8e2),
    (0x110bd, 0x110bd),
    (0x110cd, 0x110cd),
    (0x3000, 0x3000),
];

/// Returns the glyphs of `text` in its order; together they stand for all its bytes.
pub fn glyphs(text: &str, repertoire: Repertoire) -> impl Iterator<Item = Glyph<'_>> {
    Glyphs { text, at: 0, repertoire, cut: Vec::new().into_iter() }
}

/// Goes through the clusters of a text, glyph by glyph.
struct Glyphs<'a> {
    text: &'a str,
    /// Where the next cluster starts.
    at: usize,
    repertoire: Repertoire,
    /// What is left of a cluster that is no plain letter.
    cut: std::vec::IntoIter<Glyph<'a>>,
}

impl<'a> Iterator for Glyphs<'a> {
    type Item = Glyph<'a>;

    fn next(&mut self) -> Option<Glyph<'a>> {
        if let Some(glyph) = self.cut.next() {
            return Some(glyph);
        }
        let rest = &self.text[self.at..];
        let cluster = match rest.as_bytes() {
            // Nothing of ASCII joins a letter before it.
            [b' '..=b'~', ..=0x7f, ..] | [b' '..=b'~'] => &rest[..1],
            // Where a cluster begins, those after it do not hang on what is before.
            _ => rest.graphemes(true).next()?,
        };
        let at = self.at;
        self.at += cluster.len();
        if let [b' '..=b'~'] = cluster.as_bytes() {
            let symbol = Cow::Borrowed(cluster);
            return Some(Glyph { symbol, cells: 1, bytes: at..at + 1, sign: false, starts: true });
        }
        self.cut = Cutter::cut(at, cluster, self.repertoire).into_iter();
        self.cut.next()
    }
}

/// Returns how many cells the visible form of `text` takes.
#[must_use]
pub fn width(text: &str) -> usize {
    glyphs(text, Repertoire::Unicode).map(|glyph| usize::from(glyph.cells)).sum()
}

/// Returns the visible form of `text`, for messages and file names.
#[must_use]
pub fn escape(text: &str) -> String {
    escape_for(text, Repertoire::Unicode)
}

/// Returns the visible form of `text` in the letters that a terminal can show.
#[must_use]
pub fn escape_for(text: &str, repertoire: Repertoire) -> String {
    glyphs(text, repertoire).map(|glyph| glyph.symbol).collect()
}

/// Returns the visible form of `text` in quotation marks, for messages that name it.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// Says whether `c` can only be shown as a sign: a control, an override, a zero-width character,
/// an unassigned or private one, a blank that looks like another.
#[must_use]
pub fn is_sign(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false;
    }
    let within = |ranges: &[(u32, u32)]| {
        ranges.iter().any(|&(first, last)| (first..=last).contains(&u32::from(c)))
    };
    if c.is_control() || within(&INVISIBLE) {
        return true;
    }
    !c.is_alphanumeric() && !within(&DRAWN_FORMATS) && !is_printable(c)
}

/// Says whether the standard library would print `c` in a debug form as it is.
fn is_printable(c: char) -> bool {
    // A mark is escaped at the head of a string only, so a letter is put before it.
    let mut bytes = [b'a'; 5];
    let length = c.encode_utf8(&mut bytes[1..]).len();
    let text = std::str::from_utf8(&bytes[..=length]).expect("a letter and a character are UTF-8");
    text.escape_debug().nth(1) == Some(c)
}

fn is_mark(c: char) -> bool {
    c.width() == Some(0)
}

/// Cuts one cluster into glyphs.
struct Cutter<'a> {
    cluster: &'a str,
    /// Where the cluster starts in the text.
    at: usize,
    repertoire: Repertoire,
    glyphs: Vec<Glyph<'a>>,
    /// The bytes of the cluster that wait to be one glyph.
    run: Range<usize>,
    /// The letters in it.
    joined: usize,
    /// The marks since the last letter.
    marks: usize,
}

impl<'a> Cutter<'a> {
    fn cut(at: usize, cluster: &'a str, repertoire: Repertoire) -> Vec<Glyph<'a>> {
        let glyphs = Vec::with_capacity(1);
        let mut cutter = Self { cluster, at, repertoire, glyphs, run: 0..0, joined: 0, marks: 0 };
        for (start, c) in cluster.char_indices() {
            cutter.take(start, c);
        }
        cutter.flush();
        cutter.glyphs
    }

    fn take(&mut self, start: usize, c: char) {
        let end = start + c.len_utf8();
        // A skin's colour takes two cells of its own in some terminals and none in others.
        let coloured = start > 0 && SKINS.contains(&c);
        let unshowable =
            is_sign(c) || coloured || (self.repertoire == Repertoire::Ascii && !c.is_ascii());
        if unshowable || (is_mark(c) && self.marks == MARKS) {
            self.flush();
            return self.sign(start..end, c);
        }
        let waiting = !self.run.is_empty();
        let full = || self.joined == JOINED || self.cluster[self.run.start..end].width() > CELLS;
        if waiting && full() {
            self.flush();
        }
        if self.run.is_empty() {
            self.run.start = start;
        }
        self.run.end = end;
        if is_mark(c) {
            self.marks += 1;
        } else {
            self.joined += 1;
            self.marks = 0;
        }
    }

    /// Ends the glyph that is being gathered.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.joined = 0;
        if run.is_empty() {
            return;
        }
        let text = &self.cluster[run.clone()];
        let symbol = if text.starts_with(is_mark) {
            // A mark that has lost its letter would sit on the cell before.
            Cow::Owned(format!("◌{text}"))
        } else {
            Cow::Borrowed(text)
        };
        self.push(symbol, run, false);
    }

    /// Adds the sign for `c`: one symbol, or a chip of one-cell glyphs.
    fn sign(&mut self, bytes: Range<usize>, c: char) {
        if self.repertoire == Repertoire::Unicode {
            if let Some((_, symbol)) = SYMBOLS.iter().find(|(sign, _)| *sign == c) {
                return self.push(Cow::Borrowed(symbol), bytes, true);
            }
            if let Some(picture) = control_picture(c) {
                return self.push(Cow::Owned(picture.to_string()), bytes, true);
            }
        }
        for part in chip(c, self.repertoire).chars() {
            self.push(Cow::Owned(part.to_string()), bytes.clone(), true);
        }
    }

    fn push(&mut self, symbol: Cow<'a, str>, bytes: Range<usize>, sign: bool) {
        let cells = symbol.width().max(1) as u8;
        let bytes = self.at + bytes.start..self.at + bytes.end;
        let starts = self.glyphs.is_empty();
        self.glyphs.push(Glyph { symbol, cells, bytes, sign, starts });
    }
}

/// Returns the picture of a C0 control.
fn control_picture(c: char) -> Option<char> {
    (c < ' ').then(|| char::from_u32(0x2400 + u32::from(c))).flatten()
}

/// Spells out a character that is not shown itself.
fn chip(c: char, repertoire: Repertoire) -> String {
    let name = NAMES.iter().find(|(sign, _)| *sign == c).map(|(_, name)| *name);
    if repertoire == Repertoire::Ascii && c.is_ascii() && name.is_none() {
        return format!("^{}", char::from(c as u8 ^ 0x40));
    }
    let name = name.map_or_else(|| format!("U+{:04X}", u32::from(c)), str::to_owned);
    match repertoire {
        Repertoire::Unicode => format!("‹{name}›"),
        Repertoire::Ascii => format!("<{name}>"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hostile_text_becomes_signs() {
        let cases = [
            ("plain text", "plain text"),
            ("\x1b[31mred\x07\0", "␛[31mred␇␀"),
            ("a\tb\r\n", "a⇥b␍␊"),
            ("x\u{7f}\u{9b}2J", "x␡‹U+009B›2J"),
            ("\u{202e}evil\u{202c}", "‹U+202E›evil‹U+202C›"),
            ("zero\u{200b}width\u{feff}", "zero‹ZWSP›width‹BOM›"),
            ("co\u{ad}op 5\u{a0}km", "co¬op 5⍽km"),
            ("tag\u{e0041}", "tag‹U+E0041›"),
            ("\u{e000}\u{10ffff}\u{378}", "‹U+E000›‹U+10FFFF›‹U+0378›"),
            ("\u{301}x", "◌\u{301}x"),
            ("e\u{301}", "e\u{301}"),
            ("👨\u{200d}👩", "👨‹ZWJ›👩"),
            ("🏽👍🏽", "🏽👍‹U+1F3FD›"),
            ("漢字\u{3000}かな", "漢字\u{3000}かな"),
            ("\u{2028}", "‹U+2028›"),
            ("ſ ﬁ Karпов שלום नि กำ မြန်မာ", "ſ ﬁ Karпов שלום नि กำ မြန်မာ"),
        ];
        for (text, shown) in cases {
            assert_eq!(escape(text), shown, "{text:?}");
        }
        let marks = format!("a{}", "\u{301}".repeat(8));
        assert_eq!(escape(&marks), format!("a{}‹U+0301›‹U+0301›", "\u{301}".repeat(6)));
        assert_eq!(escape_for("é\x1b\u{feff}~", Repertoire::Ascii), "<U+00E9>^[<BOM>~");
    }

    #[test]
    fn widths_are_those_of_the_cells() {
        let cases = [("a", 1), ("漢", 2), ("e\u{301}", 1), ("\u{202e}", 8), ("\t", 1), ("ｶﾞ", 2)];
        for (text, cells) in cases {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    /// Any character, the troublesome ones often.
    fn text() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(vec![
            '\x1b', '\0', '\n', '\r', '\t', '\u{301}', '\u{200d}', '\u{202e}', '\u{feff}', 'ᄀ',
            'ᅡ', '\u{94d}', 'क', '\u{600}', '🇦', '\u{ff9e}', '漢', ' ', 'a',
        ]);
        prop::collection::vec(prop_oneof![odd, any::<char>()], 0..40)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn nothing_hidden_ever_comes_out(text in text(), ascii: bool) {
            let repertoire = if ascii { Repertoire::Ascii } else { Repertoire::Unicode };
            let mut end = 0;
            for glyph in glyphs(&text, repertoire) {
                prop_assert!(!glyph.symbol.chars().any(is_sign), "{glyph:?}");
                prop_assert!(!glyph.symbol.is_empty() && !glyph.symbol.starts_with(is_mark));
                prop_assert!((1..=8).contains(&glyph.cells), "{glyph:?}");
                prop_assert!(!ascii || glyph.symbol.is_ascii());
                prop_assert!(glyph.bytes.start == end || glyph.sign, "{glyph:?} after {end}");
                prop_assert!(text.is_char_boundary(glyph.bytes.start) && !glyph.bytes.is_empty());
                end = glyph.bytes.end;
            }
            prop_assert_eq!(end, text.len());
            let starts = glyphs(&text, repertoire).filter(|glyph| glyph.starts);
            let clusters = text.grapheme_indices(true).map(|(at, _)| at);
            prop_assert!(starts.map(|glyph| glyph.bytes.start).eq(clusters));
        }
    }
}
