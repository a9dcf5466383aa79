//! `decide`, which holds all the rules and changes nothing.

use std::ops::Range;

use compact_str::CompactString;

use crate::collate::fix::FixId;
use crate::digest::Digest;
use crate::review::command::{Command, Decide, Decision, Reach, Refusal};
use crate::review::counts::State;
use crate::review::event::{
    Decided, Event, Extent, Mark, Noted, Place, Read, Scope, SignedOff, Site, Verdict,
};
use crate::review::site::{
    bare_site, change_in_words, push_site, reach, reading_in_words, widened,
};
use crate::review::state::Review;
use crate::review::{back, edit, offers, restore};

/// Works out what a command would record. It holds all the rules and changes nothing.
///
/// # Errors
/// A command that has nothing to record is a [`Refusal`], in words for people.
pub fn decide(review: &Review, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::Decide(wish) if wish.verdict == Verdict::Reopen => reopen(review, wish),
        Command::Decide(wish) => decide_fixes(review, wish),
        Command::Offers(wish) => offers::decide_offers(review, wish),
        Command::Edit { scope, target, text } => edit::decide_edit(review, *scope, target, text),
        Command::Restore { place, reading } => restore::restore(review, *place, reading),
        Command::Note { at, mark, note } => note_place(review, at, *mark, note),
        Command::SignOff { page, read } => sign_off(review, *page, *read),
        Command::Undo => back::undo(review),
        Command::Redo => back::redo(review),
    }
}

fn decide_fixes(review: &Review, wish: &Decide) -> Result<Decision, Refusal> {
    let reached: Vec<FixId> = match wish.reach {
        Reach::Every => wish.fixes.clone(),
        Reach::Open => {
            let open = |&id: &FixId| {
                review.state(id) == State::Open
                    && (wish.scope == Scope::Fix || !review.in_class(id))
            };
            wish.fixes.iter().copied().filter(open).collect()
        }
    };
    let Some(&first) = reached.first() else {
        let none = wish.fixes.is_empty();
        return Err(if none { Refusal::NoFix } else { Refusal::NothingOpen });
    };
    let aim = match wish.verdict {
        Verdict::Accept => State::Accepted,
        _ => State::Rejected,
    };
    let reached: Vec<FixId> = reached.into_iter().filter(|&id| review.state(id) != aim).collect();
    if reached.is_empty() {
        let word = if aim == State::Accepted { "accepted" } else { "rejected" };
        return Err(Refusal::Already(word));
    }
    let mut sites = Vec::with_capacity(reached.len());
    let mut wider = None;
    for &id in &reached {
        let place = review.place(id);
        let (wide, proposed) = reach(review, place);
        if wide != place {
            wider = Some(wide);
        }
        push_site(&mut sites, review_site(review, wide, proposed, wish.verdict));
    }
    let over_own = reached.iter().any(|&id| review.state(id) == State::Edited);
    let confirm = match wider {
        Some(place) => Some(format!(
            "this takes in a reading that reaches over bytes {}-{}: decide all of it?",
            place.start, place.end
        )),
        None if over_own => Some("replace a reading of your own?".to_owned()),
        None => None,
    };
    let said = said_of(review, wish, first, reached.len());
    let decided = Decided {
        verdict: wish.verdict,
        scope: wish.scope,
        offered: wish.offered,
        act: None,
        sites,
    };
    Ok(Decision { events: vec![Event::Decided(decided)], confirm, said, go: None })
}

/// Names what a verdict did, and which earlier decisions in the highlight stay.
fn said_of(review: &Review, wish: &Decide, first: FixId, count: usize) -> String {
    let verb = if wish.verdict == Verdict::Accept { "accepted" } else { "rejected" };
    let line = review.base().line_of(review.place(first).start) + 1;
    if count == 1 {
        let (base, proposed) = (review.base_reading(first), review.proposed(first));
        return format!("line {line}: {verb} {}", change_in_words(base, proposed));
    }
    let mut said = format!("{count} {verb}, from line {line} on");
    if wish.reach == Reach::Open {
        let stays = |state: State, word: &str| {
            let count = wish.fixes.iter().filter(|&&id| review.state(id) == state).count();
            (count > 0).then(|| format!("{count} {word} before"))
        };
        let stay: Vec<String> = [
            stays(State::Accepted, "accepted"),
            stays(State::Rejected, "rejected"),
            stays(State::Edited, "edited"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !stay.is_empty() {
            said = format!("{said}; {} stay", stay.join(", "));
        }
    }
    said
}

/// Makes the site of a verdict on a place that cuts no fix and no standing site.
fn review_site(
    review: &Review,
    place: Place,
    proposed: Option<CompactString>,
    verdict: Verdict,
) -> Site {
    let mut site = bare_site(review, place);
    site.reading = match verdict {
        Verdict::Accept => proposed.clone(),
        Verdict::Reject => Some(site.base.clone()),
        Verdict::Edit | Verdict::Reopen => None,
    };
    site.proposed = proposed;
    site
}

fn reopen(review: &Review, wish: &Decide) -> Result<Decision, Refusal> {
    let mut places: Vec<Place> = Vec::new();
    for &id in &wish.fixes {
        let place = review.place(id);
        let mut standing = review.ledger().standing_over(place).map(|site| site.place);
        match standing.next() {
            None => {}
            // Fixes lie apart, so only what stands can make one reach further.
            Some(first) if first == place && standing.next().is_none() => places.push(place),
            Some(_) => places.push(widened(review, place)),
        }
    }
    let standing = |place: &Place| review.ledger().standing_at(*place).is_some();
    places.extend(wish.own.iter().copied().filter(standing));
    places.sort_unstable();
    places.dedup();
    if places.is_empty() {
        return Err(Refusal::NothingDecided);
    }
    let wider = wish.scope == Scope::Fix
        && wish.fixes.iter().any(|&id| !places.contains(&review.place(id)));
    let line = review.base().line_of(places[0].start) + 1;
    let said = match places.len() {
        1 => match review.ledger().standing_at(places[0]).map(|site| site.reading) {
            Some(reading) => {
                format!("line {line}: open again, {} stood", reading_in_words(reading))
            }
            None => format!("line {line}: open again"),
        },
        count => format!("{count} places open again, from line {line} on"),
    };
    let mut sites = Vec::with_capacity(places.len());
    for place in places {
        push_site(&mut sites, bare_site(review, place));
    }
    let (verdict, scope) = (Verdict::Reopen, wish.scope);
    let decided = Decided { verdict, scope, offered: None, act: None, sites };
    let confirm = wider.then(|| "reopen a reading that reaches further?".to_owned());
    Ok(Decision { events: vec![Event::Decided(decided)], confirm, said, go: None })
}

fn note_place(
    review: &Review,
    at: &Range<usize>,
    mark: Mark,
    note: &str,
) -> Result<Decision, Refusal> {
    let base = review.base().as_str().get(at.clone());
    let base = base.ok_or(Refusal::NoSpan(at.start, at.end))?.to_owned();
    let line = review.base().line_of(at.start) as u64 + 1;
    let noted = Noted {
        at: at.clone(),
        page: Some(review.base().page_of(at.start).to_string()),
        line: Some(line),
        base,
        mark,
        note: note.to_owned(),
    };
    let said = match mark {
        Mark::Note => format!("line {line}: noted"),
        mark => format!("line {line}: {mark} noted"),
    };
    Ok(Decision { events: vec![Event::Noted(noted)], confirm: None, said, go: None })
}

fn sign_off(review: &Review, page: Option<usize>, read: Read) -> Result<Decision, Refusal> {
    let base = review.base();
    let pages = base.page_count();
    if let Some(page) = page.filter(|&page| page == 0 || page > pages) {
        return Err(Refusal::NoPage(page, pages));
    }
    let at = page.map_or(0..base.len(), |page| base.page(page));
    let counts = match page {
        Some(_) => review.counts_in(at.clone()),
        None => review.counts(),
    };
    if page.is_none() && !counts.complete {
        return Err(Refusal::NotKnown);
    }
    let open = (counts.open + counts.class.map_or(0, |class| class.open)) as u64;
    let what = page.map_or("the document".to_owned(), |page| format!("page {page}"));
    let what_was_read = match read {
        Read::Fixes => "fixes read",
        Read::All => "every word read",
    };
    let said = format!("{what} signed, {what_was_read}, {open} open");
    let signed = SignedOff {
        scope: if page.is_some() { Extent::Page } else { Extent::Document },
        page: page.map(|page| page.to_string()),
        at,
        read,
        open,
        established: Digest::of(review.ledger().established().as_bytes()),
    };
    Ok(Decision { events: vec![Event::SignedOff(signed)], confirm: None, said, go: None })
}
