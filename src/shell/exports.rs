//! Writes a review in a format, from its session and its log, by command and from the screen.

use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::document::Document;
use crate::export::about::{About, Log};
use crate::export::established::Pending;
use crate::export::format::{Format, Refusal};
use crate::export::readers::{Reader, Readers};
use crate::formats::page_break::PageBreak;
use crate::log::audit::{self, Audit, Plan};
use crate::log::history::history;
use crate::log::merge::merge;
use crate::log::replay::{Given, Transcript};
use crate::review::ledger::Misfit;
use crate::review::state::Review;
use crate::shell::cast::{Show, cast};
use crate::shell::files::{self, FileError, Replace};
use crate::shell::readers::Witnessed;
use crate::shell::resume;
use crate::shell::session::Session;
use crate::shell::sources;

/// Holds what an export tells of the review beside its decisions.
#[derive(Debug)]
pub struct Source {
    base: Document,
    transcript: Option<Document>,
    reviewer: String,
    page_break: Option<PageBreak>,
    log: PathBuf,
    until: Option<u64>,
    show: Show,
    /// Several reviewers' logs, where more than one is told of.
    readers: Vec<Witnessed>,
}

/// Says what to write where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The format's name as on the command line.
    pub format: String,
    /// Where to, as typed.
    pub path: String,
    /// What stands for open fixes; none refuses where one is open.
    pub pending: Option<String>,
    /// Whether a file there may be replaced.
    pub force: bool,
}

/// Says why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The format cannot be made of the review.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The log cannot be read, or the file not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The log has changed under our hands.
    #[error("{}: {misfit}", log.display())]
    Log {
        /// The log.
        log: PathBuf,
        /// What does not fit.
        misfit: Misfit,
    },
    /// There is no such format, or no such choice for open fixes.
    #[error("{0}")]
    Unknown(String),
}

/// Holds the log as it was read, up to the record that was asked for.
struct Kept {
    name: String,
    bytes: usize,
    file_sha256: Digest,
    audit: Audit,
    transcripts: Vec<Transcript>,
}

impl Source {
    /// Takes what is to be told from a session.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        Self {
            base: session.base.clone(),
            transcript: session.transcript.clone(),
            reviewer: session.reviewer.as_str().to_owned(),
            page_break: session.page_break.clone(),
            log: session.log.clone(),
            until: None,
            show: Show::default(),
            readers: Vec::new(),
        }
    }

    /// Tells of several reviewers' logs, the session's own among them.
    #[must_use]
    pub fn with(mut self, readers: Vec<Witnessed>) -> Self {
        self.readers = readers;
        self
    }

    /// Leaves out what happened after a record.
    #[must_use]
    pub fn until(mut self, seq: Option<u64>) -> Self {
        self.until = seq;
        self
    }

    /// Shows the screen like this, where it is shown.
    #[must_use]
    pub fn show(mut self, show: Show) -> Self {
        self.show = show;
        self
    }

    /// Leaves out what happened after record `seq`, from now on.
    pub fn stop_at(&mut self, seq: u64) {
        self.until = Some(seq);
    }

    /// Writes the review to a file and returns its path.
    ///
    /// # Errors
    /// A sentence that says why nothing was written.
    pub fn write(&self, review: &Review, wish: &Wish) -> Result<String, String> {
        self.try_write(review, wish).map_err(|fault| {
            let more = match &fault {
                ExportFault::File(FileError::Exists(_)) => {
                    format!("; :w! {} replaces it", wish.path)
                }
                ExportFault::Refused(Refusal::Open(_)) => {
                    "; pending=base, transcript or mark says what stands there".to_owned()
                }
                _ => String::new(),
            };
            format!("nothing was written: {fault}{more}")
        })
    }

    fn try_write(&self, review: &Review, wish: &Wish) -> Result<String, ExportFault> {
        let format = Format::named(&wish.format)
            .ok_or_else(|| ExportFault::Unknown(format!("no format is called {}", wish.format)))?;
        let pending = wish.pending.as_deref().map(|name| {
            let unknown = || ExportFault::Unknown(format!("{name} cannot stand for a fix"));
            Pending::named(name).ok_or_else(unknown)
        });
        let bytes = self.bytes(review, format, pending.transpose()?)?;
        let path = files::expanded(&wish.path);
        self.spare(&path)?;
        let replace = if wish.force { Replace::Yes } else { Replace::No };
        files::write(&path, &bytes, replace)?;
        Ok(path.display().to_string())
    }

    /// Refuses to put an export in the place of a log or of the texts that it is made from.
    ///
    /// # Errors
    /// [`FileError::Worked`].
    pub fn spare(&self, path: &Path) -> Result<(), FileError> {
        let texts: Vec<&Document> = [&self.base].into_iter().chain(&self.transcript).collect();
        sources::spare(path, &texts)
    }

    /// Makes the review's bytes in a format.
    ///
    /// # Errors
    /// [`ExportFault`].
    pub fn bytes(
        &self,
        review: &Review,
        format: &Format,
        pending: Option<Pending>,
    ) -> Result<Vec<u8>, ExportFault> {
        let kept = self.log()?;
        let log = kept.as_ref().map(|kept| self.read(kept)).transpose()?.flatten();
        // The review's own may be newer than all that the log has.
        let then = kept.as_ref().filter(|_| self.until.is_some());
        let then = then.map(|kept| kept.transcripts.last().and_then(Transcript::document));
        let transcript = then.unwrap_or_else(|| self.transcript.clone());
        let runs = merge(&self.readers.iter().map(|it| &it.witness).collect::<Vec<_>>());
        let readers = (self.readers.len() > 1)
            .then(|| Readers { logs: self.readers.iter().map(reader).collect(), runs: &runs });
        let about = About {
            review,
            base: &self.base,
            transcript: transcript.as_ref(),
            reviewer: &self.reviewer,
            pending,
            log,
            readers,
        };
        Ok(format.bytes(&about, |about| cast(about, self.show))?)
    }

    /// Reads the log up to the last record that counts; none where there is no log yet.
    fn log(&self) -> Result<Option<Kept>, FileError> {
        let mut file = match files::read(&self.log) {
            Ok(file) => file,
            Err(FileError::Missing(_)) => return Ok(None),
            Err(fault) => return Err(fault),
        };
        let given = Given {
            base: Some(self.base.text.clone()),
            transcript: self.transcript.as_ref().map(|it| it.text.clone()),
        };
        let size = self.until.map(|until| until + 1);
        let heads = size.into_iter().collect();
        // The whole file: the text that a record brings is in those after it.
        let mut audit = audit::audit(&file, Plan { given, keep: true, until: self.until, heads });
        file.truncate(usize::try_from(audit.bytes).unwrap_or(file.len()));
        if let Some((size, &head)) = size.and_then(|size| Some((size, audit.heads.get(&size)?))) {
            (audit.size, audit.head) = (size, head);
            audit.records.retain(|record| record.seq < size);
            file.truncate(end_of_record(&file, size - 1));
        }
        let transcripts =
            audit.replay.as_mut().map_or(Vec::new(), |it| std::mem::take(&mut it.transcripts));
        Ok(Some(Kept {
            name: name(&self.log),
            bytes: file.len(),
            file_sha256: Digest::of(&file),
            audit,
            transcripts: resume::transcripts(&self.log, transcripts, self.page_break.as_ref()),
        }))
    }

    fn read<'a>(&self, kept: &'a Kept) -> Result<Option<Log<'a>>, ExportFault> {
        let Some(opened) = &kept.audit.header else { return Ok(None) };
        let history = history(opened, &self.base.text, &kept.audit.records)
            .map_err(|misfit| ExportFault::Log { log: self.log.clone(), misfit })?;
        Ok(Some(Log {
            name: &kept.name,
            bytes: kept.bytes,
            file_sha256: kept.file_sha256,
            size: kept.audit.size,
            head: kept.audit.head,
            opened,
            transcripts: &kept.transcripts,
            history,
        }))
    }
}

fn reader(log: &Witnessed) -> Reader<'_> {
    let (name, witness) = (name(&log.path), &log.witness);
    Reader { name, id: &witness.log, reviewer: &witness.reviewer, head: witness.head() }
}

/// Returns where record `seq` ends: after its line feed, or at the file's end.
fn end_of_record(file: &[u8], seq: u64) -> usize {
    let nth = usize::try_from(seq).unwrap_or(usize::MAX);
    memchr::memchr_iter(b'\n', file).nth(nth).map_or(file.len(), |at| at + 1)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
