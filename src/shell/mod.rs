//! The only I/O of the program.

pub mod clock;
pub mod config;
pub mod console;
pub mod decode;
pub mod files;
pub mod lock;
pub mod log_reader;
pub mod recovery;
mod keycodes;
pub mod session;
pub mod sources;
pub mod store;
pub mod who;
pub mod writer;
