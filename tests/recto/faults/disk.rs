//! A disk as a model: what a program did to its files, and what of it outlives a loss of power.
//!
//! Nothing is kept but what was synced: bytes by a sync of their file, names by a sync of their
//! folder. Of the rest any part may be there, in any order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::faults::Chance;

/// A call that changed something or made it last.
#[derive(Debug, Clone)]
pub(crate) enum Call {
    Open {
        descriptor: u32,
        path: String,
        create: bool,
    },
    Close(u32),
    Write {
        descriptor: u32,
        bytes: Vec<u8>,
    },
    /// Copies the last so many bytes of a file.
    Copy {
        from: u32,
        to: u32,
        length: usize,
    },
    Truncate {
        descriptor: u32,
        length: usize,
    },
    Sync(u32),
    Link {
        from: String,
        to: String,
    },
    Rename {
        from: String,
        to: String,
    },
    Unlink(String),
}

/// A change of a file's bytes that is not synced.
#[derive(Debug, Clone)]
enum Change {
    Put { at: usize, bytes: Vec<u8> },
    Length(usize),
}

#[derive(Debug, Clone, Default)]
struct Inode {
    lasting: Vec<u8>,
    now: Vec<u8>,
    pending: Vec<Change>,
}

/// A change of names in a folder that is not synced: names with what they lead to from now on.
type Naming = Vec<(String, Option<usize>)>;

/// The disk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk {
    inodes: Vec<Inode>,
    lasting: BTreeMap<String, usize>,
    now: BTreeMap<String, usize>,
    pending: Vec<Naming>,
    /// What each descriptor leads to: a file, or the path of something else.
    open: BTreeMap<u32, Result<usize, String>>,
}

/// What is left after a loss of power.
pub(crate) struct Left {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The files in which a line is there to its end, with a hole in it.
    pub(crate) scrambled: BTreeSet<String>,
}

impl Disk {
    /// Puts a file on the disk that is there to stay.
    pub(crate) fn put(&mut self, name: &str, bytes: &[u8]) {
        let inode = Inode { lasting: bytes.to_vec(), now: bytes.to_vec(), pending: Vec::new() };
        self.lasting.insert(name.to_owned(), self.inodes.len());
        self.now.insert(name.to_owned(), self.inodes.len());
        self.inodes.push(inode);
    }

    /// Returns the files as a program sees them.
    pub(crate) fn files(&self) -> BTreeMap<&str, &[u8]> {
        self.now.iter().map(|(name, &at)| (name.as_str(), &*self.inodes[at].now)).collect()
    }

    fn file(&mut self, descriptor: u32) -> Option<&mut Inode> {
        let at = *self.open.get(&descriptor)?.as_ref().ok()?;
        Some(&mut self.inodes[at])
    }

    pub(crate) fn call(&mut self, call: &Call) {
        match call {
            Call::Open { descriptor, path, create } => {
                let found = self.now.get(path).copied();
                let file = found.or_else(|| create.then(|| self.create(path)));
                self.open.insert(*descriptor, file.ok_or_else(|| path.clone()));
            }
            Call::Close(descriptor) => drop(self.open.remove(descriptor)),
            Call::Write { descriptor, bytes } => {
                // Files of a log's folder are appended to or written once, so the place is the end.
                if let Some(file) = self.file(*descriptor) {
                    file.pending.push(Change::Put { at: file.now.len(), bytes: bytes.clone() });
                    file.now.extend(bytes);
                }
            }
            Call::Copy { from, to, length } => {
                let Some(source) = self.file(*from).map(|file| file.now.clone()) else { return };
                let bytes = source[source.len() - length..].to_vec();
                self.call(&Call::Write { descriptor: *to, bytes });
            }
            Call::Truncate { descriptor, length } => {
                if let Some(file) = self.file(*descriptor) {
                    file.pending.push(Change::Length(*length));
                    file.now.resize(*length, 0);
                }
            }
            Call::Sync(descriptor) => match self.open.get(descriptor).cloned() {
                Some(Ok(at)) => {
                    self.inodes[at].lasting = self.inodes[at].now.clone();
                    self.inodes[at].pending.clear();
                }
                Some(Err(folder)) => self.sync_folder(&folder),
                None => {}
            },
            Call::Link { from, to } => {
                let inode = self.now.get(from).copied();
                self.name(vec![(to.clone(), inode)]);
            }
            Call::Rename { from, to } => {
                let inode = self.now.get(from).copied();
                self.name(vec![(from.clone(), None), (to.clone(), inode)]);
            }
            Call::Unlink(name) => self.name(vec![(name.clone(), None)]),
        }
    }

    fn create(&mut self, path: &str) -> usize {
        self.inodes.push(Inode::default());
        let at = self.inodes.len() - 1;
        self.name(vec![(path.to_owned(), Some(at))]);
        at
    }

    fn name(&mut self, naming: Naming) {
        apply(&mut self.now, &naming);
        self.pending.push(naming);
    }

    fn sync_folder(&mut self, folder: &str) {
        let folder = folder.trim_start_matches("./").trim_end_matches('.');
        let (synced, rest) = std::mem::take(&mut self.pending).into_iter().partition(|naming| {
            let folder_of = |name: &str| Path::new(name).parent() == Some(Path::new(folder));
            naming.iter().all(|(name, _)| folder_of(name))
        });
        self.pending = rest;
        let synced: Vec<Naming> = synced;
        synced.iter().for_each(|naming| apply(&mut self.lasting, naming));
    }

    /// Loses power: of what was not synced, chance decides.
    pub(crate) fn crash(&self, chance: &mut Chance) -> Left {
        let mut names = self.lasting.clone();
        for naming in &self.pending {
            if chance.below(2) == 0 {
                apply(&mut names, naming);
            }
        }
        let mut scrambled = BTreeSet::new();
        let mut files = BTreeMap::new();
        for (name, at) in names {
            let inode = &self.inodes[at];
            let mut bytes = inode.lasting.clone();
            for change in &inode.pending {
                if change.survive(&mut bytes, chance) {
                    scrambled.insert(name.clone());
                }
            }
            files.insert(name, bytes);
        }
        Left { files, scrambled }
    }
}

fn apply(names: &mut BTreeMap<String, usize>, naming: &Naming) {
    for (name, inode) in naming {
        match inode {
            Some(inode) => drop(names.insert(name.clone(), *inode)),
            None => drop(names.remove(name)),
        }
    }
}

/// A disk keeps or loses so many bytes at once.
const SECTOR: usize = 512;

impl Change {
    /// Leaves of a change what chance will: nothing, all, its beginning, its beginning and then
    /// noughts, or some sectors and noughts between. Tells whether a line is there to its end with
    /// a hole in it, its line feed included.
    fn survive(&self, file: &mut Vec<u8>, chance: &mut Chance) -> bool {
        let (at, bytes) = match self {
            Self::Length(length) => {
                if chance.below(2) == 0 {
                    file.resize(*length, 0);
                }
                return false;
            }
            Self::Put { at, bytes } => (*at, bytes),
        };
        let mut kept = bytes.clone();
        let cut = chance.below(bytes.len() + 1);
        match chance.below(5) {
            0 => return false,
            1 => {}
            2 => kept.truncate(cut),
            3 => kept[cut..].fill(0),
            _ => {
                let mut start = 0;
                while start < kept.len() {
                    let end = ((at + start) / SECTOR + 1) * SECTOR - at;
                    let end = end.min(kept.len());
                    if chance.below(2) == 0 {
                        kept[start..end].fill(0);
                    }
                    start = end;
                }
            }
        }
        let hole = kept.iter().zip(bytes).position(|(kept, byte)| kept != byte);
        let scrambled =
            hole.is_some_and(|hole| bytes[hole] == b'\n' || kept[hole..].contains(&b'\n'));
        file.resize(file.len().max(at + kept.len()), 0);
        file[at..at + kept.len()].copy_from_slice(&kept);
        scrambled
    }
}

#[test]
fn what_is_not_synced_may_be_lost_and_what_is_stays() {
    let mut disk = Disk::default();
    let open = |descriptor, path: &str, create| {
        let path = path.to_owned();
        Call::Open { descriptor, path, create }
    };
    let write = |bytes: &[u8]| Call::Write { descriptor: 3, bytes: bytes.to_vec() };
    for call in [open(3, "a", true), write(b"one"), Call::Sync(3)] {
        disk.call(&call);
    }
    let seen = |disk: &Disk| {
        let all = (0..100).map(|seed| disk.crash(&mut Chance::new(seed)).files.remove("a"));
        all.collect::<BTreeSet<_>>()
    };
    let one = Some(b"one".to_vec());
    assert_eq!(seen(&disk), [None, one.clone()].into(), "its name may be lost");
    for call in [open(4, ".", false), Call::Sync(4), Call::Close(4)] {
        disk.call(&call);
    }
    assert_eq!(seen(&disk), [one.clone()].into());
    disk.call(&write(b"two"));
    let after = seen(&disk);
    assert!(after.contains(&one) && after.contains(&Some(b"onetwo".to_vec())), "{after:?}");
    disk.call(&Call::Sync(3));
    assert_eq!(seen(&disk), [Some(b"onetwo".to_vec())].into());
}
