//! What several reviewers dispute, beside the review on the screen.

use std::ops::Range;

use crate::log::adjudicate::{Ruling, Unsettled, is_party, settle};
use crate::log::merge::{Outcome, Run, agreed, merge};
use crate::log::witness::Witness;
use crate::review::event::Event;
use crate::review::ledger::Misfit;

/// Tells what the disputes are shown for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bench {
    /// To be seen beside one's own review.
    Seen,
    /// To be settled, those left out in which the adjudicator has a reading.
    Settled,
    /// To be settled, all of them.
    SettledAll,
}

/// Holds the logs of other reviewers, the one that is written, and where they differ.
#[derive(Debug)]
pub struct Disputes {
    others: Vec<Witness>,
    own: Witness,
    bench: Bench,
    runs: Vec<Run>,
}

impl Disputes {
    /// Sets the log that is written beside those of others, in the order of their numbers.
    #[must_use]
    pub fn new(others: Vec<Witness>, own: Witness, bench: Bench) -> Self {
        let mut disputes = Self { others, own, bench, runs: Vec::new() };
        disputes.merge();
        disputes
    }

    /// Returns what the others say together as one decision: the ground under what is settled. It is
    /// of no record, and goes in under the number 0, which no decision can have.
    #[must_use]
    pub fn ground(&self) -> Event {
        let others: Vec<&Witness> = self.others.iter().collect();
        agreed(&merge(&others), self.own.ledger().base())
    }

    /// Returns the disputes, in the order of the text.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Says whether they are here to be settled.
    #[must_use]
    pub fn judged(&self) -> bool {
        self.bench != Bench::Seen
    }

    /// Returns the disputes that begin within a span, or at its end if nothing follows it.
    pub fn within(&self, span: Range<usize>) -> impl Iterator<Item = &Run> {
        let last = span.end == self.own.ledger().base().len();
        let from = self.runs.partition_point(|run| run.span.start < span.start);
        let runs = self.runs[from..].iter();
        runs.take_while(move |run| {
            run.span.start < span.end || (last && run.span.start == span.end)
        })
    }

    /// Returns the first dispute that begins at `at` or after it.
    #[must_use]
    pub fn from(&self, at: usize) -> Option<&Run> {
        self.runs.get(self.runs.partition_point(|run| run.span.start < at))
    }

    /// Returns the last dispute that begins before `at`.
    #[must_use]
    pub fn before(&self, at: usize) -> Option<&Run> {
        self.runs[..self.runs.partition_point(|run| run.span.start < at)].last()
    }

    /// Returns each reading of a dispute with the number of its log, from 1; the log that is
    /// written has none.
    pub fn readings<'a>(
        &'a self,
        run: &'a Run,
    ) -> impl Iterator<Item = (Option<usize>, &'a str, &'a str)> {
        let number = |log: &str| self.others.iter().position(|other| other.log == log);
        let mut voices: Vec<_> =
            run.voices.iter().map(|voice| (number(&voice.log).map(|at| at + 1), voice)).collect();
        voices.sort_by_key(|(number, _)| number.unwrap_or(usize::MAX));
        voices.into_iter().map(|(number, it)| (number, it.reviewer.as_str(), it.reading.as_str()))
    }

    /// Makes the record that gives a dispute the reading of the log with this number.
    ///
    /// # Errors
    /// The adjudicator's own dispute; a log that has no reading there.
    pub fn take(&self, run: &Run, number: usize) -> Result<Event, Unsettled> {
        let log = number.checked_sub(1).and_then(|at| self.others.get(at));
        let voice = log.and_then(|log| run.voices.iter().position(|voice| voice.log == log.log));
        self.rule(run, Ruling::Voice(voice.unwrap_or(usize::MAX)))
    }

    /// Makes the record that gives a dispute a reading of the adjudicator's own.
    ///
    /// # Errors
    /// The adjudicator's own dispute.
    pub fn own(&self, run: &Run, reading: &str) -> Result<Event, Unsettled> {
        self.rule(run, Ruling::Own(reading))
    }

    fn rule(&self, run: &Run, ruling: Ruling<'_>) -> Result<Event, Unsettled> {
        let reviewer = &self.own.reviewer;
        if self.bench != Bench::SettledAll && is_party(run, reviewer) {
            return Err(Unsettled::OwnDispute(reviewer.clone()));
        }
        let hash = |log: &str, seq: u64| {
            let mut logs = self.others.iter().chain([&self.own]);
            logs.find(|witness| witness.log == log)?.hash(seq)
        };
        settle(run, ruling, self.own.ledger().base(), hash)
    }

    /// Takes in what is in the log now.
    ///
    /// # Errors
    /// An event that does not fit.
    pub fn apply(&mut self, seq: u64, event: &Event) -> Result<(), Misfit> {
        self.own.apply(seq, event)?;
        self.merge();
        Ok(())
    }

    fn merge(&mut self) {
        let all: Vec<&Witness> = self.others.iter().chain([&self.own]).collect();
        self.runs = merge(&all);
        self.runs.retain(|run| run.outcome() == Outcome::Disputed);
    }
}
