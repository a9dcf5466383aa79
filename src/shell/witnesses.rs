//! What other reviewers' logs saw of a log: reviewers are each other's witnesses.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use memchr::memmem;

use crate::log::anchor::{Anchor, Keeper};
use crate::log::audit::Plan;
use crate::shell::sources::{LOG_ENDING, document_of};
use crate::shell::{files, log_reader};

/// How many bytes are searched at a time.
const BLOCK: usize = 1 << 20;

/// Asks the logs of the same document that lie beside a log, and those named with it.
#[derive(Debug, Default)]
pub struct Witnesses {
    /// Logs that are asked wherever they lie.
    named: Vec<PathBuf>,
    /// The logs of each folder, so that a folder of many is listed once.
    folders: BTreeMap<PathBuf, Vec<PathBuf>>,
}

impl Witnesses {
    /// Asks these logs too.
    #[must_use]
    pub fn with(named: &[PathBuf]) -> Self {
        Self { named: named.to_vec(), folders: BTreeMap::new() }
    }

    /// Returns what they saw of the log with this id at `path`; a witness that cannot be read saw
    /// nothing.
    pub fn of(&mut self, path: &Path, id: &str) -> Vec<Anchor> {
        let mut asked: Vec<PathBuf> = self.named.clone();
        asked.extend(self.beside(path));
        asked.sort();
        asked.dedup();
        let mut anchors: Vec<Anchor> = Vec::new();
        for witness in asked.iter().filter(|it| *it != path && mentions(it, id)) {
            let Ok(audit) = log_reader::read(witness, &Plan::default()) else { continue };
            let Some(header) = &audit.header else { continue };
            let of_it = audit.seen.iter().filter(|head| head.log == id && head.size > 0);
            anchors.extend(of_it.map(|head| Anchor {
                size: head.size,
                head: head.head.into(),
                keeper: Keeper::Seen(header.reviewer.clone()),
            }));
        }
        anchors
    }

    /// Returns the logs beside `path` whose names begin with the same document.
    fn beside(&mut self, path: &Path) -> Vec<PathBuf> {
        let Some(document) = document_of(path) else { return Vec::new() };
        let folder = files::folder(path).to_owned();
        let logs = self.folders.entry(folder).or_insert_with_key(|folder| logs_in(folder));
        logs.iter().filter(|log| document_of(log) == Some(document)).cloned().collect()
    }
}

fn logs_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name());
    let logs = names.filter(|name| name.to_str().is_some_and(|name| name.ends_with(LOG_ENDING)));
    let joined = |name| if folder == Path::new(".") { name } else { folder.join(name) };
    let mut logs: Vec<PathBuf> = logs.map(PathBuf::from).map(joined).collect();
    logs.sort();
    logs
}

/// Says whether a log names an id anywhere: most don't, and need not be audited.
fn mentions(path: &Path, id: &str) -> bool {
    let ordinary = fs::metadata(path).is_ok_and(|there| there.is_file());
    let Some(mut file) = ordinary.then(|| File::open(path).ok()).flatten() else { return false };
    let mut block = Vec::new();
    loop {
        // What may be the start of an id at the end of a block is searched again with the next.
        let kept = block.len().saturating_sub(id.len());
        block.drain(..kept);
        match (&mut file).take(BLOCK as u64).read_to_end(&mut block) {
            Ok(0) | Err(_) => return false,
            Ok(_) if memmem::find(&block, id.as_bytes()).is_some() => return true,
            Ok(_) => {}
        }
    }
}
