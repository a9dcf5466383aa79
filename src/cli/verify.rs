//! `recto verify`: chain, seals, anchor and replay of logs, and what they come to.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::failure::{Exit, Failure};
use crate::digest::Digest;
use crate::document::Text;
use crate::log::audit::{Audit, Finding, Plan};
use crate::log::chain::Tail;
use crate::log::replay::Given;
use crate::shell::console::Console;
use crate::shell::files;
use crate::shell::log_reader;
use crate::shell::sources;
use crate::text::visible;

/// Names logs and what is asked of them.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The logs.
    #[arg(required_unless_present = "script", value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// What must be shown for success.
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "intact")]
    require: Level,
    /// The OCR text, for logs that do not hold it.
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
    /// Print a script for sh and sha256sum that checks a log's chain without recto.
    #[arg(long, conflicts_with_all = ["logs", "json", "base"])]
    script: bool,
}

/// The chain's check for those who don't have recto, or don't trust it.
const SCRIPT: &str = include_str!("../../assets/verify.sh");

/// Tells how much is known of a log's truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
enum Level {
    /// Nothing in it contradicts anything else in it.
    Intact,
    /// The reviewer's key signed it.
    Sealed,
    /// Somebody else remembers it as it is.
    Anchored,
}

/// Exit codes of several logs: the first of these that one of them has is the answer.
const GRAVEST: [Exit; 6] =
    [Exit::No, Exit::Cannot, Exit::Newer, Exit::Torn, Exit::Below, Exit::Done];

/// Holds what is told of one log.
struct Report {
    /// Named lines: word, state, details.
    lines: Vec<(&'static str, String, String)>,
    notices: Vec<String>,
    result: String,
    exit: Exit,
    json: Value,
}

/// Verifies logs and reports on each.
///
/// # Errors
/// A base that cannot be read, and a failed write; a log that cannot be read is a report.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    if options.script {
        console.result(SCRIPT.as_bytes())?;
        return Ok(Exit::Done);
    }
    let base = options.base.as_deref().map(read_base).transpose()?;
    let plan = Plan { given: Given { base, transcript: None }, ..Plan::default() };
    let mut exits = Vec::new();
    let mut objects = Vec::new();
    for log in &options.logs {
        let report = report(log, &plan, options.require);
        exits.push(report.exit);
        if options.json {
            objects.push(object(log, &report));
        } else {
            let gap = if exits.len() > 1 { "\n" } else { "" };
            console.result(format!("{gap}{}", print(&report)).as_bytes())?;
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

fn report(log: &Path, plan: &Plan, required: Level) -> Report {
    match log_reader::read(log, plan) {
        Ok(audit) => of_audit(log, &audit, required),
        Err(error) => Report {
            lines: vec![("log", sources::name(log), String::new())],
            notices: Vec::new(),
            result: format!("not checked: {error}"),
            exit: Exit::Cannot,
            json: json!({"chain": null, "seals": null, "anchor": null, "replay": null}),
        },
    }
}

fn of_audit(log: &Path, audit: &Audit, required: Level) -> Report {
    let (result, exit) = result(audit, required);
    let established =
        audit.replay.as_ref().map(|it| Digest::of(it.ledger.established().as_bytes()));
    let (chain, replay) = (chain(audit), replay(audit, established));
    let seals = match audit.seals.len() {
        0 => ("none".to_owned(), String::new()),
        count => ("-".to_owned(), format!("{count} there, not checked by this version")),
    };
    let anchor = "a log cut short after a whole record looks like a shorter one";
    let header = audit.header.as_ref();
    let who = header.map(|it| format!("{}  {}", it.reviewer, it.log)).unwrap_or_default();
    let name = header.map_or_else(|| sources::name(log), |it| it.document.clone());
    let json = json!({
        "document": header.map(|it| &it.document),
        "reviewer": header.map(|it| &it.reviewer),
        "log": header.map(|it| &it.log),
        "chain": {
            "state": chain.0, "records": audit.size, "bytes": audit.bytes,
            "head": audit.head, "why": chain_fault(audit),
        },
        "seals": {"state": if audit.seals.is_empty() { "none" } else { "not checked" },
            "records": audit.seals},
        "anchor": {"state": "none"},
        "replay": {
            "state": replay.0, "established": established,
            "why": audit.complaint().filter(|_| replay.0 != "ok"),
        },
    });
    Report {
        lines: vec![
            ("log", name, who),
            ("chain", chain.0.to_owned(), chain.1),
            ("seals", seals.0, seals.1),
            ("anchor", "none".to_owned(), anchor.to_owned()),
            ("replay", replay.0.to_owned(), replay.1),
        ],
        notices: notices(audit),
        result,
        exit,
        json,
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

fn replay(audit: &Audit, established: Option<Digest>) -> (&'static str, String) {
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
        Some(digest) => ("ok", format!("established text has SHA-256 {digest}")),
    }
}

fn notices(audit: &Audit) -> Vec<String> {
    let mut notices = Vec::new();
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
    if audit.optional > 0 {
        notices.push(format!("{} optional records of unknown kinds left out", audit.optional));
    }
    if audit.cuts > 0 {
        notices.push(format!("{} decisions over a part of an earlier one", audit.cuts));
    }
    notices
}

fn result(audit: &Audit, required: Level) -> (String, Exit) {
    let size = audit.size;
    match audit.finding() {
        Finding::Damaged => {
            (format!("NOT INTACT: {}", audit.complaint().unwrap_or_default()), Exit::No)
        }
        Finding::Newer => {
            let newer = audit.complaint().unwrap_or_default();
            (format!("of a newer recto ({newer}); the chain holds to {size}"), Exit::Newer)
        }
        Finding::Unchecked => (format!("chain intact to {size}, replay not checked"), Exit::Cannot),
        Finding::Torn => (format!("intact to {size}, but the end is not whole"), Exit::Torn),
        Finding::Intact if required > Level::Intact => {
            (format!("intact to {size}, which is less than was asked for"), Exit::Below)
        }
        Finding::Intact => (format!("intact to {size}"), Exit::Done),
    }
}

fn print(report: &Report) -> String {
    let mut text = String::new();
    for (word, state, details) in &report.lines {
        let line = format!("{word:8} {:9} {}", visible::escape(state), visible::escape(details));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let mut word = "notices";
    for notice in &report.notices {
        let _ = writeln!(text, "{word:8} {notice}");
        word = "";
    }
    let _ = writeln!(text, "{:8} {}", "RESULT", visible::escape(&report.result));
    text
}

fn object(log: &Path, report: &Report) -> Value {
    let mut object = report.json.clone();
    object["file"] = json!(log.display().to_string());
    object["notices"] = json!(report.notices);
    object["result"] = json!(report.result);
    object["exit"] = json!(report.exit as u8);
    object
}
