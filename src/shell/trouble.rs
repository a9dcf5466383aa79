//! Why a review could not be opened.

use std::path::PathBuf;

use crate::shell::config::BadConfig;
use crate::shell::files::FileError;
use crate::shell::read_only::ReadOnly;
use crate::shell::recovery::OpenFault;
use crate::shell::sources::SourceError;
use crate::shell::take_over::Stays;
use crate::shell::who::Nameless;
use crate::text::visible::quoted;

/// Says why a review could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// A text file.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The log's file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The config file.
    #[error(transparent)]
    Config(#[from] BadConfig),
    /// The reviewer.
    #[error(transparent)]
    Nameless(#[from] Nameless),
    /// The base comes from standard input, so nothing says where its log lies.
    #[error("a text from standard input has no place for its log")]
    NowhereToLog,
    /// The log is of another base.
    #[error(
        "{} is the log of another text, {}, not of {}",
        log.display(), quoted(.base), quoted(.asked)
    )]
    OtherBase {
        /// The log.
        log: PathBuf,
        /// The name of its base.
        base: String,
        /// The name of the base that was asked for.
        asked: String,
    },
    /// The log is of another reviewer.
    #[error("{} is the log of {reviewer}, not of {asked}", log.display())]
    OtherReviewer {
        /// The log.
        log: PathBuf,
        /// Whose it is.
        reviewer: String,
        /// Who was named.
        asked: String,
    },
    /// The log does not hold its texts, and they are not beside it.
    #[error(
        "{} does not hold its texts, and {} beside it is not the one it began with",
        log.display(), quoted(.name)
    )]
    NoSources {
        /// The log.
        log: PathBuf,
        /// The name of the text that is wanting.
        name: String,
    },
    /// Logs of different texts cannot be set beside each other.
    #[error("{} and {} are logs of different OCR texts", logs[0].display(), logs[1].display())]
    BasesDiffer {
        /// Two of them.
        logs: [PathBuf; 2],
    },
    /// Two files are one log that was written on in two places.
    #[error(
        "{} and {} are one log that went two ways: neither goes on from the other",
        logs[0].display(),
        logs[1].display()
    )]
    TwoWays {
        /// The two.
        logs: [PathBuf; 2],
    },
    /// The log is not the one that was seen before.
    #[error("{}: {complaint}", log.display())]
    Anchor {
        /// The log.
        log: PathBuf,
        /// What is remembered of it, and what it has.
        complaint: String,
    },
    /// Another process keeps the log.
    #[error(transparent)]
    Stays(#[from] Stays),
    /// The log cannot be opened for writing.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// The texts do not look like one document.
    #[error(
        "{} and {} do not look like one document ({percent} % alike); swapped?",
        quoted(.base), quoted(.transcript)
    )]
    Unlike {
        /// The base's name.
        base: String,
        /// The transcript's name.
        transcript: String,
        /// How alike they are.
        percent: u32,
    },
    /// Nothing can be decided, or not even read where all of it is needed.
    #[error("{}", why.told(log.display()))]
    ReadOnly {
        /// The log.
        log: PathBuf,
        /// Why.
        why: ReadOnly,
    },
    /// No log can be made there.
    #[error("no log can be made in {}: {why}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        why: String,
    },
}
