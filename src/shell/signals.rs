//! The thread that takes signals in and tells the loop; nothing else runs in a signal handler.

use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::Duration;

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
/// which has put us into a process group of our own. Without one a stop would be for ever. Where
/// the system does not tell (no `/proc`), job control is taken to be there, as it is the rule.
#[must_use]
pub fn can_stop() -> bool {
    let Some(own) = Standing::of("self") else { return true };
    let mut above = own.parent;
    while let Some(parent) = Standing::of(&above.to_string()) {
        if parent.session != own.session {
            return false;
        }
        if parent.group != own.group {
            return true;
        }
        above = parent.parent;
    }
    false
}

/// Where a process stands among the others. All are numbers as the kernel prints them: 0 is what
/// lies outside the process's PID namespace, which is why `getsid` and its like are not asked
/// (rustix 1 takes their 0 for impossible and panics).
#[derive(Debug, PartialEq, Eq)]
struct Standing {
    parent: u32,
    group: u32,
    session: u32,
}

impl Standing {
    /// Reads the standing of a process, named by number or as `self`, from `/proc`.
    fn of(process: &str) -> Option<Self> {
        Self::parse(&fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
    }

    /// Parses a line of `/proc/PID/stat` (proc(5)): after the name, which ends at the last
    /// parenthesis and may hold anything, come the state, the parent, the group and the session.
    fn parse(stat: &str) -> Option<Self> {
        let (_, rest) = stat.rsplit_once(')')?;
        let mut fields = rest.split_whitespace().skip(1).map(|field| field.parse().ok());
        Some(Self { parent: fields.next()??, group: fields.next()??, session: fields.next()?? })
    }
}

/// Stops the process until somebody continues it; [`Post::Continued`] comes then.
pub fn stop() {
    let _ = emulate_default_handler(SIGTSTP);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_is_read_whatever_the_name_and_outside_the_namespace() {
        let of = Standing::parse("7 (a) S 3 (b) S 1 2 5 34816 7 4194304");
        assert_eq!(of, Some(Standing { parent: 1, group: 2, session: 5 }));
        let outside = Standing::parse("1 (sh) S 0 0 0 34816 1 4194304");
        assert_eq!(outside, Some(Standing { parent: 0, group: 0, session: 0 }));
        assert_eq!(Standing::parse("7 (sh) S 1"), None);
    }
}
