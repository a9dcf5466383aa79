//! Follows a log: shows what was decided before, record by record, without keys.

use crate::review::event::{Event, Place};
use crate::review::ledger::Misfit;
use crate::ui::model::Model;

impl Model {
    /// Goes to the row that an event is about, as the reviewer had it before deciding.
    pub fn look_at(&mut self, event: &Event) {
        let ledger = self.review.ledger();
        let place = match event {
            Event::Decided(decided) | Event::Adjudicated(decided, _) => {
                decided.sites.first().map(|site| site.place)
            }
            Event::Noted(noted) => Some(Place::new(noted.at.clone(), 0)),
            Event::SignedOff(_) => None,
            Event::Undone(of) | Event::Redone(of) => {
                ledger.act(*of).and_then(|act| ledger.places(act).first().copied())
            }
        };
        if let Some(place) = place {
            let fix = self.review.fixes_over(place).next();
            self.go_to_byte(place.start);
            if let Some(id) = fix {
                self.cursor.row = Some(self.review.collation().row_of(id));
            }
        }
        self.message = None;
        self.settle();
    }

    /// Takes in the event of a record and says `said` of it. The cursor stays.
    ///
    /// # Errors
    /// An event that does not fit changes nothing and is a [`Misfit`].
    pub fn follow(&mut self, seq: u64, event: &Event, said: String) -> Result<(), Misfit> {
        self.review.apply(seq, event)?;
        self.generation += 1;
        self.layouts.clear();
        self.say(said);
        self.settle();
        Ok(())
    }
}
