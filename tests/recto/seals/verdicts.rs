//! `recto seal` and what `recto verify` says of seals: one test a way.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::agent::{Agent, public};
use crate::harness::{Desk, Run};

const LOG: &str = "base.mk.recto.jsonl";

fn desk() -> Desk {
    let desk = Desk::with("One eror.\nTwo erors.\nThree.\n", "One error.\nTwo errors.\nThree.\n");
    desk.ok(&["accept", "base.txt", "transcript.txt", "--line", "1"]);
    desk
}

/// Returns where programs are found.
fn path() -> std::ffi::OsString {
    std::env::var_os("PATH").expect("programs are found somewhere")
}

/// Runs recto with this agent.
fn with(desk: &Desk, agent: &Agent, arguments: &[&str]) -> Run {
    let mut command = desk.command(arguments);
    command.env("SSH_AUTH_SOCK", agent.socket()).env("PATH", path());
    Run::of(command.output().expect("the program starts"))
}

#[track_caller]
fn seal(desk: &Desk, agent: &Agent, log: &str, key: &Path) {
    let run = with(desk, agent, &["seal", log, "--key", &key.display().to_string()]);
    assert_eq!(run.code, Some(0), "{run}");
}

/// Verifies by `ssh-keygen` and without it, which must come to the same.
#[track_caller]
fn verify(desk: &Desk, agent: &Agent, more: &[&str]) -> (Option<i32>, Value) {
    let told = |fast: &[&str]| {
        let run = with(desk, agent, &[&["verify", LOG, "--json"], more, fast].concat());
        let reports: Value = serde_json::from_slice(&run.stdout).expect("JSON");
        (run.code, reports[0].clone())
    };
    let (by_keygen, fast) = (told(&[]), told(&["--fast"]));
    assert_eq!(by_keygen, fast, "ssh-keygen and --fast");
    by_keygen
}

fn verdict(report: &Value) -> &str {
    report["seals"]["seals"][0]["verdict"].as_str().unwrap_or_default()
}

fn why(report: &Value) -> &str {
    report["seals"]["seals"][0]["why"].as_str().unwrap_or_default()
}

#[test]
fn a_seal_of_a_listed_key_meets_the_level() {
    let Some(agent) = Agent::start() else { return };
    let desk = desk();
    let key = agent.key("mine", "ed25519");
    // The agent's first key, where none is named.
    let run = with(&desk, &agent, &["seal", LOG]);
    assert_eq!(run.code, Some(0), "{run}");
    let (code, report) = verify(&desk, &agent, &["--require", "sealed"]);
    assert_eq!((code, verdict(&report)), (Some(4), "unknown"), "{report}");
    assert!(why(&report).contains("no list of signers"), "{report}");
    desk.write("allowed_signers", format!("ab,mk {}\n", public(&key)));
    let (code, report) = verify(&desk, &agent, &["--require", "sealed"]);
    assert_eq!((code, verdict(&report)), (Some(0), "good"), "{report}");
    assert_eq!(report["seals"]["to"], report["seals"]["seals"][0]["seq"]);
    // By hand, as the seal itself tells.
    let seq = report["seals"]["to"].to_string();
    let run = with(&desk, &agent, &["seal", LOG, "--show", &seq]);
    let script = desk.path("check.sh");
    fs::write(&script, &run.stdout).expect("written");
    let mut by_hand = agent.program("sh");
    let by_hand = by_hand.arg(&script).current_dir(desk.path("")).output().expect("runs");
    assert!(by_hand.status.success(), "{by_hand:?}");
    // What comes after a seal is not sealed, and said to be so.
    desk.ok(&["accept", LOG, "--line", "2"]);
    let (code, report) = verify(&desk, &agent, &["--require", "sealed"]);
    assert_eq!(code, Some(0));
    assert!(report["result"].as_str().is_some_and(|it| it.contains("sealed to 6, intact to 9")));
    // The collection's list, and the user's own, where there is none beside the log.
    let list = desk.read("allowed_signers");
    fs::remove_file(desk.path("allowed_signers")).expect("removed");
    for place in [".recto/allowed_signers", "../home/.ssh/allowed_signers"] {
        desk.write(place, &list);
        assert_eq!(verify(&desk, &agent, &["--require", "sealed"]).0, Some(0), "{place}");
        fs::remove_file(desk.path(place)).expect("removed");
    }
}

#[test]
fn each_way_a_key_can_be_wrong_has_its_words_and_is_no_tampering() {
    let Some(agent) = Agent::start() else { return };
    let desk = desk();
    let (key, other) = (agent.key("mine", "ed25519"), agent.key("other", "ecdsa 256"));
    seal(&desk, &agent, LOG, &key);
    let (own, other) = (public(&key), public(&other));
    let revoked = agent.write("revoked", &format!("{other}\n{own}\n"));
    let harmless = agent.write("harmless", &format!("{other}\n"));
    agent.run("ssh-keygen", &["-q", "-k", "-f", "krl", "mine.pub"]);
    let krl = agent.path("krl");
    let revoked = ["--revoked", &revoked.display().to_string()].map(str::to_owned);
    let harmless = ["--revoked", &harmless.display().to_string()].map(str::to_owned);
    let krl = ["--revoked", &krl.display().to_string()].map(str::to_owned);
    let none: [String; 0] = [];
    // The seals' time is 2026-11-23T17:31:02Z.
    let cases: [(String, &[String], &str); 12] = [
        (format!("mk {own}\n"), &none, ""),
        (format!("mk {own}\n"), &harmless, ""),
        (format!("mk {own}\n"), &revoked, "revoked"),
        (format!("mk {own}\n"), &krl, "revoked"),
        (format!("mk {other}\nab {own}\n"), &none, "not listed"),
        (format!("mk valid-before=\"20261123Z\" {own}\n"), &none, "not valid any more"),
        (format!("mk valid-after=\"20261124Z\" {own}\n"), &none, "not valid yet"),
        (format!("mk valid-after=\"20261123Z\",valid-before=\"20261124Z\" {own}\n"), &none, ""),
        (format!("mk namespaces=\"git\" {own}\n"), &none, "not allowed for seals"),
        (format!("mk namespaces=\"git,recto\" {own}\n"), &none, ""),
        (format!("mk cert-authority {own}\n"), &none, "not listed"),
        (format!("m* {other}\n!mk,* {own}\n\"mk\" {own}\n"), &none, ""),
    ];
    for (list, more, wanted) in &cases {
        desk.write("allowed_signers", list);
        let more: Vec<&str> = more.iter().map(String::as_str).collect();
        let (code, report) = verify(&desk, &agent, &more);
        assert_eq!(code, Some(0), "{list}{report}");
        assert!(why(&report).contains(wanted), "{list}{report}");
        assert_eq!(verdict(&report), if wanted.is_empty() { "good" } else { "unknown" }, "{list}");
        let (code, _) = verify(&desk, &agent, &[&["--require", "sealed"], &more[..]].concat());
        assert_eq!(code, Some(if wanted.is_empty() { 0 } else { 4 }), "{list}");
    }
}

#[test]
fn without_an_agent_it_fails_at_once_and_changes_nothing() {
    let Some(agent) = Agent::start() else { return };
    let desk = desk();
    let before = desk.files();
    for (arguments, said) in [
        (&["seal", LOG][..], "no ssh-agent answers"),
        (&["seal", "base.txt"], "no ssh-agent answers"),
    ] {
        let mut command = desk.command(arguments);
        command.env("PATH", path());
        let run = Run::of(command.output().expect("starts"));
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains(said), "{run}");
    }
    let run = with(&desk, &agent, &["seal", LOG]);
    assert!(run.code == Some(2) && run.stderr.contains("holds no key"), "{run}");
    agent.key("mine", "ed25519");
    agent.run("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", "absent"]);
    let absent = agent.path("absent.pub").display().to_string();
    // The private half lies beside it, and is not read.
    let run = with(&desk, &agent, &["seal", LOG, "--key", &absent]);
    assert!(run.code == Some(2) && run.stderr.contains("does not hold the key"), "{run}");
    let private = agent.path("absent").display().to_string();
    let run = with(&desk, &agent, &["seal", LOG, "--key", &private]);
    assert!(run.code == Some(2) && run.stderr.contains("no public key"), "{run}");
    assert_eq!(desk.files(), before);
    // A look leaves no log, and neither does a seal.
    desk.write("new.txt", "New.\n");
    let run = with(&desk, &agent, &["seal", "new.txt"]);
    assert!(run.code == Some(2) && run.stderr.contains("no log to seal"), "{run}");
    assert!(!desk.path("new.mk.recto.jsonl").exists());
}
