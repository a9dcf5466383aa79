//! Replaying a log on the screen: which record is shown, what it changed, and how it plays.
//!
//! The screen is the review's own; the player only chooses the record after which the review is
//! shown, and what of it is marked.

use std::ops::Range;

use crate::log::chronicle::Chronicle;
use crate::log::landmark::{Landmark, landmarks};
use crate::log::record::{Body, Record};
use crate::log::replay::Transcript;
use crate::log::time::milliseconds;
use crate::review::event::{Event, Place};
use crate::review::piece::Role;
use crate::review::state::Review;
use crate::review::timeline::{Fate, Timeline};
use crate::ui::layout::Laid;
use crate::ui::layout::row::Part;
use crate::ui::msg::Key;
use crate::ui::texts::Texts;

/// The longest pause between two records at the speed of the clock, in milliseconds: nobody waits
/// for a lunch hour.
const LONGEST_PAUSE: i64 = 3000;
/// The shortest: acts of one moment are still seen one by one.
const SHORTEST_PAUSE: i64 = 400;
/// No pause is shorter than this, at any speed: a screen must be drawn in between.
const LEAST: u64 = 15;
/// The greatest speed.
pub(crate) const GREATEST_SPEED: u32 = 64;

/// Holds what a replay is opened with.
#[derive(Debug)]
pub struct Playback {
    /// The timeline of the review's ledger.
    pub timeline: Timeline,
    /// The corrected texts that the log had in turn, ascending; the review may be of any.
    pub transcripts: Vec<Transcript>,
    /// The record to begin at; the last one if none.
    pub at: Option<u64>,
}

/// Holds which record is shown, and how the replay goes on.
#[derive(Debug)]
pub(crate) struct Player {
    pub(crate) timeline: Timeline,
    pub(crate) texts: Texts,
    /// Which record of the chronicle is shown.
    pub(crate) at: usize,
    pub(crate) playing: bool,
    pub(crate) speed: u32,
    /// By record.
    pub(crate) landmarks: Vec<Option<Landmark>>,
    /// The places that the record shown is about, ascending.
    pub(crate) places: Vec<Place>,
    /// What became of the record shown.
    pub(crate) fate: Option<String>,
    /// What the last search looked for.
    pub(crate) wanted: Option<String>,
    /// The key that was pressed last: its place in the keymap tells the tenth.
    pub(crate) pressed: Option<Key>,
    /// Whether the log is being verified.
    pub(crate) verifying: bool,
}

impl Player {
    /// Starts at the end, where the review is.
    pub(crate) fn new(playback: Playback, chronicle: &Chronicle) -> Self {
        Self {
            timeline: playback.timeline,
            texts: Texts::new(playback.transcripts),
            at: chronicle.records().len().saturating_sub(1),
            playing: false,
            speed: 1,
            landmarks: landmarks(chronicle.records()),
            places: Vec::new(),
            fate: None,
            wanted: None,
            pressed: None,
            verifying: false,
        }
    }

    /// Shows the review as it stood after the record at `index`.
    pub(crate) fn arrive(&mut self, index: usize, chronicle: &Chronicle, review: &mut Review) {
        self.at = index.min(chronicle.records().len().saturating_sub(1));
        let Some(record) = chronicle.records().get(self.at) else { return };
        review.travel(&mut self.timeline, record.seq);
        self.places = places(record, chronicle, review);
        self.fate = self.fate_of(record, chronicle, review);
    }

    /// Returns how long the record shown stays while playing, in milliseconds.
    pub(crate) fn pause(&self, chronicle: &Chronicle) -> u64 {
        let time = |index: usize| chronicle.records().get(index).map(|it| milliseconds(&it.time));
        let gap = time(self.at + 1).zip(time(self.at)).map_or(0, |(next, now)| next - now);
        let pause = gap.clamp(SHORTEST_PAUSE, LONGEST_PAUSE).unsigned_abs();
        (pause / u64::from(self.speed)).max(LEAST)
    }

    /// Says whether a place is one that the record shown is about.
    fn touches(&self, place: Place) -> bool {
        let from = self.places.partition_point(|other| other.end < place.start);
        let near = self.places[from..].iter().take_while(|other| other.start <= place.end);
        near.into_iter().any(|other| other.overlaps(place))
    }

    /// Says whether bytes of a part of a row are what the record shown is about.
    pub(crate) fn lights(&self, part: &Part, bytes: Range<usize>, review: &Review) -> bool {
        match part.role {
            Role::Fix(id, _) => {
                self.touches(review.place(id)) || self.touches(Place::new(part.span.clone(), 0))
            }
            Role::Own(place) => self.touches(place),
            Role::Same => {
                let start = part.span.start;
                let span = start + bytes.start..start + bytes.end;
                !span.is_empty() && self.touches(Place::new(span, 0))
            }
        }
    }

    /// Returns the sub-rows of a row that show something of the record, ascending.
    pub(crate) fn rows(&self, laid: &Laid, review: &Review) -> Vec<Range<usize>> {
        let mut rows = laid.rows_of(|part| {
            part.role != Role::Same && self.lights(part, 0..part.span.len(), review)
        });
        for part in laid.parts.iter().filter(|part| part.role == Role::Same) {
            let from = self.places.partition_point(|place| place.end <= part.span.start);
            let here = self.places[from..].iter().take_while(|it| it.start < part.span.end);
            for place in here.filter(|place| !place.is_empty()) {
                let first = laid.row_of_byte(place.start.max(part.span.start));
                let last = laid.row_of_byte(place.end.min(part.span.end) - 1);
                rows.push(first..last.max(first) + 1);
            }
        }
        rows.sort_by_key(|rows| rows.start);
        rows
    }

    /// Says what became of a record by the end of its log; none for those that are no acts.
    fn fate_of(&self, record: &Record, chronicle: &Chronicle, review: &Review) -> Option<String> {
        let Body::Review(event) = &record.body else { return None };
        let ledger = review.ledger();
        if let Event::Undone(of) | Event::Redone(of) = event {
            return Some(match self.timeline.turned_after(ledger, *of, record.seq) {
                Some((by, true)) => format!("put back by #{by}"),
                Some((by, false)) => format!("undone by #{by}"),
                None => STANDS.to_owned(),
            });
        }
        let act = event.decision().and_then(|decided| decided.act).unwrap_or(record.seq);
        Some(match self.timeline.fate(ledger, act)? {
            Fate::Undone(by) => format!("undone by #{by}"),
            Fate::Replaced { by, places, of } if places == of => format!("replaced by #{by}"),
            Fate::Replaced { by, places, of } => {
                format!("{places} of {of} replaced, first by #{by}")
            }
            Fate::Stands => match event {
                Event::SignedOff(signed) => changed_since(record.seq, &signed.at, chronicle)
                    .map_or(STANDS.to_owned(), |by| format!("changed since, first by #{by}")),
                _ => STANDS.to_owned(),
            },
        })
    }
}

const STANDS: &str = "stands to the end";

/// Returns the first record after `seq` that decided something within `span`, or took back or put
/// in force again what did.
fn changed_since(seq: u64, span: &Range<usize>, chronicle: &Chronicle) -> Option<u64> {
    let within = |event: &Event| {
        let sites = event.decision().map_or(&[][..], |decided| &decided.sites);
        sites.iter().any(|site| site.place.start <= span.end && span.start <= site.place.end)
    };
    let from = chronicle.find(seq) + 1;
    let later = chronicle.records().get(from..).unwrap_or_default();
    let found = later.iter().find(|record| match &record.body {
        Body::Review(Event::Undone(of) | Event::Redone(of)) => {
            chronicle.event(*of).is_some_and(within)
        }
        Body::Review(event) => within(event),
        _ => false,
    });
    found.map(|record| record.seq)
}

/// Returns the places that a record is about, ascending; a sign-off marks nothing.
fn places(record: &Record, chronicle: &Chronicle, review: &Review) -> Vec<Place> {
    let Body::Review(event) = &record.body else { return Vec::new() };
    let mut places = match event {
        Event::Decided(decided) | Event::Adjudicated(decided, _) => {
            decided.sites.iter().map(|site| site.place).collect()
        }
        Event::Undone(of) | Event::Redone(of) => {
            let signed = matches!(chronicle.event(*of), Some(Event::SignedOff(_)));
            let act = review.ledger().act(*of).filter(|_| !signed);
            act.map_or(Vec::new(), |act| review.ledger().places(act))
        }
        Event::Noted(noted) => vec![Place::new(noted.at.clone(), 0)],
        Event::SignedOff(_) => Vec::new(),
    };
    places.sort_unstable();
    places
}
