//! The list of places alike: opening and widening it, going to a place, deciding what is ticked.

use crate::collate::fix::FixId;
use crate::review::alike::Asked;
use crate::review::command::{Command, Offers};
use crate::review::event::{Place, Verdict};
use crate::ui::alike::List;
use crate::ui::mode::{Mode, Then};
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::Effect;
use crate::ui::update::{verbs, wait};

/// Lists the places that are like what is highlighted.
pub(crate) fn open(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = wait::for_all(model, Then::Alike) {
        return effects;
    }
    let Some(asked) = asked(model) else {
        let edit = model.keymap.key("edit");
        model.say(format!("both texts agree here: {edit} edits, then your reading is offered"));
        return Vec::new();
    };
    match List::new(&model.review, asked) {
        Some(list) => model.enter(Mode::Alike(Box::new(list))),
        None => model.say("nothing open is like this"),
    }
    Vec::new()
}

/// Returns what the highlight asks for: of a line, its first open fix.
fn asked(model: &Model) -> Option<Asked> {
    let row = model.cursor.row?;
    let (fixes, own): (Vec<FixId>, Vec<Place>) = match &model.cursor.narrow {
        Narrow::Fix(id) => (vec![*id], Vec::new()),
        Narrow::Word(span) => {
            let place = Place::new(span.clone(), 0);
            let own = model.review.ledger().standing_over(place).map(|site| site.place);
            (model.review.fixes_over(place).collect(), own.collect())
        }
        Narrow::Line | Narrow::Lines(_) | Narrow::Page => {
            let fixes = model.review.collation().fixes_in_row(row);
            let span = model.review.collation().row(row).base;
            let fixes = model.open_in_row(row).take(1).chain(fixes).collect();
            (fixes, model.review.own_in(span).collect())
        }
    };
    match fixes.first() {
        Some(&id) => Some(Asked::of_fix(&model.review, id)),
        None => own.first().and_then(|&place| Asked::of_own(&model.review, place)),
    }
}

/// Widens the list.
pub(crate) fn wider(model: &mut Model) -> Vec<Effect> {
    let Mode::Alike(list) = &model.mode else { return Vec::new() };
    match list.widened(&model.review) {
        Some(list) => model.enter(Mode::Alike(Box::new(list))),
        None => model.say("that is the widest list"),
    }
    Vec::new()
}

/// Leaves the list for the place under its cursor.
pub(crate) fn go(model: &mut Model) -> Vec<Effect> {
    let Mode::Alike(list) = &model.mode else { return Vec::new() };
    let Some(likely) = list.found.places.get(list.at).cloned() else { return Vec::new() };
    model.enter(Mode::Review);
    match likely.fix {
        Some(id) => {
            model.cursor.row = Some(model.review.collation().row_of(id));
            model.cursor.narrow = Narrow::Fix(id);
        }
        None => {
            model.go_to_byte(likely.place.start);
            model.cursor.narrow = Narrow::Word(likely.place.span());
        }
    }
    Vec::new()
}

/// Decides what is ticked, after Enter.
pub(crate) fn verdict(model: &mut Model, verdict: Verdict) -> Vec<Effect> {
    let Mode::Alike(list) = &model.mode else { return Vec::new() };
    let places = list.offers();
    if places.is_empty() {
        let tick = model.keymap.key("list-tick");
        model.say(format!("nothing is ticked: {tick} ticks"));
        return Vec::new();
    }
    let offered = list.found.places.len() as u64;
    verbs::command(model, &Command::Offers(Offers { verdict, places, offered }))
}
