//! What each part of the screen looks like: four themes in `assets/themes`, styles by role.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::text::visible::quoted;
use crate::ui::toml_file::{self, line_of};

/// Names a part of the screen that has a look of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// Text that both sides share.
    Text,
    /// What is there but not meant to be read first: folds, padding, provisional rows.
    Dim,
    /// Line numbers.
    Number,
    /// The sign and number of the line where the cursor is.
    Here,
    /// The rules between the parts of the screen.
    Rule,
    /// File names and headings.
    Title,
    /// The bar at the top.
    Status,
    /// An open fix.
    Open,
    /// The letters of an open fix that differ, in the OCR.
    MarkBase,
    /// The letters of an open fix that differ, in the corrected text.
    MarkProposed,
    /// An accepted fix.
    Accepted,
    /// A rejected fix.
    Rejected,
    /// A reading of the reviewer's own.
    Edited,
    /// A disputed fix.
    Disputed,
    /// What the next verb acts on, laid over the look below it.
    Highlight,
    /// The letters of an open fix that differ, laid over the highlight.
    HighlightMark,
    /// Symbols that stand for what cannot be shown.
    Sign,
    /// A hit of the search, laid over the look below it.
    Found,
    /// Keys in hints and help.
    Key,
    /// What went wrong.
    Warning,
    /// What was done.
    Said,
}

/// Every look with its name in the theme files.
const LOOKS: [(&str, Look); 21] = [
    ("text", Look::Text),
    ("dim", Look::Dim),
    ("number", Look::Number),
    ("here", Look::Here),
    ("rule", Look::Rule),
    ("title", Look::Title),
    ("status", Look::Status),
    ("open", Look::Open),
    ("mark-base", Look::MarkBase),
    ("mark-proposed", Look::MarkProposed),
    ("accepted", Look::Accepted),
    ("rejected", Look::Rejected),
    ("edited", Look::Edited),
    ("disputed", Look::Disputed),
    ("highlight", Look::Highlight),
    ("highlight-mark", Look::HighlightMark),
    ("sign", Look::Sign),
    ("found", Look::Found),
    ("key", Look::Key),
    ("warning", Look::Warning),
    ("said", Look::Said),
];

/// The themes that come with the program.
const THEMES: [(&str, &str); 4] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
];

/// The words of a style that are no colours.
const ATTRIBUTES: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// Says what is wrong with a theme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTheme {
    /// No such theme.
    #[error("there is no theme {}; the themes are dark, light, mono and contrast", quoted(.0))]
    NoTheme(String),
    /// No such theme for a file to differ from.
    #[error("line {line}: {}", Self::NoTheme(.name.clone()))]
    NoBase {
        /// The line, from 1.
        line: usize,
        /// The name.
        name: String,
    },
    /// Not the form of such a file.
    #[error("line {line}: {message}")]
    Form {
        /// The line, from 1.
        line: usize,
        /// What the reader says.
        message: String,
    },
    /// No such part of the screen.
    #[error("line {line}: {} is no part of the screen; the parts are {}", quoted(name), parts())]
    NoLook {
        /// The line, from 1.
        line: usize,
        /// The name.
        name: String,
    },
    /// No such colour or attribute.
    #[error(
        "line {line}: {} is no colour and no attribute; write red, lightblue, 214, #ffd75f, \
         on- before a colour behind, plain, bold, dim, italic, underline, reverse",
        quoted(word)
    )]
    NoStyle {
        /// The line, from 1.
        line: usize,
        /// The word.
        word: String,
    },
}

fn parts() -> String {
    LOOKS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// Tells how many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// The sixteen, which are the terminal's own.
    #[default]
    Sixteen,
    /// 256: others are shown as the nearest of them.
    Indexed,
    /// All.
    True,
}

/// The form of a theme's file: `looks` for every terminal, `rich` over them where it shows all
/// colours; what neither names is as in the theme `base`.
///
/// Of all colours each costs a few bytes more a change. A login over SSH does not tell of them by
/// itself, so a far line keeps to the sixteen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    base: Option<toml::Spanned<String>>,
    #[serde(default)]
    looks: BTreeMap<toml::Spanned<String>, toml::Spanned<String>>,
    #[serde(default)]
    rich: BTreeMap<toml::Spanned<String>, toml::Spanned<String>>,
}

/// Holds a style for each part of the screen.
#[derive(Debug, Clone)]
pub struct Theme {
    styles: BTreeMap<Look, Style>,
}

impl Theme {
    /// Returns a theme that comes with the program, in the sixteen colours. `mono` has attributes
    /// and no colour at all: the one for `NO_COLOR`.
    ///
    /// # Errors
    /// [`BadTheme::NoTheme`].
    pub fn named(name: &str) -> Result<Self, BadTheme> {
        Self::built_in(name, Depth::Sixteen)
    }

    /// Returns a theme that comes with the program.
    ///
    /// # Errors
    /// [`BadTheme::NoTheme`].
    pub fn built_in(name: &str, depth: Depth) -> Result<Self, BadTheme> {
        let theme = THEMES.iter().find(|(known, _)| *known == name);
        let (_, file) = theme.ok_or_else(|| BadTheme::NoTheme(name.to_owned()))?;
        Self::read(file, depth)
    }

    /// Reads a theme's file.
    ///
    /// # Errors
    /// Anything in the file that does not fit is a [`BadTheme`] that names its line.
    pub fn read(file: &str, depth: Depth) -> Result<Self, BadTheme> {
        let line = |at| line_of(file, at);
        let parsed: File =
            toml_file::read(file).map_err(|(line, message)| BadTheme::Form { line, message })?;
        let mut styles = match &parsed.base {
            Some(base) => {
                let (line, name) = (line(base.span().start), base.get_ref().clone());
                let none = |_| BadTheme::NoBase { line, name };
                Self::built_in(base.get_ref(), depth).map_err(none)?.styles
            }
            None => BTreeMap::new(),
        };
        let rich = parsed.rich.iter().map(|entry| (entry, depth == Depth::True));
        let entries = parsed.looks.iter().map(|entry| (entry, true)).chain(rich);
        for ((entry, words), counts) in entries {
            let look = LOOKS.iter().find(|(known, _)| known == entry.get_ref());
            let look = look.map(|(_, look)| *look).ok_or_else(|| BadTheme::NoLook {
                line: line(entry.span().start),
                name: entry.get_ref().clone(),
            })?;
            let style = style(words.get_ref(), depth).map_err(|word| BadTheme::NoStyle {
                line: line(words.span().start),
                word: word.to_owned(),
            })?;
            if counts {
                styles.insert(look, style);
            }
        }
        Ok(Self { styles })
    }

    /// Returns the style of a part; one that the theme leaves out is plain.
    #[must_use]
    pub fn style(&self, look: Look) -> Style {
        self.styles.get(&look).copied().unwrap_or_default()
    }
}

/// Reads a style: attributes, a colour, `on-` and a colour behind; `plain` takes off what attributes
/// the look below has. The error is the wrong word.
fn style(words: &str, depth: Depth) -> Result<Style, &str> {
    let mut style = Style::new();
    for word in words.split_whitespace() {
        let colour =
            |name: &str| name.parse::<Color>().map(|it| shown(it, depth)).map_err(|_| word);
        if word == "plain" {
            style = style.remove_modifier(Modifier::all());
        } else if let Some((_, attribute)) = ATTRIBUTES.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*attribute);
        } else if let Some(behind) = word.strip_prefix("on-") {
            style = style.bg(colour(behind)?);
        } else {
            style = style.fg(colour(word)?);
        }
    }
    if style.fg == Some(Color::Black) && !style.add_modifier.contains(Modifier::BOLD) {
        // Laid over a bold look it would be bold black, which many terminals show in grey.
        style = style.remove_modifier(Modifier::BOLD);
    }
    Ok(style)
}

/// The steps of the 256 colours' cube.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// Returns a colour as a terminal shows it, or the nearest that it has.
fn shown(colour: Color, depth: Depth) -> Color {
    match (colour, depth) {
        (Color::Rgb(red, green, blue), Depth::Indexed) => {
            let step = |part: u8| {
                let far = |step: &(usize, &u8)| step.1.abs_diff(part);
                STEPS.iter().enumerate().min_by_key(far).map_or(0, |(index, _)| index as u8)
            };
            Color::Indexed(16 + 36 * step(red) + 6 * step(green) + step(blue))
        }
        // A terminal of sixteen has no near one that is the same on two terminals.
        (Color::Rgb(..) | Color::Indexed(16..), Depth::Sixteen) => Color::Reset,
        (colour, _) => colour,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_themes_name_every_part() {
        for (name, _) in THEMES {
            let theme = Theme::named(name).expect("built in");
            for (entry, look) in LOOKS {
                assert!(theme.styles.contains_key(&look), "{name} leaves out {entry}");
            }
        }
        assert!(Theme::named("solarized").is_err());
    }

    #[test]
    fn mono_has_no_colour_and_the_others_only_the_sixteen_unless_there_are_more() {
        for (name, _) in THEMES {
            for depth in [Depth::Sixteen, Depth::Indexed, Depth::True] {
                for (look, style) in &Theme::built_in(name, depth).expect("built in").styles {
                    for colour in [style.fg, style.bg].into_iter().flatten() {
                        assert!(name != "mono", "mono colours {look:?}");
                        let fits = match colour {
                            Color::Rgb(..) => depth == Depth::True,
                            Color::Indexed(16..) => depth != Depth::Sixteen,
                            _ => true,
                        };
                        assert!(fits, "{name} {look:?} {depth:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_users_theme_is_another_with_changes_and_its_errors_name_the_line() {
        let file = "base = \"dark\"\n[looks]\nopen = \"italic 214\"\n[rich]\nopen = \"#102030\"\n";
        let theme = Theme::read(file, Depth::True).expect("right");
        assert_eq!(theme.style(Look::Open).fg, Some(Color::Rgb(0x10, 0x20, 0x30)));
        assert_eq!(
            Theme::read(file, Depth::Sixteen).expect("right").style(Look::Open).fg,
            Some(Color::Reset)
        );
        let dark = Theme::built_in("dark", Depth::True).expect("built in");
        assert_eq!(theme.style(Look::Key), dark.style(Look::Key));
        let cases = [
            ("[looks]\n\nopne = \"bold\"\n", "line 3: \"opne\" is no part of the screen"),
            ("[looks]\nopen = \"bold mauve\"\n", "line 2: \"mauve\" is no colour and no attribute"),
            ("[looks]\nopen = 3\n", "line 2: "),
            ("open = \"bold\"\n", "line 1: unknown field `open`"),
            ("\n\nbase = \"solarized\"\n", "line 3: there is no theme \"solarized\""),
        ];
        for (file, message) in cases {
            let error = Theme::read(file, Depth::Sixteen).expect_err(file).to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }

    /// What xterm shows for the sixteen colours; most terminals are near it.
    const SIXTEEN: [(Color, [u8; 3]); 16] = [
        (Color::Black, [0, 0, 0]),
        (Color::Red, [205, 0, 0]),
        (Color::Green, [0, 205, 0]),
        (Color::Yellow, [205, 205, 0]),
        (Color::Blue, [0, 0, 238]),
        (Color::Magenta, [205, 0, 205]),
        (Color::Cyan, [0, 205, 205]),
        (Color::Gray, [229, 229, 229]),
        (Color::DarkGray, [127, 127, 127]),
        (Color::LightRed, [255, 0, 0]),
        (Color::LightGreen, [0, 255, 0]),
        (Color::LightYellow, [255, 255, 0]),
        (Color::LightBlue, [92, 92, 255]),
        (Color::LightMagenta, [255, 0, 255]),
        (Color::LightCyan, [0, 255, 255]),
        (Color::White, [255, 255, 255]),
    ];

    fn rgb(colour: Color) -> Option<[u8; 3]> {
        match colour {
            Color::Rgb(red, green, blue) => Some([red, green, blue]),
            Color::Indexed(index @ 16..232) => {
                let at = |part: u8| STEPS[usize::from(part % 6)];
                let cube = index - 16;
                Some([at(cube / 36), at(cube / 6), at(cube)])
            }
            colour => SIXTEEN.iter().find(|(known, _)| *known == colour).map(|(_, rgb)| *rgb),
        }
    }

    /// WCAG's contrast of two colours, 1 to 21.
    fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let light = |colour: [u8; 3]| -> f64 {
            let linear = colour.map(|part| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        };
        let (one, other) = (light(one) + 0.05, light(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn letters_stand_out_from_what_is_behind_them() {
        // The grounds that people have: black and two dark greys, white and a warm white.
        let grounds: [(&str, &[[u8; 3]]); 3] = [
            ("dark", &[[0, 0, 0], [30, 30, 30], [40, 44, 52]]),
            ("light", &[[255, 255, 255], [253, 246, 227]]),
            ("contrast", &[[0, 0, 0], [255, 255, 255]]),
        ];
        for (name, grounds) in grounds {
            for depth in [Depth::Sixteen, Depth::Indexed, Depth::True] {
                // Of the sixteen the terminal decides; against xterm's own ground they are held.
                let grounds = if depth == Depth::True { grounds } else { &grounds[..1] };
                for (look, style) in &Theme::built_in(name, depth).expect("built in").styles {
                    let Some(letter) = style.fg.and_then(rgb) else { continue };
                    let behind = style.bg.and_then(rgb);
                    let quiet = matches!(look, Look::Rule | Look::Dim | Look::Number);
                    let least = match (look, depth) {
                        (Look::Rule, _) => 3.0,
                        (_, Depth::Sixteen | Depth::Indexed) if quiet => 3.0,
                        _ => 4.5,
                    };
                    for ground in grounds {
                        let found = contrast(letter, behind.unwrap_or(*ground));
                        assert!(found >= least, "{name} {look:?} {depth:?}: {found:.2}");
                    }
                }
            }
        }
    }

    /// The looks that a letter of the panes has, and those that are laid over them in turn.
    const UNDER: [Look; 8] = [
        Look::Text,
        Look::Open,
        Look::MarkBase,
        Look::MarkProposed,
        Look::Accepted,
        Look::Rejected,
        Look::Edited,
        Look::Disputed,
    ];
    const OVER: [Look; 3] = [Look::Sign, Look::Highlight, Look::Found];

    /// Returns the colours of a style's letter and ground in a terminal that shows bold letters in
    /// the brighter of two colours, as xterm does and many others can.
    fn seen(style: Style, plain: ([u8; 3], [u8; 3])) -> ([u8; 3], [u8; 3]) {
        let bold = style.add_modifier.contains(Modifier::BOLD);
        let bright = |colour: Color| {
            let dark = SIXTEEN[..8].iter().position(|(known, _)| *known == colour && bold);
            dark.map_or(colour, |at| SIXTEEN[at + 8].0)
        };
        let letter = style.fg.map(bright).and_then(rgb).unwrap_or(plain.0);
        let ground = style.bg.and_then(rgb).unwrap_or(plain.1);
        if style.add_modifier.contains(Modifier::REVERSED) {
            return (ground, letter);
        }
        (letter, ground)
    }

    #[test]
    fn what_is_laid_over_a_letter_leaves_it_legible() {
        let (white, black) = ([229; 3], [0; 3]);
        let plains: [(&str, &[_]); 3] = [
            ("dark", &[(white, black)]),
            ("light", &[(black, [255; 3])]),
            ("contrast", &[(white, black), (black, [255; 3])]),
        ];
        for (name, plains) in plains {
            for depth in [Depth::Sixteen, Depth::Indexed, Depth::True] {
                let theme = Theme::built_in(name, depth).expect("built in");
                for (under, over) in UNDER.iter().flat_map(|it| (0..8).map(move |over| (it, over)))
                {
                    let over = OVER.iter().enumerate().filter(|(at, _)| over >> at & 1 == 1);
                    let mark = matches!(under, Look::MarkBase | Look::MarkProposed);
                    let style = over.fold(theme.style(*under), |style, (_, look)| {
                        let style = style.patch(theme.style(*look));
                        match look {
                            Look::Highlight if mark => {
                                style.patch(theme.style(Look::HighlightMark))
                            }
                            _ => style,
                        }
                    });
                    for plain in plains {
                        let (letter, ground) = seen(style, *plain);
                        let found = contrast(letter, ground);
                        // Of xterm's own pure colours no magenta is far from white.
                        let pale = style.fg == Some(Color::Magenta) && depth != Depth::True;
                        let least = if pale { 3.0 } else { 4.5 };
                        assert!(found >= least, "{name} {depth:?} {under:?} {style:?}: {found:.2}");
                    }
                }
            }
        }
    }

    #[test]
    fn which_letters_differ_is_never_told_by_colour_alone() {
        for (name, _) in THEMES {
            for depth in [Depth::Sixteen, Depth::Indexed, Depth::True] {
                let theme = Theme::built_in(name, depth).expect("built in");
                let of = |look| theme.style(look);
                let (lit, marked) = (of(Look::Highlight), of(Look::HighlightMark));
                for mark in [Look::MarkBase, Look::MarkProposed] {
                    for (place, rest, differing) in [
                        ("the text", of(Look::Open), of(mark)),
                        (
                            "the highlight",
                            of(Look::Open).patch(lit),
                            of(mark).patch(lit).patch(marked),
                        ),
                    ] {
                        let attributes = |style: Style| Style::new().patch(style).add_modifier;
                        let (rest, differing) = (attributes(rest), attributes(differing));
                        assert_ne!(rest, differing, "{name} {depth:?} {mark:?} in {place}");
                    }
                }
            }
        }
    }

    #[test]
    fn both_sides_are_told_apart_by_how_light_they_are_or_by_blue() {
        // To red-green blind eyes, which are most of them, red and green are one; blue is not.
        for name in ["dark", "light"] {
            for depth in [Depth::Sixteen, Depth::Indexed, Depth::True] {
                let theme = Theme::built_in(name, depth).expect("built in");
                for (one, other) in
                    [(Look::MarkBase, Look::MarkProposed), (Look::Accepted, Look::Rejected)]
                {
                    // The sixteen colours have no red that is dark enough on white.
                    let black = name == "light" && depth != Depth::True;
                    let of = |look| match theme.style(look).fg {
                        None if black => [0; 3],
                        colour => colour.and_then(rgb).expect("a colour"),
                    };
                    let apart = of(one)[2].abs_diff(of(other)[2]);
                    assert!(apart >= 80, "{name} {depth:?} {one:?} {other:?}: {apart}");
                }
            }
        }
    }
}
