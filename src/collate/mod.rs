//! The alignment of base and transcript: a plan of blocks, gaps worked out one by one, rows, fixes.
//!
//! [`plan`](plan::plan) is one linear pass that finds the gaps between equal lines;
//! [`gap`](gap::gap) is a pure function of the two slices of one gap, so gaps can be done in any
//! order, on any core, and what a gap shows is final. [`Collation`](collation::Collation) holds
//! what is known so far.

mod anchors;
mod change;
pub mod collation;
mod ends;
pub mod fix;
mod flow;
pub mod gap;
mod kind;
pub mod lexicon;
mod likeness;
pub mod marks;
pub(crate) mod mixing;
mod pages;
mod pair;
pub mod plan;
mod rows;
mod slide;
mod steps;
mod units;
mod within;
pub mod work;
