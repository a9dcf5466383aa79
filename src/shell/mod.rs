//! The only I/O of the program.

pub mod begin;
pub mod bookmark;
pub mod clock;
pub mod config;
pub mod console;
pub mod decode;
pub mod files;
pub mod gaps;
pub mod input;
mod keycodes;
pub mod lock;
pub mod log_reader;
pub mod open;
pub mod paint;
mod pen;
pub mod post;
pub mod recovery;
pub mod resume;
mod scroll;
pub mod session;
pub mod signals;
pub mod sources;
pub mod store;
pub mod terminal;
pub mod trouble;
pub mod who;
pub mod writer;
