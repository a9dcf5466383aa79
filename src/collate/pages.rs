//! Page ends as anchors: a gap is cut where both sides end a page between lines that pair.

use std::ops::Range;

use crate::collate::likeness::{ENDS, Pattern, fold_ends};
use crate::collate::plan::Block;
use crate::document::Text;

/// From this likeness on (in thousandths) the lines around two page ends pair.
const PAIRED: u32 = 600;
/// How many page ends of the transcript are tried for one of the base.
const TRIES: usize = 8;

/// Cuts a gap at the page ends that both sides have; without any it is one piece.
pub(crate) fn pieces(base: &Text, transcript: &Text, block: &Block) -> Vec<Block> {
    let (base_lines, transcript_lines) = (&block.base_lines, &block.transcript_lines);
    let theirs = borders(transcript, transcript_lines);
    let ours = if theirs.is_empty() { Vec::new() } else { borders(base, base_lines) };
    if ours.is_empty() {
        return vec![block.clone()];
    }
    let around_ours = Around::new(base, base_lines);
    let around_theirs = Around::new(transcript, transcript_lines);
    let mut pieces = Vec::new();
    let (mut from, mut next) = ((base_lines.start, transcript_lines.start), 0);
    let mut piece = |to: (usize, usize)| {
        let (base_lines, transcript_lines) = (from.0..to.0, from.1..to.1);
        pieces.push(Block { base_lines, transcript_lines, equal: false });
        from = to;
    };
    for x in ours {
        let around = around_ours.border(x);
        let mut tried = theirs[next..].iter().take(TRIES);
        let found = tried.position(|&y| pair(&around, &around_theirs.border(y)));
        if let Some(at) = found {
            piece((x, theirs[next + at]));
            next += at + 1;
        }
    }
    piece((base_lines.end, transcript_lines.end));
    pieces
}

/// Returns the lines of a gap before which a page ends, its first left out.
fn borders(text: &Text, lines: &Range<usize>) -> Vec<usize> {
    let span = text.line(lines.start).start..text.line(lines.end).start;
    let ends = text.page_ends();
    let first = ends.partition_point(|&end| end as usize <= span.start);
    let inside = ends[first..].iter().map(|&end| end as usize).take_while(|&end| end < span.end);
    // The line of the page end before, how much of it was looked at, and whether that is blank.
    let mut looked = (usize::MAX, 0, true);
    let mut borders: Vec<usize> = inside
        .map(|end| {
            let line = text.line_of(end);
            if line != looked.0 {
                looked = (line, text.line(line).start, true);
            }
            // A form feed may stand at the line's start, or be its last character.
            let is_blank = looked.2 && text.slice(looked.1..end).trim().is_empty();
            looked = (line, end, is_blank);
            if is_blank { line } else { line + 1 }
        })
        .filter(|line| (lines.start + 1..lines.end).contains(line))
        .collect();
    borders.dedup();
    borders
}

/// Tells what stands around borders.
struct Around<'a> {
    text: &'a Text,
    /// The lines with words: between two borders there may be thousands without.
    worded: Vec<usize>,
}

impl<'a> Around<'a> {
    /// Looks for the lines with words.
    fn new(text: &'a Text, lines: &Range<usize>) -> Self {
        let words = |line: &usize| !text.slice(text.line(*line)).trim().is_empty();
        Self { text, worded: lines.clone().filter(words).collect() }
    }

    /// Returns the nearest lines with words before and after a border, folded.
    fn border(&self, border: usize) -> [Option<Vec<u8>>; 2] {
        let after = self.worded.partition_point(|&line| line < border);
        let folded = |at: usize| {
            let mut out = Vec::new();
            let line = self.text.line(*self.worded.get(at)?);
            fold_ends(self.text.slice(line), ENDS, &mut out);
            Some(out)
        };
        [after.checked_sub(1).and_then(folded), folded(after)]
    }
}

fn pair(one: &[Option<Vec<u8>>; 2], other: &[Option<Vec<u8>>; 2]) -> bool {
    let mut pattern = Pattern::default();
    one.iter().zip(other).all(|lines| match lines {
        (Some(line), Some(other)) => {
            pattern.set(line);
            pattern.likeness(other) >= PAIRED
        }
        (None, None) => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(base: &str, transcript: &str) -> Vec<(Range<usize>, Range<usize>)> {
        let (base, transcript) =
            (Text::new(base).expect("short"), Text::new(transcript).expect("short"));
        let (base_lines, transcript_lines) = (0..base.line_count(), 0..transcript.line_count());
        let block = Block { base_lines, transcript_lines, equal: false };
        let pieces = pieces(&base, &transcript, &block).into_iter();
        pieces.map(|piece| (piece.base_lines, piece.transcript_lines)).collect()
    }

    #[test]
    fn a_line_of_page_ends_only_is_read_once() {
        // Each end looked at the line from its start, which is a hundred thousand squared.
        let feeds = "\x0c".repeat(200_000);
        let text = Text::new(format!("\n{feeds}x\x0c\n")).expect("short");
        assert_eq!(borders(&text, &(0..text.line_count())), [1]);
        let text = Text::new(format!("\nx{feeds}\nlast\n")).expect("short");
        assert_eq!(borders(&text, &(0..text.line_count())), [2]);
    }

    #[test]
    fn of_a_page_in_one_line_the_ends_are_compared() {
        let page = "a page of one line ".repeat(10_000);
        let text = Text::new(format!("{page}\n\n\x0c\n\n{page}")).expect("short");
        let around = Around::new(&text, &(0..text.line_count()));
        assert!(around.border(2).iter().flatten().all(|line| line.len() == 2 * ENDS));
        assert_eq!(around.border(2).iter().flatten().count(), 2);
    }

    #[test]
    fn a_gap_is_cut_where_lines_around_both_page_ends_pair() {
        let base = "the first pagc\nSTAMP\n\n\x0cthe sccond page\nof two\n";
        let alike = "the first page\nSTANP\n\x0cthe second page\nof two, really\n";
        assert_eq!(cut(base, alike), [(0..3, 0..2), (3..5, 2..4)]);
        assert_eq!(cut(base, "the first page\n\x0cSTAMP\nthe second page\n"), [(0..5, 0..3)]);
        assert_eq!(cut(base, "the first page\nthe second page\n"), [(0..5, 0..2)]);
        let behind = "the first page\nSTAMP\x0c\nthe second page\n";
        assert_eq!(cut(base, behind), [(0..3, 0..2), (3..5, 2..3)]);
    }
}
