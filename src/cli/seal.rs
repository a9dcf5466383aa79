//! `recto seal`: signs a log by the agent, or prints a seal so that it can be checked by hand.

use std::path::PathBuf;

use crate::cli::act;
use crate::cli::act::quoted;
use crate::cli::failure::{Exit, Failure};
use crate::cli::sources::{Beginning, Sources};
use crate::digest::Digest;
use crate::log::audit::Plan;
use crate::log::seal::{Statement, armour};
use crate::review::ledger::Ledger;
use crate::review::state::Review;
use crate::shell::config::{Config, SealAt};
use crate::shell::console::Console;
use crate::shell::sealing::{self, SealFault, Sealing};
use crate::shell::session::{Access, Session};
use crate::shell::ssh::SignFault;
use crate::shell::{clock, log_reader, sources};

/// Names a log and a key.
#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    sources: Sources,
    /// The public key to seal with; the agent must hold its private half.
    #[arg(long, value_name = "FILE.pub")]
    key: Option<PathBuf>,
    /// Print the seal of this record as commands that check it: text, signature, ssh-keygen.
    #[arg(long, value_name = "SEQ", conflicts_with = "key")]
    show: Option<u64>,
}

/// Seals a log, or shows a seal of it.
///
/// # Errors
/// No log; no agent or key; a log that cannot be written; a record that is no seal.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    if let Some(seq) = options.show {
        return show(&options.sources, seq, console);
    }
    // The agent is asked first: without one nothing need be read.
    let key = sealing::key(options.key.as_deref(), &Config::load()?)?;
    let beginning = Beginning { force: true, ..Beginning::default() };
    let mut session = options.sources.open(Access::Command, beginning)?;
    act::tell(&session, console);
    if key.waits_for_touch() {
        console.say("waiting for the key: touch it");
    }
    let sealing = Sealing::start(&session.writer, established(&session)?, key)?;
    let done = sealing.finish(&mut session.writer)?;
    if !console.quiet {
        let (seq, key) = (done.seq, done.key);
        let said = format!("sealed by {} with {key}, records 0-{}", session.reviewer, seq - 1);
        console.result(format!("{said} (record {seq})\n").as_bytes())?;
    }
    Ok(Exit::Done)
}

/// Seals a log that was just signed off, where the agent has a key and the config does not forbid
/// it. Without a seal the sign-off stands all the same.
pub fn after_sign_off(session: &mut Session, review: &Review, console: &Console) {
    let config = Config::load().unwrap_or_default();
    if config.seal == SealAt::Never {
        return;
    }
    let key = match sealing::key(None, &config) {
        Ok(key) => key,
        Err(fault @ (SignFault::NoAgent | SignFault::NoProgram(..))) => {
            return console.detail(&format!("not sealed: {fault}"));
        }
        Err(fault) => return console.say(&format!("not sealed: {fault}")),
    };
    if key.waits_for_touch() {
        console.say("waiting for the key: touch it (Ctrl-C leaves the log signed and unsealed)");
    }
    let established = Digest::of(review.ledger().established().as_bytes());
    let sealing = Sealing::start(&session.writer, established, key);
    match sealing.and_then(|sealing| sealing.finish(&mut session.writer)) {
        Ok(done) => console.say(&format!("sealed with {} (record {})", done.key, done.seq)),
        Err(fault) => console.say(&format!("not sealed: {fault}")),
    }
}

/// Returns the digest of the text that a session's log gives.
///
/// # Errors
/// A record that does not fit the base.
fn established(session: &Session) -> Result<Digest, Failure> {
    let mut ledger = Ledger::new(session.base.text.clone());
    for (seq, event) in session.chronicle.events() {
        ledger.apply(seq, event).map_err(|misfit| {
            Failure::no(format_args!("{}, record {seq}: {misfit}", session.log.display()))
        })?;
    }
    Ok(Digest::of(ledger.established().as_bytes()))
}

fn show(sources: &Sources, seq: u64, console: &Console) -> Result<Exit, Failure> {
    let log =
        if sources::is_log(&sources.base) { sources.base.clone() } else { sources.look()?.log };
    let audit = log_reader::read(&log, &Plan::default()).map_err(Failure::cannot)?;
    let found = audit.seals.iter().find(|seal| seal.seq == seq).zip(audit.header.as_ref());
    let Some((seal, header)) = found else {
        let seals: Vec<String> = audit.seals.iter().map(|seal| seal.seq.to_string()).collect();
        let failure = Failure::no(format_args!("{}, record {seq} is no seal", log.display()));
        return Err(match seals.len() {
            0 => failure.hint("this log has none"),
            _ => failure.hint(format_args!("its seals are {}", seals.join(", "))),
        });
    };
    let armour = armour(&seal.sealed.signature)
        .ok_or_else(|| Failure::no(format_args!("the signature of record {seq} is no base64")))?;
    let text = by_hand(&seal.statement(&header.log), &armour, &header.reviewer);
    console.result(text.as_bytes())?;
    Ok(Exit::Done)
}

/// Writes commands for `sh` that check a seal. Text and armour hold digits and base64 only.
fn by_hand(statement: &Statement, armour: &str, reviewer: &str) -> String {
    let (text, size) = (statement.text(), statement.size);
    let time = clock::local(&statement.time).unwrap_or_default();
    let reviewer = quoted(reviewer);
    format!(
        "# The seal in record {size}: run this with sh, or by hand, where allowed_signers is.\n\
         cat >seal-{size}.txt <<'END'\n{text}END\n\
         cat >seal-{size}.txt.sig <<'END'\n{armour}END\n\
         ssh-keygen -Y verify -f allowed_signers -I {reviewer} -n recto \\\n    \
         -O verify-time={time} -s seal-{size}.txt.sig <seal-{size}.txt\n"
    )
}

impl From<SignFault> for Failure {
    fn from(fault: SignFault) -> Self {
        let said = Self::cannot(&fault);
        match fault {
            SignFault::NoAgent => {
                said.hint("eval \"$(ssh-agent)\" starts one; ssh -A brings yours along")
            }
            SignFault::NoKey => said.hint("ssh-add puts yours in"),
            SignFault::OtherKey(_) => said.hint("ssh-add -L lists what it holds"),
            SignFault::NoPublicKey(_) => {
                said.hint("name the file that ends in .pub; private keys are never read")
            }
            SignFault::NoProgram(..) => said.hint("seals are made by OpenSSH's own programs"),
            SignFault::Refused(_) => said,
        }
    }
}

impl From<SealFault> for Failure {
    fn from(fault: SealFault) -> Self {
        match fault {
            SealFault::Sign(fault) => fault.into(),
            SealFault::NoLog => Self::cannot(fault).hint("a log begins with its first decision"),
            SealFault::Wrong(_) | SealFault::NotSaved(_) => {
                Self::cannot(format_args!("not sealed: {fault}"))
            }
        }
    }
}
