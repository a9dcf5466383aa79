//! Places worth a look for a stated reason. Nothing here decides or changes a text.
//!
//! | module | what it holds |
//! |---|---|
//! | [`suspects`] | all suspects of a text |
//! | [`suspect`] | what a suspect is |
//! | [`unseen`] | characters that cannot be seen |
//! | [`scripts`] | words in two scripts, words in letters that look like another script's |
//! | [`digits`] | digits inside words |
//! | [`brackets`] | brackets without a partner |

pub mod brackets;
pub mod digits;
pub mod scripts;
pub mod suspect;
pub mod suspects;
pub mod unseen;
