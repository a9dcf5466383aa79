//! `recto adjudicate`: settles what reviewers dispute.

use std::ops::Range;
use std::path::PathBuf;

use crate::cli::act;
use crate::cli::compare::named;
use crate::cli::failure::{Exit, Failure};
use crate::cli::record::Bytes;
use crate::cli::review;
use crate::document::Text;
use crate::log::adjudicate::{Ruling, Unsettled, is_party, settle, together};
use crate::log::draft::Embed;
use crate::log::merge::{Outcome, Run, merge};
use crate::log::witness::Witness;
use crate::review::event::Event;
use crate::shell::adjudication::{self, Adjudication};
use crate::shell::clock;
use crate::shell::console::Console;
use crate::shell::screen::ScreenFault;
use crate::shell::session::{Access, Newer, Opening, Unlike};
use crate::shell::sources::Manner;
use crate::shell::terminal::Terminal;
use crate::text::visible;
use crate::ui::disputes::{Bench, Disputes};

/// Names the logs, and what is settled where there is no screen.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The logs, two or more; an OCR text stands for all logs beside it.
    #[arg(value_name = "LOG", required = true)]
    logs: Vec<PathBuf>,
    /// The adjudicator's own log, if not beside the first.
    #[arg(long, value_name = "OUT")]
    log: Option<PathBuf>,
    /// Who adjudicates: 1 to 32 of A-Z a-z 0-9 _ -.
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Settle disputes in which the adjudicator has a reading, too.
    #[arg(long)]
    allow_self: bool,
    /// Without the screen: take the reading of this log, from 1 as they are named.
    #[arg(long, value_name = "N", conflicts_with = "text", requires = "place")]
    take: Option<usize>,
    /// Without the screen: this reading.
    #[arg(long, allow_hyphen_values = true, requires = "place")]
    text: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// Names disputes.
#[derive(Debug, clap::Args)]
#[group(id = "place", multiple = false)]
struct Place {
    /// The disputes that begin in this line of the OCR text, from 1.
    #[arg(long, value_name = "N")]
    line: Option<usize>,
    /// The dispute at these bytes of the OCR text, or over them.
    #[arg(long, value_name = "START-END")]
    at: Option<Bytes>,
}

/// Settles disputes: on the screen, or one place by a reading that is named.
///
/// # Errors
/// Logs that cannot be read or written; a place without a dispute; the adjudicator's own disputes.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let by_screen = options.take.is_none() && options.text.is_none();
    if by_screen {
        // Before the log is opened, which locks it.
        Terminal::find().map_err(ScreenFault::NoTerminal)?;
    }
    let logs = named(&options.logs)?;
    let opening = Opening {
        base: PathBuf::new(),
        transcript: None,
        log: options.log.clone(),
        reviewer: options.reviewer.clone(),
        manner: Manner::default(),
        unlike: Unlike::Allowed,
        embed: Embed::Usual,
        newer: Newer::Left,
        access: if by_screen { Access::Screen } else { Access::Command },
    };
    let adjudication = adjudication::open(&logs, &opening)?;
    if !by_screen {
        return by_command(options, adjudication, console);
    }
    on_screen(options, adjudication, console)
}

/// Shows the disputes over the text that the logs agree on.
fn on_screen(
    options: &Options,
    adjudication: Adjudication,
    console: &Console,
) -> Result<Exit, Failure> {
    let Adjudication { mut session, others, own } = adjudication;
    let bench = if options.allow_self { Bench::SettledAll } else { Bench::Settled };
    let mut export = String::from("recto export");
    for log in others.iter().map(|it| &it.path).chain([&session.log]) {
        export = format!("{export} {}", act::quoted(&log.display().to_string()));
    }
    let others: Vec<Witness> = others.into_iter().map(|other| other.witness).collect();
    session.disputes = Some(Disputes::new(others, own, bench));
    let exit = review::show_once(session, console)?;
    if !console.quiet {
        console.result(format!("merged   {export} --to text -o FILE\n").as_bytes())?;
    }
    Ok(exit)
}

fn by_command(
    options: &Options,
    adjudication: Adjudication,
    console: &Console,
) -> Result<Exit, Failure> {
    let Adjudication { mut session, others, own } = adjudication;
    act::tell(&session, console);
    let mut all: Vec<&Witness> = others.iter().map(|other| &other.witness).collect();
    all.push(&own);
    let mut disputes = merge(&all);
    disputes.retain(|run| run.outcome() == Outcome::Disputed);
    let base = own.ledger().base().clone();
    let hash = |log: &str, seq: u64| all.iter().find(|it| it.log == log)?.hash(seq);
    let mut settled: Vec<Event> = Vec::new();
    for run in chosen(options, &disputes, &base)? {
        if is_party(run, session.reviewer.as_str()) && !options.allow_self {
            let party = Unsettled::OwnDispute(session.reviewer.to_string());
            return Err(Failure::no(party).hint("somebody else does, or --allow-self"));
        }
        let ruling = match (&options.text, options.take) {
            (Some(text), _) => Ruling::Own(text),
            (None, take) => Ruling::Voice(voice(run, take.unwrap_or(1), &others)?),
        };
        settled.push(settle(run, ruling, &base, hash).map_err(Failure::no)?);
    }
    let count = settled.len();
    let events = together(settled);
    let said = format!("settled {count} {}", if count == 1 { "dispute" } else { "disputes" });
    let seqs = session.writer.append(&events, &clock::now());
    let seqs = seqs.map_err(|fault| Failure::not_saved(&said, &fault, &session))?;
    if !console.quiet {
        let left = disputes.len() - count;
        let first = seqs.first().copied().unwrap_or_default();
        console.result(format!("{said} (record {first}); {left} left\n").as_bytes())?;
    }
    console.detail(&format!("the log is {}", session.log.display()));
    Ok(Exit::Done)
}

/// Returns the disputes that are meant.
fn chosen<'a>(
    options: &Options,
    disputes: &'a [Run],
    base: &Text,
) -> Result<Vec<&'a Run>, Failure> {
    let wanted = |span: &Range<usize>| match (&options.place.at, options.place.line) {
        (Some(Bytes(at)), _) => span.start <= at.end && at.start <= span.end,
        (None, Some(line)) => base.line_of(span.start) + 1 == line,
        (None, None) => false,
    };
    let chosen: Vec<&Run> = disputes.iter().filter(|run| wanted(&run.span)).collect();
    match (chosen.len(), &options.text) {
        (0, _) => Err(Failure::no("nothing is disputed there")
            .hint("`recto compare` lists the disputes with their lines")),
        (2.., Some(_)) => Err(Failure::cannot("several places are disputed there")
            .hint("--at START-END names one; `recto compare --json` tells their bytes")),
        _ => Ok(chosen),
    }
}

/// Returns the voice of the log with this number.
fn voice(
    run: &Run,
    number: usize,
    others: &[crate::shell::readers::Witnessed],
) -> Result<usize, Failure> {
    let Some(log) = number.checked_sub(1).and_then(|at| others.get(at)) else {
        return Err(Failure::cannot(format_args!(
            "there is no log {number}: {} are named",
            others.len()
        )));
    };
    let found = run.voices.iter().position(|voice| voice.log == log.witness.log);
    found.ok_or_else(|| {
        let reviewer = visible::escape(&log.witness.reviewer);
        Failure::no(format_args!("{reviewer} has no reading there"))
    })
}
