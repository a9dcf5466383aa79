//! What is counted, listed and found in a hurry, beside a plain look at every fix and every row.

use proptest::prelude::*;
use recto::collate::collation::Collation;
use recto::collate::fix::{FixId, Kind, RowId};
use recto::collate::gap::gap;
use recto::collate::plan::plan;
use recto::document::Text;
use recto::review::alike::{Asked, Width, alike, open_alike, others};
use recto::review::change::change;
use recto::review::counts::State;
use recto::review::event::Verdict;
use recto::review::piece::{Piece, Role};
use recto::review::state::Review;
use recto::ui::filter::{By, Filter, Menu};
use recto::ui::searched::Hit;
use recto::ui::suspects::Suspects;
use recto::ui::update::hits::{find, found_in, renew};
use recto::ui::wanted::Wanted;

use super::review::{Wish, by_verdict, every_row, play, wishes};

/// What the OCR reads and what is there.
const WORDS: [(&str, &str); 18] = [
    ("the", "the"),
    ("tha", "the"),
    ("The", "The"),
    ("Wllllam", "William"),
    ("Wllllam", "Wllllam"),
    ("l8", "18"),
    ("bo", "to"),
    ("boarding", "boarding"),
    ("ärger", "ärger"),
    ("Arger", "Ärger"),
    ("e\u{301}x", "ex"),
    ("\u{130}x", "ix"),
    ("Kar\u{43f}ov,", "Karpov"),
    ("a,", "a"),
    ("", "new"),
    ("old", ""),
    ("well known", "well-known"),
    ("Hal1", "Hall"),
];

/// How lines end on either side.
const ENDS: [(&str, &str); 6] =
    [("\n", "\n"), ("\n", "\n"), (" ", "\n"), ("\n", " "), ("\n\u{c}", "\n\u{c}"), ("\r\n", "\n")];

fn pair() -> impl Strategy<Value = (String, String)> {
    let line = (
        prop::collection::vec(prop::sample::select(&WORDS[..]), 0..7),
        prop::sample::select(&ENDS[..]),
        0..12_u8,
    );
    prop::collection::vec(line, 0..9).prop_map(|lines| {
        let (mut base, mut transcript) = (String::new(), String::new());
        for (words, ends, only) in lines {
            let side = |pick: fn(&(&'static str, &'static str)) -> &'static str| {
                words.iter().map(pick).collect::<Vec<_>>().join(" ")
            };
            // Now and then a line that one side alone has.
            if only != 0 {
                base += &(side(|word| word.0) + ends.0);
            }
            if only != 1 {
                transcript += &(side(|word| word.1) + ends.1);
            }
        }
        (base, transcript)
    })
}

fn review((base, transcript): &(String, String)) -> Review {
    let text = |text: &String| Text::new(text.clone()).expect("short");
    Review::new(Collation::complete(plan(text(base), text(transcript))))
}

fn reviewed(pair: &(String, String), wishes: &[Wish]) -> Review {
    let mut review = review(pair);
    play(&mut review, wishes, |_, _| {});
    review
}

fn suspects(review: &Review) -> Suspects {
    let [base, transcript] =
        [review.base(), review.transcript()].map(recto::propose::suspects::suspects);
    Suspects { base, transcript }
}

/// What may be asked of a filter.
const FILTERS: [&str; 14] = [
    "open",
    "decided",
    "accepted",
    "rejected edited",
    "kind=name,word",
    "kind=line-end",
    "open kind=space,punctuation page=1",
    "line=1..2",
    "decided line=2",
    "doubtful",
    "noted open",
    "suspect",
    "suspect=digit-in-word kind=digit",
    "open suspect=mixed-script",
];

/// Finds hits row by row in the pieces that are drawn.
fn hits_by_rows(review: &Review, wanted: &str) -> Vec<Hit> {
    let mut all = Vec::new();
    for row in every_row(review) {
        let pieces = match review.collation().known(row.block) {
            true => review.pieces(row),
            false => {
                let lines = review.collation().row(row);
                let right = review.transcript().slice(lines.transcript).to_owned();
                vec![Piece { base: lines.base, right, role: Role::Same }]
            }
        };
        let base = pieces.iter().map(|piece| review.base().slice(piece.base.clone()).to_owned());
        let right = pieces.iter().map(|piece| piece.right.clone());
        let mut hits: Vec<Hit> = Vec::new();
        for texts in [base.collect::<Vec<_>>(), right.collect()] {
            for found in found_in(&texts.concat(), wanted) {
                let mut start = 0;
                for (piece, text) in pieces.iter().zip(&texts) {
                    if (start..start + text.len()).contains(&found.start) {
                        hits.push(hit(row, piece, found.start - start..found.end - start));
                    }
                    start += text.len();
                }
            }
        }
        hits.sort_by_key(|hit| hit.at);
        hits.dedup_by(|later, first| later.at == first.at);
        all.extend(hits);
    }
    all
}

fn hit(row: RowId, piece: &Piece, found: std::ops::Range<usize>) -> Hit {
    let byte = |at: usize| (piece.base.start + at).min(piece.base.end);
    let span = byte(found.start)..byte(found.end);
    let fix = match piece.role {
        Role::Fix(id, _) => Some(id),
        Role::Same | Role::Own(_) => None,
    };
    let at = if fix.is_some() { piece.base.start } else { span.start };
    Hit { row, at, fix, span }
}

fn fix_change(review: &Review, id: FixId) -> (Kind, recto::review::change::Change) {
    let kind = review.collation().fix(id).kind;
    let class = kind.min(Kind::LookAlike);
    (class, change(review.base_reading(id), review.proposed(id), kind))
}

#[test]
fn thousands_of_lines_missing_at_one_place_are_none_of_each_others_business() {
    // Whatever goes over all of them for each of them never ends.
    let missing: String = (0..20_000).map(|line| format!("line {line} is missing\n")).collect();
    let mut review = review(&(String::new(), missing.clone()));
    by_verdict(&mut review, 0, Verdict::Accept);
    assert_eq!(review.ledger().established(), missing);
    for (at, row) in every_row(&review).into_iter().enumerate() {
        let pieces = review.pieces(row);
        assert_eq!(pieces.len(), 1);
        assert_eq!(pieces[0].right, format!("line {at} is missing\n"));
        assert_eq!(
            review.state(review.collation().fixes_in_row(row).next().expect("one")),
            State::Accepted
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn a_search_finds_what_a_look_at_every_row_finds(pair in pair(), wishes in wishes()) {
        let review = reviewed(&pair, &wishes);
        for wanted in ["e", "l", "the", "The", "ä", "x", "w known", "new", "l8", "é", "a b"] {
            prop_assert_eq!(find(&review, wanted), hits_by_rows(&review, wanted), "{:?}", wanted);
        }
    }

    #[test]
    fn a_search_follows_what_is_decided(pair in pair(), wishes in wishes()) {
        for wanted in ["e", "ä", "x"] {
            let (mut hits, mut done) = (find(&review(&pair), wanted), 0);
            for upto in 1..=wishes.len() {
                let mut review = review(&pair);
                let events = play(&mut review, &wishes[..upto], |_, _| {});
                let anew = find(&review, wanted);
                if !renew(&review, wanted, &mut hits, &events[done..]) {
                    hits.clone_from(&anew);
                }
                prop_assert_eq!(&hits, &anew, "{:?} after {:?}", wanted, events.last());
                done = events.len();
            }
        }
    }

    #[test]
    fn a_search_goes_through_what_is_not_compared_yet(pair in pair(), every in 1..4_u32) {
        let text = |text: &String| Text::new(text.clone()).expect("short");
        let mut review = Review::new(Collation::new(plan(text(&pair.0), text(&pair.1))));
        for block in (0..review.collation().plan().blocks.len() as u32).filter(|it| it % every == 0) {
            let gap = gap(review.collation().plan(), block);
            review.learn(block, gap);
        }
        for wanted in ["e", "the", "ä", "x", "new"] {
            prop_assert_eq!(find(&review, wanted), hits_by_rows(&review, wanted), "{:?}", wanted);
        }
    }

    #[test]
    fn a_filter_shows_what_a_look_at_every_row_shows(pair in pair(), wishes in wishes()) {
        let review = reviewed(&pair, &wishes);
        let suspects = suspects(&review);
        let rows = every_row(&review);
        for words in FILTERS {
            let Ok(wanted) = Wanted::parse(words, &review) else { continue };
            let fitting = wanted.within(&review, Some(&suspects));
            let fits: Vec<bool> = rows.iter().map(|&row| fitting.fits_row(row)).collect();
            for around in 0..3 {
                let filter = Filter::new(&review, Some(&suspects), wanted.clone(), around);
                prop_assert_eq!(filter.count(), fits.iter().filter(|&&it| it).count(), "{}", words);
                for (index, &row) in rows.iter().enumerate() {
                    prop_assert_eq!(filter.has(row), fits[index], "{} {:?}", words, row);
                    let near = index.saturating_sub(around)..(index + around + 1).min(rows.len());
                    let shown = fits[near].contains(&true);
                    prop_assert_eq!(filter.shows(row), shown, "{} {:?}", words, row);
                    let after = rows[index + 1..].iter().find(|&&row| filter.shows(row));
                    prop_assert_eq!(filter.after(row), after.copied());
                    let before = rows[..index].iter().rfind(|&&row| filter.shows(row));
                    prop_assert_eq!(filter.before(row), before.copied());
                }
            }
        }
    }

    #[test]
    fn the_choices_of_a_filter_are_counted_as_they_stand(pair in pair(), wishes in wishes()) {
        let review = reviewed(&pair, &wishes);
        let suspects = suspects(&review);
        let alone = || review.collation().fixes().filter(|&id| !review.in_class(id));
        for choice in Menu::new(&review, Some(&suspects)).choices {
            let counted = match choice.by {
                By::Kind(kind) => alone().filter(|&id| review.collation().fix(id).kind == kind).count(),
                By::Suspect(reason) => {
                    let rows = every_row(&review).into_iter();
                    let stops = rows.flat_map(|row| suspects.in_row(&review, row));
                    stops.filter(|stop| {
                        let mut more = stop.fix.into_iter().flat_map(|id| suspects.in_fix(&review, id, &[]));
                        stop.reason == reason || more.any(|suspect| suspect.reason == reason)
                    }).count()
                }
                By::Stand(_) => continue,
            };
            prop_assert_eq!(choice.count, counted, "{:?}", choice.by);
        }
    }

    #[test]
    fn fixes_of_a_stretch_are_those_that_start_in_it(pair in pair(), from: prop::sample::Index, to: prop::sample::Index) {
        let review = review(&pair);
        let length = review.base().len();
        let (from, to) = (from.index(length + 1), to.index(length + 1));
        let span = from.min(to)..from.max(to);
        let start = |id: FixId| review.collation().fix(id).at.start;
        let here = |&id: &FixId| span.start <= start(id) && (start(id) < span.end || span.end == length);
        let counted: Vec<FixId> = review.collation().fixes().filter(here).collect();
        let blocks = review.blocks_over(&span);
        prop_assert!(counted.iter().all(|id| blocks.contains(&id.block)), "{:?} {:?}", blocks, counted);
        prop_assert_eq!(review.fixes_in(span).collect::<Vec<_>>(), counted);
    }

    #[test]
    fn kinds_are_counted_as_they_stand(pair in pair(), wishes in wishes()) {
        let review = reviewed(&pair, &wishes);
        for kind in Kind::ALL {
            for state in [State::Open, State::Accepted, State::Rejected, State::Edited] {
                let stands = |&id: &FixId| {
                    review.collation().fix(id).kind == kind && review.state(id) == state
                };
                let counts = review.of_kind(kind);
                let kept = match state {
                    State::Open => counts.open,
                    State::Accepted => counts.accepted,
                    State::Rejected => counts.rejected,
                    State::Edited | State::Disputed => counts.edited,
                };
                prop_assert_eq!(kept, review.collation().fixes().filter(stands).count());
            }
        }
    }

    #[test]
    fn places_alike_are_those_with_the_same_change(pair in pair(), wishes in wishes()) {
        let review = reviewed(&pair, &wishes);
        let alone = || review.collation().fixes().filter(|&id| review.is_open(id));
        for id in review.collation().fixes() {
            let asked = Asked::of_fix(&review, id);
            if asked.own {
                continue;
            }
            let same = |&other: &FixId| fix_change(&review, other) == fix_change(&review, id);
            let listed = |width| -> Vec<FixId> {
                alike(&review, &asked, width).places.iter().filter_map(|it| it.fix).collect()
            };
            prop_assert_eq!(listed(Width::Word), alone().filter(same).collect::<Vec<_>>());
            let count = review.collation().fixes().filter(same).count();
            prop_assert_eq!(others(&review, id), count - 1);
            for width in [Width::Word, Width::Letters, Width::Kind] {
                prop_assert_eq!(open_alike(&review, &asked, width), listed(width).len());
            }
            if !asked.letters().is_empty() && review.is_open(id) {
                prop_assert!(listed(Width::Letters).contains(&id), "{:?}", asked);
            }
        }
    }
}
