//! The text of the edition: lines and pages as milestones, changes, notes and marks.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use crate::export::about::About;
use crate::export::changes::{Change, changes};
use crate::export::established::Pending;
use crate::export::tei::piece::{log_id, push_text, reviewer_id};
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
    let changes = match &about.readers {
        Some(readers) => readers.changes(about.review),
        None => changes(about.review),
    };
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

/// Holds one reading of a change.
struct Reading<'b> {
    tag: &'static str,
    attributes: String,
    text: &'b str,
    /// Whether it is the OCR's own, whose lines have numbers.
    ocr: bool,
}

/// Names several elements by their identifiers, each once.
fn pointers(ids: impl Iterator<Item = String>) -> String {
    let ids: BTreeSet<String> = ids.map(|id| format!("#{id}")).collect();
    ids.into_iter().collect::<Vec<_>>().join(" ")
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
        let readings = match change {
            change if change.is_disputed() => self.disputed(change, base),
            change if change.open => self.undecided(change, base),
            change => self.corrected(change, base),
        };
        let ends_line = readings.iter().any(|it| it.text.ends_with('\n'));
        if was_fresh && span.is_empty() && ends_line {
            // A line that is put in: the line of the OCR begins after it.
            self.body.text.push_str("<lb/>");
        } else {
            self.line_begins();
        }
        let ends = |text: &str| text.ends_with('\n') || (text.is_empty() && was_fresh && ends_line);
        self.fresh = readings.iter().all(|it| ends(it.text));
        let (open, close) = match change {
            change if change.is_disputed() => ("<app type=\"disputed\">", "</app>"),
            change if change.open => ("<app type=\"open\">", "</app>"),
            _ => ("<choice>", "</choice>"),
        };
        self.body.text.push_str(open);
        for it in &readings {
            self.write(format_args!("<{}{}>", it.tag, it.attributes));
            let from = it.ocr.then_some(span.start);
            self.reading(it.text, from, ends(it.text) && !self.fresh);
            self.write(format_args!("</{}>", it.tag));
        }
        self.body.text.push_str(close);
        self.at = span.end;
    }

    /// Returns the readings of a place that was decided.
    fn corrected<'b>(&self, change: &'b Change, base: &'b str) -> Vec<Reading<'b>> {
        let mut resp = self.resp(change.decided);
        if let Some(readers) = &self.about.readers {
            let who = change.said.iter().map(|&(at, _)| readers.logs[at].reviewer);
            resp = format!(" resp=\"{}\"", pointers(who.map(reviewer_id)));
        }
        let source = if change.accepted { " source=\"#transcript\"" } else { "" };
        let cert = if self.is_doubtful(change) { " cert=\"low\"" } else { "" };
        let attributes = format!("{resp}{source}{cert}");
        vec![
            Reading { tag: "sic", attributes: String::new(), text: base, ocr: true },
            Reading { tag: "corr", attributes, text: &change.stands, ocr: false },
        ]
    }

    /// Says whether a reviewer has marked all of a change as doubtful.
    fn is_doubtful(&self, change: &Change) -> bool {
        let span = &change.span;
        let mut notes = self.about.review.notes_in(0..span.end.max(span.start + 1));
        notes.any(|(_, noted)| {
            let whole = noted.at.start <= span.start && span.end <= noted.at.end;
            noted.mark == Mark::Doubtful && whole
        })
    }

    /// Returns the readings of a place that nobody has decided yet; the one that stands first.
    fn undecided<'b>(&self, change: &'b Change, base: &'b str) -> Vec<Reading<'b>> {
        let pending = self.about.pending.unwrap_or(Pending::Base);
        let tag = |stands: bool| if stands { "lem" } else { "rdg" };
        let in_part = change.stands != base;
        let mut readings = vec![Reading {
            tag: tag(pending == Pending::Base && !in_part),
            attributes: " wit=\"#ocr\"".to_owned(),
            text: base,
            ocr: true,
        }];
        if in_part {
            let (tag, attributes) = (tag(pending == Pending::Base), self.resp(change.decided));
            readings.push(Reading { tag, attributes, text: &change.stands, ocr: false });
        }
        readings.push(Reading {
            tag: tag(pending == Pending::Transcript),
            attributes: " wit=\"#transcript\"".to_owned(),
            text: &change.proposed,
            ocr: false,
        });
        readings.sort_by_key(|it| it.tag != "lem");
        readings
    }

    /// Returns the readings of a place where reviewers differ, each once, the OCR's first.
    fn disputed<'b>(&self, change: &'b Change, base: &'b str) -> Vec<Reading<'b>> {
        let logs = self.about.readers.as_ref().map_or(&[][..], |it| &it.logs);
        let stands = self.about.pending.unwrap_or(Pending::Base) == Pending::Base;
        let mut texts: Vec<&str> = vec![base];
        texts.extend(change.said.iter().map(|(_, reading)| reading.as_str()));
        let mut seen = BTreeSet::new();
        texts.retain(|text| seen.insert(*text));
        let of = |text: &'b str| {
            let own = change.said.iter().filter(|(_, reading)| reading == text);
            let own = own.map(|&(at, _)| log_id(logs[at].id));
            let ocr = (text == base).then(|| "ocr".to_owned());
            let attributes = format!(" wit=\"{}\"", pointers(ocr.into_iter().chain(own)));
            let tag = if text == base && stands { "lem" } else { "rdg" };
            Reading { tag, attributes, text, ocr: text == base }
        };
        texts.into_iter().map(of).collect()
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
