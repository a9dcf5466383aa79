//! decide and apply: counts, states, undo and redo
