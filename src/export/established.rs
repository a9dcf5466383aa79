//! The established text: the base with every standing reading, and a choice for what is open.

use std::borrow::Cow;

use crate::collate::fix::FixId;
use crate::review::command::{Command, Decide, Reach};
use crate::review::counts::State;
use crate::review::decide::decide;
use crate::review::event::{Event, Scope, Site, Verdict};
use crate::review::ledger::Ledger;
use crate::review::state::Review;

/// The record under which the ledger of [`with_open`] holds what stands for open fixes.
pub const OPEN: u64 = u64::MAX;

/// Tells what stands where a fix is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pending {
    /// The base's reading.
    Base,
    /// The proposed reading.
    Transcript,
    /// Both, between marks: `⟦has→had⟧`.
    Mark,
}

impl Pending {
    /// Every choice by its name on the command line.
    pub const NAMED: [(&'static str, Self); 3] =
        [("base", Self::Base), ("transcript", Self::Transcript), ("mark", Self::Mark)];

    /// Returns the choice of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|&(_, pending)| pending)
    }
}

/// Returns the text as it stands, with `pending` where it is open.
#[must_use]
pub fn established(review: &Review, pending: Pending) -> String {
    with_open(review, pending).established()
}

/// Returns the ledger with `pending` standing where it is open, under the record [`OPEN`].
#[must_use]
pub fn with_open(review: &Review, pending: Pending) -> Cow<'_, Ledger> {
    let Some(event) = as_accepted(review).filter(|_| pending != Pending::Base) else {
        return Cow::Borrowed(review.ledger());
    };
    let event = if pending == Pending::Mark { marked(event) } else { event };
    let mut ledger = review.ledger().clone();
    ledger.apply(OPEN, &event).expect("what was decided on a review fits it");
    Cow::Owned(ledger)
}

/// Returns how many fixes are open, those of a class that is decided as one included.
#[must_use]
pub fn open(review: &Review) -> usize {
    let counts = review.counts();
    counts.open + counts.class.map_or(0, |class| class.open)
}

/// Returns what accepting every open fix would record; none if there is none.
fn as_accepted(review: &Review) -> Option<Event> {
    let open = |&id: &FixId| review.state(id) == State::Open;
    let wish = Decide {
        verdict: Verdict::Accept,
        scope: Scope::All,
        fixes: review.collation().fixes().filter(open).collect(),
        own: Vec::new(),
        reach: Reach::Every,
        offered: None,
    };
    decide(review, &Command::Decide(wish)).ok()?.events.into_iter().next()
}

/// Turns an acceptance into readings that show both sides.
fn marked(event: Event) -> Event {
    let Event::Decided(mut decided) = event else { return event };
    decided.verdict = Verdict::Edit;
    for site in &mut decided.sites {
        site.reading = Some(marks_around(site).into());
    }
    Event::Decided(decided)
}

fn marks_around(site: &Site) -> String {
    let proposed = site.proposed.as_deref().unwrap_or_default();
    // A line end stays outside the marks where both sides have it, so that lines stay lines.
    let shared = if site.base.ends_with('\n') && proposed.ends_with('\n') { "\n" } else { "" };
    let base = site.base.strip_suffix(shared).unwrap_or(&site.base);
    format!("⟦{base}→{}⟧{shared}", proposed.strip_suffix(shared).unwrap_or(proposed))
}
