//! The filter: choosing what is shown, showing all again, and the way through what is shown.

use crate::collate::fix::{FixId, RowId};
use crate::ui::filter::{Filter, Menu};
use crate::ui::mode::Mode;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::update::{moving, suspects};
use crate::ui::wanted::Wanted;

/// Asks what to show; where a filter stands, shows all lines again.
pub(crate) fn open(model: &mut Model) -> Vec<Effect> {
    if model.filter.is_some() {
        return moving::show_all(model);
    }
    let menu = Menu::new(&model.review, model.suspects.as_ref());
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

/// Makes a filter of what is wanted, or says why there can be none.
pub(crate) fn filtered(model: &Model, wanted: Wanted, around: usize) -> Result<Filter, String> {
    suspects::known_for(model, &wanted)?;
    let filter = Filter::new(&model.review, model.suspects.as_ref(), wanted, around);
    if filter.count() == 0 {
        let still = if model.review.counts().complete { "" } else { " so far" };
        return Err(format!("no line fits{still}: {}", filter.wanted.in_words()));
    }
    Ok(filter)
}

/// Shows only lines that fit and goes to the first of them from here on.
pub(crate) fn apply(model: &mut Model, wanted: Wanted, around: usize) {
    let filter = match filtered(model, wanted, around) {
        Ok(filter) => filter,
        Err(why) => return model.say(why),
    };
    let here = model.cursor.row.unwrap_or_default();
    let first = filter.from(here).next().or_else(|| filter.back_from(here).next());
    let key = model.keymap.key("filter");
    let lines = if filter.count() == 1 { "line" } else { "lines" };
    model.say(format!("{} {lines}: {}; {key} all", filter.count(), filter.wanted.in_words()));
    model.filter = Some(filter);
    if let Some(row) = first.filter(|&row| row != here) {
        model.go_to_row(row);
    }
    if let Some(row) = first {
        suspects::enter(model, row);
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

/// Goes to the next line that fits, or the one before, where a filter is about notes: these need not
/// be at a fix. Says whether it is so; a line that is the last one stays.
pub(crate) fn step(model: &mut Model, forward: bool) -> bool {
    let (Some(filter), Some(row)) = (&model.filter, model.cursor.row) else { return false };
    if !filter.wanted.is_of_notes() {
        return false;
    }
    let (found, round) = if forward {
        let next = RowId { row: row.row + 1, ..row };
        (filter.from(next).next(), filter.from(RowId::default()).next())
    } else {
        let end = RowId { block: u32::MAX, row: u32::MAX };
        (filter.back_from(row).find(|&at| at < row), filter.back_from(end).next())
    };
    match (found, round) {
        (Some(found), _) => model.go_to_row(found),
        (None, Some(round)) => {
            model.go_to_row(round);
            let from = if forward { "the top" } else { "the end" };
            model.add(&format!("on from {from}"));
        }
        (None, None) => {}
    }
    true
}

impl Model {
    /// Says that nothing is left of what a filter wants, where one stands.
    pub(crate) fn nothing_fits(&self) -> Option<String> {
        let filter = self.filter.as_ref()?;
        let key = self.keymap.key("filter");
        Some(format!("nothing left of {}: {key} shows all lines", filter.wanted.in_words()))
    }

    /// Returns the next open fix after `after` that a filter wants, where one stands. Where it is
    /// about other states, it is the next fix that fits.
    pub(crate) fn next_open(&self, after: Option<FixId>) -> Option<FixId> {
        let Some(filter) = &self.filter else { return self.review.next_open(after) };
        let first = after.map_or(RowId::default(), |id| self.row_of_any(id));
        filter.from(first).find_map(|row| {
            let fixes = self.stops(filter, row);
            fixes.into_iter().find(|&id| after.is_none_or(|after| id > after))
        })
    }

    /// Returns the one before `before`.
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
        if filter.wanted.stands.is_empty() {
            return self.open_in_row(row).collect();
        }
        filter.wanted.within(&self.review, self.suspects.as_ref()).in_row(row).collect()
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
