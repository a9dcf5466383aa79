//! A replay over several corrected texts: at each record the fixes of the one that was in force.
//!
//! What is not known yet of a text is drawn as not known, as at the first start.

use crate::collate::collation::Collation;
use crate::collate::gap::Gap;
use crate::ui::model::{Model, Narrow, Top};
use crate::ui::msg::Effect;
use crate::ui::suspects::Suspects;
use crate::ui::update::play;

impl Model {
    /// Puts the corrected text in force that was so at the record that is shown.
    pub(crate) fn turn_text(&mut self) {
        let Some(seq) = self.replayed().map(|record| record.seq) else { return };
        let held = self.held();
        let Some(player) = &mut self.player else { return };
        if !player.texts.turn(seq, &mut self.review, &mut self.suspects) {
            return;
        }
        let text = player.texts.in_force();
        self.transcript_name = text.map(|it| it.described.name.clone());
        if let Some(name) = self.lost_text() {
            let said = format!("{name} is neither in the log nor beside it: no fixes are shown");
            self.warn(said);
        }
        self.hold(held);
    }

    /// Puts another corrected text in force whose collation is known, and says `said` of it.
    pub fn take_text(&mut self, name: Option<String>, collation: Collation, said: String) {
        let held = self.held();
        self.review.recollate(collation);
        self.transcript_name = name;
        self.hold(held);
        self.arrive();
        self.say(said);
        self.settle();
    }

    /// Says whether nothing is known yet of the corrected text in force.
    pub(crate) fn is_unknown(&self) -> bool {
        self.player.as_ref().is_some_and(|player| player.texts.unknown())
    }

    /// Names the corrected text in force where it is not to be had.
    pub(crate) fn lost_text(&self) -> Option<&str> {
        self.player.as_ref()?.texts.lost()
    }

    /// Returns the bytes of the base where the rows of the cursor and of the top begin.
    fn held(&self) -> Option<(usize, usize)> {
        let start = |row| self.review.collation().row(row).base.start;
        self.cursor.row.map(|row| (start(row), start(self.top.row)))
    }

    /// Puts cursor and top at bytes of the base, under a collation whose rows and fixes are others.
    fn hold(&mut self, held: Option<(usize, usize)>) {
        let collation = self.review.collation();
        let row = |at| collation.row_at(at).or_else(|| collation.first_row());
        let (cursor, top) = held.unwrap_or_default();
        (self.cursor.row, self.top) =
            (row(cursor), Top { row: row(top).unwrap_or_default(), entry: 0 });
        self.cursor.narrow = Narrow::Line;
    }
}

/// Takes in a collation that was asked for. A replay that waited for it goes on.
pub(crate) fn recollated(model: &mut Model, collation: Collation, found: Suspects) -> Vec<Effect> {
    let held = model.held();
    let Some(player) = &mut model.player else { return Vec::new() };
    if !player.texts.take_in(collation, found, &mut model.review, &mut model.suspects) {
        return Vec::new();
    }
    model.hold(held);
    model.arrive();
    play::wake(model)
}

/// Returns gaps that were worked out, if they are of the text in force; else takes them in where
/// they belong.
pub(crate) fn of_text_in_force(
    model: &mut Model,
    gaps: Vec<(u32, Gap)>,
) -> Option<Vec<(u32, Gap)>> {
    let whole = model.review.collation().missing() == 0 || model.is_unknown();
    let Some(player) = model.player.as_mut().filter(|_| whole) else { return Some(gaps) };
    if let Some(collation) = player.texts.begun() {
        gaps.into_iter().for_each(|(block, gap)| collation.insert(block, gap));
    }
    None
}

/// Takes in the suspects of the text with which the screen was opened.
pub(crate) fn suspected(model: &mut Model, found: Suspects) {
    let elsewhere = model.is_unknown() || model.suspects.is_some();
    let slot = match model.player.as_mut().filter(|_| elsewhere) {
        Some(player) => player.texts.unsuspected(),
        None => Some(&mut model.suspects),
    };
    if let Some(slot) = slot {
        *slot = Some(found);
    }
}
