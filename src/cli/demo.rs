//! `recto demo`: a writable copy of the sample documents, the first of them opened for review.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::failure::{Exit, Failure};
use crate::cli::review;
use crate::shell::console::Console;
use crate::shell::files::{self, FileError, Replace};
use crate::shell::terminal::Terminal;

/// The pattern of the last lines of the memorandum's pages: its serial stamps, misread ones too.
const PAGE_BREAK: &str = r"^C[UMH]-11\w\w";

/// The document that is opened.
const MEMO: &str = "memo-1963";

/// Names sample files and holds their bytes.
macro_rules! samples {
    ($($folder:literal: $($name:literal),*;)*) => {
        &[$($(
            (concat!($folder, "/", $name), include_bytes!(concat!("../../sample_docs/", $folder, "/", $name))),
        )*)*]
    };
}

/// Every sample file, by its path in the demo's folder.
const SAMPLES: &[(&str, &[u8])] = samples!(
    "memo-1963": "README.md", "base.txt", "transcript.txt";
    "early-print": "README.md", "base.txt", "transcript.txt";
    "hostile": "README.md", "base.txt", "transcript.txt";
    "reflow": "README.md", "base.txt", "transcript.txt";
    "scripts": "README.md", "base.txt", "transcript.txt";
    "logs": "README.md", "letter.txt", "letter.fair.txt", "letter.mk.recto.jsonl", "letter.ab.recto.jsonl",
        "torn.recto.jsonl", "altered.recto.jsonl", "sealed.recto.jsonl", "allowed_signers";
);

/// A log to be played after the review, and where more is told.
const NEXT: (&str, &str) = ("logs/letter.mk.recto.jsonl", "logs/README.md");

/// Says where the copy goes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The folder of the copy; one that is there already is opened as it is.
    #[arg(default_value = "recto-demo")]
    dir: PathBuf,
    /// Who decides: 1 to 32 of A-Z a-z 0-9 _ -.
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
}

/// Makes the copy and opens the memorandum; without a terminal it prints the command that does.
///
/// # Errors
/// A folder that is something else, or cannot be made.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let memo = options.dir.join(MEMO);
    let (base, transcript) = (memo.join("base.txt"), memo.join("transcript.txt"));
    let made = !base.exists();
    if made {
        make(&options.dir)?;
    }
    if Terminal::find().is_ok() {
        let reviewer = options.reviewer.as_deref();
        let left = review::open((base, transcript), PAGE_BREAK, reviewer, console)?;
        if !console.quiet {
            console.result(next(&options.dir).as_bytes())?;
        }
        return Ok(left);
    }
    let state = if made { "holds the sample documents now" } else { "is there already" };
    console.say(&format!("{} {state}; at a terminal this opens the first:", options.dir.display()));
    let (base, transcript) = (quoted(&base), quoted(&transcript));
    let command = format!("recto review {base} {transcript} --page-break '{PAGE_BREAK}'\n");
    console.result(command.as_bytes())?;
    Ok(Exit::Done)
}

/// Says what can be tried next.
fn next(dir: &Path) -> String {
    let (log, more) = (quoted(&dir.join(NEXT.0)), quoted(&dir.join(NEXT.1)));
    format!("then try recto replay {log}\n         {more}: two readers, seals, damage\n")
}

/// Makes the copy beside its place first, so that nobody ever finds half of it.
fn make(dir: &Path) -> Result<(), Failure> {
    let empty = fs::read_dir(dir).map(|mut entries| entries.next().is_none());
    match empty {
        Ok(false) => {
            return Err(Failure::cannot(format_args!(
                "{} is there already, and is no copy of the samples",
                dir.display()
            ))
            .hint("`recto demo DIR` puts the copy elsewhere"));
        }
        Err(_) if dir.exists() => {
            return Err(Failure::cannot(format_args!("{} is no folder", dir.display()))
                .hint("`recto demo DIR` puts the copy elsewhere"));
        }
        _ => {}
    }
    let mut temporary = dir.as_os_str().to_owned();
    temporary.push(format!(".{}.tmp", std::process::id()));
    let temporary = PathBuf::from(temporary);
    let put = fill(&temporary).and_then(|()| {
        let put = fs::rename(&temporary, dir);
        put.map_err(|error| FileError::Unwritable(dir.to_owned(), error))
    });
    put.map_err(|error| {
        let _ = fs::remove_dir_all(&temporary);
        Failure::cannot(format_args!("the samples could not be copied: {error}"))
            .hint("`recto demo DIR` puts the copy elsewhere")
    })
}

fn fill(dir: &Path) -> Result<(), FileError> {
    for (name, bytes) in SAMPLES {
        let path = dir.join(name);
        let folder = files::folder(&path);
        fs::create_dir_all(folder).map_err(|why| FileError::Unwritable(folder.to_owned(), why))?;
        files::write(&path, bytes, Replace::No)?;
    }
    Ok(())
}

/// Quotes a path for the shell, where it needs that.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_names_the_same_pattern() {
        let (_, readme) = SAMPLES.iter().find(|(name, _)| *name == "memo-1963/README.md").unwrap();
        let readme = std::str::from_utf8(readme).unwrap();
        assert!(readme.contains(&format!("--page-break '{PAGE_BREAK}'")));
    }

    #[test]
    fn what_to_try_next_is_in_the_copy() {
        for wanted in [NEXT.0, NEXT.1] {
            assert!(SAMPLES.iter().any(|(name, _)| *name == wanted), "{wanted}");
        }
    }

    #[test]
    fn paths_for_the_shell() {
        assert_eq!(quoted(Path::new("recto-demo/memo-1963")), "recto-demo/memo-1963");
        assert_eq!(quoted(Path::new("it's mine")), r"'it'\''s mine'");
    }
}
