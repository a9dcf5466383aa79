//! A pseudo-terminal with the real program in it: what it shows, every byte it sent, what it left.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long anything may take before a test fails. Only a failing test waits so long.
const DEADLINE: Duration = Duration::from_secs(20);
/// Ends each frame.
pub(crate) const FRAME_END: &[u8] = b"\x1b[?2026l";

/// Holds the program and its terminal; dropped, the program is killed.
pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    shared: Arc<Shared>,
    /// Keeps the terminal open when the program has gone, so that its modes can be looked at.
    slave: std::fs::File,
    found: String,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    terminal: Option<vt100::Parser>,
    sent: Vec<u8>,
    frames: usize,
    /// Whether the terminal reads nothing for now: a stalled link.
    stalled: bool,
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("the test's terminal has cells")
}

impl Pty {
    /// Starts `program` with `arguments` in `folder`, on a terminal of columns and rows; its home
    /// and all its folders are below `folder`.
    pub(crate) fn start(
        folder: &Path,
        (columns, rows): (u16, u16),
        program: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(folder);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", folder);
        command.env("XDG_STATE_HOME", folder.join("state"));
        command.env("XDG_CONFIG_HOME", folder.join("config"));
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("RECTO_REVIEWER", "mk");
        for (name, value) in variables {
            command.env(name, value);
        }
        let name = pair.master.tty_name().expect("the terminal has a name");
        let slave = std::fs::File::options()
            .read(true)
            .write(true)
            .open(&name)
            .expect("the terminal can be opened");
        let found = modes(&slave);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let shared = Arc::new(Shared::default());
        shared.lock().terminal = Some(vt100::Parser::new(cells(rows), cells(columns), 0));
        let mut screen = pair.master.try_clone_reader().expect("the terminal's output");
        let reads = Arc::clone(&shared);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                drop(reads.wait(|state| !state.stalled));
                match screen.read(&mut bytes) {
                    Ok(0) | Err(_) => return,
                    Ok(count) => reads.take(&bytes[..count]),
                }
            }
        });
        let keys = pair.master.take_writer().expect("the terminal's input");
        Self { child, master: pair.master, keys, shared, slave, found }
    }

    /// Types.
    pub(crate) fn send(&mut self, keys: impl AsRef<[u8]>) {
        self.keys.write_all(keys.as_ref()).expect("the terminal takes keys");
        self.keys.flush().expect("the terminal takes keys");
    }

    /// Types, and waits for the end of the frame that answers.
    pub(crate) fn press(&mut self, keys: impl AsRef<[u8]>) {
        let frames = self.frames();
        self.send(keys);
        self.wait_until("a frame", |seen| seen.frames > frames);
    }

    /// Waits until the screen shows `text`.
    pub(crate) fn wait(&self, text: &str) {
        self.wait_until(&format!("{text:?}"), |seen| seen.text.contains(text));
    }

    /// Waits until `holds` of what the terminal shows and got; fails with the screen.
    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn(&Seen<'_>) -> bool) {
        let state = self.shared.wait(|state| holds(&state.seen()));
        let seen = state.seen();
        assert!(holds(&seen), "waited for {what} in vain; the screen is\n{}", seen.text);
    }

    /// Returns the screen's text.
    pub(crate) fn screen(&self) -> String {
        self.shared.lock().seen().text
    }

    /// Returns how many frames came so far.
    pub(crate) fn frames(&self) -> usize {
        self.shared.lock().frames
    }

    /// Returns how many bytes came so far.
    pub(crate) fn sent(&self) -> usize {
        self.shared.lock().sent.len()
    }

    /// Returns the bytes that came after the first `from`.
    pub(crate) fn sent_from(&self, from: usize) -> Vec<u8> {
        self.shared.lock().sent[from..].to_vec()
    }

    /// Stops or goes on reading what the program sends.
    pub(crate) fn stall(&self, stalled: bool) {
        self.shared.lock().stalled = stalled;
        self.shared.changed.notify_all();
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.shared
            .lock()
            .terminal
            .as_mut()
            .expect("there is a terminal")
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("the terminal takes another size");
    }

    /// Returns the program's number.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().expect("the program has a number")
    }

    /// Sends a signal to the program by its name, `TERM` or `KILL`.
    pub(crate) fn signal(&self, name: &str) {
        let process = self.process().to_string();
        let killed = std::process::Command::new("kill")
            .args(["-s", name, &process])
            .status()
            .expect("kill can be run");
        assert!(killed.success(), "kill -s {name} failed");
    }

    /// Waits until the program has ended and all it sent has come.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let until = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the program can be waited for") {
                return status;
            }
            let late = Instant::now() > until;
            assert!(!late, "waited for the end in vain; the screen is\n{}", self.screen());
            thread::yield_now();
            thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Asserts that the terminal has the modes that it had before the program ran.
    pub(crate) fn assert_modes_restored(&self) {
        assert_eq!(modes(&self.slave), self.found, "the terminal is left with other modes");
    }

    /// Asserts that, and that it shows its usual screen again.
    pub(crate) fn assert_restored(&self) {
        self.assert_modes_restored();
        self.wait_until("the usual screen with its cursor", |seen| {
            !seen.screen.alternate_screen()
                && !seen.screen.hide_cursor()
                && !seen.screen.bracketed_paste()
        });
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.stall(false);
    }
}

/// Shows what a terminal shows and got.
pub(crate) struct Seen<'a> {
    pub(crate) text: String,
    pub(crate) screen: &'a vt100::Screen,
    pub(crate) frames: usize,
}

impl State {
    fn seen(&self) -> Seen<'_> {
        let screen = self.terminal.as_ref().expect("there is a terminal").screen();
        Seen { text: screen.contents(), screen, frames: self.frames }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `holds` or the deadline.
    fn wait(&self, holds: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let waited = self.changed.wait_timeout_while(self.lock(), DEADLINE, |state| !holds(state));
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn take(&self, bytes: &[u8]) {
        let mut state = self.lock();
        // A frame's end may come in two reads.
        let from = state.sent.len().saturating_sub(FRAME_END.len() - 1);
        state.sent.extend_from_slice(bytes);
        let ends = state.sent[from..].windows(FRAME_END.len()).filter(|it| *it == FRAME_END);
        let ended = ends.count();
        state.frames += ended;
        state.terminal.as_mut().expect("there is a terminal").process(bytes);
        drop(state);
        self.changed.notify_all();
    }
}

/// Returns a terminal's modes in words.
fn modes(terminal: &std::fs::File) -> String {
    let modes = rustix::termios::tcgetattr(terminal).expect("it is a terminal");
    format!("{modes:?}")
}
