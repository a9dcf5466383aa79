//! Four samples at four sizes in four themes: what is drawn, and which look each cell has.
//!
//! A picture has the text and, below, a letter for the look of each cell. The letter holds in all
//! themes, in sixteen colours and in all; a cell that one theme draws as no look says is a `?`.
//! What the looks are in each theme is a picture of its own, so that a change of a theme is a
//! change of one line. `INSTA_UPDATE=always cargo test --test recto pictures` writes them anew.

use std::collections::HashMap;
use std::fmt::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};
use recto::ui::theme::{Depth, Look, Theme};

use super::driver::{Screen, setup};
use super::looks::sample;

const LOOKS: [(char, &str, Look); 19] = [
    ('.', "text", Look::Text),
    ('d', "dim", Look::Dim),
    ('n', "number", Look::Number),
    ('h', "here", Look::Here),
    ('-', "rule", Look::Rule),
    ('t', "title", Look::Title),
    ('=', "status", Look::Status),
    ('o', "open", Look::Open),
    ('b', "mark-base", Look::MarkBase),
    ('p', "mark-proposed", Look::MarkProposed),
    ('a', "accepted", Look::Accepted),
    ('r', "rejected", Look::Rejected),
    ('e', "edited", Look::Edited),
    ('x', "disputed", Look::Disputed),
    ('s', "sign", Look::Sign),
    ('f', "found", Look::Found),
    ('k', "key", Look::Key),
    ('w', "warning", Look::Warning),
    ('i', "said", Look::Said),
];

/// What is laid over a look, and how the letters of a look under it are written.
const OVER: [(&str, &[Look]); 8] = [
    ("", &[]),
    (" highlighted", &[Look::Highlight]),
    (" as a sign", &[Look::Sign]),
    (" as a sign, highlighted", &[Look::Sign, Look::Highlight]),
    (" found", &[Look::Found]),
    (" found, highlighted", &[Look::Highlight, Look::Found]),
    (" as a sign, found", &[Look::Sign, Look::Found]),
    (" as a sign, found, highlighted", &[Look::Sign, Look::Highlight, Look::Found]),
];

const THEMES: [(&str, Depth); 7] = [
    ("dark", Depth::Sixteen),
    ("dark", Depth::True),
    ("light", Depth::Sixteen),
    ("light", Depth::True),
    ("mono", Depth::Sixteen),
    ("contrast", Depth::Sixteen),
    ("contrast", Depth::True),
];

const SIZES: [(u16, u16); 4] = [(80, 24), (60, 20), (120, 40), (200, 50)];

/// How a cell is drawn.
type Drawn = (Color, Color, Modifier);

fn theme((name, depth): (&str, Depth)) -> Theme {
    Theme::built_in(name, depth).expect("built in")
}

fn drawn(cell: &Cell) -> Drawn {
    (cell.fg, cell.bg, cell.modifier)
}

/// Returns the names of what a cell may be, by how it is drawn in all themes; the first name wins.
fn names() -> HashMap<[Drawn; 7], (char, String)> {
    let mut names = HashMap::new();
    for (over, looks) in OVER {
        // Nothing is laid over the bar at the top, which is reversed as the highlight is.
        let under = |look: &Look| looks.is_empty() || *look != Look::Status;
        for (letter, name, look) in LOOKS.into_iter().filter(|(_, _, look)| under(look)) {
            let of = |named| {
                let theme = theme(named);
                let mark = matches!(look, Look::MarkBase | Look::MarkProposed);
                let style = looks.iter().fold(theme.style(look), |style: Style, &over| {
                    let style = style.patch(theme.style(over));
                    let marked = over == Look::Highlight && mark;
                    if marked { style.patch(theme.style(Look::HighlightMark)) } else { style }
                });
                let mut cell = Cell::default();
                cell.set_style(style);
                drawn(&cell)
            };
            let letter = if over == " highlighted" { letter.to_ascii_uppercase() } else { letter };
            let plain = over.is_empty() || letter.is_ascii_uppercase();
            let letter = if plain { letter } else { '?' };
            names.entry(THEMES.map(of)).or_insert((letter, format!("{name}{over}")));
        }
    }
    names
}

/// Plays `keys` over a sample in every theme and pictures it at every size.
fn pictures(name: &str, keys: &str) {
    let (base, transcript) = (sample(name, "base.txt"), sample(name, "transcript.txt"));
    let mut screens = THEMES.map(|named| {
        let mut setup = setup(&base, &transcript, (80, 24));
        setup.document = name.to_owned();
        setup.theme = theme(named);
        let mut screen = Screen::open(setup);
        screen.press(keys);
        screen
    });
    let names = names();
    for (columns, rows) in SIZES {
        for screen in &mut screens {
            screen.resize(columns, rows);
        }
        let text = screens[0].text();
        assert!(screens.iter().all(|screen| screen.text() == text), "{name} at {columns}x{rows}");
        let looks = looks(&screens, &names);
        insta::with_settings!({
            snapshot_path => "../../cases/screens",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), format!("{text}{looks}"));
        });
    }
}

/// Returns a letter a cell, and what the digits mean that stand for looks laid over others.
fn looks(screens: &[Screen; 7], names: &HashMap<[Drawn; 7], (char, String)>) -> String {
    let area = screens[0].buffer().area;
    let (mut map, mut rare) = (String::new(), Vec::<&str>::new());
    for y in 0..area.height {
        let mut row = String::new();
        for x in 0..area.width {
            let tuple = screens.each_ref().map(|screen| drawn(&screen.buffer()[(x, y)]));
            let found = names.get(&tuple);
            let (letter, name) = found.map_or(('?', "unknown"), |(it, name)| (*it, name.as_str()));
            let digit = |at: usize| char::from_digit(at as u32, 36).expect("few are rare");
            row.push(match (letter, rare.iter().position(|known| *known == name)) {
                ('?', Some(at)) => digit(at),
                ('?', None) => {
                    rare.push(name);
                    digit(rare.len() - 1)
                }
                (letter, _) => letter,
            });
        }
        writeln!(map, "{}", row.trim_end_matches('.')).expect("a string takes everything");
    }
    for (at, name) in rare.iter().enumerate() {
        writeln!(map, "{at} {name}").expect("a string takes everything");
    }
    map
}

#[test]
fn what_the_letters_of_the_pictures_mean() {
    let mut table = String::new();
    let over = [('^', "highlight", Look::Highlight), ('_', "highlight-mark", Look::HighlightMark)];
    for (letter, name, look) in LOOKS.into_iter().chain(over) {
        writeln!(table, "{letter} {name}").expect("a string takes everything");
        for named in THEMES {
            let (theme, depth) = named;
            let mut cell = Cell::default();
            cell.set_style(self::theme(named).style(look));
            let (fg, bg, modifier) = drawn(&cell);
            let depth = if depth == Depth::True { "all colours" } else { "16" };
            writeln!(table, "    {theme:9}{depth:12}{fg} on {bg} {modifier:?}")
                .expect("a string takes everything");
        }
    }
    insta::with_settings!({
        snapshot_path => "../../cases/screens",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("looks", table);
    });
}

#[test]
fn memo() {
    pictures("memo-1963", ":84<Enter>a:74<Enter><Tab>re<C-u>my<Enter>ddNzt");
}

#[test]
fn scripts() {
    pictures("scripts", "ar<Tab>");
}

#[test]
fn hostile() {
    pictures("hostile", "are<C-u>mine<Enter><Tab>");
}

#[test]
fn reflow() {
    pictures("reflow", "ar/the<Enter>");
}
