//! What the threads of the screen send to its loop.

use std::sync::mpsc::Sender;
use std::thread;

use crate::ui::msg::Msg;

/// Tells the loop that something happened.
#[derive(Debug)]
pub enum Post {
    /// For the model; those of one post are handled before the next frame.
    Msgs(Vec<Msg>),
    /// The terminal has, or may have, another size.
    Resized,
    /// Somebody asks the program to stop for a while.
    Stop,
    /// The program goes on after a stop: the terminal must be taken anew.
    Continued,
    /// A signal asks the program to end.
    End(i32),
    /// The terminal is gone.
    HungUp,
    /// A thread panicked.
    Broken,
}

/// Tells the loop if the thread that holds it panics.
#[derive(Debug)]
pub struct Alarm(pub Sender<Post>);

impl Drop for Alarm {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Post::Broken);
        }
    }
}
