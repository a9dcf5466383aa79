//! Every format on small, odd and hostile texts, read back by the tools that it is for. Where a
//! tool is lacking, the test says so in print.

mod cast;
mod events;
mod looks;
mod patch;
mod reports;
mod tei;

use std::io::Write as _;
use std::process::{Command, Stdio};

use recto::collate::collation::Collation;
use recto::collate::fix::FixId;
use recto::collate::plan::plan;
use recto::digest::Digest;
use recto::document::Document;
use recto::export::about::{About, Log};
use recto::export::established::Pending;
use recto::export::format::Format;
use recto::export::readers::Readers;
use recto::log::audit::{Audit, Plan, audit};
use recto::log::draft::{self, Embed, NewLog};
use recto::log::encode;
use recto::log::history::history;
use recto::log::record::{Body, By, Record, Session};
use recto::review::command::{Command as Wish, Decide, Reach, Target};
use recto::review::counts::State;
use recto::review::decide::decide;
use recto::review::event::{Mark, Read, Scope, Verdict};
use recto::review::state::Review;

use crate::counts::{counted, skipped};
use crate::log::document;

/// Texts that break what is careless: the base and the transcript.
pub(crate) const ODD: &[(&str, &str)] = &[
    ("", ""),
    ("", "a\n"),
    ("a\n", ""),
    ("", "a"),
    ("a", "a\n"),
    ("a\n", "a"),
    ("\u{feff}one\r\ntwo\r\n", "one\ntwo\n"),
    ("\u{feff}one\ntwo", "\u{feff}One\ntwo\n"),
    ("one\r\ntwo\r\n", "one\r\ntow\r\n"),
    ("a\n\n\n\nb\n", "a\nb\n"),
    ("p1\n\u{c}p2 teh\n", "p1\n\u{c}p2 the\n"),
    ("two words\nor three\n", "two\nwords or three\n"),
    ("a co-\noperation of\nthe two\nlines\n", "a cooperation of the\ntwo\nnew line\nlines\n"),
    ("=1+2\n@x 'tis \"q\", -3\n", "=1+3\n@y 'its \"Q\", +3\n"),
    ("<b>&amp; ]]> <!-- -->\n", "<i>&lt; ]]> --> <!--\n"),
    ("```\n# `x`` | *y*\n", "```\n## `x``` | **y**\n"),
    (
        "\u{0}\u{1}\u{1b}[31m\u{7f}\u{85}\u{2028}x\u{fffe}\u{ffff}\n",
        "\u{0}\u{2}y\u{fdd0}z\u{10ffff}\n",
    ),
    ("\u{202e}evil\u{202c} a\u{200b}b \u{feff}\n", "live ab\n"),
    ("שלום עולם\nالاخطاء\n漢字テスト\n", "שָׁלוֹם עולם\nالأخطاء\n漢字テキスト\n"),
    ("\u{301}\u{301}x\n", "\u{301}y\n"),
];

/// Holds a review in memory, with a log as the program writes it.
pub(crate) struct Desk {
    base: Document,
    transcript: Document,
    pub(crate) review: Review,
    records: Vec<Body>,
}

/// Holds a log that was read.
pub(crate) struct Kept {
    bytes: Vec<u8>,
    pub(crate) audit: Audit,
}

impl Desk {
    /// Lays out two texts; nothing is decided.
    pub(crate) fn new(base: &str, transcript: &str) -> Self {
        let (base, transcript) = (document("base.txt", base), document("fair <1>.txt", transcript));
        let plan = plan(base.text.clone(), transcript.text.clone());
        let session = Session {
            app: "recto/0.1.0".to_owned(),
            reviewer: "1-mk".to_owned(),
            by: By::Screen,
            blind: false,
            scans: Vec::new(),
            login_key: None,
        };
        let log = NewLog {
            log: "0123456789abcdef".repeat(2),
            document: "base".to_owned(),
            page_break: None,
            base: &base,
            transcript: Some(&transcript),
            embed: Embed::Usual,
            seen: Vec::new(),
            session,
        };
        let records = log.records();
        Self { review: Review::new(Collation::complete(plan)), records, base, transcript }
    }

    /// Decides some of it: the first fix accepted, the second rejected, a word of the reviewer's
    /// own, a note with markup in it, a sign-off that is taken back.
    pub(crate) fn reviewed(base: &str, transcript: &str) -> Self {
        let mut desk = Self::new(base, transcript);
        let fixes: Vec<FixId> = desk.review.collation().fixes().collect();
        desk.decide(Verdict::Accept, fixes.first().copied());
        desk.decide(Verdict::Reject, fixes.get(1).copied());
        let word = base.find("two").map(|at| at..at + 3);
        if let Some(span) = word {
            let text = "<2> & \"zwei\" 'tis".to_owned();
            desk.wish(&Wish::Edit { scope: Scope::Word, target: Target::Span(span), text });
        }
        let line = desk.review.base().line(0);
        let note = "=a<b>\u{7}` --".to_owned();
        desk.wish(&Wish::Note { at: line, mark: Mark::Doubtful, note });
        desk.wish(&Wish::SignOff { page: None, read: Read::Fixes });
        desk.wish(&Wish::Undo);
        desk
    }

    /// Takes a newer transcript.
    pub(crate) fn propose(&mut self, name: &str, transcript: &str) {
        self.transcript = document(name, transcript);
        self.records.extend(draft::proposals(&self.transcript, Embed::Usual));
        let plan = plan(self.base.text.clone(), self.transcript.text.clone());
        self.review.recollate(Collation::complete(plan));
    }

    /// Decides as in [`Self::reviewed`], then over a newer transcript, which lacks a line.
    pub(crate) fn renewed(base: &str, transcript: &str) -> Self {
        let mut desk = Self::reviewed(base, transcript);
        let newer = transcript.split_once('\n').map_or(base, |(_, rest)| rest);
        desk.propose("fairer & newer.txt", newer);
        let fixes: Vec<FixId> = desk.review.collation().fixes().collect();
        desk.decide(Verdict::Accept, fixes.last().copied());
        desk
    }

    pub(crate) fn decide(&mut self, verdict: Verdict, fixes: impl IntoIterator<Item = FixId>) {
        let fixes: Vec<FixId> = fixes.into_iter().collect();
        let (scope, reach) = (Scope::Fix, Reach::Every);
        let wish = Decide { verdict, scope, fixes, own: Vec::new(), reach, offered: None };
        self.wish(&Wish::Decide(wish));
    }

    /// Decides what can be decided; a refusal changes nothing.
    pub(crate) fn wish(&mut self, wish: &Wish) {
        let Ok(decision) = decide(&self.review, wish) else { return };
        for event in decision.events {
            let seq = self.records.len() as u64;
            self.review.apply(seq, &event).expect("what was decided fits");
            self.records.push(Body::Review(event));
        }
    }

    /// Edits a line of the base, if there is one.
    pub(crate) fn edit_line(&mut self, line: usize, text: &str) {
        let span = self.review.base().line(line);
        if !span.is_empty()
            && let Some(row) = self.review.collation().row_at(span.start)
        {
            let text = text.to_owned();
            self.wish(&Wish::Edit { scope: Scope::Line, target: Target::Row(row), text });
        }
    }

    /// Writes the log and reads it again. Its clock goes on by a second a record.
    pub(crate) fn log(&self) -> Kept {
        let mut bytes = Vec::new();
        let mut head = Digest::ZERO;
        for (seq, body) in self.records.iter().enumerate() {
            let (minute, second) = (seq / 60, seq % 60);
            let time = format!("2026-11-23T17:{minute:02}:{second:02}.114Z");
            let record = Record { seq: seq as u64, time, body: body.clone() };
            let line = encode::line(&record, head);
            head = line.hash;
            bytes.extend_from_slice(&line.bytes);
        }
        let audit = audit(&bytes, Plan { keep: true, ..Plan::default() });
        assert_eq!(audit.complaint(), None);
        Kept { bytes, audit }
    }

    /// Makes the bytes of a format.
    pub(crate) fn export(&self, format: &str, pending: Option<Pending>) -> Vec<u8> {
        let format = Format::named(format).expect("a format");
        let screen = |_: &About<'_>| unreachable!("it is not asked for");
        self.with_about(pending, |about| format.bytes(about, screen).expect("nothing refused"))
    }

    /// Makes bytes of what an export tells of.
    pub(crate) fn with_about(
        &self,
        pending: Option<Pending>,
        make: impl FnOnce(&About<'_>) -> Vec<u8>,
    ) -> Vec<u8> {
        self.told(pending, None, make)
    }

    /// Makes bytes of what an export tells of this review, the first of several.
    pub(crate) fn told(
        &self,
        pending: Option<Pending>,
        readers: Option<Readers<'_>>,
        make: impl FnOnce(&About<'_>) -> Vec<u8>,
    ) -> Vec<u8> {
        let kept = self.log();
        let opened = kept.audit.header.as_ref().expect("a log has one");
        let replay = kept.audit.replay.as_ref().expect("it holds its texts");
        let entries = history(opened, self.review.base(), &kept.audit.records).expect("sound");
        let about = About {
            review: &self.review,
            base: &self.base,
            transcript: Some(&self.transcript),
            reviewer: "1-mk",
            pending,
            readers,
            log: Some(Log {
                name: "base.1-mk.recto.jsonl",
                bytes: kept.bytes.len(),
                file_sha256: Digest::of(&kept.bytes),
                size: kept.audit.size,
                head: kept.audit.head,
                opened,
                transcripts: &replay.transcripts,
                history: entries,
            }),
        };
        make(&about)
    }

    pub(crate) fn text(&self, format: &str, pending: Option<Pending>) -> String {
        String::from_utf8(self.export(format, pending)).expect("UTF-8")
    }

    /// Says whether some fix is in this state.
    pub(crate) fn has(&self, state: State) -> bool {
        self.review.collation().fixes().any(|id| self.review.state(id) == state)
    }
}

/// Returns whether a program can be run here; says so if not.
pub(crate) fn has(program: &str) -> bool {
    let mut command = Command::new(program);
    let run = command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    let there = run.status().is_ok();
    if !there {
        println!("skipped: no {program} here");
    }
    there
}

/// Runs a Python program with `input` on its standard input and returns what it prints; none, with
/// a line that says so, where there is no Python.
pub(crate) fn python(program: &str, input: &[u8]) -> Option<String> {
    if !has("python3") {
        return None;
    }
    let mut child = Command::new("python3")
        .args(["-X", "utf8", "-c", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input).expect("python reads");
    drop(stdin);
    let done = child.wait_with_output().expect("python ends");
    assert!(done.status.success(), "python failed");
    Some(String::from_utf8(done.stdout).expect("UTF-8"))
}

/// Puts texts into one JSON document, for one run of Python.
pub(crate) fn json(cases: &[Vec<(&str, String)>]) -> Vec<u8> {
    let object = |case: &Vec<(&str, String)>| -> serde_json::Value {
        let members = case.iter().map(|(name, text)| ((*name).to_owned(), text.as_str().into()));
        serde_json::Value::Object(members.collect())
    };
    serde_json::to_vec(&cases.iter().map(object).collect::<Vec<_>>()).expect("strings")
}

#[test]
#[ignore = "seconds; cargo test --release -- --ignored"]
fn t17_exports_read_back_by_what_they_are_for() {
    if !["python3", "patch", "cmark"].into_iter().all(has) {
        return skipped("T17", "no python3, patch or cmark here");
    }
    tei::each_side_of_any_edition_is_its_text();
    events::a_record_of_events_is_complete_in_itself();
    events::editions_and_events_follow_their_schemas();
    cast::the_last_picture_is_the_screen_at_the_end();
    cast::every_act_has_its_marker_and_its_time();
    patch::the_diff_makes_the_text_of_the_base();
    reports::markdown_from_odd_texts_is_what_it_says();
    reports::python_reads_the_table_as_it_was_meant();
    reports::a_page_is_whole_whatever_the_texts();
    let what = "exports read back (tei, premis, cast, diff, markdown, csv, html); no ALTO, PAGE, \
                bag: not written by recto";
    counted("T17", 3, 7, what);
}

#[test]
fn some_of_the_reviews_hold_every_state() {
    let desks: Vec<Desk> = ODD.iter().map(|(base, fair)| Desk::reviewed(base, fair)).collect();
    for state in [State::Open, State::Accepted, State::Rejected, State::Edited] {
        assert!(desks.iter().any(|desk| desk.has(state)), "{state:?}");
    }
    assert!(desks.iter().any(|desk| desk.review.own_in(0..desk.review.base().len()).count() > 0));
}
