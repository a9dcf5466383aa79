//! Which fixes a verdict is about: `--all`, `--open`, `--line`, `--page`, `--kind`, `--alike`.

use std::ops::Range;
use std::str::FromStr;

use crate::cli::failure::Failure;
use crate::collate::fix::{FixId, Kind};
use crate::review::command::{Decide, Reach};
use crate::review::counts::State;
use crate::review::event::{Scope, Verdict};
use crate::review::state::Review;

/// Names places. Several of these together name what fits them all.
#[derive(Debug, Clone, clap::Args)]
#[group(required = true, multiple = true)]
pub struct Selection {
    /// Every fix, decided or not.
    #[arg(long, conflicts_with = "open")]
    all: bool,
    /// The open fixes.
    #[arg(long)]
    open: bool,
    /// The open fixes of a line of the OCR text, or of lines: 12 or 12-15.
    #[arg(long, value_name = "N[-M]")]
    line: Option<Span>,
    /// The open fixes of a page.
    #[arg(long, value_name = "N")]
    page: Option<usize>,
    /// The open fixes of one kind: word, name, look-alike, digit, punctuation, diacritic, case,
    /// hyphen, space, encoding, extra-line, missing-line, line-end, page-end.
    #[arg(long)]
    kind: Option<Kind>,
    /// The open fixes where the OCR text has exactly this.
    #[arg(long, value_name = "TEXT")]
    alike: Option<String>,
}

/// Holds the first and the last of some lines, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    first: usize,
    last: usize,
}

impl Span {
    /// Says whether a line, from 1, is one of them.
    #[must_use]
    pub fn contains(self, line: usize) -> bool {
        (self.first..=self.last).contains(&line)
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.parse().ok().filter(|&line| line > 0);
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => Ok(Self { first, last }),
            _ => Err("lines are numbers from 1: 12 or 12-15".to_owned()),
        }
    }
}

impl Selection {
    /// Makes the wish: the places that fit, and what the record calls them.
    ///
    /// Line ends that are one class (a reflow) are taken by `--all` and `--kind line-end` only.
    ///
    /// # Errors
    /// A line or page that the document does not have.
    pub fn wish(&self, review: &Review, verdict: Verdict) -> Result<Decide, Failure> {
        let spans = self.spans(review)?;
        let within = |at: usize| spans.iter().all(|span| reaches(review, span, at));
        let of_class = self.all || self.kind == Some(Kind::LineEnd);
        let open_only = !self.all && verdict != Verdict::Reopen;
        let fits = |&id: &FixId| {
            let fix = review.collation().fix(id);
            within(fix.at.start)
                && self.kind.is_none_or(|kind| fix.kind == kind)
                && self.alike.as_deref().is_none_or(|text| review.base_reading(id) == text)
                && (of_class || !review.in_class(id))
                && !(open_only && review.state(id) != State::Open)
        };
        let fixes: Vec<FixId> = review.collation().fixes().filter(fits).collect();
        // Where only decided fixes fit, they are named as such: "nothing is open there".
        let any = || review.collation().fixes().filter(|&id| within(review.place(id).start));
        let listed = self.alike.is_some() || self.kind.is_some();
        let (reach, fixes) = match fixes.is_empty() && open_only {
            true => (Reach::Open, any().filter(|&id| review.state(id) != State::Open).collect()),
            false => (Reach::Every, fixes),
        };
        let own = match listed {
            true => Vec::new(),
            false => review.own_in(0..review.base().len()).filter(|it| within(it.start)).collect(),
        };
        let offered = listed.then_some(fixes.len() as u64);
        Ok(Decide { verdict, scope: self.scope(), fixes, own, reach, offered })
    }

    fn scope(&self) -> Scope {
        match self {
            Self { alike: Some(_), .. } | Self { kind: Some(_), .. } => Scope::Alike,
            Self { line: Some(span), .. } if span.first == span.last => Scope::Line,
            Self { line: Some(_), .. } => Scope::Range,
            Self { page: Some(_), .. } => Scope::Page,
            _ => Scope::All,
        }
    }

    /// Returns the spans of the base that lines and page name.
    fn spans(&self, review: &Review) -> Result<Vec<Range<usize>>, Failure> {
        let base = review.base();
        let mut spans = Vec::new();
        if let Some(lines) = self.line {
            if lines.last > base.line_count() {
                let (line, count) = (lines.last, base.line_count());
                let none = format!("there is no line {line}: the OCR text has {count}");
                return Err(Failure::cannot(none));
            }
            spans.push(base.line(lines.first - 1).start..base.line(lines.last - 1).end);
        }
        if let Some(page) = self.page {
            if page == 0 || page > base.page_count() {
                let count = base.page_count();
                let none = format!("there is no page {page}: the OCR text has {count}");
                return Err(Failure::cannot(none)
                    .hint("--page-break REGEX says where pages end, when a log is begun"));
            }
            spans.push(base.page(page));
        }
        Ok(spans)
    }
}

/// Says whether a span holds what starts at `at`; the base's last span holds its end, too.
fn reaches(review: &Review, span: &Range<usize>, at: usize) -> bool {
    span.contains(&at) || (at == span.end && at == review.base().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_by_number() {
        assert_eq!("12".parse(), Ok(Span { first: 12, last: 12 }));
        assert_eq!("12-15".parse(), Ok(Span { first: 12, last: 15 }));
        for wrong in ["", "0", "-3", "5-4", "a", "1-", "1-2-3"] {
            assert!(wrong.parse::<Span>().is_err(), "{wrong}");
        }
    }
}
