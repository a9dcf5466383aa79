//! `recto` alone, without a terminal.

use crate::harness::Desk;

#[test]
fn without_a_terminal_the_reviews_are_listed_or_else_the_help() {
    let desk = Desk::with("one twc\nthree\n", "one two\nthree\n");
    let run = desk.run(&[]);
    assert!(String::from_utf8_lossy(&run.stdout).contains("Usage: recto"), "{run}");
    let plain = ["review", "base.txt", "transcript.txt", "--plain"];
    assert_eq!(desk.run_with_input(&plain, b"a\nq\n").code, Some(0));
    let run = desk.run(&[]);
    insta::assert_snapshot!(run, @r#"
    exit 0
    --- stdout
    work	1 of 1	not signed	work/base.txt
    "#);
    desk.write("base.txt", "something else\n");
    let run = desk.run(&[]);
    assert!(String::from_utf8_lossy(&run.stdout).contains("OCR changed!"), "{run}");
}

#[test]
fn what_was_decided_by_commands_and_elsewhere_is_counted_and_named_after_its_text() {
    let desk = Desk::with("one twc\nthree\nfuor\n", "one two\nthree\nfour\n");
    std::fs::create_dir(desk.path("logs")).expect("a folder");
    let log = ["--log", "logs/mine.recto.jsonl"];
    let plain = ["review", "base.txt", "transcript.txt", "--plain", log[0], log[1]];
    assert_eq!(desk.run_with_input(&plain, b"a\nq\n").code, Some(0));
    let listed = || String::from_utf8_lossy(&desk.run(&[]).stdout).into_owned();
    assert!(listed().starts_with("work\t1 of 2\t"), "its own folder: {}", listed());
    assert_eq!(desk.run(&["accept", "logs/mine.recto.jsonl", "--open"]).code, Some(0));
    assert!(listed().starts_with("work\t2 of 2\tnot signed\twork/base.txt"), "{}", listed());
    let resumed = ["review", "--resume", "logs/mine.recto.jsonl", "--plain"];
    assert_eq!(desk.run_with_input(&resumed, b"u\ny\nq\n").code, Some(0));
    assert!(listed().starts_with("work\t1 of 2\t"), "{}", listed());
}

#[test]
fn several_reviewers_of_one_text_are_told_apart_and_one_alone_is_not() {
    let desk = Desk::with("one twc\n", "one two\n");
    let review = |reviewer| {
        let run = ["review", "base.txt", "transcript.txt", "--plain", "--reviewer", reviewer];
        assert_eq!(desk.run_with_input(&run, b"a\nq\n").code, Some(0));
    };
    let names = || {
        let listed = String::from_utf8_lossy(&desk.run(&[]).stdout).into_owned();
        let names = listed.lines().map(|line| line.split('\t').next().unwrap_or("").to_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    };
    review("mk");
    assert_eq!(names(), ["work"]);
    review("ab");
    assert_eq!(names(), ["work (ab)", "work (mk)"]);
}

#[test]
fn config_and_theme_files_that_are_wrong_are_named_with_their_line() {
    let desk = Desk::with("one twc\n", "one two\n");
    let config = |name: &str, text: &str| {
        let path = desk.home().join("config/recto").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    config("config.toml", "reviewer = \"mk\"\nmose = false\n");
    let run = desk.run(&["accept", "base.txt", "transcript.txt", "--all"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("config.toml, line 2: unknown field `mose`"), "{run}");
}
