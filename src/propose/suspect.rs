//! What a suspect is.

use std::fmt;
use std::ops::Range;

/// Tells why a place is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Letters of two scripts in one word.
    MixedScript,
    /// A word in another script than those around it, all of its letters look like theirs.
    LookAlike,
    /// A character that draws nothing, or stands for none.
    Invisible,
    /// A digit inside a word.
    Digit,
    /// A bracket without its partner.
    Bracket,
}

impl Reason {
    /// Every reason with its name for programs and its words for people.
    pub const ALL: [(Self, &str, &str); 5] = [
        (Self::MixedScript, "mixed-script", "letters of two scripts in one word"),
        (Self::LookAlike, "look-alike", "all letters look like those of the script around"),
        (Self::Invisible, "invisible", "a character that cannot be seen"),
        (Self::Digit, "digit-in-word", "a digit inside a word"),
        (Self::Bracket, "bracket", "a bracket without its partner"),
    ];

    /// Returns its name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(reason, _, _)| *reason == self).map_or("", |(_, name, _)| name)
    }

    /// Returns its words for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        Self::ALL.iter().find(|(reason, _, _)| *reason == self).map_or("", |(_, _, words)| words)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Writes the suspects of a text as `reason:text`, in its order.
#[cfg(test)]
pub(crate) fn shown(text: &str, mut found: Vec<Suspect>) -> Vec<String> {
    found.sort_by_key(|suspect| suspect.at.start);
    found.iter().map(|it| format!("{}:{}", it.reason, &text[it.at.clone()])).collect()
}

/// Holds a suspect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// Why.
    pub reason: Reason,
}
