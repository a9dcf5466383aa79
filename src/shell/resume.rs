//! Going on with a log: its own texts are what counts; files beside it must agree with them.

use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::document::{Document, Text};
use crate::formats::page_break::{BadPattern, Edge, PageBreak};
use crate::log::anchor::Anchor;
use crate::log::audit::{Audit, Finding, Plan};
use crate::log::chain::Tail;
use crate::log::chronicle::Chronicle;
use crate::log::record::{self, Body, By, Described, Opened};
use crate::log::replay::{Given, Transcript};
use crate::review::event::Event;
use crate::shell::anchors;
use crate::shell::bookmark;
use crate::shell::clock;
use crate::shell::config::Config;
use crate::shell::files::{self, FileError};
use crate::shell::log_reader;
use crate::shell::read_only::ReadOnly;
use crate::shell::recovery::{self, OpenFault};
use crate::shell::session::{Access, Newer, Opening, Session};
use crate::shell::sources::{Manner, SourceError};
use crate::shell::take_over;
use crate::shell::trouble::Trouble;
use crate::shell::who::Reviewer;
use crate::shell::witnesses::Witnesses;
use crate::shell::writer::{self, Writer};

/// Holds what is known before the log is read.
pub struct Found {
    /// The log.
    pub log: PathBuf,
    /// The base, where a text was named and not a log.
    pub base: Option<Document>,
    /// The transcript, where one was named beside the base.
    pub transcript: Option<Document>,
}

/// Opens a review with a log that is there.
///
/// # Errors
/// A log that cannot be read, that is damaged or newer where it should be written, that is of
/// another text or reviewer; texts that are not to be had.
pub fn resume(opening: &Opening, found: Found) -> Result<Session, Trouble> {
    let mut found = found;
    let given = given(opening, &mut found)?;
    let mut notices = Vec::new();
    // Before the log, which may grow meanwhile, as its anchor does.
    let anchor = anchor(&found.log, &mut notices)?;
    let heads = anchor.iter().map(|anchor| anchor.size).collect();
    let plan = Plan { given, keep: true, heads, ..Plan::default() };
    let audit = log_reader::read(&found.log, &plan)?;
    let unlike = anchor.as_ref().and_then(|anchor| anchor.complaint(&audit));
    let unlike = unlike.or_else(|| longer_once(&found.log, &audit));
    let Some(header) = audit.header.clone() else {
        return Err(Trouble::ReadOnly { log: found.log, why: ReadOnly::unsound(&audit) });
    };
    let changed = base_changed(&found, &header)?;
    let reviewer = reviewer(opening, &found.log, &header)?;
    let finding = audit.finding();
    let broken = matches!(finding, Finding::Damaged | Finding::Newer);
    let broken = broken.then(|| ReadOnly::unsound(&audit));
    let (size, id) = (audit.size, header.log.clone());
    let Some(replay) = audit.replay else {
        return Err(without_base(found.log, broken, &header));
    };
    let page_break = page_break(&header)?;
    let transcripts = transcripts(&found.log, replay.transcripts, page_break.as_ref());
    let chronicle = Chronicle::new(&header.reviewer, audit.records);
    if opening.access == Access::Command
        && let Some(why) = broken
    {
        return Err(Trouble::ReadOnly { log: found.log, why });
    }
    if opening.access == Access::Command
        && let Some(complaint) = unlike
    {
        return Err(Trouble::Anchor { log: found.log, complaint });
    }
    let read_only = broken.or(unlike.map(ReadOnly::Unlike)).or(changed);
    let standing = replay.ledger.standing().count();
    let meeting = meet(opening, &found, (&transcripts, standing), page_break.as_ref())?;
    let session = Session {
        base: header.base.document(paged(&replay.base, page_break.as_ref())),
        base_path: None,
        transcript_path: None,
        transcript: meeting.transcript,
        transcripts,
        disputes: None,
        offer: meeting.offer,
        page_break,
        reviewer,
        bookmark: bookmark(&found.log, size, &chronicle),
        log: found.log,
        head: Some((id, size)),
        chronicle,
        writer: Writer::closed("opened to look only"),
        finding,
        read_only,
        sealed: audit.seals.last().map(|seal| seal.seq),
        notices,
    };
    let mut session = writable(opening, &plan, session)?;
    ask_or_tell(&mut session, opening, meeting.said);
    if let Some(taken) = session.transcript.as_ref().filter(|_| meeting.taken) {
        session.writer.propose(taken, opening.embed);
    }
    Ok(session)
}

/// Reads the transcript that was named beside a log, and returns the texts that were named.
fn given(opening: &Opening, found: &mut Found) -> Result<Given, SourceError> {
    if found.transcript.is_none() && found.base.is_none() {
        let named = opening.transcript.as_deref();
        found.transcript =
            named.map(|path| opening.manner.of_transcript().read(path)).transpose()?;
    }
    let text = |document: &Option<Document>| document.as_ref().map(|it| it.text.clone());
    Ok(Given { base: text(&found.base), transcript: text(&found.transcript) })
}

/// Leaves the question about a new transcript to be asked, or tells people what there is to know:
/// whoever only looks can take nothing.
fn ask_or_tell(session: &mut Session, opening: &Opening, said: Option<String>) {
    if session.read_only.is_some() || opening.access == Access::Look {
        session.offer = None;
    }
    session.notices.extend(said.filter(|_| session.offer.is_none()));
}

/// Gives a session the corrected text that its log had at record `at`.
///
/// # Errors
/// A text that is not to be had.
pub fn transcript_at(session: &mut Session, at: u64) -> Result<(), Trouble> {
    let then = Transcript::at(&session.transcripts, at);
    let document = |it: &Transcript| it.document().ok_or_else(|| missing(&session.log, it));
    session.transcript = then.map(document).transpose()?;
    Ok(())
}

/// Says that a transcript of a log is not to be had.
fn missing(log: &Path, transcript: &Transcript) -> Trouble {
    Trouble::NoSources { log: log.to_owned(), name: transcript.described.name.clone() }
}

/// Opens the log for writing where that is wanted and can be.
fn writable(opening: &Opening, plan: &Plan, mut session: Session) -> Result<Session, Trouble> {
    if opening.access == Access::Look {
        return Ok(session);
    }
    if let Some(why) = &session.read_only {
        if opening.access == Access::Command {
            return Err(Trouble::ReadOnly { log: session.log, why: why.clone() });
        }
        let why = why.clone();
        return Ok(looked_at(session, why));
    }
    let writes = writer::session(session.reviewer.as_str(), opening.access.by());
    let open = |writes| recovery::open(&session.log, plan, writes, &clock::now());
    let loaded = match open(writes.clone()) {
        Err(OpenFault::Held(..)) if matches!(opening.access, Access::TakeOver(_)) => {
            take_over::take_over(&session.log)?;
            open(writes)?
        }
        Err(OpenFault::Held(_, holder)) if opening.access == Access::Screen => {
            let why = ReadOnly::Held(recovery::who(holder.as_ref()));
            return Ok(looked_at(session, why));
        }
        opened => opened?,
    };
    // What was read before may have grown until the log was locked.
    let seen = loaded.records.iter().filter_map(|record| match &record.body {
        Body::Seen(head) => Some(head.clone()),
        _ => None,
    });
    let seen = seen.collect();
    session.chronicle = Chronicle::new(session.reviewer.as_str(), loaded.records);
    let id = loaded.replay.header.log;
    session.head = Some((id.clone(), loaded.store.size()));
    session.bookmark = bookmark(&session.log, loaded.store.size(), &session.chronicle);
    session.finding = Finding::Intact;
    session.notices.extend(loaded.repairs);
    session.writer = Writer::open(loaded.store, id, seen);
    if let Err(error) = session.writer.anchor() {
        session
            .notices
            .push(format!("{error}: a log put back to an old copy would not be noticed"));
    }
    Ok(session)
}

/// Makes a session that can be looked at only.
fn looked_at(mut session: Session, why: ReadOnly) -> Session {
    session.writer = Writer::closed(why.told("the log"));
    session.read_only = Some(why);
    session
}

/// Returns what this user remembers of the log.
fn anchor(log: &Path, notices: &mut Vec<String>) -> Result<Option<Anchor>, FileError> {
    let Some(id) = log_reader::id(log)? else { return Ok(None) };
    match anchors::load(&id) {
        Ok(kept) => Ok(kept.map(|kept| kept.anchor())),
        Err(error) => {
            notices.push(format!("{error}: what is remembered of this log is unknown"));
            Ok(None)
        }
    }
}

/// Says that a torn log had more records once than it has now, if another reviewer's log saw them:
/// then its end is not what a crash leaves.
fn longer_once(log: &Path, audit: &Audit) -> Option<String> {
    let header = audit.header.as_ref().filter(|_| matches!(audit.tail, Tail::Torn { .. }))?;
    let seen = Witnesses::default().of(log, &header.log);
    let longest = seen.into_iter().max_by_key(|anchor| anchor.size)?;
    longest.complaint(audit).filter(|_| longest.size > audit.size)
}

/// Says why there is no base: the log is unsound where it holds it, or does not hold it.
fn without_base(log: PathBuf, broken: Option<ReadOnly>, header: &Opened) -> Trouble {
    match broken {
        Some(why) => Trouble::ReadOnly { log, why },
        None => Trouble::NoSources { log, name: header.base.name.clone() },
    }
}

/// Says that the base is not what it was when the log began; none where it is.
fn base_changed(found: &Found, header: &Opened) -> Result<Option<ReadOnly>, Trouble> {
    let name = &header.base.name;
    let same = match &found.base {
        Some(base) => Digest::of(base.text.as_str().as_bytes()) == header.base.sha256,
        None => match beside(&found.log, name).map(|path| files::read(&path)) {
            Some(Ok(bytes)) => Digest::of(&bytes) == header.base.file_sha256,
            _ => true,
        },
    };
    match &found.base {
        _ if same => Ok(None),
        Some(base) if base.name != *name => Err(Trouble::OtherBase {
            log: found.log.clone(),
            base: name.clone(),
            asked: base.name.clone(),
        }),
        _ => Ok(Some(ReadOnly::BaseChanged(name.clone()))),
    }
}

/// Returns the path of a file beside the log; none where the name is more than a name.
fn beside(log: &Path, name: &str) -> Option<PathBuf> {
    let bare = Path::new(name).file_name()? == name;
    let path = files::folder(log).join(name);
    (bare && path.is_file()).then_some(path)
}

/// Returns who decides: the log's reviewer, unless somebody else was named.
///
/// The name of the operating system's user is no wish to be somebody.
fn reviewer(opening: &Opening, log: &Path, header: &Opened) -> Result<Reviewer, Trouble> {
    let own = Reviewer::new(&header.reviewer, "the log")?;
    if opening.access == Access::Look {
        return Ok(own);
    }
    match Reviewer::named(opening.reviewer.as_deref(), &Config::load()?)? {
        Some(named) if named != own => Err(Trouble::OtherReviewer {
            log: log.to_owned(),
            reviewer: own.to_string(),
            asked: named.to_string(),
        }),
        _ => Ok(own),
    }
}

fn page_break(header: &Opened) -> Result<Option<PageBreak>, Trouble> {
    let parse = |it: &record::PageBreak| {
        let at = match it.at {
            record::PageBreakAt::End => Edge::End,
            record::PageBreakAt::Begin => Edge::Begin,
        };
        PageBreak::new(&it.pattern, at)
    };
    let parsed = header.page_break.as_ref().map(parse).transpose();
    parsed.map_err(|bad: BadPattern| Trouble::Source(SourceError::Pattern(bad)))
}

fn paged(text: &Text, page_break: Option<&PageBreak>) -> Text {
    page_break.map_or_else(|| text.clone(), |it| it.apply(text.clone()))
}

/// Gives the transcripts of a log their page ends, and to those that it does not hold the texts
/// that lie beside it.
pub(crate) fn transcripts(
    log: &Path,
    mut transcripts: Vec<Transcript>,
    page_break: Option<&PageBreak>,
) -> Vec<Transcript> {
    for Transcript { described, text, .. } in &mut transcripts {
        *text = match text {
            Some(text) => Some(paged(text, page_break)),
            None => beside(log, &described.name)
                .and_then(|path| manner(described, page_break).read(&path).ok())
                .filter(|found| fits(found, described))
                .map(|found| found.text),
        };
    }
    transcripts
}

/// Tells how a text that a log describes was read.
fn manner(described: &Described, page_break: Option<&PageBreak>) -> Manner {
    let encoding = described.encoding.clone();
    Manner { encoding, page_break: page_break.cloned(), ..Manner::default() }
}

fn fits(document: &Document, described: &Described) -> bool {
    Digest::of(document.text.as_str().as_bytes()) == described.sha256
}

/// Holds what becomes of a transcript that was named.
struct Meeting {
    /// The one to go on with.
    transcript: Option<Document>,
    /// Whether it is new to the log.
    taken: bool,
    /// What people should know, if they are not asked.
    said: Option<String>,
    /// What the screen shall ask.
    offer: Option<String>,
}

/// Sets the transcript that was named beside those of the log, over which so many places stand.
fn meet(
    opening: &Opening,
    found: &Found,
    (transcripts, standing): (&[Transcript], usize),
    page_break: Option<&PageBreak>,
) -> Result<Meeting, Trouble> {
    let last = transcripts.last();
    let described = last.map(|it| &it.described);
    let own = || last.map(|it| it.document().ok_or_else(|| missing(&found.log, it))).transpose();
    let named = found.transcript.as_ref();
    let Some(new) = named.filter(|new| !described.is_some_and(|it| fits(new, it))) else {
        return Ok(Meeting { transcript: own()?, taken: false, said: None, offer: None });
    };
    let stand = match standing {
        1 => "1 decided place stands".to_owned(),
        count => format!("{count} decided places stand"),
    };
    let name = &new.name;
    if opening.newer == Newer::Taken {
        let text = paged(&new.text, page_break);
        let said = format!("{name} is the corrected text from now on; {stand}");
        let transcript = Some(Document { text, ..new.clone() });
        return Ok(Meeting { transcript, taken: true, said: Some(said), offer: None });
    }
    let transcript = own()?;
    let (unlike, old) = match described {
        Some(it) if it.name == *name => ("is not the one in your log", "the log's own copy"),
        Some(_) => ("is not the corrected text in your log", "the log's own copy"),
        None => ("is new to your log", "the OCR text alone"),
    };
    let asks = opening.access.by() == By::Screen;
    let offer = asks.then(|| format!("{name} {unlike}: take it? {stand}"));
    let flag = match opening.access {
        Access::Command => " (--new-transcript takes the new one)",
        _ => "",
    };
    let said = Some(format!("{name} {unlike}; going on with {old}{flag}"));
    Ok(Meeting { transcript, taken: false, said, offer })
}

/// Returns where the reviewer was: the bookmark, unless decisions came after it.
pub(crate) fn bookmark(log: &Path, size: u64, chronicle: &Chronicle) -> Option<usize> {
    let kept = bookmark::load(log).filter(|kept| kept.records == size).map(|kept| kept.at);
    kept.or_else(|| chronicle.events().rev().find_map(|(_, event)| place(event)))
}

fn place(event: &Event) -> Option<usize> {
    match event {
        Event::Decided(decided) | Event::Adjudicated(decided, _) => {
            decided.sites.first().map(|site| site.place.start)
        }
        Event::Noted(noted) => Some(noted.at.start),
        Event::Undone(_) | Event::Redone(_) | Event::SignedOff(_) => None,
    }
}
