//! Keys in, screen out: plays the shell for a model, without a terminal.

use std::fmt::Write as _;
use std::sync::Arc;

use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use ratatui::{Frame, Terminal};
use recto::collate::collation::Collation;
use recto::collate::plan::plan;
use recto::document::Text;
use recto::log::chronicle::Chronicle;
use recto::propose::suspects::suspects;
use recto::review::event::Event;
use recto::review::state::Review;
use recto::text::visible::Repertoire;
use recto::ui::keymap::{Keymap, read};
use recto::ui::model::{Model, Setup};
use recto::ui::msg::{Code, Effect, Key, Msg};
use recto::ui::seals::Seals;
use recto::ui::suspects::Suspects;
use recto::ui::theme::Theme;
use recto::ui::update::update;
use recto::ui::view::view;

/// When everything was written.
pub(crate) const TIME: &str = "2026-11-24T09:12:07.000Z";

/// Holds a model, what it was last drawn as, and the log that the shell would hold.
pub(crate) struct Screen {
    pub(crate) model: Model,
    terminal: Terminal<TestBackend>,
    /// Everything that was appended.
    pub(crate) log: Vec<Event>,
    /// Everything else that was asked of the shell.
    pub(crate) asked: Vec<Effect>,
    /// Why the next append fails.
    pub(crate) refusal: Option<(String, bool)>,
    /// Whether appends are answered at once, and collations.
    pub(crate) answers: bool,
}

/// Returns what a screen over two texts is opened with.
pub(crate) fn setup(base: &str, transcript: &str, size: (u16, u16)) -> Setup {
    let text = |text: &str| Text::new(text.to_owned()).expect("short");
    let review = Review::new(Collation::complete(plan(text(base), text(transcript))));
    Setup {
        review,
        reviewer: "mk".to_owned(),
        document: "sample".to_owned(),
        base_name: "base.txt".to_owned(),
        transcript_name: Some("transcript.txt".to_owned()),
        read_only: None,
        notices: Vec::new(),
        seals: Seals::default(),
        offer: None,
        disputes: None,
        bookmark: None,
        first_opening: false,
        chronicle: Chronicle::new("mk", Vec::new()),
        playback: None,
        keymap: Keymap::standard(),
        theme: Theme::named("mono").expect("built in"),
        repertoire: Repertoire::Unicode,
        size,
    }
}

/// Draws a model on a terminal of the toolkit, which knows what a wide letter covers.
pub(crate) fn show(terminal: &mut Terminal<TestBackend>, model: &Model) {
    let draw = |frame: &mut Frame<'_>| {
        let (picture, cursor) = view(model, (frame.area().width, frame.area().height));
        *frame.buffer_mut() = picture;
        if let Some(at) = cursor {
            frame.set_cursor_position(at);
        }
    };
    terminal.draw(draw).expect("a test backend never fails");
}

impl Screen {
    pub(crate) fn new(base: &str, transcript: &str) -> Self {
        Self::open(setup(base, transcript, (80, 24)))
    }

    pub(crate) fn open(setup: Setup) -> Self {
        let backend = TestBackend::new(setup.size.0, setup.size.1);
        let terminal = Terminal::new(backend).expect("a test backend never fails");
        let model = Model::new(setup);
        let (log, asked) = (Vec::new(), Vec::new());
        let mut screen = Self { model, terminal, log, asked, refusal: None, answers: true };
        screen.draw();
        screen
    }

    /// Draws a frame and tells the model.
    pub(crate) fn draw(&mut self) {
        show(&mut self.terminal, &self.model);
        assert!(update(&mut self.model, Msg::Drawn).is_empty());
    }

    /// Presses keys written as `jja<Enter>`, each after the frame before it was drawn.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            let frame = self.model.next_frame() - 1;
            self.key(key, frame);
            if self.model.dirty() {
                self.draw();
            }
        }
        self
    }

    /// Presses a key that came after `frame`; draws nothing.
    pub(crate) fn key(&mut self, key: Key, frame: u64) {
        let effects = update(&mut self.model, Msg::Key { key, frame });
        self.perform(effects);
    }

    /// Sends any message, plays the shell, draws.
    pub(crate) fn send(&mut self, msg: Msg) -> &mut Self {
        let effects = update(&mut self.model, msg);
        self.perform(effects);
        self.draw();
        self
    }

    /// Works out what [`Effect::Collate`] asks for.
    pub(crate) fn collated(&self) -> Msg {
        let review = self.model.review();
        let texts = [review.base(), review.transcript()];
        let [base, transcript] = texts.map(suspects);
        let collation = Collation::complete(plan(texts[0].clone(), texts[1].clone()));
        Msg::Recollated(Box::new(collation), Suspects { base, transcript })
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.terminal.backend_mut().resize(columns, rows);
        self.send(Msg::Resize { columns, rows })
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Append(events) if self.answers => {
                    let msg = match self.refusal.take() {
                        Some((why, stopped)) => Msg::NotSaved { why, stopped },
                        None => {
                            let first = self.log.len() as u64 + 1;
                            self.log.extend(Arc::unwrap_or_clone(events));
                            Msg::Appended { first, time: TIME.to_owned() }
                        }
                    };
                    let more = update(&mut self.model, msg);
                    self.perform(more);
                }
                Effect::Collate if self.answers => {
                    let answer = self.collated();
                    let more = update(&mut self.model, answer);
                    self.perform(more);
                }
                effect => self.asked.push(effect),
            }
        }
    }

    pub(crate) fn buffer(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }

    /// Returns the screen's text, blanks at the ends of rows left out.
    pub(crate) fn text(&self) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut row = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += recto::text::visible::width(symbol).max(1) as u16;
            }
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text
    }

    /// Returns one row of the screen.
    pub(crate) fn row(&self, index: usize) -> String {
        self.text().lines().nth(index).unwrap_or_default().to_owned()
    }

    /// Returns the row that starts with `start`, for tests about one line.
    pub(crate) fn line(&self, start: &str) -> String {
        let found = self.text().lines().find(|row| row.starts_with(start)).map(str::to_owned);
        found.unwrap_or_else(|| panic!("no row starts with {start:?} in\n{}", self.text()))
    }

    /// Returns the styles row by row: runs of cells, `12:reverse+bold`; plain runs as `12:`.
    pub(crate) fn styles(&self) -> String {
        let buffer = self.buffer();
        let mut map = String::new();
        for y in 0..buffer.area.height {
            let mut runs: Vec<(String, usize)> = Vec::new();
            for x in 0..buffer.area.width {
                let cell = &buffer[(x, y)];
                let name = style_name(cell.modifier, cell.fg, cell.bg);
                match runs.last_mut() {
                    Some((last, count)) if *last == name => *count += 1,
                    _ => runs.push((name, 1)),
                }
            }
            let runs: Vec<String> =
                runs.iter().map(|(name, count)| format!("{count}:{name}")).collect();
            writeln!(map, "{}", runs.join(" ")).expect("a string takes everything");
        }
        map
    }

    /// Returns the text that is drawn reversed, run by run: the highlight without the sign of its row.
    pub(crate) fn reversed(&self) -> Vec<String> {
        let buffer = self.buffer();
        let mut runs: Vec<String> = Vec::new();
        for y in 1..buffer.area.height {
            let mut before = false;
            let mut x = u16::from(buffer[(0, y)].symbol() == ">");
            while x < buffer.area.width {
                let cell = &buffer[(x, y)];
                let now = cell.modifier.contains(Modifier::REVERSED);
                match (now, before) {
                    (true, true) => runs.last_mut().expect("begun").push_str(cell.symbol()),
                    (true, false) => runs.push(cell.symbol().to_owned()),
                    (false, _) => {}
                }
                before = now;
                x += recto::text::visible::width(cell.symbol()).max(1) as u16;
            }
        }
        runs
    }
}

fn style_name(modifier: Modifier, fg: Color, bg: Color) -> String {
    let words = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underline"),
        (Modifier::REVERSED, "reverse"),
    ];
    let mut names: Vec<String> = words
        .iter()
        .filter(|(word, _)| modifier.contains(*word))
        .map(|(_, name)| (*name).to_owned())
        .collect();
    if fg != Color::Reset {
        names.push(format!("{fg:?}").to_lowercase());
    }
    if bg != Color::Reset {
        names.push(format!("on-{bg:?}").to_lowercase());
    }
    names.join("+")
}

/// Reads keys written as `jja<Enter>`; `<lt>` is the less-than sign.
pub(crate) fn parse(keys: &str) -> Vec<Key> {
    let mut parsed = Vec::new();
    let mut rest = keys;
    while let Some(letter) = rest.chars().next() {
        if letter == '<' {
            let end = rest.find('>').expect("a key's name ends with >");
            let name = &rest[1..end];
            let name = if name == "lt" { "<" } else { name };
            parsed.push(read(name).unwrap_or_else(|| panic!("no key {name}")));
            rest = &rest[end + 1..];
        } else {
            parsed.push(Key { code: Code::Char(letter), ctrl: false, alt: false });
            rest = &rest[letter.len_utf8()..];
        }
    }
    parsed
}
