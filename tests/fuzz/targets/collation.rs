//! Feeds whatever the fuzzer thinks of to the entry point of the same name.

#![no_main]

#[path = "../entry/collation.rs"]
mod collation;

libfuzzer_sys::fuzz_target!(|data: &[u8]| collation::check(data));
