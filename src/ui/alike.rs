//! The list of places alike: what `*` opens, with what is ticked in it.

use crate::review::alike::{Alike, Asked, Width, alike, open_alike};
use crate::review::command::Offer;
use crate::review::state::Review;
use crate::ui::layout::geometry::Geometry;
use crate::ui::layout::list::Lines;

/// Holds the list as it stands on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// What the places are compared with.
    pub asked: Asked,
    /// How far they may be from it.
    pub width: Width,
    /// The places.
    pub found: Alike,
    /// By place, whether it is ticked.
    pub ticked: Vec<bool>,
    /// The place under the cursor.
    pub at: usize,
    /// What the list can be widened to, and how many open fixes it has then.
    pub wider: Option<(Width, usize)>,
}

/// Names one line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// A heading over what follows.
    Heading(Group),
    /// Nothing, between both parts.
    Blank,
    /// This place.
    Place(usize),
}

/// Names the two parts of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What is offered.
    Proposed,
    /// Where both texts keep the OCR's reading.
    Forgotten,
}

/// Returns how many rows are above the list's lines: what it is of, the panes' titles.
#[must_use]
pub fn head(geometry: &Geometry) -> u16 {
    let room = geometry.foot.top().saturating_sub(geometry.status.bottom());
    if room > 3 { 2 } else { 0 }
}

impl List {
    /// Returns where its lines stand, headings and all.
    #[must_use]
    pub fn lines(&self, geometry: &Geometry) -> Lines {
        let (proposed, all) = (self.found.proposed, self.found.places.len());
        let (first, second) = (usize::from(proposed > 0), usize::from(proposed < all));
        // A part has a heading, both have a blank between them.
        let count = all + first + second + first * second;
        let before = if self.at < proposed { first } else { count - all };
        Lines::new(geometry, head(geometry), self.at + before, count)
    }

    /// Returns what one of its lines shows.
    #[must_use]
    pub fn line(&self, line: usize) -> Shows {
        let (proposed, all) = (self.found.proposed, self.found.places.len());
        let first = usize::from(proposed > 0);
        match line.checked_sub(proposed + first) {
            None if line == 0 => Shows::Heading(Group::Proposed),
            None => Shows::Place(line - 1),
            Some(0) if proposed > 0 => Shows::Blank,
            Some(below) if below == first => Shows::Heading(Group::Forgotten),
            Some(below) => Shows::Place((proposed + below - first - 1).min(all.saturating_sub(1))),
        }
    }

    /// Lists what is like the asked place, as narrowly as anything is found; none if nothing is.
    #[must_use]
    pub fn new(review: &Review, asked: Asked) -> Option<Self> {
        let list = Self::of_width(review, asked, Width::Word);
        if list.found.places.is_empty() { list.widened(review) } else { Some(list) }
    }

    fn of_width(review: &Review, asked: Asked, width: Width) -> Self {
        let found = alike(review, &asked, width);
        let ticked = found.places.iter().map(|place| place.ticked).collect();
        let at = found.places.iter().position(|place| place.place == asked.place).unwrap_or(0);
        let wider = wider(review, &asked, (width, found.proposed));
        Self { asked, width, found, ticked, at, wider }
    }

    /// Lists what is like the asked place in a wider sense; none if there is no more.
    #[must_use]
    pub fn widened(&self, review: &Review) -> Option<Self> {
        let (width, _) = self.wider?;
        Some(Self::of_width(review, self.asked.clone(), width))
    }

    /// Counts what is ticked.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ticked.iter().filter(|&&ticked| ticked).count()
    }

    /// Ticks the place under the cursor, or takes its tick away.
    pub fn tick(&mut self) {
        if let Some(ticked) = self.ticked.get_mut(self.at) {
            *ticked = !*ticked;
        }
    }

    /// Ticks all that the transcript proposes; then all; then none.
    ///
    /// What both texts keep comes last: it is to be read first.
    pub fn tick_all(&mut self) {
        let (proposed, all) = (self.found.proposed, self.ticked.len());
        let upto = match self.count() {
            count if count == all => 0,
            count if count >= proposed && self.ticked[..proposed].iter().all(|&it| it) => all,
            _ if proposed == 0 => all,
            _ => proposed,
        };
        for (index, ticked) in self.ticked.iter_mut().enumerate() {
            *ticked = index < upto;
        }
    }

    /// Returns what is ticked, to be decided.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        let places = self.found.places.iter().zip(&self.ticked).filter(|(_, ticked)| **ticked);
        let offer = |(likely, _): (&crate::review::alike::Likely, _)| Offer {
            place: likely.place,
            reading: likely.reading.clone(),
        };
        places.map(offer).collect()
    }
}

/// Returns the next width that finds more than `now` does.
fn wider(review: &Review, asked: &Asked, now: (Width, usize)) -> Option<(Width, usize)> {
    let mut width = now.0;
    loop {
        width = width.wider()?;
        let count = open_alike(review, asked, width);
        if count > now.1 {
            return Some((width, count));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::collation::Collation;
    use crate::collate::plan::plan;
    use crate::document::Text;

    fn review(base: &str, transcript: &str) -> Review {
        let text = |text: &str| Text::new(text.to_owned()).expect("short");
        Review::new(Collation::complete(plan(text(base), text(transcript))))
    }

    /// Writes a list as `[x] line`, a `|` before what both texts keep.
    fn shown(review: &Review, list: &List) -> String {
        let place = |(index, ticked): (usize, &bool)| {
            let likely = &list.found.places[index];
            let bar = if index == list.found.proposed { "| " } else { "" };
            let tick = if *ticked { "x" } else { "." };
            format!("{bar}{tick}{}", review.base().line_of(likely.place.start) + 1)
        };
        list.ticked.iter().enumerate().map(place).collect::<Vec<_>>().join(" ")
    }

    const BASE: &str = "the Sorgentl board\nmet Sorgentl's man\nSorgentl again\nSorgentlx too\n\
                        a Chalrman, l0 men\nto board SORGENTL.\nl8 lots of l men\n";
    const TRANSCRIPT: &str = "the Sorgenti board\nmet Sorgenti's man\nSorgentl again\n\
                              Sorgentlx too\na Chairman, 10 men\nto board SORGENTL.\n18 lots of i men\n";

    #[test]
    fn whole_words_ticked_where_proposed_then_letters_then_kind() {
        let review = review(BASE, TRANSCRIPT);
        let first = review.collation().fixes().next().expect("a fix");
        let list = List::new(&review, Asked::of_fix(&review, first)).expect("places");
        assert_eq!(shown(&review, &list), "x1 x2 | .3 .6");
        let carried = |index: usize| list.found.places[index].reading.clone();
        assert_eq!((carried(0), carried(2)), (None, Some("Sorgenti".to_owned())));
        assert_eq!(carried(3).as_deref(), Some("SORGENTI"));
        let letters = list.widened(&review).expect("more");
        assert_eq!(list.wider, Some((Width::Letters, letters.found.proposed)));
        assert_eq!(
            (letters.width, shown(&review, &letters).as_str()),
            (Width::Letters, "x1 x2 x5 x7")
        );
    }

    #[test]
    fn digits_and_dates_are_never_ticked_beforehand() {
        let base = "of l0 men\nand l0 more\nin Februarv 1963\nin Februarv once\nin Februarv, 7\n";
        let transcript = base.replace("l0", "10").replace("Februarv", "February");
        let review = review(base, &transcript);
        let of = |index: usize| {
            let id = review.collation().fixes().nth(index).expect("a fix");
            shown(&review, &List::new(&review, Asked::of_fix(&review, id)).expect("places"))
        };
        assert_eq!(of(0), ".1 .2");
        assert_eq!(of(2), ".3 x4 .5");
    }

    #[test]
    fn lines_of_one_side_widen_from_the_same_line_to_the_kind() {
        let review = review(
            "SECRET\n\nsome words of text here\n\nSECRET\n\nmore words of text here\n\nD-101\n\n",
            "some words of text here\n\nmore words of text here\n\n",
        );
        let first = review.collation().fixes().next().expect("a fix");
        let mut list = List::new(&review, Asked::of_fix(&review, first)).expect("places");
        assert_eq!(shown(&review, &list), "x1 x5");
        list = list.widened(&review).expect("more");
        assert_eq!((list.width, shown(&review, &list).as_str()), (Width::Kind, "x1 x5 x8 .9"));
        list.tick_all();
        assert_eq!(list.count(), 4);
        list.tick_all();
        assert_eq!(list.count(), 0);
        assert!(list.widened(&review).is_none());
    }

    #[test]
    fn bo_is_never_found_in_boarding() {
        let review =
            review("bo it on boarding\nbo boarding bo\n", "to it on boarding\nto boarding bo\n");
        let first = review.collation().fixes().next().expect("a fix");
        let list = List::new(&review, Asked::of_fix(&review, first)).expect("places");
        assert_eq!(shown(&review, &list), "x1 x2 | .2");
        let offers = list.offers();
        assert!(offers.iter().all(|offer| offer.place.end - offer.place.start == 2));
    }
}
