//! Seals by the installed OpenSSH: signed through a real agent in a temporary folder, verified by
//! `ssh-keygen` and without it; every way in which a seal can be wrong, with its verdict.

mod agent;
pub(crate) mod attacks;
mod interop;
mod sign_off;
mod verdicts;
