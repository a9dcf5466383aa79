//! One review as it is opened: documents, log, reviewer, what happened so far, and who may write.

use std::path::PathBuf;

use crate::document::{Document, Text};
use crate::formats::page_break::PageBreak;
use crate::log::audit::Finding;
use crate::log::chronicle::Chronicle;
use crate::log::draft::Embed;
use crate::log::record::By;
use crate::log::replay::Transcript;
use crate::shell::read_only::ReadOnly;
use crate::shell::sources::Manner;
use crate::shell::who::Reviewer;
use crate::shell::writer::Writer;
use crate::ui::disputes::Disputes;

/// Holds everything that a screen or a subcommand needs to go on with a review.
#[derive(Debug)]
pub struct Session {
    /// The OCR text: the file's, or the log's own copy.
    pub base: Document,
    /// Where the file of the OCR text is, if that is known.
    pub base_path: Option<PathBuf>,
    /// Where the file of the corrected text is, if that is known.
    pub transcript_path: Option<PathBuf>,
    /// The corrected text; none in a reader, where every line can be edited all the same.
    pub transcript: Option<Document>,
    /// The corrected texts that the log had in turn, ascending.
    pub transcripts: Vec<Transcript>,
    /// The pattern of page ends, beside form feeds; both texts have it applied.
    pub page_break: Option<PageBreak>,
    /// Who decides.
    pub reviewer: Reviewer,
    /// Where the log is, or will be from the first record on.
    pub log: PathBuf,
    /// The log's id and how many records it has; none where there is no log yet.
    pub head: Option<(String, u64)>,
    /// What happened so far; all of it fits the base.
    pub chronicle: Chronicle,
    /// Writes to the log; it can be moved to a thread of its own.
    pub writer: Writer,
    /// What the log was found to be; of one that is damaged, the chronicle ends before the damage.
    pub finding: Finding,
    /// Why nothing can be decided; none where it can.
    pub read_only: Option<ReadOnly>,
    /// The last record that is a seal.
    pub sealed: Option<u64>,
    /// What people should know before they begin, a sentence each: a torn tail that was cut, a
    /// transcript unlike the log's.
    pub notices: Vec<String>,
    /// What reviewers dispute, where the logs of others are shown.
    pub disputes: Option<Disputes>,
    /// A question for the screen: whether the corrected text that was named, which is not the one
    /// the log has, shall be taken.
    pub offer: Option<String>,
    /// The byte of the base where the reviewer was last, where that is known.
    pub bookmark: Option<usize>,
}

/// Tells what a review is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To look only: nothing is written, nothing locked.
    Look,
    /// To decide by subcommands. What cannot be written is refused at once.
    Command,
    /// To decide on the screen. What cannot be written can still be looked at.
    Screen,
    /// To decide line by line, without a screen; else as on the screen.
    Plain,
    /// To decide so, after the process of ours that holds the log was asked to end.
    TakeOver(By),
}

impl Access {
    /// Returns how decisions come in, as the log has it.
    #[must_use]
    pub fn by(self) -> By {
        match self {
            Self::Screen => By::Screen,
            Self::Plain => By::Plain,
            Self::TakeOver(by) => by,
            Self::Look | Self::Command => By::Command,
        }
    }
}

/// Tells what to do with two texts that do not look like one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlike {
    /// No log is begun with them.
    Refused,
    /// They are taken as they are.
    Allowed,
}

/// Tells what to do with a corrected text that is not the one the log has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newer {
    /// The log's own copy is gone on with.
    Left,
    /// It is taken; what is decided stands.
    Taken,
}

/// Says which review to open, and how.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The OCR text, or a log.
    pub base: PathBuf,
    /// The corrected text.
    pub transcript: Option<PathBuf>,
    /// Where the log is, if not beside the OCR text.
    pub log: Option<PathBuf>,
    /// The reviewer's name, where the command line has it.
    pub reviewer: Option<String>,
    /// How to read the text files.
    pub manner: Manner,
    /// What to do with texts that are unlike.
    pub unlike: Unlike,
    /// Whether a new log holds its texts.
    pub embed: Embed,
    /// What to do with a corrected text that is not the one the log has.
    pub newer: Newer,
    /// What it is opened for.
    pub access: Access,
}

impl Session {
    /// Returns why nothing can be decided, as a sentence that names the log; none where it can.
    #[must_use]
    pub fn why_read_only(&self) -> Option<String> {
        self.read_only.as_ref().map(|why| why.told(self.log.display()))
    }

    /// Returns the text to collate with the base: the transcript's, or the base's own in a reader.
    #[must_use]
    pub fn proposed(&self) -> Text {
        self.transcript.as_ref().map_or_else(|| self.base.text.clone(), |it| it.text.clone())
    }
}
