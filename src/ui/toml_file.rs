//! The user's own files, in TOML: keys, themes, the config. What is wrong in one is told with its line.

use serde::de::DeserializeOwned;

/// Reads a file.
///
/// # Errors
/// The line that is wrong, from 1, and why, in one clause.
pub fn read<T: DeserializeOwned>(file: &str) -> Result<T, (usize, String)> {
    toml::from_str(file).map_err(|error| {
        let line = line_of(file, error.span().map_or(0, |span| span.start));
        (line, error.message().lines().next().unwrap_or_default().to_owned())
    })
}

/// Returns the line of a file, from 1, in which a byte stands.
#[must_use]
pub fn line_of(file: &str, byte: usize) -> usize {
    file.bytes().take(byte).filter(|&byte| byte == b'\n').count() + 1
}
