//! How the screen looks and which keys it takes: from the environment and the user's files.

use std::env;
use std::fs;
use std::io;
use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::text::visible::Repertoire;
use crate::ui::keymap::{BadKeymap, Keymap};
use crate::ui::theme::{BadTheme, Theme};

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
}

/// Says why looks or keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum BadLooks {
    /// The user's keys are wrong.
    #[error("{}: {fault}", path.display())]
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
    /// The theme is wrong.
    #[error(transparent)]
    Theme(#[from] BadTheme),
}

impl Looks {
    /// Finds the looks; without `colour` they have none at all.
    ///
    /// # Errors
    /// A keymap file that is there must be right.
    pub fn find(colour: bool) -> Result<Self, BadLooks> {
        let theme = Theme::named(if colour { "dark" } else { "mono" })?;
        Ok(Self { keymap: keymap()?, theme, repertoire: repertoire(), colour })
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
