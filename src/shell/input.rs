//! The thread that reads the terminal: bytes in, keys with the number of the frame they answer out.
//!
//! It sleeps in the kernel until bytes come; it wakes by itself only while a byte's meaning hangs
//! on what follows (`decode`).

use std::io::{self, PipeWriter};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use crate::shell::decode::{Decoder, Input};
use crate::shell::frames::Frames;
use crate::shell::post::{Alarm, Post};
use crate::shell::terminal::{Terminal, timespec};
use crate::ui::msg::Msg;

/// How many bytes are taken at once.
const READ: usize = 4096;

/// Holds the thread that reads the terminal; dropped, it stops reading before another program may.
#[derive(Debug)]
pub struct Reader {
    /// Closed, it wakes the thread, which ends.
    alive: Option<PipeWriter>,
    thread: Option<JoinHandle<()>>,
}

/// Tells what ended a wait.
enum Woken {
    Bytes,
    Nothing,
    Stop,
}

impl Reader {
    /// Starts to read. Each key is stamped with the last of `frames` before its bytes were read.
    ///
    /// # Errors
    /// If there can be no pipe or no thread.
    pub fn start(
        terminal: Arc<Terminal>,
        frames: Arc<Frames>,
        post: Sender<Post>,
    ) -> io::Result<Self> {
        let (asleep, alive) = io::pipe()?;
        let read = move || {
            let _alarm = Alarm(post.clone());
            let mut decoder = Decoder::default();
            let mut bytes = [0; READ];
            loop {
                let inputs = match wait(&terminal, &asleep, decoder.patience()) {
                    Ok(Woken::Stop) => return,
                    Ok(Woken::Nothing) => (decoder.lapse(), frames.seen()),
                    Ok(Woken::Bytes) => {
                        let stamp = frames.seen();
                        match rustix::io::read(terminal.keys(), &mut bytes) {
                            Err(Errno::INTR | Errno::AGAIN) => continue,
                            Ok(0) | Err(_) => break,
                            Ok(count) => (decoder.feed(&bytes[..count]), stamp),
                        }
                    }
                    Err(_) => break,
                };
                if !inputs.0.is_empty() && post.send(Post::Msgs(stamped(inputs))).is_err() {
                    return;
                }
            }
            let _ = post.send(Post::HungUp);
        };
        let thread = thread::Builder::new().name("keys".to_owned()).spawn(read)?;
        Ok(Self { alive: Some(alive), thread: Some(thread) })
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        drop(self.alive.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn stamped((inputs, frame): (Vec<Input>, u64)) -> Vec<Msg> {
    let message = |input| match input {
        Input::Key(key) => Msg::Key { key, frame },
        Input::Paste(text) => Msg::Paste(text),
        Input::Mouse(mouse) => Msg::Mouse(mouse),
    };
    inputs.into_iter().map(message).collect()
}

fn wait(terminal: &Terminal, asleep: &impl AsFd, patience: Option<Duration>) -> io::Result<Woken> {
    let patience = patience.map(timespec);
    loop {
        let keys = terminal.keys();
        let mut fds =
            [PollFd::from_borrowed_fd(keys, PollFlags::IN), PollFd::new(asleep, PollFlags::IN)];
        match poll(&mut fds, patience.as_ref()) {
            Ok(0) => return Ok(Woken::Nothing),
            Ok(_) if !fds[1].revents().is_empty() => return Ok(Woken::Stop),
            Ok(_) => return Ok(Woken::Bytes),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
