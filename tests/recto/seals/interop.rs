//! Signatures of every type of key and hash, verified by both; what is none, refused by both.

use std::path::{Path, PathBuf};

use recto::digest::Digest;
use recto::log::record::Sealed;
use recto::log::seal::{self, Signature, Statement};
use recto::shell::ssh::{Check, Key, Signing};

use super::agent::{Agent, DUMMY, public};
use crate::counts::{counted, skipped};

const KINDS: [&str; 5] = ["ed25519", "ecdsa 256", "ecdsa 384", "ecdsa 521", "rsa 2048"];
const TIME: &str = "20261123173102";

fn statement() -> Statement {
    Statement {
        log: "0123456789abcdef0123456789abcdef".to_owned(),
        size: 7,
        head: Digest::of(b"head"),
        established: Digest::of(b"text"),
        time: "2026-11-23T17:31:02.114Z".to_owned(),
    }
}

fn sealed(key: &str, armour: &str) -> Sealed {
    Sealed {
        size: 7,
        established: Digest::of(b"text"),
        namespace: "recto".to_owned(),
        public_key: key.to_owned(),
        signature: seal::bare(armour).expect("an armour"),
    }
}

/// Asks both whether `sealed` is a seal over `text`; they must agree.
#[track_caller]
fn both(agent: &Agent, sealed: &Sealed, text: &str, signers: &Path) -> bool {
    let armour = seal::armour(&sealed.signature).expect("base64");
    let signature = agent.write("probe.sig", &armour);
    let check = Check { signature: &signature, text };
    let by_keygen = check.is_of("mk", signers, TIME, None).expect("runs");
    assert_eq!(by_keygen, check.is_signature().expect("runs"));
    let fast = seal::check(sealed, text);
    assert_eq!(by_keygen, fast == Signature::Good, "{fast:?}");
    assert_ne!(fast, Signature::Unsure);
    by_keygen
}

/// Makes a key of each kind, one in a security key among them where there is one.
fn keys(agent: &Agent) -> Vec<PathBuf> {
    let plain = (0..).zip(KINDS).map(|(n, kind)| agent.key(&format!("k{n}"), kind));
    plain.chain(agent.security_key("token")).collect()
}

/// T6: how many verifications of good seals there were, and how many of what is none.
fn exchange(agent: &Agent) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    let keys = keys(agent);
    let listed: Vec<String> = keys.iter().map(|key| format!("mk {}\n", public(key))).collect();
    let signers = agent.write("signers", &listed.concat());
    let text = statement().text();
    for (n, key) in keys.iter().enumerate() {
        let own = public(key);
        for hash in ["sha256", "sha512"] {
            let armour = agent.sign(key, "recto", hash, &text);
            let seal = sealed(&own, &armour);
            assert!(both(agent, &seal, &text, &signers), "{own} {hash}");
            // The same from the private file, which recto itself never asks for.
            let armour = agent.sign_by_file(key, hash, &text);
            assert!(both(agent, &sealed(&own, &armour), &text, &signers), "{own} {hash}");
            good += 4;
            // The version, which ssh-keygen would take, and a length, which the library would.
            for at in [13, 15] {
                let mut letters = seal.signature.clone().into_bytes();
                letters[at] = if letters[at] == b'A' { b'B' } else { b'A' };
                let signature = String::from_utf8(letters).expect("ASCII");
                assert!(seal::malformed(&Sealed { signature, ..seal.clone() }).is_some());
                bad += 1;
            }
            // Another text, each of its lines in turn.
            for line in text.lines() {
                let other = text.replacen(line, &format!("{line}0"), 1);
                assert!(!both(agent, &seal, &other, &signers), "{own} {hash} {line}");
                bad += 1;
            }
            // Another purpose.
            let armour = agent.sign(key, "git", hash, &text);
            assert!(!both(agent, &sealed(&own, &armour), &text, &signers), "{own} {hash}");
            // Another key than the seal says: no matter for ssh-keygen, which reads it from the
            // signature, but for the seal.
            let other = public(&keys[(n + 1) % keys.len()]);
            let seal = sealed(&other, &agent.sign(key, "recto", hash, &text));
            assert!(seal::malformed(&seal).is_some());
            bad += 2;
        }
    }
    (good, bad)
}

#[test]
fn five_kinds_of_keys_by_two_hashes_and_what_is_none() {
    let Some(agent) = Agent::start() else { return };
    let (good, bad) = exchange(&agent);
    println!("T6: {good} verifications of good seals, {bad} of what is none");
}

#[test]
fn the_agent_signs_by_the_public_key_alone() {
    let Some(agent) = Agent::start() else { return };
    let key = agent.key("mine", "ed25519");
    let text = statement().text();
    // In this process the agent is not known, so nothing can be signed, and nobody is asked.
    let line = std::fs::read_to_string(&key).expect("a public key");
    let key = Key::of_line(&line).expect("a public key");
    if std::env::var_os("SSH_AUTH_SOCK").is_none() {
        let signed = Signing::start(key, &text).expect("it starts").wait();
        assert!(signed.is_err(), "{signed:?}");
    }
}

#[test]
#[ignore = "a minute; cargo test --release -- --ignored"]
fn t6_keys_exchanged_and_every_letter_of_a_signature_changed() {
    let Some(agent) = Agent::start() else { return skipped("T6", "no OpenSSH here") };
    let (good, bad) = exchange(&agent);
    let (kinds, asked) = match Path::new(DUMMY).exists() {
        true => ("a security key's too", 42),
        false => ("without a security key, which takes Debian's openssh-tests", 40),
    };
    let what = format!("good seals of {} kinds of keys, {kinds}: both take them", good / 8);
    counted("T6", asked, good, &what);
    let mut probes = 0;
    for key in keys(&agent) {
        let kind = public(&key);
        let signers = agent.write("signers", &format!("mk {}\n", public(&key)));
        let text = statement().text();
        let seal = sealed(&public(&key), &agent.sign(&key, "recto", "sha512", &text));
        let letters: Vec<char> = seal.signature.chars().collect();
        for at in 0..letters.len() {
            let mut altered = letters.clone();
            altered[at] = if altered[at] == 'A' { 'B' } else { 'A' };
            let altered = Sealed { signature: altered.into_iter().collect(), ..seal.clone() };
            let armour = seal::armour(&altered.signature).expect("base64");
            let signature = agent.write("probe.sig", &armour);
            let check = Check { signature: &signature, text: &text };
            // What is no seal whatever was signed is not shown to ssh-keygen.
            let by_keygen = seal::malformed(&altered).is_none()
                && check.is_of("mk", &signers, TIME, None).expect("runs");
            let fast = seal::check(&altered, &text) == Signature::Good;
            assert_eq!(by_keygen, fast, "{kind}, letter {at}");
            assert!(!fast, "{kind}, letter {at}");
            probes += 1;
        }
    }
    counted("T6", 46, bad + probes, "seals over other texts, altered, of others: both refuse them");
}
