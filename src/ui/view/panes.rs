//! The two panes: line numbers, the wrapped rows, the gutter between them.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::collate::fix::RowId;
use crate::review::counts::State;
use crate::review::event::Mark;
use crate::review::piece::Role;
use crate::ui::filter::Filter;
use crate::ui::layout::Laid;
use crate::ui::layout::fold::Entry;
use crate::ui::layout::geometry::{GUTTER_CELLS, Geometry, Panes};
use crate::ui::layout::row::{Part, Shown, Side, Signs, Spot, shown};
use crate::ui::model::{BodyLine, Model, Narrow};
use crate::ui::theme::Look;
use crate::ui::view::bars;
use crate::ui::view::found::Hits;
use crate::ui::view::pen::Pen;
use crate::ui::view::status::shorten;

/// Draws the titles of the panes with the file names.
pub(crate) fn titles(model: &Model, geometry: &Geometry, pen: &mut Pen<'_>) {
    let (rule, title) = (pen.style(Look::Rule), pen.words_on_rule(Look::Title));
    let reader = "as it stands";
    if geometry.panes == Panes::Alone {
        let area = geometry.right_title;
        bars::rule(area, "the text as it stands", ("", rule), pen);
        return;
    }
    let corrected = model.transcript_name.as_deref();
    let (word, name) = match model.player.as_ref().map(|player| player.texts.title()) {
        Some(Some(title)) => ("text", format!("by {title}")),
        Some(None) => ("text", "as it stood".to_owned()),
        None => ("corrected", corrected.unwrap_or(reader).to_owned()),
    };
    let names = [
        (geometry.base_title, "OCR", model.base_name.as_str()),
        (geometry.right_title, word, name.as_str()),
    ];
    for (area, word, name) in names {
        if area.height == 0 {
            continue;
        }
        pen.fill((area.x, area.y), area.right(), '─', rule);
        let x = pen.write((area.x + 2, area.y), area.right(), " ", title);
        let word =
            if model.transcript_name.is_none() && word == "corrected" { "text" } else { word };
        let x = pen.write((x, area.y), area.right(), word, title);
        let end = area.right().saturating_sub(3);
        let room = usize::from(end.saturating_sub(x + 2));
        let name = shorten(name, room);
        let x = pen.write((x, area.y), end, &format!("  {name}"), title);
        pen.write((x, area.y), area.right(), " ", title);
    }
    if geometry.panes == Panes::Beside && geometry.base_title.height > 0 {
        let at = (geometry.base_title.right(), geometry.base_title.y);
        pen.write(at, at.0 + 1, "┬", rule);
    }
}

/// Draws the rows in sight.
pub(crate) fn draw(model: &Model, geometry: &Geometry, pen: &mut Pen<'_>) {
    if geometry.panes == Panes::Beside {
        let rule = pen.style(Look::Rule);
        for y in geometry.base.top()..geometry.base.bottom() {
            pen.fill((geometry.base.right(), y), geometry.base.right() + 1, '│', rule);
        }
    }
    if model.cursor.row.is_none() {
        let at = (geometry.base.x + geometry.number_cells, geometry.base.y);
        if geometry.base.height > 0 {
            let style = pen.style(Look::Dim);
            pen.write(at, geometry.base.right(), "both texts are empty", style);
        }
        return;
    }
    let body = model.body();
    let mut index = 0;
    // What is asked of a row is asked once, whether it has one line here or all of them.
    for lines in body.chunk_by(|one, other| one.row == other.row) {
        let (dim, laid) = (is_dim(model, lines[0].row), model.laid(lines[0].row));
        let narrowed = narrowed_rows(model, lines[0].row, &laid);
        for line in lines {
            let narrowed = narrowed.clone();
            draw_line(&Line { model, geometry, laid: &laid, line, dim, narrowed }, index, pen);
            index += 1;
        }
    }
}

/// Returns the sub-rows of a row that a narrowed highlight lies in.
fn narrowed_rows(model: &Model, row: RowId, laid: &Laid) -> Option<Range<usize>> {
    let narrowed = matches!(model.cursor.narrow, Narrow::Fix(_) | Narrow::Word(_));
    let is_here = narrowed && model.cursor.row == Some(row);
    if is_here { model.highlight_rows(row, laid) } else { None }
}

fn draw_line(drawer: &Line<'_>, index: usize, pen: &mut Pen<'_>) {
    let (base, right) = (row_at(drawer.geometry.base, index), row_at(drawer.geometry.right, index));
    drawer.number(base, pen);
    drawer.gutter(right, pen);
    match &drawer.line.shows {
        Entry::Fold(rows) => drawer.fold(rows, base, right, pen),
        Entry::SubRow(sub) => {
            drawer.text(Side::Base, *sub, base, pen);
            drawer.text(Side::Right, *sub, right, pen);
        }
    }
}

fn row_at(area: Rect, index: usize) -> Rect {
    let y = area.y.saturating_add(index as u16);
    Rect { y, height: u16::from(y < area.bottom()), ..area }
}

/// Holds one line of the body to be drawn.
struct Line<'a> {
    model: &'a Model,
    geometry: &'a Geometry,
    laid: &'a Laid,
    line: &'a BodyLine,
    /// Whether a filter stands and the row is not what it is about, or not any longer.
    dim: bool,
    /// The sub-rows of its row that a narrowed highlight lies in.
    narrowed: Option<Range<usize>>,
}

/// Says whether a filter stands that a row does not fit, or not any longer.
fn is_dim(model: &Model, row: RowId) -> bool {
    let fits = |filter: &Filter| {
        let suspects = model.suspects.as_ref();
        filter.has(row) && filter.wanted.within(&model.review, suspects).fits_row(row)
    };
    model.filter.as_ref().is_some_and(|filter| !fits(filter))
}

impl Line<'_> {
    fn row(&self) -> RowId {
        self.line.row
    }

    /// Says whether the line's row belongs to the highlight.
    fn is_here(&self) -> bool {
        let Some(row) = self.model.cursor.row else { return false };
        match self.model.cursor.narrow {
            Narrow::Lines(anchor) => row.min(anchor) <= self.row() && self.row() <= row.max(anchor),
            Narrow::Page => {
                let page = |row: RowId| self.model.page_of_row(row);
                page(row) == page(self.row())
            }
            _ => row == self.row(),
        }
    }

    /// Says whether the sign `>` stands before this line: at a narrowed highlight beside it, else
    /// at the first line of the row.
    fn has_sign(&self) -> bool {
        if let Some(player) = &self.model.player {
            let rows = player.rows(self.laid, &self.model.review);
            return match &self.line.shows {
                Entry::SubRow(sub) => rows.iter().any(|rows| rows.contains(sub)),
                Entry::Fold(_) => false,
            };
        }
        if !self.is_here() {
            return false;
        }
        match (&self.narrowed, &self.line.shows) {
            (Some(rows), Entry::SubRow(sub)) => rows.contains(sub),
            (Some(_), Entry::Fold(_)) => false,
            (None, _) => self.line.entry == 0,
        }
    }

    fn number(&self, area: Rect, pen: &mut Pen<'_>) {
        if area.height == 0 {
            return;
        }
        if self.has_sign() {
            pen.write((area.x, area.y), area.right(), ">", pen.style(Look::Highlight));
        }
        let base = self.model.review.collation().row(self.row()).base;
        if self.line.entry > 0 || base.is_empty() {
            return;
        }
        let number = self.model.review.base().line_of(base.start) + 1;
        let cells = usize::from(self.geometry.number_cells).saturating_sub(2);
        let number = format!("{number:>cells$}");
        pen.write((area.x + 1, area.y), area.right(), &number, pen.style(Look::Number));
    }

    /// Returns the states of the fixes and own changes drawn in some sub-rows.
    fn states(&self, rows: Range<usize>) -> Vec<State> {
        self.laid.parts_in(rows).iter().filter_map(|part| self.state_of(part)).collect()
    }

    fn gutter(&self, area: Rect, pen: &mut Pen<'_>) {
        if area.height == 0 {
            return;
        }
        let known = self.model.review.collation().known(self.row().block);
        if !known && self.line.entry == 0 {
            pen.write((area.x + 1, area.y), area.right(), "…", pen.style(Look::Dim));
            return;
        }
        let saving = self.model.pending.is_some() && self.is_here() && self.line.entry == 0;
        let states: Vec<State> = match &self.line.shows {
            _ if self.line.entry == 0 => {
                self.laid.parts.iter().filter_map(|part| self.state_of(part)).collect()
            }
            Entry::SubRow(sub) => self.states(*sub..sub + 1),
            Entry::Fold(rows) => self.states(rows.clone()),
        };
        let (sign, look) = match self.line.entry == 0 && self.is_disputed() {
            true => ("!", Look::Disputed),
            false => sign_of(&states),
        };
        let open = if self.line.entry == 0 { self.open_fixes() } else { 0 };
        let count = if open > 1 {
            if open > 9 { "+".to_owned() } else { open.to_string() }
        } else {
            " ".to_owned()
        };
        let style = pen.style(look);
        let flag = if self.line.entry == 0 { self.flag() } else { " " };
        let (x, y) = (area.x, area.y);
        if saving {
            pen.write((x, y), area.right().min(x + GUTTER_CELLS), "sav…", pen.style(Look::Said));
            return;
        }
        // Blanks keep the plain style: a colour that nobody sees costs its sequences all the same.
        let places = [(count.as_str(), style), (sign, style), (flag, pen.style(Look::Said))];
        for (x, (sign, style)) in (x..).zip(places).filter(|(_, (sign, _))| *sign != " ") {
            pen.write((x, y), area.right(), sign, style);
        }
    }

    /// Returns the state that a part shows in the gutter; line ends of a reflow show none.
    fn state_of(&self, part: &Part) -> Option<State> {
        match part.role {
            Role::Same => None,
            Role::Fix(id, _) if self.model.review.in_class(id) => None,
            // Blank lines that go with a line of one side alone are decided there.
            Role::Fix(id, _)
                if part.whole_line && self.model.review.collation().row_of(id) != self.row() =>
            {
                None
            }
            Role::Fix(_, state) => Some(state),
            Role::Own(_) => Some(State::Edited),
        }
    }

    /// Says whether other reviewers' logs have something else in the line.
    fn is_disputed(&self) -> bool {
        let span = self.model.review.collation().row(self.row()).base;
        let disputes = self.model.disputes.as_ref();
        disputes.is_some_and(|disputes| disputes.within(span).next().is_some())
    }

    fn open_fixes(&self) -> usize {
        let review = &self.model.review;
        if !review.collation().known(self.row().block) {
            return 0;
        }
        let fixes = review.collation().fixes_in_row(self.row());
        fixes.filter(|&id| review.is_open(id)).count()
    }

    /// Returns the flag of the row: doubtful before any other note.
    fn flag(&self) -> &'static str {
        let span = self.model.review.collation().row(self.row()).base;
        if span.is_empty() {
            return " ";
        }
        let mut flag = " ";
        for (_, noted) in self.model.review.notes_in(span) {
            match noted.mark {
                Mark::Doubtful => return "d",
                Mark::Checked => {}
                Mark::Note | Mark::Illegible | Mark::Sic => flag = "c",
            }
        }
        let suspects = self.model.suspects.as_ref().filter(|_| flag == " ");
        if suspects.is_some_and(|it| !it.in_row(&self.model.review, self.row()).is_empty()) {
            return "s";
        }
        flag
    }

    /// Counts the fixes that begin in folded sub-rows: in a replay those that the record is not about.
    fn folded_fixes(&self, rows: &Range<usize>) -> usize {
        self.laid.parts_beginning_in(rows).iter().filter(|part| part.fix().is_some()).count()
    }

    fn fold(&self, rows: &Range<usize>, base: Rect, right: Rect, pen: &mut Pen<'_>) {
        let style = pen.style(Look::Dim);
        let fixes = self.folded_fixes(rows);
        let text = match fixes {
            0 => format!("⋯ {} rows alike", rows.len()),
            1 => format!("⋯ {} rows, 1 fix", rows.len()),
            _ => format!("⋯ {} rows, {fixes} fixes", rows.len()),
        };
        let x = base.x + self.geometry.number_cells;
        pen.write((x, base.y), base.right(), &text, style);
        pen.write((right.x + GUTTER_CELLS, right.y), right.right(), "⋯", style);
    }

    fn text(&self, side: Side, sub: usize, area: Rect, pen: &mut Pen<'_>) {
        if area.height == 0 {
            return;
        }
        let x = match side {
            Side::Base => area.x + self.geometry.number_cells,
            Side::Right => area.x + GUTTER_CELLS,
        };
        if self.geometry.panes == Panes::Alone && side == Side::Base {
            return;
        }
        let cells = *self.geometry.cells.of(side) as u16;
        let right = area.right().min(x.saturating_add(cells));
        if sub == 0 && self.is_missing(side) {
            let here = self.lights_missing();
            let style = pen.style(Look::Dim);
            let style = if here { style.patch(pen.style(Look::Highlight)) } else { style };
            pen.write((x, area.y), right, Signs::of(pen.repertoire()).missing, style);
            return;
        }
        let stretch = self.laid.wrapped.sub_rows[sub].stretch.of(side).clone();
        let search = self.model.search.as_ref().map(|search| search.wanted.as_str());
        let hits = Hits::of(search, self.laid, side, stretch.start.part..stretch.end.part + 1);
        // Within a part most glyphs look as the one before.
        let by_glyph = self.model.search.is_some()
            || self.model.player.is_some()
            || matches!(self.model.cursor.narrow, Narrow::Word(_));
        let mut at = (x, area.y);
        let mut from = stretch.start;
        while from < stretch.end {
            // The parts one by one, as most have letters and nothing else.
            let next = Spot { part: from.part + 1, at: 0, inner: 0 }.min(stretch.end);
            let plain = self.plain(side, from..next).filter(|_| !by_glyph);
            at.0 = match plain {
                Some(letters) => {
                    let glyphs = &mut shown(&self.laid.parts, side, from, pen.repertoire());
                    let style = glyphs.next().map(|first| self.style(side, &first, &hits, pen));
                    pen.letters(at, right, letters, style.unwrap_or_default())
                }
                None => self.glyphs(side, from..next, (at, right, by_glyph), &hits, pen),
            };
            from = next;
        }
    }

    /// Returns the letters of a stretch of one part, if it has nothing else.
    fn plain(&self, side: Side, stretch: Range<Spot>) -> Option<&str> {
        let Range { start, end } = stretch;
        let part = self.laid.parts.get(start.part)?;
        let to = if end.part == start.part { end.at } else { part.text.of(side).len() };
        let whole = start.inner == 0 && (end.part > start.part || end.inner == 0);
        if whole { part.plain(side, start.at..to) } else { None }
    }

    /// Draws a stretch glyph by glyph; returns the next column.
    fn glyphs(
        &self,
        side: Side,
        stretch: Range<Spot>,
        ((mut column, y), right, by_glyph): ((u16, u16), u16, bool),
        hits: &Hits,
        pen: &mut Pen<'_>,
    ) -> u16 {
        let mut last = None;
        // One call goes through them all: to ask for each in turn costs twice as much.
        let glyphs = shown(&self.laid.parts, side, stretch.start, pen.repertoire());
        glyphs.take_while(|glyph| glyph.spot < stretch.end).for_each(|glyph| {
            if usize::from(column) + glyph.cells > usize::from(right) {
                return;
            }
            let kind = (glyph.part, glyph.marked, glyph.sign);
            let style = match last {
                Some((before, style)) if before == kind && !by_glyph => style,
                _ => self.style(side, &glyph, hits, pen),
            };
            last = Some((kind, style));
            column = pen.glyph((column, y), right, (&glyph.symbol, glyph.cells), style);
        });
        column
    }

    /// Says whether a side has nothing at all where the other has something to read.
    fn is_missing(&self, side: Side) -> bool {
        let other = if side == Side::Base { Side::Right } else { Side::Base };
        if self.geometry.panes == Panes::Alone {
            let base = self.model.review.collation().row(self.row()).base;
            let gone = self.laid.parts.iter().all(|part| part.text.right.is_empty());
            return gone && !self.model.review.base().slice(base).trim().is_empty();
        }
        let all = |side: Side| self.laid.parts.iter().map(move |part| part.text.of(side));
        all(side).all(String::is_empty) && all(other).any(|text| !text.trim().is_empty())
    }

    /// Says whether the sign of a missing line is part of the highlight.
    fn lights_missing(&self) -> bool {
        self.laid.parts.iter().any(|part| self.is_lit(part, 0..1, Side::Base))
    }

    fn style(&self, side: Side, glyph: &Shown<'_>, hits: &Hits, pen: &Pen<'_>) -> Style {
        let part = &self.laid.parts[glyph.part];
        let known = self.model.review.collation().known(self.row().block);
        let look = match part.role {
            _ if !known => Look::Dim,
            Role::Same => Look::Text,
            Role::Fix(id, _) if self.model.review.in_class(id) => Look::Dim,
            Role::Own(_) => Look::Edited,
            Role::Fix(_, State::Open) if glyph.marked && side == Side::Base => Look::MarkBase,
            Role::Fix(_, State::Open) if glyph.marked => Look::MarkProposed,
            Role::Fix(_, State::Open) => Look::Open,
            Role::Fix(_, State::Disputed) => Look::Disputed,
            Role::Fix(_, _) if side == Side::Base => Look::Text,
            Role::Fix(_, State::Accepted) => Look::Accepted,
            Role::Fix(_, State::Rejected) => Look::Rejected,
            Role::Fix(_, State::Edited) => Look::Edited,
        };
        let look = if self.dim && !self.is_here() { Look::Dim } else { look };
        let mut style = pen.style(look);
        if glyph.sign {
            style = style.patch(pen.style(Look::Sign));
        }
        if self.is_lit(part, glyph.bytes.clone(), side) {
            style = style.patch(pen.style(Look::Highlight));
            if matches!(look, Look::MarkBase | Look::MarkProposed) {
                style = style.patch(pen.style(Look::HighlightMark));
            }
        }
        if hits
            .in_part(glyph.part)
            .iter()
            .any(|hit| hit.start < glyph.bytes.end && glyph.bytes.start < hit.end)
        {
            style = style.patch(pen.style(Look::Found));
        }
        style
    }

    /// Says whether bytes of a part are what the next verb acts on.
    fn is_lit(&self, part: &Part, bytes: Range<usize>, side: Side) -> bool {
        if let Some(player) = &self.model.player {
            return player.lights(part, bytes, &self.model.review);
        }
        if let Narrow::Fix(id) = self.model.cursor.narrow {
            return part.fix() == Some(id);
        }
        if !self.is_here() {
            return false;
        }
        if let Narrow::Word(span) = &self.model.cursor.narrow {
            if side == Side::Right && part.role != Role::Same {
                return part.span.start < span.end && span.start < part.span.end;
            }
            let start = part.span.start + bytes.start;
            return span.start <= start && start < span.end;
        }
        // What reaches here from an earlier row is decided there.
        let review = &self.model.review;
        matches!(part.role, Role::Fix(id, State::Open)
            if !review.in_class(id)
                && review.collation().row_of(id) == self.row()
                && self.model.takes(id))
    }
}

/// Returns the sign of the gutter for what a line shows.
fn sign_of(states: &[State]) -> (&'static str, Look) {
    let Some(first) = states.first() else { return (" ", Look::Text) };
    match () {
        () if states.contains(&State::Disputed) => ("!", Look::Disputed),
        () if states.contains(&State::Open) => ("?", Look::Here),
        () if states.iter().any(|state| state != first) => ("m", Look::Number),
        () => match first {
            State::Accepted => ("a", Look::Accepted),
            State::Rejected => ("r", Look::Rejected),
            State::Edited => ("e", Look::Edited),
            State::Open | State::Disputed => ("?", Look::Here),
        },
    }
}
