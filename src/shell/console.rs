//! Standard output and standard error: results to the one, messages to the other.

use std::env;
use std::io::{self, IsTerminal, Write};

use crate::text::visible;

/// Tells when output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Knows how much to say and whether in colour.
#[derive(Debug, Clone, Copy, Default)]
pub struct Console {
    /// Whether to leave out messages that are neither results nor errors.
    pub quiet: bool,
    /// Whether to tell more than is usual.
    pub verbose: bool,
    /// When output is coloured.
    pub colour: Colour,
}

impl Console {
    /// Writes a result to standard output, byte for byte.
    ///
    /// # Errors
    /// Those of the write; a broken pipe is one of them, and is success for the program.
    pub fn result(&self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    /// Writes a message to standard error, unless quiet.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            note(message);
        }
    }

    /// Writes a message to standard error if more than usual is wanted.
    pub fn detail(&self, message: &str) {
        if self.verbose && !self.quiet {
            note(message);
        }
    }

    /// Says whether standard output takes colour now.
    #[must_use]
    pub fn coloured(&self) -> bool {
        match self.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                io::stdout().is_terminal()
                    && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}

/// Writes why the program could not do what was asked, and what to do about it.
pub fn complain(message: &str, hint: Option<&str>) {
    note(&format!("recto: {message}"));
    if let Some(hint) = hint {
        note(&format!("hint: {hint}"));
    }
}

/// Writes a line of what is wrong with the arguments.
pub fn usage(line: &str) {
    note(line);
}

/// Writes one line to standard error. That it cannot be written has nowhere to be told.
fn note(message: &str) {
    let mut line = visible::escape(message);
    line.push('\n');
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// Returns how wide the terminal is, in cells; `COLUMNS` goes before.
#[must_use]
pub fn columns() -> Option<u16> {
    let asked = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| size.ws_col);
    asked.or_else(terminal).filter(|&columns| columns >= 20)
}
