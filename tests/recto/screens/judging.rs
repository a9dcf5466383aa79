//! Other reviewers' logs beside the review: disputes in the gutter, and how they are settled.

use recto::log::audit::{Plan, audit};
use recto::log::record::Body;
use recto::log::witness::Witness;
use recto::review::event::{Decided, Event, Place, Scope, Site, Verdict};
use recto::ui::disputes::{Bench, Disputes};
use recto::ui::msg::Effect;
use recto::ui::seals::Seals;

use super::driver::{Screen, setup};
use crate::log::{chained, document, new_log};

const BASE: &str = "The memo has one eror.\nKumetssov spoke.\nIt ends here.\n";
const TRANSCRIPT: &str = "The memo had one error.\nKuznetsov spoke.\nIt ends here.\n";

fn witness(number: usize, reviewer: &str, readings: &[(usize, &str, &str)]) -> Witness {
    let base = document("b.txt", BASE);
    let mut new = new_log(&base, None);
    new.log = format!("{number:032x}");
    new.session.reviewer = reviewer.to_owned();
    let events = readings.iter().map(|&(at, old, reading)| {
        let place = Place::new(at..at + old.len(), 0);
        let sites = vec![Site::plain(&base.text, place, reading)];
        let (verdict, scope) = (Verdict::Edit, Scope::Fix);
        Body::Review(Event::Decided(Decided { verdict, scope, offered: None, act: None, sites }))
    });
    let log = chained(new.records().into_iter().chain(events));
    Witness::of(&audit(&log, Plan { keep: true, ..Plan::default() })).expect("intact")
}

fn screen(bench: Bench, own: &str) -> Screen {
    screen_with(bench, own, Seals::default())
}

fn screen_with(bench: Bench, own: &str, seals: Seals) -> Screen {
    let mk = witness(1, "mk", &[(9, "has", "had"), (43, "ends", "ended")]);
    let ab = witness(
        2,
        "ab",
        &[(9, "has", "has"), (43, "ends", "ends"), (23, "Kumetssov", "Kuznetsov")],
    );
    let own = Witness::new("", own, document("b.txt", BASE).text);
    let mut setup = setup(BASE, TRANSCRIPT, (80, 24));
    setup.reviewer = own.reviewer.clone();
    setup.seals = seals;
    setup.disputes = Some(Disputes::new(vec![mk, ab], own, bench));
    Screen::open(setup)
}

#[test]
fn a_reader_sees_what_others_dispute() {
    let mut screen = screen(Bench::Seen, "cd");
    assert!(screen.line(">  1").contains("│2! "), "{}", screen.text());
    assert!(screen.row(22).contains("OCR has   1 mk had   2 ab has"), "{}", screen.text());
    screen.press("1");
    assert!(screen.text().contains("this is your own review"), "{}", screen.text());
    assert!(screen.log.is_empty());
    // What one decides has a say in it.
    screen.press("a");
    assert_eq!(screen.log.len(), 1);
    screen.press("k");
    assert!(screen.text().contains("cd had"), "{}", screen.text());
}

#[test]
fn an_adjudicators_log_is_not_sealed_over_the_text_of_all() {
    let seals = Seals { on_leaving: true, ..Seals::default() };
    let mut screen = screen_with(Bench::Settled, "cd", seals);
    screen.press("2q");
    assert_eq!(screen.log.len(), 1);
    assert!(!screen.asked.iter().any(|effect| matches!(effect, Effect::Seal(_))));
    assert!(screen.asked.contains(&Effect::Quit));
}

#[test]
fn an_adjudicator_goes_from_dispute_to_dispute() {
    let mut screen = screen(Bench::Settled, "cd");
    assert!(screen.text().contains("2 disputed   adjudicator cd"), "{}", screen.text());
    assert_eq!(screen.reversed(), ["has", "had"]);
    // Only an adjudicator's keys decide.
    screen.press("ar*oy");
    assert!(screen.log.is_empty(), "{}", screen.text());
    screen.press("2");
    let [Event::Adjudicated(decided, over)] = &screen.log[..] else { panic!("{:?}", screen.log) };
    assert_eq!(decided.sites[0].reading.as_deref(), Some("has"));
    assert_eq!(over.len(), 2);
    assert!(screen.text().contains("1 disputed"), "{}", screen.text());
    assert_eq!(screen.reversed()[0], "ends");
    // A reading of one's own, begun with the first.
    screen.press("e<Backspace><Backspace>s<Enter>");
    assert_eq!(screen.log[1].decision().expect("one").sites[0].reading.as_deref(), Some("ends"));
    assert!(screen.text().contains("nothing is disputed any more"), "{}", screen.text());
    // Taken back, it is disputed again.
    screen.press("u");
    assert!(screen.text().contains("1 disputed"), "{}", screen.text());
    screen.press("n");
    assert_eq!(screen.reversed()[0], "ends");
    screen.press("3");
    assert!(screen.text().contains("there is no such reading"), "{}", screen.text());
}

#[test]
fn a_key_settles_only_what_was_highlighted() {
    let mut screen = screen(Bench::Settled, "cd");
    // The cursor goes to a line with a dispute; the first key highlights it, the second settles it.
    screen.press("jj1");
    assert!(screen.log.is_empty());
    assert_eq!(screen.reversed()[0], "ends");
    screen.press("1");
    assert_eq!(screen.log.len(), 1);
    screen.press("j1");
    assert_eq!(screen.log.len(), 1, "nothing is disputed there");
}

#[test]
fn nobody_settles_their_own() {
    let mut own = screen(Bench::Settled, "mk");
    own.press("2");
    assert!(own.log.is_empty());
    assert!(own.text().contains("nobody settles their own"), "{}", own.text());
    let mut allowed = screen(Bench::SettledAll, "mk");
    allowed.press("2");
    assert_eq!(allowed.log.len(), 1);
}

#[test]
fn the_keys_of_all_readings_are_told_and_an_undo_names_the_one_that_was_taken() {
    let mut screen = screen(Bench::Settled, "cd");
    assert!(screen.row(23).starts_with(" 1 2 take that reading"), "{}", screen.text());
    // Number two has what the OCR read.
    screen.press("2u");
    assert!(screen.text().contains("took back #1 accept \"has\" in line 1"), "{}", screen.text());
}
