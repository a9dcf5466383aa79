//! SHA-256 digests as a type of their own.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Holds a SHA-256 digest; shown and serialised as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest([u8; 32]);

/// Says that a text is not 64 lower-case hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not 64 lower-case hex digits")]
pub struct NotADigest;

impl Digest {
    /// Stands before the first record of a log: 64 zeros.
    pub const ZERO: Self = Self([0; 32]);

    /// Computes the digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 lower-case hex digits.
    ///
    /// # Errors
    /// Anything else, upper-case digits included, is [`NotADigest`].
    pub fn from_hex(hex: &[u8]) -> Result<Self, NotADigest> {
        let mut bytes = [0; 32];
        if hex.len() != 64 {
            return Err(NotADigest);
        }
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Ok(Self(bytes))
    }

    /// Writes the 64 lower-case hex digits.
    #[must_use]
    pub fn to_hex(self) -> String {
        self.to_string()
    }

    /// Writes the first 16 digits in groups of four, for people: `8d05 24bd c112 b864`.
    #[must_use]
    pub fn short(self) -> String {
        let hex = self.to_hex();
        [&hex[0..4], &hex[4..8], &hex[8..12], &hex[12..16]].join(" ")
    }
}

fn nibble(digit: u8) -> Result<u8, NotADigest> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(NotADigest),
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(deserializer)?;
        Self::from_hex(hex.as_bytes()).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_round_trip_and_refusals() {
        let digest = Digest::of(b"");
        assert_eq!(
            digest.to_hex(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(Digest::from_hex(digest.to_hex().as_bytes()), Ok(digest));
        assert_eq!(Digest::from_hex(digest.to_hex().to_uppercase().as_bytes()), Err(NotADigest));
        assert_eq!(Digest::from_hex(b"e3b0"), Err(NotADigest));
    }
}
