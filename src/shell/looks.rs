//! How the screen looks and which keys it takes: from the environment and the user's files.

use std::env;
use std::fs;
use std::io;
use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::shell::config::{BadConfig, Config};
use crate::text::visible::Repertoire;
use crate::ui::keymap::{BadKeymap, Keymap};
use crate::ui::theme::{BadTheme, Depth, Theme};

/// Holds looks and keys.
#[derive(Debug)]
pub struct Looks {
    /// The keys.
    pub keymap: Keymap,
    /// The looks of the parts of the screen.
    pub theme: Theme,
    /// The letters that the terminal can show.
    pub repertoire: Repertoire,
    /// Whether any colour may be sent.
    pub colour: bool,
    /// Whether the mouse is taken from the terminal.
    pub mouse: bool,
    /// Whether the window is named after the document.
    pub title: bool,
}

/// Says why looks or keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum BadLooks {
    /// The user's keys are wrong.
    #[error("{}, {fault}", path.display())]
    Keymap {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fault: BadKeymap,
    },
    /// The user's keys cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// There is no such theme.
    #[error(
        "{}, line {line}: {fault}, or a file {}",
        path.display(), path.with_file_name("themes").join("NAME.toml").display()
    )]
    NoTheme {
        /// The config that asks for it.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        fault: BadTheme,
    },
    /// The user's own theme is wrong.
    #[error("{}, {fault}", path.display())]
    Theme {
        /// The theme's file.
        path: PathBuf,
        /// What is wrong.
        fault: BadTheme,
    },
    /// The config file is wrong.
    #[error(transparent)]
    Config(#[from] BadConfig),
}

impl Looks {
    /// Finds the looks; without `colour` they have none at all.
    ///
    /// # Errors
    /// A config, keymap or theme file that is there must be right.
    pub fn find(colour: bool) -> Result<Self, BadLooks> {
        let config = Config::load()?;
        let theme = match (colour, config.theme.as_ref()) {
            (false, _) => "mono",
            (true, name) => name.map_or("dark", |name| name.get_ref()),
        };
        Ok(Self {
            keymap: keymap()?,
            theme: self::theme(theme, config.theme_line)?,
            repertoire: repertoire(),
            colour,
            mouse: config.mouse.unwrap_or(true),
            title: config.title.unwrap_or(true),
        })
    }
}

/// Returns a theme that line `line` of the config names: the user's `recto/themes/NAME.toml`, else
/// the one that comes with the program.
fn theme(name: &str, line: usize) -> Result<Theme, BadLooks> {
    let folder = choose_base_strategy().ok().map(|base| base.config_dir().join("recto"));
    let plain = name.chars().all(|it| it.is_alphanumeric() || it == '-' || it == '_');
    let own = folder.as_ref().filter(|_| plain);
    let own = own.map(|folder| folder.join("themes").join(format!("{name}.toml")));
    match own.as_ref().map(fs::read_to_string) {
        Some(Ok(file)) => {
            let path = own.clone().unwrap_or_default();
            Theme::read(&file, depth()).map_err(|fault| BadLooks::Theme { path, fault })
        }
        Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => {
            Err(BadLooks::Unreadable { path: own.unwrap_or_default(), error })
        }
        _ => {
            let path = folder.unwrap_or_default().join("config.toml");
            Theme::built_in(name, depth()).map_err(|fault| BadLooks::NoTheme { path, line, fault })
        }
    }
}

/// Tells by the environment how many colours the terminal shows.
fn depth() -> Depth {
    let is = |name: &str, known: &[&str]| {
        env::var(name).is_ok_and(|value| known.iter().any(|it| value.contains(it)))
    };
    match () {
        () if is("COLORTERM", &["truecolor", "24bit"]) || is("TERM", &["-direct"]) => Depth::True,
        () if is("TERM", &["256color"]) => Depth::Indexed,
        () => Depth::Sixteen,
    }
}

/// Returns the keys, with the user's `recto/keymap.toml` over the standard ones.
fn keymap() -> Result<Keymap, BadLooks> {
    let standard = Keymap::standard();
    let Ok(base) = choose_base_strategy() else { return Ok(standard) };
    let path = base.config_dir().join("recto").join("keymap.toml");
    match fs::read_to_string(&path) {
        Ok(file) => standard.with_patch(&file).map_err(|fault| BadLooks::Keymap { path, fault }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(standard),
        Err(error) => Err(BadLooks::Unreadable { path, error }),
    }
}

/// Tells by the locale what the terminal can show. Where nothing is set, terminals of today show
/// all of Unicode; a locale that is set to less is meant so.
#[must_use]
pub fn repertoire() -> Repertoire {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    let all = |locale: String| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    };
    if locale.is_none_or(all) { Repertoire::Unicode } else { Repertoire::Ascii }
}
