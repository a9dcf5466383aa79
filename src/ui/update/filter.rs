//! The filter: choosing what is shown, showing all again, and the way through what is shown.

use crate::collate::fix::{FixId, RowId};
use crate::ui::filter::{Filter, Menu};
use crate::ui::mode::Mode;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::update::moving;
use crate::ui::wanted::{Stand, Wanted};

/// Asks what to show; where a filter stands, shows all lines again.
pub(crate) fn open(model: &mut Model) -> Vec<Effect> {
    if model.filter.is_some() {
        return moving::show_all(model);
    }
    let menu = Menu::new(&model.review);
    model.enter(Mode::Filter(menu));
    Vec::new()
}

/// Shows what was chosen.
pub(crate) fn choose(model: &mut Model) -> Vec<Effect> {
    let Mode::Filter(menu) = &model.mode else { return Vec::new() };
    let (wanted, around) = (menu.wanted(), menu.around);
    model.enter(Mode::Review);
    apply(model, wanted, around);
    Vec::new()
}

/// Shows only lines that fit and goes to the first of them from here on.
pub(crate) fn apply(model: &mut Model, wanted: Wanted, around: usize) {
    let filter = Filter::new(&model.review, wanted, around);
    if filter.count() == 0 {
        let still = if model.review.counts().complete { "" } else { " so far" };
        model.say(format!("no line fits{still}: {}", filter.wanted.in_words()));
        return;
    }
    let here = model.cursor.row.unwrap_or_default();
    let first = filter.from(here).next().or_else(|| filter.back_from(here).next());
    let key = model.keymap.key("filter");
    let lines = if filter.count() == 1 { "line" } else { "lines" };
    model.say(format!("{} {lines}: {}; {key} all", filter.count(), filter.wanted.in_words()));
    model.filter = Some(filter);
    if let Some(row) = first.filter(|&row| row != here) {
        model.go_to_row(row);
    }
    moving::place_cursor(model, 1, 3);
}

/// Shows more or fewer lines around each that fits.
pub(crate) fn around(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Mode::Filter(menu) = &mut model.mode {
        menu.around = menu.around.saturating_add_signed(by).min(9);
    }
    Vec::new()
}

impl Model {
    /// Returns the next open fix after `after` among the lines that are shown. Where a filter is not
    /// about what is open, it is the next line that fits, by its first fix.
    pub(crate) fn next_open(&self, after: Option<FixId>) -> Option<FixId> {
        let Some(filter) = &self.filter else { return self.review.next_open(after) };
        let first = after.map_or(RowId::default(), |id| self.row_of_any(id));
        filter.from(first).find_map(|row| {
            let fixes = self.stops(filter, row);
            fixes.into_iter().find(|&id| after.is_none_or(|after| id > after))
        })
    }

    /// Returns the open fix before `before` among the lines that are shown.
    pub(crate) fn previous_open(&self, before: Option<FixId>) -> Option<FixId> {
        let Some(filter) = &self.filter else { return self.review.previous_open(before) };
        let end = RowId { block: u32::MAX, row: u32::MAX };
        let last = before.map_or(end, |id| self.row_of_any(id));
        filter.back_from(last).find_map(|row| {
            let fixes = self.stops(filter, row);
            fixes.into_iter().rev().find(|&id| before.is_none_or(|before| id < before))
        })
    }

    /// Returns where `n` stops in a line that is shown.
    fn stops(&self, filter: &Filter, row: RowId) -> Vec<FixId> {
        let about_open =
            filter.wanted.stands.is_empty() || filter.wanted.stands.contains(&Stand::Open);
        if about_open {
            return self.open_in_row(row).collect();
        }
        self.review.collation().fixes_in_row(row).take(1).collect()
    }

    /// Returns the row of a fix that need not exist.
    fn row_of_any(&self, id: FixId) -> RowId {
        match self.review.collation().gap(id.block) {
            Some(gap) if (id.fix as usize) < gap.fixes.len() => self.review.collation().row_of(id),
            Some(gap) => RowId { block: id.block, row: gap.rows.len() as u32 },
            None => RowId { block: id.block, row: 0 },
        }
    }
}
