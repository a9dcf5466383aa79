//! Who may sign: the lists of keys that `ssh-keygen` reads, as far as they need no `ssh-keygen`.
//!
//! Where a line has anything that is not plain (quoted names, authorities, local times), the answer
//! is [`Answer::Unsure`], and `ssh-keygen` is asked.

use jiff::civil::Date;
use ssh_key::PublicKey;
use ssh_key::public::KeyData;

use crate::log::seal::{NAMESPACE, Unknown};

/// Tells whether a key may sign as somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It may.
    Allowed,
    /// It may not.
    No(Unknown),
    /// Only `ssh-keygen` can tell.
    Unsure,
}

/// Asks for a key by whose name and at what time it signed.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The signer's name.
    pub name: &'a str,
    /// The key: type and base64.
    pub public_key: &'a str,
    /// When, in UTC, as 14 digits.
    pub time: &'a str,
}

/// Looks a key up in the text of an `allowed_signers` file.
#[must_use]
pub fn ask(list: &str, asked: &Asked<'_>) -> Answer {
    let Some(key) = key(asked.public_key) else { return Answer::Unsure };
    let mut reason = Unknown::Unlisted;
    for line in list.split('\n') {
        match line_answer(line, asked, &key) {
            Answer::No(why) => reason = reason.max(why),
            other => return other,
        }
    }
    Answer::No(reason)
}

/// Says whether a list of keys, one a line, names this one.
#[must_use]
pub fn lists(list: &str, public_key: &str) -> bool {
    let wanted = key(public_key);
    wanted.is_some() && list.lines().any(|line| key(line) == wanted)
}

/// Reads the key, type and base64, at the start of a text.
fn key(text: &str) -> Option<KeyData> {
    let mut words = text.split_whitespace();
    let plain = format!("{} {}", words.next()?, words.next()?);
    Some(PublicKey::from_openssh(&plain).ok()?.key_data().clone())
}

fn line_answer(line: &str, asked: &Asked<'_>, wanted: &KeyData) -> Answer {
    let line = line.trim_start_matches([' ', '\t']);
    if line.is_empty() || line.starts_with('#') {
        return Answer::No(Unknown::Unlisted);
    }
    let Some((names, rest)) = line.split_once([' ', '\t']) else { return Answer::Unsure };
    if line.contains(['\r', '\0']) || names.contains('"') {
        return Answer::Unsure;
    }
    if !matches_list(asked.name, names) {
        return Answer::No(Unknown::Unlisted);
    }
    let rest = rest.trim_start_matches([' ', '\t']);
    let is_key = ["ssh-", "ecdsa-", "sk-"].iter().any(|start| rest.starts_with(start));
    let (options, text) = if is_key { ("", rest) } else { split_options(rest) };
    let Some(listed) = key(text) else { return Answer::Unsure };
    let Some(options) = Options::read(options) else { return Answer::Unsure };
    if listed != *wanted {
        return Answer::No(Unknown::Unlisted);
    }
    let namespaces = options.namespaces;
    if namespaces.is_some_and(|allowed| !matches_list(NAMESPACE, allowed)) {
        Answer::No(Unknown::OtherUse)
    } else if options.after.is_some_and(|after| *asked.time < *after) {
        Answer::No(Unknown::NotYet)
    } else if options.before.is_some_and(|before| *asked.time > *before) {
        Answer::No(Unknown::Expired)
    } else {
        Answer::Allowed
    }
}

/// Divides a line after its first blank outside of quotes.
fn split_options(text: &str) -> (&str, &str) {
    let mut quoted = false;
    let end = text.find(|c: char| {
        quoted ^= c == '"';
        !quoted && matches!(c, ' ' | '\t')
    });
    text.split_at(end.unwrap_or(text.len()))
}

/// Holds the options of a line that are understood.
#[derive(Debug, Default)]
struct Options<'a> {
    namespaces: Option<&'a str>,
    after: Option<String>,
    before: Option<String>,
}

impl<'a> Options<'a> {
    /// Reads options; nothing where one is not understood.
    fn read(text: &'a str) -> Option<Self> {
        let mut options = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            let (name, value) = rest.split_once("=\"")?;
            let (value, after) = value.split_once('"')?;
            let twice = match name {
                "namespaces" => options.namespaces.replace(value).is_some(),
                "valid-after" => options.after.replace(time(value)?).is_some(),
                "valid-before" => options.before.replace(time(value)?).is_some(),
                _ => return None,
            };
            let escapes = value.contains('\\') || value.is_empty();
            rest = if after.is_empty() { after } else { after.strip_prefix(',')? };
            if twice || escapes {
                return None;
            }
        }
        Some(options)
    }
}

/// Reads a time of the list that is in UTC, as 14 digits.
fn time(text: &str) -> Option<String> {
    let digits = text.strip_suffix('Z')?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(digits.len(), 8 | 12 | 14) {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("0").parse::<i16>().ok();
    let (month, day) = (part(4, 6)? as i8, part(6, 8)? as i8);
    Date::new(part(0, 4)?, month, day).ok()?;
    let clock = part(8, 10)? < 24 && part(10, 12)? < 60 && part(12, 14)? < 60;
    clock.then(|| format!("{digits:0<14}"))
}

/// Says whether a word matches a comma-separated list of patterns, of which none with `!` matches.
fn matches_list(word: &str, patterns: &str) -> bool {
    let mut found = false;
    for pattern in patterns.split(',') {
        match pattern.strip_prefix('!') {
            Some(denied) if matches(word.as_bytes(), denied.as_bytes()) => return false,
            Some(_) => {}
            None => found |= matches(word.as_bytes(), pattern.as_bytes()),
        }
    }
    found
}

/// Says whether a word matches a pattern with `*` and `?`. Linear in practice: of several stars only
/// the last is tried again.
fn matches(word: &[u8], pattern: &[u8]) -> bool {
    let (mut at, mut next) = (0, 0);
    let mut star = None;
    while at < word.len() {
        match pattern.get(next) {
            Some(b'*') => {
                star = Some((at, next));
                next += 1;
            }
            Some(&byte) if byte == b'?' || byte == word[at] => {
                at += 1;
                next += 1;
            }
            _ => match star {
                Some((from, after)) => {
                    star = Some((from + 1, after));
                    (at, next) = (from + 1, after + 1);
                }
                None => return false,
            },
        }
    }
    pattern[next..].iter().all(|&byte| byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILdFSyg6woqbZm2DmTmXaLZ+NqANxtxjB6ye8YZzPcot";
    const OTHER: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIbj2dWHz4pGKTOMAFdPXEDCXBWwCNMEDSmhFcbZTe9B";

    fn asked(list: &str) -> Answer {
        let (name, time) = ("mk", "20261123173102");
        ask(list, &Asked { name, public_key: KEY, time })
    }

    #[test]
    fn lines_by_what_they_allow() {
        let no = Answer::No;
        for (line, answer) in [
            (format!("mk {KEY} comment"), Answer::Allowed),
            (format!("# x\n\nab {OTHER}\nab,m? {KEY}"), Answer::Allowed),
            (format!("*,!mk {KEY}"), no(Unknown::Unlisted)),
            (format!("ab {KEY}"), no(Unknown::Unlisted)),
            (format!("mk {OTHER}"), no(Unknown::Unlisted)),
            (format!("mk namespaces=\"git\" {KEY}"), no(Unknown::OtherUse)),
            (format!("mk namespaces=\"git,rec*\" {KEY}"), Answer::Allowed),
            (format!("mk valid-before=\"20261123173101Z\" {KEY}"), no(Unknown::Expired)),
            (format!("mk valid-before=\"20261123173102Z\" {KEY}"), Answer::Allowed),
            (format!("mk valid-after=\"20261124Z\" {KEY}"), no(Unknown::NotYet)),
            (
                format!("mk valid-after=\"202611231731Z\",valid-before=\"20270101Z\" {KEY}"),
                Answer::Allowed,
            ),
            (format!("mk valid-before=\"20270101\" {KEY}"), Answer::Unsure),
            (format!("mk valid-before=\"20270231Z\" {KEY}"), Answer::Unsure),
            (format!("mk cert-authority {KEY}"), Answer::Unsure),
            (format!("\"mk\" {KEY}"), Answer::Unsure),
            ("mk nonsense\n".to_owned(), Answer::Unsure),
            (String::new(), no(Unknown::Unlisted)),
        ] {
            assert_eq!(asked(&line), answer, "{line}");
        }
    }

    #[test]
    fn patterns() {
        for (word, pattern, fits) in [
            ("mk", "*", true),
            ("mk", "m*k", true),
            ("mk", "m*kk", false),
            ("recto", "r*c?o", true),
            ("aab", "*ab", true),
            ("mk", "m", false),
            ("", "*", true),
            ("mk", "", false),
        ] {
            assert_eq!(matches(word.as_bytes(), pattern.as_bytes()), fits, "{word} {pattern}");
        }
    }

    #[test]
    fn lists_of_keys() {
        assert!(lists(&format!("# gone\n{OTHER} x\n{KEY}\n"), KEY));
        assert!(!lists(&format!("mk {KEY}\n"), KEY));
    }
}
