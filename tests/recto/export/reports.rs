//! Reports for people and tables for machines: html, markdown, csv.

use std::process::Command;

use insta::assert_snapshot;
use recto::review::command::{Command as Wish, Target};
use recto::review::event::{Mark, Scope, Verdict};

use super::{Desk, ODD, has, json, python};

const BASE: &str = "The memo has one eror.\nKumetssov <b>spoke</b>.\n=1+2, it says.\n";
const TRANSCRIPT: &str = "The memo had one error.\nKuznetsov <b>spoke</b>.\n=1+3, it says.\n";

/// Lays out a review with one of everything; its last act is a note.
fn desk() -> Desk {
    let mut desk = Desk::new(BASE, TRANSCRIPT);
    let fixes: Vec<_> = desk.review.collation().fixes().collect();
    desk.decide(Verdict::Accept, fixes[..2].iter().copied());
    desk.decide(Verdict::Reject, [fixes[2]]);
    let spoke = BASE.find("spoke").expect("it is there");
    let (span, text) = (spoke..spoke + 5, "speaks".to_owned());
    desk.wish(&Wish::Edit { scope: Scope::Word, target: Target::Span(span), text });
    let (at, note) = (spoke..spoke + 5, "so | it `stands`".to_owned());
    desk.wish(&Wish::Note { at, mark: Mark::Sic, note });
    desk
}

#[test]
fn a_report_in_markdown() {
    assert_snapshot!(desk().text("markdown", None), @r#"
    # Review of base

    - OCR: base.txt, 62 bytes, SHA-256 `7ded5fed2647cd4c9b954578af8eeff7822549045bfec808b0324a5f87682a34`
    - Corrected: fair \<1\>.txt, 63 bytes, SHA-256 `b6a9bd6aee8817a5c88ea9d3b5d592d8c5cd5760deab4ea29db873bfb949633c`
    - Reviewer: 1-mk
    - Log: base.1-mk.recto.jsonl, 8 records, head `6ce9325fc2c3cf1006e4bf3d925fd34de63b7a6ff2a1ad51530e0282df295445`
    - Text as it stands: 64 bytes, open fixes as in the OCR, SHA-256 `d79f1417bbae81752f8042cfa3c2f92bc5ed08926305fc4c9715535e67821e10`

    ## Where it stands

    - 1 open
    - 2 accepted
    - 1 rejected
    - 1 own changes where both texts agree

    Fixes by kind:

    - 1 digit
    - 3 word

    ## Fixes and changes

    ### Page 1

    - line 1: `has` → `had` (word, accepted by 1-mk on 2026-11-23T17:00:04.114Z, record 4)
    - line 1: `eror` → `error` (word, accepted by 1-mk on 2026-11-23T17:00:04.114Z, record 4)
    - line 2: `Kumetssov` stays, not `Kuznetsov` (word, rejected by 1-mk on 2026-11-23T17:00:05.114Z, record 5)
    - line 2: `spoke` → `speaks` (own, edited by 1-mk on 2026-11-23T17:00:06.114Z, record 6)
    - line 3: `2` → `3` (digit, open)

    ## Notes

    - page 1, line 2: sic, on `spoke`: `` so | it `stands` `` (record 7)
    "#);
}

#[test]
pub(crate) fn markdown_from_odd_texts_is_what_it_says() {
    let cmark = has("cmark");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (base, transcript) in ODD {
        let text = Desk::reviewed(base, transcript).text("markdown", None);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        if !cmark {
            continue;
        }
        let path = folder.path().join("report.md");
        std::fs::write(&path, &text).expect("a file");
        let run = Command::new("cmark").arg(&path).output().expect("cmark starts");
        let html = String::from_utf8(run.stdout).expect("UTF-8");
        // Whatever came from the texts is within code; nothing of it became markup.
        for tag in ["<em>", "<strong>", "<a ", "<img", "<!--", "<pre>", "<b>", "<i>", "<hr"] {
            assert!(!html.contains(tag), "{tag} of {base:?}: {html}");
        }
        let count = |tag: &str| html.matches(tag).count();
        assert_eq!(count("<code>"), count("</code>"));
        assert_eq!(count("<h1>"), 1, "{html}");
    }
}

#[test]
fn a_table_for_spreadsheets() {
    let text = desk().text("csv", None);
    assert_eq!(text.lines().count(), text.matches("\r\n").count());
    assert_snapshot!(text.replace("\r\n", "\n"), @r#"
    page,line,start,end,n,kind,state,base,proposed,reading,reading_start,reading_end,reviewer,time,seq,mark,note
    1,1,9,12,0,word,accepted,has,had,had,9,12,1-mk,2026-11-23T17:00:04.114Z,4,,
    1,1,17,21,0,word,accepted,eror,error,error,17,21,1-mk,2026-11-23T17:00:04.114Z,4,,
    1,2,23,32,0,word,rejected,Kumetssov,Kuznetsov,Kumetssov,23,32,1-mk,2026-11-23T17:00:05.114Z,5,,
    1,2,36,41,0,own,edited,spoke,,speaks,36,41,1-mk,2026-11-23T17:00:06.114Z,6,sic,so | it `stands`
    1,3,50,51,0,digit,open,2,3,,,,,,,,
    "#);
}

/// Exports every odd review in two formats, for a program that holds one against the other.
fn odd(format: &str) -> Vec<u8> {
    let cases = ODD.iter().map(|(base, transcript)| {
        let desk = Desk::reviewed(base, transcript);
        vec![("data", desk.text("json", None)), ("export", desk.text(format, None))]
    });
    json(&cases.collect::<Vec<_>>())
}

#[test]
pub(crate) fn python_reads_the_table_as_it_was_meant() {
    python(include_str!("../../cases/export/table.py"), &odd("csv"));
}

#[test]
pub(crate) fn a_page_is_whole_whatever_the_texts() {
    python(include_str!("../../cases/export/page.py"), &odd("html"));
}

#[test]
fn a_page_tells_rows_states_and_history() {
    let page = desk().text("html", None);
    let (_, rows) = page.split_once("Fixes</th></tr></thead>").expect("the texts");
    let (rows, rest) = rows.split_once("</tbody>").expect("an end");
    assert_snapshot!(rows.trim_start(), @r##"
    <tbody>
    <tr class="changed"><th scope="row" id="l1">1</th><td class="text" lang="" dir="auto">The memo <del>ha<b>s</b></del> one <del>eror</del>.</td><td class="text" lang="" dir="auto">The memo <ins>ha<b>d</b></ins> one <ins>er<b>r</b>or</ins>.</td><td class="fixes"><ul><li>a accepted: <bdi class="reading" lang="">has</bdi> → <bdi class="reading" lang="">had</bdi>, word, <bdi>1-mk</bdi> <a href="#r4">#4</a></li><li>a accepted: <bdi class="reading" lang="">eror</bdi> → <bdi class="reading" lang="">error</bdi>, word, <bdi>1-mk</bdi> <a href="#r4">#4</a></li></ul></td></tr>
    <tr class="changed"><th scope="row" id="l2">2</th><td class="text" lang="" dir="auto">Kumetssov &lt;b&gt;<del>sp<b>ok</b>e</del>&lt;/b&gt;.</td><td class="text" lang="" dir="auto"><span class="kept">Kumetssov</span> &lt;b&gt;<ins>spe<b>aks</b></ins>&lt;/b&gt;.</td><td class="fixes"><ul><li>r rejected: <bdi class="reading" lang="">Kumetssov</bdi> → <bdi class="reading" lang="">Kuznetsov</bdi>, word, <bdi>1-mk</bdi> <a href="#r5">#5</a></li><li>e edited: <bdi class="reading" lang="">spoke</bdi> → yours <bdi class="reading" lang="">speaks</bdi>, own, <bdi>1-mk</bdi> <a href="#r6">#6</a></li><li>note, sic: <bdi>so | it `stands`</bdi>, <bdi>1-mk</bdi> <a href="#r7">#7</a></li></ul></td></tr>
    <tr class="changed"><th scope="row" id="l3">3</th><td class="text" lang="" dir="auto">=1+<del><b>2</b></del>, it says.</td><td class="text" lang="" dir="auto">=1+<ins class="open"><b>3</b></ins>, it says.</td><td class="fixes"><ul><li>? open: <bdi class="reading" lang="">2</bdi> → <bdi class="reading" lang="">3</bdi>, digit</li></ul></td></tr>
    "##);
    let (_, history) = rest.split_once("<tbody>\n").expect("the history");
    let (history, _) = history.split_once("</tbody>").expect("an end");
    assert_snapshot!(history, @r##"
    <tr id="r0"><td class="seq">0</td><td><time>2026-11-23T17:00:00.114Z</time></td><td><bdi>1-mk</bdi></td><td><span class="what">log opened by recto/0.1.0</span></td><td></td></tr>
    <tr id="r3"><td class="seq">3</td><td><time>2026-11-23T17:00:03.114Z</time></td><td><bdi>1-mk</bdi></td><td><span class="what">session with recto/0.1.0, by screen</span></td><td></td></tr>
    <tr id="r4"><td class="seq">4</td><td><time>2026-11-23T17:00:04.114Z</time></td><td><bdi>1-mk</bdi></td><td><span class="what">accept fix</span></td><td><ul><li><a href="#l1">page 1, line 1</a> <bdi class="reading" lang="">has</bdi> → <bdi class="reading" lang="">had</bdi></li><li><a href="#l1">page 1, line 1</a> <bdi class="reading" lang="">eror</bdi> → <bdi class="reading" lang="">error</bdi></li></ul></td></tr>
    <tr id="r5"><td class="seq">5</td><td><time>2026-11-23T17:00:05.114Z</time></td><td><bdi>1-mk</bdi></td><td><span class="what">reject fix</span></td><td><ul><li><a href="#l2">page 1, line 2</a> <bdi class="reading" lang="">Kumetssov</bdi> → <bdi class="reading" lang="">Kumetssov</bdi></li></ul></td></tr>
    <tr id="r6"><td class="seq">6</td><td><time>2026-11-23T17:00:06.114Z</time></td><td><bdi>1-mk</bdi></td><td><span class="what">edit word</span></td><td><ul><li><a href="#l2">page 1, line 2</a> <bdi class="reading" lang="">spoke</bdi> → <bdi class="reading" lang="">speaks</bdi></li></ul></td></tr>
    <tr id="r7"><td class="seq">7</td><td><time>2026-11-23T17:00:07.114Z</time></td><td><bdi>1-mk</bdi></td><td><span class="what">note: sic</span></td><td><a href="#l2">page 1, line 2</a> <bdi class="reading" lang="">spoke</bdi>: <bdi>so | it `stands`</bdi></td></tr>
    "##);
}

#[test]
fn an_act_taken_back_is_struck_out() {
    let mut desk = desk();
    let struck = |desk: &Desk| desk.text("html", None).matches("<tr class=\"undone\"").count();
    assert_eq!(struck(&desk), 0);
    desk.wish(&Wish::Undo);
    assert_eq!(struck(&desk), 1);
    assert_eq!(desk.text("html", None).matches("(undone)").count(), 1);
    desk.wish(&Wish::Redo);
    assert_eq!(struck(&desk), 0);
}
