//! The review: base, transcript and decisions; `decide` holds all rules, `apply` has none.
//!
//! | module | what it holds |
//! |---|---|
//! | [`event`] | what a log remembers of a review: decisions, undo, notes, sign-offs |
//! | [`ledger`] | which sites stand: needs the base alone, no collation |
//! | `covers` | which site covers which |
//! | `turn` | what undo and redo do to the ledger |
//! | [`counts`] | the states of fixes, counted |
//! | [`state`] | the ledger beside a collation: states of fixes, counts, the text as it stands |
//! | `stretch` | the fixes of a stretch with their states, the open ones before and after |
//! | [`timeline`] | the state at any record, forward and back |
//! | [`signed`] | sign-offs, and whether what was signed has changed |
//! | [`spans`] | places by where they lie, for the ledger |
//! | [`piece`] | a row's two sides as pieces to be drawn |
//! | [`command`] | what a person asks for |
//! | [`decide`] | what a command would record: all the rules |
//! | [`site`] | sites of a record: how far they reach |
//! | [`change`] | a change as it is compared with others |
//! | [`alike`] | places with the same change |
//! | `letters` | the letters in which two readings differ |
//! | [`offers`] | verdicts on places of a list |
//! | [`edit`] | an edit as the smallest sites |
//! | [`back`] | undo and redo |
//! | [`restore`] | an earlier reading brought back |

pub mod alike;
pub mod back;
pub mod change;
pub mod command;
pub mod counts;
mod covers;
pub mod decide;
pub mod edit;
pub mod event;
pub mod ledger;
mod letters;
pub mod offers;
pub mod piece;
pub mod restore;
pub mod signed;
pub mod site;
pub mod spans;
pub mod state;
mod stretch;
pub mod timeline;
mod turn;
