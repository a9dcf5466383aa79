//! What settles a dispute: an adjudication over the whole run, which names the records it settles.

use std::collections::BTreeSet;

use compact_str::{CompactString, ToCompactString};

use crate::digest::Digest;
use crate::document::Text;
use crate::log::merge::Run;
use crate::review::event::{Decided, Event, Over, Place, Scope, Site, Verdict};

/// Tells which reading settles a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling<'a> {
    /// That of a reviewer, by the number of their voice in the run.
    Voice(usize),
    /// The adjudicator's own.
    Own(&'a str),
}

/// Says why nothing is settled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// The adjudicator has a reading in it.
    #[error("{0} has a reading in this dispute, and nobody settles their own")]
    OwnDispute(String),
    /// The run has no such voice.
    #[error("there is no such reading of this place")]
    NoVoice,
}

/// Says whether a reviewer has a reading of their own in a run; what they settled before is none.
#[must_use]
pub fn is_party(run: &Run, reviewer: &str) -> bool {
    run.voices.iter().any(|voice| voice.reviewer == reviewer && !voice.adjudicates)
}

/// Makes the record that settles a run over `base`. `hash` gives the hash of a log's record; a
/// record without one is of the adjudicator's own log, which the new record covers anyway.
///
/// # Errors
/// A voice that the run does not have.
pub fn settle(
    run: &Run,
    ruling: Ruling<'_>,
    base: &Text,
    hash: impl Fn(&str, u64) -> Option<Digest>,
) -> Result<Event, Unsettled> {
    let (reading, from) = match ruling {
        Ruling::Own(reading) => (reading, None),
        Ruling::Voice(number) => {
            let voice = run.voices.get(number);
            let voice = voice.ok_or(Unsettled::NoVoice)?;
            (voice.reading.as_str(), Some(format!("reviewer:{}", voice.reviewer)))
        }
    };
    let chosen = run.voices.iter().flat_map(|voice| {
        voice.chosen.iter().map(move |chosen| (voice.log.as_str(), chosen.record))
    });
    let named: BTreeSet<(&str, u64)> = chosen.collect();
    let over = named.into_iter().filter_map(|(log, seq)| {
        hash(log, seq).map(|hash| Over { log: log.to_owned(), seq, hash })
    });
    let mut reading = Some(reading);
    let main = main_place(run);
    let sites = places(run).into_iter().map(|place| {
        let reading = if place == main { reading.take().unwrap_or_default() } else { "" };
        site(base, place, reading, from.clone())
    });
    let decided = Decided {
        verdict: if from.is_some() { Verdict::Accept } else { Verdict::Edit },
        scope: Scope::Fix,
        offered: None,
        act: None,
        sites: sites.collect(),
    };
    Ok(Event::Adjudicated(decided, over.collect()))
}

/// Makes one record of several that settle runs in the order of the text by verdicts that are the
/// same, so that they stand, and are undone, as one act; others stay as they are.
#[must_use]
pub fn together(settled: Vec<Event>) -> Vec<Event> {
    let mut one: Vec<Event> = Vec::new();
    for event in settled {
        match (one.last_mut(), event) {
            (
                Some(Event::Adjudicated(whole, over)),
                Event::Adjudicated(Decided { verdict, sites, .. }, named),
            ) if whole.verdict == verdict => {
                whole.scope = Scope::Line;
                whole.sites.extend(sites);
                let new: Vec<Over> = named.into_iter().filter(|it| !over.contains(it)).collect();
                over.extend(new);
            }
            (_, event) => one.push(event),
        }
    }
    one
}

/// Returns the place that takes the reading: the whole span, or the first of its insertions.
fn main_place(run: &Run) -> Place {
    match run.span.is_empty() {
        true => run.places().first().copied().unwrap_or(Place::new(run.span.clone(), 0)),
        false => Place::new(run.span.clone(), 0),
    }
}

/// Returns the places of the record: they cover the run, insertions at its borders too, which the
/// span alone would not overlap.
fn places(run: &Run) -> BTreeSet<Place> {
    let borders = run.places().into_iter().filter(|place| {
        place.is_empty() && (place.start == run.span.start || place.start == run.span.end)
    });
    borders.chain([main_place(run)]).collect()
}

fn site(base: &Text, place: Place, reading: &str, from: Option<String>) -> Site {
    Site {
        page: Some(base.page_of(place.start).to_compact_string()),
        line: Some(base.line_of(place.start) as u64 + 1),
        proposed: from.is_some().then(|| reading.into()),
        from: from.map(CompactString::from),
        ..Site::plain(base, place, reading)
    }
}
