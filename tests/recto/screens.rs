//! Keys in, screen out: text and styles, at odd sizes too.

mod alike;
mod driver;
mod edit;
mod inspect;
mod laws;
mod looks;
mod mouse;
mod says;
mod seals;
mod themes;
mod verbs;
