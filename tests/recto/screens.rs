//! Keys in, screen out: text and styles, at odd sizes too.

mod alike;
pub(crate) mod driver;
mod edit;
mod history;
mod inspect;
mod judging;
mod laws;
mod looks;
mod mouse;
mod one_key;
mod pictures;
mod player;
mod says;
mod scope;
mod seals;
mod suspects;
mod texts;
mod themes;
mod travel;
mod typescript;
mod verbs;
mod wrap;
