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
    let plan = collation.plan();
    !row.fixes.is_empty() || plan.base.slice(row.base) != plan.transcript.slice(row.transcript)
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
        let pen = usize::from(self.marks == Marks::Colours);
        let left = self.side(&plan.base, &row.base, &base, Pen::OCR[pen]);
        let right = self.side(&plan.transcript, &row.transcript, &proposed, Pen::CORRECTED[pen]);
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

    /// Cuts one side of a row into lines; `changed` are byte ranges of the text, ascending.
    fn side(&self, text: &Text, range: &Range<usize>, changed: &[Range<usize>], pen: Pen) -> Lines {
        let mut units = Vec::new();
        let mut at = range.start;
        for fix in changed {
            let fix = fix.start.max(at)..fix.end.min(range.end);
            if !fix.is_empty() {
                add(&mut units, text.slice(at..fix.start), false);
                add(&mut units, text.slice(fix.clone()), true);
                at = fix.end;
            }
        }
        let rest = text.slice(at.min(range.end)..range.end);
        add(&mut units, rest.trim_end_matches(['\n', '\r']), false);
        let mut lines = Vec::new();
        let mut rest = &units[..];
        while !rest.is_empty() {
            let (line, after) = rest.split_at(pen.break_at(rest, self.column));
            lines.push(pen.write(line));
            rest = after;
        }
        lines
    }
}

/// Holds what is drawn as one unit.
struct Unit {
    symbol: String,
    cells: usize,
    changed: bool,
}

/// Adds the units of a stretch of text. A line feed shows where it is part of a difference.
fn add(units: &mut Vec<Unit>, text: &str, changed: bool) {
    for glyph in visible::glyphs(text, Repertoire::Unicode) {
        let line_feed = &text[glyph.bytes.clone()] == "\n";
        let symbol = if line_feed { "¶".to_owned() } else { glyph.symbol.into_owned() };
        units.push(Unit { symbol, cells: usize::from(glyph.cells), changed });
    }
}

/// Holds how a difference begins and ends, and the cells that each of the two takes.
#[derive(Clone, Copy)]
struct Pen {
    open: &'static str,
    close: &'static str,
    cells: usize,
}

impl Pen {
    const OCR: [Self; 2] = [
        Self { open: "[-", close: "-]", cells: 2 },
        Self { open: "\x1b[31;4m", close: "\x1b[0m", cells: 0 },
    ];
    const CORRECTED: [Self; 2] = [
        Self { open: "{+", close: "+}", cells: 2 },
        Self { open: "\x1b[32;4m", close: "\x1b[0m", cells: 0 },
    ];

    /// Returns how many units fit on a line: at least one, if possible up to a blank.
    fn break_at(self, units: &[Unit], column: usize) -> usize {
        let (mut used, mut blank) = (0, None);
        for (index, unit) in units.iter().enumerate() {
            let begins = unit.changed && (index == 0 || !units[index - 1].changed);
            used += unit.cells + if begins { 2 * self.cells } else { 0 };
            if used > column && index > 0 {
                return if unit.symbol == " " { index } else { blank.unwrap_or(index) };
            }
            if unit.symbol == " " {
                blank = Some(index + 1);
            }
        }
        units.len()
    }

    fn write(self, units: &[Unit]) -> (String, usize) {
        let (mut line, mut cells) = (String::new(), 0);
        for run in units.chunk_by(|unit, next| unit.changed == next.changed) {
            let marked = run[0].changed;
            line.push_str(if marked { self.open } else { "" });
            line.extend(run.iter().map(|unit| unit.symbol.as_str()));
            line.push_str(if marked { self.close } else { "" });
            cells += run.iter().map(|unit| unit.cells).sum::<usize>();
            cells += if marked { 2 * self.cells } else { 0 };
        }
        (line, cells)
    }
}
