//! The whole text cut at its changes: what the base has there, what stands, what would stand.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::export::established::{OPEN, Pending, with_open};
use crate::review::counts::State;
use crate::review::event::Place;
use crate::review::ledger::{Ledger, Standing};
use crate::review::state::Review;

/// Holds fixes and standing readings that overlap each other in turn, as one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The span of the base.
    pub span: Range<usize>,
    /// What stands, open fixes as in the base.
    pub stands: String,
    /// What would stand if what is open were accepted; what stands where nothing is open.
    pub proposed: String,
    /// Whether something in it is open.
    pub open: bool,
    /// Whether every fix in it is accepted and nothing else stands there.
    pub accepted: bool,
    /// The record that decided it last; none where nothing is decided, or by several logs.
    pub decided: Option<u64>,
    /// What several reviewers say, each log by its number; empty where one log is told of.
    pub said: Vec<(usize, String)>,
}

impl Change {
    /// Says whether reviewers say different things.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.said.iter().any(|(_, reading)| *reading != self.said[0].1)
    }
}

/// Returns every place where something else than the base's own bytes stands or is proposed, in
/// the order of the text. What lies between them stands as it is in the base.
#[must_use]
pub fn changes(review: &Review) -> Vec<Change> {
    let as_it_stands = review.ledger();
    let accepted = with_open(review, Pending::Transcript);
    let fixes: BTreeMap<Place, State> =
        review.collation().fixes().map(|id| (review.place(id), review.state(id))).collect();
    let mut places: Vec<Place> = fixes.keys().copied().collect();
    places.extend(as_it_stands.standing().map(|site| site.place));
    places.extend(accepted.standing().map(|site| site.place));
    places.sort_unstable();
    places.dedup();
    let groups = groups(&places);
    let changes = groups.into_iter().map(|(first, end)| {
        let places = &places[first..end];
        let start = places[0].start;
        let span = start..places.iter().map(|place| place.end).max().unwrap_or(start);
        let over = |ledger: &'_ Ledger| text(ledger, places, &span);
        let decided = sites(as_it_stands, places).map(|site| site.seq).max();
        let open = sites(&accepted, places).any(|site| site.seq == OPEN);
        let (stands, proposed) = (over(as_it_stands), over(&accepted));
        let mut states = places.iter().filter_map(|place| fixes.get(place)).peekable();
        let any = states.peek().is_some();
        let accepted = any && states.all(|&state| state == State::Accepted);
        Change { span, stands, proposed, open, accepted, decided, said: Vec::new() }
    });
    let idle = |change: &Change| {
        let base = review.base().slice(change.span.clone());
        !change.open && change.stands == base
    };
    changes.filter(|change| !idle(change)).collect()
}

/// Groups ascending places that overlap in turn; returns ranges of their indexes.
fn groups(places: &[Place]) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    let mut end = 0;
    for (at, place) in places.iter().enumerate() {
        match groups.last_mut() {
            // Equal places were dropped, so an empty one joins only strictly inside.
            Some(group) if place.start < end => group.1 = at + 1,
            _ => groups.push((at, at + 1)),
        }
        end = end.max(place.end);
    }
    groups
}

/// Returns the sites of a ledger that stand at some of these places.
fn sites<'a>(ledger: &'a Ledger, places: &'a [Place]) -> impl Iterator<Item = Standing<'a>> + 'a {
    places.iter().filter_map(|&place| ledger.standing_at(place))
}

fn text(ledger: &Ledger, places: &[Place], span: &Range<usize>) -> String {
    let mut text = String::new();
    let mut at = span.start;
    for site in sites(ledger, places) {
        text.push_str(ledger.base().slice(at..site.place.start));
        text.push_str(site.reading);
        at = site.place.end;
    }
    text.push_str(ledger.base().slice(at..span.end));
    text
}
