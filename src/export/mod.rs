//! From a review to bytes in a format.
//!
//! | module | what it writes, or holds |
//! |---|---|
//! | [`format`](mod@format) | the formats of `recto export` by name |
//! | [`about`] | what an export tells of |
//! | [`established`] | the established text |
//! | [`side_by_side`] | the collation for people, in two columns |
//! | [`diff_json`] | the collation as one JSON document |
//! | [`unified`] | a unified diff that `patch` applies to the base |
//! | [`csv`] | a table, one row a fix |
//! | [`markdown`] | a report to read or paste |
//! | [`html`] | one page for a browser or a printer |
//! | [`tei`] | an edition in TEI P5 |
//! | [`premis`] | what happened to the documents, as PREMIS 3 |
//! | [`xml`] | well-formed XML, whatever the text |
//! | [`changes`] | the whole text cut at its changes |
//! | [`readers`] | several reviewers' logs as one export tells of them |
//! | [`items`] | each fix and own change with its state and who decided it |
//! | [`data`] | the review as JSON: fixes with their states, own changes, notes, sign-offs |

pub mod about;
pub mod changes;
pub mod csv;
pub mod data;
pub mod diff_json;
pub mod established;
pub mod format;
pub mod html;
pub mod items;
pub mod markdown;
pub mod premis;
pub mod readers;
pub mod side_by_side;
pub mod tei;
pub mod unified;
pub mod xml;
