//! Records to lines: members in the order of the format's table, no white space, controls escaped.

use std::fmt::Write as _;
use std::ops::Range;

use crate::digest::Digest;
use crate::log::record::{Body, Described, Head, Opened, Record, Session, VERSION};
use crate::review::event::{Decided, Event, Noted, Over, SignedOff, Site};

/// Holds a line as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The line with its line feed.
    pub bytes: Vec<u8>,
    /// Its hash, which the next line names.
    pub hash: Digest,
}

/// Writes the line of `record`, which follows the line with the hash `prev`.
#[must_use]
pub fn line(record: &Record, prev: Digest) -> Written {
    let mut out = Writer::new();
    out.number("v", VERSION as u64);
    out.number("seq", record.seq);
    out.shown("prev", prev);
    out.shown("time", &record.time);
    out.text("kind", record.body.kind());
    members(&mut out, &record.body);
    let mut text = out.text;
    let hash = Digest::of(text.as_bytes());
    writeln!(text, ",\"hash\":\"{hash}\"}}").expect("a string takes everything");
    Written { bytes: text.into_bytes(), hash }
}

/// Returns how many bytes a site and its comma take in a line.
#[must_use]
pub fn site_length(site: &Site) -> usize {
    let mut out = Writer::new();
    write_site(&mut out, site);
    out.text.len()
}

fn members(out: &mut Writer, body: &Body) {
    match body {
        Body::Opened(opened) => write_opened(out, opened),
        Body::Source(source) => {
            out.word("of", source.of);
            out.number("start", source.start);
            out.text("text", &source.text);
        }
        Body::Session(session) => write_session(out, session),
        Body::Review(event) => write_event(out, event),
        Body::Proposals(transcript) => out.object("transcript", |out| describe(out, transcript)),
        Body::Seen(head) => write_head(out, head),
        Body::Sealed(sealed) => {
            out.number("size", sealed.size);
            out.shown("established", sealed.established);
            out.text("namespace", &sealed.namespace);
            out.text("public_key", &sealed.public_key);
            out.text("signature", &sealed.signature);
        }
        Body::Recovered(recovered) => {
            out.number("at", recovered.at);
            out.number("cut", recovered.cut);
            out.shown("sha256", recovered.sha256);
        }
        Body::Optional(_) => out.raw("optional", "true"),
    }
}

fn write_opened(out: &mut Writer, opened: &Opened) {
    out.text("log", &opened.log);
    out.text("app", &opened.app);
    out.list("needs", &opened.needs, |out, need| {
        out.comma();
        out.quoted(need);
    });
    out.text("reviewer", &opened.reviewer);
    out.text("document", &opened.document);
    match &opened.page_break {
        None => out.raw("page_break", "null"),
        Some(page_break) => out.object("page_break", |out| {
            out.text("pattern", &page_break.pattern);
            out.word("at", page_break.at);
        }),
    }
    out.object("base", |out| describe(out, &opened.base));
    match &opened.transcript {
        None => out.raw("transcript", "null"),
        Some(transcript) => out.object("transcript", |out| describe(out, transcript)),
    }
    if let Some(head) = &opened.continues {
        out.object("continues", |out| write_head(out, head));
    }
}

fn describe(out: &mut Writer, described: &Described) {
    out.text("name", &described.name);
    out.text("format", &described.format);
    if let Some(encoding) = &described.encoding {
        out.text("encoding", encoding);
    }
    out.shown("file_sha256", described.file_sha256);
    out.number("bytes", described.bytes);
    out.shown("sha256", described.sha256);
}

fn write_session(out: &mut Writer, session: &Session) {
    out.text("app", &session.app);
    out.text("reviewer", &session.reviewer);
    out.word("by", session.by);
    out.raw("blind", if session.blind { "true" } else { "false" });
    out.list("scans", &session.scans, |out, scan| {
        out.braced(|out| {
            out.text("name", &scan.name);
            out.shown("sha256", scan.sha256);
        });
    });
    out.text_if_there("login_key", session.login_key.as_deref());
}

fn write_head(out: &mut Writer, head: &Head) {
    out.text("log", &head.log);
    out.number("size", head.size);
    out.shown("head", head.head);
}

fn write_event(out: &mut Writer, event: &Event) {
    match event {
        Event::Decided(decided) => write_decided(out, decided),
        Event::Adjudicated(decided, over) => {
            write_decided(out, decided);
            write_over(out, over);
        }
        Event::Undone(of) | Event::Redone(of) => out.number("of", *of),
        Event::Noted(noted) => write_noted(out, noted),
        Event::SignedOff(signed) => write_signed(out, signed),
    }
}

fn write_decided(out: &mut Writer, decided: &Decided) {
    out.word("verdict", decided.verdict);
    out.word("scope", decided.scope);
    out.number_if_there("offered", decided.offered);
    out.number_if_there("act", decided.act);
    out.list("sites", &decided.sites, write_site);
}

fn write_site(out: &mut Writer, site: &Site) {
    out.braced(|out| {
        out.span("at", &site.place.span());
        if site.place.n != 0 {
            out.number("n", u64::from(site.place.n));
        }
        out.text_if_there("page", site.page.as_deref());
        out.number_if_there("line", site.line);
        out.text("base", &site.base);
        out.text_if_there("proposed", site.proposed.as_deref());
        out.text_if_there("reading", site.reading.as_deref());
        out.text_if_there("from", site.from.as_deref());
    });
}

fn write_over(out: &mut Writer, over: &[Over]) {
    out.list("over", over, |out, over| {
        out.braced(|out| {
            out.text("log", &over.log);
            out.number("seq", over.seq);
            out.shown("hash", over.hash);
        });
    });
}

fn write_noted(out: &mut Writer, noted: &Noted) {
    out.span("at", &noted.at);
    out.text_if_there("page", noted.page.as_deref());
    out.number_if_there("line", noted.line);
    out.text("base", &noted.base);
    out.word("mark", noted.mark);
    out.text("note", &noted.note);
}

fn write_signed(out: &mut Writer, signed: &SignedOff) {
    out.word("scope", signed.scope);
    out.text_if_there("page", signed.page.as_deref());
    out.span("at", &signed.at);
    out.word("read", signed.read);
    out.number("open", signed.open);
    out.shown("established", signed.established);
}

/// Writes JSON without white space; a comma goes before whatever does not begin its object or list.
struct Writer {
    text: String,
}

impl Writer {
    /// Begins an object; its end is the hash, or whoever opened it.
    fn new() -> Self {
        Self { text: String::from("{") }
    }

    fn comma(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    fn key(&mut self, key: &str) {
        self.comma();
        self.quoted(key);
        self.text.push(':');
    }

    fn raw(&mut self, key: &str, value: &str) {
        self.key(key);
        self.text.push_str(value);
    }

    fn number(&mut self, key: &str, number: u64) {
        self.key(key);
        write!(self.text, "{number}").expect("a string takes everything");
    }

    fn number_if_there(&mut self, key: &str, number: Option<u64>) {
        if let Some(number) = number {
            self.number(key, number);
        }
    }

    fn span(&mut self, key: &str, span: &Range<usize>) {
        self.key(key);
        write!(self.text, "[{},{}]", span.start, span.end).expect("a string takes everything");
    }

    fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.quoted(text);
    }

    fn text_if_there(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    /// Writes what is shown without any character that needs an escape.
    fn shown(&mut self, key: &str, value: impl std::fmt::Display) {
        self.key(key);
        write!(self.text, "\"{value}\"").expect("a string takes everything");
    }

    /// Writes an enum's word as serde names it.
    fn word(&mut self, key: &str, word: impl serde::Serialize) {
        let word = serde_json::to_string(&word).expect("an enum without fields is a word");
        self.raw(key, &word);
    }

    fn object(&mut self, key: &str, members: impl FnOnce(&mut Self)) {
        self.key(key);
        self.text.push('{');
        members(self);
        self.text.push('}');
    }

    /// Writes an object as an element of a list.
    fn braced(&mut self, members: impl FnOnce(&mut Self)) {
        self.comma();
        self.text.push('{');
        members(self);
        self.text.push('}');
    }

    fn list<T>(&mut self, key: &str, list: &[T], element: impl Fn(&mut Self, &T)) {
        self.key(key);
        self.text.push('[');
        for value in list {
            element(self, value);
        }
        self.text.push(']');
    }

    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        let mut plain = 0;
        for (at, c) in text.char_indices().filter(|&(_, c)| needs_escape(c)) {
            self.text.push_str(&text[plain..at]);
            plain = at + c.len_utf8();
            self.escape(c);
        }
        self.text.push_str(&text[plain..]);
        self.text.push('"');
    }

    fn escape(&mut self, c: char) {
        match c {
            '"' => self.text.push_str("\\\""),
            '\\' => self.text.push_str("\\\\"),
            '\n' => self.text.push_str("\\n"),
            '\r' => self.text.push_str("\\r"),
            '\t' => self.text.push_str("\\t"),
            '\u{8}' => self.text.push_str("\\b"),
            '\u{c}' => self.text.push_str("\\f"),
            _ => write!(self.text, "\\u{:04x}", u32::from(c)).expect("a string takes everything"),
        }
    }
}

/// Says whether a character may not stand for itself: it would end the string, or act on the
/// terminal of whoever looks at the log.
fn needs_escape(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '"' | '\\' | '\u{7f}'..='\u{9f}' | '\u{61c}'
        | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
