//! The terminal as a guard: raw mode and the other screen while it lives, everything back as it
//! was when it goes, whether by leaving, by a panic or by a signal.
//!
//! No question is ever asked of the terminal: an answer could come late and be taken for keys.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

use crate::text::visible::escape;

/// The other screen, no cursor, no wrapping at the margin, pastes in brackets.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h";
/// All of that back, after whatever a broken frame left open.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[r\x1b[m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";
/// Presses, releases and dragging of the mouse, in the form whose numbers have no limit.
const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
/// The mouse back to the terminal.
const NO_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// The window's title kept, and had back.
const KEEP_TITLE: &[u8] = b"\x1b[22;0t";
const TITLE_BACK: &[u8] = b"\x1b[23;0t";
/// How long leaving waits for a terminal that does not read.
const FAREWELL: Duration = Duration::from_millis(300);
/// How many letters of a title are sent.
const TITLE: usize = 80;
/// The size taken where the terminal does not know its own.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// Says why there is no terminal to work with.
#[derive(Debug, thiserror::Error)]
pub enum NoTerminal {
    /// Standard output is a file or a pipe.
    #[error("the screen needs a terminal, and standard output is none")]
    Output,
    /// No keys can be read.
    #[error("the screen needs a terminal to read keys from, and there is none: {0}")]
    Input(io::Error),
    /// The terminal cannot place its cursor.
    #[error("the screen needs a terminal that can place its cursor, and TERM says \"dumb\"")]
    Dumb,
    /// The terminal would not be set up.
    #[error("the terminal cannot be set up: {0}")]
    Setup(#[from] io::Error),
}

/// Holds the terminal's two ends and how it was found.
#[derive(Debug)]
pub struct Terminal {
    keys: OwnedFd,
    screen: OwnedFd,
    found: Termios,
    entered: AtomicBool,
    mouse: AtomicBool,
    title: OnceLock<String>,
}

/// Holds a terminal in raw mode on its other screen, and gives it back when dropped.
#[derive(Debug)]
pub struct Guard(Arc<Terminal>);

impl Terminal {
    /// Finds the terminal: standard output, and standard input or else the controlling terminal.
    ///
    /// # Errors
    /// [`NoTerminal`]; nothing was written then.
    pub fn find() -> Result<Self, NoTerminal> {
        if !io::stdout().is_terminal() {
            return Err(NoTerminal::Output);
        }
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(NoTerminal::Dumb);
        }
        let keys = if io::stdin().is_terminal() {
            io::stdin().as_fd().try_clone_to_owned()?
        } else {
            File::open("/dev/tty").map_err(NoTerminal::Input)?.into()
        };
        let screen = io::stdout().as_fd().try_clone_to_owned()?;
        Self::over(keys, screen).map_err(NoTerminal::Setup)
    }

    fn over(keys: OwnedFd, screen: OwnedFd) -> io::Result<Self> {
        let found = tcgetattr(&keys)?;
        let (entered, mouse) = (AtomicBool::new(false), AtomicBool::new(false));
        Ok(Self { keys, screen, found, entered, mouse, title: OnceLock::new() })
    }

    /// Names the window from the next [`Terminal::enter`] on, where the terminal has one; the name
    /// it had comes back when it is left. Only a first title counts.
    pub fn entitle(&self, title: &str) {
        let term = std::env::var("TERM").unwrap_or_default();
        // A console without windows may print what it does not know.
        let plain = ["", "linux", "vt", "ansi", "dumb", "cons"];
        if !plain.iter().any(|it| term == *it || (!it.is_empty() && term.starts_with(it))) {
            // Nothing in a title may end it early: text from files comes in its visible form.
            let title: String = escape(title).chars().take(TITLE).collect();
            let _ = self.title.set(title);
        }
    }

    /// Takes the mouse from the terminal, or gives it back; from the next [`Terminal::enter`] on
    /// where it is not entered.
    ///
    /// # Errors
    /// Those of the write.
    pub fn take_mouse(&self, taken: bool) -> io::Result<()> {
        self.mouse.store(taken, Ordering::SeqCst);
        match (self.is_taken(), taken) {
            (false, _) => Ok(()),
            (true, true) => self.write(MOUSE),
            (true, false) => self.write(NO_MOUSE),
        }
    }

    /// Returns what the terminal is told when it is taken.
    fn entering(&self) -> Vec<u8> {
        let mut bytes = ENTER.to_vec();
        if let Some(title) = self.title.get() {
            bytes.extend_from_slice(KEEP_TITLE);
            bytes.extend_from_slice(format!("\x1b]2;{title}\x1b\\").as_bytes());
        }
        if self.mouse.load(Ordering::SeqCst) {
            bytes.extend_from_slice(MOUSE);
        }
        bytes
    }

    /// Returns what the terminal is told when it is given back.
    fn leaving(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.mouse.load(Ordering::SeqCst) {
            bytes.extend_from_slice(NO_MOUSE);
        }
        if self.title.get().is_some() {
            bytes.extend_from_slice(TITLE_BACK);
        }
        bytes.extend_from_slice(LEAVE);
        bytes
    }

    /// Returns the end that keys come from.
    #[must_use]
    pub fn keys(&self) -> BorrowedFd<'_> {
        self.keys.as_fd()
    }

    /// Returns the size in columns and rows.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        match tcgetwinsize(&self.screen) {
            // A serial line does not know its size.
            Ok(size) if size.ws_col == 0 && size.ws_row == 0 => USUAL_SIZE,
            Ok(size) => (size.ws_col, size.ws_row),
            Err(_) => USUAL_SIZE,
        }
    }

    /// Writes all of `bytes`, in one write where the terminal takes them; blocks while it does not.
    ///
    /// # Errors
    /// Those of the write; an interrupted one and one that would block go on.
    pub fn write(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match rustix::io::write(&self.screen, bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => bytes = &bytes[written..],
                Err(Errno::INTR) => {}
                // Another program may have made the terminal non-blocking: wait until it reads.
                Err(Errno::AGAIN) => wait(&self.screen, None)?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Takes the terminal: raw mode, the other screen.
    ///
    /// # Errors
    /// Those of the terminal; it is as it was then.
    pub fn enter(&self) -> io::Result<()> {
        let mut raw = self.found.clone();
        raw.make_raw();
        self.entered.store(true, Ordering::SeqCst);
        let entered = tcsetattr(&self.keys, OptionalActions::Now, &raw)
            .map_err(io::Error::from)
            .and_then(|()| self.write(&self.entering()));
        if entered.is_err() {
            self.leave();
        }
        entered
    }

    /// Says whether the terminal is in our hands now.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.entered.load(Ordering::SeqCst)
    }

    /// Gives the terminal back as it was found; does nothing if that is done.
    ///
    /// A terminal that does not read does not hold this up for long: its modes come back, and what
    /// it was not told is lost.
    pub fn leave(&self) {
        if !self.entered.swap(false, Ordering::SeqCst) {
            return;
        }
        if let Ok(true) = ready(&self.screen, Some(FAREWELL)) {
            let _ = self.write(&self.leaving());
        }
        let _ = tcsetattr(&self.keys, OptionalActions::Now, &self.found);
    }
}

impl Guard {
    /// Takes the terminal, and sees to it that a panic on any thread gives it back before it speaks.
    ///
    /// # Errors
    /// Those of the terminal; it is as it was then.
    pub fn enter(terminal: Arc<Terminal>) -> io::Result<Self> {
        let before = panic::take_hook();
        let of_panic = Arc::downgrade(&terminal);
        panic::set_hook(Box::new(move |info| {
            if let Some(terminal) = of_panic.upgrade() {
                terminal.leave();
            }
            before(info);
        }));
        terminal.enter()?;
        Ok(Self(terminal))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.leave();
    }
}

/// Waits until `fd` takes bytes.
fn wait(fd: &OwnedFd, patience: Option<Duration>) -> io::Result<()> {
    ready(fd, patience).map(|_| ())
}

fn ready(fd: &OwnedFd, patience: Option<Duration>) -> io::Result<bool> {
    let patience = patience.map(timespec);
    loop {
        let mut fds = [PollFd::new(fd, PollFlags::OUT)];
        match poll(&mut fds, patience.as_ref()) {
            Ok(count) => return Ok(count > 0),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Returns `duration` as the kernel counts it.
pub(super) fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(duration.subsec_nanos()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use portable_pty::{MasterPty, PtySize, native_pty_system};

    use super::*;

    /// Returns a terminal over a pseudo-terminal, and the pseudo-terminal's other end.
    fn terminal() -> (Arc<Terminal>, Box<dyn MasterPty + Send>) {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let name = pair.master.tty_name().expect("it has a name");
        let open = || -> OwnedFd {
            File::options().read(true).write(true).open(&name).expect("it can be opened").into()
        };
        let terminal = Terminal::over(open(), open()).expect("it is a terminal");
        (Arc::new(terminal), pair.master)
    }

    fn modes(terminal: &Terminal) -> String {
        format!("{:?}", tcgetattr(&terminal.keys).expect("it is a terminal"))
    }

    #[test]
    fn a_panic_gives_the_terminal_back() {
        let (terminal, master) = terminal();
        let found = modes(&terminal);
        let within = catch_unwind(AssertUnwindSafe(|| {
            let _guard = Guard::enter(Arc::clone(&terminal)).expect("the terminal is taken");
            assert_ne!(modes(&terminal), found, "raw mode is another mode");
            panic!("this panic is part of the test");
        }));
        assert!(within.is_err());
        assert_eq!(modes(&terminal), found);
        let mut sent = vec![0; ENTER.len() + LEAVE.len()];
        master.try_clone_reader().expect("its output").read_exact(&mut sent).expect("bytes");
        assert_eq!(sent, [ENTER, LEAVE].concat());
    }

    #[test]
    fn mouse_and_title_come_and_go_with_the_screen() {
        let (terminal, _master) = terminal();
        let _ = terminal.title.set(escape("memo\x1b]0;evil\x07\u{202e}"));
        terminal.take_mouse(true).expect("nothing is written yet");
        let entering = String::from_utf8(terminal.entering()).expect("UTF-8");
        assert!(entering.contains("\x1b[22;0t\x1b]2;memo␛]0;evil␇‹U+202E›\x1b\\"), "{entering:?}");
        assert!(entering.ends_with("\x1b[?1000h\x1b[?1002h\x1b[?1006h"), "{entering:?}");
        let leaving = String::from_utf8(terminal.leaving()).expect("UTF-8");
        assert!(leaving.starts_with("\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[23;0t"), "{leaving:?}");
        terminal.take_mouse(false).expect("nothing is written yet");
        assert!(!terminal.leaving().starts_with(b"\x1b[?1006l"));
    }

    #[test]
    fn it_is_given_back_once() {
        let (terminal, master) = terminal();
        let guard = Guard::enter(Arc::clone(&terminal)).expect("the terminal is taken");
        terminal.leave();
        drop(guard);
        terminal.write(b"!").expect("it takes bytes");
        let mut sent = vec![0; ENTER.len() + LEAVE.len() + 1];
        master.try_clone_reader().expect("its output").read_exact(&mut sent).expect("bytes");
        assert_eq!(sent, [ENTER, LEAVE, b"!"].concat());
        assert_eq!(terminal.size(), (80, 24));
    }
}
