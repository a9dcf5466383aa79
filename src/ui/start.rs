//! The start screen: recent reviews, what is known of the selected one, what can be begun.

use std::fmt::Write as _;

use crate::text::visible::{Repertoire, quoted};
use crate::ui::input::Input;
use crate::ui::keymap::{Context, Keymap, Meaning};
use crate::ui::msg::{Code, Key};
use crate::ui::theme::Theme;

/// Holds what is listed of a review.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The document's name.
    pub name: String,
    /// What tells it from others of that name; empty where it is the only one.
    pub apart: String,
    /// Where it is, in short.
    pub place: String,
    /// How many fixes are decided.
    pub decided: usize,
    /// How many there are; 0 where that is not known.
    pub total: usize,
    /// When it was open last, or what people should know first.
    pub remark: String,
    /// Whether the remark is a warning.
    pub warns: bool,
    /// What is known of it: a word and a sentence each.
    pub details: Vec<(String, String)>,
}

/// Tells what the shell shall do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Nothing yet.
    Stay,
    /// Go on with this entry.
    Resume(usize),
    /// Open an OCR text and, where there is one, its corrected text.
    Open(String, Option<String>),
    /// Play a log back.
    Play(String),
    /// Open the demo.
    Demo,
    /// Take this entry off the list; its files stay.
    Forget(usize),
    /// Complete the path that is being typed.
    Complete(String),
    /// Leave.
    Quit,
}

/// Tells which path is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// The OCR text.
    Base,
    /// The corrected text to this OCR text.
    Transcript(String),
    /// A log to play back.
    Log,
}

/// Holds the state of the start screen.
#[derive(Debug)]
pub struct Start {
    /// The reviews, the latest first.
    pub entries: Vec<Entry>,
    /// Which of them is selected.
    pub at: usize,
    /// Who reviews.
    pub reviewer: String,
    /// What is asked and what is typed.
    pub prompt: Option<(Asks, Input)>,
    /// Whether the keys are listed.
    pub help: bool,
    /// What is said at the foot.
    pub said: String,
    /// The keys.
    pub keymap: Keymap,
    /// The looks.
    pub theme: Theme,
    /// The letters that the terminal can show.
    pub repertoire: Repertoire,
}

type Act = fn(&mut Start) -> Choice;

/// The actions of the list, in the order of the keymap.
pub const ACTIONS: [(&str, Act); 9] = [
    ("start-go-on", |start| match start.entries.is_empty() {
        true => start.say("there is no review yet: o opens one, d the demo"),
        false => Choice::Resume(start.at),
    }),
    ("start-open", |start| start.ask(Asks::Base)),
    ("start-play", |start| start.ask(Asks::Log)),
    ("start-demo", |_| Choice::Demo),
    ("start-forget", |start| match start.entries.is_empty() {
        true => Choice::Stay,
        false => Choice::Forget(start.at),
    }),
    ("start-down", |start| start.step(1)),
    ("start-up", |start| start.step(-1)),
    ("start-help", |start| {
        start.help = !start.help;
        Choice::Stay
    }),
    ("start-quit", |_| Choice::Quit),
];

type Typing = fn(&mut Input);

/// What the keys of a line of input do.
const TYPING: [(&str, Typing); 12] = [
    ("input-left", Input::left),
    ("input-right", Input::right),
    ("input-word-left", Input::word_left),
    ("input-word-right", Input::word_right),
    ("input-start", Input::start),
    ("input-end", Input::end),
    ("input-rub", Input::rub),
    ("input-delete", Input::delete),
    ("input-rub-word", Input::rub_word),
    ("input-delete-word", Input::delete_word),
    ("input-cut-start", Input::cut_start),
    ("input-cut-end", Input::cut_end),
];

impl Entry {
    /// Returns its name with what tells it from others of that name.
    #[must_use]
    pub fn full_name(&self) -> String {
        let Self { name, apart, .. } = self;
        if apart.is_empty() { name.clone() } else { format!("{name} ({apart})") }
    }
}

impl Start {
    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Choice {
        if self.prompt.is_some() {
            return self.type_key(key);
        }
        self.said.clear();
        let found = match self.keymap.meaning(&[Context::Start], &[key]) {
            Meaning::Action(name) => ACTIONS.iter().find(|(known, _)| *known == name),
            Meaning::Begun | Meaning::Nothing => None,
        };
        if std::mem::take(&mut self.help) {
            // The list of keys leaves at any key.
            return Choice::Stay;
        }
        match found {
            Some((_, act)) => act(self),
            None => {
                let help = self.keymap.key("start-help");
                self.say(format!("no such key; {help} shows the keys"))
            }
        }
    }

    /// Puts a pasted path into the line of input.
    pub fn paste(&mut self, text: &str) {
        if let Some((_, input)) = &mut self.prompt {
            input.insert(text.trim_end_matches('\n').lines().next().unwrap_or_default());
        }
    }

    /// Takes in the paths that go on as what is typed; it is completed as far as they are one.
    pub fn completed(&mut self, found: &[String]) {
        let Some((_, input)) = &mut self.prompt else { return };
        let Some(first) = found.first() else {
            self.said = "no file begins so".to_owned();
            return;
        };
        let shared = found.iter().fold(first.as_str(), |shared, path| {
            let same = shared.char_indices().zip(path.chars());
            let end = same.take_while(|((_, a), b)| a == b).last();
            &shared[..end.map_or(0, |((at, letter), _)| at + letter.len_utf8())]
        });
        input.replace(0, input.text().len(), shared);
        self.said = match found.len() {
            1 => String::new(),
            count => {
                let mut said = format!("{count}: ");
                for path in found.iter().take(12) {
                    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
                    write!(said, "{name}  ").expect("a string takes all");
                }
                said
            }
        };
    }

    /// Takes an entry off the list.
    pub fn forget(&mut self, at: usize) {
        let entry = self.entries.remove(at);
        self.at = self.at.min(self.entries.len().saturating_sub(1));
        self.said = format!("{} is off the list; its files are as they were", entry.full_name());
    }

    fn say(&mut self, text: impl Into<String>) -> Choice {
        self.said = text.into();
        Choice::Stay
    }

    fn ask(&mut self, asks: Asks) -> Choice {
        self.prompt = Some((asks, Input::default()));
        Choice::Stay
    }

    /// Asks again for a path that leads nowhere.
    pub fn ask_again(&mut self, asks: Asks, path: String) {
        self.said = format!("{} does not exist", quoted(&path));
        self.prompt = Some((asks, Input::new(path)));
    }

    fn step(&mut self, by: isize) -> Choice {
        if self.entries.is_empty() {
            return Choice::Stay;
        }
        self.at = self.at.saturating_add_signed(by).min(self.entries.len() - 1);
        Choice::Stay
    }

    fn type_key(&mut self, key: Key) -> Choice {
        let contexts = [Context::Prompt, Context::Input];
        let action = match self.keymap.meaning(&contexts, &[key]) {
            Meaning::Action(name) => name.to_owned(),
            Meaning::Begun | Meaning::Nothing => String::new(),
        };
        let Some((_, input)) = &mut self.prompt else { return Choice::Stay };
        match action.as_str() {
            "prompt-keep" => return self.keep(),
            "prompt-leave" => self.prompt = None,
            "prompt-next" | "prompt-previous" => return Choice::Complete(input.text().to_owned()),
            "" => {
                if let (Code::Char(letter), false, false) = (key.code, key.ctrl, key.alt) {
                    input.insert(letter.encode_utf8(&mut [0; 4]));
                }
            }
            name => {
                if let Some((_, act)) = TYPING.iter().find(|(known, _)| *known == name) {
                    act(input);
                }
            }
        }
        self.said.clear();
        Choice::Stay
    }

    fn keep(&mut self) -> Choice {
        let Some((asks, input)) = self.prompt.take() else { return Choice::Stay };
        let path = input.text().trim().to_owned();
        self.said.clear();
        match asks {
            Asks::Transcript(base) => Choice::Open(base, (!path.is_empty()).then_some(path)),
            _ if path.is_empty() => self.say("no file was named"),
            Asks::Base => self.ask(Asks::Transcript(path)),
            Asks::Log => Choice::Play(path),
        }
    }
}

/// Writes the list for those who have no screen.
#[must_use]
pub fn listed(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let Entry { place, decided, total, remark, .. } = entry;
        let name = entry.full_name();
        writeln!(text, "{name}\t{decided} of {total}\t{remark}\t{place}").expect("takes all");
    }
    text
}
