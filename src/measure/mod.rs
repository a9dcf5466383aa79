//! Figures of two texts.
//!
//! | module | what it measures |
//! |---|---|
//! | [`agreement`] | how far two reviewers agree, and how much of it is chance |
//! | [`distance`] | the exact edit distance of two sequences |
//! | [`rates`] | error rates by characters, clusters and words |
//! | `least`, `seeds`, `waves` | what makes that quick for long sequences that are nearly alike |
//! | [`likeness`] | whether two texts can be one document at all |

pub mod agreement;
pub mod distance;
mod least;
pub mod likeness;
pub mod rates;
mod seeds;
mod waves;
