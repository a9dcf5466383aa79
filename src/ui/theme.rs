//! What each part of the screen looks like: three themes in `assets/themes`, styles by role.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};

use crate::text::visible::quoted;

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
const LOOKS: [(&str, Look); 20] = [
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
    ("sign", Look::Sign),
    ("found", Look::Found),
    ("key", Look::Key),
    ("warning", Look::Warning),
    ("said", Look::Said),
];

/// The themes that come with the program.
const THEMES: [(&str, &str); 3] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
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
    #[error("there is no theme {}; the themes are dark, light and mono", quoted(.0))]
    NoTheme(String),
    /// Not the form of such a file.
    #[error("the theme cannot be read: {0}")]
    Form(String),
    /// No such part of the screen.
    #[error("the theme names {}, which is no part of the screen", quoted(.0))]
    NoLook(String),
    /// No such colour or attribute.
    #[error("the theme gives {} the style {}; that is no colour and no attribute", .0, quoted(.1))]
    NoStyle(String, String),
}

/// Holds a style for each part of the screen.
#[derive(Debug, Clone)]
pub struct Theme {
    name: String,
    styles: BTreeMap<Look, Style>,
}

impl Theme {
    /// Returns a theme that comes with the program. `mono` has attributes and no colour at all:
    /// the one for `NO_COLOR`.
    ///
    /// # Errors
    /// [`BadTheme::NoTheme`].
    pub fn named(name: &str) -> Result<Self, BadTheme> {
        let theme = THEMES.iter().find(|(known, _)| *known == name);
        let (name, file) = theme.ok_or_else(|| BadTheme::NoTheme(name.to_owned()))?;
        let entries: BTreeMap<String, String> =
            toml::from_str(file).map_err(|error| BadTheme::Form(error.message().to_owned()))?;
        let mut styles = BTreeMap::new();
        for (entry, words) in entries {
            let look = LOOKS.iter().find(|(known, _)| *known == entry).map(|(_, look)| *look);
            let look = look.ok_or_else(|| BadTheme::NoLook(entry.clone()))?;
            let style = style(&words).ok_or(BadTheme::NoStyle(entry, words))?;
            styles.insert(look, style);
        }
        Ok(Self { name: (*name).to_owned(), styles })
    }

    /// Returns the theme's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the style of a part; one that the theme leaves out is plain.
    #[must_use]
    pub fn style(&self, look: Look) -> Style {
        self.styles.get(&look).copied().unwrap_or_default()
    }
}

/// Reads a style: attributes, a colour, `on-` and a colour behind.
fn style(words: &str) -> Option<Style> {
    let mut style = Style::new();
    for word in words.split_whitespace() {
        if let Some((_, attribute)) = ATTRIBUTES.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*attribute);
        } else if let Some(behind) = word.strip_prefix("on-") {
            style = style.bg(behind.parse::<Color>().ok()?);
        } else {
            style = style.fg(word.parse::<Color>().ok()?);
        }
    }
    Some(style)
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
    fn mono_has_no_colour_and_the_others_only_the_sixteen() {
        for (name, _) in THEMES {
            for (look, style) in &Theme::named(name).expect("built in").styles {
                for colour in [style.fg, style.bg].into_iter().flatten() {
                    assert!(name != "mono", "mono colours {look:?}");
                    assert!(!matches!(colour, Color::Rgb(..) | Color::Indexed(16..)), "{look:?}");
                }
            }
        }
    }
}
