//! Sign-offs: what was read and what was open, whether it changed since, and the seal that follows.

use serde_json::Value;

use super::agent::{Agent, public};
use crate::harness::{Desk, Run};

const LOG: &str = "base.mk.recto.jsonl";
const BASE: &str = "One eror.\n\u{c}Two erors.\n";
const TRANSCRIPT: &str = "One error.\n\u{c}Two errors.\n";

fn signed(desk: &Desk) -> Value {
    let reports: Value =
        serde_json::from_slice(&desk.ok(&["verify", LOG, "--json"])).expect("JSON");
    reports[0]["signed"].clone()
}

#[test]
fn what_is_signed_is_told_and_whether_it_changed() {
    let desk = Desk::with(BASE, TRANSCRIPT);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--line", "1"]);
    let said = desk.ok(&["sign", LOG, "--page", "1", "--read", "all"]);
    let said = String::from_utf8(said).expect("text");
    assert!(said.contains("page 1 signed, every word read, 0 open"), "{said}");
    let said = String::from_utf8(desk.ok(&["sign", LOG])).expect("text");
    assert!(said.contains("the document signed, fixes read, 1 open"), "{said}");
    assert_eq!(
        (&signed(&desk)[0]["changed"], &signed(&desk)[1]["changed"]),
        (&Value::Null, &Value::Null)
    );
    // A change on page 2 is one of the document, not of page 1.
    desk.ok(&["reject", LOG, "--page", "2"]);
    let (page, document) = (signed(&desk)[0].clone(), signed(&desk)[1].clone());
    assert_eq!(
        (&page["changed"], &document["changed"]),
        (&Value::Null, &Value::from(10)),
        "{page}"
    );
    for command in ["log", "stats", "verify"] {
        let said = String::from_utf8(desk.ok(&[command, LOG])).expect("text");
        assert!(said.contains("changed since by 10"), "{command}: {said}");
    }
    // An undo of what was decided before the sign-off counts too, and a sign-off can be undone.
    desk.ok(&["sign", LOG]);
    desk.ok(&["undo", LOG]);
    assert_eq!(signed(&desk).as_array().map(Vec::len), Some(2));
}

#[test]
fn a_sign_off_is_sealed_where_the_agent_has_a_key() {
    let Some(agent) = Agent::start() else { return };
    let desk = Desk::with(BASE, TRANSCRIPT);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--all"]);
    agent.key("mine", "ed25519");
    let path = std::env::var_os("PATH").expect("programs are found somewhere");
    let mut command = desk.command(&["sign", LOG]);
    let done = command.env("SSH_AUTH_SOCK", agent.socket()).env("PATH", path).output();
    let run = Run::of(done.expect("starts"));
    assert!(run.code == Some(0) && run.stderr.contains("sealed with SHA256:"), "{run}");
    let log = String::from_utf8(desk.read(LOG)).expect("text");
    let last = log.lines().last().expect("a record");
    assert!(last.contains("\"kind\":\"sealed\""), "{last}");
    // Its established text is the one signed off.
    let established =
        |line: &str| line.split("\"established\":\"").nth(1).map(|it| it[..64].to_owned());
    let signed = log.lines().rev().nth(1).expect("a record");
    assert!(signed.contains("\"kind\":\"signed_off\""), "{signed}");
    assert_eq!(established(last), established(signed));
}

#[test]
fn a_security_key_signs_through_the_agent() {
    let Some(agent) = Agent::start() else { return };
    let Some(key) = agent.security_key("token") else { return };
    let desk = Desk::with(BASE, TRANSCRIPT);
    desk.ok(&["accept", "base.txt", "transcript.txt", "--line", "1"]);
    let path = std::env::var_os("PATH").expect("programs are found somewhere");
    let run = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        let done = command.env("SSH_AUTH_SOCK", agent.socket()).env("PATH", &path).output();
        Run::of(done.expect("starts"))
    };
    let key_file = key.display().to_string();
    for sealing in [&["seal", LOG][..], &["seal", LOG, "--key", &key_file], &["sign", LOG]] {
        let sealed = run(sealing);
        assert!(sealed.code == Some(0) && sealed.stderr.contains("touch it"), "{sealed}");
    }
    let signers = agent.write("signers", &format!("mk {}\n", public(&key)));
    let signers = signers.display().to_string();
    let verify = ["verify", LOG, "--require", "sealed", "--signers", &signers];
    for more in [&[][..], &["--fast"]] {
        let verified = run(&[&verify[..], more].concat());
        let told = String::from_utf8_lossy(&verified.stdout).into_owned();
        assert!(verified.code == Some(0) && told.contains("seals    ok        3 by mk"), "{told}");
    }
}
