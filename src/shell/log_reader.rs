//! Reads a log file from its first byte to its last, in blocks, hashing ahead of the replay.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

use crate::document::Text;
use crate::log::audit::{Audit, Auditor, Finding, Plan};
use crate::log::chain::{Block, Tail};
use crate::log::decode::{self, Content};
use crate::log::record::{Body, Described, MAX_LINE};
use crate::log::replay::Given;
use crate::shell::files::{self, FileError};

/// How many bytes are read at a time; a longer line makes a longer block.
const BLOCK: usize = 1 << 20;

/// How many blocks may wait to be replayed.
const WAITING: usize = 4;

/// Holds what follows the last line feed.
#[derive(Debug, Default)]
struct Rest {
    /// At least the first [`MAX_LINE`] bytes of it.
    start: Vec<u8>,
    length: u64,
}

/// Reads the log at `path` without writing or locking, for those who only look.
///
/// Bytes after the last line feed are not judged while another process holds the lock: they are
/// being written. A log without its sources finds a base beside it by the name it gives.
///
/// # Errors
/// A file that cannot be read.
pub fn read(path: &Path, plan: &Plan) -> Result<Audit, FileError> {
    let file = open(path)?;
    let unreadable = |error| FileError::Unreadable(path.to_owned(), error);
    let mut found = read_file(&file, path, plan).map_err(unreadable)?;
    if found.tail == Tail::Clean {
        return Ok(found);
    }
    match file.try_lock_shared() {
        Err(_) => found.tail = settled(found.tail),
        // Whoever was writing is done, or nobody was: now the file keeps still.
        Ok(()) => found = read_file(&file, path, plan).map_err(unreadable)?,
    }
    Ok(found)
}

/// How long a first record is believed to be at most, where only the log's id is wanted.
const FIRST_LINE: u64 = 1 << 20;

/// Returns the id that a log says it has, from its first line alone; none where that is no record.
///
/// # Errors
/// A file that cannot be read.
pub fn id(path: &Path) -> Result<Option<String>, FileError> {
    let mut start = Vec::new();
    let read = open(path)?.take(FIRST_LINE).read_to_end(&mut start);
    read.map_err(|error| FileError::Unreadable(path.to_owned(), error))?;
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = std::str::from_utf8(line).ok().and_then(|line| decode::line(line).ok());
    Ok(line.and_then(|line| match line.content {
        Content::Body(Body::Opened(opened)) => Some(opened.log),
        _ => None,
    }))
}

/// Leaves out what another process is writing.
fn settled(tail: Tail) -> Tail {
    match tail {
        Tail::Torn { .. } | Tail::NoLineFeed => Tail::Clean,
        tail => tail,
    }
}

fn open(path: &Path) -> Result<File, FileError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing(path.to_owned()),
        _ => FileError::Unreadable(path.to_owned(), error),
    };
    // A named pipe would wait for a writer for ever.
    let kind = std::fs::metadata(path).map_err(unreadable)?.file_type();
    if kind.is_dir() {
        return Err(FileError::Directory(path.to_owned()));
    }
    if !kind.is_file() {
        return Err(unreadable(io::Error::other("it is no ordinary file")));
    }
    File::open(path).map_err(unreadable)
}

/// Reads an open log; where it lacks its sources, a second time with those found beside it.
///
/// # Errors
/// Those of reading.
pub fn read_file(file: &File, path: &Path, plan: &Plan) -> io::Result<Audit> {
    let found = audit(file, plan)?;
    if found.finding() != Finding::Unchecked || plan.given.base.is_some() {
        return Ok(found);
    }
    let Some(header) = &found.header else { return Ok(found) };
    let Some(base) = beside(path, &header.base) else { return Ok(found) };
    let transcript = header.transcript.as_ref().and_then(|it| beside(path, it));
    let given = Given { base: Some(base), transcript };
    audit(file, &Plan { given, ..plan.clone() })
}

/// Returns the plain text that lies beside the log under the name it gives. Whether it is the
/// right one the replay finds out.
fn beside(log: &Path, described: &Described) -> Option<Text> {
    let plain = described.format == "text" && described.encoding.is_none();
    let bare = Path::new(&described.name).file_name()? == described.name.as_str();
    if !plain || !bare {
        return None;
    }
    let bytes = files::read(&files::folder(log).join(&described.name)).ok()?;
    Text::new(String::from_utf8(bytes).ok()?).ok()
}

/// Reads and hashes on one thread, replays on this one.
fn audit(mut file: &File, plan: &Plan) -> io::Result<Audit> {
    io::Seek::seek(&mut file, io::SeekFrom::Start(0))?;
    let mut auditor = Auditor::new(plan.clone());
    let rest = thread::scope(|scope| {
        let (send, blocks) = sync_channel(WAITING);
        let reader =
            scope.spawn(move || read_lines(file, |lines| send.send(Block::check(lines)).is_ok()));
        for block in &blocks {
            if !auditor.block(&block) {
                break;
            }
        }
        drop(blocks);
        reader.join().expect("the reading thread does not panic")
    })?;
    Ok(auditor.finish(&rest.start, rest.length))
}

/// Gives `take` all whole lines, block by block, until it wants no more; returns what follows them.
fn read_lines(mut file: impl Read, mut take: impl FnMut(Vec<u8>) -> bool) -> io::Result<Rest> {
    let mut pending: Vec<u8> = Vec::new();
    loop {
        let fresh = pending.len();
        pending.reserve(BLOCK);
        let got = (&mut file).take(BLOCK as u64).read_to_end(&mut pending)?;
        if let Some(at) = memchr::memrchr(b'\n', &pending[fresh..]) {
            let after = pending.split_off(fresh + at + 1);
            if !take(std::mem::replace(&mut pending, after)) {
                return Ok(Rest::default());
            }
        }
        if got == 0 {
            return Ok(Rest { length: pending.len() as u64, start: pending });
        }
        if pending.len() > MAX_LINE {
            return skim(file, pending, take);
        }
    }
}

/// Reads to the end without keeping what is too long to be a line. Should a line feed come, the
/// start of that line goes to `take` in its stead, which finds it broken.
fn skim(
    mut file: impl Read,
    mut start: Vec<u8>,
    mut take: impl FnMut(Vec<u8>) -> bool,
) -> io::Result<Rest> {
    let mut length = start.len() as u64;
    let mut block = vec![0; BLOCK];
    loop {
        let got = file.read(&mut block)?;
        if got == 0 {
            return Ok(Rest { start, length });
        }
        length += got as u64;
        if block[..got].contains(&b'\n') {
            start.push(b'\n');
            take(start);
            return Ok(Rest::default());
        }
    }
}
