//! Reads Rust source as far as the tidy tests need: code without comments and texts, paths, functions.
//!
//! No parser: strings and comments are blanked byte for byte, so offsets and lines stay true.

use std::ops::Range;
use std::path::{Path, PathBuf};

/// Holds one source file.
pub(super) struct Source {
    /// Its path below the crate's root, with `/`.
    pub(super) path: String,
    /// The file as it is.
    pub(super) raw: String,
    /// The file with comments and the insides of texts blanked.
    pub(super) code: String,
    /// `code` with everything under `#[cfg(test)]` or `#[test]` blanked too.
    pub(super) production: String,
    /// Where each line starts.
    lines: Vec<usize>,
}

/// Holds one path of a source file, such as `std::fs::read`, with the line it stands on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) line: usize,
    pub(super) segments: Vec<String>,
}

/// Holds a function's name and its lines, signature to closing brace.
pub(super) struct Function {
    pub(super) name: String,
    pub(super) lines: Range<usize>,
}

impl Source {
    /// Reads every `.rs` file below `folder`, in the order of the paths.
    pub(super) fn below(root: &Path, folder: &str) -> Vec<Self> {
        let mut paths = Vec::new();
        collect(&root.join(folder), &mut paths);
        paths.sort();
        paths.iter().map(|path| Self::read(root, path)).collect()
    }

    fn read(root: &Path, path: &Path) -> Self {
        let raw = std::fs::read_to_string(path).expect("source files are UTF-8");
        let relative = path.strip_prefix(root).expect("found below the root");
        Self::of(relative.to_string_lossy().replace('\\', "/"), raw)
    }

    /// Makes a source of a text, as for a test.
    pub(super) fn of(path: impl Into<String>, raw: impl Into<String>) -> Self {
        let raw = raw.into();
        let code = without_comments(&raw);
        let production = without_tests(&code);
        let starts = raw.match_indices('\n').map(|(end, _)| end + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        Self { path: path.into(), raw, code, production, lines }
    }

    /// Returns the module path: `src/ui/view/panes.rs` is `ui view panes`, `src/lib.rs` is nothing.
    pub(super) fn module(&self) -> Vec<String> {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut parts: Vec<String> = inner.split('/').map(str::to_owned).collect();
        let last = parts.last().map(String::as_str);
        if last == Some("mod") || (parts.len() == 1 && last == Some("lib")) {
            parts.pop();
        }
        parts
    }

    /// Returns the line (from 1) of byte `offset`.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset)
    }

    /// Returns every path of the production code with two segments or more, `use` trees spread out.
    pub(super) fn mentions(&self) -> Vec<Mention> {
        let code = &self.production;
        let mut mentions = Vec::new();
        let mut at = 0;
        while let Some(start) = next_word(code, at) {
            let (end, paths) = path_tree(code, start);
            let line = self.line(start);
            let long = paths.into_iter().filter(|segments| segments.len() > 1);
            mentions.extend(long.map(|segments| Mention { line, segments }));
            at = end;
        }
        mentions
    }

    /// Returns the functions of the production code that have a body.
    pub(super) fn functions(&self) -> Vec<Function> {
        let code = &self.production;
        let mut functions = Vec::new();
        let mut at = 0;
        while let Some(start) = next_word(code, at) {
            let end = word_end(code, start);
            at = end;
            if &code[start..end] != "fn" {
                continue;
            }
            let Some(name) = next_word(code, end).filter(|&name| code[end..name].trim().is_empty())
            else {
                continue; // a function pointer's type
            };
            if let Some(body) = item_end(code, name) {
                let lines = self.line(start)..self.line(body - 1) + 1;
                functions.push(Function { name: code[name..word_end(code, name)].into(), lines });
            }
        }
        functions
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a source folder is readable");
    for entry in entries {
        let path = entry.expect("a source folder is readable").path();
        if path.ends_with("target") {
            continue; // what a build left
        } else if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
}

/// Blanks comments, and what stands between the quotes of texts and characters.
fn without_comments(raw: &str) -> String {
    let bytes = raw.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let blank = if rest.starts_with(b"//") {
            Some(0..rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len()))
        } else if rest.starts_with(b"/*") {
            Some(0..block_comment(rest))
        } else if rest[0] == b'r' && (at == 0 || !is_word(bytes[at - 1]) || bytes[at - 1] == b'b') {
            raw_text(rest)
        } else if rest[0] == b'"' {
            Some(1..quoted(rest, b'"'))
        } else if rest[0] == b'\'' {
            character(rest)
        } else {
            None
        };
        match blank {
            Some(blank) => {
                for byte in &mut out[at + blank.start..at + blank.end] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
                // Past the closing quote, which the range leaves out.
                at += blank.end.max(1) + usize::from(blank.start > 0);
            }
            None => at += 1,
        }
    }
    String::from_utf8(out).expect("whole texts and comments were blanked")
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest[at..(at + 2).min(rest.len())] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Returns the inside of `r"..."`, `r#"..."#` and so on; none for a name that begins with r.
fn raw_text(rest: &[u8]) -> Option<Range<usize>> {
    let hashes = rest[1..].iter().take_while(|&&byte| byte == b'#').count();
    if rest.get(1 + hashes) != Some(&b'"') {
        return None;
    }
    let start = hashes + 2;
    let close: Vec<u8> = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
    let inside = rest[start..].windows(close.len()).position(|window| window == close)?;
    Some(start..start + inside)
}

/// Returns the offset of the quote that closes the text starting at 0.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    at.min(rest.len())
}

/// Returns the inside of a character literal; none for a lifetime.
fn character(rest: &[u8]) -> Option<Range<usize>> {
    if rest.get(1) == Some(&b'\\') {
        return Some(1..quoted(rest, b'\''));
    }
    let close = rest.iter().take(6).skip(2).position(|&byte| byte == b'\'')? + 2;
    let one = std::str::from_utf8(&rest[1..close]).is_ok_and(|inside| inside.chars().count() == 1);
    one.then_some(1..close)
}

/// Blanks each item that is there for tests alone, by its attribute.
fn without_tests(code: &str) -> String {
    let mut out = code.as_bytes().to_vec();
    for mark in ["#[cfg(test)]", "#[test]", "#[cfg(all(test"] {
        for (start, _) in code.match_indices(mark) {
            let end = item_end(code, start + mark.len()).unwrap_or(code.len());
            for byte in &mut out[start..end] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
    }
    String::from_utf8(out).expect("whole items were blanked")
}

/// Returns the offset after the item that goes on at `from`: after its braces, or its semicolon.
fn item_end(code: &str, from: usize) -> Option<usize> {
    let (mut depth, mut inner) = (0_usize, 0_usize);
    for (offset, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'(' | b'[' => inner += 1,
            b')' | b']' => inner = inner.saturating_sub(1),
            b'{' => depth += 1,
            b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 && inner == 0 {
                    return Some(offset + 1);
                }
            }
            b';' if depth == 0 && inner == 0 => return Some(offset + 1),
            _ => {}
        }
    }
    None
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Returns where the next word starts at or after `from`.
fn next_word(code: &str, from: usize) -> Option<usize> {
    let bytes = code.as_bytes();
    (from..bytes.len()).find(|&at| is_word(bytes[at]) && (at == 0 || !is_word(bytes[at - 1])))
}

fn word_end(code: &str, start: usize) -> usize {
    let length = code.as_bytes()[start..].iter().take_while(|&&byte| is_word(byte)).count();
    start + length
}

/// Reads the path at `start` and returns where it ends and every path it stands for.
fn path_tree(code: &str, start: usize) -> (usize, Vec<Vec<String>>) {
    let mut end = word_end(code, start);
    let mut head = vec![code[start..end].to_owned()];
    loop {
        let Some(rest) = code[end..].trim_start().strip_prefix("::") else {
            return (end, vec![head]);
        };
        let next = code.len() - rest.trim_start().len();
        match code.as_bytes().get(next) {
            Some(b'{') => {
                let (end, tails) = braces(code, next);
                let join = |tail: Vec<String>| [head.clone(), tail].concat();
                return (end, tails.into_iter().map(join).collect());
            }
            Some(b'*') => {
                head.push("*".into());
                return (next + 1, vec![head]);
            }
            Some(&byte) if is_word(byte) => {
                end = word_end(code, next);
                head.push(code[next..end].to_owned());
            }
            _ => return (end, vec![head]),
        }
    }
}

/// Reads the branches of a `use` tree from its opening brace on.
fn braces(code: &str, open: usize) -> (usize, Vec<Vec<String>>) {
    let mut paths = Vec::new();
    let mut at = open + 1;
    while let Some(&byte) = code.as_bytes().get(at) {
        match byte {
            b'}' => return (at + 1, paths),
            b'*' => {
                paths.push(vec!["*".into()]);
                at += 1;
            }
            _ if is_word(byte) && code[at..].starts_with("as ") => {
                at = word_end(code, at + 3); // the name it goes by here
            }
            _ if is_word(byte) => {
                let (end, more) = path_tree(code, at);
                paths.extend(more);
                at = end;
            }
            _ => at += 1,
        }
    }
    (at, paths)
}
