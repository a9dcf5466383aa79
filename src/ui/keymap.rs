//! The keys as one table: `assets/keymap.toml`, patched by a user's file. Help and hints read it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::visible::quoted;
use crate::ui::msg::{Code, Key};
use crate::ui::toml_file::{self, line_of};

/// Tells where a key counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Context {
    /// The two panes.
    Review,
    /// An edit; keys of [`Context::Input`] count there too.
    Edit,
    /// A prompt or the command line; keys of [`Context::Input`] count there too.
    Prompt,
    /// Any line of input.
    Input,
    /// A question that takes Enter.
    Confirm,
    /// A list: of places alike, of pages.
    List,
    /// Help, inspection.
    Panel,
    /// The start screen.
    Start,
    /// The history of a line; keys of [`Context::Panel`] count there too.
    History,
    /// The two panes of a replay.
    Player,
}

/// Holds one action: what it is called, what it does, its keys.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The name, for user files.
    pub name: String,
    /// The keys as written: each a key or several with blanks between.
    pub keys: Vec<String>,
    /// Where they count.
    pub context: Context,
    /// The heading in the help.
    pub group: String,
    /// A word or two for the foot of the screen.
    pub hint: String,
    /// One line for the help.
    pub doc: String,
}

/// Says what is wrong with a table of keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadKeymap {
    /// Not the form of such a file.
    #[error("line {line}: {message}")]
    Form {
        /// The line, from 1.
        line: usize,
        /// What the reader says.
        message: String,
    },
    /// No such action.
    #[error("line {line}: there is no action {}; recto's help (?) lists them", quoted(.name))]
    NoAction {
        /// The line, from 1.
        line: usize,
        /// The name.
        name: String,
    },
    /// No such key.
    #[error(
        "line {line}: {} is no key; write a letter, C-x, M-x, Tab, S-Tab, Enter, Up, F1",
        quoted(.key)
    )]
    NoKey {
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// One key for two actions.
    #[error("line {line}: {key} is bound twice, to {first} and to {second}")]
    Twice {
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The action that has it.
        first: String,
        /// The action that wants it.
        second: String,
    },
    /// No such preset.
    #[error("line {line}: there is no preset {}; the presets are: {known}", quoted(name))]
    NoPreset {
        /// The line, from 1.
        line: usize,
        /// The name.
        name: String,
        /// The names that there are.
        known: String,
    },
}

/// Tells what a sequence of keys means so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// This action.
    Action(&'a str),
    /// The start of a longer sequence.
    Begun,
    /// Nothing.
    Nothing,
}

/// Holds the actions with their keys, parsed.
#[derive(Debug, Clone)]
pub struct Keymap {
    actions: Vec<Action>,
    /// By action, the sequences that mean it.
    bound: Vec<Vec<Vec<Key>>>,
    presets: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

#[derive(Deserialize)]
struct Table {
    action: Vec<Action>,
    #[serde(default)]
    preset: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patch {
    preset: Option<toml::Spanned<String>>,
    #[serde(default)]
    keys: BTreeMap<toml::Spanned<String>, toml::Spanned<Keys>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Keys {
    One(String),
    Several(Vec<String>),
}

/// The table that comes with the program.
const STANDARD: &str = include_str!("../../assets/keymap.toml");

impl Keymap {
    /// Returns the keys that come with the program.
    ///
    /// # Panics
    /// Never: a test reads the table that is built in.
    #[must_use]
    pub fn standard() -> Self {
        let table: Table = toml::from_str(STANDARD).expect("the built-in keymap is tested");
        let bound = vec![Vec::new(); table.action.len()];
        let mut keymap = Self { actions: table.action, bound, presets: table.preset };
        for index in 0..keymap.actions.len() {
            let keys = keymap.actions[index].keys.clone();
            keymap.bind(index, keys, 0).expect("the built-in keymap is tested");
        }
        keymap.check(&BTreeMap::new()).expect("the built-in keymap is tested");
        keymap
    }

    /// Takes a preset by its name, over the keys so far.
    ///
    /// # Errors
    /// [`BadKeymap::NoPreset`].
    pub fn with_preset(self, name: &str) -> Result<Self, BadKeymap> {
        self.preset(name, 1)
    }

    /// Takes a preset that line `line` names.
    fn preset(mut self, name: &str, line: usize) -> Result<Self, BadKeymap> {
        let Some(preset) = self.presets.get(name).cloned() else {
            let known = self.presets.keys().cloned().collect::<Vec<_>>().join(", ");
            return Err(BadKeymap::NoPreset { line, name: name.to_owned(), known });
        };
        for (action, keys) in preset {
            let index = self.index(&action, 0)?;
            self.bind(index, keys, 0)?;
        }
        self.check(&BTreeMap::new())?;
        Ok(self)
    }

    /// Takes a user's file over the keys so far: an optional `preset`, then `[keys]`.
    ///
    /// # Errors
    /// Anything in the file that does not fit is a [`BadKeymap`] that names its line.
    pub fn with_patch(mut self, file: &str) -> Result<Self, BadKeymap> {
        let line = |at| line_of(file, at);
        let patch: Patch =
            toml_file::read(file).map_err(|(line, message)| BadKeymap::Form { line, message })?;
        if let Some(name) = patch.preset {
            self = self.preset(name.get_ref(), line(name.span().start))?;
        }
        let mut lines = BTreeMap::new();
        for (name, keys) in patch.keys {
            let line = line(name.span().start);
            let index = self.index(name.get_ref(), line)?;
            let keys = match keys.into_inner() {
                Keys::One(key) => vec![key],
                Keys::Several(keys) => keys,
            };
            self.bind(index, keys, line)?;
            lines.insert(index, line);
        }
        self.check(&lines)?;
        Ok(self)
    }

    /// Returns the actions, in the order of the help.
    #[must_use]
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// Returns the first key of an action as people write it, or nothing if it has none.
    #[must_use]
    pub fn key(&self, action: &str) -> String {
        let index = self.actions.iter().position(|entry| entry.name == action);
        let keys = index.and_then(|index| self.bound[index].first());
        keys.map_or_else(String::new, |keys| shown(keys))
    }

    /// Returns all keys of an action as people write them.
    #[must_use]
    pub fn keys(&self, action: &str) -> Vec<String> {
        let index = self.actions.iter().position(|entry| entry.name == action);
        index.map_or_else(Vec::new, |index| {
            self.bound[index].iter().map(|keys| shown(keys)).collect()
        })
    }

    /// Returns the place of a key among those of an action.
    #[must_use]
    pub fn place_of(&self, action: &str, key: Key) -> Option<usize> {
        let index = self.actions.iter().position(|entry| entry.name == action)?;
        self.bound[index].iter().position(|keys| keys.as_slice() == [key])
    }

    /// Returns the word for the foot of the screen.
    #[must_use]
    pub fn hint(&self, action: &str) -> &str {
        let entry = self.actions.iter().find(|entry| entry.name == action);
        entry.map_or("", |entry| &entry.hint)
    }

    /// Tells what `pressed` means in the first of `contexts` that knows it.
    #[must_use]
    pub fn meaning(&self, contexts: &[Context], pressed: &[Key]) -> Meaning<'_> {
        let mut begun = false;
        for &context in contexts {
            for (action, bound) in self.actions.iter().zip(&self.bound) {
                if action.context != context {
                    continue;
                }
                if bound.iter().any(|keys| keys == pressed) {
                    return Meaning::Action(&action.name);
                }
                begun |= bound.iter().any(|keys| keys.starts_with(pressed));
            }
        }
        if begun { Meaning::Begun } else { Meaning::Nothing }
    }

    fn index(&self, name: &str, line: usize) -> Result<usize, BadKeymap> {
        let index = self.actions.iter().position(|action| action.name == name);
        index.ok_or_else(|| BadKeymap::NoAction { line, name: name.to_owned() })
    }

    fn bind(&mut self, index: usize, keys: Vec<String>, line: usize) -> Result<(), BadKeymap> {
        let mut bound = Vec::with_capacity(keys.len());
        for key in &keys {
            let sequence: Option<Vec<Key>> = key.split(' ').map(read).collect();
            match sequence {
                Some(sequence) => bound.push(sequence),
                None => return Err(BadKeymap::NoKey { line, key: key.clone() }),
            }
        }
        self.actions[index].keys = keys;
        self.bound[index] = bound;
        Ok(())
    }

    /// Looks for a key that two actions of one context have, or that begins another's sequence.
    fn check(&self, lines: &BTreeMap<usize, usize>) -> Result<(), BadKeymap> {
        let all: Vec<(usize, &Vec<Key>)> = (0..self.bound.len())
            .flat_map(|index| self.bound[index].iter().map(move |keys| (index, keys)))
            .collect();
        for (at, &(one, keys)) in all.iter().enumerate() {
            let clash = all[at + 1..].iter().find(|&&(other, others)| {
                self.actions[one].context == self.actions[other].context
                    && (keys.starts_with(others) || others.starts_with(keys))
            });
            if let Some(&(other, others)) = clash {
                let line = lines.get(&other).or_else(|| lines.get(&one)).copied().unwrap_or(0);
                let (first, second) = (&self.actions[one].name, &self.actions[other].name);
                let key = shown(if keys.len() < others.len() { keys } else { others });
                let (first, second) = (first.clone(), second.clone());
                return Err(BadKeymap::Twice { line, key, first, second });
            }
        }
        Ok(())
    }
}

/// The keys with a name: as written in a file, as shown to people.
const NAMED: [(&str, &str, Code); 15] = [
    ("Enter", "Enter", Code::Enter),
    ("Tab", "Tab", Code::Tab),
    ("S-Tab", "S-Tab", Code::BackTab),
    ("Esc", "Esc", Code::Esc),
    ("Backspace", "Backspace", Code::Backspace),
    ("Delete", "Delete", Code::Delete),
    ("Up", "↑", Code::Up),
    ("Down", "↓", Code::Down),
    ("Left", "←", Code::Left),
    ("Right", "→", Code::Right),
    ("Home", "Home", Code::Home),
    ("End", "End", Code::End),
    ("PgUp", "PgUp", Code::PageUp),
    ("PgDn", "PgDn", Code::PageDown),
    ("Space", "Space", Code::Char(' ')),
];

/// Reads a key as written in the table.
#[must_use]
pub fn read(written: &str) -> Option<Key> {
    let mut rest = written;
    let (mut ctrl, mut alt) = (false, false);
    loop {
        match rest.get(..2) {
            Some("C-") if rest.len() > 2 => ctrl = true,
            Some("M-") if rest.len() > 2 => alt = true,
            _ => break,
        }
        rest = &rest[2..];
    }
    let mut letters = rest.chars();
    let code = match (letters.next()?, letters.next()) {
        (letter, None) => Code::Char(letter),
        ('F', Some('0'..='9')) => Code::F(rest[1..].parse().ok()?),
        _ => NAMED.iter().find(|(name, _, _)| *name == rest)?.2,
    };
    Some(Key { code, ctrl, alt })
}

/// Spells a sequence of keys for people: `z z`, `Ctrl-r`, `Alt-Enter`.
fn shown(keys: &[Key]) -> String {
    let one = |key: &Key| {
        let (ctrl, alt) = (if key.ctrl { "Ctrl-" } else { "" }, if key.alt { "Alt-" } else { "" });
        let named = NAMED.iter().find(|(_, _, code)| *code == key.code);
        let name = match (named, key.code) {
            (Some((_, shown, _)), _) => (*shown).to_owned(),
            (None, Code::Char(letter)) => letter.to_string(),
            (None, Code::F(number)) => format!("F{number}"),
            (None, code) => format!("{code:?}"),
        };
        format!("{ctrl}{alt}{name}")
    };
    keys.iter().map(one).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(written: &str) -> Key {
        read(written).expect("a key")
    }

    #[test]
    fn the_built_in_table_holds_and_is_found() {
        let keymap = Keymap::standard();
        let meaning = |keys: &[&str]| {
            let keys: Vec<Key> = keys.iter().map(|written| key(written)).collect();
            keymap.meaning(&[Context::Review], &keys)
        };
        assert_eq!(meaning(&["a"]), Meaning::Action("accept"));
        assert_eq!(meaning(&["z"]), Meaning::Begun);
        assert_eq!(meaning(&["z", "t"]), Meaning::Action("to-top"));
        assert_eq!(meaning(&["S-Tab"]), Meaning::Action("previous-fix"));
        assert_eq!(meaning(&["M-a"]), Meaning::Nothing);
        assert_eq!(keymap.key("redo"), "U");
        assert_eq!(keymap.keys("redo"), ["U", "Ctrl-r"]);
        assert_eq!(keymap.key("centre"), "zz");
    }

    #[test]
    fn nothing_takes_two_keys_at_once() {
        let emacs = Keymap::standard().with_preset("emacs").expect("there is one");
        for keymap in [Keymap::standard(), emacs] {
            let actions = keymap.actions.iter().zip(&keymap.bound);
            // In a line of input the others do letter by letter what these do at once.
            let alone = ["input-delete-word", "input-cut-start", "input-cut-end"];
            for (action, keys) in actions.filter(|(it, _)| !alone.contains(&it.name.as_str())) {
                let plain = |keys: &Vec<Key>| keys.iter().all(|key| !key.ctrl && !key.alt);
                assert!(keys.iter().any(plain), "{} takes Ctrl or Alt", action.name);
            }
        }
    }

    #[test]
    fn presets_and_patches_change_keys() {
        let emacs = Keymap::standard().with_preset("emacs").expect("there is one");
        assert_eq!(emacs.meaning(&[Context::Review], &[key("C-n")]), Meaning::Action("down"));
        let patched = Keymap::standard().with_patch("[keys]\naccept = ['+', 'M-a']\n");
        assert_eq!(patched.expect("fits").keys("accept"), ["+", "Alt-a"]);
    }

    #[test]
    fn a_patch_that_does_not_fit_names_its_line() {
        let cases = [
            ("[keys]\n\naccept = 'r'\n", "line 3: r is bound twice, to accept and to reject"),
            ("[keys]\naccept = 'z'\n", "line 2: z is bound twice, to accept and to centre"),
            (
                "[keys]\nfrobnicate = 'r'\n",
                "line 2: there is no action \"frobnicate\"; recto's help (?) lists them",
            ),
            (
                "[keys]\nundo = 'C-Foo'\n",
                "line 2: \"C-Foo\" is no key; write a letter, C-x, M-x, Tab, S-Tab, Enter, Up, F1",
            ),
            ("\npreset = 'vi'\n", "line 2: there is no preset \"vi\"; the presets are: emacs"),
        ];
        for (patch, message) in cases {
            let error = Keymap::standard().with_patch(patch).expect_err(patch);
            assert_eq!(error.to_string(), message);
        }
        let error = Keymap::standard().with_patch("[keys]\naccept = \n").expect_err("no value");
        assert!(error.to_string().starts_with("line 2: "), "{error}");
    }
}
