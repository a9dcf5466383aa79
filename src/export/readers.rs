//! Several reviewers' logs over one base, as one export tells of them.

use crate::document::Text;
use crate::export::changes::Change;
use crate::export::established::Pending;
use crate::log::merge::{Outcome, Run};
use crate::log::record::Head;
use crate::review::event::Place;
use crate::review::state::Review;

/// Holds several logs over one base and what they come to.
#[derive(Debug)]
pub struct Readers<'a> {
    /// The logs in the order in which they were named.
    pub logs: Vec<Reader<'a>>,
    /// What they say together.
    pub runs: &'a [Run],
}

/// Holds one of several logs.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    /// The file's name without its folder.
    pub name: String,
    /// The log's id.
    pub id: &'a str,
    /// The reviewer.
    pub reviewer: &'a str,
    /// How many records it has and the hash of the last.
    pub head: Option<Head>,
}

impl Readers<'_> {
    /// Returns the base with what the reviewers say together; what is in dispute as in the base, and
    /// `pending` where nobody has decided a fix of the first log's collation (marks are for
    /// editions: there the base's reading stands).
    #[must_use]
    pub fn established(&self, review: &Review, pending: Pending) -> String {
        let base = review.base();
        let mut text = String::new();
        let mut at = 0;
        for change in self.changes(review) {
            text.push_str(base.slice(at..change.span.start));
            let corrected = change.open && pending == Pending::Transcript;
            text.push_str(if corrected { &change.proposed } else { &change.stands });
            at = change.span.end;
        }
        text.push_str(base.slice(at..base.len()));
        text
    }

    /// Returns every place where reviewers let stand something else than the base's own bytes, or
    /// are in dispute, and the fixes of the first log's collation that none of them has decided.
    #[must_use]
    pub fn changes(&self, review: &Review) -> Vec<Change> {
        let base = review.base();
        let runs = self.runs.iter().map(|run| self.change(base, run));
        let idle = |it: &Change| !it.is_disputed() && it.stands == base.slice(it.span.clone());
        let mut changes: Vec<Change> = runs.filter(|change| !idle(change)).collect();
        let fixes = review.collation().fixes();
        let undecided = fixes.filter(|&id| is_free(review.place(id), self.runs));
        changes.extend(undecided.map(|id| Change {
            span: review.place(id).span(),
            stands: review.base_reading(id).to_owned(),
            proposed: review.proposed(id).to_owned(),
            open: true,
            accepted: false,
            decided: None,
            said: Vec::new(),
        }));
        changes.sort_by_key(|change| (change.span.start, change.span.end));
        changes
    }

    fn change(&self, base: &Text, run: &Run) -> Change {
        let number = |log: &str| self.logs.iter().position(|it| it.id == log).unwrap_or_default();
        let said = run.voices.iter().map(|it| (number(&it.log), it.reading.clone())).collect();
        let stands = match run.outcome() {
            Outcome::Disputed => base.slice(run.span.clone()).to_owned(),
            Outcome::Single | Outcome::Agreed => run.voices[0].reading.clone(),
        };
        let (span, proposed) = (run.span.clone(), stands.clone());
        Change { span, stands, proposed, open: false, accepted: false, decided: None, said }
    }
}

/// Says whether no run reaches a place, nor borders on an insertion there.
fn is_free(place: Place, runs: &[Run]) -> bool {
    let from = runs.partition_point(|run| run.span.end < place.start);
    let near = runs[from..].iter().take_while(|run| run.span.start <= place.end);
    let free = |run: &Run| {
        let borders = run.span.end == place.start || run.span.start == place.end;
        borders && !place.is_empty() && !run.span.is_empty()
    };
    near.into_iter().all(free)
}
