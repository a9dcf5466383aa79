//! The player: what a record looks like, the way from record to record, playing by ticks.

use proptest::prelude::*;
use recto::collate::collation::Collation;
use recto::collate::fix::FixId;
use recto::collate::plan::plan;
use recto::digest::Digest;
use recto::document::Text;
use recto::log::chronicle::Chronicle;
use recto::log::record::{Body, By, Described, Record, Session};
use recto::log::replay::Transcript;
use recto::review::command::{Command, Decide, Reach, Target};
use recto::review::decide::decide;
use recto::review::event::{Event, Mark, Read, Scope, Verdict};
use recto::review::state::Review;
use recto::review::timeline::Timeline;
use recto::text::visible::Repertoire;
use recto::ui::model::Setup;
use recto::ui::msg::{Effect, Msg};
use recto::ui::player::Playback;

use super::driver::{Screen, setup};
use super::looks::sample;

/// Records a review as it goes.
pub(super) struct Tape {
    texts: [String; 2],
    pub(super) transcripts: Vec<Transcript>,
    pub(super) review: Review,
    pub(super) records: Vec<Record>,
    reviewer: &'static str,
}

fn text(text: &str) -> Text {
    Text::new(text.to_owned()).expect("short")
}

fn session(reviewer: &str, by: By) -> Body {
    let (app, reviewer) = ("recto/0.1.0".to_owned(), reviewer.to_owned());
    Body::Session(Session { app, reviewer, by, blind: false, scans: vec![], login_key: None })
}

/// Describes a text that comes in force with record `seq`.
fn described(seq: u64, name: &str, proposed: &str) -> Transcript {
    let described = Described {
        name: name.to_owned(),
        format: "text".to_owned(),
        encoding: None,
        file_sha256: Digest::of(proposed.as_bytes()),
        bytes: proposed.len() as u64,
        sha256: Digest::of(proposed.as_bytes()),
    };
    Transcript { seq, described, text: Some(text(proposed)) }
}

impl Tape {
    pub(super) fn new(base: &str, transcript: &str) -> Self {
        let review = Review::new(Collation::complete(plan(text(base), text(transcript))));
        let texts = [base.to_owned(), transcript.to_owned()];
        let transcripts = vec![described(0, "transcript.txt", transcript)];
        let mut tape = Self { texts, transcripts, review, records: Vec::new(), reviewer: "mk" };
        tape.write(session("mk", By::Screen));
        tape
    }

    /// Writes a record a second after the one before; numbers begin with 3, after two sources.
    fn write(&mut self, body: Body) {
        let seq = self.records.len() as u64 + 3;
        let time = format!("2026-11-24T09:{:02}:{:02}.000Z", 10 + seq / 60, seq % 60);
        self.records.push(Record { seq, time, body });
    }

    /// Takes a new corrected text.
    pub(super) fn propose(&mut self, name: &str, proposed: &str) -> &mut Self {
        let transcript = described(self.records.len() as u64 + 3, name, proposed);
        self.write(Body::Proposals(Box::new(transcript.described.clone())));
        self.transcripts.push(transcript);
        let base = self.review.base().clone();
        self.review.recollate(Collation::complete(plan(base, text(proposed))));
        self
    }

    pub(super) fn act(&mut self, command: &Command) -> &mut Self {
        let decision = decide(&self.review, command).expect("something to record");
        for event in decision.events {
            let seq = self.records.len() as u64 + 3;
            self.review.apply(seq, &event).expect("fits");
            self.write(Body::Review(event));
        }
        self
    }

    pub(super) fn decide(
        &mut self,
        verdict: Verdict,
        scope: Scope,
        fixes: Vec<FixId>,
    ) -> &mut Self {
        let offered = (scope == Scope::Alike).then_some(4);
        let (own, reach) = (Vec::new(), Reach::Every);
        self.act(&Command::Decide(Decide { verdict, scope, fixes, own, reach, offered }))
    }

    /// Returns the fixes whose reading in the base is this.
    pub(super) fn of(&self, reading: &str) -> Vec<FixId> {
        let fixes = self.review.collation().fixes();
        fixes.filter(|&id| self.review.base_reading(id) == reading).collect()
    }

    pub(super) fn setup(&self, size: (u16, u16), at: Option<u64>) -> Setup {
        let chronicle = Chronicle::new(self.reviewer, self.records.clone());
        // As the shell does, it begins with the text of the record that is shown first.
        let transcript = Transcript::at(&self.transcripts, at.unwrap_or(u64::MAX));
        let transcript = transcript.and_then(Transcript::document);
        let proposed = transcript.as_ref().map_or(&*self.texts[0], |it| it.text.as_str());
        let mut setup = setup(&self.texts[0], proposed, size);
        setup.transcript_name = transcript.as_ref().map(|it| it.name.clone());
        let base = setup.review.base().clone();
        let collation = Collation::complete(plan(base.clone(), text(proposed)));
        let (ledger, timeline) = Timeline::of(base, chronicle.events()).expect("fits");
        setup.review = Review::of_history(collation, ledger, chronicle.events());
        setup.chronicle = chronicle;
        setup.playback = Some(Playback { timeline, transcripts: self.transcripts.clone(), at });
        setup
    }

    pub(super) fn open(&self, at: Option<u64>) -> Screen {
        Screen::open(self.setup((80, 24), at))
    }
}

/// Tapes a review of the memorandum: a rejection that is replaced, a bulk act that is taken back
/// and put back, notes, an own reading, a page signed, then the document.
fn memo() -> Tape {
    let mut tape =
        Tape::new(&sample("memo-1963", "base.txt"), &sample("memo-1963", "transcript.txt"));
    let names = tape.of("Kumetssov");
    tape.decide(Verdict::Reject, Scope::Fix, vec![names[0]]);
    tape.decide(Verdict::Accept, Scope::Alike, names.clone());
    let at = tape.review.place(names[0]).span();
    let note = "name checked against line 41, Vasiliyevich Kuznetsov".to_owned();
    tape.act(&Command::Note { at, mark: Mark::Note, note });
    tape.act(&Command::Undo).act(&Command::Redo);
    let first = tape.of("CU");
    tape.decide(Verdict::Accept, Scope::Fix, vec![first[0]]);
    tape.act(&Command::Undo);
    tape.act(&Command::SignOff { page: None, read: Read::Fixes });
    tape
}

/// Tapes a review of three lines: an acceptance, an own reading over it, undo, redo, a note.
fn small() -> Tape {
    let mut tape = Tape::new("one tvo\nthree fuor\nfive\n", "one two\nthree four\nfive\nsix\n");
    let fixes: Vec<FixId> = tape.review.collation().fixes().collect();
    tape.decide(Verdict::Accept, Scope::All, fixes.clone());
    let (scope, target) = (Scope::Word, Target::Span(4..7));
    tape.act(&Command::Edit { scope, target, text: "too".to_owned() });
    tape.decide(Verdict::Reject, Scope::Fix, vec![fixes[1]]);
    tape.act(&Command::Undo).act(&Command::Undo).act(&Command::Redo);
    tape.act(&Command::Note { at: 8..13, mark: Mark::Doubtful, note: String::new() });
    tape
}

#[test]
fn a_bulk_act_is_told_beside_the_places_it_changed() {
    let screen = memo().open(Some(5));
    insta::assert_snapshot!(screen.text(), @r#"
     REPLAY   record 5/11          open 22/25  accepted 3  rejected 0  edited 0  mk
    ── OCR  base.txt ───────────────────────┬── text  as it stood ──────────────────
         ⋯ 7 rows, 1 fix                    │ ?  ⋯                                 │
      73                                    │                                      │
    > 74 Kumetssov said that he wished to   │ ?  Kuznetsov said that he wished to  ├
         stress that the role of our two    │    stress that the role of our two   │
         ⋯ 26 rows, 1 fix                   │ ?  ⋯                                 ├
         other problems. The Secretary      │    other problems. The Secretary     ├
    >    probably realises, Kumetssov said, │ a  probably realises, Kuznetsov said,├
         that the relations between us play │    that the relations between us play│
         ⋯ 2 rows alike                     │    ⋯                                 ┣
         depends to a great extent on our   │    depends to a great extent on our  ├
    >    relations. Kumetssov said he had   │ a  relations. Kuznetsov said he had  ├
         no particular problem in mind but  │    no particular problem in mind but ├
         ⋯ 10 rows alike                    │    ⋯                                 ├
      75                                    │                                      ├
    ── #5  24 Nov 2026  09:10:05 UTC   mk   at the screen ───── stands to the end ──
     accepted   Kumetssov → Kuznetsov   in 3 places: line 74   one act
     was        1 rejected by #4, 2 open   proposed by: corrected text   offered 4
     then #6     note: "name checked against line 41, Vasiliyevi…"   line 74
    09:10 ├s───────────────●┄┄┄┄┄┄┄n┄┄┄┄┄┄┄u┄┄┄┄┄┄┄u┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄u┄┄┄┄┄┄┄┄S┤ 09:10
           B bulk   n note   u undo   S signed off   s session
     Space play  . , one record  ] [ next mark  0-9 tenths  : go to  + - speed   1x
     / search  H this line's history  x export as it stands  v verify  ? keys
    "#);
    insta::assert_snapshot!(screen.reversed().join("|"), @r#"
    Kumetssov|Kuznetsov|Kumetssov|Kuznetsov|Kumetssov|Kuznetsov
    "#);
}

#[test]
fn every_record_is_told_with_what_became_of_it() {
    let mut screen = memo().open(Some(3));
    let mut told = String::new();
    for _ in 3..=11 {
        let lines: Vec<String> = (16..20).map(|row| screen.row(row)).collect();
        told += &lines.join("\n");
        told += "\n\n";
        screen.press(".");
    }
    insta::assert_snapshot!(told, @r#"
    ── #3  24 Nov 2026  09:10:03 UTC   mk   at the screen ──────────────────────────
     a session begins   at the screen, with recto/0.1.0

     then #4     rejected   Kumetssov stays, not Kuznetsov   line 74

    ── #4  24 Nov 2026  09:10:04 UTC   mk   at the screen ──────── replaced by #5 ──
     rejected   Kumetssov stays, not Kuznetsov   line 74
     was        open   proposed by: corrected text
     then #5     accepted   Kumetssov → Kuznetsov   in 3 places: line 74   one act

    ── #5  24 Nov 2026  09:10:05 UTC   mk   at the screen ───── stands to the end ──
     accepted   Kumetssov → Kuznetsov   in 3 places: line 74   one act
     was        1 rejected by #4, 2 open   proposed by: corrected text   offered 4
     then #6     note: "name checked against line 41, Vasiliyevi…"   line 74

    ── #6  24 Nov 2026  09:10:06 UTC   mk   at the screen ───── stands to the end ──
     note: "name checked against line 41, Vasiliyevich Kuznetsov"   line 74
     on         Kumetssov
     then #7     took back #6   note: "name checked against l…"   line 74

    ── #7  24 Nov 2026  09:10:07 UTC   mk   at the screen ──────── put back by #8 ──
     took back #6   note: "name checked against line 41, Vas…"   line 74

     then #8     put back #6   note: "name checked against l…"   line 74

    ── #8  24 Nov 2026  09:10:08 UTC   mk   at the screen ───── stands to the end ──
     put back #6   note: "name checked against line 41, Vas…"   line 74

     then #9     accepted   CU → CUT   line 19

    ── #9  24 Nov 2026  09:10:09 UTC   mk   at the screen ───────── undone by #10 ──
     accepted   CU → CUT   line 19
     was        open   proposed by: corrected text
     then #10    took back #9   accepted   CU → CUT   line 19

    ── #10  24 Nov 2026  09:10:10 UTC   mk   at the screen ──── stands to the end ──
     took back #9   accepted   CU → CUT   line 19

     then #11    signed the document   read: its fixes   22 open

    ── #11  24 Nov 2026  09:10:11 UTC   mk   at the screen ──── stands to the end ──
     signed the document   read: its fixes   22 open

     then       the end of the log
    "#);
}

#[test]
fn the_right_pane_is_the_text_as_it_stood() {
    let tape = small();
    let mut screen = tape.open(None);
    for (index, record) in tape.records.iter().enumerate().rev() {
        screen.press(&format!(":#{}<Enter>", record.seq));
        let mut naive =
            Review::new(Collation::complete(plan(text(&tape.texts[0]), text(&tape.texts[1]))));
        for record in &tape.records[..=index] {
            if let Some(event) = record.event() {
                naive.apply(record.seq, event).expect("fits");
            }
        }
        let shown = screen.model.review();
        assert_eq!(shown.ledger().established(), naive.ledger().established(), "#{}", record.seq);
        assert_eq!(shown.counts(), naive.counts(), "#{}", record.seq);
    }
}

#[test]
fn low_narrow_and_tiny_screens_keep_when_and_who() {
    let tape = memo();
    let narrow = Screen::open(tape.setup((40, 10), Some(5)));
    insta::assert_snapshot!(narrow.text(), @r#"
     #5/11    open 22/25  a 3  r 0  e 0  mk
    ── OCR  base.txt ───────────────────────
    > 74 Kumetssov said that he wished to
         stress that the role of our two
    ── text  as it stood ───────────────────
      ?  Kuznetsov said that he wished to  ├
         stress that the role of our two   ┣
    ── #5 24 Nov 2026 09:10Z mk ── stands ──
     accepted   Kumetssov → Kuznetsov   in 3
    09:10 ├s─────●┄┄n┄┄u┄┄u┄┄┄┄┄u┄┄┄S┤ 09:10
    "#);
    let low = Screen::open(tape.setup((60, 20), Some(5)));
    insta::assert_snapshot!(low.text(), @r#"
     REPLAY   record 5/11         open 22/25  a 3  r 0  e 0  mk
    ── OCR  base.txt ─────────────┬── text  as it stood ────────
         ⋯ 11 rows, 1 fix         │ ?  ⋯                       │
      73                          │                            ├
    > 74 Kumetssov said that he   │ ?  Kuznetsov said that he  │
         wished to stress that    │    wished to stress that   │
         ⋯ 40 rows, 1 fix         │ ?  ⋯                       ├
         The Secretary probably   │    The Secretary probably  ├
    >    realises, Kumetssov      │ a  realises, Kuznetsov     ┣
         said, that the relations │    said, that the relations┣
         ⋯ 5 rows alike           │    ⋯                       ├
         extent on our relations. │    extent on our relations.│
    >    Kumetssov said he had no │ a  Kuznetsov said he had no├
         particular problem in    │    particular problem in   ├
    ── #5  24 Nov 2026  09:10:05 UTC   mk ─ stands to the end ──
     accepted   Kumetssov → Kuznetsov   in 3 places: line 74   o
     was        1 rejected by #4, 2 open   proposed by: correct…
     then #6     note: "name checked against…"   line 74
    09:10 ├s──────────●┄┄┄┄n┄┄┄┄┄u┄┄┄┄┄u┄┄┄┄┄┄┄┄┄┄u┄┄┄┄┄S┤ 09:10
     Space play  . , one record  ] [ next mark  0-9 tenths   1x
    "#);
    for (columns, rows) in [(0, 0), (1, 1), (3, 2), (10, 3), (20, 5), (7, 40), (200, 8)] {
        let mut screen = Screen::open(tape.setup((columns, rows), Some(5)));
        screen.press(".,gGH<Esc>v:<Esc>/x<Esc>x<Esc>?<Esc>");
    }
}

#[test]
fn ascii_and_letters_that_mislead_are_shown_as_signs() {
    let mut tape = Tape::new("a \u{202e}b\u{1b}[31m c\n", "a b c\n");
    let fixes = tape.review.collation().fixes().collect();
    tape.decide(Verdict::Accept, Scope::Line, fixes);
    let at = 0..1;
    tape.act(&Command::Note {
        at,
        mark: Mark::Sic,
        note: "\u{1b}]0;x\u{7} \u{202e}evil".to_owned(),
    });
    let mut setup = tape.setup((80, 24), None);
    setup.repertoire = Repertoire::Ascii;
    let mut screen = Screen::open(setup);
    for keys in ["", ",", ",", "H", "<Esc>"] {
        let shown = screen.press(keys).text();
        assert!(shown.chars().all(|c| c == '\n' || (' '..='~').contains(&c)), "{keys}\n{shown}");
    }
}

/// Returns what the shell was asked to do last.
fn asked(screen: &mut Screen) -> Vec<Effect> {
    std::mem::take(&mut screen.asked)
}

#[test]
fn playing_goes_by_ticks_and_rests_at_the_end() {
    let mut screen = memo().open(Some(3));
    screen.press(" ");
    assert_eq!(asked(&mut screen), [Effect::Wake(Some(1000))], "a second lies between records");
    assert!(screen.row(0).starts_with(" PLAYING  record 3/"));
    screen.send(Msg::Tick);
    assert!(screen.row(0).starts_with(" PLAYING  record 4/"), "{}", screen.row(0));
    asked(&mut screen);
    screen.press("++");
    assert_eq!(asked(&mut screen), [Effect::Wake(Some(500)), Effect::Wake(Some(250))]);
    screen.press(" ");
    assert_eq!(asked(&mut screen), [Effect::Wake(None)], "at rest nothing wakes");
    screen.send(Msg::Tick);
    assert!(screen.row(0).contains("record 4/"), "a late tick moves nothing");
    screen.press(" ");
    while screen.row(0).contains("PLAYING") {
        screen.send(Msg::Tick);
    }
    assert!(screen.row(0).contains("record 11/11"), "{}", screen.row(0));
    assert_eq!(asked(&mut screen).last(), Some(&Effect::Wake(None)));
    screen.press(" ");
    assert!(screen.row(0).contains("PLAYING  record 3/"), "from the start again");
}

#[test]
fn a_prompt_or_panel_lets_it_rest() {
    for keys in [":", "/", "x", "H", "v"] {
        let mut screen = memo().open(Some(3));
        screen.press(" ");
        asked(&mut screen);
        screen.press(keys);
        assert!(asked(&mut screen).contains(&Effect::Wake(None)), "{keys}");
    }
    let mut screen = memo().open(Some(3));
    screen.press(" ?").send(Msg::Tick);
    assert_eq!(asked(&mut screen).last(), Some(&Effect::Wake(None)));
}

#[test]
fn why_a_log_is_told_no_further_is_said_in_full() {
    let mut setup = memo().setup((80, 24), None);
    let why = "the log: record 31 at byte 30004: bytes 1000000000-1000000000 are not a span of the \
               base on character borders";
    setup.notices = vec![why.to_owned()];
    setup.read_only = Some(why.to_owned());
    let mut screen = Screen::open(setup);
    let rows = [screen.row(22), screen.row(23)];
    assert_eq!(rows.map(|row| row.trim().to_owned()).join(" "), why);
    assert!(screen.row(19).contains("then       the log: record 31 at"), "{}", screen.text());
    screen.press("j");
    assert!(screen.row(23).contains("search"), "{}", screen.text());
}

#[test]
fn pauses_are_never_longer_than_a_few_seconds() {
    let mut tape = memo();
    tape.records[2].time = "2026-11-26T09:00:00.000Z".to_owned();
    let mut screen = tape.open(Some(4));
    screen.press(" ");
    assert_eq!(asked(&mut screen), [Effect::Wake(Some(3000))]);
    screen.press(&"+".repeat(9));
    assert_eq!(asked(&mut screen).last(), Some(&Effect::Wake(Some(46))), "64x at most");
}

#[test]
fn jumps_go_where_they_say() {
    let mut screen = memo().open(Some(3));
    let at = |screen: &Screen| {
        let row = screen.row(0);
        let from = row.find("record ").expect("its number") + 7;
        row[from..].split('/').next().expect("a number").to_owned()
    };
    for (keys, record) in [
        ("G", "11"),
        ("g", "3"),
        ("]", "5"),
        ("]", "6"),
        ("]", "7"),
        ("[", "6"),
        ("5", "7"),
        ("9", "10"),
        ("0", "3"),
        (":10<Enter>", "10"),
        (":#4<Enter>", "4"),
        ("/vasil<Enter>", "6"),
        ("/kuznetsov<Enter>", "7"),
        ("n", "8"),
        ("n", "4"),
        ("N", "8"),
    ] {
        screen.press(keys);
        assert_eq!(at(&screen), record, "after {keys}\n{}", screen.text());
    }
    screen.press(":#99<Enter>");
    assert!(screen.text().contains("there is no record 99: the last one is 11"));
    screen.press("/nowhere<Enter>");
    assert!(screen.text().contains("no record has \"nowhere\""));
}

#[test]
fn no_key_of_a_replay_records_anything() {
    let keys: Vec<char> = (' '..='~').collect();
    let mut screen = small().open(Some(5));
    for key in keys {
        screen.press(&if key == '<' { "<lt>".to_owned() } else { key.to_string() });
        screen.press("<Enter><Esc><Esc>");
    }
    let written = |effect: &Effect| matches!(effect, Effect::Append(_) | Effect::Remember(_));
    assert!(screen.log.is_empty() && !screen.asked.iter().any(written));
}

#[test]
fn the_export_is_of_the_record_shown() {
    let mut screen = memo().open(Some(5));
    screen.press("x");
    let foot: Vec<String> = (21..24).map(|row| screen.row(row)).collect();
    insta::assert_snapshot!(foot.join("\n"), @r#"
    ── write the text as it stood after #5, 22 still open ──────────────────────────
     write to base.at-5.txt                 [as in the OCR]  as corrected   marked
     Enter go  Esc back  Tab next choice                                   write to
    "#);
    screen.press("<Enter>");
    let Some(Effect::Export { path, pending, force, .. }) = screen.asked.last() else {
        panic!("{:?}", screen.asked)
    };
    assert_eq!((path.as_str(), pending.as_deref(), *force), ("base.at-5.txt", Some("base"), false));
    assert_eq!(screen.model.replayed().map(|record| record.seq), Some(5));
}

#[test]
fn the_check_is_shown_as_it_is_printed() {
    let mut screen = memo().open(None);
    screen.press("v");
    assert!(screen.asked.contains(&Effect::Verify) && screen.text().contains("verifying …"));
    screen.send(Msg::Verified("chain    ok\nRESULT   intact to 12\n".to_owned()));
    assert!(screen.text().contains("RESULT   intact to 12"), "{}", screen.text());
    assert!(screen.press("<Esc>").row(0).contains("REPLAY"));
}

#[test]
fn the_history_of_a_line_leads_to_its_records() {
    let mut screen = memo().open(Some(5));
    screen.press("H");
    insta::assert_snapshot!(screen.text(), @r#"
     REPLAY   record 5/11          open 22/25  accepted 3  rejected 0  edited 0  mk
    ── line 74, in the whole log ───────────────────────────────────────── 4 of 6 ──
      #4     24 Nov 2026  09:10:04 UTC  mk                                 replaced
        reject  fix    Kumetssov stays
      #5     24 Nov 2026  09:10:05 UTC  mk  (shown)                          stands
        accept  alike  Kumetssov → Kuznetsov
      #5     24 Nov 2026  09:10:05 UTC  mk  (shown)                          stands
        accept  alike  Kumetssov → Kuznetsov
    > #5     24 Nov 2026  09:10:05 UTC  mk  (shown)                          stands
        accept  alike  Kumetssov → Kuznetsov
      #6     24 Nov 2026  09:10:06 UTC  mk
        note: "name checked against line 41, Vasiliyevich Kuznet…"   line 74
      #11    24 Nov 2026  09:10:11 UTC  mk
        signed the document   read: its fixes   22 open









     Enter go to that record  j later  k earlier  Esc close                 history
    "#);
    screen.press("kkk<Enter>");
    assert!(screen.row(0).contains("record 4/"), "{}", screen.text());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_keys_at_any_size_show_what_the_record_says(
        keys in prop::collection::vec(prop::sample::select(
            vec![".", ",", "]", "[", "g", "G", "5", "j", "k", "<PgDn>", "<Enter>", "H", "<Esc>", "t", " ", "x"],
        ), 0..40),
        columns in 0_u16..100,
        rows in 0_u16..30,
    ) {
        let tape = small();
        let mut screen = Screen::open(tape.setup((columns, rows), Some(5)));
        for key in keys {
            screen.press(key);
            screen.send(Msg::Tick);
        }
        let seq = screen.model.replayed().expect("a replay").seq;
        let mut naive = Review::new(Collation::complete(plan(text(&tape.texts[0]), text(&tape.texts[1]))));
        let events: Vec<(u64, &Event)> =
            tape.records.iter().filter_map(|it| Some((it.seq, it.event()?))).collect();
        for (seq, event) in events.into_iter().filter(|(at, _)| *at <= seq) {
            naive.apply(seq, event).expect("fits");
        }
        prop_assert_eq!(screen.model.review().ledger().established(), naive.ledger().established());
    }
}

#[test]
fn an_act_of_several_changes_names_as_many_as_fit() {
    let tape = small();
    let wide = Screen::open(tape.setup((80, 24), Some(4)));
    let narrow = Screen::open(tape.setup((50, 24), Some(4)));
    let told = [&wide, &narrow].map(|screen| {
        let row = (0..24).map(|row| screen.row(row)).find(|row| row.starts_with(" accepted"));
        row.expect("a record in words")
    });
    assert_eq!(
        told[0],
        " accepted   in 3 places: lines 1, 2, 4   tvo → two, fuor → four, …   one act"
    );
    assert_eq!(told[1], " accepted   in 3 places: lines 1, 2, 4   one act");
}
