//! From a review to bytes in a format.
//!
//! | module | what it writes |
//! |---|---|
//! | [`unified`] | a unified diff that `patch` applies to the base |

pub mod unified;
