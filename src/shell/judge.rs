//! Judges the seals of a log: by `ssh-keygen`, or in bulk without it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::log::seal::{self, Seal, Signature, Unknown, Verdict};
use crate::log::signers::{self, Answer, Asked};
use crate::shell::scratch::Scratch;
use crate::shell::ssh::{self, Check};
use crate::shell::who::Reviewer;
use crate::shell::{clock, files};

/// Where a collection keeps its list of signers: in this folder at its top.
const COLLECTION: &str = ".recto";

/// What a list of signers is called, there and beside a log.
const LIST: &str = "allowed_signers";

/// How a revocation list of OpenSSH's own form begins; any other is a list of keys.
const REVOCATION: &[u8] = b"SSHKRL\n\0";

/// Judges seals against lists of keys.
#[derive(Debug)]
pub struct Judge {
    /// The list of signers that was named; else each log's own is looked for.
    signers: Option<PathBuf>,
    revoked: Option<PathBuf>,
    /// Whether to do without `ssh-keygen` where that can be.
    fast: bool,
    /// The texts of lists, and what is known of revoked keys.
    texts: BTreeMap<PathBuf, Option<String>>,
    revocations: BTreeMap<String, bool>,
}

/// Says which seals of whose log are judged.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The log's id.
    pub log: &'a str,
    /// The reviewer.
    pub reviewer: &'a str,
    /// The list of signers.
    pub signers: Option<&'a Path>,
}

impl Judge {
    /// Judges by these lists.
    #[must_use]
    pub fn new(signers: Option<PathBuf>, revoked: Option<PathBuf>, fast: bool) -> Self {
        let (texts, revocations) = (BTreeMap::new(), BTreeMap::new());
        Self { signers, revoked, fast, texts, revocations }
    }

    /// Returns the list of signers for a log: the one named, else that in the log's folder, else
    /// the collection's (`.recto/allowed_signers` there or in a folder above), else the user's own.
    #[must_use]
    pub fn signers_of(&self, log: &Path) -> Option<PathBuf> {
        if let Some(named) = &self.signers {
            return Some(named.clone());
        }
        let folder = files::folder(log);
        let beside = folder.join(LIST);
        if beside.is_file() {
            return Some(beside);
        }
        let full = std::fs::canonicalize(folder).ok()?;
        let above = full.ancestors().map(|it| it.join(COLLECTION).join(LIST));
        let home = etcetera::home_dir().ok().map(|home| home.join(".ssh").join(LIST));
        above.chain(home).find(|list| list.is_file())
    }

    /// Judges a seal.
    pub fn judge(&mut self, seal: &Seal, case: &Case<'_>) -> Verdict {
        if let Some(why) = seal::malformed(&seal.sealed) {
            return Verdict::Broken(why);
        }
        let text = seal.statement(case.log).text();
        let quick = if self.fast { self.without_keygen(seal, case, &text) } else { None };
        quick.unwrap_or_else(|| match self.by_keygen(seal, case, &text) {
            Ok(verdict) => verdict,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let without = self.without_keygen(seal, case, &text);
                without.unwrap_or_else(|| Verdict::Unchecked("there is no ssh-keygen".to_owned()))
            }
            Err(error) => Verdict::Unchecked(format!("ssh-keygen cannot be run: {error}")),
        })
    }

    /// Judges a seal by its bytes and the lists alone; nothing where that is not sure.
    fn without_keygen(&mut self, seal: &Seal, case: &Case<'_>, text: &str) -> Option<Verdict> {
        match seal::check(&seal.sealed, text) {
            Signature::Unsure => return None,
            Signature::Bad(why) => return Some(Verdict::Broken(why)),
            Signature::Good => {}
        }
        let Some(list) = case.signers else { return Some(Verdict::Unknown(Unknown::NoList)) };
        let time: String = seal.time.bytes().filter(u8::is_ascii_digit).map(char::from).collect();
        let public_key = &seal.sealed.public_key;
        let asked = Asked { name: case.reviewer, public_key, time: time.get(..14)? };
        let answer = signers::ask(self.text(list)?, &asked);
        match answer {
            Answer::Unsure => None,
            Answer::No(why) => Some(Verdict::Unknown(why)),
            Answer::Allowed if self.is_revoked(public_key)? => {
                Some(Verdict::Unknown(Unknown::Revoked))
            }
            Answer::Allowed => Some(Verdict::Good),
        }
    }

    fn text(&mut self, list: &Path) -> Option<&str> {
        let read = || String::from_utf8(files::read(list).ok()?).ok();
        self.texts.entry(list.to_owned()).or_insert_with(read).as_deref()
    }

    fn is_revoked(&mut self, key: &str) -> Option<bool> {
        let Some(list) = self.revoked.clone() else { return Some(false) };
        if let Some(&known) = self.revocations.get(key) {
            return Some(known);
        }
        let bytes = files::read(&list).ok()?;
        let revoked = if bytes.starts_with(REVOCATION) {
            ssh::is_revoked(&list, key).ok()?
        } else {
            signers::lists(&String::from_utf8_lossy(&bytes), key)
        };
        self.revocations.insert(key.to_owned(), revoked);
        Some(revoked)
    }

    /// Lets `ssh-keygen` judge; only the words of a refusal are ours.
    fn by_keygen(&mut self, seal: &Seal, case: &Case<'_>, text: &str) -> io::Result<Verdict> {
        let folder = Scratch::new()?;
        let armour = seal::armour(&seal.sealed.signature).unwrap_or_default();
        let signature = folder.put("seal.sig", &armour)?;
        let check = Check { signature: &signature, text };
        // A name that no list can have is nobody's.
        let name = Reviewer::new(case.reviewer, "the log").ok();
        let list = case.signers.zip(name.as_ref()).zip(clock::local(&seal.time));
        if let Some(((list, name), time)) = list {
            let revoked = self.revoked.as_deref();
            if check.is_of(name.as_str(), list, &time, revoked)? {
                return Ok(Verdict::Good);
            }
            if revoked.is_some() && check.is_of(name.as_str(), list, &time, None)? {
                return Ok(Verdict::Unknown(Unknown::Revoked));
            }
        }
        if !check.is_signature()? {
            return Ok(Verdict::Broken(seal::NOT_SIGNED));
        }
        let Some(list) = case.signers else { return Ok(Verdict::Unknown(Unknown::NoList)) };
        let time: String = seal.time.bytes().filter(u8::is_ascii_digit).map(char::from).collect();
        let (name, public_key) = (case.reviewer, seal.sealed.public_key.as_str());
        let asked = Asked { name, public_key, time: time.get(..14).unwrap_or_default() };
        let why = match self.text(list).map(|text| signers::ask(text, &asked)) {
            Some(Answer::No(why)) => why,
            _ => Unknown::Unlisted,
        };
        Ok(Verdict::Unknown(why))
    }
}
