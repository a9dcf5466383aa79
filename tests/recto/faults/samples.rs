//! Three logs to hurt: plain ASCII, many scripts, and one with sign-offs and seals.

use recto::digest::Digest;
use recto::log::record::{Body, Sealed};
use recto::review::event::{Event, Extent, Mark, Noted, Read, SignedOff};

use crate::log::{accept, chained, document, new_log, site};

/// How long each log is at least.
const BYTES: usize = 14_000;

/// Holds a sound log.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Where each line ends, after its line feed.
    pub(crate) ends: Vec<usize>,
    /// How many records it takes until its texts are complete.
    pub(crate) sources: usize,
}

impl Sample {
    /// Makes a log about a text in which `wrong` stands for `right` in every line.
    fn of(name: &'static str, (wrong, right): (&str, &str), sealed: bool) -> Self {
        let line = |n: usize| format!("{n}: the word {wrong} stands here, {wrong}\n");
        let base: String = (0..40).map(line).collect();
        let fair = base.replace(wrong, right);
        let (raw, corrected) = (document("b.txt", &base), document("t.txt", &fair));
        let mut bodies = new_log(&raw, Some(&corrected)).records();
        let sources = bodies.iter().filter(|it| matches!(it, Body::Source(_))).count() + 1;
        for (count, (at, _)) in (1..).zip(base.match_indices(wrong)) {
            let seq = bodies.len() as u64;
            let established = Digest::of(base.replacen(wrong, right, count).as_bytes());
            bodies.push(Body::Review(accept(vec![site(&base, at, wrong, right)])));
            match count % 5 {
                1 => bodies.push(Body::Review(noted(&base, wrong))),
                3 => bodies.extend([Event::Undone(seq), Event::Redone(seq)].map(Body::Review)),
                4 if sealed => bodies.extend(signed(&base, established, seq + 2)),
                _ => {}
            }
            if count % 5 == 0 && chained(bodies.iter().cloned()).len() > BYTES {
                break;
            }
        }
        let bytes = chained(bodies);
        let ends = (1..=bytes.len()).filter(|&end| bytes[end - 1] == b'\n').collect();
        Self { name, bytes, ends, sources }
    }

    pub(crate) fn all() -> [Self; 3] {
        [
            Self::of("ASCII", ("Kumetssov", "Kuznetsov"), false),
            Self::of("many scripts", ("Karпов\u{1b}ה", "Карпов—日本e\u{301}"), false),
            Self::of("seals", ("fcur", "four"), true),
        ]
    }
}

fn noted(base: &str, word: &str) -> Event {
    let start = base.find(word).expect("it is there");
    Event::Noted(Noted {
        at: start..start + word.len(),
        page: None,
        line: Some(1),
        base: word.to_owned(),
        mark: Mark::Doubtful,
        note: "\",\"hash\":\"\u{202e}\\".to_owned(),
    })
}

/// A sign-off and its seal, whose number is `size`. Nobody looks at its signature here.
fn signed(base: &str, established: Digest, size: u64) -> [Body; 2] {
    let signed_off = SignedOff {
        scope: Extent::Document,
        page: None,
        at: 0..base.len(),
        read: Read::Fixes,
        open: 7,
        established,
    };
    let sealed = Sealed {
        size,
        established,
        namespace: "recto".to_owned(),
        public_key: "ssh-ed25519 AAAA".to_owned(),
        signature: "U1NIU0lH".repeat(20),
    };
    [Body::Review(Event::SignedOff(signed_off)), Body::Sealed(Box::new(sealed))]
}

#[test]
fn they_are_sound() {
    use recto::log::audit::{Finding, Plan, audit};
    for sample in Sample::all() {
        let found = audit(&sample.bytes, Plan::default());
        assert_eq!(found.finding(), Finding::Intact, "{}: {:?}", sample.name, found.complaint());
        assert!(sample.bytes.len() >= BYTES, "{}: {}", sample.name, sample.bytes.len());
        assert_eq!(found.seals.is_empty(), sample.name != "seals");
    }
}
