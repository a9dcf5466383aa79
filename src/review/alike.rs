//! Places alike: the same change of the same word, and where both texts forgot it.

use unicode_segmentation::UnicodeSegmentation;

use crate::collate::fix::{FixId, Kind};
use crate::collate::marks::marks;
use crate::review::change::{Change, change, class, core, core_span, folded};
use crate::review::counts::State;
use crate::review::event::Place;
use crate::review::state::Review;
use crate::text::small::ascii_stays_apart;
use crate::text::words::is_unspaced;

/// Tells how far a place may be from the asked one and still be alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// The same change of the same word.
    Word,
    /// The same letters changed alike, in any word.
    Letters,
    /// The same kind of change.
    Kind,
}

impl Width {
    /// Returns the next wider one; none after the widest.
    #[must_use]
    pub fn wider(self) -> Option<Self> {
        match self {
            Self::Word => Some(Self::Letters),
            Self::Letters => Some(Self::Kind),
            Self::Kind => None,
        }
    }
}

/// Holds the change that places are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Where it was asked for.
    pub place: Place,
    /// What the base has there.
    pub base: String,
    /// What is offered for it.
    pub reading: String,
    /// The kind of the fix.
    pub kind: Kind,
    /// Whether the reading is the reviewer's own, not the transcript's.
    pub own: bool,
}

/// Holds one place of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likely {
    /// Where it is.
    pub place: Place,
    /// The fix there; none where both texts keep the base's reading.
    pub fix: Option<FixId>,
    /// The reading that is offered; none where it is the transcript's.
    pub reading: Option<String>,
    /// Whether it is taken from the start: the transcript proposes it, and no digit or date is
    /// touched.
    pub ticked: bool,
}

/// Holds the places that are like an asked one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alike {
    /// The open fixes in the order of the text, then the places that both texts forgot.
    pub places: Vec<Likely>,
    /// How many of the places are fixes.
    pub proposed: usize,
    /// How many fixes alike are decided already.
    pub decided: usize,
}

impl Asked {
    /// Asks for places like a fix: by the reviewer's own reading where one stands over it.
    #[must_use]
    pub fn of_fix(review: &Review, id: FixId) -> Self {
        let kind = review.collation().fix(id).kind;
        if review.state(id) == State::Edited
            && let Some(site) = review.ledger().standing_over(review.place(id)).next()
        {
            return Self::new(review, (site.place, site.reading), kind, true);
        }
        Self::new(review, (review.place(id), review.proposed(id)), kind, false)
    }

    /// Asks for places like a reading of the reviewer's own; none if nothing stands there.
    #[must_use]
    pub fn of_own(review: &Review, place: Place) -> Option<Self> {
        let site = review.ledger().standing_at(place)?;
        Some(Self::new(review, (place, site.reading), Kind::Word, true))
    }

    fn new(review: &Review, offered: (Place, &str), kind: Kind, own: bool) -> Self {
        let (place, reading) = offered;
        let base = review.base().slice(place.span()).to_owned();
        Self { place, base, reading: reading.to_owned(), kind, own }
    }

    /// Returns the change, folded for likeness.
    #[must_use]
    pub fn change(&self) -> Change {
        change(&self.base, &self.reading, self.kind)
    }

    /// Returns the letters that differ; none for whole lines, line ends and page ends.
    #[must_use]
    pub fn letters(&self) -> Vec<(String, String)> {
        if self.kind <= Kind::ExtraLine { Vec::new() } else { letters(&self.base, &self.reading) }
    }
}

/// Finds the places that are like the asked one: a pass over the known fixes and, for the same
/// word, one over the base.
#[must_use]
pub fn alike(review: &Review, asked: &Asked, width: Width) -> Alike {
    let wanted = Wanted::new(asked, width);
    let mut found = Alike::default();
    for id in review.collation().fixes().filter(|&id| wanted.fits(review, id)) {
        match review.state(id) {
            State::Open if !review.in_class(id) => found.places.push(wanted.offer(review, id)),
            State::Open => {}
            _ => found.decided += 1,
        }
    }
    found.proposed = found.places.len();
    if width == Width::Word {
        found.places.extend(forgotten(review, asked));
    }
    found
}

/// Counts the open fixes that [`alike`] would list; nothing is made for the list.
#[must_use]
pub fn open_alike(review: &Review, asked: &Asked, width: Width) -> usize {
    let wanted = Wanted::new(asked, width);
    let listed = |&id: &FixId| review.is_open(id) && wanted.fits(review, id);
    review.collation().fixes().filter(listed).count()
}

/// Counts the fixes with the same change as `id`, decided or not, itself left out.
#[must_use]
pub fn others(review: &Review, id: FixId) -> usize {
    let asked = Asked::of_fix(review, id);
    let wanted = Wanted::new(&asked, Width::Word);
    if !asked.own {
        return review.tally().count(asked.kind, &wanted.change).saturating_sub(1);
    }
    review.collation().fixes().filter(|&other| other != id && wanted.fits(review, other)).count()
}

/// Holds what a fix must have to be alike.
struct Wanted<'a> {
    asked: &'a Asked,
    width: Width,
    change: Change,
    letters: Vec<(String, String)>,
}

impl<'a> Wanted<'a> {
    fn new(asked: &'a Asked, width: Width) -> Self {
        Self { asked, width, change: asked.change(), letters: asked.letters() }
    }

    fn fits(&self, review: &Review, id: FixId) -> bool {
        let kind = review.collation().fix(id).kind;
        let (base, proposed) = (review.base_reading(id), review.proposed(id));
        match self.width {
            Width::Word if self.asked.own => {
                !self.change.from.is_empty() && folded(base) == folded(&self.asked.base)
            }
            // The cheap test comes first: most fixes of a large text fail it.
            Width::Word => {
                let from = self.change.from.as_str();
                class(kind) == class(self.asked.kind)
                    && (!from.is_ascii() || may_hold(base, from))
                    && change(base, proposed, kind) == self.change
            }
            Width::Letters => self.has_letters(kind, base, proposed),
            Width::Kind => kind == self.asked.kind,
        }
    }

    /// Says whether what differs are the wanted letters. The cheap test comes first: most fixes of
    /// a large text fail it.
    fn has_letters(&self, kind: Kind, base: &str, proposed: &str) -> bool {
        let holds = |(from, to): &(String, String)| {
            base.contains(from.as_str()) && proposed.contains(to.as_str())
        };
        kind > Kind::ExtraLine
            && !self.letters.is_empty()
            && self.letters.iter().all(holds)
            && letters(base, proposed) == self.letters
    }

    fn offer(&self, review: &Review, id: FixId) -> Likely {
        let place = review.place(id);
        let base = review.base_reading(id);
        let reading = self.asked.own.then(|| carried_over(self.asked, base));
        let offered = reading.as_deref().unwrap_or_else(|| review.proposed(id));
        let same = reading.as_deref().is_none_or(|reading| reading == review.proposed(id));
        let ticked = same && !touches_date(review, place, base, offered);
        Likely { place, fix: Some(id), reading, ticked }
    }
}

/// Returns the differing letters of two readings, each pair once.
fn letters(base: &str, proposed: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = marks(base, proposed)
        .into_iter()
        .map(|(one, other)| (base[one].to_owned(), proposed[other].to_owned()))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How the months' names begin, in languages of the west.
const MONTHS: [&str; 20] = [
    "jan", "feb", "fév", "mar", "mär", "apr", "avr", "may", "mai", "jun", "jul", "aug", "aoû",
    "sep", "oct", "okt", "nov", "dec", "dez", "déc",
];

/// Says whether a place touches a digit or a date: such places are never ticked beforehand.
fn touches_date(review: &Review, place: Place, base: &str, reading: &str) -> bool {
    if base.chars().chain(reading.chars()).any(char::is_numeric) {
        return true;
    }
    let is_month = |text: &str| {
        let word = core(text);
        MONTHS.iter().any(|stem| word.starts_with(stem))
    };
    (is_month(base) || is_month(reading)) && beside_digit(review, place)
}

/// Says whether the word before a place or after it is a number.
fn beside_digit(review: &Review, place: Place) -> bool {
    let text = review.base().as_str();
    let loose = |letter: &char| !letter.is_alphanumeric();
    let digit = |letter: Option<char>| letter.is_some_and(char::is_numeric);
    let near = 8;
    digit(text[place.end..].chars().take(near).find(|letter| !loose(letter)))
        || digit(text[..place.start].chars().rev().take(near).find(|letter| !loose(letter)))
}

/// Puts the asked reading in the place of the same word: with the capitals, the possessive and the
/// punctuation that the word has there.
fn carried_over(asked: &Asked, word: &str) -> String {
    let (from, to) = (core_span(&asked.base), core_span(&asked.reading));
    let here = core_span(word);
    if from.is_empty() || to.is_empty() || here.is_empty() {
        return asked.reading.clone();
    }
    let (model, new, old) = (&asked.base[from], &asked.reading[to], &word[here.clone()]);
    let new = if old == model { new.to_owned() } else { in_case_of(old, new) };
    format!("{}{new}{}", &word[..here.start], &word[here.end..])
}

/// Writes `word` in capitals, or with a first capital, as `model` is written.
fn in_case_of(model: &str, word: &str) -> String {
    let mut letters = model.chars().filter(|letter| letter.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let (mut more, mut all) = (false, true);
    for letter in letters {
        more = true;
        all &= letter.is_uppercase();
    }
    match (first, more && all) {
        (true, true) => word.to_uppercase(),
        (true, false) => {
            let mut rest = word.chars();
            let head = rest.next().map(char::to_uppercase).into_iter().flatten();
            head.chain(rest).collect()
        }
        (false, _) => word.to_lowercase(),
    }
}

/// Finds the whole words of the base with the asked reading where no fix and no decision is.
fn forgotten(review: &Review, asked: &Asked) -> Vec<Likely> {
    let wanted = core(&asked.base);
    let is_word = wanted.unicode_words().count() == 1 && !wanted.chars().any(is_unspaced);
    // Blanks, line ends and whole lines are no words that could be forgotten.
    if !is_word || asked.kind <= Kind::Hyphen || folded(&asked.reading) == wanted {
        return Vec::new();
    }
    let base = review.base();
    let mut found = Vec::new();
    // The word's last letters: lines without them are ruled out quickly.
    let tail: String = wanted.chars().rev().take(3).collect();
    let tail: String = tail.chars().rev().collect();
    for line in 0..base.line_count() {
        let span = base.line(line);
        let text = base.slice(span.clone());
        if !may_hold(text, &tail) {
            continue;
        }
        for (at, word) in text.unicode_word_indices().filter(|(_, word)| core(word) == wanted) {
            let start = span.start + at;
            let place = Place::new(start..start + word.len(), 0);
            if is_free(review, place) {
                let reading = Some(carried_over(asked, word));
                found.push(Likely { place, fix: None, reading, ticked: false });
            }
        }
    }
    found
}

/// Says whether neither a fix nor a decision is at a place, as far as the texts are compared.
fn is_free(review: &Review, place: Place) -> bool {
    review.collation().known(review.collation().block_at(place.start))
        && review.fixes_over(place).next().is_none()
        && review.ledger().standing_over(place).next().is_none()
}

/// Says whether a line may have some letters, given small, in any case.
fn may_hold(line: &str, letters: &str) -> bool {
    let (line_bytes, wanted) = (line.as_bytes(), letters.as_bytes());
    let Some(&first) = wanted.first() else { return true };
    if letters.is_ascii() && ascii_stays_apart(line) {
        let starts = memchr::memchr2_iter(first, first.to_ascii_uppercase(), line_bytes);
        let here = |at: usize| line_bytes.get(at..at + wanted.len());
        return starts.filter_map(here).any(|found| found.eq_ignore_ascii_case(wanted));
    }
    if line.is_ascii() {
        return false;
    }
    line.contains(letters) || line.to_lowercase().contains(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_leaves_possessive_capital_and_punctuation_aside() {
        let fold = |base, proposed| change(base, proposed, Kind::Name);
        let name = fold("Kumetssov", "Kuznetsov");
        assert_eq!(fold("Kumetssov's", "Kuznetsov's"), name);
        assert_eq!(fold("(KUMETSSOV,", "KUZNETSOV,"), name);
        assert_ne!(fold("Kumetssow", "Kuznetsov"), name);
        let stop = change("us...", "us.", Kind::Punctuation);
        assert_eq!((stop.from.as_str(), stop.to.as_str()), ("us...", "us."));
    }

    #[test]
    fn no_line_is_ruled_out_that_has_the_letters() {
        let lines =
            ["the cHALrman", "Chal\u{212a} and", "STRASSE", "\u{130}st da", "ÄRGER da", "plain"];
        for letters in ["hal", "al\u{6b}", "sse", "st", "ger", "ärg", "i\u{307}s", "in"] {
            for line in lines {
                let holds = line.to_lowercase().contains(letters);
                assert_eq!(may_hold(line, letters), holds, "{letters:?} in {line:?}");
            }
        }
    }

    #[test]
    fn a_reading_is_carried_over_as_the_word_is_written_there() {
        let asked = Asked {
            place: Place::new(0..0, 0),
            base: "Sorgentl,".to_owned(),
            reading: "Sorgenti,".to_owned(),
            kind: Kind::Name,
            own: true,
        };
        for (word, carried) in [
            ("Sorgentl", "Sorgenti"),
            ("SORGENTL's", "SORGENTI's"),
            ("(sorgentl).", "(sorgenti)."),
            ("Sorgentl\u{2019}s", "Sorgenti\u{2019}s"),
        ] {
            assert_eq!(carried_over(&asked, word), carried);
        }
    }
}
