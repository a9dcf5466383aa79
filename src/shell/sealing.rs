//! Seals a log: which key, what is signed, and the record of it.

use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::log::record::Sealed;
use crate::log::seal::{self, NAMESPACE, Signature, Statement};
use crate::shell::config::Config;
use crate::shell::ssh::{self, Key, SignFault, Signing};
use crate::shell::writer::{NotSaved, Writer};

/// Says why a log was not sealed; nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// Nothing was signed.
    #[error(transparent)]
    Sign(#[from] SignFault),
    /// There is no log that could be sealed.
    #[error("there is no log to seal yet")]
    NoLog,
    /// What came back is no signature of what was to be signed.
    #[error("the signature that came back is none: {0}")]
    Wrong(&'static str),
    /// The seal could not be written.
    #[error(transparent)]
    NotSaved(#[from] NotSaved),
}

/// Holds a seal that is being made; dropped, it is given up.
#[derive(Debug)]
pub struct Sealing {
    statement: Statement,
    key: Key,
    signing: Signing,
}

/// Holds what a seal came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The number of its record.
    pub seq: u64,
    /// The key's fingerprint.
    pub key: String,
}

/// Finds the key to seal with: the file named, else the config's, else the agent's first.
///
/// # Errors
/// A file that is no public key; no agent, or none with a key.
pub fn key(named: Option<&Path>, config: &Config) -> Result<Key, SignFault> {
    let named = named.map(PathBuf::from).or_else(|| config.seal_key.as_deref().map(at_home));
    if let Some(path) = named {
        return Key::of_file(&path);
    }
    ssh::agent_keys()?.into_iter().next().ok_or(SignFault::NoKey)
}

/// Returns a path of the config file, which may begin with `~/`.
fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

impl Sealing {
    /// Begins to seal a log as it stands; `established` is the digest of its established text.
    ///
    /// # Errors
    /// No log yet; no signature to be had.
    pub fn start(writer: &Writer, established: Digest, key: Key) -> Result<Self, SealFault> {
        let statement = writer.statement(established).ok_or(SealFault::NoLog)?;
        let signing = Signing::start(key.clone(), &statement.text())?;
        Ok(Self { statement, key, signing })
    }

    /// Writes the seal once the signature is there; nothing while it is not.
    ///
    /// # Errors
    /// No signature, or not of this text; a log that has changed meanwhile, or cannot be written.
    pub fn poll(&mut self, writer: &mut Writer) -> Result<Option<Done>, SealFault> {
        match self.signing.poll()? {
            Some(signature) => self.write(writer, signature).map(Some),
            None => Ok(None),
        }
    }

    /// Waits for the signature and writes the seal.
    ///
    /// # Errors
    /// As [`poll`](Self::poll).
    pub fn finish(mut self, writer: &mut Writer) -> Result<Done, SealFault> {
        let signature = self.signing.wait()?;
        self.write(writer, signature)
    }

    fn write(&self, writer: &mut Writer, signature: String) -> Result<Done, SealFault> {
        let sealed = Sealed {
            size: self.statement.size,
            established: self.statement.established,
            namespace: NAMESPACE.to_owned(),
            public_key: self.key.as_str().to_owned(),
            signature,
        };
        if let Signature::Bad(why) = seal::check(&sealed, &self.statement.text()) {
            return Err(SealFault::Wrong(why));
        }
        let key = seal::fingerprint(&sealed.public_key).unwrap_or_default();
        let seq = writer.seal(&self.statement, sealed)?;
        Ok(Done { seq, key })
    }
}
