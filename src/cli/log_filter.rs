//! Which records `recto log` tells of: by whom, when, where, what, and with which words.

use std::str::FromStr;

use clap::builder::PossibleValuesParser;

use crate::cli::select::Span;
use crate::document::Text;
use crate::log::history::{Change, Entry};
use crate::log::record::Body;
use crate::review::event::{Event, Verdict};

/// The kinds of records that a log can be asked for.
const KINDS: [&str; 12] = [
    "opened",
    "session",
    "decided",
    "adjudicated",
    "undone",
    "redone",
    "noted",
    "signed_off",
    "proposals",
    "seen",
    "sealed",
    "recovered",
];

/// Names records. Several of these together name what fits them all; an undo fits where, and with
/// what, the act fits that it takes back.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Filter {
    /// Those of this reviewer.
    #[arg(long, visible_alias = "reviewer", value_name = "REVIEWER")]
    by: Option<String>,
    /// Decisions with this verdict: accept, reject, edit or reopen.
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    verdict: Option<Verdict>,
    /// What happened on a page.
    #[arg(long, value_name = "N")]
    page: Option<String>,
    /// What happened in a line of the OCR text, or in lines: 12 or 12-15.
    #[arg(long, value_name = "N[-M]")]
    line: Option<Span>,
    /// From this time on (UTC): 2026-11-24, 2026-11-24T09:30, ...
    #[arg(long, value_name = "TIME")]
    since: Option<Stamp>,
    /// Up to this time (UTC), the whole of the day or minute that it names.
    #[arg(long, value_name = "TIME")]
    until: Option<Stamp>,
    /// Those with exactly this in a reading or a note.
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// Those of this kind; may be repeated.
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(KINDS))]
    kind: Vec<String>,
}

fn verdict(word: &str) -> Result<Verdict, String> {
    let known = [Verdict::Accept, Verdict::Reject, Verdict::Edit, Verdict::Reopen];
    let found = known.into_iter().find(|verdict| verdict.to_string() == word);
    found.ok_or_else(|| "a verdict is accept, reject, edit or reopen".to_owned())
}

/// Holds the first letters of a time stamp of the log's form.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp(String);

/// What a time stamp looks like; what is given must be a beginning of it, by whole numbers.
const STAMP: &str = "0000-00-00T00:00:00.000Z";

impl FromStr for Stamp {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fits = |(given, wanted): (char, char)| match wanted {
            '0' => given.is_ascii_digit(),
            wanted => given == wanted,
        };
        let whole = matches!(text.len(), 4 | 7 | 10 | 13 | 16 | 19 | 23 | 24);
        if !whole || !text.chars().zip(STAMP.chars()).all(fits) {
            return Err("a time is written 2026-11-24 or 2026-11-24T09:30, in UTC".to_owned());
        }
        Ok(Self(text.to_owned()))
    }
}

impl Stamp {
    /// Returns as much of `time` as the stamp names.
    fn cut<'a>(&self, time: &'a str) -> &'a str {
        time.get(..self.0.len()).unwrap_or(time)
    }
}

impl Filter {
    /// Says whether an entry is told; `entries` are all of the log, ascending.
    #[must_use]
    pub fn takes(&self, entry: &Entry<'_>, entries: &[Entry<'_>], base: &Text) -> bool {
        let record = entry.record;
        let since = |stamp: &Stamp| stamp.cut(&record.time) >= stamp.0.as_str();
        let until = |stamp: &Stamp| stamp.cut(&record.time) <= stamp.0.as_str();
        self.by.as_deref().is_none_or(|by| by == entry.reviewer)
            && self.since.as_ref().is_none_or(since)
            && self.until.as_ref().is_none_or(until)
            && (self.kind.is_empty() || self.kind.iter().any(|kind| kind == record.body.kind()))
            && (!self.is_about() || self.is_of(about(entry, entries), base))
    }

    /// Says whether a change of an entry that is told is told with it.
    #[must_use]
    pub fn takes_change(&self, change: &Change<'_>, base: &Text) -> bool {
        let site = change.site;
        let said = [site.base.as_str(), &change.before, &change.after];
        let offered = [site.proposed.as_deref(), site.reading.as_deref()];
        let words = said.into_iter().chain(offered.into_iter().flatten());
        let at = site.place.start;
        self.is_at(at, site.page.as_deref(), base)
            && self.text.as_ref().is_none_or(|text| words.into_iter().any(|it| it.contains(text)))
    }

    /// Says whether anything is asked of what records say.
    fn is_about(&self) -> bool {
        self.verdict.is_some() || self.page.is_some() || self.line.is_some() || self.text.is_some()
    }

    fn is_of(&self, entry: &Entry<'_>, base: &Text) -> bool {
        let Body::Review(event) = &entry.record.body else { return false };
        match event {
            Event::Decided(decided) | Event::Adjudicated(decided, _) => {
                self.verdict.is_none_or(|verdict| verdict == decided.verdict)
                    && entry.changes.iter().any(|change| self.takes_change(change, base))
            }
            Event::Noted(noted) => {
                self.verdict.is_none()
                    && self.is_at(noted.at.start, noted.page.as_deref(), base)
                    && self
                        .text
                        .as_ref()
                        .is_none_or(|text| noted.note.contains(text) || noted.base.contains(text))
            }
            Event::SignedOff(signed) => {
                let page = self.page.as_deref();
                self.verdict.is_none()
                    && self.text.is_none()
                    && self.line.is_none()
                    && page.is_some_and(|page| signed.page.as_deref() == Some(page))
            }
            Event::Undone(_) | Event::Redone(_) => false,
        }
    }

    fn is_at(&self, at: usize, page: Option<&str>, base: &Text) -> bool {
        let on_page = |wanted: &String| match page {
            Some(page) => page == wanted,
            None => base.page_of(at).to_string() == *wanted,
        };
        self.line.is_none_or(|lines| lines.contains(base.line_of(at) + 1))
            && self.page.as_ref().is_none_or(on_page)
    }
}

/// Returns the entry of the act that an undo or redo is of; any other is about itself.
fn about<'a, 'b>(entry: &'a Entry<'b>, entries: &'a [Entry<'b>]) -> &'a Entry<'b> {
    let Body::Review(Event::Undone(of) | Event::Redone(of)) = &entry.record.body else {
        return entry;
    };
    let found = entries.binary_search_by_key(of, |entry| entry.record.seq);
    found.map_or(entry, |index| &entries[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_beginnings_of_stamps() {
        for right in ["2026", "2026-11", "2026-11-24", "2026-11-24T09:30", STAMP] {
            assert!(right.parse::<Stamp>().is_ok(), "{right}");
        }
        for wrong in ["", "26", "2026-1", "2026-11-24 09:30", "2026-11-24T9", "tomorrow", "2026-é1"]
        {
            assert!(wrong.parse::<Stamp>().is_err(), "{wrong}");
        }
    }
}
