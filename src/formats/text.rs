//! Plain text: UTF-8 as it is, or another encoding that was named; nothing is trimmed or guessed.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, UTF_8};

use crate::digest::Digest;
use crate::document::{Document, Text, TooLong};
use crate::formats::page_break::PageBreak;
use crate::text::visible::quoted;

/// The name of this reader in logs.
pub const FORMAT: &str = "text";

/// Says how to read a file: what is not in its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// The file's name without its folder.
    pub name: &'a str,
    /// The label of its encoding, where it is not UTF-8.
    pub encoding: Option<&'a str>,
    /// Where its pages end, beside form feeds.
    pub page_break: Option<&'a PageBreak>,
}

/// Says why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Bytes that are not in the encoding.
    #[error("{name}, line {line}: byte {offset} (0x{byte:02X}) is not {encoding}")]
    Undecodable {
        /// The file's name.
        name: String,
        /// The encoding's name.
        encoding: &'static str,
        /// The offset of the first such byte.
        offset: usize,
        /// Its line from 1, counting line feed bytes.
        line: usize,
        /// The byte.
        byte: u8,
        /// What the file looks like instead.
        looks: Looks,
    },
    /// An encoding that nobody knows.
    #[error("no encoding is called {}", quoted(.0))]
    UnknownEncoding(String),
    /// 4 GiB or more.
    #[error("{0}: {1}")]
    TooLong(String, TooLong),
}

/// Tells what bytes that are not UTF-8 look like, by how they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// Text in UTF-16, the encoding's label with it.
    Utf16(&'static str),
    /// A file of another kind: its name.
    Other(&'static str),
    /// Text in some older encoding.
    Text,
}

/// Beginnings that tell what a file is.
const SIGNATURES: [(&[u8], Looks); 9] = [
    (b"\xff\xfe", Looks::Utf16("utf-16le")),
    (b"\xfe\xff", Looks::Utf16("utf-16be")),
    (b"%PDF-", Looks::Other("a PDF")),
    (b"\x89PNG", Looks::Other("a PNG image")),
    (b"\xff\xd8\xff", Looks::Other("a JPEG image")),
    (b"II*\0", Looks::Other("a TIFF image")),
    (b"MM\0*", Looks::Other("a TIFF image")),
    (b"PK\x03\x04", Looks::Other("a ZIP archive or an office document")),
    (b"\x1f\x8b", Looks::Other("a gzip archive")),
];

/// Reads plain text. BOM, CR, form feeds and a missing last line feed are part of it.
///
/// # Errors
/// The first byte that is not in the encoding; an unknown encoding; a text that is too long.
pub fn read(bytes: &[u8], reading: &Reading<'_>) -> Result<Document, TextError> {
    let (text, encoding) = read_text(bytes, reading)?;
    Ok(Document {
        name: reading.name.to_owned(),
        format: FORMAT.to_owned(),
        encoding,
        file_sha256: Digest::of(bytes),
        text,
    })
}

/// Reads the text like [`read`], and names the encoding where it is not UTF-8; no digest is made.
///
/// # Errors
/// As [`read`].
pub fn read_text(bytes: &[u8], reading: &Reading<'_>) -> Result<(Text, Option<String>), TextError> {
    let (text, encoding) = decode(bytes, reading)?;
    let text = Text::new(text).map_err(|why| TextError::TooLong(reading.name.to_owned(), why))?;
    let text = match reading.page_break {
        Some(page_break) => page_break.apply(text),
        None => text,
    };
    Ok((text, encoding))
}

/// Decodes the bytes, and names the encoding where it is not UTF-8.
fn decode<'a>(
    bytes: &'a [u8],
    reading: &Reading<'_>,
) -> Result<(Cow<'a, str>, Option<String>), TextError> {
    let encoding = match reading.encoding {
        None => UTF_8,
        Some(label) => Encoding::for_label(label.as_bytes())
            .ok_or_else(|| TextError::UnknownEncoding(label.to_owned()))?,
    };
    let undecodable = |offset: usize| TextError::Undecodable {
        name: reading.name.to_owned(),
        encoding: encoding.name(),
        offset,
        line: bytes[..offset].iter().filter(|&&byte| byte == b'\n').count() + 1,
        byte: bytes.get(offset).copied().unwrap_or_default(),
        looks: looks(bytes),
    };
    if encoding == UTF_8 {
        let text = std::str::from_utf8(bytes).map_err(|error| undecodable(error.valid_up_to()))?;
        return Ok((text.into(), None));
    }
    let text = decode_legacy(bytes, encoding).map_err(undecodable)?;
    Ok((text.into(), Some(encoding.name().to_ascii_lowercase())))
}

/// Decodes an encoding other than UTF-8; the error is the offset of the first malformed sequence.
fn decode_legacy(bytes: &[u8], encoding: &'static Encoding) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(room.unwrap_or(bytes.len()));
    let mut read = 0;
    loop {
        let (result, more) =
            decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
        read += more;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => text.reserve(bytes.len().max(64)),
            DecoderResult::Malformed(length, after) => {
                return Err(read.saturating_sub(usize::from(length) + usize::from(after)));
            }
        }
    }
}

fn looks(bytes: &[u8]) -> Looks {
    let found = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    found.map_or(Looks::Text, |&(_, looks)| looks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(bytes: &[u8], encoding: Option<&str>) -> Result<Document, TextError> {
        read(bytes, &Reading { name: "a.txt", encoding, page_break: None })
    }

    #[test]
    fn utf_8_is_kept_byte_for_byte() {
        for text in ["", "\u{feff}a\r\nb\x0cc", "no line feed at the end", "\0\u{202e}\x1b[31m"] {
            let document = read_as(text.as_bytes(), None).expect("UTF-8");
            assert_eq!(document.text.as_str(), text);
            assert_eq!(document.encoding, None);
            assert_eq!(document.file_sha256, Digest::of(text.as_bytes()));
        }
        let long = "x".repeat(1 << 20);
        assert_eq!(read_as(long.as_bytes(), None).expect("UTF-8").text.line_count(), 1);
    }

    #[test]
    fn the_first_wrong_byte_is_named() {
        let error = read_as(b"ab\nc\xe9d", None).expect_err("Latin-1");
        assert_eq!(error.to_string(), "a.txt, line 2: byte 4 (0xE9) is not UTF-8");
        let error = read_as(b"\xff\xfea\0", None).expect_err("UTF-16");
        assert!(matches!(error, TextError::Undecodable { looks: Looks::Utf16("utf-16le"), .. }));
        let error = read_as(b"abc\xe2\x82", None).expect_err("cut short");
        assert!(matches!(error, TextError::Undecodable { offset: 3, line: 1, .. }));
    }

    #[test]
    fn other_encodings_by_name() {
        let document = read_as(b"caf\xe9 \x93a\x94", Some("windows-1252")).expect("mappable");
        assert_eq!(document.text.as_str(), "café “a”");
        assert_eq!(document.encoding.as_deref(), Some("windows-1252"));
        let document = read_as(b"\xff\xfea\0\n\0", Some("utf-16le")).expect("UTF-16");
        assert_eq!(document.text.as_str(), "\u{feff}a\n");
        assert_eq!(read_as(b"a", Some("utf-8")).expect("UTF-8").encoding, None);
        let error = read_as(b"ab\n\x81\x20", Some("shift_jis")).expect_err("no such pair");
        assert_eq!(error.to_string(), "a.txt, line 2: byte 3 (0x81) is not Shift_JIS");
        let error = read_as(b"\xa5\xa5", Some("iso-8859-3")).expect_err("unmapped");
        assert!(matches!(error, TextError::Undecodable { offset: 0, .. }));
        let error = read_as(b"a", Some("klingon")).expect_err("unknown");
        assert_eq!(error.to_string(), "no encoding is called \"klingon\"");
    }
}
