//! Graphemes, words, width, the visible form and look-alikes.

pub mod excerpt;
pub mod graphemes;
pub mod lookalike;
pub mod scripts;
mod simple;
pub mod small;
pub mod token;
pub mod visible;
pub mod words;
