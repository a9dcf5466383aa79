//! Records to sources and standing decisions, at any record. Runs no diff (design §3.4).

use crate::digest::Digest;
use crate::document::{Document, Text, TooLong};
use crate::log::record::{Body, Described, Opened, Side, Source};
use crate::review::event::Event;
use crate::review::ledger::{Ledger, Misfit};

/// Says why a record of an unbroken chain is an error of the log; the record is named beside it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The first record opens no log.
    #[error("the first record is not \"opened\"")]
    NotOpened,
    /// A second record opens a log.
    #[error("the log is opened a second time")]
    OpenedTwice,
    /// A source stands elsewhere than right after `opened` or `proposals`.
    #[error("a source stands where none may")]
    SourceOutOfPlace,
    /// A piece of a source does not begin where the one before ended.
    #[error("a source does not go on at byte {0}")]
    SourceGap(u64),
    /// The sources end before the texts are whole, or go beyond.
    #[error("the sources do not make up the {0} of {1} bytes")]
    SourceLength(&'static str, u64),
    /// The sources are another text.
    #[error("the sources are not the {0} that the log was opened with")]
    SourceDigest(&'static str),
    /// A text is too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// A decision, note or undo does not fit.
    #[error(transparent)]
    Misfit(#[from] Misfit),
    /// A seal says another number than its record's.
    #[error("the seal is for {0} records but stands elsewhere")]
    SealSize(u64),
    /// A seal or sign-off names another established text.
    #[error("the established text is not the one that the record names")]
    Established,
}

/// Holds a review as its log tells it: sources and decisions up to some record.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The log's first record.
    pub header: Opened,
    /// The base, pages ended by its form feeds alone.
    pub base: Text,
    /// The transcripts that the log had in turn, ascending; the last one is in force at the end.
    pub transcripts: Vec<Transcript>,
    /// The decisions.
    pub ledger: Ledger,
    /// The last record that was taken in.
    pub seq: u64,
}

/// Holds a transcript of a log: the one it was opened with, or a newer one.
#[derive(Debug, Clone)]
pub struct Transcript {
    /// The record from which on it is in force.
    pub seq: u64,
    /// What describes it.
    pub described: Described,
    /// The text, where the log holds it or it was given. Where records are not kept, of the last
    /// transcript alone.
    pub text: Option<Text>,
}

impl Transcript {
    /// Returns the one of these that was in force at record `seq`.
    #[must_use]
    pub fn at(transcripts: &[Self], seq: u64) -> Option<&Self> {
        transcripts[..transcripts.partition_point(|it| it.seq <= seq)].last()
    }

    /// Returns it as a document, where its text is to be had.
    #[must_use]
    pub fn document(&self) -> Option<Document> {
        self.text.clone().map(|text| self.described.document(text))
    }
}

/// Holds texts that a log without sources may need.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The base.
    pub base: Option<Text>,
    /// The transcript.
    pub transcript: Option<Text>,
}

/// Takes in records one by one.
#[derive(Debug, Default)]
pub struct Replayer {
    given: Given,
    until: Option<u64>,
    /// Whether to keep the texts of transcripts that newer ones replaced.
    keep: bool,
    header: Option<Opened>,
    gathering: Option<Gathering>,
    base: Option<Text>,
    transcripts: Vec<Transcript>,
    ledger: Option<Ledger>,
    seq: u64,
    checked: Checked,
    /// How many established texts were named and not compared any more.
    uncompared: u64,
}

/// Holds which established text was last computed, and how much more may be.
#[derive(Debug)]
struct Checked {
    digest: Option<Digest>,
    budget: usize,
}

/// How many bytes of established texts are compared with seals and sign-offs: a hostile log could
/// name one in every record.
const ESTABLISHED_BUDGET: usize = 1 << 30;

impl Default for Checked {
    fn default() -> Self {
        Self { digest: None, budget: ESTABLISHED_BUDGET }
    }
}

/// Gathers the pieces of sources that follow `opened` or `proposals`.
#[derive(Debug)]
struct Gathering {
    base: Option<Pieces>,
    transcript: Option<Pieces>,
    /// Whether it comes after the last record that counts: checked, and left out.
    beyond: bool,
}

#[derive(Debug)]
struct Pieces {
    described: Described,
    text: String,
    begun: bool,
}

impl Pieces {
    fn new(described: &Described) -> Self {
        Self { described: described.clone(), text: String::new(), begun: false }
    }

    fn take(&mut self, source: &Source) -> Result<(), Fault> {
        let end = self.text.len() as u64;
        if source.start != end || end + source.text.len() as u64 > self.described.bytes {
            return Err(Fault::SourceGap(end));
        }
        self.text.push_str(&source.text);
        self.begun = true;
        Ok(())
    }

    /// Returns the text; none where the log does not hold it and it was not given.
    fn finish(self, given: Option<&Text>, name: &'static str) -> Result<Option<Text>, Fault> {
        if !self.begun && self.described.bytes > 0 {
            let fits = |text: &&Text| Digest::of(text.as_str().as_bytes()) == self.described.sha256;
            return Ok(given.filter(fits).cloned());
        }
        if self.text.len() as u64 != self.described.bytes {
            return Err(Fault::SourceLength(name, self.described.bytes));
        }
        if Digest::of(self.text.as_bytes()) != self.described.sha256 {
            return Err(Fault::SourceDigest(name));
        }
        Ok(Some(Text::new(self.text)?))
    }
}

impl Gathering {
    fn begun(&self) -> bool {
        [&self.base, &self.transcript].into_iter().flatten().any(|pieces| pieces.begun)
    }
}

impl Replayer {
    /// Starts before the first record. Decisions after record `until` are left out.
    #[must_use]
    pub fn new(given: Given, until: Option<u64>) -> Self {
        Self { given, until, ..Self::default() }
    }

    /// Keeps the texts of transcripts that newer ones replaced.
    #[must_use]
    pub fn keeping(mut self, keep: bool) -> Self {
        self.keep = keep;
        self
    }

    /// Takes in the next record.
    ///
    /// # Errors
    /// After a [`Fault`] nothing more may be taken in.
    pub fn take(&mut self, seq: u64, body: &Body) -> Result<(), Fault> {
        if self.header.is_none() {
            let Body::Opened(opened) = body else { return Err(Fault::NotOpened) };
            return self.open(opened);
        }
        if let Body::Source(source) = body {
            return self.source(source);
        }
        self.finish_sources()?;
        let beyond = self.until.is_some_and(|until| seq > until);
        if let Body::Proposals(transcript) = body {
            let pieces = Some(Pieces::new(transcript));
            self.gathering = Some(Gathering { base: None, transcript: pieces, beyond });
        }
        if beyond {
            return Ok(());
        }
        self.seq = seq;
        match body {
            Body::Opened(_) => Err(Fault::OpenedTwice),
            Body::Proposals(described) => {
                self.propose(seq, described);
                Ok(())
            }
            Body::Review(event) => self.event(seq, event),
            Body::Sealed(sealed) if sealed.size != seq => Err(Fault::SealSize(sealed.size)),
            Body::Sealed(sealed) => self.established_is(sealed.established),
            _ => Ok(()),
        }
    }

    fn open(&mut self, opened: &Opened) -> Result<(), Fault> {
        self.gathering = Some(Gathering {
            base: Some(Pieces::new(&opened.base)),
            transcript: opened.transcript.as_ref().map(Pieces::new),
            beyond: false,
        });
        if let Some(described) = &opened.transcript {
            self.propose(0, described);
        }
        self.header = Some(opened.clone());
        Ok(())
    }

    /// Puts a transcript in force whose text is still to come.
    fn propose(&mut self, seq: u64, described: &Described) {
        let replaced = self.transcripts.last_mut().filter(|_| !self.keep);
        if let Some(replaced) = replaced {
            replaced.text = None;
        }
        self.transcripts.push(Transcript { seq, described: described.clone(), text: None });
    }

    fn source(&mut self, source: &Source) -> Result<(), Fault> {
        let gathering = self.gathering.as_mut().ok_or(Fault::SourceOutOfPlace)?;
        let pieces = match source.of {
            Side::Base => gathering.base.as_mut(),
            Side::Transcript => gathering.transcript.as_mut(),
        };
        pieces.ok_or(Fault::SourceOutOfPlace)?.take(source)
    }

    /// Closes the run of sources, if one is open. If the log holds one text, it must hold both.
    fn finish_sources(&mut self) -> Result<(), Fault> {
        let Some(gathering) = self.gathering.take() else { return Ok(()) };
        let begun = gathering.begun();
        let complete = |pieces: &Option<Pieces>, name| match pieces {
            Some(Pieces { described, begun: false, .. }) if begun && described.bytes > 0 => {
                Err(Fault::SourceLength(name, described.bytes))
            }
            _ => Ok(()),
        };
        complete(&gathering.base, BASE)?;
        complete(&gathering.transcript, TRANSCRIPT)?;
        if let Some(pieces) = gathering.base {
            self.base = pieces.finish(self.given.base.as_ref(), BASE)?;
            self.ledger = self.base.clone().map(Ledger::new);
        }
        if let Some(pieces) = gathering.transcript {
            let text = pieces.finish(self.given.transcript.as_ref(), TRANSCRIPT)?;
            if let Some(last) = self.transcripts.last_mut().filter(|_| !gathering.beyond) {
                last.text = text;
            }
        }
        Ok(())
    }

    fn event(&mut self, seq: u64, event: &Event) -> Result<(), Fault> {
        if let Event::SignedOff(signed) = event {
            self.established_is(signed.established)?;
        }
        let Some(ledger) = self.ledger.as_mut() else { return Ok(()) };
        if !ledger.apply(seq, event)?.is_empty() {
            self.checked.digest = None;
        }
        Ok(())
    }

    fn established_is(&mut self, named: Digest) -> Result<(), Fault> {
        let Some(ledger) = self.ledger.as_ref() else { return Ok(()) };
        if self.checked.digest.is_none() {
            let text = ledger.established();
            let cost = text.len() + ESTABLISHED_BUDGET / 1024;
            let Some(rest) = self.checked.budget.checked_sub(cost) else {
                self.uncompared += 1;
                return Ok(());
            };
            self.checked = Checked { digest: Some(Digest::of(text.as_bytes())), budget: rest };
        }
        if self.checked.digest == Some(named) { Ok(()) } else { Err(Fault::Established) }
    }

    /// Returns the first record.
    #[must_use]
    pub fn header(&self) -> Option<&Opened> {
        self.header.as_ref()
    }

    /// Returns how many named established texts were beyond what is compared.
    #[must_use]
    pub fn uncompared(&self) -> u64 {
        self.uncompared
    }

    /// Returns how many sites cut a standing one.
    #[must_use]
    pub fn cuts(&self) -> u64 {
        self.ledger.as_ref().map_or(0, Ledger::cuts)
    }

    /// Ends the replay: nothing where the base is not to be had.
    ///
    /// # Errors
    /// Sources that end too early are a [`Fault`].
    pub fn finish(mut self) -> Result<Option<Replay>, Fault> {
        self.finish_sources()?;
        let (Some(header), Some(base), Some(ledger)) = (self.header, self.base, self.ledger) else {
            return Ok(None);
        };
        Ok(Some(Replay { header, base, transcripts: self.transcripts, ledger, seq: self.seq }))
    }
}

const BASE: &str = "base";
const TRANSCRIPT: &str = "transcript";
