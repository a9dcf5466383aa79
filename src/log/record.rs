//! What a line of a log says, as values (log format §2).

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::document::{Document, Text};
use crate::review::event::Event;

/// The longest line, its line feed left out.
pub const MAX_LINE: usize = 64 << 20;

/// The longest text of one `source` record, in bytes.
pub const MAX_SOURCE: usize = 65_536;

/// The version of the log format that this program writes and reads.
pub const VERSION: i64 = 1;

/// Holds a record: its envelope and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place in the log, from 0.
    pub seq: u64,
    /// When it was written, as the clock said: RFC 3339, UTC, milliseconds.
    pub time: String,
    /// What it says.
    pub body: Body,
}

/// Tells what a record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The log begins.
    Opened(Box<Opened>),
    /// A piece of a source text.
    Source(Source),
    /// A program began to write.
    Session(Session),
    /// Something happened in the review.
    Review(Event),
    /// A new transcript over the same base.
    Proposals(Box<Described>),
    /// Another reviewer's log was seen.
    Seen(Head),
    /// The log was sealed up to here.
    Sealed(Box<Sealed>),
    /// A torn tail was cut off.
    Recovered(Recovered),
    /// Something that this program does not know and may leave out (`"optional":true`).
    Optional(String),
}

impl Record {
    /// Returns what happened in the review, where the record tells it.
    #[must_use]
    pub fn event(&self) -> Option<&Event> {
        match &self.body {
            Body::Review(event) => Some(event),
            _ => None,
        }
    }
}

impl Body {
    /// Returns the kind as the log names it.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Opened(_) => "opened",
            Self::Source(_) => "source",
            Self::Session(_) => "session",
            Self::Review(Event::Decided(_)) => "decided",
            Self::Review(Event::Adjudicated(..)) => "adjudicated",
            Self::Review(Event::Undone(_)) => "undone",
            Self::Review(Event::Redone(_)) => "redone",
            Self::Review(Event::Noted(_)) => "noted",
            Self::Review(Event::SignedOff(_)) => "signed_off",
            Self::Proposals(_) => "proposals",
            Self::Seen(_) => "seen",
            Self::Sealed(_) => "sealed",
            Self::Recovered(_) => "recovered",
            Self::Optional(kind) => kind,
        }
    }
}

/// Holds a log's first record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The log's id: 32 hex digits, random.
    pub log: String,
    /// The program that began it, with its version.
    pub app: String,
    /// Features that a reader must have.
    pub needs: Vec<String>,
    /// The reviewer's short name.
    pub reviewer: String,
    /// The document's name.
    pub document: String,
    /// How pages end, where the base's own marks don't say.
    pub page_break: Option<PageBreak>,
    /// The base.
    pub base: Described,
    /// The transcript, where there is one.
    pub transcript: Option<Described>,
    /// The log that this one goes on from.
    pub continues: Option<Head>,
}

/// Holds the regular expression of lines that end or begin pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageBreak {
    /// The expression, searched in the base's lines.
    pub pattern: String,
    /// Whether the line that matches is the last of its page or the first.
    pub at: PageBreakAt,
}

/// Tells which line of its page the one that matches is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageBreakAt {
    /// The last.
    End,
    /// The first.
    Begin,
}

/// Describes a source text and the file it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// The file's name without its folder.
    pub name: String,
    /// The reader and its version that took the text from the file.
    pub format: String,
    /// The encoding, where it was not UTF-8.
    pub encoding: Option<String>,
    /// The digest of the file.
    pub file_sha256: Digest,
    /// The text's length.
    pub bytes: u64,
    /// The text's digest.
    pub sha256: Digest,
}

impl Described {
    /// Returns `text`, which it describes, as a document.
    #[must_use]
    pub fn document(&self, text: Text) -> Document {
        Document {
            name: self.name.clone(),
            format: self.format.clone(),
            encoding: self.encoding.clone(),
            file_sha256: self.file_sha256,
            text,
        }
    }
}

/// Tells which text a `source` record is a piece of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The base.
    Base,
    /// The transcript.
    Transcript,
}

/// Holds a piece of a source text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Which text.
    pub of: Side,
    /// Where in it the piece starts, in bytes.
    pub start: u64,
    /// The piece.
    pub text: String,
}

/// Tells how decisions came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// On the screen.
    Screen,
    /// By questions and answers, line by line.
    Plain,
    /// By a subcommand.
    Command,
}

/// Tells that a program began to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The program with its version.
    pub app: String,
    /// The reviewer's short name.
    pub reviewer: String,
    /// How decisions come in.
    pub by: By,
    /// Whether other reviewers' decisions were hidden.
    pub blind: bool,
    /// The page images at hand.
    pub scans: Vec<Scan>,
    /// The fingerprint of the key that the reviewer logged in with.
    pub login_key: Option<String>,
}

/// Names a page image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// The file's name without its folder.
    pub name: String,
    /// The file's digest.
    pub sha256: Digest,
}

/// Names a log as it was when it had `size` records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The log's id.
    pub log: String,
    /// How many records it had.
    pub size: u64,
    /// The hash of the last of them.
    pub head: Digest,
}

/// Holds a seal; its signature is kept, not checked, here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// How many records it covers: its own sequence number.
    pub size: u64,
    /// The digest of the established text.
    pub established: Digest,
    /// The signature's namespace.
    pub namespace: String,
    /// The key: type and base64.
    pub public_key: String,
    /// The SSHSIG blob, base64.
    pub signature: String,
}

/// Tells of a torn tail that was cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// Where it began, as a byte of the log.
    pub at: u64,
    /// How many bytes were cut.
    pub cut: u64,
    /// Their digest.
    pub sha256: Digest,
}
