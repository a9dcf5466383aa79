//! T11: eight at once want to write to one log. One does, and where it is killed the next one may.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use recto::log::audit::{Finding, Plan};
use recto::shell::log_reader;
use recto::shell::recovery::{self, OpenFault};

use crate::counts::counted;
use crate::faults::samples::Sample;
use crate::faults::{grouped, quick_folder};
use crate::log::{TIME, session};

const RACERS: usize = 8;

/// Runs one of this file's parts for a child in a process of its own.
fn racer(log: &Path) -> Child {
    Command::new(std::env::current_exe().expect("a test binary"))
        .args(["--exact", "--nocapture", "--ignored", "faults::races::child_races"])
        .env("RECTO_TEST_LOG", log)
        .env("XDG_STATE_HOME", log.with_file_name("state"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("started")
}

/// On `go` opens the log and says how that went; on `leave` gives it back and says so.
#[test]
#[ignore = "a child's part"]
fn child_races() {
    // Without a parent that says otherwise there is nothing to do.
    let Some(log) = std::env::var_os("RECTO_TEST_LOG") else { return };
    println!("\nsays ready");
    let mut held = None;
    for word in std::io::stdin().lines().map_while(Result::ok) {
        if word == "leave" {
            drop(held.take());
            println!("says left");
            continue;
        }
        let opened = recovery::open(Path::new(&log), &Plan::default(), session(), TIME);
        println!(
            "says {}",
            match &opened {
                Ok(_) => "mine".to_owned(),
                Err(OpenFault::Held(..)) => "held".to_owned(),
                Err(fault) => format!("fault: {fault}"),
            }
        );
        held = opened.ok();
    }
}

/// Holds the racers, and what they say, each with its number.
struct Race {
    racers: Vec<(Child, ChildStdin)>,
    said: Receiver<(usize, String)>,
    tell: std::sync::mpsc::Sender<(usize, String)>,
}

impl Race {
    fn new(log: &Path) -> Self {
        let (tell, said) = channel();
        let mut race = Self { racers: Vec::new(), said, tell };
        for number in 0..RACERS {
            let racer = race.start(number, log);
            race.racers.push(racer);
        }
        race.hear(RACERS, "ready");
        race
    }

    fn start(&self, number: usize, log: &Path) -> (Child, ChildStdin) {
        let mut child = racer(log);
        let out = BufReader::new(child.stdout.take().expect("piped"));
        let stdin = child.stdin.take().expect("piped");
        let tell = self.tell.clone();
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if let Some(word) = line.strip_prefix("says ") {
                    let _ = tell.send((number, word.to_owned()));
                }
            }
        });
        (child, stdin)
    }

    fn say(&mut self, number: usize, word: &str) {
        writeln!(self.racers[number].1, "{word}").expect("it listens");
    }

    /// Hears `count` words, and returns who said `word`; the others must say `held`.
    fn hear(&self, count: usize, word: &str) -> Vec<usize> {
        let mut who = Vec::new();
        for _ in 0..count {
            let (number, said) = self.said.recv().expect("they speak");
            if said == word {
                who.push(number);
            } else {
                assert_eq!(said, "held", "racer {number}");
            }
        }
        who
    }
}

impl Drop for Race {
    fn drop(&mut self) {
        for (child, _) in &mut self.racers {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn race(rounds: usize, kill_every: usize) {
    let folder = quick_folder();
    let log = folder.path().join("memo.mk.recto.jsonl");
    let [sample, ..] = Sample::all();
    fs::write(&log, &sample.bytes).expect("written");
    let mut race = Race::new(&log);
    let mut kills = 0;
    for round in 0..rounds {
        for number in 0..RACERS {
            race.say(number, "go");
        }
        let holders = race.hear(RACERS, "mine");
        let [holder] = holders[..] else { panic!("round {round}: held by {holders:?}") };
        if round % kill_every == 0 {
            kills += 1;
            race.racers[holder].0.kill().expect("it runs");
            race.racers[holder].0.wait().expect("it ends");
            // Free at once for another, with the note of the dead one still there.
            let next = (holder + 1) % RACERS;
            for (word, answer) in [("go", "mine"), ("leave", "left")] {
                race.say(next, word);
                assert_eq!(race.hear(1, answer), [next], "round {round}");
            }
            race.racers[holder] = race.start(holder, &log);
            assert_eq!(race.hear(1, "ready"), [holder]);
        } else {
            race.say(holder, "leave");
            assert_eq!(race.hear(1, "left"), [holder]);
        }
    }
    drop(race);
    assert_eq!(fs::read(&log).expect("readable"), sample.bytes, "nobody wrote");
    let found = log_reader::read(&log, &Plan::default()).expect("readable");
    assert_eq!(found.finding(), Finding::Intact);
    let rounds = grouped(rounds);
    println!("T11: {rounds} races of {RACERS}: one holder each, free after each of {kills} kills");
}

#[test]
fn of_eight_at_once_one_writes() {
    race(30, 10);
}

#[test]
#[ignore = "a minute; cargo test --release -- --ignored"]
fn t11_a_thousand_races_for_the_lock() {
    race(1_000, 20);
    counted("T11", 1_000, 1_000, "races of eight for the lock: one holder each, free after a kill");
}
