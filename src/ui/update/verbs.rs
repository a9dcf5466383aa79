//! Deciding: from the highlight to a command, from a decision to an append, from the append back.

use std::sync::Arc;

use crate::collate::fix::{FixId, RowId};
use crate::log::record::{Body, Record};
use crate::review::command::{Command, Decide, Decision, Reach, Refusal};
use crate::review::counts::State;
use crate::review::decide::decide;
use crate::review::event::{Event, Extent, Mark, Scope, Verdict};
use crate::review::ledger::Remark;
use crate::ui::highlight::Highlight;
use crate::ui::mode::{Confirm, Mode, Then};
use crate::ui::model::{Model, Narrow, Pending};
use crate::ui::msg::Effect;
use crate::ui::update::{bench, filter, seals, search, suspects, wait};

/// Accepts, rejects or reopens what is highlighted.
pub(crate) fn verdict(model: &mut Model, verdict: Verdict) -> Vec<Effect> {
    let Some(highlight) = model.highlight() else {
        model.say("there is no text");
        return Vec::new();
    };
    if let Some(effects) = not_yet_known(model, &highlight, verdict) {
        return effects;
    }
    if verdict == Verdict::Accept
        && let Some(effects) = check_off(model)
    {
        return effects;
    }
    let reach = if highlight.scope == Scope::Fix { Reach::Every } else { Reach::Open };
    let wish = Decide {
        verdict,
        scope: highlight.scope,
        fixes: highlight.fixes,
        own: highlight.own,
        reach,
        offered: None,
    };
    command(model, &Command::Decide(wish))
}

/// Notes that the highlighted suspect is right as it stands, where there is one that both texts
/// have.
fn check_off(model: &mut Model) -> Option<Vec<Effect>> {
    let Narrow::Word(span) = &model.cursor.narrow else { return None };
    let stops = model.suspects.as_ref()?.in_row(&model.review, model.cursor.row?);
    let stop = stops.into_iter().find(|stop| stop.fix.is_none() && stop.at == *span)?;
    let note = Command::Note { at: stop.at, mark: Mark::Checked, note: String::new() };
    Some(command(model, &note))
}

/// Asks for the gaps of the highlight that are still being compared, where it is so: lines and
/// pages wait for them.
fn not_yet_known(
    model: &mut Model,
    highlight: &Highlight,
    verdict: Verdict,
) -> Option<Vec<Effect>> {
    let collation = model.review.collation();
    if collation.missing() == 0 {
        return None;
    }
    let row = model.cursor.row?;
    let (first, last) = match highlight.scope {
        Scope::Range | Scope::Page => {
            (collation.block_at(highlight.span.start), collation.block_at(highlight.span.end))
        }
        _ => (row.block, row.block),
    };
    let blocks: Vec<u32> = (first..=last).filter(|&block| !collation.known(block)).collect();
    if blocks.is_empty() {
        return None;
    }
    if matches!(highlight.scope, Scope::Range | Scope::Page) {
        return Some(wait::for_blocks(model, blocks, Then::Verdict(verdict)));
    }
    model.say("still comparing here; try again");
    Some(vec![Effect::Want(blocks)])
}

/// Carries out a command: at once, or after Enter where it must be named first.
pub(crate) fn command(model: &mut Model, command: &Command) -> Vec<Effect> {
    let decision = match decide(&model.review, command) {
        Ok(decision) => decision,
        Err(refusal) => {
            let why = refused(model, &refusal);
            model.say(why);
            return Vec::new();
        }
    };
    let advance = matches!(command, Command::Decide(_) | Command::Offers(_) | Command::Edit { .. })
        && !matches!(command, Command::Decide(wish) if wish.verdict == Verdict::Reopen);
    let question = decision.confirm.clone().or_else(|| bulk_question(model, command, &decision));
    match question {
        Some(question) => {
            let over = model.mode.work();
            model.enter(Mode::Confirm(Confirm::new(&question, decision, advance, over)));
            Vec::new()
        }
        None => append(model, decision, advance),
    }
}

/// Carries out a command that was counted on the screen before it was asked for.
pub(crate) fn shown_command(model: &mut Model, command: &Command) -> Vec<Effect> {
    match decide(&model.review, command) {
        Ok(decision) if decision.confirm.is_none() => append(model, decision, true),
        _ => self::command(model, command),
    }
}

/// Says why nothing is recorded, with the keys that lead on.
fn refused(model: &Model, refusal: &Refusal) -> String {
    let key = |action: &str| model.keymap.key(action);
    match refusal {
        Refusal::NoFix | Refusal::NothingOpen if leaves_out(model) => {
            format!("the filter leaves out what is open here: {} shows all", key("filter"))
        }
        Refusal::NoFix if model.is_reader() => {
            format!("no corrected text to take or leave: {} edits", key("edit"))
        }
        Refusal::NoFix => format!("no difference here: {} edits", key("edit")),
        Refusal::NothingOpen if only_class(model) => {
            "only line ends of one class here: :accept kind=line-end takes them all".to_owned()
        }
        Refusal::NothingOpen => {
            let (fix, reopen) = (key("next-fix"), key("reopen"));
            format!("nothing open here: {fix} picks a fix, {reopen} reopens")
        }
        refusal => refusal.to_string(),
    }
}

/// Says whether the highlighted line has open fixes, and a filter wants none of them.
pub(crate) fn leaves_out(model: &Model) -> bool {
    let line = model.cursor.row.filter(|_| model.cursor.narrow == Narrow::Line);
    let Some(row) = line else { return false };
    let mut fixes = model.review.collation().fixes_in_row(row);
    fixes.any(|id| model.review.is_open(id) && !model.takes(id))
}

/// Says whether all that is open in the highlight are line ends that are one class.
fn only_class(model: &Model) -> bool {
    let Some(highlight) = model.highlight() else { return false };
    let open = |id: &&FixId| model.review.state(**id) == State::Open;
    let open: Vec<&FixId> = highlight.fixes.iter().filter(open).collect();
    !open.is_empty() && open.iter().all(|&&id| model.review.in_class(id))
}

/// Names what an act on more than one line would do.
fn bulk_question(model: &Model, command: &Command, decision: &Decision) -> Option<String> {
    let (verdict, scope) = match command {
        Command::Decide(wish) => (wish.verdict, wish.scope),
        Command::Offers(wish) => (wish.verdict, Scope::Alike),
        _ => return None,
    };
    let sites = decision.events.first()?.decision()?.sites.len();
    let (verb, what) = match verdict {
        Verdict::Accept => ("accept", "open fixes"),
        Verdict::Reject => ("reject", "open fixes"),
        Verdict::Edit | Verdict::Reopen => ("reopen", "decided places"),
    };
    let page = || model.page();
    let place = match scope {
        Scope::Range => "in these lines".to_owned(),
        Scope::Page => format!("on page {}", page()),
        Scope::Alike => {
            let places = if sites == 1 { "place" } else { "places" };
            return Some(format!("{verb} {sites} {places} alike? one act, one undo:"));
        }
        Scope::All => "in the whole document".to_owned(),
        Scope::Fix | Scope::Word | Scope::Line => return None,
    };
    let shown = if model.filter.is_some() && scope != Scope::All { " that are shown" } else { "" };
    let what = if sites == 1 { what.trim_end_matches("es").trim_end_matches('s') } else { what };
    Some(format!("{verb} {sites} {what}{shown} {place}? one act, one undo:"))
}

/// Does what was asked about.
pub(crate) fn confirmed(model: &mut Model) -> Vec<Effect> {
    if let Mode::Offer(_) = model.mode {
        return vec![Effect::TakeTranscript];
    }
    let Mode::Confirm(confirm) = std::mem::replace(&mut model.mode, Mode::Review) else {
        return Vec::new();
    };
    let effects = append(model, confirm.decision, confirm.advance);
    if let Some(pending) = &mut model.pending {
        pending.over = confirm.over;
    }
    effects
}

/// Asks the shell to write events; nothing shows until they are on disk.
pub(crate) fn append(model: &mut Model, decision: Decision, advance: bool) -> Vec<Effect> {
    let over = model.mode.work();
    model.enter(Mode::Review);
    let Decision { events, said, go, .. } = decision;
    let events = Arc::new(events);
    let effect = Effect::Append(Arc::clone(&events));
    model.pending = Some(Pending { events, said, go, advance, over, dropped: None });
    vec![effect]
}

/// Takes in what is on disk now, says what was done and moves on.
pub(crate) fn appended(model: &mut Model, first: u64, time: &str) -> Vec<Effect> {
    let Some(pending) = model.pending.take() else { return Vec::new() };
    for (seq, event) in (first..).zip(pending.events.iter()) {
        if let Err(misfit) = model.review.apply(seq, event) {
            // What is in the log and cannot be shown must not be worked on any further.
            model.read_only = Some(format!("record {seq} cannot be shown: {misfit}"));
            model.warn(format!("record {seq} is in the log but cannot be shown: {misfit}"));
        } else if let Some(disputes) = &mut model.disputes {
            disputes.apply(seq, event).expect("what fits the review fits the log beside it");
        }
    }
    model.generation += 1;
    model.layouts.clear();
    search::follow(model, &pending.events);
    let effects = if model.read_only.is_some() { Vec::new() } else { go_on(model, &pending) };
    // Whoever wrote them has let go of them: nothing is copied.
    for (seq, event) in (first..).zip(Arc::unwrap_or_clone(pending.events)) {
        let body = Body::Review(event);
        model.chronicle.push(Record { seq, time: time.to_owned(), body });
    }
    effects
}

/// Says what was recorded, seals it where that is wanted, and moves on.
fn go_on(model: &mut Model, pending: &Pending) -> Vec<Effect> {
    let effects = seals::after(model, &pending.events);
    model.say(pending.said.clone());
    match pending.go {
        Some(at) => go_back_to(model, &pending.events, at),
        None if is_check(&pending.events) => {
            model.message = None;
            suspects::next(model);
        }
        None if stays(model, &pending.events) => {}
        None if pending.advance && model.bench().is_some() => bench::advance(model),
        None if pending.advance => advance(model),
        None => {}
    }
    if let Some(dropped) = pending.dropped {
        // It was said already, but perhaps only for as long as a disk takes.
        let said = model.message.take().map_or(String::new(), |said| said.text + "; ");
        model.warn(format!("{said}{dropped} meanwhile"));
    }
    effects
}

/// Says whether something is being saved; what cannot be done meanwhile is said, then and again
/// when it is saved.
pub(crate) fn is_saving(model: &mut Model, dropped: &'static str) -> bool {
    let Some(pending) = &mut model.pending else { return false };
    pending.dropped = Some(dropped);
    model.warn(format!("still saving: {dropped}"));
    true
}

/// Says whether a suspect was checked off: the way goes on to the next one.
fn is_check(events: &[Event]) -> bool {
    matches!(events, [Event::Noted(noted)] if noted.mark == Mark::Checked)
}

/// Says whether the cursor's line has more to decide after a decision on places alike.
fn stays(model: &Model, events: &[Event]) -> bool {
    let alike = events.first().and_then(Event::decision).is_some_and(|it| it.scope == Scope::Alike);
    let open = |row| model.open_in_row(row).next().is_some();
    alike && model.cursor.narrow == Narrow::Line && model.cursor.row.is_some_and(open)
}

/// Goes to the place of an act that was undone or redone: to the row of its first fix.
fn go_back_to(model: &mut Model, events: &[Event], at: usize) {
    let of = events.iter().find_map(|event| match event {
        Event::Undone(of) | Event::Redone(of) => Some(*of),
        _ => None,
    });
    let ledger = model.review.ledger();
    let act = of.and_then(|of| ledger.act(of));
    let signed = act.is_some_and(|act| matches!(act.remark, Some(Remark::Signature(_))));
    let whole = act.is_some_and(|act| act.remark == Some(Remark::Signature(Extent::Document)));
    if signed && (whole || model.review.base().page_of(at) == model.page()) {
        // The reviewer is at the place already: somewhere in what was signed.
        return;
    }
    let place = act.and_then(|act| ledger.places(act).first().copied());
    let fix = place.and_then(|place| model.review.fixes_over(place).next());
    model.go_to_byte(at);
    if let Some(id) = fix {
        model.cursor.row = Some(model.review.collation().row_of(id));
    }
}

/// Says that nothing was written; nothing else has moved, and what was typed or ticked is there.
pub(crate) fn not_saved(model: &mut Model, why: &str, stopped: bool) -> Vec<Effect> {
    let pending = model.pending.take();
    model.generation += 1;
    if let Some(over) = pending.and_then(|pending| pending.over) {
        // What was typed or ticked is not lost with it.
        model.enter(*over);
    }
    let enter = model.keymap.key("edit-keep");
    let advice = match model.mode {
        _ if stopped => "; q and start again: what was kept then shows".to_owned(),
        Mode::Edit(_) | Mode::Prompt(_) => format!("; mend that, and {enter} tries again"),
        _ => "; mend that, then do it again".to_owned(),
    };
    model.warn(format!("NOT SAVED: {why}{advice}"));
    if stopped {
        model.read_only = Some(why.to_owned());
    }
    Vec::new()
}

/// Goes to the next open place: in this line while the highlight is narrowed, else after it.
pub(crate) fn advance(model: &mut Model) {
    let Some(row) = model.cursor.row else { return };
    let here = match model.cursor.narrow {
        Narrow::Fix(id) => {
            let open: Vec<_> = model.open_in_row(row).collect();
            open.iter().find(|&&other| other > id).or(open.first()).copied()
        }
        _ => model.open_in_row(row).next().filter(|_| is_word(&model.cursor.narrow)),
    };
    if model.go_to_open(here) || suspects::step(model, true) || filter::step(model, true) {
        return;
    }
    let last = last_row(model, row);
    if model.go_to_open(model.next_open(model.last_fix_until(last))) {
        return;
    }
    let said = model.message.take().map(|message| message.text).unwrap_or_default();
    if model.go_to_open(model.next_open(None)) {
        model.say(format!("{said}; on from the top"));
        return;
    }
    model.cursor.narrow = Narrow::Line;
    if let Some(nothing) = model.nothing_fits() {
        model.say(format!("{said}; {nothing}"));
    } else if model.is_reader() {
        model.say(said);
    } else if model.review.counts().complete {
        let (sign, export) = (model.keymap.key("sign"), model.keymap.key("export"));
        model.say(format!("{said}; nothing is open any more: {sign} signs, {export} exports"));
    } else {
        model.say(format!("{said}; still comparing the rest"));
    }
}

fn is_word(narrow: &Narrow) -> bool {
    matches!(narrow, Narrow::Word(_))
}

/// Returns the last row of the highlight.
fn last_row(model: &Model, row: RowId) -> RowId {
    match model.cursor.narrow {
        Narrow::Lines(anchor) => row.max(anchor),
        Narrow::Page => {
            let base = model.review.base();
            let end = base.page(model.page()).end;
            model.review.collation().row_at(end.saturating_sub(1)).unwrap_or(row).max(row)
        }
        _ => row,
    }
}

/// Marks what is highlighted as doubtful and goes on.
pub(crate) fn doubtful(model: &mut Model) -> Vec<Effect> {
    let Some(highlight) = model.highlight() else { return Vec::new() };
    let note = Command::Note { at: highlight.span, mark: Mark::Doubtful, note: String::new() };
    let effects = command(model, &note);
    if let Some(pending) = &mut model.pending {
        pending.advance = true;
    }
    effects
}

/// Leaves; everything is on disk already.
pub(crate) fn quit(model: &mut Model) -> Vec<Effect> {
    if is_saving(model, "key dropped") {
        return Vec::new();
    }
    seals::leave(model)
}
