//! One row as it is drawn: its parts, and the glyphs of each side with what they mean.

use std::borrow::Cow;
use std::ops::Range;

use crate::collate::fix::{FixId, Kind, RowId};
use crate::collate::marks::marks;
use crate::review::counts::State;
use crate::review::piece::Role;
use crate::review::state::Review;
use crate::text::scripts::foreign;
use crate::text::visible::{Glyph, Repertoire, glyphs};

/// Names one of the two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What the OCR read.
    Base,
    /// The text as it now stands.
    Right,
}

/// Holds one value for each of the two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sides<T> {
    /// For the OCR.
    pub base: T,
    /// For the text as it now stands.
    pub right: T,
}

impl<T> Sides<T> {
    /// Returns the value for `side`.
    pub fn of(&self, side: Side) -> &T {
        match side {
            Side::Base => &self.base,
            Side::Right => &self.right,
        }
    }

    /// Returns the value for `side`, to be changed.
    pub fn of_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Base => &mut self.base,
            Side::Right => &mut self.right,
        }
    }
}

/// Holds what is drawn for what has no letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// A changed blank.
    pub blank: &'static str,
    /// A line end.
    pub line_end: &'static str,
    /// A soft hyphen.
    pub soft_hyphen: &'static str,
    /// A page end.
    pub page_end: &'static str,
    /// A line that the other text has.
    pub missing: &'static str,
}

impl Signs {
    /// Returns the signs that a terminal can show.
    #[must_use]
    pub const fn of(repertoire: Repertoire) -> Self {
        match repertoire {
            Repertoire::Unicode => {
                Self {
                    blank: "·", line_end: "¶", soft_hyphen: "¬", page_end: "␌", missing: "╌╌╌"
                }
            }
            Repertoire::Ascii => Self {
                blank: "_",
                line_end: "<NL>",
                soft_hyphen: "<SHY>",
                page_end: "^L",
                missing: "[no line]",
            },
        }
    }
}

/// Holds a stretch of a row with its text on both sides.
#[derive(Debug, Clone)]
pub struct Part {
    /// Where it lies in the base, in bytes.
    pub span: Range<usize>,
    /// The texts.
    pub text: Sides<String>,
    /// Why it is as it is.
    pub role: Role,
    /// Whether it is a line that only one side has.
    pub whole_line: bool,
    /// The bytes that differ, ascending, on each side; nothing once it is decided.
    marks: Sides<Vec<Range<usize>>>,
    /// The letters of another script than the rest of their word, whether they differ or not.
    foreign: Sides<Vec<Range<usize>>>,
    /// How many bytes at the end are not drawn: the row's own line end, where both sides have it.
    undrawn: Sides<usize>,
}

impl Part {
    /// Returns the part as it is where the text as it stands is shown alone: that text on both
    /// sides, so that only it is wrapped.
    #[must_use]
    pub fn alone(self) -> Self {
        let text = Sides { base: self.text.right.clone(), right: self.text.right };
        let marks = Sides { base: self.marks.right.clone(), right: self.marks.right };
        let undrawn = Sides { base: self.undrawn.right, right: self.undrawn.right };
        Self { text, marks, undrawn, ..self }
    }

    /// Returns the letters of some bytes of a side where each is drawn as it is, in a cell of its
    /// own, and as the others are; none where the glyphs must be asked. A line end that is not drawn
    /// is left out.
    #[must_use]
    pub fn plain(&self, side: Side, bytes: Range<usize>) -> Option<&str> {
        let text = self.text.of(side);
        let drawn = text.len() - self.undrawn.of(side);
        let letters = text.get(bytes.start..bytes.end.min(drawn).max(bytes.start))?;
        let special = self.whole_line
            || !self.marks.of(side).is_empty()
            || !self.foreign.of(side).is_empty()
            || !letters.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        (!special).then_some(letters)
    }

    /// Returns the fix that the part belongs to.
    #[must_use]
    pub fn fix(&self) -> Option<FixId> {
        match self.role {
            Role::Fix(id, _) => Some(id),
            Role::Same | Role::Own(_) => None,
        }
    }
}

/// Holds a glyph with what it means in its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<'a> {
    /// What to draw; empty for a line end that is not drawn.
    pub symbol: Cow<'a, str>,
    /// How many cells it takes; 0 for a line end that is not drawn.
    pub cells: usize,
    /// Which part it belongs to.
    pub part: usize,
    /// Its bytes within the part's text on its side.
    pub bytes: Range<usize>,
    /// Whether it stands for something that cannot be shown itself.
    pub sign: bool,
    /// Whether it differs from the other side.
    pub marked: bool,
    /// Whether it is a blank.
    pub blank: bool,
    /// Whether it is a line end.
    pub ends_line: bool,
    /// Where it is.
    pub spot: Spot,
}

impl Shown<'_> {
    /// Says whether it may hang over the edge unseen: a blank that is drawn as a sign may not.
    #[must_use]
    pub fn hangs(&self) -> bool {
        self.blank && !self.sign
    }
}

/// Names a glyph of one side of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Spot {
    /// The part.
    pub part: usize,
    /// The byte in the part's text where its cluster starts.
    pub at: usize,
    /// Which glyph of the cluster it is.
    pub inner: usize,
}

/// Returns the parts of a row.
///
/// While the row's gap is not worked out it has one part, in which nothing counts as a fix.
#[must_use]
pub fn parts(review: &Review, row: RowId) -> Vec<Part> {
    let shape = review.collation().row(row);
    if !review.collation().known(row.block) {
        let right = review.transcript().slice(shape.transcript).to_owned();
        let base = review.base().slice(shape.base.clone()).to_owned();
        return vec![part(review, shape.base, Sides { base, right }, Role::Same, true)];
    }
    let pieces = review.pieces(row);
    let last = pieces.len().saturating_sub(1);
    let parts = pieces.into_iter().enumerate().map(|(index, piece)| {
        let base = review.base().slice(piece.base.clone()).to_owned();
        let text = Sides { base, right: piece.right };
        part(review, piece.base, text, piece.role, index == last)
    });
    parts.collect()
}

fn part(review: &Review, span: Range<usize>, text: Sides<String>, role: Role, last: bool) -> Part {
    let kind = match role {
        Role::Fix(id, _) => Some(review.collation().fix(id).kind),
        Role::Same | Role::Own(_) => None,
    };
    let whole_line = matches!(kind, Some(Kind::MissingLine | Kind::ExtraLine));
    let open = matches!(role, Role::Fix(_, State::Open | State::Disputed));
    let mut marked: Sides<Vec<Range<usize>>> = Sides::default();
    if open && !whole_line {
        for (base, right) in marks(&text.base, &text.right) {
            marked.base.push(base);
            marked.right.push(right);
        }
    }
    let has_ink = |id| {
        let readings = [review.base_reading(id), review.proposed(id)];
        readings.iter().any(|reading| !reading.trim().is_empty())
    };
    let undrawn = match role {
        // Of a line that only one side has, no line end is drawn, unless there is nothing else.
        Role::Fix(id, _) if whole_line && has_ink(id) => Sides {
            base: text.base.len() - text.base.trim_end_matches(['\n', '\r']).len(),
            right: text.right.len() - text.right.trim_end_matches(['\n', '\r']).len(),
        },
        _ if last => shared_line_end(&text),
        _ => Sides::default(),
    };
    let foreign = Sides { base: foreign(&text.base), right: foreign(&text.right) };
    Part { span, text, role, whole_line, marks: marked, foreign, undrawn }
}

/// Returns the length of the line end that both sides have: a carriage return that only one of
/// them has is a difference and is drawn.
fn shared_line_end(text: &Sides<String>) -> Sides<usize> {
    let ends = |end: &str| text.base.ends_with(end) && text.right.ends_with(end);
    let length = ["\r\n", "\n"].iter().find(|end| ends(end)).map_or(0, |end| end.len());
    Sides { base: length, right: length }
}

/// Returns the glyphs of one side of a row from `from` on, to its end.
pub fn shown(
    parts: &[Part],
    side: Side,
    from: Spot,
    repertoire: Repertoire,
) -> impl Iterator<Item = Shown<'_>> {
    let within = parts.iter().enumerate().skip(from.part);
    within.flat_map(move |(index, part)| {
        let start = if index == from.part { from } else { Spot { part: index, at: 0, inner: 0 } };
        shown_in(part, side, start, repertoire)
    })
}

fn shown_in(
    part: &Part,
    side: Side,
    start: Spot,
    repertoire: Repertoire,
) -> impl Iterator<Item = Shown<'_>> {
    let text = part.text.of(side).as_str();
    let ink = text.trim_end().len();
    let ending = text.len() - part.undrawn.of(side);
    let mut spot = start;
    let mut first = true;
    glyphs(&text[start.at..], repertoire)
        .map(move |glyph| {
            spot = match (glyph.starts, first) {
                (true, true) => Spot { inner: 0, ..start },
                (true, false) => Spot { at: start.at + glyph.bytes.start, inner: 0, ..start },
                (false, _) => Spot { inner: spot.inner + 1, ..spot },
            };
            first = false;
            let bytes = start.at + glyph.bytes.start..start.at + glyph.bytes.end;
            shown_glyph(part, side, Glyph { bytes, ..glyph }, spot, ink..ending, repertoire)
        })
        .skip(start.inner)
}

/// Gives a glyph its meaning. `tail` starts after the text's last letter and ends where a line end
/// begins that is not drawn.
fn shown_glyph<'a>(
    part: &'a Part,
    side: Side,
    glyph: Glyph<'a>,
    spot: Spot,
    tail: Range<usize>,
    repertoire: Repertoire,
) -> Shown<'a> {
    let text = part.text.of(side).as_str();
    let bytes = glyph.bytes;
    let source = &text[bytes.clone()];
    let marks = part.marks.of(side);
    let from = marks.partition_point(|mark| mark.end <= bytes.start);
    let marked = marks.get(from).is_some_and(|mark| mark.start < bytes.end);
    let foreign = part.foreign.of(side);
    let strange = foreign.binary_search_by_key(&bytes.start, |letter| letter.start).is_ok();
    let (mut symbol, mut cells, mut sign) =
        (glyph.symbol, usize::from(glyph.cells), glyph.sign || strange);
    let (blank, ends_line) = match source.as_bytes() {
        [b'!'..=b'~'] => (false, false),
        _ => (source == " " || source == "\u{3000}", source == "\n"),
    };
    if bytes.start >= tail.end {
        (symbol, cells, sign) = (Cow::Borrowed(""), 0, false);
    } else if blank && source == " " {
        if marked || (part.whole_line && bytes.start >= tail.start) {
            (symbol, sign) = (Cow::Borrowed(Signs::of(repertoire).blank), true);
        }
    } else if ends_line && spot.inner > 0 {
        // In ASCII a line feed is a chip of several glyphs: the first stands for all.
        (symbol, cells) = (Cow::Borrowed(""), 0);
    } else if ends_line {
        let line_end = Signs::of(repertoire).line_end;
        (symbol, cells) = (Cow::Borrowed(line_end), line_end.chars().count());
    }
    Shown { symbol, cells, part: spot.part, bytes, sign, marked, blank, ends_line, spot }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_letters_are_what_the_glyphs_show(
            text in "[ab .~]{0,6}[ab \\t\\r\\u{301}é]{0,2}(\r?\n)?",
            (from, to, mark) in (0_usize..10, 0_usize..10, prop::option::of(0_usize..6)),
            (whole_line, shared) in any::<(bool, bool)>(),
        ) {
            let right = if shared { text.clone() } else { String::new() };
            let text = Sides { base: text, right };
            let undrawn = shared_line_end(&text);
            let base = mark.map(|at| at..at + 1).into_iter().collect();
            let marks = Sides { base, right: Vec::new() };
            let foreign = Sides::default();
            let length = text.base.len();
            let role = Role::Same;
            let part = Part { span: 0..length, text, role, whole_line, marks, foreign, undrawn };
            let parts = [part];
            let all = || shown(&parts, Side::Base, Spot::default(), Repertoire::Unicode);
            let spots: Vec<Spot> = all().map(|glyph| glyph.spot).collect();
            let end = Spot { part: 1, ..Spot::default() };
            let spot = |at: usize| spots.get(at).copied().unwrap_or(end);
            let (start, end) = (spot(from.min(to)), spot(from.max(to)));
            let to = if end.part == 0 { end.at } else { length };
            prop_assume!(start.part == 0 && start.inner == 0 && end.inner == 0);
            if let Some(letters) = parts[0].plain(Side::Base, start.at..to) {
                let within = all().filter(|glyph| (start..end).contains(&glyph.spot));
                let drawn: Vec<Shown<'_>> = within.filter(|glyph| glyph.cells > 0).collect();
                let symbols: String = drawn.iter().map(|glyph| glyph.symbol.as_ref()).collect();
                prop_assert_eq!(letters, symbols);
                let alike = |glyph: &Shown<'_>| glyph.cells == 1 && !glyph.sign && !glyph.marked;
                prop_assert!(drawn.iter().all(alike));
            }
        }
    }
}
