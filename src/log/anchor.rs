//! Anchors: heads of a log that were remembered elsewhere, and whether the log still has them.
//!
//! A chain that was cut short after a whole record is a shorter chain, and one that was written
//! anew from some record on is another chain. Only who remembers the old head can tell.

use std::fmt;
use std::str::FromStr;

use crate::digest::Digest;
use crate::log::audit::Audit;

/// The fewest digits of a head that are taken for it: those of the report, for paper.
const FEWEST_DIGITS: usize = 16;

/// Holds what somebody remembers of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// How many records the log had; at least one.
    pub size: u64,
    /// The hash of the last of them.
    pub head: Remembered,
    /// Who remembers.
    pub keeper: Keeper,
}

/// Holds the first 16 to 64 hex digits of a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered(String);

/// Tells who remembers a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeper {
    /// This user's state directory.
    State,
    /// A record of another reviewer's log.
    Seen(String),
    /// Whoever gave it on the command line.
    Given,
}

/// Tells whether a log has what was remembered of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It had that head when it had that many records.
    Yes,
    /// It has fewer records.
    Shorter,
    /// It has another record there.
    Other,
}

/// Says that a text is no anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an anchor is SIZE:HEAD, the head in 16 to 64 hex digits: 412:8d0524bdc112b864")]
pub struct NotAnAnchor;

impl From<Digest> for Remembered {
    fn from(head: Digest) -> Self {
        Self(head.to_hex())
    }
}

impl Remembered {
    /// Says whether this is remembered of `head`.
    #[must_use]
    pub fn is_of(&self, head: Digest) -> bool {
        head.to_hex().starts_with(&self.0)
    }
}

impl FromStr for Anchor {
    type Err = NotAnAnchor;

    fn from_str(text: &str) -> Result<Self, NotAnAnchor> {
        let (size, head) = text.split_once(':').ok_or(NotAnAnchor)?;
        let head: String = head.split_whitespace().collect();
        let size = size.trim().parse().ok().filter(|&size| size > 0).ok_or(NotAnAnchor)?;
        let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if !(FEWEST_DIGITS..=64).contains(&head.len()) || !head.bytes().all(hex) {
            return Err(NotAnAnchor);
        }
        Ok(Self { size, head: Remembered(head), keeper: Keeper::Given })
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.size;
        match &self.keeper {
            Keeper::State => write!(f, "state file has {size}"),
            Keeper::Seen(reviewer) => write!(f, "{reviewer}'s log saw {size}"),
            Keeper::Given => write!(f, "--anchor has {size}"),
        }
    }
}

impl Anchor {
    /// Tells whether the audited log has this head; the audit must have kept the head at its size.
    #[must_use]
    pub fn held_by(&self, audit: &Audit) -> Holds {
        match audit.heads.get(&self.size) {
            Some(&head) if self.head.is_of(head) => Holds::Yes,
            Some(_) => Holds::Other,
            None => Holds::Shorter,
        }
    }

    /// Says what is wrong where the log does not have this head.
    #[must_use]
    pub fn complaint(&self, audit: &Audit) -> Option<String> {
        let size = audit.size;
        match self.held_by(audit) {
            Holds::Yes => None,
            Holds::Shorter => {
                Some(format!("{self}, the log {size}: it was cut short or put back to an old copy"))
            }
            Holds::Other => {
                let seq = self.size - 1;
                Some(format!("{self} with another record {seq}: the log was written anew"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_read_from_paper() {
        let head = Digest::of(b"x");
        let hex = head.to_hex();
        for text in
            [format!("7:{hex}"), format!("7: {}", head.short()), format!(" 7:{}", &hex[..20])]
        {
            let anchor: Anchor = text.parse().expect("an anchor");
            assert!(anchor.size == 7 && anchor.head.is_of(head), "{text}");
            assert!(!anchor.head.is_of(Digest::of(b"y")));
        }
        for text in ["", "7", "7:", "0:8d0524bdc112b864", "-1:8d0524bdc112b864", "7:8d0524bdc112b8"]
        {
            assert_eq!(text.parse::<Anchor>(), Err(NotAnAnchor), "{text}");
        }
        assert!(format!("7:{}", hex.to_uppercase()).parse::<Anchor>().is_err());
        assert!(format!("7:{hex}0").parse::<Anchor>().is_err());
    }
}
