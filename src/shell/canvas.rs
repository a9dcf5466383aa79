//! What the screen is drawn on: the toolkit's buffers without its terminal.

use std::convert::Infallible;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};
use ratatui::{Frame, Terminal};

/// Holds a picture of a given size.
#[derive(Debug)]
pub struct Canvas(Terminal<Nowhere>);

/// Takes what the toolkit would send to a terminal: the painter compares whole pictures itself.
#[derive(Debug)]
struct Nowhere {
    size: Size,
    cursor: Option<Position>,
}

impl Canvas {
    /// Makes an empty picture of columns and rows.
    #[must_use]
    pub fn new((width, height): (u16, u16)) -> Self {
        let nowhere = Nowhere { size: Size { width, height }, cursor: None };
        let Ok(terminal) = Terminal::new(nowhere);
        Self(terminal)
    }

    /// Takes on another size.
    pub fn resize(&mut self, (width, height): (u16, u16)) {
        self.0.backend_mut().size = Size { width, height };
    }

    /// Draws a picture and returns it, with the place of the cursor if it is to be seen.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> (Buffer, Option<Position>) {
        let Ok(frame) = self.0.draw(view);
        let buffer = frame.buffer.clone();
        (buffer, self.0.backend().cursor)
    }
}

impl Backend for Nowhere {
    type Error = Infallible;

    fn draw<'a, I>(&mut self, _content: I) -> Result<(), Infallible>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.cursor = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.cursor = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn clear_region(&mut self, _clear_type: ClearType) -> Result<(), Infallible> {
        Ok(())
    }

    fn size(&self) -> Result<Size, Infallible> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}
