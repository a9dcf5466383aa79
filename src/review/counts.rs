//! The states of fixes and how many fixes are in each.

use crate::collate::fix::Kind;

/// Tells how a fix stands: by the text over the smallest span that holds it (design §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// A changed part of it lies under no standing site.
    Open,
    /// The proposed reading stands.
    Accepted,
    /// The base's reading stands.
    Rejected,
    /// Another reading stands.
    Edited,
    /// Reviewers disagree.
    Disputed,
}

/// Counts a class of fixes that is decided as one: line ends in a reflowed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassCounts {
    /// What the class is of.
    pub kind: Kind,
    /// How many fixes it has.
    pub total: usize,
    /// How many of them are open.
    pub open: usize,
}

/// Counts fixes by state. The five states add up to all fixes that are known, the class aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Still to be decided.
    pub open: usize,
    /// As proposed.
    pub accepted: usize,
    /// As in the base.
    pub rejected: usize,
    /// As the reviewer typed.
    pub edited: usize,
    /// In dispute between reviewers.
    pub disputed: usize,
    /// Changes of the reviewer's own where both texts agree; counted beside the states.
    pub own: usize,
    /// A reflow class, counted beside the states.
    pub class: Option<ClassCounts>,
    /// Whether every gap is worked out; while not, the numbers can only grow.
    pub complete: bool,
}

impl Counts {
    /// Adds up the states.
    #[must_use]
    pub fn total(&self) -> usize {
        self.open + self.accepted + self.rejected + self.edited + self.disputed
    }

    /// Adds the states of others.
    pub(super) fn add(&mut self, other: &Self) {
        self.open += other.open;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.edited += other.edited;
        self.disputed += other.disputed;
    }

    pub(crate) fn slot(&mut self, state: State) -> &mut usize {
        match state {
            State::Open => &mut self.open,
            State::Accepted => &mut self.accepted,
            State::Rejected => &mut self.rejected,
            State::Edited => &mut self.edited,
            State::Disputed => &mut self.disputed,
        }
    }
}
