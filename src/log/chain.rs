//! Hash, sequence number and previous hash: which bytes of a log are its valid prefix, and what the
//! bytes after it are (log format §1 and §4, Open).
//!
//! A line's own hash needs no other line, so [`Block::check`] can run ahead of, and beside, the
//! reading of records.

use memchr::{memchr, memmem};
use sha2::{Digest as _, Sha256};

use crate::digest::Digest;
use crate::log::decode::{self, Line};
use crate::log::json::Malformed;
use crate::log::record::MAX_LINE;
use crate::log::usual;

/// What stands before the hash at a line's end.
const BEFORE_HASH: &[u8] = b",\"hash\":\"";

/// How long the end of a line is that its hash does not cover.
const ENDING: usize = 75;

/// Says why a line is not the next one of its log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// There is no byte at all.
    #[error("the file is empty")]
    Empty,
    /// Bytes that are no text.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// More bytes than a line may have.
    #[error("the line is longer than 64 MiB")]
    TooLong,
    /// It does not end as lines do.
    #[error("it does not end in a hash")]
    NoHash,
    /// Its line end was made another one, by a program that takes the log for a text of its own.
    #[error("it ends in a carriage return: a program has changed the line ends of the file")]
    CarriageReturn,
    /// The hash is that of other bytes.
    #[error("its hash is not that of its bytes")]
    OtherHash,
    /// It is not the JSON that a log is made of.
    #[error("it is no record: {0}")]
    Malformed(#[from] Malformed),
    /// Its number is not the next one.
    #[error("it says it is record {0}")]
    Seq(u64),
    /// It names another record as the one before it.
    #[error("it does not name the hash of the record before it")]
    Prev,
    /// A whole record has something else than a line feed after it.
    #[error("a whole record is there, but not the line feed after it")]
    NoLineFeed,
}

/// Tells what follows the valid prefix of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tail {
    /// Nothing.
    Clean,
    /// The last line lacks its line feed and nothing else; it counts as a record.
    NoLineFeed,
    /// A record was being written; what there is of it can be cut off.
    Torn {
        /// How many bytes.
        length: u64,
    },
    /// Something else, which nobody may cut or repair silently.
    Damaged(Broken),
}

/// Holds whole lines, as far as each has the hash it says.
#[derive(Debug)]
pub struct Block {
    text: String,
    /// Where each line that has its hash ends, after its line feed.
    ends: Vec<usize>,
    /// Why the line after those is broken.
    broken: Option<Broken>,
}

impl Block {
    /// Checks `lines`, which end in a line feed or are empty.
    #[must_use]
    pub fn check(lines: Vec<u8>) -> Self {
        let (text, utf8) = match String::from_utf8(lines) {
            Ok(text) => (text, true),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                bytes.truncate(valid);
                (String::from_utf8(bytes).expect("valid up to there"), false)
            }
        };
        let mut block = Self { text, ends: Vec::new(), broken: None };
        let mut start = 0;
        while let Some(length) = memchr(b'\n', &block.text.as_bytes()[start..]) {
            let line = &block.text.as_bytes()[start..start + length];
            if let Err(broken) = check_hash(line) {
                block.broken = Some(broken);
                return block;
            }
            start += length + 1;
            block.ends.push(start);
        }
        if !utf8 {
            block.broken = Some(Broken::NotUtf8);
        }
        block
    }

    /// Returns the lines that have their hash, without their line feeds.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.text[start..end - 1])
    }

    /// Returns why the line after those is broken, if one is.
    #[must_use]
    pub fn broken(&self) -> Option<&Broken> {
        self.broken.as_ref()
    }
}

/// Checks that a line without its line feed ends in the hash of the bytes before.
fn check_hash(line: &[u8]) -> Result<(), Broken> {
    if line.len() > MAX_LINE {
        return Err(Broken::TooLong);
    }
    if line.ends_with(b"\r") {
        return Err(Broken::CarriageReturn);
    }
    let body = line.len().checked_sub(ENDING).ok_or(Broken::NoHash)?;
    let (body, ending) = line.split_at(body);
    if !ending.starts_with(BEFORE_HASH) || !ending.ends_with(b"\"}") {
        return Err(Broken::NoHash);
    }
    let said = &ending[BEFORE_HASH.len()..ENDING - 2];
    if hex(&Sha256::digest(body)) == said { Ok(()) } else { Err(Broken::OtherHash) }
}

fn hex(bytes: &[u8]) -> [u8; 64] {
    let mut hex = [0; 64];
    for (pair, &byte) in hex.as_chunks_mut::<2>().0.iter_mut().zip(bytes) {
        *pair = HEX[usize::from(byte)];
    }
    hex
}

/// The two digits of each byte: a line's hash is written out to be compared.
const HEX: [[u8; 2]; 256] = {
    let digits = b"0123456789abcdef";
    let mut hex = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        hex[byte] = [digits[byte >> 4], digits[byte & 15]];
        byte += 1;
    }
    hex
};

/// Holds where the chain of a log has come to.
#[derive(Debug, Clone)]
pub struct Chain {
    size: u64,
    bytes: u64,
    head: [u8; 64],
}

impl Default for Chain {
    fn default() -> Self {
        Self { size: 0, bytes: 0, head: [b'0'; 64] }
    }
}

impl Chain {
    /// Returns how many records there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns how many bytes they take, line feeds included.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns the hash of the last record; zeros where there is none.
    #[must_use]
    pub fn head(&self) -> Digest {
        Digest::from_hex(&self.head).expect("a hash that was compared with a computed one")
    }

    /// Reads the next line, whose hash is known to be right, and goes on to it.
    ///
    /// # Errors
    /// A line that does not follow changes nothing.
    pub fn follow<'a>(&mut self, text: &'a str) -> Result<Line<'a>, Broken> {
        let line = self.next(text)?;
        self.head.copy_from_slice(&text.as_bytes()[text.len() - 66..text.len() - 2]);
        self.size += 1;
        self.bytes += text.len() as u64 + 1;
        Ok(line)
    }

    fn next<'a>(&self, text: &'a str) -> Result<Line<'a>, Broken> {
        let line = usual::line(text, &self.head).map_or_else(|| decode::line(text), Ok)?;
        if line.seq != self.size {
            return Err(Broken::Seq(line.seq));
        }
        if line.prev.as_bytes() != self.head {
            return Err(Broken::Prev);
        }
        Ok(line)
    }

    /// Judges what follows the last line feed of a log, where all lines before follow each other.
    ///
    /// Of a longer rest than a line may be, the first [`MAX_LINE`] bytes and `length` are enough.
    #[must_use]
    pub fn judge(&self, rest: &[u8], length: u64) -> Tail {
        if rest.is_empty() {
            return Tail::Clean;
        }
        match whole_record(rest) {
            // Nothing could be told from a file that does not hold one whole record: not even
            // whose log it is.
            None if self.size == 0 => Tail::Damaged(Broken::NoHash),
            None => Tail::Torn { length },
            Some(end) if end as u64 != length => Tail::Damaged(Broken::NoLineFeed),
            Some(end) => match std::str::from_utf8(&rest[..end]) {
                Err(_) => Tail::Damaged(Broken::NotUtf8),
                Ok(text) => match self.next(text) {
                    Ok(_) => Tail::NoLineFeed,
                    Err(broken) => Tail::Damaged(broken),
                },
            },
        }
    }
}

/// Returns where the record ends that stands whole at the start of `bytes`: the first place where
/// an ending fits the bytes before it. One pass, however many endings there seem to be.
fn whole_record(bytes: &[u8]) -> Option<usize> {
    let mut hasher = Sha256::new();
    let mut hashed = 0;
    let mut at = 0;
    while let Some(found) = memmem::find(&bytes[at..], BEFORE_HASH) {
        at += found;
        let ending = bytes.get(at..at + ENDING)?;
        if ending.ends_with(b"\"}") {
            hasher.update(&bytes[hashed..at]);
            hashed = at;
            let said = &ending[BEFORE_HASH.len()..ENDING - 2];
            if hex(&hasher.clone().finalize()) == said {
                return Some(at + ENDING);
            }
        }
        at += 1;
    }
    None
}
