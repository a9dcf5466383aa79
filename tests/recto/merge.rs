//! Several logs over one base: every order, duplicates, one log more, against a naive model.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use recto::log::audit::{Finding, Plan, audit};
use recto::log::merge::{Outcome, Run, agreed, merge};
use recto::log::record::Body;
use recto::log::witness::Witness;
use recto::review::event::{Decided, Event, Over, Place, Scope, Site, Verdict};
use recto::review::ledger::Ledger;

use crate::counts::counted;
use crate::log::{chained, document, new_log};

const BASE: &str = "abcdefgh";

fn decided(sites: &[(usize, usize, u32, &str)]) -> Decided {
    let site = |&(start, end, n, reading): &(usize, usize, u32, &str)| Site {
        place: Place::new(start..end, n),
        page: None,
        line: None,
        base: BASE[start..end].into(),
        proposed: None,
        reading: Some(reading.into()),
        from: None,
    };
    let (verdict, scope) = (Verdict::Edit, Scope::Fix);
    let sites = sites.iter().map(site).collect();
    Decided { verdict, scope, offered: None, act: None, sites }
}

fn edit(sites: &[(usize, usize, u32, &str)]) -> Event {
    Event::Decided(decided(sites))
}

/// Writes a log of `reviewer` and reads it back; its events begin with record 3.
fn witness(number: usize, reviewer: &str, events: &[Event]) -> Witness {
    let base = document("b.txt", BASE);
    let mut new = new_log(&base, None);
    new.log = format!("{number:032x}");
    new.session.reviewer = reviewer.to_owned();
    let bodies = new.records().into_iter();
    let log = chained(bodies.chain(events.iter().cloned().map(Body::Review)));
    let found = audit(&log, Plan { keep: true, ..Plan::default() });
    assert_eq!(found.finding(), Finding::Intact, "{:?}", found.complaint());
    Witness::of(&found).expect("intact")
}

fn over(witness: &Witness, record: u64) -> Over {
    let hash = witness.hash(record).expect("a record");
    Over { log: witness.log.clone(), seq: record, hash }
}

/// Writes runs as `0-3 disputed mk"x" ab"y"`; what is left open has an asterisk.
fn told(runs: &[Run]) -> Vec<String> {
    let voice = |voice: &recto::log::merge::Voice| {
        let open = if voice.left_open { "*" } else { "" };
        format!("{}{:?}{open}", voice.reviewer, voice.reading)
    };
    let run = |run: &Run| {
        let outcome = format!("{:?}", run.outcome()).to_lowercase();
        let voices: Vec<String> = run.voices.iter().map(voice).collect();
        format!("{}-{} {outcome} {}", run.span.start, run.span.end, voices.join(" "))
    };
    runs.iter().map(run).collect()
}

#[track_caller]
fn check(witnesses: &[&Witness], expected: &[&str]) {
    assert_eq!(told(&merge(witnesses)), expected);
}

#[test]
fn readings_are_single_agreed_or_disputed() {
    let mk = witness(1, "mk", &[edit(&[(0, 2, 0, "x"), (3, 4, 0, "d"), (5, 6, 0, "F")])]);
    let ab = witness(2, "ab", &[edit(&[(3, 4, 0, "d"), (5, 8, 0, "Fgh")])]);
    let cd = witness(3, "cd", &[edit(&[(5, 5, 0, "+")])]);
    check(
        &[&mk, &ab],
        &[r#"0-2 single mk"x""#, r#"3-4 agreed mk"d" ab"d""#, r#"5-8 agreed mk"Fgh"* ab"Fgh""#],
    );
    check(
        &[&mk, &cd],
        &[r#"0-2 single mk"x""#, r#"3-4 single mk"d""#, r#"5-6 disputed mk"F"* cd"+f"*"#],
    );
}

#[test]
fn insertions_go_with_what_they_border_on_and_with_each_other() {
    let mk = witness(1, "mk", &[edit(&[(2, 2, 0, "x"), (4, 6, 0, "EF")])]);
    let ab = witness(2, "ab", &[edit(&[(2, 2, 1, "x"), (6, 6, 0, "!"), (6, 8, 0, "gh")])]);
    check(&[&mk, &ab], &[r#"2-2 agreed mk"x"* ab"x"*"#, r#"4-8 disputed mk"EFgh"* ab"ef!gh"*"#]);
    // Spans that only touch are two runs.
    let cd = witness(3, "cd", &[edit(&[(0, 4, 0, "1"), (6, 8, 0, "2")])]);
    let mk = witness(1, "mk", &[edit(&[(4, 6, 0, "EF")])]);
    let three = [r#"0-4 single cd"1""#, r#"4-6 single mk"EF""#, r#"6-8 single cd"2""#];
    check(&[&mk, &cd], &three);
}

#[test]
fn an_adjudication_settles_what_it_names_until_something_new_is_said() {
    let mk = witness(1, "mk", &[edit(&[(0, 3, 0, "x"), (4, 5, 0, "E")])]);
    let ab = witness(2, "ab", &[edit(&[(0, 3, 0, "y")])]);
    let both = vec![over(&mk, 3), over(&ab, 3)];
    let settles = |reading| Event::Adjudicated(decided(&[(0, 3, 0, reading)]), both.clone());
    let cd = witness(3, "cd", &[settles("y")]);
    check(&[&mk, &ab, &cd], &[r#"0-3 single cd"y""#, r#"4-5 single mk"E""#]);
    assert!(merge(&[&mk, &ab, &cd])[0].voices[0].adjudicates);
    // Taken back, it settles nothing.
    let undone = witness(3, "cd", &[settles("y"), Event::Undone(3)]);
    check(&[&ab, &undone], &[r#"0-3 single ab"y""#]);
    // Another hash is another record.
    let mut other = both.clone();
    other[1].hash = recto::digest::Digest::ZERO;
    let event = Event::Adjudicated(decided(&[(0, 3, 0, "z")]), other);
    check(&[&ab, &witness(3, "cd", &[event])], &[r#"0-3 disputed ab"y" cd"z""#]);
    // A later decision that it does not name opens the run again.
    let later = witness(2, "ab", &[edit(&[(0, 3, 0, "y")]), edit(&[(0, 3, 0, "Y")])]);
    check(&[&mk, &later, &cd], &[r#"0-3 disputed ab"Y" cd"y""#, r#"4-5 single mk"E""#]);
    // Two adjudications that differ are a dispute; a third settles both.
    let ef = witness(4, "ef", &[settles("x")]);
    check(&[&mk, &ab, &cd, &ef], &[r#"0-3 disputed cd"y" ef"x""#, r#"4-5 single mk"E""#]);
    let last = vec![over(&cd, 3), over(&ef, 3)];
    let gh = witness(5, "gh", &[Event::Adjudicated(decided(&[(0, 3, 0, "x")]), last)]);
    check(&[&mk, &ab, &cd, &ef, &gh], &[r#"0-3 single gh"x""#, r#"4-5 single mk"E""#]);
}

#[test]
fn the_merged_text_has_what_is_not_disputed() {
    let mk = witness(1, "mk", &[edit(&[(0, 2, 0, "x"), (4, 4, 1, "+"), (6, 7, 0, "1")])]);
    let ab = witness(2, "ab", &[edit(&[(4, 4, 0, "+"), (6, 8, 0, "2")])]);
    let runs = merge(&[&mk, &ab]);
    let mut ledger = Ledger::new(document("b.txt", BASE).text);
    ledger.apply(1, &agreed(&runs, mk.ledger().base())).expect("fits the base");
    assert_eq!(ledger.established(), "xcd+efgh");
}

/// Says what a random log does next.
#[derive(Debug, Clone)]
enum Step {
    Edit(Vec<(Place, u8)>),
    Adjudicate(Vec<(Place, u8)>, Vec<(usize, u64)>),
    Undo(u64),
    Redo(u64),
}

fn places() -> impl Strategy<Value = Vec<(Place, u8)>> {
    let place =
        (0..BASE.len(), 0_usize..4, 0_u32..2, 0_u8..4).prop_map(|(start, long, n, reading)| {
            let end = (start + long).min(BASE.len());
            (Place::new(start..end, if start == end { n } else { 0 }), reading)
        });
    prop::collection::vec(place, 1..4)
}

fn step() -> impl Strategy<Value = Step> {
    let named = prop::collection::vec((0_usize..4, 3_u64..8), 0..6);
    prop_oneof![
        4 => places().prop_map(Step::Edit),
        3 => (places(), named).prop_map(|(places, named)| Step::Adjudicate(places, named)),
        1 => (3_u64..8).prop_map(Step::Undo),
        1 => (3_u64..8).prop_map(Step::Redo),
    ]
}

/// Writes logs of these steps; an adjudication names what the logs before it hold. Steps that a log
/// does not take are left out.
fn logs(all: &[Vec<Step>]) -> Vec<Witness> {
    let mut witnesses: Vec<Witness> = Vec::new();
    for (number, steps) in all.iter().enumerate() {
        let mut ledger = Ledger::new(document("b.txt", BASE).text);
        let mut events = Vec::new();
        for step in steps {
            let event = match step {
                Step::Edit(places) => Event::Decided(sites(places)),
                Step::Adjudicate(places, named) => {
                    let known = |&(log, record): &(usize, u64)| {
                        let witness: &Witness = witnesses.get(log)?;
                        witness.hash(record).map(|_| over(witness, record))
                    };
                    Event::Adjudicated(sites(places), named.iter().filter_map(known).collect())
                }
                Step::Undo(of) => Event::Undone(*of),
                Step::Redo(of) => Event::Redone(*of),
            };
            if ledger.apply(3 + events.len() as u64, &event).is_ok() {
                events.push(event);
            }
        }
        witnesses.push(witness(number, &format!("r{number}"), &events));
    }
    witnesses
}

fn sites(places: &[(Place, u8)]) -> Decided {
    let mut apart: Vec<(Place, u8)> = Vec::new();
    let mut places = places.to_vec();
    places.sort_unstable();
    for (place, reading) in places {
        if apart.last().is_none_or(|&(last, _)| last < place && !last.overlaps(place)) {
            apart.push((place, reading));
        }
    }
    let reading = |place: Place, number: u8| match number {
        0 => "",
        1 => "x",
        2 => "y",
        _ => &BASE[place.span()],
    };
    let sites: Vec<_> =
        apart.iter().map(|&(it, number)| (it.start, it.end, it.n, reading(it, number))).collect();
    decided(&sites)
}

/// Where a run starts and ends, and whose logs have a say in it.
type Told = (usize, usize, Vec<String>);

/// A run as it grows: its span, and whose places are in it.
type Gathered = (Range<usize>, Vec<(String, Place)>);

/// The rule of the log format, §6, word by word and as slowly as that is.
fn naive(witnesses: &[&Witness]) -> (BTreeSet<(String, Place)>, BTreeSet<Told>) {
    let all: BTreeMap<&str, &&Witness> = witnesses.iter().map(|it| (it.log.as_str(), it)).collect();
    let mut settled = BTreeSet::new();
    for judge in all.values() {
        for site in judge.standing() {
            for over in judge.over(site.record) {
                let Some(log) = all.get(over.log.as_str()) else { continue };
                let named = |it: &recto::log::witness::Stands<'_>| {
                    it.record == over.seq
                        && log.hash(over.seq) == Some(over.hash)
                        && it.place.overlaps(site.place)
                };
                settled.extend(log.standing().filter(named).map(|it| (log.log.clone(), it.place)));
            }
        }
    }
    let mut runs: Vec<Gathered> = Vec::new();
    for witness in all.values() {
        for site in witness.standing() {
            let one = (witness.log.clone(), site.place);
            if settled.contains(&one) {
                continue;
            }
            let joins = |run: &Gathered| run.1.iter().any(|(_, other)| joined(*other, site.place));
            let (with, apart): (Vec<_>, Vec<_>) = runs.into_iter().partition(joins);
            let mut run = (site.place.span(), vec![one]);
            for (span, places) in with {
                run.0 = run.0.start.min(span.start)..run.0.end.max(span.end);
                run.1.extend(places);
            }
            runs = apart;
            runs.push(run);
        }
    }
    let told = runs.into_iter().map(|(span, places)| {
        let mut who: Vec<String> = places.into_iter().map(|(log, _)| log).collect();
        who.sort_unstable();
        who.dedup();
        (span.start, span.end, who)
    });
    (settled, told.collect())
}

fn joined(one: Place, other: Place) -> bool {
    let borders = |empty: Place, other: Place| {
        empty.is_empty() && (empty.start == other.start || empty.start == other.end)
    };
    one.overlaps(other) || borders(one, other) || borders(other, one)
}

fn as_naive(runs: &[Run]) -> BTreeSet<Told> {
    let told = runs.iter().map(|run| {
        let who = run.voices.iter().map(|voice| voice.log.clone()).collect();
        (run.span.start, run.span.end, who)
    });
    told.collect()
}

fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for order in orders(count - 1) {
        for at in 0..count {
            let mut order = order.clone();
            order.insert(at, count - 1);
            all.push(order);
        }
    }
    all
}

fn alike_in_every_order(all: &[Vec<Step>]) -> Result<(), TestCaseError> {
    let witnesses = logs(all);
    let merged = merge(&witnesses.iter().collect::<Vec<_>>());
    let orders = orders(4);
    prop_assert_eq!(orders.len(), 24);
    for order in orders {
        let set: Vec<&Witness> = order.iter().map(|&at| &witnesses[at]).collect();
        prop_assert_eq!(&merge(&set), &merged);
    }
    // What a log was earlier, beside what it is, says nothing.
    let half: Vec<Vec<Step>> = all.iter().map(|it| it[..it.len() / 2].to_vec()).collect();
    let earlier = logs(&half);
    let earlier = earlier.iter().filter(|it| witnesses.iter().any(|now| now.continues(it)));
    let doubled: Vec<&Witness> = earlier.chain(&witnesses).chain(&witnesses).collect();
    prop_assert_eq!(&merge(&doubled), &merged);
    Ok(())
}

fn as_the_rule_says(all: &[Vec<Step>]) -> Result<(), TestCaseError> {
    let witnesses = logs(all);
    let fewer: Vec<&Witness> = witnesses[..3].iter().collect();
    let more: Vec<&Witness> = witnesses.iter().collect();
    let (settled, runs) = naive(&more);
    let merged = merge(&more);
    prop_assert_eq!(&as_naive(&merged), &runs);
    let (before, runs) = naive(&fewer);
    let without = merge(&fewer);
    prop_assert_eq!(&as_naive(&without), &runs);
    prop_assert!(before.is_subset(&settled));
    // Runs that the new log neither touches nor settles are as they were.
    let new = &witnesses[3];
    for run in &without {
        let places = run.places();
        let touched = new.standing().any(|it| places.iter().any(|&at| joined(at, it.place)));
        prop_assert!(touched || merged.contains(run), "{:?} changed", run);
    }
    for run in &merged {
        let alike = run.voices.windows(2).all(|pair| pair[0].reading == pair[1].reading);
        let expected = match (run.voices.len(), alike) {
            (1, _) => Outcome::Single,
            (_, true) => Outcome::Agreed,
            (_, false) => Outcome::Disputed,
        };
        prop_assert_eq!(run.outcome(), expected);
    }
    Ok(())
}

fn four_logs() -> impl Strategy<Value = Vec<Vec<Step>>> {
    prop::collection::vec(prop::collection::vec(step(), 0..5), 4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_set_of_logs_alone_tells(all in four_logs()) {
        alike_in_every_order(&all)?;
    }

    #[test]
    fn it_is_the_rule_and_one_log_more_settles_nothing_less(all in four_logs()) {
        as_the_rule_says(&all)?;
    }
}

#[test]
#[ignore = "a quarter of a minute; cargo test --release -- --ignored"]
fn t12_many_sets_of_logs() {
    let mut runner = TestRunner::new(ProptestConfig::with_cases(20_000));
    let held = runner.run(&four_logs(), |all| {
        alike_in_every_order(&all)?;
        as_the_rule_says(&all)
    });
    held.unwrap_or_else(|error| panic!("{error}"));
    let what = "sets of four logs, each in 24 orders: one result, the rule's; one log more \
                changes nothing that it does not touch";
    counted("T12", 1_000, 20_000, what);
}
