//! Regions that winners pick: volumes of brands, main suppliers, backups; recorded, or simulated.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::money::{Inexact, Money, Quantity, UnitPrice, split_largest_remainder};
use crate::rules::{AllocationRule, RegionsByDraft, RegionsPerWinner};
use crate::tender::{Pick, Region, Role, SupplierId};

use super::bids::Count;
use super::volumes::{Row, Volumes, prices, row, settled};
use super::walk::{Award, Route};

/// The agreed volume of each region.
type ByRegion<'a> = BTreeMap<&'a Region, Quantity>;

/// Gives out the volume of a lot whose winners pick regions: as they picked them; without picks by the draft in which every
/// pick takes the largest region that is left.
///
/// # Errors
/// [`Inexact`] when a number cannot be held.
pub(super) fn drafted<'a>(
    count: &Count<'a>,
    award: &Award,
    rule: &RegionsByDraft,
    agreed: &ByRegion<'a>,
) -> Result<Volumes<'a>, Inexact> {
    let (picks, pickers) = (picks(count, award), award.pickers());
    let (brands, rest) = brands(count, award, agreed)?;
    let of_main = |region: &Region| rest.get(region).copied().unwrap_or_default();
    // A region that reported nothing takes its turn, unless the recorded picks leave it out.
    let left_out = |region: &Region| {
        let main = |pick: &&Pick| pick.role == Role::Main && pick.region == *region;
        picks.as_ref().is_some_and(|picks| !picks.iter().copied().any(|pick| main(&pick)))
    };
    let mut drafted: Vec<(&Region, Quantity)> = count
        .regions
        .iter()
        .filter(|(region, base)| !base.is_zero() || !left_out(region))
        .map(|(region, base)| (*region, *base))
        .collect();
    let limits = count.rules.draft.regions_per_winner.as_ref().map(|limits| &limits.rule);
    let turns = turns(rule, limits, pickers.len(), drafted.len());
    let mut range = None;
    if pickers.len() > 1 {
        let prices = prices(count, award)?;
        let of = |place: &usize| prices.get(*place).copied().ok_or(Inexact);
        let paid = turns.iter().map(|turn| pickers.get(*turn).ok_or(Inexact).and_then(of));
        let values = brands.iter().map(|row| of(&row.winner)?.times(row.volume));
        let values = Money::total(values.collect::<Result<Vec<_>, _>>()?)?;
        let volumes = drafted.iter().map(|(region, _)| of_main(region)).collect();
        let (least, most) = ends(paid.collect::<Result<_, _>>()?, volumes)?;
        range = Some((least.plus(values)?, most.plus(values)?));
    }
    let (all, sole) = (award.winners.len(), award.winners.len() == 1);
    if let Some(picks) = picks {
        let mut rows = picked(count, award, &pickers, &of_main, &picks);
        rows.extend(brands);
        return settled(if sole { "sole_winner" } else { "recorded_picks" }, rows, all, range);
    }
    if !award.ties.is_empty() {
        return Ok(Volumes { basis: "open", range, ..Volumes::default() });
    }
    // Equal base volumes in the order of the regions' names.
    drafted.sort_by_key(|(region, base)| (Reverse(*base), *region));
    let served: Vec<(&Region, usize)> = drafted.iter().map(|(region, _)| *region).zip(turns).collect();
    let mut turned = Vec::new();
    for (region, turn) in &served {
        turned.push((*region, Role::Main, *turn, of_main(region)));
    }
    turned.extend(backups(count, pickers.len(), &served));
    let winner =
        |(region, role, turn, volume): (_, _, usize, _)| Some(row(region, role, *pickers.get(turn)?, volume));
    let rows = turned.into_iter().filter_map(winner).chain(brands);
    settled(if sole { "sole_winner" } else { "simulated_draft" }, rows.collect(), all, range)
}

/// What was reported for the brand of each winner with volume, and what is left of every region for its main supplier.
fn brands<'a>(
    count: &Count<'a>,
    award: &Award,
    agreed: &ByRegion<'a>,
) -> Result<(Vec<Row<'a>>, ByRegion<'a>), Inexact> {
    if count.rules.draft.brand_volume.is_none() {
        return Ok((Vec::new(), agreed.clone()));
    }
    let others = award.winners.len();
    let mut reported: BTreeMap<&Region, Vec<Quantity>> = BTreeMap::new();
    for (demand, volume) in count.demand.iter().copied() {
        let of =
            |at: &usize| count.lot.bids.get(*at).map(|bid| &bid.supplier_id) == demand.supplier_id.as_ref();
        let brand = demand.supplier_id.as_ref().and_then(|_| award.winners.iter().position(of));
        let supplies = |place: &usize| {
            award.winners.get(*place).is_some_and(|at| award.route(*at) != Route::WithoutVolume)
        };
        let parts =
            reported.entry(&demand.region).or_insert_with(|| vec![Quantity::ZERO; others.saturating_add(1)]);
        let part = parts.get_mut(brand.filter(supplies).unwrap_or(others)).ok_or(Inexact)?;
        *part = part.plus(volume)?;
    }
    let (mut rows, mut rest) = (Vec::new(), BTreeMap::new());
    for (region, weights) in reported {
        let volume = agreed.get(region).copied().unwrap_or_default();
        let finest = || weights.iter().chain([&volume]).map(|part| part.decimals()).max().unwrap_or(0);
        let digits = count.rules.volume_rounding().map_or_else(finest, |rounding| rounding.digits);
        for (place, part) in split_largest_remainder(volume, &weights, digits)?.into_iter().enumerate() {
            if place == others {
                rest.insert(region, part);
            } else if !part.is_zero() {
                rows.push(row(region, Role::OwnBrand, place, part));
            }
        }
    }
    Ok((rows, rest))
}

/// Who picks at each turn: rank 1 the priority picks, then all in turn. Under limits who has as many regions as it may is passed
/// over, and so is who would take a region that others need for their least number; when a whole round is passed over, the
/// limits end.
fn turns(
    rule: &RegionsByDraft,
    limits: Option<&RegionsPerWinner>,
    winners: usize,
    regions: usize,
) -> Vec<usize> {
    let first = usize::try_from(rule.priority_picks).unwrap_or(usize::MAX).min(regions);
    let number = u32::try_from(winners).unwrap_or(u32::MAX);
    let limit = |table: &crate::rules::Table<u32>| usize::try_from(*table.at(number)?).ok();
    let least = limits.and_then(|limits| limit(&limits.least)).unwrap_or(0);
    let most = limits.and_then(|limits| limit(&limits.most)).unwrap_or(usize::MAX);
    let (mut turns, mut held, mut passed_over) = (Vec::new(), vec![0_usize; winners], 0_usize);
    let round = winners.saturating_add(first);
    for picker in std::iter::repeat_n(0, first).chain((0..winners).cycle()) {
        if turns.len() >= regions {
            break;
        }
        let Some(own) = held.get(picker).copied() else { break };
        let lacking = held.iter().map(|has| least.saturating_sub(*has));
        let needed = lacking.fold(0_usize, usize::saturating_add).saturating_sub(least.saturating_sub(own));
        let may = own < most && (own < least || regions.saturating_sub(turns.len()) > needed);
        if may || passed_over >= round {
            turns.push(picker);
            held.get_mut(picker).into_iter().for_each(|has| *has = has.saturating_add(1));
            passed_over = if passed_over >= round { passed_over } else { 0 };
        } else {
            passed_over = passed_over.saturating_add(1);
        }
    }
    turns
}

/// Who stands in where: round after round everybody in turn takes the largest region left where it neither serves nor stands
/// in; who finds none is passed over.
fn backups<'a>(
    count: &Count<'_>,
    pickers: usize,
    served: &[(&'a Region, usize)],
) -> Vec<(&'a Region, Role, usize, Quantity)> {
    let rounds = count.rules.draft.backups.as_ref().map_or(0, |rule| rule.rule.backups);
    let mut there: Vec<Vec<usize>> = served.iter().map(|(_, main)| vec![*main]).collect();
    let mut rows = Vec::new();
    for (role, _) in (1..=rounds).map(Role::Backup).zip(0..pickers) {
        let mut left: Vec<usize> = (0..served.len()).collect();
        let mut idle = 0;
        for picker in (0..pickers).cycle() {
            let free = |region: &usize| there.get(*region).is_some_and(|there| !there.contains(&picker));
            let Some(place) = left.iter().position(free) else {
                idle = usize::saturating_add(idle, 1);
                if idle >= pickers { break } else { continue }
            };
            idle = 0;
            let region = left.remove(place);
            there.get_mut(region).into_iter().for_each(|there| there.push(picker));
            rows.extend(served.get(region).map(|(name, _)| (*name, role, picker, Quantity::ZERO)));
        }
    }
    rows
}

/// The cheapest and the dearest draft: prices, each as often as its winner picks, against volumes in opposite and in the
/// same order (the rearrangement inequality).
fn ends(mut paid: Vec<UnitPrice>, mut volumes: Vec<Quantity>) -> Result<(Money, Money), Inexact> {
    paid.sort();
    volumes.sort();
    let sum = |pairs: Vec<(&UnitPrice, &Quantity)>| {
        let each = pairs.into_iter().map(|(price, volume)| price.times(*volume));
        Money::total(each.collect::<Result<Vec<_>, _>>()?)
    };
    Ok((sum(paid.iter().rev().zip(&volumes).collect())?, sum(paid.iter().zip(&volumes).collect())?))
}

/// Under another rule set than the tender's: whether the recorded picks are of other suppliers than these winners.
pub(super) fn of_own_rules(count: &Count<'_>, winners: &[usize]) -> bool {
    let won: BTreeSet<&SupplierId> =
        winners.iter().filter_map(|at| count.lot.bids.get(*at)).map(|bid| &bid.supplier_id).collect();
    let picked: BTreeSet<&SupplierId> = count.lot.picks.iter().map(|pick| &pick.supplier_id).collect();
    count.rules.instead_of.is_some() && picked != won
}

/// The recorded picks, when there are some and they are of this award's winners.
fn picks<'a>(count: &Count<'a>, award: &Award) -> Option<Vec<&'a Pick>> {
    let lot = count.lot;
    if lot.picks.is_empty() || !matches!(count.rules.allocation, AllocationRule::Draft(_)) {
        return None;
    }
    if of_own_rules(count, &award.winners) {
        return None;
    }
    let supplier = |at: &usize| lot.bids.get(*at).map(|bid| &bid.supplier_id);
    let tied = (0..count.bids.len()).filter(|at| award.status(count, *at) == "tied");
    let pickers = award.pickers();
    let picking = pickers.iter().filter_map(|place| award.winners.get(*place).copied());
    let known: BTreeSet<&SupplierId> = picking.chain(tied.clone()).filter_map(|at| supplier(&at)).collect();
    let won: BTreeSet<&SupplierId> = award.winners.iter().filter_map(supplier).collect();
    let published: BTreeSet<&SupplierId> = lot.expected.iter().flatten().collect();
    let stranger = |pick: &&Pick| !known.contains(&pick.supplier_id);
    let of_another = lot.picks.iter().filter(stranger).any(|pick| published.contains(&pick.supplier_id));
    let all_published = lot.picks.iter().all(|pick| published.contains(&pick.supplier_id));
    let differ = lot.expected.is_some() && tied.count() == 0 && won != published;
    if of_another || (all_published && differ) { None } else { Some(lot.picks.iter().collect()) }
}

/// The rows of recorded picks; a supplier with several winning bids picks for the best.
fn picked<'a>(
    count: &Count<'a>,
    award: &Award,
    pickers: &[usize],
    of_main: &dyn Fn(&Region) -> Quantity,
    picks: &[&'a Pick],
) -> Vec<Row<'a>> {
    let supplier =
        |place: &usize| count.lot.bids.get(*award.winners.get(*place)?).map(|bid| &bid.supplier_id);
    let rows = picks.iter().filter_map(|pick| {
        let winner = pickers.iter().find(|place| supplier(place) == Some(&pick.supplier_id))?;
        let volume = if pick.role == Role::Main { of_main(&pick.region) } else { Quantity::ZERO };
        Some(row(&pick.region, pick.role, *winner, volume))
    });
    rows.collect()
}
