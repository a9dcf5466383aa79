//! The mouse: a click moves the cursor, the wheel moves the text, dragging moves the divider
//! between the panes. Nothing of it ever decides.

use ratatui::layout::Position;

use crate::ui::alike::Shows;
use crate::ui::layout::fold::Entry;
use crate::ui::layout::geometry::{GUTTER_CELLS, Geometry, Panes};
use crate::ui::layout::row::{Side, shown};
use crate::ui::mode::Mode;
use crate::ui::model::{BodyLine, Model, Narrow};
use crate::ui::msg::{Effect, Mouse, MouseAct};
use crate::ui::update::{list, moving, travel};

/// How many lines one step of the wheel moves.
const STEP: usize = 3;

/// Takes what the mouse did.
pub(crate) fn take(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    match mouse.act {
        MouseAct::WheelDown => wheel(model, true),
        MouseAct::WheelUp => wheel(model, false),
        MouseAct::Press => press(model, mouse.column, mouse.row),
        MouseAct::Drag => drag(model, mouse.column),
        MouseAct::Release => {
            model.divider.held = false;
            Vec::new()
        }
    }
}

/// Takes hold of the divider, goes to a part of the text by the scroll bar, or to what is clicked.
fn press(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    let geometry = model.geometry();
    let at = Position { x: column, y: row };
    let panes = geometry.base.top()..geometry.base.bottom();
    let beside = geometry.panes == Panes::Beside && model.mode.shows_text();
    model.divider.held = beside && column == geometry.base.right() && panes.contains(&row);
    match () {
        () if model.divider.held => Vec::new(),
        () if geometry.scroll.contains(at) => {
            to_part(model, usize::from(row - geometry.scroll.y), geometry.scroll.height)
        }
        () => click(model, column, row),
    }
}

/// Moves the divider, if it is held, to a column or as near as it goes.
fn drag(model: &mut Model, column: u16) -> Vec<Effect> {
    let geometry = model.geometry();
    if model.divider.held && geometry.panes == Panes::Beside && model.mode.shows_text() {
        let far = i32::from(column) - i32::from(geometry.base.right());
        moving::shift_divider(model, far.clamp(-i32::from(i16::MAX), i32::from(i16::MAX)) as i16);
    }
    Vec::new()
}

/// Goes to the line that the scroll bar of `height` cells shows in its cell `at`.
fn to_part(model: &mut Model, at: usize, height: u16) -> Vec<Effect> {
    if model.mode == Mode::Review && model.player.is_none() {
        let base = model.review.base();
        let line = at * base.line_count() / usize::from(height.max(1));
        let byte = base.line(line.min(base.line_count().saturating_sub(1))).start;
        let left = travel::before(model, "scroll-bar");
        model.go_to_byte(byte);
        travel::after(model, left);
    }
    Vec::new()
}

/// Gives the mouse to the program, or back to the terminal for its own selection.
pub(crate) fn toggle(model: &mut Model) -> Vec<Effect> {
    model.mouse = !model.mouse;
    model.say(match model.mouse {
        true => "the mouse moves the cursor; Shift and dragging select as the terminal does",
        false => "the mouse is the terminal's again; :mouse takes it back",
    });
    vec![Effect::Mouse(model.mouse)]
}

fn wheel(model: &mut Model, down: bool) -> Vec<Effect> {
    if matches!(model.mode, Mode::Summary(_)) {
        model.mode = Mode::Review;
    }
    for _ in 0..STEP {
        match model.mode {
            Mode::Review => drop(moving::by_one_line(model, if down { 1 } else { -1 })),
            Mode::Help(_) | Mode::Inspect(_) | Mode::History(_) | Mode::Report { .. } => {
                drop(moving::panel(model, if down { 1 } else { -1 }));
            }
            _ => drop(list::by(model, if down { 1 } else { -1 })),
        }
    }
    Vec::new()
}

fn click(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    if matches!(model.mode, Mode::Summary(_)) {
        model.mode = Mode::Review;
    }
    let geometry = model.geometry();
    if model.mode.list().is_some() {
        return choose(model, &geometry, row);
    }
    if model.mode != Mode::Review {
        return Vec::new();
    }
    let at = Position { x: column, y: row };
    let side = match () {
        () if geometry.base.contains(at) => Side::Base,
        () if geometry.right.contains(at) => Side::Right,
        () => return Vec::new(),
    };
    let (pane, indent) = match side {
        Side::Base => (geometry.base, geometry.number_cells),
        Side::Right => (geometry.right, GUTTER_CELLS),
    };
    let body = model.body();
    let Some(line) = body.get(usize::from(row - pane.y)) else { return Vec::new() };
    model.begun.clear();
    model.message = None;
    let cell = (column - pane.x).checked_sub(indent);
    let narrow = cell.and_then(|cell| fix_at(model, line, side, usize::from(cell)));
    model.cursor.row = Some(line.row);
    model.cursor.narrow = narrow.unwrap_or(Narrow::Line);
    if let Entry::Fold(_) = line.shows {
        model.unfolded.insert(line.row);
    }
    Vec::new()
}

/// Moves the cursor of a list to what a row of the screen shows. Nothing is ticked by it.
fn choose(model: &mut Model, geometry: &Geometry, row: u16) -> Vec<Effect> {
    let chosen = match &model.mode {
        Mode::Alike(list) => list.lines(geometry).line_in(row).map(|line| list.line(line)),
        Mode::Filter(menu) => menu.lines(geometry).line_in(row).map(Shows::Place),
        Mode::Pages(pages) => pages.lines(geometry).line_in(row).map(Shows::Place),
        _ => None,
    };
    if let (Some(Shows::Place(place)), Some((at, _))) = (chosen, model.mode.list()) {
        *at = place;
    }
    Vec::new()
}

/// Returns the fix that is drawn in a cell of a line of the body, if it is one of that row's.
fn fix_at(model: &Model, line: &BodyLine, side: Side, cell: usize) -> Option<Narrow> {
    let Entry::SubRow(sub) = line.shows else { return None };
    let laid = model.laid(line.row);
    let stretch = laid.wrapped.sub_rows.get(sub)?.stretch.of(side).clone();
    let mut column = 0;
    for glyph in shown(&laid.parts, side, stretch.start, model.repertoire) {
        if glyph.spot >= stretch.end {
            return None;
        }
        column += glyph.cells;
        if cell < column {
            let fix = laid.parts[glyph.part].fix()?;
            let collation = model.review.collation();
            let here = collation.row_of(fix) == line.row && !model.review.in_class(fix);
            return here.then_some(Narrow::Fix(fix));
        }
    }
    None
}
