//! What `recto verify` tells of a log's sign-offs.

use crate::log::audit::Audit;
use crate::review::signed::Signature;

/// Returns the sign-offs in force.
#[must_use]
pub fn signed(audit: &Audit) -> Vec<&Signature> {
    audit.replay.iter().flat_map(|replay| replay.ledger.signatures()).collect()
}

/// How many sign-offs are told one by one.
const TOLD: usize = 3;

/// Tells of sign-offs, one by one or, of many, how many were changed since.
#[must_use]
pub fn signed_lines(signed: &[&Signature]) -> Vec<(&'static str, String, String)> {
    let state = |it: &Signature| if it.changed.is_some() { "changed" } else { "ok" };
    if signed.len() <= TOLD {
        let words = std::iter::once("signed").chain(std::iter::repeat(""));
        let line = |(word, it): (_, &&Signature)| (word, state(it).to_owned(), it.in_words());
        return words.zip(signed).map(line).collect();
    }
    let changed: Vec<&&Signature> = signed.iter().filter(|it| it.changed.is_some()).collect();
    let all = format!("{} sign-offs", signed.len());
    let line = match changed.first() {
        None => ("signed", "ok".to_owned(), all),
        Some(first) => {
            let (count, first) = (changed.len(), first.in_words());
            ("signed", "changed".to_owned(), format!("{count} of {all}, first: {first}"))
        }
    };
    vec![line]
}
