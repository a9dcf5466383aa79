//! `recto stats`: error rates, and how many fixes there are of each kind, decided and left.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::cli::act;
use crate::cli::failure::{Exit, Failure};
use crate::cli::sources::Sources;
use crate::collate::fix::Kind;
use crate::log::audit::Finding;
use crate::measure::rates::{Aside, Rate, Rates, rates};
use crate::review::counts::Counts;
use crate::review::state::Review;
use crate::shell::console::Console;
use crate::text::visible;

/// Names the texts or the log.
#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    sources: Sources,
    /// One JSON document instead of a table.
    #[arg(long)]
    json: bool,
    /// Measure without a BOM, CRs before line feeds, and white space at the texts' ends.
    #[arg(long)]
    trim: bool,
    /// Measure after bringing both texts to NFC.
    #[arg(long)]
    nfc: bool,
}

#[derive(Serialize)]
struct Stats {
    #[serde(flatten)]
    rates: Rates,
    fixes: Fixes,
}

#[derive(Serialize)]
struct Fixes {
    total: usize,
    open: usize,
    accepted: usize,
    rejected: usize,
    edited: usize,
    disputed: usize,
    own: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<Class>,
    by_kind: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct Class {
    kind: &'static str,
    total: usize,
    open: usize,
}

/// Prints the counts.
///
/// # Errors
/// Files that cannot be read. Of a log that is broken, or of a newer recto, what can be counted is
/// printed first.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let session = options.sources.look()?;
    act::tell(&session, console);
    let review = act::review(&session)?;
    let counts = review.counts();
    let kinds = by_kind(&review);
    let aside = Aside { trim: options.trim, nfc: options.nfc };
    let (base, transcript) = (review.base(), review.transcript());
    let rates = rates(base.as_str(), transcript.as_str(), aside);
    let text = if options.json {
        json(&counts, &kinds, rates)
    } else {
        let mut text = format!("{}\n{}", rate_table(&rates), table(&counts, &kinds));
        for (at, signature) in review.ledger().signatures().enumerate() {
            text.push_str(if at == 0 { "\n" } else { "" });
            text.extend([visible::escape(&signature.in_words()).as_str(), "\n"]);
        }
        text
    };
    console.result(text.as_bytes())?;
    let why = session.why_read_only().unwrap_or_default();
    match session.finding {
        Finding::Damaged => Err(Failure::damaged(format_args!("counted to the damage: {why}"))),
        Finding::Newer => Err(Failure::newer(format_args!("counted as far as can be read: {why}"))
            .hint("a newer recto reads it")),
        _ => Ok(Exit::Done),
    }
}

/// Counts the fixes of each kind; a class that is decided as one is left out, as in the total.
fn by_kind(review: &Review) -> BTreeMap<Kind, usize> {
    Kind::ALL.into_iter().map(|kind| (kind, review.alone_of_kind(kind))).collect()
}

/// Prints each rate with what it is of: a percentage alone says too little.
fn rate_table(rates: &Rates) -> String {
    let rows = [
        ("characters", rates.chars),
        ("grapheme clusters", rates.graphemes),
        ("words, punctuation aside", rates.words),
        ("words between white space", rates.words_whitespace),
    ];
    let mut text = String::from("   edits    truth    rate\n");
    for (name, Rate { edits, truth, rate }) in rows {
        let rate = rate.map_or("-".to_owned(), |rate| format!("{:.2} %", 100.0 * rate));
        writeln!(text, "{edits:>8} {truth:>8} {rate:>8}  {name}").expect("a string takes all");
    }
    text
}

fn json(counts: &Counts, kinds: &BTreeMap<Kind, usize>, rates: Rates) -> String {
    let class = counts.class.map(|class| Class {
        kind: class.kind.name(),
        total: class.total,
        open: class.open,
    });
    let fixes = Fixes {
        total: counts.total(),
        open: counts.open,
        accepted: counts.accepted,
        rejected: counts.rejected,
        edited: counts.edited,
        disputed: counts.disputed,
        own: counts.own,
        class,
        by_kind: kinds.iter().map(|(kind, &n)| (kind.name().to_owned(), n.into())).collect(),
    };
    let mut text = serde_json::to_string(&Stats { rates, fixes }).expect("numbers are always JSON");
    text.push('\n');
    text
}

fn table(counts: &Counts, kinds: &BTreeMap<Kind, usize>) -> String {
    let states = [
        ("open", counts.open),
        ("accepted", counts.accepted),
        ("rejected", counts.rejected),
        ("edited", counts.edited),
    ];
    let mut text =
        format!("{:>8} {}\n", counts.total(), if counts.total() == 1 { "fix" } else { "fixes" });
    for (name, count) in states {
        writeln!(text, "{count:>8} {name}").expect("a string takes all");
    }
    if counts.own > 0 {
        writeln!(text, "{:>8} changes of your own beside them", counts.own)
            .expect("a string takes all");
    }
    if let Some(class) = counts.class {
        let (total, kind, open) = (class.total, class.kind, class.open);
        writeln!(text, "{total:>8} {kind} beside them, as one class ({open} open)")
            .expect("a string takes all");
    }
    let mut kinds: Vec<_> = kinds.iter().filter(|&(_, &count)| count > 0).collect();
    kinds.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
    if !kinds.is_empty() {
        text.push_str("\nby kind\n");
    }
    for (kind, count) in kinds {
        writeln!(text, "{count:>8} {kind}").expect("a string takes all");
    }
    text
}
