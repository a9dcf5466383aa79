//! What several logs over one base say together (log format §6): a pure function of their set.
//!
//! A place that stands in a log is left out where an adjudication that names its record stands over
//! it. What is left falls into runs; in each run every reviewer has one reading, and the readings
//! agree or are disputed. A dispute is a value and no error.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::digest::Digest;
use crate::document::Text;
use crate::log::witness::{Stands, Witness};
use crate::review::event::{Event, Place, Site};

/// Tells what the readings of a run come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// One reviewer has decided there.
    Single,
    /// Several have, and alike.
    Agreed,
    /// Several have, and differently.
    Disputed,
}

/// Holds a place that stands in one of the logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The place.
    pub place: Place,
    /// What stands there.
    pub reading: String,
    /// The number of the record that decided it.
    pub record: u64,
}

impl Chosen {
    fn of(site: Stands<'_>) -> Self {
        Self { place: site.place, reading: site.reading.to_owned(), record: site.record }
    }
}

/// Holds what one reviewer says of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The log's id.
    pub log: String,
    /// The reviewer's name.
    pub reviewer: String,
    /// The reviewer's text over the whole run; what they left open reads as the base.
    pub reading: String,
    /// Whether they left a part of it open.
    pub left_open: bool,
    /// Whether it is an adjudication, be it of others' readings or of the reviewer's own.
    pub adjudicates: bool,
    /// What stands there in their log, in the order of the text; never empty.
    pub chosen: Vec<Chosen>,
}

/// Holds places that overlap in turn, whoever decided them, with every reviewer's reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The smallest span of the base that holds them all.
    pub span: Range<usize>,
    /// The reviewers who have decided something in it, by log id.
    pub voices: Vec<Voice>,
}

impl Run {
    /// Tells what the readings come to.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match &self.voices[..] {
            [first, others @ ..] if others.iter().any(|it| it.reading != first.reading) => {
                Outcome::Disputed
            }
            [_] => Outcome::Single,
            _ => Outcome::Agreed,
        }
    }

    /// Returns every place of the run, each once, in the order of the text.
    #[must_use]
    pub fn places(&self) -> BTreeSet<Place> {
        let chosen = self.voices.iter().flat_map(|voice| &voice.chosen);
        chosen.map(|chosen| chosen.place).collect()
    }
}

/// Merges logs over one base. Of a log that is given several times, as it was earlier and as it is
/// now, the longest counts. The order of `witnesses` makes no difference.
#[must_use]
pub fn merge(witnesses: &[&Witness]) -> Vec<Run> {
    let witnesses = distinct(witnesses);
    let settled = settled(&witnesses);
    let mut places: Vec<(Place, usize)> = Vec::new();
    for (who, witness) in witnesses.iter().enumerate() {
        let open = witness.standing().filter(|site| !settled.contains(&(who, site.place)));
        places.extend(open.map(|site| (site.place, who)));
    }
    places.sort_unstable();
    gather(&places).into_iter().map(|places| run(places, &witnesses)).collect()
}

/// Returns each log once, by id.
fn distinct<'a>(witnesses: &[&'a Witness]) -> Vec<&'a Witness> {
    let mut distinct: BTreeMap<&str, &Witness> = BTreeMap::new();
    let rank = |it: &Witness| it.head().map_or((0, Digest::ZERO), |head| (head.size, head.head));
    for &witness in witnesses {
        let kept = distinct.entry(&witness.log).or_insert(witness);
        if rank(witness) > rank(kept) {
            *kept = witness;
        }
    }
    distinct.into_values().collect()
}

/// Finds the places that an adjudication settles, by the number of their log.
fn settled(witnesses: &[&Witness]) -> BTreeSet<(usize, Place)> {
    let mut settled = BTreeSet::new();
    let mut named: BTreeMap<(usize, u64), BTreeSet<(usize, u64)>> = BTreeMap::new();
    for (who, witness) in witnesses.iter().enumerate() {
        for site in witness.standing().filter(|site| witness.adjudicates(site.record)) {
            let named = named
                .entry((who, site.record))
                .or_insert_with(|| named_by(witness, site.record, witnesses));
            for (other, witness) in witnesses.iter().enumerate() {
                let over = witness.standing_over(site.place);
                let over = over.filter(|over| named.contains(&(other, over.record)));
                settled.extend(over.map(|over| (other, over.place)));
            }
        }
    }
    settled
}

/// Returns the records that an adjudication names and that are what it says they are.
fn named_by(witness: &Witness, record: u64, witnesses: &[&Witness]) -> BTreeSet<(usize, u64)> {
    let found = witness.over(record).iter().filter_map(|over| {
        let other = witnesses.binary_search_by(|it| it.log.cmp(&over.log)).ok()?;
        (witnesses[other].hash(over.seq) == Some(over.hash)).then_some((other, over.seq))
    });
    found.collect()
}

/// Gathers what overlaps in turn; an insertion also goes with what it borders on.
fn gather(places: &[(Place, usize)]) -> Vec<&[(Place, usize)]> {
    let mut runs = Vec::new();
    let mut first = 0;
    while let Some((place, _)) = places.get(first) {
        let mut span = place.span();
        // Where the run ends with an insertion, what begins there borders on it.
        let mut ends_empty = span.is_empty();
        let joins = places[first + 1..].iter().take_while(|(place, _)| {
            let at_end = place.start == span.end && (place.is_empty() || ends_empty);
            let joins = place.start < span.end || at_end;
            if joins {
                ends_empty = place.end <= span.end && (ends_empty || at_end);
                span.end = span.end.max(place.end);
            }
            joins
        });
        let after = first + 1 + joins.count();
        runs.push(&places[first..after]);
        first = after;
    }
    runs
}

fn run(places: &[(Place, usize)], witnesses: &[&Witness]) -> Run {
    let end = places.iter().map(|(place, _)| place.end).max();
    let span = places[0].0.start..end.expect("a run has places");
    let who: BTreeSet<usize> = places.iter().map(|&(_, who)| who).collect();
    let voices = who.into_iter().map(|who| {
        let witness = witnesses[who];
        let chosen: Vec<Chosen> = witness.standing_in(span.clone()).map(Chosen::of).collect();
        Voice {
            log: witness.log.clone(),
            reviewer: witness.reviewer.clone(),
            reading: witness.ledger().text(span.clone()),
            left_open: leaves_open(&span, &chosen, places),
            adjudicates: chosen.iter().all(|site| witness.adjudicates(site.record)),
            chosen,
        }
    });
    let voices = voices.collect();
    Run { span, voices }
}

/// Says whether places of one log leave a part of a run undecided: some of its bytes, or a place
/// that another has decided.
fn leaves_open(span: &Range<usize>, own: &[Chosen], places: &[(Place, usize)]) -> bool {
    let bytes: usize = own.iter().map(|site| site.place.span().len()).sum();
    let met = |place: Place| {
        let from = own.partition_point(|site| site.place.end < place.start);
        let mut near = own[from..].iter().take_while(|site| site.place.start <= place.end);
        near.any(|site| site.place.overlaps(place))
    };
    bytes < span.len() || !places.iter().all(|&(place, _)| met(place))
}

/// Returns what is not disputed in `runs` as one decision over the base: what the merged text has.
/// It is no record of any log.
#[must_use]
pub fn agreed(runs: &[Run], base: &Text) -> Event {
    let clear = runs.iter().filter(|run| run.outcome() != Outcome::Disputed);
    Event::of_readings(clear.flat_map(|run| run_sites(run, base)).collect())
}

/// Returns the sites of a run that is not disputed: those of a reviewer who decided all of it, so
/// that fixes keep their states, or one over the whole.
fn run_sites(run: &Run, base: &Text) -> Vec<Site> {
    let site = |place, reading: &str| Site::plain(base, place, reading);
    match run.voices.iter().find(|voice| !voice.left_open) {
        Some(voice) => voice.chosen.iter().map(|it| site(it.place, &it.reading)).collect(),
        None => vec![site(Place::new(run.span.clone(), 0), &run.voices[0].reading)],
    }
}
