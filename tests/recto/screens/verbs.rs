//! What keys decide, and what they never do.

use recto::review::event::{Event, Scope, Verdict};
use recto::ui::msg::{Effect, Msg};

use super::driver::{Screen, TIME, parse, setup};

const BASE: &str = "one twc three\nfcur five\nsix sevem\nalike\neight nime tem\n";
const TRANSCRIPT: &str = "one two three\nfour five\nsix seven\nalike\neight nine ten\n";

fn screen() -> Screen {
    Screen::new(BASE, TRANSCRIPT)
}

/// Writes the log as `accept line 1`, verdict, scope and number of sites.
pub(super) fn log(screen: &Screen) -> Vec<String> {
    let one = |event: &Event| match event {
        Event::Decided(decided) => {
            format!("{} {} {}", decided.verdict, decided.scope, decided.sites.len())
        }
        Event::Undone(of) => format!("undone {of}"),
        Event::Redone(of) => format!("redone {of}"),
        Event::Noted(noted) => format!("{} {}", noted.mark, noted.note),
        Event::SignedOff(signed) => format!("signed {} {}", signed.scope, signed.open),
        Event::Adjudicated(..) => "adjudicated".to_owned(),
    };
    screen.log.iter().map(one).collect()
}

pub(super) fn established(screen: &Screen) -> String {
    screen.model.review().ledger().established()
}

#[test]
fn a_line_takes_one_key_and_the_cursor_goes_on() {
    let mut screen = screen();
    screen.press("ara");
    assert_eq!(log(&screen), ["accept line 1", "reject line 1", "accept line 1"]);
    assert_eq!(
        established(&screen),
        "one two three\nfcur five\nsix seven\nalike\neight nime tem\n"
    );
    assert!(screen.line(">").contains("eight nime tem"), "{}", screen.text());
    screen.press("a");
    assert!(screen.text().contains("nothing is open any more: y signs, x exports"));
    assert!(screen.row(0).contains("open 0/5  accepted 4  rejected 1  edited 0"));
}

#[test]
fn a_line_keeps_earlier_decisions_and_names_them() {
    let mut screen = screen();
    screen.press("G<Tab>r<Esc>a");
    assert_eq!(log(&screen), ["reject fix 1", "accept line 1"]);
    assert_eq!(established(&screen), BASE.replace("tem", "ten"));
    screen.press("ga");
    screen.press("k");
    screen.press("ga");
    assert!(screen.text().contains("nothing open here: Tab picks a fix, o reopens"));
    assert_eq!(screen.log.len(), 3);
}

#[test]
fn one_fix_is_decided_whatever_its_state_and_stays_narrow_in_its_line() {
    let mut screen = screen();
    screen.press("G<Tab>a");
    assert_eq!(screen.reversed(), ["tem", "ten"]);
    screen.press("<S-Tab>r");
    assert_eq!(log(&screen), ["accept fix 1", "reject fix 1"]);
    assert_eq!(established(&screen), BASE);
    assert_eq!(screen.reversed(), ["tem", "ten"]);
}

#[test]
fn the_highlight_is_what_a_verb_would_decide() {
    let mut screen = screen();
    assert_eq!(screen.reversed(), ["twc", "two"]);
    screen.press("G");
    assert_eq!(screen.reversed(), ["nime", "tem", "nine", "ten"]);
    screen.press("<Tab>");
    assert_eq!(screen.reversed(), ["nime", "nine"]);
    screen.press("a<Esc>");
    assert_eq!(screen.reversed(), ["tem", "ten"]);
    screen.press("gwww");
    assert_eq!(screen.reversed(), ["three", "three"]);
}

#[test]
fn widened_acts_are_named_and_take_enter() {
    let mut screen = screen();
    screen.press("vjja");
    assert!(screen.text().contains("accept 3 open fixes in these lines?"), "{}", screen.text());
    assert!(screen.log.is_empty());
    screen.press("<Esc>");
    assert!(screen.log.is_empty());
    screen.press("a<Enter>");
    assert_eq!(log(&screen), ["accept range 3"]);
    screen.press("Pr<Enter>");
    assert_eq!(log(&screen)[1..], ["reject page 2"]);
    screen.press("u");
    assert_eq!(screen.log.len(), 3, "an act on one line is taken back at once");
    screen.press("u");
    assert_eq!(screen.log.len(), 3);
    assert!(screen.text().contains("sure?"));
    screen.press("<Enter>");
    assert_eq!(log(&screen)[2..], ["undone 2", "undone 1"]);
    assert_eq!(established(&screen), BASE);
    screen.press("U<Enter>");
    assert_eq!(log(&screen)[4..], ["redone 1"]);
}

#[test]
fn enter_and_clicks_of_other_keys_never_decide() {
    let mut screen = screen();
    screen.press("<Enter><Enter>jk<Tab><Enter>zz<Space><PgUp>nN/six<Enter><Enter><Esc>f<Enter>f");
    assert!(screen.log.is_empty());
}

#[test]
fn a_key_that_came_before_the_frame_is_dropped_and_said() {
    let mut screen = screen();
    let seen = screen.model.next_frame() - 1;
    for key in parse("aaaa") {
        screen.key(key, seen);
    }
    screen.draw();
    assert_eq!(log(&screen), ["accept line 1"]);
    assert!(screen.text().contains("key dropped"), "{}", screen.text());
    screen.press("a");
    assert_eq!(screen.log.len(), 2);
}

#[test]
fn a_verb_from_before_the_end_of_a_filter_takes_nothing_that_it_hid() {
    let mut screen = Screen::new("a tbe 1999\nlast\n", "a the 1998\nlast\n");
    screen.press(":filter kind=digit<Enter>");
    let filtered = screen.model.next_frame() - 1;
    screen.press("f");
    screen.key(parse("a")[0], filtered);
    assert!(screen.log.is_empty(), "{:?}", screen.log);
    screen.draw();
    assert!(screen.text().contains("key dropped"), "{}", screen.text());
    screen.press("a");
    assert_eq!(log(&screen), ["accept line 2"]);
}

#[test]
fn moving_and_deciding_in_one_burst_decides_nothing() {
    let mut screen = screen();
    let seen = screen.model.next_frame() - 1;
    for key in parse("jr") {
        screen.key(key, seen);
    }
    assert!(screen.log.is_empty());
    // The answer to a question must have been on the screen too.
    let seen = screen.model.next_frame();
    screen.draw();
    for key in parse("Pa") {
        screen.key(key, seen);
    }
    screen.draw();
    let seen = screen.model.next_frame() - 1;
    for key in parse("a<Enter>") {
        screen.key(key, seen);
    }
    assert!(screen.log.is_empty());
}

#[test]
fn while_an_append_is_in_flight_verbs_are_dropped() {
    let mut screen = screen();
    screen.answers = false;
    screen.press("a");
    assert_eq!(screen.asked.len(), 1);
    assert!(screen.text().contains("saving"), "{}", screen.text());
    assert!(screen.row(0).contains("accepted 0"));
    screen.press("jru");
    assert_eq!(screen.asked.len(), 1);
    assert!(screen.text().contains("still saving"));
    screen.send(Msg::Appended { first: 1, time: TIME.to_owned() });
    assert!(screen.row(0).contains("accepted 1"), "{}", screen.text());
    // On a quick disk that was on the screen for no longer than an eye blinks.
    assert!(screen.row(21).ends_with("; key dropped meanwhile ──"), "{}", screen.text());
    assert!(!screen.press("j").text().contains("dropped"), "{}", screen.text());
}

#[test]
fn what_was_not_saved_does_not_show() {
    let mut screen = screen();
    screen.refusal = Some(("no space left on the device".to_owned(), false));
    screen.press("a");
    assert!(screen.text().contains("NOT SAVED: no space left on the device"));
    assert!(screen.row(0).contains("open 5/5"));
    screen.press("a");
    assert_eq!(log(&screen), ["accept line 1"]);
    screen.refusal = Some(("another wrote in the log".to_owned(), true));
    screen.press("a");
    screen.press("a");
    assert_eq!(log(&screen), ["accept line 1"]);
    assert!(screen.text().contains("read only: another wrote in the log"), "{}", screen.text());
}

#[test]
fn what_was_typed_or_ticked_is_still_there_where_it_cannot_be_saved() {
    let full = || Some(("the disk is full".to_owned(), false));
    let mut screen = screen();
    screen.refusal = full();
    screen.press("e<End>, typed<Enter>");
    let said = "NOT SAVED: the disk is full; mend that, and Enter tries again";
    assert!(screen.text().contains(said), "{}", screen.text());
    assert!(screen.line(" yours ").ends_with(", typed"), "{}", screen.text());
    screen.press("<Enter>");
    assert_eq!(log(&screen), ["edit line 2"]);
    assert!(established(&screen).lines().next().is_some_and(|line| line.ends_with(", typed")));
    screen.refusal = full();
    screen.press("cread by lamplight<Enter>");
    assert!(screen.line(" note ").contains("read by lamplight"), "{}", screen.text());
    screen.press("<Enter>");
    assert_eq!(screen.log.len(), 2, "{}", screen.text());
    screen.press("gn*");
    let ticks = |screen: &Screen| screen.text().matches("[x]").count();
    let ticked = ticks(&screen);
    screen.refusal = full();
    screen.press("a<Enter>");
    assert_eq!(ticks(&screen), ticked, "{}", screen.text());
    assert!(ticked > 0 && screen.text().contains("NOT SAVED"), "{}", screen.text());
    screen.press("a<Enter>");
    assert_eq!(screen.log.len(), 3, "{}", screen.text());
}

#[test]
fn an_edit_is_kept_with_enter_and_left_with_esc() {
    let mut screen = screen();
    screen.press("e<C-k>2 three<Esc>");
    assert!(screen.log.is_empty());
    screen.press("e<C-k>2 three<Enter>");
    assert_eq!(log(&screen), ["edit line 1"]);
    assert_eq!(established(&screen).lines().next(), Some("one 2 three"));
    // Up takes the OCR's word, Down the corrected's.
    screen.press("e<Up><Enter>");
    assert!(screen.text().contains("already") || established(&screen).contains("fcur"));
    // A letter by its code; a line end.
    screen.press(":4<Enter>e<End><C-v>2014<Enter><M-Enter>x<Enter>");
    assert!(established(&screen).contains("alike\u{2014}\nx\n"), "{:?}", established(&screen));
}

#[test]
fn over_an_edit_of_ones_own_a_verdict_takes_enter() {
    let mut screen = screen();
    screen.press("e<C-k>2 three<Enter>g<Tab>a");
    assert_eq!(screen.log.len(), 1);
    assert!(screen.text().contains("replace a reading of your own? Enter does it"));
    screen.press("<Enter>");
    assert_eq!(log(&screen), ["edit line 1", "accept fix 1"]);
    assert_eq!(established(&screen).lines().next(), Some("one two three"));
}

#[test]
fn notes_doubts_and_signatures_are_events() {
    let mut screen = screen();
    screen.press("dcsmudged<Enter>gc<Tab><Tab><Enter>y<Enter>");
    assert_eq!(log(&screen), ["doubtful ", "note smudged", "illegible ", "signed document 5"]);
    assert_eq!(screen.row(2).chars().nth(43), Some('d'), "{}", screen.text());
    screen.press("]");
    assert!(screen.text().contains("── line 2 ─"), "{}", screen.text());
}

#[test]
fn exports_and_leaving_are_asked_of_the_shell() {
    let mut screen = screen();
    screen.press("x<Tab><Enter>");
    screen.press(":w! out.json pending=mark<Enter>q");
    let export = |format: &str, path: &str, pending: &str, force| Effect::Export {
        format: format.to_owned(),
        path: path.to_owned(),
        pending: Some(pending.to_owned()),
        force,
    };
    let wanted = [
        export("text", "base.reviewed.txt", "transcript", false),
        export("json", "out.json", "mark", true),
        Effect::Remember(0),
        Effect::Quit,
    ];
    assert_eq!(screen.asked, wanted);
}

#[test]
fn a_search_goes_from_hit_to_hit_in_both_panes() {
    let mut screen = screen();
    screen.press("/n<Enter>");
    assert_eq!(screen.reversed(), ["one", "one"]);
    screen.press("n");
    assert_eq!(screen.reversed(), ["sevem", "seven"], "a hit in the corrected text alone");
    screen.press("nn");
    assert_eq!(screen.reversed(), ["tem", "ten"]);
    screen.press("n");
    assert!(screen.text().contains("on from the top"));
    screen.press("<Esc><Esc>n");
    assert!(screen.line(">").contains("fcur"), "{}", screen.text());
    screen.press("/nowhere<Enter>");
    assert!(screen.text().contains("not found"));
}

#[test]
fn the_command_line_goes_and_decides() {
    let mut screen = screen();
    screen.press(":5<Enter>");
    assert!(screen.line(">").contains("eight"));
    screen.press(":9<Enter>");
    assert!(screen.text().contains("there is no line 9"));
    screen.press(":accept<Enter>");
    assert_eq!(log(&screen), ["accept all 5"]);
    assert_eq!(established(&screen), TRANSCRIPT);
    screen.press(":reject kind=frob<Enter>");
    assert!(screen.text().contains("no kind \"frob\""), "{}", screen.text());
    screen.press(":reopen page=1<Enter>:#1<Enter>");
    assert_eq!(log(&screen)[1..], ["reopen page 5"]);
}

#[test]
fn read_only_reviews_refuse_in_words() {
    let mut setup = setup(BASE, TRANSCRIPT, (80, 24));
    setup.read_only = Some("the base is another text than the log's".to_owned());
    let mut screen = Screen::open(setup);
    screen.press("are<Tab>ouUd:accept<Enter>");
    assert!(screen.log.is_empty());
    assert!(screen.text().contains("read only: the base is another text than the log's"));
}

#[test]
fn pastes_never_decide() {
    let mut screen = screen();
    screen.send(Msg::Paste("aaaa\nrrrr\n".to_owned()));
    assert!(screen.log.is_empty());
    screen.press("e<C-u><C-k>").send(Msg::Paste("a\u{1b}[31m\r\nb\n".to_owned()));
    screen.press("<Enter>");
    let first = screen.log.first().and_then(Event::decision).expect("an edit");
    assert_eq!((first.verdict, first.scope), (Verdict::Edit, Scope::Line));
    assert!(established(&screen).starts_with("a\u{1b}[31m\nb\n"), "{:?}", established(&screen));
}

#[test]
fn the_history_of_a_line_names_what_stands_and_what_was_taken_back() {
    let mut screen = screen();
    screen.press("agouH");
    let shown = screen.text();
    insta::assert_snapshot!(shown.lines().skip(1).take(5).collect::<Vec<_>>().join("\n"), @r#"
    ── line 1, so far ──────────────────────────────────────────────────── 2 of 2 ──
      #1     24 Nov 2026  09:12:07 UTC  mk                                   stands
        accept  line   twc → two
    > #2     24 Nov 2026  09:12:07 UTC  mk                             undone by #3
        reopen  line   two open again
    "#);
}

#[test]
fn undo_goes_back_to_the_place() {
    let mut screen = Screen::new("one\nthree\nfour\n", "one\ntwo\nthree\nfoor\n");
    screen.press("aa");
    assert!(screen.line(">").contains("four"));
    screen.press("uu");
    assert!(screen.line(">").contains("╌╌╌"), "{}", screen.text());
    assert!(screen.text().contains("took back"));
}

#[test]
fn gaps_that_come_in_elsewhere_do_not_drop_keys() {
    use recto::collate::collation::Collation;
    use recto::collate::gap::gap;
    use recto::collate::plan::plan;
    use recto::document::Text;
    use recto::review::state::Review;

    let between: String = (0..40).map(|line| format!("line {line} is the same\n")).collect();
    let long = |word: &str| format!("{word} first\n{between}{word} last\n");
    let text = |text: String| Text::new(text).expect("short");
    let whole = plan(text(long("one")), text(long("onc")));
    let mut setup = setup("", "", (80, 24));
    let gaps: Vec<u32> = (0..whole.blocks.len() as u32)
        .filter(|&block| !whole.blocks[block as usize].equal)
        .collect();
    assert!(gaps.len() > 1, "the test needs two gaps");
    let (first, last) = (gap(&whole, gaps[0]), gap(&whole, gaps[1]));
    setup.review = Review::new(Collation::new(whole));
    let mut screen = Screen::open(setup);
    assert!(screen.row(0).contains("0+"), "{}", screen.text());
    screen.press("a");
    assert!(screen.log.is_empty(), "nothing is known yet");
    assert!(screen.asked.iter().any(|effect| matches!(effect, Effect::Want(_))));
    screen.send(Msg::Collated(vec![(gaps[0], first)]));
    let seen = screen.model.next_frame() - 1;
    let more = recto::ui::update::update(&mut screen.model, Msg::Collated(vec![(gaps[1], last)]));
    assert!(more.is_empty());
    screen.key(parse("a")[0], seen);
    assert_eq!(log(&screen), ["accept line 1"]);
}

#[test]
fn every_difference_leaves_a_sign_on_the_screen() {
    let cases = [
        ("one\r\ntwo\n", "one\ntwo\n", "␍"),
        ("one\n\ntwo\n", "one\ntwo\n", "¶"),
        ("one\ntwo", "one\ntwo\n", "¶"),
        ("one \ntwo\n", "one\ntwo\n", "·"),
        ("\u{feff}one\n", "one\n", "‹BOM›"),
        ("one\u{c}\ntwo\n", "one\ntwo\n", "␌"),
        ("hy\u{ad}phen\n", "hyphen\n", "¬"),
        ("a\u{a0}b\n", "a b\n", "⍽"),
    ];
    for (base, transcript, sign) in cases {
        let screen = Screen::new(base, transcript);
        assert!(screen.reversed().concat().contains(sign), "{base:?}\n{}", screen.text());
    }
}
