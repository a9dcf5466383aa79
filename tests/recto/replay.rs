//! Going through a log: any record reached from any other, forward and back, is what a naive
//! replay of the records up to it says.

use std::time::Instant;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use recto::collate::collation::Collation;
use recto::collate::plan::plan;
use recto::document::Text;
use recto::review::event::{Decided, Event, Mark, Noted, Place, Scope, Site, Verdict};
use recto::review::ledger::{Ledger, Misfit};
use recto::review::state::Review;
use recto::review::timeline::{Fate, Timeline};

use super::review::{Segment, Wish, made, naive_established, play, segments, wishes};
use crate::counts::counted;

/// Says everything of a review that a screen may show.
pub(crate) fn told(review: &Review) -> String {
    let collation = review.collation();
    let states: Vec<_> = collation.fixes().map(|id| review.state(id)).collect();
    let notes: Vec<_> = review.notes_in(0..usize::MAX).map(|(seq, _)| seq).collect();
    let acts: Vec<_> = review.ledger().acts().iter().map(|act| (act.seq, act.is_live())).collect();
    let signed: Vec<_> = review.signed().map(|(seq, _)| seq).collect();
    let own: Vec<_> = review.own_in(0..review.base().len()).collect();
    let standing: Vec<_> =
        review.ledger().standing().map(|site| (site.place, site.reading, site.seq)).collect();
    let open: Vec<_> =
        std::iter::successors(review.next_open(None), |&id| review.next_open(Some(id))).collect();
    format!(
        "{:?} {states:?} {notes:?} {acts:?} {signed:?} {own:?} {standing:?} {open:?} {:?}",
        review.counts(),
        review.ledger().established()
    )
}

fn naive(collation: Collation, events: &[Event], until: usize) -> Review {
    let mut review = Review::new(collation);
    for (seq, event) in (0..).zip(events).take(until + 1) {
        review.apply(seq, event).expect("fits");
    }
    review
}

fn numbered(events: &[Event]) -> impl Iterator<Item = (u64, &Event)> {
    (0..).zip(events)
}

/// Goes to records in the given order and compares each with a naive replay.
fn check_jumps(collation: &dyn Fn() -> Collation, events: &[Event], jumps: &[usize]) {
    let base = collation().plan().base.clone();
    let (ledger, mut timeline) = Timeline::of(base, numbered(events)).expect("fits");
    let mut review = Review::of_history(collation(), ledger, numbered(events));
    for &seq in jumps {
        review.travel(&mut timeline, seq as u64);
        assert_eq!(told(&review), told(&naive(collation(), events, seq)), "record {seq}");
    }
}

/// Turns wishes into events, notes between them.
fn events(segments: &[Segment], wishes: &[Wish]) -> Vec<Event> {
    let mut review = Review::new(made(segments));
    let mut events = play(&mut review, wishes, |_, _| {});
    let noted = Noted {
        at: 0..0,
        page: None,
        line: None,
        base: String::new(),
        mark: Mark::Note,
        note: "a note".to_owned(),
    };
    events.push(Event::Noted(noted));
    events.push(Event::Undone(events.len() as u64 - 1));
    events.push(Event::Redone(events.len() as u64 - 2));
    events
}

/// Makes decisions that a careless writer could have written: any spans, cutting each other.
fn rough(base: &str, spans: &[(usize, usize, u8)]) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut live: Vec<u64> = Vec::new();
    let mut dead: Vec<u64> = Vec::new();
    for &(from, to, what) in spans {
        let seq = events.len() as u64;
        let (from, to) = (from % (base.len() + 1), to % (base.len() + 1));
        let span = from.min(to)..from.max(to);
        // In turn, or any.
        let one = |of: &[u64]| if what % 2 == 0 { of.len() - 1 } else { from % of.len() };
        let (verdict, reading) = match what {
            0 | 1 if !live.is_empty() => {
                let of = live.remove(one(&live));
                dead.push(of);
                events.push(Event::Undone(of));
                continue;
            }
            2 | 3 if !dead.is_empty() => {
                let of = dead.remove(one(&dead));
                live.push(of);
                events.push(Event::Redone(of));
                continue;
            }
            4 => (Verdict::Reopen, None),
            _ => (Verdict::Edit, Some(format!("<{seq}>").into())),
        };
        let base = base[span.clone()].into();
        let place = Place::new(span, 0);
        let site =
            Site { place, page: None, line: None, base, proposed: None, reading, from: None };
        let (scope, offered, act) = (Scope::Word, None, None);
        events.push(Event::Decided(Decided { verdict, scope, offered, act, sites: vec![site] }));
        live.push(seq);
    }
    events
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_way_to_a_record_comes_to_the_same(
        segments in segments(),
        wishes in wishes(),
        jumps in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let events = events(&segments, &wishes);
        let jumps: Vec<usize> = jumps.iter().map(|index| index.index(events.len())).collect();
        check_jumps(&|| made(&segments), &events, &jumps);
        let there_and_back: Vec<usize> = (0..events.len()).chain((0..events.len()).rev()).collect();
        check_jumps(&|| made(&segments), &events, &there_and_back);
    }

    #[test]
    fn a_rough_log_is_gone_through_as_well(
        spans in prop::collection::vec((0_usize..40, 0_usize..40, 0_u8..9), 1..24),
        jumps in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let (base, transcript) = ("one two three\nfour five six\n", "one tvo three\nfour fine six\n");
        let events = rough(base, &spans);
        let text = |text: &str| Text::new(text.to_owned()).expect("short");
        let collation = || Collation::complete(plan(text(base), text(transcript)));
        let jumps: Vec<usize> = jumps.iter().map(|index| index.index(events.len())).collect();
        check_jumps(&collation, &events, &jumps);
    }

    #[test]
    fn a_rough_log_stands_by_the_letter_of_the_format(
        spans in prop::collection::vec((0_usize..12, 0_usize..12, 0_u8..9), 1..30),
    ) {
        let base = "one two thr";
        let events = rough(base, &spans);
        let mut ledger = Ledger::new(Text::new(base.to_owned()).expect("short"));
        for (seq, event) in events.iter().enumerate() {
            ledger.apply(seq as u64, event).expect("fits");
            prop_assert_eq!(ledger.established(), naive_established(base, &events[..=seq]));
        }
    }

    /// The fate is that of the end: an act stands to the end if and only if it does.
    #[test]
    fn the_fate_of_an_act_is_that_of_its_sites(
        spans in prop::collection::vec((0_usize..20, 0_usize..20, 0_u8..9), 1..20),
    ) {
        let base = "one two three four five";
        let events = rough(base, &spans);
        let text = Text::new(base.to_owned()).expect("short");
        let (ledger, timeline) = Timeline::of(text, numbered(&events)).expect("fits");
        for (seq, event) in numbered(&events) {
            let Some(decided) = event.decision() else { continue };
            let live = ledger.act(seq).expect("an act").is_live();
            let place = decided.sites[0].place;
            let stands = ledger.standing_at(place).is_some_and(|site| site.seq == seq);
            match timeline.fate(&ledger, seq).expect("an act") {
                Fate::Undone(by) => prop_assert!(!live && by > seq),
                Fate::Stands => prop_assert!(live && (stands || decided.verdict == Verdict::Reopen)),
                Fate::Replaced { by, .. } => prop_assert!(live && !stands && by > seq),
            }
        }
    }
}

/// Makes two texts of `lines` lines that differ in a word each, one block of them for each ten.
fn long(lines: usize) -> (Text, Text) {
    let side = |word: &str| -> String {
        let line = |n: usize| match n % 10 {
            0 => format!("line {n} is the same in both texts\n"),
            _ => format!("line {n} has the {word} that differs\n"),
        };
        (0..lines).map(line).collect()
    };
    let text = |text: String| Text::new(text).expect("short");
    (text(side("vvord")), text(side("word")))
}

/// Decides every fix alone, then takes all of them back, puts half in force again.
fn long_events(review: &Review) -> Vec<Event> {
    let decision = |id| {
        let (place, base) = (review.place(id), review.base_reading(id).into());
        let proposed = Some(review.proposed(id).into());
        let reading = proposed.clone();
        let site = Site { place, page: None, line: None, base, proposed, reading, from: None };
        let (verdict, scope, offered, act) = (Verdict::Accept, Scope::Fix, None, None);
        Event::Decided(Decided { verdict, scope, offered, act, sites: vec![site] })
    };
    review.collation().fixes().map(decision).collect()
}

#[test]
#[ignore = "a minute; cargo test --release -- --ignored"]
fn t15_random_work_replays_as_the_letter_of_the_format_says() {
    let mut runner = TestRunner::new(ProptestConfig::with_cases(5_000));
    let held = runner.run(&(segments(), wishes()), |(segments, wishes)| {
        let events = events(&segments, &wishes);
        let review = naive(made(&segments), &events, events.len());
        let told = naive_established(review.base().as_str(), &events);
        prop_assert_eq!(review.ledger().established(), told);
        check_jumps(&|| made(&segments), &events, &[events.len() - 1, 0, events.len() / 2]);
        Ok(())
    });
    held.unwrap_or_else(|error| panic!("{error}"));
    let what = "logs of random acts, undos and redos: a replay is what a naive model says";
    counted("T15", 5_000, 5_000, what);
}

#[test]
fn far_jumps_come_to_the_same_as_steps() {
    let (base, transcript) = long(320);
    let collation = || Collation::complete(plan(base.clone(), transcript.clone()));
    let mut events = long_events(&Review::new(collation()));
    let count = events.len();
    assert!(count > 260, "{count} decisions are too few for a far jump");
    events.extend((0..count as u64).rev().map(Event::Undone));
    events.extend((0..count as u64 / 2).map(Event::Redone));
    let last = events.len() - 1;
    let jumps = [last, 0, last, count - 1, count, 2 * count - 1, 3, count + 250, 7, last - 1];
    check_jumps(&collation, &events, &jumps);
}

#[test]
fn nothing_follows_while_the_past_is_shown() {
    let (base, transcript) = long(20);
    let collation = || Collation::complete(plan(base.clone(), transcript.clone()));
    let events = long_events(&Review::new(collation()));
    let (ledger, mut timeline) = Timeline::of(base.clone(), numbered(&events)).expect("fits");
    let mut review = Review::of_history(collation(), ledger, numbered(&events));
    review.travel(&mut timeline, 3);
    assert_eq!(review.apply(99, &Event::Undone(1)), Err(Misfit::Past));
    review.travel(&mut timeline, 98);
    assert_eq!(review.apply(99, &Event::Undone(1)), Ok(()));
}

/// Prints how long jumps take in a log of 100,000 decisions, and against applying all of it:
/// `cargo test --release --test recto replay::scale -- --ignored --nocapture`.
#[test]
#[ignore = "takes long without --release; prints, judges nothing"]
fn scale() {
    let (base, transcript) = long(111_200);
    let collation = || Collation::complete(plan(base.clone(), transcript.clone()));
    let events = long_events(&Review::new(collation()));
    let begin = Instant::now();
    let whole = naive(collation(), &events, events.len());
    let applied = begin.elapsed();
    drop(whole);
    let begin = Instant::now();
    let (ledger, mut timeline) = Timeline::of(base.clone(), numbered(&events)).expect("fits");
    let mut review = Review::of_history(collation(), ledger, numbered(&events));
    println!("{} decisions: applied in {applied:?}, timeline {:?}", events.len(), begin.elapsed());
    let last = events.len() as u64 - 1;
    for to in [0, last, last / 2, last / 2 + 2_000, 10, last - 10, last - 11, last - 10] {
        let begin = Instant::now();
        review.travel(&mut timeline, to);
        let jump = begin.elapsed();
        let ratio = applied.as_secs_f64() / jump.as_secs_f64();
        println!("to record {to:>6}: {jump:>10.1?}, {ratio:.0} times faster than applying all");
    }
    // Over a newer corrected text and back, once both are known: one that has mended a tenth of the
    // words otherwise, and one of which only half is there.
    let mended = transcript.as_str().replace("3 has the word", "3 has the ward");
    let mended = Text::new(mended).expect("short");
    for (what, newer) in [("mended", mended), ("half", long(base.line_count() / 2).1)] {
        let mut other = Collation::complete(plan(base.clone(), newer));
        for to in [last, 0, last, last / 2, last / 2 + 1, last / 2] {
            let begin = Instant::now();
            review.travel(&mut timeline, to);
            let there = begin.elapsed();
            other = review.recollate(other);
            println!(
                "to record {to:>6}: {there:>10.1?}, over the text {what} {:.1?}",
                begin.elapsed()
            );
        }
    }
}
