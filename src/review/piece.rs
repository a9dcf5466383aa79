//! A row's two sides as pieces: what the base has, and the text as it now stands.

use std::ops::Range;

use crate::collate::fix::{FixId, RowId};
use crate::review::counts::State;
use crate::review::event::Place;
use crate::review::state::Review;

/// Tells why a piece is as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Both texts agree and nothing else stands.
    Same,
    /// A fix, or a reading that stands over it.
    Fix(FixId, State),
    /// A change of the reviewer's own where both texts agree.
    Own(Place),
}

/// Holds a stretch of a row: its base bytes on the left, and on the right the text as it stands.
///
/// A reading that spans several rows has its text where it starts; in the later rows its base bytes
/// answer to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The base bytes of the piece.
    pub base: Range<usize>,
    /// The text as it now stands; an open fix is shown as proposed.
    pub right: String,
    /// Why.
    pub role: Role,
}

impl Review {
    /// Cuts a row into pieces; together they cover its base bytes in order.
    #[must_use]
    pub fn pieces(&self, row: RowId) -> Vec<Piece> {
        let span = self.collation().row(row).base;
        let mut pieces = self.site_pieces(row, &span);
        pieces.extend(self.open_pieces(row, &span));
        pieces.sort_by_key(|(place, _)| *place);
        self.fill(&span, pieces)
    }

    /// Returns what stands in a row, each with its place.
    fn site_pieces(&self, row: RowId, span: &Range<usize>) -> Vec<(Place, Piece)> {
        // All that a missing line has is its fix, and a page of them stands at one offset; what is at
        // the end of the text and no fix goes with the last row.
        let is_lone = span.is_empty() && self.collation().next_row(row).is_some();
        let from = (!is_lone).then(|| self.ledger().standing_from(span.clone()));
        let mut places: Vec<Place> = from
            .into_iter()
            .flatten()
            .map(|site| site.place)
            .filter(|&place| self.lies_in(place, row, span))
            .collect();
        let own = self.collation().fixes_in_row(row).map(|id| self.place(id));
        let reaching = self.ledger().standing_over(Place::new(span.clone(), 0));
        places.extend(own.filter(|&place| self.ledger().standing_at(place).is_some()));
        places.extend(reaching.map(|site| site.place).filter(|place| !place.is_empty()));
        places.sort_unstable();
        places.dedup();
        let pieces = places.into_iter().filter_map(|place| {
            let site = self.ledger().standing_at(place)?;
            let role = match self.fixes_over(place).next() {
                Some(id) => Role::Fix(id, self.state(id)),
                None => Role::Own(place),
            };
            let here = place.start >= span.start;
            let right = if here { site.reading.to_owned() } else { String::new() };
            let base = place.start.max(span.start)..place.end.min(span.end).max(span.start);
            Some((place, Piece { base, right, role }))
        });
        pieces.collect()
    }

    /// Says whether a standing place that starts at or after the row's start is shown in this row.
    fn lies_in(&self, place: Place, row: RowId, span: &Range<usize>) -> bool {
        if !place.is_empty() {
            return place.start < span.end;
        }
        let fix = self.fixes_over(place).find(|&id| self.place(id) == place);
        match fix {
            Some(id) => self.collation().row_of(id) == row,
            None if place.start < span.end => true,
            None => {
                let ends = place.start == self.base().len();
                ends && self.collation().next_row(row).is_none()
            }
        }
    }

    /// Returns the fixes of a row under which nothing stands, shown as proposed.
    fn open_pieces(&self, row: RowId, span: &Range<usize>) -> Vec<(Place, Piece)> {
        let reaching = self.fixes_over(Place::new(span.clone(), 0));
        let mut fixes: Vec<FixId> = self.collation().fixes_in_row(row).collect();
        fixes.extend(reaching.filter(|&id| self.collation().fix(id).at.start < span.start));
        let bare = |&id: &FixId| self.ledger().standing_over(self.place(id)).next().is_none();
        let pieces = fixes.into_iter().filter(bare).map(|id| {
            let place = self.place(id);
            let here = place.start >= span.start;
            let right = if here { self.proposed(id).to_owned() } else { String::new() };
            let base = place.start.max(span.start)..place.end.min(span.end);
            (place, Piece { base, right, role: Role::Fix(id, self.state(id)) })
        });
        pieces.collect()
    }

    /// Puts the base's own text between the pieces.
    fn fill(&self, span: &Range<usize>, pieces: Vec<(Place, Piece)>) -> Vec<Piece> {
        let mut filled = Vec::with_capacity(pieces.len() * 2 + 1);
        let mut at = span.start;
        for (_, piece) in pieces {
            self.keep(at..piece.base.start, &mut filled);
            at = piece.base.end.max(at);
            filled.push(piece);
        }
        self.keep(at..span.end, &mut filled);
        filled
    }

    /// Adds base text that stands as it is; what lies in a fix decided in part keeps that role.
    fn keep(&self, span: Range<usize>, pieces: &mut Vec<Piece>) {
        if span.is_empty() {
            return;
        }
        let mut same = |base: Range<usize>, role: Role| {
            if !base.is_empty() {
                let right = self.base().slice(base.clone()).to_owned();
                pieces.push(Piece { base, right, role });
            }
        };
        let mut at = span.start;
        let fixes: Vec<FixId> = self.fixes_over(Place::new(span.clone(), 0)).collect();
        for id in fixes {
            let fix = &self.collation().fix(id).at;
            let (start, end) = (fix.start.max(at), fix.end.min(span.end));
            same(at..start, Role::Same);
            same(start..end, Role::Fix(id, self.state(id)));
            at = end.max(at);
        }
        same(at..span.end, Role::Same);
    }
}
