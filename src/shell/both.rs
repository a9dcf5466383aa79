//! Two jobs at once.

use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

/// Does two jobs at once, the second on a thread of its own: after the first where there can be no
/// such thread.
pub fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl Fn() -> B + Sync) -> (A, B) {
    thread::scope(|scope| {
        let beside = thread::Builder::new().name("beside".to_owned()).spawn_scoped(scope, &other);
        let one = one();
        let other = match beside.map(ScopedJoinHandle::join) {
            Ok(done) => done.unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => other(),
        };
        (one, other)
    })
}
