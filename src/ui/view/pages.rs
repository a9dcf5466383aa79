//! The list of pages, each with how much of it is decided, in place of the panes.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::review::event::Mark;
use crate::ui::layout::geometry::Geometry;
use crate::ui::mode::Pages;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::bars::{hint_texts, last, row_of, rule, write_hints};
use crate::ui::view::pen::Pen;

/// Cells of a page's bar.
const BAR: usize = 20;

/// Draws the pages, the one under the cursor in sight.
pub(crate) fn draw(model: &Model, pages: &Pages, geometry: &Geometry, pen: &mut Pen<'_>) {
    let top = geometry.status.bottom();
    let height = geometry.foot.top().saturating_sub(top);
    let area = Rect { y: top, height, ..geometry.foot };
    if area.height == 0 {
        return;
    }
    let heading =
        if pages.count == 1 { "1 page".to_owned() } else { format!("{} pages", pages.count) };
    rule(Rect { height: 1, ..area }, &heading, ("", Style::new()), pen);
    for (row, index) in pages.lines(geometry).rows() {
        page(model, (index, index == pages.at), row, pen);
    }
}

fn page(model: &Model, of: (usize, bool), row: Rect, pen: &mut Pen<'_>) {
    let (index, here) = of;
    let base = model.review.base();
    let span = base.page(index + 1);
    let counts = model.review.counts_in(span.clone());
    let (total, done) = (counts.total(), counts.total() - counts.open);
    let look = if here { Look::Here } else { Look::Text };
    let sign = if here { ">" } else { " " };
    let line = base.line_of(span.start) + 1;
    let text = format!("{sign}{:>5}  line {line:<7}", index + 1);
    let x = pen.write((row.x, row.y), row.right(), &text, pen.style(look));
    let filled = (done * BAR).checked_div(total).unwrap_or(BAR);
    let x = pen.write((x, row.y), row.right(), &"━".repeat(filled), pen.style(Look::Accepted));
    let x = pen.write((x, row.y), row.right(), &"─".repeat(BAR - filled), pen.style(Look::Rule));
    let mut words = match total {
        0 => "  nothing to decide".to_owned(),
        _ => format!("  {done} of {total}"),
    };
    let doubts = model.review.notes_in(span.clone());
    let doubts = doubts.filter(|(_, noted)| noted.mark == Mark::Doubtful).count();
    if doubts > 0 {
        words = format!("{words}  {doubts} doubtful");
    }
    let signed = |at: &std::ops::Range<usize>| at.start <= span.start && span.end <= at.end;
    if model.review.signed().any(|(_, signed_off)| signed(&signed_off.at)) {
        words.push_str("  signed");
    }
    pen.write((x, row.y), row.right(), &words, pen.style(look));
}

/// Draws the foot: the keys.
pub(crate) fn foot(model: &Model, area: Rect, pen: &mut Pen<'_>) {
    if let Some(row) = row_of(area, 0, 2) {
        rule(row, "", ("", Style::new()), pen);
    }
    let actions = ["list-go", "list-down", "list-up", "list-back"];
    let texts = hint_texts(model, &actions, |action| {
        (action == "list-go").then(|| "go to the page".to_owned())
    });
    write_hints(&texts, "pages", last(area), pen);
}
