//! Opens a log for writing: lock, check, repair what a crash can have left, and nothing else.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::digest::Digest;
use crate::log::audit::{Audit, Finding, Plan};
use crate::log::chain::Tail;
use crate::log::record::{Body, Record, Recovered, Session};
use crate::log::replay::Replay;
use crate::shell::files::{self, FileError};
use crate::shell::lock::{self, Holder, Refused};
use crate::shell::log_reader;
use crate::shell::store::{self, AppendFault, Store};

/// Holds a log that was opened for writing.
#[derive(Debug)]
pub struct Loaded {
    /// Writes to it.
    pub store: Store,
    /// The review as it stands.
    pub replay: Replay,
    /// Its records, sources left out.
    pub records: Vec<Record>,
    /// What was repaired, a sentence each, for people.
    pub repairs: Vec<String>,
}

/// Says why a log cannot be opened for writing. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// Another process writes to it.
    #[error("{} is being written by {}", .0.display(), who(.1.as_ref()))]
    Held(PathBuf, Option<Holder>),
    /// It is damaged or breaks the rules; it can be read.
    #[error("{} is damaged: {}", .0.display(), .1.complaint().unwrap_or_default())]
    Damaged(PathBuf, Box<Audit>),
    /// It is of a newer recto; it can be read as far as it is understood.
    #[error("{} is of a newer recto: {}", .0.display(), .1.complaint().unwrap_or_default())]
    Newer(PathBuf, Box<Audit>),
    /// It does not hold its base, and the base is not to be had.
    #[error("{} does not hold its OCR text, and that text is not beside it", .0.display())]
    NoBase(PathBuf, Box<Audit>),
    /// A repair failed; the log is as it was, or a sound prefix of it is and the rest is kept.
    #[error("cannot repair the end of {}: {}", .0.display(), .1)]
    Repair(PathBuf, String),
}

/// Returns which process writes to a log, for people.
pub(super) fn who(holder: Option<&Holder>) -> String {
    holder.map_or_else(|| "another process".to_owned(), Holder::to_string)
}

/// Opens a log for writing as `session`, repairing first what is torn (log format §4). A repair is
/// stamped with `time`.
///
/// # Errors
/// [`OpenFault`]; the log may still be read by [`log_reader::read`].
pub fn open(path: &Path, plan: &Plan, session: Session, time: &str) -> Result<Loaded, OpenFault> {
    let file = open_file(path)?;
    let note = lock::lock(&file, path).map_err(|refused| match refused {
        Refused::Held(holder) => OpenFault::Held(path.to_owned(), holder),
        Refused::Error(error) => FileError::Unreadable(path.to_owned(), error).into(),
    })?;
    store::ignore_size_signal();
    let plan = Plan { keep: true, until: None, ..plan.clone() };
    let found = log_reader::read_file(&file, path, &plan)
        .map_err(|error| FileError::Unreadable(path.to_owned(), error))?;
    let fault = match found.finding() {
        Finding::Intact | Finding::Torn => None,
        Finding::Damaged => Some(OpenFault::Damaged as fn(_, _) -> _),
        Finding::Newer => Some(OpenFault::Newer as fn(_, _) -> _),
        Finding::Unchecked => Some(OpenFault::NoBase as fn(_, _) -> _),
    };
    if let Some(fault) = fault {
        return Err(fault(path.to_owned(), Box::new(found)));
    }
    let failed = |error: io::Error| OpenFault::Repair(path.to_owned(), files::reason(&error));
    let mut repairs = Vec::new();
    let mut bytes = found.bytes;
    match found.tail {
        Tail::NoLineFeed => {
            bytes = add_line_feed(&file, path).map_err(failed)?;
            repairs.push("the last line feed was missing and was added".to_owned());
        }
        Tail::Torn { length } => {
            let kept = cut(&file, path, bytes).map_err(failed)?;
            repairs.push(format!(
                "the last {length} bytes were no whole record; they are kept in {}",
                kept.display()
            ));
        }
        Tail::Clean | Tail::Damaged(_) => {}
    }
    let bodies = unrecorded(path, &found, bytes).map_err(failed)?;
    let mut store =
        Store::resume((path.to_owned(), file, note), (bytes, found.size, found.head), session);
    let mut records = found.records;
    if !bodies.is_empty() {
        let told = store.append_bodies(bodies, time);
        let told = told.map_err(|AppendFault { why, .. }| OpenFault::Repair(path.to_owned(), why));
        records.extend(told?);
    }
    let mut replay = found.replay.expect("an intact log has a replay");
    replay.seq = store.size() - 1;
    Ok(Loaded { store, replay, records, repairs })
}

fn open_file(path: &Path) -> Result<File, FileError> {
    // Looked at first, as a named pipe would wait for its other end.
    let there = fs::metadata(path).map_err(|error| unopened(path, error))?;
    if there.is_dir() {
        return Err(FileError::Directory(path.to_owned()));
    }
    if !there.is_file() {
        let error = io::Error::other("it is no ordinary file");
        return Err(FileError::Unreadable(path.to_owned(), error));
    }
    let opened = OpenOptions::new().read(true).append(true).open(path);
    opened.map_err(|error| unopened(path, error))
}

fn unopened(path: &Path, error: io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing(path.to_owned()),
        _ => FileError::Unwritable(path.to_owned(), error),
    }
}

fn add_line_feed(mut file: &File, path: &Path) -> io::Result<u64> {
    let before = file.metadata()?.len();
    if file.write(b"\n")? != 1 {
        return Err(io::ErrorKind::WriteZero.into());
    }
    file.sync_data()?;
    files::sync_folder(path)?;
    Ok(before + 1)
}

/// Copies what follows byte `at` to a file beside the log, then cuts it off. Each step is on disk
/// before the next: killed in between, the bytes are in the log, or in the copy, or in both.
fn cut(mut file: &File, path: &Path, at: u64) -> io::Result<PathBuf> {
    let temporary = store::temporary(path)?;
    let copied = copy_from(file, at, &temporary);
    let kept = copied.and_then(|()| {
        // A copy of the same bytes is there if we were killed after it last time.
        let mut name = cut_name(path, at);
        let mut number = 1;
        while fs::exists(&name)? && digest(&name)? != digest(&temporary)? {
            number += 1;
            name = cut_name(path, at);
            name.as_mut_os_string().push(format!("-{number}"));
        }
        fs::rename(&temporary, &name).map(|()| name)
    });
    if kept.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    let kept = kept?;
    files::sync_folder(path)?;
    file.set_len(at)?;
    file.sync_all()?;
    file.seek(SeekFrom::Start(at))?;
    Ok(kept)
}

fn copy_from(mut file: &File, at: u64, to: &Path) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    let mut copy = File::create(to)?;
    io::copy(&mut file, &mut copy)?;
    copy.sync_all()
}

fn cut_name(path: &Path, at: u64) -> PathBuf {
    let mut name = path.to_owned();
    name.as_mut_os_string().push(format!(".cut-{at}"));
    name
}

/// Returns how many bytes a file has and their digest.
fn digest(path: &Path) -> io::Result<(u64, Digest)> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 16];
    let mut length = 0;
    loop {
        let got = file.read(&mut block)?;
        if got == 0 {
            let hex =
                hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            return Ok((length, Digest::from_hex(hex.as_bytes()).expect("64 hex digits")));
        }
        hasher.update(&block[..got]);
        length += got as u64;
    }
}

/// Returns the `recovered` records of cut-off tails that the log does not tell of yet: of the one
/// just cut, or of one that was cut when its process was killed.
fn unrecorded(path: &Path, found: &Audit, bytes: u64) -> io::Result<Vec<Body>> {
    let Some(name) = path.file_name() else { return Ok(Vec::new()) };
    let mut prefix = name.to_owned();
    prefix.push(".cut-");
    let mut bodies = Vec::new();
    for entry in fs::read_dir(files::folder(path))? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(tail) = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes()) else {
            continue;
        };
        let digits = tail.split(|&byte| byte == b'-').next().unwrap_or_default();
        let at = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
        let Some(at) = at.filter(|&at: &u64| at <= bytes) else { continue };
        let (cut, sha256) = digest(&entry.path())?;
        let recovered = Recovered { at, cut, sha256 };
        if !found.recovered.iter().any(|told| told.what == recovered) {
            bodies.push(recovered);
        }
    }
    bodies.sort_unstable_by_key(|recovered| (recovered.at, recovered.sha256));
    Ok(bodies.into_iter().map(Body::Recovered).collect())
}
