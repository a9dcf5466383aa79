//! A unified diff from the base to the established text, as `patch` takes it.
//!
//! Lines end at line feeds and nowhere else; CR, form feeds and controls are bytes like any other.

use std::fmt::Write as _;
use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::collate::plan::{Plan, plan};
use crate::document::Text;

/// How many equal lines are shown around a change.
const CONTEXT: usize = 3;

/// The most lines of both sides together that are compared one by one within a gap; a longer gap
/// is written as one change. Comparing costs up to the square of it.
const REFINED_LINES: usize = 4000;

/// Holds lines that are replaced by others.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    base: Range<usize>,
    established: Range<usize>,
}

/// Writes the changes that lead from `base` to `established`; nothing at all if there are none.
///
/// `name` is the file's name for the heading, quoted as C does where it holds odd characters.
#[must_use]
pub fn diff(name: &str, base: Text, established: Text) -> Vec<u8> {
    let plan = plan(base, established);
    let changes = changes(&plan);
    let mut out = Vec::new();
    if changes.is_empty() {
        return out;
    }
    let name = quoted(name);
    out.extend_from_slice(format!("--- {name}\n+++ {name}\n").as_bytes());
    for hunk in changes.chunk_by(|change, next| next.base.start - change.base.end <= 2 * CONTEXT) {
        write_hunk(&mut out, &plan, hunk);
    }
    out
}

/// Finds the changed lines, ascending.
fn changes(plan: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    for block in plan.blocks.iter().filter(|block| !block.equal) {
        let (base, established) = (block.base_lines.clone(), block.transcript_lines.clone());
        if base.len() + established.len() > REFINED_LINES {
            changes.push(Change { base, established });
            continue;
        }
        let (from, to) = (lines(&plan.base, &base), lines(&plan.transcript, &established));
        for op in capture_diff_slices(Algorithm::Myers, &from, &to) {
            if op.tag() != DiffTag::Equal {
                changes.push(Change {
                    base: base.start + op.old_range().start..base.start + op.old_range().end,
                    established: established.start + op.new_range().start
                        ..established.start + op.new_range().end,
                });
            }
        }
    }
    changes
}

fn lines<'a>(text: &'a Text, range: &Range<usize>) -> Vec<&'a str> {
    range.clone().map(|index| text.slice(text.line(index))).collect()
}

/// Writes changes that lie close together, with the lines between and around them.
fn write_hunk(out: &mut Vec<u8>, plan: &Plan, hunk: &[Change]) {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { return };
    let before = first.base.start.min(CONTEXT);
    let after = (plan.base.line_count() - last.base.end).min(CONTEXT);
    let base = first.base.start - before..last.base.end + after;
    let established = first.established.start - before..last.established.end + after;
    let heading = format!("@@ -{} +{} @@\n", lines_of(&base), lines_of(&established));
    out.extend_from_slice(heading.as_bytes());
    let mut at = base.start;
    for change in hunk {
        write_lines(out, b' ', &plan.base, at..change.base.start);
        write_lines(out, b'-', &plan.base, change.base.clone());
        write_lines(out, b'+', &plan.transcript, change.established.clone());
        at = change.base.end;
    }
    write_lines(out, b' ', &plan.base, at..base.end);
}

fn write_lines(out: &mut Vec<u8>, sign: u8, text: &Text, lines: Range<usize>) {
    for index in lines {
        let line = text.slice(text.line(index));
        out.push(sign);
        out.extend_from_slice(line.as_bytes());
        if !line.ends_with('\n') {
            out.extend_from_slice(b"\n\\ No newline at end of file\n");
        }
    }
}

/// Writes a range of lines as a hunk's heading has it: an empty one names the line before it.
fn lines_of(range: &Range<usize>) -> String {
    let first = range.start + usize::from(!range.is_empty());
    format!("{first},{}", range.len())
}

/// Quotes a file name as GNU diff and patch do, where it could be misread.
fn quoted(name: &str) -> String {
    let odd = |byte: u8| byte < b' ' || byte == 0x7f || byte == b'"' || byte == b'\\';
    if !name.bytes().any(odd) {
        // A tab ends a name that holds blanks.
        let tab = if name.contains(' ') { "\t" } else { "" };
        return format!("{name}{tab}");
    }
    let mut text = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_ascii_control() => {
                write!(text, "\\{:03o}", c as u32).expect("a string takes all");
            }
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, established: &str) -> String {
        let text = |text: &str| Text::new(text).expect("short");
        let bytes = diff("a.txt", text(base), text(established));
        String::from_utf8(bytes).expect("UTF-8 in, UTF-8 out")
    }

    #[test]
    fn nothing_changed() {
        assert_eq!(check("a\n", "a\n"), "");
        assert_eq!(check("", ""), "");
    }

    #[test]
    fn ends_without_line_feed() {
        insta::assert_snapshot!(check("a\nb", "a\nb\n"), @r"
        --- a.txt
        +++ a.txt
        @@ -1,2 +1,2 @@
         a
        -b
        \ No newline at end of file
        +b
        ");
        insta::assert_snapshot!(check("", "a"), @r"
        --- a.txt
        +++ a.txt
        @@ -0,0 +1,1 @@
        +a
        \ No newline at end of file
        ");
    }

    #[test]
    fn hunks_apart_and_together() {
        let base: String = (1..=20).map(|n| format!("{n}\n")).collect();
        let established =
            base.replace("2\n3\n", "2\nthree\n").replace("\n9\n", "\n").replace("20\n", "");
        insta::assert_snapshot!(check(&base, &established), @r"
        --- a.txt
        +++ a.txt
        @@ -1,12 +1,11 @@
         1
         2
        -3
        +three
         4
         5
         6
         7
         8
        -9
         10
         11
         12
        @@ -17,4 +16,3 @@
         17
         18
         19
        -20
        ");
    }

    #[test]
    fn odd_names_are_quoted() {
        assert_eq!(quoted("a.txt"), "a.txt");
        assert_eq!(quoted("a b.txt"), "a b.txt\t");
        assert_eq!(quoted("a\n\"b\\\u{1b}"), "\"a\\012\\\"b\\\\\\033\"");
    }
}
