//! Ends the process that holds a log, where a dead link left one behind. A lock is never stolen.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::shell::files;
use crate::shell::lock::{self, Holder};

/// How long the process has to leave.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often the lock is tried meanwhile.
const STEP: Duration = Duration::from_millis(20);

/// Says why the log is still another process's.
#[derive(Debug, thiserror::Error)]
pub enum Stays {
    /// Nobody noted who they are.
    #[error("nobody knows which process is writing {}", .0.display())]
    Unknown(PathBuf),
    /// It runs somewhere else.
    #[error("{} is being written by {}, another machine than this one", .0.display(), .1)]
    Elsewhere(PathBuf, Holder),
    /// The process that is noted does not have the log open: it is some other one by now.
    #[error("{} is being written, but not by {} that is noted", .0.display(), .1)]
    Other(PathBuf, Holder),
    /// It cannot be sent a signal.
    #[error("cannot end {}: {}", .0, files::reason(.1))]
    Unreachable(Holder, io::Error),
    /// It was asked to leave and did not.
    #[error("{} was asked to leave {} and has not within 2 s", .1, .0.display())]
    Silent(PathBuf, Holder),
    /// The log cannot be looked at.
    #[error("cannot read {}: {}", .0.display(), files::reason(.1))]
    Unreadable(PathBuf, io::Error),
}

/// Asks the process that writes to a log to end (SIGTERM), and waits until the lock is free. What
/// that process had acknowledged is in the log; nothing else is lost by it.
///
/// # Errors
/// [`Stays`]; nothing was done to any process but the one that holds the log.
pub fn take_over(log: &Path) -> Result<(), Stays> {
    let unreadable = |error| Stays::Unreadable(log.to_owned(), error);
    let file = File::open(log).map_err(unreadable)?;
    if file.try_lock().is_ok() {
        return Ok(());
    }
    let holder = lock::holder(log).ok_or_else(|| Stays::Unknown(log.to_owned()))?;
    if holder.host != lock::host() {
        return Err(Stays::Elsewhere(log.to_owned(), holder));
    }
    let ours = file.metadata().map_err(unreadable)?;
    let pid = i32::try_from(holder.pid).ok().and_then(Pid::from_raw);
    let Some(pid) = pid.filter(|_| has_open(holder.pid, (ours.dev(), ours.ino()))) else {
        return Err(Stays::Other(log.to_owned(), holder));
    };
    // One that was suspended takes the first signal only with the second.
    let sent = kill_process(pid, Signal::TERM).and_then(|()| kill_process(pid, Signal::CONT));
    if let Err(error) = sent {
        return Err(Stays::Unreachable(holder, error.into()));
    }
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if file.try_lock().is_ok() {
            return Ok(());
        }
        thread::sleep(STEP);
    }
    Err(Stays::Silent(log.to_owned(), holder))
}

/// Says whether a process has a file open: numbers of processes are given anew in time.
fn has_open(process: u32, file: (u64, u64)) -> bool {
    let open = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    let same = |path: PathBuf| fs::metadata(path).is_ok_and(|it| (it.dev(), it.ino()) == file);
    open.map(|entry| entry.path()).any(same)
}
