//! The threads that work out gaps beside the screen, those in sight first, then look for suspects.

use std::collections::VecDeque;
use std::io;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SendError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::collate::collation::Collation;
use crate::collate::gap::{self, Gap};
use crate::collate::lexicon::Lexicon;
use crate::collate::plan::{self, Plan};
use crate::collate::work::Buffers;
use crate::document::Text;
use crate::shell::post::{Alarm, Post};
use crate::shell::suspects;
use crate::ui::msg::Msg;

/// How long gaps that nobody waits for are collected before the loop is told: each telling is a
/// frame with other counts, and a slow link has better things to carry.
const COLLECT: Duration = Duration::from_millis(250);

/// Hands out the gaps of a plan to the threads.
#[derive(Debug)]
pub struct Gaps {
    plan: Arc<Plan>,
    /// Whether a block was handed out; blocks of equal lines are from the start.
    taken: Vec<AtomicBool>,
    /// From where on to look for a block that nobody wanted first.
    next: AtomicUsize,
    /// Wanted first, in this order.
    wanted: Mutex<VecDeque<u32>>,
    /// Worked out and not told yet, by any of the threads.
    done: Mutex<Done>,
    /// How many threads are still at work.
    at_work: AtomicUsize,
    over: AtomicBool,
}

#[derive(Debug)]
struct Done {
    gaps: Vec<(u32, Gap)>,
    /// When the loop was told last.
    told: Instant,
}

/// Makes the plan of two texts, and begins to gather the words of the corrected one beside it: the
/// gaps need them all.
pub fn plan(base: Text, transcript: Text, post: &Sender<Post>) -> Plan {
    let lexicon = Arc::<Lexicon>::default();
    if base != transcript {
        let (words, text, alarm) = (Arc::clone(&lexicon), transcript.clone(), Alarm(post.clone()));
        let gather = move || {
            let _alarm = alarm;
            words.prepare(&text);
        };
        // Without a thread they are gathered when first needed.
        drop(thread::Builder::new().name("words".to_owned()).spawn(gather));
    }
    Plan { lexicon, ..plan::plan(base, transcript) }
}

/// Works out a whole collation on a thread of its own, and looks for suspects in its texts. The
/// answer is [`Msg::Recollated`], for whoever waits for it, else it is posted.
///
/// # Errors
/// If there can be no thread.
pub fn whole((base, transcript): (Text, Text), post: &Sender<Post>) -> io::Result<Receiver<Msg>> {
    let (done, ready) = mpsc::sync_channel(0);
    let post = post.clone();
    let work = move || {
        let _alarm = Alarm(post.clone());
        let collation = Box::new(Collation::complete(plan(base, transcript, &post)));
        let found = suspects::look(collation.plan());
        if let Err(SendError(late)) = done.send(Msg::Recollated(collation, found)) {
            // Where nobody listens any more, the queue is closed too.
            let _ = post.send(Post::Msgs(vec![late]));
        }
    };
    thread::Builder::new().name("collation".to_owned()).spawn(work)?;
    Ok(ready)
}

impl Gaps {
    /// Makes the queue of a plan's gaps; nothing is worked out yet.
    #[must_use]
    pub fn of(plan: Arc<Plan>) -> Arc<Self> {
        let taken = plan.blocks.iter().map(|block| AtomicBool::new(block.equal)).collect();
        Arc::new(Self {
            plan,
            taken,
            next: AtomicUsize::new(0),
            wanted: Mutex::default(),
            done: Mutex::new(Done { gaps: Vec::new(), told: Instant::now() }),
            at_work: AtomicUsize::new(0),
            over: AtomicBool::new(false),
        })
    }

    /// Starts the threads: one for each core, at least one, no more than there are gaps. The last
    /// one to find nothing more to do looks for suspects.
    ///
    /// The loop has no core of its own: it sleeps nearly always, and is preferred when it wakes.
    ///
    /// # Errors
    /// If not even one thread can be started.
    pub fn start(self: &Arc<Self>, post: &Sender<Post>) -> io::Result<()> {
        let gaps = self.taken.iter().filter(|it| !it.load(Ordering::Relaxed)).count();
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let threads = cores.min(gaps).max(1);
        self.at_work.store(threads, Ordering::SeqCst);
        for worker in 0..threads {
            let (gaps, own_post) = (Arc::clone(self), post.clone());
            let started = thread::Builder::new()
                .name(format!("gaps-{worker}"))
                .spawn(move || gaps.work(&own_post));
            if let Err(refused) = started {
                // With one of them at work, fewer is slower and nothing else.
                if worker == 0 {
                    return Err(refused);
                }
                self.leave(post);
            }
        }
        Ok(())
    }

    /// Puts these blocks before all others, the first of them first.
    pub fn want(&self, blocks: &[u32]) {
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        for &block in blocks.iter().rev() {
            wanted.push_front(block);
        }
    }

    /// Hands out nothing more.
    pub fn close(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    fn work(&self, post: &Sender<Post>) {
        let _alarm = Alarm(post.clone());
        let mut buffers = Buffers::default();
        while let Some((block, in_sight)) = self.take() {
            let gap = gap::gap_with(&mut buffers, &self.plan, block);
            let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
            done.gaps.push((block, gap));
            if (in_sight && !self.is_wanted()) || done.told.elapsed() >= COLLECT {
                done.tell(post);
            }
        }
        self.done.lock().unwrap_or_else(PoisonError::into_inner).tell(post);
        self.leave(post);
    }

    /// Goes from work; whoever is the last looks for suspects.
    fn leave(&self, post: &Sender<Post>) {
        if self.at_work.fetch_sub(1, Ordering::SeqCst) == 1 && !self.over.load(Ordering::Relaxed) {
            // Where nobody listens any more, there is no screen to show them on.
            let _ = post.send(Post::Msgs(vec![Msg::Suspected(suspects::look(&self.plan))]));
        }
    }

    fn is_wanted(&self) -> bool {
        !self.wanted.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Returns a gap that nobody has taken, and whether it was wanted.
    fn take(&self) -> Option<(u32, bool)> {
        if self.over.load(Ordering::Relaxed) {
            return None;
        }
        let is_free = |block: usize| {
            self.taken.get(block).is_some_and(|it| !it.swap(true, Ordering::Relaxed))
        };
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(block) = wanted.pop_front() {
            if is_free(block as usize) {
                return Some((block, true));
            }
        }
        drop(wanted);
        loop {
            let block = self.next.fetch_add(1, Ordering::Relaxed);
            if block >= self.taken.len() {
                return None;
            }
            if is_free(block) {
                return Some((block as u32, false));
            }
        }
    }
}

impl Done {
    fn tell(&mut self, post: &Sender<Post>) {
        if !self.gaps.is_empty() {
            let message = Msg::Collated(std::mem::take(&mut self.gaps));
            // Where nobody listens any more, the queue is closed too.
            let _ = post.send(Post::Msgs(vec![message]));
        }
        self.told = Instant::now();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(lines: usize) -> Arc<Plan> {
        let text = |suffix: &str| {
            let line = |n: usize| match n % 2 {
                0 => format!("line number {n} is the same on both sides\n"),
                _ => format!("line number {n} ends in {suffix}\n"),
            };
            Text::new((0..lines).map(line).collect::<String>()).expect("short")
        };
        Arc::new(crate::collate::plan::plan(text("one"), text("two")))
    }

    #[test]
    fn every_gap_comes_once() {
        let plan = plan(400);
        let gaps = Gaps::of(Arc::clone(&plan));
        let (post, posts) = mpsc::channel();
        gaps.start(&post).expect("a thread");
        drop(post);
        let mut seen: Vec<u32> = Vec::new();
        let mut looked = 0;
        for message in messages(&posts) {
            match message {
                Msg::Collated(done) => seen.extend(done.into_iter().map(|(block, _)| block)),
                Msg::Suspected(_) => looked += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(looked, 1);
        seen.sort_unstable();
        let changed = |(block, _): &(usize, _)| !plan.blocks[*block].equal;
        let all: Vec<u32> =
            plan.blocks.iter().enumerate().filter(changed).map(|(it, _)| it as u32).collect();
        assert_eq!(seen, all);
    }

    /// Returns all messages until nobody sends any more.
    fn messages(posts: &mpsc::Receiver<Post>) -> Vec<Msg> {
        let of_post = |post| match post {
            Post::Msgs(messages) => messages,
            other => panic!("{other:?}"),
        };
        posts.iter().flat_map(of_post).collect()
    }

    #[test]
    fn what_is_in_sight_is_told_before_the_rest_is_worked_out() {
        let plan = plan(400);
        let gaps = Gaps::of(Arc::clone(&plan));
        let last = (0..plan.blocks.len()).rfind(|&block| !plan.blocks[block].equal);
        let last = last.expect("a gap") as u32;
        gaps.want(&[last]);
        gaps.at_work.store(1, Ordering::SeqCst);
        let (post, posts) = mpsc::channel();
        gaps.work(&post);
        drop(post);
        let messages = messages(&posts);
        let Some(Msg::Collated(first)) = messages.first() else { panic!("{messages:?}") };
        assert_eq!(first.iter().map(|(block, _)| *block).collect::<Vec<_>>(), [last]);
        assert!(messages.len() > 2, "the rest comes, and suspects at the end: {messages:?}");
        assert!(matches!(messages.last(), Some(Msg::Suspected(_))));
    }

    #[test]
    fn texts_without_a_gap_are_looked_at_for_suspects_too() {
        let text = Text::new("Ha1l\n").expect("short");
        let plan = Arc::new(crate::collate::plan::plan(text.clone(), text));
        let (post, posts) = mpsc::channel();
        Gaps::of(plan).start(&post).expect("a thread");
        drop(post);
        let messages = messages(&posts);
        let [Msg::Suspected(found)] = &messages[..] else { panic!("{messages:?}") };
        assert_eq!((found.base.len(), found.transcript.len()), (1, 1));
    }

    #[test]
    fn the_wanted_come_first() {
        let plan = plan(40);
        let changed: Vec<u32> =
            (0..plan.blocks.len() as u32).filter(|&it| !plan.blocks[it as usize].equal).collect();
        let gaps = Gaps::of(Arc::clone(&plan));
        let (first, last) = (changed[0], changed[changed.len() - 1]);
        gaps.want(&[last]);
        gaps.want(&[last + 100]);
        assert_eq!(gaps.take(), Some((last, true)));
        if first != last {
            assert_eq!(gaps.take(), Some((first, false)));
        }
        gaps.close();
        assert_eq!(gaps.take(), None);
    }
}
