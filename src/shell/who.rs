//! The reviewer's name and where it comes from.

use std::env;
use std::fmt;
use std::fs;

use crate::shell::config::Config;
use crate::text::visible::quoted;

/// Holds a reviewer's name: 1-32 of `A-Z a-z 0-9 _ -`, so that it can stand in a file name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reviewer(String);

/// Says why there is no reviewer's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Nameless {
    /// A name was given, and cannot be used.
    #[error(
        "{} ({}) cannot be a reviewer's name: it takes 1 to 32 of A-Z a-z 0-9 _ -",
        quoted(.0), .1
    )]
    Unfit(String, &'static str),
    /// No name is known.
    #[error("nobody has said who the reviewer is")]
    Unknown,
}

impl Reviewer {
    /// Checks a name; `source` says where it comes from, for the error.
    ///
    /// # Errors
    /// A name with other characters, none, or more than 32, is [`Nameless::Unfit`].
    pub fn new(name: &str, source: &'static str) -> Result<Self, Nameless> {
        let fit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if (1..=32).contains(&name.len()) && name.bytes().all(fit) {
            Ok(Self(name.to_owned()))
        } else {
            Err(Nameless::Unfit(name.to_owned(), source))
        }
    }

    /// Returns the name that somebody gave: the one asked for, else `RECTO_REVIEWER`, the config's.
    ///
    /// # Errors
    /// The first of these that is there decides; if it is unfit, the next is not tried.
    pub fn named(asked: Option<&str>, config: &Config) -> Result<Option<Self>, Nameless> {
        if let Some(name) = asked {
            return Self::new(name, "--reviewer").map(Some);
        }
        if let Some(name) = env::var_os("RECTO_REVIEWER").filter(|name| !name.is_empty()) {
            return Self::new(&name.to_string_lossy(), "RECTO_REVIEWER").map(Some);
        }
        config.reviewer.as_deref().map(|name| Self::new(name, "the config file")).transpose()
    }

    /// Finds the name: the one given, else that of the operating system's user.
    ///
    /// # Errors
    /// As [`Reviewer::named`]; a user whose name is unfit, or who has none.
    pub fn find(asked: Option<&str>, config: &Config) -> Result<Self, Nameless> {
        if let Some(named) = Self::named(asked, config)? {
            return Ok(named);
        }
        let user = ["USER", "LOGNAME"].into_iter().find_map(env::var_os);
        let user = user.filter(|user| !user.is_empty());
        match user.map(|user| user.to_string_lossy().into_owned()).or_else(account) {
            Some(user) => Self::new(&user, "the user's name"),
            None => Err(Nameless::Unknown),
        }
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Looks the user up in `/etc/passwd`, for environments that name nobody, as in containers.
fn account() -> Option<String> {
    let accounts = fs::read_to_string("/etc/passwd").ok()?;
    account_of(&accounts, rustix::process::getuid().as_raw())
}

fn account_of(accounts: &str, uid: u32) -> Option<String> {
    accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    })
}

impl fmt::Display for Reviewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_by_number() {
        let accounts = "root:x:0:0:root:/root:/bin/sh\nmk:x:1000:1000::/home/mk:/bin/sh\n";
        assert_eq!(account_of(accounts, 1000).as_deref(), Some("mk"));
        assert_eq!(account_of(accounts, 100), None);
    }

    #[test]
    fn names() {
        for name in ["mk", "A_b-9", &"x".repeat(32)] {
            assert!(Reviewer::new(name, "test").is_ok(), "{name}");
        }
        for name in ["", "m k", "mü", "../mk", "a.b", &"x".repeat(33)] {
            assert!(Reviewer::new(name, "test").is_err(), "{name}");
        }
    }
}
