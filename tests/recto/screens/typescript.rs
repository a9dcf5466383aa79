//! A whole memorandum against its printed edition, keeping to the typescript: few keys are enough.
//!
//! A careful proofreader plays: lines, stamps and spellings of the typescript stay, true
//! corrections are taken. What is right is told by a table, what to press by what is highlighted.

use recto::collate::fix::FixId;
use recto::measure::rates::{Aside, rates};
use recto::review::alike::{Asked, Width, alike};
use recto::review::counts::State;
use recto::review::state::Review;

use super::driver::{Screen, setup};
use crate::harness::shared;

/// What the recogniser misread in the memorandum of 10 January 1963, and what the typescript has.
const MISREAD: [(&str, &str); 10] = [
    ("Kar\u{43f}\u{43e}\u{432}", "Karpov"),
    ("[on", "on"),
    ("do can", "can"),
    ("the nuclear war", "thermonuclear war"),
    ("Kumetssov", "Kuznetsov"),
    ("enhance our", "combine our"),
    ("He is interested in improving", "We are interested in improving"),
    ("us...", "us."),
    ("establish a ", "establish on a "),
    ("an ideal", "so ideal"),
];

/// Plays the proofreader.
struct Reader {
    screen: Screen,
    wanted: String,
    keys: usize,
}

impl Reader {
    fn press(&mut self, keys: &str) {
        self.keys += super::driver::parse(keys).len();
        self.screen.press(keys);
    }

    fn review(&self) -> &Review {
        self.screen.model.review()
    }

    /// Says whether a fix is right: whether it brings the OCR's text nearer to what is wanted.
    fn is_right(&self, id: FixId) -> bool {
        let (review, at) = (self.review(), self.review().collation().fix(id).at.clone());
        let base = review.base().as_str();
        let mut text = base.to_owned();
        text.replace_range(at, review.proposed(id));
        far(&text, &self.wanted) < far(base, &self.wanted)
    }

    /// Decides one highlight and returns whether anything was open.
    fn step(&mut self) -> bool {
        let Some(highlight) = self.screen.model.highlight() else { return false };
        let open = |id: &&FixId| self.review().state(**id) == State::Open;
        let open: Vec<FixId> = highlight.fixes.iter().filter(open).copied().collect();
        let Some(&first) = open.first() else { return false };
        let right: Vec<bool> = open.iter().map(|&id| self.is_right(id)).collect();
        if right[0] {
            let asked = Asked::of_fix(self.review(), first);
            let same = alike(self.review(), &asked, Width::Word);
            if same.proposed > 1 && same.places.iter().all(|place| place.ticked) {
                self.press("*a<Enter>");
                return true;
            }
        }
        match (right.iter().all(|&it| it), right.iter().any(|&it| it)) {
            (true, _) => self.press("a"),
            (false, false) => self.press("r"),
            _ => self.press("<Tab>"),
        }
        true
    }
}

/// Returns how many letters must be changed to make one text of the other.
fn far(one: &str, other: &str) -> usize {
    rates(one, other, Aside::default()).chars.edits
}

/// Returns a text with the recogniser's misreadings mended.
fn mended(text: &str) -> String {
    MISREAD.iter().fold(text.to_owned(), |text, (misread, right)| text.replace(misread, right))
}

#[test]
fn the_whole_memorandum_takes_at_most_sixty_keys() {
    let Some(folder) = shared("data/frus-memcon") else { return };
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a text");
    let (base, transcript) = (read("raw.txt"), read("frus-d278.txt"));
    let wanted = mended(&base);
    let screen = Screen::open(setup(&base, &transcript, (80, 24)));
    let mut reader = Reader { screen, wanted, keys: 0 };
    // The print leaves out stamps and heads: all of its kind are kept, after a look at the list.
    reader.press("**tr<Enter>");
    while reader.step() {
        assert!(reader.keys < 200, "the reader goes round in a circle");
    }
    let standing = reader.review().ledger().established();
    assert_eq!(standing, reader.wanted, "after {} keys", reader.keys);
    println!("{} keys, {} records", reader.keys, reader.screen.log.len());
    assert!(reader.keys <= 60, "{} keys", reader.keys);
}
