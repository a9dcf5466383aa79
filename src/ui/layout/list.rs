//! Where the lines of a list stand: which of them are in sight, and which one a row of the screen
//! shows.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::ui::layout::geometry::Geometry;

/// Holds where the lines of a list stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lines {
    /// The rows that show lines.
    pub area: Rect,
    /// The first line in sight.
    first: usize,
    /// How many lines there are.
    count: usize,
}

impl Lines {
    /// Places `count` lines below a head of so many rows, between the bar and the foot, line `at` in
    /// the middle where the list does not end before.
    #[must_use]
    pub fn new(geometry: &Geometry, head: u16, at: usize, count: usize) -> Self {
        let top = geometry.status.bottom() + head;
        let height = geometry.foot.top().saturating_sub(top);
        let area = Rect { y: top, height, ..geometry.foot };
        let rows = usize::from(height);
        let first = at.saturating_sub(rows / 2).min(count.saturating_sub(rows));
        Self { area, first, count }
    }

    /// Returns the lines in sight.
    #[must_use]
    pub fn shown(&self) -> Range<usize> {
        self.first..self.count.min(self.first + usize::from(self.area.height))
    }

    /// Returns the rows with the lines that they show.
    pub fn rows(&self) -> impl Iterator<Item = (Rect, usize)> {
        let area = self.area;
        let rows = (area.top()..area.bottom()).map(move |y| Rect { y, height: 1, ..area });
        rows.zip(self.shown())
    }

    /// Returns the line that a row of the screen shows.
    #[must_use]
    pub fn line_in(&self, row: u16) -> Option<usize> {
        let below = row.checked_sub(self.area.top())?;
        let line = self.first + usize::from(below);
        self.shown().contains(&line).then_some(line)
    }
}
