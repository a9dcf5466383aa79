//! `recto compare`: how far reviewers agree, where they don't, and what one of them left open.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::cli::failure::{Exit, Failure};
use crate::cli::log::quoted;
use crate::cli::sources::{Sources, Texts};
use crate::collate::collation::Collation;
use crate::collate::fix::FixId;
use crate::collate::plan;
use crate::log::merge::{Outcome, Run, Voice};
use crate::log::witness::Sight;
use crate::measure::agreement::{Agreement, Tally, agreement};
use crate::review::state::Review;
use crate::shell::console::Console;
use crate::shell::readers::{self, Witnessed};
use crate::shell::session::Session;
use crate::shell::sources;
use crate::text::visible;

/// Names the logs.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The logs, two or more; an OCR text stands for all logs beside it.
    #[arg(value_name = "LOG", required = true)]
    logs: Vec<PathBuf>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

/// How many lines are named of what somebody left open.
const NAMED: usize = 12;

/// Holds two of the logs with how far they agree.
struct Pair {
    logs: [usize; 2],
    agreement: Agreement,
}

/// Holds all that is told.
struct Comparison {
    logs: Vec<Witnessed>,
    pairs: Vec<Pair>,
    runs: Vec<Run>,
    /// The first log's review: its collation says what the units are.
    review: Review,
}

/// Prints agreement and disputes; the answer is no where there are disputes.
///
/// # Errors
/// Logs that cannot be read, or don't belong together.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let logs = readers::read(&named(&options.logs)?)?;
    if logs.len() < 2 {
        return Err(Failure::cannot("there is one log only, and nothing to compare it with")
            .hint("name two or more logs, or the OCR text that they lie beside"));
    }
    let session = look(&logs[0].path)?;
    let comparison = compare(logs, &session)?;
    let text = if options.json { object(&comparison) } else { print(&comparison) };
    console.result(text.as_bytes())?;
    Ok(if comparison.disputes().next().is_some() { Exit::No } else { Exit::Done })
}

/// Returns the logs that are meant: those named, or all beside an OCR text.
///
/// # Errors
/// A folder that cannot be read; an OCR text without logs.
pub fn named(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let [base] = paths else { return Ok(paths.to_vec()) };
    if sources::is_log(base) {
        return Ok(paths.to_vec());
    }
    let found = readers::beside(base).map_err(|why| {
        Failure::cannot(format_args!("cannot look for logs beside {}: {why}", base.display()))
    })?;
    if found.is_empty() {
        return Err(Failure::cannot(format_args!("there is no log beside {}", base.display()))
            .hint("`recto review` begins one with the first decision"));
    }
    Ok(found)
}

/// Opens a log to be looked at, for its texts.
///
/// # Errors
/// A log that cannot be read.
pub fn look(log: &std::path::Path) -> Result<Session, Failure> {
    let sources = Sources {
        base: log.to_owned(),
        transcript: None,
        log: None,
        reviewer: None,
        texts: Texts { encoding: None, page_break: None },
    };
    sources.look()
}

fn compare(logs: Vec<Witnessed>, session: &Session) -> Result<Comparison, Failure> {
    let plan = plan::plan(session.base.text.clone(), session.proposed());
    let collation = Collation::complete(plan);
    let mut reviews = Vec::new();
    for log in &logs {
        let mut review = Review::new(collation.clone());
        let standing = log.witness.ledger().as_decision();
        review
            .apply(1, &standing)
            .map_err(|misfit| Failure::no(format_args!("{}: {misfit}", log.path.display())))?;
        reviews.push(review);
    }
    let mut pairs = Vec::new();
    for first in 0..logs.len() {
        for second in first + 1..logs.len() {
            let agreement = agreement(&reviews[first], &reviews[second]);
            pairs.push(Pair { logs: [first, second], agreement });
        }
    }
    let runs = readers::merged(&logs);
    Ok(Comparison { logs, pairs, runs, review: reviews.swap_remove(0) })
}

impl Comparison {
    fn disputes(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.outcome() == Outcome::Disputed)
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.runs.iter().filter(|run| run.outcome() == outcome && !adjudicated(run)).count()
    }

    fn adjudicated(&self) -> usize {
        self.runs.iter().filter(|run| adjudicated(run)).count()
    }

    /// Returns page and line, from 1.
    fn place(&self, at: usize) -> (usize, usize) {
        let base = self.review.base();
        (base.page_of(at), base.line_of(at) + 1)
    }
}

/// Says whether a run is what an adjudication settled.
fn adjudicated(run: &Run) -> bool {
    run.outcome() != Outcome::Disputed && run.voices.iter().any(|voice| voice.adjudicates)
}

fn sight(sight: Sight) -> &'static str {
    match sight {
        Sight::Blind => "blind",
        Sight::Partly => "partly blind",
        Sight::Open => "not blind",
    }
}

fn print(comparison: &Comparison) -> String {
    let mut text = String::new();
    for log in &comparison.logs {
        let witness = &log.witness;
        let records = witness.head().map_or(0, |head| head.size);
        let file = visible::escape(&sources::name(&log.path));
        let reviewer = visible::escape(&witness.reviewer);
        let _ = writeln!(text, "{reviewer:8} {file}  {records} records, {}", sight(witness.sight));
    }
    for pair in &comparison.pairs {
        print_pair(comparison, pair, &mut text);
    }
    let merged = [
        (comparison.count(Outcome::Agreed), "places decided alike"),
        (comparison.count(Outcome::Single), "decided by one alone"),
        (comparison.adjudicated(), "adjudicated"),
        (comparison.disputes().count(), "disputed"),
    ];
    text.push('\n');
    for (count, what) in merged {
        let _ = writeln!(text, "{count:>8} {what}");
    }
    for run in comparison.disputes() {
        let (page, line) = comparison.place(run.span.start);
        let base = quoted(comparison.review.base().slice(run.span.clone()));
        let voices: Vec<String> = run.voices.iter().map(voice).collect();
        let place = format!("p{page}:{line}");
        let _ = writeln!(text, "  {place:8} OCR {base}  {}", voices.join("  "));
    }
    text
}

fn voice(voice: &Voice) -> String {
    let open = if voice.left_open { " (a part left open)" } else { "" };
    let judge = if voice.adjudicates { " (adjudicated)" } else { "" };
    format!("{} {}{open}{judge}", visible::escape(&voice.reviewer), quoted(&voice.reading))
}

fn print_pair(comparison: &Comparison, pair: &Pair, text: &mut String) {
    let agreement = &pair.agreement;
    let names = pair.logs.map(|log| visible::escape(&comparison.logs[log].witness.reviewer));
    let heading = format!("{} and {}", names[0], names[1]);
    let _ = writeln!(text, "\n{heading:26} {:>6} {:>6} {:>8} {:>6}", "n", "alike", "raw", "kappa");
    print_tally("fixes both decided", &agreement.all, text);
    for (kind, tally) in &agreement.by_kind {
        print_tally(&format!("  {kind}"), tally, text);
    }
    if comparison.review.base().page_count() > 1 {
        for (page, tally) in &agreement.by_page {
            print_tally(&format!("  page {page}"), tally, text);
        }
    }
    for (name, open) in names.iter().zip(&agreement.left_open) {
        if let Some(lines) = lines(comparison, open) {
            let _ = writeln!(text, "{} left open by {name} alone: {lines}", open.len());
        }
    }
}

/// Prints n, raw and kappa together: each alone says too little.
fn print_tally(name: &str, tally: &Tally, text: &mut String) {
    let raw = tally.raw().map_or("-".to_owned(), |raw| format!("{:.1} %", 100.0 * raw));
    let kappa = tally.kappa().map_or("-".to_owned(), |kappa| format!("{kappa:.2}"));
    let _ = writeln!(text, "{name:26} {:>6} {:>6} {raw:>8} {kappa:>6}", tally.n, tally.agreed);
}

/// Names the lines of fixes, each once, not too many.
fn lines(comparison: &Comparison, fixes: &[FixId]) -> Option<String> {
    let line = |&id: &FixId| comparison.place(comparison.review.place(id).start).1;
    let mut lines: Vec<usize> = fixes.iter().map(line).collect();
    lines.dedup();
    let named: Vec<String> = lines.iter().take(NAMED).map(usize::to_string).collect();
    let more = if lines.len() > NAMED { ", ..." } else { "" };
    (!lines.is_empty()).then(|| format!("line {}{more}", named.join(", ")))
}

fn object(comparison: &Comparison) -> String {
    let log = |log: &Witnessed| {
        let head = log.witness.head();
        json!({
            "file": log.path.display().to_string(),
            "reviewer": log.witness.reviewer,
            "log": log.witness.log,
            "records": head.as_ref().map(|head| head.size),
            "head": head.map(|head| head.head),
            "blind": match log.witness.sight {
                Sight::Blind => "yes",
                Sight::Partly => "partly",
                Sight::Open => "no",
            },
        })
    };
    let object = json!({
        "logs": comparison.logs.iter().map(log).collect::<Vec<_>>(),
        "pairs": comparison.pairs.iter().map(|it| pair(comparison, it)).collect::<Vec<_>>(),
        "agreed": comparison.count(Outcome::Agreed),
        "single": comparison.count(Outcome::Single),
        "adjudicated": comparison.adjudicated(),
        "disputes": comparison.disputes().map(|run| dispute(comparison, run)).collect::<Vec<_>>(),
    });
    format!("{object:#}\n")
}

fn pair(comparison: &Comparison, pair: &Pair) -> Value {
    let agreement = &pair.agreement;
    let kinds = agreement.by_kind.iter().map(|(kind, it)| (kind.name().to_owned(), tally(it)));
    let pages = agreement.by_page.iter().map(|(page, it)| (page.to_string(), tally(it)));
    let open = pair.logs.iter().zip(&agreement.left_open).flat_map(|(log, fixes)| {
        fixes.iter().map(move |&id| {
            let place = comparison.review.place(id);
            let (page, line) = comparison.place(place.start);
            json!({
                "log": log, "at": [place.start, place.end], "n": place.n,
                "page": page.to_string(), "line": line,
            })
        })
    });
    let mut object = tally(&agreement.all);
    object["logs"] = json!(pair.logs);
    object["by_kind"] = kinds.collect::<serde_json::Map<_, _>>().into();
    object["by_page"] = pages.collect::<serde_json::Map<_, _>>().into();
    object["left_open"] = open.collect();
    object
}

fn tally(tally: &Tally) -> Value {
    json!({"n": tally.n, "agreed": tally.agreed, "raw": tally.raw(), "kappa": tally.kappa()})
}

fn dispute(comparison: &Comparison, run: &Run) -> Value {
    let (page, line) = comparison.place(run.span.start);
    let number = |log: &str| comparison.logs.iter().position(|it| it.witness.log == log);
    let readings = run.voices.iter().map(|voice| {
        json!({
            "log": number(&voice.log),
            "reading": voice.reading,
            "left_open": voice.left_open,
            "adjudicated": voice.adjudicates,
        })
    });
    json!({
        "at": [run.span.start, run.span.end],
        "page": page.to_string(),
        "line": line,
        "base": comparison.review.base().slice(run.span.clone()),
        "readings": readings.collect::<Vec<_>>(),
    })
}
