//! A desk: a temporary folder to work in, a cleared environment, a fixed clock and reviewer.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use recto::digest::Digest;

/// Holds a temporary folder: `work`, where commands run, beside a home of its own.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// Holds how a run of the program ended and what it said.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["work", "home"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        Self { folder }
    }

    /// Puts the base and the transcript on a new desk.
    pub(crate) fn with(base: impl AsRef<[u8]>, transcript: impl AsRef<[u8]>) -> Self {
        let desk = Self::new();
        desk.write("base.txt", base);
        desk.write("transcript.txt", transcript);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("work").join(name)
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file on the desk");
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Makes the command that runs the program here, nothing of our environment with it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
        let home = self.home();
        command
            .args(arguments)
            .current_dir(self.path(""))
            .env_clear()
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("LANG", "C.UTF-8")
            .env("RECTO_REVIEWER", "mk")
            .env("RECTO_CLOCK", "2026-11-23T17:31:02.114Z")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().expect("the program starts"))
    }

    /// Runs the program with `input` as its standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(input).expect("the program reads its input");
        drop(stdin);
        Run::of(child.wait_with_output().expect("the program ends"))
    }

    /// Runs the program, which must succeed, and returns what it printed.
    #[track_caller]
    pub(crate) fn ok(&self, arguments: &[&str]) -> Vec<u8> {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(0), "recto {}\n{run}", arguments.join(" "));
        run.stdout
    }

    /// Lists every file in the work folder with its digest.
    pub(crate) fn files(&self) -> BTreeMap<String, Digest> {
        let mut files = BTreeMap::new();
        let root = self.path("");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder on the desk").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).expect("on the desk").display().to_string();
                    files.insert(name, Digest::of(&fs::read(&path).unwrap_or_default()));
                }
            }
        }
        files
    }
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }
}

/// Shows everything that a run has to be judged by, for snapshots.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or("a signal".to_owned(), |code| code.to_string());
        writeln!(f, "exit {code}")?;
        for (name, text) in
            [("stdout", String::from_utf8_lossy(&self.stdout)), ("stderr", (&*self.stderr).into())]
        {
            if !text.is_empty() {
                writeln!(f, "--- {name}")?;
                f.write_str(&text)?;
                if !text.ends_with('\n') {
                    writeln!(f, "%")?;
                }
            }
        }
        Ok(())
    }
}

/// Returns the folder of extra test data beside the project; none, with a line that says so, where
/// there is none.
pub(crate) fn shared(what: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).join(what);
    if !path.exists() {
        println!("skipped: no ../shared/{what} here");
    }
    path.exists().then_some(path)
}
