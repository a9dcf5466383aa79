//! From a review to bytes in a format.
//!
//! | module | what it writes, or holds |
//! |---|---|
//! | [`format`] | the formats of `recto export` by name |
//! | [`about`] | what an export tells of |
//! | [`established`] | the established text |
//! | [`side_by_side`] | the collation for people, in two columns |
//! | [`diff_json`] | the collation as one JSON document |
//! | [`unified`] | a unified diff that `patch` applies to the base |
//! | [`data`] | the review as JSON: fixes with their states, own changes, notes, sign-offs |

pub mod about;
pub mod data;
pub mod diff_json;
pub mod established;
pub mod format;
pub mod side_by_side;
pub mod unified;
