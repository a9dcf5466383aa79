//! A review without a log yet: a look leaves no file.

use std::path::PathBuf;

use rustix::fs::{Access as Permission, access};

use crate::document::Document;
use crate::log::audit::Finding;
use crate::log::chronicle::Chronicle;
use crate::measure::likeness::less_alike;
use crate::shell::files;
use crate::shell::session::{Access, Opening, Session, Unlike};
use crate::shell::trouble::Trouble;
use crate::shell::who::Reviewer;
use crate::shell::writer::{self, Beginning, Writer};

/// Holds what a new log will be made of.
pub struct Fresh {
    /// The base.
    pub base: Document,
    /// The transcript.
    pub transcript: Option<Document>,
    /// Who decides.
    pub reviewer: Reviewer,
    /// Where the log will be.
    pub log: PathBuf,
}

/// Stands ready to begin a log with the first record.
///
/// # Errors
/// Two texts that do not look like one document; a folder that takes no file.
pub fn begin(opening: &Opening, fresh: Fresh) -> Result<Session, Trouble> {
    if opening.unlike == Unlike::Refused {
        refuse_unlike(&fresh)?;
    }
    if opening.access != Access::Look {
        let folder = files::folder(&fresh.log);
        access(folder, Permission::WRITE_OK | Permission::EXEC_OK).map_err(|why| {
            Trouble::Folder { folder: folder.to_owned(), why: files::reason(&why.into()) }
        })?;
    }
    let writer = match opening.access {
        Access::Look => Writer::closed("opened to look only"),
        access => Writer::fresh(Beginning {
            path: fresh.log.clone(),
            base: fresh.base.clone(),
            transcript: fresh.transcript.clone(),
            page_break: opening.manner.page_break.clone(),
            embed: opening.embed,
            session: writer::session(fresh.reviewer.as_str(), access.by()),
        }),
    };
    let chronicle = Chronicle::new(fresh.reviewer.as_str(), Vec::new());
    Ok(Session {
        base: fresh.base,
        base_path: None,
        transcript_path: None,
        transcript: fresh.transcript,
        transcripts: Vec::new(),
        page_break: opening.manner.page_break.clone(),
        reviewer: fresh.reviewer,
        log: fresh.log,
        head: None,
        chronicle,
        writer,
        finding: Finding::Intact,
        read_only: None,
        sealed: None,
        notices: Vec::new(),
        offer: None,
        disputes: None,
        bookmark: None,
    })
}

fn refuse_unlike(fresh: &Fresh) -> Result<(), Trouble> {
    let Some(transcript) = &fresh.transcript else { return Ok(()) };
    match less_alike(fresh.base.text.as_str(), transcript.text.as_str(), 0.5) {
        Some(alike) => Err(Trouble::Unlike {
            base: fresh.base.name.clone(),
            transcript: transcript.name.clone(),
            percent: (alike * 100.0) as u32,
        }),
        None => Ok(()),
    }
}
