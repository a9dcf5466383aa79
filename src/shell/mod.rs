//! The only I/O of the program.

pub mod config;
pub mod console;
pub mod files;
pub mod session;
pub mod sources;
pub mod who;
pub mod writer;
