//! A row's two sides as pieces to be drawn.
