//! Chain and replay together: what is found in a log, from its first byte to its last.

use std::collections::BTreeMap;
use std::fmt;

use crate::digest::Digest;
use crate::log::chain::{Block, Broken, Chain, Tail};
use crate::log::decode::{Content, Line};
use crate::log::members::Wrong;
use crate::log::record::{Body, Head, MAX_LINE, Opened, Record, Recovered};
use crate::log::replay::{Fault, Given, Replay, Replayer};
use crate::log::seal::Seal;
use crate::log::time::milliseconds;
use crate::text::visible::quoted;

/// Says why a record of an unbroken chain is an error of the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It breaks the rules of its kind.
    #[error(transparent)]
    Wrong(#[from] Wrong),
    /// It does not fit what came before.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Names a feature of a log that this program lacks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Newer {
    /// A line of another version of the format.
    #[error("it has version {0} of the log format")]
    Version(i64),
    /// A feature that a reader must have.
    #[error("it needs the feature {}", quoted(.0))]
    Needs(String),
    /// A kind of record that may not be left out.
    #[error("its kind {} is unknown", quoted(.0))]
    Kind(String),
}

/// Holds something found at a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// The record's sequence number.
    pub seq: u64,
    /// The byte of the log where it begins.
    pub byte: u64,
    /// What was found.
    pub what: T,
}

impl<T: fmt::Display> fmt::Display for At<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {} at byte {}: {}", self.seq, self.byte, self.what)
    }
}

/// Tells what kind of end an audit came to; verify's exit codes follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Chain and replay are right.
    Intact,
    /// Damaged, altered, or against the rules.
    Damaged,
    /// Right as far as it could be checked: the base is not to be had.
    Unchecked,
    /// From a newer recto.
    Newer,
    /// Right but for a torn tail or a missing last line feed.
    Torn,
}

/// Holds all that was found in a log.
#[derive(Debug)]
pub struct Audit {
    /// How many records the valid prefix has, one that lacks only its line feed included.
    pub size: u64,
    /// The hash of the last of them.
    pub head: Digest,
    /// Where the valid prefix ends, in bytes; a record without its line feed is not in it.
    pub bytes: u64,
    /// What follows it.
    pub tail: Tail,
    /// The first record that breaks a rule; the replay stops before it.
    pub error: Option<At<Why>>,
    /// The first record that this program cannot read; the replay stops before it.
    pub newer: Option<At<Newer>>,
    /// The log's first record, where it can be read.
    pub header: Option<Opened>,
    /// The heads at the sizes that were asked for, as far as the log reaches.
    pub heads: BTreeMap<u64, Digest>,
    /// What the log saw of other logs.
    pub seen: Vec<Head>,
    /// The seals, whose signatures are not looked at here.
    pub seals: Vec<Seal>,
    /// Torn tails cut off earlier.
    pub recovered: Vec<At<Recovered>>,
    /// Where the clock went back, and by how many milliseconds: the first place and the worst.
    pub clock: Option<ClockBack>,
    /// How many unknown optional records were left out.
    pub optional: u64,
    /// How many sites cut a standing one.
    pub cuts: u64,
    /// How many seals and sign-offs were too many for their texts to be compared.
    pub uncompared: u64,
    /// The review; none where the base is not to be had or something is wrong before any decision.
    pub replay: Option<Replay>,
    /// The records, if they were asked for; sources are left out.
    pub records: Vec<Record>,
    /// The hash of every record, by number, if the records were asked for.
    pub hashes: Vec<Digest>,
}

/// Tells how often the clock went back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockBack {
    /// The first record that is older than the one before it.
    pub seq: u64,
    /// By how many milliseconds it is older.
    pub milliseconds: i64,
    /// How many such records there are.
    pub times: u64,
}

impl Audit {
    /// Tells what the audit came to.
    #[must_use]
    pub fn finding(&self) -> Finding {
        if matches!(self.tail, Tail::Damaged(_)) || self.error.is_some() {
            Finding::Damaged
        } else if self.newer.is_some() {
            Finding::Newer
        } else if self.replay.is_none() {
            Finding::Unchecked
        } else if self.tail == Tail::Clean {
            Finding::Intact
        } else {
            Finding::Torn
        }
    }

    /// Says in one clause what is wrong, where something is.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        if let Tail::Damaged(broken) = &self.tail {
            let (seq, byte) = (self.size, self.bytes);
            return Some(format!("record {seq} at byte {byte} is damaged: {broken}"));
        }
        self.error.as_ref().map(At::to_string).or(self.newer.as_ref().map(At::to_string))
    }
}

/// Reads a log block by block.
#[derive(Debug)]
pub struct Auditor {
    chain: Chain,
    broken: Option<Broken>,
    replayer: Option<Replayer>,
    halted: bool,
    keep: bool,
    /// The sizes whose heads are kept, the next one last.
    sizes: Vec<u64>,
    last_time: String,
    found: Audit,
}

/// Tells what an audit is to do beside checking.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Texts for a log without sources.
    pub given: Given,
    /// The last record whose decision counts; all are checked by the chain.
    pub until: Option<u64>,
    /// Whether to keep the records, and the transcripts that newer ones replaced.
    pub keep: bool,
    /// Sizes at which to keep the head, in any order.
    pub heads: Vec<u64>,
}

impl Auditor {
    /// Starts before the first byte.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let found = Audit {
            size: 0,
            head: Digest::ZERO,
            bytes: 0,
            tail: Tail::Clean,
            error: None,
            newer: None,
            header: None,
            heads: BTreeMap::new(),
            seen: Vec::new(),
            seals: Vec::new(),
            recovered: Vec::new(),
            clock: None,
            optional: 0,
            cuts: 0,
            uncompared: 0,
            replay: None,
            records: Vec::new(),
            hashes: Vec::new(),
        };
        let mut sizes = plan.heads;
        sizes.sort_unstable_by(|one, other| other.cmp(one));
        Self {
            chain: Chain::default(),
            broken: None,
            replayer: Some(Replayer::new(plan.given, plan.until).keeping(plan.keep)),
            halted: false,
            keep: plan.keep,
            sizes,
            last_time: String::new(),
            found,
        }
    }

    /// Takes in the next whole lines. Says whether it wants more.
    pub fn block(&mut self, block: &Block) -> bool {
        for text in block.lines() {
            let (seq, byte) = (self.chain.size(), self.chain.bytes());
            match self.chain.follow(text) {
                Ok(line) => {
                    self.keep_head();
                    self.line(line, seq, byte);
                }
                Err(broken) => {
                    self.broken = Some(broken);
                    return false;
                }
            }
        }
        self.broken = block.broken().cloned();
        self.broken.is_none()
    }

    fn keep_head(&mut self) {
        let size = self.chain.size();
        while self.sizes.last().is_some_and(|&wanted| wanted <= size) {
            let wanted = self.sizes.pop();
            if wanted == Some(size) {
                self.found.heads.insert(size, self.chain.head());
            }
        }
    }

    fn line(&mut self, line: Line<'_>, seq: u64, byte: u64) {
        if self.keep {
            self.found.hashes.push(self.chain.head());
        }
        let body = match line.content {
            _ if self.halted => return,
            Content::Body(body) => body,
            Content::Wrong(wrong) => return self.error(seq, byte, wrong.into()),
            Content::Version(version) => return self.newer(seq, byte, Newer::Version(version)),
            Content::Kind(kind) => return self.newer(seq, byte, Newer::Kind(kind)),
        };
        if *line.time < *self.last_time {
            self.clock_went_back(seq, &line.time);
        }
        self.last_time.clear();
        self.last_time.push_str(&line.time);
        if let Body::Opened(opened) = &body
            && seq == 0
        {
            self.found.header = Some((**opened).clone());
            if let Some(need) = opened.needs.first() {
                return self.newer(seq, byte, Newer::Needs(need.clone()));
            }
        }
        match &body {
            Body::Sealed(sealed) => self.found.seals.push(Seal {
                seq,
                head: Digest::from_hex(line.prev.as_bytes()).expect("the head before, compared"),
                time: line.time.clone().into_owned(),
                sealed: (**sealed).clone(),
            }),
            Body::Recovered(recovered) => {
                self.found.recovered.push(At { seq, byte, what: recovered.clone() });
            }
            Body::Seen(head) => self.found.seen.push(head.clone()),
            Body::Optional(_) => self.found.optional += 1,
            _ => {}
        }
        let replayer = self.replayer.as_mut().expect("there until the end");
        if let Err(fault) = replayer.take(seq, &body) {
            return self.error(seq, byte, fault.into());
        }
        if self.keep && !matches!(body, Body::Source(_)) {
            self.found.records.push(Record { seq, time: line.time.into_owned(), body });
        }
    }

    fn error(&mut self, seq: u64, byte: u64, what: Why) {
        self.halted = true;
        self.found.error = Some(At { seq, byte, what });
    }

    fn newer(&mut self, seq: u64, byte: u64, what: Newer) {
        self.halted = true;
        self.found.newer = Some(At { seq, byte, what });
    }

    fn clock_went_back(&mut self, seq: u64, time: &str) {
        let back = milliseconds(&self.last_time) - milliseconds(time);
        let first = ClockBack { seq, milliseconds: back, times: 0 };
        self.found.clock.get_or_insert(first).times += 1;
    }

    /// Ends the audit with what follows the last line feed; `length` is how long that is, and
    /// `rest` at least its first [`MAX_LINE`] bytes.
    #[must_use]
    pub fn finish(mut self, rest: &[u8], length: u64) -> Audit {
        self.found.bytes = self.chain.bytes();
        self.found.tail = match self.broken.take() {
            Some(broken) => Tail::Damaged(broken),
            None if length == 0 && self.chain.size() == 0 => Tail::Damaged(Broken::Empty),
            None => self.chain.judge(rest, length),
        };
        if self.found.tail == Tail::NoLineFeed {
            let text = std::str::from_utf8(rest).expect("a line that was judged");
            let mut chain = std::mem::take(&mut self.chain);
            let (seq, byte) = (chain.size(), chain.bytes());
            let line = chain.follow(text).expect("a line that was judged");
            self.chain = chain;
            self.keep_head();
            self.line(line, seq, byte);
        }
        (self.found.size, self.found.head) = (self.chain.size(), self.chain.head());
        let replayer = self.replayer.take().expect("taken only here");
        self.found.cuts = replayer.cuts();
        self.found.uncompared = replayer.uncompared();
        match replayer.finish() {
            Ok(replay) => self.found.replay = replay,
            // Where a newer record stopped the replay, nobody knows what else would have come.
            Err(fault) if self.found.error.is_none() && self.found.newer.is_none() => {
                self.error(self.found.size.saturating_sub(1), self.found.bytes, fault.into());
            }
            Err(_) => {}
        }
        self.found
    }
}

/// Audits a log that is in memory as a whole. Never panics, whatever the bytes.
#[must_use]
pub fn audit(bytes: &[u8], plan: Plan) -> Audit {
    let lines = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
    let mut auditor = Auditor::new(plan);
    auditor.block(&Block::check(bytes[..lines].to_vec()));
    let rest = &bytes[lines..];
    auditor.finish(&rest[..rest.len().min(MAX_LINE + 1)], rest.len() as u64)
}
