//! The screen: model, update, layout, view, keymap and theme, without a terminal.
//!
//! `update(&mut Model, Msg) -> Vec<Effect>` decides, the shell does, `view(&Model, &mut Frame)`
//! shows.

pub mod msg;
