//! Seals: the text that is signed, the signature as `ssh-keygen` reads it, and what a seal is worth
//! (log format §3).

use std::fmt;

use ssh_key::public::KeyData;
use ssh_key::{Algorithm, HashAlg, LineEnding, PublicKey, SshSig};

use crate::digest::Digest;
use crate::log::record::Sealed;

/// The namespace of all seals: a signature made for anything else is none.
pub const NAMESPACE: &str = "recto";

/// How many columns the lines of an armour have; `ssh-keygen` writes as many.
const COLUMNS: usize = 70;

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";

/// RSA keys of fewer bits are left to `ssh-keygen`, which has a limit of its own.
const RSA_BITS: usize = 2048;

/// Holds what a seal says of its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The log's id.
    pub log: String,
    /// How many records the seal covers; its own number.
    pub size: u64,
    /// The hash of the last of them.
    pub head: Digest,
    /// The digest of the established text after them.
    pub established: Digest,
    /// When the seal was made, as the clock said.
    pub time: String,
}

impl Statement {
    /// Returns the text that is signed.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { log, size, head, established, time } = self;
        format!(
            "recto-seal-v1\nlog {log}\nsize {size}\nhead {head}\nestablished {established}\n\
             time {time}\n"
        )
    }
}

/// Holds a seal with what its log says where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The seal's record: it covers all before.
    pub seq: u64,
    /// The hash of the record before.
    pub head: Digest,
    /// When it was made, as its record says.
    pub time: String,
    /// What it says.
    pub sealed: Sealed,
}

impl Seal {
    /// Returns what must have been signed if this is a seal of the log with this id.
    #[must_use]
    pub fn statement(&self, log: &str) -> Statement {
        Statement {
            log: log.to_owned(),
            size: self.seq,
            head: self.head,
            established: self.sealed.established,
            time: self.time.clone(),
        }
    }
}

/// Tells what a seal is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The reviewer's key signed it.
    Good,
    /// It is well signed, but not by a key that could be known as the reviewer's.
    Unknown(Unknown),
    /// It is no signature of this log: it was altered, or comes from elsewhere.
    Broken(&'static str),
    /// It could not be looked at.
    Unchecked(String),
}

/// Tells why a key is not known as the reviewer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// There is no list of signers.
    NoList,
    /// The list does not have it for this reviewer.
    Unlisted,
    /// The list does not allow it for seals.
    OtherUse,
    /// The seal's time is before it was valid.
    NotYet,
    /// The seal's time is after it was valid.
    Expired,
    /// It was revoked.
    Revoked,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoList => "signature good, key unknown: there is no list of signers",
            Self::Unlisted => "signature good, key unknown: not listed for this reviewer",
            Self::OtherUse => "signature good, but the key is not allowed for seals",
            Self::NotYet => "signature good, but the key was not valid yet",
            Self::Expired => "signature good, but the key was not valid any more",
            Self::Revoked => "signature good, but the key was revoked",
        })
    }
}

/// Tells what can be said of a signature without `ssh-keygen`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// The key signed the text.
    Good,
    /// It did not, for this reason.
    Bad(&'static str),
    /// Only `ssh-keygen` can tell.
    Unsure,
}

/// Returns the signature of a seal as a file for `ssh-keygen`; nothing where it is no base64.
#[must_use]
pub fn armour(signature: &str) -> Option<String> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    if signature.is_empty() || !signature.bytes().all(letter) {
        return None;
    }
    let mut armour = format!("{BEGIN}\n");
    let mut rest = signature;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(COLUMNS));
        armour.extend([line, "\n"]);
        rest = after;
    }
    armour.extend([END, "\n"]);
    Some(armour)
}

/// Returns the signature in a file of `ssh-keygen`'s, in base64 without line ends.
#[must_use]
pub fn bare(armour: &str) -> Option<String> {
    let inner = armour.trim().strip_prefix(BEGIN)?.strip_suffix(END)?;
    let signature: String = inner.split_whitespace().collect();
    self::armour(&signature).map(|_| signature)
}

/// Reads the signature of a seal.
///
/// # Errors
/// Says why it is no signature by the seal's key in the seal's namespace, whatever was signed.
fn read(sealed: &Sealed) -> Result<(PublicKey, SshSig), &'static str> {
    if sealed.namespace != NAMESPACE {
        return Err("it is of another namespace");
    }
    let armour = armour(&sealed.signature).ok_or("its signature is no base64")?;
    let signature = SshSig::from_pem(armour).map_err(|_| "its signature cannot be read")?;
    // Version and lengths are not among what is signed. ssh-keygen takes earlier versions, the
    // library wrong lengths: so that no byte may be another, there is one form of a signature.
    let written = signature.to_pem(LineEnding::LF).ok().as_deref().and_then(bare);
    if signature.version() != SshSig::VERSION || written.as_ref() != Some(&sealed.signature) {
        return Err("its signature is not in the form in which it was made");
    }
    let key = PublicKey::from_openssh(&sealed.public_key);
    let key = key.map_err(|_| "its key cannot be read")?;
    if key.key_data() != signature.public_key() {
        return Err("its key is not that of its signature");
    }
    if signature.namespace() != NAMESPACE {
        return Err("its signature was made for another purpose");
    }
    Ok((key, signature))
}

/// Says why a seal is none whatever text was signed, if so.
#[must_use]
pub fn malformed(sealed: &Sealed) -> Option<&'static str> {
    read(sealed).err()
}

/// Checks the signature of a seal over a text, without `ssh-keygen`.
#[must_use]
pub fn check(sealed: &Sealed, text: &str) -> Signature {
    let (key, signature) = match read(sealed) {
        Ok(read) => read,
        Err(why) => return Signature::Bad(why),
    };
    let known = match (key.key_data(), signature.algorithm()) {
        (KeyData::Rsa(key), Algorithm::Rsa { hash: Some(_) }) => {
            key.n.as_positive_bytes().is_some_and(|n| n.len() * 8 >= RSA_BITS)
        }
        (KeyData::Ed25519(_), Algorithm::Ed25519)
        | (KeyData::Ecdsa(_), Algorithm::Ecdsa { .. })
        | (KeyData::SkEd25519(_), Algorithm::SkEd25519) => true,
        _ => false,
    };
    if !known || !signature.reserved().is_empty() {
        return Signature::Unsure;
    }
    match key.verify(NAMESPACE, text.as_bytes(), &signature) {
        Ok(()) => Signature::Good,
        Err(_) => Signature::Bad(NOT_SIGNED),
    }
}

/// Why a seal with a readable signature is none.
pub const NOT_SIGNED: &str = "its signature is not over this log as it stands";

/// Returns the fingerprint of a key, as `ssh-keygen -l` prints it.
#[must_use]
pub fn fingerprint(public_key: &str) -> Option<String> {
    let key = PublicKey::from_openssh(public_key).ok()?;
    Some(key.fingerprint(HashAlg::Sha256).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn armour_is_wrapped_and_comes_back() {
        for length in [1, 69, 70, 71, 140, 400] {
            let signature = "A".repeat(length);
            let armour = armour(&signature).expect("base64");
            assert!(armour.lines().all(|line| line.len() <= 70));
            assert_eq!(bare(&armour), Some(signature));
        }
        for not in ["", "A\n", "A A", "-----END"] {
            assert_eq!(armour(not), None, "{not:?}");
        }
    }
}
