//! Counts anew what the start screen tells of reviews whose logs went on since: after a kill, or by
//! commands. Their logs tell; the list is a comfort.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crate::collate::collation::Collation;
use crate::collate::plan::plan;
use crate::log::draft::Embed;
use crate::review::event::Extent;
use crate::review::state::Review;
use crate::shell::open;
use crate::shell::post::Post;
use crate::shell::recent::Recent;
use crate::shell::session::{Access, Newer, Opening, Unlike};
use crate::shell::sources::Manner;

/// A log longer than this, in bytes, is not counted anew.
const LONGEST: u64 = 256 << 20;

/// Counts beside the start screen; dropped, it is given up.
#[derive(Debug)]
pub struct Recounts {
    over: Arc<AtomicBool>,
    counted: Receiver<Recent>,
}

impl Recounts {
    /// Starts a thread where something is to be counted. It wakes the loop after each review.
    #[must_use]
    pub fn start(recents: &[Recent], post: &Sender<Post>) -> Self {
        let stale: Vec<Recent> = recents.iter().filter(|it| is_stale(it)).cloned().collect();
        let (done, counted) = mpsc::channel();
        let (over, post) = (Arc::<AtomicBool>::default(), post.clone());
        let stop = Arc::clone(&over);
        let count = move || {
            for recent in stale {
                let Some(recent) = anew(&recent, &stop) else { continue };
                if done.send(recent).is_err() || post.send(Post::Msgs(Vec::new())).is_err() {
                    return;
                }
            }
        };
        // Without a thread, the list tells what was last known.
        drop(thread::Builder::new().name("recount".to_owned()).spawn(count));
        Self { over, counted }
    }

    /// Returns what was counted since it was asked last.
    pub fn take(&self) -> impl Iterator<Item = Recent> + '_ {
        self.counted.try_iter()
    }
}

impl Drop for Recounts {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

/// Counts what a list for those who have no screen tells.
pub fn all(recents: &mut [Recent]) {
    for recent in recents.iter_mut().filter(|it| is_stale(it)) {
        if let Some(counted) = anew(recent, &AtomicBool::new(false)) {
            *recent = counted;
        }
    }
}

fn length(recent: &Recent) -> u64 {
    fs::metadata(&recent.log).map_or(0, |data| data.len())
}

/// Says whether a log is longer or shorter than it was when it was counted: it is only added to.
fn is_stale(recent: &Recent) -> bool {
    let length = length(recent);
    length != recent.bytes && 0 < length && length <= LONGEST
}

/// Counts a review by its log and remembers that; none where the log cannot be opened, or once it
/// is over.
fn anew(recent: &Recent, over: &AtomicBool) -> Option<Recent> {
    let bytes = length(recent);
    let opening = Opening {
        base: recent.log.clone(),
        transcript: None,
        log: None,
        reviewer: None,
        manner: Manner::default(),
        unlike: Unlike::Allowed,
        embed: Embed::Usual,
        newer: Newer::Left,
        access: Access::Look,
    };
    let session = open::open(&opening).ok()?;
    let plan = plan(session.base.text.clone(), session.proposed());
    let collation = Collation::complete_while(plan, || !over.load(Ordering::Relaxed))?;
    let review = Review::after(collation, session.chronicle.events()).ok()?;
    let signed = review.signed().any(|(_, signed)| signed.scope == Extent::Document);
    let mut counted = recent.clone();
    counted.count(&review.counts(), signed, bytes);
    if let Some(last) = session.chronicle.records().last() {
        counted.time = last.time.clone().max(counted.time);
    }
    if over.load(Ordering::Relaxed) {
        // The review may have been gone on with, and told itself how it stands.
        return None;
    }
    counted.keep();
    Some(counted)
}
