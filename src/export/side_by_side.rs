//! The collation as text for people: two columns, differences marked by sign or by colour.

use std::fmt::Write as _;
use std::ops::Range;

use crate::collate::collation::Collation;
use crate::collate::fix::{Fix, RowId};
use crate::document::Text;
use crate::text::visible::{self, Repertoire};

/// Tells how differences are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// By signs around them: `[-has-]` and `{+had+}`.
    Signs,
    /// By the colours and underlines of a terminal.
    Colours,
}

/// The columns a line number takes, with the blank after it.
const NUMBER: usize = 7;
/// What stands between the columns.
const GUTTER: usize = 3;
/// The narrowest column of text.
const NARROWEST: usize = 10;

/// Writes the rows with differences, one equal row around each; how many others lie between is
/// said. `width` is in cells, for the whole line.
#[must_use]
pub fn side_by_side(collation: &Collation, width: usize, marks: Marks) -> String {
    let column = (width.saturating_sub(NUMBER + GUTTER) / 2).max(NARROWEST);
    let mut page = Page { out: String::new(), column, marks };
    let mut alike: Vec<RowId> = Vec::new();
    let mut last_changed = false;
    let mut row = collation.first_row();
    while let Some(id) = row {
        if is_changed(collation, id) {
            page.alike(collation, &alike, last_changed);
            page.row(collation, id);
            (last_changed, alike) = (true, Vec::new());
        } else {
            alike.push(id);
        }
        row = collation.next_row(id);
    }
    if last_changed && let Some((first, rest)) = alike.split_first() {
        page.row(collation, *first);
        page.skipped(rest.len());
    }
    page.out
}

/// Says whether a row has a fix in it, or is reached by one that starts before it.
fn is_changed(collation: &Collation, id: RowId) -> bool {
    let row = collation.row(id);
    let text = |text: &Text, range: &Range<usize>| text.slice(range.clone()).to_owned();
    !row.fixes.is_empty()
        || text(&collation.plan().base, &row.base)
            != text(&collation.plan().transcript, &row.transcript)
}

struct Page {
    out: String,
    column: usize,
    marks: Marks,
}

/// One side of a row, cut into lines of the column's width, each with its width in cells.
type Lines = Vec<(String, usize)>;

impl Page {
    /// Writes the equal rows before a changed one: one after the last change, one before the next.
    fn alike(&mut self, collation: &Collation, rows: &[RowId], after_change: bool) {
        let head = usize::from(after_change).min(rows.len());
        let tail = usize::from(rows.len() > head);
        for &id in &rows[..head] {
            self.row(collation, id);
        }
        self.skipped(rows.len() - head - tail);
        for &id in &rows[rows.len() - tail..] {
            self.row(collation, id);
        }
    }

    fn skipped(&mut self, rows: usize) {
        match rows {
            0 => {}
            1 => self.out.push_str("       ⋯ 1 row alike\n"),
            rows => writeln!(self.out, "       ⋯ {rows} rows alike").expect("a string takes all"),
        }
    }

    fn row(&mut self, collation: &Collation, id: RowId) {
        let (row, plan) = (collation.row(id), collation.plan());
        let fixes: Vec<&Fix> = collation.fixes_in_row(id).map(|id| collation.fix(id)).collect();
        let base: Vec<Range<usize>> = fixes.iter().map(|fix| fix.at.clone()).collect();
        let proposed: Vec<_> = fixes.iter().map(|fix| fix.transcript_at.clone()).collect();
        let left = self.side(&plan.base, &row.base, &base, ("[-", "-]", "\x1b[31;4m"));
        let right =
            self.side(&plan.transcript, &row.transcript, &proposed, ("{+", "+}", "\x1b[32;4m"));
        let sign = match (row.base.is_empty(), row.transcript.is_empty()) {
            (true, false) => '>',
            (false, true) => '<',
            _ if is_changed(collation, id) => '|',
            _ => ' ',
        };
        let number = match row.base.is_empty() {
            true => String::new(),
            false => (plan.base.line_of(row.base.start) + 1).to_string(),
        };
        self.lines(&number, sign, (&left, &right));
    }

    fn lines(&mut self, number: &str, sign: char, (left, right): (&Lines, &Lines)) {
        let nothing = (String::new(), 0);
        for index in 0..left.len().max(right.len()).max(1) {
            let number = if index == 0 { number } else { "" };
            let (text, width) = left.get(index).unwrap_or(&nothing);
            let (other, _) = right.get(index).unwrap_or(&nothing);
            let pad = self.column.saturating_sub(*width);
            let line = format!("{number:>6} {text}{:pad$} {sign} {other}", "");
            self.out.push_str(line.trim_end_matches(' '));
            self.out.push('\n');
        }
    }

    /// Cuts one side of a row into lines; `marked` are byte ranges of the text, ascending.
    fn side(
        &self,
        text: &Text,
        range: &Range<usize>,
        marked: &[Range<usize>],
        (open, close, colour): (&str, &str, &str),
    ) -> Lines {
        let (open, close) = match self.marks {
            Marks::Signs => (open, close),
            Marks::Colours => (colour, "\x1b[0m"),
        };
        let mark_cells = if self.marks == Marks::Signs { open.len() } else { 0 };
        let mut lines = vec![(String::new(), 0)];
        let mut at = range.start;
        for mark in marked.iter().filter(|mark| !mark.is_empty()) {
            let mark = mark.start.max(at)..mark.end.min(range.end);
            if mark.is_empty() {
                continue;
            }
            self.flow(&mut lines, text.slice(at..mark.start), ("", "", 0), false);
            self.flow(&mut lines, text.slice(mark.clone()), (open, close, mark_cells), true);
            at = mark.end;
        }
        self.flow(&mut lines, text.slice(at.min(range.end)..range.end), ("", "", 0), false);
        lines
    }

    /// Adds a stretch of text, broken where the column ends; a mark is closed and opened again
    /// around a break. Line ends show where they are part of a difference.
    fn flow(&self, lines: &mut Lines, text: &str, mark: (&str, &str, usize), changed: bool) {
        let text = if changed { text } else { text.trim_end_matches(['\n', '\r']) };
        if text.is_empty() {
            return;
        }
        let (open, close, cells) = mark;
        let mut begun = false;
        for glyph in visible::glyphs(text, Repertoire::Unicode) {
            let symbol =
                if text[glyph.bytes.clone()].contains('\n') { "¶" } else { &glyph.symbol };
            let width = usize::from(glyph.cells);
            let (_, used) = lines.last().expect("there is a line from the start on");
            let room = if begun { cells } else { 2 * cells };
            if used + width + room > self.column && *used > 0 {
                if begun {
                    push(lines, close, cells);
                }
                lines.push((String::new(), 0));
                begun = false;
            }
            if !begun {
                push(lines, open, cells);
                begun = true;
            }
            push(lines, symbol, width);
        }
        push(lines, close, cells);
    }
}

fn push(lines: &mut Lines, text: &str, cells: usize) {
    let (line, used) = lines.last_mut().expect("there is a line from the start on");
    line.push_str(text);
    *used += cells;
}
