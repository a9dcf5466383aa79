//! The thread that takes signals in and tells the loop; nothing else runs in a signal handler.

use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::process::{Pid, getpgid, getpgrp, getppid, getsid};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level::emulate_default_handler;

use crate::shell::post::Post;
use crate::shell::terminal::Terminal;

/// How long the loop has to leave after a signal to end, before it is done without it: it may wait
/// on a terminal that does not read, or on a disk.
const GRACE: Duration = Duration::from_secs(1);

/// Holds the thread that takes signals. Dropped, it takes no more of them: they are lost then, so
/// it is kept until the program is all but over.
#[derive(Debug)]
pub struct Watch {
    handle: Handle,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Starts to take the signals that end, stop and resize.
    ///
    /// # Errors
    /// If the signals cannot be had, or no thread.
    pub fn start(terminal: Arc<Terminal>, post: Sender<Post>) -> io::Result<Self> {
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGTSTP, SIGCONT])?;
        let handle = signals.handle();
        let closed = signals.handle();
        let watch = move || {
            for signal in &mut signals {
                // While the reviewer's editor has the terminal, its keys are not ours.
                match signal {
                    SIGINT if !terminal.is_taken() => continue,
                    SIGTSTP if !terminal.is_taken() => {
                        stop();
                        continue;
                    }
                    _ => {}
                }
                let told = match signal {
                    SIGWINCH => Post::Resized,
                    SIGTSTP => Post::Stop,
                    SIGCONT => Post::Continued,
                    signal => Post::End(signal),
                };
                let ends = matches!(told, Post::End(_));
                if post.send(told).is_err() {
                    return;
                }
                if ends {
                    thread::park_timeout(GRACE);
                    if !closed.is_closed() {
                        terminal.leave();
                        die_of(signal);
                    }
                }
            }
        };
        let thread = thread::Builder::new().name("signals".to_owned()).spawn(watch)?;
        Ok(Self { handle, thread: Some(thread) })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.handle.close();
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

/// Ends the process as the signal would have, so that whoever started it sees why.
pub fn die_of(signal: i32) -> ! {
    let _ = emulate_default_handler(signal);
    std::process::exit(128 + signal);
}

/// Says whether somebody could continue this process if it stopped: a shell with job control,
/// which has put us into a process group of our own. Without one a stop would be for ever.
#[must_use]
pub fn can_stop() -> bool {
    let mut above = getppid();
    while let Some(parent) = above {
        if getsid(Some(parent)).ok() != getsid(None).ok() {
            return false;
        }
        if getpgid(Some(parent)).ok() != Some(getpgrp()) {
            return true;
        }
        above = parent_of(parent);
    }
    false
}

/// Returns the parent of a process, where the system has it in `/proc`.
fn parent_of(process: Pid) -> Option<Pid> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.as_raw_nonzero())).ok()?;
    // The name before the last parenthesis may hold anything; the state and the parent follow.
    let (_, rest) = stat.rsplit_once(')')?;
    Pid::from_raw(rest.split_whitespace().nth(1)?.parse().ok()?)
}

/// Stops the process until somebody continues it; [`Post::Continued`] comes then.
pub fn stop() {
    let _ = emulate_default_handler(SIGTSTP);
}
