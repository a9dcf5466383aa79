//! The user's state directory: what this user saw and where they were, outside of every document.

use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

/// Returns the folder of recto's state that has this name; none where the user has no home.
#[must_use]
pub fn folder(name: &str) -> Option<PathBuf> {
    let strategy = choose_base_strategy().ok()?;
    let state = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    Some(state.join("recto").join(name))
}
