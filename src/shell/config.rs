//! The user's config file: `recto/config.toml` in the XDG config directory.

use std::fs;
use std::io;
use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};
use serde::Deserialize;

use crate::ui::toml_file::{self, line_of};

/// Holds what the config file says. A missing file says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The reviewer's name.
    pub reviewer: Option<String>,
    /// The looks: `dark`, `light`, `mono`, `contrast`, or a file's name in `recto/themes`.
    pub theme: Option<toml::Spanned<String>>,
    /// The line that names them, from 1; 0 where none does.
    #[serde(skip)]
    pub theme_line: usize,
    /// Whether the mouse moves the cursor; it does unless this says no.
    pub mouse: Option<bool>,
    /// Whether the window is named after the document; it is unless this says no.
    pub title: Option<bool>,
    /// When logs are sealed without being asked.
    #[serde(default)]
    pub seal: SealAt,
    /// The public key file to seal with; `~/` is the home folder.
    pub seal_key: Option<PathBuf>,
}

/// Tells when logs are sealed without being asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SealAt {
    /// At each sign-off, if the agent has a key.
    #[default]
    SignOff,
    /// At each sign-off and on leaving.
    Leaving,
    /// Never: only `recto seal` does it.
    Never,
}

/// Says why the config file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadConfig {
    /// It is there, and cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is not TOML, or has a name or value that is not known.
    #[error("{}, line {line}: {message}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The line from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
}

impl Config {
    /// Reads the config file of the user who runs the program.
    ///
    /// # Errors
    /// A file that is there must be readable and right.
    pub fn load() -> Result<Self, BadConfig> {
        let Ok(base) = choose_base_strategy() else { return Ok(Self::default()) };
        let path = base.config_dir().join("recto").join("config.toml");
        match fs::read_to_string(&path) {
            Ok(toml) => Self::parse(&toml).map_err(|(line, message)| BadConfig::Wrong {
                path,
                line,
                message,
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(BadConfig::Unreadable { path, error }),
        }
    }

    fn parse(toml: &str) -> Result<Self, (usize, String)> {
        let mut config: Self = toml_file::read(toml)?;
        config.theme_line = config.theme.as_ref().map_or(0, |it| line_of(toml, it.span().start));
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reviewer_and_errors_with_their_line() {
        let config = Config::parse("reviewer = \"mk\"\n").expect("right");
        assert_eq!(config.reviewer.as_deref(), Some("mk"));
        let config = Config::parse("mouse = true\n\ntheme = \"x\"\n").expect("right");
        assert_eq!(config.theme_line, 3);
        let (line, message) = Config::parse("\nreviewr = 1\n").expect_err("unknown name");
        assert_eq!(line, 2);
        assert!(message.contains("reviewr"), "{message}");
    }
}
