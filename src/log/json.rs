//! A strict reader of the JSON that log lines are made of; borrows what it can.
//!
//! It takes no white space between tokens, integers only, unique keys at every depth, no unpaired
//! surrogate escapes and no deep nesting (log format §1). `serde_json` alone would let most of
//! these pass, or see them only in a second pass.

use std::borrow::Cow;

/// How deep objects and arrays may be nested.
pub const MAX_DEPTH: usize = 64;

/// Integers lie strictly between minus and plus this number.
const INTEGER_LIMIT: i64 = 1 << 53;

/// Says why a text is not JSON as a log has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{what} (at byte {at} of the line)")]
pub struct Malformed {
    /// What is wrong.
    pub what: &'static str,
    /// Where, as a byte of the text that was read.
    pub at: usize,
}

/// Holds one value; objects and arrays as their own checked text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A string, unescaped.
    Text(Cow<'a, str>),
    /// An array's text, checked.
    Array(&'a str),
    /// An object's text, checked.
    Object(&'a str),
}

/// Reads one JSON value from the start to the end of a text.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// The keys of all objects that are being read, the innermost last.
    keys: Vec<Cow<'a, str>>,
}

impl<'a> Reader<'a> {
    /// Starts at the first byte of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, keys: Vec::new() }
    }

    /// Checks that nothing is left.
    ///
    /// # Errors
    /// Anything after the value is malformed.
    pub fn end(&self) -> Result<(), Malformed> {
        if self.at == self.text.len() { Ok(()) } else { Err(self.wrong("something follows")) }
    }

    /// Reads an object and gives `take` each member's key and value, in order.
    ///
    /// # Errors
    /// What is malformed, however deep inside.
    pub fn object(
        &mut self,
        mut take: impl FnMut(Cow<'a, str>, Value<'a>),
    ) -> Result<(), Malformed> {
        self.members(|reader, key| {
            let value = reader.value()?;
            take(key, value);
            Ok(())
        })
    }

    /// Reads an array and gives `take` each element.
    ///
    /// # Errors
    /// What is malformed, however deep inside.
    pub fn array(&mut self, mut take: impl FnMut(Value<'a>)) -> Result<(), Malformed> {
        self.elements(|reader| {
            take(reader.value()?);
            Ok(())
        })
    }

    /// Reads a value; an object or array is checked and kept as text.
    ///
    /// # Errors
    /// What is malformed, however deep inside.
    pub fn value(&mut self) -> Result<Value<'a>, Malformed> {
        let start = self.at;
        match self.peek() {
            b'"' => Ok(Value::Text(self.string()?)),
            b'{' => {
                self.members(|reader, _| reader.skip())?;
                Ok(Value::Object(&self.text[start..self.at]))
            }
            b'[' => {
                self.elements(Self::skip)?;
                Ok(Value::Array(&self.text[start..self.at]))
            }
            b'n' => self.word(b"null").map(|()| Value::Null),
            b't' => self.word(b"true").map(|()| Value::Bool(true)),
            b'f' => self.word(b"false").map(|()| Value::Bool(false)),
            _ => Ok(Value::Integer(self.integer()?)),
        }
    }

    fn skip(&mut self) -> Result<(), Malformed> {
        match self.peek() {
            b'"' => self.string().map(drop),
            b'{' => self.members(|reader, _| reader.skip()),
            b'[' => self.elements(Self::skip),
            _ => self.value().map(drop),
        }
    }

    /// Reads an object; `each` reads each member's value.
    ///
    /// # Errors
    /// What is malformed, and what `each` says.
    pub fn members(
        &mut self,
        mut each: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.enter()?;
        if self.keys.capacity() == 0 {
            self.keys.reserve(USUAL_KEYS);
        }
        let first = self.keys.len();
        let mut seen = 0;
        if !self.took_byte(b'}') {
            loop {
                let key = self.string()?;
                self.once(&key, first, &mut seen)?;
                self.keys.push(key.clone());
                self.token(b':', "a colon is missing")?;
                each(self, key)?;
                if self.took_byte(b'}') {
                    break;
                }
                self.token(b',', "a comma or closing brace is missing")?;
            }
        }
        self.unique(first)?;
        self.keys.truncate(first);
        self.depth -= 1;
        Ok(())
    }

    /// Reads an array; `each` reads each element.
    ///
    /// # Errors
    /// What is malformed, and what `each` says.
    pub fn elements(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.enter()?;
        if !self.took_byte(b']') {
            loop {
                each(self)?;
                if self.took_byte(b']') {
                    break;
                }
                self.token(b',', "a comma or closing bracket is missing")?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn enter(&mut self) -> Result<(), Malformed> {
        if self.depth == MAX_DEPTH {
            return Err(self.wrong("nested deeper than 64 levels"));
        }
        if !matches!(self.peek(), b'{' | b'[') {
            return Err(self.wrong("a value is not what it should be"));
        }
        self.at += 1;
        self.depth += 1;
        Ok(())
    }

    /// Checks a key of a small object against those before it. `seen` has a bit for each key's
    /// length and first byte, so that few are compared.
    fn once(&self, key: &str, first: usize, seen: &mut u64) -> Result<(), Malformed> {
        let head = key.bytes().next().unwrap_or_default();
        let bit = 1 << (usize::from(head).wrapping_add(key.len().wrapping_mul(11)) & 63);
        let before = &self.keys[first..];
        if *seen & bit != 0 && before.len() <= MANY_KEYS && before.iter().any(|k| k == key) {
            return Err(self.wrong(KEY_TWICE));
        }
        *seen |= bit;
        Ok(())
    }

    /// Checks the keys of a large object when all are known; comparing each with each would let a
    /// hostile line take hours.
    fn unique(&mut self, first: usize) -> Result<(), Malformed> {
        if self.keys.len() - first <= MANY_KEYS {
            return Ok(());
        }
        self.keys[first..].sort_unstable();
        let twice = self.keys[first..].windows(2).any(|pair| pair[0] == pair[1]);
        if twice { Err(self.wrong(KEY_TWICE)) } else { Ok(()) }
    }

    /// Reads a string, unescaped.
    ///
    /// # Errors
    /// What is malformed in it.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, Malformed> {
        self.token(b'"', "a string is missing")?;
        let start = self.at;
        self.at = plain_end(self.text.as_bytes(), self.at);
        if self.peek() == b'"' {
            self.at += 1;
            return Ok(Cow::Borrowed(&self.text[start..self.at - 1]));
        }
        let mut text = self.text[start..self.at].to_owned();
        loop {
            match self.peek() {
                b'"' => break,
                b'\\' => text.push(self.escape()?),
                _ => return Err(self.wrong("a string holds a bare control character or no end")),
            }
            let start = self.at;
            self.at = plain_end(self.text.as_bytes(), self.at);
            text.push_str(&self.text[start..self.at]);
        }
        self.at += 1;
        Ok(Cow::Owned(text))
    }

    fn escape(&mut self) -> Result<char, Malformed> {
        self.at += 1;
        let letter = self.peek();
        self.at += 1;
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err(self.wrong("an escape is unknown")),
        })
    }

    fn code_point(&mut self) -> Result<char, Malformed> {
        let high = self.four_digits()?;
        let code = if (0xd800..0xdc00).contains(&high) {
            if !self.text.as_bytes()[self.at..].starts_with(b"\\u") {
                return Err(self.wrong("a surrogate is unpaired"));
            }
            self.at += 2;
            let low = self.four_digits()?;
            if !(0xdc00..0xe000).contains(&low) {
                return Err(self.wrong("a surrogate is unpaired"));
            }
            0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)
        } else {
            high
        };
        char::from_u32(code).ok_or_else(|| self.wrong("a surrogate is unpaired"))
    }

    fn four_digits(&mut self) -> Result<u32, Malformed> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = char::from(self.peek()).to_digit(16);
            code = code * 16 + digit.ok_or_else(|| self.wrong("an escape lacks hex digits"))?;
            self.at += 1;
        }
        Ok(code)
    }

    /// Reads an integer.
    ///
    /// # Errors
    /// Another number, one beyond the limits, no number.
    pub(crate) fn integer(&mut self) -> Result<i64, Malformed> {
        let negative = self.took_byte(b'-');
        let start = self.at;
        let mut number: i64 = 0;
        while self.peek().is_ascii_digit() {
            number = number * 10 + i64::from(self.peek() - b'0');
            if number >= INTEGER_LIMIT {
                return Err(self.wrong("an integer is too large"));
            }
            self.at += 1;
        }
        let digits = &self.text.as_bytes()[start..self.at];
        if digits.is_empty() {
            return Err(self.wrong("a value is missing or no JSON"));
        }
        if digits.len() > 1 && digits[0] == b'0' {
            return Err(self.wrong("an integer begins with 0"));
        }
        if matches!(self.peek(), b'.' | b'e' | b'E') {
            return Err(self.wrong("a number is no integer"));
        }
        Ok(if negative { -number } else { number })
    }

    fn word<const N: usize>(&mut self, word: &[u8; N]) -> Result<(), Malformed> {
        if self.took(word) { Ok(()) } else { Err(self.wrong("a value is missing or no JSON")) }
    }

    /// Returns how many bytes were read.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Goes behind `token` if it stands here; says whether it did. As its length is known when this
    /// is compiled, it costs no call.
    pub(crate) fn took<const N: usize>(&mut self, token: &[u8; N]) -> bool {
        let found = self.text.as_bytes()[self.at..].first_chunk() == Some(token);
        self.at += if found { N } else { 0 };
        found
    }

    fn took_byte(&mut self, token: u8) -> bool {
        let found = self.peek() == token;
        self.at += usize::from(found);
        found
    }

    fn token(&mut self, token: u8, missing: &'static str) -> Result<(), Malformed> {
        if self.took_byte(token) { Ok(()) } else { Err(self.wrong(missing)) }
    }

    /// Returns the next byte; 0, which no token starts with, at the end.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn wrong(&self, what: &'static str) -> Malformed {
        Malformed { what, at: self.at }
    }
}

const KEY_TWICE: &str = "a key stands twice in one object";

/// So many keys a record of one decision has, those of its site included.
const USUAL_KEYS: usize = 16;

/// Up to so many keys are compared each with each.
const MANY_KEYS: usize = 32;

/// Returns where the bytes of a string that stand for themselves end: at a quote, a backslash, a
/// control character or the end. Looks at eight bytes at a time.
fn plain_end(bytes: &[u8], start: usize) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
    let mut at = start;
    while let Some(chunk) = bytes.get(at..at + 8) {
        let word = u64::from_le_bytes(chunk.try_into().expect("eight bytes"));
        let controls = word.wrapping_sub(ONES * 0x20) & !word;
        let quotes = zeros(word ^ (ONES * u64::from(b'"')));
        let slashes = zeros(word ^ (ONES * u64::from(b'\\')));
        let hit = (controls | quotes | slashes) & HIGHS;
        if hit != 0 {
            // Borrows run upwards only, so the lowest hit is a true one.
            return at + hit.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let plain = |byte: &u8| *byte >= 0x20 && *byte != b'"' && *byte != b'\\';
    at + rest.iter().position(|byte| !plain(byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) -> Result<(), &'static str> {
        let mut reader = Reader::new(text);
        reader.value().and_then(|_| reader.end()).map_err(|wrong| wrong.what)
    }

    #[test]
    fn takes_json_as_a_log_has_it() {
        for text in [
            r#"{}"#,
            r#"[]"#,
            r#"{"a":1,"b":[null,true,false,-0,0,-12,9007199254740991],"c":{"a":{}}}"#,
            r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#,
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn refuses_everything_else() {
        let cases = [
            (r#"{"a":1,"a":2}"#, KEY_TWICE),
            (r#"{"a":1,"\u0061":2}"#, KEY_TWICE),
            (r#"{"b":{"a":[{"x":1,"x":1}]}}"#, KEY_TWICE),
            (r#"{"a": 1}"#, "a value is missing or no JSON"),
            (r#" {}"#, "a value is missing or no JSON"),
            (r#"{} "#, "something follows"),
            (r#"1.0"#, "a number is no integer"),
            (r#"1e2"#, "a number is no integer"),
            (r#"01"#, "an integer begins with 0"),
            (r#"-"#, "a value is missing or no JSON"),
            (r#"9007199254740992"#, "an integer is too large"),
            (r#"-99999999999999999999999999"#, "an integer is too large"),
            (r#""\ud800""#, "a surrogate is unpaired"),
            (r#""\udc00""#, "a surrogate is unpaired"),
            (r#""\ud800\ud800""#, "a surrogate is unpaired"),
            (r#""\ud800\n""#, "a surrogate is unpaired"),
            (r#""\x""#, "an escape is unknown"),
            (r#""\u12g4""#, "an escape lacks hex digits"),
            ("\"a\nb\"", "a string holds a bare control character or no end"),
            ("\"a", "a string holds a bare control character or no end"),
            (r#"[1,]"#, "a value is missing or no JSON"),
            (r#"{"a":1,}"#, "a string is missing"),
            (r#"nul"#, "a value is missing or no JSON"),
            ("", "a value is missing or no JSON"),
        ];
        for (text, why) in cases {
            assert_eq!(check(text), Err(why), "{text}");
        }
    }

    #[test]
    fn depth_and_many_keys_have_limits() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(check(&nested(64)), Ok(()));
        assert_eq!(check(&nested(65)), Err("nested deeper than 64 levels"));
        assert_eq!(check(&"[".repeat(1_000_000)), Err("nested deeper than 64 levels"));
        let keys = |count: usize| {
            let members: Vec<String> = (0..count).map(|i| format!("\"k{i}\":0")).collect();
            members.join(",")
        };
        assert_eq!(check(&format!("{{{}}}", keys(100_000))), Ok(()));
        assert_eq!(check(&format!("{{{},\"k7\":0}}", keys(100_000))), Err(KEY_TWICE));
    }

    proptest! {
        /// What the strict reader takes, `serde_json` takes too, with the same strings.
        #[test]
        fn agrees_with_serde_json(text in "[\\[\\]{}:,\"\\\\a-fu0-9é\u{1}.-]{0,24}") {
            if check(&text).is_ok() {
                prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
            }
        }

        #[test]
        fn strings_come_back(text in any::<String>()) {
            let json = serde_json::to_string(&text).expect("a string");
            prop_assert_eq!(Reader::new(&json).value(), Ok(Value::Text(text.into())));
        }
    }
}
