//! The loop of the screen: what happens goes into the model, what the model asks is done, what
//! changed is drawn. It sleeps until something happens.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::SIGHUP;

use crate::collate::collation::Collation;
use crate::review::counts::Counts;
use crate::review::event::Extent;
use crate::review::ledger::Misfit;
use crate::review::state::Review;
use crate::review::timeline::Timeline;
use crate::shell::clipboard;
use crate::shell::config::{Config, SealAt};
use crate::shell::frames::Frames;
use crate::shell::gaps::{self, Gaps};
use crate::shell::input::Reader;
use crate::shell::looks::Looks;
use crate::shell::paint::Painter;
use crate::shell::post::{Alarm, Post};
use crate::shell::recent::Memory;
use crate::shell::saver::Saver;
use crate::shell::session::Session;
use crate::shell::signals::{self, Watch};
use crate::shell::terminal::{Guard, NoTerminal, Terminal};
use crate::shell::writer::Writer;
use crate::shell::{editor, exports};
use crate::ui::disputes::Disputes;
use crate::ui::model::{Model, Setup};
use crate::ui::msg::{Effect, Msg};
use crate::ui::player::Playback;
use crate::ui::seals::Seals;
use crate::ui::update::update;
use crate::ui::view::view;

/// How many posts are handled before a frame at most: a flood must not hold the screen up.
const BATCH: usize = 512;
/// How long the first frame waits for the collation, so that a short text is shown whole at once.
const PATIENCE: Duration = Duration::from_millis(40);
/// With more gaps than this there is no hope of it, and only what is in sight is waited for.
const HOPELESS: usize = 1 << 13;

/// Says why the screen could not be shown, or not any longer.
#[derive(Debug, thiserror::Error)]
pub enum ScreenFault {
    /// There is no terminal.
    #[error(transparent)]
    NoTerminal(#[from] NoTerminal),
    /// The terminal or a thread was refused.
    #[error("the screen cannot be run: {0}")]
    Io(#[from] io::Error),
    /// A record of the log does not fit the texts.
    #[error("record {0} of the log does not fit the text: {1}")]
    Misfit(u64, Misfit),
    /// A part of the program failed; every decision that was shown is in the log.
    #[error("a part of the program failed; every decision that was shown is in the log")]
    Broken,
}

/// Holds what is left when the screen is closed.
#[derive(Debug)]
pub struct Left {
    /// What is decided and what is open.
    pub counts: Counts,
    /// The log's writer, all of it on disk; none if its thread failed.
    pub writer: Option<Writer>,
    /// How many decisions are not sealed, where seals are wanted.
    pub unsealed: Option<usize>,
    /// Whether to begin anew with the corrected text that was named.
    pub anew: bool,
    /// The signal that ended it, if one did; that of a terminal that went away counts as one.
    pub signal: Option<i32>,
}

/// Verifies the log at a path and reports on it.
type Check = fn(&Path) -> String;

/// Says how a log is replayed on the screen.
#[derive(Debug, Clone, Copy)]
pub struct Replay {
    /// The record to begin at; the last one if none.
    pub at: Option<u64>,
    /// Verifies the log at a path and reports on it.
    pub check: Check,
}

/// Shows a review on the terminal until the reviewer leaves it, or how it came about.
///
/// # Errors
/// [`ScreenFault`]; the terminal is as it was found then.
pub fn run(session: Session, looks: Looks, replay: Option<Replay>) -> Result<Left, ScreenFault> {
    let terminal = Arc::new(Terminal::find()?);
    let (post, posts) = mpsc::channel();
    let plan = Arc::new(gaps::plan(session.base.text.clone(), session.proposed(), &post));
    let gaps = Gaps::of(Arc::clone(&plan));
    gaps.start(&post)?;
    let (mut review, playback) = review(Collation::new(plan), &session, replay)?;
    review.begin_session(session.head.as_ref().map_or(0, |&(_, size)| size));
    let exported = exports::Source::of(&session);
    let colour = looks.colour;
    if looks.title {
        terminal.entitle(&format!("{} - recto", session.base.name));
    }
    terminal.take_mouse(looks.mouse)?;
    let memory = Memory::of(&session);
    let size = terminal.size();
    let log: PathBuf = session.log.clone();
    let (model, writer) = model(session, (review, playback), looks, size);
    let saver = Saver::start(writer, log.clone(), post.clone())?;
    let watch = Watch::start(Arc::clone(&terminal), post.clone())?;
    let mut screen = Screen {
        model,
        painter: Painter::new(colour),
        size,
        frames: Arc::default(),
        stale: true,
        away: false,
        saving: false,
        leaving: false,
        anew: false,
        gaps,
        saver,
        exported,
        memory,
        listed: false,
        check: replay.map(|replay| (replay.check, log)),
        wake: None,
        reader: None,
        terminal,
        post,
    };
    screen.warm_up(&posts);
    let guard = Guard::enter(Arc::clone(&screen.terminal))?;
    screen.read()?;
    let end = screen.go(&posts);
    let anew = screen.anew;
    let left = screen.close(&posts);
    drop(guard);
    drop(watch);
    let (counts, unsealed, writer) = left;
    Ok(Left { counts, writer, unsealed, anew, signal: end? })
}

/// Returns what the start screen's list tells of a review as it is now.
fn told(model: &Model) -> (Counts, bool) {
    let review = model.review();
    let signed = review.signed().any(|(_, signed)| signed.scope == Extent::Document);
    (review.counts(), signed)
}

/// Takes in what happened so far, once for a review, by its timeline for a replay.
fn review(
    collation: Collation,
    session: &Session,
    replay: Option<Replay>,
) -> Result<(Review, Option<Playback>), ScreenFault> {
    let events = || session.chronicle.events();
    if let Some(replay) = replay {
        let (ledger, timeline) = Timeline::of(session.base.text.clone(), events())
            .map_err(|(seq, misfit)| ScreenFault::Misfit(seq, misfit))?;
        let review = Review::of_history(collation, ledger, events());
        let transcripts = session.transcripts.clone();
        return Ok((review, Some(Playback { timeline, transcripts, at: replay.at })));
    }
    let disputes = session.disputes.as_ref().filter(|disputes| disputes.judged());
    let ground = disputes.map(Disputes::ground);
    let events = ground.iter().map(|ground| (0, ground)).chain(events());
    let review = Review::after(collation, events)
        .map_err(|(seq, misfit)| ScreenFault::Misfit(seq, misfit))?;
    Ok((review, None))
}

fn model(
    session: Session,
    (review, playback): (Review, Option<Playback>),
    looks: Looks,
    size: (u16, u16),
) -> (Model, Writer) {
    // What is wrong with the config was said when the review was opened.
    let seal = Config::load().map_or(SealAt::Never, |config| config.seal);
    let after = session.sealed.map_or(0, |seq| seq + 1);
    let seals = Seals {
        sealed: session.sealed.is_some(),
        unsealed: session.chronicle.events().filter(|(seq, _)| *seq >= after).count(),
        at_sign_off: seal != SealAt::Never,
        on_leaving: seal == SealAt::Leaving,
        ..Seals::default()
    };
    let setup = Setup {
        review,
        reviewer: session.reviewer.as_str().to_owned(),
        document: Memory::of(&session).title(),
        base_name: session.base.name,
        transcript_name: session.transcript.map(|it| it.name),
        // A path would take the room of the reason.
        read_only: session.read_only.map(|why| why.told("the log")),
        notices: session.notices,
        seals,
        offer: session.offer,
        disputes: session.disputes,
        bookmark: session.bookmark,
        first_opening: playback.is_none() && session.chronicle.events().next().is_none(),
        chronicle: session.chronicle,
        playback,
        keymap: looks.keymap,
        theme: looks.theme,
        repertoire: looks.repertoire,
        size,
    };
    (Model::new(setup).with_mouse(looks.mouse), session.writer)
}

/// Holds everything that the loop works with.
struct Screen {
    model: Model,
    painter: Painter,
    /// Columns and rows, as the model has them.
    size: (u16, u16),
    /// Counts frames for the thread that reads keys.
    frames: Arc<Frames>,
    /// Whether the terminal shows something else than the model's last frame.
    stale: bool,
    /// Whether the terminal is somebody else's for now.
    away: bool,
    saving: bool,
    leaving: bool,
    anew: bool,
    gaps: Arc<Gaps>,
    saver: Saver,
    exported: exports::Source,
    /// What the review is remembered by on the start screen.
    memory: Memory,
    /// Whether it is on its list since something was decided.
    listed: bool,
    /// How to verify the log, and where it is, in a replay.
    check: Option<(Check, PathBuf)>,
    /// When the model wants to be told that a pause is over.
    wake: Option<Instant>,
    reader: Option<Reader>,
    terminal: Arc<Terminal>,
    post: Sender<Post>,
}

impl Screen {
    /// Takes in gaps before the first frame, for a moment.
    fn warm_up(&mut self, posts: &Receiver<Post>) {
        let until = Instant::now() + PATIENCE;
        if let Some(Effect::Want(blocks)) = self.model.wants() {
            self.gaps.want(&blocks);
        }
        while self.model.review().collation().missing() > 0 {
            let hopeless = self.model.review().collation().missing() > HOPELESS;
            if hopeless && self.model.wants().is_none() {
                return;
            }
            let rest = until.saturating_duration_since(Instant::now());
            let Ok(Post::Msgs(messages)) = posts.recv_timeout(rest) else { return };
            for message in messages {
                for effect in update(&mut self.model, message) {
                    if let Effect::Want(blocks) = effect {
                        self.gaps.want(&blocks);
                    }
                }
            }
        }
    }

    fn read(&mut self) -> io::Result<()> {
        let terminal = Arc::clone(&self.terminal);
        self.reader = Some(Reader::start(terminal, Arc::clone(&self.frames), self.post.clone())?);
        Ok(())
    }

    /// Runs until the reviewer leaves, or a signal ends it.
    fn go(&mut self, posts: &Receiver<Post>) -> Result<Option<i32>, ScreenFault> {
        loop {
            if !self.away && (self.stale || self.model.dirty()) && self.draw().is_err() {
                return Ok(Some(SIGHUP));
            }
            if self.leaving && !self.saving {
                return Ok(None);
            }
            let Some(first) = self.next(posts) else { return Ok(None) };
            for post in std::iter::once(first).chain(posts.try_iter().take(BATCH)) {
                if let Some(signal) = self.take(post)? {
                    return Ok(Some(signal));
                }
            }
        }
    }

    /// Waits for the next post, or until a pause is over. The loop holds a sender itself, so there
    /// is always another post to wait for.
    fn next(&mut self, posts: &Receiver<Post>) -> Option<Post> {
        let Some(wake) = self.wake else { return posts.recv().ok() };
        match posts.recv_timeout(wake.saturating_duration_since(Instant::now())) {
            Err(RecvTimeoutError::Timeout) => {
                self.wake = None;
                Some(Post::Msgs(vec![Msg::Tick]))
            }
            post => post.ok(),
        }
    }

    /// Has the review's texts collated, and waits for it no longer than before the first frame.
    fn collate(&mut self) -> io::Result<()> {
        let review = self.model.review();
        let texts = (review.base().clone(), review.transcript().clone());
        let ready = gaps::whole(texts, &self.post)?;
        let answer = ready.recv_timeout(PATIENCE);
        drop(ready);
        answer.map_or(Ok(()), |message| self.tell(message))
    }

    /// Verifies the log on a thread of its own: it may take long.
    fn verify(&self) -> io::Result<()> {
        let (Some((check, log)), post) = (self.check.clone(), self.post.clone()) else {
            return Ok(());
        };
        let verify = move || {
            let _alarm = Alarm(post.clone());
            let _ = post.send(Post::Msgs(vec![Msg::Verified(check(&log))]));
        };
        thread::Builder::new().name("check".to_owned()).spawn(verify)?;
        Ok(())
    }

    /// Handles a post and returns the signal that it brings, if it is one to end.
    fn take(&mut self, post: Post) -> Result<Option<i32>, ScreenFault> {
        match post {
            Post::Msgs(messages) => {
                for message in messages {
                    self.tell(message)?;
                }
            }
            Post::Resized => self.resize()?,
            Post::Stop => self.stop(),
            Post::Continued => self.come_back()?,
            Post::End(signal) => return Ok(Some(signal)),
            Post::HungUp => return Ok(Some(SIGHUP)),
            Post::Broken => return Err(ScreenFault::Broken),
        }
        Ok(None)
    }

    fn tell(&mut self, message: Msg) -> io::Result<()> {
        if let Msg::Appended { .. } | Msg::NotSaved { .. } = message {
            // Nobody leaves before having seen that something was not saved.
            self.leaving &= matches!(message, Msg::Appended { .. });
            self.saving = false;
        }
        let begins = matches!(message, Msg::Appended { .. }) && !self.listed;
        let effects = update(&mut self.model, message);
        if begins {
            self.listed = true;
            let (counts, signed) = told(&self.model);
            // Before what may be asked for now: a seal is given up for whatever comes after it.
            self.saver.list(self.memory.clone(), counts, signed);
        }
        for effect in effects {
            self.act(effect)?;
        }
        Ok(())
    }

    fn act(&mut self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::Append(events) => {
                self.saving = true;
                self.saver.append(events);
            }
            Effect::Seal(established) => self.saver.seal(established),
            Effect::Want(blocks) => self.gaps.want(&blocks),
            Effect::Collate => return self.collate(),
            Effect::Editor(text) => return self.edit(&text),
            Effect::Export { format, path, pending, force } => {
                let wish = exports::Wish { format, path, pending, force };
                if let Some(record) = self.model.replayed() {
                    self.exported.stop_at(record.seq);
                }
                let answer = self.exported.write(self.model.review(), &wish);
                return self.tell(Msg::Written(answer));
            }
            Effect::Copy(text) => {
                let copied = clipboard::copy(&self.terminal, &text);
                return self.tell(Msg::Copied(copied.map(str::to_owned)));
            }
            Effect::Mouse(taken) => return self.terminal.take_mouse(taken),
            Effect::Wake(pause) => {
                let pause = pause.map(Duration::from_millis);
                self.wake = pause.and_then(|pause| Instant::now().checked_add(pause));
            }
            Effect::Verify => return self.verify(),
            Effect::Remember(at) => self.saver.remember(at),
            Effect::Redraw => {
                self.painter.forget();
                self.stale = true;
            }
            Effect::Suspend => self.stop(),
            Effect::TakeTranscript => (self.leaving, self.anew) = (true, true),
            Effect::Quit => self.leaving = true,
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let (picture, cursor) = view(&self.model, self.size);
        let bytes = self.painter.frame(picture, cursor);
        self.frames.begin();
        if !bytes.is_empty() {
            self.terminal.write(bytes)?;
        }
        self.frames.end();
        self.stale = false;
        self.tell(Msg::Drawn)
    }

    /// Takes on the terminal's size, if it is another; of several changes only the last counts.
    fn resize(&mut self) -> io::Result<()> {
        let size = self.terminal.size();
        if size == self.size {
            return Ok(());
        }
        self.size = size;
        self.painter.forget();
        self.tell(Msg::Resize { columns: size.0, rows: size.1 })
    }

    /// Gives the terminal back and stops, until [`Post::Continued`] comes.
    fn stop(&mut self) {
        if signals::can_stop() {
            self.away = true;
            self.terminal.leave();
            signals::stop();
        }
    }

    /// Takes the terminal anew.
    fn come_back(&mut self) -> io::Result<()> {
        self.terminal.enter()?;
        self.away = false;
        self.painter.forget();
        self.stale = true;
        self.resize()
    }

    fn edit(&mut self, text: &str) -> io::Result<()> {
        // The reader would take keys from the editor.
        self.reader = None;
        self.terminal.leave();
        let answer = editor::edit(text).map_err(|fault| fault.to_string());
        self.come_back()?;
        self.read()?;
        self.tell(Msg::Edited(answer))
    }

    /// Waits for what is being written and returns what is left.
    fn close(mut self, posts: &Receiver<Post>) -> (Counts, Option<usize>, Option<Writer>) {
        self.gaps.close();
        self.reader = None;
        self.saver.remember(self.model.place());
        let writer = self.saver.finish();
        for post in posts.try_iter() {
            let Post::Msgs(messages) = post else { continue };
            for message in messages {
                if matches!(
                    message,
                    Msg::Appended { .. }
                        | Msg::NotSaved { .. }
                        | Msg::Sealed { .. }
                        | Msg::NotSealed { .. }
                ) {
                    // What it asks for now would come too late.
                    let _ = update(&mut self.model, message);
                }
            }
        }
        if self.model.replayed().is_none() {
            let (counts, signed) = told(&self.model);
            self.memory.keep(&counts, signed);
        }
        (self.model.review().counts(), self.model.seals().wanting(), writer)
    }
}
