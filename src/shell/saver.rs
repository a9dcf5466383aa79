//! The thread that owns the log, so that keys and frames go on while the disk confirms a record.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::digest::Digest;
use crate::review::counts::Counts;
use crate::review::event::Event;
use crate::shell::bookmark::{self, Bookmark};
use crate::shell::clock;
use crate::shell::post::{Alarm, Post};
use crate::shell::recent::Memory;
use crate::shell::sealer::Sealer;
use crate::shell::writer::Writer;
use crate::ui::msg::Msg;

/// Holds the thread that writes; dropped, it waits until all of it is done.
#[derive(Debug)]
pub struct Saver {
    /// Closed, it ends the thread once its jobs are done.
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<Writer>>,
}

#[derive(Debug)]
enum Job {
    Append(Arc<Vec<Event>>),
    Seal(Digest),
    Remember(usize),
    List(Memory, Counts, bool),
}

impl Saver {
    /// Starts the thread; each append is answered by [`Msg::Appended`] or [`Msg::NotSaved`].
    ///
    /// # Errors
    /// If there can be no thread.
    pub fn start(mut writer: Writer, log: PathBuf, post: Sender<Post>) -> io::Result<Self> {
        let (jobs, to_do) = mpsc::channel();
        let write = move || {
            let _alarm = Alarm(post.clone());
            let mut next = None;
            while let Some(job) = next.take().or_else(|| to_do.recv().ok()) {
                match job {
                    Job::Append(events) => {
                        let answer = append(&mut writer, &events);
                        // Whoever is told now takes them over.
                        drop(events);
                        let _ = post.send(Post::Msgs(vec![answer]));
                    }
                    Job::Seal(established) => {
                        let (answer, other) = seal(&mut writer, established, &to_do);
                        let _ = post.send(Post::Msgs(vec![answer]));
                        next = other;
                    }
                    Job::Remember(at) => remember(&writer, &log, at),
                    Job::List(memory, counts, signed) => memory.keep(&counts, signed),
                }
            }
            writer
        };
        let thread = thread::Builder::new().name("log".to_owned()).spawn(write)?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Puts events into the log.
    pub fn append(&self, events: Arc<Vec<Event>>) {
        self.send(Job::Append(events));
    }

    /// Seals the log, unless something else is to be done before the seal is there; answered by
    /// [`Msg::Sealed`] or [`Msg::NotSealed`].
    pub fn seal(&self, established: Digest) {
        self.send(Job::Seal(established));
    }

    /// Keeps the byte of the base where the reviewer is.
    pub fn remember(&self, at: usize) {
        self.send(Job::Remember(at));
    }

    /// Puts the review on the list of the start screen, which syncs a file of its own.
    pub fn list(&self, memory: Memory, counts: Counts, signed: bool) {
        self.send(Job::List(memory, counts, signed));
    }

    /// Waits until all of it is done and returns the writer; none if the thread panicked.
    #[must_use]
    pub fn finish(mut self) -> Option<Writer> {
        self.wait()
    }

    fn send(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // It can only fail if the thread panicked, and that is told by its alarm.
            let _ = jobs.send(job);
        }
    }

    fn wait(&mut self) -> Option<Writer> {
        drop(self.jobs.take());
        self.thread.take()?.join().ok()
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.wait();
    }
}

fn append(writer: &mut Writer, events: &[Event]) -> Msg {
    let time = clock::now();
    match writer.append(events, &time) {
        Ok(seqs) => Msg::Appended { first: seqs.first().copied().unwrap_or_default(), time },
        Err(fault) => Msg::NotSaved { why: fault.why, stopped: fault.stopped },
    }
}

/// How often a seal under way is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Makes a seal, or gives it up for the next job, which is returned.
fn seal(writer: &mut Writer, established: Digest, to_do: &Receiver<Job>) -> (Msg, Option<Job>) {
    let given_up = |why: &str| Msg::NotSealed { why: why.to_owned() };
    let mut sealer = Sealer::start(established);
    loop {
        match sealer.poll(writer) {
            Ok(Some(done)) => return (Msg::Sealed { seq: done.seq }, None),
            Ok(None) => {}
            Err(why) => return (Msg::NotSealed { why }, None),
        }
        match to_do.recv_timeout(LOOK) {
            Ok(job) => return (given_up("work went on before the key had signed"), Some(job)),
            Err(RecvTimeoutError::Disconnected) => return (given_up("left before"), None),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

fn remember(writer: &Writer, log: &std::path::Path, at: usize) {
    let Some(store) = writer.store() else { return };
    // A place that is not kept costs the reviewer a search at the next start, nothing more.
    let _ = bookmark::save(log, Bookmark { records: store.size(), at });
}
