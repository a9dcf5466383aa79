//! Questions and answers line by line, for those who have no screen.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use rustix::fs::{FileType, fstat};
use rustix::termios::{QueueSelector, tcflush};

/// How long an answer may be.
const LIMIT: u64 = 4 << 20;

/// Holds what came after a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A line, without its end.
    Line(String),
    /// A line that is no text, or longer than four megabytes.
    NoText,
    /// There is nothing more to read. A line without its end is none: it may have been cut off.
    End,
}

/// Writes a question to standard output and reads a line of standard input.
///
/// On a terminal, what was typed before the question was written is left out: it cannot be the
/// answer to what nobody had seen.
///
/// # Errors
/// Those of both; an interrupted read goes on.
pub fn ask(question: &str) -> io::Result<Answer> {
    let input = io::stdin();
    let mut output = io::stdout().lock();
    if input.is_terminal() {
        let _ = tcflush(&input, QueueSelector::IFlush);
    }
    output.write_all(question.as_bytes())?;
    output.flush()?;
    let mut line = Vec::new();
    input.lock().take(LIMIT).read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Ok(if line.len() as u64 + 1 == LIMIT { Answer::NoText } else { Answer::End });
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(String::from_utf8(line).map_or(Answer::NoText, Answer::Line))
}

/// Says whether somebody may be at the other end of standard input without a terminal: it is a
/// pipe, a socket or a file, and not nothing.
#[must_use]
pub fn are_piped() -> bool {
    let input = io::stdin();
    if input.is_terminal() {
        return false;
    }
    let kind = fstat(&input).map(|stat| FileType::from_raw_mode(stat.st_mode));
    matches!(kind, Ok(FileType::Fifo | FileType::Socket | FileType::RegularFile))
}
