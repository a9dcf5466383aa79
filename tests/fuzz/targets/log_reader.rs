//! Feeds whatever the fuzzer thinks of to the entry point of the same name.

#![no_main]

#[path = "../entry/log_reader.rs"]
mod log_reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| log_reader::check(data));
