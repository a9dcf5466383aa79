//! The player's keys: to which record, and how it goes on by itself. Nothing here decides.

use crate::log::record::Record;
use crate::review::event::Event;
use crate::ui::keymap::Context;
use crate::ui::mode::{Asks, Mode, Stands};
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::Effect;
use crate::ui::player::GREATEST_SPEED;
use crate::ui::telling;
use crate::ui::update::ask;
use crate::ui::update::hits::found_in;

/// How wide records are told when they are searched: nothing of them is left out.
const ALL: usize = 1 << 20;

impl Model {
    /// Returns how many rows the foot wants: in a replay as many as the screen has room for, else
    /// enough for what is said in `said` lines.
    pub(crate) fn foot_rows(&self, said: usize) -> u16 {
        match &self.mode {
            Mode::Review | Mode::Prompt(_) if self.player.is_some() => match self.size.1 {
                0..=7 => 2,
                8..=11 => 3,
                12..=16 => 5,
                17..=20 => 6,
                _ => 8,
            },
            mode => mode.foot_rows(self.size.0).max(said.min(6) as u16 + 1),
        }
    }

    /// Returns where a key is looked up, first to last.
    pub(crate) fn contexts(&self) -> &'static [Context] {
        match &self.mode {
            Mode::Review if self.player.is_some() => &[Context::Player],
            mode => mode.contexts(),
        }
    }

    /// Shows the record at `index` and goes to its place.
    pub(crate) fn show_record(&mut self, index: usize) {
        let Some(player) = &mut self.player else { return };
        player.arrive(index, &self.chronicle, &mut self.review);
        self.turn_text();
        self.arrive();
    }

    /// Looks at the record that is shown, which changes other rows than the one before.
    pub(crate) fn arrive(&mut self) {
        self.generation += 1;
        self.layouts.clear();
        self.unfolded.clear();
        self.go_to_record();
    }

    /// Goes to the first place of the record that is shown; where it has none, stays.
    pub(crate) fn go_to_record(&mut self) {
        let Some(player) = &self.player else { return };
        let place = player.places.first().copied();
        let shown = self.chronicle.records().get(player.at);
        let signed = shown.and_then(|record| match record.event() {
            Some(Event::SignedOff(signed)) => Some(signed.at.clone()),
            _ => None,
        });
        if let Some(place) = place {
            self.go_to_byte(place.start);
            // A line that only one side has, or the end of a line, lies in the row of its fix.
            if let Some(id) = self.review.fixes_over(place).next() {
                self.cursor.row = Some(self.review.collation().row_of(id));
            }
        } else if let Some(at) = signed.filter(|at| !at.contains(&self.place())) {
            self.go_to_byte(at.start);
        }
        self.cursor.narrow = Narrow::Line;
    }

    /// Returns the record of the log that is shown; none where no log is replayed.
    #[must_use]
    pub fn replayed(&self) -> Option<&Record> {
        self.chronicle.records().get(self.player.as_ref()?.at)
    }
}

/// Goes to another record by its place in the log; playing goes on from there.
fn go(model: &mut Model, index: usize) -> Vec<Effect> {
    model.show_record(index);
    wake(model)
}

/// Asks to be told when the record shown has been shown long enough.
pub(crate) fn wake(model: &Model) -> Vec<Effect> {
    let Some(player) = model.player.as_ref().filter(|player| player.playing) else {
        return Vec::new();
    };
    vec![Effect::Wake(Some(player.pause(&model.chronicle)))]
}

/// Stops playing.
pub(crate) fn rest(model: &mut Model) -> Vec<Effect> {
    match &mut model.player {
        Some(player) if player.playing => {
            player.playing = false;
            vec![Effect::Wake(None)]
        }
        _ => Vec::new(),
    }
}

/// Shows the next record, if it plays; at the end, or behind a panel, it rests.
pub(crate) fn tick(model: &mut Model) -> Vec<Effect> {
    let last = model.chronicle.records().len().saturating_sub(1);
    let Some(player) = model.player.as_ref().filter(|player| player.playing) else {
        return Vec::new();
    };
    if model.mode != Mode::Review || player.at >= last {
        return rest(model);
    }
    if player.texts.unknown() {
        // It has not been shown yet: it goes on once it is.
        return Vec::new();
    }
    let next = player.at + 1;
    let effects = go(model, next);
    if next < last { effects } else { rest(model) }
}

/// Plays on from the record shown, from the first one at the end; or rests.
pub(crate) fn play(model: &mut Model) -> Vec<Effect> {
    let last = model.chronicle.records().len().saturating_sub(1);
    let Some(player) = &mut model.player else { return Vec::new() };
    if player.playing {
        return rest(model);
    }
    player.playing = last > 0;
    match player.at {
        at if at >= last => go(model, 0),
        _ => wake(model),
    }
}

/// Goes on or back by records.
pub(crate) fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let last = model.chronicle.records().len().saturating_sub(1);
    let Some(player) = &model.player else { return Vec::new() };
    let to = player.at.saturating_add_signed(by).min(last);
    if to == player.at {
        model.say(if by > 0 { "this is the last record" } else { "this is the first record" });
        return Vec::new();
    }
    go(model, to)
}

/// To the first or last record.
pub(crate) fn end(model: &mut Model, last: bool) -> Vec<Effect> {
    let to = if last { model.chronicle.records().len().saturating_sub(1) } else { 0 };
    go(model, to)
}

/// To the next or previous landmark.
pub(crate) fn landmark(model: &mut Model, forward: bool) -> Vec<Effect> {
    let Some(player) = &model.player else { return Vec::new() };
    let is_one = |index: &usize| player.landmarks[*index].is_some();
    let found = match forward {
        true => (player.at + 1..player.landmarks.len()).find(is_one),
        false => (0..player.at.min(player.landmarks.len())).rev().find(is_one),
    };
    match found {
        Some(index) => go(model, index),
        None => {
            model.say(if forward { "no mark after this" } else { "no mark before this" });
            Vec::new()
        }
    }
}

/// To as many tenths of the log as the key's place among the action's keys.
pub(crate) fn tenth(model: &mut Model) -> Vec<Effect> {
    let Some(pressed) = model.player.as_ref().and_then(|player| player.pressed) else {
        return Vec::new();
    };
    let tenth = model.keymap.place_of("play-tenth", pressed).unwrap_or(0).min(10);
    let last = model.chronicle.records().len().saturating_sub(1);
    go(model, last * tenth / 10)
}

/// Doubles or halves the speed.
pub(crate) fn speed(model: &mut Model, faster: bool) -> Vec<Effect> {
    let Some(player) = &mut model.player else { return Vec::new() };
    let speed = if faster { player.speed * 2 } else { player.speed / 2 };
    player.speed = speed.clamp(1, GREATEST_SPEED);
    let said = format!("speed {}x", player.speed);
    model.say(said);
    wake(model)
}

/// Asks for a command: a record to go to, a file to write.
pub(crate) fn command(model: &mut Model) -> Vec<Effect> {
    let effects = rest(model);
    let _ = ask::command(model);
    effects
}

/// Carries out a command that was typed.
pub(crate) fn run(model: &mut Model, text: &str) -> Vec<Effect> {
    let text = text.trim().trim_start_matches(':');
    let (name, words) = text.split_once(' ').unwrap_or((text, ""));
    if let Ok(seq) = text.trim_start_matches('#').trim().parse() {
        return to_record(model, seq);
    }
    match name {
        "" => Vec::new(),
        "w" | "write" | "export" if words.is_empty() => export(model),
        "w" | "write" | "export" => ask::write(model, words, Some(Stands::Base), false),
        "w!" | "write!" | "export!" => ask::write(model, words, Some(Stands::Base), true),
        "verify" => verify(model),
        "help" => {
            model.enter(Mode::Help(0));
            Vec::new()
        }
        "q" | "quit" | "q!" => vec![Effect::Quit],
        _ => {
            model.say(format!("no command {name:?}; there are: #41 (record), w FILE, verify, q"));
            Vec::new()
        }
    }
}

fn to_record(model: &mut Model, seq: u64) -> Vec<Effect> {
    let last = model.chronicle.records().last().map_or(0, |record| record.seq);
    if seq > last {
        model.say(format!("there is no record {seq}: the last one is {last}"));
        return Vec::new();
    }
    let index = model.chronicle.find(seq);
    go(model, index)
}

/// Asks what to search the records for.
pub(crate) fn search(model: &mut Model) -> Vec<Effect> {
    let effects = rest(model);
    let _ = ask::search(model);
    effects
}

/// Starts a search in the records' words and goes to the first hit after the record shown.
pub(crate) fn begin_search(model: &mut Model, wanted: String) -> Vec<Effect> {
    let Some(player) = &mut model.player else { return Vec::new() };
    player.wanted = Some(wanted).filter(|wanted| !wanted.is_empty());
    if player.wanted.is_none() { Vec::new() } else { hit(model, true) }
}

/// To the next or previous hit of the search, round the ends.
pub(crate) fn hit(model: &mut Model, forward: bool) -> Vec<Effect> {
    let Some(player) = &model.player else { return Vec::new() };
    let Some(wanted) = player.wanted.clone() else {
        let key = model.keymap.key("play-search");
        model.say(format!("nothing is searched for; {key} searches"));
        return Vec::new();
    };
    let (at, count) = (player.at, model.chronicle.records().len());
    let found = (1..=count).find_map(|distance| {
        let index = if forward { at + distance } else { at + count - distance } % count;
        is_hit(model, index, &wanted).then_some((index, distance))
    });
    let Some((index, _)) = found else {
        model.say(format!("no record has {wanted:?}"));
        return Vec::new();
    };
    let round = if forward { index <= at } else { index >= at };
    let effects = go(model, index);
    model.say(match (round, forward) {
        (false, _) => format!("found {wanted:?}"),
        (true, true) => format!("found {wanted:?}, on from the first record"),
        (true, false) => format!("found {wanted:?}, on from the last record"),
    });
    effects
}

/// Says whether a record has what is searched for: in its words, its readings or who wrote it.
fn is_hit(model: &Model, index: usize, wanted: &str) -> bool {
    let Some(record) = model.chronicle.records().get(index) else { return false };
    let has = |text: &str| !found_in(text, wanted).is_empty();
    if let Some(decided) = record.event().and_then(Event::decision) {
        let readings = decided.sites.iter().flat_map(|site| {
            [Some(&site.base), site.proposed.as_ref(), site.reading.as_ref()].into_iter().flatten()
        });
        if readings.into_iter().any(|reading| has(reading)) {
            return true;
        }
    }
    has(&telling::record(record, &model.chronicle, ALL))
        || has(model.chronicle.reviewer(index))
        || has(&record.time)
}

/// Asks where to write the text to as it stands at the record shown.
pub(crate) fn export(model: &mut Model) -> Vec<Effect> {
    let mut effects = rest(model);
    let seq = model.replayed().map_or(0, |record| record.seq);
    effects.extend(ask::export(model));
    if let Mode::Prompt(prompt) = &mut model.mode {
        let stem = model.base_name.rsplit_once('.').map_or(&*model.base_name, |(stem, _)| stem);
        prompt.input = crate::ui::input::Input::new(format!("{stem}.at-{seq}.txt"));
        prompt.asks = Asks::Export(Some(Stands::Base));
    }
    effects
}

/// Has the whole log verified.
pub(crate) fn verify(model: &mut Model) -> Vec<Effect> {
    let mut effects = rest(model);
    if let Some(player) = model.player.as_mut().filter(|player| !player.verifying) {
        player.verifying = true;
        model.say("verifying …");
        effects.push(Effect::Verify);
    }
    effects
}

/// Shows what the check found.
pub(crate) fn verified(model: &mut Model, report: String) -> Vec<Effect> {
    if let Some(player) = &mut model.player {
        player.verifying = false;
        model.message = None;
        let lines = report.lines().map(str::to_owned).collect();
        model.enter(Mode::Report { lines, top: 0 });
    }
    Vec::new()
}
