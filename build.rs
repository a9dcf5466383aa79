//! Has the linker lay together what runs, and keep the list of addresses to be set at the start short.
//!
//! The system maps 64 KiB around each page of a program that is touched. What a start and a
//! collation run is a twelfth of the code, and lay all over it: most of a small review's memory was
//! code that never ran. `assets/layout.ld` names what runs (`benches/layout.py` finds it).

use std::env::var;
use std::process::Command;

/// The first C library of GNU that reads packed addresses (its NEWS for 2.36, "DT_RELR").
const PACKED_SINCE: (u32, u32) = (2, 36);

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets/layout.ld");
    let is = |name: &str, value: &str| var(name).as_deref() == Ok(value);
    let gnu = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if !gnu || !is("PROFILE", "release") || is_linker_chosen() {
        return;
    }
    let folder = var("CARGO_MANIFEST_DIR").unwrap_or_default();
    println!("cargo::rustc-link-arg-bins=-T{folder}/assets/layout.ld");
    // For another machine its library is not known.
    if var("HOST") == var("TARGET") && library().is_some_and(|version| version >= PACKED_SINCE) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Says whether a linker was chosen by hand: some take no such script, and the program is well without.
fn is_linker_chosen() -> bool {
    let flags = var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    var("RUSTC_LINKER").is_ok() || flags.contains("link")
}

/// Asks the system for the version of its C library.
fn library() -> Option<(u32, u32)> {
    let answer = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let said = String::from_utf8(answer.stdout).ok()?;
    let (major, minor) = said.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
