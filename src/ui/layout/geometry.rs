//! The regions of the screen at its present size.

use ratatui::layout::Rect;

use crate::ui::layout::row::Sides;

/// Tells what else than the text wants room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wants {
    /// Rows of the panel above the foot.
    pub panel: u16,
    /// Rows of the foot, the hints included.
    pub foot: u16,
    /// The digits of the largest line number.
    pub digits: u16,
    /// How the panes shall stand.
    pub panes: Panes,
    /// By how many cells the OCR's pane is wider than its half.
    pub divider: i16,
}

impl Wants {
    /// Returns how the panes stand on a screen of so many columns.
    fn arranged(&self, columns: u16) -> Panes {
        match self.panes {
            Panes::Beside if columns < NARROW => Panes::Stacked,
            // Line numbers and gutter in one row would leave no room for words.
            Panes::Alone if columns < TINY => Panes::Stacked,
            panes => panes,
        }
    }
}

/// Holds where the divider between the panes stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Divider {
    /// By how many cells the OCR's pane is wider than its half.
    pub by: i16,
    /// Whether the mouse holds it.
    pub held: bool,
}

/// Tells how the panes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panes {
    /// Side by side.
    Beside,
    /// One above the other.
    Stacked,
    /// The text as it stands alone, over the whole width.
    Alone,
}

/// Holds the regions; any of them may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    /// The bar at the top.
    pub status: Rect,
    /// The title of the OCR's pane.
    pub base_title: Rect,
    /// The title of the other pane.
    pub right_title: Rect,
    /// The OCR's pane, line numbers included.
    pub base: Rect,
    /// The other pane, gutter included.
    pub right: Rect,
    /// The panel between panes and foot.
    pub panel: Rect,
    /// The foot.
    pub foot: Rect,
    /// Cells of the sign and line number, and of the blank after them.
    pub number_cells: u16,
    /// The column of the scroll bar at the right edge.
    pub scroll: Rect,
    /// Cells for text on each side.
    pub cells: Sides<usize>,
    /// How the panes stand: side by side only where the screen is wide enough.
    pub panes: Panes,
}

/// Cells of the gutter: how many fixes, their state, a flag, a blank.
pub const GUTTER_CELLS: u16 = 4;

/// Returns where the gutter begins in stacked panes, so that the texts stand one above the other.
fn under(number_cells: u16) -> u16 {
    number_cells.saturating_sub(GUTTER_CELLS)
}

/// In fewer cells a side a word cannot be read at a glance: nothing can be decided there.
const LEGIBLE: usize = 12;

/// Below so many columns the panes stack.
const NARROW: u16 = 60;
/// Below so many columns the text alone stands in stacked panes, too.
const TINY: u16 = 24;
/// A pane is never narrower than this by the divider.
const LEAST: i32 = 16;

impl Geometry {
    /// Divides a screen of `columns` by `rows` cells.
    #[must_use]
    pub fn new(columns: u16, rows: u16, wants: Wants) -> Self {
        let arranged = wants.arranged(columns);
        let panes = if arranged == Panes::Stacked { 2 } else { 1 };
        let least = match rows {
            0..=4 => 1,
            5..=11 => 3,
            _ => 4,
        };
        let mut free = rows.saturating_sub(least.max(panes));
        let mut take = |wanted: u16| {
            let taken = wanted.min(free);
            free -= taken;
            taken
        };
        let hints = take(1);
        let status = take(1);
        let foot = hints + take(wants.foot.saturating_sub(1));
        let titles = if take(panes) == panes { 1 } else { 0 };
        let panel = take(wants.panel);
        let body = rows - foot - status - titles * panes - panel;
        let pane = body / panes;
        let number_cells = (wants.digits.max(3) + 2).min(columns);
        let cells = |start: u16, width: u16, top: u16, height: u16| Rect {
            x: start.min(columns),
            y: top.min(rows),
            width: width.min(columns.saturating_sub(start)),
            height: height.min(rows.saturating_sub(top)),
        };
        // On the smallest screens every cell is for words.
        let bar = u16::from(arranged != Panes::Stacked || columns >= TINY);
        let (base_width, right_start, right_top, texts) = match arranged {
            Panes::Stacked => {
                let text = columns.saturating_sub(number_cells.max(GUTTER_CELLS) + bar);
                let right = under(number_cells);
                (columns - bar.min(columns), right, status + titles + pane, (text, text))
            }
            Panes::Alone => {
                let text = columns.saturating_sub(number_cells + GUTTER_CELLS + bar);
                (number_cells, number_cells, status, (text, text))
            }
            Panes::Beside => {
                let free = columns.saturating_sub(number_cells + GUTTER_CELLS + 1 + bar);
                let (base, right) = divided(free, wants.divider);
                (number_cells + base, number_cells + base + 1, status, (base, right))
            }
        };
        let right_width = columns.saturating_sub(right_start + bar);
        let below = status + (titles + pane) * panes;
        Self {
            status: cells(0, columns, 0, status),
            base_title: match arranged {
                Panes::Alone => cells(0, base_width, status, 0),
                Panes::Stacked => cells(0, columns, status, titles),
                Panes::Beside => cells(0, base_width, status, titles),
            },
            right_title: match arranged {
                Panes::Alone => cells(0, columns, status, titles),
                Panes::Stacked => cells(0, columns, right_top, titles),
                Panes::Beside => cells(right_start, columns, right_top, titles),
            },
            base: cells(0, base_width, status + titles, pane),
            right: cells(right_start, right_width, right_top + titles, pane),
            panel: cells(0, columns, below, rows - foot - below),
            foot: cells(0, columns, rows - foot, foot),
            number_cells,
            scroll: cells(columns.saturating_sub(bar), bar, right_top + titles, pane),
            cells: Sides { base: usize::from(texts.0), right: usize::from(texts.1) },
            panes: arranged,
        }
    }

    /// Returns the room of a panel in place of the panes: all between the bar and the hints.
    #[must_use]
    pub fn room(&self) -> Rect {
        let top = self.status.bottom();
        Rect {
            x: self.foot.x,
            y: top,
            width: self.foot.width.max(self.base.width),
            height: self.foot.bottom().saturating_sub(top + self.foot.height.min(1)),
        }
    }

    /// Says whether there is room to read what is highlighted and what is asked about it.
    #[must_use]
    pub fn is_legible(&self) -> bool {
        self.cells.base.min(self.cells.right) >= LEGIBLE
            && self.foot.height > 0
            && self.body_rows() > 0
    }

    /// Returns how many sub-rows each pane shows.
    #[must_use]
    pub fn body_rows(&self) -> usize {
        if self.cells.base.min(self.cells.right) == 0 {
            0
        } else {
            usize::from(self.base.height.min(self.right.height))
        }
    }
}

/// Divides cells among both sides: halves, but for the divider; an odd cell is the OCR's.
fn divided(free: u16, divider: i16) -> (u16, u16) {
    let half = i32::from(free / 2);
    let by = i32::from(divider).clamp((LEAST - half).min(0), (half - LEAST).max(0));
    let right = (half - by) as u16;
    (free - right, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_cover_the_screen_at_any_size() {
        for columns in 0..130 {
            for rows in 0..60 {
                for (panel, foot) in [(0, 3), (4, 3), (0, 8)] {
                    for panes in [Panes::Beside, Panes::Stacked, Panes::Alone] {
                        let wants = Wants { panel, foot, digits: 4, panes, divider: 7 };
                        let geometry = Geometry::new(columns, rows, wants);
                        let all = [
                            geometry.status,
                            geometry.base,
                            geometry.right,
                            geometry.scroll,
                            geometry.foot,
                        ];
                        for region in all {
                            assert!(region.right() <= columns && region.bottom() <= rows);
                        }
                        assert_eq!(geometry.foot.bottom(), rows);
                        assert_eq!(geometry.panel.bottom(), geometry.foot.top());
                        if rows >= 2 && columns >= 10 {
                            assert!(geometry.body_rows() > 0, "{columns}x{rows} has no text");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn eighty_by_twenty_four_has_eighteen_or_nineteen_lines() {
        let wants = Wants { panel: 0, foot: 3, digits: 3, panes: Panes::Beside, divider: 0 };
        let geometry = Geometry::new(80, 24, wants);
        assert_eq!((geometry.body_rows(), geometry.cells.base, geometry.cells.right), (19, 35, 34));
        let moved = Geometry::new(80, 24, Wants { divider: -8, ..wants });
        assert_eq!((moved.cells.base, moved.cells.right), (27, 42));
    }
}
