//! The TEI edition: well-formed, and with each side's readings that side's text.

use insta::assert_snapshot;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use recto::export::established::{Pending, established};
use recto::export::readers::{Reader, Readers};
use recto::log::merge::merge;
use recto::log::witness::Witness;
use recto::review::command::Command as Wish;
use recto::review::event::{Mark, Verdict};

use super::{Desk, ODD, json, python};

const EDITION: &str = include_str!("../../cases/export/edition.py");

/// Makes the cases of one review: what is to be read of each of its editions.
fn cases(desk: &Desk) -> Vec<Vec<(&'static str, String)>> {
    let text = |pending| established(&desk.review, pending);
    let base = || ("base", desk.review.base().as_str().to_owned());
    let proposed = || ("proposed", text(Pending::Transcript));
    let case = |pending| {
        let stands = ("stands", text(pending));
        vec![("export", desk.text("tei", Some(pending))), base(), proposed(), stands]
    };
    let marked = vec![("export", desk.text("tei", Some(Pending::Mark))), base(), proposed()];
    vec![case(Pending::Base), case(Pending::Transcript), marked]
}

#[test]
fn each_side_of_the_edition_is_its_text() {
    let desks = ODD.iter().flat_map(|(base, fair)| {
        let fresh = Desk::new(base, fair);
        let mut all = Desk::new(base, fair);
        let fixes: Vec<_> = all.review.collation().fixes().collect();
        all.decide(Verdict::Accept, fixes);
        [fresh, all, Desk::reviewed(base, fair), Desk::renewed(base, fair)]
    });
    let cases: Vec<_> = desks.flat_map(|desk| cases(&desk)).collect();
    python(EDITION, &json(&cases));
}

/// Texts of a few letters, blanks, line ends, page ends and troublemakers.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        "two",
        " ",
        " ",
        "\n",
        "\n",
        "\r\n",
        "\u{c}",
        "-\n",
        "\0",
        "\u{ffff}",
        "<",
        "&",
        "é",
        "\u{202e}",
        "x\n",
        "long line of it\n",
        "\t",
    ]);
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

#[test]
pub(crate) fn each_side_of_any_edition_is_its_text() {
    let strategy = (text(), text(), prop::collection::vec((0usize..12, 0usize..4), 0..6));
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut all = Vec::new();
    for _ in 0..200 {
        let tree = strategy.new_tree(&mut runner).expect("a case");
        let (base, fair, acts): (String, String, Vec<(usize, usize)>) = tree.current();
        let mut desk = Desk::new(&base, &fair);
        for (at, act) in acts {
            let fix = desk.review.collation().fixes().nth(at);
            let line = desk.review.base().line(at);
            match act {
                0 => desk.decide(Verdict::Accept, fix),
                1 => desk.decide(Verdict::Reject, fix),
                2 => {
                    let mark = [Mark::Sic, Mark::Doubtful, Mark::Illegible][at % 3];
                    desk.wish(&Wish::Note { at: line, mark, note: base.clone() });
                }
                _ => desk.edit_line(at, "two <new>\nlines"),
            }
        }
        all.extend(cases(&desk));
    }
    python(EDITION, &json(&all));
}

#[test]
fn the_text_of_an_edition() {
    let base = "The memo has one eror.\nKumetssov sp0ke of a co-\noperation\u{c}on p 2\u{0}.\n";
    let fair = "The memo had one error.\nKuznetsov spoke of a cooperation\u{c}on p 2.\nEnd\n";
    let mut desk = Desk::new(base, fair);
    let fixes: Vec<_> = desk.review.collation().fixes().collect();
    desk.decide(Verdict::Accept, fixes[..3].iter().copied());
    desk.decide(Verdict::Accept, fixes[4..5].iter().copied());
    desk.edit_line(0, "The memo has an error.");
    let memo = 4..8;
    desk.wish(&Wish::Note { at: memo, mark: Mark::Sic, note: "so & no other".to_owned() });
    let line = desk.review.base().line(1);
    desk.wish(&Wish::Note { at: line, mark: Mark::Doubtful, note: String::new() });
    let edition = desk.text("tei", Some(Pending::Base));
    let (head, body) = edition.split_once("<body>").expect("a body");
    assert_snapshot!(body, @r##"

    <ab xml:space="preserve"><pb n="1"/><lb n="1"/>The <sic>memo</sic><note type="sic" resp="#reviewer-1-mk" n="7">so &amp; no other</note> has <choice><sic>one</sic><corr resp="#reviewer-1-mk" n="6">an</corr></choice> <choice><sic>eror</sic><corr resp="#reviewer-1-mk" n="4" source="#transcript">error</corr></choice>.
    <unclear cert="low"><lb n="2"/><choice><sic>Kumetssov</sic><corr resp="#reviewer-1-mk" n="4" source="#transcript" cert="low">Kuznetsov</corr></choice> <app type="open"><lem wit="#ocr">sp0ke</lem><rdg wit="#transcript">spoke</rdg></app> of a co<choice><sic>-
    <lb n="3"/></sic><corr resp="#reviewer-1-mk" n="5" source="#transcript" cert="low"></corr></choice></unclear><note type="doubtful" resp="#reviewer-1-mk" n="8">doubtful</note>operation<g ref="#u000C">␌</g><pb n="2"/>on p 2<app type="open"><lem wit="#ocr"><g ref="#u0000">␀</g></lem><rdg wit="#transcript"></rdg></app>.
    <lb/><app type="open"><lem wit="#ocr"></lem><rdg wit="#transcript">End
    </rdg></app></ab>
    </body>
    </text>
    </TEI>
    "##);
    let (_, revisions) = head.split_once("<revisionDesc>").expect("changes");
    assert_snapshot!(revisions, @r##"

    <change when="2026-11-23T17:00:03.114Z" who="#reviewer-1-mk" n="3">a session of records 3 to 8: 3 decided, 2 noted</change>
    <change when="2026-11-23T17:00:00.114Z" who="#reviewer-1-mk" n="0">the log was opened</change>
    </revisionDesc>
    </teiHeader>
    <text>
    "##);
}

/// Makes an edition of two reviewers' logs, and the text that it gives: in one place both agree, in
/// one they don't, the rest only one of them has decided, or neither.
pub(super) fn apparatus((base, fair): (&str, &str), pending: Pending) -> (String, String) {
    let mut desks = [Desk::new(base, fair), Desk::new(base, fair)];
    let fixes: Vec<_> = desks[0].review.collation().fixes().collect();
    let some =
        |at: &[usize]| at.iter().filter_map(|&at| fixes.get(at).copied()).collect::<Vec<_>>();
    desks[0].decide(Verdict::Accept, some(&[0, 2, 4]));
    desks[1].decide(Verdict::Accept, some(&[2]));
    desks[1].decide(Verdict::Reject, some(&[0]));
    let mut audits = desks.each_ref().map(|desk| desk.log().audit);
    for (audit, (id, who)) in audits.iter_mut().zip([("aa", "1-mk"), ("bb", "ab")]) {
        let header = audit.header.as_mut().expect("a log has one");
        (header.log, header.reviewer) = (id.repeat(16), who.to_owned());
        let replay = audit.replay.as_mut().expect("a log has one");
        replay.header = header.clone();
    }
    let witnesses = audits.each_ref().map(|audit| Witness::of(audit).expect("a sound log"));
    let runs = merge(&witnesses.each_ref());
    let reader = |it: &'_ Witness| Reader {
        name: format!("{}.recto.jsonl", it.reviewer),
        id: Box::leak(it.log.clone().into_boxed_str()),
        reviewer: Box::leak(it.reviewer.clone().into_boxed_str()),
        head: it.head(),
    };
    let readers = || Readers { logs: witnesses.iter().map(reader).collect(), runs: &runs };
    let stands = readers().established(&desks[0].review, pending);
    let edition = desks[0].told(Some(pending), Some(readers()), recto::export::tei::tei);
    (String::from_utf8(edition).expect("UTF-8"), stands)
}

#[test]
fn several_reviewers_are_witnesses_of_an_apparatus() {
    let base = "Kumetssov has one eror.\nteh end\nof it\n";
    let fair = "Kuznetsov had one error.\nthe end\nnew\nof it\n";
    let (edition, stands) = apparatus((base, fair), Pending::Base);
    let (_, body) = edition.split_once("<body>").expect("a body");
    assert_snapshot!(body, @r##"

    <ab xml:space="preserve"><pb n="1"/><lb n="1"/><app type="disputed"><lem wit="#log-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb #ocr">Kumetssov</lem><rdg wit="#log-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">Kuznetsov</rdg></app> <app type="open"><lem wit="#ocr">has</lem><rdg wit="#transcript">had</rdg></app> one <choice><sic>eror</sic><corr resp="#reviewer-1-mk #reviewer-ab">error</corr></choice>.
    <lb n="2"/><app type="open"><lem wit="#ocr">teh</lem><rdg wit="#transcript">the</rdg></app> end
    <lb/><choice><sic></sic><corr resp="#reviewer-1-mk">new
    </corr></choice><lb n="3"/>of it
    </ab>
    </body>
    </text>
    </TEI>
    "##);
    let case = vec![("export", edition.clone()), ("base", base.to_owned()), ("stands", stands)];
    python(EDITION, &json(&[case]));
}
