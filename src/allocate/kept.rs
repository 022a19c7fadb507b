//! What each winner keeps of its own volume: by class, or by rank in its unit.

use std::collections::BTreeMap;

use super::lot::{Row, Start, open};
use super::own_brand::Reported;
use super::pooled::{Asked, Entitled, Terms, pooled};
use super::{Basis, LotAllocation};
use crate::money::{Inexact, Quantity, Ratio};
use crate::rules::{PoolBy, PoolTo, PriceClass, VolumeByClass, VolumeByLadder};
use crate::tender::{Region, Role};

impl Start<'_> {
    /// Volumes by class. While a draw decides the class of a winner nothing is given out.
    pub(super) fn by_class(&self, rule: &VolumeByClass) -> Result<LotAllocation, Inexact> {
        let classes: Option<Vec<PriceClass>> =
            self.winners.iter().map(|bid| self.screened.bids.get(*bid)?.class).collect();
        let Some(classes) = classes else { return Ok(open(None)) };
        let entitled = |class: &PriceClass| {
            let (kept, to_first) = rule.shares(*class);
            let receives = rule.pool_to.contains(class);
            Entitled { kept, to_first, receives, is_first: *class == PriceClass::A1 }
        };
        let terms = Terms {
            committed: Ratio::ONE,
            others: rule.unselected,
            by_kept: rule.pool_by == PoolBy::Kept,
            rounding: rule.rounding,
        };
        self.pooled(Basis::ByClass, &classes.iter().map(entitled).collect::<Vec<_>>(), terms)
    }

    /// Volumes by rank in the unit. An order that a draw must settle first says who keeps which share.
    pub(super) fn by_ladder(&self, rule: &VolumeByLadder) -> Result<LotAllocation, Inexact> {
        let places = self.screened.ladder_places(&self.winners);
        let alike = |tied: &Vec<usize>| {
            let tied: Vec<usize> = tied.iter().filter_map(|winner| *places.get(*winner)?).collect();
            rule.gives_alike(&tied)
        };
        if !self.unordered().iter().all(alike) {
            return Ok(open(None));
        }
        let entitled = |place: &Option<usize>| Entitled {
            kept: place.map_or(rule.without_place, |place| rule.share(place)),
            to_first: Ratio::ZERO,
            receives: place.is_some() || rule.pool_to == PoolTo::All,
            is_first: false,
        };
        let terms = Terms {
            committed: rule.committed,
            others: Ratio::ONE,
            by_kept: rule.pool_by == PoolBy::Kept,
            rounding: rule.rounding,
        };
        self.pooled(Basis::ByLadder, &places.iter().map(entitled).collect::<Vec<_>>(), terms)
    }

    fn pooled(&self, basis: Basis, entitled: &[Entitled], terms: Terms) -> Result<LotAllocation, Inexact> {
        let mut by_region: BTreeMap<&Region, Reported> = BTreeMap::new();
        for ((region, _), reported) in self.reports()? {
            let sum = by_region.entry(region).or_insert_with(|| Reported::none(self.winners.len()));
            sum.others = sum.others.plus(reported.others)?;
            for (sum, part) in sum.winners.iter_mut().zip(reported.winners) {
                *sum = sum.plus(part)?;
            }
        }
        let asked: Vec<Asked> = by_region
            .values()
            .map(|place| Asked { winners: place.winners.clone(), others: place.others })
            .collect();
        let mut rows = Vec::new();
        for (region, parts) in by_region.keys().zip(pooled(&asked, entitled, terms)?) {
            let given = parts.into_iter().enumerate().filter(|(_, volume)| *volume > Quantity::ZERO);
            rows.extend(given.map(|(winner, volume)| Row {
                region: (*region).clone(),
                winner,
                role: Role::Main,
                volume,
            }));
        }
        self.allocation(basis, rows, None)
    }
}
