//! `recto review --plain`: one open place after another in words, an answer on a line each; for
//! screen readers, terminals that cannot place their cursor, and those who have no terminal.

use std::fmt::Write as _;
use std::ops::Range;

use crate::cli::act::{act, farewell, in_words, review, tell};
use crate::cli::failure::{Exit, Failure};
use crate::collate::fix::{FixId, Kind};
use crate::review::command::{Command, Decide, Reach, Target};
use crate::review::decide::decide;
use crate::review::edit::editable;
use crate::review::event::{Extent, Mark, Scope, Verdict};
use crate::review::state::Review;
use crate::shell::answers::{Answer, ask};
use crate::shell::bookmark::{self, Bookmark};
use crate::shell::console::Console;
use crate::shell::recent::Memory;
use crate::shell::session::Session;
use crate::text::graphemes::{border_after, border_before};
use crate::text::scripts::{foreign, scripts};
use crate::text::visible::{Repertoire, escape_for};
use crate::ui::special;
use crate::ui::spoken::spoken;
use crate::ui::words;

/// What can be answered, and what it does.
const ANSWERS: [(&str, &str); 12] = [
    ("a", "accept: the corrected text's reading stands"),
    ("r", "reject: the OCR's reading stands"),
    ("e", "edit: you type what stands there, on the next line or right after the e"),
    ("s", "skip to the next open place"),
    ("b", "back to the open place before"),
    ("u", "undo your last act"),
    ("d", "mark as doubtful, and go on"),
    ("n WORDS", "write a note here; c does too, as on the screen"),
    ("p", "print the place again, letter by letter; i does too"),
    ("76", "go to the first open place from line 76 on"),
    ("q", "leave; everything is on disk already"),
    ("?", "this list"),
];

/// So many bytes of a line are printed before and after a fix.
const AROUND: usize = 80;

/// Holds a review that is gone through line by line.
struct Plain<'a> {
    session: &'a mut Session,
    review: Review,
    console: &'a Console,
    repertoire: Repertoire,
    at: Option<FixId>,
}

/// Goes through the open places until the reviewer leaves or the answers end.
///
/// # Errors
/// A log that does not fit the texts or cannot be written.
pub fn run(
    mut session: Session,
    repertoire: Repertoire,
    console: &Console,
) -> Result<Exit, Failure> {
    tell(&session, console);
    let mut review = review(&session)?;
    review.begin_session(session.head.as_ref().map_or(0, |&(_, size)| size));
    let start = session.bookmark.unwrap_or(0);
    let session = &mut session;
    let mut plain = Plain { session, review, console, repertoire, at: None };
    plain.at = plain.open_from(start).or_else(|| plain.review.next_open(None));
    plain.greet()?;
    plain.go()?;
    plain.leave()
}

impl Plain<'_> {
    /// Prints a line: what is from files only in its visible form.
    fn print(&self, text: &str) -> Result<(), Failure> {
        let mut line = escape_for(text, self.repertoire);
        line.push('\n');
        Ok(self.console.result(line.as_bytes())?)
    }

    fn greet(&self) -> Result<(), Failure> {
        self.print(&format!("{}: {}.", self.session.base.name, in_words(&self.review.counts())))?;
        if let Some(why) = self.session.why_read_only() {
            self.print(&format!("read only: {why}"))?;
        }
        self.print("Answer a accept, r reject, e edit, s skip, u undo, q quit; ? tells all.")
    }

    fn go(&mut self) -> Result<(), Failure> {
        let mut shown = None;
        loop {
            let Some(id) = self.at else {
                self.print("Nothing is open any more.")?;
                if !self.asks_on()? {
                    return Ok(());
                }
                continue;
            };
            if shown != Some(id) {
                self.show(id)?;
                shown = Some(id);
            }
            let line = match ask("a r e s u q ? > ")? {
                Answer::End => return Ok(()),
                Answer::NoText => {
                    self.print("that was no text; nothing is done")?;
                    continue;
                }
                Answer::Line(line) => line,
            };
            let before = self.at;
            match self.answer(id, line.trim())? {
                Next::Leave => return Ok(()),
                Next::Again => shown = None,
                Next::Stay if self.at == before => {}
                Next::Stay => shown = None,
            }
        }
    }

    /// Once nothing is open: undo, or leave.
    fn asks_on(&mut self) -> Result<bool, Failure> {
        match ask("u undoes, q quits > ")? {
            Answer::Line(line) if line.trim() == "u" => {
                self.undo()?;
                Ok(true)
            }
            Answer::Line(line) if line.trim().is_empty() => Ok(true),
            _ => Ok(false),
        }
    }

    /// Returns the first open fix that starts at or after a byte of the base.
    fn open_from(&self, byte: usize) -> Option<FixId> {
        let mut id = self.review.next_open(None);
        while let Some(open) = id {
            if self.review.collation().fix(open).at.start >= byte {
                return Some(open);
            }
            id = self.review.next_open(Some(open));
        }
        None
    }

    /// Does what an answer says.
    fn answer(&mut self, id: FixId, line: &str) -> Result<Next, Failure> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "" => {}
            "a" if rest.is_empty() => self.verdict(id, Verdict::Accept)?,
            "r" if rest.is_empty() => self.verdict(id, Verdict::Reject)?,
            "e" => self.edit(id, rest)?,
            "s" => self.step(id)?,
            "b" => match self.review.previous_open(Some(id)) {
                Some(before) => self.at = Some(before),
                None => self.print("this is the first open place")?,
            },
            "u" => self.undo()?,
            "d" => {
                if self.note(id, Mark::Doubtful, String::new())? {
                    self.step(id)?;
                }
            }
            "n" | "c" if rest.is_empty() => {
                self.print(&format!("write the note after the {word}"))?;
            }
            "n" | "c" => drop(self.note(id, Mark::Note, rest.to_owned())?),
            "p" | "i" => {
                self.letters(id)?;
                return Ok(Next::Again);
            }
            "q" => return Ok(Next::Leave),
            "?" | "h" => {
                for (answer, does) in ANSWERS {
                    self.print(&format!("{answer}: {does}"))?;
                }
            }
            _ => match word.trim_start_matches(':').parse::<usize>() {
                Ok(line) => self.go_to_line(line)?,
                Err(_) => self.print(&format!("{word:?} is no answer; ? tells all"))?,
            },
        }
        Ok(Next::Stay)
    }

    fn go_to_line(&mut self, line: usize) -> Result<(), Failure> {
        let base = self.review.base();
        if line == 0 || line > base.line_count() {
            return self
                .print(&format!("there is no line {line}: the OCR has {}", base.line_count()));
        }
        match self.open_from(base.line(line - 1).start) {
            Some(id) => self.at = Some(id),
            None => self.print(&format!("nothing is open from line {line} on"))?,
        }
        Ok(())
    }

    /// Goes to the next open place after one, round and round.
    fn step(&mut self, from: FixId) -> Result<(), Failure> {
        let next = self.review.next_open(Some(from));
        self.at = next.or_else(|| self.review.next_open(None));
        match (next, self.at) {
            (None, Some(only)) if only == from => self.print("this is the only open place"),
            (None, Some(_)) => self.print("on from the top"),
            _ => Ok(()),
        }
    }

    fn verdict(&mut self, id: FixId, verdict: Verdict) -> Result<(), Failure> {
        let wish = Decide {
            verdict,
            scope: Scope::Fix,
            fixes: vec![id],
            own: Vec::new(),
            reach: Reach::Every,
            offered: None,
        };
        if self.command(&Command::Decide(wish))? {
            self.step(id)?;
        }
        Ok(())
    }

    /// Records a reading of the reviewer's own: of the fix, or of its line where it has no span.
    fn edit(&mut self, id: FixId, typed: &str) -> Result<(), Failure> {
        let at = self.review.collation().fix(id).at.clone();
        let row = self.review.collation().row_of(id);
        let alone = !at.is_empty() && !self.review.base().slice(at.clone()).contains('\n');
        let (scope, target) =
            match alone && editable(&self.review, &Target::Span(at.clone())).is_ok() {
                true => (Scope::Fix, Target::Span(at)),
                false => (Scope::Line, Target::Row(row)),
            };
        let found = match editable(&self.review, &target) {
            Ok(found) => found,
            Err(refusal) => return self.print(&refusal.to_string()),
        };
        let text = if typed.is_empty() {
            let what = if scope == Scope::Fix { "here" } else { "in the whole line" };
            self.print(&format!("{what} stands: {}", found.shown))?;
            match ask("what shall stand there? (nothing typed: as it was; \"\": nothing) > ")? {
                Answer::Line(line) if line.is_empty() => return self.print("left as it was"),
                Answer::Line(line) => line,
                Answer::NoText | Answer::End => return self.print("left as it was"),
            }
        } else {
            typed.to_owned()
        };
        let text = if text == "\"\"" { String::new() } else { unescaped(&text) };
        if self.command(&Command::Edit { scope, target, text })? {
            self.step(id)?;
        }
        Ok(())
    }

    fn note(&mut self, id: FixId, mark: Mark, note: String) -> Result<bool, Failure> {
        let at = self.review.collation().fix(id).at.clone();
        self.command(&Command::Note { at, mark, note })
    }

    fn undo(&mut self) -> Result<(), Failure> {
        let go = decide(&self.review, &Command::Undo).ok().and_then(|decision| decision.go);
        if self.command(&Command::Undo)? {
            let found = go.and_then(|byte| self.open_from(byte));
            self.at = found.or_else(|| self.review.next_open(None));
        }
        Ok(())
    }

    /// Asks where it must be asked, records, and says whether something is recorded.
    fn command(&mut self, command: &Command) -> Result<bool, Failure> {
        if let Some(why) = self.session.why_read_only() {
            self.print(&format!("read only: {why}"))?;
            return Ok(false);
        }
        match decide(&self.review, command) {
            Err(refusal) => {
                self.print(&refusal.to_string())?;
                return Ok(false);
            }
            Ok(decision) => {
                if let Some(question) = decision.confirm {
                    self.print(&question)?;
                    if ask("y does it > ")? != Answer::Line("y".to_owned()) {
                        self.print("left as it was")?;
                        return Ok(false);
                    }
                }
            }
        }
        act(self.session, &mut self.review, command, self.console)?;
        Ok(true)
    }

    /// Prints a place: where it is, both texts around it, what would change.
    fn show(&self, id: FixId) -> Result<(), Failure> {
        let review = &self.review;
        let (base, fix) = (review.base(), review.collation().fix(id));
        let row = review.collation().row(review.collation().row_of(id));
        let line = (base.line_of(fix.at.start) + 1).min(base.line_count().max(1));
        let open = review.counts().open;
        let page = if base.page_count() > 1 {
            format!("page {}, ", base.page_of(fix.at.start))
        } else {
            String::new()
        };
        let kind = words::kind(fix.kind, 1);
        self.print("")?;
        self.print(&format!("{page}line {line}, {kind}, {open} open."))?;
        let left = excerpt(base.as_str(), &row.base, &fix.at);
        let right = excerpt(review.transcript().as_str(), &row.transcript, &fix.transcript_at);
        match fix.kind {
            Kind::ExtraLine => {
                let left = blank_lines(review.base_reading(id)).unwrap_or(left);
                self.print(&format!("only in the OCR: {left}"))?;
            }
            Kind::MissingLine => {
                let right = blank_lines(review.proposed(id)).unwrap_or(right);
                self.print(&format!("only in the corrected text: {right}"))?;
            }
            _ => {
                self.print(&format!("OCR: {left}"))?;
                self.print(&format!("corrected: {right}"))?;
            }
        }
        match words::line_verbs(fix.kind) {
            Some((put, keep)) => self.print(&format!("accept: {put}; reject: {keep}.")),
            None => {
                let (from, to) = (review.base_reading(id), review.proposed(id));
                if !foreign(from).is_empty() {
                    let scripts = scripts(from).join(" and ");
                    self.print(&format!("{scripts} letters in one word of the OCR."))?;
                }
                self.print(&format!("{} becomes {}.", spoken(from), spoken(to)))
            }
        }
    }

    /// Prints the letters of both readings with their codes.
    fn letters(&self, id: FixId) -> Result<(), Failure> {
        let readings =
            [("OCR", self.review.base_reading(id)), ("corrected", self.review.proposed(id))];
        for (whose, reading) in readings {
            let mut line = format!("{whose}, letter by letter:");
            for letter in reading.chars().take(100) {
                write!(line, " {letter} U+{:04X};", u32::from(letter)).expect("a string takes all");
            }
            self.print(&line)?;
        }
        Ok(())
    }

    /// Remembers the place and says what there is now.
    fn leave(self) -> Result<Exit, Failure> {
        let counts = self.review.counts();
        let log = self.session.log.clone();
        if let (Some(store), Some(id)) = (self.session.writer.store(), self.at) {
            let at = self.review.collation().fix(id).at.start;
            // A place that cannot be remembered is no loss.
            let _ = bookmark::save(&log, Bookmark { records: store.size(), at });
        }
        let signed = self.review.signed().any(|(_, signed)| signed.scope == Extent::Document);
        Memory::of(self.session).keep(&counts, signed);
        self.print("")?;
        if !self.console.quiet {
            let writer = Some(&self.session.writer);
            let words = farewell(&counts, writer, None, &log.display().to_string());
            self.console.result(words.as_bytes())?;
        }
        Ok(Exit::Done)
    }
}

/// Tells what follows an answer.
enum Next {
    /// The same place, shown already, unless the answer led elsewhere.
    Stay,
    /// The same place, to be shown anew.
    Again,
    /// The end.
    Leave,
}

/// Returns a row's text around a fix on one line; where something is left out stand dots.
fn excerpt(text: &str, row: &Range<usize>, fix: &Range<usize>) -> String {
    let (start, end) = (row.start.min(fix.start), row.end.max(fix.end));
    let mut from = border_after(text, fix.start.saturating_sub(AROUND).max(start));
    let mut to = border_before(text, (fix.end + AROUND).min(end)).max(from);
    // No word is cut where there is a blank to cut at.
    if from > start {
        from += text[from..fix.start.max(from)].find(' ').map_or(0, |blank| blank + 1);
    }
    if to < end {
        to = text[fix.end.min(to)..to].rfind(' ').map_or(to, |blank| fix.end.min(to) + blank);
    }
    let dots = |cut: bool| if cut { "..." } else { "" };
    let shown = text[from..to].trim_end_matches(['\n', '\r']);
    format!("{}{shown}{}", dots(from > start), dots(to < end))
}

/// Says how many blank lines a text is, which nobody would hear; none if it has a letter.
fn blank_lines(text: &str) -> Option<String> {
    let count = text.lines().count();
    text.trim().is_empty().then(|| match count {
        1 => "a blank line".to_owned(),
        _ => format!("{count} blank lines"),
    })
}

/// Puts letters in place of escapes such as `\u{17f}`.
fn unescaped(text: &str) -> String {
    let mut made = String::new();
    for piece in text.split_inclusive('}') {
        made.push_str(piece);
        if let Some((start, letter)) = special::escape_at_end(&made) {
            made.truncate(start);
            made.push(letter);
        }
    }
    made
}
