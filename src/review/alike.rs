//! Places alike: the same change of the same word, and where both texts forgot it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::collate::fix::{Fix, FixId, Kind};
use crate::review::change::{Change, change, class, core, core_span, folded};
use crate::review::counts::State;
use crate::review::event::Place;
use crate::review::letters::{differ_by, letters};
use crate::review::state::Review;
use crate::text::small::ascii_stays_apart;
use crate::text::token::Token;
use crate::text::words::{is_unspaced, tokens};

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
    for (id, _, state) in review.all_fixes().filter(|(_, fix, _)| wanted.fits(review, fix)) {
        match state {
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
    let open = review.all_fixes().filter(|(_, _, state)| *state == State::Open);
    open.filter(|&(id, fix, _)| !review.in_class(id) && wanted.fits(review, fix)).count()
}

/// Counts the fixes with the same change as `id`, decided or not, itself left out.
#[must_use]
pub fn others(review: &Review, id: FixId) -> usize {
    let asked = Asked::of_fix(review, id);
    let wanted = Wanted::new(&asked, Width::Word);
    if !asked.own {
        return review.tally().count(asked.kind, &wanted.change).saturating_sub(1);
    }
    review.all_fixes().filter(|&(other, fix, _)| other != id && wanted.fits(review, fix)).count()
}

/// Holds what a fix must have to be alike.
struct Wanted<'a> {
    asked: &'a Asked,
    width: Width,
    change: Change,
    /// The asked word as it is compared, where a reading of the reviewer's own is offered for it.
    word: String,
    letters: Vec<(String, String)>,
}

impl<'a> Wanted<'a> {
    fn new(asked: &'a Asked, width: Width) -> Self {
        let word = folded(&asked.base);
        Self { asked, width, change: asked.change(), word, letters: asked.letters() }
    }

    /// Says whether a fix is alike. Cheap tests come first: most fixes of a large text fail them.
    fn fits(&self, review: &Review, fix: &Fix) -> bool {
        let base = || review.base().slice(fix.at.clone());
        let proposed = || review.transcript().slice(fix.transcript_at.clone());
        match self.width {
            Width::Word if self.asked.own => {
                !self.change.from.is_empty()
                    && may_fold_to(base(), &self.word)
                    && folded(base()) == self.word
            }
            Width::Word => {
                let Change { from, to } = &self.change;
                class(fix.kind) == class(self.asked.kind)
                    && may_fold_to(base(), from)
                    && may_fold_to(proposed(), to)
                    && change(base(), proposed(), fix.kind) == self.change
            }
            Width::Letters => {
                fix.kind > Kind::ExtraLine
                    && !self.letters.is_empty()
                    && differ_by(base(), proposed(), &self.letters)
            }
            Width::Kind => fix.kind == self.asked.kind,
        }
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

/// Says whether a reading may be `word` once it is folded for likeness.
fn may_fold_to(reading: &str, word: &str) -> bool {
    // No letter has more letters of ASCII in its small form than it has bytes.
    !word.is_ascii() || (word.len() <= reading.len() && may_hold(reading, word))
}

/// How the months' names begin, in languages of the west.
const MONTHS: [&str; 20] = [
    "jan", "feb", "fév", "mar", "mär", "apr", "avr", "may", "mai", "jun", "jul", "aug", "aoû",
    "sep", "oct", "okt", "nov", "dec", "dez", "déc",
];

/// Says whether a place touches a digit or a date: such places are never ticked beforehand.
fn touches_date(review: &Review, place: Place, base: &str, reading: &str) -> bool {
    has_digit(base)
        || has_digit(reading)
        || (beside_digit(review, place) && (is_month(base) || is_month(reading)))
}

fn has_digit(text: &str) -> bool {
    match text.is_ascii() {
        true => text.bytes().any(|byte| byte.is_ascii_digit()),
        false => text.chars().any(char::is_numeric),
    }
}

fn is_month(text: &str) -> bool {
    let word = core(text);
    MONTHS.iter().any(|stem| word.starts_with(stem))
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
    for line in 0..base.line_count() {
        let span = base.line(line);
        for here in words_in(base.slice(span.clone()), &wanted) {
            let place = Place::new(span.start + here.start..span.start + here.end, 0);
            if is_free(review, place) {
                let reading = Some(carried_over(asked, base.slice(place.span())));
                found.push(Likely { place, fix: None, reading, ticked: false });
            }
        }
    }
    found
}

/// Finds the words of a line whose core is `wanted`, which is one word.
fn words_in(line: &str, wanted: &str) -> Vec<Range<usize>> {
    let is_wanted = |word: &str| core(word) == wanted;
    if wanted.is_ascii() && line.is_ascii() {
        let mut starts = starts_of(line, wanted);
        // Letters beside letters are of one word, and so are digits.
        let stands_alone = |at: usize| {
            let goes_on = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
            let bytes = line.as_bytes();
            !goes_on(at.checked_sub(1).and_then(|before| bytes.get(before)))
                && !goes_on(bytes.get(at + wanted.len()))
        };
        if !starts.any(stands_alone) {
            return Vec::new();
        }
        let mut words = Vec::new();
        tokens(line, 0, &mut words);
        return words.into_iter().filter(|it| is_wanted(it.of(line))).map(Token::range).collect();
    }
    // The word's last letters: lines without them are ruled out quickly.
    let tail = wanted.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    if !may_hold(line, &wanted[tail..]) {
        return Vec::new();
    }
    let words = line.unicode_word_indices().filter(|(_, word)| is_wanted(word));
    words.map(|(at, word)| at..at + word.len()).collect()
}

/// Says whether neither a fix nor a decision is at a place, as far as the texts are compared.
fn is_free(review: &Review, place: Place) -> bool {
    review.collation().known(review.collation().block_at(place.start))
        && review.fixes_over(place).next().is_none()
        && review.ledger().standing_over(place).next().is_none()
}

/// Says whether a line may have some letters, given small, in any case.
fn may_hold(line: &str, letters: &str) -> bool {
    if letters.is_empty() {
        return true;
    }
    if letters.is_ascii() && ascii_stays_apart(line) {
        return starts_of(line, letters).next().is_some();
    }
    if line.is_ascii() {
        return false;
    }
    line.contains(letters) || line.to_lowercase().contains(letters)
}

/// Returns where some letters of ASCII, given small, start in a line in which they stay apart.
fn starts_of<'a>(line: &'a str, letters: &'a str) -> impl Iterator<Item = usize> + 'a {
    let (line, letters) = (line.as_bytes(), letters.as_bytes());
    let first = letters.first().copied().unwrap_or_default();
    let starts = memchr::memchr2_iter(first, first.to_ascii_uppercase(), line);
    let here = |at: usize| line.get(at..at + letters.len());
    starts.filter(move |&at| here(at).is_some_and(|here| here.eq_ignore_ascii_case(letters)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn words_are_found_as_the_rules_of_unicode_cut_them(
            line in "([ .,'_]|the|The|of|s|x9|\r\n){0,9}",
        ) {
            for wanted in ["the", "of", "s", "x9"] {
                let words = line.unicode_word_indices().filter(|(_, word)| core(word) == wanted);
                let naive: Vec<_> = words.map(|(at, word)| at..at + word.len()).collect();
                prop_assert_eq!(words_in(&line, wanted), naive, "{:?}", wanted);
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
