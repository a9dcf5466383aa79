//! Lines to records: the envelope first, then the members of each kind (log format §1-2).

use std::borrow::Cow;

use compact_str::CompactString;
use serde::Deserialize;

use crate::log::json::{Malformed, Reader, Value};
use crate::log::members::{Members, Wrong, in_object};
use crate::log::record::{
    Body, Described, Head, MAX_SOURCE, Opened, PageBreak, Recovered, Scan, Sealed, Session, Source,
    VERSION,
};
use crate::review::event::{Decided, Event, Noted, Over, Place, SignedOff, Site};

/// Holds a line's envelope and what the line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its place in the log.
    pub seq: u64,
    /// The hash of the line before, as it is written.
    pub prev: Cow<'a, str>,
    /// What the clock said; empty where the line says nothing that this program can read.
    pub time: Cow<'a, str>,
    /// What it says.
    pub content: Content,
}

/// Tells what a line says, as far as this program can read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A record.
    Body(Body),
    /// A line of another version of the format.
    Version(i64),
    /// A kind that is not known and not optional.
    Kind(String),
    /// A record that breaks the rules of its kind.
    Wrong(Wrong),
}

/// Reads a line without its line feed.
///
/// # Errors
/// A line that is not JSON as a log has it, or that has no place in a chain, is [`Malformed`].
/// What is wrong with a record inside a good envelope is not: it is [`Content::Wrong`].
pub fn line(text: &str) -> Result<Line<'_>, Malformed> {
    strict(text).or_else(|malformed| other_version(text).ok_or(malformed))
}

fn strict(text: &str) -> Result<Line<'_>, Malformed> {
    let mut reader = Reader::new(text);
    let mut members = members_of_line(&mut reader)?;
    reader.end()?;
    let lacks = |what| Malformed { what, at: 0 };
    let Ok(version) = members.integer("v") else {
        return Err(lacks("the member \"v\" is missing or no integer"));
    };
    let Ok(seq) = members.count("seq") else {
        return Err(lacks("the member \"seq\" is missing or no number"));
    };
    let Ok(prev) = members.text("prev") else {
        return Err(lacks("the member \"prev\" is missing or no text"));
    };
    if version != VERSION {
        let content = Content::Version(version);
        return Ok(Line { seq, prev, time: Cow::Borrowed(""), content });
    }
    let time = members.text("time").unwrap_or_default();
    let content = if is_time(&time) {
        content(&mut members).unwrap_or_else(Content::Wrong)
    } else {
        Content::Wrong(Wrong::Member("time"))
    };
    Ok(Line { seq, prev, time, content })
}

/// Reads a line's members. The sites of a decision are most of a log, so they are not first checked
/// and then read, if it is known by then that they are those of a decision.
fn members_of_line<'a>(reader: &mut Reader<'a>) -> Result<Members<'a>, Malformed> {
    let mut members = Members::new();
    let mut decision = false;
    reader.members(|reader, key| {
        if decision && key == "sites" {
            members.sites = Some(read_sites(reader)?);
            return Ok(());
        }
        let value = reader.value()?;
        decision |= key == "kind"
            && matches!(&value, Value::Text(kind) if kind == "decided" || kind == "adjudicated");
        members.put(key, value);
        Ok(())
    })?;
    Ok(members)
}

/// Reads the envelope of a line of another version, whose JSON may follow other rules.
fn other_version(text: &str) -> Option<Line<'_>> {
    #[derive(Deserialize)]
    struct Envelope {
        v: i64,
        seq: u64,
        prev: String,
    }
    let envelope: Envelope = serde_json::from_str(text).ok()?;
    (envelope.v != VERSION).then_some(Line {
        seq: envelope.seq,
        prev: Cow::Owned(envelope.prev),
        time: Cow::Borrowed(""),
        content: Content::Version(envelope.v),
    })
}

/// Says whether `time` has the form `2026-11-23T17:31:02.114Z` with each part in its range.
pub(crate) fn is_time(time: &str) -> bool {
    const FORM: &[u8; 24] = b"0000-00-00T00:00:00.000Z";
    let Ok(bytes) = <&[u8; 24]>::try_from(time.as_bytes()) else { return false };
    // All bytes, wrong ones or not: the compiler then takes many at a time.
    let formed = bytes.iter().zip(FORM).fold(true, |formed, (&byte, &form)| {
        formed & if form == b'0' { byte.is_ascii_digit() } else { byte == form }
    });
    let part = |at: usize| (bytes[at] - b'0') * 10 + (bytes[at + 1] - b'0');
    formed
        && (1..=12).contains(&part(5))
        && (1..=31).contains(&part(8))
        && part(11) < 24
        && part(14) < 60
        && part(17) <= 60
}

type KindReader = fn(&mut Members<'_>) -> Result<Body, Wrong>;

/// The kinds and what reads their members.
const KINDS: [(&str, KindReader); 13] = [
    ("decided", |members| Ok(Body::Review(Event::Decided(decided(members)?)))),
    ("undone", |members| Ok(Body::Review(Event::Undone(members.count("of")?)))),
    ("redone", |members| Ok(Body::Review(Event::Redone(members.count("of")?)))),
    ("noted", |members| Ok(Body::Review(Event::Noted(noted(members)?)))),
    ("signed_off", |members| Ok(Body::Review(Event::SignedOff(signed_off(members)?)))),
    ("adjudicated", adjudicated),
    ("opened", |members| Ok(Body::Opened(Box::new(opened(members)?)))),
    ("source", |members| Ok(Body::Source(source(members)?))),
    ("session", |members| Ok(Body::Session(session(members)?))),
    ("proposals", |members| {
        Ok(Body::Proposals(Box::new(members.object("transcript", described)?)))
    }),
    ("seen", |members| Ok(Body::Seen(head(members)?))),
    ("sealed", |members| Ok(Body::Sealed(Box::new(sealed(members)?)))),
    ("recovered", |members| Ok(Body::Recovered(recovered(members)?))),
];

fn content(members: &mut Members<'_>) -> Result<Content, Wrong> {
    let kind = members.text("kind")?;
    match KINDS.iter().find(|(name, _)| *name == kind) {
        Some((_, read)) => Ok(Content::Body(read(members)?)),
        None if members.take("optional") == Some(Value::Bool(true)) => {
            Ok(Content::Body(Body::Optional(kind.into_owned())))
        }
        None => Ok(Content::Kind(kind.into_owned())),
    }
}

fn opened(members: &mut Members<'_>) -> Result<Opened, Wrong> {
    Ok(Opened {
        log: log_id(members)?,
        app: members.owned("app")?,
        needs: members.list("needs", |value| match value {
            Value::Text(need) => Ok(need.into_owned()),
            _ => Err(Wrong::Member("needs")),
        })?,
        reviewer: members.owned("reviewer")?,
        document: members.owned("document")?,
        page_break: members.object_or_null("page_break", |members| {
            Ok(PageBreak { pattern: members.owned("pattern")?, at: members.word("at")? })
        })?,
        base: members.object("base", described)?,
        transcript: members.object_or_null("transcript", described)?,
        continues: match members.take("continues") {
            None => None,
            Some(value) => Some(in_object("continues", &value, head)?),
        },
    })
}

fn described(members: &mut Members<'_>) -> Result<Described, Wrong> {
    Ok(Described {
        name: members.owned("name")?,
        format: members.owned("format")?,
        encoding: members.owned_if_there("encoding")?,
        file_sha256: members.digest("file_sha256")?,
        bytes: members.count("bytes")?,
        sha256: members.digest("sha256")?,
    })
}

fn source(members: &mut Members<'_>) -> Result<Source, Wrong> {
    let source = Source {
        of: members.word("of")?,
        start: members.count("start")?,
        text: members.owned("text")?,
    };
    if source.text.len() <= MAX_SOURCE { Ok(source) } else { Err(Wrong::Member("text")) }
}

fn session(members: &mut Members<'_>) -> Result<Session, Wrong> {
    Ok(Session {
        app: members.owned("app")?,
        reviewer: members.owned("reviewer")?,
        by: members.word("by")?,
        blind: match members.take("blind") {
            Some(Value::Bool(blind)) => blind,
            None => return Err(Wrong::Missing("blind")),
            Some(_) => return Err(Wrong::Member("blind")),
        },
        scans: members.list("scans", |value| {
            in_object("scans", &value, |members| {
                Ok(Scan { name: members.owned("name")?, sha256: members.digest("sha256")? })
            })
        })?,
        login_key: members.owned_if_there("login_key")?,
    })
}

fn decided(members: &mut Members<'_>) -> Result<Decided, Wrong> {
    Ok(Decided {
        verdict: members.word("verdict")?,
        scope: members.word("scope")?,
        offered: members.count_if_there("offered")?,
        act: members.count_if_there("act")?,
        sites: sites(members)?,
    })
}

fn sites(members: &mut Members<'_>) -> Result<Vec<Site>, Wrong> {
    if let Some(sites) = members.sites.take() {
        return sites;
    }
    match members.take("sites") {
        Some(Value::Array(text)) => {
            read_sites(&mut Reader::new(text)).unwrap_or(Err(Wrong::Member("sites")))
        }
        None => Err(Wrong::Missing("sites")),
        Some(_) => Err(Wrong::Member("sites")),
    }
}

/// Reads an array of sites, all of it even if one is wrong.
fn read_sites(reader: &mut Reader<'_>) -> Result<Result<Vec<Site>, Wrong>, Malformed> {
    let mut sites = Ok(Vec::new());
    reader.elements(|reader| {
        let read = site(&mut Members::read(reader)?);
        match (&mut sites, read) {
            (Ok(sites), Ok(site)) => sites.push(site),
            (Ok(_), Err(wrong)) => sites = Err(wrong),
            (Err(_), _) => {}
        }
        Ok(())
    })?;
    Ok(sites)
}

fn site(members: &mut Members<'_>) -> Result<Site, Wrong> {
    let n = members.count_if_there("n")?.unwrap_or_default();
    let n = u32::try_from(n).map_err(|_| Wrong::Member("n"))?;
    let span = members.span("at")?;
    if n != 0 && !span.is_empty() {
        return Err(Wrong::Member("n"));
    }
    Ok(Site {
        place: Place::new(span, n),
        page: members.text_if_there("page")?.map(CompactString::from),
        line: members.count_if_there("line")?,
        base: members.text("base")?.into(),
        proposed: members.text_if_there("proposed")?.map(CompactString::from),
        reading: members.text_if_there("reading")?.map(CompactString::from),
        from: members.text_if_there("from")?.map(CompactString::from),
    })
}

fn adjudicated(members: &mut Members<'_>) -> Result<Body, Wrong> {
    let over = members.list("over", |value| {
        in_object("over", &value, |members| {
            Ok(Over {
                log: log_id(members)?,
                seq: members.count("seq")?,
                hash: members.digest("hash")?,
            })
        })
    })?;
    Ok(Body::Review(Event::Adjudicated(decided(members)?, over)))
}

fn noted(members: &mut Members<'_>) -> Result<Noted, Wrong> {
    Ok(Noted {
        at: members.span("at")?,
        page: members.owned_if_there("page")?,
        line: members.count_if_there("line")?,
        base: members.owned("base")?,
        mark: members.word("mark")?,
        note: members.owned("note")?,
    })
}

fn signed_off(members: &mut Members<'_>) -> Result<SignedOff, Wrong> {
    Ok(SignedOff {
        scope: members.word("scope")?,
        page: members.owned_if_there("page")?,
        at: members.span("at")?,
        read: members.word("read")?,
        open: members.count("open")?,
        established: members.digest("established")?,
    })
}

fn head(members: &mut Members<'_>) -> Result<Head, Wrong> {
    Ok(Head { log: log_id(members)?, size: members.count("size")?, head: members.digest("head")? })
}

fn sealed(members: &mut Members<'_>) -> Result<Sealed, Wrong> {
    Ok(Sealed {
        size: members.count("size")?,
        established: members.digest("established")?,
        namespace: members.owned("namespace")?,
        public_key: members.owned("public_key")?,
        signature: members.owned("signature")?,
    })
}

fn recovered(members: &mut Members<'_>) -> Result<Recovered, Wrong> {
    Ok(Recovered {
        at: members.count("at")?,
        cut: members.count("cut")?,
        sha256: members.digest("sha256")?,
    })
}

fn log_id(members: &mut Members<'_>) -> Result<String, Wrong> {
    let id = members.owned("log")?;
    let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if id.len() == 32 && id.bytes().all(digit) { Ok(id) } else { Err(Wrong::Member("log")) }
}
