//! The look for suspects beside the screen.

use crate::collate::plan::Plan;
use crate::propose::suspects::suspects;
use crate::shell::both::both;
use crate::ui::suspects::Suspects;

/// Looks for suspects in both texts at once.
#[must_use]
pub fn look(plan: &Plan) -> Suspects {
    let (base, transcript) = both(|| suspects(&plan.base), || suspects(&plan.transcript));
    Suspects { base, transcript }
}
