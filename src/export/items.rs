//! What a review holds, item by item: each fix with its state, what stands and who decided it, and
//! the changes of the reviewer's own.

use std::ops::Range;

use crate::collate::fix::{FixId, Kind};
use crate::export::about::{About, Stamp};
use crate::export::data::state_name;
use crate::review::counts::State;
use crate::review::event::{Noted, Place};
use crate::review::ledger::Standing;

/// Holds one fix, or one change of the reviewer's own where both texts agree.
#[derive(Debug)]
pub struct Item<'a> {
    /// Where it is.
    pub place: Place,
    /// The fix; none for an own change.
    pub fix: Option<FixId>,
    /// What sort of change it is; none for an own change.
    pub kind: Option<Kind>,
    /// How it stands.
    pub state: State,
    /// The base's reading.
    pub base: &'a str,
    /// The proposed reading; none for an own change.
    pub proposed: Option<&'a str>,
    /// What stands; none where it is open.
    pub reading: Option<Reading>,
    /// Who decided it last, and when; none where it is open or there is no log.
    pub stamp: Option<Stamp<'a>>,
    /// The notes in force that begin in it, with their records.
    pub notes: Vec<(u64, &'a Noted)>,
}

/// Holds a text that stands and the span of the base that it stands for: a decision may have been
/// about more than the fix, and then the span is larger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The span.
    pub span: Range<usize>,
    /// The text.
    pub text: String,
}

impl Item<'_> {
    /// Returns the kind's name, `own` where there is none.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        self.kind.map_or("own", Kind::name)
    }

    /// Returns the state's name.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        state_name(self.state)
    }
}

/// Returns every item, in the order of the text.
#[must_use]
pub fn items<'a>(about: &'a About<'a>) -> Vec<Item<'a>> {
    let review = about.review;
    let mut items: Vec<Item<'a>> = review.collation().fixes().map(|id| fix(about, id)).collect();
    let own = review.own_in(0..review.base().len());
    items.extend(own.filter_map(|place| self::own(about, place)));
    items.sort_by_key(|item| (item.place, item.fix));
    items
}

fn fix<'a>(about: &'a About<'a>, id: FixId) -> Item<'a> {
    let review = about.review;
    let place = review.place(id);
    let sites: Vec<Standing<'a>> = review.ledger().standing_over(place).collect();
    let last = sites.iter().map(|site| site.seq).max();
    let state = review.state(id);
    Item {
        place,
        fix: Some(id),
        kind: Some(review.collation().fix(id).kind),
        state,
        base: review.base_reading(id),
        proposed: Some(review.proposed(id)),
        reading: (state != State::Open).then(|| reading(about, place, &sites)),
        stamp: last.filter(|_| state != State::Open).and_then(|seq| about.stamp(seq)),
        notes: notes(about, place),
    }
}

fn own<'a>(about: &'a About<'a>, place: Place) -> Option<Item<'a>> {
    let site = about.review.ledger().standing_at(place)?;
    Some(Item {
        place,
        fix: None,
        kind: None,
        state: State::Edited,
        base: about.review.base().slice(place.span()),
        proposed: None,
        reading: Some(Reading { span: place.span(), text: site.reading.to_owned() }),
        stamp: about.stamp(site.seq),
        notes: notes(about, place),
    })
}

/// Returns the text that stands over a place and over all of the sites that reach into it.
fn reading(about: &About<'_>, place: Place, sites: &[Standing<'_>]) -> Reading {
    let start = sites.iter().map(|site| site.place.start).min().unwrap_or(place.start);
    let end = sites.iter().map(|site| site.place.end).max().unwrap_or(place.end);
    let span = start.min(place.start)..end.max(place.end);
    let mut text = String::new();
    let mut at = span.start;
    for site in sites {
        text.push_str(about.review.base().slice(at..site.place.start));
        text.push_str(site.reading);
        at = site.place.end;
    }
    text.push_str(about.review.base().slice(at..span.end));
    Reading { span, text }
}

fn notes<'a>(about: &'a About<'a>, place: Place) -> Vec<(u64, &'a Noted)> {
    about.review.notes_in(place.span()).collect()
}
