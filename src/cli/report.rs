//! What `recto verify` tells of one log: a line for each thing that was checked, and what they
//! come to. It never says "untampered": it says what was checked and against what.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::failure::Exit;
use crate::cli::signatures::{signed, signed_lines};
use crate::digest::Digest;
use crate::log::anchor::{Anchor, Holds, Keeper};
use crate::log::audit::{Audit, Finding};
use crate::log::chain::{Broken, Tail};
use crate::log::seal::Verdict;
use crate::shell::anchors::GivenUp;
use crate::shell::sources;
use crate::text::visible;

/// Tells what is known of a log's truth; a higher one does not imply a lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Level {
    /// Nothing in it contradicts anything else in it.
    Intact,
    /// The reviewer's key signed it, at least up to some record.
    Sealed,
    /// It holds what is remembered of it elsewhere.
    Anchored,
}

/// Holds a seal and what it is worth.
#[derive(Debug)]
pub struct Judged {
    /// Its record; it covers all before.
    pub seq: u64,
    /// The key's fingerprint, where the key can be read.
    pub key: Option<String>,
    /// The digest of the text that it seals.
    pub established: Digest,
    /// What it is worth.
    pub verdict: Verdict,
}

/// Holds what is known of a log.
#[derive(Debug)]
pub struct Known<'a> {
    /// Where it is.
    pub log: &'a Path,
    /// What was found in it.
    pub audit: &'a Audit,
    /// Its seals.
    pub seals: Vec<Judged>,
    /// The list of signers that they were judged by.
    pub signers: Option<PathBuf>,
    /// What is remembered of it.
    pub anchors: &'a [Anchor],
    /// What was remembered of it and was given up.
    pub given_up: &'a [GivenUp],
    /// What could not be looked at, a sentence each.
    pub blind: Vec<String>,
}

/// Holds what is told of one log.
#[derive(Debug)]
pub struct Report {
    /// Named lines: word, state, details.
    lines: Vec<(&'static str, String, String)>,
    notices: Vec<String>,
    result: String,
    /// What can be done where it is not what was asked for.
    next: Option<String>,
    /// What it comes to.
    pub exit: Exit,
    json: Value,
}

impl Report {
    /// Tells that a log could not be looked at.
    #[must_use]
    pub fn unread(log: &Path, why: &str) -> Self {
        Self {
            lines: vec![("log", sources::name(log), String::new())],
            notices: Vec::new(),
            result: format!("not checked: {why}"),
            next: None,
            exit: Exit::Cannot,
            json: json!({"chain": null, "seals": null, "anchor": null, "replay": null}),
        }
    }

    /// Tells what is known of a log, and whether that is what is asked for.
    #[must_use]
    pub fn of(known: &Known<'_>, required: &[Level]) -> Self {
        let audit = known.audit;
        let (result, exit) = result(known, required);
        let established =
            audit.replay.as_ref().map(|it| Digest::of(it.ledger.established().as_bytes()));
        let (chain, replay, anchor) = (chain(audit), replay(known, established), anchor(known));
        let seals = seals(known);
        let signed = signed(audit);
        let header = audit.header.as_ref();
        let who = header.map(|it| format!("{}  {}", it.reviewer, it.log)).unwrap_or_default();
        let name = header.map_or_else(|| sources::name(known.log), |it| it.document.clone());
        let json = json!({
            "document": header.map(|it| &it.document),
            "reviewer": header.map(|it| &it.reviewer),
            "log": header.map(|it| &it.log),
            "chain": {
                "state": chain.0, "records": audit.size, "bytes": audit.bytes,
                "head": audit.head, "why": chain_fault(audit),
            },
            "seals": seals_object(known, seals.0),
            "anchor": anchor_object(known, anchor.0),
            "signed": signed.iter().map(|it| json!({
                "seq": it.seq, "page": it.signed.page, "read": it.signed.read,
                "open": it.signed.open, "changed": it.changed,
            })).collect::<Vec<_>>(),
            "replay": {
                "state": replay.0, "established": established,
                "why": audit.complaint().filter(|_| replay.0 != "ok"),
            },
        });
        let mut lines = vec![("log", name, who)];
        lines.extend([
            ("chain", chain.0.to_owned(), chain.1),
            ("seals", seals.0.to_owned(), seals.1),
            ("anchor", anchor.0.to_owned(), anchor.1),
            ("replay", replay.0.to_owned(), replay.1),
        ]);
        lines.extend(signed_lines(&signed));
        Self { lines, notices: notices(known), result, next: next(known, exit), exit, json }
    }

    /// Prints the report for people.
    #[must_use]
    pub fn print(&self) -> String {
        let mut text = String::new();
        for (word, state, details) in &self.lines {
            let line =
                format!("{word:8} {:9} {}", visible::escape(state), visible::escape(details));
            let _ = writeln!(text, "{}", line.trim_end());
        }
        let mut word = "notices";
        for notice in &self.notices {
            let _ = writeln!(text, "{word:8} {}", visible::escape(notice));
            word = "";
        }
        let _ = writeln!(text, "{:8} {}", "RESULT", visible::escape(&self.result));
        if let Some(next) = &self.next {
            let _ = writeln!(text, "{:8} {next}", "next");
        }
        text
    }

    /// Returns the report as data.
    #[must_use]
    pub fn object(&self, log: &Path) -> Value {
        let mut object = self.json.clone();
        object["file"] = json!(log.display().to_string());
        object["notices"] = json!(self.notices);
        object["result"] = json!(self.result);
        object["exit"] = json!(self.exit as u8);
        object
    }
}

fn chain_fault(audit: &Audit) -> Option<String> {
    match &audit.tail {
        Tail::Damaged(_) => audit.complaint(),
        _ => None,
    }
}

fn chain(audit: &Audit) -> (&'static str, String) {
    let records = format!("{} records, head {}", audit.size, audit.head.short());
    match &audit.tail {
        Tail::Clean => ("ok", records),
        Tail::NoLineFeed => ("ok", format!("{records}; the last line feed is missing")),
        Tail::Torn { length } => {
            let at = audit.bytes;
            ("torn", format!("{records}; then {length} bytes from byte {at} that are no record"))
        }
        Tail::Damaged(_) => {
            let complaint = chain_fault(audit).unwrap_or_default();
            match audit.size {
                0 => ("BROKEN", complaint),
                size => ("BROKEN", format!("{size} records hold, then {complaint}")),
            }
        }
    }
}

/// Returns the first seal that is none, and why.
fn broken_seal(known: &Known<'_>) -> Option<(u64, &'static str)> {
    known.seals.iter().find_map(|seal| match seal.verdict {
        Verdict::Broken(why) => Some((seal.seq, why)),
        _ => None,
    })
}

/// Returns how many records the last good seal covers.
fn sealed_to(known: &Known<'_>) -> Option<u64> {
    known.seals.iter().rfind(|seal| seal.verdict == Verdict::Good).map(|seal| seal.seq)
}

fn seals(known: &Known<'_>) -> (&'static str, String) {
    let mut told = Vec::new();
    if let Some((seq, why)) = broken_seal(known) {
        told.push(format!("the one in record {seq}: {why}"));
    }
    if let Some(to) = sealed_to(known) {
        let good = || known.seals.iter().filter(|it| it.verdict == Verdict::Good);
        let mut keys: Vec<String> = good().filter_map(|it| it.key.as_deref().map(short)).collect();
        keys.sort_unstable();
        keys.dedup();
        let reviewer = known.audit.header.as_ref().map_or("", |it| &it.reviewer);
        let (count, keys, last) = (good().count(), keys.join(", "), to.saturating_sub(1));
        told.push(format!("{count} by {reviewer} ({keys}), last covers 0-{last}"));
        match known.audit.size.saturating_sub(to + 1) {
            0 => {}
            after => told.push(format!("{after} records after it unsealed")),
        }
    }
    // Of those that say the same one is told and the rest counted.
    let mut rest: Vec<(String, u64, usize)> = Vec::new();
    for seal in &known.seals {
        let why = match &seal.verdict {
            Verdict::Good | Verdict::Broken(_) => continue,
            Verdict::Unknown(why) => why.to_string(),
            Verdict::Unchecked(why) => format!("not checked: {why}"),
        };
        match rest.iter_mut().find(|(other, ..)| *other == why) {
            Some((.., count)) => *count += 1,
            None => rest.push((why, seal.seq, 1)),
        }
    }
    told.extend(rest.into_iter().map(|(why, seq, count)| match count {
        1 => format!("{seq}: {why}"),
        count => format!("{seq} and {} more: {why}", count - 1),
    }));
    let state = match () {
        () if known.seals.is_empty() => "none",
        () if broken_seal(known).is_some() => "BROKEN",
        () if sealed_to(known).is_some() => "ok",
        () if known.seals.iter().all(|it| matches!(it.verdict, Verdict::Unchecked(_))) => {
            "not checked"
        }
        () => "unknown",
    };
    (state, told.join("; "))
}

/// Shortens a fingerprint for people; the data has it whole.
fn short(fingerprint: &str) -> String {
    format!("{}...", fingerprint.get(..15).unwrap_or(fingerprint))
}

fn seals_object(known: &Known<'_>, state: &str) -> Value {
    let seals = known.seals.iter().map(|seal| {
        let (verdict, why) = match &seal.verdict {
            Verdict::Good => ("good", None),
            Verdict::Unknown(why) => ("unknown", Some(why.to_string())),
            Verdict::Broken(why) => ("broken", Some((*why).to_owned())),
            Verdict::Unchecked(why) => ("not checked", Some(why.clone())),
        };
        json!({"seq": seal.seq, "key": seal.key, "verdict": verdict, "why": why})
    });
    json!({
        "state": state,
        "to": sealed_to(known),
        "signers": known.signers.as_ref().map(|it| it.display().to_string()),
        "seals": seals.collect::<Vec<_>>(),
    })
}

/// Says what is wrong with the first anchor that the log does not have. Behind damage the log may
/// have had it: the damage is told, not the anchor.
fn anchor_fault(known: &Known<'_>) -> Option<String> {
    broken_anchor(known).and_then(|anchor| anchor.complaint(known.audit))
}

fn broken_anchor<'a>(known: &Known<'a>) -> Option<&'a Anchor> {
    let damaged = matches!(known.audit.tail, Tail::Damaged(_));
    let told = |anchor: &&Anchor| !damaged || anchor.held_by(known.audit) == Holds::Other;
    let mut told = known.anchors.iter().filter(told);
    told.find(|anchor| anchor.complaint(known.audit).is_some())
}

/// Returns the longest size that somebody remembers and the log has.
fn anchored_to(known: &Known<'_>) -> Option<u64> {
    let held = known.anchors.iter().filter(|it| it.held_by(known.audit) == Holds::Yes);
    held.map(|anchor| anchor.size).max()
}

fn anchor(known: &Known<'_>) -> (&'static str, String) {
    if let Some(fault) = anchor_fault(known) {
        return ("BROKEN", fault);
    }
    // Of what one keeper remembers the longest says all.
    let mut longest: Vec<&Anchor> = Vec::new();
    for anchor in known.anchors.iter().filter(|it| it.held_by(known.audit) == Holds::Yes) {
        match longest.iter_mut().find(|other| other.keeper == anchor.keeper) {
            Some(other) if other.size < anchor.size => *other = anchor,
            Some(_) => {}
            None => longest.push(anchor),
        }
    }
    let told: Vec<String> = longest.iter().map(ToString::to_string).collect();
    let prefixes = match told.len() {
        0 if known.anchors.is_empty() => {
            let why = "a log cut short after a whole record looks like a shorter one";
            return ("none", why.to_owned());
        }
        0 => return ("-", "the chain is broken before what is remembered of it".to_owned()),
        1 => "it is a prefix",
        2 => "both are prefixes",
        _ => "all are prefixes",
    };
    ("ok", format!("{}; {prefixes}", told.join("; ")))
}

fn anchor_object(known: &Known<'_>, state: &str) -> Value {
    let heads = known.anchors.iter().map(|anchor| {
        let (keeper, reviewer) = match &anchor.keeper {
            Keeper::State => ("state", None),
            Keeper::Seen(reviewer) => ("seen", Some(reviewer)),
            Keeper::Given => ("given", None),
        };
        let holds = match anchor.held_by(known.audit) {
            Holds::Yes => "prefix",
            Holds::Shorter => "beyond",
            Holds::Other => "other",
        };
        json!({"keeper": keeper, "reviewer": reviewer, "size": anchor.size, "holds": holds})
    });
    json!({
        "state": state,
        "to": anchored_to(known),
        "why": anchor_fault(known),
        "heads": heads.collect::<Vec<_>>(),
        "given_up": known.given_up.iter().map(|it| json!({
            "size": it.size, "head": it.head, "by": it.by, "time": it.time,
        })).collect::<Vec<_>>(),
    })
}

fn replay(known: &Known<'_>, established: Option<Digest>) -> (&'static str, String) {
    let audit = known.audit;
    let stopped = audit.error.as_ref().map(ToString::to_string);
    if let Some(stopped) = stopped {
        return ("FAILED", stopped);
    }
    if let Some(newer) = &audit.newer {
        return ("stopped", newer.to_string());
    }
    match established {
        _ if matches!(audit.tail, Tail::Damaged(_)) => {
            ("not checked", "the chain is broken".to_owned())
        }
        None => ("not checked", "the OCR text is neither in the log nor at hand".to_owned()),
        Some(digest) => ("ok", text_in_words(known, digest)),
    }
}

/// Names the established text by all that it is equal to.
fn text_in_words(known: &Known<'_>, digest: Digest) -> String {
    let mut words = format!("established text has SHA-256 {digest}");
    let good = known.seals.iter().rfind(|seal| seal.verdict == Verdict::Good);
    if let Some(seal) = good.filter(|seal| seal.established == digest) {
        let _ = write!(words, " = seal {}", seal.seq);
    }
    let header = known.audit.header.as_ref();
    let transcript = known.audit.replay.as_ref().and_then(|it| it.transcripts.last());
    let texts = [header.map(|it| &it.base), transcript.map(|it| &it.described)];
    if let Some(text) = texts.into_iter().flatten().find(|text| text.sha256 == digest) {
        let _ = write!(words, " = {}", text.name);
    }
    words
}

fn notices(known: &Known<'_>) -> Vec<String> {
    let audit = known.audit;
    let mut notices = known.blind.clone();
    if let Some(signers) = &known.signers {
        notices.push(format!("seals were judged by {}", signers.display()));
    }
    if let Some(clock) = audit.clock {
        let more = match clock.times {
            1 => String::new(),
            times => format!(", and {} times more", times - 1),
        };
        let seconds = clock.milliseconds.unsigned_abs().div_ceil(1000);
        notices.push(format!("clock went back {seconds} s at {}{more}", clock.seq));
    }
    for recovered in &audit.recovered {
        let (seq, bytes) = (recovered.seq, recovered.what.cut);
        notices.push(format!("1 recovery at {seq} ({bytes} bytes cut, kept)"));
    }
    for given_up in known.given_up {
        let (size, by, time) = (given_up.size, &given_up.by, &given_up.time);
        notices.push(format!("an anchor at {size} was given up by {by} at {time}"));
    }
    if audit.optional > 0 {
        notices.push(format!("{} optional records of unknown kinds left out", audit.optional));
    }
    if audit.uncompared > 0 {
        let count = audit.uncompared;
        notices.push(format!("{count} seals or sign-offs too many to compare their texts"));
    }
    if audit.cuts > 0 {
        notices.push(format!("{} decisions over a part of an earlier one", audit.cuts));
    }
    notices
}

fn result(known: &Known<'_>, required: &[Level]) -> (String, Exit) {
    let audit = known.audit;
    let size = audit.size;
    let anchored = anchored_to(known);
    let mut held = format!("intact to {size}");
    let sealed = sealed_to(known);
    if let Some(to) = sealed {
        held = format!("sealed to {to}, {held}");
    }
    if let Some(to) = anchored {
        held = format!("anchored to {to}, {held}");
    }
    let met = |level: &Level| match level {
        Level::Intact => true,
        Level::Sealed => sealed.is_some(),
        Level::Anchored => anchored.is_some(),
    };
    let unchecked = || known.seals.iter().any(|it| matches!(it.verdict, Verdict::Unchecked(_)));
    if audit.finding() == Finding::Damaged {
        return (format!("NOT INTACT: {}", audit.complaint().unwrap_or_default()), Exit::No);
    }
    if let Some(fault) = anchor_fault(known) {
        return (format!("NOT INTACT: {fault}"), Exit::No);
    }
    if let Some((seq, why)) = broken_seal(known) {
        return (format!("NOT INTACT: the seal in record {seq} is broken: {why}"), Exit::No);
    }
    match audit.finding() {
        Finding::Newer => {
            let newer = audit.complaint().unwrap_or_default();
            (format!("of a newer recto ({newer}); the chain holds to {size}"), Exit::Newer)
        }
        Finding::Unchecked => (format!("chain {held}; replay not checked"), Exit::Cannot),
        Finding::Torn => (format!("{held}, but the end is not whole"), Exit::Torn),
        _ if !met(&Level::Sealed) && required.contains(&Level::Sealed) && unchecked() => {
            (format!("{held}; the seals could not be checked"), Exit::Cannot)
        }
        _ if !required.iter().all(met) => {
            (format!("{held}, which is less than was asked for"), Exit::Below)
        }
        _ => (held, Exit::Done),
    }
}

/// Says what can be done about what was found; nothing where nothing need be.
fn next(known: &Known<'_>, exit: Exit) -> Option<String> {
    let audit = known.audit;
    let sound = audit.error.as_ref().map_or(audit.size, |error| error.seq);
    let said = match exit {
        // No writer of logs leaves a carriage return bare, so those that are there came in later.
        Exit::No if audit.tail == Tail::Damaged(Broken::CarriageReturn) => {
            "`tr -d '\\r' <LOG >NEW` takes the carriage returns out again".to_owned()
        }
        Exit::No if audit.finding() == Finding::Damaged && sound == 0 => {
            "perhaps it is no log; else look for another copy, nothing of this one holds".to_owned()
        }
        Exit::No if audit.finding() == Finding::Damaged => format!(
            "look for a whole copy; else `recto repair LOG --to {} -o NEW` keeps what holds",
            sound - 1
        ),
        Exit::No if broken_anchor(known).is_some_and(|it| it.keeper != Keeper::State) => {
            "look for the copy that is remembered".to_owned()
        }
        Exit::No if broken_anchor(known).is_some() => {
            "look for the copy that is remembered; if you put this one back yourself, `recto head \
             LOG --accept-shorter`"
                .to_owned()
        }
        Exit::No => broken_seal(known)
            .map(|(seq, _)| format!("`recto seal LOG --show {seq}` prints it, to check by hand"))?,
        Exit::Torn => "the next decision mends the end and keeps what it cuts off".to_owned(),
        Exit::Newer => "a newer recto reads it".to_owned(),
        Exit::Cannot if audit.replay.is_none() => {
            "`--base FILE` names the OCR text that the log is about".to_owned()
        }
        Exit::Below if known.seals.is_empty() => {
            "`recto seal LOG` seals it; `--anchor SIZE:HEAD` gives a head that was written down"
                .to_owned()
        }
        Exit::Below => "`--signers FILE` names a list that has the reviewer's key".to_owned(),
        _ => return None,
    };
    Some(said)
}
