//! Every action with what it does; `assets/keymap.toml` gives each its keys and words.

use crate::review::command::Command;
use crate::review::event::Verdict;
use crate::ui::input::Input;
use crate::ui::mode::Mode;
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::Effect;
use crate::ui::update::{
    alike, ask, edit, filter, history, judging, list, moving, play, prompt, recall, search,
    special, suspects, travel, verbs,
};

/// Tells whether an action may decide something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It may: its key counts only if a frame had shown what it is about.
    Decides,
    /// It opens what ends in a record: refused at once where nothing can be recorded.
    Begins,
    /// It never does.
    Looks,
    /// As the mode says: in some prompts Enter records something.
    AsAsked,
}

/// Holds an action.
pub struct Action {
    /// Its name in the keymap.
    pub name: &'static str,
    /// Whether it may decide something.
    pub weight: Weight,
    /// What it does.
    pub run: fn(&mut Model) -> Vec<Effect>,
}

const fn decides(name: &'static str, run: fn(&mut Model) -> Vec<Effect>) -> Action {
    Action { name, weight: Weight::Decides, run }
}

const fn begins(name: &'static str, run: fn(&mut Model) -> Vec<Effect>) -> Action {
    Action { name, weight: Weight::Begins, run }
}

const fn looks(name: &'static str, run: fn(&mut Model) -> Vec<Effect>) -> Action {
    Action { name, weight: Weight::Looks, run }
}

/// All actions, in the order of the keymap.
pub const ACTIONS: &[Action] = &[
    decides("accept", |model| verbs::verdict(model, Verdict::Accept)),
    decides("reject", |model| verbs::verdict(model, Verdict::Reject)),
    begins("edit", edit::begin),
    decides("reopen", |model| verbs::verdict(model, Verdict::Reopen)),
    decides("undo", |model| verbs::command(model, &Command::Undo)),
    decides("redo", |model| verbs::command(model, &Command::Redo)),
    decides("doubtful", verbs::doubtful),
    begins("note", ask::note),
    begins("sign", ask::sign),
    looks("export", ask::export),
    looks("copy", ask::copy),
    decides("take", judging::take),
    looks("next-fix", moving::next_fix),
    looks("previous-fix", moving::previous_fix),
    looks("next-word", moving::next_word),
    looks("previous-word", moving::previous_word),
    looks("lines", moving::lines),
    looks("page", |model| moving::narrow(model, Narrow::Page)),
    looks("alike", alike::open),
    looks("back", moving::back),
    looks("down", |model| moving::by_rows(model, 1)),
    looks("up", |model| moving::by_rows(model, -1)),
    looks("next-open", search::next),
    looks("previous-open", search::previous),
    looks("next-suspect", suspects::next),
    looks("previous-suspect", suspects::previous),
    looks("next-page", |model| moving::by_pages(model, 1)),
    looks("previous-page", |model| moving::by_pages(model, -1)),
    looks("next-mark", moving::next_mark),
    looks("previous-mark", moving::previous_mark),
    looks("jump-back", travel::back),
    looks("jump-forward", travel::forward),
    looks("first", moving::first),
    looks("last", moving::last),
    looks("screen-down", |model| moving::by_screen(model, 1, 1)),
    looks("screen-up", |model| moving::by_screen(model, -1, 1)),
    looks("half-down", |model| moving::by_screen(model, 1, 2)),
    looks("half-up", |model| moving::by_screen(model, -1, 2)),
    looks("row-down", |model| moving::by_one_line(model, 1)),
    looks("row-up", |model| moving::by_one_line(model, -1)),
    looks("centre", |model| moving::place_cursor(model, 1, 2)),
    looks("to-top", |model| moving::place_cursor(model, 0, 1)),
    looks("to-bottom", |model| moving::place_cursor(model, 1, 1)),
    looks("search", ask::search),
    looks("filter", filter::open),
    looks("fold", moving::fold),
    looks("layout", moving::layout),
    looks("divider-left", |model| moving::divide(model, -4)),
    looks("divider-right", |model| moving::divide(model, 4)),
    looks("pages", travel::pages),
    looks("inspect", |model| panel(model, Mode::Inspect(0))),
    looks("history", history::open),
    looks("command", ask::command),
    looks("help", |model| panel(model, Mode::Help(0))),
    looks("redraw", |_| vec![Effect::Redraw]),
    looks("suspend", |_| vec![Effect::Suspend]),
    looks("quit", verbs::quit),
    decides("edit-keep", edit::keep),
    looks("edit-leave", edit::leave),
    looks("edit-base", edit::take_base),
    looks("edit-proposed", edit::take_proposed),
    looks("edit-base-whole", edit::take_base_whole),
    looks("edit-proposed-whole", edit::take_proposed_whole),
    looks("edit-line-end", edit::line_end),
    looks("edit-code", special::code),
    looks("edit-compose", special::compose),
    looks("edit-pick", special::pick),
    looks("edit-undo", edit::undo),
    looks("edit-redo", edit::redo),
    looks("edit-line", edit::whole_line),
    looks("edit-external", edit::external),
    looks("input-left", |model| edit::sideways(model, -1)),
    looks("input-right", |model| edit::sideways(model, 1)),
    looks("input-word-left", |model| prompt::line(model, Input::word_left)),
    looks("input-word-right", |model| prompt::line(model, Input::word_right)),
    looks("input-start", |model| prompt::line(model, Input::start)),
    looks("input-end", |model| prompt::line(model, Input::end)),
    looks("input-rub", edit::rub),
    looks("input-delete", |model| prompt::line(model, Input::delete)),
    looks("input-rub-word", |model| prompt::line(model, Input::rub_word)),
    looks("input-delete-word", |model| prompt::line(model, Input::delete_word)),
    looks("input-cut-start", |model| prompt::line(model, Input::cut_start)),
    looks("input-cut-end", |model| prompt::line(model, Input::cut_end)),
    Action { name: "prompt-keep", weight: Weight::AsAsked, run: prompt::keep },
    looks("prompt-leave", prompt::leave),
    looks("prompt-next", |model| prompt::turn(model, true)),
    looks("prompt-previous", |model| prompt::turn(model, false)),
    looks("prompt-older", |model| recall::recall(model, true)),
    looks("prompt-newer", |model| recall::recall(model, false)),
    decides("confirm-yes", verbs::confirmed),
    looks("confirm-no", prompt::leave),
    decides("list-accept", |model| alike::verdict(model, Verdict::Accept)),
    decides("list-reject", |model| alike::verdict(model, Verdict::Reject)),
    looks("list-tick", list::tick),
    looks("list-tick-all", list::tick_all),
    looks("list-wider", alike::wider),
    looks("list-more", |model| filter::around(model, 1)),
    looks("list-fewer", |model| filter::around(model, -1)),
    looks("list-down", |model| list::by(model, 1)),
    looks("list-up", |model| list::by(model, -1)),
    looks("list-screen-down", |model| list::by_screen(model, 1)),
    looks("list-screen-up", |model| list::by_screen(model, -1)),
    looks("list-first", |model| list::by(model, isize::MIN)),
    looks("list-last", |model| list::by(model, isize::MAX)),
    looks("list-go", list::go),
    looks("list-back", prompt::leave),
    looks("panel-close", prompt::leave),
    looks("panel-down", |model| moving::panel(model, 1)),
    looks("panel-up", |model| moving::panel(model, -1)),
    looks("panel-screen-down", |model| moving::panel_by_screen(model, 1)),
    looks("panel-screen-up", |model| moving::panel_by_screen(model, -1)),
    looks("history-bring", history::bring_back),
    looks("history-down", |model| history::choose(model, 1)),
    looks("history-up", |model| history::choose(model, -1)),
    looks("play", play::play),
    looks("play-on", |model| play::step(model, 1)),
    looks("play-back", |model| play::step(model, -1)),
    looks("play-next-mark", |model| play::landmark(model, true)),
    looks("play-previous-mark", |model| play::landmark(model, false)),
    looks("play-tenth", play::tenth),
    looks("play-first", |model| play::end(model, false)),
    looks("play-last", |model| play::end(model, true)),
    looks("play-faster", |model| play::speed(model, true)),
    looks("play-slower", |model| play::speed(model, false)),
    looks("play-search", play::search),
    looks("play-next-hit", |model| play::hit(model, true)),
    looks("play-previous-hit", |model| play::hit(model, false)),
    looks("play-command", play::command),
    looks("play-history", history::open),
    looks("play-export", play::export),
    looks("play-verify", play::verify),
    looks("play-down", |model| moving::by_rows(model, 1)),
    looks("play-up", |model| moving::by_rows(model, -1)),
    looks("play-screen-down", |model| moving::by_screen(model, 1, 1)),
    looks("play-screen-up", |model| moving::by_screen(model, -1, 1)),
    looks("play-fold", moving::fold),
    looks("play-layout", moving::layout),
    looks("play-inspect", |model| panel(model, Mode::Inspect(0))),
    looks("play-help", |model| panel(model, Mode::Help(0))),
    looks("play-redraw", |_| vec![Effect::Redraw]),
    looks("play-suspend", |_| vec![Effect::Suspend]),
    looks("play-quit", |_| vec![Effect::Quit]),
];

fn panel(model: &mut Model, mode: Mode) -> Vec<Effect> {
    model.enter(mode);
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keymap::Keymap;
    use crate::ui::start;

    #[test]
    fn keymap_and_actions_name_the_same() {
        let keymap = Keymap::standard();
        let named: Vec<&str> = keymap.actions().iter().map(|action| action.name.as_str()).collect();
        // The start screen is no part of this model.
        let start = start::ACTIONS.iter().map(|(name, _)| *name);
        let done: Vec<&str> = ACTIONS.iter().map(|action| action.name).chain(start).collect();
        assert_eq!(named, done);
    }
}
