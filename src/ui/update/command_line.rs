//! The command line: `:76`, `:p3`, `:#41`, `:w FILE`, `:accept kind=name page=2..4`, `:q`.

use crate::collate::fix::{FixId, Kind};
use crate::propose::suspect::Reason;
use crate::review::command::{Command, Decide, Reach};
use crate::review::event::{Place, Scope, Verdict};
use crate::text::visible::quoted;
use crate::ui::mode::{Mode, Stands, Then};
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::update::{ask, filter, mouse, moving, suspects, travel, verbs, wait};
use crate::ui::wanted::{FIELDS, SUSPECT, Stand, Wanted};

/// Holds a command: its names, what it does with the words after it, what these may be.
struct Entry {
    names: &'static [&'static str],
    does: Does,
}

/// Tells what a command does.
#[derive(Clone, Copy)]
enum Does {
    /// A verdict on all fixes that fit the words.
    Decide(Verdict),
    /// Undo or redo.
    Record(fn() -> Command),
    /// It asks for what is recorded then.
    Ask(fn(&mut Model) -> Vec<Effect>),
    /// Nothing that is recorded.
    Look(fn(&mut Model, &str) -> Vec<Effect>),
}

const COMMANDS: &[Entry] = &[
    Entry { names: &["accept"], does: Does::Decide(Verdict::Accept) },
    Entry { names: &["reject"], does: Does::Decide(Verdict::Reject) },
    Entry { names: &["reopen"], does: Does::Decide(Verdict::Reopen) },
    Entry { names: &["filter"], does: Does::Look(show_only) },
    Entry {
        names: &["w", "write", "export"],
        does: Does::Look(|model, words| write(model, words, false)),
    },
    Entry {
        names: &["w!", "write!", "export!"],
        does: Does::Look(|model, words| write(model, words, true)),
    },
    Entry { names: &["pages"], does: Does::Look(|model, _| travel::pages(model)) },
    Entry { names: &["sign"], does: Does::Ask(ask::sign) },
    Entry { names: &["undo"], does: Does::Record(|| Command::Undo) },
    Entry { names: &["redo"], does: Does::Record(|| Command::Redo) },
    Entry { names: &["mouse"], does: Does::Look(|model, _| mouse::toggle(model)) },
    Entry { names: &["help"], does: Does::Look(|model, _| help(model)) },
    Entry {
        names: &["q", "quit", "q!", "wq", "x"],
        does: Does::Look(|model, _| verbs::quit(model)),
    },
];

/// What may be typed beside the names of commands.
const PLACES: &str = "76 (line), p3 (page), #41 (record)";

/// Finds the command that a text begins with, and the words after its name.
fn entry(text: &str) -> Option<(&'static Entry, &str)> {
    let text = bare(text);
    let (name, words) = text.split_once(' ').unwrap_or((text, ""));
    let entry = COMMANDS.iter().find(|entry| entry.names.contains(&name))?;
    Some((entry, words.trim()))
}

fn bare(text: &str) -> &str {
    text.trim().trim_start_matches(':')
}

/// Says whether Enter after this text leads to a record: it counts only if what it would decide
/// was on the screen.
#[must_use]
pub fn decides(text: &str) -> bool {
    entry(text).is_some_and(|(entry, _)| matches!(entry.does, Does::Decide(_) | Does::Record(_)))
}

/// Carries out a command that was typed.
pub(crate) fn run(model: &mut Model, text: &str) -> Vec<Effect> {
    let text = bare(text);
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
    let Some((entry, words)) = entry(text) else {
        let names: Vec<&str> = COMMANDS.iter().map(|entry| entry.names[0]).collect();
        let name = text.split(' ').next().unwrap_or_default();
        let name = quoted(name);
        model.say(format!("no command {name}; there are: {PLACES}, {}", names.join(", ")));
        return Vec::new();
    };
    if !matches!(entry.does, Does::Look(_)) {
        if let Some(why) = &model.read_only {
            let why = format!("read only: {why}");
            model.warn(why);
            return Vec::new();
        }
        if verbs::is_saving(model, "command dropped") {
            return Vec::new();
        }
    }
    match entry.does {
        Does::Look(run) => run(model, words),
        Does::Ask(run) => run(model),
        Does::Record(command) => verbs::command(model, &command()),
        Does::Decide(verdict) => {
            let then = Then::Command(text.to_owned());
            if let Some(effects) = wait::for_all(model, then) {
                return effects;
            }
            match selected(model, verdict, words) {
                Ok(command) => verbs::shown_command(model, &command),
                Err(why) => {
                    model.say(why);
                    Vec::new()
                }
            }
        }
    }
}

/// Carries out a command that had to wait: what it would decide was not counted yet, so it asks.
pub(crate) fn run_waited(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some((Entry { does: Does::Decide(verdict), .. }, words)) = entry(text) else {
        return Vec::new();
    };
    match selected(model, *verdict, words) {
        Ok(command) => verbs::command(model, &command),
        Err(why) => {
            model.say(why);
            Vec::new()
        }
    }
}

/// Makes the wish of a verdict on all that fits some words: what is open, or, to be reopened, what
/// is decided, unless the words name a state.
fn selected(model: &Model, verdict: Verdict, words: &str) -> Result<Command, String> {
    let review = &model.review;
    let mut wanted = Wanted::parse(words, review)?;
    suspects::known_for(model, &wanted)?;
    let all = wanted.is_all();
    if wanted.stands.is_empty() {
        let stand = if verdict == Verdict::Reopen { Stand::Decided } else { Stand::Open };
        wanted.stands.push(stand);
    }
    // Without a word all is taken, the line ends of a reflow too.
    let taken = Wanted {
        kinds: if all { Kind::ALL.to_vec() } else { wanted.kinds.clone() },
        ..wanted.clone()
    };
    let suspects = model.suspects.as_ref();
    let taken = taken.within(review, suspects);
    let fixes = review.fixes_of(taken.blocks());
    let fixes = fixes.filter(|&(id, fix, state)| taken.fits(id, fix, state));
    let fixes: Vec<FixId> = fixes.map(|(id, ..)| id).collect();
    let listed = wanted.parts_lines();
    let base = review.base();
    let own = match verdict {
        Verdict::Reopen if !listed => {
            let span = wanted.span(base);
            let here = |place: &Place| span.contains(&place.start);
            review.own_in(0..base.len()).filter(here).collect()
        }
        _ => Vec::new(),
    };
    if fixes.is_empty() && own.is_empty() {
        return Err(format!("nothing fits: {}", wanted.in_words()));
    }
    let scope = match (&wanted.pages, &wanted.lines) {
        _ if listed => Scope::Alike,
        (Some(pages), None) if pages.start() == pages.end() => Scope::Page,
        (None, Some(lines)) if lines.start() == lines.end() => Scope::Line,
        (None, Some(_)) => Scope::Range,
        _ => Scope::All,
    };
    let offered = listed.then_some(fixes.len() as u64);
    Ok(Command::Decide(Decide { verdict, scope, fixes, own, reach: Reach::Every, offered }))
}

/// Says what Enter would do with the text as typed so far, or what is wrong with it, or what may
/// come next.
#[must_use]
pub fn preview(model: &Model, text: &str) -> String {
    let typed = bare(text);
    let name_only = !text.trim_start().contains(' ');
    match entry(text) {
        Some((Entry { does: Does::Decide(verdict), .. }, words))
            if !name_only || words.is_empty() =>
        {
            decision_in_words(model, *verdict, words, text)
        }
        Some((Entry { names: ["filter", ..], .. }, words)) if !name_only => {
            match Wanted::parse(words, &model.review) {
                Ok(wanted) if wanted.is_all() => unfinished(text).unwrap_or_default(),
                Ok(wanted) => filter_in_words(model, wanted),
                Err(why) => unfinished(text).unwrap_or(why),
            }
        }
        Some(_) => String::new(),
        None if typed.is_empty() => {
            "76 a line, p3 a page, #41 a record, accept kind=…, w FILE, q".to_owned()
        }
        None => unfinished(text).unwrap_or_default(),
    }
}

fn decision_in_words(model: &Model, verdict: Verdict, words: &str, text: &str) -> String {
    let command = match selected(model, verdict, words) {
        Ok(command) => command,
        Err(why) => return unfinished(text).unwrap_or(why),
    };
    let Command::Decide(wish) = &command else { return String::new() };
    let count = wish.fixes.len() + wish.own.len();
    let more = if model.review.collation().missing() > 0 { "+" } else { "" };
    let places = if count == 1 { "place" } else { "places" };
    let narrowed = Wanted::parse(words, &model.review).map(|it| it.in_words()).unwrap_or_default();
    let narrowed = if narrowed.is_empty() { "the whole document".to_owned() } else { narrowed };
    format!("Enter: {verdict} {count}{more} {places}: {narrowed}")
}

fn filter_in_words(model: &Model, wanted: Wanted) -> String {
    let filter = match filter::filtered(model, wanted, 0) {
        Ok(filter) => filter,
        Err(why) => return why,
    };
    let more = if model.review.collation().missing() > 0 { "+" } else { "" };
    let lines = if filter.count() == 1 { "line" } else { "lines" };
    format!("Enter: show only {}{more} {lines}: {}", filter.count(), filter.wanted.in_words())
}

/// Lists what the last word may become, while it is none yet.
fn unfinished(text: &str) -> Option<String> {
    let (word, names) = candidates(text);
    let fitting: Vec<&str> =
        names.iter().filter(|name| name.starts_with(word)).map(|name| name.trim_end()).collect();
    let shown = fitting.iter().map(|name| {
        name.split_once('=').map_or(*name, |(field, value)| {
            let value = value.rsplit(',').next().unwrap_or_default();
            if word.contains('=') { value } else { &name[..=field.len()] }
        })
    });
    let shown: Vec<&str> = shown.collect();
    (!shown.is_empty() && !fitting.contains(&word)).then(|| shown.join(" "))
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

fn show_only(model: &mut Model, words: &str) -> Vec<Effect> {
    match Wanted::parse(words, &model.review) {
        Ok(wanted) if wanted.is_all() => return moving::show_all(model),
        Ok(wanted) => filter::apply(model, wanted, 1),
        Err(why) => model.say(why),
    }
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

/// Returns the last word of a text and what it may become, with what follows it.
fn candidates(text: &str) -> (&str, Vec<String>) {
    let (before, word) = text.rsplit_once(' ').map_or(("", text), |(before, word)| (before, word));
    if before.trim().is_empty() {
        return (word, COMMANDS.iter().map(|entry| format!("{} ", entry.names[0])).collect());
    }
    let Some((entry, _)) = entry(text) else { return (word, Vec::new()) };
    let list = |words: &[&str]| -> Vec<String> {
        // Of several with commas between, the last one is still being typed.
        let typed = word.rfind([',', '=']).map_or("", |at| &word[..=at]);
        words.iter().map(|word| format!("{typed}{word} ")).collect()
    };
    let filters = entry.names == ["filter"];
    let field = word.split_once('=').map(|(field, _)| field);
    let names = match field {
        _ if ["w", "w!"].contains(&entry.names[0]) => match field {
            Some("pending") => list(&["base", "transcript", "mark"]),
            _ => vec!["pending=".to_owned()],
        },
        _ if !filters && !matches!(entry.does, Does::Decide(_)) => Vec::new(),
        Some("kind") => list(&Kind::ALL.map(Kind::name)),
        Some("state") => list(&Stand::ALL.map(|(_, word)| word)),
        Some(SUSPECT) => list(&Reason::ALL.map(|(_, name, _)| name)),
        Some(_) => Vec::new(),
        None => {
            let mut names: Vec<String> = FIELDS.map(str::to_owned).to_vec();
            if filters {
                names.extend(list(&Stand::ALL.map(|(_, word)| word)));
                names.extend(list(&[SUSPECT]));
            }
            names
        }
    };
    (word, names)
}

/// Completes the last word of a command as far as all continuations agree.
#[must_use]
pub fn complete(text: &str) -> Option<String> {
    let (word, names) = candidates(text);
    let fitting: Vec<&String> = names.iter().filter(|name| name.starts_with(word)).collect();
    let first = fitting.first()?;
    let shared = fitting.iter().fold(first.as_str(), |shared, name| {
        let same = shared.bytes().zip(name.bytes()).take_while(|(one, other)| one == other).count();
        &shared[..same]
    });
    let before = &text[..text.len() - word.len()];
    (shared.len() > word.len()).then(|| format!("{before}{shared}"))
}

/// Returns a command in all ways in which its last word can go on, no blank after it.
#[must_use]
pub fn continuations(text: &str) -> Vec<String> {
    let (word, names) = candidates(text);
    let before = &text[..text.len() - word.len()];
    let fitting = names.iter().filter(|name| name.starts_with(word));
    fitting.map(|name| format!("{before}{}", name.trim_end())).collect()
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
            ("reject kind=name st", Some("reject kind=name state=")),
            ("reject kind=name,wo", Some("reject kind=name,word ")),
            ("filter suspect=d", Some("filter suspect=digit-in-word ")),
            ("reject state=rej", Some("reject state=rejected ")),
            ("filter su", Some("filter suspect")),
            ("filter do", Some("filter doubtful ")),
            ("w out.txt p", Some("w out.txt pending=")),
            ("w out.txt pending=m", Some("w out.txt pending=mark ")),
            ("zz", None),
        ];
        for (text, complete_) in cases {
            assert_eq!(complete(text).as_deref(), complete_, "{text}");
        }
    }

    #[test]
    fn what_is_not_one_goes_on_in_ways_that_are_commands() {
        assert_eq!(continuations("re"), ["reject", "reopen", "redo"]);
        assert_eq!(
            continuations("accept kind=name,p"),
            ["accept kind=name,page-end", "accept kind=name,punctuation"]
        );
        assert!(continuations("frob x").is_empty());
    }

    #[test]
    fn what_a_word_may_become_is_listed_until_it_is_one() {
        assert_eq!(unfinished("re").as_deref(), Some("reject reopen redo"));
        assert_eq!(unfinished("accept ").as_deref(), Some("kind= page= line= state= suspect="));
        assert_eq!(unfinished("accept kind=e").as_deref(), Some("extra-line encoding"));
        assert_eq!(unfinished("accept kind=name,e").as_deref(), Some("extra-line encoding"));
        assert_eq!(unfinished("accept kind=name"), None);
        assert_eq!(unfinished("frob"), None);
    }
}
