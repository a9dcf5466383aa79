//! What comes into the screen's model and what it asks of the shell.

use std::sync::Arc;

use crate::collate::collation::Collation;
use crate::collate::gap::Gap;
use crate::digest::Digest;
use crate::review::event::Event;
use crate::ui::suspects::Suspects;

/// Holds a key press as decoded from the terminal's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Control was held.
    pub ctrl: bool,
    /// Whether Alt was held (or Escape came right before, in one read).
    pub alt: bool,
}

/// Tells which key was pressed. A capital letter is its own `Char`; Shift-Tab is `BackTab`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character.
    Char(char),
    /// The return key.
    Enter,
    /// The tabulator.
    Tab,
    /// Shift and the tabulator.
    BackTab,
    /// The escape key alone.
    Esc,
    /// Rubs out to the left.
    Backspace,
    /// Rubs out to the right.
    Delete,
    /// An arrow.
    Up,
    /// An arrow.
    Down,
    /// An arrow.
    Left,
    /// An arrow.
    Right,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// Holds what the mouse did and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub act: MouseAct,
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
}

/// Tells what the mouse did; only its first button and its wheel count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseAct {
    /// The button went down.
    Press,
    /// It moved with the button down.
    Drag,
    /// The button went up.
    Release,
    /// The wheel turned away from the person.
    WheelUp,
    /// The wheel turned towards the person.
    WheelDown,
}

/// Tells the model that something happened. One closed type: every input of the screen is one.
#[derive(Debug)]
pub enum Msg {
    /// A key; `frame` is the last frame wholly written before the key's bytes were read.
    Key {
        /// The key.
        key: Key,
        /// The frame's number.
        frame: u64,
    },
    /// A bracketed paste.
    Paste(String),
    /// The mouse did something. It never decides, so it carries no frame.
    Mouse(Mouse),
    /// A text was given to the clipboard (the words say where), or could not be (they say why).
    Copied(Result<String, String>),
    /// The terminal has another size, in cells.
    Resize {
        /// Its width.
        columns: u16,
        /// Its height.
        rows: u16,
    },
    /// A frame was wholly written: the next one has the next number.
    Drawn,
    /// The suspects of both texts were found.
    Suspected(Suspects),
    /// Gaps were worked out.
    Collated(Vec<(u32, Gap)>),
    /// The collation that [`Effect::Collate`] asked for, with the suspects of its texts.
    Recollated(Box<Collation>, Suspects),
    /// The events of the last [`Effect::Append`] are on disk, the first under this number.
    Appended {
        /// The sequence number of the first event; the others follow without a gap.
        first: u64,
        /// When it was written, as the log has it.
        time: String,
    },
    /// Nothing of the last [`Effect::Append`] is in the log; the sentence says why.
    NotSaved {
        /// Why, for people.
        why: String,
        /// Whether this log can take nothing more (a sync failed, another wrote in it).
        stopped: bool,
    },
    /// The last [`Effect::Seal`] is on disk.
    Sealed {
        /// The seal's record.
        seq: u64,
    },
    /// Nothing came of the last [`Effect::Seal`]; nothing else has changed.
    NotSealed {
        /// Why, for people.
        why: String,
    },
    /// `$EDITOR` gave back a text, or could not be run (the sentence says why).
    Edited(Result<String, String>),
    /// A file was written (its path), or could not be (the sentence says why).
    Written(Result<String, String>),
    /// The pause that [`Effect::Wake`] asked for is over.
    Tick,
    /// What the check of the log found, as `recto verify` prints it.
    Verified(String),
}

/// Asks something of the shell.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Write these events to the log, in one write and one sync. At most one is in flight.
    Append(Arc<Vec<Event>>),
    /// Seal the log, whose established text has this digest; whatever is to be written meanwhile
    /// goes before, and the seal is given up.
    Seal(Digest),
    /// Work out the gaps of these blocks before the others.
    Want(Vec<u32>),
    /// Work out the collation of the review's two texts as they are now, answer with
    /// [`Msg::Recollated`]. At most one is asked for at a time.
    Collate,
    /// Open `$EDITOR` on this text, answer with [`Msg::Edited`].
    Editor(String),
    /// Write the established text or another export to a file, answer with [`Msg::Written`].
    Export {
        /// The format's name as on the command line.
        format: String,
        /// Where to, as typed.
        path: String,
        /// What stands for open fixes: `base`, `transcript`, `mark`; none refuses.
        pending: Option<String>,
        /// Whether a file there may be replaced.
        force: bool,
    },
    /// Give a text to the clipboard, answer with [`Msg::Copied`].
    Copy(String),
    /// Take the mouse from the terminal, or give it back.
    Mouse(bool),
    /// Remember where the reviewer is: a byte of the base.
    Remember(usize),
    /// Send [`Msg::Tick`] after so many milliseconds, in place of one that was asked for before;
    /// with none, send it no more.
    Wake(Option<u64>),
    /// Verify the log, answer with [`Msg::Verified`].
    Verify,
    /// Clear the terminal and draw everything anew.
    Redraw,
    /// Stop like Ctrl-Z does.
    Suspend,
    /// Begin anew with the corrected text that was named and is not the log's.
    TakeTranscript,
    /// Leave.
    Quit,
}
