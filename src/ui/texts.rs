//! The corrected texts of a log that is replayed: which of them is in force at a record, and the
//! collations that were worked out, kept for the way back.

use crate::collate::collation::Collation;
use crate::collate::plan::Plan;
use crate::document::Text;
use crate::log::replay::Transcript;
use crate::review::state::Review;
use crate::ui::suspects::Suspects;

/// So many bytes of corrected texts are kept with their collations beside that in force: where that
/// is less than one text, the one left last.
const KEPT_BYTES: usize = 32 << 20;

/// Holds the corrected texts of a log, and what is known of them.
#[derive(Debug)]
pub(crate) struct Texts {
    transcripts: Vec<Transcript>,
    /// How many of them had come by the record that is shown; none before one is.
    come: Option<usize>,
    /// Whether nothing is known yet of the text in force: its collation is one gap.
    unknown: bool,
    /// Whether a collation is being worked out.
    asked: bool,
    /// Those not in force, the one left last at the end.
    kept: Vec<(Collation, Option<Suspects>)>,
    /// How many bytes of texts may be kept so.
    room: usize,
}

impl Texts {
    pub(crate) fn new(transcripts: Vec<Transcript>) -> Self {
        let (come, kept, room) = (None, Vec::new(), KEPT_BYTES);
        Self { transcripts, come, unknown: false, asked: false, kept, room }
    }

    /// Puts the text in force at record `seq` into the review, with its suspects; says whether it
    /// is another than before.
    pub(crate) fn turn(
        &mut self,
        seq: u64,
        review: &mut Review,
        suspects: &mut Option<Suspects>,
    ) -> bool {
        let come = self.transcripts.partition_point(|it| it.seq <= seq);
        if self.come.replace(come) == Some(come) {
            return false;
        }
        let text = self.in_force().and_then(|it| it.text.as_ref()).unwrap_or(review.base()).clone();
        if *review.transcript() != text {
            let known = self.position(&text).map(|at| self.kept.remove(at));
            let unknown = std::mem::replace(&mut self.unknown, known.is_none());
            let unsearched = || Collation::new(Plan::unsearched(review.base().clone(), text));
            let (collation, theirs) = known.unwrap_or_else(|| (unsearched(), None));
            let left = (review.recollate(collation), std::mem::replace(suspects, theirs));
            if !unknown {
                self.keep(left);
            }
        }
        true
    }

    /// Returns the text that is in force where the record is; none before the log had any.
    pub(crate) fn in_force(&self) -> Option<&Transcript> {
        self.transcripts[..self.come.unwrap_or(0)].last()
    }

    /// Names the text in force, and the record that brought it, in a log that took a newer one:
    /// that often has the name of the one before.
    pub(crate) fn title(&self) -> Option<String> {
        self.transcripts.last().filter(|last| last.seq > 0)?;
        let Transcript { seq, described, .. } = self.in_force()?;
        Some(match seq {
            0 => described.name.clone(),
            seq => format!("{} of #{seq}", described.name),
        })
    }

    /// Names the text in force where it is not to be had: nothing is known of its fixes.
    pub(crate) fn lost(&self) -> Option<&str> {
        self.in_force().filter(|it| it.text.is_none()).map(|it| it.described.name.as_str())
    }

    /// Says whether nothing is known yet of the text in force.
    pub(crate) fn unknown(&self) -> bool {
        self.unknown
    }

    /// Says whether the collation of the text in force shall be asked for, and takes it as asked:
    /// one is worked out at a time.
    pub(crate) fn ask(&mut self) -> bool {
        let asks = self.unknown && !self.asked;
        self.asked |= asks;
        asks
    }

    /// Takes in a collation that was asked for; says whether it is that of the text in force.
    pub(crate) fn take_in(
        &mut self,
        collation: Collation,
        found: Suspects,
        review: &mut Review,
        suspects: &mut Option<Suspects>,
    ) -> bool {
        self.asked = false;
        let here = self.unknown && collation.plan().transcript == *review.transcript();
        if here {
            review.recollate(collation);
            *suspects = Some(found);
            self.unknown = false;
        } else {
            self.keep((collation, Some(found)));
        }
        here
    }

    /// Returns whichever collation is not complete yet, where it is not in force: that of the text
    /// with which the replay was opened, whose gaps come one by one. All others come whole.
    pub(crate) fn begun(&mut self) -> Option<&mut Collation> {
        self.kept.iter_mut().map(|(collation, _)| collation).find(|it| it.missing() > 0)
    }

    /// Returns where the suspects of that text belong, where it is not in force.
    pub(crate) fn unsuspected(&mut self) -> Option<&mut Option<Suspects>> {
        self.kept.iter_mut().map(|(_, suspects)| suspects).find(|it| it.is_none())
    }

    fn position(&self, text: &Text) -> Option<usize> {
        self.kept.iter().position(|(collation, _)| collation.plan().transcript == *text)
    }

    /// Keeps a collation that is not in force, at the cost of those that were left long ago.
    fn keep(&mut self, left: (Collation, Option<Suspects>)) {
        self.kept.push(left);
        let bytes = |kept: &[(Collation, _)]| -> usize {
            kept.iter().map(|(it, _)| it.plan().transcript.len()).sum()
        };
        while bytes(&self.kept) > self.room {
            let old = &self.kept[..self.kept.len() - 1];
            // One whose gaps are still coming is waited for.
            let Some(at) = old.iter().position(|(it, _)| it.missing() == 0) else { return };
            self.kept.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::plan::plan;
    use crate::digest::Digest;
    use crate::log::record::Described;

    fn text(text: &str) -> Text {
        Text::new(text.to_owned()).expect("short")
    }

    /// Makes the texts of a log whose records have one of these each.
    fn texts(proposed: &[&str]) -> Texts {
        let transcript = |(seq, proposed): (usize, &&str)| {
            let sha256 = Digest::of(proposed.as_bytes());
            let described = Described {
                name: "text".to_owned(),
                format: "text".to_owned(),
                encoding: None,
                file_sha256: sha256,
                bytes: proposed.len() as u64,
                sha256,
            };
            Transcript { seq: seq as u64, described, text: Some(text(proposed)) }
        };
        Texts::new(proposed.iter().enumerate().map(transcript).collect())
    }

    /// Goes to a record, and works out what is asked for.
    fn go(texts: &mut Texts, seq: u64, review: &mut Review) -> bool {
        let mut suspects = None;
        texts.turn(seq, review, &mut suspects);
        let asks = texts.ask();
        if asks {
            let plan = plan(review.base().clone(), review.transcript().clone());
            let here = Suspects::default();
            assert!(texts.take_in(Collation::complete(plan), here, review, &mut suspects));
        }
        asks
    }

    #[test]
    fn a_collation_is_worked_out_once_while_there_is_room() {
        let mut texts = texts(&["one", "two", "one", "three", "two"]);
        let mut review = Review::new(Collation::complete(plan(text("on"), text("one"))));
        let asks = |texts: &mut Texts, review: &mut Review| {
            [0, 1, 2, 3, 4, 1, 0].map(|seq| go(texts, seq, review))
        };
        let known = asks(&mut texts, &mut review);
        assert_eq!(known, [false, true, false, true, false, false, false]);
        // With room for less than one, only the one left last is kept.
        texts.room = 1;
        let known = asks(&mut texts, &mut review);
        assert_eq!(known, [false, false, false, true, true, false, true]);
        assert_eq!(texts.kept.len(), 1);
    }

    #[test]
    fn what_is_still_coming_in_is_waited_for() {
        let mut texts = texts(&["one\n", "two\n", "three\n"]);
        texts.room = 1;
        let mut review = Review::new(Collation::new(plan(text("on\n"), text("one\n"))));
        go(&mut texts, 0, &mut review);
        assert!(texts.begun().is_none(), "it is in force");
        assert!(go(&mut texts, 1, &mut review) && go(&mut texts, 2, &mut review));
        let begun = texts.begun().expect("it is kept");
        assert_eq!(begun.plan().transcript, text("one\n"));
        assert!(!go(&mut texts, 0, &mut review), "its gaps come of themselves");
    }
}
