//! The thread that looks for suspects beside the screen.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use crate::collate::plan::Plan;
use crate::propose::suspects::suspects;
use crate::shell::post::{Alarm, Post};
use crate::ui::msg::Msg;
use crate::ui::suspects::Suspects;

/// Looks for suspects in both texts, and tells the loop once.
///
/// # Errors
/// If the thread cannot be started.
pub fn start(plan: Arc<Plan>, post: Sender<Post>) -> std::io::Result<()> {
    let look = move || {
        let _alarm = Alarm(post.clone());
        let (base, transcript) = (plan.base.as_str(), plan.transcript.as_str());
        let found = Suspects { base: suspects(base), transcript: suspects(transcript) };
        // Where nobody listens any more, there is no screen to show it on.
        let _ = post.send(Post::Msgs(vec![Msg::Suspected(found)]));
    };
    thread::Builder::new().name("suspects".to_owned()).spawn(look)?;
    Ok(())
}
