//! Writes a review to a file while it is open on the screen.

use std::path::PathBuf;

use crate::document::{Document, Text};
use crate::export::data::{self, About};
use crate::export::established::{self, Pending};
use crate::export::unified;
use crate::review::state::Review;
use crate::shell::files::{self, Replace};
use crate::shell::session::Session;

/// What may stand for open fixes, by its name on the command line.
const PENDING: &[(&str, Pending)] =
    &[("base", Pending::Base), ("transcript", Pending::Transcript), ("mark", Pending::Mark)];

/// Holds what an export tells of the review beside its text.
#[derive(Debug)]
pub struct Source {
    base: Document,
    transcript: Option<Document>,
    reviewer: String,
    log: Option<(String, u64)>,
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

impl Source {
    /// Takes what is to be told from a session.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        Self {
            base: session.base.clone(),
            transcript: session.transcript.clone(),
            reviewer: session.reviewer.as_str().to_owned(),
            log: session.head.clone(),
        }
    }

    /// Writes the review and returns the path.
    ///
    /// # Errors
    /// A sentence that says why nothing was written.
    pub fn write(&self, review: &Review, wish: &Wish) -> Result<String, String> {
        let path = PathBuf::from(&wish.path);
        let bytes = self.bytes(review, wish)?;
        let replace = if wish.force { Replace::Yes } else { Replace::No };
        files::write(&path, &bytes, replace).map_err(|error| error.to_string())?;
        Ok(path.display().to_string())
    }

    fn bytes(&self, review: &Review, wish: &Wish) -> Result<Vec<u8>, String> {
        if wish.format == "json" {
            let log = self.log.as_ref().map(|(id, size)| (id.as_str(), size.saturating_sub(1)));
            let (base, transcript) = (&self.base, self.transcript.as_ref());
            return Ok(data::data(
                review,
                &About { base, transcript, reviewer: &self.reviewer, log },
            ));
        }
        let open = established::open(review);
        let pending = match &wish.pending {
            None if open > 0 => return Err(format!("nothing was written: {open} fixes are open")),
            None => Pending::Base,
            Some(name) => {
                let known = PENDING.iter().find(|(it, _)| it == name);
                known.map(|&(_, it)| it).ok_or_else(|| format!("{name} cannot stand for a fix"))?
            }
        };
        let text = established::established(review, pending);
        match wish.format.as_str() {
            "text" => Ok(text.into_bytes()),
            "diff" => {
                let text = Text::new(text).map_err(|error| error.to_string())?;
                Ok(unified::diff(&self.base.name, self.base.text.clone(), text))
            }
            other => Err(format!("no format is called {other}; there are text, diff and json")),
        }
    }
}

/// Returns a document's name: that of its file without the ending.
#[must_use]
pub fn document_name(file: &str) -> &str {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if stem.is_empty() { file } else { stem }
}
