//! The records of a log in plain words, for the player and the history of a line.

use crate::log::chronicle::Chronicle;
use crate::log::record::{Body, By, Record};
use crate::review::event::{Decided, Event, Extent, Mark, Noted, Read, Site, Verdict};
use crate::review::state::Review;
use crate::text::visible::width;
use crate::ui::words;

/// So many changes are named at most: nobody reads more of them on one line.
const NAMED_CHANGES: usize = 8;
/// So many lines are named, then only the first and the last.
const NAMED_LINES: usize = 6;

/// Returns what a record says, in one line of about `cells` cells.
#[must_use]
pub fn record(record: &Record, chronicle: &Chronicle, cells: usize) -> String {
    match &record.body {
        Body::Review(event) => self::event(event, chronicle, cells),
        Body::Opened(opened) => {
            format!("the log begins   {}, by {}", opened.document, opened.app)
        }
        Body::Session(session) => {
            let blind = if session.blind { ", blind to other reviewers" } else { "" };
            format!("a session begins   {}{blind}, with {}", by(session.by), session.app)
        }
        Body::Proposals(transcript) => format!("a new corrected text   {}", transcript.name),
        Body::Seen(head) => format!("saw another log   {} records of {}", head.size, head.log),
        Body::Sealed(_) => "sealed with a key".to_owned(),
        Body::Recovered(recovered) => {
            format!("recovered   {} bytes of a torn record were cut off", recovered.cut)
        }
        Body::Optional(kind) => format!("{kind}   of a newer recto, left out"),
        Body::Source(_) => "a piece of a source".to_owned(),
    }
}

fn event(event: &Event, chronicle: &Chronicle, cells: usize) -> String {
    match event {
        Event::Decided(decided) => decision(decided, "", cells),
        Event::Adjudicated(decided, _) => decision(decided, " as adjudicator", cells),
        Event::Undone(of) => turned("took back", *of, chronicle, cells),
        Event::Redone(of) => turned("put back", *of, chronicle, cells),
        Event::Noted(noted) => note(noted, cells),
        Event::SignedOff(signed) => {
            let what = match (signed.scope, &signed.page) {
                (Extent::Page, Some(page)) => format!("page {page}"),
                (Extent::Page, None) => "a page".to_owned(),
                (Extent::Document, _) => "the document".to_owned(),
            };
            let read = match signed.read {
                Read::Fixes => "its fixes",
                Read::All => "every word",
            };
            format!("signed {what}   read: {read}   {} open", signed.open)
        }
    }
}

fn turned(verb: &str, of: u64, chronicle: &Chronicle, cells: usize) -> String {
    let what = chronicle.event(of).map(|it| event(it, chronicle, cells.saturating_sub(18)));
    format!("{verb} #{of}   {}", what.unwrap_or_default())
}

fn note(noted: &Noted, cells: usize) -> String {
    let place = noted.line.map_or(String::new(), |line| format!("   line {line}"));
    let words = match noted.note.trim() {
        "" => format!("on {}", noted_on(noted, (cells / 2).max(12))),
        text => format!("\"{}\"", words::reading(text, cells.saturating_sub(26).max(12))),
    };
    match noted.mark {
        Mark::Note => format!("note: {words}{place}"),
        mark => format!("{mark}: {words}{place}"),
    }
}

/// Returns what a note is on.
fn noted_on(noted: &Noted, cells: usize) -> String {
    match noted.base.trim() {
        "" => "an empty line".to_owned(),
        _ => words::reading(&noted.base, cells),
    }
}

/// Returns a verdict as what was done.
#[must_use]
pub fn done(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "accepted",
        Verdict::Reject => "rejected",
        Verdict::Edit => "edited",
        Verdict::Reopen => "reopened",
    }
}

/// Returns what a decision did, and where.
fn decision(decided: &Decided, role: &str, cells: usize) -> String {
    let verb = done(decided.verdict);
    let Some(first) = decided.sites.first() else { return format!("{verb}{role}   nothing") };
    let alike = decided.sites.iter().all(|site| {
        (&site.base, &site.proposed, &site.reading)
            == (&first.base, &first.proposed, &first.reading)
    });
    let each = (cells / 3).max(10);
    let change =
        if alike { format!("   {}", change(decided.verdict, first, each)) } else { String::new() };
    let one_act = if decided.act.is_some() { "   part of one act" } else { "   one act" };
    match decided.sites.as_slice() {
        [site] => match site.line {
            Some(line) => format!("{verb}{role}{change}   line {line}"),
            None => format!("{verb}{role}{change}"),
        },
        sites => {
            let places =
                format!("{verb}{role}{change}   in {} places{}", sites.len(), lines(sites));
            let room = cells.saturating_sub(width(&places) + width(one_act));
            let each = if alike { String::new() } else { changes(decided, room) };
            format!("{places}{each}{one_act}")
        }
    }
}

/// Names the first changes of a decision, as many as there is room for; none where not even one is.
fn changes(decided: &Decided, room: usize) -> String {
    let mut named = String::new();
    for (at, site) in decided.sites.iter().take(NAMED_CHANGES).enumerate() {
        let change = change(decided.verdict, site, 16);
        let between = if at == 0 { "   " } else { ", " };
        let more = if at + 1 < decided.sites.len() { ", …" } else { "" };
        if width(&named) + width(between) + width(&change) + width(more) > room {
            break;
        }
        named.push_str(between);
        named.push_str(&change);
        if at + 1 == decided.sites.len() {
            return named;
        }
    }
    if named.is_empty() { named } else { named + ", …" }
}

/// Returns what a verdict meant at a site: the OCR's reading and what stands from then on.
fn change(verdict: Verdict, site: &Site, cells: usize) -> String {
    let base = words::or_nothing(&site.base, cells);
    match (verdict, &site.proposed, &site.reading) {
        (Verdict::Reject, Some(proposed), _) => {
            format!("{base} stays, not {}", words::or_nothing(proposed, cells))
        }
        (Verdict::Reject, None, _) => format!("{base} stays"),
        (_, _, Some(reading)) => format!("{base} → {}", words::or_nothing(reading, cells)),
        (_, _, None) => base,
    }
}

/// Names the lines of sites: `: lines 74, 74, 76`, or the first and last of many.
fn lines(sites: &[Site]) -> String {
    let lines: Vec<u64> = sites.iter().filter_map(|site| site.line).collect();
    match lines.as_slice() {
        [] => String::new(),
        [first, .., last] if lines.len() > NAMED_LINES && first != last => {
            format!(": lines {first} to {last}")
        }
        [first, .., last] if first == last => format!(": line {first}"),
        lines => {
            let named: Vec<String> = lines.iter().map(u64::to_string).collect();
            format!(": lines {}", named.join(", "))
        }
    }
}

/// Returns what stood before a decision, by whom its readings were proposed, and how many places
/// were offered; of a note, what it is on; of a new corrected text, the one before.
#[must_use]
pub fn was(record: &Record, fell: &[u64], review: &Review, chronicle: &Chronicle) -> String {
    let event = match &record.body {
        Body::Review(event) => event,
        Body::Proposals(_) => {
            let before = text_before(record.seq, chronicle).unwrap_or("none");
            return format!("was        {before}   what is decided stands");
        }
        _ => return String::new(),
    };
    if let Event::Noted(noted) = event {
        return format!("on         {}", noted_on(noted, 60));
    }
    let Some(decided) = event.decision() else { return String::new() };
    let proposers = |site: &Site| site.proposed.is_some() && site.from.is_none();
    let by = match decided.sites.iter().find_map(|site| site.from.as_deref()) {
        Some(from) => format!("   proposed by: {from}"),
        None if decided.sites.iter().any(proposers) => "   proposed by: corrected text".to_owned(),
        None => String::new(),
    };
    let offered = decided.offered.map_or(String::new(), |count| format!("   offered {count}"));
    format!("was        {}{by}{offered}", stood(decided, fell, review, chronicle))
}

/// Names the corrected text that was in force before record `seq`.
fn text_before(seq: u64, chronicle: &Chronicle) -> Option<&str> {
    let before = &chronicle.records()[..chronicle.find(seq)];
    let described = before.iter().rev().find_map(|record| match &record.body {
        Body::Proposals(described) => Some(Some(&**described)),
        Body::Opened(opened) => Some(opened.transcript.as_ref()),
        _ => None,
    });
    described.flatten().map(|it| it.name.as_str())
}

/// Says what stood at the places of a decision before it.
fn stood(decided: &Decided, fell: &[u64], review: &Review, chronicle: &Chronicle) -> String {
    let mut acts: Vec<(u64, usize)> = Vec::new();
    for &act in fell {
        match acts.iter_mut().find(|(seq, _)| *seq == act) {
            Some((_, count)) => *count += 1,
            None => acts.push((act, 1)),
        }
    }
    let verdict = |seq: u64| match chronicle.event(seq).and_then(Event::decision)?.verdict {
        Verdict::Accept => Some("accepted"),
        Verdict::Reject => Some("rejected"),
        Verdict::Edit => Some("edited"),
        Verdict::Reopen => None,
    };
    let mut named: Vec<String> = Vec::new();
    let mut decided_before = 0;
    for (seq, count) in acts {
        let Some(word) = verdict(seq) else { continue };
        decided_before += count;
        let count = if decided.sites.len() > 1 { format!("{count} ") } else { String::new() };
        named.push(format!("{count}{word} by #{seq}"));
    }
    let open = decided.sites.len().saturating_sub(decided_before);
    let collation = review.collation();
    let agreed = |site: &Site| {
        let known = collation.known(collation.block_at(site.place.start));
        // What a text proposed that is not to be had any more was a fix then.
        let proposed = site.proposed.as_ref().is_some_and(|it| *it != site.base);
        known && !proposed && review.fixes_over(site.place).next().is_none()
    };
    match (named.is_empty(), open) {
        (true, _) if decided.sites.iter().all(agreed) => "as in both texts".to_owned(),
        (true, 1) => "open".to_owned(),
        (true, 2) => "open in both".to_owned(),
        (true, open) => format!("open in all {open}"),
        (false, 0) => named.join(", "),
        (false, open) => format!("{}, {open} open", named.join(", ")),
    }
}

/// Returns how decisions came in, in words.
#[must_use]
pub fn by(by: By) -> &'static str {
    match by {
        By::Screen => "at the screen",
        By::Plain => "line by line",
        By::Command => "by a command",
    }
}
