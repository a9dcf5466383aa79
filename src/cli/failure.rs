//! Why a subcommand did not do what was asked: one sentence, a hint, an exit code.

use std::fmt;
use std::io;
use std::process::ExitCode;

use crate::shell::console;

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
