//! Attacks on a log by somebody who can write it: what chain, seals and anchors each can tell.
//!
//! The attacker knows the format and rehashes what he changed. He has no key of the reviewer's and
//! cannot reach what is remembered elsewhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use recto::cli::failure::Exit;
use recto::cli::report::{Judged, Known, Level, Report};
use recto::digest::Digest;
use recto::log::anchor::{Anchor, Keeper};
use recto::log::audit::{Audit, Plan, audit};
use recto::log::seal::{Verdict, fingerprint};
use recto::shell::judge::{Case, Judge};

use super::agent::{Agent, public};
use crate::counts::{counted, skipped};
use crate::harness::{Desk, Run};

/// Holds a log of seventeen records a round with a seal in each, and all that is known of it.
struct Scene {
    agent: Agent,
    desk: Desk,
    log: Vec<u8>,
    signers: PathBuf,
    seals: Vec<u64>,
}

/// Writes a log of many kinds of records and seals it in each round.
fn scene(rounds: usize) -> Option<Scene> {
    let agent = Agent::start()?;
    let lines = |word: &str| (0..40).map(|n| format!("Line {n} has {word}.\n")).collect::<String>();
    let desk = Desk::with(lines("an eror"), lines("an error"));
    let key = agent.key("mine", "ed25519");
    let signers = agent.write("signers", &format!("mk {}\n", public(&key)));
    let path = std::env::var_os("PATH").expect("programs are found somewhere");
    let with_agent = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        command.env("SSH_AUTH_SOCK", agent.socket()).env("PATH", &path);
        let run = Run::of(command.output().expect("starts"));
        assert_eq!(run.code, Some(0), "{run}");
    };
    for round in 0..rounds {
        for n in 0..4 {
            let line = (round * 10 + n * 2 + 1).to_string();
            let verb = if n % 2 == 0 { "accept" } else { "reject" };
            desk.ok(&[verb, "base.txt", "transcript.txt", "--line", &line]);
        }
        let line = (round * 10 + 9).to_string();
        desk.ok(&["edit", "base.txt", "--line", &line, "--text", "Mine \u{3b1}."]);
        desk.ok(&["note", "base.txt", "--line", &line, "--mark", "doubtful"]);
        desk.ok(&["undo", "base.txt"]);
        with_agent(&["seal", "base.txt"]);
    }
    desk.ok(&["accept", "base.txt", "--line", "40"]);
    let log = desk.read("base.mk.recto.jsonl");
    let seals: Vec<u64> = audit(&log, Plan::default()).seals.iter().map(|seal| seal.seq).collect();
    assert_eq!(seals.len(), rounds);
    Some(Scene { agent, desk, log, signers, seals })
}

/// Tells what each means says of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    /// Chain and replay alone.
    chain: Exit,
    /// With the seals.
    sealed: Exit,
    /// With what is remembered of the whole log.
    anchored: Exit,
    verdicts: Vec<Verdict>,
}

fn report(audit: &Audit, seals: Vec<Judged>, anchors: &[Anchor]) -> Exit {
    let (log, blind) = (Path::new("probe"), Vec::new());
    let known = Known { log, audit, seals, signers: None, anchors, given_up: &[], blind };
    Report::of(&known, &[Level::Intact]).exit
}

impl Scene {
    fn lines(&self) -> Vec<String> {
        let text = std::str::from_utf8(&self.log).expect("text");
        text.lines().map(str::to_owned).collect()
    }

    fn anchor(&self) -> Anchor {
        let whole = audit(&self.log, Plan::default());
        Anchor { size: whole.size, head: whole.head.into(), keeper: Keeper::State }
    }

    /// Judges a log by each means; `fast` says whether without ssh-keygen.
    fn tell(&self, log: &[u8], fast: bool) -> Told {
        let anchor = self.anchor();
        let audit = audit(log, Plan { heads: vec![anchor.size], ..Plan::default() });
        let mut judge = Judge::new(Some(self.signers.clone()), None, fast);
        let judged = |judge: &mut Judge| -> Vec<Judged> {
            let Some(header) = &audit.header else { return Vec::new() };
            let signers = Some(self.signers.as_path());
            let case = Case { log: &header.log, reviewer: &header.reviewer, signers };
            let judged = audit.seals.iter().map(|seal| Judged {
                seq: seal.seq,
                key: fingerprint(&seal.sealed.public_key),
                established: seal.sealed.established,
                verdict: judge.judge(seal, &case),
            });
            judged.collect()
        };
        let seals = judged(&mut judge);
        // What the seals add is told apart, so that it does not hide what an anchor tells.
        let anchored = report(&audit, Vec::new(), &[anchor]);
        let verdicts = seals.iter().map(|seal| seal.verdict.clone()).collect();
        Told {
            chain: report(&audit, Vec::new(), &[]),
            sealed: report(&audit, seals, &[]),
            anchored,
            verdicts,
        }
    }
}

pub(crate) fn joined(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>().into_bytes()
}

/// Gives each line its number, the hash of the line before and its own, as an attacker would; what
/// names numbers, seals and undos, follows.
pub(crate) fn rehashed(lines: &[String]) -> Vec<String> {
    let mut prev = "0".repeat(64);
    let mut forged = Vec::new();
    let number = |line: &str, name: &str| -> Option<usize> {
        let digits = line.split_once(&format!("\"{name}\":"))?.1;
        digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    let old: Vec<Option<usize>> = lines.iter().map(|line| number(line, "seq")).collect();
    for (seq, line) in lines.iter().enumerate() {
        let after = &line[line.find(",\"time\":").expect("a time")..line.len() - 75];
        let mut body = format!("{{\"v\":1,\"seq\":{seq},\"prev\":\"{prev}\"{after}");
        if body.contains("\"kind\":\"sealed\"")
            && let Some(at) = body.find("\"size\":")
        {
            let digits = body[at + 7..].bytes().take_while(u8::is_ascii_digit).count();
            body.replace_range(at + 7..at + 7 + digits, &seq.to_string());
        }
        if body.contains("\"kind\":\"undone\"")
            && let Some(at) = body.find("\"of\":")
        {
            let of = number(&body, "of");
            let now = old.iter().position(|&old| old == of).or(of).unwrap_or_default();
            body.truncate(at + 5);
            body.push_str(&now.to_string());
        }
        prev = Digest::of(body.as_bytes()).to_hex();
        forged.push(format!("{body},\"hash\":\"{prev}\"}}"));
    }
    forged
}

fn sealed(line: &str) -> bool {
    line.contains("\"kind\":\"sealed\"")
}

/// T4: each `step`th line deleted, doubled, swapped with the next; told by the chain, or by an
/// anchor.
fn naive_edits(scene: &Scene, step: usize) -> usize {
    let lines = scene.lines();
    let last = lines.len() - 1;
    let (mut tried, mut by_chain) = (0, 0);
    for at in (0..=last).rev().step_by(step) {
        let mut deleted = lines.clone();
        deleted.remove(at);
        let mut doubled = lines.clone();
        doubled.insert(at, lines[at].clone());
        let mut probes = vec![(deleted, "deleted"), (doubled, "doubled")];
        if at < last {
            let mut swapped = lines.clone();
            swapped.swap(at, at + 1);
            probes.push((swapped, "swapped"));
        }
        for (probe, how) in probes {
            let told = scene.tell(&joined(&probe), true);
            tried += 1;
            by_chain += usize::from(told.chain == Exit::No);
            assert_eq!(told.anchored, Exit::No, "{at} {how}");
            // The last line deleted is a shorter log: only who remembers can tell.
            let only_anchor = at == last && how == "deleted";
            assert_eq!(told.chain == Exit::Done, only_anchor, "{at} {how}");
        }
    }
    println!("T4: {tried} naive edits, {by_chain} told by the chain, all by an anchor");
    assert_eq!(by_chain, tried - 1);
    tried
}

/// T5: cut short, rewritten and forked by somebody who rehashes; told by seals unless they are
/// dropped, by anchors always.
fn rehashed_edits(scene: &Scene, step: usize) -> usize {
    let lines = scene.lines();
    let whole = scene.tell(&scene.log, false);
    assert!(whole.verdicts.iter().all(|verdict| *verdict == Verdict::Good));
    let mut counts: BTreeMap<&str, (usize, usize, usize, usize)> = BTreeMap::new();
    let mut probe = |how: &'static str, forged: &[String]| {
        let told = scene.tell(&joined(forged), true);
        let no = |exit| usize::from(exit == Exit::No);
        let count = counts.entry(how).or_default();
        *count = (
            count.0 + 1,
            count.1 + no(told.chain),
            count.2 + no(told.sealed),
            count.3 + no(told.anchored),
        );
        told
    };
    let sealed_after = |at: usize| lines[at + 1..].iter().any(|line| sealed(line));
    for at in (0..lines.len()).step_by(step) {
        // Cut short after each record.
        if at > 0 {
            let told = probe("cut short", &lines[..at]);
            assert_eq!(told.anchored, Exit::No, "cut at {at}");
        }
        // Written anew: another time in the record.
        let mut changed = lines.clone();
        changed[at] = changed[at].replacen("T17:", "T16:", 1);
        let told = probe("changed, seals kept", &rehashed(&changed));
        assert_eq!(told.chain, Exit::Done, "{at}");
        assert_eq!(told.anchored, Exit::No, "{at}");
        let by_seal = sealed_after(at) || sealed(&lines[at]);
        assert_eq!(told.sealed == Exit::No, by_seal, "{at}: {:?}", told.verdicts);
        // The same, and the seals from there on dropped.
        let kept: Vec<String> = changed[..at].to_vec();
        let after = changed[at..].iter().filter(|line| !sealed(line)).cloned();
        let dropped: Vec<String> = kept.into_iter().chain(after).collect();
        let told = probe("changed, later seals dropped", &rehashed(&dropped));
        assert_eq!(told.anchored, Exit::No, "{at}");
        assert_ne!(told.sealed, Exit::No, "{at}: {:?}", told.verdicts);
        // Deleted, and the rest rehashed.
        let mut deleted = lines.clone();
        deleted.remove(at);
        let told = probe("deleted", &rehashed(&deleted));
        assert_eq!(told.anchored, Exit::No, "{at}");
        // A fork: the same beginning, and another record in place of what came after.
        let mut fork = lines[..at].to_vec();
        fork.extend(lines[at..].iter().map(|_| lines[3].clone()));
        let told = probe("fork", &rehashed(&fork));
        assert_eq!(told.anchored, Exit::No, "{at}");
    }
    let total: usize = counts.values().map(|count| count.0).sum();
    for (how, (tried, chain, seals, anchor)) in &counts {
        println!("T5: {how}: {tried} tried, told by chain {chain}, seals {seals}, anchor {anchor}");
    }
    println!("T5: {total} in all");
    total
}

/// T5: seals from elsewhere, by others, over other texts.
fn from_elsewhere(scene: &Scene) -> usize {
    let lines = scene.lines();
    let first = scene.seals[0] as usize;
    // Of another log of the same reviewer.
    let other_desk = Desk::with("Other eror.\n", "Other error.\n");
    other_desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
    let path = std::env::var_os("PATH").expect("programs are found somewhere");
    let mut command = other_desk.command(&["seal", "base.txt"]);
    command.env("SSH_AUTH_SOCK", scene.agent.socket()).env("PATH", path);
    let run = Run::of(command.output().expect("starts"));
    assert_eq!(run.code, Some(0), "{run}");
    let other = String::from_utf8(other_desk.read("base.mk.recto.jsonl")).expect("text");
    let moved = other.lines().last().expect("a seal").to_owned();
    // It keeps the established text of the place where it is put, or the replay would tell.
    let member = |line: &str, name: &str| {
        let start = line.find(&format!("\"{name}\":\"")).expect("a member") + name.len() + 4;
        line[start..start + line[start..].find('"').expect("its end")].to_owned()
    };
    let here = member(&lines[first], "established");
    let there = member(&moved, "established");
    let mut probes: Vec<(&str, Vec<String>)> = Vec::new();
    let mut with = |how: &'static str, line: String| {
        let mut forged = lines[..=first].to_vec();
        forged[first] = line;
        probes.push((how, rehashed(&forged)));
    };
    with("moved from another log", moved.replace(&there, &here));
    with(
        "moved from another place",
        lines[scene.seals[1] as usize]
            .replace(&member(&lines[scene.seals[1] as usize], "established"), &here),
    );
    let unlisted = scene.agent.key("thief", "ecdsa 256");
    let own = member(&lines[first], "public_key");
    with("with another key named", lines[first].replace(&own, &public(&unlisted)));
    let signature = member(&lines[first], "signature");
    with("with half a signature", lines[first].replace(&signature, &signature[..100]));
    with("with a signature that is no base64", lines[first].replace(&signature, "\\u001b[2J"));
    with(
        "of another namespace",
        lines[first].replace("\"namespace\":\"recto\"", "\"namespace\":\"git\""),
    );
    with("at another time", lines[first].replacen("T17:", "T18:", 1));
    for (how, forged) in &probes {
        for fast in [false, true] {
            let told = scene.tell(&joined(forged), fast);
            assert_eq!((told.chain, told.sealed), (Exit::Done, Exit::No), "{how}: {told:?}");
            assert!(matches!(told.verdicts[..], [Verdict::Broken(_)]), "{how}: {told:?}");
        }
    }
    // Over another established text: an error of the log by its own rules.
    let mut forged = lines[..=first].to_vec();
    forged[first] = lines[first].replace(&here, &there);
    assert_eq!(scene.tell(&joined(&rehashed(&forged)), true).chain, Exit::No);
    println!("T5: {} seals from elsewhere, told by both", probes.len());
    probes.len()
}

/// Property: what a seal says of the text is what the log gives at that record.
fn established_texts(scene: &Scene) -> usize {
    let whole = audit(&scene.log, Plan::default());
    for seal in &whole.seals {
        let at = audit(&scene.log, Plan { until: Some(seal.seq - 1), ..Plan::default() });
        let text = at.replay.expect("a base").ledger.established();
        assert_eq!(Digest::of(text.as_bytes()), seal.sealed.established, "{}", seal.seq);
    }
    whole.seals.len()
}

/// T16: the script, `recto verify` and `--fast` agree on samples and mutations of every kind.
fn twins_agree(scene: &Scene, step: usize) -> usize {
    let lines = scene.lines();
    let mut probes: Vec<(String, Vec<u8>)> = vec![("whole".to_owned(), scene.log.clone())];
    for at in (0..lines.len()).step_by(step) {
        let mut deleted = lines.clone();
        deleted.remove(at);
        probes.push((format!("{at} deleted"), joined(&deleted)));
        probes.push((format!("{at} deleted, rehashed"), joined(&rehashed(&deleted))));
        let mut swapped = lines.clone();
        swapped.swap(at, (at + 1) % lines.len());
        probes.push((format!("{at} swapped"), joined(&swapped)));
        let mut changed = lines.clone();
        changed[at] = changed[at].replacen("T17:", "T16:", 1);
        probes.push((format!("{at} changed, rehashed"), joined(&rehashed(&changed))));
        probes.push((format!("cut after {at}"), joined(&lines[..at])));
    }
    let bytes = (scene.log.len() / 80).max(1) * step;
    for at in (0..scene.log.len()).step_by(bytes) {
        probes.push((format!("torn at {at}"), scene.log[..at].to_vec()));
        let filled = [&scene.log[..at], &[0; 7][..]].concat();
        probes.push((format!("torn at {at}, NUL"), filled));
        let mut flipped = scene.log.clone();
        flipped[at] ^= 1;
        probes.push((format!("byte {at} flipped"), flipped));
    }
    let script = scene.agent.path("verify.sh");
    std::fs::write(&script, scene.desk.ok(&["verify", "--script"])).expect("written");
    let log = scene.agent.path("probe.mk.recto.jsonl");
    let mut disagreements = Vec::new();
    for (how, bytes) in &probes {
        std::fs::write(&log, bytes).expect("written");
        let by_script = Command::new("sh").arg(&script).arg(&log).output().expect("sh runs");
        let chain = audit(bytes, Plan::default());
        // The script knows the chain alone: replay and seals are not its affair.
        let expected = match (&chain.tail, chain.size) {
            (recto::log::chain::Tail::Damaged(_), _) => 1,
            (recto::log::chain::Tail::Clean, _) => 0,
            _ => 3,
        };
        if by_script.status.code() != Some(expected) {
            disagreements.push(format!("{how}: script {:?}, recto {expected}", by_script.status));
        }
        if scene.tell(bytes, false) != scene.tell(bytes, true) {
            disagreements.push(format!("{how}: ssh-keygen and --fast"));
        }
    }
    println!("T16: {} logs, {} disagreements", probes.len(), disagreements.len());
    assert!(disagreements.is_empty(), "{disagreements:#?}");
    probes.len()
}

#[test]
fn attacks_in_part() {
    let Some(scene) = scene(2) else { return };
    established_texts(&scene);
    from_elsewhere(&scene);
    naive_edits(&scene, 12);
    rehashed_edits(&scene, 15);
    twins_agree(&scene, 100);
}

#[test]
#[ignore = "a minute; cargo test --release -- --ignored"]
fn t4_t5_attacks_in_full() {
    let Some(scene) = scene(4) else {
        return ["T4", "T5"].into_iter().for_each(|part| skipped(part, "no OpenSSH here"));
    };
    let what = "lines deleted, doubled or swapped: told by the chain, the last one by an anchor";
    counted("T4", 179, naive_edits(&scene, 1), what);
    let seals = from_elsewhere(&scene);
    let what = format!(
        "logs cut short, rewritten and rehashed, forked, {seals} of them with seals from \
         elsewhere: all told by an anchor, and by a seal unless it is dropped"
    );
    counted("T5", 240, rehashed_edits(&scene, 1) + seals, &what);
}

#[test]
#[ignore = "seconds; cargo test --release -- --ignored"]
fn t15_texts_at_seals() {
    let Some(scene) = scene(4) else { return skipped("T15", "no OpenSSH here for the seals") };
    counted("T15", 1, established_texts(&scene), "seals: the text replayed there is what they say");
}

#[test]
#[ignore = "ten minutes; cargo test --release -- --ignored"]
fn t16_twins_in_full() {
    let Some(scene) = scene(4) else { return skipped("T16", "no OpenSSH here") };
    let what = "logs: the script, recto and ssh-keygen agree";
    counted("T16", 500, twins_agree(&scene, 1), what);
}
