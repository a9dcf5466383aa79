//! The log on disk: made with its first decision, appended to record by record, never rewritten.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};

use crate::digest::Digest;
use crate::log::draft::{NewLog, parts};
use crate::log::encode;
use crate::log::record::{Body, MAX_LINE, Record, Session};
use crate::review::event::Event;
use crate::shell::files;
use crate::shell::lock::{self, Note};

/// Writes to one log, which it holds locked.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    file: File,
    /// How many bytes the log has, as we left it.
    bytes: u64,
    /// How many records it has.
    size: u64,
    /// The hash of the last.
    head: Digest,
    /// Records that go before the next ones: who writes now, what was seen of other logs.
    waiting: Vec<Body>,
    /// Why nothing more may be written.
    stopped: Option<String>,
    _note: Note,
}

/// Says that nothing of what was to be appended is in the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct AppendFault {
    /// Why, as a sentence for people.
    pub why: String,
    /// Whether this store can take nothing more. Where a sync failed, it is not known whether the
    /// records will be there after a loss of power.
    pub stopped: bool,
}

/// Says why a log could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateFault {
    /// A file has its name.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// The system refused.
    #[error("cannot make the log {}: {}", .0.display(), files::reason(.1))]
    Io(PathBuf, io::Error),
    /// A record is too long for a log.
    #[error("{0}")]
    TooLong(AppendFault),
}

/// Holds lines that are ready to be written.
struct Lines {
    bytes: Vec<u8>,
    head: Digest,
    records: Vec<Record>,
}

impl Store {
    /// Makes a log whose first records are `new`'s and `events`, all of them on disk when it
    /// returns, and the numbers of the events.
    ///
    /// It is written under another name and then linked to its own, so nobody ever sees half of
    /// it, and a log that is there is never replaced.
    ///
    /// # Errors
    /// [`CreateFault`]; then there is no log.
    pub fn create(
        path: &Path,
        new: &NewLog<'_>,
        events: &[Event],
        time: &str,
    ) -> Result<(Self, Vec<u64>), CreateFault> {
        let bodies = new.records();
        let (events, seqs) = numbered(events, bodies.len() as u64);
        let bodies = bodies.into_iter().chain(events.into_iter().map(Body::Review));
        let lines = lines(bodies, 0, Digest::ZERO, time).map_err(CreateFault::TooLong)?;
        let (file, note) = put(path, &lines.bytes).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => CreateFault::Exists(path.to_owned()),
            _ => CreateFault::Io(path.to_owned(), error),
        })?;
        let store = Self {
            path: path.to_owned(),
            file,
            bytes: lines.bytes.len() as u64,
            size: lines.records.len() as u64,
            head: lines.head,
            waiting: Vec::new(),
            stopped: None,
            _note: note,
        };
        Ok((store, seqs))
    }

    /// Goes on with a log that is open, locked and whole: `size` records, `bytes` bytes.
    pub(crate) fn resume(
        (path, file, note): (PathBuf, File, Note),
        (bytes, size, head): (u64, u64, Digest),
        session: Session,
    ) -> Self {
        let waiting = vec![Body::Session(session)];
        Self { path, file, bytes, size, head, waiting, stopped: None, _note: note }
    }

    /// Notes that the session that begins is blind.
    pub(crate) fn blind(&mut self) {
        for body in &mut self.waiting {
            if let Body::Session(session) = body {
                session.blind = true;
            }
        }
    }

    /// Puts a record before the next ones; alone it is not worth a write.
    pub(crate) fn wait(&mut self, body: Body) {
        self.waiting.push(body);
    }

    /// Appends events in one write and one sync, and returns the number of each one's (first)
    /// record. Only what this returns may be shown as decided.
    ///
    /// The first append also writes who writes now. Acts longer than 4 MiB become several records.
    ///
    /// # Errors
    /// [`AppendFault`]: nothing of it is in the log, or (after a failed sync) nobody knows.
    pub fn append(&mut self, events: &[Event], time: &str) -> Result<Vec<u64>, AppendFault> {
        let (parts, seqs) = numbered(events, self.size + self.waiting.len() as u64);
        let waiting = self.waiting.clone().into_iter();
        self.append_bodies(waiting.chain(parts.into_iter().map(Body::Review)), time)?;
        self.waiting.clear();
        Ok(seqs)
    }

    /// Appends records of any kind in one write and one sync, and returns them.
    ///
    /// # Errors
    /// As [`append`](Self::append).
    pub fn append_bodies(
        &mut self,
        bodies: impl IntoIterator<Item = Body>,
        time: &str,
    ) -> Result<Vec<Record>, AppendFault> {
        if let Some(why) = &self.stopped {
            return Err(AppendFault { why: why.clone(), stopped: true });
        }
        let lines = lines(bodies, self.size, self.head, time)?;
        self.check_untouched()?;
        self.write(&lines.bytes)?;
        if let Err(error) = self.file.sync_data() {
            // After a failed sync the system may have dropped the bytes and call the next one a
            // success, so there is none.
            let why = files::reason(&error);
            return Err(self.stop(format!(
                "the disk did not confirm the last record ({why}): whether it is kept is unknown"
            )));
        }
        self.bytes += lines.bytes.len() as u64;
        self.size += lines.records.len() as u64;
        self.head = lines.head;
        Ok(lines.records)
    }

    /// Returns the number and the hash before it that a record would have if it were appended at
    /// `time`, after those that wait.
    ///
    /// # Errors
    /// Records that wait and are too long.
    pub(crate) fn next(&self, time: &str) -> Result<(u64, Digest), AppendFault> {
        let waiting = lines(self.waiting.iter().cloned(), self.size, self.head, time)?;
        Ok((self.size + waiting.records.len() as u64, waiting.head))
    }

    /// Appends one record, after those that wait.
    ///
    /// # Errors
    /// As [`append`](Self::append).
    pub(crate) fn append_after_waiting(
        &mut self,
        body: Body,
        time: &str,
    ) -> Result<(), AppendFault> {
        let bodies: Vec<Body> = self.waiting.iter().cloned().chain([body]).collect();
        self.append_bodies(bodies, time)?;
        self.waiting.clear();
        Ok(())
    }

    /// Returns the hash of the last record.
    #[must_use]
    pub fn head(&self) -> Digest {
        self.head
    }

    /// Returns how many records the log has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns where the log is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn stop(&mut self, why: String) -> AppendFault {
        self.stopped = Some(why.clone());
        AppendFault { why, stopped: true }
    }

    /// Checks that the file is as we left it, and still the one that has the log's name.
    fn check_untouched(&mut self) -> Result<(), AppendFault> {
        let name = self.path.display().to_string();
        let ours = self.file.metadata();
        let ours = ours.map_err(|error| self.stop(format!("cannot look at {name}: {error}")))?;
        if ours.len() != self.bytes {
            return Err(self.stop(format!("another program has written in {name}")));
        }
        match fs::metadata(&self.path) {
            Ok(named) if (named.dev(), named.ino()) == (ours.dev(), ours.ino()) => Ok(()),
            _ => Err(self.stop(format!("{name} was moved, removed or replaced meanwhile"))),
        }
    }

    /// Writes in one go; what was written of a write that fell short is taken back.
    fn write(&mut self, bytes: &[u8]) -> Result<(), AppendFault> {
        let why = match self.file.write(bytes) {
            Ok(written) if written == bytes.len() => return Ok(()),
            Ok(_) => "there was no room for all of it (disk full, or a limit)".to_owned(),
            Err(error) => files::reason(&error),
        };
        match self.file.set_len(self.bytes) {
            Ok(()) => {
                let why = format!("cannot write to {}: {why}", self.path.display());
                Err(AppendFault { why, stopped: false })
            }
            Err(error) => Err(self.stop(format!(
                "cannot write to {}: {why}; nor take back what was written of it: {error}",
                self.path.display()
            ))),
        }
    }
}

/// Cuts events into parts where they are too long, and numbers them from `first` on. Returns the
/// number of each event's first part.
fn numbered(events: &[Event], first: u64) -> (Vec<Event>, Vec<u64>) {
    let mut all = Vec::with_capacity(events.len());
    let mut seqs = Vec::with_capacity(events.len());
    for event in events {
        let seq = first + all.len() as u64;
        seqs.push(seq);
        all.extend(parts(event.clone(), seq));
    }
    (all, seqs)
}

fn lines(
    bodies: impl IntoIterator<Item = Body>,
    first: u64,
    head: Digest,
    time: &str,
) -> Result<Lines, AppendFault> {
    let mut lines = Lines { bytes: Vec::new(), head, records: Vec::new() };
    for (seq, body) in (first..).zip(bodies) {
        let record = Record { seq, time: time.to_owned(), body };
        let line = encode::line(&record, lines.head);
        if line.bytes.len() > MAX_LINE {
            let why = "a record would be longer than 64 MiB".to_owned();
            return Err(AppendFault { why, stopped: false });
        }
        lines.bytes.extend_from_slice(&line.bytes);
        lines.head = line.hash;
        lines.records.push(record);
    }
    Ok(lines)
}

/// Puts a new, locked, synced file with these bytes at `path`.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> io::Result<(File, Note)> {
    ignore_size_signal();
    let temporary = temporary(path)?;
    let made = OpenOptions::new()
        .read(true)
        .append(true)
        .create_new(true)
        .mode(0o640)
        .open(&temporary)
        .and_then(|mut file| {
            file.try_lock()?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::hard_link(&temporary, path)
                .or_else(|error| link_by_name(&temporary, path, error))?;
            Ok(file)
        });
    // After a link it is a second name, after a rename or a failure it may be gone already.
    let _ = fs::remove_file(&temporary);
    let file = made?;
    if let Err(error) = files::sync_folder(path) {
        let _ = fs::remove_file(path);
        return Err(error);
    }
    Ok((file, lock::note(path)))
}

/// Renames where the file system knows no links, without replacing anything.
fn link_by_name(temporary: &Path, path: &Path, error: io::Error) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported => {
            renameat_with(CWD, temporary, CWD, path, RenameFlags::NOREPLACE).map_err(Into::into)
        }
        _ => Err(error),
    }
}

/// Returns a name beside `path` that no other process takes.
pub(crate) fn temporary(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut temporary = std::ffi::OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{}.tmp", std::process::id()));
    Ok(path.with_file_name(temporary))
}

/// Lets a write beyond the limit on file sizes fail, where by default it would kill the process.
pub(crate) fn ignore_size_signal() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // If this fails, the signal kills us as it would have; the log is whole either way.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
    });
}
