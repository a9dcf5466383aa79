//! Acts on much of the text wait for the gaps they need, with progress.

use crate::ui::mode::{Mode, Then, Wait};
use crate::ui::model::Model;
use crate::ui::msg::Effect;

/// Waits for all gaps before going on with `then`; none if they are all there.
pub(crate) fn for_all(model: &mut Model, then: Then) -> Option<Vec<Effect>> {
    let missing = model.review.collation().missing();
    if missing == 0 {
        return None;
    }
    let blocks = 0..model.review.collation().plan().blocks.len() as u32;
    let blocks = blocks.filter(|&block| !model.review.collation().known(block)).collect();
    Some(for_blocks(model, blocks, then))
}

/// Waits for the gaps of some blocks before going on with `then`.
pub(crate) fn for_blocks(model: &mut Model, blocks: Vec<u32>, then: Then) -> Vec<Effect> {
    // All of them are being worked out anyway: only a part of them is asked for before the others.
    let first =
        (model.review.collation().missing() > blocks.len()).then(|| Effect::Want(blocks.clone()));
    let all = blocks.len();
    model.enter(Mode::Wait(Wait { blocks, all, then }));
    first.into_iter().collect()
}
