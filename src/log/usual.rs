//! A quick reader for the lines that most of a log consists of: decisions, undos and redos, written
//! member by member as [`crate::log::encode`] writes them.
//!
//! It leaves every other line, right or wrong, to [`crate::log::decode`]. What it does read, it
//! reads as that would: a test compares them on lines altered at random.

use std::borrow::Cow;

use compact_str::CompactString;

use crate::log::decode::{Content, Line, is_time};
use crate::log::json::Reader;
use crate::log::members::word;
use crate::log::record::Body;
use crate::review::event::{Decided, Event, Place, Site};

/// Reads a line of the usual form without its line feed, which follows the one with the hash `head`;
/// nothing where it has another form or does not follow.
pub(crate) fn line<'a>(text: &'a str, head: &[u8; 64]) -> Option<Line<'a>> {
    let mut reader = Reader::new(text);
    let seq = count_after(&mut reader, b"{\"v\":1,\"seq\":")?;
    let start = reader.took(b",\"prev\":\"").then(|| reader.at())?;
    let prev = reader.took(head).then(|| Cow::Borrowed(&text[start..start + head.len()]))?;
    let time = text_after(&mut reader, b"\",\"time\":")?;
    let kind = text_after(&mut reader, b",\"kind\":").filter(|_| is_time(&time))?;
    let event = match &*kind {
        "decided" => Event::Decided(decided(&mut reader)?),
        "undone" => Event::Undone(count_after(&mut reader, b",\"of\":")?),
        "redone" => Event::Redone(count_after(&mut reader, b",\"of\":")?),
        _ => return None,
    };
    let ended = reader.took(b",\"hash\":\"") && is_hash_and_end(&text.as_bytes()[reader.at()..]);
    ended.then_some(Line { seq, prev, time, content: Content::Body(Body::Review(event)) })
}

fn is_hash_and_end(rest: &[u8]) -> bool {
    let Some((hash, end)) = rest.split_first_chunk::<64>() else { return false };
    end == b"\"}" && hash.iter().fold(true, |hex, digit| hex & digit.is_ascii_hexdigit())
}

fn decided(reader: &mut Reader<'_>) -> Option<Decided> {
    let verdict = word(&text_after(reader, b",\"verdict\":")?)?;
    let scope = word(&text_after(reader, b",\"scope\":")?)?;
    let offered = count_if_there(reader, b",\"offered\":")?;
    let act = count_if_there(reader, b",\"act\":")?;
    let mut sites = Vec::with_capacity(1);
    let mut more = reader.took(b",\"sites\":[");
    while more {
        sites.push(site(reader)?);
        more = reader.took(b",");
    }
    reader.took(b"]").then_some(Decided { verdict, scope, offered, act, sites })
}

fn site(reader: &mut Reader<'_>) -> Option<Site> {
    let start = count_after(reader, b"{\"at\":[")?;
    let end = count_after(reader, b",").filter(|end| *end >= start)?;
    let span = usize::try_from(start).ok()?..usize::try_from(end).ok()?;
    let n = reader.took(b"]").then(|| count_if_there(reader, b",\"n\":"))??.unwrap_or_default();
    let n = u32::try_from(n).ok().filter(|n| *n == 0 || span.is_empty())?;
    let site = Site {
        place: Place::new(span, n),
        page: text_if_there(reader, b",\"page\":")?,
        line: count_if_there(reader, b",\"line\":")?,
        base: CompactString::new(text_after(reader, b",\"base\":")?),
        proposed: text_if_there(reader, b",\"proposed\":")?,
        reading: text_if_there(reader, b",\"reading\":")?,
        from: text_if_there(reader, b",\"from\":")?,
    };
    reader.took(b"}").then_some(site)
}

/// Reads a number without a sign that stands behind `before`.
fn count_after<const N: usize>(reader: &mut Reader<'_>, before: &[u8; N]) -> Option<u64> {
    if !reader.took(before) || reader.took(b"-") {
        return None;
    }
    u64::try_from(reader.integer().ok()?).ok()
}

fn text_after<'a, const N: usize>(
    reader: &mut Reader<'a>,
    before: &[u8; N],
) -> Option<Cow<'a, str>> {
    if reader.took(before) { reader.string().ok() } else { None }
}

/// Reads a number if `before` stands here; nothing where it stands before something else.
fn count_if_there<const N: usize>(
    reader: &mut Reader<'_>,
    before: &[u8; N],
) -> Option<Option<u64>> {
    if reader.took(before) { count_after(reader, b"").map(Some) } else { Some(None) }
}

fn text_if_there<const N: usize>(
    reader: &mut Reader<'_>,
    before: &[u8; N],
) -> Option<Option<CompactString>> {
    if reader.took(before) {
        reader.string().ok().map(|it| Some(CompactString::new(it)))
    } else {
        Some(None)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEAD: &[u8; 64] = &[b'0'; 64];
    use crate::digest::Digest;
    use crate::log::decode;
    use crate::log::encode;
    use crate::log::record::Record;
    use crate::review::event::{Mark, Noted, Scope, Verdict};

    fn texts() -> impl Strategy<Value = String> {
        "([a-cé\"\\\\\n]|\u{1}|\u{1f600}){0,9}"
    }

    fn sites() -> impl Strategy<Value = Vec<Site>> {
        let maybe = || prop::option::of(texts());
        let place = (0_usize..900, 0_usize..3, 0_u32..3);
        let site =
            (place, maybe(), prop::option::of(0_u64..99), texts(), maybe(), maybe(), maybe());
        let site =
            site.prop_map(|((start, length, n), page, line, base, proposed, reading, from)| {
                let place = Place::new(start..start + length, if length == 0 { n } else { 0 });
                let [page, proposed, reading, from] =
                    [page, proposed, reading, from].map(|it| it.map(CompactString::from));
                let base = base.into();
                Site { place, page, line, base, proposed, reading, from }
            });
        prop::collection::vec(site, 1..3)
    }

    fn lines() -> impl Strategy<Value = String> {
        let numbers = (prop::option::of(0_u64..9), prop::option::of(0_u64..9), 0_u64..99);
        (0..6, sites(), numbers).prop_map(|(kind, sites, (offered, act, of))| {
            let (verdict, scope) = (Verdict::Edit, Scope::Alike);
            let event = match kind {
                0 => Event::Undone(of),
                1 => Event::Redone(of),
                _ => Event::Decided(Decided { verdict, scope, offered, act, sites }),
            };
            written(event)
        })
    }

    fn written(event: Event) -> String {
        let time = "2026-11-23T17:31:02.114Z".to_owned();
        let record = Record { seq: 7, time, body: Body::Review(event) };
        let mut bytes = encode::line(&record, Digest::ZERO).bytes;
        bytes.pop();
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn leaves_other_lines_alone() {
        let note = Noted {
            at: 0..1,
            page: None,
            line: None,
            base: "a".to_owned(),
            mark: Mark::Sic,
            note: String::new(),
        };
        assert_eq!(line(&written(Event::Noted(note)), HEAD), None);
        for start in ["-0", "01", "1.0", "9007199254740992"] {
            let text = written(Event::Undone(3)).replace("\"of\":3", &format!("\"of\":{start}"));
            assert_eq!(line(&text, HEAD), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn reads_what_is_written(text in lines()) {
            let read = line(&text, HEAD);
            prop_assert!(read.is_some(), "{}", text);
            prop_assert_eq!(read, decode::line(&text).ok());
        }

        /// Altered a little, a line is read alike or left alone.
        #[test]
        fn agrees_with_the_strict_reader(
            text in lines(),
            cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..9), 1..4),
            put in prop::collection::vec("([\\[\\]{}:,\"\\\\0-9a-fnu-]|null|,\"n\":0|,\"at\":\\[1,2\\]|\\\\u00){0,3}", 3),
        ) {
            let mut altered: Vec<char> = text.chars().collect();
            for ((at, length), put) in cuts.iter().zip(&put) {
                let at = at.index(altered.len());
                let end = (at + length).min(altered.len());
                altered.splice(at..end, put.chars());
            }
            let altered: String = altered.into_iter().collect();
            if let Some(read) = line(&altered, HEAD) {
                prop_assert_eq!(Ok(read), decode::line(&altered), "{}", altered);
            }
        }
    }
}
