//! What holds for every text and every order of keys.

use proptest::prelude::*;
use ratatui::buffer::CellWidth;
use recto::collate::fix::FixId;
use recto::review::counts::State;
use recto::text::visible::{Repertoire, glyphs};
use recto::ui::msg::{Code, Key};

use super::driver::{Screen, setup};

/// Returns two texts that are alike in part, odd letters among them.
pub(super) fn pair() -> impl Strategy<Value = (String, String)> {
    let words = prop::sample::select(vec![
        "the",
        "quick",
        "brown",
        "Kumetssov",
        "a",
        "\u{202e}x",
        "漢字かな",
        "e\u{301}e",
        "\t",
        "  ",
        "शब्द",
        "שָׁלוֹם",
        "العَرَبِيَّة",
        "👨\u{200d}👩",
        "longlonglonglonglonglonglong",
        "\u{c}",
        "\r",
    ]);
    let word = (words.clone(), words, 0_u8..10, 0_u8..8);
    prop::collection::vec(word, 0..40).prop_map(|words| {
        let (mut base, mut right) = (String::new(), String::new());
        for (one, other, change, end) in words {
            let blank = if end == 0 { "\n" } else { " " };
            if change != 1 {
                base.extend([one, blank]);
            }
            match change {
                0 => {}
                1 => right.extend([other, blank]),
                2 => right.extend([other, " "]),
                _ => right.extend([one, blank]),
            }
        }
        (base, right)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn glyphs_are_as_wide_as_the_terminal_library_says(text in "\\PC{0,40}") {
        for glyph in glyphs(&text, Repertoire::Unicode) {
            let halves = glyph.symbol.chars().any(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}'));
            let theirs = glyph.symbol.as_ref().cell_width();
            prop_assert!(halves || theirs == u16::from(glyph.cells), "{:?}: {}", glyph, theirs);
        }
    }

    /// A storm of keys with stale frame numbers never decides a fix that the frame they name did
    /// not show as the highlight, or had shown in another state.
    #[test]
    fn no_verb_without_its_frame(
        texts in pair(),
        storm in prop::collection::vec((0_usize..KEYS.len(), 0_u64..4, any::<bool>()), 0..80),
        height in 4_u16..24,
    ) {
        let mut screen = Screen::open(setup(&texts.0, &texts.1, (70, height)));
        let mut frames = vec![Vec::new(), seen(&screen)];
        for (key, behind, draw) in storm {
            let frame = (screen.model.next_frame() - 1).saturating_sub(behind);
            let before = states(&screen);
            let events = screen.log.len();
            screen.key(KEYS[key], frame);
            let undoes = matches!(KEYS[key].code, Code::Char('u' | 'U'));
            let asked = KEYS[key].code == Code::Enter;
            if screen.log.len() > events && !undoes && !asked {
                let shown = &frames[frame as usize];
                for (id, state) in states(&screen) {
                    let old = before.iter().find(|(other, _)| *other == id).map(|(_, state)| *state);
                    if old != Some(state) {
                        let state = old.expect("fixes stay");
                        prop_assert!(shown.contains(&(id, state)), "{id:?} was not lit in {frame}");
                    }
                }
            }
            if draw || screen.log.len() > events {
                screen.draw();
                frames.push(seen(&screen));
            }
        }
    }

    #[test]
    fn any_keys_at_any_size_leave_the_cursor_in_sight(
        texts in pair(),
        keys in prop::collection::vec(0_usize..KEYS.len(), 0..60),
        sizes in prop::collection::vec((0_u16..90, 0_u16..30), 1..4),
    ) {
        let mut screen = Screen::open(setup(&texts.0, &texts.1, (80, 24)));
        for (index, key) in keys.into_iter().enumerate() {
            let frame = screen.model.next_frame() - 1;
            screen.key(KEYS[key], frame);
            screen.draw();
            if index % 20 == 0 {
                let size = sizes[index / 20 % sizes.len()];
                screen.resize(size.0, size.1);
            }
            let body = screen.model.body();
            if let (Some(row), false) = (screen.model.cursor().row, body.is_empty()) {
                prop_assert!(body.iter().any(|line| line.row == row), "the cursor is out of sight");
            }
        }
    }
}

const fn letter(letter: char) -> Key {
    Key { code: Code::Char(letter), ctrl: false, alt: false }
}

const fn named(code: Code) -> Key {
    Key { code, ctrl: false, alt: false }
}

const fn control(letter: char) -> Key {
    Key { code: Code::Char(letter), ctrl: true, alt: false }
}

const KEYS: [Key; 33] = [
    letter('*'),
    letter('a'),
    letter('r'),
    letter('o'),
    letter('u'),
    letter('U'),
    letter('j'),
    letter('k'),
    letter('n'),
    letter('N'),
    letter('g'),
    letter('G'),
    letter('w'),
    letter('b'),
    letter('v'),
    letter('P'),
    letter('f'),
    letter('t'),
    letter('d'),
    letter('z'),
    letter('e'),
    letter(' '),
    letter('a'),
    letter('r'),
    named(Code::Tab),
    named(Code::BackTab),
    named(Code::Esc),
    named(Code::Enter),
    named(Code::Esc),
    control('e'),
    control('y'),
    control('d'),
    control('u'),
];

/// Returns every fix with its state.
fn states(screen: &Screen) -> Vec<(FixId, State)> {
    let review = screen.model.review();
    review.collation().fixes().map(|id| (id, review.state(id))).collect()
}

/// Returns what the frame on the screen shows as the highlight.
fn seen(screen: &Screen) -> Vec<(FixId, State)> {
    let review = screen.model.review();
    let highlight = screen.model.highlight().map(|highlight| highlight.fixes).unwrap_or_default();
    highlight.into_iter().map(|id| (id, review.state(id))).collect()
}
