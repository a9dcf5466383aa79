//! `recto repair`: the sound beginning of a damaged log, as a new file.

use std::path::PathBuf;

use crate::cli::failure::{Exit, Failure};
use crate::shell::clock;
use crate::shell::console::Console;
use crate::shell::files::FileError;
use crate::shell::repair::{self, RepairFault};

/// Names a log and where its sound part ends.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The log; it stays as it is.
    #[arg(value_name = "LOG")]
    log: PathBuf,
    /// The last record to keep.
    #[arg(long, value_name = "SEQ")]
    to: u64,
    /// The new log.
    #[arg(short, long, value_name = "NEW")]
    output: PathBuf,
}

/// Writes the new log.
///
/// # Errors
/// A record beyond the sound part; a log of a newer recto, or one in use; files.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let (log, new) = (options.log.display(), options.output.display());
    let repaired = repair::repair(&options.log, options.to, &options.output, &clock::now())?;
    let (at, cut) = (repaired.left_out.at, repaired.left_out.cut);
    console.say(&format!(
        "{new}: records 0 to {} of {log}, and one that tells of the {cut} bytes from byte {at} on \
         that were left out",
        options.to
    ));
    if let Some(lost) = repaired.lost {
        console.say(&format!(
            "remembered of this log is record {} with head {}, which {new} does not have; \
             `recto head {new} --accept-shorter` gives it up",
            lost.size - 1,
            lost.head.short()
        ));
    }
    Ok(Exit::Done)
}

impl From<RepairFault> for Failure {
    fn from(fault: RepairFault) -> Self {
        let said = fault.to_string();
        match fault {
            RepairFault::File(FileError::Exists(_)) => {
                Self::cannot(said).hint("a log is never replaced: -o names another file")
            }
            RepairFault::File(error) => error.into(),
            RepairFault::Held(..) => Self::cannot(said).hint("leave it there first"),
            RepairFault::Beyond { last, .. } => {
                Self::no(said).hint(format_args!("--to {last} keeps all that is sound"))
            }
            RepairFault::Unsound { .. } => Self::damaged(said),
            RepairFault::Newer { .. } => Self::newer(said).hint("a newer recto reads it"),
            RepairFault::Whole { .. } => Self::no(said).hint("there is nothing to repair"),
        }
    }
}
