//! Least-cost awards in which prices or limits go by region: who delivers how much where is part of the award.

use super::lot::Start;
use super::{Basis, LotAllocation, RegionVolume, WinnerVolume};
use crate::certify::LotAward;
use crate::money::{Inexact, Money, Quantity};
use crate::tender::Role;

/// Whether the award says of every winner what it delivers where.
pub(super) fn is_by_region(award: &LotAward) -> bool {
    !award.winners.is_empty() && award.winners.iter().all(|winner| winner.regions.is_some())
}

/// The volumes and values of the award as they are.
pub(super) fn allocation(start: &Start<'_>) -> Result<LotAllocation, Inexact> {
    let (mut winners, mut regions) = (Vec::new(), Vec::new());
    for winner in &start.award.winners {
        let planned = winner.regions.as_deref().unwrap_or_default();
        let agreed_volume = Quantity::total(planned.iter().map(|region| region.volume))?;
        let value = Money::total(planned.iter().map(|region| region.value))?;
        winners.push(WinnerVolume { bid: winner.bid, agreed_volume, value });
        regions.extend(planned.iter().map(|region| RegionVolume {
            region: region.region.clone(),
            bid: winner.bid,
            role: Role::Main,
            agreed_volume: region.volume,
            value: region.value,
        }));
    }
    let rank = |bid: usize| winners.iter().position(|winner| winner.bid == bid);
    regions.sort_by(|one, other| (&one.region, rank(one.bid)).cmp(&(&other.region, rank(other.bid))));
    Ok(LotAllocation {
        basis: Basis::LeastCost,
        agreed_volume: Quantity::total(winners.iter().map(|winner| winner.agreed_volume))?,
        value: Money::total(winners.iter().map(|winner| winner.value))?,
        winners,
        regions,
        range: None,
    })
}
