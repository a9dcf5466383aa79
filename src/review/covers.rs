//! Which site covers which, as lists threaded through the sites: no map, nothing allocated a site.

/// Stands where a link leads nowhere.
const NONE: u32 = u32::MAX;

/// Holds for each site the one later site that was chosen to cover it, and back.
#[derive(Debug, Clone, Default)]
pub(super) struct Covers {
    links: Vec<Link>,
}

#[derive(Debug, Clone, Copy)]
struct Link {
    /// What covers this site.
    by: u32,
    /// The first of the sites that this one covers.
    first: u32,
    /// The sites before and after it among those with the same cover.
    before: u32,
    after: u32,
}

impl Covers {
    /// Makes room for one site more, which neither covers nor is covered.
    pub(super) fn push(&mut self) {
        self.links.push(Link { by: NONE, first: NONE, before: NONE, after: NONE });
    }

    /// Lets `later` cover `earlier`, which nothing covers.
    pub(super) fn cover(&mut self, earlier: u32, later: u32) {
        let after = std::mem::replace(&mut self.links[later as usize].first, earlier);
        if after != NONE {
            self.links[after as usize].before = earlier;
        }
        let link = &mut self.links[earlier as usize];
        (link.by, link.before, link.after) = (later, NONE, after);
    }

    /// Returns what covers a site.
    pub(super) fn by(&self, site: u32) -> Option<u32> {
        let by = self.links[site as usize].by;
        (by != NONE).then_some(by)
    }

    /// Lets nothing cover a site; says whether something did.
    pub(super) fn uncover(&mut self, site: u32) -> bool {
        let Link { by, before, after, .. } = self.links[site as usize];
        if by == NONE {
            return false;
        }
        match before {
            NONE => self.links[by as usize].first = after,
            before => self.links[before as usize].after = after,
        }
        if after != NONE {
            self.links[after as usize].before = before;
        }
        self.links[site as usize].by = NONE;
        true
    }

    /// Returns the sites that a site covers.
    pub(super) fn under(&self, site: u32) -> Vec<u32> {
        let next = |at: u32| (at != NONE).then_some(at);
        let first = next(self.links[site as usize].first);
        std::iter::successors(first, |&at| next(self.links[at as usize].after)).collect()
    }

    /// Returns every covered site.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(&self.links).filter(|(_, link)| link.by != NONE).map(|(site, _)| site)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn is_a_map_both_ways(steps in prop::collection::vec((0_u32..8, 0_u32..8), 0..60)) {
            let mut covers = Covers::default();
            (0..8).for_each(|_| covers.push());
            let mut naive = [None; 8];
            for (site, cover) in steps {
                let was = naive[site as usize].take();
                prop_assert_eq!(covers.uncover(site), was.is_some());
                if site != cover {
                    naive[site as usize] = Some(cover);
                    covers.cover(site, cover);
                }
                for at in 0..8 {
                    prop_assert_eq!(covers.by(at), naive[at as usize]);
                    let mut under = covers.under(at);
                    under.sort_unstable();
                    let told: Vec<u32> = (0..8).filter(|&it| naive[it as usize] == Some(at)).collect();
                    prop_assert_eq!(under, told);
                }
                let all: Vec<u32> = covers.all().collect();
                let told: Vec<u32> = (0..8).filter(|&it| naive[it as usize].is_some()).collect();
                prop_assert_eq!(all, told);
            }
        }
    }
}
