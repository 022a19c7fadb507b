//! What each winner keeps of its own volume: by class, or by rank in its unit.

use std::collections::BTreeMap;

use super::lot::{Row, Start, open};
use super::own_brand::Reported;
use super::pooled::{Asked, Chosen, Entitled, Terms, pooled};
use super::{Basis, LotAllocation};
use crate::money::{Fraction, Inexact, Quantity, Ratio, split_volume};
use crate::rules::{PoolBy, PoolTo, PriceClass, VolumeByClass, VolumeByLadder};
use crate::tender::{Bid, Region, Role, SupplierId};

impl Start<'_> {
    /// Volumes by class. While a draw decides the class of a winner nothing is given out.
    pub(super) fn by_class(&self, rule: &VolumeByClass) -> Result<LotAllocation, Inexact> {
        let classes: Option<Vec<PriceClass>> =
            self.winners.iter().map(|bid| self.screened.bids.get(*bid)?.class).collect();
        let Some(classes) = classes else { return Ok(open(None)) };
        let entitled = |(class, bid): (&PriceClass, &usize)| {
            let (kept, to_first) = rule.shares(*class);
            let receives = rule.pool_to.contains(class);
            let agreed = self.agreed_of(*bid);
            Entitled { kept, to_first, agreed, receives, is_first: *class == PriceClass::A1 }
        };
        let terms = Terms {
            committed: Ratio::ONE,
            others: rule.unselected,
            by_kept: rule.pool_by == PoolBy::Kept,
            rounding: rule.rounding,
        };
        self.pooled(
            Basis::ByClass,
            &classes.iter().zip(&self.winners).map(entitled).collect::<Vec<_>>(),
            terms,
        )
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
        let entitled = |(place, bid): (&Option<usize>, &usize)| Entitled {
            kept: place.map_or(rule.without_place, |place| rule.share(place)),
            to_first: Ratio::ZERO,
            agreed: self.agreed_of(*bid),
            receives: place.is_some() || rule.pool_to == PoolTo::All,
            is_first: false,
        };
        let terms = Terms {
            committed: rule.committed,
            others: Ratio::ONE,
            by_kept: rule.pool_by == PoolBy::Kept,
            rounding: rule.rounding,
        };
        self.pooled(
            Basis::ByLadder,
            &places.iter().zip(&self.winners).map(entitled).collect::<Vec<_>>(),
            terms,
        )
    }

    /// The share of what falls to a bid that is agreed: all, unless it has one of its own.
    fn agreed_of(&self, bid: usize) -> Ratio {
        self.screened.bids.get(bid).and_then(|bid| bid.agreed_share).unwrap_or(Ratio::ONE)
    }

    /// What a region was told of second choices, row by row.
    fn chosen(&self, region: &Region) -> Result<Vec<Chosen>, Inexact> {
        let of = |supplier: &SupplierId| -> Vec<usize> {
            let bids = self.winners.iter().map(|bid| self.lot.lot.bids.get(*bid));
            let is = |bid: Option<&Bid>| bid.is_some_and(|bid| bid.supplier_id == *supplier);
            bids.enumerate().filter(|(_, bid)| is(*bid)).map(|(at, _)| at).collect()
        };
        let mut all = Vec::new();
        for row in self.lot.demand.iter().filter(|row| row.region == *region) {
            let Some(to) = row.second_choice.as_ref().map(of).filter(|to| !to.is_empty()) else { continue };
            let brands = row.supplier_id.as_ref().map(of).unwrap_or_default();
            if brands.is_empty() {
                all.push(Chosen { of: None, to, volume: row.volume });
                continue;
            }
            let equal = vec![Fraction::one(); brands.len()];
            let parts = split_volume(row.volume, &equal, row.volume.decimals())?;
            let part = |(of, volume)| Chosen { of: Some(of), to: to.clone(), volume };
            all.extend(brands.into_iter().zip(parts).map(part));
        }
        Ok(all)
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
        let asked = by_region
            .iter()
            .map(|(region, place)| {
                let chosen = self.chosen(region)?;
                Ok(Asked { winners: place.winners.clone(), others: place.others, chosen })
            })
            .collect::<Result<Vec<_>, Inexact>>()?;
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
