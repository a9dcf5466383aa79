//! Tokens: spans of a text, and what each of them is.

/// Tells what a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A word or number.
    Word,
    /// A unit of a script that is written without blanks: an ideograph, a syllable, a kana run.
    Glyph,
    /// A run of blanks.
    Blank,
    /// A run of one and the same mark: `,` or `...`.
    Mark,
    /// A control character other than a line end.
    Control,
    /// A form feed.
    PageEnd,
    /// LF or CR LF.
    LineEnd,
}

/// Holds a token's byte span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What it is.
    pub class: Class,
}

impl Token {
    /// Returns the span, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the bytes of the token in the text that it was made from.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}
