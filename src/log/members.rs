//! The members of a record's objects, by name and type.

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;
use serde::de::value::{Error as NoVariant, StrDeserializer};

use crate::digest::Digest;
use crate::log::json::{Malformed, Reader, Value};
use crate::review::event::Site;
use crate::text::visible::quoted;

/// Says how a record breaks the rules of its kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A member is not there.
    #[error("the member \"{0}\" is missing")]
    Missing(&'static str),
    /// A member is of another type, or outside its limits.
    #[error("the member \"{0}\" is not what it should be")]
    Member(&'static str),
    /// A member holds a word that is not one of its words.
    #[error("the member \"{}\" holds an unknown word: {}", .0, quoted(.1))]
    Word(&'static str, String),
}

/// Reads one of an enum's words.
pub(crate) fn word<T: for<'de> Deserialize<'de>>(word: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<NoVariant>::new(word)).ok()
}

/// Reads the members of an object that is itself a member, by `read`.
pub(crate) fn in_object<T>(
    key: &'static str,
    value: &Value<'_>,
    read: impl FnOnce(&mut Members<'_>) -> Result<T, Wrong>,
) -> Result<T, Wrong> {
    let Value::Object(text) = value else { return Err(Wrong::Member(key)) };
    let mut members = Members::read(&mut Reader::new(text)).map_err(|_| Wrong::Member(key))?;
    read(&mut members)
}

/// Holds an object's members until they are asked for; those nobody asks for are left out.
#[derive(Debug)]
pub(crate) struct Members<'a> {
    list: Vec<(Cow<'a, str>, Value<'a>)>,
    /// The sites of a decision, where they were read in one go.
    pub(crate) sites: Option<Result<Vec<Site>, Wrong>>,
}

impl<'a> Members<'a> {
    /// Makes room for the members of most objects.
    pub(crate) fn new() -> Self {
        Self { list: Vec::with_capacity(12), sites: None }
    }

    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, Malformed> {
        let mut members = Self::new();
        reader.object(|key, value| members.put(key, value))?;
        Ok(members)
    }

    pub(crate) fn put(&mut self, key: Cow<'a, str>, value: Value<'a>) {
        self.list.push((key, value));
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<Value<'a>> {
        let found = self.list.iter().position(|(name, _)| name == key)?;
        Some(self.list.swap_remove(found).1)
    }

    pub(crate) fn text_if_there(
        &mut self,
        key: &'static str,
    ) -> Result<Option<Cow<'a, str>>, Wrong> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Wrong::Member(key)),
        }
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Result<Cow<'a, str>, Wrong> {
        self.text_if_there(key)?.ok_or(Wrong::Missing(key))
    }

    pub(crate) fn owned(&mut self, key: &'static str) -> Result<String, Wrong> {
        self.text(key).map(Cow::into_owned)
    }

    pub(crate) fn owned_if_there(&mut self, key: &'static str) -> Result<Option<String>, Wrong> {
        Ok(self.text_if_there(key)?.map(Cow::into_owned))
    }

    pub(crate) fn integer(&mut self, key: &'static str) -> Result<i64, Wrong> {
        match self.take(key) {
            None => Err(Wrong::Missing(key)),
            Some(Value::Integer(number)) => Ok(number),
            Some(_) => Err(Wrong::Member(key)),
        }
    }

    pub(crate) fn count_if_there(&mut self, key: &'static str) -> Result<Option<u64>, Wrong> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Integer(number)) => {
                u64::try_from(number).map(Some).map_err(|_| Wrong::Member(key))
            }
            Some(_) => Err(Wrong::Member(key)),
        }
    }

    pub(crate) fn count(&mut self, key: &'static str) -> Result<u64, Wrong> {
        self.count_if_there(key)?.ok_or(Wrong::Missing(key))
    }

    pub(crate) fn digest(&mut self, key: &'static str) -> Result<Digest, Wrong> {
        let hex = self.text(key)?;
        Digest::from_hex(hex.as_bytes()).map_err(|_| Wrong::Member(key))
    }

    pub(crate) fn word<T: for<'de> Deserialize<'de>>(
        &mut self,
        key: &'static str,
    ) -> Result<T, Wrong> {
        let found = self.text(key)?;
        word(&found).ok_or_else(|| Wrong::Word(key, found.into_owned()))
    }

    /// Reads `[start,end]` with `start <= end`.
    pub(crate) fn span(&mut self, key: &'static str) -> Result<Range<usize>, Wrong> {
        let text = match self.take(key) {
            None => return Err(Wrong::Missing(key)),
            Some(Value::Array(text)) => text,
            Some(_) => return Err(Wrong::Member(key)),
        };
        let pair = text[1..text.len() - 1].split_once(',');
        let number = |digits: &str| digits.parse::<usize>().ok();
        pair.and_then(|(start, end)| Some(number(start)?..number(end)?))
            .filter(|span| span.start <= span.end)
            .ok_or(Wrong::Member(key))
    }

    pub(crate) fn list<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(Value<'a>) -> Result<T, Wrong>,
    ) -> Result<Vec<T>, Wrong> {
        let text = match self.take(key) {
            None => return Err(Wrong::Missing(key)),
            Some(Value::Array(text)) => text,
            Some(_) => return Err(Wrong::Member(key)),
        };
        let mut list = Vec::new();
        let read = Reader::new(text).array(|value| list.push(read(value)));
        read.map_err(|_| Wrong::Member(key))?;
        list.into_iter().collect()
    }

    pub(crate) fn object<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Members<'_>) -> Result<T, Wrong>,
    ) -> Result<T, Wrong> {
        self.object_or_null(key, read)?.ok_or(Wrong::Member(key))
    }

    pub(crate) fn object_or_null<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Members<'_>) -> Result<T, Wrong>,
    ) -> Result<Option<T>, Wrong> {
        match self.take(key) {
            None => Err(Wrong::Missing(key)),
            Some(Value::Null) => Ok(None),
            Some(value) => in_object(key, &value, read).map(Some),
        }
    }
}
