//! The road of every decision made without the screen: decide, write, apply, say.

use std::fmt::Write as _;

use crate::cli::failure::{Exit, Failure};
use crate::collate::collation::Collation;
use crate::collate::plan;
use crate::review::command::{Command, Refusal};
use crate::review::counts::Counts;
use crate::review::decide::decide;
use crate::review::event::{Event, Verdict};
use crate::review::state::Review;
use crate::shell::clock;
use crate::shell::console::Console;
use crate::shell::looks::repertoire;
use crate::shell::session::Session;
use crate::shell::writer::Writer;
use crate::text::visible::{Repertoire, escape_for};

/// Collates the texts of a session and takes in what happened so far.
///
/// # Errors
/// A record that does not fit the base.
pub fn review(session: &Session) -> Result<Review, Failure> {
    let plan = plan::plan(session.base.text.clone(), session.proposed());
    let review = Review::after(Collation::complete(plan), session.chronicle.events());
    review.map_err(|(seq, misfit)| {
        Failure::no(format_args!("{}, record {seq}: {misfit}", session.log.display()))
            .hint("`recto verify` tells what of the log is sound")
    })
}

/// Says what people should know of a session before anything is decided.
pub fn tell(session: &Session, console: &Console) {
    for notice in &session.notices {
        console.say(notice);
    }
}

/// Decides a command, writes what it records, applies it and says in one line what was done.
///
/// # Errors
/// A command with nothing to record (the answer is no); a session that is read only; a log that
/// cannot be written.
pub fn act(
    session: &mut Session,
    review: &mut Review,
    command: &Command,
    console: &Console,
) -> Result<Exit, Failure> {
    if let Some(why) = session.why_read_only() {
        return Err(Failure::cannot(why));
    }
    let decision = decide(review, command).map_err(|refusal| refused(&refusal))?;
    let said = said(&decision.events, &decision.said);
    let seqs = session.writer.append(&decision.events, &clock::now());
    let seqs = seqs.map_err(|fault| Failure::not_saved(&said, &fault, session))?;
    for (seq, event) in seqs.iter().zip(&decision.events) {
        review.apply(*seq, event).expect("what was decided on a review fits it");
    }
    if !console.quiet {
        let first = seqs.first().copied().unwrap_or_default();
        let line = format!("{said} (record {first}); {}\n", in_words(&review.counts()));
        console.result(in_locale(&line).as_bytes())?;
    }
    console.detail(&format!("the log is {}", session.log.display()));
    Ok(Exit::Done)
}

/// Returns a line of the program's own in the letters that the locale has.
fn in_locale(line: &str) -> String {
    match repertoire() {
        Repertoire::Unicode => line.to_owned(),
        Repertoire::Ascii => {
            let words = line.trim_end_matches('\n').replace('→', "->");
            format!("{}\n", escape_for(&words, Repertoire::Ascii))
        }
    }
}

/// Says what was recorded: how many places for decisions, the words of `decide` for the rest.
fn said(events: &[Event], words: &str) -> String {
    match events {
        [Event::Decided(decided)] if decided.sites.len() > 1 => {
            let verb = match decided.verdict {
                Verdict::Accept => "accepted",
                Verdict::Reject => "rejected",
                Verdict::Edit => "edited",
                Verdict::Reopen => "reopened",
            };
            format!("{verb} {} places", decided.sites.len())
        }
        _ => words.to_owned(),
    }
}

/// Writes the counts as on the screen: `open 3, accepted 90, rejected 2, edited 0`.
#[must_use]
pub fn in_words(counts: &Counts) -> String {
    let mut words = format!(
        "open {}, accepted {}, rejected {}, edited {}",
        counts.open, counts.accepted, counts.rejected, counts.edited
    );
    if counts.own > 0 {
        write!(words, " +{}", counts.own).expect("a string takes all");
    }
    if let Some(class) = counts.class {
        write!(words, ", +{} {} ({} open)", class.total, class.kind, class.open)
            .expect("a string takes all");
    }
    words
}

/// Says what is decided, where the log is, its head, and how to get the text.
#[must_use]
pub fn farewell(
    counts: &Counts,
    writer: Option<&Writer>,
    unsealed: Option<usize>,
    log: &str,
) -> String {
    let decided = in_words(counts);
    let Some(store) = writer.and_then(Writer::store) else {
        let only_looked = writer.is_some_and(Writer::is_closed);
        let done = if only_looked { "nothing was written" } else { "no log was begun" };
        return format!("{decided}\n{done}\n");
    };
    let (size, head) = (store.size(), store.head().short());
    let unsealed = unsealed.map_or(String::new(), |count| format!(", {count} unsealed"));
    let export = format!("recto export {} --to text -o FILE", quoted(log));
    format!(
        "decided  {decided}\nlog      {log}\nhead     {head}, {size} records{unsealed}\nexport   {export}\n"
    )
}

/// Puts a path in quotes where a shell would take it apart.
#[must_use]
pub fn quoted(path: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || matches!(it, '/' | '.' | '_' | '-' | '+' | ',');
    if path.chars().all(plain) {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}

/// Puts a refusal into the words of the command line, which has no keys and no highlight.
fn refused(refusal: &Refusal) -> Failure {
    match refusal {
        Refusal::NothingOpen => Failure::no("nothing is open there")
            .hint("--all decides what is decided already, too; `recto reopen` reopens it"),
        Refusal::NoFix => {
            Failure::no("the texts do not differ there").hint("`recto edit` changes any line")
        }
        Refusal::NothingDecided => Failure::no("nothing is decided there"),
        Refusal::Already(state) => Failure::no(format_args!("all of it is {state} already")),
        Refusal::Unchanged => Failure::no("that is how it stands already"),
        Refusal::NoPage(..) | Refusal::NoSpan(..) => Failure::cannot(refusal),
        _ => Failure::no(refusal),
    }
}
