//! Bad input: one clear sentence, a hint, the right exit code, and nothing changed on disk.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::harness::{Desk, Run};

/// Runs the program and checks that no file on the desk is other than before.
fn refused(desk: &Desk, arguments: &[&str]) -> Run {
    let before = desk.files();
    let run = desk.run(arguments);
    assert_eq!(desk.files(), before, "something changed on disk");
    assert_ne!(run.code, Some(0), "{run}");
    run
}

fn reviewed() -> Desk {
    let desk = Desk::with("one lime\ntwo\n", "one line\ntwo\n");
    desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
    desk
}

const LOG: &str = "base.mk.recto.jsonl";

#[test]
fn files_that_are_none() {
    let desk = Desk::with("a\n", "b\n");
    fs::create_dir(desk.path("folder")).expect("a folder");
    assert_snapshot!(refused(&desk, &["diff", "nothing.txt", "transcript.txt"]), @r"
    exit 2
    --- stderr
    recto: nothing.txt does not exist
    hint: check the path; `recto demo` has something to try
    ");
    assert_snapshot!(refused(&desk, &["diff", "base.txt", "folder"]), @r"
    exit 2
    --- stderr
    recto: folder is a directory, not a file
    hint: name a file in it
    ");
    assert_snapshot!(refused(&desk, &["accept", "nothing.recto.jsonl", "--all"]), @r"
    exit 2
    --- stderr
    recto: nothing.recto.jsonl does not exist
    hint: check the path; `recto demo` has something to try
    ");
    assert_snapshot!(refused(&desk, &["diff", "base.txt", "no\x1b[31mthing\n.txt"]), @r"
    exit 2
    --- stderr
    recto: no␛[31mthing␊.txt does not exist
    hint: check the path; `recto demo` has something to try
    ");
}

#[test]
fn files_that_may_not_be_read() {
    let desk = Desk::with("a\n", "b\n");
    fs::set_permissions(desk.path("base.txt"), Permissions::from_mode(0o000)).expect("ours");
    if fs::read(desk.path("base.txt")).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    assert_snapshot!(refused(&desk, &["diff", "base.txt", "transcript.txt"]), @"");
}

#[test]
fn bytes_that_are_no_text() {
    let desk = Desk::with(b"line one\ncaf\xe9\n", "line one\ncafé\n");
    let diff = ["diff", "base.txt", "transcript.txt"];
    assert_snapshot!(refused(&desk, &diff), @r"
    exit 2
    --- stderr
    recto: base.txt, line 2: byte 12 (0xE9) is not UTF-8
    hint: name the encoding: --encoding windows-1252 for both texts, windows-1252,utf-8 where only the OCR text has it
    ");
    let with = |label| [&diff[..], &["--encoding", label]].concat();
    assert_eq!(desk.run(&with("windows-1252,utf-8")).code, Some(0), "the same text");
    assert_eq!(desk.run(&with("windows-1252")).code, Some(1), "the other read as what it is not");
    assert_snapshot!(refused(&desk, &with("klingon")), @r#"
    exit 2
    --- stderr
    recto: no encoding is called "klingon"
    hint: names are those of the WHATWG: utf-8, utf-16le, windows-1252, iso-8859-15, koi8-r, shift_jis, gb18030, big5, ...
    "#);
    desk.write("base.txt", b"\xff\xfea\0b\0");
    assert_snapshot!(refused(&desk, &diff), @r"
    exit 2
    --- stderr
    recto: base.txt, line 1: byte 0 (0xFF) is not UTF-8
    hint: it begins like UTF-16: try --encoding utf-16le
    ");
    desk.write("base.txt", b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n");
    assert_snapshot!(refused(&desk, &diff), @r"
    exit 2
    --- stderr
    recto: base.txt, line 2: byte 9 (0xE2) is not UTF-8
    hint: it looks like a PDF; recto reads plain text
    ");
}

#[test]
fn arguments() {
    let desk = Desk::with("a\n", "b\n");
    let two = ["base.txt", "transcript.txt"];
    let run = |verb: &[&str], rest: &[&str]| refused(&desk, &[verb, &two, rest].concat());
    assert_snapshot!(run(&["accept"], &["--all", "--page-break", "("]), @r#"
    exit 2
    --- stderr
    recto: the page break "(" is no regular expression: unclosed group
    hint: for example --page-break '^CU-\d+$'
    "#);
    assert_snapshot!(run(&["accept"], &["--all", "--reviewer", "m k"]), @r#"
    exit 2
    --- stderr
    recto: "m k" (--reviewer) cannot be a reviewer's name: it takes 1 to 32 of A-Z a-z 0-9 _ -
    hint: say who decides with --reviewer NAME, or set RECTO_REVIEWER
    "#);
    assert_snapshot!(run(&["edit"], &["--at", "0-9", "--text", ""]), @r"
    exit 2
    --- stderr
    recto: bytes 0-9 are not a span of one line of the base
    ");
    assert_eq!(run(&["accept"], &[]).code, Some(2));
    assert_eq!(run(&["accept"], &["--kind", "typo"]).code, Some(2));
    let run = run(&["frob\x1b]0;nicate"], &[]);
    assert_eq!(run.code, Some(2));
    assert!(!run.stderr.contains('\x1b'), "{run}");
    let mut nobody = desk.command(&["accept", "base.txt", "transcript.txt", "--all"]);
    nobody.env("RECTO_REVIEWER", "../me");
    let output = nobody.output().expect("the program starts");
    assert_snapshot!(String::from_utf8_lossy(&output.stderr), @r#"
    recto: "../me" (RECTO_REVIEWER) cannot be a reviewer's name: it takes 1 to 32 of A-Z a-z 0-9 _ -
    hint: say who decides with --reviewer NAME, or set RECTO_REVIEWER
    "#);
}

#[test]
fn a_config_that_is_wrong() {
    let desk = Desk::with("a\n", "b\n");
    let folder = desk.home().join("config/recto");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("config.toml"), "reviewer = \"mk\"\ntheme = 3\n").expect("a file");
    let run = refused(&desk, &["accept", "base.txt", "transcript.txt", "--all"]);
    let home = desk.home().display().to_string();
    assert_snapshot!(run.to_string().replace(&home, "HOME"), @r#"
    exit 2
    --- stderr
    recto: HOME/config/recto/config.toml, line 2: invalid type: integer `3`, expected a string
    hint: the config file knows reviewer = "NAME", theme = "dark", mouse = false, title = false, seal = "sign-off", "leaving" or "never", seal_key = "FILE.pub"
    "#);
}

#[test]
fn texts_that_are_two_documents() {
    let desk = Desk::new();
    desk.write("base.txt", include_bytes!("../../../sample_docs/memo-1963/base.txt"));
    desk.write("transcript.txt", include_bytes!("../../../LICENSE"));
    let run = refused(&desk, &["accept", "base.txt", "transcript.txt", "--all"]);
    assert_snapshot!(run, @r#"
    exit 2
    --- stderr
    recto: "base.txt" and "transcript.txt" do not look like one document (12 % alike); swapped?
    hint: the OCR text comes first; --force takes them as they are
    "#);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--all", "--force"]);
}

#[test]
fn a_log_of_another_text() {
    let desk = reviewed();
    fs::rename(desk.path("base.txt"), desk.path("base.ocr")).expect("ours");
    desk.write("base.md", "quite another text\n");
    assert_snapshot!(refused(&desk, &["accept", "base.md", "transcript.txt", "--all"]), @r#"
    exit 2
    --- stderr
    recto: base.mk.recto.jsonl is the log of another text, "base.txt", not of "base.md"
    hint: --log FILE keeps the log of this text elsewhere; to look at that log, name it
    "#);
    // The same text under another name is the same text.
    assert_eq!(desk.ok(&["export", "base.ocr"]), b"one line\ntwo\n");
}

#[test]
fn a_base_that_changed() {
    let desk = reviewed();
    desk.write("base.txt", "one lime\ntwo changed\n");
    assert_snapshot!(refused(&desk, &["reject", "base.txt", "--all"]), @r"
    exit 2
    --- stderr
    recto: base.txt has changed since base.mk.recto.jsonl began; the log's own copy can be read, not decided on
    hint: `recto export LOG` gives the text as decided; nothing was changed
    ");
    assert_snapshot!(refused(&desk, &["reject", LOG, "--all"]), @r"
    exit 2
    --- stderr
    recto: base.txt has changed since base.mk.recto.jsonl began; the log's own copy can be read, not decided on
    hint: `recto export LOG` gives the text as decided; nothing was changed
    ");
    assert_eq!(desk.ok(&["export", LOG]), b"one line\ntwo\n");
}

#[test]
fn a_transcript_that_changed() {
    let desk = reviewed();
    desk.write("transcript.txt", "one lane\ntwo\n");
    let run = desk.run(&["reject", "base.txt", "transcript.txt", "--all"]);
    assert_snapshot!(run, @r#"
    exit 0
    --- stdout
    line 1: rejected "lime" → "line" (record 6); open 0, accepted 0, rejected 1, edited 0
    --- stderr
    transcript.txt is not the one in your log; going on with the log's own copy (--new-transcript takes the new one)
    "#);
}

#[test]
fn a_log_of_another_reviewer() {
    let desk = reviewed();
    assert_snapshot!(refused(&desk, &["reject", LOG, "--all", "--reviewer", "ab"]), @r"
    exit 2
    --- stderr
    recto: base.mk.recto.jsonl is the log of mk, not of ab
    hint: a log has one reviewer: --reviewer mk, or begin one of your own from the texts
    ");
}

#[test]
fn a_log_that_was_altered() {
    let desk = reviewed();
    let altered = String::from_utf8(desk.read(LOG)).expect("JSON").replace("lime", "l1me");
    desk.write(LOG, altered);
    assert_snapshot!(refused(&desk, &["reject", "base.txt", "--all"]), @r"
    exit 1
    --- stderr
    recto: base.mk.recto.jsonl: record 1 at byte 772 is damaged: its hash is not that of its bytes
    hint: `recto verify LOG` tells all of it
    ");
    assert_snapshot!(refused(&desk, &["export", "base.txt"]), @r"
    exit 1
    --- stderr
    recto: base.mk.recto.jsonl: record 1 at byte 772 is damaged: its hash is not that of its bytes
    hint: `recto replay LOG --at SEQ --text` gives the text before the damage
    ");
    assert_snapshot!(refused(&desk, &["undo", LOG]), @r"
    exit 1
    --- stderr
    recto: base.mk.recto.jsonl: record 1 at byte 772 is damaged: its hash is not that of its bytes
    hint: `recto verify LOG` tells all of it
    ");
}

#[test]
fn a_log_of_a_newer_recto() {
    let desk = reviewed();
    let log = String::from_utf8(desk.read(LOG)).expect("JSON");
    let mut lines: Vec<&str> = log.lines().collect();
    let last = lines.pop().expect("records");
    let body =
        last.rsplit_once(",\"hash\"").expect("a hash").0.replace("\"decided\"", "\"dreamt\"");
    let hash = recto::digest::Digest::of(body.as_bytes());
    desk.write(LOG, format!("{}\n{body},\"hash\":\"{hash}\"}}\n", lines.join("\n")));
    assert_snapshot!(refused(&desk, &["reject", "base.txt", "--all"]), @r#"
    exit 5
    --- stderr
    recto: base.mk.recto.jsonl is from a newer recto: record 4 at byte 1591: its kind "dreamt" is unknown
    hint: a newer recto reads it
    "#);
    assert_snapshot!(refused(&desk, &["export", LOG]), @r#"
    exit 5
    --- stderr
    recto: base.mk.recto.jsonl is from a newer recto: record 4 at byte 1591: its kind "dreamt" is unknown
    hint: a newer recto reads it
    "#);
}

#[test]
fn a_torn_log_is_mended_and_says_so() {
    let desk = reviewed();
    let whole = desk.read(LOG);
    desk.write(LOG, [&whole[..], b"{\"v\":1,\"seq\":5,\"pr"].concat());
    assert_eq!(desk.ok(&["export", "base.txt"]), b"one line\ntwo\n");
    let run = desk.run(&["reject", "base.txt", "--all"]);
    assert_snapshot!(run, @r#"
    exit 0
    --- stdout
    line 1: rejected "lime" → "line" (record 7); open 0, accepted 0, rejected 1, edited 0
    --- stderr
    the last 18 bytes were no whole record; they are kept in base.mk.recto.jsonl.cut-1931
    "#);
    assert_eq!(desk.ok(&["export", "base.txt"]), b"one lime\ntwo\n");
}

#[test]
fn a_log_held_by_another_process() {
    let desk = reviewed();
    let file = File::open(desk.path(LOG)).expect("a log");
    file.try_lock().expect("nobody holds it");
    assert_snapshot!(refused(&desk, &["reject", "base.txt", "--all"]), @r"
    exit 2
    --- stderr
    recto: base.mk.recto.jsonl is being written by another process
    hint: `recto review LOG --read-only` looks at it meanwhile, --take-over asks that process to end
    ");
    assert_eq!(desk.ok(&["export", "base.txt"]), b"one line\ntwo\n");
}

#[test]
fn a_folder_that_takes_no_file() {
    let desk = Desk::with("a\n", "b\n");
    fs::set_permissions(desk.path(""), Permissions::from_mode(0o555)).expect("ours");
    if fs::write(desk.path("probe"), "").is_ok() {
        println!("skipped: this user may write everywhere");
        return;
    }
    let run = refused(&desk, &["accept", "base.txt", "transcript.txt", "--all"]);
    fs::set_permissions(desk.path(""), Permissions::from_mode(0o755)).expect("ours");
    assert_snapshot!(run, @"");
}

#[test]
fn no_terminal() {
    let desk = Desk::with("a\n", "b\n");
    assert_snapshot!(refused(&desk, &["review", "base.txt", "transcript.txt"]), @r#"
    exit 2
    --- stderr
    recto: the screen needs a terminal, and standard output is none
    hint: without one there are recto review --plain, diff, stats, accept, reject, reopen, edit, note, sign, undo, redo, export, log, adjudicate --take and replay --text
    "#);
}
