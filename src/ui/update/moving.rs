//! Moving the cursor and narrowing or widening the highlight. Nothing here decides.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::collate::fix::{FixId, RowId};
use crate::ui::help::{Help, report_lines};
use crate::ui::inspect::inspect;
use crate::ui::layout::fold::Entry;
use crate::ui::layout::geometry::Panes;
use crate::ui::mode::Mode;
use crate::ui::model::{BodyLine, Model, Narrow, Top};
use crate::ui::msg::Effect;

impl Model {
    /// Puts the cursor on a row, its whole line highlighted; lines being taken stay so.
    pub(crate) fn go_to_row(&mut self, row: RowId) {
        self.cursor.row = Some(row);
        if !matches!(self.cursor.narrow, Narrow::Lines(_)) {
            self.cursor.narrow = Narrow::Line;
        }
    }

    /// Puts the cursor on the row of a fix; in the present row a narrowed highlight stays narrow.
    pub(crate) fn go_to_open(&mut self, id: Option<FixId>) -> bool {
        let Some(id) = id else { return false };
        let row = self.review.collation().row_of(id);
        let narrowed = matches!(self.cursor.narrow, Narrow::Fix(_) | Narrow::Word(_));
        let stays = self.cursor.row == Some(row) && narrowed;
        self.cursor.row = Some(row);
        self.cursor.narrow = if stays { Narrow::Fix(id) } else { Narrow::Line };
        true
    }

    /// Puts the cursor on the row that holds byte `at` of the base.
    pub(crate) fn go_to_byte(&mut self, at: usize) {
        if let Some(row) = self.review.collation().row_at(at) {
            self.cursor.row = Some(row);
            self.cursor.narrow = Narrow::Line;
        }
    }
}

/// Highlights something else around the cursor.
pub(crate) fn narrow(model: &mut Model, narrow: Narrow) -> Vec<Effect> {
    model.cursor.narrow = narrow;
    Vec::new()
}

/// One step back: from narrow or wide to the line, out of a search.
pub(crate) fn back(model: &mut Model) -> Vec<Effect> {
    if model.cursor.narrow != Narrow::Line {
        model.cursor.narrow = Narrow::Line;
    } else if model.search.take().is_none() && model.filter.is_some() {
        return show_all(model);
    }
    Vec::new()
}

/// Ends the filter.
pub(crate) fn show_all(model: &mut Model) -> Vec<Effect> {
    model.filter = None;
    // A verb takes again what the filter did not want, and that has not been drawn yet.
    model.asked += 1;
    place_cursor(model, 1, 3);
    model.say("all lines");
    Vec::new()
}

/// Starts to take several lines, or ends it.
pub(crate) fn lines(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.cursor.row else { return Vec::new() };
    let taking = matches!(model.cursor.narrow, Narrow::Lines(_));
    narrow(model, if taking { Narrow::Line } else { Narrow::Lines(row) })
}

/// Moves by rows; at the ends it says so.
pub(crate) fn by_rows(model: &mut Model, by: i32) -> Vec<Effect> {
    let Some(row) = model.cursor.row else { return Vec::new() };
    let next = if by > 0 { model.row_after(row) } else { model.row_before(row) };
    match next {
        Some(next) => model.go_to_row(next),
        None if by > 0 => model.say("this is the last line"),
        None => model.say("this is the first line"),
    }
    Vec::new()
}

/// Moves the body by a part of its height and the cursor with it.
pub(crate) fn by_screen(model: &mut Model, direction: i32, part: usize) -> Vec<Effect> {
    let height = model.geometry().body_rows();
    let lines = (height.saturating_sub(1) / part).max(1);
    scroll(model, direction, lines);
    Vec::new()
}

/// Moves the body by one line; the cursor stays where it is while it is in sight.
pub(crate) fn by_one_line(model: &mut Model, direction: i32) -> Vec<Effect> {
    scroll(model, direction, 1);
    Vec::new()
}

/// Moves a panel by so many lines, the history by so many entries; both stop at their ends.
pub(crate) fn panel(model: &mut Model, lines: isize) -> Vec<Effect> {
    let end = panel_end(model);
    match &mut model.mode {
        Mode::Help(top) | Mode::Inspect(top) | Mode::Report { top, .. } => {
            *top = top.saturating_add_signed(lines).min(end);
        }
        Mode::History(history) => history.choose(lines),
        _ => {}
    }
    Vec::new()
}

/// Moves a panel by what it shows at once, but for a line.
pub(crate) fn panel_by_screen(model: &mut Model, direction: isize) -> Vec<Effect> {
    let rows = isize::try_from(model.geometry().room().height).unwrap_or(isize::MAX);
    panel(model, direction * (rows - 2).max(1))
}

/// Returns the first line of a panel that shows its last one.
fn panel_end(model: &Model) -> usize {
    let room = model.geometry().room();
    let (lines, columns) = match &model.mode {
        Mode::Help(_) => {
            let help = Help::new(model, room.width);
            (help.lines.len(), help.columns)
        }
        Mode::Inspect(_) => (inspect(model).lines().len(), 1),
        Mode::Report { lines, .. } => (report_lines(lines, room.width).len(), 1),
        _ => (0, 1),
    };
    lines.saturating_sub(usize::from(room.height.saturating_sub(1)) * usize::from(columns))
}

fn scroll(model: &mut Model, direction: i32, lines: usize) {
    let Some(row) = model.cursor.row else { return };
    let top = if direction > 0 {
        model.forward_from(model.top, lines)
    } else {
        model.back_from(model.top, lines)
    };
    let moved = top != model.top;
    model.top = top;
    let whole = whole_rows(model);
    let (Some(&first), Some(&last)) = (whole.first(), whole.last()) else { return };
    let target = match () {
        () if !moved && lines > 1 && direction > 0 => model.last_shown().unwrap_or(row),
        () if !moved && lines > 1 => first,
        () if lines > 1 && direction > 0 && row < first => first,
        () if lines > 1 && direction > 0 => whole[(whole.len() / 3).min(whole.len() - 1)].max(row),
        () if lines > 1 => whole[whole.len() / 3].min(row),
        () => row.clamp(first, last),
    };
    if target != row {
        model.go_to_row(target);
    }
}

/// Returns the rows in sight that can take the cursor without another scroll.
fn whole_rows(model: &Model) -> Vec<RowId> {
    let body = model.body();
    let ends_text = |line: &BodyLine| {
        model.last_shown() == Some(line.row) && line.entry + 1 == model.entries(line.row).len()
    };
    let margin = if body.len() > 8 && !body.last().is_some_and(ends_text) { 2 } else { 0 };
    let mut rows: Vec<RowId> = Vec::new();
    let inner = body.len().saturating_sub(margin);
    // Going back to a row that is cut at the top would undo the scroll that cut it.
    let cut = body.first().filter(|line| line.entry > 0).map(|line| line.row);
    for (index, line) in body.iter().enumerate() {
        let ends = index + 1 == body.len() || body[index + 1].row != line.row;
        let complete = line.entry + 1 == model.entries(line.row).len();
        let alone = line.entry == 0 && rows.is_empty();
        if ends && (alone || (complete && index < inner && cut != Some(line.row))) {
            rows.push(line.row);
        }
    }
    if rows.is_empty() { body.first().map(|line| line.row).into_iter().collect() } else { rows }
}

/// Moves the body so that the cursor's row is `numerator`/`denominator` of the way down.
pub(crate) fn place_cursor(model: &mut Model, numerator: usize, denominator: usize) -> Vec<Effect> {
    let Some(row) = model.cursor.row else { return Vec::new() };
    let free = model.geometry().body_rows().saturating_sub(model.entries(row).len());
    model.top = model.back_from(Top { row, entry: 0 }, free * numerator / denominator);
    Vec::new()
}

/// To the first line.
pub(crate) fn first(model: &mut Model) -> Vec<Effect> {
    if let Some(row) = model.first_shown() {
        model.go_to_row(row);
    }
    Vec::new()
}

/// To the last line.
pub(crate) fn last(model: &mut Model) -> Vec<Effect> {
    if let Some(row) = model.last_shown() {
        model.go_to_row(row);
    }
    Vec::new()
}

/// To the start of another page.
pub(crate) fn by_pages(model: &mut Model, by: isize) -> Vec<Effect> {
    let page = model.page();
    to_page(model, page.saturating_add_signed(by))
}

/// To the start of a page, from 1.
pub(crate) fn to_page(model: &mut Model, page: usize) -> Vec<Effect> {
    let base = model.review.base();
    let pages = base.page_count();
    if page == 0 || page > pages {
        model.say(format!("there is no page {page}: the document has {pages}"));
        return Vec::new();
    }
    let wide = model.cursor.narrow == Narrow::Page;
    model.go_to_byte(model.review.base().page(page).start);
    if let (Some(filter), Some(row)) = (&model.filter, model.cursor.row) {
        // The first line of the page that is shown, or the next one after it.
        let shown = if filter.shows(row) { Some(row) } else { filter.after(row) };
        model.cursor.row = shown.or_else(|| filter.before(row)).or(Some(row));
    }
    if wide {
        model.cursor.narrow = Narrow::Page;
    }
    Vec::new()
}

/// Returns the fixes of a row; the line ends of a reflow are one class and not on the way.
fn fixes_of(model: &Model, row: RowId) -> impl DoubleEndedIterator<Item = FixId> + '_ {
    let fixes = model.review.collation().fixes_in_row(row);
    fixes.filter(|&id| !model.review.in_class(id))
}

/// Narrows to the next fix, in this line or in a later one.
pub(crate) fn next_fix(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.cursor.row else { return Vec::new() };
    let collation = model.review.collation();
    let after = match &model.cursor.narrow {
        Narrow::Fix(id) => fixes_of(model, row).find(|other| other > id),
        Narrow::Word(span) => {
            fixes_of(model, row).find(|&id| collation.fix(id).at.start >= span.end)
        }
        _ => fixes_of(model, row).next(),
    };
    let found = after.or_else(|| {
        let mut rows = std::iter::successors(model.row_after(row), |&at| model.row_after(at));
        rows.find_map(|at| fixes_of(model, at).next())
    });
    narrow_to(model, found, "no fix after this one")
}

/// Narrows to the fix before, in this line or in an earlier one.
pub(crate) fn previous_fix(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.cursor.row else { return Vec::new() };
    let collation = model.review.collation();
    let before = match &model.cursor.narrow {
        Narrow::Fix(id) => fixes_of(model, row).rev().find(|other| other < id),
        Narrow::Word(span) => {
            fixes_of(model, row).rev().find(|&id| collation.fix(id).at.end <= span.start)
        }
        _ => fixes_of(model, row).next_back(),
    };
    let found = before.or_else(|| {
        let mut rows = std::iter::successors(model.row_before(row), |&at| model.row_before(at));
        rows.find_map(|at| fixes_of(model, at).next_back())
    });
    narrow_to(model, found, "no fix before this one")
}

fn narrow_to(model: &mut Model, found: Option<FixId>, none: &str) -> Vec<Effect> {
    match found {
        Some(id) => {
            model.cursor.row = Some(model.review.collation().row_of(id));
            model.cursor.narrow = Narrow::Fix(id);
        }
        None if model.is_reader() => {
            let key = model.keymap.key("next-word");
            model.say(format!("no corrected text, so no fixes: {key} picks a word"));
        }
        None => model.say(none),
    }
    Vec::new()
}

/// Returns the words of a row's base: spans of bytes, blanks left out.
pub(crate) fn words(model: &Model, row: RowId) -> Vec<Range<usize>> {
    let line = model.review.collation().row(row).base;
    let text = model.review.base().slice(line.clone());
    let words = text.split_word_bound_indices().filter(|(_, word)| !word.trim().is_empty());
    words.map(|(at, word)| line.start + at..line.start + at + word.len()).collect()
}

/// Narrows to the next word, changed or not.
pub(crate) fn next_word(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.cursor.row else { return Vec::new() };
    let after = match &model.cursor.narrow {
        Narrow::Word(span) => span.end,
        Narrow::Fix(id) => model.review.collation().fix(*id).at.end,
        _ => 0,
    };
    let mut rows = std::iter::successors(Some(row), |&at| model.row_after(at));
    let found = rows.find_map(|at| {
        words(model, at).into_iter().find(|word| word.start >= after).map(|word| (at, word))
    });
    to_word(model, found)
}

/// Narrows to the word before.
pub(crate) fn previous_word(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.cursor.row else { return Vec::new() };
    let before = match &model.cursor.narrow {
        Narrow::Word(span) => span.start,
        Narrow::Fix(id) => model.review.collation().fix(*id).at.start,
        _ => usize::MAX,
    };
    let mut rows = std::iter::successors(Some(row), |&at| model.row_before(at));
    let found = rows.find_map(|at| {
        words(model, at).into_iter().rev().find(|word| word.end <= before).map(|word| (at, word))
    });
    to_word(model, found)
}

fn to_word(model: &mut Model, found: Option<(RowId, Range<usize>)>) -> Vec<Effect> {
    match found {
        Some((row, word)) => {
            model.cursor.row = Some(row);
            model.cursor.narrow = Narrow::Word(word);
        }
        None => model.say("no word there"),
    }
    Vec::new()
}

/// To the next line with a note.
pub(crate) fn next_mark(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.cursor.row else { return Vec::new() };
    let end = model.review.collation().row(row).base.end;
    let found = model.review.notes_in(end..usize::MAX).map(|(_, noted)| noted.at.start).next();
    to_mark(model, found)
}

/// To the line before with a note.
pub(crate) fn previous_mark(model: &mut Model) -> Vec<Effect> {
    let start = model.place();
    let found = match start {
        0 => None,
        start => model.review.notes_in(0..start).map(|(_, noted)| noted.at.start).last(),
    };
    to_mark(model, found)
}

fn to_mark(model: &mut Model, found: Option<usize>) -> Vec<Effect> {
    match found {
        Some(at) => model.go_to_byte(at),
        None => model.say("no note there"),
    }
    Vec::new()
}

/// Unfolds the cursor's line, or folds it again.
pub(crate) fn fold(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.cursor.row else { return Vec::new() };
    let folds = model.entries(row).iter().any(|entry| matches!(entry, Entry::Fold(_)));
    if !model.unfolded.remove(&row) && folds {
        model.unfolded.insert(row);
    }
    Vec::new()
}

/// Puts the panes side by side, one above the other, or shows the text as it stands alone.
pub(crate) fn layout(model: &mut Model) -> Vec<Effect> {
    model.panes = match model.panes {
        Panes::Beside => Panes::Stacked,
        Panes::Stacked => Panes::Alone,
        Panes::Alone => Panes::Beside,
    };
    model.layouts.clear();
    match (model.panes, model.geometry().panes) {
        (Panes::Alone, _) => model.say("the text as it stands"),
        (Panes::Beside, Panes::Stacked) => {
            model.say("the screen is too narrow for panes side by side");
        }
        _ => {}
    }
    Vec::new()
}

/// Moves the divider between the panes by some cells.
pub(crate) fn divide(model: &mut Model, by: i16) -> Vec<Effect> {
    if model.geometry().panes != Panes::Beside {
        model.say("the divider is between panes side by side");
        return Vec::new();
    }
    if !shift_divider(model, by) {
        model.say("no further");
    }
    Vec::new()
}

/// Moves the divider by some cells, or as far as it goes; says whether it moved.
pub(crate) fn shift_divider(model: &mut Model, by: i16) -> bool {
    let column = |model: &Model| model.geometry().base.right() as i16;
    let before = column(model);
    model.divider.by = model.divider.by.saturating_add(by);
    let moved = column(model) - before;
    model.divider.by -= by - moved;
    if moved != 0 {
        model.layouts.clear();
    }
    moved != 0
}
