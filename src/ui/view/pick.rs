//! The panel of the letters that the document has, for an edit.

use ratatui::layout::Rect;

use crate::text::visible::{escape_for, width};
use crate::ui::layout::geometry::Geometry;
use crate::ui::mode::Mode;
use crate::ui::model::Model;
use crate::ui::special::{CELLS, Special, columns};
use crate::ui::theme::Look;
use crate::ui::view::bars;
use crate::ui::view::pen::Pen;

/// Draws the letters, where they are offered.
pub(crate) fn draw(model: &Model, geometry: &Geometry, pen: &mut Pen<'_>) {
    let area = geometry.panel;
    let Mode::Edit(edit) = &model.mode else { return };
    let Some(Special::Pick(pick)) = &edit.special else { return };
    if area.height == 0 {
        return;
    }
    let about = pick.letters.get(pick.at).map_or(String::new(), |&(letter, count)| {
        let shown = escape_for(letter.encode_utf8(&mut [0; 4]), pen.repertoire());
        let often = if count == 1 { "once".to_owned() } else { format!("{count} times") };
        format!("{shown}  U+{:04X}  {often}", u32::from(letter))
    });
    let count = pick.letters.len();
    let heading = format!("{count} letter{} of this document", if count == 1 { "" } else { "s" });
    let style = pen.style(Look::Said);
    bars::rule(Rect { height: 1, ..area }, &heading, (&about, style), pen);
    let columns = columns(area.width);
    let rows = usize::from(area.height - 1);
    let first = (pick.at / columns).saturating_sub(rows.saturating_sub(1)) * columns;
    let sight = pick.letters.iter().enumerate().skip(first).take(rows * columns);
    for (index, &(letter, _)) in sight {
        let at = index - first;
        let (x, y) =
            (area.x + 1 + (at % columns) as u16 * CELLS, area.y + 1 + (at / columns) as u16);
        let shown = escape_for(letter.encode_utf8(&mut [0; 4]), pen.repertoire());
        // What is shown by a chip has its code here, or where that is long in the heading.
        let (shown, look) = match (width(&shown), u32::from(letter)) {
            (0..=2, _) => (format!(" {shown} "), Look::Text),
            (_, code @ 0..=0xfff) => (format!("{code:>3X}"), Look::Sign),
            _ => (" … ".to_owned(), Look::Sign),
        };
        let style = pen.style(look);
        let style = if index == pick.at { style.patch(pen.style(Look::Highlight)) } else { style };
        pen.write((x, y), area.right(), &shown, style);
    }
}
