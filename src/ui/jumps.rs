//! Where the reviewer was before: the way back after going far, and forward again.

/// So many places are kept.
const KEPT: usize = 100;

/// Holds places to go back to, and those that were come back from: bytes of the base.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jumps {
    behind: Vec<usize>,
    ahead: Vec<usize>,
}

impl Jumps {
    /// Remembers a place that is left for one far away.
    pub fn leave(&mut self, at: usize) {
        self.ahead.clear();
        self.behind.retain(|&other| other != at);
        self.behind.push(at);
        if self.behind.len() > KEPT {
            self.behind.remove(0);
        }
    }

    /// Returns the place that was left last; `here` is where `forward` comes back to.
    pub fn back(&mut self, here: usize) -> Option<usize> {
        let at = loop {
            let at = self.behind.pop()?;
            if at != here {
                break at;
            }
        };
        self.ahead.push(here);
        Some(at)
    }

    /// Returns the place that was come back from last.
    pub fn forward(&mut self, here: usize) -> Option<usize> {
        let at = self.ahead.pop()?;
        self.behind.push(here);
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forward_and_a_new_way() {
        let mut jumps = Jumps::default();
        jumps.leave(1);
        jumps.leave(5);
        assert_eq!((jumps.back(9), jumps.back(5), jumps.back(1)), (Some(5), Some(1), None));
        assert_eq!(
            (jumps.forward(1), jumps.forward(5), jumps.forward(9)),
            (Some(5), Some(9), None)
        );
        assert_eq!(jumps.back(9), Some(5));
        jumps.leave(7);
        assert_eq!(jumps.forward(7), None);
    }
}
