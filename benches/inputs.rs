//! Texts and logs for the benches, made by a small generator that always gives the same.

use recto::digest::Digest;
use recto::document::{Document, Text};
use recto::log::draft::{Embed, NewLog};
use recto::log::encode;
use recto::log::record::{Body, By, Record, Session};
use recto::review::event::{Decided, Event, Place, Scope, Site, Verdict};

/// Holds two texts.
pub(crate) struct Pair {
    pub(crate) base: String,
    pub(crate) transcript: String,
}

/// Draws numbers: a linear congruence, its upper bits.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        ((self.0 >> 33) as usize) % limit
    }

    /// Makes a word: some are common, most are not.
    fn word(&mut self) -> String {
        const COMMON: [&str; 12] =
            ["the", "of", "and", "to", "in", "that", "was", "his", "he", "it", "with", "had"];
        const SYLLABLES: [&str; 16] = [
            "ra", "men", "ti", "cor", "lo", "ser", "vi", "an", "du", "pel", "gra", "os", "um",
            "be", "th", "ing",
        ];
        if self.below(3) == 0 {
            return COMMON[self.below(COMMON.len())].to_owned();
        }
        let syllables = 2 + self.below(3);
        (0..syllables).map(|_| SYLLABLES[self.below(SYLLABLES.len())]).collect()
    }

    fn line(&mut self) -> String {
        let mut line = self.word();
        while line.len() < 56 {
            line.push(' ');
            line.push_str(&self.word());
        }
        line
    }

    /// Misreads a letter or two.
    fn misread(&mut self, line: &str) -> String {
        const MIXED_UP: [(&str, &str); 6] =
            [("m", "rn"), ("e", "c"), ("l", "1"), ("o", "0"), (" ", ""), ("a", "n")];
        let mut line = line.to_owned();
        for _ in 0..1 + self.below(3) {
            let (right, wrong) = MIXED_UP[self.below(MIXED_UP.len())];
            let from = self.below(line.len());
            if let Some(at) = line[from..].find(right) {
                line.replace_range(from + at..from + at + right.len(), wrong);
            }
        }
        line
    }
}

/// Makes prose and an OCR of it in which so many lines in a hundred are noisy, and one in a hundred is
/// left out, put in, joined or split.
pub(crate) fn prose(lines: usize, noisy: usize) -> Pair {
    let mut dice = Dice(7);
    let mut pair = Pair { base: String::new(), transcript: String::new() };
    for _ in 0..lines {
        let line = dice.line();
        pair.transcript.push_str(&line);
        pair.transcript.push('\n');
        let read = if dice.below(100) < noisy { dice.misread(&line) } else { line };
        let (text, end) = match dice.below(400) {
            0 => (String::new(), ""),
            1 => (format!("{read}\nPAGE {} SECRET", dice.below(1000)), "\n"),
            2 => (read, " "),
            3 => (read.replacen(' ', "\n", 1), "\n"),
            _ => (read, "\n"),
        };
        pair.base.push_str(&text);
        pair.base.push_str(end);
    }
    pair
}

/// Makes two texts that have nothing to do with each other.
pub(crate) fn disjoint(lines: usize) -> Pair {
    let text = |seed: u64| -> String {
        let mut dice = Dice(seed);
        (0..lines).map(|_| dice.line() + "\n").collect()
    };
    Pair { base: text(11), transcript: text(13) }
}

/// Makes one line out of so many.
pub(crate) fn oneline(lines: usize) -> Pair {
    let Pair { base, transcript } = prose(lines, 30);
    Pair { base: base.replace('\n', " "), transcript: transcript.replace('\n', " ") }
}

/// Makes a log of so many decisions, each of one word, over a text of that many words.
pub(crate) fn log(decisions: usize) -> Vec<u8> {
    let base = document("base.txt", &"tbe ".repeat(decisions));
    let transcript = document("transcript.txt", &"the ".repeat(decisions));
    let session = Session {
        app: "recto/bench".to_owned(),
        reviewer: "mk".to_owned(),
        by: By::Command,
        blind: false,
        scans: Vec::new(),
        login_key: None,
    };
    let new = NewLog {
        log: "0123456789abcdef0123456789abcdef".to_owned(),
        document: "bench".to_owned(),
        page_break: None,
        base: &base,
        transcript: Some(&transcript),
        embed: Embed::Usual,
        session,
        seen: Vec::new(),
    };
    let decided = (0..decisions).map(|word| Body::Review(accept(4 * word)));
    let mut log = Vec::new();
    let mut head = Digest::ZERO;
    for (seq, body) in (0..).zip(new.records().into_iter().chain(decided)) {
        let time = "2026-11-23T17:31:02.114Z".to_owned();
        let line = encode::line(&Record { seq, time, body }, head);
        log.extend(line.bytes);
        head = line.hash;
    }
    log
}

fn accept(at: usize) -> Event {
    let site = Site {
        place: Place::new(at..at + 3, 0),
        page: Some("1".into()),
        line: Some(1),
        base: "tbe".into(),
        proposed: Some("the".into()),
        reading: Some("the".into()),
        from: None,
    };
    let (verdict, scope) = (Verdict::Accept, Scope::Fix);
    Event::Decided(Decided { verdict, scope, offered: None, act: None, sites: vec![site] })
}

fn document(name: &str, text: &str) -> Document {
    Document {
        name: name.to_owned(),
        format: "text".to_owned(),
        encoding: None,
        file_sha256: Digest::of(text.as_bytes()),
        text: Text::new(text).expect("short"),
    }
}
