//! Says things at the foot, begins prompts, and asks the shell for a file.

use crate::collate::fix::RowId;
use crate::export::format::Format;
use crate::review::event::Mark;
use crate::ui::input::Input;
use crate::ui::inspect;
use crate::ui::message::Message;
use crate::ui::mode::{Asks, Mode, Prompt, Signs, Stands};
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::Effect;
use crate::ui::update::verbs;

impl Model {
    /// Says a sentence at the foot.
    pub(crate) fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message::new(text, false));
    }

    /// Says something more at the foot.
    pub(crate) fn add(&mut self, text: &str) {
        let said = self.message.take().map(|message| message.text + "; ").unwrap_or_default();
        self.say(said + text);
    }

    /// Says at the foot what went wrong.
    pub(crate) fn warn(&mut self, text: impl Into<String>) {
        self.message = Some(Message::new(text, true));
    }
}

/// Begins a prompt with this text.
pub(crate) fn ask(model: &mut Model, asks: Asks, text: String) -> Vec<Effect> {
    model.enter(Mode::Prompt(Prompt {
        asks,
        input: Input::new(text),
        recalled: None,
        offered: None,
    }));
    Vec::new()
}

/// Asks for a note on what is highlighted.
pub(crate) fn note(model: &mut Model) -> Vec<Effect> {
    ask(model, Asks::Note(Mark::Note), String::new())
}

/// Asks what was read and what is signed.
pub(crate) fn sign(model: &mut Model) -> Vec<Effect> {
    let pages = model.review.base().page_count();
    let signs = match (pages > 1, model.is_reader()) {
        (true, false) => Signs::PageFixes,
        (true, true) => Signs::PageAll,
        (false, false) => Signs::DocumentFixes,
        (false, true) => Signs::DocumentAll,
    };
    ask(model, Asks::Sign(signs), String::new())
}

/// Asks where to write the text to.
pub(crate) fn export(model: &mut Model) -> Vec<Effect> {
    let counts = model.review.counts();
    let open = counts.open + counts.class.map_or(0, |class| class.open);
    let stands = (open > 0 || !counts.complete).then_some(Stands::Base);
    let stem = model.base_name.rsplit_once('.').map_or(model.base_name.as_str(), |(stem, _)| stem);
    let path = format!("{stem}.reviewed.txt");
    ask(model, Asks::Export(stands), path)
}

/// Asks what to search for.
pub(crate) fn search(model: &mut Model) -> Vec<Effect> {
    ask(model, Asks::Search, String::new())
}

/// Asks for a command.
pub(crate) fn command(model: &mut Model) -> Vec<Effect> {
    ask(model, Asks::Command, String::new())
}

/// Copies the text as it stands where the highlight is.
pub(crate) fn copy(model: &mut Model) -> Vec<Effect> {
    let text = match (&model.cursor.narrow, model.highlight()) {
        (Narrow::Lines(_) | Narrow::Page, Some(highlight)) => {
            let at = |byte| model.review.collation().row_at(byte);
            let first = at(highlight.span.start);
            let rows = std::iter::successors(first, |&row| model.review.collation().next_row(row));
            let within =
                |row: &RowId| model.review.collation().row(*row).base.start < highlight.span.end;
            let pieces = rows.take_while(within).flat_map(|row| model.review.pieces(row));
            pieces.map(|piece| piece.right).collect()
        }
        _ => inspect::readings(model).right,
    };
    if text.is_empty() {
        model.say("there is nothing to copy");
        return Vec::new();
    }
    vec![Effect::Copy(text)]
}

/// Says where a copy went, and how else to get it.
pub(crate) fn copied(model: &mut Model, answer: Result<String, String>) -> Vec<Effect> {
    let export = model.keymap.key("export");
    match answer {
        Ok(place) => model.say(format!("copied {place}; {export} writes to a file")),
        Err(why) => model.warn(format!("not copied: {why}; {export} writes to a file")),
    }
    Vec::new()
}

/// Asks the shell to write the text as it stands.
pub(crate) fn write(
    model: &mut Model,
    path: &str,
    stands: Option<Stands>,
    force: bool,
) -> Vec<Effect> {
    let path = path.trim().to_owned();
    if path.is_empty() {
        model.say("no file was named");
        return Vec::new();
    }
    // The log may hold already what the review does not know yet.
    if verbs::is_saving(model, "no text was written") {
        return Vec::new();
    }
    if model.review.collation().missing() > 0 {
        model.warn("still comparing the texts: nothing was written");
        return Vec::new();
    }
    let format = Format::of_file(&path).name;
    if let Some(name) = model.lost_text()
        && (format != "text" || stands != Some(Stands::Base))
    {
        model.warn(format!(
            "{name} is not to be had: only a text can be written, open as in the OCR"
        ));
        return Vec::new();
    }
    let pending = stands.map(|stands| match stands {
        Stands::Base => "base".to_owned(),
        Stands::Transcript => "transcript".to_owned(),
        Stands::Mark => "mark".to_owned(),
    });
    vec![Effect::Export { format: format.to_owned(), path, pending, force }]
}
