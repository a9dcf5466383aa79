//! T10: losses of power, as far as a model goes. The calls of real sessions, as `strace` saw them,
//! are replayed on a [`Disk`] that forgets what was not synced, at each moment, by seed.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use recto::log::audit::{Finding, Plan};
use recto::shell::log_reader;

use crate::counts::{counted, skipped};
use crate::faults::disk::{Call, Disk};
use crate::faults::people::{LOG, PLAIN, desk, has, judge, log, told};
use crate::faults::{Chance, grouped, quick_folder};
use crate::harness::Desk;

/// A moment of a session.
enum Moment {
    Call(Call),
    /// The reviewer is told of this record.
    Told(u64),
}

/// Holds what a session did, and the disk it began on.
struct Session {
    name: &'static str,
    disk: Disk,
    moments: Vec<Moment>,
}

impl Session {
    /// Runs a session on a desk, and checks that the model ends with the same bytes as the folder.
    fn run(name: &'static str, desk: &Desk, answers: &str) -> Self {
        let mut disk = Disk::default();
        for name in desk.files().keys() {
            disk.put(name, &desk.read(name));
        }
        let moments = watch(desk, answers);
        let mut end = disk.clone();
        for moment in &moments {
            if let Moment::Call(call) = moment {
                end.call(call);
            }
        }
        let real: BTreeMap<String, Vec<u8>> =
            desk.files().into_keys().map(|name| (name.clone(), desk.read(&name))).collect();
        let model = end.files();
        let here = model.iter().filter(|(name, _)| !name.starts_with('/'));
        let here: BTreeMap<String, Vec<u8>> =
            here.map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
        assert_eq!(here, real, "{name}: the model missed something");
        let told = moments.iter().filter(|moment| matches!(moment, Moment::Told(_))).count();
        assert!(told > 3, "{name}: told {told} times");
        Self { name, disk, moments }
    }

    /// A new log; a log whose last record is torn; one that lacks its last line feed.
    fn all() -> [Self; 3] {
        let answers = "a\nr\ne f\u{f6}ur\nu\nd\na\nn a note that is a little longer\na\nq\n";
        let first = desk();
        let session = Self::run("a new log", &first, answers);
        let whole = first.read(LOG);
        let cut = |length: usize, name| {
            let desk = desk();
            desk.write(LOG, &whole[..length]);
            Self::run(name, &desk, answers)
        };
        [session, cut(whole.len() - 100, "a torn log"), cut(whole.len() - 1, "no last line feed")]
    }

    /// Loses power at a moment that the seed chooses, and looks at what is left. Returns how the
    /// log was found.
    fn crash(&self, seed: u64, folder: &std::path::Path) -> Option<Finding> {
        let mut chance = Chance::new(seed);
        let at = chance.below(self.moments.len() + 1);
        let mut disk = self.disk.clone();
        let mut told = None;
        for moment in &self.moments[..at] {
            match moment {
                Moment::Call(call) => disk.call(call),
                Moment::Told(record) => told = told.max(Some(*record)),
            }
        }
        let left = disk.crash(&mut chance);
        let place = format!("{}, seed {seed}, after call {at}", self.name);
        for entry in fs::read_dir(folder).expect("readable").flatten() {
            fs::remove_file(entry.path()).expect("removed");
        }
        for (name, bytes) in left.files.iter().filter(|(name, _)| !name.contains('/')) {
            fs::write(folder.join(name), bytes).expect("written");
        }
        let log = folder.join(LOG);
        if !left.scrambled.contains(LOG) {
            return judge(&log, told, &place).map(|found| found.finding());
        }
        // A record whose end is there and whose beginning is not may be an altered one as well: it
        // is refused, and all before it stand.
        let found = log_reader::read(&log, &Plan::default()).expect("readable");
        assert!(found.size.checked_sub(1) >= told, "{place}: told of {told:?}, {}", found.size);
        Some(found.finding())
    }
}

/// Runs a session under `strace`, and returns what it did to files and told, in order.
fn watch(desk: &Desk, answers: &str) -> Vec<Moment> {
    let trace = desk.home().join("trace");
    let usual = desk.command(&PLAIN);
    let mut command = Command::new("strace");
    // Of the first thread alone: it is the one that writes, and its calls are in their order.
    command.args(["-qq", "-xx", "-s", "10000000", "-e", CALLS, "-o"]).arg(&trace);
    command.arg(env!("CARGO_BIN_EXE_recto")).args(PLAIN).current_dir(desk.path(""));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, value) in usual.get_envs() {
        command.env(name, value.expect("none is taken away"));
    }
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("strace starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut stdin, answers.as_bytes()).expect("the pipe holds them");
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
    let trace = fs::read_to_string(trace).expect("readable");
    assert!(log(desk).exists());
    trace.lines().filter_map(moment).collect()
}

const CALLS: &str = "trace=openat,close,write,copy_file_range,ftruncate,fsync,fdatasync,link,\
                     linkat,rename,renameat2,unlink,unlinkat";

/// Reads a line of a trace; nothing where the call failed or changes nothing.
fn moment(line: &str) -> Option<Moment> {
    let (call, result) = line.rsplit_once(" = ")?;
    let (name, arguments) = call.trim_end().strip_suffix(')')?.split_once('(')?;
    let result: u32 = result.split(' ').next()?.parse().ok()?;
    let arguments: Vec<&str> = arguments.split(", ").collect();
    let texts: Vec<Vec<u8>> = arguments.iter().filter_map(|argument| text(argument)).collect();
    let paths: Vec<String> =
        texts.iter().map(|text| String::from_utf8_lossy(text).into_owned()).collect();
    let descriptor = || arguments[0].parse().expect("a descriptor");
    let call = match name {
        "openat" => {
            let create = arguments[2].contains("O_CREAT");
            Call::Open { descriptor: result, path: paths[0].clone(), create }
        }
        "close" => Call::Close(descriptor()),
        "write" if descriptor() == 1 => return told(&texts[0]).map(Moment::Told),
        "write" => {
            assert_eq!(texts[0].len(), result as usize, "all of it is in the trace");
            Call::Write { descriptor: descriptor(), bytes: texts[0].clone() }
        }
        "copy_file_range" => {
            let to = arguments[2].parse().expect("a descriptor");
            Call::Copy { from: descriptor(), to, length: result as usize }
        }
        "ftruncate" => {
            let length = arguments[1].parse().expect("a length");
            Call::Truncate { descriptor: descriptor(), length }
        }
        "fsync" | "fdatasync" => Call::Sync(descriptor()),
        "link" | "linkat" => Call::Link { from: paths[0].clone(), to: paths[1].clone() },
        "rename" | "renameat2" => Call::Rename { from: paths[0].clone(), to: paths[1].clone() },
        "unlink" | "unlinkat" => Call::Unlink(paths[0].clone()),
        _ => panic!("{line}"),
    };
    Some(Moment::Call(call))
}

/// Reads a text of a trace, `"\x61\x62"`.
fn text(argument: &str) -> Option<Vec<u8>> {
    let digits = argument.strip_prefix('"')?.strip_suffix('"')?;
    let bytes = digits.split("\\x").skip(1).map(|byte| u8::from_str_radix(byte, 16));
    Some(bytes.collect::<Result<_, _>>().expect("two digits"))
}

/// Loses power so many times, and says what was found.
fn crash(test: &str, seeds: usize) {
    if !has("strace", "-V") {
        return;
    }
    let folder = quick_folder();
    let sessions = Session::all();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..seeds {
        let session = &sessions[seed % sessions.len()];
        let found = session.crash(seed as u64, folder.path());
        let found = match found {
            None => "without a log yet",
            Some(Finding::Intact) => "intact",
            Some(Finding::Torn) => "torn and recovered",
            // Only where the disk kept the end of a record and not all before it.
            Some(_) => "refused for a hole in a record nobody was told of",
        };
        *counts.entry(found).or_default() += 1;
    }
    let counts: Vec<String> =
        counts.iter().map(|(found, &count)| format!("{} {found}", grouped(count))).collect();
    println!(
        "{test}: {} losses of power: {}: every record told of is there",
        grouped(seeds),
        counts.join(", ")
    );
}

#[test]
fn what_was_told_outlives_a_loss_of_power() {
    crash("T10, a sample", 150);
}

#[test]
#[ignore = "minutes; cargo test --release -- --ignored"]
fn t10_ten_thousand_losses_of_power() {
    if !has("strace", "-V") {
        return skipped("T10", "no strace that works here");
    }
    crash("T10", 12_000);
    counted("T10", 10_000, 12_000, "losses of power: every record told of is there");
}
