//! Graphemes, words, width, the visible form and look-alikes.

pub mod visible;
