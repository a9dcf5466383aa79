//! The screen: model, update, layout, view, keymap and theme, without a terminal.
