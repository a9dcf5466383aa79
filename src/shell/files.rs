//! Whole files in and out: read with an error that names the place, written at once or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Says why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such file.
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    /// It is a directory.
    #[error("{} is a directory, not a file", .0.display())]
    Directory(PathBuf),
    /// Reading is not permitted, or failed.
    #[error("cannot read {}: {}", .0.display(), reason(.1))]
    Unreadable(PathBuf, io::Error),
    /// A file is there already.
    #[error("{} exists already and was not overwritten", .0.display())]
    Exists(PathBuf),
    /// It is what is worked on.
    #[error("{} is part of the review and is never replaced", .0.display())]
    Worked(PathBuf),
    /// Writing is not permitted, or failed.
    #[error("cannot write {}: {}", .0.display(), reason(.1))]
    Unwritable(PathBuf, io::Error),
}

/// Says whether a file that is there may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    /// It is replaced.
    Yes,
    /// It stays, and nothing is written.
    No,
}

/// Returns a path that was typed on the screen, the home folder in the place of `~`.
#[must_use]
pub fn expanded(typed: &str) -> PathBuf {
    match (typed.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(typed),
    }
}

/// Reads a whole file; `-` is standard input.
///
/// # Errors
/// [`FileError::Missing`], [`FileError::Directory`], [`FileError::Unreadable`].
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        return match io::stdin().lock().read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(FileError::Unreadable("standard input".into(), error)),
        };
    }
    fs::read(path).map_err(|error| unreadable(path, error))
}

/// Reads at most the first `limit` bytes of a file.
///
/// # Errors
/// As [`read`].
pub fn read_start(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|error| unreadable(path, error))?;
    Ok(bytes)
}

fn unreadable(path: &Path, error: io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing(path.to_owned()),
        io::ErrorKind::IsADirectory => FileError::Directory(path.to_owned()),
        _ => FileError::Unreadable(path.to_owned(), error),
    }
}

/// Writes a whole file: to a temporary file beside it, synced, then put in its place.
///
/// Nobody ever sees half of it, and a failure leaves what was there.
///
/// # Errors
/// [`FileError::Exists`] where a file is there and may not be replaced; [`FileError::Directory`];
/// [`FileError::Unwritable`].
pub fn write(path: &Path, bytes: &[u8], replace: Replace) -> Result<(), FileError> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => return Err(FileError::Directory(path.to_owned())),
        Ok(_) if replace == Replace::No => return Err(FileError::Exists(path.to_owned())),
        _ => {}
    }
    let unwritable = |error| FileError::Unwritable(path.to_owned(), error);
    let temporary = temporary_beside(path).map_err(unwritable)?;
    let put = write_synced(&temporary, bytes).and_then(|()| match replace {
        Replace::Yes => fs::rename(&temporary, path),
        // A link fails where something has come to be in the meantime; a rename would replace it.
        Replace::No => fs::hard_link(&temporary, path).and_then(|()| fs::remove_file(&temporary)),
    });
    put.and_then(|()| sync_folder(path)).map_err(|error| {
        let _ = fs::remove_file(&temporary);
        match error.kind() {
            io::ErrorKind::AlreadyExists => FileError::Exists(path.to_owned()),
            _ => unwritable(error),
        }
    })
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Returns the folder a path lies in; `.` for a bare name.
#[must_use]
pub fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Makes sure that a name new in its folder outlives a loss of power.
///
/// # Errors
/// Those of the system.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder(path))?.sync_all()
}

fn temporary_beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut temporary = std::ffi::OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{}.tmp", std::process::id()));
    Ok(folder(path).join(temporary))
}

/// Says in plain words why the system refused.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "no such folder".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is no directory".to_owned(),
        _ => error.to_string(),
    }
}
