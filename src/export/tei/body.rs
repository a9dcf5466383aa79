//! The text of the edition: lines and pages as milestones, changes, notes and marks.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use crate::export::about::About;
use crate::export::changes::{Change, changes};
use crate::export::established::Pending;
use crate::export::tei::piece::{push_text, reviewer_id};
use crate::export::xml;
use crate::review::event::{Mark, Noted};

/// Holds the content of the `ab` and which characters of it XML cannot hold.
#[derive(Debug, Default)]
pub struct Body {
    /// The content.
    pub text: String,
    /// The characters.
    pub odd: BTreeSet<char>,
}

/// Writes the text.
#[must_use]
pub fn body(about: &About<'_>) -> Body {
    let changes = changes(about.review);
    let base = about.review.base();
    let mut notes: Vec<(u64, &Noted)> = about.review.notes_in(0..base.len() + 1).collect();
    let wraps = wraps(&notes, &changes);
    notes.sort_by_key(|(seq, noted)| (noted.at.end, *seq));
    notes.reverse();
    let body = Body::default();
    let mut writer =
        Writer { about, notes, wraps, open: Vec::new(), body, at: 0, page: 1, fresh: true };
    for change in &changes {
        writer.same(change.span.start);
        writer.change(change);
    }
    writer.same(base.len());
    writer.borders(base.len(), false);
    writer.body
}

/// Holds a span that an element goes around: it cuts no change and no other element.
#[derive(Debug, Clone)]
struct Wrap {
    span: Range<usize>,
    tag: &'static str,
    attributes: &'static str,
}

/// Returns the element that a mark puts around its span.
fn element(mark: Mark) -> Option<(&'static str, &'static str)> {
    match mark {
        Mark::Sic => Some(("sic", "")),
        Mark::Illegible => Some(("unclear", " reason=\"illegible\"")),
        Mark::Doubtful => Some(("unclear", " cert=\"low\"")),
        Mark::Note | Mark::Checked => None,
    }
}

/// Returns the spans of marks that can be elements, last first, the outer after the inner; the
/// others are told by their notes alone.
fn wraps(notes: &[(u64, &Noted)], changes: &[Change]) -> Vec<Wrap> {
    let mut wraps: Vec<Wrap> = Vec::new();
    let mut marked: Vec<&Noted> = notes.iter().map(|(_, noted)| *noted).collect();
    marked.sort_by_key(|noted| (noted.at.start, std::cmp::Reverse(noted.at.end)));
    let mut ends: Vec<usize> = Vec::new();
    for noted in marked {
        let Some((tag, attributes)) = element(noted.mark) else { continue };
        let span = noted.at.clone();
        let first = changes.partition_point(|change| change.span.end <= span.start);
        let mut near = changes[first..].iter().take_while(|change| change.span.start < span.end);
        let whole = near.all(|it| span.start <= it.span.start && it.span.end <= span.end);
        while ends.last().is_some_and(|&end| end <= span.start) {
            ends.pop();
        }
        let nested = ends.last().is_none_or(|&end| span.end <= end);
        if !span.is_empty() && whole && nested {
            ends.push(span.end);
            wraps.push(Wrap { span, tag, attributes });
        }
    }
    wraps.reverse();
    wraps
}

/// Goes through the base from its start to its end.
struct Writer<'a> {
    about: &'a About<'a>,
    /// The notes that are still to be written, the next one last.
    notes: Vec<(u64, &'a Noted)>,
    /// The elements that are still to be opened, the next one last.
    wraps: Vec<Wrap>,
    /// The elements that are open: their names and where they end.
    open: Vec<(&'static str, usize)>,
    body: Body,
    /// Where in the base the writer is.
    at: usize,
    /// The next page whose beginning is to be marked.
    page: usize,
    /// Whether a line begins here, in the OCR and in the text as it stands, that is not marked yet.
    fresh: bool,
}

impl Writer<'_> {
    /// Writes base text that stands as it is, up to `end`.
    fn same(&mut self, end: usize) {
        let base = self.about.review.base();
        while self.at < end {
            self.borders(self.at, true);
            self.line_begins();
            let line = base.line(base.line_of(self.at)).end.min(end);
            let stop = self.next_border().map_or(line, |it| it.min(line));
            let text = base.slice(self.at..stop);
            push_text(&mut self.body.text, text, &mut self.body.odd);
            self.fresh = text.ends_with('\n');
            self.at = stop;
        }
    }

    /// Returns the next place after this one where an element or a page begins or ends, or a note
    /// is due.
    fn next_border(&self) -> Option<usize> {
        let wrap = self.wraps.last().map(|wrap| wrap.span.start);
        let open = self.open.last().map(|&(_, end)| end);
        let note = self.notes.last().map(|(_, noted)| noted.at.end);
        let page = self.about.review.base().page(self.page).start;
        [wrap, open, note, Some(page)].into_iter().flatten().filter(|&it| it > self.at).min()
    }

    /// Writes what ends or begins at `at`: elements, notes, pages. Elements are opened only where
    /// `opens` says so: what is put in at a place stands before those that begin there.
    fn borders(&mut self, at: usize, opens: bool) {
        while self.open.last().is_some_and(|&(_, end)| end <= at) {
            if let Some((tag, _)) = self.open.pop() {
                self.write(format_args!("</{tag}>"));
            }
        }
        while let Some((seq, noted)) = self.notes.pop_if(|(_, noted)| noted.at.end <= at) {
            self.note(seq, noted);
        }
        self.pages(at);
        while opens && let Some(wrap) = self.wraps.pop_if(|wrap| wrap.span.start <= at) {
            self.write(format_args!("<{}{}>", wrap.tag, wrap.attributes));
            self.open.push((wrap.tag, wrap.span.end));
        }
    }

    /// Marks the pages that have begun at `at`.
    fn pages(&mut self, at: usize) {
        let base = self.about.review.base();
        while self.page <= base.page_count() && base.page(self.page).start <= at {
            let page = self.page;
            self.write(format_args!("<pb n=\"{page}\"/>"));
            self.page += 1;
        }
    }

    fn line_begins(&mut self) {
        if std::mem::take(&mut self.fresh) {
            self.lb(self.at);
        }
    }

    /// Marks the beginning of a line, with its number where it is one of the OCR.
    fn lb(&mut self, at: usize) {
        let base = self.about.review.base();
        let line = base.line_of(at);
        if line < base.line_count() && base.line(line).start == at {
            self.write(format_args!("<lb n=\"{}\"/>", line + 1));
        } else {
            self.body.text.push_str("<lb/>");
        }
    }

    fn note(&mut self, seq: u64, noted: &Noted) {
        let (mark, resp) = (noted.mark, self.resp(Some(seq)));
        let words = if noted.note.is_empty() { mark.to_string() } else { noted.note.clone() };
        let words = xml::shown(&words);
        self.write(format_args!("<note type=\"{mark}\"{resp}>{words}</note>"));
    }

    /// Returns the attributes that say who decided something, and by which record.
    fn resp(&self, seq: Option<u64>) -> String {
        let stamp = seq.and_then(|seq| self.about.stamp(seq));
        let of = |seq, reviewer| format!(" resp=\"#{}\" n=\"{seq}\"", reviewer_id(reviewer));
        stamp.map_or_else(String::new, |stamp| of(stamp.seq, stamp.reviewer))
    }

    /// Writes a change; its line ends are told within each reading where the readings differ.
    fn change(&mut self, change: &Change) {
        let span = change.span.clone();
        let base = self.about.review.base().slice(span.clone());
        self.borders(span.start, !span.is_empty());
        let was_fresh = self.fresh;
        let other = if change.open { &change.proposed } else { &change.stands };
        if was_fresh && span.is_empty() && other.ends_with('\n') {
            // A line that is put in: the line of the OCR begins after it.
            self.body.text.push_str("<lb/>");
        } else {
            self.line_begins();
        }
        let ends = |text: &str, twin: &str| {
            text.ends_with('\n') || (text.is_empty() && was_fresh && twin.ends_with('\n'))
        };
        let (in_base, in_other) = (ends(base, other), ends(other, base));
        if change.open {
            self.apparatus(change, base, [in_base && !in_other, in_other && !in_base]);
        } else {
            self.choice(change, base, [in_base && !in_other, in_other && !in_base]);
        }
        self.fresh = in_base && in_other;
        self.at = span.end;
    }

    fn choice(&mut self, change: &Change, base: &str, begins: [bool; 2]) {
        let resp = self.resp(change.decided);
        let source = if change.accepted { " source=\"#transcript\"" } else { "" };
        let doubtful = self.about.review.notes_in(0..change.span.end.max(change.span.start + 1));
        let overlaps = |noted: &Noted| {
            noted.mark == Mark::Doubtful
                && noted.at.start <= change.span.start
                && change.span.end <= noted.at.end
        };
        let cert =
            if doubtful.into_iter().any(|(_, it)| overlaps(it)) { " cert=\"low\"" } else { "" };
        self.body.text.push_str("<choice><sic>");
        self.reading(base, Some(change.span.start), begins[0]);
        self.write(format_args!("</sic><corr{resp}{source}{cert}>"));
        self.reading(&change.stands, None, begins[1]);
        self.body.text.push_str("</corr></choice>");
    }

    /// Writes the readings of a place that nobody has decided yet.
    fn apparatus(&mut self, change: &Change, base: &str, begins: [bool; 2]) {
        let pending = self.about.pending.unwrap_or(Pending::Base);
        let tag = |stands: bool| if stands { "lem" } else { "rdg" };
        let decided_in_part = change.stands != base;
        let (ocr, own, fair) = (
            tag(pending == Pending::Base && !decided_in_part),
            tag(pending == Pending::Base),
            tag(pending == Pending::Transcript),
        );
        let mut readings = vec![(ocr, " wit=\"#ocr\"".to_owned(), base, Some(change.span.start))];
        if decided_in_part {
            readings.push((own, self.resp(change.decided), &change.stands, None));
        }
        readings.push((fair, " wit=\"#transcript\"".to_owned(), &change.proposed, None));
        // The one that stands comes first.
        readings.sort_by_key(|(tag, ..)| *tag != "lem");
        self.body.text.push_str("<app type=\"open\">");
        for (tag, attributes, text, from) in readings {
            let begins = if from.is_some() { begins[0] } else { begins[1] };
            self.write(format_args!("<{tag}{attributes}>"));
            self.reading(text, from, begins);
            self.write(format_args!("</{tag}>"));
        }
        self.body.text.push_str("</app>");
    }

    /// Writes a reading with its lines; `from` is where it starts if it is the OCR's, whose lines
    /// have numbers and whose pages are marked; `begins` says that a line begins after it.
    fn reading(&mut self, text: &str, from: Option<usize>, begins: bool) {
        let mut done = 0;
        for line in text.split_inclusive('\n') {
            push_text(&mut self.body.text, line, &mut self.body.odd);
            done += line.len();
            if !line.ends_with('\n') || (done == text.len() && !begins) {
                continue;
            }
            match from {
                Some(from) => {
                    self.pages(from + done);
                    self.lb(from + done);
                }
                None => self.body.text.push_str("<lb/>"),
            }
        }
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        self.body.text.write_fmt(what).expect("a string takes all");
    }
}
