//! The command line: one file per subcommand; failures become exit codes and hints.

use std::process::ExitCode;

/// Parses the arguments, runs the subcommand and returns its exit code.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
