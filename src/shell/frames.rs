//! The count of frames wholly written: by it a key knows what the reviewer can have seen.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a key waits to be read while a frame is on its way out. That is ample for a terminal
/// that reads; on a stalled link the key is stamped with the frame before.
const ALMOST: Duration = Duration::from_millis(50);

/// Counts frames for two threads: one writes them, the other reads keys.
#[derive(Debug, Default)]
pub struct Frames {
    state: Mutex<State>,
    written: Condvar,
}

#[derive(Debug, Default)]
struct State {
    number: u64,
    writing: bool,
}

impl Frames {
    /// Says that a frame goes out now.
    pub fn begin(&self) {
        self.lock().writing = true;
    }

    /// Says that the frame is wholly written.
    pub fn end(&self) {
        let mut state = self.lock();
        state.writing = false;
        state.number += 1;
        self.written.notify_all();
    }

    /// Returns the number of the last frame wholly written.
    ///
    /// It is called before bytes are read. A frame that is all but out is waited for: a reviewer
    /// (or a script) may well have seen it before the system tells us that it is written.
    #[must_use]
    pub fn seen(&self) -> u64 {
        let waited = self.written.wait_timeout_while(self.lock(), ALMOST, |it| it.writing);
        waited.unwrap_or_else(PoisonError::into_inner).0.number
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_counts_once_it_is_wholly_written() {
        let frames = Frames::default();
        assert_eq!(frames.seen(), 0);
        frames.begin();
        assert_eq!(frames.seen(), 0, "a stalled frame does not count");
        frames.end();
        assert_eq!(frames.seen(), 1);
    }
}
