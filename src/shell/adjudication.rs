//! Opens the logs of several reviewers and the log of whoever settles their disputes.

use std::path::{Path, PathBuf};

use crate::log::witness::Witness;
use crate::shell::begin::{self, Fresh};
use crate::shell::config::Config;
use crate::shell::open;
use crate::shell::readers::{self, Witnessed};
use crate::shell::resume::{self, Found};
use crate::shell::session::{Access, Opening, Session};
use crate::shell::sources::{self, LOG_ENDING};
use crate::shell::trouble::Trouble;
use crate::shell::who::Reviewer;
use crate::ui::disputes::{Bench, Disputes};

/// Holds the adjudicator's session and the logs that it is about.
#[derive(Debug)]
pub struct Adjudication {
    /// The adjudicator's own log, over the texts of the first of the others.
    pub session: Session,
    /// The logs that were named, the adjudicator's own left out.
    pub others: Vec<Witnessed>,
    /// The adjudicator's log as it counts beside them.
    pub own: Witness,
}

/// Opens logs to be adjudicated. `opening` names the adjudicator and perhaps their log; its base is
/// not looked at.
///
/// # Errors
/// Logs that cannot be read, or are of different texts; an own log that cannot be written.
pub fn open(logs: &[PathBuf], opening: &Opening) -> Result<Adjudication, Trouble> {
    let mut others = readers::read(logs)?;
    let first = others[0].path.clone();
    let look = Opening { base: first.clone(), access: Access::Look, ..opening.clone() };
    let texts = open::open(&Opening { transcript: None, log: None, ..look })?;
    let reviewer = Reviewer::find(opening.reviewer.as_deref(), &Config::load()?)?;
    let log = opening.log.clone().unwrap_or_else(|| beside(&first, &texts, reviewer.as_str()));
    let base = texts.base.text.clone();
    let own = match log.exists() {
        true => readers::read(&[first, log.clone()])?.pop().map(|own| own.witness),
        false => None,
    };
    let own = own.unwrap_or_else(|| Witness::new("", reviewer.as_str(), base));
    others.retain(|other| other.witness.log != own.log);
    let mut session = if log.exists() {
        resume::resume(opening, Found { log, base: None, transcript: None })?
    } else {
        let (base, transcript) = (texts.base, texts.transcript);
        let mut session = begin::begin(opening, Fresh { base, transcript, reviewer, log })?;
        session.page_break = texts.page_break;
        session
    };
    for head in others.iter().filter_map(|other| other.witness.head()) {
        session.writer.saw(head);
    }
    Ok(Adjudication { session, others, own })
}

/// Returns where the log of a reviewer lies by default: beside the first log, named as it is.
fn beside(first: &Path, texts: &Session, reviewer: &str) -> PathBuf {
    match sources::document_of(first) {
        Some(stem) => first.with_file_name(format!("{stem}.{reviewer}{LOG_ENDING}")),
        None => sources::log_beside(&first.with_file_name(&texts.base.name), reviewer),
    }
}

/// Sets the logs of other reviewers that lie beside a session's log beside the review, and notes
/// that they were seen. Logs that cannot be read, or are of another text, are left out.
pub fn show_others(session: &mut Session) {
    let same = |witness: &Witness| {
        let base = witness.ledger().base().as_str();
        base == session.base.text.as_str() && !is_own(witness, session)
    };
    let paths = readers::beside_log(&session.log);
    let read = paths.into_iter().filter_map(|path| readers::read(&[path]).ok()?.pop());
    let others: Vec<Witness> = read.map(|it| it.witness).filter(same).collect();
    if others.is_empty() {
        return;
    }
    let own = readers::read(std::slice::from_ref(&session.log)).ok().and_then(|mut it| it.pop());
    let fresh = || Witness::new("", session.reviewer.as_str(), session.base.text.clone());
    let own = own.map_or_else(fresh, |own| own.witness);
    for head in others.iter().filter_map(Witness::head) {
        session.writer.saw(head);
    }
    let names: Vec<&str> = others.iter().map(|it| it.reviewer.as_str()).collect();
    let names = names.join(", ");
    let disputes = Disputes::new(others, own, Bench::Seen);
    let count = match disputes.runs().len() {
        0 => String::new(),
        1 => ": 1 place is disputed".to_owned(),
        count => format!(": {count} places are disputed"),
    };
    session.notices.push(format!("also read by {names}{count}."));
    session.disputes = Some(disputes);
}

fn is_own(witness: &Witness, session: &Session) -> bool {
    session.head.as_ref().is_some_and(|(id, _)| *id == witness.log)
}
