//! What undo and redo do to a ledger. Which act goes back is told by [`crate::review::back`].

use crate::review::event::Place;
use crate::review::ledger::Ledger;
use crate::review::spans::{Spans, apart_over};

impl Ledger {
    /// Lets nothing cover a site; says whether something did.
    fn take_cover_off(&mut self, id: u32) -> bool {
        let place = self.sites[id as usize].place;
        let off = self.covers.uncover(id);
        if let Some(covered) = self.covered.as_mut().filter(|_| off) {
            covered.remove(place, id);
        }
        off
    }

    /// Makes the index of covered places, without which acts are taken back and put back in turn
    /// alone: the last in force first, and only what is later than all in force.
    ///
    /// Then what an act covers stood when the act came into force, so no other site lies over it when
    /// the act goes; and none is later than what is put back.
    fn leave_turn(&mut self) {
        self.covered.get_or_insert_with(|| {
            let mut covered = Spans::default();
            self.covers.all().for_each(|id| covered.insert(self.sites[id as usize].place, id));
            covered
        });
    }

    fn later_over(&self, id: u32) -> Option<u32> {
        let covered = self.covered.as_ref()?;
        let place = self.sites[id as usize].place;
        let mut standing = apart_over(&self.uncovered, place);
        standing.find(|&other| other > id).or_else(|| covered.later(place, id))
    }

    pub(super) fn undo(&mut self, seq: u64, index: u32) -> Vec<Place> {
        if self.live.last().is_none_or(|&(_, last)| last != index) {
            self.leave_turn();
        }
        let act = &mut self.acts[index as usize];
        (act.live, act.since) = (false, seq);
        let ids = act.sites.clone();
        self.undone.push((seq, index));
        self.forget_turned();
        let mut touched = Vec::with_capacity(ids.len());
        for id in ids.clone() {
            let place = self.sites[id as usize].place;
            if !self.take_cover_off(id) {
                self.uncovered.remove(&place);
            }
            touched.push(place);
        }
        for id in ids {
            for earlier in self.covers.under(id) {
                touched.push(self.sites[earlier as usize].place);
                self.uncover(earlier);
            }
        }
        touched
    }

    /// Lets the last act in force, and the last undone, be the last of their lists.
    fn forget_turned(&mut self) {
        for (list, live) in [(&mut self.live, true), (&mut self.undone, false)] {
            let is_so = |&(since, index): &(u64, u32)| {
                let act = &self.acts[index as usize];
                act.live == live && act.since == since
            };
            while list.pop_if(|last| !is_so(last)).is_some() {}
        }
    }

    /// Lets a live site stand whose cover is gone, unless another later site covers it.
    fn uncover(&mut self, id: u32) {
        let place = self.sites[id as usize].place;
        self.take_cover_off(id);
        match self.later_over(id) {
            Some(later) => self.cover(id, later),
            None => drop(self.uncovered.insert(place, id)),
        }
    }

    pub(super) fn redo(&mut self, seq: u64, index: u32) -> Vec<Place> {
        if self.live.last().is_some_and(|&(_, last)| last > index) {
            self.leave_turn();
        }
        let act = &mut self.acts[index as usize];
        (act.live, act.since) = (true, seq);
        let ids = act.sites.clone();
        self.live.push((seq, index));
        self.forget_turned();
        let mut touched = Vec::with_capacity(ids.len());
        for id in ids {
            let place = self.sites[id as usize].place;
            self.cover_earlier(id, &mut touched);
            match self.later_over(id) {
                Some(later) => self.cover(id, later),
                None => drop(self.uncovered.insert(place, id)),
            }
            touched.push(place);
        }
        touched
    }
}
