//! What most subcommands take: `LOG`, or `BASE [TRANSCRIPT]`, and how to find the log of a base.

use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};

use crate::cli::failure::Failure;
use crate::log::draft::Embed;
use crate::shell::open;
use crate::shell::session::{Access, Newer, Opening, Session, Unlike};
use crate::shell::sources::Manner;

/// Names the documents, the log and the reviewer.
#[derive(Debug, clap::Args)]
pub struct Sources {
    /// The OCR text, or a log.
    #[arg(value_name = "BASE|LOG")]
    pub base: PathBuf,
    /// The corrected text.
    pub transcript: Option<PathBuf>,
    /// Where the log is, or shall be, if not beside the OCR text.
    #[arg(long, value_name = "LOG")]
    pub log: Option<PathBuf>,
    /// Who decides: 1 to 32 of A-Z a-z 0-9 _ -.
    #[arg(long, value_name = "NAME")]
    pub reviewer: Option<String>,
    /// How the texts are to be read.
    #[command(flatten)]
    pub texts: Texts,
}

/// Reads a path that names a log: the log itself, or the OCR text that it lies beside.
pub fn log() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| open::named_log(&path))
}

/// Says how text files are to be read.
#[derive(Debug, Clone, clap::Args)]
pub struct Texts {
    /// The encoding of the texts, where it is not UTF-8; of the OCR text and the corrected text,
    /// where they differ: windows-1252,utf-8.
    #[arg(long, value_name = "LABEL[,LABEL]")]
    pub encoding: Option<String>,
    /// A pattern of lines that are the last of their page.
    #[arg(long, value_name = "REGEX")]
    pub page_break: Option<String>,
}

impl Texts {
    /// Checks the pattern.
    ///
    /// # Errors
    /// What is no regular expression.
    pub fn manner(&self) -> Result<Manner, Failure> {
        Ok(Manner::new(self.encoding.as_deref(), self.page_break.as_deref())?)
    }
}

/// Says how a log is begun, and what becomes of a corrected text that an existing one has not.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct Beginning {
    /// Begin although the two texts do not look like one document.
    #[arg(long)]
    pub force: bool,
    /// Leave copies of the texts out of a new log.
    #[arg(long)]
    pub no_embed: bool,
    /// Take the corrected text although the log has another; what is decided stands.
    #[arg(long)]
    pub new_transcript: bool,
}

impl Sources {
    /// Opens the review to be looked at; nothing is written, nothing locked.
    ///
    /// # Errors
    /// Files that cannot be read, or do not belong together.
    pub fn look(&self) -> Result<Session, Failure> {
        self.open(Access::Look, Beginning { force: true, ..Beginning::default() })
    }

    /// Opens the review.
    ///
    /// # Errors
    /// Files that cannot be read, or do not belong together; a log that another process holds.
    pub fn open(&self, access: Access, beginning: Beginning) -> Result<Session, Failure> {
        let opening = Opening {
            base: self.base.clone(),
            transcript: self.transcript.clone(),
            log: self.log.clone(),
            reviewer: self.reviewer.clone(),
            manner: self.texts.manner()?,
            unlike: if beginning.force { Unlike::Allowed } else { Unlike::Refused },
            embed: if beginning.no_embed { Embed::Never } else { Embed::Usual },
            newer: if beginning.new_transcript { Newer::Taken } else { Newer::Left },
            access,
        };
        Ok(open::open(&opening)?)
    }
}
