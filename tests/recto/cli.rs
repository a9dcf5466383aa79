//! Subcommands as real processes in real temporary folders.

mod adjudicate;
mod anchors;
mod bad_input;
mod compare;
mod diff;
mod history;
mod laws;
mod plain;
mod proposals;
mod propose;
mod repair;
mod road;
mod script;
mod second;
mod start;
