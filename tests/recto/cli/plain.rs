//! `recto review --plain`: answers in, places out, each decision on disk before it is told.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::harness::Desk;

const BASE: &str = "one twc three\nMr. Kar\u{43f}ov\nfcur fiue\nstamp\n";
const TRANSCRIPT: &str = "one two three\nMr. Karpov\nfour five\n";
const PLAIN: [&str; 4] = ["review", "base.txt", "transcript.txt", "--plain"];

#[test]
fn goes_through_the_places_line_by_line() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let run = desk.run_with_input(&PLAIN, b"a\nr\ns\nn read twice\ne f\\u{ef}ve\nu\nq\n");
    // The head hangs on the log's random id.
    let shown = run.to_string().replace("> \n", ">\n");
    let shown: Vec<&str> = shown.lines().filter(|line| !line.starts_with("head ")).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    exit 0
    --- stdout
    base.txt: open 5, accepted 0, rejected 0, edited 0.
    Answer a accept, r reject, e edit, s skip, u undo, q quit; ? tells all.

    line 1, look-alike, 5 open.
    OCR: one twc three
    corrected: one two three
    twc becomes two.
    a r e s u q ? > line 1: accepted "twc" → "two" (record 4); open 4, accepted 1, rejected 0, edited 0

    line 2, word, 4 open.
    OCR: Mr. Karпov
    corrected: Mr. Karpov
    Latin and Cyrillic letters in one word of the OCR.
    Karпov becomes Karpov.
    a r e s u q ? > line 2: rejected "Karпov" → "Karpov" (record 5); open 3, accepted 1, rejected 1, edited 0

    line 3, look-alike, 3 open.
    OCR: fcur fiue
    corrected: four five
    fcur becomes four.
    a r e s u q ? >
    line 3, look-alike, 3 open.
    OCR: fcur fiue
    corrected: four five
    fiue becomes five.
    a r e s u q ? > line 3: noted (record 6); open 3, accepted 1, rejected 1, edited 0
    a r e s u q ? > line 3: yours, "five" → "fïve" (record 7); open 2, accepted 1, rejected 1, edited 1

    line 4, extra line, 2 open.
    only in the OCR: stamp
    accept: leave out; reject: keep.
    a r e s u q ? > took back #7 edit "fiue" → "fïve" in line 3 (record 8); open 3, accepted 1, rejected 1, edited 0

    line 3, look-alike, 3 open.
    OCR: fcur fiue
    corrected: four five
    fiue becomes five.
    a r e s u q ? >
    decided  open 3, accepted 1, rejected 1, edited 0
    log      base.mk.recto.jsonl
    export   recto export base.mk.recto.jsonl --to text -o FILE
    "#);
    let log = String::from_utf8(desk.read("base.mk.recto.jsonl")).expect("UTF-8");
    assert!(log.contains(r#""by":"plain""#));
}

#[test]
fn the_end_of_the_answers_leaves_and_half_an_answer_is_none() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let run = desk.run_with_input(&PLAIN, b"a\nr");
    assert_eq!(run.code, Some(0), "{run}");
    let log = String::from_utf8(desk.read("base.mk.recto.jsonl")).expect("UTF-8");
    assert_eq!(
        log.matches(r#""kind":"decided""#).count(),
        1,
        "a line that does not end is no answer"
    );
    let desk = Desk::with(BASE, TRANSCRIPT);
    let run = desk.run_with_input(&PLAIN, b"");
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!desk.path("base.mk.recto.jsonl").exists(), "a look makes no log");
}

#[test]
fn what_is_told_is_on_disk() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let mut command = desk.command(&PLAIN);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut answers = child.stdin.take().expect("a pipe");
    let mut told = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    for count in 1..=3 {
        answers.write_all(b"a\n").expect("it reads");
        let said = told.by_ref().map_while(Result::ok).find(|line| line.contains("accepted \""));
        assert!(said.is_some(), "it says what it did");
        let log = String::from_utf8(desk.read("base.mk.recto.jsonl")).expect("UTF-8");
        assert_eq!(log.matches(r#""kind":"decided""#).count(), count);
    }
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    desk.ok(&["verify", "base.mk.recto.jsonl"]);
}

#[test]
fn a_simple_terminal_and_a_pipe_are_asked_line_by_line_but_nobody_is_not() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let review = &PLAIN[..3];
    let piped = desk.run_with_input(review, b"a\nq\n");
    assert!(String::from_utf8_lossy(&piped.stdout).contains("accepted 1"), "{piped}");
    assert_eq!(desk.run(review).code, Some(2), "nobody is there to answer");
    let run =
        desk.run_with_input(&["review", "-", "transcript.txt", "--plain", "--log", "x"], b"a\n");
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("cannot be the OCR text and the answers"), "{run}");
}

#[test]
fn notes_and_letters_answer_to_the_keys_of_the_screen_too() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let out = |answers: &[u8]| {
        let run = desk.run_with_input(&PLAIN, answers);
        String::from_utf8_lossy(&run.stdout).into_owned()
    };
    let noted = out(b"c\nc read twice\nq\n");
    assert!(noted.contains("write the note after the c"), "{noted}");
    assert!(noted.contains("line 1: noted (record 4)"), "{noted}");
    assert_eq!(out(b"p\nq\n"), out(b"i\nq\n"));
}

#[test]
fn it_goes_on_where_it_was_left_and_looks_only_where_asked() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    assert_eq!(desk.run_with_input(&PLAIN, b"a\ns\ns\nq\n").code, Some(0));
    let again = desk.run_with_input(&PLAIN, b"q\n");
    let out = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(out.contains("fiue becomes five"), "{out}");
    let look = [&PLAIN[..], &["--read-only"]].concat();
    let run = desk.run_with_input(&look, b"a\nq\n");
    let out = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(out.contains("read only: it was opened"), "{run}");
    assert!(out.ends_with("\nnothing was written\n"), "there is a log: {run}");
}

#[test]
fn plain_ascii_and_hostile_text_are_harmless() {
    let desk = Desk::with("caf\u{e9} \u{1b}[2Jone\n", "cafe \u{1b}[2Jtwo\u{202e}\n");
    let mut command = desk.command(&PLAIN);
    command.env("LANG", "C").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(b"p\n\x1b[31m\nq\n").expect("it reads");
    let out = child.wait_with_output().expect("it ends").stdout;
    let odd = out.iter().find(|&&byte| !matches!(byte, b'\n' | b' '..=b'~'));
    assert_eq!(odd, None, "{}", String::from_utf8_lossy(&out));
}

#[test]
fn where_the_locale_has_no_other_letters_only_ascii_is_printed() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let mut command = desk.command(&PLAIN);
    command.env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("started");
    child.stdin.take().expect("piped").write_all(b"a\nr\nq\n").expect("written");
    let printed = child.wait_with_output().expect("ended").stdout;
    assert!(printed.is_ascii(), "{}", String::from_utf8_lossy(&printed));
    let printed = String::from_utf8_lossy(&printed);
    assert!(printed.contains("rejected \"Kar<U+043F>ov\" -> \"Karpov\""), "{printed}");
}

#[test]
fn a_blank_line_is_named() {
    let desk = Desk::with("one\n\n\ntwo\n", "one\ntwo\n\nthree\n");
    let run = desk.run_with_input(&PLAIN, b"s\nq\n").to_string();
    assert!(run.contains("only in the OCR: 2 blank lines\n"), "{run}");
}
