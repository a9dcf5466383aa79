//! One writer per log: the lock on the file, and a note of who holds it.

use std::env;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::shell::files;
use crate::shell::state;

/// Tells which process writes to a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its number.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// Its terminal, where it has one.
    pub terminal: Option<String>,
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "process {} on {}", self.pid, self.host)?;
        match &self.terminal {
            Some(terminal) => write!(f, " ({terminal})"),
            None => Ok(()),
        }
    }
}

/// Holds the note of who writes, and takes it away in the end. The lock itself goes with the file.
#[derive(Debug)]
pub struct Note(Option<PathBuf>);

impl Drop for Note {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // It says who holds a lock; where there is no lock nobody reads it.
            let _ = fs::remove_file(path);
        }
    }
}

/// Says why a log could not be locked.
#[derive(Debug)]
pub enum Refused {
    /// Another process holds it; who, where that is known.
    Held(Option<Holder>),
    /// The system refused.
    Error(io::Error),
}

/// Locks a log that is open, for as long as the file is, and notes that we hold it.
///
/// # Errors
/// [`Refused`]; the log is not touched.
pub fn lock(file: &File, path: &Path) -> Result<Note, Refused> {
    match file.try_lock() {
        Ok(()) => Ok(note(path)),
        Err(TryLockError::WouldBlock) => Err(Refused::Held(holder(path))),
        Err(TryLockError::Error(error)) => Err(Refused::Error(error)),
    }
}

/// Returns who holds the lock of the log at `path`, as far as they noted it.
#[must_use]
pub fn holder(path: &Path) -> Option<Holder> {
    let note = fs::read(place(path)?).ok()?;
    serde_json::from_slice(&note).ok()
}

/// Notes who we are. Without a note the lock still holds, so that it cannot be written is no error.
pub(crate) fn note(path: &Path) -> Note {
    let holder = Holder { pid: std::process::id(), host: host(), terminal: terminal() };
    let json = serde_json::to_vec(&holder).expect("a number and two texts");
    let written = place(path).filter(|place| {
        fs::create_dir_all(files::folder(place)).and_then(|()| fs::write(place, json)).is_ok()
    });
    Note(written)
}

/// Returns where the note about a log lies: in the user's state directory, named after its path.
fn place(path: &Path) -> Option<PathBuf> {
    let path = fs::canonicalize(path).ok()?;
    let name = Digest::of(path.as_os_str().as_encoded_bytes()).to_hex();
    Some(state::folder("locks")?.join(format!("{}.json", &name[..32])))
}

/// Returns this machine's name.
pub(crate) fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

fn terminal() -> Option<String> {
    let own = fs::read_link("/proc/self/fd/0").ok().filter(|path| path.starts_with("/dev"));
    let own = own.filter(|path| path != Path::new("/dev/null"));
    own.map(|path| path.display().to_string()).or_else(|| env::var("SSH_TTY").ok())
}
