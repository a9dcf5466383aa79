//! Sites of a record: how far one must reach, what it holds of the base, and how it is said.

use std::ops::Range;

use compact_str::{CompactString, ToCompactString};

use crate::review::event::{Place, Site};
use crate::review::state::Review;
use crate::text::excerpt::excerpts;
use crate::text::visible::escape;

/// The cells that one reading may take in a sentence.
const CELLS: usize = 24;

/// Writes a change for people: `"has" → "had"`; of long readings the part that differs, of whole
/// lines without their line ends.
#[must_use]
pub fn change_in_words(base: &str, reading: &str) -> String {
    let [base, reading] = match (base.trim_end_matches('\n'), reading.trim_end_matches('\n')) {
        (line, "") if reading.is_empty() && !line.is_empty() => [line, ""],
        ("", line) if base.is_empty() && !line.is_empty() => ["", line],
        _ => [base, reading],
    };
    let [before, after] = excerpts([base, reading], CELLS);
    format!("{} → {}", quote(base, before), quote(reading, after))
}

/// Writes one reading for people, a long one cut.
#[must_use]
pub fn reading_in_words(reading: &str) -> String {
    let [shown, _] = excerpts([reading, ""], CELLS);
    quote(reading, shown)
}

/// Quotes a part of a text in its visible form, line ends as `¶`, an ellipsis where it is cut.
fn quote(text: &str, shown: Range<usize>) -> String {
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let dots = |cut: bool| if cut { "…" } else { "" };
    let (before, after) = (dots(shown.start > 0), dots(shown.end < text.len()));
    let lines: Vec<String> = text[shown].split('\n').map(escape).collect();
    format!("\"{before}{}{after}\"", lines.join("¶"))
}

/// Widens a place until it covers wholly every standing site and fix that it overlaps.
pub(crate) fn widened(review: &Review, place: Place) -> Place {
    let mut wide = place;
    loop {
        let before = wide;
        let sites = review.ledger().standing_over(wide).map(|site| site.place);
        let fixes = review.fixes_over(wide).map(|id| review.place(id));
        for other in sites.chain(fixes).collect::<Vec<_>>() {
            let inside = wide.start <= other.start && other.end <= wide.end;
            if !inside {
                let span = wide.start.min(other.start)..wide.end.max(other.end);
                wide = Place::new(span, 0);
            }
        }
        if wide == before {
            return wide;
        }
    }
}

/// Widens a place as [`widened`] does, and returns what [`proposed_over`] gives for it. That a place
/// is one fix and nothing else, as most are, is seen at one look.
pub(crate) fn reach(review: &Review, place: Place) -> (Place, Option<CompactString>) {
    let mut fixes = review.fixes_over(place);
    if let Some(id) = fixes.next().filter(|&id| review.place(id) == place)
        && fixes.next().is_none()
        && review.ledger().standing_over(place).all(|site| site.place == place)
    {
        return (place, Some(review.proposed(id).into()));
    }
    let wide = widened(review, place);
    (wide, proposed_over(review, wide))
}

/// Makes a site of a place with nothing but where it is and the base's bytes.
pub(crate) fn bare_site(review: &Review, place: Place) -> Site {
    let base = review.base();
    Site {
        place,
        page: Some(base.page_of(place.start).to_compact_string()),
        line: Some(base.line_of(place.start) as u64 + 1),
        base: base.slice(place.span()).into(),
        proposed: None,
        reading: None,
        from: None,
    }
}

/// Returns the transcript's text for a place that cuts no fix; none if no fix lies in it.
pub(crate) fn proposed_over(review: &Review, place: Place) -> Option<CompactString> {
    let mut text = CompactString::default();
    let mut at = place.start;
    let mut any = false;
    for id in review.fixes_over(place) {
        let fix = review.place(id);
        text.push_str(review.base().slice(at..fix.start));
        text.push_str(review.proposed(id));
        at = fix.end;
        any = true;
    }
    text.push_str(review.base().slice(at..place.end));
    any.then_some(text)
}

/// Adds a site to a record unless it lies in the one before it: two fixes under one wide reading.
pub(crate) fn push_site(sites: &mut Vec<Site>, site: Site) {
    let inside = sites
        .last()
        .is_some_and(|last: &Site| last.place == site.place || last.place.overlaps(site.place));
    if !inside {
        sites.push(site);
    }
}
