//! Gives a text to the clipboard of the terminal that somebody sits at, however far away it is. The
//! clipboard is never read.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};

use crate::shell::terminal::Terminal;

/// Terminals take about so many bytes of one sequence; some take fewer and say nothing.
const LIMIT: usize = 100_000;

/// Copies a text and says where to, for people.
///
/// Within tmux it goes to tmux's own buffer, which hands it on as far as it is allowed to: a
/// sequence of ours would be swallowed. Everywhere else it is OSC 52. A program that sets a
/// clipboard here would set the wrong one at the far end of a line.
///
/// # Errors
/// A sentence: the text is too long, or tmux does not take it.
pub fn copy(terminal: &Terminal, text: &str) -> Result<&'static str, String> {
    let inside_tmux = env::var_os("TMUX").is_some_and(|value| !value.is_empty());
    if inside_tmux {
        return tmux(text).map_err(|why| format!("tmux did not take it: {why}"));
    }
    let sequence = sequence(text)
        .ok_or_else(|| format!("{} bytes are too many for a terminal's clipboard", text.len()))?;
    terminal.write(sequence.as_bytes()).map_err(|why| why.to_string())?;
    Ok("to the terminal's clipboard, where it allows that")
}

fn tmux(text: &str) -> io::Result<&'static str> {
    let mut child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    match child.wait()?.success() {
        true => Ok("to tmux's buffer"),
        false => Err(io::Error::other("it ended with an error")),
    }
}

/// Returns the sequence that sets the clipboard; none for a text that is too long.
fn sequence(text: &str) -> Option<String> {
    let coded = base64(text.as_bytes());
    (coded.len() <= LIMIT).then(|| format!("\x1b]52;c;{coded}\x1b\\"))
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut coded = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let word = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            let six = (word >> (18 - 6 * digit)) & 63;
            let pad = digit > chunk.len();
            coded.push(if pad { '=' } else { char::from(DIGITS[six as usize]) });
        }
    }
    coded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_hold_nothing_but_their_text_in_base64() {
        let cases = [("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj"), ("ſ\x1b", "xb8b")];
        for (text, coded) in cases {
            assert_eq!(base64(text.as_bytes()), coded, "{text:?}");
            assert_eq!(sequence(text), Some(format!("\x1b]52;c;{coded}\x1b\\")));
        }
        assert_eq!(sequence(&"x".repeat(80_000)), None);
    }
}
