//! OpenSSH's programs: the keys of the agent, signing by it, verifying.
//!
//! No private key is ever read: `ssh-keygen` is given the public key alone, in a folder where no
//! private one lies beside it, so that it has nobody to ask but the agent. Nothing is asked on the
//! terminal either: there is no passphrase to ask for.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::log::seal::{NAMESPACE, bare};
use crate::shell::files;
use crate::shell::scratch::Scratch;

/// How long the text of a public key file may be: no private key is longer than some kilobytes.
const KEY_BYTES: u64 = 64 << 10;

/// Says why nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignFault {
    /// No agent answers.
    #[error("no ssh-agent answers")]
    NoAgent,
    /// The agent has no key.
    #[error("the ssh-agent holds no key")]
    NoKey,
    /// The agent does not have this key.
    #[error("the ssh-agent does not hold the key {0}")]
    OtherKey(String),
    /// A file that should be a public key is none.
    #[error("{0} is no public key of OpenSSH")]
    NoPublicKey(String),
    /// OpenSSH is missing.
    #[error("{0} cannot be run: {1}")]
    NoProgram(&'static str, String),
    /// `ssh-keygen` refused.
    #[error("ssh-keygen did not sign: {0}")]
    Refused(String),
}

/// Holds a public key: type and base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// Reads the key at the start of a line of a public key file.
    #[must_use]
    pub fn of_line(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (kind, base64) = (words.next()?, words.next()?);
        let key = format!("{kind} {base64}");
        let plain = ["ssh-", "ecdsa-", "sk-"].iter().any(|start| kind.starts_with(start));
        (plain && crate::log::seal::fingerprint(&key).is_some()).then_some(Self(key))
    }

    /// Reads a public key file.
    ///
    /// # Errors
    /// [`SignFault::NoPublicKey`], of a private one too.
    pub fn of_file(path: &Path) -> Result<Self, SignFault> {
        let none = || SignFault::NoPublicKey(path.display().to_string());
        let text = files::read_start(path, KEY_BYTES).map_err(|_| none())?;
        let text = String::from_utf8(text).map_err(|_| none())?;
        text.lines().find_map(Self::of_line).ok_or_else(none)
    }

    /// Returns type and base64.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Says whether the key sits in a device that waits to be touched.
    #[must_use]
    pub fn waits_for_touch(&self) -> bool {
        self.0.starts_with("sk-")
    }
}

fn program(name: &'static str) -> Command {
    let mut command = Command::new(name);
    command
        .env("SSH_ASKPASS_REQUIRE", "never")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs a program to its end with a text as its input.
fn run(mut command: Command, input: &str) -> io::Result<Output> {
    let mut child = command.spawn()?;
    feed(&mut child, input);
    child.wait_with_output()
}

/// Writes the input. A program that does not read it says by its exit code what it thinks of it.
fn feed(child: &mut Child, input: &str) {
    if let Some(mut stdin) = child.stdin.take() {
        let _ = stdin.write_all(input.as_bytes());
    }
}

/// Returns the keys that the agent holds, certificates left out.
///
/// # Errors
/// [`SignFault::NoAgent`], [`SignFault::NoKey`], [`SignFault::NoProgram`].
pub fn agent_keys() -> Result<Vec<Key>, SignFault> {
    let mut command = program("ssh-add");
    command.arg("-L");
    let done = run(command, "");
    let done = done.map_err(|error| SignFault::NoProgram("ssh-add", error.to_string()))?;
    match done.status.code() {
        Some(0) => {
            let text = String::from_utf8_lossy(&done.stdout);
            let keys: Vec<Key> =
                text.lines().filter(|it| !it.contains("-cert-")).filter_map(Key::of_line).collect();
            if keys.is_empty() { Err(SignFault::NoKey) } else { Ok(keys) }
        }
        Some(1) => Err(SignFault::NoKey),
        _ => Err(SignFault::NoAgent),
    }
}

/// Holds a signature that is being made; dropped, it is given up.
#[derive(Debug)]
pub struct Signing {
    child: Child,
    key: Key,
    _folder: Scratch,
}

impl Signing {
    /// Asks the agent for a signature over a text.
    ///
    /// # Errors
    /// OpenSSH is missing, or there is no room for the public key.
    pub fn start(key: Key, text: &str) -> Result<Self, SignFault> {
        let failed = |error: io::Error| SignFault::NoProgram("ssh-keygen", error.to_string());
        let folder = Scratch::new().map_err(failed)?;
        let file = folder.put("key.pub", &format!("{}\n", key.as_str())).map_err(failed)?;
        let mut command = program("ssh-keygen");
        command.args(["-Y", "sign", "-q", "-n", NAMESPACE, "-f"]).arg(file);
        let mut child = command.spawn().map_err(failed)?;
        feed(&mut child, text);
        Ok(Self { child, key, _folder: folder })
    }

    /// Returns the signature, base64, once it is there.
    ///
    /// # Errors
    /// The agent lacks the key, or refused.
    pub fn poll(&mut self) -> Result<Option<String>, SignFault> {
        match self.child.try_wait() {
            Ok(None) => Ok(None),
            _ => self.wait().map(Some),
        }
    }

    /// Waits for the signature, base64.
    ///
    /// # Errors
    /// As [`poll`](Self::poll).
    pub fn wait(&mut self) -> Result<String, SignFault> {
        let refused = |error: io::Error| SignFault::Refused(error.to_string());
        let (mut signature, mut said) = (String::new(), String::new());
        if let Some(mut stdout) = self.child.stdout.take() {
            stdout.read_to_string(&mut signature).map_err(refused)?;
        }
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut said).map_err(refused)?;
        }
        let done = self.child.wait().map_err(refused)?;
        if !done.success() {
            let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no reason");
            return Err(match last {
                last if last.contains("rivate key") => SignFault::OtherKey(self.key_name()),
                last => SignFault::Refused(last.to_owned()),
            });
        }
        bare(&signature).ok_or_else(|| SignFault::Refused("it wrote no signature".to_owned()))
    }

    fn key_name(&self) -> String {
        let key = self.key.as_str();
        crate::log::seal::fingerprint(key).unwrap_or_else(|| key.to_owned())
    }
}

impl Drop for Signing {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Holds what `ssh-keygen` needs to verify a seal.
#[derive(Debug)]
pub struct Check<'a> {
    /// The file with the signature.
    pub signature: &'a Path,
    /// The text that must have been signed.
    pub text: &'a str,
}

impl Check<'_> {
    /// Says whether the signature is one over the text, whoever made it.
    ///
    /// # Errors
    /// OpenSSH is missing.
    pub fn is_signature(&self) -> io::Result<bool> {
        let mut command = program("ssh-keygen");
        command.args(["-Y", "check-novalidate", "-n", NAMESPACE, "-s"]).arg(self.signature);
        Ok(run(command, self.text)?.status.success())
    }

    /// Says whether the signature is one over the text by `name`, by a list of signers, at a time
    /// (local, 14 digits), by a key that is not revoked.
    ///
    /// # Errors
    /// OpenSSH is missing.
    pub fn is_of(
        &self,
        name: &str,
        signers: &Path,
        time: &str,
        revoked: Option<&Path>,
    ) -> io::Result<bool> {
        let mut command = program("ssh-keygen");
        command.args(["-Y", "verify", "-n", NAMESPACE, "-I", name, "-f"]).arg(signers);
        command.arg("-s").arg(self.signature).arg(format!("-Overify-time={time}"));
        if let Some(revoked) = revoked {
            command.arg("-r").arg(revoked);
        }
        Ok(run(command, self.text)?.status.success())
    }
}

/// Says whether a revocation list in OpenSSH's binary form names a key.
///
/// # Errors
/// OpenSSH is missing.
pub fn is_revoked(list: &Path, key: &str) -> io::Result<bool> {
    let folder = Scratch::new()?;
    let file = folder.put("key.pub", &format!("{key}\n"))?;
    let mut command = program("ssh-keygen");
    command.args([OsStr::new("-Q"), OsStr::new("-f"), list.as_os_str()]).arg(file);
    Ok(!run(command, "")?.status.success())
}
