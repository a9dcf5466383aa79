//! recto reviews the raw OCR of a scan against its corrected transcript and keeps an audited log.
//!
//! The modules stand on floors, and a module imports only lower floors (held by a test):
//!
//! | floor | modules | what |
//! |---|---|---|
//! | 8 | `cli` | one file per subcommand; failure to exit code and hint |
//! | 7 | `shell` | the only I/O: files, locks, clock, threads, terminal |
//! | 6 | `ui` | model, update, layout, view, keymap, theme |
//! | 5 | `export` | review and log to bytes |
//! | 4 | `propose`, `measure` | counts and rates |
//! | 3 | `log` | records, chain, scan, replay |
//! | 2 | `review`, `formats` | decide and apply; bytes to documents |
//! | 1 | `document`, `collate` | lines and pages; segments, rows, fixes |
//! | 0 | `text`, `digest` | graphemes, words, width, visible form; SHA-256 |

pub mod cli;
pub mod collate;
pub mod digest;
pub mod document;
pub mod export;
pub mod formats;
pub mod log;
pub mod measure;
pub mod propose;
pub mod review;
pub mod shell;
pub mod text;
pub mod ui;
