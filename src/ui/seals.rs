//! What the screen knows of seals: how much is not sealed, and whether a seal is being made.

/// Holds what is known of the log's seals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seals {
    /// Whether the log has a seal.
    pub sealed: bool,
    /// How many decisions, notes and the like came after the last seal, or ever.
    pub unsealed: usize,
    /// Whether a sign-off is sealed.
    pub at_sign_off: bool,
    /// Whether the log is sealed on leaving.
    pub on_leaving: bool,
    /// Whether a seal was wanted in this session and could not be made.
    pub failed: bool,
    /// Whether a seal is being made.
    pub under_way: bool,
    /// Whether to leave once it is made, or cannot be.
    pub leaving: bool,
}

impl Seals {
    /// Returns how much is not sealed, where seals are wanted at all.
    #[must_use]
    pub fn wanting(&self) -> Option<usize> {
        let wanted = self.sealed || self.failed;
        (wanted && self.unsealed > 0 && !self.under_way).then_some(self.unsealed)
    }
}
