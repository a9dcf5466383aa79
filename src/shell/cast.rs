//! A log played on the screen as an asciicast (version 3), for showing.
//!
//! The screen is drawn by the program itself at a fixed size, record by record: a real terminal
//! would have shown what was never decided. The pauses are those between the records, cut to what
//! a viewer sits through. It shows; the log proves.

use serde_json::json;

use crate::collate::collation::Collation;
use crate::collate::plan::plan;
use crate::document::Text;
use crate::export::about::About;
use crate::log::chronicle::Chronicle;
use crate::log::record::Body;
use crate::log::replay::Transcript;
use crate::review::event::{Decided, Event};
use crate::review::state::Review;
use crate::shell::paint::Painter;
use crate::text::visible::{Repertoire, escape};
use crate::ui::keymap::Keymap;
use crate::ui::model::{Model, Setup};
use crate::ui::seals::Seals;
use crate::ui::theme::Theme;
use crate::ui::view::view;

/// How long a place is looked at before it is decided, at most, in milliseconds.
const LONGEST: i64 = 3000;
/// How long at least.
const SHORTEST: i64 = 600;
/// How much of that is left for what was decided to be seen.
const AFTER: i64 = 300;

/// Tells how a log is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Show {
    /// Columns and rows.
    pub size: (u16, u16),
    /// How many times faster than it was.
    pub speed: f64,
}

impl Default for Show {
    fn default() -> Self {
        Self { size: (80, 24), speed: 1.0 }
    }
}

/// Writes the cast: one JSON array a line after the header.
#[must_use]
pub fn cast(about: &About<'_>, show: Show) -> Vec<u8> {
    let mut stage = Stage::new(about, show);
    stage.head(about);
    stage.draw(0, b"\x1b[?25l");
    let mut before: Option<i64> = None;
    for entry in about.history() {
        let event = match &entry.record.body {
            Body::Review(event) => event,
            Body::Proposals(_) => {
                stage.turn(about, entry.record.seq);
                continue;
            }
            _ => continue,
        };
        let now = milliseconds(&entry.record.time);
        let pause = before.map_or(SHORTEST, |before| (now - before).clamp(SHORTEST, LONGEST));
        before = Some(now);
        let (seq, what) = (entry.record.seq, label(event));
        stage.model.look_at(event);
        stage.draw(AFTER, b"");
        let said = format!("#{seq} {}: {what}", escape(entry.reviewer));
        if stage.model.follow(seq, event, said).is_err() {
            // The review itself was made of these events.
            break;
        }
        stage.event(pause - AFTER, "m", &format!("#{seq} {what}"));
        stage.draw(0, b"");
    }
    stage.event(LONGEST, "x", "0");
    stage.out.into_bytes()
}

/// Draws a review at a size and keeps what a terminal would have been sent.
struct Stage {
    model: Model,
    painter: Painter,
    show: Show,
    out: String,
}

impl Stage {
    /// Sets up the review with nothing decided, over the corrected text of then.
    fn new(about: &About<'_>, show: Show) -> Self {
        let (transcript_name, collation) = of_record(about, 0);
        let setup = Setup {
            review: Review::new(collation),
            reviewer: about.reviewer.to_owned(),
            document: about.document().to_owned(),
            base_name: about.base.name.clone(),
            transcript_name,
            read_only: None,
            notices: Vec::new(),
            seals: Seals::default(),
            offer: None,
            disputes: None,
            bookmark: None,
            first_opening: false,
            chronicle: Chronicle::default(),
            playback: None,
            keymap: Keymap::standard(),
            theme: Theme::named("dark").expect("built in"),
            repertoire: Repertoire::Unicode,
            size: show.size,
        };
        let painter = Painter::new(true);
        Self { model: Model::new(setup), painter, show, out: String::new() }
    }

    /// Puts the corrected text in force that came with record `seq`.
    fn turn(&mut self, about: &About<'_>, seq: u64) {
        let (name, collation) = of_record(about, seq);
        let what = format!("new text {}", escape(name.as_deref().unwrap_or_default()));
        self.model.take_text(name, collation, format!("#{seq} {what}"));
        self.event(SHORTEST, "m", &format!("#{seq} {what}"));
        self.draw(0, b"");
    }

    fn head(&mut self, about: &About<'_>) {
        let (columns, rows) = self.show.size;
        let mut header = json!({ "version": 3, "term": { "cols": columns, "rows": rows } });
        let first = about.history().first();
        let time = first.and_then(|it| it.record.time.parse::<jiff::Timestamp>().ok());
        if let Some(time) = time {
            header["timestamp"] = json!(time.as_second());
        }
        header["title"] = json!(format!("Review of {}", escape(about.document())));
        self.line(&header.to_string());
        let Some(log) = &about.log else { return self.line("# there is no log yet") };
        let (name, id) = (escape(log.name), escape(&log.opened.log));
        self.line(&format!("# recto {}: log {name}, id {id}", env!("CARGO_PKG_VERSION")));
        self.line(&format!("# {} records, head {}", log.size, log.head));
    }

    /// Draws the screen `pause` milliseconds after what came before.
    fn draw(&mut self, pause: i64, first: &[u8]) {
        let (picture, cursor) = view(&self.model, self.show.size);
        let bytes = [first, self.painter.frame(picture, cursor)].concat();
        let text = String::from_utf8(bytes).expect("symbols and sequences are UTF-8");
        self.event(pause, "o", &text);
    }

    fn event(&mut self, pause: i64, code: &str, data: &str) {
        let seconds = pause as f64 / 1000.0 / self.show.speed;
        // Microseconds are more than a player can tell.
        let seconds = (seconds * 1e6).round() / 1e6;
        self.line(&json!([seconds, code, data]).to_string());
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }
}

/// Collates the corrected text that was in force at record `seq`, and names it.
fn of_record(about: &About<'_>, seq: u64) -> (Option<String>, Collation) {
    let base = about.review.base();
    let collate = |text: &Text| Collation::complete(plan(base.clone(), text.clone()));
    let Some(log) = &about.log else {
        let name = about.transcript.map(|it| it.name.clone());
        return (name, collate(about.review.transcript()));
    };
    let then = Transcript::at(log.transcripts, seq);
    let text = then.and_then(|it| it.text.as_ref()).unwrap_or(base);
    (then.map(|it| it.described.name.clone()), collate(text))
}

/// Names an event for the list of markers.
fn label(event: &Event) -> String {
    let decision = |decided: &Decided| match decided.sites.len() {
        1 => format!("{} {}", decided.verdict, decided.scope),
        places => format!("{} {}, {places} places", decided.verdict, decided.scope),
    };
    match event {
        Event::Decided(decided) => decision(decided),
        Event::Adjudicated(decided, _) => format!("adjudicate: {}", decision(decided)),
        Event::Undone(of) => format!("undo of #{of}"),
        Event::Redone(of) => format!("redo of #{of}"),
        Event::Noted(noted) => format!("note: {}", noted.mark),
        Event::SignedOff(signed) => format!("sign {}", signed.scope),
    }
}

fn milliseconds(time: &str) -> i64 {
    time.parse::<jiff::Timestamp>().map_or(0, jiff::Timestamp::as_millisecond)
}
