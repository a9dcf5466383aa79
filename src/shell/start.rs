//! The loop of the start screen, and what it tells of each review: read from the files, never kept.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender, TryRecvError};

use crate::digest::Digest;
use crate::document::Text;
use crate::log::audit::{Finding, Plan};
use crate::log::chronicle::Chronicle;
use crate::log::history::history;
use crate::log::record::Body;
use crate::review::event::Event;
use crate::shell::clock;
use crate::shell::files::expanded;
use crate::shell::frames::Frames;
use crate::shell::input::Reader;
use crate::shell::lock;
use crate::shell::log_reader;
use crate::shell::looks::Looks;
use crate::shell::namesakes::told_apart;
use crate::shell::paint::Painter;
use crate::shell::post::Post;
use crate::shell::recent::{self, Recent};
use crate::shell::recount::{self, Recounts};
use crate::shell::resume;
use crate::shell::screen::ScreenFault;
use crate::shell::signals::{self, Watch};
use crate::shell::terminal::{Guard, Terminal};
use crate::ui::msg::Msg;
use crate::ui::start::{Asks, Choice, Entry, Start};
use crate::ui::telling;
use crate::ui::view::start::start as view;
use crate::ui::words::or_nothing;

/// A log longer than this is not read for what is told of it.
const READ: u64 = 32 << 20;

/// Tells what the reviewer chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Go on with this log.
    Resume(PathBuf),
    /// Open these texts.
    Open(PathBuf, Option<PathBuf>),
    /// Play this log back.
    Play(PathBuf),
    /// Open the demo.
    Demo,
    /// Leave.
    Nothing,
    /// A signal ended it.
    Signal(i32),
}

/// Returns the list of recent reviews, for those who have no screen.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let mut recents = recent::all();
    recount::all(&mut recents);
    listed(&recents)
}

/// Shows the start screen until something is chosen.
///
/// # Errors
/// [`ScreenFault`]; the terminal is as it was found then.
pub fn run(reviewer: String, looks: Looks) -> Result<Chosen, ScreenFault> {
    let terminal = Arc::new(Terminal::find()?);
    let recents = recent::all();
    let entries = listed(&recents);
    let start = Start {
        entries,
        at: 0,
        reviewer,
        prompt: None,
        help: false,
        said: String::new(),
        keymap: looks.keymap,
        theme: looks.theme,
        repertoire: looks.repertoire,
    };
    let (post, posts) = mpsc::channel();
    let watch = Watch::start(Arc::clone(&terminal), post.clone())?;
    let guard = Guard::enter(Arc::clone(&terminal))?;
    let size = terminal.size();
    let mut shown = Shown {
        start,
        size,
        recounts: Recounts::start(&recents, &post),
        recents,
        painter: Painter::new(looks.colour),
        frames: Arc::default(),
        terminal,
    };
    let reader = shown.read(&post)?;
    let chosen = shown.go(&posts);
    drop(reader);
    drop(guard);
    drop(watch);
    chosen
}

/// Holds everything that the loop works with.
struct Shown {
    start: Start,
    recents: Vec<Recent>,
    recounts: Recounts,
    /// Columns and rows.
    size: (u16, u16),
    painter: Painter,
    frames: Arc<Frames>,
    terminal: Arc<Terminal>,
}

impl Shown {
    fn read(&self, post: &Sender<Post>) -> io::Result<Reader> {
        Reader::start(Arc::clone(&self.terminal), Arc::clone(&self.frames), post.clone())
    }

    fn go(&mut self, posts: &mpsc::Receiver<Post>) -> Result<Chosen, ScreenFault> {
        loop {
            self.recount();
            self.draw()?;
            let post = match posts.try_recv() {
                Err(TryRecvError::Empty) if self.look() => continue,
                Err(TryRecvError::Empty) => posts.recv().ok(),
                waiting => waiting.ok(),
            };
            let Some(post) = post else { return Ok(Chosen::Nothing) };
            match post {
                Post::Msgs(messages) => {
                    for message in messages {
                        if let Some(chosen) = self.take(message) {
                            return Ok(chosen);
                        }
                    }
                }
                Post::Resized => {
                    self.size = self.terminal.size();
                    self.painter.forget();
                }
                Post::Stop if signals::can_stop() => {
                    self.terminal.leave();
                    signals::stop();
                }
                Post::Stop => {}
                Post::Continued => {
                    self.terminal.enter()?;
                    self.size = self.terminal.size();
                    self.painter.forget();
                }
                Post::End(signal) => return Ok(Chosen::Signal(signal)),
                Post::HungUp => return Ok(Chosen::Signal(signal_hook::consts::SIGHUP)),
                Post::Broken => return Err(ScreenFault::Broken),
            }
        }
    }

    /// Finds out more about the selected review once nothing else is to be done, and says whether
    /// that was new: a long log takes a while to read, and the list is there before.
    fn look(&mut self) -> bool {
        let at = self.start.at;
        let (Some(entry), Some(recent)) = (self.start.entries.get_mut(at), self.recents.get(at))
        else {
            return false;
        };
        let new = entry.details.is_empty();
        if new {
            entry.details = details(recent);
        }
        new
    }

    /// Takes in what was counted anew.
    fn recount(&mut self) {
        for counted in self.recounts.take() {
            let at = self.recents.iter().position(|recent| recent.log == counted.log);
            // It may have been taken off the list, and comes back to it no more.
            let Some(at) = at else {
                recent::forget(&counted);
                continue;
            };
            // More is found out about it again once it is selected and nothing else is to be done.
            let apart = std::mem::take(&mut self.start.entries[at].apart);
            self.start.entries[at] = Entry { apart, ..entry(&counted) };
            self.recents[at] = counted;
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let (picture, cursor) = view(&self.start, self.size);
        let bytes = self.painter.frame(picture, cursor);
        self.frames.begin();
        if !bytes.is_empty() {
            self.terminal.write(bytes)?;
        }
        self.frames.end();
        Ok(())
    }

    /// Asks again for the first file that is not there, what was typed still in the line, and says
    /// whether there was one.
    fn misses(&mut self, typed: impl IntoIterator<Item = (Asks, String)>) -> bool {
        let missing = typed.into_iter().find(|(_, path)| path != "-" && !expanded(path).exists());
        let is = missing.is_some();
        if let Some((asks, path)) = missing {
            self.start.ask_again(asks, path);
        }
        is
    }

    fn take(&mut self, message: Msg) -> Option<Chosen> {
        let choice = match message {
            Msg::Key { key, .. } => self.start.key(key),
            Msg::Paste(text) => {
                self.start.paste(&text);
                Choice::Stay
            }
            _ => Choice::Stay,
        };
        match choice {
            Choice::Stay => None,
            Choice::Forget(at) => {
                recent::forget(&self.recents.remove(at));
                self.start.forget(at);
                // Who is left alone with a name needs no more than that.
                for (entry, apart) in self.start.entries.iter_mut().zip(told_apart(&self.recents)) {
                    entry.apart = apart;
                }
                None
            }
            Choice::Complete(typed) => {
                self.start.completed(&complete(&typed));
                None
            }
            Choice::Resume(at) => Some(Chosen::Resume(self.recents[at].log.clone())),
            Choice::Open(base, transcript) => {
                let other = transcript.clone().map(|text| (Asks::Transcript(base.clone()), text));
                let missing =
                    self.misses(Some((Asks::Base, base.clone())).into_iter().chain(other));
                let open = || Chosen::Open(expanded(&base), transcript.as_deref().map(expanded));
                (!missing).then(open)
            }
            Choice::Play(log) => {
                let missing = self.misses([(Asks::Log, log.clone())]);
                (!missing).then(|| Chosen::Play(expanded(&log)))
            }
            Choice::Demo => Some(Chosen::Demo),
            Choice::Quit => Some(Chosen::Nothing),
        }
    }
}

/// Says what is listed of all of them.
fn listed(recents: &[Recent]) -> Vec<Entry> {
    let entries = recents.iter().zip(told_apart(recents));
    entries.map(|(recent, apart)| Entry { apart, ..entry(recent) }).collect()
}

/// Says what is listed of a review.
fn entry(recent: &Recent) -> Entry {
    let base = recent.base_file();
    let folder = base.parent().and_then(Path::file_name).unwrap_or_default();
    let changed = |path: &Path| digest(path).is_some_and(|now| now != recent.base_sha256);
    let (remark, warns) = match () {
        () if !recent.log.exists() => ("log gone!".to_owned(), true),
        () if is_held(&recent.log) => (format!("in use: {}", holder(&recent.log)), true),
        () if changed(&base) => ("OCR changed!".to_owned(), true),
        () if recent.decided == recent.total && recent.total > 0 && !recent.signed => {
            ("not signed".to_owned(), false)
        }
        () => (clock::ago(&recent.time), false),
    };
    let folder = folder.to_string_lossy();
    Entry {
        name: recent.title(),
        apart: String::new(),
        place: format!("{folder}/{}", recent.base),
        decided: recent.decided,
        total: recent.total,
        remark,
        warns,
        details: Vec::new(),
    }
}

/// Says what is known of a review: its files, its log, its last act.
fn details(recent: &Recent) -> Vec<(String, String)> {
    let mut told = Vec::new();
    let mut tell = |word: &str, sentence: String| told.push((word.to_owned(), sentence));
    tell("OCR text", state_of(&recent.base_file(), Some(&recent.base_sha256)));
    if let Some(file) = recent.transcript_file() {
        tell("corrected", state_of(&file, None));
    }
    let length = fs::metadata(&recent.log).map_or(0, |data| data.len());
    if length > READ {
        tell("log", format!("{} bytes, not read here", length));
        return told;
    }
    let plan = Plan { keep: true, ..Plan::default() };
    match log_reader::read(&recent.log, &plan) {
        Err(error) => tell("log", error.to_string()),
        Ok(found) => {
            let whole = match found.finding() {
                Finding::Intact => "whole",
                Finding::Torn => "its end is torn",
                Finding::Newer => "of a newer recto",
                Finding::Damaged => "damaged!",
                Finding::Unchecked => "its text is not to be had",
            };
            let name = recent.log.file_name().unwrap_or_default().to_string_lossy();
            let head = found.head.short();
            tell("log", format!("{name}   {} records, {whole}, ends {head}", found.size));
            if let (Some(header), Some(replay)) = (&found.header, &found.replay) {
                let base: &Text = &replay.base;
                let told_of = history(header, base, &found.records).unwrap_or_default();
                if let Some(last) = told_of.iter().rev().find_map(|entry| act(entry)) {
                    tell("last act", last);
                }
                let chronicle = Chronicle::new(&header.reviewer, found.records);
                if let Some(at) = resume::bookmark(&recent.log, found.size, &chronicle) {
                    let line = base.line_of(at.min(base.len())) + 1;
                    let open = recent.total - recent.decided.min(recent.total);
                    tell("next", format!("line {line}; {open} open in all"));
                }
            }
        }
    }
    told
}

/// Says what an entry of the history was, if it was an act at a place.
fn act(entry: &crate::log::history::Entry<'_>) -> Option<String> {
    let Body::Review(event) = &entry.record.body else { return None };
    let seq = entry.record.seq;
    let when = clock::ago(&entry.record.time);
    let what = match event {
        Event::Decided(decided) => {
            let first = entry.changes.first()?;
            let line = place(first.site.line);
            let more = match decided.sites.len() {
                1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            let (from, to) = (or_nothing(&first.before, 20), or_nothing(&first.after, 20));
            let change =
                if from == to { format!("{to} stays") } else { format!("{from} → {to}") };
            format!("{} {change} {line}{more}", telling::done(decided.verdict))
        }
        Event::Undone(of) => format!("took back #{of}"),
        Event::Redone(of) => format!("did #{of} again"),
        Event::Noted(noted) => format!("{} {}", noted.mark, place(noted.line)),
        Event::SignedOff(_) => "signed".to_owned(),
        Event::Adjudicated(..) => "settled a dispute".to_owned(),
    };
    Some(format!("#{seq}  {what}   {when}"))
}

fn place(line: Option<u64>) -> String {
    line.map_or_else(|| "somewhere".to_owned(), |line| format!("in line {line}"))
}

fn state_of(path: &Path, sha256: Option<&str>) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match (fs::metadata(path), sha256) {
        (Err(_), _) => format!("{name}   is not there; the log has its own copy"),
        (Ok(_), Some(sha256)) => match digest(path) {
            Some(now) if now == sha256 => format!("{name}   unchanged since you began"),
            Some(_) => format!("{name}   changed since you began: opens to be looked at only"),
            None => format!("{name}   cannot be read"),
        },
        (Ok(data), None) => format!("{name}   {} bytes", data.len()),
    }
}

fn digest(path: &Path) -> Option<String> {
    let small = fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() <= READ);
    small.then(|| fs::read(path).ok()).flatten().map(|bytes| Digest::of(&bytes).to_hex())
}

/// Says whether another process writes to a log now.
fn is_held(log: &Path) -> bool {
    File::open(log).is_ok_and(|file| file.try_lock_shared().is_err())
}

fn holder(log: &Path) -> String {
    let holder = lock::holder(log);
    let terminal = holder.and_then(|holder| holder.terminal);
    let terminal = terminal.map(|path| path.trim_start_matches("/dev/").to_owned());
    terminal.unwrap_or_else(|| "elsewhere".to_owned())
}

/// Returns the paths that go on as what is typed, folders with a slash, in order.
fn complete(typed: &str) -> Vec<String> {
    let (folder, start) = typed
        .rsplit_once('/')
        .map_or(("", typed), |(folder, start)| (&typed[..folder.len() + 1], start));
    let listed = expanded(if folder.is_empty() { "./" } else { folder });
    let mut found: Vec<String> = fs::read_dir(listed)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !start.starts_with('.');
            let slash = if entry.path().is_dir() { "/" } else { "" };
            (name.starts_with(start) && !hidden).then(|| format!("{folder}{name}{slash}"))
        })
        .collect();
    found.sort();
    found
}
