//! Least-cost awards in which prices or limits go by region: who delivers how much where is part of the award.
//!
//! Where a limit asks for backups, every region names them: of the winners that offer there and are not its main supplier
//! the cheapest in that region first. Winners at one price share a place: nothing decides between them. Where related
//! suppliers count as one, nobody stands in for a related supplier, and of related winners the cheapest does.

use std::collections::{BTreeMap, BTreeSet};

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

/// Who stands in where, as far as a limit asks for it.
fn backups(start: &Start<'_>, mains: &[RegionVolume]) -> Vec<RegionVolume> {
    let asked = start.rules.limits.iter().filter_map(|limit| match limit.kind {
        LimitKind::Backups(backups) if covers(&limit.scope, &start.lot.lot) => Some(backups),
        _ => None,
    });
    let asked = asked.max().unwrap_or(0);
    let regions: BTreeSet<&Region> = mains.iter().map(|row| &row.region).collect();
    regions.into_iter().flat_map(|region| standing_in(start, asked, region, mains)).collect()
}

/// Who stands in for the main supplier of a region.
fn standing_in(start: &Start<'_>, asked: u32, region: &Region, mains: &[RegionVolume]) -> Vec<RegionVolume> {
    let serving: BTreeSet<Option<&str>> =
        mains.iter().filter(|row| row.region == *region).map(|row| party(start, row.bid)).collect();
    let mut standing: BTreeMap<&str, Vec<(UnitPrice, usize)>> = BTreeMap::new();
    for winner in &start.award.winners {
        let Some(party) = party(start, winner.bid).filter(|party| !serving.contains(&Some(party))) else {
            continue;
        };
        for offer in winner.offers.iter().filter(|offer| offer.region == *region) {
            standing.entry(party).or_default().push((offer.price, winner.bid));
        }
    }
    let least = |offers: &Vec<(UnitPrice, usize)>| offers.iter().map(|(price, _)| *price).min();
    let mut found = Vec::new();
    for offers in standing.values() {
        let Some(own) = least(offers) else { continue };
        let cheaper = standing.values().filter_map(least).filter(|other| *other < own).count();
        let Some(place) = u32::try_from(cheaper).ok().filter(|cheaper| *cheaper < asked) else { continue };
        let cheapest = offers.iter().filter(|(price, _)| *price == own);
        found.extend(cheapest.map(|(_, bid)| RegionVolume {
            region: region.clone(),
            bid: *bid,
            role: Role::Backup(place.saturating_add(1)),
            agreed_volume: Quantity::ZERO,
            value: Money::ZERO,
        }));
    }
    found
}

/// Who a bid counts for: its supplier, or the controller where related suppliers count as one.
fn party<'a>(start: &'a Start<'_>, bid: usize) -> Option<&'a str> {
    let as_one = start.rules.limits.iter().any(|limit| limit.kind == LimitKind::RelatedAsOne);
    match as_one {
        true => start.lot.bids.get(bid).map(|bid| bid.controller.as_str()),
        false => start.lot.lot.bids.get(bid).map(|bid| bid.supplier_id.as_str()),
    }
}
