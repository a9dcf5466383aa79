//! The command line: `:76`, `:p3`, `:#41`, `:w FILE`, `:accept kind=name page=2`, `:q`.

use crate::collate::fix::{FixId, Kind};
use crate::review::command::{Command, Decide, Reach};
use crate::review::counts::State;
use crate::review::event::{Scope, Verdict};
use crate::text::visible::quoted;
use crate::ui::mode::{Asks, Mode, Prompt, Stands};
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::update::{ask, mouse, moving, verbs};

/// Holds a command: its names, what it does with the words after it.
struct Entry {
    names: &'static [&'static str],
    run: fn(&mut Model, &str) -> Vec<Effect>,
}

const COMMANDS: &[Entry] = &[
    Entry { names: &["accept"], run: |model, words| bulk(model, Verdict::Accept, words) },
    Entry { names: &["reject"], run: |model, words| bulk(model, Verdict::Reject, words) },
    Entry { names: &["reopen"], run: |model, words| bulk(model, Verdict::Reopen, words) },
    Entry { names: &["w", "write", "export"], run: |model, words| write(model, words, false) },
    Entry { names: &["w!", "write!", "export!"], run: |model, words| write(model, words, true) },
    Entry { names: &["sign"], run: |model, _| ask::sign(model) },
    Entry { names: &["undo"], run: |model, _| verbs::command(model, &Command::Undo) },
    Entry { names: &["redo"], run: |model, _| verbs::command(model, &Command::Redo) },
    Entry { names: &["mouse"], run: |model, _| mouse::toggle(model) },
    Entry { names: &["help"], run: |model, _| help(model) },
    Entry { names: &["q", "quit", "q!", "wq", "x"], run: |model, _| verbs::quit(model) },
];

/// Carries out a command that was typed.
pub(crate) fn run(model: &mut Model, text: &str) -> Vec<Effect> {
    let text = text.trim().trim_start_matches(':');
    if text.is_empty() {
        return Vec::new();
    }
    if let Ok(line) = text.parse() {
        return to_line(model, line);
    }
    if let Some(Ok(page)) = text.strip_prefix('p').map(|page| page.trim().parse()) {
        return moving::to_page(model, page);
    }
    if let Some(Ok(record)) = text.strip_prefix('#').map(|record| record.trim().parse()) {
        return to_record(model, record);
    }
    let (name, words) = text.split_once(' ').unwrap_or((text, ""));
    let Some(entry) = COMMANDS.iter().find(|entry| entry.names.contains(&name)) else {
        model.say(format!(
            "no command {}; there are: 76 (line), p3 (page), #41 (record), {}",
            quoted(name),
            COMMANDS.iter().map(|entry| entry.names[0]).collect::<Vec<_>>().join(", ")
        ));
        return Vec::new();
    };
    if is_deciding(name) {
        if let Some(why) = &model.read_only {
            let why = format!("read only: {why}");
            model.warn(why);
            return Vec::new();
        }
        if model.pending.is_some() {
            model.warn("still saving: command dropped");
            return Vec::new();
        }
    }
    (entry.run)(model, words.trim())
}

/// Says whether a command that decides is typed: its Enter counts as a deciding key.
pub(crate) fn is_typed_verb(model: &Model) -> bool {
    let Mode::Prompt(Prompt { asks: Asks::Command, input }) = &model.mode else { return false };
    let text = input.text().trim().trim_start_matches(':');
    is_deciding(text.split(' ').next().unwrap_or_default())
}

/// Says whether a command leads to a record.
fn is_deciding(name: &str) -> bool {
    matches!(name, "accept" | "reject" | "reopen" | "undo" | "redo" | "sign")
}

fn to_line(model: &mut Model, line: usize) -> Vec<Effect> {
    let lines = model.review.base().line_count();
    if line == 0 || line > lines {
        model.say(format!("there is no line {line}: the OCR has {lines}"));
    } else {
        model.go_to_byte(model.review.base().line(line - 1).start);
    }
    Vec::new()
}

fn to_record(model: &mut Model, record: u64) -> Vec<Effect> {
    let ledger = model.review.ledger();
    let place = ledger.act(record).and_then(|act| ledger.places(act).first().copied());
    match place {
        Some(place) => model.go_to_byte(place.start),
        None => model.say(format!("no record {record} that decides, notes or signs")),
    }
    Vec::new()
}

fn help(model: &mut Model) -> Vec<Effect> {
    model.enter(Mode::Help(0));
    Vec::new()
}

/// Writes the text as it stands, open fixes as `pending=` says.
fn write(model: &mut Model, words: &str, force: bool) -> Vec<Effect> {
    let mut stands = None;
    let mut path = Vec::new();
    for word in words.split(' ') {
        match word.strip_prefix("pending=") {
            Some("base") => stands = Some(Stands::Base),
            Some("transcript") => stands = Some(Stands::Transcript),
            Some("mark") => stands = Some(Stands::Mark),
            Some(other) => {
                model.say(format!("pending={other}: it is base, transcript or mark"));
                return Vec::new();
            }
            None => path.push(word),
        }
    }
    let path = path.join(" ");
    if path.is_empty() { ask::export(model) } else { ask::write(model, &path, stands, force) }
}

/// Holds which fixes a bulk command is about.
#[derive(Default)]
struct Wanted {
    kind: Option<Kind>,
    page: Option<usize>,
}

/// Decides all open fixes, of a kind, on a page: named first, with their number.
fn bulk(model: &mut Model, verdict: Verdict, words: &str) -> Vec<Effect> {
    let wanted = match wanted(words) {
        Ok(wanted) => wanted,
        Err(why) => {
            model.say(why);
            return Vec::new();
        }
    };
    let collation = model.review.collation();
    if collation.missing() > 0 {
        model.say(format!("still comparing: {} places to go; try again", collation.missing()));
        return Vec::new();
    }
    let fixes: Vec<FixId> =
        collation.fixes().filter(|&id| fits(model, id, &wanted, verdict)).collect();
    let scope = if wanted.page.is_some() { Scope::Page } else { Scope::All };
    let own = Vec::new();
    let wish = Decide { verdict, scope, fixes, own, reach: Reach::Every, offered: None };
    verbs::command(model, &Command::Decide(wish))
}

fn fits(model: &Model, id: FixId, wanted: &Wanted, verdict: Verdict) -> bool {
    let fix = model.review.collation().fix(id);
    let open = model.review.state(id) == State::Open;
    let page = || model.review.base().page_of(fix.at.start);
    open != (verdict == Verdict::Reopen)
        && wanted.kind.is_none_or(|kind| fix.kind == kind)
        && wanted.page.is_none_or(|wanted| page() == wanted)
}

fn wanted(words: &str) -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    for word in words.split_whitespace() {
        match word.split_once('=') {
            Some(("kind", kind)) => wanted.kind = Some(kind.parse()?),
            Some(("page", page)) => {
                let page =
                    page.parse().map_err(|_| format!("{} is no page number", quoted(page)))?;
                wanted.page = Some(page);
            }
            _ => return Err(format!("{}: write kind=name or page=2", quoted(word))),
        }
    }
    Ok(wanted)
}

/// Completes the last word of a command, where only one continuation begins like it.
#[must_use]
pub(crate) fn complete(text: &str) -> Option<String> {
    let (before, word) = text.rsplit_once(' ').map_or(("", text), |(before, word)| (before, word));
    let names: Vec<String> = if before.is_empty() {
        COMMANDS.iter().map(|entry| format!("{} ", entry.names[0])).collect()
    } else if word.starts_with("kind=") {
        Kind::ALL.iter().map(|kind| format!("kind={kind} ")).collect()
    } else {
        ["kind=", "page=", "pending=base ", "pending=transcript ", "pending=mark "]
            .map(str::to_owned)
            .to_vec()
    };
    let fitting: Vec<&String> = names.iter().filter(|name| name.starts_with(word)).collect();
    let first = fitting.first()?;
    let shared = fitting.iter().fold(first.as_str(), |shared, name| {
        let same = shared.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
        &shared[..same]
    });
    let blank = if before.is_empty() { "" } else { " " };
    (shared.len() > word.len()).then(|| format!("{before}{blank}{shared}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_completed_as_far_as_they_are_one() {
        let cases = [
            ("ac", Some("accept ")),
            ("re", None),
            ("rej", Some("reject ")),
            ("accept k", Some("accept kind=")),
            ("accept kind=na", Some("accept kind=name ")),
            ("accept kind=ex", Some("accept kind=extra-line ")),
            ("zz", None),
        ];
        for (text, complete_) in cases {
            assert_eq!(complete(text).as_deref(), complete_, "{text}");
        }
    }
}
