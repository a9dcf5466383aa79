//! What the keys are about just now: the text, an edit, a prompt, a question, a panel.

use ratatui::layout::Rect;

use crate::log::line_history::Past;
use crate::review::command::{Decision, Target};
use crate::review::event::{Mark, Scope, Verdict};
use crate::ui::alike::List;
use crate::ui::filter::Menu;
use crate::ui::input::Input;
use crate::ui::keymap::Context;
use crate::ui::layout::geometry::Geometry;
use crate::ui::layout::list::Lines;
use crate::ui::special::Special;
use crate::ui::summary::Summary;
use crate::ui::witness::Witness;
use crate::ui::words;

/// Tells what the keys are about.
#[derive(Debug, Clone, PartialEq)]
pub enum Mode {
    /// The two panes.
    Review,
    /// The two panes, with the summary of a first opening; it leaves at the first key.
    Summary(Summary),
    /// An edit in progress.
    Edit(Edit),
    /// Something is typed: a search, a command, a note, a path.
    Prompt(Prompt),
    /// A question that takes Enter.
    Confirm(Confirm),
    /// The question whether a new corrected text is taken.
    Offer(String),
    /// The list of places alike.
    Alike(Box<List>),
    /// The list from which a filter is chosen.
    Filter(Menu),
    /// The list of pages.
    Pages(Pages),
    /// An act that waits for gaps.
    Wait(Wait),
    /// The keys, from this line on.
    Help(usize),
    /// The code points of what is highlighted, from this line on.
    Inspect(usize),
    /// What was ever decided in the cursor's line.
    History(History),
    /// What the check of the log found, a line each.
    Report {
        /// The lines.
        lines: Vec<String>,
        /// The first one shown.
        top: usize,
    },
}

/// Holds the history of a line, and which of its entries is chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// What happened there, oldest first.
    pub pasts: Vec<Past>,
    /// The one that is chosen.
    pub chosen: usize,
}

impl History {
    /// Chooses the entry so many after the present one, or before it.
    pub fn choose(&mut self, by: isize) {
        let last = self.pasts.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }
}

/// Holds the list of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The page under the cursor, from 0.
    pub at: usize,
    /// How many pages there are.
    pub count: usize,
}

impl Pages {
    /// Returns where the pages stand, below a heading.
    #[must_use]
    pub fn lines(&self, geometry: &Geometry) -> Lines {
        Lines::new(geometry, 1, self.at, self.count)
    }
}

/// Tells what is done once the gaps that it needs are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// A verdict on what is highlighted; it is named and takes Enter.
    Verdict(Verdict),
    /// The list of places alike.
    Alike,
    /// A command as typed; it is named and takes Enter.
    Command(String),
}

/// Holds an act that waits for gaps.
#[derive(Debug, Clone, PartialEq)]
pub struct Wait {
    /// The blocks whose gaps are still to come.
    pub blocks: Vec<u32>,
    /// How many there were at the start.
    pub all: usize,
    /// What is done then.
    pub then: Then,
}

/// Holds an edit in progress.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// What was highlighted.
    pub scope: Scope,
    /// What is edited.
    pub target: Target,
    /// The text as it stood when the edit began.
    pub began: String,
    /// What the OCR has there.
    pub base: Witness,
    /// What the corrected text has there.
    pub proposed: Witness,
    /// What is typed.
    pub input: Input,
    /// The special letter that is being put in.
    pub special: Option<Special>,
}

/// Holds a prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// What is asked.
    pub asks: Asks,
    /// What is typed.
    pub input: Input,
    /// Which of the lines typed before is shown, and what was being typed; none at first.
    pub recalled: Option<(usize, String)>,
    /// What the word that is typed may become, where Tab goes through it.
    pub offered: Option<Offered>,
}

/// Holds the ways in which a command can go on, and which of them is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The whole command, for each of them.
    pub texts: Vec<String>,
    /// The one that is taken.
    pub at: usize,
}

/// Tells what a prompt asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Asks {
    /// What to search.
    Search,
    /// A command.
    Command,
    /// A note, with its mark.
    Note(Mark),
    /// Where to write the text to, and what stands for open fixes.
    Export(Option<Stands>),
    /// A reading that settles a dispute.
    Reading,
    /// What was read, and whether the page is signed or the document.
    Sign(Signs),
}

/// Tells what stands for open fixes in an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// The OCR's readings.
    Base,
    /// The corrected readings.
    Transcript,
    /// A mark.
    Mark,
}

/// Tells what is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// The page; its fixes were read.
    PageFixes,
    /// The page; every word was read.
    PageAll,
    /// The document; its fixes were read.
    DocumentFixes,
    /// The document; every word was read.
    DocumentAll,
}

/// Holds a question that takes Enter.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    /// What would be done, for people.
    pub question: String,
    /// What would be recorded.
    pub decision: Decision,
    /// Whether to move on to the next open place afterwards.
    pub advance: bool,
    /// Where it was asked from, where that holds work: a list with its ticks, an edit with what was
    /// typed. To leave the question leads back there.
    pub over: Option<Box<Mode>>,
}

impl Confirm {
    /// Asks a question, and says which key is the answer.
    #[must_use]
    pub fn new(question: &str, decision: Decision, advance: bool, over: Option<Box<Mode>>) -> Self {
        Self { question: format!("{question} Enter does it"), decision, advance, over }
    }
}

impl Asks {
    /// Returns the word before the input.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Command => ":",
            Self::Note(_) => "note",
            Self::Export(_) => "write to",
            Self::Reading => "yours",
            Self::Sign(_) => "sign",
        }
    }

    /// Returns the choices beside the input and which of them is taken; none for most.
    #[must_use]
    pub fn choices(&self) -> (Vec<&'static str>, usize) {
        match self {
            Self::Search | Self::Command | Self::Reading | Self::Export(None) => (Vec::new(), 0),
            Self::Note(mark) => {
                (MARKS.iter().map(|(_, name)| *name).collect(), index(&MARKS, *mark))
            }
            Self::Export(Some(stands)) => {
                (STANDS.iter().map(|(_, name)| *name).collect(), index(&STANDS, *stands))
            }
            Self::Sign(signs) => {
                (SIGNS.iter().map(|(_, name)| *name).collect(), index(&SIGNS, *signs))
            }
        }
    }

    /// Takes the choice after the present one, or before it, round and round.
    pub fn turn(&mut self, forward: bool) {
        match self {
            Self::Search | Self::Command | Self::Reading | Self::Export(None) => {}
            Self::Note(mark) => *mark = turned(&MARKS, *mark, forward),
            Self::Export(Some(stands)) => *stands = turned(&STANDS, *stands, forward),
            Self::Sign(signs) => *signs = turned(&SIGNS, *signs, forward),
        }
    }
}

const MARKS: [(Mark, &str); 4] = [
    (Mark::Note, "note"),
    (Mark::Doubtful, "doubtful"),
    (Mark::Illegible, "illegible"),
    (Mark::Sic, "sic"),
];

const STANDS: [(Stands, &str); 3] = [
    (Stands::Base, "as in the OCR"),
    (Stands::Transcript, "as corrected"),
    (Stands::Mark, "marked"),
];

const SIGNS: [(Signs, &str); 4] = [
    (Signs::PageFixes, "page: fixes"),
    (Signs::PageAll, "page: every word"),
    (Signs::DocumentFixes, "document: fixes"),
    (Signs::DocumentAll, "document: every word"),
];

fn index<T: Copy + PartialEq, const N: usize>(table: &[(T, &str); N], value: T) -> usize {
    table.iter().position(|(known, _)| *known == value).unwrap_or(0)
}

fn turned<T: Copy + PartialEq, const N: usize>(
    table: &[(T, &str); N],
    value: T,
    forward: bool,
) -> T {
    let step = if forward { 1 } else { N - 1 };
    table[(index(table, value) + step) % N].0
}

impl Mode {
    /// Returns where a key is looked up, first to last.
    #[must_use]
    pub fn contexts(&self) -> &'static [Context] {
        match self {
            Self::Review | Self::Summary(_) => &[Context::Review],
            Self::Edit(_) => &[Context::Edit, Context::Input],
            Self::Prompt(_) => &[Context::Prompt, Context::Input],
            Self::Confirm(_) | Self::Offer(_) => &[Context::Confirm],
            Self::Alike(_) | Self::Filter(_) | Self::Pages(_) => &[Context::List],
            Self::Wait(_) => &[Context::Panel],
            Self::Help(_) | Self::Inspect(_) | Self::Report { .. } => &[Context::Panel],
            Self::History(_) => &[Context::History, Context::Panel],
        }
    }

    /// Returns a copy to come back to where it holds work that a reviewer would have to do anew: what
    /// was typed, ticks.
    #[must_use]
    pub fn work(&self) -> Option<Box<Self>> {
        let holds = matches!(self, Self::Edit(_) | Self::Alike(_)) || self.records();
        holds.then(|| Box::new(self.clone()))
    }

    /// Says whether Enter in this prompt leads to a record at once.
    #[must_use]
    pub fn records(&self) -> bool {
        match self {
            Self::Prompt(prompt) => {
                matches!(prompt.asks, Asks::Note(_) | Asks::Sign(_) | Asks::Reading)
            }
            _ => false,
        }
    }

    /// Says whether the panes are drawn; help and inspection take their place.
    #[must_use]
    pub fn shows_text(&self) -> bool {
        match self {
            Self::Confirm(confirm) => confirm.over.as_ref().is_none_or(|over| over.shows_text()),
            _ => !matches!(
                self,
                Self::Help(_)
                    | Self::Inspect(_)
                    | Self::History(_)
                    | Self::Report { .. }
                    | Self::Alike(_)
                    | Self::Filter(_)
                    | Self::Pages(_)
            ),
        }
    }

    /// Returns how many rows the panel above the foot wants.
    #[must_use]
    pub fn panel_rows(&self) -> u16 {
        match self {
            Self::Summary(summary) => summary.lines.len() as u16 + 1,
            Self::Edit(Edit { special: Some(Special::Pick(_)), .. }) => 6,
            _ => 0,
        }
    }

    /// Returns how many rows the foot wants on a screen of so many columns.
    #[must_use]
    pub fn foot_rows(&self, columns: u16) -> u16 {
        match self {
            Self::Edit(_) => 7,
            Self::Alike(_) => 6,
            Self::Pages(_) => 2,
            Self::Confirm(confirm) => {
                let least = if self.shows_text() { 3 } else { 6 };
                let cells = usize::from(columns).saturating_sub(2);
                let lines = words::in_lines(&confirm.question, cells).len();
                least.max(lines.min(6) as u16 + 2)
            }
            _ => 3,
        }
    }

    /// Returns the command that is being typed, where there is one.
    #[must_use]
    pub fn command(&self) -> Option<&str> {
        match self {
            Self::Prompt(Prompt { asks: Asks::Command, input, .. }) => Some(input.text()),
            _ => None,
        }
    }

    /// Returns the cursor of a list and how many places the list has, where there is one.
    #[must_use]
    pub fn list(&mut self) -> Option<(&mut usize, usize)> {
        match self {
            Self::Alike(list) => Some((&mut list.at, list.ticked.len())),
            Self::Filter(menu) => Some((&mut menu.at, menu.choices.len())),
            Self::Pages(pages) => Some((&mut pages.at, pages.count)),
            _ => None,
        }
    }

    /// Says whether a question that is asked has room in the foot, all of it.
    #[must_use]
    pub fn is_asked_in(&self, foot: Rect) -> bool {
        !matches!(self, Self::Confirm(_)) || foot.height + 1 >= self.foot_rows(foot.width)
    }

    /// Returns the line of input, where there is one.
    #[must_use]
    pub fn input(&mut self) -> Option<&mut Input> {
        match self {
            Self::Edit(edit) => Some(&mut edit.input),
            Self::Prompt(prompt) => Some(&mut prompt.input),
            _ => None,
        }
    }
}
