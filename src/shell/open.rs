//! Opens a review from what the command line names.

use std::path::Path;

use crate::shell::begin::{self, Fresh};
use crate::shell::config::Config;
use crate::shell::resume::{self, Found};
use crate::shell::session::{Opening, Session};
use crate::shell::sources;
use crate::shell::trouble::Trouble;
use crate::shell::who::Reviewer;

/// Opens a review: goes on with its log, or stands ready to begin one with the first record.
///
/// # Errors
/// Files that cannot be read, or do not belong together; a log that cannot be used.
pub fn open(opening: &Opening) -> Result<Session, Trouble> {
    if sources::is_log(&opening.base) {
        let log = opening.base.clone();
        return resume::resume(opening, Found { log, base: None, transcript: None });
    }
    let base = opening.manner.read(&opening.base)?;
    let transcript =
        opening.transcript.as_deref().map(|path| opening.manner.read(path)).transpose()?;
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
