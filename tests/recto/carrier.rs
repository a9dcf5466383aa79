//! T13: logs on a git host. What the hook refuses, and what git alone lets pass.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::counts::{counted, skipped};
use crate::export::has;
use crate::harness::Desk;

const LOG: &str = "memo.mk.recto.jsonl";

/// What somebody pushes onto a branch whose log has two lines.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Push {
    /// One line more.
    Append,
    /// A commit that cuts the log.
    Cut,
    /// A commit that changes a byte.
    Change,
    /// A commit without the log.
    Remove,
    /// The commit before, by force.
    Back,
    /// No branch.
    Delete,
}

const PUSHES: [Push; 6] =
    [Push::Append, Push::Cut, Push::Change, Push::Remove, Push::Back, Push::Delete];

/// Holds a host's repository and a reviewer's.
struct Carrier {
    folder: tempfile::TempDir,
}

impl Carrier {
    fn new(hook: Option<&[u8]>) -> Self {
        let carrier = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        carrier.git(".", &["init", "-q", "--bare", "host"]);
        // The strictest that git itself has.
        for deny in ["receive.denyNonFastForwards", "receive.denyDeletes"] {
            carrier.git("host", &["config", deny, "true"]);
        }
        carrier.git(".", &["init", "-q", "mine"]);
        carrier.git("mine", &["remote", "add", "host", "../host"]);
        if let Some(hook) = hook {
            let path = carrier.path("host/hooks/pre-receive");
            fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
            fs::write(&path, hook).expect("written");
            let run = Command::new("chmod").arg("+x").arg(&path).status().expect("chmod runs");
            assert!(run.success());
        }
        carrier
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs git with no settings but its own; says whether it went well, and what it said.
    fn tries(&self, folder: &str, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=mk", "-c", "user.email=mk"]).args(arguments);
        command.current_dir(self.path(folder)).env("HOME", self.folder.path());
        command.env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR");
        let run = command.output().expect("git runs");
        (run.status.success(), String::from_utf8_lossy(&run.stderr).into_owned())
    }

    #[track_caller]
    fn git(&self, folder: &str, arguments: &[&str]) {
        let (well, said) = self.tries(folder, arguments);
        assert!(well, "git {}: {said}", arguments.join(" "));
    }

    fn commit(&self, log: Option<&str>) {
        let path = self.path("mine").join(LOG);
        match log {
            Some(log) => fs::write(path, log).expect("written"),
            None => fs::remove_file(path).expect("removed"),
        }
        self.git("mine", &["add", "-A"]);
        self.git("mine", &["commit", "-q", "--allow-empty", "-m", "review"]);
    }

    /// Brings a log of two lines to `branch`, then pushes; says whether the host took it.
    fn takes(&self, branch: &str, push: Push) -> (bool, String) {
        let to = format!("HEAD:{branch}");
        for log in ["one\n", "one\ntwo\n"] {
            self.commit(Some(log));
            self.git("mine", &["push", "-q", "host", &to]);
        }
        match push {
            Push::Append => self.commit(Some("one\ntwo\nthree\n")),
            Push::Cut => self.commit(Some("one\n")),
            Push::Change => self.commit(Some("one\ntvo\nthree\n")),
            Push::Remove => self.commit(None),
            Push::Back => {
                return self.tries("mine", &["push", "-qf", "host", &format!("HEAD~:{branch}")]);
            }
            Push::Delete => {
                return self.tries("mine", &["push", "-q", "host", &format!(":{branch}")]);
            }
        }
        self.tries("mine", &["push", "-q", "host", &to])
    }
}

/// Pushes everything onto these branches, with and without the hook; returns how many there were.
fn push(branches: &[&str]) -> usize {
    let hook = Desk::new().ok(&["verify", "--hook"]);
    for &branch in branches {
        for what in PUSHES {
            let (taken, said) = Carrier::new(Some(&hook)).takes(branch, what);
            assert_eq!(taken, what == Push::Append, "{branch}, {what:?}: {said}");
            assert!(taken || said.contains("recto: "), "{branch}, {what:?}: {said}");
            // git alone: nothing but these two, and those on branches alone.
            let (taken, said) = Carrier::new(None).takes(branch, what);
            let refused =
                branch.starts_with("refs/heads/") && matches!(what, Push::Back | Push::Delete);
            assert_eq!(taken, !refused, "without the hook: {branch}, {what:?}: {said}");
        }
    }
    branches.len() * PUSHES.len() * 2
}

#[test]
fn what_was_pushed_is_only_appended_to() {
    if has("git") {
        push(&["refs/heads/recto/mk"]);
    }
}

#[test]
#[ignore = "seconds; cargo test --release -- --ignored"]
fn t13_pushes_to_a_host_with_and_without_its_hook() {
    if !has("git") {
        return skipped("T13", "no git here");
    }
    let what = "pushes to a git host: the hook takes what appends, refuses what cuts, changes, \
                removes, puts back, deletes";
    counted("T13", 12, push(&["refs/heads/recto/mk", "refs/recto/mk"]), what);
}

#[test]
fn odd_names_and_other_branches_are_guarded_too() {
    if !has("git") {
        return;
    }
    let carrier = Carrier::new(Some(&Desk::new().ok(&["verify", "--hook"])));
    let odd = "a \"b\"\n\u{f6}.recto.jsonl";
    let write = |name: &str, text: &str| fs::write(carrier.path("mine").join(name), text);
    write(odd, "one\n").expect("written");
    write("readme", "one\n").expect("written");
    carrier.commit(Some("one\n"));
    carrier.git("mine", &["push", "-q", "host", "HEAD:refs/heads/main"]);
    // What is no log may change as it likes.
    write("readme", "two\n").expect("written");
    carrier.commit(Some("one\ntwo\n"));
    carrier.git("mine", &["push", "-q", "host", "HEAD:refs/heads/main"]);
    write(odd, "").expect("written");
    carrier.commit(Some("one\ntwo\n"));
    let (taken, said) = carrier.tries("mine", &["push", "-q", "host", "HEAD:refs/heads/main"]);
    assert!(!taken && said.contains("does not begin"), "{said}");
}
