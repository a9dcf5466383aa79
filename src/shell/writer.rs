//! Puts events into a log that is there, or makes the log with the first of them.

use std::path::PathBuf;

use crate::digest::Digest;
use crate::document::Document;
use crate::formats::page_break::{Edge, PageBreak};
use crate::log::draft::{self, Embed, NewLog};
use crate::log::record::{self, Body, By, Head, Sealed, Session};
use crate::log::seal::Statement;
use crate::review::event::Event;
use crate::shell::anchors;
use crate::shell::clock;
use crate::shell::files::FileError;
use crate::shell::store::{AppendFault, Store};

/// Says that nothing of what was to be written is in the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct NotSaved {
    /// Why, as a sentence for people.
    pub why: String,
    /// Whether this log can take nothing more: a sync failed, or another has written in it.
    pub stopped: bool,
}

/// Writes to one log. Whenever it is done, what it wrote is the log's anchor.
#[derive(Debug)]
pub struct Writer {
    state: State,
    /// What the log tells, or will tell, of other logs.
    seen: Vec<Head>,
}

#[derive(Debug)]
enum State {
    /// Nobody writes, for this reason.
    Closed(String),
    /// There is no log yet.
    Fresh(Box<Beginning>),
    /// The log, which has this id, is there and locked.
    Open(Box<Store>, String),
}

/// Holds what a log begins with.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// Where it will be.
    pub path: PathBuf,
    /// The base.
    pub base: Document,
    /// The transcript.
    pub transcript: Option<Document>,
    /// Where pages end, beside form feeds.
    pub page_break: Option<PageBreak>,
    /// Whether it holds its texts.
    pub embed: Embed,
    /// Who writes, and by what.
    pub session: Session,
}

impl Writer {
    /// Makes a writer that refuses to write; `why` is a sentence for people.
    #[must_use]
    pub fn closed(why: impl Into<String>) -> Self {
        Self { state: State::Closed(why.into()), seen: Vec::new() }
    }

    /// Makes a writer that begins a log with the first events it is given.
    #[must_use]
    pub fn fresh(beginning: Beginning) -> Self {
        Self { state: State::Fresh(Box::new(beginning)), seen: Vec::new() }
    }

    /// Makes a writer that goes on with a log of this id, which tells of `seen` already.
    #[must_use]
    pub fn open(store: Store, id: String, seen: Vec<Head>) -> Self {
        Self { state: State::Open(Box::new(store), id), seen }
    }

    /// Takes down how another reviewer's log over the same base stands, so that it cannot be cut
    /// short unseen. It is written with the next record; a look alone is not worth one.
    pub fn saw(&mut self, head: Head) {
        if self.seen.contains(&head) {
            return;
        }
        if let State::Open(store, _) = &mut self.state {
            store.wait(Body::Seen(head.clone()));
        }
        self.seen.push(head);
    }

    /// Notes in the session's record that other reviewers' decisions are hidden.
    pub fn blind(&mut self) {
        match &mut self.state {
            State::Closed(_) => {}
            State::Fresh(beginning) => beginning.session.blind = true,
            State::Open(store, _) => store.blind(),
        }
    }

    /// Takes a new transcript over the same base. It is written with the next record; a look alone
    /// is not worth one.
    pub fn propose(&mut self, transcript: &Document, embed: Embed) {
        if let State::Open(store, _) = &mut self.state {
            draft::proposals(transcript, embed).into_iter().for_each(|body| store.wait(body));
        }
    }

    /// Writes `events` in one write and one sync, and returns the number of each one's (first)
    /// record; `time` is when, as the log has it. What is returned is on disk.
    ///
    /// # Errors
    /// [`NotSaved`]: then nothing of it is in the log.
    pub fn append(&mut self, events: &[Event], time: &str) -> Result<Vec<u64>, NotSaved> {
        match &mut self.state {
            State::Closed(why) => Err(NotSaved { why: why.clone(), stopped: true }),
            State::Open(store, _) => store
                .append(events, time)
                .map_err(|fault| NotSaved { why: fault.why, stopped: fault.stopped }),
            State::Fresh(beginning) => {
                let id = random_id().map_err(|why| NotSaved {
                    why: format!("the system gave no random id: {why}"),
                    stopped: false,
                })?;
                let ids = (id.as_str(), self.seen.as_slice());
                let (store, seqs) = begin(beginning, ids, events, time)?;
                self.state = State::Open(Box::new(store), id);
                Ok(seqs)
            }
        }
    }

    /// Returns what a seal made now would say; nothing where there is no log that could be written.
    #[must_use]
    pub fn statement(&self, established: Digest) -> Option<Statement> {
        let State::Open(store, id) = &self.state else { return None };
        let time = clock::now();
        let (size, head) = store.next(&time).ok()?;
        Some(Statement { log: id.clone(), size, head, established, time })
    }

    /// Writes a seal of what `statement` says, unless the log has changed since; returns its
    /// number.
    ///
    /// # Errors
    /// [`NotSaved`]: then nothing of it is in the log.
    pub fn seal(&mut self, statement: &Statement, sealed: Sealed) -> Result<u64, NotSaved> {
        let State::Open(store, _) = &mut self.state else {
            return Err(NotSaved { why: "there is no log".to_owned(), stopped: false });
        };
        let fault = |fault: AppendFault| NotSaved { why: fault.why, stopped: fault.stopped };
        let next = store.next(&statement.time).map_err(fault)?;
        if next != (statement.size, statement.head) {
            let why = "the log went on while it was being sealed".to_owned();
            return Err(NotSaved { why, stopped: false });
        }
        let body = Body::Sealed(Box::new(sealed));
        store.append_after_waiting(body, &statement.time).map_err(fault)?;
        // A seal stands without it; the next opening says if the anchor cannot be kept.
        let _ = self.anchor();
        Ok(statement.size)
    }

    /// Returns the log's store, once there is a log.
    #[must_use]
    pub fn store(&self) -> Option<&Store> {
        match &self.state {
            State::Open(store, _) => Some(store),
            State::Closed(_) | State::Fresh(_) => None,
        }
    }

    /// Says whether it refuses to write.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed(_))
    }
}

impl Writer {
    /// Remembers outside of the log how it stands.
    ///
    /// # Errors
    /// A state directory that cannot be written.
    pub fn anchor(&self) -> Result<(), FileError> {
        let State::Open(store, id) = &self.state else { return Ok(()) };
        let head = Head { log: id.clone(), size: store.size(), head: store.head() };
        anchors::advance(&head, &clock::now())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Without it the log is what it was; the next opening says if the anchor cannot be kept.
        let _ = self.anchor();
    }
}

fn begin(
    beginning: &Beginning,
    (id, seen): (&str, &[Head]),
    events: &[Event],
    time: &str,
) -> Result<(Store, Vec<u64>), NotSaved> {
    let name = &beginning.base.name;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let new = NewLog {
        log: id.to_owned(),
        document: if stem.is_empty() { name.clone() } else { stem.to_owned() },
        page_break: beginning.page_break.as_ref().map(recorded),
        base: &beginning.base,
        transcript: beginning.transcript.as_ref(),
        embed: beginning.embed,
        session: beginning.session.clone(),
        seen: seen.to_vec(),
    };
    let made = Store::create(&beginning.path, &new, events, time);
    made.map_err(|fault| NotSaved { why: fault.to_string(), stopped: false })
}

fn recorded(page_break: &PageBreak) -> record::PageBreak {
    let at = match page_break.at() {
        Edge::End => record::PageBreakAt::End,
        Edge::Begin => record::PageBreakAt::Begin,
    };
    record::PageBreak { pattern: page_break.pattern().to_owned(), at }
}

fn random_id() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// Describes a session of this program.
#[must_use]
pub fn session(reviewer: &str, by: By) -> Session {
    Session {
        app: concat!("recto/", env!("CARGO_PKG_VERSION")).to_owned(),
        reviewer: reviewer.to_owned(),
        by,
        blind: false,
        scans: Vec::new(),
        login_key: None,
    }
}
