//! Aligned wrap: at any two widths, what is beside what is what the collation says.

use proptest::prelude::*;
use recto::collate::fix::RowId;
use recto::text::visible::Repertoire;
use recto::ui::layout::geometry::Geometry;
use recto::ui::layout::row::{Part, Shown, Side, Sides, Spot, parts, shown};
use recto::ui::layout::wrap::{Wrapped, wrap};

use super::driver::{Screen, setup};
use super::laws::pair;

const SIDES: [Side; 2] = [Side::Base, Side::Right];

fn glyphs(parts: &[Part], side: Side) -> Vec<Shown<'_>> {
    shown(parts, side, Spot::default(), Repertoire::Unicode).collect()
}

fn rows(screen: &Screen) -> Vec<RowId> {
    let collation = screen.model.review().collation();
    std::iter::successors(collation.first_row(), |&row| collation.next_row(row)).collect()
}

/// Returns the sub-row of each glyph of a side. All are drawn, once, in their order, and none over
/// the pane's edge, but for blanks and for a glyph that is wider than the pane.
fn placed(glyphs: &[Shown<'_>], wrapped: &Wrapped, side: Side, width: usize) -> Vec<usize> {
    let mut at = Vec::new();
    let mut end = Spot::default();
    for (index, row) in wrapped.sub_rows.iter().enumerate() {
        let stretch = row.stretch.of(side);
        assert_eq!(stretch.start, end, "stretches follow each other");
        end = stretch.end;
        let here: Vec<_> =
            glyphs[at.len()..].iter().take_while(|glyph| stretch.contains(&glyph.spot)).collect();
        at.extend(vec![index; here.len()]);
        let inked = here.iter().rposition(|glyph| !glyph.hangs() && glyph.cells > 0);
        let here = &here[..inked.map_or(0, |last| last + 1)];
        let cells: usize = here.iter().map(|glyph| glyph.cells).sum();
        let single = here.iter().filter(|glyph| glyph.cells > 0).count() == 1;
        assert!(cells <= width || single, "{cells} cells in a pane of {width}: {here:?}");
    }
    assert_eq!(at.len(), glyphs.len(), "every glyph has its sub-row");
    at
}

/// Returns the words between blanks that lie in one part which both sides share, as ranges of the
/// glyphs of each side.
fn shared_words(parts: &[Part], glyphs: &Sides<Vec<Shown<'_>>>) -> Vec<Sides<(usize, usize)>> {
    let mut words = Vec::new();
    for (part, it) in parts.iter().enumerate() {
        if it.fix().is_some() || it.text.base != it.text.right {
            continue;
        }
        let start = |side| {
            let glyphs: &Vec<Shown<'_>> = glyphs.of(side);
            glyphs.iter().position(|glyph| glyph.part == part).unwrap_or(glyphs.len())
        };
        let (base, right) = (start(Side::Base), start(Side::Right));
        let here = glyphs.base[base..].iter().take_while(|glyph| glyph.part == part);
        let here: Vec<bool> = here.map(|glyph| glyph.blank).collect();
        let begins = (1..here.len()).filter(|&at| here[at - 1] && !here[at]);
        for from in begins {
            let Some(to) = (from..here.len()).find(|&at| here[at]) else { continue };
            words.push(Sides { base: (base + from, base + to), right: (right + from, right + to) });
        }
    }
    words
}

/// Checks one row at two widths.
fn check(parts: &[Part], cells: Sides<usize>) {
    let wrapped = wrap(parts, cells, Repertoire::Unicode);
    let glyphs = Sides { base: glyphs(parts, Side::Base), right: glyphs(parts, Side::Right) };
    let at = |side| placed(glyphs.of(side), &wrapped, side, *cells.of(side));
    let at = Sides { base: at(Side::Base), right: at(Side::Right) };
    for word in shared_words(parts, &glyphs) {
        let letters = &glyphs.base[word.base.0..word.base.1];
        let rows = Sides {
            base: &at.base[word.base.0..word.base.1],
            right: &at.right[word.right.0..word.right.1],
        };
        assert_eq!(rows.base[0], rows.right[0], "a shared word begins beside itself: {letters:?}");
        let wide: usize = letters.iter().map(|glyph| glyph.cells).sum();
        if wide <= cells.base.min(cells.right) {
            assert_eq!(rows.base, rows.right, "a shared word stands beside itself: {letters:?}");
            let torn = rows.base.iter().any(|row| *row != rows.base[0]);
            let can_be = letters.iter().any(|glyph| glyph.cells == 2 || glyph.ends_line);
            assert!(!torn || can_be, "a shared word is not torn: {letters:?}");
        }
    }
    // A fix that fits beside itself, with blanks around it, stands beside itself.
    for part in (1..parts.len()).filter(|&part| parts[part].fix().is_some()) {
        let alone = parts[part - 1].text.base.ends_with(' ')
            && parts[part - 1].text.right.ends_with(' ')
            && parts.get(part + 1).is_some_and(|next| {
                next.fix().is_none()
                    && next.text.base.starts_with(' ')
                    && next.text.right.starts_with(' ')
            });
        let of = |side| glyphs.of(side).iter().zip(at.of(side)).filter(|(it, _)| it.part == part);
        let fits = |side| of(side).map(|(it, _)| it.cells).sum::<usize>() <= *cells.of(side);
        let ends = SIDES.iter().any(|&side| of(side).any(|(it, _)| it.ends_line));
        if alone && !ends && SIDES.into_iter().all(fits) {
            let mut rows = SIDES.into_iter().flat_map(|side| of(side).map(|(_, row)| row));
            let first = rows.next();
            assert!(
                rows.all(|row| Some(row) == first),
                "a fix stands beside itself: {part} of {parts:?}"
            );
        }
    }
}

/// Returns the letters in a part of the screen, blanks and the sign of a missing line left out.
fn letters(screen: &Screen, columns: std::ops::Range<u16>, rows: std::ops::Range<u16>) -> String {
    let mut text = String::new();
    for y in rows {
        let mut x = columns.start;
        while x < columns.end {
            let symbol = screen.buffer()[(x, y)].symbol();
            text.push_str(symbol);
            x += recto::text::visible::width(symbol).max(1) as u16;
        }
    }
    text.replace([' ', '\u{3000}', '╌'], "")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_beside_what_is_what_the_collation_says(
        texts in pair(),
        base in 1_usize..50,
        right in 1_usize..50,
    ) {
        let screen = Screen::open(setup(&texts.0, &texts.1, (80, 24)));
        for row in rows(&screen) {
            check(&parts(screen.model.review(), row), Sides { base, right });
        }
    }

    #[test]
    fn shared_text_is_broken_alike(
        words in prop::collection::vec("[a-z]{1,12}", 1..60),
        base in 5_usize..40,
        right in 5_usize..40,
    ) {
        let text = format!("{}\n", words.join(" "));
        let screen = Screen::open(setup(&text, &text, (80, 24)));
        let parts = parts(screen.model.review(), rows(&screen)[0]);
        for row in wrap(&parts, Sides { base, right }, Repertoire::Unicode).sub_rows {
            let stretch = row.stretch;
            prop_assert!(base.min(right) < 12 || stretch.base == stretch.right, "{stretch:?}");
        }
    }

    /// The cells of a screen that is tall enough hold every letter of both texts once.
    #[test]
    fn the_panes_hold_every_letter_once(texts in pair(), divider in 0_usize..12, columns in 66_u16..100) {
        prop_assume!(!texts.0.is_empty() || !texts.1.is_empty());
        let mut screen = Screen::open(setup(&texts.0, &texts.1, (columns, 300)));
        screen.press(if divider % 2 == 0 { "gg" } else { "G" });
        screen.press(&if divider > 6 { ">" } else { "<lt>" }.repeat(divider % 6));
        // The test's terminal keeps cells that a sign of several letters once took; cleared it is.
        screen.resize(columns, 299);
        let Geometry { base, right, scroll, number_cells, .. } = screen.model.geometry();
        let panes = [
            (Side::Base, base.x + number_cells..base.right()),
            (Side::Right, right.x + 4..scroll.x),
        ];
        for (side, cells) in panes {
            let wanted: String = rows(&screen)
                .into_iter()
                .flat_map(|row| {
                    let parts = parts(screen.model.review(), row);
                    let drawn = glyphs(&parts, side).into_iter().filter(|it| it.cells > 0);
                    drawn.map(|it| it.symbol.into_owned()).collect::<Vec<_>>()
                })
                .collect();
            let wanted = wanted.replace([' ', '\u{3000}'], "");
            prop_assert_eq!(letters(&screen, cells, base.y..base.bottom()), wanted, "{}", screen.text());
        }
    }
}
