//! The text as a TEI P5 edition: every correction as a choice, what is open as an apparatus.
//!
//! All of the text stands in one `ab` that keeps its blanks: its line feeds are the line ends, `lb`
//! and `pb` stand before the first character of each line and page of the OCR. So a reader that
//! takes the characters as they are, in each `choice` the `corr` and in each `app` the `lem`, has the
//! established text byte for byte; one that takes `sic` and the `rdg` of the OCR has the OCR's. Notes
//! and the contents of `g` are not part of the text. XML 1.0 cannot hold most control characters, nor
//! U+FFFE and U+FFFF: each is a `g` that names a `char` of the header, which says its code point.

pub mod body;
pub mod head;
pub mod piece;

use crate::export::about::About;

/// Writes the edition.
#[must_use]
pub fn tei(about: &About<'_>) -> Vec<u8> {
    let body = body::body(about);
    let mut out = String::with_capacity(body.text.len() + 4096);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n");
    head::head(&mut out, about, &body.odd).expect("a string takes all");
    out.push_str("<text>\n<body>\n<ab xml:space=\"preserve\">");
    out.push_str(&body.text);
    out.push_str("</ab>\n</body>\n</text>\n</TEI>\n");
    out.into_bytes()
}
