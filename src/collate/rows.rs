//! From changes to fixes and rows: insertions divided and counted, kinds told, rows cut.

use std::ops::Range;

use crate::collate::change::{Change, Place};
use crate::collate::fix::{Fix, Row};
use crate::collate::kind::{Reading, kind};
use crate::collate::plan::{Block, Plan};

/// Makes the fixes and rows of a gap from its changes, which ascend on both sides.
pub(crate) fn rows_and_fixes(
    plan: &Plan,
    block: &Block,
    changes: &[Change],
) -> (Vec<Row>, Vec<Fix>) {
    let mut fixes = Vec::with_capacity(changes.len());
    let mut alone = Vec::with_capacity(changes.len());
    for change in changes {
        push_fixes(plan, change, &mut fixes);
        alone.resize(fixes.len(), change.place == Place::Missing);
    }
    let rows = rows(plan, block, (&fixes, &alone));
    (rows, fixes)
}

/// Appends the fixes of one change: none if nothing differs, several for an insertion with lines.
fn push_fixes(plan: &Plan, change: &Change, fixes: &mut Vec<Fix>) {
    let base = plan.base.slice(change.base.clone());
    let proposed = plan.transcript.slice(change.transcript.clone());
    if base == proposed {
        return;
    }
    let mut at = change.transcript.start;
    let mut push = |proposed: &str| {
        let n = match fixes.last() {
            Some(last) if base.is_empty() && last.at == change.base => last.n + 1,
            _ => 0,
        };
        let reading = Reading { plan, base, proposed, at, place: change.place };
        let transcript_at = at..at + proposed.len();
        at = transcript_at.end;
        fixes.push(Fix { at: change.base.clone(), n, transcript_at, kind: kind(&reading) });
    };
    if base.is_empty() {
        proposed.split_inclusive('\n').for_each(push);
    } else {
        push(proposed);
    }
}

/// Cuts rows at the base's line ends and after each missing line; `alone` tells which fixes are such.
fn rows(plan: &Plan, block: &Block, (fixes, alone): (&[Fix], &[bool])) -> Vec<Row> {
    let mut maker = Rows {
        fixes,
        alone,
        fix: 0,
        base: plan.base.line(block.base_lines.start).start,
        transcript: plan.transcript.line(block.transcript_lines.start).start,
        rows: Vec::with_capacity(block.base_lines.len()),
    };
    for line in block.base_lines.clone() {
        let line = plan.base.line(line);
        maker.missing_lines(line.start);
        let open = line.end == plan.base.len() && !plan.base.as_str().ends_with('\n');
        maker.line(line, open);
    }
    // Whatever is left was put in behind the last line.
    let (end, left) = (maker.base, maker.fix..fixes.len());
    for fix in left {
        maker.fix += 1;
        maker.push(end..end, fixes[fix].transcript_at.clone(), fix);
    }
    maker.rows
}

/// Makes rows from the first fix to the last.
struct Rows<'a> {
    fixes: &'a [Fix],
    alone: &'a [bool],
    /// The next fix.
    fix: usize,
    /// Where the texts stand after the last fix or row.
    base: usize,
    transcript: usize,
    rows: Vec<Row>,
}

impl Rows<'_> {
    /// Makes a row of each missing line at `offset`.
    fn missing_lines(&mut self, offset: usize) {
        while let Some(fix) = self.fixes.get(self.fix)
            && fix.at == (offset..offset)
            && self.alone[self.fix]
        {
            self.fix += 1;
            self.base = offset;
            self.transcript = fix.transcript_at.end;
            self.push(offset..offset, fix.transcript_at.clone(), self.fix - 1);
        }
    }

    /// Makes the row of a base line; `open` says that no line end ends it.
    fn line(&mut self, line: Range<usize>, open: bool) {
        let (start, first) = (self.transcript, self.fix);
        while let Some(fix) = self.fixes.get(self.fix)
            && (fix.at.start < line.end
                || (open && fix.at.start == line.end && !self.alone[self.fix]))
        {
            self.base = fix.at.end;
            self.transcript = fix.transcript_at.end;
            self.fix += 1;
        }
        if self.base < line.end {
            self.transcript += line.end - self.base;
            self.base = line.end;
        }
        self.push(line, start..self.transcript, first);
    }

    fn push(&mut self, base: Range<usize>, transcript: Range<usize>, first: usize) {
        self.rows.push(Row { base, transcript, fixes: first as u32..self.fix as u32 });
    }
}
