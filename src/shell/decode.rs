//! From the terminal's bytes to keys and pastes: a pure machine that survives any split of them.
//!
//! A terminal also sends what nobody typed: answers to questions that an earlier program asked,
//! focus and mouse reports. They may come late, in pieces, between keys. All of them are swallowed
//! whole; a decision must never be made by a colour report that holds an `a`.
//!
//! Time comes in at three places only, each as a call of [`Decoder::lapse`] by whoever reads:
//! - A lone ESC may be the key or the first byte of a sequence whose rest is under way. It is held
//!   for [`HOLD`], then it is the key. If `[`, `O`, `]`, `P` or `_` follows within [`LATE`] and
//!   goes on like a sequence within [`REST`], it is one all the same, and nothing but an Esc too
//!   many came out.
//! - A string (OSC, DCS, APC) or a paste whose end does not come within [`SILENCE`] is stale: the
//!   next read that is one whole key and nothing else ends it and counts; longer ones still belong
//!   to it.

use std::time::Duration;

use crate::shell::keycodes;
use crate::ui::msg::{Code, Key, Mouse};

/// How long a lone ESC is held before it is the key.
pub const HOLD: Duration = Duration::from_millis(100);
/// How long after that an introducer still belongs to it.
pub const LATE: Duration = Duration::from_millis(900);
/// How long the rest of such a late sequence may take.
pub const REST: Duration = Duration::from_millis(250);
/// How long a string or paste without an end may be silent before it is stale.
pub const SILENCE: Duration = Duration::from_secs(2);
/// How many bytes of one paste are kept; what is beyond is dropped.
pub const PASTE_LIMIT: usize = 1 << 20;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const PASTE_END: &[u8] = b"\x1b[201~";
/// A control sequence longer than this is no key.
const BODY_LIMIT: usize = 32;

/// Tells what the reviewer did at the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// A text was pasted; line ends are line feeds.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ground,
    /// Within a character of several bytes, which `body` collects.
    Char {
        length: usize,
        alt: bool,
    },
    /// After an ESC that nothing has followed yet.
    Escape,
    /// After an ESC that was given out as a key.
    Late,
    /// After ESC and the byte that opens a sequence. `late`: that ESC was given out as a key.
    Opened {
        by: u8,
        late: bool,
    },
    /// Within a control sequence, which `body` collects.
    Control,
    /// Within an old mouse report, with so many bytes to come.
    Mouse {
        left: u8,
    },
    /// After `ESC [ [`: the Linux console's function keys.
    Console,
    /// Within a string; `bell`: a BEL ends it too.
    String {
        bell: bool,
    },
    /// After an ESC within a string.
    StringEscape {
        bell: bool,
    },
    /// Within a paste, with so many bytes of its end seen.
    Paste {
        matched: usize,
    },
    /// Within a paste that was given out before its end came.
    PasteTail {
        matched: usize,
    },
}

/// Turns bytes into keys and pastes.
#[derive(Debug)]
pub struct Decoder {
    state: State,
    body: Vec<u8>,
    paste: Vec<u8>,
    stale: bool,
    out: Vec<Input>,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            state: State::Ground,
            body: Vec::new(),
            paste: Vec::new(),
            stale: false,
            out: Vec::new(),
        }
    }
}

impl Decoder {
    /// Takes the bytes of one read and returns what they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        if std::mem::take(&mut self.stale) && self.is_key_after_silence(bytes) {
            self.state = State::Ground;
        }
        for &byte in bytes {
            self.byte(byte);
        }
        std::mem::take(&mut self.out)
    }

    /// Returns how long to wait for more bytes before [`Decoder::lapse`] is due; for ever if none.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Escape => Some(HOLD),
            State::Late => Some(LATE),
            State::Opened { late: true, .. } => Some(REST),
            State::String { .. }
            | State::StringEscape { .. }
            | State::Paste { .. }
            | State::PasteTail { .. }
                if !self.stale =>
            {
                Some(SILENCE)
            }
            _ => None,
        }
    }

    /// Takes note that no byte came for as long as [`Decoder::patience`] said.
    pub fn lapse(&mut self) -> Vec<Input> {
        match self.state {
            State::Escape => {
                self.key(Code::Esc, false);
                self.state = State::Late;
            }
            State::Late => self.state = State::Ground,
            State::Opened { by, late: true } => {
                self.state = State::Ground;
                self.key(Code::Char(char::from(by)), false);
            }
            State::Paste { .. } => {
                self.end_paste();
                self.state = State::PasteTail { matched: 0 };
                self.stale = true;
            }
            State::String { .. } | State::StringEscape { .. } | State::PasteTail { .. } => {
                self.stale = true;
            }
            _ => {}
        }
        std::mem::take(&mut self.out)
    }

    fn byte(&mut self, byte: u8) {
        match self.state {
            State::Ground => self.ground(byte, false),
            State::Char { length, alt } => self.char(byte, length, alt),
            State::Escape => self.escape(byte),
            State::Late if matches!(byte, b'[' | b'O' | b']' | b'P' | b'_') => {
                self.state = State::Opened { by: byte, late: true };
            }
            State::Late => self.again(byte),
            State::Opened { by, late } => self.opened(by, late, byte),
            State::Control => self.control(byte),
            State::Mouse { left } => {
                self.state = if left > 1 { State::Mouse { left: left - 1 } } else { State::Ground };
            }
            State::Console => {
                self.state = State::Ground;
                if let b'A'..=b'E' = byte {
                    self.key(Code::F(byte - b'A' + 1), false);
                }
            }
            State::String { bell } => self.string(byte, bell),
            State::StringEscape { bell } => match byte {
                b'\\' => self.state = State::Ground,
                ESC => self.state = State::StringEscape { bell },
                _ => self.escape(byte),
            },
            State::Paste { matched } => self.paste(byte, matched),
            State::PasteTail { matched } => {
                let matched = end_matched(byte, matched);
                self.state = if matched == PASTE_END.len() {
                    State::Ground
                } else {
                    State::PasteTail { matched }
                };
            }
        }
    }

    /// Starts anew with `byte`: what was before is over.
    fn again(&mut self, byte: u8) {
        self.state = State::Ground;
        self.byte(byte);
    }

    fn ground(&mut self, byte: u8, alt: bool) {
        self.state = State::Ground;
        match byte {
            ESC => self.state = State::Escape,
            0x00..=0x1f | 0x7f => self.out.push(Input::Key(keycodes::control(byte, alt))),
            0x20..=0x7e => self.key(Code::Char(char::from(byte)), alt),
            0x80..=0x9f => self.eight_bit(byte),
            0xc2..=0xf4 => {
                let length = 2 + usize::from(byte >= 0xe0) + usize::from(byte >= 0xf0);
                self.body.clear();
                self.body.push(byte);
                self.state = State::Char { length, alt };
            }
            // No character starts so.
            0xa0..=0xc1 | 0xf5..=0xff => {}
        }
    }

    /// Takes the eight-bit twin of ESC and a byte.
    fn eight_bit(&mut self, byte: u8) {
        let by = byte - 0x40;
        if matches!(by, b'[' | b'O' | b']' | b'P' | b'_' | b'^' | b'X') {
            self.state = State::Opened { by, late: false };
        }
    }

    fn char(&mut self, byte: u8, length: usize, alt: bool) {
        if !matches!(byte, 0x80..=0xbf) {
            return self.again(byte);
        }
        self.body.push(byte);
        if self.body.len() < length {
            return;
        }
        self.state = State::Ground;
        let Some(char) = std::str::from_utf8(&self.body).ok().and_then(|it| it.chars().next())
        else {
            return;
        };
        match char {
            '\u{80}'..='\u{9f}' => self.eight_bit(byte),
            _ => self.key(Code::Char(char), alt),
        }
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'[' | b'O' | b']' | b'P' | b'_' | b'^' | b'X' => {
                self.state = State::Opened { by: byte, late: false };
            }
            ESC => {
                self.key(Code::Esc, false);
                self.state = State::Escape;
            }
            // The end of a string whose beginning nobody saw.
            b'\\' => self.state = State::Ground,
            _ => self.ground(byte, true),
        }
    }

    fn opened(&mut self, by: u8, late: bool, byte: u8) {
        if byte == ESC {
            self.state = State::Escape;
            return;
        }
        if !goes_on(by, late, byte) {
            self.state = State::Ground;
            self.key(Code::Char(char::from(by)), !late);
            return self.byte(byte);
        }
        match (by, byte) {
            (b'[', b'[') => self.state = State::Console,
            (b'[', b'M') => self.state = State::Mouse { left: 3 },
            (b'[', _) => {
                self.body.clear();
                self.state = State::Control;
                self.control(byte);
            }
            // An old form of a modified key: ESC O 2 P.
            (b'O', b'0'..=b'9') => {}
            (b'O', _) => {
                self.state = State::Ground;
                self.out.extend(keycodes::application(byte).map(Input::Key));
            }
            _ => {
                self.state = State::String { bell: by == b']' };
                self.string(byte, by == b']');
            }
        }
    }

    fn control(&mut self, byte: u8) {
        match byte {
            0x20..=0x3f => {
                if self.body.len() <= BODY_LIMIT {
                    self.body.push(byte);
                }
            }
            b'~' if self.body == b"200" => {
                self.paste.clear();
                self.state = State::Paste { matched: 0 };
            }
            0x40..=0x7e => {
                self.state = State::Ground;
                if self.body.len() <= BODY_LIMIT {
                    self.out.extend(keycodes::sequence(&self.body, byte).map(Input::Key));
                    self.out.extend(keycodes::mouse(&self.body, byte).map(Input::Mouse));
                }
            }
            ESC => self.state = State::Escape,
            0x7f => {}
            // A control character breaks the sequence off and goes down with it.
            0x00..=0x1f => self.state = State::Ground,
            0x80..=0xff => self.again(byte),
        }
    }

    fn string(&mut self, byte: u8, bell: bool) {
        match byte {
            ESC => self.state = State::StringEscape { bell },
            BEL if !bell => {}
            // BEL, or a control character that no answer holds: the string is over.
            0x00..=0x1f => self.state = State::Ground,
            _ => self.state = State::String { bell },
        }
    }

    fn paste(&mut self, byte: u8, matched: usize) {
        let now = end_matched(byte, matched);
        if now == PASTE_END.len() {
            self.state = State::Ground;
            return self.end_paste();
        }
        if now <= matched {
            self.keep(&PASTE_END[..matched]);
            if now == 0 {
                self.keep(&[byte]);
            }
        }
        self.state = State::Paste { matched: now };
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.paste.len() + bytes.len() <= PASTE_LIMIT {
            self.paste.extend_from_slice(bytes);
        }
    }

    fn end_paste(&mut self) {
        let bytes = std::mem::take(&mut self.paste);
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\r', "\n");
        self.out.push(Input::Paste(text));
    }

    fn key(&mut self, code: Code, alt: bool) {
        self.out.push(Input::Key(Key { code, ctrl: false, alt }));
    }

    /// Says whether a read after a silence is one key and no piece of what the silence broke off.
    fn is_key_after_silence(&self, bytes: &[u8]) -> bool {
        match (bytes, self.state) {
            ([ESC, ..], State::PasteTail { .. }) => {
                let whole = bytes.len().min(PASTE_END.len());
                bytes.len() <= 8 && bytes[..whole] != PASTE_END[..whole]
            }
            ([ESC | BEL, ..], _) | (_, State::StringEscape { .. }) => false,
            _ => {
                let mut chars = std::str::from_utf8(bytes).unwrap_or_default().chars();
                chars.next().is_some() && chars.next().is_none()
            }
        }
    }
}

/// Returns how many bytes of a paste's end are seen once `byte` follows `matched` of them.
fn end_matched(byte: u8, matched: usize) -> usize {
    match byte {
        byte if byte == PASTE_END[matched] => matched + 1,
        ESC => 1,
        _ => 0,
    }
}

/// Says whether `byte` can follow the opening byte `by`, so that both are no keys.
///
/// After an ESC that was given out as a key, only what a terminal really sends counts.
fn goes_on(by: u8, late: bool, byte: u8) -> bool {
    match by {
        b'[' if late => {
            matches!(byte, b'0'..=b'?' | b'A'..=b'F' | b'H' | b'I' | b'M' | b'O' | b'Z')
        }
        b'O' if late => keycodes::application(byte).is_some(),
        b'[' => byte >= 0x20 && byte != 0x7f,
        b'O' => matches!(byte, 0x20..=0x7e),
        b']' => matches!(byte, b'0'..=b'9' | b'l' | b'L'),
        b'P' => matches!(byte, b'0'..=b'9' | b'<'..=b'?' | b'!' | b'$' | b'+'),
        _ => matches!(byte, 0x20..=0x7e),
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
