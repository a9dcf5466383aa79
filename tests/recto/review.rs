//! Decide and apply: the two laws, states and counts, edits, undo and redo, against naive twins.

use proptest::prelude::*;
use recto::collate::collation::Collation;
use recto::collate::fix::{Fix, FixId, Kind, Row, RowId};
use recto::collate::gap::Gap;
use recto::collate::plan::{Block, Plan};
use recto::document::Text;
use recto::review::command::{Command, Decide, Decision, Reach, Target};
use recto::review::counts::State;
use recto::review::decide::decide;
use recto::review::edit::editable;
use recto::review::event::{Decided, Event, Place, Scope, Site, Verdict};
use recto::review::ledger::Ledger;
use recto::review::state::Review;

/// Holds a stretch of a made pair: what the base has, what the transcript has.
pub(crate) type Segment = (String, String);

/// Makes the collation of a pair from its segments: one block, each unlike segment a fix.
pub(crate) fn made(segments: &[Segment]) -> Collation {
    let side = |pick: fn(&Segment) -> &String| -> String {
        segments.iter().map(pick).map(String::as_str).collect()
    };
    let base = Text::new(side(|segment| &segment.0)).expect("short");
    let transcript = Text::new(side(|segment| &segment.1)).expect("short");
    let mut fixes: Vec<Fix> = Vec::new();
    let (mut at, mut to) = (0, 0);
    for (left, right) in segments {
        let (start, from) = (at, to);
        (at, to) = (at + left.len(), to + right.len());
        if left == right {
            continue;
        }
        let same = |last: &&Fix| last.at == (start..start) && left.is_empty();
        let n = fixes.last().filter(same).map_or(0, |last| last.n + 1);
        fixes.push(Fix { at: start..at, n, transcript_at: from..to, kind: Kind::Word });
    }
    let rows = rows(&base, &transcript, &fixes);
    let block = Block {
        base_lines: 0..base.line_count(),
        transcript_lines: 0..transcript.line_count(),
        equal: false,
    };
    let mut collation = Collation::new(Plan {
        blocks: vec![block],
        ..recto::collate::plan::plan(base, transcript)
    });
    collation.insert(0, Gap { rows, fixes });
    collation
}

/// Divides fixes among the base's lines, and gives each missing line a row.
fn rows(base: &Text, transcript: &Text, fixes: &[Fix]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut fix = 0;
    let mut push = |base: std::ops::Range<usize>, first: usize, end: usize| {
        rows.push(Row { base, transcript: 0..0, fixes: first as u32..end as u32 });
    };
    for line in 0..base.line_count().max(1) {
        let span = base.line(line);
        let last = line + 1 >= base.line_count();
        while fix < fixes.len()
            && fixes[fix].at == (span.start..span.start)
            && transcript.slice(fixes[fix].transcript_at.clone()).ends_with('\n')
        {
            push(span.start..span.start, fix, fix + 1);
            fix += 1;
        }
        let first = fix;
        while fix < fixes.len() && (fixes[fix].at.start < span.end || last) {
            fix += 1;
        }
        push(span, first, fix);
    }
    rows
}

pub(crate) fn segments() -> impl Strategy<Value = Vec<Segment>> {
    let word = prop_oneof![
        3 => "[ab]{1,3}", 2 => Just(" ".to_owned()), 1 => Just("\n".to_owned()),
        1 => Just("e\u{301}".to_owned()), 1 => Just(String::new()),
    ];
    let segment = prop_oneof![
        3 => word.clone().prop_map(|word| (word.clone(), word)),
        2 => (word.clone(), word),
    ];
    prop::collection::vec(segment, 0..14)
}

/// Holds a wish of a random reviewer, resolved against whatever review there is.
#[derive(Debug, Clone)]
pub(crate) enum Wish {
    Fix(Verdict, prop::sample::Index),
    Row(Verdict, prop::sample::Index),
    All(Verdict, Reach),
    Edit(prop::sample::Index, String),
    Undo,
    Redo,
}

pub(crate) fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let verdict = prop_oneof![Just(Verdict::Accept), Just(Verdict::Reject), Just(Verdict::Reopen)];
    let reach = prop_oneof![Just(Reach::Open), Just(Reach::Every)];
    let wish = prop_oneof![
        4 => (verdict.clone(), any::<prop::sample::Index>()).prop_map(|(v, i)| Wish::Fix(v, i)),
        2 => (verdict.clone(), any::<prop::sample::Index>()).prop_map(|(v, i)| Wish::Row(v, i)),
        1 => (verdict, reach).prop_map(|(v, r)| Wish::All(v, r)),
        3 => (any::<prop::sample::Index>(), "[abx ]{0,6}").prop_map(|(i, t)| Wish::Edit(i, t)),
        2 => Just(Wish::Undo),
        1 => Just(Wish::Redo),
    ];
    prop::collection::vec(wish, 0..12)
}

fn command(review: &Review, wish: &Wish) -> Option<Command> {
    let fixes: Vec<FixId> = review.collation().fixes().collect();
    let all_rows = every_row(review);
    let decide = |verdict, scope, fixes, reach| {
        let own = review.own_in(0..review.base().len()).collect();
        let own = if scope == Scope::All { own } else { Vec::new() };
        Command::Decide(Decide { verdict, scope, fixes, own, reach, offered: None })
    };
    Some(match wish {
        Wish::Fix(verdict, index) if !fixes.is_empty() => {
            decide(*verdict, Scope::Fix, vec![fixes[index.index(fixes.len())]], Reach::Every)
        }
        Wish::Row(verdict, index) if !all_rows.is_empty() => {
            let row = all_rows[index.index(all_rows.len())];
            let fixes = review.collation().fixes_in_row(row).collect();
            decide(*verdict, Scope::Line, fixes, Reach::Open)
        }
        Wish::All(verdict, reach) => decide(*verdict, Scope::All, fixes, *reach),
        Wish::Edit(index, text) if !all_rows.is_empty() => Command::Edit {
            scope: Scope::Line,
            target: Target::Row(all_rows[index.index(all_rows.len())]),
            text: text.clone(),
        },
        Wish::Undo => Command::Undo,
        Wish::Redo => Command::Redo,
        _ => return None,
    })
}

pub(crate) fn every_row(review: &Review) -> Vec<RowId> {
    let collation = review.collation();
    std::iter::successors(collation.first_row(), |&row| collation.next_row(row)).collect()
}

/// Plays wishes; returns the events in order, numbered from 0.
pub(crate) fn play(
    review: &mut Review,
    wishes: &[Wish],
    mut each: impl FnMut(&Review, &Decision),
) -> Vec<Event> {
    let mut events = Vec::new();
    for wish in wishes {
        let Some(command) = command(review, wish) else { continue };
        let Ok(decision) = decide(review, &command) else { continue };
        each(review, &decision);
        for event in decision.events {
            review.apply(events.len() as u64, &event).expect("what decide made fits");
            events.push(event);
        }
    }
    events
}

pub(crate) fn by_verdict(review: &mut Review, seq: u64, verdict: Verdict) {
    let fixes = review.collation().fixes().collect();
    let wish = Decide {
        verdict,
        scope: Scope::All,
        fixes,
        own: Vec::new(),
        reach: Reach::Every,
        offered: None,
    };
    if let Ok(decision) = decide(review, &Command::Decide(wish)) {
        review.apply(seq, &decision.events[0]).expect("fits");
    }
}

/// Says what stands after some events by the letter of the log format, slowly.
pub(crate) fn naive_established(base: &str, events: &[Event]) -> String {
    let undone = |of: u64| {
        let last = events
            .iter()
            .rev()
            .find(|event| matches!(event, Event::Undone(seq) | Event::Redone(seq) if *seq == of));
        matches!(last, Some(Event::Undone(_)))
    };
    let mut standing: Vec<&Site> = Vec::new();
    for (seq, event) in events.iter().enumerate() {
        let Some(decided) = event.decision() else { continue };
        if undone(seq as u64) {
            continue;
        }
        for site in &decided.sites {
            standing.retain(|other| !other.place.overlaps(site.place));
            if site.reading.is_some() {
                standing.push(site);
            }
        }
    }
    standing.sort_by_key(|site| site.place);
    let (mut text, mut at) = (String::new(), 0);
    for site in standing {
        text.push_str(&base[at..site.place.start]);
        text.push_str(site.reading.as_deref().unwrap_or_default());
        at = site.place.end;
    }
    text.push_str(&base[at..]);
    text
}

#[test]
fn new_text_takes_the_place_of_a_line_left_out() {
    let missing = |text: &str| (String::new(), text.to_owned());
    let mut review = Review::new(made(&[missing("\n"), missing("a")]));
    let first = review.collation().fixes().next().expect("two fixes");
    let reject = Decide {
        verdict: Verdict::Reject,
        scope: Scope::Fix,
        fixes: vec![first],
        own: Vec::new(),
        reach: Reach::Every,
        offered: None,
    };
    let decision = decide(&review, &Command::Decide(reject)).expect("can be decided");
    review.apply(0, &decision.events[0]).expect("fits");
    let target = Target::Row(every_row(&review)[0]);
    let edit = Command::Edit { scope: Scope::Line, target, text: "e".to_owned() };
    let decision = decide(&review, &edit).expect("can be edited");
    review.apply(1, &decision.events[0]).expect("fits");
    assert_eq!(shown_rows(&review).concat(), "ea");
    assert_eq!(review.counts().edited, 1, "the place left out is the place edited");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_thousand_fixes_at_once_stand_as_each_alone(segments in segments(), wishes in wishes()) {
        let length = 1_600 * segments.len().min(1);
        let many: Vec<Segment> = segments.iter().cycle().take(length).cloned().collect();
        let mut review = Review::new(made(&many));
        let events = play(&mut review, &wishes[..wishes.len().min(5)], |_, _| {});
        let naive = naive_established(review.base().as_str(), &events);
        prop_assert_eq!(review.ledger().established(), naive);
        for id in review.collation().fixes() {
            let place = review.place(id);
            if let Some(site) = review.ledger().standing_at(place) {
                let stands = match () {
                    () if site.reading == review.proposed(id) => State::Accepted,
                    () if site.reading == review.base_reading(id) => State::Rejected,
                    () => State::Edited,
                };
                prop_assert_eq!(review.state(id), stands);
            } else if review.ledger().standing_over(place).next().is_none() {
                prop_assert_eq!(review.state(id), State::Open);
            }
        }
        let open = review.collation().fixes().filter(|&id| review.state(id) == State::Open);
        prop_assert_eq!(review.counts().open, open.count());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn both_laws_hold_whatever_came_before(segments in segments(), wishes in wishes()) {
        let mut review = Review::new(made(&segments));
        play(&mut review, &wishes, |_, _| {});
        if review.counts().own > 0 {
            return Ok(());
        }
        by_verdict(&mut review, 1_000, Verdict::Accept);
        prop_assert_eq!(review.ledger().established(), review.transcript().as_str());
        by_verdict(&mut review, 1_001, Verdict::Reject);
        prop_assert_eq!(review.ledger().established(), review.base().as_str());
    }

    #[test]
    fn the_counts_add_up(segments in segments(), wishes in wishes()) {
        let mut review = Review::new(made(&segments));
        let total = review.collation().fixes().count();
        play(&mut review, &wishes, |review, _| {
            assert_eq!(review.counts().total(), total);
        });
        let counts = review.counts();
        prop_assert_eq!(counts.total(), total);
        let count = |state| review.collation().fixes().filter(|&id| review.state(id) == state).count();
        prop_assert_eq!(counts.open, count(State::Open));
        prop_assert_eq!(counts.accepted, count(State::Accepted));
        prop_assert_eq!(counts.rejected, count(State::Rejected));
        prop_assert_eq!(counts.edited, count(State::Edited));
    }

    #[test]
    fn states_kept_along_are_the_states_found_anew(segments in segments(), wishes in wishes()) {
        let mut review = Review::new(made(&segments));
        let events = play(&mut review, &wishes, |_, _| {});
        let mut late = Ledger::new(review.base().clone());
        let mut anew = Review::new(Collation::new(Plan {
            blocks: review.collation().plan().blocks.clone(),
            ..recto::collate::plan::plan(review.base().clone(), review.transcript().clone())
        }));
        for (seq, event) in events.iter().enumerate() {
            late.apply(seq as u64, event).expect("fits");
            anew.apply(seq as u64, event).expect("fits");
        }
        anew.learn(0, review.collation().gap(0).expect("known").clone());
        for id in review.collation().fixes() {
            prop_assert_eq!(review.state(id), anew.state(id), "{:?}", id);
        }
        prop_assert_eq!(review.counts(), anew.counts());
        prop_assert_eq!(late.established(), review.ledger().established());
    }

    #[test]
    fn the_ledger_agrees_with_the_letter_of_the_format(segments in segments(), wishes in wishes()) {
        let mut review = Review::new(made(&segments));
        let events = play(&mut review, &wishes, |_, _| {});
        let naive = naive_established(review.base().as_str(), &events);
        prop_assert_eq!(review.ledger().established(), naive);
    }

    #[test]
    fn sites_never_cut_a_standing_site(segments in segments(), wishes in wishes()) {
        let mut review = Review::new(made(&segments));
        play(&mut review, &wishes, |review, decision| {
            for decided in decision.events.iter().filter_map(Event::decision) {
                for site in &decided.sites {
                    for standing in review.ledger().standing_over(site.place) {
                        let inside = site.place.start <= standing.place.start
                            && standing.place.end <= site.place.end;
                        assert!(inside, "{:?} cuts {:?}", site.place, standing.place);
                    }
                }
            }
        });
    }

    #[test]
    fn an_edited_row_reads_as_typed(
        segments in segments(), wishes in wishes(), index: prop::sample::Index, typed in "[ab e\u{301}x]{0,8}",
    ) {
        let mut review = Review::new(made(&segments));
        let events = play(&mut review, &wishes, |_, _| {});
        let rows = every_row(&review);
        let target = Target::Row(rows[index.index(rows.len())]);
        let before = editable(&review, &target).expect("known");
        let others = shown_rows(&review);
        let edit = Command::Edit { scope: Scope::Line, target: target.clone(), text: typed.clone() };
        let Ok(decision) = decide(&review, &edit) else { return Ok(()) };
        review.apply(events.len() as u64, &decision.events[0]).expect("fits");
        let row = index.index(rows.len());
        let (now, then) = (shown_rows(&review), others);
        let joined: String = now.concat();
        let mut wanted = then;
        let end = wanted[row].split_off(before.shown.len());
        wanted[row] = format!("{typed}{end}");
        prop_assert_eq!(joined, wanted.concat());
    }

    #[test]
    fn an_undo_takes_back_and_a_redo_puts_back(segments in segments(), wishes in wishes()) {
        let mut review = Review::new(made(&segments));
        let events = play(&mut review, &wishes, |_, _| {});
        let seq = events.len() as u64;
        let text = review.ledger().established();
        let states: Vec<State> = review.collation().fixes().map(|id| review.state(id)).collect();
        let Ok(undo) = decide(&review, &Command::Undo) else { return Ok(()) };
        review.apply(seq, &undo.events[0]).expect("fits");
        let redo = decide(&review, &Command::Redo).expect("just undone");
        review.apply(seq + 1, &redo.events[0]).expect("fits");
        prop_assert_eq!(review.ledger().established(), text);
        let after: Vec<State> = review.collation().fixes().map(|id| review.state(id)).collect();
        prop_assert_eq!(after, states);
    }

    #[test]
    fn a_log_of_accept_all_replays_under_fixes_merged_and_split(
        segments in segments(), cuts in prop::collection::vec(any::<bool>(), 14),
    ) {
        let mut review = Review::new(made(&segments));
        let fixes: Vec<FixId> = review.collation().fixes().collect();
        let wish = Decide {
            verdict: Verdict::Accept, scope: Scope::All, fixes, own: Vec::new(),
            reach: Reach::Every, offered: None,
        };
        let Ok(decision) = decide(&review, &Command::Decide(wish)) else { return Ok(()) };
        review.apply(0, &decision.events[0]).expect("fits");
        let other = merged_and_split(&segments, &cuts);
        let mut later = Review::new(made(&other));
        later.apply(0, &decision.events[0]).expect("needs the base alone");
        prop_assert_eq!(later.ledger().established(), review.transcript().as_str());
        let counts = later.counts();
        prop_assert_eq!(counts.accepted, counts.total(), "{:?}", other);
    }
}

/// Joins neighbouring segments where told so (never across an insertion, which every version
/// divides alike), so that fixes take in agreed text or fall together.
fn merged_and_split(segments: &[Segment], cuts: &[bool]) -> Vec<Segment> {
    let mut merged: Vec<Segment> = Vec::new();
    for (segment, &join) in segments.iter().zip(cuts) {
        match merged.last_mut() {
            Some(last) if join && !last.0.is_empty() && !segment.0.is_empty() => {
                last.0.push_str(&segment.0);
                last.1.push_str(&segment.1);
            }
            _ => merged.push(segment.clone()),
        }
    }
    merged
}

fn shown_rows(review: &Review) -> Vec<String> {
    let text = |row| review.pieces(row).into_iter().map(|piece| piece.right).collect::<String>();
    every_row(review).into_iter().map(text).collect()
}

#[test]
fn one_place_overlaps_another_by_the_formats_rule() {
    let place = |start, end, n| Place::new(start..end, n);
    let cases = [
        (place(0, 3, 0), place(2, 5, 0), true),
        (place(0, 3, 0), place(3, 5, 0), false),
        (place(2, 2, 0), place(2, 2, 0), true),
        (place(2, 2, 0), place(2, 2, 1), false),
        (place(2, 2, 0), place(0, 3, 0), true),
        (place(0, 0, 0), place(0, 3, 0), false),
        (place(3, 3, 0), place(0, 3, 0), false),
    ];
    for (a, b, overlap) in cases {
        assert_eq!((a.overlaps(b), b.overlaps(a)), (overlap, overlap), "{a:?} {b:?}");
    }
}

#[test]
fn an_edit_records_the_smallest_sites() {
    let text = |pairs: &[(&str, &str)]| -> Vec<Segment> {
        pairs.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect()
    };
    let segments = text(&[
        ("crease ", "crease "),
        ("1n", "in"),
        (" ", " "),
        ("L7.", "L)."),
        (" ", " "),
        ("5.", "S."),
        (" employment\n", " employment\n"),
    ]);
    let review = Review::new(made(&segments));
    let row = review.collation().first_row().expect("a row");
    let edit = Command::Edit {
        scope: Scope::Line,
        target: Target::Row(row),
        text: "crease in U. S. employment".to_owned(),
    };
    let decision = decide(&review, &edit).expect("changed");
    let Event::Decided(Decided { sites, verdict: Verdict::Edit, .. }) = &decision.events[0] else {
        panic!("an edit")
    };
    let sites: Vec<_> = sites
        .iter()
        .map(|site| (site.base.as_str(), site.proposed.as_deref(), site.reading.as_deref()))
        .collect();
    assert_eq!(
        sites,
        [
            ("1n", Some("in"), Some("in")),
            ("L7.", Some("L)."), Some("U.")),
            ("5.", Some("S."), Some("S.")),
        ]
    );
}
