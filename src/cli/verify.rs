//! `recto verify`: chain, seals, anchor and replay of logs, and what they come to.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::failure::{Exit, Failure};
use crate::cli::report::{Judged, Known, Level, Report};
use crate::cli::sources;
use crate::document::Text;
use crate::log::anchor::Anchor;
use crate::log::audit::{Audit, Plan};
use crate::log::replay::Given;
use crate::log::seal::fingerprint;
use crate::shell::console::Console;
use crate::shell::files::{self, FileError};
use crate::shell::judge::{Case, Judge};
use crate::shell::witnesses::Witnesses;
use crate::shell::{anchors, log_reader};

/// Names logs and what is asked of them.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The logs, or the OCR texts that they lie beside.
    #[arg(
        required_unless_present_any = ["script", "hook"],
        value_name = "LOG",
        value_parser = sources::log()
    )]
    logs: Vec<PathBuf>,
    /// What must be shown for success; may be repeated.
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "intact")]
    require: Vec<Level>,
    /// A size and head of the log as they were written down elsewhere; may be repeated.
    #[arg(long, value_name = "SIZE:HEAD")]
    anchor: Vec<Anchor>,
    /// The list of signers, in OpenSSH's form; else `allowed_signers` beside the log, that in the
    /// folder `.recto` there or above, or `~/.ssh/allowed_signers`.
    #[arg(long, value_name = "FILE")]
    signers: Option<PathBuf>,
    /// A list of keys that were revoked, as `ssh-keygen -r` takes it.
    #[arg(long, value_name = "FILE")]
    revoked: Option<PathBuf>,
    /// Check signatures without ssh-keygen, which takes a hundredth of the time.
    #[arg(long)]
    fast: bool,
    /// The OCR text, for logs that do not hold it.
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
    /// Print a script for sh and sha256sum that checks a log's chain without recto.
    #[arg(long, exclusive = true)]
    script: bool,
    /// Print a pre-receive hook for a git host: it refuses pushes that cut, change or remove a log.
    #[arg(long, exclusive = true)]
    hook: bool,
}

/// Holds what looks beyond one log.
struct Checks {
    witnesses: Witnesses,
    judge: Judge,
}

/// The chain's check for those who don't have recto, or don't trust it.
const SCRIPT: &str = include_str!("../../assets/verify.sh");

/// Keeps logs on a git host append-only.
const HOOK: &str = include_str!("../../assets/pre-receive.sh");

/// Exit codes of several logs: the first of these that one of them has is the answer.
const GRAVEST: [Exit; 6] =
    [Exit::No, Exit::Cannot, Exit::Newer, Exit::Torn, Exit::Below, Exit::Done];

/// Verifies logs and reports on each.
///
/// # Errors
/// A base that cannot be read, and a failed write; a log that cannot be read is a report.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    for (asked, script) in [(options.script, SCRIPT), (options.hook, HOOK)] {
        if asked {
            console.result(script.as_bytes())?;
            return Ok(Exit::Done);
        }
    }
    if options.logs.len() > 1 && !options.anchor.is_empty() {
        return Err(Failure::cannot("--anchor is of one log, but several were named")
            .hint("verify that log alone"));
    }
    let base = options.base.as_deref().map(read_base).transpose()?;
    let plan = Plan { given: Given { base, transcript: None }, ..Plan::default() };
    for list in [&options.signers, &options.revoked].into_iter().flatten() {
        files::read_start(list, 1).map_err(Failure::cannot)?;
    }
    let mut checks = Checks {
        witnesses: Witnesses::with(&options.logs),
        judge: Judge::new(options.signers.clone(), options.revoked.clone(), options.fast),
    };
    let mut exits = Vec::new();
    let mut objects = Vec::new();
    for log in &options.logs {
        let report = report(log, &plan, options, &mut checks)
            .unwrap_or_else(|error| Report::unread(log, &error.to_string()));
        exits.push(report.exit);
        if options.json {
            objects.push(report.object(log));
        } else {
            let gap = if exits.len() > 1 { "\n" } else { "" };
            console.result(format!("{gap}{}", report.print()).as_bytes())?;
        }
    }
    if options.json {
        console.result(format!("{:#}\n", Value::Array(objects)).as_bytes())?;
    }
    Ok(GRAVEST.into_iter().find(|exit| exits.contains(exit)).unwrap_or(Exit::Done))
}

fn read_base(path: &Path) -> Result<Text, Failure> {
    let bytes = files::read(path).map_err(Failure::cannot)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::cannot(format_args!("{} is not UTF-8 at byte {at}", path.display()))
    })?;
    Text::new(text).map_err(Failure::cannot)
}

/// Verifies one log and returns the report as it is printed for people.
#[must_use]
pub fn printed(log: &Path) -> String {
    let options = Options {
        logs: vec![log.to_owned()],
        require: vec![Level::Intact],
        anchor: Vec::new(),
        signers: None,
        revoked: None,
        fast: false,
        base: None,
        json: false,
        script: false,
        hook: false,
    };
    let mut checks = Checks {
        witnesses: Witnesses::with(&options.logs),
        judge: Judge::new(None, None, options.fast),
    };
    report(log, &Plan::default(), &options, &mut checks)
        .unwrap_or_else(|error| Report::unread(log, &error.to_string()))
        .print()
}

fn report(
    log: &Path,
    plan: &Plan,
    options: &Options,
    checks: &mut Checks,
) -> Result<Report, FileError> {
    // What is remembered is looked up first: the log may grow meanwhile, and its anchor with it.
    let mut anchors = options.anchor.clone();
    let mut given_up = Vec::new();
    let mut blind = Vec::new();
    if let Some(id) = log_reader::id(log)? {
        match anchors::load(&id) {
            Ok(Some(kept)) => {
                anchors.push(kept.anchor());
                given_up = kept.given_up;
            }
            Ok(None) => {}
            Err(error) => blind.push(format!("{error}: its anchor was not looked at")),
        }
        anchors.extend(checks.witnesses.of(log, &id));
    }
    let heads = anchors.iter().map(|anchor| anchor.size).collect();
    let audit = log_reader::read(log, &Plan { heads, ..plan.clone() })?;
    let signers = checks.judge.signers_of(log).filter(|_| !audit.seals.is_empty());
    let seals = judged(&audit, signers.as_deref(), &mut checks.judge);
    let (anchors, given_up) = (&anchors[..], &given_up[..]);
    let known = Known { log, audit: &audit, seals, signers, anchors, given_up, blind };
    Ok(Report::of(&known, &options.require))
}

fn judged(audit: &Audit, signers: Option<&Path>, judge: &mut Judge) -> Vec<Judged> {
    let Some(header) = &audit.header else { return Vec::new() };
    let case = Case { log: &header.log, reviewer: &header.reviewer, signers };
    let judged = audit.seals.iter().map(|seal| Judged {
        seq: seal.seq,
        key: fingerprint(&seal.sealed.public_key),
        established: seal.sealed.established,
        verdict: judge.judge(seal, &case),
    });
    judged.collect()
}
