//! The summary of a first opening: what the work is. It leaves at the first key.

use std::collections::HashMap;

use crate::collate::fix::{FixId, Kind, RowId};
use crate::collate::mixing::Mixing;
use crate::review::state::Review;
use crate::ui::words;

/// Holds the summary as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How much work there is.
    pub heading: String,
    /// What it is made of, one line each.
    pub lines: Vec<String>,
    /// How many fixes were known when it was made.
    pub known: usize,
}

impl Summary {
    /// Makes the summary of what is known of a review, in lines of at most `cells` cells.
    #[must_use]
    pub fn new(review: &Review, cells: usize) -> Self {
        let mut lines = words::joined(&kinds(review), "   ", cells);
        lines.truncate(3);
        let often = commonest(review);
        lines.extend(words::joined(&often, " • ", cells).into_iter().take(1));
        let sides = ["left: what the OCR read", "right: the text as it stands, fixes as proposed"];
        lines.extend(words::joined(&sides, "   ", cells));
        Self { heading: heading(review), lines, known: review.counts().total() }
    }

    /// Makes the summary of a text alone, without a corrected one.
    #[must_use]
    pub fn of_reader(cells: usize) -> Self {
        let words = ["left: what the OCR read", "right: the text as it now stands"];
        let mut lines = words::joined(&words, "   ", cells);
        lines.push("every line can be edited, marked or noted; every act is kept".to_owned());
        Self { heading: "no corrected text: read and edit".to_owned(), lines, known: 0 }
    }
}

/// Says how much work there is.
fn heading(review: &Review) -> String {
    let counts = review.counts();
    let collation = review.collation();
    let worth = collation.fixes().filter(|&id| !review.in_class(id));
    let mut rows: Vec<RowId> = worth.map(|id| collation.row_of(id)).collect();
    rows.dedup();
    let more = if counts.complete { "" } else { "+" };
    let total = counts.total();
    match (total, counts.complete) {
        (0, true) if counts.class.is_some() => "no differences but line ends".to_owned(),
        (0, true) => "no differences: read on; e edits any line".to_owned(),
        (0, false) => "still comparing".to_owned(),
        (1, true) => "1 difference".to_owned(),
        _ => {
            let lines = if rows.len() == 1 && counts.complete { "line" } else { "lines" };
            format!("{total}{more} differences on {}{more} {lines}", rows.len())
        }
    }
}

/// Returns the kinds that occur, the commonest first.
fn kinds(review: &Review) -> Vec<String> {
    let counts = Kind::ALL.into_iter().map(|kind| (kind, review.alone_of_kind(kind)));
    let mut counts: Vec<(Kind, usize)> = counts.filter(|(_, count)| *count > 0).collect();
    counts.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
    let mut words: Vec<String> = counts
        .into_iter()
        .map(|(kind, count)| {
            let only = words::only_in(kind).map(|only| format!(" {only}")).unwrap_or_default();
            format!("{count} {}{only}", words::kind(kind, count))
        })
        .collect();
    if let Some(class) = review.counts().class {
        words.push(format!("+ {} line ends, one class: :accept kind=line-end", class.total));
    }
    words
}

/// Says whether a change of blanks is at the end of its line, where nobody sees it.
fn ends_line(review: &Review, id: FixId) -> bool {
    let fix = review.collation().fix(id);
    let rest = &review.base().as_str()[fix.at.end..];
    fix.kind == Kind::Space && (rest.is_empty() || rest.starts_with(['\n', '\r']))
}

/// Returns the changes that occur most often.
fn commonest(review: &Review) -> Vec<String> {
    let told = |id: &FixId| match review.collation().fix(*id).kind {
        // Of lines that only one side has, blank ones are a class of their own.
        Kind::MissingLine => review.proposed(*id).trim_matches('\n').is_empty(),
        Kind::ExtraLine => review.base_reading(*id).trim_matches('\n').is_empty(),
        Kind::LineEnd | Kind::PageEnd => false,
        _ => true,
    };
    let mut counts: HashMap<(&str, &str, bool), usize, Mixing> = HashMap::with_hasher(Mixing);
    for id in review.collation().fixes().filter(told) {
        let change = match review.collation().fix(id).kind {
            Kind::MissingLine => ("", "\n", false),
            Kind::ExtraLine => ("\n", "", false),
            _ => (review.base_reading(id), review.proposed(id), ends_line(review, id)),
        };
        *counts.entry(change).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    counts.sort_by_key(|&(change, count)| (std::cmp::Reverse(count), change));
    let mut words: Vec<String> = counts
        .into_iter()
        .take(4)
        .map(|((base, proposed, ends_line), count)| match (base, proposed) {
            ("", "\n") => format!("nothing → a blank line ({count})"),
            ("\n", "") => format!("a blank line → left out ({count})"),
            _ => {
                let (base, proposed) = words::change(base, proposed, 16);
                let place = if ends_line { " at line ends" } else { "" };
                format!("{base} → {proposed}{place} ({count})")
            }
        })
        .collect();
    if let Some(first) = words.first_mut() {
        *first = format!("most often: {first}");
    }
    words.truncate(3);
    words
}
