//! Which fixes and lines a command or a filter is about: `open kind=name page=2..4`.

use std::ops::{Range, RangeInclusive};

use crate::collate::fix::{Fix, FixId, Kind, RowId};
use crate::document::Text;
use crate::propose::suspect::Reason;
use crate::review::counts::{Counts, State};
use crate::review::event::Mark;
use crate::review::state::Review;
use crate::text::visible::quoted;
use crate::ui::suspects::Suspects;
use crate::ui::words;

/// Tells how a place stands, in the words of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// Still to be decided.
    Open,
    /// Not open.
    Decided,
    /// As proposed.
    Accepted,
    /// As in the base.
    Rejected,
    /// As the reviewer typed.
    Edited,
    /// Reviewers disagree.
    Disputed,
    /// Marked as doubtful.
    Doubtful,
    /// With a note, a doubt among them.
    Noted,
}

impl Stand {
    /// Every stand with its word, in the order of the filter.
    pub const ALL: [(Self, &str); 8] = [
        (Self::Open, "open"),
        (Self::Decided, "decided"),
        (Self::Accepted, "accepted"),
        (Self::Rejected, "rejected"),
        (Self::Edited, "edited"),
        (Self::Doubtful, "doubtful"),
        (Self::Noted, "noted"),
        (Self::Disputed, "disputed"),
    ];

    /// Returns its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(stand, _)| *stand == self).map_or("", |(_, word)| word)
    }

    /// Says whether it is of a line's notes, not of its fixes.
    #[must_use]
    pub fn is_of_notes(self) -> bool {
        matches!(self, Self::Doubtful | Self::Noted)
    }

    /// Returns how many fixes stand so; no fix stands as notes do.
    #[must_use]
    pub fn count(self, counts: &Counts) -> usize {
        match self {
            Self::Open => counts.open,
            Self::Decided => counts.total() - counts.open,
            Self::Accepted => counts.accepted,
            Self::Rejected => counts.rejected,
            Self::Edited => counts.edited,
            Self::Disputed => counts.disputed,
            Self::Doubtful | Self::Noted => 0,
        }
    }

    /// Says whether a fix in this state stands so; no fix stands as notes do.
    pub(crate) fn fits_state(self, state: State) -> bool {
        match self {
            Self::Open => state == State::Open,
            Self::Decided => state != State::Open,
            Self::Accepted => state == State::Accepted,
            Self::Rejected => state == State::Rejected,
            Self::Edited => state == State::Edited,
            Self::Disputed => state == State::Disputed,
            Self::Doubtful | Self::Noted => false,
        }
    }
}

/// Holds what is wanted: within one list any will do, all lists together must fit. An empty list
/// fits everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How a place stands.
    pub stands: Vec<Stand>,
    /// Of what kind the fix is.
    pub kinds: Vec<Kind>,
    /// Why a place is suspect.
    pub suspects: Vec<Reason>,
    /// On which pages, from 1.
    pub pages: Option<RangeInclusive<usize>>,
    /// In which lines of the OCR, from 1.
    pub lines: Option<RangeInclusive<usize>>,
}

/// The names that stand before a `=`.
pub const FIELDS: [&str; 5] = ["kind=", "page=", "line=", "state=", "suspect="];

/// The word for suspects of any reason.
pub const SUSPECT: &str = "suspect";

impl Wanted {
    /// Reads words such as `kind=name page=2..4 state=open`; a state may stand alone.
    ///
    /// # Errors
    /// A sentence that names the word, and what would be right.
    pub fn parse(words: &str, review: &Review) -> Result<Self, String> {
        let mut wanted = Self::default();
        let base = review.base();
        for word in words.split_whitespace() {
            match word.split_once('=') {
                Some(("kind", kinds)) => {
                    for kind in kinds.split(',') {
                        wanted.kinds.push(kind.parse()?);
                    }
                }
                Some(("page", pages)) => {
                    wanted.pages = Some(range("page", pages, base.page_count())?);
                }
                Some(("line", lines)) => {
                    wanted.lines = Some(range("line", lines, base.line_count())?);
                }
                Some(("state", stands)) => {
                    for stand in stands.split(',') {
                        wanted.stands.push(stand_of(stand)?);
                    }
                }
                Some(("suspect", reasons)) => {
                    for reason in reasons.split(',') {
                        wanted.suspects.push(reason_of(reason)?);
                    }
                }
                None if word == SUSPECT => {
                    wanted.suspects.extend(Reason::ALL.iter().map(|(reason, ..)| *reason));
                }
                None if stand_of(word).is_ok() => wanted.stands.push(stand_of(word)?),
                _ => {
                    let word = quoted(word);
                    return Err(format!(
                        "{word}: write kind=, page=, line=, state= or suspect=, nothing for all; \
                         Tab helps"
                    ));
                }
            }
        }
        Ok(wanted)
    }

    /// Says whether nothing narrows it.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Makes ready to look through a review for what fits: what is the same for all fixes is worked
    /// out once.
    #[must_use]
    pub fn within<'a>(&'a self, review: &'a Review, suspects: Option<&'a Suspects>) -> Fitting<'a> {
        let any = self.stands.is_empty();
        let state = |state| any || self.stands.iter().any(|stand| stand.fits_state(state));
        let kind = |kind| self.kinds.is_empty() || self.kinds.contains(&kind);
        let mut kinds = Kind::ALL.map(kind);
        if review.has_class() && !self.is_all() && !self.kinds.contains(&Kind::LineEnd) {
            kinds[Kind::LineEnd as usize] = false;
        }
        let span = self.span(review.base());
        let states = STATES.map(state);
        Fitting { wanted: self, review, suspects, states, kinds, span }
    }

    /// Says whether a fix is one that is wanted, however it stands and wherever it is.
    #[must_use]
    pub fn takes(&self, review: &Review, suspects: Option<&Suspects>, id: FixId) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&review.collation().fix(id).kind))
            && self.is_suspect(review, suspects, id)
    }

    fn is_suspect(&self, review: &Review, suspects: Option<&Suspects>, id: FixId) -> bool {
        let suspect = |it: &Suspects| it.in_fix(review, id, &self.suspects).next().is_some();
        self.suspects.is_empty() || suspects.is_some_and(suspect)
    }

    /// Says whether lines with notes are wanted.
    #[must_use]
    pub fn is_of_notes(&self) -> bool {
        self.stands.iter().any(|stand| stand.is_of_notes())
    }

    /// Says whether some fixes of a line can be wanted and others not.
    #[must_use]
    pub fn parts_lines(&self) -> bool {
        !self.kinds.is_empty() || !self.suspects.is_empty()
    }

    /// Returns the bytes of the base that are on the pages and in the lines that are wanted; where
    /// its very end is among them, one more.
    #[must_use]
    pub fn span(&self, base: &Text) -> Range<usize> {
        let mut span = 0..base.len() + 1;
        if let Some(pages) = &self.pages {
            let end = base.page(*pages.end()).end;
            let last = *pages.end() >= base.page_count();
            span = base.page(*pages.start()).start..if last { span.end } else { end };
        }
        if let Some(lines) = &self.lines {
            let end = base.line(*lines.end() - 1).end;
            let last = base.line_of(base.len()) < *lines.end();
            span.start = span.start.max(base.line(*lines.start() - 1).start);
            span.end = span.end.min(if last { span.end } else { end });
        }
        span
    }

    /// Writes it in words: `open names on page 2`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let stands: Vec<&str> = self.stands.iter().map(|stand| stand.word()).collect();
        if !stands.is_empty() {
            parts.push(stands.join(" or "));
        }
        let kinds: Vec<&str> = self.kinds.iter().map(|&kind| words::kind(kind, 2)).collect();
        if !kinds.is_empty() {
            parts.push(kinds.join(", "));
        }
        if self.suspects.len() == Reason::ALL.len() {
            parts.push("suspects".to_owned());
        } else if !self.suspects.is_empty() {
            let names: Vec<&str> = self.suspects.iter().map(|reason| reason.name()).collect();
            parts.push(format!("suspects: {}", names.join(", ")));
        }
        for (one, range) in [("page", &self.pages), ("line", &self.lines)] {
            let Some(range) = range else { continue };
            let (first, last) = (range.start(), range.end());
            parts.push(match first == last {
                true => format!("{one} {first}"),
                false => format!("{one}s {first}–{last}"),
            });
        }
        parts.join(", ")
    }
}

/// Looks through a review for what is wanted.
#[derive(Debug)]
pub struct Fitting<'a> {
    /// What is wanted.
    pub wanted: &'a Wanted,
    review: &'a Review,
    /// The suspects of both texts, once they are known.
    pub suspects: Option<&'a Suspects>,
    states: [bool; STATES.len()],
    kinds: [bool; Kind::ALL.len()],
    span: Range<usize>,
}

/// Every state, in the order of [`State`].
const STATES: [State; 5] =
    [State::Open, State::Accepted, State::Rejected, State::Edited, State::Disputed];

impl Fitting<'_> {
    /// Says whether a fix that stands so fits. The line ends of a reflow fit only where they are
    /// asked for.
    #[must_use]
    pub fn fits(&self, id: FixId, fix: &Fix, state: State) -> bool {
        self.kinds[fix.kind as usize]
            && self.span.contains(&fix.at.start)
            && (self.states[state as usize] || self.is_in_noted(id))
            && self.wanted.is_suspect(self.review, self.suspects, id)
    }

    /// Returns the fixes of a row that fit.
    pub fn in_row(&self, row: RowId) -> impl Iterator<Item = FixId> {
        self.review.collation().fixes_in_row(row).filter(|&id| self.fits_now(id))
    }

    fn fits_now(&self, id: FixId) -> bool {
        self.fits(id, self.review.collation().fix(id), self.review.state(id))
    }

    /// Says whether a row has something that fits: a fix, a suspect where suspects are wanted, or a
    /// note where notes are.
    #[must_use]
    pub fn fits_row(&self, row: RowId) -> bool {
        let (review, wanted) = (self.review, self.wanted);
        if wanted.suspects.is_empty() {
            let here = || self.span.contains(&review.collation().row(row).base.start);
            return (wanted.kinds.is_empty() && here() && self.is_noted(row))
                || self.in_row(row).next().is_some();
        }
        let stops = self.suspects.map(|it| it.wanted_in_row(review, row, &wanted.suspects));
        let any = wanted.kinds.is_empty() && wanted.stands.is_empty();
        stops.into_iter().flatten().any(|stop| {
            let alone = any || (wanted.kinds.is_empty() && self.is_noted(row));
            self.span.contains(&stop.at.start)
                && (alone || stop.fix.is_some_and(|id| self.fits_now(id)))
        })
    }

    /// Returns the blocks that can have something that fits.
    #[must_use]
    pub fn blocks(&self) -> Range<u32> {
        self.review.blocks_over(&(self.span.start..self.span.end.min(self.review.base().len())))
    }

    fn is_noted(&self, row: RowId) -> bool {
        self.wanted.stands.iter().any(|&stand| is_noted(self.review, row, stand))
    }

    /// Says whether a fix is in a line with notes that are wanted: its row is not looked for where
    /// none are.
    fn is_in_noted(&self, id: FixId) -> bool {
        self.wanted.is_of_notes() && self.is_noted(self.review.collation().row_of(id))
    }
}

/// Says whether a line has a note of that sort.
fn is_noted(review: &Review, row: RowId, stand: Stand) -> bool {
    let span = review.collation().row(row).base;
    if !stand.is_of_notes() || span.is_empty() {
        return false;
    }
    review.notes_in(span).any(|(_, noted)| match stand {
        Stand::Doubtful => noted.mark == Mark::Doubtful,
        _ => noted.mark != Mark::Checked,
    })
}

fn stand_of(word: &str) -> Result<Stand, String> {
    let found = Stand::ALL.iter().find(|(_, known)| *known == word).map(|(stand, _)| *stand);
    found.ok_or_else(|| {
        let words: Vec<&str> = Stand::ALL.iter().map(|(_, word)| *word).collect();
        format!("no state {}; the states are {}", quoted(word), words.join(", "))
    })
}

fn reason_of(word: &str) -> Result<Reason, String> {
    let found = Reason::ALL.iter().find(|(_, name, _)| *name == word).map(|(reason, ..)| *reason);
    found.ok_or_else(|| {
        let names: Vec<&str> = Reason::ALL.iter().map(|(_, name, _)| *name).collect();
        format!("no suspect {}; the suspects are {}", quoted(word), names.join(", "))
    })
}

/// Reads `2`, `2..4` or `2-4`, at most `last`.
fn range(name: &str, text: &str, last: usize) -> Result<RangeInclusive<usize>, String> {
    let (from, to) = text.split_once("..").or(text.split_once('-')).unwrap_or((text, text));
    let number = |text: &str| text.parse::<usize>().ok().filter(|&number| number > 0);
    match (number(from), number(to)) {
        (Some(from), Some(to)) if to > last.max(1) || from > last.max(1) => {
            Err(format!("there is no {name} {}: the OCR has {last}", from.max(to)))
        }
        (Some(from), Some(to)) if from <= to => Ok(from..=to),
        _ => Err(format!("{name} {}: write {name}=2 or {name}=2..4", quoted(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::collation::Collation;
    use crate::collate::plan::plan;

    #[test]
    fn a_span_holds_the_bytes_of_the_pages_and_lines_that_are_wanted() {
        for base in ["", "a", "a\n", "ab\n\u{c}c\nd\u{c}e\n\n", "a\u{c}", "\u{c}\u{c}b\nc"] {
            let base = Text::new(base.to_owned()).expect("short");
            let ranges = |last: usize| {
                let some = (1..=last).flat_map(move |from| (from..=last).map(move |to| from..=to));
                std::iter::once(None).chain(some.map(Some))
            };
            for pages in ranges(base.page_count()) {
                for lines in ranges(base.line_count()) {
                    let (pages, lines) = (pages.clone(), lines.clone());
                    let wanted = Wanted { pages, lines, ..Wanted::default() };
                    let span = wanted.span(&base);
                    for at in 0..=base.len() {
                        let page = wanted.pages.as_ref();
                        let line = wanted.lines.as_ref();
                        let here = page.is_none_or(|it| it.contains(&base.page_of(at)))
                            && line.is_none_or(|it| it.contains(&(base.line_of(at) + 1)));
                        assert_eq!(span.contains(&at), here, "{wanted:?} {at} of {base:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn words_are_read_and_what_is_wrong_is_named() {
        let text = |text: &str| Text::new(text.to_owned()).expect("short");
        let plan = plan(text("a\nb\nc\nd\n"), text("a\nb\nc\nd\n"));
        let review = Review::new(Collation::complete(plan));
        let read = |words: &str| Wanted::parse(words, &review).map(|wanted| wanted.in_words());
        assert_eq!(
            read("open kind=name,word line=2..4").as_deref(),
            Ok("open, names, words, lines 2–4")
        );
        assert_eq!(read("state=edited,noted page=1").as_deref(), Ok("edited or noted, page 1"));
        assert_eq!(read("suspect").as_deref(), Ok("suspects"));
        assert_eq!(
            read("kind=name suspect=bracket,invisible").as_deref(),
            Ok("names, suspects: bracket, invisible")
        );
        for (words, wrong) in [
            ("kind=frob", "no kind \"frob\""),
            ("page=2", "there is no page 2: the OCR has 1"),
            ("line=3..x", "line \"3..x\": write line=2 or line=2..4"),
            ("line=4..2", "write line=2"),
            ("line=0", "write line=2"),
            ("state=ope", "no state \"ope\"; the states are open, decided"),
            ("suspect=odd", "no suspect \"odd\"; the suspects are mixed-script, look-alike"),
            ("colour=red", "\"colour=red\": write kind=, page=, line=, state= or suspect="),
        ] {
            let error = read(words).expect_err(words);
            assert!(error.contains(wrong), "{words}: {error}");
        }
    }
}
