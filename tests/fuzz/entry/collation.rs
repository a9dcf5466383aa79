//! What must hold for any two texts and any acts on them.

use recto::collate::collation::Collation;
use recto::collate::gap::gap;
use recto::collate::plan::plan;
use recto::document::Text;
use recto::review::command::{Command, Decide, Reach, Target};
use recto::review::decide::decide;
use recto::review::event::{Scope, Verdict};
use recto::review::ledger::Ledger;
use recto::review::state::Review;
use unicode_segmentation::GraphemeCursor;

/// Takes base, transcript and acts from `data`, split at bytes that no UTF-8 has.
pub(crate) fn check(data: &[u8]) {
    let mut parts = data.splitn(3, |&byte| byte == 0xff);
    let mut part = || parts.next().unwrap_or_default();
    let base = String::from_utf8_lossy(part()).into_owned();
    let transcript = String::from_utf8_lossy(part()).into_owned();
    check_texts(&base, &transcript, part());
}

/// Checks the two laws and what stands around them; each byte of `acts` is one act.
pub(crate) fn check_texts(base: &str, transcript: &str, acts: &[u8]) {
    let collation = collate(base, transcript);
    covers(&collation, base, transcript);
    any_order(&collation, base, transcript);
    laws(base, transcript);
    any_acts(collation, base, acts);
}

fn text(text: &str) -> Text {
    Text::new(text).expect("a fuzzer's texts are short")
}

fn collate(base: &str, transcript: &str) -> Collation {
    Collation::complete(plan(text(base), text(transcript)))
}

/// Rows cover both texts without a hole; fixes ascend, differ, and never cut a cluster; outside
/// the fixes both texts are the same.
fn covers(collation: &Collation, base: &str, transcript: &str) {
    let (mut in_base, mut in_transcript) = (0, 0);
    let mut next = collation.first_row();
    while let Some(id) = next {
        let row = collation.row(id);
        assert_eq!((row.base.start, row.transcript.start), (in_base, in_transcript), "{id:?}");
        (in_base, in_transcript) = (row.base.end, row.transcript.end);
        next = collation.next_row(id);
    }
    assert_eq!((in_base, in_transcript), (base.len(), transcript.len()));

    let (mut at, mut transcript_at) = (0, 0);
    for id in collation.fixes() {
        let fix = collation.fix(id);
        assert_eq!(
            base.get(at..fix.at.start),
            transcript.get(transcript_at..fix.transcript_at.start)
        );
        assert_ne!(base[fix.at.clone()], transcript[fix.transcript_at.clone()], "{fix:?}");
        for (text, span) in [(base, &fix.at), (transcript, &fix.transcript_at)] {
            assert!(on_cluster(text, span.start) && on_cluster(text, span.end), "{fix:?}");
        }
        (at, transcript_at) = (fix.at.end, fix.transcript_at.end);
    }
    assert_eq!(base[at..], transcript[transcript_at..]);
}

fn on_cluster(text: &str, offset: usize) -> bool {
    let mut cursor = GraphemeCursor::new(offset, text.len(), true);
    cursor.is_boundary(text, 0).expect("the whole text is at hand")
}

fn any_order(whole: &Collation, base: &str, transcript: &str) {
    let mut backwards = Collation::new(plan(text(base), text(transcript)));
    for block in (0..backwards.plan().blocks.len() as u32).rev() {
        if !backwards.plan().blocks[block as usize].equal {
            let gap = gap(backwards.plan(), block);
            assert_eq!(Some(&gap), whole.gap(block));
            backwards.insert(block, gap);
        }
    }
}

/// Accepts all, rejects all and undoes that, in one review.
fn laws(base: &str, transcript: &str) {
    let mut work = Work::on(collate(base, transcript));
    work.all(Verdict::Accept);
    assert_eq!(work.review.ledger().established(), transcript);
    let differ = base != transcript;
    work.all(Verdict::Reject);
    assert_eq!(work.review.ledger().established(), base);
    assert_eq!(work.take(&Command::Undo), differ);
    assert_eq!(work.review.ledger().established(), transcript);
    assert_eq!(work.take(&Command::Redo), differ);
    assert_eq!(work.review.ledger().established(), base);
}

fn any_acts(collation: Collation, base: &str, acts: &[u8]) {
    let mut work = Work::on(collation);
    let mut replay = Ledger::new(text(base));
    for &act in acts.iter().take(24) {
        work.act(act);
    }
    for (seq, event) in &work.events {
        replay.apply(*seq, event).expect("what was decided fits the base");
    }
    assert_eq!(replay.established(), work.review.ledger().established());
}

/// A review under way, with what its log would hold.
struct Work {
    review: Review,
    events: Vec<(u64, recto::review::event::Event)>,
}

impl Work {
    fn on(collation: Collation) -> Self {
        Self { review: Review::new(collation), events: Vec::new() }
    }

    /// Does what a command says and checks the counts; false if there was nothing to do.
    fn take(&mut self, command: &Command) -> bool {
        let Ok(decision) = decide(&self.review, command) else { return false };
        for event in decision.events {
            let seq = self.events.len() as u64 + 1;
            self.review.apply(seq, &event).expect("a decision fits the review it was made on");
            self.events.push((seq, event));
        }
        let counts = self.review.counts();
        let class = counts.class.map_or(0, |class| class.total);
        assert_eq!(counts.total() + class, self.review.collation().fixes().count());
        true
    }

    fn all(&mut self, verdict: Verdict) -> bool {
        let fixes = self.review.collation().fixes().collect();
        let (own, offered) = (Vec::new(), None);
        let (scope, reach) = (Scope::All, Reach::Every);
        self.take(&Command::Decide(Decide { verdict, scope, fixes, own, reach, offered }))
    }

    /// Makes an act of a byte: its low bits say which, its high bits where.
    fn act(&mut self, byte: u8) -> bool {
        match byte % 8 {
            0 | 1 => self.one(Verdict::Accept, byte >> 3),
            2 => self.one(Verdict::Reject, byte >> 3),
            3 => self.one(Verdict::Reopen, byte >> 3),
            4 => self.take(&Command::Undo),
            5 => self.take(&Command::Redo),
            6 => self.all([Verdict::Accept, Verdict::Reject][usize::from(byte >> 7)]),
            _ => self.edit(byte >> 3),
        }
    }

    fn one(&mut self, verdict: Verdict, place: u8) -> bool {
        let fixes: Vec<_> = self.review.collation().fixes().collect();
        let Some(&fix) = fixes.get(usize::from(place) % fixes.len().max(1)) else { return false };
        let (own, offered, fixes) = (Vec::new(), None, vec![fix]);
        let (scope, reach) = (Scope::Fix, Reach::Every);
        self.take(&Command::Decide(Decide { verdict, scope, fixes, own, reach, offered }))
    }

    /// Types a new text over the line that the number names.
    fn edit(&mut self, place: u8) -> bool {
        let base = self.review.base();
        let span = base.line(usize::from(place) % base.line_count().max(1));
        let Some(row) = self.review.collation().row_at(span.start) else { return false };
        let text = base.slice(span).trim_end_matches('\n').replace(' ', "  ") + "e\u{301}";
        self.take(&Command::Edit { scope: Scope::Line, target: Target::Row(row), text })
    }
}
