//! The foot: what the highlight reads, what was said, what is asked, and the keys for it.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::collate::fix::{FixId, RowId};
use crate::review::alike::others;
use crate::review::counts::State;
use crate::text::visible::width;
use crate::ui::layout::geometry::Geometry;
use crate::ui::mode::{Asks, Mode, Prompt, Wait};
use crate::ui::model::{Model, Narrow};
use crate::ui::theme::Look;
use crate::ui::update::command_line::preview;
use crate::ui::update::verbs::leaves_out;
use crate::ui::view::bars::{
    hint_texts, hints, last, message_style, more, row_of, rule, said_rule, write_hints,
};
use crate::ui::view::pen::Pen;
use crate::ui::view::subject::{heading, only_fix, suspect};
use crate::ui::view::{alike, edit, filter, input, pages, playing, verbs};
use crate::ui::words;

/// Above so many fixes the places alike are not counted for each frame.
const COUNTED: usize = 20_000;

/// Draws the foot and returns where the terminal's cursor belongs.
pub(crate) fn draw(model: &Model, geometry: &Geometry, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let area = geometry.foot;
    if area.height == 0 {
        return None;
    }
    if let Some(player) = &model.player {
        match &model.mode {
            Mode::Review => {
                playing::draw(model, player, area, pen);
                return None;
            }
            // The prompt takes the last lines, the record stays in sight above them.
            Mode::Prompt(prompt) => {
                let asked = Rect { y: area.bottom() - area.height.min(3), ..area };
                let asked = Rect { height: area.height.min(3), ..asked };
                let above = Rect { height: area.height - asked.height, ..area };
                playing::draw(model, player, above, pen);
                return draw_prompt(model, prompt, asked, pen);
            }
            _ => {}
        }
    }
    match &model.mode {
        Mode::Edit(edit) => edit::draw(model, edit, area, pen),
        Mode::Prompt(prompt) => draw_prompt(model, prompt, area, pen),
        Mode::Confirm(confirm) => {
            draw_question(model, &confirm.question, area, pen);
            None
        }
        Mode::Offer(question) => {
            draw_question(model, question, area, pen);
            None
        }
        Mode::Alike(list) => {
            alike::foot(model, list, area, pen);
            None
        }
        Mode::Filter(menu) => {
            filter::foot(model, menu, area, pen);
            None
        }
        Mode::Pages(_) => {
            pages::foot(model, area, pen);
            None
        }
        Mode::Wait(wait) => {
            draw_wait(model, wait, area, pen);
            None
        }
        Mode::History(history) => {
            draw_history(model, history.pasts.is_empty(), last(area), pen);
            None
        }
        Mode::Help(_) | Mode::Inspect(_) | Mode::Report { .. } => {
            let keys = ["panel-close", "panel-down", "panel-up", "panel-screen-down"];
            hints(model, &keys, "", last(area), pen);
            None
        }
        Mode::Review | Mode::Summary(_) => {
            draw_review(model, area, pen);
            None
        }
    }
}

/// Draws the keys of a line's history.
fn draw_history(model: &Model, is_empty: bool, row: Rect, pen: &mut Pen<'_>) {
    let keys = ["history-bring", "history-down", "history-up", "panel-close"];
    let keys = if is_empty { &keys[3..] } else { &keys[..] };
    let texts = hint_texts(model, keys, |action| match action {
        "history-bring" if model.player.is_some() => Some("go to that record".to_owned()),
        _ => None,
    });
    write_hints(&texts, "history", row, pen);
}

fn draw_review(model: &Model, area: Rect, pen: &mut Pen<'_>) {
    let (said, style) = said(model, pen);
    let mut shown = said.is_empty();
    let wanted = area.height.max(3);
    if let Some(row) = row_of(area, 0, wanted) {
        shown |= rule(row, &heading(model), (&said, style), pen);
        if !shown && model.message.is_none() && model.read_only.is_some() {
            // Why was said at first and is again at each verb; the lines below are for the work.
            shown |= rule(row, &heading(model), ("read only", style), pen);
        }
    }
    if let Some(row) = row_of(area, 1, wanted) {
        if shown {
            draw_readings(model, row, pen);
        } else {
            let lines = words::in_lines(&said, usize::from(row.width).saturating_sub(2));
            for (line, y) in lines.iter().zip(row.y..area.bottom()) {
                pen.write((row.x + 1, y), row.right(), line, style);
            }
            if lines.len() > 1 {
                return;
            }
            shown = true;
        }
    }
    if !shown {
        let row = last(area);
        pen.write((row.x, row.y), row.right(), &said, style);
        return;
    }
    verbs::draw(model, last(area), pen);
}

/// Returns the sentence to be said and how it looks.
fn said(model: &Model, pen: &Pen<'_>) -> (String, Style) {
    if model.pending.is_some() && model.message.is_none() {
        return ("saving …".to_owned(), pen.style(Look::Said));
    }
    if let Some(message) = &model.message {
        return (message.text.clone(), message_style(message, pen));
    }
    match (&model.read_only, &model.search) {
        (Some(why), _) => (format!("read only: {why}"), pen.style(Look::Warning)),
        (None, Some(search)) => {
            (format!("searching {}", words::reading(&search.wanted, 24)), pen.style(Look::Said))
        }
        (None, None) => (String::new(), pen.style(Look::Said)),
    }
}

fn draw_readings(model: &Model, area: Rect, pen: &mut Pen<'_>) {
    let cells = usize::from(area.width).saturating_sub(2);
    let (x, y, end) = (area.x + 1, area.y, area.right());
    if let (Some(disputes), Some(run)) = (&model.disputes, model.dispute()) {
        let base = model.review.base().slice(run.span.clone());
        let text = words::dispute(disputes, run, base, cells);
        pen.write_cut((x, y), end, &text, pen.style(Look::Title));
        return;
    }
    let Some(id) = only_fix(model) else {
        pen.write_cut((x, y), end, &overview(model, cells), pen.style(Look::Text));
        return;
    };
    let about = about(model, id);
    let room = cells.saturating_sub(width(&about) + 2);
    let left = words::readings(&model.review, id, room);
    let x = pen.write_cut((x, y), end, &left, pen.style(Look::Title));
    let start = end.saturating_sub(width(&about) as u16 + 1);
    if start <= x + 1 {
        return;
    }
    pen.write((start, y), end, &about, pen.style(Look::Text));
    let between = usize::from(start - x).saturating_sub(6);
    if let Some(context) = words::context(&model.review, id, between) {
        pen.write((x + 3, y), start, &context, pen.style(Look::Text));
    }
}

/// Says what a fix is: its kind, its state, how many others are like it.
fn about(model: &Model, id: FixId) -> String {
    let review = &model.review;
    let kind = review.collation().fix(id).kind;
    let mut about = vec![words::kind(kind, 1).to_owned()];
    about.extend(words::only_in(kind).map(str::to_owned));
    if review.state(id) != State::Open {
        about.push(words::state(review.state(id)).to_owned());
    }
    if let Some(stop) = model.cursor.row.and_then(|row| suspect(model, row))
        && stop.fix == Some(id)
    {
        about.push(stop.reason.words().to_owned());
    }
    if review.counts().total() <= COUNTED {
        let others = others(review, id);
        if others > 0 {
            about.push(format!("{others} more"));
        }
    }
    about.join(", ")
}

/// Says what is in the highlight where it is not one fix.
fn overview(model: &Model, cells: usize) -> String {
    let Some(row) = model.cursor.row else { return String::new() };
    if !model.review.collation().known(row.block) {
        return "still comparing here".to_owned();
    }
    let Some(highlight) = model.highlight() else { return String::new() };
    let (alone, count) = model.review.alone_and_open(&highlight.fixes);
    if alone == 0 {
        return if highlight.own.is_empty() {
            match model.cursor.narrow {
                Narrow::Word(_) => {
                    let word = model.review.base().slice(highlight.span);
                    let whose =
                        if model.is_reader() { "as the OCR read it" } else { "both texts have it" };
                    let both = format!("{}   {whose}", words::reading(word, 40));
                    match suspect(model, row) {
                        Some(stop) => {
                            let key = model.keymap.key("accept");
                            format!("{both}; {}; {key}: right so", stop.reason.words())
                        }
                        None => both,
                    }
                }
                _ if reflowed(model, row) => {
                    let open = model.review.counts().class.is_some_and(|class| class.open > 0);
                    let then = if open { "one class: :accept kind=line-end" } else { "decided" };
                    format!("no difference here but line ends, {then}")
                }
                _ => match suspect(model, row) {
                    Some(stop) => {
                        let key = model.keymap.key("next-suspect");
                        format!("{key}: {}", stop.reason.words())
                    }
                    None if leaves_out(model) => {
                        "the filter leaves out what is open here".to_owned()
                    }
                    None if model.is_reader() => "as the OCR read it".to_owned(),
                    None => "no difference here".to_owned(),
                },
            }
        } else {
            let place = if model.is_reader() { "" } else { " where both texts agreed" };
            format!("your own reading{place}")
        };
    }
    if count == 0 {
        return format!("nothing open; {alone} decided");
    }
    let mut text = format!("{count} open: ");
    let open = highlight.fixes.iter().copied().filter(|&id| model.review.is_open(id));
    for (index, id) in open.enumerate().take(12) {
        let next = words::readings(&model.review, id, 24);
        if width(&text) + width(&next) + 6 > cells {
            text.push_str(if index == 0 { "" } else { " • …" });
            break;
        }
        text.push_str(if index == 0 { "" } else { " • " });
        text.push_str(&next);
    }
    text
}

/// Says whether a row has a line end of a reflow.
fn reflowed(model: &Model, row: RowId) -> bool {
    model.review.collation().fixes_in_row(row).any(|id| model.review.in_class(id))
}

fn draw_question(model: &Model, question: &str, area: Rect, pen: &mut Pen<'_>) {
    let wanted = model.mode.foot_rows(model.size.0);
    if let Some(row) = row_of(area, 0, wanted) {
        said_rule(model, row, "sure?", pen);
    }
    let lines = words::in_lines(question, usize::from(area.width).saturating_sub(2));
    for (index, line) in (1..).zip(&lines) {
        if let Some(row) = row_of(area, index, wanted).filter(|row| *row != last(area)) {
            pen.write((row.x + 1, row.y), row.right(), line, pen.style(Look::Title));
        }
    }
    hints(model, &["confirm-yes", "confirm-no"], "asked", last(area), pen);
}

/// Says how far an act that waits has got.
fn draw_wait(model: &Model, wait: &Wait, area: Rect, pen: &mut Pen<'_>) {
    if let Some(row) = row_of(area, 0, 3) {
        rule(row, "still comparing", ("", Style::new()), pen);
    }
    if let Some(row) = row_of(area, 1, 3) {
        let done = wait.all - wait.blocks.len().min(wait.all);
        let text = format!("{done} of {} places compared; then it is asked", wait.all);
        pen.write((row.x + 1, row.y), row.right(), &text, pen.style(Look::Title));
    }
    hints(model, &["panel-close"], "waiting", last(area), pen);
}

fn draw_prompt(
    model: &Model,
    prompt: &Prompt,
    area: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let rest = row_of(area, 0, 3)
        .map_or(String::new(), |row| said_rule(model, row, &prompt_heading(model, prompt), pen));
    let (choices, taken) = prompt.asks.choices();
    let typed = row_of(area, 1, 3).unwrap_or(last(area));
    let mut cursor = None;
    let mut x = typed.x + 1;
    if !matches!(prompt.asks, Asks::Sign(_)) {
        let label = prompt.asks.label();
        x = pen.write((x, typed.y), typed.right(), label, pen.style(Look::Title));
        x += u16::from(label != ":");
        let wanted: usize = choices.iter().map(|choice| width(choice) + 3).sum();
        let room = (wanted as u16 + 1).min(typed.width / 2);
        let end = typed.right().saturating_sub(room);
        cursor = input::draw(&prompt.input, Rect { x, width: end.saturating_sub(x), ..typed }, pen);
        x = end;
    }
    draw_choices(
        (&choices, taken),
        Rect { x, width: typed.right().saturating_sub(x), ..typed },
        pen,
    );
    if area.height > 1 && !more(model, &rest, last(area), pen) {
        let completes = prompt.asks == Asks::Command && model.player.is_none();
        let turns = ["prompt-keep", "prompt-leave", "prompt-next"];
        let texts = hint_texts(model, &turns, |action| {
            (completes && action == "prompt-next").then(|| "complete".to_owned())
        });
        let count = if choices.is_empty() && !completes { 2 } else { 3 };
        write_hints(&texts[..count], prompt.asks.label().trim_matches(':'), last(area), pen);
    }
    cursor
}

/// Draws choices, the taken one in brackets and always in sight, an ellipsis where others are not.
fn draw_choices((choices, taken): (&[&str], usize), area: Rect, pen: &mut Pen<'_>) {
    let cells = |choices: &[&str]| choices.iter().map(|it| width(it) + 3).sum::<usize>();
    let dots = width(&pen.in_repertoire("…")) + 1;
    let room = usize::from(area.width).saturating_sub(dots);
    let cut = |first: usize| usize::from(first > 0) * dots;
    let first = (0..taken).find(|&first| cut(first) + cells(&choices[first..=taken]) <= room);
    let first = if cells(choices) <= room + dots { 0 } else { first.unwrap_or(taken) };
    let (mut x, y, dim) = (area.x, area.y, pen.style(Look::Dim));
    if first > 0 {
        x = pen.write((x, y), area.right(), "…", dim) + 1;
    }
    for (index, choice) in choices.iter().enumerate().skip(first) {
        let text = if index == taken { format!("[{choice}]") } else { format!(" {choice} ") };
        let rest = if index + 1 == choices.len() { 0 } else { dots };
        if index > taken && usize::from(x) + width(&text) + rest > usize::from(area.right()) {
            pen.write((x, y), area.right(), "…", dim);
            return;
        }
        let style = pen.style(if index == taken { Look::Highlight } else { Look::Text });
        x = pen.write((x, y), area.right(), &text, style) + 1;
    }
}

/// Says what a prompt is about.
fn prompt_heading(model: &Model, prompt: &Prompt) -> String {
    let counts = model.review.counts();
    match &prompt.asks {
        Asks::Search if model.player.is_some() => "search the records".to_owned(),
        Asks::Command if model.player.is_some() => {
            "#41 a record, w FILE writes the text as it stands here, verify, q".to_owned()
        }
        Asks::Export(_) if model.player.is_some() => {
            let seq = model.replayed().map_or(0, |record| record.seq);
            match model.lost_text() {
                Some(_) => format!("write the text as it stood after #{seq}"),
                None => {
                    format!("write the text as it stood after #{seq}, {} still open", counts.open)
                }
            }
        }
        Asks::Search => "search in both panes".to_owned(),
        Asks::Command => preview(model, prompt.input.text()),
        Asks::Note(_) => format!("a note on {}", heading(model)),
        Asks::Export(None) => "write the text as it stands".to_owned(),
        Asks::Export(Some(_)) => format!("write the text, {} still open", counts.open),
        Asks::Reading => format!("your reading, {}", heading(model)),
        Asks::Sign(_) => {
            let page = model.page();
            let here = model.review.counts_in(model.review.base().page(page)).open;
            format!("sign as read: page {page} ({here} open), the document ({} open)", counts.open)
        }
    }
}
