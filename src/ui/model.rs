//! The screen's state: the review, the cursor, what is being typed or asked, what was drawn.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::collate::fix::{FixId, RowId};
use crate::log::chronicle::Chronicle;
use crate::review::counts::State;
use crate::review::event::Event;
use crate::review::state::Review;
use crate::text::visible::Repertoire;
use crate::ui::disputes::Disputes;
use crate::ui::filter::Filter;
use crate::ui::jumps::Jumps;
use crate::ui::keymap::Keymap;
use crate::ui::layout::fold::{Entry, fold, fold_to_fill, unfolded};
use crate::ui::layout::geometry::{Divider, Geometry, Panes, Wants};
use crate::ui::layout::{Laid, Layouts, Width};
use crate::ui::message::Message;
use crate::ui::mode::Mode;
use crate::ui::msg::{Code, Key};
use crate::ui::player::{Playback, Player};
use crate::ui::seals::Seals;
use crate::ui::searched::Search;
use crate::ui::summary::Summary;
use crate::ui::suspects::Suspects;
use crate::ui::theme::Theme;
use crate::ui::typed::Typed;

/// Holds what a screen is opened with.
#[derive(Debug)]
pub struct Setup {
    /// The review with all that was decided so far.
    pub review: Review,
    /// Who decides.
    pub reviewer: String,
    /// The document's name.
    pub document: String,
    /// The file name of the OCR text.
    pub base_name: String,
    /// The file name of the corrected text; none in a reader.
    pub transcript_name: Option<String>,
    /// Why nothing can be decided, as a sentence; none where it can.
    pub read_only: Option<String>,
    /// What people should know before they begin, a sentence each.
    pub notices: Vec<String>,
    /// What is known of the log's seals.
    pub seals: Seals,
    /// The question whether a new corrected text is taken, where one was named.
    pub offer: Option<String>,
    /// What reviewers dispute, where other logs lie beside.
    pub disputes: Option<Disputes>,
    /// The byte of the base to start at; the first open place if none.
    pub bookmark: Option<usize>,
    /// Whether nothing was ever decided, so that the summary is shown.
    pub first_opening: bool,
    /// What happened so far.
    pub chronicle: Chronicle,
    /// How to replay it; none where the review is gone on with.
    pub playback: Option<Playback>,
    /// The keys.
    pub keymap: Keymap,
    /// The looks.
    pub theme: Theme,
    /// The letters that the terminal can show.
    pub repertoire: Repertoire,
    /// Columns and rows.
    pub size: (u16, u16),
}

/// Tells how much is highlighted around the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Narrow {
    /// The line.
    Line,
    /// One fix of it.
    Fix(FixId),
    /// One word of the base, changed or not.
    Word(Range<usize>),
    /// The lines from this one to the cursor's.
    Lines(RowId),
    /// The page.
    Page,
}

/// Names what is highlighted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The row; none if both texts are empty.
    pub row: Option<RowId>,
    /// How much around it.
    pub narrow: Narrow,
}

/// Holds an append that the shell has not answered yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// The events, shared with whoever writes them.
    pub events: Arc<Vec<Event>>,
    /// What to say once they are on disk.
    pub said: String,
    /// A byte of the base to go to then, instead of the next open place.
    pub go: Option<usize>,
    /// Whether to move on to the next open place at all.
    pub advance: bool,
    /// Where it was asked from, where that holds work: to come back to if nothing is saved.
    pub over: Option<Box<Mode>>,
    /// What was asked meanwhile and not done.
    pub dropped: Option<&'static str>,
}

/// Holds where the body begins: a row, and how many of its lines are above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Top {
    /// The row.
    pub row: RowId,
    /// Its first line in sight.
    pub entry: usize,
}

/// Holds one line of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyLine {
    /// The row that it belongs to.
    pub row: RowId,
    /// Which of the row's lines it is.
    pub entry: usize,
    /// What it shows.
    pub shows: Entry,
}

/// What a deciding key must have seen: it counts only if a frame with all of this was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Showing {
    pub(crate) cursor: Cursor,
    pub(crate) generation: u64,
    pub(crate) asked: u64,
    pub(crate) in_sight: bool,
}

/// Holds the state of the screen.
#[derive(Debug)]
pub struct Model {
    pub(crate) review: Review,
    pub(crate) reviewer: String,
    pub(crate) document: String,
    pub(crate) base_name: String,
    pub(crate) transcript_name: Option<String>,
    pub(crate) read_only: Option<String>,
    pub(crate) chronicle: Chronicle,
    pub(crate) player: Option<Player>,
    pub(crate) seals: Seals,
    pub(crate) keymap: Keymap,
    pub(crate) theme: Theme,
    pub(crate) repertoire: Repertoire,
    pub(crate) size: (u16, u16),
    pub(crate) cursor: Cursor,
    pub(crate) top: Top,
    pub(crate) mode: Mode,
    pub(crate) pending: Option<Pending>,
    pub(crate) unfolded: BTreeSet<RowId>,
    pub(crate) search: Option<Search>,
    /// Whether the mouse is ours and not the terminal's.
    pub(crate) mouse: bool,
    /// None while they are looked for.
    pub(crate) suspects: Option<Suspects>,
    pub(crate) filter: Option<Filter>,
    pub(crate) jumps: Jumps,
    pub(crate) panes: Panes,
    pub(crate) divider: Divider,
    pub(crate) message: Option<Message>,
    /// What was typed in the command line and the search.
    pub(crate) typed: Typed,
    pub(crate) disputes: Option<Disputes>,
    /// The key of the action that runs.
    pub(crate) pressed: Option<Code>,
    /// Keys of a sequence that is not complete.
    pub(crate) begun: Vec<Key>,
    pub(crate) layouts: Layouts,
    /// Grows whenever the review changes.
    pub(crate) generation: u64,
    /// Grows whenever something else is asked or typed from the start.
    pub(crate) asked: u64,
    /// How many frames were wholly written.
    pub(crate) drawn: u64,
    /// The first frame that shows what a deciding key would decide now.
    pub(crate) highlight_since: u64,
    pub(crate) showing: Option<Showing>,
    /// Where the reviewer was last; until a key is pressed that is the place to be.
    pub(crate) bookmark: Option<usize>,
    pub(crate) dirty: bool,
}

/// Makes the summary for a screen of this size.
pub(crate) fn summary(review: &Review, size: (u16, u16)) -> Summary {
    Summary::new(review, cells(size))
}

/// Returns how wide the lines of a summary may be.
fn cells(size: (u16, u16)) -> usize {
    usize::from(size.0).saturating_sub(4)
}

impl Model {
    /// Starts at the bookmark or the first open place. Nothing is drawn yet: frame 1 will be the
    /// first.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let judged = setup.disputes.as_ref().is_some_and(Disputes::judged);
        let opening = || match (setup.first_opening && !judged, &setup.transcript_name) {
            (true, Some(_)) => Mode::Summary(summary(&setup.review, setup.size)),
            (true, None) => Mode::Summary(Summary::of_reader(cells(setup.size))),
            (false, _) => Mode::Review,
        };
        let mode = setup.offer.clone().map_or_else(opening, Mode::Offer);
        let looks = setup.read_only.as_ref().filter(|_| setup.playback.is_none());
        let looks = looks.map(|why| format!("read only: {why}"));
        let notice = setup.notices.into_iter().chain(looks).collect::<Vec<_>>().join(" ");
        let message = (!notice.is_empty()).then(|| Message::new(notice, true));
        let at = setup.playback.as_ref().map(|playback| playback.at);
        let player = setup.playback.map(|playback| Player::new(playback, &setup.chronicle));
        let mut model = Self {
            review: setup.review,
            reviewer: setup.reviewer,
            document: setup.document,
            base_name: setup.base_name,
            transcript_name: setup.transcript_name,
            read_only: setup.read_only,
            chronicle: setup.chronicle,
            player,
            seals: setup.seals,
            keymap: setup.keymap,
            theme: setup.theme,
            repertoire: setup.repertoire,
            size: setup.size,
            cursor: Cursor { row: None, narrow: Narrow::Line },
            top: Top::default(),
            mode,
            pending: None,
            unfolded: BTreeSet::new(),
            search: None,
            mouse: true,
            suspects: None,
            filter: None,
            jumps: Jumps::default(),
            typed: Typed::default(),
            panes: Panes::Beside,
            divider: Divider::default(),
            message,
            disputes: setup.disputes,
            pressed: None,
            begun: Vec::new(),
            layouts: Layouts::default(),
            generation: 0,
            asked: 0,
            drawn: 0,
            highlight_since: 1,
            showing: None,
            bookmark: setup.bookmark.filter(|_| !judged),
            dirty: true,
        };
        let open = model.review.next_open(None).map(|id| model.review.collation().row_of(id));
        let marked = setup.bookmark.and_then(|at| model.review.collation().row_at(at));
        model.cursor.row = marked.or(open).or_else(|| model.review.collation().first_row());
        if let Some(at) = at {
            model.show_record(model.chronicle.find(at.unwrap_or(u64::MAX)));
        }
        model.go_to_first_dispute();
        model.settle();
        model
    }

    /// Takes note of whether the mouse is ours.
    #[must_use]
    pub fn with_mouse(mut self, taken: bool) -> Self {
        self.mouse = taken;
        self
    }

    /// Says whether a frame would look different from the last one drawn.
    #[must_use]
    pub fn dirty(&self) -> bool {
        self.dirty
    }

    /// Returns the number that the next frame will have once it is wholly written.
    #[must_use]
    pub fn next_frame(&self) -> u64 {
        self.drawn + 1
    }

    /// Says whether there is no corrected text: then nothing is proposed, and every line is read.
    #[must_use]
    pub fn is_reader(&self) -> bool {
        self.transcript_name.is_none()
    }

    /// Returns the review.
    #[must_use]
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// Returns what is known of the log's seals.
    #[must_use]
    pub fn seals(&self) -> &Seals {
        &self.seals
    }

    /// Returns what is highlighted.
    #[must_use]
    pub fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// Returns the byte of the base where the cursor's row begins.
    #[must_use]
    pub fn place(&self) -> usize {
        self.cursor.row.map_or(0, |row| self.review.collation().row(row).base.start)
    }

    /// Returns the page (from 1) of a row.
    pub(crate) fn page_of_row(&self, row: RowId) -> usize {
        self.review.base().page_of_line(self.review.collation().row(row).base.start)
    }

    /// Returns the page (from 1) of the cursor's row.
    #[must_use]
    pub fn page(&self) -> usize {
        self.cursor.row.map_or(1, |row| self.page_of_row(row))
    }

    /// Divides the screen as it is now.
    #[must_use]
    pub fn geometry(&self) -> Geometry {
        let lines = self.review.base().line_count().max(1);
        let said = self
            .message
            .as_ref()
            .map_or(0, |message| message.lines(usize::from(self.size.0).saturating_sub(2)));
        let wants = Wants {
            panel: self.mode.panel_rows(),
            foot: self.foot_rows(said),
            digits: lines.ilog10() as u16 + 1,
            panes: self.panes,
            divider: self.divider.by,
        };
        Geometry::new(self.size.0, self.size.1, wants)
    }

    /// Returns the layout of a row at the present width.
    pub(crate) fn laid(&self, row: RowId) -> Rc<Laid> {
        let width = || {
            let geometry = self.geometry();
            Width { cells: geometry.cells, alone: geometry.panes == Panes::Alone }
        };
        self.layouts.get(&self.review, row, width, self.repertoire)
    }

    /// Returns the lines of the body that a row takes: folded if it is taller than half the body, but
    /// no further than is needed where it is the only row.
    pub(crate) fn entries(&self, row: RowId) -> Vec<Entry> {
        let laid = self.laid(row);
        let count = laid.wrapped.sub_rows.len();
        if count * 2 <= self.geometry().body_rows() || self.unfolded.contains(&row) {
            return unfolded(count);
        }
        let mut kept = match &self.player {
            Some(player) => player.rows(&laid, &self.review),
            None => laid.changed_rows().to_vec(),
        };
        if self.cursor.row == Some(row) && self.player.is_none() {
            kept.extend(self.highlight_rows(row, &laid));
            kept.sort_by_key(|rows| rows.start);
        }
        if self.row_before(row).is_none() && self.row_after(row).is_none() {
            // There is nothing else to show.
            return fold_to_fill(count, &kept, self.geometry().body_rows());
        }
        fold(count, &kept, 1)
    }

    /// Returns the sub-rows of the cursor's row in which the highlight is drawn: for a line, those
    /// of its open fixes.
    pub(crate) fn highlight_rows(&self, row: RowId, laid: &Laid) -> Option<Range<usize>> {
        if let Some(player) = &self.player {
            let rows = player.rows(laid, &self.review);
            return Some(rows.first()?.start..rows.last()?.end);
        }
        match &self.cursor.narrow {
            Narrow::Fix(id) => laid.rows_of_fix(*id, &self.review.collation().fix(*id).at),
            Narrow::Word(span) => {
                let last = span.end.saturating_sub(1).max(span.start);
                Some(laid.row_of_byte(span.start)..laid.row_of_byte(last) + 1)
            }
            Narrow::Line => {
                let collation = self.review.collation();
                laid.rows_from(|part| {
                    part.fix().is_some_and(|id| {
                        self.review.state(id) == State::Open
                            && collation.row_of(id) == row
                            && self.takes(id)
                    })
                })
            }
            Narrow::Lines(_) | Narrow::Page => None,
        }
    }

    /// Returns the lines of the body from the top on.
    #[must_use]
    pub fn body(&self) -> Vec<BodyLine> {
        let height = self.geometry().body_rows();
        let mut lines = Vec::with_capacity(height);
        let mut row = self.cursor.row.map(|_| self.top.row);
        let mut skip = self.top.entry;
        while let Some(id) = row {
            for (entry, shows) in self.entries(id).into_iter().enumerate().skip(skip) {
                if lines.len() == height {
                    return lines;
                }
                lines.push(BodyLine { row: id, entry, shows });
            }
            skip = 0;
            row = self.row_after(id);
        }
        lines
    }

    /// Returns the next row that is shown; the cursor's row always is.
    pub(crate) fn row_after(&self, row: RowId) -> Option<RowId> {
        let Some(filter) = &self.filter else { return self.review.collation().next_row(row) };
        let here = self.cursor.row.filter(|&here| here > row);
        [filter.after(row), here].into_iter().flatten().min()
    }

    /// Returns the row before that is shown.
    pub(crate) fn row_before(&self, row: RowId) -> Option<RowId> {
        let Some(filter) = &self.filter else { return self.review.collation().previous_row(row) };
        let here = self.cursor.row.filter(|&here| here < row);
        [filter.before(row), here].into_iter().flatten().max()
    }

    /// Takes another mode; what it asks has not been drawn yet.
    pub(crate) fn enter(&mut self, mode: Mode) {
        self.mode = mode;
        self.asked += 1;
        self.begun.clear();
    }
}
