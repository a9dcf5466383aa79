//! The unified diff, applied to the base by `patch` and by `git apply`.

use std::process::{Command, Stdio};

use recto::export::established::Pending;

use super::{Desk, ODD, has};

#[test]
pub(crate) fn the_diff_makes_the_text_of_the_base() {
    let (patch, git) = (has("patch"), has("git"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let work = folder.path().join("work");
    std::fs::create_dir(&work).expect("a folder");
    for (base, transcript) in ODD {
        let diff = Desk::new(base, transcript).export("diff", Some(Pending::Transcript));
        assert_eq!(diff.is_empty(), base == transcript);
        std::fs::write(work.join("x.patch"), &diff).expect("a file");
        for (there, program, arguments) in [
            (patch, "patch", &["--binary", "-s", "-i", "x.patch"][..]),
            (git, "git", &["apply", "-p0", "--whitespace=nowarn", "x.patch"]),
        ] {
            if !there || diff.is_empty() {
                continue;
            }
            std::fs::write(work.join("base.txt"), base).expect("a file");
            let run = Command::new(program)
                .args(arguments)
                .current_dir(&work)
                // A repository around the temporary folder is none of our business.
                .env("GIT_CEILING_DIRECTORIES", folder.path())
                .stdin(Stdio::null())
                .output()
                .expect("it starts");
            let said = String::from_utf8_lossy(&run.stderr).into_owned();
            assert!(run.status.success(), "{program}, {base:?}: {said}");
            // Both remove a file that has become empty.
            let made = std::fs::read(work.join("base.txt")).unwrap_or_default();
            assert_eq!(made, transcript.as_bytes(), "{program}, {base:?}");
        }
    }
}
