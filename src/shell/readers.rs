//! The logs of several reviewers over one base, read to be set beside each other.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::log::audit::{Finding, Plan};
use crate::log::merge::{Run, merge};
use crate::log::witness::Witness;
use crate::shell::files;
use crate::shell::log_reader;
use crate::shell::read_only::ReadOnly;
use crate::shell::sources::{self, LOG_ENDING};
use crate::shell::trouble::Trouble;

/// Holds a log that was read.
#[derive(Debug)]
pub struct Witnessed {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub witness: Witness,
}

/// Reads logs, each once, in the order they are named; of a log and an earlier copy of it, the
/// longer counts.
///
/// # Errors
/// Logs that cannot be read as a whole, that are of different bases, or that are one log gone two
/// ways.
pub fn read(paths: &[PathBuf]) -> Result<Vec<Witnessed>, Trouble> {
    let mut all: Vec<Witnessed> = Vec::new();
    for path in paths {
        let new = Witnessed { path: path.clone(), witness: read_one(path)? };
        if let Some(first) = all.first()
            && base(&first.witness) != base(&new.witness)
        {
            return Err(Trouble::BasesDiffer { logs: [first.path.clone(), new.path] });
        }
        match all.iter_mut().find(|known| known.witness.log == new.witness.log) {
            None => all.push(new),
            Some(known) if known.witness.continues(&new.witness) => {}
            Some(known) if new.witness.continues(&known.witness) => *known = new,
            Some(known) => {
                return Err(Trouble::TwoWays { logs: [known.path.clone(), new.path] });
            }
        }
    }
    Ok(all)
}

fn base(witness: &Witness) -> &str {
    witness.ledger().base().as_str()
}

fn read_one(path: &Path) -> Result<Witness, Trouble> {
    let plan = Plan { keep: true, ..Plan::default() };
    let audit = log_reader::read(path, &plan)?;
    let log = path.to_owned();
    match audit.finding() {
        Finding::Intact | Finding::Torn => {}
        Finding::Damaged | Finding::Newer => {
            return Err(Trouble::ReadOnly { log, why: ReadOnly::unsound(&audit) });
        }
        Finding::Unchecked => {
            let name = audit.header.map(|header| header.base.name).unwrap_or_default();
            return Err(Trouble::NoSources { log, name });
        }
    }
    Witness::of(&audit)
        .map_err(|fault| Trouble::ReadOnly { log, why: ReadOnly::Damaged(fault.to_string()) })
}

/// Merges logs; in each run the voices are in the order of the logs, not of their ids.
#[must_use]
pub fn merged(logs: &[Witnessed]) -> Vec<Run> {
    let mut runs = merge(&logs.iter().map(|log| &log.witness).collect::<Vec<_>>());
    for run in &mut runs {
        run.voices.sort_by_key(|voice| logs.iter().position(|it| it.witness.log == voice.log));
    }
    runs
}

/// Returns the logs that lie beside a base under its name, by name.
///
/// # Errors
/// A folder that cannot be read.
pub fn beside(base: &Path) -> io::Result<Vec<PathBuf>> {
    let mut start = base.file_stem().unwrap_or(base.as_os_str()).to_owned();
    start.push(".");
    let mut logs = Vec::new();
    for entry in fs::read_dir(files::folder(base))? {
        let name = entry?.file_name();
        let reviewer = name
            .as_encoded_bytes()
            .strip_prefix(start.as_encoded_bytes())
            .and_then(|rest| rest.strip_suffix(LOG_ENDING.as_bytes()));
        // A reviewer's name has no full stop: that would be the log of another text.
        if reviewer.is_some_and(|it| !it.is_empty() && !it.contains(&b'.')) {
            logs.push(base.with_file_name(name));
        }
    }
    logs.sort_unstable();
    Ok(logs)
}

/// Returns the other logs that lie beside a log and are named after the same text.
#[must_use]
pub fn beside_log(log: &Path) -> Vec<PathBuf> {
    let Some(stem) = sources::document_of(log) else { return Vec::new() };
    let mut logs = beside(&log.with_file_name(format!("{stem}.txt"))).unwrap_or_default();
    logs.retain(|other| other != log);
    logs
}
