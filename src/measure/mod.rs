//! Figures of two texts.
//!
//! | module | what it measures |
//! |---|---|
//! | [`likeness`] | whether two texts can be one document at all |

pub mod likeness;
