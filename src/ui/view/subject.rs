//! What the foot is about: the fix or the suspect that is highlighted.

use crate::collate::fix::{FixId, RowId};
use crate::ui::model::{Model, Narrow};
use crate::ui::suspects::Stop;

/// Names the highlight.
pub(crate) fn heading(model: &Model) -> String {
    let Some(row) = model.cursor.row else { return String::new() };
    let base = model.review.base();
    let line = |at: usize| base.line_of(at) + 1;
    let place = model.review.collation().row(row).base;
    let here = match place.start.checked_sub(1) {
        _ if !place.is_empty() => format!("line {}", line(place.start)),
        // What is missing at the very end stands after a line that may have no end.
        Some(before) => format!("after line {}", line(before)),
        None => "before line 1".to_owned(),
    };
    let fixes = fixes_of_row(model, row);
    match &model.cursor.narrow {
        Narrow::Line => here,
        Narrow::Fix(id) => {
            let at = fixes.iter().position(|other| other == id).map_or(1, |at| at + 1);
            format!("{here}, fix {at} of {}", fixes.len())
        }
        Narrow::Word(_) => format!("{here}, word"),
        Narrow::Lines(anchor) => {
            let other = line(model.review.collation().row(*anchor).base.start);
            let this = line(place.start);
            format!("lines {}–{}", this.min(other), this.max(other))
        }
        Narrow::Page => format!("page {}", model.page()),
    }
}

/// Returns the fixes of a row, the line ends of a reflow left out.
pub(crate) fn fixes_of_row(model: &Model, row: RowId) -> Vec<FixId> {
    let fixes = model.review.collation().fixes_in_row(row);
    fixes.filter(|&id| !model.review.in_class(id)).collect()
}

/// Returns the one fix that the foot is about: the narrowed one, or the line's only one.
pub(crate) fn only_fix(model: &Model) -> Option<FixId> {
    let row = model.cursor.row?;
    match model.cursor.narrow {
        Narrow::Fix(id) => Some(id),
        Narrow::Line => {
            let mut fixes = fixes_of_row(model, row);
            fixes.retain(|&id| model.takes(id));
            fixes.first().copied().filter(|_| fixes.len() == 1)
        }
        _ => None,
    }
}

/// Returns the suspect that is highlighted.
pub(crate) fn suspect(model: &Model, row: RowId) -> Option<Stop> {
    let suspects = model.suspects.as_ref()?.in_row(&model.review, row);
    suspects.into_iter().find(|stop| match &model.cursor.narrow {
        Narrow::Word(span) => stop.fix.is_none() && stop.at == *span,
        Narrow::Fix(id) => stop.fix == Some(*id),
        _ => true,
    })
}
