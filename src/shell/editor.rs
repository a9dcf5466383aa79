//! The reviewer's own editor, run on a text in a file that nobody else can read.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::process::Command;

use crate::text::visible::quoted;

/// Says why there is no edited text.
#[derive(Debug, thiserror::Error)]
pub enum EditorFault {
    /// The text could not be put into a file, or read back.
    #[error("the text could not be handed to the editor: {0}")]
    File(#[from] io::Error),
    /// The editor could not be run.
    #[error("the editor {} could not be run: {}", quoted(.0), .1)]
    Run(String, io::Error),
    /// The editor ended as one does that did not finish.
    #[error("the editor {} ended with an error; the edit is as it was", quoted(.0))]
    Failed(String),
    /// What came back is no text.
    #[error("the editor left bytes that are not UTF-8; the edit is as it was")]
    NoText,
}

/// Runs `$VISUAL`, `$EDITOR` or `vi` on `text` and returns what it left, without the line feed that
/// editors add at the end.
///
/// # Errors
/// [`EditorFault`]; nothing is changed then.
pub fn edit(text: &str) -> Result<String, EditorFault> {
    let file = Scratch::with(text)?;
    let editor = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let value = env::var(name).ok()?;
        (!value.trim().is_empty()).then_some(value)
    });
    let editor = editor.unwrap_or_else(|| "vi".to_owned());
    // The variable may hold a program with options, so a shell takes it apart.
    let ended = Command::new("sh")
        .arg("-c")
        .arg(format!("{editor} \"$1\""))
        .arg("sh")
        .arg(&file.0)
        .status()
        .map_err(|error| EditorFault::Run(editor.clone(), error))?;
    if !ended.success() {
        return Err(EditorFault::Failed(editor));
    }
    let mut edited = String::from_utf8(fs::read(&file.0)?).map_err(|_| EditorFault::NoText)?;
    if edited.ends_with('\n') && !text.ends_with('\n') {
        edited.pop();
    }
    Ok(edited)
}

/// Holds a file that goes when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn with(text: &str) -> io::Result<Self> {
        let folder = env::var_os("XDG_RUNTIME_DIR").map_or_else(env::temp_dir, PathBuf::from);
        let mut number = [0; 8];
        getrandom::fill(&mut number).map_err(io::Error::other)?;
        let path = folder.join(format!("recto-{:016x}.txt", u64::from_be_bytes(number)));
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        let scratch = Self(path);
        file.write_all(text.as_bytes())?;
        Ok(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
