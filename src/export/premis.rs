//! What happened to the documents as PREMIS 3: objects with their fixity, agents, events.
//!
//! One event for the log's creation and for each session, sign-off, seal and recovery, none for a
//! single decision: those are in the log, whose fixity is here.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use crate::digest::Digest;
use crate::document::Document;
use crate::export::about::About;
use crate::export::xml::shown;
use crate::log::history::Entry;
use crate::log::record::Body;
use crate::review::event::Event;

/// Writes the record.
#[must_use]
pub fn premis(about: &About<'_>) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<premis xmlns=\"http://www.loc.gov/premis/v3\" ");
    out.push_str("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"3.0\">\n");
    objects(&mut out, about).expect("a string takes all");
    events(&mut out, about).expect("a string takes all");
    agents(&mut out, about).expect("a string takes all");
    out.push_str("</premis>\n");
    out.into_bytes()
}

/// Holds what is told of one object.
struct Object<'a> {
    /// Its role, which is its identifier too.
    role: &'static str,
    name: Option<&'a str>,
    properties: Vec<(&'static str, String)>,
    digest: Digest,
    bytes: Option<usize>,
    format: &'static str,
}

fn objects(out: &mut String, about: &About<'_>) -> fmt::Result {
    object(out, &of_document("base", about.base))?;
    if let Some(transcript) = about.transcript {
        object(out, &of_document("transcript", transcript))?;
    }
    let text = about.established();
    let log = about.log.as_ref();
    let mut properties = Vec::new();
    if let Some(log) = log {
        properties.push(("record of the log", log.size.saturating_sub(1).to_string()));
    }
    if !about.where_open().is_empty() {
        properties.push(("standing", format!("not final{}", about.where_open())));
    }
    object(
        out,
        &Object {
            role: "established",
            name: None,
            properties,
            digest: Digest::of(text.as_bytes()),
            bytes: Some(text.len()),
            format: "text/plain;charset=UTF-8",
        },
    )?;
    let Some(log) = log else { return Ok(()) };
    object(
        out,
        &Object {
            role: "log",
            name: Some(log.name),
            properties: vec![
                ("log id", log.opened.log.clone()),
                ("records", log.size.to_string()),
                ("head of the chain of records, SHA-256", log.head.to_string()),
            ],
            digest: log.file_sha256,
            bytes: Some(log.bytes),
            format: "recto edit log, version 1 (JSON Lines)",
        },
    )
}

fn of_document<'a>(role: &'static str, document: &'a Document) -> Object<'a> {
    let text = document.text.as_str();
    let digest = Digest::of(text.as_bytes());
    // Of a file that was read as another format or encoding only its digest is known.
    let plain = digest == document.file_sha256;
    let properties = match plain {
        true => Vec::new(),
        false => vec![
            ("text taken from it by the reader", document.format.clone()),
            ("SHA-256 of that text in UTF-8", digest.to_string()),
        ],
    };
    Object {
        role,
        name: Some(&document.name),
        properties,
        digest: document.file_sha256,
        bytes: plain.then_some(text.len()),
        format: if plain { "text/plain;charset=UTF-8" } else { "unknown" },
    }
}

fn object(out: &mut String, object: &Object<'_>) -> fmt::Result {
    out.push_str("<object xsi:type=\"file\">\n");
    identifier(out, "object", object.role)?;
    for (name, value) in &object.properties {
        write!(
            out,
            "<significantProperties><significantPropertiesType>{name}</significantPropertiesType>"
        )?;
        let value = shown(value);
        writeln!(
            out,
            "<significantPropertiesValue>{value}</significantPropertiesValue></significantProperties>"
        )?;
    }
    writeln!(
        out,
        "<objectCharacteristics>\n<fixity><messageDigestAlgorithm>SHA-256</messageDigestAlgorithm>\
        <messageDigest>{}</messageDigest></fixity>",
        object.digest
    )?;
    if let Some(bytes) = object.bytes {
        writeln!(out, "<size>{bytes}</size>")?;
    }
    writeln!(
        out,
        "<format><formatDesignation><formatName>{}</formatName></formatDesignation></format>\n\
        </objectCharacteristics>",
        object.format
    )?;
    if let Some(name) = object.name {
        writeln!(out, "<originalName>{}</originalName>", shown(name))?;
    }
    out.push_str("</object>\n");
    Ok(())
}

fn identifier(out: &mut String, of: &str, value: &str) -> fmt::Result {
    let value = shown(value);
    writeln!(
        out,
        "<{of}Identifier><{of}IdentifierType>local</{of}IdentifierType>\
         <{of}IdentifierValue>{value}</{of}IdentifierValue></{of}Identifier>"
    )
}

/// Holds what is told of one event beside its record.
struct Told {
    /// A word of the Library of Congress's list of event types.
    kind: &'static str,
    /// When it was, where not at its record alone.
    until: Option<String>,
    detail: String,
    outcome: Option<String>,
    /// What it was done to, and in which role.
    object: &'static str,
}

fn events(out: &mut String, about: &About<'_>) -> fmt::Result {
    let history = about.history();
    let mut app = about.log.as_ref().map_or("recto", |log| log.opened.app.as_str());
    for (at, entry) in history.iter().enumerate() {
        if let Body::Session(session) = &entry.record.body {
            app = &session.app;
        }
        if let Some(told) = told(history, at) {
            event(out, entry, &told, app)?;
        }
    }
    Ok(())
}

fn told(history: &[Entry<'_>], at: usize) -> Option<Told> {
    let told =
        |kind, detail: String, object| Told { kind, until: None, detail, outcome: None, object };
    Some(match &history[at].record.body {
        Body::Opened(opened) => {
            told("creation", format!("the edit log {} was opened", opened.log), "log")
        }
        Body::Session(_) => session(history, at),
        Body::Proposals(described) => {
            told("modification", format!("a new corrected text, {}", described.name), "transcript")
        }
        Body::Recovered(it) => {
            told("recovery", format!("a torn tail of {} bytes was cut off the log", it.cut), "log")
        }
        Body::Sealed(sealed) => {
            let what = format!("{} records were sealed with {}", sealed.size, sealed.public_key);
            told("digital signature generation", what, "log")
        }
        Body::Review(Event::SignedOff(signed)) => {
            let page = signed.page.as_ref().map(|page| format!(" {page}")).unwrap_or_default();
            let what = format!("{}{page} signed off, read: {}", signed.scope, signed.read);
            let undone = if history[at].undone { ", taken back later" } else { "" };
            let outcome = format!("{} fixes open{undone}", signed.open);
            Told { outcome: Some(outcome), ..told("quality review", what, "established") }
        }
        Body::Review(_) | Body::Seen(_) | Body::Source(_) | Body::Optional(_) => return None,
    })
}

/// Tells a session: how many acts it has, up to the next one.
fn session(history: &[Entry<'_>], at: usize) -> Told {
    let after = &history[at + 1..];
    let next = after.iter().position(|it| matches!(it.record.body, Body::Session(_)));
    let own = &after[..next.unwrap_or(after.len())];
    let acts = own.iter().filter(|it| matches!(it.record.body, Body::Review(_))).count();
    let last = own.last().unwrap_or(&history[at]);
    let (first, end) = (history[at].record.seq, last.record.seq);
    Told {
        kind: "modification",
        until: Some(last.record.time.clone()),
        detail: format!("a session of review, records {first} to {end}"),
        outcome: Some(format!("{acts} decisions, notes, signatures, undos and redos")),
        object: "established",
    }
}

fn event(out: &mut String, entry: &Entry<'_>, told: &Told, app: &str) -> fmt::Result {
    out.push_str("<event>\n");
    identifier(out, "event", &format!("record-{}", entry.record.seq))?;
    let time = match &told.until {
        Some(until) if *until != entry.record.time => format!("{}/{until}", entry.record.time),
        _ => entry.record.time.clone(),
    };
    writeln!(out, "<eventType>{}</eventType>\n<eventDateTime>{time}</eventDateTime>", told.kind)?;
    let detail = shown(&told.detail);
    writeln!(
        out,
        "<eventDetailInformation><eventDetail>{detail}</eventDetail></eventDetailInformation>"
    )?;
    if let Some(outcome) = &told.outcome {
        let outcome = shown(outcome);
        writeln!(
            out,
            "<eventOutcomeInformation><eventOutcome>{outcome}</eventOutcome></eventOutcomeInformation>"
        )?;
    }
    for (agent, role) in [(entry.reviewer, "implementer"), (app, "executing program")] {
        linking(out, "Agent", agent, role)?;
    }
    let role = if told.object == "established" { "outcome" } else { "source" };
    linking(out, "Object", told.object, role)?;
    out.push_str("</event>\n");
    Ok(())
}

fn linking(out: &mut String, to: &str, value: &str, role: &str) -> fmt::Result {
    let value = shown(value);
    writeln!(
        out,
        "<linking{to}Identifier><linking{to}IdentifierType>local</linking{to}IdentifierType>\
         <linking{to}IdentifierValue>{value}</linking{to}IdentifierValue>\
         <linking{to}Role>{role}</linking{to}Role></linking{to}Identifier>"
    )
}

fn agents(out: &mut String, about: &About<'_>) -> fmt::Result {
    let history = about.history();
    let people: BTreeSet<&str> = history.iter().map(|entry| entry.reviewer).collect();
    for person in people {
        agent(out, person, "person", None)?;
    }
    let apps = history.iter().filter_map(|entry| match &entry.record.body {
        Body::Session(session) => Some(session.app.as_str()),
        Body::Opened(opened) => Some(opened.app.as_str()),
        _ => None,
    });
    for app in apps.collect::<BTreeSet<&str>>() {
        agent(out, app, "software", app.split_once('/').map(|(_, version)| version))?;
    }
    Ok(())
}

fn agent(out: &mut String, id: &str, kind: &str, version: Option<&str>) -> fmt::Result {
    out.push_str("<agent>\n");
    identifier(out, "agent", id)?;
    writeln!(out, "<agentName>{}</agentName>\n<agentType>{kind}</agentType>", shown(id))?;
    if let Some(version) = version {
        writeln!(out, "<agentVersion>{}</agentVersion>", shown(version))?;
    }
    out.push_str("</agent>\n");
    Ok(())
}
