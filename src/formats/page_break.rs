//! Page ends by a pattern: for texts whose pages show only by a stamp or a running head.

use regex::Regex;

use crate::document::Text;
use crate::text::visible::quoted;

/// Tells on which side of a matching line the page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The matching line is the last of its page.
    End,
    /// The matching line is the first of its page.
    Begin,
}

/// Holds a pattern and which side of its lines is the page's edge.
#[derive(Debug, Clone)]
pub struct PageBreak {
    regex: Regex,
    at: Edge,
}

/// Says why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the page break {} is no regular expression: {reason}", quoted(.pattern))]
pub struct BadPattern {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it, in one line.
    pub reason: String,
}

impl PageBreak {
    /// Takes a regular expression, searched in each line without its line end.
    ///
    /// # Errors
    /// What is no regular expression, or too large a one, is a [`BadPattern`].
    pub fn new(pattern: &str, at: Edge) -> Result<Self, BadPattern> {
        let regex = Regex::new(pattern).map_err(|error| {
            // The message draws the pattern with a mark under it; its last line says what is wrong.
            let message = error.to_string();
            let last = message.lines().last().unwrap_or_default();
            let reason = last.trim().trim_start_matches("error: ").to_owned();
            BadPattern { pattern: pattern.to_owned(), reason }
        })?;
        Ok(Self { regex, at })
    }

    /// Returns the pattern as it was given.
    #[must_use]
    pub fn pattern(&self) -> &str {
        self.regex.as_str()
    }

    /// Returns which side of a matching line is the page's edge.
    #[must_use]
    pub fn at(&self) -> Edge {
        self.at
    }

    /// Adds the page ends of the pattern to those the text has.
    ///
    /// Blank lines after the last matching line are no page of their own.
    #[must_use]
    pub fn apply(&self, text: Text) -> Text {
        let mut ends: Vec<usize> = text.page_ends().iter().map(|&end| end as usize).collect();
        let written = text.as_str().trim_end().len();
        for index in 0..text.line_count() {
            let line = text.line(index);
            if self.regex.is_match(text.slice(line.clone()).trim_end_matches(['\n', '\r'])) {
                match self.at {
                    Edge::End if line.end < written => ends.push(line.end),
                    Edge::End => {}
                    Edge::Begin => ends.push(line.start),
                }
            }
        }
        text.with_page_ends(ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(pattern: &str, at: Edge, text: &str) -> Vec<u32> {
        let page_break = PageBreak::new(pattern, at).expect("a regular expression");
        page_break.apply(Text::new(text).expect("short")).page_ends().to_vec()
    }

    #[test]
    fn a_matching_line_ends_or_begins_its_page() {
        assert_eq!(ends("^CU-\\d+$", Edge::End, "a\nCU-1\r\nb\nCU-2\n\n"), [8]);
        assert_eq!(ends("^Page", Edge::Begin, "Page 1\na\nPage 2\nb"), [9]);
        assert_eq!(ends("^-$", Edge::End, "a\n\x0cb\n-\nc"), [3, 7]);
        assert_eq!(ends("x", Edge::End, ""), Vec::<u32>::new());
    }

    #[test]
    fn what_is_no_expression() {
        let bad = PageBreak::new("CU-(", Edge::End).expect_err("open group");
        assert_eq!(
            bad.to_string(),
            "the page break \"CU-(\" is no regular expression: unclosed group"
        );
    }
}
