//! Sealing: asked for after a sign-off or on leaving; the shell does it while work goes on.

use crate::digest::Digest;
use crate::review::event::Event;
use crate::ui::model::Model;
use crate::ui::msg::Effect;

/// Counts what came into the log, and asks for a seal where it was signed off.
pub(crate) fn after(model: &mut Model, events: &[Event]) -> Vec<Effect> {
    model.seals.unsealed += events.len();
    let signed = events.iter().any(|event| matches!(event, Event::SignedOff(_)));
    if signed && model.seals.at_sign_off { vec![ask(model)] } else { Vec::new() }
}

fn ask(model: &mut Model) -> Effect {
    model.seals.under_way = true;
    Effect::Seal(Digest::of(model.review.ledger().established().as_bytes()))
}

/// Leaves, after a seal where one is wanted; asked a second time, it leaves at once. While disputes
/// are settled the text on the screen is that of all logs together, and not this log's: a seal would
/// name the wrong one, so `recto seal` is left to make it.
pub(crate) fn leave(model: &mut Model) -> Vec<Effect> {
    let seals = &model.seals;
    let wanted = seals.on_leaving && seals.unsealed > 0 && !seals.under_way;
    if wanted && model.read_only.is_none() && model.bench().is_none() {
        let seal = ask(model);
        model.seals.leaving = true;
        let key = model.keymap.key("quit");
        model.say(format!("sealing, then leaving; {key} again leaves unsealed"));
        return vec![seal];
    }
    vec![Effect::Remember(model.place()), Effect::Quit]
}

/// Takes in that the log was sealed by record `seq`.
pub(crate) fn sealed(model: &mut Model, seq: u64) -> Vec<Effect> {
    model.seals.unsealed = 0;
    model.seals.sealed = true;
    model.seals.failed = false;
    done(model, &format!("sealed by record {seq}"))
}

/// Takes in why the log was not sealed; nothing else has changed.
pub(crate) fn not_sealed(model: &mut Model, why: &str) -> Vec<Effect> {
    model.seals.failed = true;
    done(model, &format!("not sealed: {why}"))
}

/// Adds to what was said of the sign-off.
fn done(model: &mut Model, said: &str) -> Vec<Effect> {
    model.seals.under_way = false;
    let before = model.message.take().filter(|message| !message.warning);
    let before = before.map_or(String::new(), |message| format!("{}; ", message.text));
    model.say(format!("{before}{said}"));
    if std::mem::take(&mut model.seals.leaving) {
        return vec![Effect::Remember(model.place()), Effect::Quit];
    }
    Vec::new()
}
