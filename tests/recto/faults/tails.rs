//! T1 and T2: every byte at which a log can be cut, with nothing, noughts or noise after the cut.

use std::fs;
use std::path::Path;

use recto::log::audit::{Finding, Plan};
use recto::log::chain::Tail;
use recto::review::event::{Event, Mark, Noted};
use recto::shell::log_reader;
use recto::shell::recovery::OpenFault;

use crate::counts::counted;
use crate::faults::samples::Sample;
use crate::faults::{Chance, grouped, open, quick_folder};
use crate::log::TIME;

/// What follows the cut.
#[derive(Debug, Clone, Copy)]
enum Fill {
    Nothing,
    Noughts,
    Noise,
}

impl Fill {
    /// Returns what follows a cut at `length`: as much as a block of a disk at most, no line feed.
    fn bytes(self, length: usize) -> Vec<u8> {
        let mut chance = Chance::new(length as u64);
        let long = 1 + chance.below(600);
        match self {
            Self::Nothing => Vec::new(),
            Self::Noughts => vec![0; long],
            Self::Noise => std::iter::repeat_with(|| chance.byte())
                .filter(|&byte| byte != b'\n')
                .take(long)
                .collect(),
        }
    }
}

/// What must come of a cut log, by counting alone.
#[derive(Debug, PartialEq)]
enum Fate {
    /// No writer leaves this behind, or a whole record would be cut: nothing is touched.
    Refused,
    /// So many records stand.
    Whole(usize),
    /// So many stand, the last of them for want of a line feed only.
    NoLineFeed(usize),
    /// So many stand, and the rest is put aside.
    Torn(usize),
}

fn fate(sample: &Sample, log: &[u8], length: usize) -> Fate {
    let whole = sample.ends.iter().filter(|&&end| end <= length).count();
    let start = if whole == 0 { 0 } else { sample.ends[whole - 1] };
    let next = sample.ends.get(whole).map(|&end| &sample.bytes[start..end - 1]);
    let rest = &log[start..];
    let (fate, size) = match next {
        _ if rest.is_empty() => (Fate::Whole(whole), whole),
        Some(record) if rest == record => (Fate::NoLineFeed(whole + 1), whole + 1),
        Some(record) if rest.starts_with(record) => return Fate::Refused,
        _ => (Fate::Torn(whole), whole),
    };
    // A log gets its name with its texts in it, so one without them was not cut by a crash.
    if size < sample.sources { Fate::Refused } else { fate }
}

/// Cuts a log, opens it, goes on in it, and verifies it; returns what came of it.
fn check(sample: &Sample, length: usize, fill: Fill, folder: &Path) -> Fate {
    let place = format!("{} cut at {length}, {fill:?}", sample.name);
    let log = [&sample.bytes[..length], &fill.bytes(length)].concat();
    let path = folder.join("memo.mk.recto.jsonl");
    // A file of its own each time, so that no lock on the one before matters.
    let _ = fs::remove_file(&path);
    fs::write(&path, &log).expect("written");
    let fate = fate(sample, &log, length);
    let found = log_reader::read(&path, &Plan::default()).expect("readable");
    let whole = match fate {
        Fate::Refused => {
            assert!(matches!(found.finding(), Finding::Damaged | Finding::Unchecked), "{place}");
            let fault = open(&path).map(drop);
            let refused = matches!(fault, Err(OpenFault::Damaged(..) | OpenFault::NoBase(..)));
            assert!(refused, "{place}: {fault:?}");
            assert_eq!(fs::read(&path).expect("readable"), log, "{place}: touched");
            return fate;
        }
        Fate::Whole(whole) => (Tail::Clean, whole, Finding::Intact),
        Fate::NoLineFeed(whole) => (Tail::NoLineFeed, whole, Finding::Torn),
        Fate::Torn(whole) => {
            let length = (log.len() - sample.ends[whole - 1]) as u64;
            (Tail::Torn { length }, whole, Finding::Torn)
        }
    };
    let (tail, whole, finding) = whole;
    assert_eq!(
        (&found.tail, found.size, found.finding()),
        (&tail, whole as u64, finding),
        "{place}"
    );
    assert_eq!(fs::read(&path).expect("readable"), log, "{place}: a look changed it");
    goes_on(sample, &path, &fate, whole, &place);
    fate
}

/// Opens what was cut, writes a note in it, and looks at what there is then.
fn goes_on(sample: &Sample, path: &Path, fate: &Fate, whole: usize, place: &str) {
    let end = sample.ends[whole - 1];
    let before = fs::read(path).expect("readable");
    let note = Event::Noted(Noted {
        at: 0..1,
        page: None,
        line: None,
        base: "0".to_owned(),
        mark: Mark::Note,
        note: "goes on".to_owned(),
    });
    let opened = open(path);
    let mut loaded = opened.unwrap_or_else(|fault| panic!("{place}: {fault}"));
    loaded.store.append(&[note], TIME).unwrap_or_else(|fault| panic!("{place}: {fault}"));
    drop(loaded);
    let found = log_reader::read(path, &Plan::default()).expect("readable");
    let recovered = usize::from(matches!(fate, Fate::Torn(_)));
    assert_eq!(found.finding(), Finding::Intact, "{place}: {:?}", found.complaint());
    assert_eq!(found.size as usize, whole + recovered + 2, "{place}: a session and a note");
    assert_eq!(found.recovered.len(), recovered, "{place}");
    let after = fs::read(path).expect("readable");
    assert!(after.starts_with(&sample.bytes[..end]), "{place}: a whole record is gone");
    let mut cut = path.to_owned();
    cut.as_mut_os_string().push(format!(".cut-{end}"));
    if recovered == 1 {
        assert_eq!(fs::read(&cut).expect("kept"), &before[end..], "{place}");
        fs::remove_file(cut).expect("removed");
    } else {
        assert!(!cut.exists(), "{place}: put aside for nothing");
    }
}

/// Cuts every sample at every `step`th byte, and wherever a line ends, and says what came of it.
fn cut_everywhere(test: &str, fills: &[Fill], step: usize) -> usize {
    let folder = quick_folder();
    let (mut whole, mut torn, mut refused) = (0, 0, 0);
    for sample in Sample::all() {
        for length in 0..=sample.bytes.len() {
            let near = sample.ends.iter().any(|&end| (end - 1..=end).contains(&length));
            if length % step != 0 && !(near && length % 3 == 0) {
                continue;
            }
            for &fill in fills {
                match check(&sample, length, fill, folder.path()) {
                    Fate::Whole(_) | Fate::NoLineFeed(_) => whole += 1,
                    Fate::Torn(_) => torn += 1,
                    Fate::Refused => refused += 1,
                }
            }
        }
    }
    let count = whole + torn + refused;
    let [all, whole, torn, refused] = [count, whole, torn, refused].map(grouped);
    println!(
        "{test}: {all} cut logs: {whole} whole, {torn} torn, recovered and gone on with, \
         {refused} refused and left alone"
    );
    count
}

#[test]
fn a_log_cut_anywhere_keeps_its_whole_records_and_goes_on() {
    cut_everywhere("T1, a sample", &[Fill::Nothing], 1_009);
    cut_everywhere("T2, a sample", &[Fill::Noughts, Fill::Noise], 1_409);
}

#[test]
#[ignore = "minutes; cargo test --release -- --ignored"]
fn t1_every_prefix() {
    let count = cut_everywhere("T1", &[Fill::Nothing], 1);
    counted("T1", 40_000, count, "logs cut at every byte: recovered and gone on with, or refused");
}

#[test]
#[ignore = "minutes; cargo test --release -- --ignored"]
fn t2_every_prefix_with_noughts_and_with_noise() {
    let count = cut_everywhere("T2", &[Fill::Noughts, Fill::Noise], 1);
    counted("T2", 40_000, count, "logs cut at every byte, with noughts and with noise after it");
}
