//! The formats of `recto export`: their names, the endings of their files, what writes them.

use crate::document::{Text, TooLong};
use crate::export::about::About;
use crate::export::established::Pending;
use crate::export::{csv, data, html, markdown, premis, tei, unified};

/// Holds one format.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in a sentence for help.
    pub about: &'static str,
    /// The endings of file names that ask for it, without the dot.
    pub endings: &'static [&'static str],
    /// What writes it.
    pub make: Make,
}

/// Tells what a format is made of.
#[derive(Debug, Clone, Copy)]
pub enum Make {
    /// Of the established text: where a fix is open, somebody must say what stands there.
    Text(fn(&About<'_>) -> Result<Vec<u8>, TooLong>),
    /// Of the review: what is open is shown as open.
    Review(fn(&About<'_>) -> Vec<u8>),
    /// Of the screen, as whoever can draw it makes it.
    Screen,
}

/// Says why nothing was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fixes are open and nobody said what stands there.
    #[error("{0} {are} open", are = if *.0 == 1 { "fix is" } else { "fixes are" })]
    Open(usize),
    /// Nobody has decided these places, or reviewers have decided them differently.
    #[error("{0} {are} open or in dispute", are = if *.0 == 1 { "place is" } else { "places are" })]
    Unsettled(usize),
    /// The corrected text was to stand for what is open, but reviewers have decided these places
    /// differently.
    #[error("{0} {are} in dispute", are = if *.0 == 1 { "place is" } else { "places are" })]
    Disputed(usize),
    /// The text is too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// Every format, the plain text first.
pub const FORMATS: &[Format] = &[
    Format {
        name: "text",
        about: "The established text, byte for byte",
        endings: &["txt"],
        make: Make::Text(|about| Ok(about.established().into_bytes())),
    },
    Format {
        name: "diff",
        about: "A unified diff that makes it of the OCR text",
        endings: &["diff", "patch"],
        make: Make::Text(|about| {
            let text = Text::new(about.established())?;
            Ok(unified::diff(&about.base.name, about.review.base().clone(), text))
        }),
    },
    Format {
        name: "json",
        about: "The review as data",
        endings: &["json"],
        make: Make::Review(data::data),
    },
    Format {
        name: "html",
        about: "One page for a browser or a printer: texts, fixes, statistics, history",
        endings: &["html", "htm"],
        make: Make::Review(html::html),
    },
    Format {
        name: "markdown",
        about: "A report to read or to paste",
        endings: &["md", "markdown"],
        make: Make::Review(markdown::markdown),
    },
    Format {
        name: "csv",
        about: "A table, one row a fix; a leading apostrophe keeps a text from being a formula",
        endings: &["csv"],
        make: Make::Review(csv::csv),
    },
    Format {
        name: "tei",
        about: "An edition in TEI P5, corrections as choices",
        endings: &["tei", "xml"],
        make: Make::Text(|about| Ok(tei::tei(about))),
    },
    Format {
        name: "premis",
        about: "Sessions, signatures and seals as PREMIS 3 events, with the files' fixity",
        endings: &["premis"],
        make: Make::Review(premis::premis),
    },
    Format {
        name: "cast",
        about: "The log played on the screen, an asciicast (v3) for showing",
        endings: &["cast"],
        make: Make::Screen,
    },
];

impl Format {
    /// Returns the format of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Returns the format that a file's name asks for by its ending, else plain text.
    #[must_use]
    pub fn of_file(path: &str) -> &'static Self {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let known = |format: &&Self| format.endings.contains(&ending.as_str());
        FORMATS.iter().find(known).unwrap_or(&FORMATS[0])
    }

    /// Writes a review in this format; `screen` makes what only the screen can.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn bytes(
        &self,
        about: &About<'_>,
        screen: impl FnOnce(&About<'_>) -> Vec<u8>,
    ) -> Result<Vec<u8>, Refusal> {
        match self.make {
            Make::Screen => Ok(screen(about)),
            Make::Review(make) => Ok(make(about)),
            Make::Text(make) => match (about.unsettled(), about.disputed()) {
                (open, _) if open > 0 && about.pending.is_none() => match about.readers {
                    None => Err(Refusal::Open(open)),
                    Some(_) => Err(Refusal::Unsettled(open)),
                },
                (_, disputed) if disputed > 0 && about.pending == Some(Pending::Transcript) => {
                    Err(Refusal::Disputed(disputed))
                }
                _ => Ok(make(about)?),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_endings_are_one_each() {
        let names = FORMATS.iter().map(|format| format.name);
        let endings = FORMATS.iter().flat_map(|format| format.endings).copied();
        for list in [names.collect::<Vec<_>>(), endings.collect()] {
            let mut sorted = list.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), list.len(), "{list:?}");
        }
        let cases =
            [("a.txt", "text"), ("a.b.PATCH", "diff"), ("x.json", "json"), ("none", "text")];
        for (path, name) in cases {
            assert_eq!(Format::of_file(path).name, name, "{path}");
        }
    }
}
