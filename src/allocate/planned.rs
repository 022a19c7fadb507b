//! Least-cost awards in which prices or limits go by region: who delivers how much where is part of the award.
//!
//! Where a limit asks for backups, every region names them: of the winners that offer there and are not its main supplier
//! the cheapest in that region first. Winners at one price share a place: nothing decides between them.

use std::collections::BTreeSet;

use super::lot::Start;
use super::{Basis, LotAllocation, RegionVolume, WinnerVolume};
use crate::certify::LotAward;
use crate::model::language::input::covers;
use crate::money::{Inexact, Money, Quantity, UnitPrice};
use crate::tender::{LimitKind, Region, Role};

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
    regions.extend(backups(start, &regions));
    let rank = |bid: usize| winners.iter().position(|winner| winner.bid == bid);
    regions.sort_by(|one, other| {
        (&one.region, one.role, rank(one.bid)).cmp(&(&other.region, other.role, rank(other.bid)))
    });
    Ok(LotAllocation {
        basis: Basis::LeastCost,
        agreed_volume: Quantity::total(winners.iter().map(|winner| winner.agreed_volume))?,
        value: Money::total(winners.iter().map(|winner| winner.value))?,
        winners,
        regions,
        range: None,
    })
}

/// The places that are named in a region.
const PLACES: [Role; 2] = [Role::FirstBackup, Role::SecondBackup];

/// Who stands in where, as far as a limit asks for it.
fn backups(start: &Start<'_>, mains: &[RegionVolume]) -> Vec<RegionVolume> {
    let asked = start.rules.limits.iter().filter_map(|limit| match limit.kind {
        LimitKind::Backups(backups) if covers(&limit.scope, &start.lot.lot) => Some(backups),
        _ => None,
    });
    let asked = usize::try_from(asked.max().unwrap_or(0)).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    let regions: BTreeSet<&Region> = mains.iter().map(|row| &row.region).collect();
    for region in regions {
        let serves = |bid: usize| mains.iter().any(|row| row.region == *region && row.bid == bid);
        let mut standing: Vec<(UnitPrice, usize)> = Vec::new();
        for winner in start.award.winners.iter().filter(|winner| !serves(winner.bid)) {
            let own = winner.offers.iter().filter(|(offered, _)| offered == region);
            standing.extend(own.map(|(_, price)| (*price, winner.bid)));
        }
        for (price, bid) in &standing {
            let cheaper = standing.iter().filter(|(other, _)| other < price).count();
            let role = PLACES.get(cheaper).filter(|_| cheaper < asked);
            found.extend(role.map(|role| RegionVolume {
                region: region.clone(),
                bid: *bid,
                role: *role,
                agreed_volume: Quantity::ZERO,
                value: Money::ZERO,
            }));
        }
    }
    found
}
