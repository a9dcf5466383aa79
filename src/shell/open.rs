//! Opens a review from what the command line names.

use std::fs;
use std::path::{Path, PathBuf};

use crate::document::Document;
use crate::shell::begin::{self, Fresh};
use crate::shell::both::both;
use crate::shell::config::Config;
use crate::shell::recent;
use crate::shell::resume::{self, Found};
use crate::shell::session::{Opening, Session};
use crate::shell::sources::{self, SourceError};
use crate::shell::trouble::Trouble;
use crate::shell::who::Reviewer;

/// Opens a review: goes on with its log, or stands ready to begin one with the first record.
///
/// # Errors
/// Files that cannot be read, or do not belong together; a log that cannot be used.
pub fn open(opening: &Opening) -> Result<Session, Trouble> {
    let mut session = opened(opening)?;
    let file = |path: &PathBuf| fs::canonicalize(path).ok().filter(|path| path.is_file());
    let known = recent::of(&session.log);
    let text = (!sources::is_log(&opening.base)).then_some(&opening.base);
    let base = known.as_ref().and_then(|known| known.base_path.as_ref());
    session.base_path = text.or(base).and_then(file);
    let transcript = known.as_ref().and_then(|known| known.transcript_path.as_ref());
    session.transcript_path = opening.transcript.as_ref().or(transcript).and_then(file);
    Ok(session)
}

fn opened(opening: &Opening) -> Result<Session, Trouble> {
    if sources::is_log(&opening.base) {
        let log = opening.base.clone();
        return resume::resume(opening, Found { log, base: None, transcript: None });
    }
    let (base, transcript) = read_both(opening)?;
    let reviewer = Reviewer::find(opening.reviewer.as_deref(), &Config::load()?)?;
    let log = match &opening.log {
        Some(log) => log.clone(),
        None if opening.base == Path::new("-") => return Err(Trouble::NowhereToLog),
        None => sources::log_beside(&opening.base, reviewer.as_str()),
    };
    if log.exists() {
        return resume::resume(opening, Found { log, base: Some(base), transcript });
    }
    begin::begin(opening, Fresh { base, transcript, reviewer, log })
}

/// Reads both texts at once: they are hashed as they are read.
fn read_both(opening: &Opening) -> Result<(Document, Option<Document>), SourceError> {
    let read = |path: &Path| opening.manner.read(path);
    let of_transcript = opening.manner.of_transcript();
    let read_transcript = |path: &Path| of_transcript.read(path);
    let Some(transcript) = opening.transcript.as_deref() else {
        return Ok((read(&opening.base)?, None));
    };
    if [&opening.base, transcript].contains(&Path::new("-")) {
        // Two readers of standard input would each get a part of it.
        return Ok((read(&opening.base)?, Some(read_transcript(transcript)?)));
    }
    let (base, transcript) = both(|| read(&opening.base), || read_transcript(transcript));
    Ok((base?, Some(transcript?)))
}

/// Returns the log that a path names: the file itself or, where it is a text, the reviewer's log
/// beside it if there is one.
#[must_use]
pub fn named_log(path: &Path) -> PathBuf {
    let reviewer = || Reviewer::find(None, &Config::load().ok()?).ok();
    let beside = (!sources::is_log(path)).then(reviewer).flatten();
    let beside = beside.map(|reviewer| sources::log_beside(path, reviewer.as_str()));
    beside.filter(|log| log.exists()).unwrap_or_else(|| path.to_owned())
}
