//! `recto propose`: suspects of one text, printed or written to a file.

use crate::harness::Desk;

#[test]
fn suspects_are_written_to_a_file_that_is_never_replaced_unasked() {
    let desk = Desk::with("He came at l0 (noon.\nKarпов spoke.\n", "");
    let printed = desk.ok(&["propose", "base.txt"]);
    let run = desk.run(&["propose", "base.txt", "-o", "list.txt"]);
    insta::assert_snapshot!(run, @r"
    exit 0
    --- stderr
    2 places written to list.txt
    ");
    assert_eq!(desk.read("list.txt"), printed);
    desk.write("list.txt", "mine\n");
    let run = desk.run(&["propose", "base.txt", "--output", "list.txt"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert_eq!(desk.read("list.txt"), b"mine\n");
    desk.ok(&["propose", "base.txt", "-o", "list.txt", "--force", "--json"]);
    assert!(desk.read("list.txt").starts_with(b"[{"));
    assert_eq!(desk.ok(&["propose", "base.txt", "-o", "-"]), printed);
}
