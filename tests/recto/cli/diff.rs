//! `recto diff`: side by side for people, the exit code for scripts.

use insta::assert_snapshot;

use crate::harness::Desk;

#[test]
fn marks_by_sign() {
    let base = "equal 1\nequal 2\nequal 3\nThe memo has one eror.\nequal 4\nSECRET\n";
    let transcript = "equal 1\nequal 2\nequal 3\nThe memo had one error.\nequal 4\n";
    let desk = Desk::with(base, transcript);
    let run = desk.run(&["diff", "base.txt", "transcript.txt"]);
    assert_snapshot!(run, @r"
    exit 1
    --- stdout
           ⋯ 2 rows alike
         3 equal 3                               equal 3
         4 The memo [-has-] one [-eror-].      | The memo {+had+} one {+error+}.
         5 equal 4                               equal 4
         6 [-SECRET¶-]                         <
    ");
    let narrow = desk.run(&["diff", "base.txt", "transcript.txt", "--width", "40"]);
    assert_snapshot!(narrow, @r"
    exit 1
    --- stdout
           ⋯ 2 rows alike
         3 equal 3           equal 3
         4 The memo        | The memo
           [-has-] one     | {+had+} one
           [-eror-].       | {+error+}.
         5 equal 4           equal 4
         6 [-SECRET¶-]     <
    ");
}

#[test]
fn marks_by_colour() {
    let desk = Desk::with("it has\n", "it had\n");
    let run = desk.run(&["diff", "base.txt", "transcript.txt", "--color", "always"]);
    assert_snapshot!(String::from_utf8_lossy(&run.stdout).replace('\x1b', "ESC"), @"     1 it ESC[31;4mhasESC[0m                              | it ESC[32;4mhadESC[0m");
}

#[test]
fn no_raw_control_reaches_the_terminal() {
    let desk = Desk::with("a\x1b[31mred\u{202e}\x07\n", "a red\n\u{200b}\r");
    let run = desk.run(&["diff", "base.txt", "transcript.txt"]);
    let shown = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    assert!(!shown.contains(['\u{202e}', '\u{200b}']), "{shown:?}");
}

#[test]
fn alike_is_success() {
    let desk = Desk::with("a\n", "a\n");
    assert_snapshot!(desk.run(&["diff", "base.txt", "transcript.txt"]), @"exit 0");
    let run = desk.run_with_input(&["diff", "-", "transcript.txt"], b"a\n");
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn data_covers_both_texts() {
    let (base, transcript) = ("it has\nSECRET\nend", "it had\nend\n");
    let desk = Desk::with(base, transcript);
    let run = desk.run(&["diff", "base.txt", "transcript.txt", "--json"]);
    assert_eq!(run.code, Some(1), "{run}");
    let data: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let side = |name: &str| -> String {
        let rows = data["rows"].as_array().expect("rows").iter();
        rows.filter_map(|row| row[name]["text"].as_str()).collect()
    };
    assert_eq!(side("base"), base);
    assert_eq!(side("transcript"), transcript);
}

#[test]
fn counts_are_of_the_whole_collation() {
    let desk = Desk::with("it has\nSECRET\nof it\nend\n", "it had\nin its\nend\n");
    let run = desk.run(&["diff", "base.txt", "transcript.txt", "--count"]);
    assert_snapshot!(run, @r"
    exit 1
    --- stdout
    4 fixes on 3 rows
    ");
}
