//! Characters that cannot be seen.

use unicode_segmentation::UnicodeSegmentation;

use crate::propose::scripts;
use crate::propose::suspect::{Reason, Suspect};

/// Characters that draw nothing and have no business in most lines: first and last code point.
const INVISIBLE: [(u32, u32); 14] = [
    (0x00, 0x08),
    (0x0b, 0x0b),
    (0x0e, 0x1f),
    (0x7f, 0x9f),
    (0x34f, 0x34f),
    (0x61c, 0x61c),
    (0x115f, 0x1160),
    (0x180e, 0x180e),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0xe000, 0xf8ff),
    (0xfeff, 0xfeff),
    (0xfff9, 0xfffd),
];

/// Joiners and direction marks: they belong to scripts that are joined or run from right to left.
const OF_SCRIPTS: [char; 5] = ['\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{61c}'];

/// Finds the characters of a line that cannot be seen and have no business there.
pub(crate) fn of_line(line: &str, offset: usize, found: &mut Vec<Suspect>) {
    let odd = |letter: char| {
        let code = u32::from(letter);
        INVISIBLE.iter().any(|(first, last)| (*first..=*last).contains(&code)) || letter == '\u{ad}'
    };
    let plain = |byte| matches!(byte, b' '..0x7f | b'\n' | b'\t');
    // Without a way out in the middle, many bytes are looked at at once.
    if line.bytes().fold(true, |all, byte| all & plain(byte)) {
        return;
    }
    let needs_joiners = line.chars().any(scripts::is_joined);
    let ink = line.trim_end().len();
    for (at, cluster) in line.grapheme_indices(true) {
        let belongs = |letter: char| {
            (OF_SCRIPTS.contains(&letter) && (needs_joiners || cluster.chars().count() > 2))
                // A soft hyphen at a line's end is a hyphen; a BOM at the start is the file's.
                || (letter == '\u{ad}' && at + cluster.len() >= ink)
                || (letter == '\u{feff}' && offset + at == 0)
        };
        if cluster.chars().any(|letter| odd(letter) && !belongs(letter)) {
            let at = offset + at..offset + at + cluster.len();
            found.push(Suspect { at, reason: Reason::Invisible });
        }
    }
}
