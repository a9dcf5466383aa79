//! The look for suspects beside the screen.

use std::panic::resume_unwind;
use std::thread;

use crate::collate::plan::Plan;
use crate::document::Text;
use crate::propose::suspects::suspects;
use crate::ui::suspects::Suspects;

/// Looks for suspects in both texts, in each on a thread of its own where there can be one.
#[must_use]
pub fn look(plan: &Plan) -> Suspects {
    let [base, transcript] = [&plan.base, &plan.transcript].map(Text::as_str);
    thread::scope(|scope| {
        let beside = thread::Builder::new()
            .name("suspects".to_owned())
            .spawn_scoped(scope, || suspects(transcript));
        let base = suspects(base);
        let transcript = match beside.map(thread::ScopedJoinHandle::join) {
            Ok(found) => found.unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => suspects(transcript),
        };
        Suspects { base, transcript }
    })
}
