//! The screen: model, update, layout, view, keymap and theme, without a terminal.
//!
//! `update(&mut Model, Msg) -> Vec<Effect>` decides, the shell does, `view(&Model, size)`
//! shows. Positions come from `layout`, which both use, never from a drawn frame.

pub mod alike;
pub mod disputes;
pub mod filter;
pub mod help;
pub mod highlight;
pub mod input;
pub mod inspect;
pub mod jumps;
pub mod keymap;
pub mod layout;
pub mod message;
pub mod mode;
pub mod model;
pub mod msg;
pub mod player;
pub mod seals;
pub mod searched;
pub mod special;
pub mod spoken;
pub mod start;
pub mod summary;
pub mod suspects;
pub mod telling;
pub mod texts;
pub mod theme;
pub mod toml_file;
pub mod typed;
pub mod update;
pub mod view;
pub mod wanted;
pub mod witness;
pub mod words;
