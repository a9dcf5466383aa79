//! An `ssh-agent` of the test's own, and keys that nobody else has.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use recto::shell::ssh::Key;

/// The security key that is none, of Debian's `openssh-tests`.
pub(crate) const DUMMY: &str = "/usr/lib/openssh/regress/misc/sk-dummy/sk-dummy.so";

/// Holds a folder with keys and a running agent; the user's own are never touched.
pub(crate) struct Agent {
    folder: tempfile::TempDir,
    child: Child,
}

impl Agent {
    /// Starts an agent; nothing, with a line that says so, where OpenSSH is not installed.
    pub(crate) fn start() -> Option<Self> {
        let there = |name: &str| {
            let quiet = Command::new(name).arg("-?").stdin(Stdio::null()).output();
            quiet.is_ok()
        };
        if !["ssh-agent", "ssh-add", "ssh-keygen"].into_iter().all(there) {
            println!("skipped: no OpenSSH here");
            return None;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let socket = folder.path().join("agent");
        let mut agent = Command::new("ssh-agent");
        agent.arg("-D").arg("-a").arg(&socket).stdout(Stdio::null()).stderr(Stdio::null());
        let child = agent.env("HOME", folder.path()).spawn().expect("the agent starts");
        let agent = Self { folder, child };
        // It is ready when it answers; it has no keys yet, which is exit code 1.
        while agent.program("ssh-add").arg("-l").output().expect("runs").status.code() == Some(2) {
            std::thread::yield_now();
        }
        Some(agent)
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.path().join("agent")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a command of OpenSSH's that knows this agent and this home alone.
    pub(crate) fn program(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        command
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("SSH_AUTH_SOCK", self.socket())
            .env("SSH_ASKPASS_REQUIRE", "never")
            .env("SSH_SK_PROVIDER", DUMMY)
            .stdin(Stdio::null());
        command
    }

    #[track_caller]
    pub(crate) fn run(&self, name: &str, arguments: &[&str]) -> Vec<u8> {
        let done = self.program(name).args(arguments).output().expect("it runs");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{name} {}: {said}", arguments.join(" "));
        done.stdout
    }

    /// Makes a key of this type, `ed25519` or `ecdsa 384`, which the agent holds, and the file of
    /// its public half. The private file has another name then: only the agent can sign.
    pub(crate) fn key(&self, name: &str, kind: &str) -> PathBuf {
        let (kind, bits) = kind.split_once(' ').unwrap_or((kind, ""));
        let mut arguments = vec!["-q", "-t", kind, "-N", "", "-C", name, "-f", name];
        if !bits.is_empty() {
            arguments.extend(["-b", bits]);
        }
        self.run("ssh-keygen", &arguments);
        self.run("ssh-add", &["-q", name]);
        fs::rename(self.path(name), self.path(&format!("{name}.private"))).expect("a private key");
        self.path(&format!("{name}.pub"))
    }

    /// Makes a key in a security key that needs no touch; nothing, with a line that says so, where
    /// there is none.
    pub(crate) fn security_key(&self, name: &str) -> Option<PathBuf> {
        if !Path::new(DUMMY).exists() {
            println!("skipped: no {DUMMY} here (Debian's openssh-tests)");
            return None;
        }
        Some(self.key(name, "ed25519-sk"))
    }

    /// Signs a text as a seal is signed, with a hash of one's choice.
    pub(crate) fn sign(&self, key: &Path, namespace: &str, hash: &str, text: &str) -> String {
        self.sign_with(key, namespace, hash, text)
    }

    /// Signs a seal by the private file of this public one.
    pub(crate) fn sign_by_file(&self, key: &Path, hash: &str, text: &str) -> String {
        self.sign_with(&key.with_extension("private"), "recto", hash, text)
    }

    fn sign_with(&self, key: &Path, namespace: &str, hash: &str, text: &str) -> String {
        fs::write(self.path("text"), text).expect("written");
        let _ = fs::remove_file(self.path("text.sig"));
        let (key, hash) = (key.display().to_string(), format!("hashalg={hash}"));
        let sign = ["-Y", "sign", "-q", "-n", namespace, "-O", &hash, "-f", &key, "text"];
        self.run("ssh-keygen", &sign);
        fs::read_to_string(self.path("text.sig")).expect("a signature")
    }

    /// Writes a file of the agent's folder.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.path(name), text).expect("written");
        self.path(name)
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns type and base64 of a public key file.
pub(crate) fn public(path: &Path) -> String {
    Key::of_file(path).expect("a public key").as_str().to_owned()
}
