//! Letters that look alike: Unicode's confusables and the pairs that recognisers mix up.

use std::sync::OnceLock;

use unicode_security::confusable_detection::skeleton;

/// Pairs that a recogniser of print mixes up. Each is read both ways.
const PAIRS: &[(&str, &str)] = &[
    ("rn", "m"),
    ("m", "in"),
    ("m", "ni"),
    ("vv", "w"),
    ("cl", "d"),
    ("li", "h"),
    ("lı", "h"),
    ("ri", "n"),
    ("ii", "u"),
    ("ii", "n"),
    ("nn", "m"),
    ("ln", "h"),
    ("tt", "ll"),
    ("fi", "ﬁ"),
    ("fl", "ﬂ"),
    ("ti", "h"),
    ("ol", "d"),
    ("lc", "k"),
    ("ic", "k"),
    ("nt", "m"),
    ("iu", "m"),
    ("ui", "m"),
    ("tl", "d"),
    ("lo", "b"),
    ("u", "v"),
    ("u", "n"),
    ("c", "e"),
    ("c", "o"),
    ("e", "o"),
    ("a", "o"),
    ("h", "b"),
    ("h", "n"),
    ("n", "r"),
    ("f", "t"),
    ("i", "j"),
    ("i", "t"),
    ("l", "t"),
    ("r", "t"),
    ("v", "y"),
    ("g", "q"),
    ("g", "y"),
    ("ſ", "s"),
    ("ſ", "f"),
    ("ß", "B"),
    ("k", "t"),
    ("x", "r"),
    ("i", "l"),
    ("i", "1"),
    ("l", "1"),
    ("I", "l"),
    ("I", "1"),
    ("I", "i"),
    ("|", "l"),
    ("|", "I"),
    ("|", "1"),
    ("!", "l"),
    ("!", "I"),
    ("!", "1"),
    ("!", "i"),
    ("f", "s"),
    ("[", "l"),
    ("]", "l"),
    ("J", "I"),
    ("0", "O"),
    ("0", "o"),
    ("O", "Q"),
    ("O", "D"),
    ("C", "G"),
    ("E", "F"),
    ("R", "B"),
    ("P", "F"),
    ("5", "S"),
    ("5", "s"),
    ("8", "B"),
    ("8", "S"),
    ("2", "Z"),
    ("2", "z"),
    ("6", "b"),
    ("6", "G"),
    ("9", "g"),
    ("9", "q"),
    ("3", "8"),
    ("3", "B"),
    ("4", "A"),
    ("7", "T"),
    ("7", "?"),
    ("U", "V"),
    ("V", "Y"),
    ("M", "N"),
    ("H", "N"),
    ("K", "R"),
    ("Œ", "CE"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("£", "L"),
    ("$", "S"),
    ("€", "C"),
    ("'", "\u{2019}"),
    ("'", "\u{2018}"),
    ("\"", "\u{201c}"),
    ("\"", "\u{201d}"),
    ("''", "\""),
    ("-", "\u{2014}"),
    ("-", "\u{2013}"),
    ("\u{2013}", "\u{2014}"),
    ("\u{b7}", "."),
    ("\u{2022}", "."),
];

/// Says whether two differing readings look alike: equal Unicode skeletons, or a pair of the table.
#[must_use]
pub fn look_alike(one: &str, other: &str) -> bool {
    if one.is_empty() || other.is_empty() || one.len() > 64 || other.len() > 64 {
        return false;
    }
    is_pair(one, other) || same_skeleton(one, other)
}

/// The most bytes of a pair's part.
const LONGEST: usize = 3;

fn is_pair(one: &str, other: &str) -> bool {
    // All pairs as numbers, both ways: comparing strings would cost more than all the rest.
    static NUMBERS: OnceLock<Vec<u64>> = OnceLock::new();
    let part = |text: &str| text.bytes().fold(0, |number, byte| number << 8 | u64::from(byte));
    let number = |one: &str, other: &str| part(one) << 32 | part(other);
    if one.len().max(other.len()) > LONGEST {
        return false;
    }
    let numbers = NUMBERS.get_or_init(|| {
        let both = PAIRS.iter().flat_map(|&(x, y)| [number(x, y), number(y, x)]);
        let mut numbers: Vec<u64> = both.collect();
        numbers.sort_unstable();
        numbers
    });
    numbers.binary_search(&number(one, other)).is_ok()
}

/// Says whether two readings in ASCII that begin with these bytes may look alike.
pub(crate) fn may_begin_alike(one: u8, other: u8) -> bool {
    static TABLE: OnceLock<Vec<u128>> = OnceLock::new();
    may_have(TABLE.get_or_init(|| edges(|text| text.bytes().next())), one, other)
}

/// Says whether two readings in ASCII that end with these bytes may look alike.
pub(crate) fn may_end_alike(one: u8, other: u8) -> bool {
    static TABLE: OnceLock<Vec<u128>> = OnceLock::new();
    may_have(TABLE.get_or_init(|| edges(|text| text.bytes().next_back())), one, other)
}

fn may_have(table: &[u128], one: u8, other: u8) -> bool {
    table[usize::from(one)] >> other & 1 == 1
}

/// Makes a table of the ASCII characters that the pairs and the skeletons have at one edge.
fn edges(edge: fn(&str) -> Option<u8>) -> Vec<u128> {
    let skeletons = skeletons();
    let alike = |one: u8| {
        let own = edge(&skeletons[usize::from(one)]);
        let same = |&other: &u8| edge(&skeletons[usize::from(other)]) == own;
        (0..128).filter(same).fold(0, |all, other| all | 1_u128 << other)
    };
    let mut table: Vec<u128> = (0..128).map(alike).collect();
    for (one, other) in PAIRS.iter().flat_map(|&(x, y)| [(x, y), (y, x)]) {
        if let (Some(one @ 0..128), Some(other @ 0..128)) = (edge(one), edge(other)) {
            table[usize::from(one)] |= 1 << other;
        }
    }
    table
}

fn same_skeleton(one: &str, other: &str) -> bool {
    if !one.is_ascii() || !other.is_ascii() {
        return skeleton(one).eq(skeleton(other));
    }
    // Character by character, since nothing composes in ASCII, nor in what its letters stand for.
    let table = skeletons();
    let letters = |byte: u8| table[usize::from(byte)].chars();
    one.bytes().flat_map(letters).eq(other.bytes().flat_map(letters))
}

/// Returns the skeleton of each ASCII character.
fn skeletons() -> &'static [String] {
    static ASCII: OnceLock<Vec<String>> = OnceLock::new();
    let of = |byte: u8| skeleton(char::from(byte).encode_utf8(&mut [0; 4])).collect();
    ASCII.get_or_init(|| (0..128).map(of).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_for_ascii_is_right(one in "[ -~]{1,6}", other in "[ -~]{1,6}") {
            let slowly = |one: &str, other: &str| skeleton(one).eq(skeleton(other));
            prop_assert_eq!(same_skeleton(&one, &other), slowly(&one, &other));
            let rnm = one.replace('m', "rn").replace('1', "l").replace('0', "O");
            prop_assert_eq!(same_skeleton(&one, &rnm), slowly(&one, &rnm));
        }
    }

    #[test]
    fn no_part_of_a_pair_is_longer() {
        assert!(PAIRS.iter().all(|(one, other)| one.len().max(other.len()) <= LONGEST));
    }

    #[test]
    fn pairs_and_skeletons() {
        assert!(look_alike("rn", "m") && look_alike("m", "rn") && look_alike("ſ", "f"));
        assert!(look_alike("пов", "nob") == look_alike("nob", "пов"));
        assert!(look_alike("о", "o") && look_alike("1", "l"));
        assert!(!look_alike("", "l") && !look_alike("x", "q"));
    }
}
