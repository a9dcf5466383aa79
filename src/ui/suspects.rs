//! Suspects on the screen: where they are, in both texts, and which were checked off.

use std::ops::Range;

use crate::collate::fix::{FixId, RowId};
use crate::propose::suspect::{Reason, Suspect};
use crate::review::counts::State;
use crate::review::event::{Mark, Place};
use crate::review::state::Review;

/// Holds the suspects of both texts as they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suspects {
    /// In the OCR.
    pub base: Vec<Suspect>,
    /// In the corrected text.
    pub transcript: Vec<Suspect>,
}

/// Holds a suspect of the text as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Its bytes of the base.
    pub at: Range<usize>,
    /// The fix whose proposed reading is suspect; none where both texts agree.
    pub fix: Option<FixId>,
    /// Why.
    pub reason: Reason,
}

impl Suspects {
    /// Returns the suspects of a row in the order of the text: where both texts agree, and in the
    /// proposed readings that stand. What an open fix would mend, and what was checked off, is left
    /// out.
    #[must_use]
    pub fn in_row(&self, review: &Review, row: RowId) -> Vec<Stop> {
        self.wanted_in_row(review, row, &[])
    }

    /// Returns those of them that are suspect for one of some reasons, for any if none is named.
    #[must_use]
    pub fn wanted_in_row(&self, review: &Review, row: RowId, wanted: &[Reason]) -> Vec<Stop> {
        let span = review.collation().row(row).base;
        let mut stops: Vec<Stop> = within(&self.base, span)
            .filter(|suspect| is_among(wanted, suspect) && is_untouched(review, &suspect.at))
            .filter(|suspect| self.is_in_both(review, suspect))
            .map(|suspect| Stop { at: suspect.at.clone(), fix: None, reason: suspect.reason })
            .collect();
        let stands = |id: &FixId| matches!(review.state(*id), State::Open | State::Accepted);
        for id in review.collation().fixes_in_row(row).filter(stands) {
            let fix = review.collation().fix(id);
            let found = self.in_fix(review, id, wanted).next();
            if let Some(suspect) = found.filter(|_| !is_checked(review, &fix.at)) {
                stops.push(Stop { at: fix.at.clone(), fix: Some(id), reason: suspect.reason });
            }
        }
        stops.sort_by_key(|stop| stop.at.start);
        stops
    }

    /// Says whether what is suspect in the OCR where both texts agree is so in the corrected text
    /// too: a bracket may have its partner there.
    fn is_in_both(&self, review: &Review, suspect: &Suspect) -> bool {
        let (collation, at) = (review.collation(), suspect.at.start);
        let block = collation.block_at(at);
        let shape = &collation.plan().blocks[block as usize];
        let fixes = collation.gap(block).map_or(&[][..], |gap| &gap.fixes);
        let before = fixes[..fixes.partition_point(|fix| fix.at.end <= at)].last();
        let (base, transcript) = match before {
            Some(fix) => (fix.at.end, fix.transcript_at.end),
            None => (
                review.base().line(shape.base_lines.start).start,
                review.transcript().line(shape.transcript_lines.start).start,
            ),
        };
        let there = transcript + (at - base);
        within(&self.transcript, there..there + 1).any(|other| other.reason == suspect.reason)
    }

    /// Returns what is suspect in the proposed reading of a fix, however it stands.
    pub fn in_fix<'a>(
        &'a self,
        review: &Review,
        id: FixId,
        wanted: &'a [Reason],
    ) -> impl Iterator<Item = &'a Suspect> + use<'a> {
        let span = review.collation().fix(id).transcript_at.clone();
        within(&self.transcript, span).filter(|suspect| is_among(wanted, suspect))
    }

    /// Returns the rows of some blocks that may have suspects, in order.
    #[must_use]
    pub fn rows(&self, review: &Review, blocks: Range<u32>) -> Vec<RowId> {
        let collation = review.collation();
        let Some(last) = blocks.clone().next_back() else { return Vec::new() };
        let span = collation.base_span(blocks.start).start..collation.base_span(last).end;
        let base = within(&self.base, span);
        let mut rows: Vec<RowId> =
            base.filter_map(|suspect| collation.row_at(suspect.at.start)).collect();
        let mut ahead = None;
        for block in blocks {
            let fixes = collation.gap(block).map_or(&[][..], |gap| &gap.fixes);
            let Some((first, last)) = fixes.first().zip(fixes.last()) else { continue };
            let start = first.transcript_at.start;
            // Most gaps of a long text have none: one look tells.
            let ahead = ahead.get_or_insert_with(|| from(&self.transcript, start));
            let before = ahead.iter().take_while(|suspect| suspect.at.start < start).count();
            *ahead = &ahead[before..];
            if ahead.first().is_some_and(|suspect| suspect.at.start < last.transcript_at.end) {
                let fixes = collation.fixes_in_block(block);
                let fixes = fixes.filter(|&id| self.in_fix(review, id, &[]).next().is_some());
                rows.extend(fixes.map(|id| collation.row_of(id)));
            }
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

fn is_among(wanted: &[Reason], suspect: &Suspect) -> bool {
    wanted.is_empty() || wanted.contains(&suspect.reason)
}

/// Returns the suspects that start at a byte or after it.
fn from(suspects: &[Suspect], byte: usize) -> &[Suspect] {
    &suspects[suspects.partition_point(|suspect| suspect.at.start < byte)..]
}

/// Returns the suspects that start within a span.
fn within(suspects: &[Suspect], span: Range<usize>) -> impl Iterator<Item = &Suspect> + use<'_> {
    from(suspects, span.start).iter().take_while(move |suspect| suspect.at.start < span.end)
}

/// Says whether both texts agree at a place, and nothing was decided or checked there.
fn is_untouched(review: &Review, at: &Range<usize>) -> bool {
    let place = Place::new(at.clone(), 0);
    review.fixes_over(place).next().is_none()
        && review.ledger().standing_over(place).next().is_none()
        && !is_checked(review, at)
}

/// Says whether a place was looked at and found right as it stands.
fn is_checked(review: &Review, at: &Range<usize>) -> bool {
    review.notes_in(at.clone()).any(|(_, noted)| noted.mark == Mark::Checked)
}
