//! the real program in a pseudo-terminal: keys in, bytes out, and every hazard of terminals that
//! was ever seen to make a review tool decide what nobody decided.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::pty::Pty;

mod remote;

const RECTO: &str = env!("CARGO_BIN_EXE_recto");
const USUAL: (u16, u16) = (80, 24);

/// Holds a folder with a text of six lines to correct, and more that are alike.
struct Desk(tempfile::TempDir);

const WRONG: [&str; 6] = ["qu1ck", "br0wn", "f0x", "jumqs", "1azy", "d0g"];
const RIGHT: [&str; 6] = ["quick", "brown", "fox", "jumps", "lazy", "dog"];

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a temporary folder"));
        desk.put("base.txt", &text(&WRONG, 30));
        desk.put("fair.txt", &text(&RIGHT, 30));
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).expect("the folder can be written");
    }

    fn log(&self) -> PathBuf {
        self.path().join("base.mk.recto.jsonl")
    }

    fn decided(&self) -> usize {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        log.matches(r#""kind":"decided""#).count()
    }

    /// Opens the review and waits for its counts.
    fn open(&self) -> Pty {
        let pty = self.start(USUAL, &[]);
        pty.wait("/6 ");
        pty
    }

    fn start(&self, size: (u16, u16), variables: &[(&str, &str)]) -> Pty {
        Pty::start(self.path(), size, RECTO, &["review", "base.txt", "fair.txt"], variables)
    }
}

/// Makes a text: each word in a sentence of its own, then lines that need nothing.
fn text(words: &[&str], more: usize) -> String {
    let sentence = |(n, word): (usize, &&str)| format!("Sentence {n} has the word {word} in it.\n");
    let words: String = words.iter().enumerate().map(sentence).collect();
    let rest: String = (0..more).map(|n| format!("Line {n} is right as it stands.\n")).collect();
    words + &rest
}

/// Lets time pass where time itself is what is tested.
fn pause(milliseconds: u64) {
    thread::sleep(Duration::from_millis(milliseconds));
}

#[test]
fn opens_shows_both_texts_and_leaves_no_trace() {
    let desk = Desk::new();
    let mut pty = desk.open();
    let screen = pty.screen();
    assert!(screen.contains("qu1ck") && screen.contains("quick"), "{screen}");
    assert!(screen.contains("base.txt") && screen.contains("fair.txt"), "{screen}");
    pty.send("q");
    assert!(pty.end().success());
    pty.assert_restored();
    assert!(!desk.log().exists(), "a look makes no log");
}

#[test]
fn a_decision_is_on_disk_before_it_is_counted() {
    let desk = Desk::new();
    let mut pty = desk.open();
    for count in 1..=3 {
        pty.send("a");
        pty.wait(&format!("accepted {count}"));
        assert_eq!(desk.decided(), count);
    }
    pty.send("r");
    pty.wait("rejected 1");
    assert_eq!(desk.decided(), 4);
}

#[test]
fn no_kill_loses_what_was_counted() {
    let desk = Desk::new();
    for count in 1..=3 {
        let mut pty = desk.open();
        go_on(&mut pty, count);
        pty.send("a");
        pty.wait(&format!("accepted {count}"));
        // One more is under way, or not, when the end comes.
        pty.send("j");
        pty.signal("KILL");
        pty.end();
        let pty = desk.open();
        pty.wait(&format!("accepted {count}"));
        drop(pty);
    }
    let mut pty = desk.open();
    go_on(&mut pty, 4);
    pty.send("a");
    pty.signal("KILL");
    pty.end();
    let pty = desk.open();
    let decided = desk.decided();
    assert!((3..=4).contains(&decided), "{decided}");
    pty.wait(&format!("accepted {decided}"));
}

/// Goes on after a kill: the start is at the last decision, `n` leads to the next open place.
fn go_on(pty: &mut Pty, count: usize) {
    if count > 1 {
        pty.wait(&format!("── line {} ", count - 1));
        pty.send("n");
        pty.wait(&format!("── line {count} "));
    }
}

#[test]
fn signals_give_the_terminal_back() {
    for name in ["TERM", "HUP", "INT"] {
        let desk = Desk::new();
        let mut pty = desk.open();
        pty.send("a");
        pty.wait("accepted 1");
        pty.signal(name);
        let status = pty.end();
        assert!(!status.success(), "{name}: {status:?}");
        pty.assert_restored();
        assert_eq!(desk.decided(), 1);
    }
}

#[test]
fn stops_and_goes_on_where_a_shell_is_there() {
    let desk = Desk::new();
    let line =
        format!("'{RECTO}' review base.txt fair.txt; echo stopped; read line; fg; echo over");
    let mut pty = Pty::start(desk.path(), USUAL, "sh", &["-m", "-c", &line], &[]);
    pty.wait("/6 ");
    pty.send("a");
    pty.wait("accepted 1");
    pty.send("\x1a");
    pty.wait("stopped");
    pty.assert_restored();
    pty.send("\n");
    pty.wait("accepted 1");
    pty.send("a");
    pty.wait("accepted 2");
    pty.send("q");
    pty.wait("over");
    pty.end();
    pty.assert_restored();
}

#[test]
fn does_not_stop_where_nobody_could_continue_it() {
    let desk = Desk::new();
    let line = format!("'{RECTO}' review base.txt fair.txt; echo over");
    let mut pty = Pty::start(desk.path(), USUAL, "sh", &["-c", &line], &[]);
    pty.wait("/6 ");
    pty.send("\x1a");
    pty.send("a");
    pty.wait("accepted 1");
}

/// A container's first process has its parent, group and session outside, where they count as 0.
#[test]
fn a_stop_harms_nothing_where_the_session_is_in_another_namespace() {
    let possible = std::process::Command::new("unshare")
        .args(["--fork", "--pid", "--mount-proc", "true"])
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !possible {
        println!("skipped: no unshare, or no right to make a PID namespace");
        return;
    }
    let desk = Desk::new();
    let line = format!("'{RECTO}' review base.txt fair.txt; echo over");
    let inner = ["--fork", "--pid", "--mount-proc", "sh", "-c", &line];
    let mut pty = Pty::start(desk.path(), USUAL, "unshare", &inner, &[]);
    pty.wait("/6 ");
    pty.send("\x1a");
    pty.send("a");
    pty.wait("accepted 1");
}

#[test]
fn the_editor_has_the_terminal_to_itself() {
    let desk = Desk::new();
    let mut pty = desk.start(USUAL, &[("EDITOR", "sed -i s/quick/swift/")]);
    pty.wait("/6 ");
    pty.press("e");
    pty.wait("editing line 1");
    pty.send("\x18");
    pty.wait("swift");
    pty.send("\r");
    pty.wait("edited 1");
    pty.send("q");
    assert!(pty.end().success());
    pty.assert_restored();
}

#[test]
fn keys_come_from_the_terminal_where_a_text_comes_through_a_pipe() {
    let desk = Desk::new();
    let line = format!("cat base.txt | '{RECTO}' review - fair.txt --log piped.jsonl");
    let mut pty = Pty::start(desk.path(), USUAL, "sh", &["-c", &line], &[]);
    pty.wait("/6 ");
    pty.send("a");
    pty.wait("accepted 1");
    pty.send("q");
    assert!(pty.end().success());
    pty.assert_restored();
}

#[test]
fn where_there_is_no_terminal_nothing_is_drawn() {
    let desk = Desk::new();
    let line = format!("'{RECTO}' review base.txt fair.txt | cat; echo over");
    let mut pty = Pty::start(desk.path(), USUAL, "sh", &["-c", &line], &[]);
    pty.wait("over");
    pty.end();
    let sent = pty.sent_from(0);
    assert!(!sent.contains(&0x1b), "{}", String::from_utf8_lossy(&sent));
    assert!(String::from_utf8_lossy(&sent).contains("terminal"));
}

#[test]
fn a_storm_of_sizes_ends_in_the_last_one() {
    let desk = Desk::new();
    let pty = desk.open();
    for n in 0..150_u16 {
        pty.resize(1 + n * 37 % 200, 1 + n * 17 % 60);
    }
    pty.resize(100, 30);
    pty.wait_until("the counts at the right of 100 columns", |seen| {
        seen.text.lines().next().is_some_and(|bar| bar.contains("open 6/6") && bar.len() > 90)
    });
}

/// Answers and reports of terminals, which nobody typed; many hold letters that are keys.
const REPLIES: &[&str] = &[
    "\x1b[?2026;2$y",
    "\x1b]11;rgb:1e1e/aaaa/rrrr\x07",
    "\x1b]10;rgb:dada/eaea/aaaa\x1b\\",
    "\x1b_Gi=31;OK area\x1b\\",
    "\x1b[?62;4;22c",
    "\x1b[>41;390;0c",
    "\x1b[0n",
    "\x1b[12;40R",
    "\x1bP>|tmux a r e\x1b\\",
    "\x1bP1$r0m\x1b\\",
    "\x1b[I",
    "\x1b[O",
    "\x1b[6;20;10t",
];

/// Asserts that nothing was decided and that keys still do what they do.
fn assert_untouched(desk: &Desk, pty: &mut Pty) {
    pty.send("a");
    pty.wait("accepted 1");
    pty.wait("open 5/6");
    assert_eq!(desk.decided(), 1);
}

#[test]
fn replies_of_the_terminal_are_no_keys() {
    let desk = Desk::new();
    let mut pty = desk.open();
    for reply in REPLIES {
        pty.send(reply);
    }
    assert_untouched(&desk, &mut pty);
}

#[test]
fn replies_that_come_in_pieces_are_no_keys() {
    let desk = Desk::new();
    let mut pty = desk.open();
    for reply in REPLIES {
        for byte in reply.as_bytes() {
            pty.send([*byte]);
            pause(3);
        }
    }
    for reply in ["\x1b]11;rgb:aaaa/aaaa/aaaa\x07", "\x1b_Gi=31;area\x1b\\", "\x1b[?2026;2$y"] {
        for cut in [1, 2, 5] {
            pty.send(&reply[..cut]);
            pause(130);
            pty.send(&reply[cut..]);
        }
    }
    assert_untouched(&desk, &mut pty);
}

#[test]
fn a_split_arrow_is_an_arrow() {
    let desk = Desk::new();
    let mut pty = desk.open();
    let down = |pty: &mut Pty, line: &str| {
        pty.send("j");
        pty.wait(line);
    };
    down(&mut pty, "─ line 2 ");
    for (head, tail) in [("\x1b", "[A"), ("\x1b[", "A"), ("\x1b", "OA")] {
        down(&mut pty, "─ line 3 ");
        pty.send(head);
        pause(45);
        pty.send(tail);
        pty.wait("─ line 2 ");
    }
    assert_eq!(desk.decided(), 0);
}

#[test]
fn a_paste_decides_nothing() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.press("\x1b[200~aaaarrrr\ra\x1b[Aa\x1b[201~");
    assert_untouched(&desk, &mut pty);
}

#[test]
fn keys_typed_at_once_decide_only_what_was_seen() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.send("a".repeat(300));
    pty.wait("accepted 1");
    pty.press("j");
    assert_eq!(desk.decided(), 1);
}

/// Opens a review on a terminal so large that one frame is more than the system holds for a
/// terminal that does not read; its 240 lines have a fix each.
fn wide(desk: &Desk) -> Pty {
    let line = |word: &str, n: u8| {
        let letter = char::from(b'a' + n % 26).to_string();
        format!("{n} {} {word}\n", (letter.repeat(9) + " ").repeat(22))
    };
    let many = |word: &str| (0..240).map(|n| line(word, n)).collect::<String>();
    desk.put("base.txt", &many("wr0ng"));
    desk.put("fair.txt", &many("wrong"));
    let pty = desk.start((500, 200), &[]);
    pty.wait("240/240");
    pty
}

#[test]
fn a_stalled_link_decides_nothing_unseen() {
    let desk = Desk::new();
    let mut pty = wide(&desk);
    pty.stall(true);
    // The highlight moves, and the frame that shows it does not get through.
    pty.send(" ");
    pause(100);
    for _ in 0..20 {
        pty.send("aaaaaaaaaa");
    }
    pause(100);
    pty.stall(false);
    pty.wait("dropped");
    assert_eq!(desk.decided(), 0);
}

#[test]
fn a_terminal_that_does_not_read_does_not_keep_the_program() {
    let desk = Desk::new();
    let mut pty = wide(&desk);
    pty.stall(true);
    pty.send("\x0c");
    pause(100);
    pty.signal("TERM");
    assert!(!pty.end().success());
    pty.assert_modes_restored();
}

#[test]
fn without_colour_no_colour_is_sent() {
    let desk = Desk::new();
    let mut pty = desk.start(USUAL, &[("NO_COLOR", "1")]);
    pty.wait("/6 ");
    pty.send("a");
    pty.wait("accepted 1");
    for (body, last) in sequences(&pty.sent_from(0)) {
        let colour = |number: u32| matches!(number, 30..=49 | 90..=107);
        let numbers = body.split(';').filter_map(|number| number.parse().ok());
        assert!(last != 'm' || !numbers.into_iter().any(colour), "{body:?}m");
    }
}

#[test]
fn at_rest_nothing_is_sent_and_nobody_wakes() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.press("j");
    pause(1200);
    let (sent, woken) = (pty.sent(), woken(&pty));
    pause(700);
    assert_eq!(pty.sent(), sent, "bytes were sent at rest");
    assert_eq!(self::woken(&pty), woken, "threads woke at rest");
}

/// Returns how often the program's threads went to sleep so far.
fn woken(pty: &Pty) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{}/task", pty.process())).expect("the program runs");
    let slept = |status: String| -> u64 {
        let line = status.lines().find(|it| it.starts_with("voluntary_ctxt_switches"));
        line.and_then(|it| it.split_whitespace().last()?.parse().ok()).unwrap_or(0)
    };
    tasks
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("status")).ok())
        .map(slept)
        .sum()
}

#[test]
fn a_hostile_text_sends_no_control_character_of_its_own() {
    let desk = Desk::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs/hostile");
    for (from, to) in [("base.txt", "base.txt"), ("transcript.txt", "fair.txt")] {
        fs::copy(folder.join(from), desk.path().join(to)).expect("the sample is there");
    }
    let mut pty = desk.start(USUAL, &[]);
    pty.wait("base.txt");
    for _ in 0..10 {
        pty.press("j");
    }
    pty.send("q");
    pty.end();
    let sent = pty.sent_from(0);
    let known = |(body, last): &(String, char)| match last {
        'H' | 'A' | 'B' | 'C' | 'D' | 'G' | 'J' | 'K' | 'X' | 'r' | 'm' => {
            body.bytes().all(|byte| byte.is_ascii_digit() || byte == b';')
        }
        't' => ["22;0", "23;0"].contains(&body.as_str()),
        'h' | 'l' => ["?1049", "?25", "?7", "?2004", "?2026", "?1000", "?1002", "?1006"]
            .contains(&body.as_str()),
        _ => false,
    };
    for sequence in sequences(&sent) {
        assert!(known(&sequence), "{sequence:?} is none of ours");
    }
    let text = String::from_utf8(sent).expect("what is sent is text");
    let stray = |letter: char| {
        (letter.is_control() && !matches!(letter, '\x1b' | '\n' | '\r' | '\x08'))
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let strays: Vec<char> = text.chars().filter(|&letter| stray(letter)).collect();
    assert_eq!(strays, []);
}

/// Returns the control sequences in `sent`: what is between, and the last byte.
fn sequences(sent: &[u8]) -> Vec<(String, char)> {
    let mut found = Vec::new();
    for (at, _) in sent.iter().enumerate().filter(|&(_, &byte)| byte == 0x1b) {
        let rest = &sent[at + 1..];
        match rest.first() {
            Some(b'[') => {
                let length = rest[1..].iter().position(|byte| (0x40..0x7f).contains(byte));
                let length = length.expect("a sequence has an end");
                let body = String::from_utf8_lossy(&rest[1..=length]).into_owned();
                found.push((body, char::from(rest[length + 1])));
            }
            // A reverse line feed.
            Some(b'M') => {}
            // The window's title, and its end.
            Some(b']') if rest.starts_with(b"]2;base.txt - recto\x1b\\") => {}
            Some(b'\\') => {}
            other => panic!("ESC and {other:?} is none of ours"),
        }
    }
    found
}

/// Presses `key` until a frame answers, and returns how many bytes that took.
fn cost(pty: &mut Pty, key: &str) -> usize {
    let before = pty.sent();
    pty.press(key);
    pty.sent() - before
}

fn memo() -> (Desk, Pty) {
    let desk = Desk::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs/memo-1963");
    for (from, to) in [("base.txt", "base.txt"), ("transcript.txt", "fair.txt")] {
        fs::copy(folder.join(from), desk.path().join(to)).expect("the sample is there");
    }
    let mut pty = desk.start(USUAL, &[]);
    pty.wait("line 19 ");
    pty.press("j");
    (desk, pty)
}

/// What editors send at 80x24 for the same keys on 10,000 lines: vim 9.0 85 bytes for a move of the
/// cursor, nvim 0.11 2,011 for a scroll by one line, 2,019 for a page, 1,974 for the next difference.
#[test]
fn keys_cost_few_bytes() {
    let (_desk, mut pty) = memo();
    let mut median = |key: &str, times: usize| {
        let mut costs: Vec<usize> = (0..times).map(|_| cost(&mut pty, key)).collect();
        costs.sort_unstable();
        costs[times / 2]
    };
    let found = [
        ("a move of the cursor", median("k", 5), 50),
        ("a page", median(" ", 3), 1100),
        ("a scroll by one line", median("\x05", 5), 210),
        ("the next difference", median("n", 3), 1250),
    ];
    for (what, bytes, most) in found {
        assert!(bytes <= most, "{what} takes {bytes} bytes, more than {most}");
    }
}

#[test]
fn an_accept_costs_few_bytes() {
    let desk = Desk::new();
    let mut pty = desk.open();
    for (key, line) in [("j", "line 2 "), ("k", "line 1 ")] {
        pty.send(key);
        pty.wait(line);
    }
    for count in 1..=3 {
        let (accepted, dropped) = (format!("accepted {count}"), "key dropped");
        let mut bytes = None;
        while bytes.is_none() {
            let before = pty.sent();
            pty.send("a");
            pty.wait_until("an answer", |seen| {
                seen.text.contains(&accepted) || seen.text.contains(dropped)
            });
            bytes = Some(pty.sent() - before);
            if pty.screen().contains(dropped) {
                // On a busy machine a key can come before the last frame is known to be written.
                bytes = None;
                pty.send("f");
                pty.send("f");
                pty.wait_until("a quiet foot", |seen| !seen.text.contains(dropped));
            }
        }
        let bytes = bytes.expect("the key counted");
        assert!(
            bytes <= 420,
            "an accept takes {bytes} bytes, more than five moves of vim's cursor"
        );
    }
}

#[test]
fn many_keys_at_once_are_few_frames() {
    let (_desk, mut pty) = memo();
    let (frames, sent) = (pty.frames(), pty.sent());
    pty.send("j".repeat(100));
    pty.press("\x0c");
    assert!(pty.frames() - frames <= 10, "{} frames", pty.frames() - frames);
    assert!(pty.sent() - sent <= 15_300, "{} bytes", pty.sent() - sent);
}

#[test]
fn a_simple_terminal_is_asked_line_by_line_and_what_came_before_the_question_is_no_answer() {
    let desk = Desk::new();
    let mut pty = desk.start(USUAL, &[("TERM", "dumb")]);
    // Typed ahead, before any place was told.
    pty.send("a\na\n");
    pty.wait("a r e s u q ? >");
    pty.send("a\n");
    pty.wait("accepted 1");
    assert!(!pty.screen().contains('│'), "no panes: {}", pty.screen());
    let asked_again = |text: &str| text.matches("a r e s u q ? >").count() == 2;
    pty.wait_until("the second question", |seen| asked_again(&seen.text));
    pty.send("q\n");
    assert!(pty.end().success());
}

#[test]
fn the_mouse_moves_the_cursor_and_goes_back_to_the_terminal() {
    let desk = Desk::new();
    let mut pty = desk.open();
    // A click on the third line, cut into pieces.
    for piece in ["\x1b[<0", ";10;", "7M"] {
        pty.send(piece);
        pause(20);
    }
    pty.wait("── line 3 ");
    // Garbage in the form of a report is nothing at all.
    pty.send("\x1b[<;;M\x1b[<99;1;1M\x1b[<0;99999;1M\x1b[<0;1M");
    pty.press("j");
    pty.wait("── line 4 ");
    assert_eq!(desk.decided(), 0);
    let before = pty.sent();
    pty.send(":mouse\r");
    pty.wait("the mouse is the terminal's again");
    let sent = String::from_utf8_lossy(&pty.sent_from(before)).into_owned();
    assert!(sent.contains("\x1b[?1000l"), "{sent:?}");
    pty.send("q");
    assert!(pty.end().success());
    pty.assert_restored();
    let sent = String::from_utf8_lossy(&pty.sent_from(0)).into_owned();
    assert!(sent.contains("\x1b[22;0t\x1b]2;base.txt - recto\x1b\\"), "the window has a title");
    assert!(sent.contains("\x1b[23;0t"), "and its own again");
}

#[test]
fn mouse_and_title_stay_the_terminals_where_the_config_says_so() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path().join("config/recto")).expect("a folder");
    desk.put("config/recto/config.toml", "mouse = false\ntitle = false\ntheme = \"light\"\n");
    let mut pty = desk.open();
    pty.send("q");
    assert!(pty.end().success());
    let sent = String::from_utf8_lossy(&pty.sent_from(0)).into_owned();
    assert!(
        !sent.contains("\x1b[?1000") && !sent.contains("\x1b[22;0t") && !sent.contains("\x1b]")
    );
}

#[test]
fn a_theme_that_is_wrong_is_named_with_its_line() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path().join("config/recto/themes")).expect("a folder");
    desk.put("config/recto/config.toml", "theme = \"mine\"\n");
    desk.put("config/recto/themes/mine.toml", "base = \"dark\"\n[looks]\nopen = \"mauve\"\n");
    let mut pty = desk.start((160, 24), &[]);
    pty.wait("recto/themes/mine.toml, line 3: \"mauve\" is no colour and no attribute");
    assert!(!pty.end().success());
    desk.put("config/recto/themes/mine.toml", "base = \"dark\"\n[looks]\nopen = \"214\"\n");
    let mut pty = desk.open();
    pty.send("q");
    assert!(pty.end().success());
    let sent = String::from_utf8_lossy(&pty.sent_from(0)).into_owned();
    assert!(sent.contains("38;5;214"), "the colour is sent");
}

#[test]
fn a_copy_is_a_clipboard_sequence_and_never_a_question() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.send("\tY");
    pty.wait("copied to the terminal's clipboard, where it allows that; x writes to a file");
    let sent = String::from_utf8_lossy(&pty.sent_from(0)).into_owned();
    assert!(sent.contains("\x1b]52;c;cXVpY2s=\x1b\\"), "quick");
    assert!(!sent.contains("52;c;?"), "it is never read");
}

#[test]
fn after_a_kill_the_start_screen_tells_what_the_log_holds() {
    let desk = Desk::new();
    let mut pty = desk.open();
    for accepted in ["accepted 1", "accepted 2", "accepted 3"] {
        pty.send("a");
        pty.wait(accepted);
    }
    pty.signal("KILL");
    pty.end();
    let mut pty = Pty::start(desk.path(), USUAL, RECTO, &[], &[]);
    pty.wait("3 of 6");
    pty.wait("3 open in all");
    pty.send("q");
    assert!(pty.end().success());
}

#[test]
fn the_start_screen_lists_reviews_and_goes_on_with_them() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.send("a");
    pty.wait("accepted 1");
    pty.send("q");
    assert!(pty.end().success());
    let mut pty = Pty::start(desk.path(), USUAL, RECTO, &[], &[]);
    pty.wait("Carry on where you stopped");
    pty.wait("─     1 of 6    today");
    pty.wait("unchanged since you began");
    pty.wait("accepted qu1ck → quick in line 1");
    pty.wait("line 2; 5 open in all");
    pty.send("?");
    pty.wait("take this entry off the list");
    pty.send("?\r");
    pty.wait("accepted 1");
    pty.send("q");
    assert!(pty.end().success());
    pty.assert_restored();
    // Paths are completed; a text is opened.
    let mut pty = Pty::start(desk.path(), USUAL, RECTO, &[], &[]);
    pty.wait("Carry on");
    pty.send("oba");
    pty.wait("OCR text ba");
    pty.send("se.t\t");
    pty.wait("OCR text base.txt");
    // A path that leads nowhere is asked for again.
    pty.send("x\r\r");
    pty.wait("\"base.txtx\" does not exist");
    pty.send("\x7f\rfa\t");
    pty.wait("fair.txt");
    pty.send("\r");
    pty.wait("accepted 1");
    pty.send("q");
    assert!(pty.end().success());
    // An OCR text that was changed is told, an entry can be taken off.
    desk.put("base.txt", "another text\n");
    let mut pty = Pty::start(desk.path(), USUAL, RECTO, &[], &[]);
    pty.wait("OCR changed!");
    pty.send("f");
    pty.wait("No review yet");
    assert!(desk.log().exists(), "its files stay");
    pty.send("q");
    assert!(pty.end().success());
    pty.assert_restored();
}

#[test]
fn a_file_is_written_into_the_home_folder_and_replaced_only_where_that_is_said() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.send("x\x15~/kept.txt\r");
    pty.wait("written: ");
    let kept = || fs::read_to_string(desk.path().join("kept.txt")).expect("HOME is the folder");
    assert!(kept().contains("qu1ck"), "open fixes are as in the OCR");
    pty.send(":w ~/other.txt\r");
    pty.wait("pending=base, transcript or mark");
    pty.send("x\x15~/kept.txt\r");
    pty.wait(":w! ~/kept.txt replaces it");
    pty.send(":w! ~/kept.txt pending=transcript\r");
    pty.wait_until("the file", |_| kept().contains("quick"));
    pty.send("q");
    assert!(pty.end().success());
}
