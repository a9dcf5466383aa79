//! `recto verify`: chain, seals, anchor and replay of logs, and what they come to.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::failure::{Exit, Failure};
use crate::cli::report::{Known, Level, Report};
use crate::document::Text;
use crate::log::anchor::Anchor;
use crate::log::audit::Plan;
use crate::log::replay::Given;
use crate::shell::console::Console;
use crate::shell::files::{self, FileError};
use crate::shell::witnesses::Witnesses;
use crate::shell::{anchors, log_reader};

/// Names logs and what is asked of them.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The logs.
    #[arg(required_unless_present = "script", value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// What must be shown for success.
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "intact")]
    require: Level,
    /// A size and head of the log as they were written down elsewhere; may be repeated.
    #[arg(long, value_name = "SIZE:HEAD")]
    anchor: Vec<Anchor>,
    /// The OCR text, for logs that do not hold it.
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
    /// Print a script for sh and sha256sum that checks a log's chain without recto.
    #[arg(long, conflicts_with_all = ["logs", "json", "base", "anchor"])]
    script: bool,
}

/// The chain's check for those who don't have recto, or don't trust it.
const SCRIPT: &str = include_str!("../../assets/verify.sh");

/// Exit codes of several logs: the first of these that one of them has is the answer.
const GRAVEST: [Exit; 6] =
    [Exit::No, Exit::Cannot, Exit::Newer, Exit::Torn, Exit::Below, Exit::Done];

/// Verifies logs and reports on each.
///
/// # Errors
/// A base that cannot be read, and a failed write; a log that cannot be read is a report.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    if options.script {
        console.result(SCRIPT.as_bytes())?;
        return Ok(Exit::Done);
    }
    if options.logs.len() > 1 && !options.anchor.is_empty() {
        return Err(Failure::cannot("--anchor is of one log, but several were named")
            .hint("verify that log alone"));
    }
    let base = options.base.as_deref().map(read_base).transpose()?;
    let plan = Plan { given: Given { base, transcript: None }, ..Plan::default() };
    let mut witnesses = Witnesses::with(&options.logs);
    let mut exits = Vec::new();
    let mut objects = Vec::new();
    for log in &options.logs {
        let report = report(log, &plan, options, &mut witnesses)
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

fn report(
    log: &Path,
    plan: &Plan,
    options: &Options,
    witnesses: &mut Witnesses,
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
        anchors.extend(witnesses.of(log, &id));
    }
    let heads = anchors.iter().map(|anchor| anchor.size).collect();
    let audit = log_reader::read(log, &Plan { heads, ..plan.clone() })?;
    let known = Known { log, audit: &audit, anchors: &anchors, given_up: &given_up, blind };
    Ok(Report::of(&known, options.require))
}
