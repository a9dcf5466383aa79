//! The bar at the top: document, page, counts, reviewer; shortened as the screen narrows. The line
//! is named at the foot, and here where the foot is too low for that.

use crate::review::counts::Counts;
use crate::text::visible::width;
use crate::ui::layout::geometry::Geometry;
use crate::ui::model::Model;
use crate::ui::theme::Look;
use crate::ui::view::pen::Pen;
use crate::ui::view::playing;

/// Rows that a foot has where its heading fits.
const FULL_FOOT: u16 = 3;

/// Draws the bar.
pub(crate) fn draw(model: &Model, geometry: &Geometry, pen: &mut Pen<'_>) {
    let area = geometry.status;
    if area.height == 0 {
        return;
    }
    let style = pen.style(Look::Status);
    pen.fill((area.x, area.y), area.right(), ' ', style);
    let counts = model.review.counts();
    let left = match &model.player {
        Some(player) => {
            let [full, short] = playing::status(model, player);
            if usize::from(area.width) < 60 { short } else { full }
        }
        None => {
            let wanted = model.mode.foot_rows(area.width).min(FULL_FOOT);
            left(model, usize::from(area.width), geometry.foot.height < wanted)
        }
    };
    let room = usize::from(area.width).saturating_sub(width(&left) + 2);
    let mut choices = right(model, &counts);
    if model.is_unknown() {
        let name = model.transcript_name.as_deref().unwrap_or("the OCR text alone");
        choices[0] = format!("comparing with {}", shorten(name, 24));
        choices[1] = "comparing the texts".to_owned();
        choices[2] = "comparing".to_owned();
    }
    if let Some(name) = model.lost_text() {
        choices[0] = format!("{} is not to be had: fixes unknown", shorten(name, 20));
        choices[1] = "fixes unknown".to_owned();
        choices[2] = "unknown".to_owned();
        choices[3] = "?".to_owned();
    }
    if let Some(disputes) = model.bench() {
        let left = disputes.runs().len();
        choices[0] = format!("{left} disputed   adjudicator {}", model.reviewer);
        choices[1] = format!("{left} disputed  {}", model.reviewer);
        choices[2] = format!("{left} disputed");
        choices[3] = format!("{left}");
    }
    let right = choices.iter().find(|text| width(text) <= room);
    let x = pen.write((area.x, area.y), area.right(), &left, style);
    let Some(right) = right else { return };
    let start = area.right().saturating_sub(width(right) as u16 + 1).max(x);
    pen.write((start, area.y), area.right(), right, style);
}

/// Returns the document's name, the page and, where it is not told elsewhere, the line.
fn left(model: &Model, room: usize, names_line: bool) -> String {
    let base = model.review.base();
    let at = model.place();
    let line = (base.line_of(at) + 1).min(base.line_count().max(1));
    let mut place = Vec::new();
    if model.cursor.row.is_none() {
        place.push("empty".to_owned());
    } else {
        if base.page_count() > 1 || room >= 40 {
            place.push(format!("p {}", model.page()));
        }
        if names_line {
            place.push(if room >= 40 { format!("line {line}") } else { line.to_string() });
        }
    }
    let place = place.join("  ");
    let filter = match &model.filter {
        Some(filter) => format!("  only {}", filter.wanted.in_words()),
        None => String::new(),
    };
    let signed_at = at.max(base.page(model.page()).start);
    let signed = match model.review.ledger().signature_at(signed_at) {
        Some(signature) if signature.changed.is_some() => "  signed, changed since",
        Some(_) => "  signed",
        None => "",
    };
    // The name gives way first: the counts are what is looked at.
    let name = shorten(&model.document, (room / 4).max(6));
    format!(" {name}  {place}{filter}{signed}")
}

/// Cuts a name in front: its end tells documents of one series apart.
pub(crate) fn shorten(name: &str, cells: usize) -> String {
    if width(name) <= cells {
        return name.to_owned();
    }
    let mut kept: Vec<char> = Vec::new();
    for letter in name.chars().rev() {
        if kept.len() + 1 >= cells {
            break;
        }
        kept.push(letter);
    }
    format!("…{}", kept.into_iter().rev().collect::<String>())
}

/// Returns the counts and the reviewer, from the fullest form to the shortest.
fn right(model: &Model, counts: &Counts) -> [String; 4] {
    let reviewer = match &model.player {
        Some(player) => model.chronicle.reviewer(player.at),
        None => &model.reviewer,
    };
    let unsealed = model.seals.wanting().filter(|_| model.player.is_none());
    let unsealed = unsealed.map_or(String::new(), |count| format!("  unsealed {count}"));
    let more = if counts.complete { "" } else { "+" };
    let total = format!("{}{more}", counts.total());
    let Counts { open, accepted, rejected, edited, .. } = *counts;
    let own = if counts.own > 0 { format!("+{}", counts.own) } else { String::new() };
    let class = counts.class.filter(|class| class.open > 0);
    let class = class.map_or(String::new(), |class| format!("  +{} line ends", class.open));
    let disputed =
        if counts.disputed > 0 { format!("  disputed {}", counts.disputed) } else { String::new() };
    [
        format!(
            "open {open}/{total}  accepted {accepted}  rejected {rejected}  \
             edited {edited}{own}{disputed}{class}{unsealed}  {reviewer}"
        ),
        format!(
            "open {open}/{total}{class}  a {accepted}  r {rejected}  e {edited}{own}{unsealed}  {reviewer}"
        ),
        format!("{open}/{total} a{accepted} r{rejected} e{edited}{own}"),
        format!("{open}/{total}"),
    ]
}
