//! Going from dispute to dispute, where disputes are to be settled.

use std::ops::Range;

use crate::log::merge::Run;
use crate::ui::disputes::Disputes;
use crate::ui::model::{Model, Narrow};
use crate::ui::msg::Effect;

impl Model {
    /// Returns the disputes if they are here to be settled.
    pub(crate) fn bench(&self) -> Option<&Disputes> {
        self.disputes.as_ref().filter(|disputes| disputes.judged())
    }

    /// Returns the dispute at the cursor: the highlighted one, else the first of the line.
    pub(crate) fn dispute(&self) -> Option<&Run> {
        let disputes = self.disputes.as_ref()?;
        if let Narrow::Word(span) = &self.cursor.narrow {
            return disputes.from(span.start).filter(|run| run.span == *span);
        }
        let row = self.review.collation().row(self.cursor.row?);
        disputes.within(row.base).next()
    }

    /// Highlights a dispute.
    pub(crate) fn go_to_dispute(&mut self, span: Option<Range<usize>>) -> bool {
        let Some(span) = span else { return false };
        self.go_to_byte(span.start);
        self.cursor.narrow = Narrow::Word(span);
        true
    }

    /// Goes to the first dispute, where disputes are to be settled.
    pub(crate) fn go_to_first_dispute(&mut self) {
        let first = self.bench().and_then(|disputes| disputes.from(0));
        self.go_to_dispute(first.map(|run| run.span.clone()));
    }

    /// Returns the byte before which all is behind the cursor.
    fn at_dispute(&self) -> usize {
        match &self.cursor.narrow {
            Narrow::Word(span) => span.start,
            _ => self.place(),
        }
    }
}

/// Goes to the next dispute, or the one before; round and round.
pub(crate) fn step(model: &mut Model, forward: bool) -> Vec<Effect> {
    let at = model.at_dispute();
    let Some(disputes) = model.bench() else { return Vec::new() };
    let runs = disputes.runs();
    let (found, end) = match forward {
        true => (disputes.from(at + 1), runs.first()),
        false => (disputes.before(at), runs.last()),
    };
    let wrapped = found.is_none();
    let span = found.or(end).map(|run| run.span.clone());
    if !model.go_to_dispute(span) {
        model.say("nothing is disputed");
    } else if wrapped {
        model.say(if forward { "on from the top" } else { "on from the end" });
    }
    Vec::new()
}

/// Goes on to the next dispute after one is settled.
pub(crate) fn advance(model: &mut Model) {
    let at = model.at_dispute();
    let Some(disputes) = model.bench() else { return };
    let next = disputes.from(at).or(disputes.runs().first()).map(|run| run.span.clone());
    if !model.go_to_dispute(next) {
        model.cursor.narrow = Narrow::Line;
        let said = model.message.take().map(|message| message.text).unwrap_or_default();
        let export = model.keymap.key("export");
        model.say(format!("{said}; nothing is disputed any more: {export} exports"));
    }
}
