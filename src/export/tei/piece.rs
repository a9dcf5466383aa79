//! Identifiers and texts in the edition, whatever characters they have.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::export::xml;

/// Returns the identifier of a reviewer in the document.
pub(crate) fn reviewer_id(reviewer: &str) -> String {
    // A name may begin with a digit, an identifier may not.
    format!("reviewer-{}", xml::shown(reviewer))
}

/// Returns the identifier of one of several logs.
pub(crate) fn log_id(id: &str) -> String {
    format!("log-{}", xml::shown(id))
}

/// Returns the identifier of a character that XML cannot hold.
pub(crate) fn char_id(c: char) -> String {
    format!("u{:04X}", u32::from(c))
}

/// Writes text; what XML cannot hold as a `g`, remembered in `odd`.
pub(crate) fn push_text(out: &mut String, text: &str, odd: &mut BTreeSet<char>) {
    for c in text.chars() {
        if xml::is_allowed(c) {
            xml::push(out, c);
            continue;
        }
        odd.insert(c);
        let (id, shown) = (char_id(c), xml::shown(c.encode_utf8(&mut [0; 4])));
        write!(out, "<g ref=\"#{id}\">{shown}</g>").expect("a string takes all");
    }
}
