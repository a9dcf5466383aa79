//! The edit log: records, chain, scan, replay. Bytes in, values out.
//!
//! | module | what it holds |
//! |---|---|
//! | [`json`] | the strict reader of a line's JSON |
//! | [`members`] | the members of an object, by name and type |
//! | [`record`] | what a line says, as values |
//! | [`decode`], [`encode`] | lines to records and back |
//! | [`chain`] | hash, sequence and previous hash: the valid prefix of a log, and what follows it |
//! | [`replay`] | sources and standing decisions at any record |
//! | [`audit`] | chain and replay together, as `verify` and every opening need them |
//! | [`anchor`] | heads remembered elsewhere |
//! | [`seal`], [`signers`] | what is signed, and whose key may |
//! | [`chronicle`] | the records in order, with who wrote each |
//! | [`landmark`] | the records that a replay can be steered by |
//! | [`history`] | what happened, for people |
//! | [`line_history`] | what was ever decided at a place |
//! | [`time`] | the time stamps of records |
//! | [`draft`] | the records of a new log; acts cut into parts |
//! | [`witness`] | a log as it counts beside others over the same base |
//! | [`adjudicate`] | the record that settles a dispute |
//! | [`merge`] | what several logs say together: single, agreed, disputed |

pub mod adjudicate;
pub mod anchor;
pub mod audit;
pub mod chain;
pub mod chronicle;
pub mod decode;
pub mod draft;
pub mod encode;
pub mod history;
pub mod json;
pub mod landmark;
pub mod line_history;
pub mod members;
pub mod merge;
pub mod record;
pub mod replay;
pub mod seal;
pub mod signers;
pub mod time;
mod usual;
pub mod witness;
