//! An index of places by where they lie, for overlap queries over long histories.

use std::collections::{BTreeMap, BTreeSet};

use crate::review::event::Place;

/// Finds the places that overlap a given one, each with a number of the caller's.
///
/// Places are kept in layers by the power of two of their length, so that one page-long place
/// among a million words does not make every query walk a page; and each once, with the numbers of
/// all that lie there, as a long log decides the same words again and again.
#[derive(Debug, Clone, Default)]
pub struct Spans {
    layers: Vec<BTreeMap<Place, BTreeSet<u32>>>,
}

impl Spans {
    /// Says whether there is no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.layers.iter().all(BTreeMap::is_empty)
    }

    /// Puts a place in under `id`.
    pub fn insert(&mut self, place: Place, id: u32) {
        let layer = layer_of(place);
        if self.layers.len() <= layer {
            self.layers.resize_with(layer + 1, BTreeMap::new);
        }
        self.layers[layer].entry(place).or_default().insert(id);
    }

    /// Takes a place out.
    pub fn remove(&mut self, place: Place, id: u32) {
        let Some(layer) = self.layers.get_mut(layer_of(place)) else { return };
        if let Some(here) = layer.get_mut(&place) {
            here.remove(&id);
            if here.is_empty() {
                layer.remove(&place);
            }
        }
    }

    /// Returns the numbers of the places that overlap `place`, in no promised order.
    pub fn overlapping(&self, place: Place) -> impl Iterator<Item = u32> + '_ {
        self.lists(place).flatten().copied()
    }

    /// Returns the number of a place that overlaps `place`, above `id`; of several any.
    #[must_use]
    pub fn later(&self, place: Place, id: u32) -> Option<u32> {
        self.lists(place).find_map(|here| here.range(id + 1..).next().copied())
    }

    /// Returns the numbers of all that overlap `place`, one list for each place.
    fn lists(&self, place: Place) -> impl Iterator<Item = &BTreeSet<u32>> + '_ {
        self.layers.iter().enumerate().filter(|(_, layer)| !layer.is_empty()).flat_map(
            move |(depth, layer)| {
                let reach = (1_usize << depth) - 1;
                let from = Place::new(place.start.saturating_sub(reach)..0, 0);
                layer
                    .range(from..)
                    .take_while(move |(other, _)| other.start <= place.end)
                    .filter(move |(other, _)| other.overlaps(place))
                    .map(|(_, here)| here)
            },
        )
    }
}

/// Returns the layer of a place: 0 for empty ones, else one more than the length's power of two.
fn layer_of(place: Place) -> usize {
    (usize::BITS - (place.end - place.start).leading_zeros()) as usize
}

/// Returns the numbers of those places that overlap `place`, where all lie apart: so of those that
/// start before it only the last can reach it, and an insertion is itself or inside that one.
///
/// Thousands of insertions may stand at one offset, where a page is missing, and none is gone over.
pub(crate) fn apart_over(
    apart: &BTreeMap<Place, u32>,
    place: Place,
) -> impl Iterator<Item = u32> + '_ {
    let border = Place::new(place.start..0, 0);
    let before = apart.range(..border).next_back();
    let before = before.filter(|(other, _)| other.overlaps(place)).map(|(_, &id)| id);
    let from = if place.is_empty() { place } else { border };
    let after = apart
        .range(from..)
        .take(if place.is_empty() { 1 } else { usize::MAX })
        .take_while(move |(other, _)| other.start <= place.end)
        .filter(move |(other, _)| other.overlaps(place))
        .map(|(_, &id)| id);
    before.into_iter().chain(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_lies_apart_is_found_as_by_a_walk(
            places in prop::collection::vec((0_usize..20, 0_usize..6, 0_u32..4), 0..30),
            probe in (0_usize..20, 0_usize..6, 0_u32..4),
        ) {
            let place = |(start, length, n): (usize, usize, u32)| {
                Place::new(start..start + length, if length == 0 { n } else { 0 })
            };
            let mut apart = BTreeMap::new();
            for (id, &raw) in places.iter().enumerate() {
                if apart.keys().all(|other: &Place| !other.overlaps(place(raw))) {
                    apart.insert(place(raw), id as u32);
                }
            }
            let probe = place(probe);
            let found: Vec<u32> = apart_over(&apart, probe).collect();
            let slowly = apart.iter().filter(|(other, _)| other.overlaps(probe));
            prop_assert_eq!(found, slowly.map(|(_, &id)| id).collect::<Vec<_>>());
        }

        #[test]
        fn finds_what_a_walk_over_all_finds(
            places in prop::collection::vec((0_usize..40, 0_usize..9, 0_u32..3), 0..30),
            probe in (0_usize..40, 0_usize..9, 0_u32..3),
        ) {
            let place = |(start, length, n): (usize, usize, u32)| Place::new(start..start + length, n);
            let mut spans = Spans::default();
            for (id, &raw) in places.iter().enumerate() {
                spans.insert(place(raw), id as u32);
            }
            for (id, &raw) in places.iter().enumerate().step_by(3) {
                spans.remove(place(raw), id as u32);
            }
            let probe = place(probe);
            let mut found: Vec<_> = spans.overlapping(probe).collect();
            found.sort_unstable();
            let walked: Vec<_> = (0..places.len() as u32)
                .filter(|id| id % 3 != 0 && place(places[*id as usize]).overlaps(probe))
                .collect();
            for id in 0..places.len() as u32 {
                let later = spans.later(probe, id);
                prop_assert!(later.is_none_or(|later| later > id && found.contains(&later)));
                prop_assert_eq!(later.is_none(), !found.iter().any(|&other| other > id));
            }
            prop_assert_eq!(found, walked);
        }
    }
}
