//! From bytes to documents.
//!
//! | module | what it reads |
//! |---|---|
//! | [`text`] | plain text, UTF-8 or another encoding that was named |
//! | [`page_break`] | where pages end, by a pattern that the reviewer gave |

pub mod page_break;
pub mod text;
