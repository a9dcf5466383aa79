//! The road under every decision: one record each, said in one line, resumed by the next command.

use insta::assert_snapshot;

use crate::harness::Desk;

const BASE: &str = "The memo has one eror.\nKumetssov spoke.\nIt ends here.\n";
const TRANSCRIPT: &str = "The memo had one error.\nKuznetsov spoke.\nIt ends here.\n";

#[test]
#[expect(clippy::too_many_lines, reason = "one review, told from its first record to its text")]
fn a_review_from_the_first_record_to_the_text() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let step = |arguments: &[&str]| desk.run(arguments).to_string();
    assert_snapshot!(step(&["accept", "base.txt", "transcript.txt", "--line", "2"]), @r#"
    exit 0
    --- stdout
    line 2: accepted "Kumetssov" → "Kuznetsov" (record 4); open 2, accepted 1, rejected 0, edited 0
    "#);
    assert_snapshot!(step(&["reject", "base.txt", "--alike", "has"]), @r#"
    exit 0
    --- stdout
    line 1: rejected "has" → "had" (record 6); open 1, accepted 1, rejected 1, edited 0
    "#);
    assert_snapshot!(step(&["export", "base.txt"]), @r"
    exit 1
    --- stderr
    recto: 1 fix is open
    hint: decide them, or say what stands there: --pending base, transcript or mark
    ");
    assert_snapshot!(step(&["edit", "base.txt", "--line", "3", "--text", "It ends there."]), @r#"
    exit 0
    --- stdout
    line 3: yours, "here" → "there" (record 8); open 1, accepted 1, rejected 1, edited 0 +1
    "#);
    assert_snapshot!(step(&["accept", "base.txt", "--open"]), @r#"
    exit 0
    --- stdout
    line 1: accepted "eror" → "error" (record 10); open 0, accepted 2, rejected 1, edited 0 +1
    "#);
    assert_snapshot!(step(&["note", "base.txt", "--line", "2", "--text", "a name"]), @r"
    exit 0
    --- stdout
    line 2: noted (record 12); open 0, accepted 2, rejected 1, edited 0 +1
    ");
    assert_snapshot!(step(&["sign", "base.txt"]), @r"
    exit 0
    --- stdout
    the document signed, fixes read, 0 open (record 14); open 0, accepted 2, rejected 1, edited 0 +1
    ");
    assert_snapshot!(step(&["export", "base.mk.recto.jsonl"]), @r"
    exit 0
    --- stdout
    The memo has one error.
    Kuznetsov spoke.
    It ends there.
    ");
    assert_snapshot!(step(&["undo", "base.txt"]), @r"
    exit 0
    --- stdout
    took back #14 the signature under the document (record 16); open 0, accepted 2, rejected 1, edited 0 +1
    ");
    assert_snapshot!(step(&["redo", "base.txt"]), @r"
    exit 0
    --- stdout
    put back #14 the signature under the document (record 18); open 0, accepted 2, rejected 1, edited 0 +1
    ");
    assert_snapshot!(step(&["reopen", "base.txt", "--line", "3"]), @r#"
    exit 0
    --- stdout
    line 3: open again, "there" stood (record 20); open 0, accepted 2, rejected 1, edited 0
    "#);
    assert_snapshot!(step(&["stats", "base.txt"]), @r"
    exit 0
    --- stdout
       edits    truth    rate
           5       55   9.09 %  characters
           5       55   9.09 %  grapheme clusters
           3       10  30.00 %  words, punctuation aside
           3       10  30.00 %  words between white space

           3 fixes
           0 open
           2 accepted
           1 rejected
           0 edited

    by kind
           3 word

    document signed by record 14, fixes read, 0 open, changed since by 20
    ");
    assert_snapshot!(step(&["stats", "base.txt", "--json"]), @r#"
    exit 0
    --- stdout
    {"chars":{"edits":5,"truth":55,"rate":0.09090909090909091},"graphemes":{"edits":5,"truth":55,"rate":0.09090909090909091},"words":{"edits":3,"truth":10,"rate":0.3},"words_whitespace":{"edits":3,"truth":10,"rate":0.3},"fixes":{"total":3,"open":0,"accepted":2,"rejected":1,"edited":0,"disputed":0,"own":0,"by_kind":{"case":0,"diacritic":0,"digit":0,"encoding":0,"extra-line":0,"hyphen":0,"line-end":0,"look-alike":0,"missing-line":0,"name":0,"page-end":0,"punctuation":0,"space":0,"word":3}}}
    "#);
}

#[test]
fn nothing_to_do_is_no() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let step = |arguments: &[&str]| desk.run(arguments).to_string();
    assert_snapshot!(step(&["undo", "base.txt", "transcript.txt"]), @r"
    exit 1
    --- stderr
    recto: nothing to undo
    ");
    assert_snapshot!(step(&["accept", "base.txt", "transcript.txt", "--line", "3"]), @r"
    exit 1
    --- stderr
    recto: the texts do not differ there
    hint: `recto edit` changes any line
    ");
    assert_snapshot!(step(&["accept", "base.txt", "transcript.txt", "--line", "4"]), @r"
    exit 2
    --- stderr
    recto: there is no line 4: the OCR text has 3
    ");
    assert_snapshot!(step(&["accept", "base.txt", "transcript.txt", "--page", "2"]), @r"
    exit 2
    --- stderr
    recto: there is no page 2: the OCR text has 1
    hint: --page-break REGEX says where pages end, when a log is begun
    ");
    assert_snapshot!(step(&["reopen", "base.txt", "transcript.txt", "--all"]), @r"
    exit 1
    --- stderr
    recto: nothing is decided there
    ");
    assert_snapshot!(step(&["note", "base.txt", "--line", "1"]), @r"
    exit 2
    --- stderr
    recto: a note needs words
    hint: --text WORDS, or another --mark
    ");
    assert!(!desk.path("base.mk.recto.jsonl").exists(), "a refusal begins no log");
    let _ = desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
    assert_snapshot!(step(&["accept", "base.txt", "--all"]), @r"
    exit 1
    --- stderr
    recto: all of it is accepted already
    ");
    assert_snapshot!(step(&["accept", "base.txt", "--line", "1"]), @r"
    exit 1
    --- stderr
    recto: nothing is open there
    hint: --all decides what is decided already, too; `recto reopen` reopens it
    ");
    assert_snapshot!(step(&["redo", "base.txt"]), @r"
    exit 1
    --- stderr
    recto: nothing to redo
    ");
}

#[test]
fn a_reader_without_transcript() {
    let desk = Desk::new();
    desk.write("base.txt", "one lime\ntwo\n");
    let step = |arguments: &[&str]| desk.run(arguments).to_string();
    assert_snapshot!(step(&["edit", "base.txt", "--line", "1", "--text", "one line"]), @r#"
    exit 0
    --- stdout
    line 1: yours, "lime" → "line" (record 3); open 0, accepted 0, rejected 0, edited 0 +1
    "#);
    assert_snapshot!(step(&["edit", "base.txt", "--at", "9-12", "--text", "too"]), @r#"
    exit 0
    --- stdout
    line 2: yours, "two" → "too" (record 5); open 0, accepted 0, rejected 0, edited 0 +2
    "#);
    assert_snapshot!(step(&["export", "base.txt"]), @r"
    exit 0
    --- stdout
    one line
    too
    ");
    assert!(
        String::from_utf8_lossy(&desk.read("base.mk.recto.jsonl")).contains("\"transcript\":null")
    );
}

#[test]
fn the_log_is_where_it_was_asked_for() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let ok = |arguments: &[&str]| desk.ok(arguments);
    ok(&["accept", "base.txt", "transcript.txt", "--all", "--log", "elsewhere.jsonl"]);
    assert!(!desk.path("base.mk.recto.jsonl").exists());
    assert_eq!(ok(&["export", "elsewhere.jsonl"]), TRANSCRIPT.as_bytes());
    assert_eq!(ok(&["export", "base.txt", "--log", "elsewhere.jsonl"]), TRANSCRIPT.as_bytes());
    ok(&["reject", "base.txt", "transcript.txt", "--all", "--reviewer", "ab"]);
    assert_eq!(ok(&["export", "base.ab.recto.jsonl"]), BASE.as_bytes());
}

#[test]
fn export_never_overwrites_unasked() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
    desk.write("out.txt", "mine");
    let step = |arguments: &[&str]| desk.run(arguments).to_string();
    assert_snapshot!(step(&["export", "base.txt", "-o", "out.txt"]), @r"
    exit 2
    --- stderr
    recto: out.txt exists already and was not overwritten
    hint: --force replaces it
    ");
    assert_eq!(desk.read("out.txt"), b"mine");
    assert_snapshot!(step(&["export", "base.txt", "-o", "out.txt", "--force"]), @r"
    exit 0
    --- stderr
    55 bytes written to out.txt
    ");
    assert_eq!(desk.read("out.txt"), TRANSCRIPT.as_bytes());
    assert_snapshot!(step(&["export", "base.txt", "-o", "no/such/out.txt"]), @r"
    exit 2
    --- stderr
    recto: cannot write no/such/out.txt: no such folder
    hint: -o FILE writes it elsewhere
    ");
    let names: Vec<String> = desk.files().into_keys().collect();
    assert_eq!(names, ["base.mk.recto.jsonl", "base.txt", "out.txt", "transcript.txt"]);
}

#[test]
fn what_is_worked_on_is_never_replaced() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
    let before = desk.files();
    let log = "base.mk.recto.jsonl";
    for name in ["base.txt", "./transcript.txt", log] {
        let run = desk.run(&["export", log, "base.txt", "-o", name, "--force"]);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains("is part of the review and is never replaced"), "{run}");
    }
    for name in ["base.txt", log] {
        let run = desk.run(&["propose", "base.txt", "-o", name, "--force"]);
        assert_eq!(run.code, Some(2), "{run}");
    }
    assert_eq!(desk.files(), before);
    // A file that only reads like the corrected text may be replaced.
    desk.ok(&["export", log, "-o", "out.txt"]);
    desk.ok(&["export", log, "-o", "out.txt", "--force"]);
}

#[test]
fn export_at_a_record() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
    desk.ok(&["reject", "base.txt", "--all"]);
    let at = |seq| desk.run(&["export", "base.txt", "--at", seq]);
    assert_eq!(at("4").stdout, TRANSCRIPT.as_bytes());
    assert_eq!(desk.ok(&["export", "base.txt"]), BASE.as_bytes());
    assert_snapshot!(at("99"), @r"
    exit 2
    --- stderr
    recto: there is no record 99: the last is 6
    ");
}

#[test]
fn marks_for_open_fixes() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    let marked = desk.run(&["export", "base.txt", "transcript.txt", "--pending", "mark"]);
    assert_snapshot!(marked, @r"
    exit 0
    --- stdout
    The memo ⟦has→had⟧ one ⟦eror→error⟧.
    ⟦Kumetssov→Kuznetsov⟧ spoke.
    It ends here.
    ");
}

#[test]
fn data_of_a_review() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--line", "2"]);
    let json = desk.ok(&["export", "base.txt", "--to", "json"]);
    let data: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(data["counts"]["accepted"], 1);
    assert_eq!(data["counts"]["open"], 2);
    assert_eq!(data["fixes"][2]["state"], "accepted");
    assert_eq!(data["fixes"][2]["proposed"], "Kuznetsov");
    assert_eq!(data["record"], 4);
}

#[test]
fn a_patch_applies() {
    let pairs = [
        ("a\nb\nc\n", "a\nB\nc\n"),
        ("no line feed", "no line feed\n"),
        ("one\ntwo\n", "one\ntwo"),
        ("one\r\ntwo\r\nthree\r\n", "one\r\n2\r\nthree\r\n"),
        ("", "from nothing\n"),
        ("a\x0cb\nc\n", "a\x0cB\nc\n"),
        (BASE, TRANSCRIPT),
    ];
    for (base, transcript) in pairs {
        let desk = Desk::with(base, transcript);
        desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
        desk.ok(&["export", "base.txt", "--to", "diff", "-o", "fixes.diff"]);
        let patch = std::process::Command::new("patch")
            .args(["--binary", "-s", "base.txt", "fixes.diff"])
            .current_dir(desk.path(""))
            .output();
        let Ok(patch) = patch else {
            println!("skipped: there is no patch here");
            return;
        };
        assert!(patch.status.success(), "{}", String::from_utf8_lossy(&patch.stdout));
        assert_eq!(desk.read("base.txt"), transcript.as_bytes(), "{base:?}");
    }
}

#[test]
fn demo_without_a_terminal() {
    let desk = Desk::new();
    assert_snapshot!(desk.run(&["demo"]), @r"
    exit 0
    --- stdout
    recto review recto-demo/memo-1963/base.txt recto-demo/memo-1963/transcript.txt --page-break '^C[UMH]-11\w\w'
    --- stderr
    recto-demo holds the sample documents now; at a terminal this opens the first:
    ");
    assert_eq!(
        desk.read("recto-demo/memo-1963/base.txt"),
        include_bytes!("../../../sample_docs/memo-1963/base.txt")
    );
    let before = desk.files();
    assert_snapshot!(desk.run(&["demo"]), @r"
    exit 0
    --- stdout
    recto review recto-demo/memo-1963/base.txt recto-demo/memo-1963/transcript.txt --page-break '^C[UMH]-11\w\w'
    --- stderr
    recto-demo is there already; at a terminal this opens the first:
    ");
    assert_eq!(desk.files(), before);
    desk.write("full/of/something.txt", "");
    assert_snapshot!(desk.run(&["demo", "full"]), @r"
    exit 2
    --- stderr
    recto: full is there already, and is no copy of the samples
    hint: `recto demo DIR` puts the copy elsewhere
    ");
    assert_snapshot!(desk.run(&["demo", "-q", "it's mine"]), @r"
    exit 0
    --- stdout
    recto review 'it'\''s mine/memo-1963/base.txt' 'it'\''s mine/memo-1963/transcript.txt' --page-break '^C[UMH]-11\w\w'
    ");
}

#[test]
fn completions_and_manual() {
    let desk = Desk::new();
    assert!(String::from_utf8_lossy(&desk.ok(&["completions", "bash"])).contains("complete"));
    assert!(String::from_utf8_lossy(&desk.ok(&["man"])).contains(".TH"));
    assert!(String::from_utf8_lossy(&desk.ok(&["--version"])).starts_with("recto 0."));
    assert!(String::from_utf8_lossy(&desk.ok(&[])).contains("demo"));
}

#[test]
fn a_broken_pipe_is_success() {
    let desk = Desk::with("a\n".repeat(200_000), "b\n".repeat(200_000));
    let mut command = desk.command(&["export", "base.txt", "--pending", "base"]);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
}

#[test]
fn deciding_a_part_of_what_was_reopened_is_no_notice() {
    let desk = Desk::with("one twc thr three\n", "one two thr three\n");
    desk.ok(&["edit", "base.txt", "transcript.txt", "--at", "4-11", "--text", "both"]);
    desk.ok(&["reopen", "base.txt", "--all"]);
    desk.ok(&["reject", "base.txt", "--all"]);
    let said = desk.run(&["verify", "base.txt"]).to_string();
    assert!(said.contains("replay   ok") && !said.contains("over a part"), "{said}");
}

#[test]
fn a_log_is_found_beside_its_text() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
    for arguments in [&["log"][..], &["verify"], &["head"], &["replay", "--text", "--at", "4"]] {
        let of = |name| desk.ok(&[arguments, &[name]].concat());
        assert_eq!(of("base.txt"), of("base.mk.recto.jsonl"), "{arguments:?}");
    }
}
