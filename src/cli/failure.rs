//! Why a subcommand did not do what was asked: one sentence, a hint, an exit code.

use std::fmt;
use std::io;
use std::process::ExitCode;

use crate::formats::page_break::BadPattern;
use crate::formats::text::{Looks, TextError};
use crate::shell::config::BadConfig;
use crate::shell::console;
use crate::shell::files::FileError;
use crate::shell::read_only::ReadOnly;
use crate::shell::recovery::OpenFault;
use crate::shell::session::Session;
use crate::shell::sources::SourceError;
use crate::shell::trouble::Trouble;
use crate::shell::who::Nameless;
use crate::shell::writer::NotSaved;
use crate::text::visible::quoted;

/// Tells how a run of the program ended, as a number for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The answer is no: open fixes at export, a broken log, texts that differ.
    No = 1,
    /// It could not be done: bad arguments, files that cannot be read or written.
    Cannot = 2,
    /// A log with a torn tail, or without its last line feed, and nothing else (`verify`).
    Torn = 3,
    /// A log that is intact but below the level asked for (`verify`).
    Below = 4,
    /// A log of a newer recto.
    Newer = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Holds what is told to a person whose wish was not fulfilled.
///
/// The message is one sentence with the place (file, line, byte), without a capital at its start
/// and without a full stop, as it follows `recto: `; the hint says what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub code: Exit,
    /// What went wrong, or why the answer is no.
    pub message: String,
    /// What to do about it, where there is something.
    pub hint: Option<String>,
}

impl Failure {
    /// Says no (exit code 1).
    pub fn no(message: impl fmt::Display) -> Self {
        Self::new(Exit::No, message)
    }

    /// Tells of a log that does not hold.
    #[must_use]
    pub fn damaged(message: impl fmt::Display) -> Self {
        Self::no(message).hint("`recto verify LOG` tells all of it")
    }

    /// Says that it could not be done (exit code 2).
    pub fn cannot(message: impl fmt::Display) -> Self {
        Self::new(Exit::Cannot, message)
    }

    /// Says that a log has a torn tail (exit code 3).
    pub fn torn(message: impl fmt::Display) -> Self {
        Self::new(Exit::Torn, message)
    }

    /// Says that a log is below the level asked for (exit code 4).
    pub fn below(message: impl fmt::Display) -> Self {
        Self::new(Exit::Below, message)
    }

    /// Says that a log is of a newer recto (exit code 5).
    pub fn newer(message: impl fmt::Display) -> Self {
        Self::new(Exit::Newer, message)
    }

    /// Says that `what` is not in the log, what is, and how to go on.
    #[must_use]
    pub fn not_saved(what: &str, fault: &NotSaved, session: &Session) -> Self {
        let failure = Self::cannot(format_args!("not saved: {what}; {}", fault.why));
        match session.writer.store() {
            _ if fault.stopped => {
                failure.hint("run it again: `recto log LOG` tells first what the log has kept")
            }
            None => failure.hint("--log FILE puts the log elsewhere"),
            Some(store) => failure.hint(format_args!(
                "mend that and run it again: all before is in the log, records 0 to {}, and it \
                 goes on there",
                store.size().saturating_sub(1)
            )),
        }
    }

    /// Says that whoever read our output has stopped reading, which is success.
    #[must_use]
    pub fn broken_pipe() -> Self {
        Self { code: Exit::Done, message: String::new(), hint: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// Prints message and hint to standard error and returns the exit code.
    #[must_use]
    pub fn report(&self) -> ExitCode {
        if self.code != Exit::Done {
            console::complain(&self.message, self.hint.as_deref());
        }
        self.code.into()
    }

    fn new(code: Exit, message: impl fmt::Display) -> Self {
        Self { code, message: message.to_string(), hint: None }
    }
}

/// Turns a failed write to standard output into a failure; a broken pipe into success.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::broken_pipe(),
            _ => Self::cannot(format_args!("cannot write to standard output: {error}")),
        }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        let failure = Self::cannot(&error);
        match error {
            FileError::Missing(_) => {
                failure.hint("check the path; `recto demo` has something to try")
            }
            FileError::Directory(_) => failure.hint("name a file in it"),
            FileError::Unreadable(..) => failure.hint("`ls -l` shows who may read it"),
            FileError::Exists(_) => failure.hint("--force replaces it"),
            FileError::Worked(_) => failure.hint("-o FILE with another name"),
            FileError::Unwritable(..) => failure.hint("-o FILE writes it elsewhere"),
        }
    }
}

impl From<TextError> for Failure {
    fn from(error: TextError) -> Self {
        let failure = Self::cannot(&error);
        match error {
            TextError::Undecodable { looks: Looks::Utf16(label), .. } => {
                failure.hint(format_args!("it begins like UTF-16: try --encoding {label}"))
            }
            TextError::Undecodable { looks: Looks::Other(kind), .. } => {
                failure.hint(format_args!("it looks like {kind}; recto reads plain text"))
            }
            TextError::Undecodable { .. } => failure.hint(
                "name the encoding: --encoding windows-1252 for both texts, windows-1252,utf-8 where \
                 only the OCR text has it",
            ),
            TextError::UnknownEncoding(_) => failure.hint(
                "names are those of the WHATWG: utf-8, utf-16le, windows-1252, iso-8859-15, \
                 koi8-r, shift_jis, gb18030, big5, ...",
            ),
            TextError::TooLong(..) => failure.hint("split it into documents, one a file"),
        }
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::File(error) => error.into(),
            SourceError::Text(error) => error.into(),
            SourceError::Pattern(error) => error.into(),
        }
    }
}

impl From<BadPattern> for Failure {
    fn from(error: BadPattern) -> Self {
        Self::cannot(error).hint(r"for example --page-break '^CU-\d+$'")
    }
}

impl From<BadConfig> for Failure {
    fn from(error: BadConfig) -> Self {
        Self::cannot(error).hint(
            "the config file knows reviewer = \"NAME\", theme = \"dark\", mouse = false, \
             title = false, seal = \"sign-off\", \"leaving\" or \
             \"never\", seal_key = \"FILE.pub\"",
        )
    }
}

impl From<Nameless> for Failure {
    fn from(error: Nameless) -> Self {
        Self::cannot(error).hint("say who decides with --reviewer NAME, or set RECTO_REVIEWER")
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        let said = trouble.to_string();
        match trouble {
            Trouble::Source(error) => error.into(),
            Trouble::File(error) => error.into(),
            Trouble::Config(error) => error.into(),
            Trouble::Nameless(error) => error.into(),
            Trouble::Open(fault) => fault.into(),
            Trouble::Stays(_) => {
                Self::cannot(said).hint("`recto review LOG --read-only` looks at it meanwhile")
            }
            Trouble::NowhereToLog => Self::cannot(said).hint("--log FILE says where it shall be"),
            Trouble::OtherBase { .. } => Self::cannot(said).hint(
                "--log FILE keeps the log of this text elsewhere; to look at that log, name it",
            ),
            Trouble::OtherReviewer { reviewer, .. } => Self::cannot(said).hint(format_args!(
                "a log has one reviewer: --reviewer {reviewer}, or begin one of your own from the \
                 texts"
            )),
            Trouble::NoSources { name, .. } => Self::cannot(said).hint(format_args!(
                "name the texts: BASE TRANSCRIPT --log LOG (a new corrected text with \
                 --new-transcript); wanted is {} as it was",
                quoted(&name)
            )),
            Trouble::BasesDiffer { .. } => {
                Self::cannot(said).hint("logs can be compared that began with the same OCR text")
            }
            Trouble::TwoWays { .. } => {
                Self::cannot(said).hint("a log has one writer; name only the one that counts")
            }
            Trouble::Anchor { log, .. } => Self::no(said).hint(format_args!(
                "if you put an older copy back yourself: recto head {} --accept-shorter",
                log.display()
            )),
            Trouble::Unlike { .. } => {
                Self::cannot(said).hint("the OCR text comes first; --force takes them as they are")
            }
            Trouble::ReadOnly { why: ReadOnly::Damaged(_), .. } => Self::damaged(said),
            Trouble::ReadOnly { why: ReadOnly::Newer(_), .. } => {
                Self::newer(said).hint("a newer recto reads it")
            }
            Trouble::ReadOnly { .. } => Self::cannot(said)
                .hint("`recto export LOG` gives the text as decided; nothing was changed"),
            Trouble::Folder { .. } => {
                Self::cannot(said).hint("--log FILE puts it elsewhere, for example in your home")
            }
        }
    }
}

impl From<OpenFault> for Failure {
    fn from(fault: OpenFault) -> Self {
        let said = fault.to_string();
        match fault {
            OpenFault::File(FileError::Unwritable(..)) => {
                Self::cannot(said).hint("`recto review LOG --read-only` looks at it")
            }
            OpenFault::File(error) => error.into(),
            OpenFault::Held(..) => Self::cannot(said).hint(
                "`recto review LOG --read-only` looks at it meanwhile, --take-over asks that process to end",
            ),
            OpenFault::Damaged(..) => Self::damaged(said),
            OpenFault::Newer(..) => Self::newer(said).hint("a newer recto reads it"),
            OpenFault::NoBase(..) => {
                Self::cannot(said).hint("name the texts: BASE TRANSCRIPT --log LOG")
            }
            OpenFault::Repair(..) => Self::cannot(said).hint("nothing was lost; look at the disk"),
        }
    }
}
