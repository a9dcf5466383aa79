//! Figures of two texts.
//!
//! | module | what it measures |
//! |---|---|
//! | [`agreement`] | how far two reviewers agree, and how much of it is chance |
//! | [`distance`] | the exact edit distance of two sequences |
//! | [`rates`] | error rates by characters, clusters and words |
//! | [`likeness`] | whether two texts can be one document at all |

pub mod agreement;
pub mod distance;
pub mod likeness;
pub mod rates;
