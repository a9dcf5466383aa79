//! `recto log`: what happened in a review, for people and as data.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::PathBuf;

use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use crate::cli::failure::{Exit, Failure};
use crate::cli::log_filter::Filter;
use crate::cli::sources;
use crate::document::Text;
use crate::log::audit::{Finding, Plan};
use crate::log::history::{Change, Entry, history};
use crate::log::record::Body;
use crate::review::event::{Decided, Event};
use crate::shell::console::Console;
use crate::shell::log_reader;
use crate::text::visible;

/// Names a log.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The log, or the OCR text that it lies beside.
    #[arg(value_name = "BASE|LOG", value_parser = sources::log())]
    log: PathBuf,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    filter: Filter,
}

/// How many letters of a reading are printed for people.
const SHOWN_GRAPHEMES: usize = 40;

/// Prints the history of a log.
///
/// # Errors
/// A log that cannot be read. Of one that is broken, or of a newer recto, what can be told is
/// printed first.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let plan = Plan { keep: true, ..Plan::default() };
    let audit = log_reader::read(&options.log, &plan).map_err(Failure::cannot)?;
    let log = options.log.display();
    if let Some(replay) = &audit.replay {
        let entries = history(&replay.header, &replay.base, &audit.records)
            .map_err(|misfit| Failure::no(format_args!("{log} is damaged: {misfit}")))?;
        let told = entries.iter();
        let told = told.filter(|entry| options.filter.takes(entry, &entries, &replay.base));
        let text = if options.json {
            format!("{:#}\n", Value::Array(told.map(object).collect()))
        } else {
            told.map(|entry| print(entry, &options.filter, &replay.base)).collect()
        };
        console.result(text.as_bytes())?;
    }
    let complaint = audit.complaint().unwrap_or_default();
    match audit.finding() {
        Finding::Intact => Ok(Exit::Done),
        Finding::Torn => {
            console.say(&format!("{log}: what follows the last record is no whole one"));
            Ok(Exit::Done)
        }
        Finding::Damaged => Err(Failure::damaged(format_args!("{log}: {complaint}"))),
        Finding::Newer => {
            Err(Failure::newer(format_args!("{log} is of a newer recto: {complaint}")))
        }
        Finding::Unchecked => Err(Failure::cannot(format_args!(
            "{log} does not hold its OCR text, and that text is not beside it"
        ))),
    }
}

fn print(entry: &Entry<'_>, filter: &Filter, base: &Text) -> String {
    let record = entry.record;
    let (seq, time) = (record.seq, &record.time);
    let reviewer = visible::escape(entry.reviewer);
    let undone = if entry.undone { "  (undone)" } else { "" };
    let mut text = format!("{seq:>5}  {time}  {reviewer}  ");
    let what = match &record.body {
        Body::Review(event) => review(event),
        Body::Session(session) => {
            let blind = if session.blind { ", blind" } else { "" };
            format!("session by {}, {}{blind}", word(session.by), session.app)
        }
        Body::Opened(opened) => format!("opened {}", opened.document),
        Body::Proposals(transcript) => format!("new transcript {}", transcript.name),
        Body::Recovered(recovered) => format!("recovered, {} bytes cut", recovered.cut),
        other => other.kind().to_owned(),
    };
    text.push_str(&visible::escape(&what));
    if let Some(seq) = entry.changed {
        let _ = write!(text, "  changed since by {seq}");
    }
    let told = |change: &&Change<'_>| filter.takes_change(change, base);
    let changes: Vec<&Change<'_>> = entry.changes.iter().filter(told).collect();
    match &changes[..] {
        [change] => {
            let _ = writeln!(text, "  {}{undone}", changed(change));
        }
        changes => {
            let _ = writeln!(text, "{undone}");
            for change in changes {
                let _ = writeln!(text, "{:7}{}", "", changed(change));
            }
        }
    }
    text
}

fn review(event: &Event) -> String {
    match event {
        Event::Decided(decided) => decision(decided, ""),
        Event::Adjudicated(decided, _) => decision(decided, " as adjudicator"),
        Event::Undone(of) => format!("undo of {of}"),
        Event::Redone(of) => format!("redo of {of}"),
        Event::Noted(noted) => {
            let place = place(noted.page.as_deref(), noted.line, &noted.at);
            let noted = format!("{}  {place}  {}  {}", noted.mark, quoted(&noted.base), noted.note);
            noted.trim_end().to_owned()
        }
        Event::SignedOff(signed) => {
            let page = signed.page.as_ref().map(|page| format!(" {page}")).unwrap_or_default();
            format!("signed {}{page}  ({} read, {} open)", signed.scope, signed.read, signed.open)
        }
    }
}

fn decision(decided: &Decided, role: &str) -> String {
    let (verdict, scope) = (decided.verdict, decided.scope);
    match decided.sites.len() {
        1 => format!("{verdict} {scope}{role}"),
        places => format!("{verdict} {scope}{role}, {places} places"),
    }
}

fn changed(change: &Change<'_>) -> String {
    let site = change.site;
    let place = place(site.page.as_deref(), site.line, &site.place.span());
    let (before, after) = (quoted(&change.before), quoted(&change.after));
    format!("{}  {before} -> {after}", visible::escape(&place))
}

fn place(page: Option<&str>, line: Option<u64>, at: &Range<usize>) -> String {
    match (page, line) {
        (Some(page), Some(line)) => format!("p{page}:{line}"),
        (None, Some(line)) => format!("line {line}"),
        _ => format!("byte {}", at.start),
    }
}

/// Quotes a reading for people, cut where it is long, control characters shown as codes.
pub fn quoted(text: &str) -> String {
    let mut letters = text.graphemes(true);
    let shown: String = letters.by_ref().take(SHOWN_GRAPHEMES).collect();
    let more = if letters.next().is_some() { "..." } else { "" };
    format!("\"{}{more}\"", visible::escape(&shown))
}

/// Returns an enum's word as the log has it.
fn word(value: impl serde::Serialize) -> String {
    match json!(value) {
        Value::String(word) => word,
        other => other.to_string(),
    }
}

fn object(entry: &Entry<'_>) -> Value {
    let mut object = json!({
        "seq": entry.record.seq,
        "time": entry.record.time,
        "reviewer": entry.reviewer,
        "kind": entry.record.body.kind(),
    });
    let Body::Review(event) = &entry.record.body else { return object };
    object["undone"] = json!(entry.undone);
    match event {
        Event::Decided(decided) | Event::Adjudicated(decided, _) => {
            object["verdict"] = json!(decided.verdict);
            object["scope"] = json!(decided.scope);
            object["act"] = json!(decided.act.unwrap_or(entry.record.seq));
            object["sites"] = entry.changes.iter().map(site).collect();
        }
        Event::Undone(of) | Event::Redone(of) => {
            object.as_object_mut().expect("made above").remove("undone");
            object["of"] = json!(of);
        }
        Event::Noted(noted) => {
            object["at"] = json!([noted.at.start, noted.at.end]);
            object["page"] = json!(noted.page);
            object["line"] = json!(noted.line);
            object["base"] = json!(noted.base);
            object["mark"] = json!(noted.mark);
            object["note"] = json!(noted.note);
        }
        Event::SignedOff(signed) => {
            object["scope"] = json!(signed.scope);
            object["page"] = json!(signed.page);
            object["at"] = json!([signed.at.start, signed.at.end]);
            object["read"] = json!(signed.read);
            object["open"] = json!(signed.open);
            object["established"] = json!(signed.established);
            object["changed"] = json!(entry.changed);
        }
    }
    object
}

fn site(change: &Change<'_>) -> Value {
    let site = change.site;
    json!({
        "at": [site.place.start, site.place.end],
        "n": site.place.n,
        "page": site.page,
        "line": site.line,
        "base": site.base,
        "before": change.before,
        "after": change.after,
    })
}
