//! Agreed volumes, and who supplies which region.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::money::{Inexact, Money, Quantity, Ratio, UnitPrice, split_largest_remainder};
use crate::rules::{AllocationRule, RegionsByDraft, VolumeByRank};
use crate::tender::{Outcome, Pick, Region, Role, SupplierId};

use super::bids::Count;
use super::brands::by_brand;
use super::ranks::{Award, Decides, Tie};

/// Who supplies how much, where.
#[derive(Debug, Clone, Default)]
pub(super) struct Volumes<'a> {
    /// The word for where the distribution comes from.
    pub(super) basis: &'static str,
    /// Volume of each winner, in the order of the award's winners; empty while nothing can be given out.
    pub(super) winners: Vec<Quantity>,
    /// Rows by region, role and winner.
    pub(super) rows: Vec<Row<'a>>,
    /// Least and greatest spending over all drafts.
    pub(super) range: Option<(Money, Money)>,
}

/// One winner in one region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row<'a> {
    pub(super) region: &'a Region,
    pub(super) role: Role,
    /// Place in the award's list of winners.
    pub(super) winner: usize,
    pub(super) volume: Quantity,
}

/// Gives out the agreed volume of a lot. `planned` is what a least-cost award gives each winner.
///
/// # Errors
/// [`Inexact`] when a number cannot be held.
pub(super) fn volumes<'a>(
    count: &Count<'a>,
    award: &Award,
    planned: &[Quantity],
) -> Result<Volumes<'a>, Inexact> {
    let open = Volumes { basis: "open", ..Volumes::default() };
    let who_is_open = award.ties.iter().any(|tie| tie.decides != Decides::Order);
    let share = match (award.share, &count.rules.agreed_share) {
        (Some(share), _) => share,
        (None, None) => Ratio::ONE,
        (None, Some(_)) => return Ok(open),
    };
    if award.winners.is_empty() || who_is_open {
        return Ok(open);
    }
    let prices = prices(count, award)?;
    let agreed = agreed(count, share)?;
    let picks = picks(count, award);
    if award.winners.len() == 1 {
        let all = agreed.iter().map(|(region, volume)| row(region, Role::Main, 0, *volume)).collect();
        let rows = picks.map(|picks| picked(count, award, &agreed, &picks)).unwrap_or(all);
        return settled("sole_winner", rows, 1, None);
    }
    match &count.rules.allocation {
        AllocationRule::Draft(rule) => drafted(count, award, &rule.rule, &agreed, picks),
        AllocationRule::OwnBrand(rule) => {
            let total = Quantity::total(agreed.values().copied())?.rounded(rule.rule.rounding)?;
            let least = prices.iter().min();
            let cheapest: Vec<bool> = prices.iter().map(|price| Some(price) == least).collect();
            let rows = by_brand(count, award, &rule.rule, total, &cheapest)?;
            settled("own_brand", rows, prices.len(), None)
        }
        AllocationRule::ByRank(rule) => by_rank(award, &rule.rule, &agreed),
        AllocationRule::ByClass(_) | AllocationRule::ByLadder(_) => Err(Inexact),
        AllocationRule::AtLeastCost(_) => {
            let volumes = &count.regions;
            let digits = planned.iter().chain(volumes.values()).map(|volume| volume.decimals()).max();
            spread_rows("least_cost", planned, volumes, digits.unwrap_or(0))
        }
    }
}

/// The totals of the winners spread over the regions.
fn spread_rows<'a>(
    basis: &'static str,
    totals: &[Quantity],
    regions: &BTreeMap<&'a Region, Quantity>,
    digits: u32,
) -> Result<Volumes<'a>, Inexact> {
    let volumes: Vec<Quantity> = regions.values().copied().collect();
    let mut rows = Vec::new();
    for (region, parts) in regions.keys().zip(spread(totals, &volumes, digits)?) {
        let given = parts.into_iter().enumerate().filter(|(_, volume)| !volume.is_zero());
        rows.extend(given.map(|(winner, volume)| row(region, Role::Main, winner, volume)));
    }
    settled(basis, rows, totals.len(), None)
}

/// The listed shares to the first ranks, what they leave in equal parts to the others.
fn by_rank<'a>(
    award: &Award,
    rule: &VolumeByRank,
    agreed: &BTreeMap<&'a Region, Quantity>,
) -> Result<Volumes<'a>, Inexact> {
    let place = |at: &usize| award.winners.iter().position(|winner| winner == at);
    let open = |tie: &Tie| {
        let tied: Vec<usize> = tie.bids.iter().filter_map(place).collect();
        !shared_alike(rule, award.winners.len(), &tied)
    };
    if award.ties.iter().any(open) {
        return Ok(Volumes { basis: "open", ..Volumes::default() });
    }
    let total = Quantity::total(agreed.values().copied())?;
    let digits = rule.rounding.digits.max(total.decimals());
    let totals = split_largest_remainder(total, &weights(rule, award.winners.len())?, digits)?;
    spread_rows("by_rank", &totals, agreed, digits)
}

/// What each rank has, as whole numbers: a share of the others is a part of the rest, so all are multiplied by their number.
fn weights(rule: &VolumeByRank, winners: usize) -> Result<Vec<Quantity>, Inexact> {
    let digits = rule.shares.iter().map(|share| share.decimals()).max().unwrap_or(0);
    let rest = rule.shares.iter().try_fold(Ratio::ONE, |rest, share| rest.minus(*share))?;
    let others = winners.saturating_sub(rule.shares.len());
    let times = i128::try_from(others.max(1)).map_err(|_| Inexact)?;
    let of = |place: usize| {
        let (ratio, times) = rule.shares.get(place).map_or((rest, 1), |share| (*share, times));
        Quantity::from_steps(
            ratio.in_steps(digits).and_then(|steps| steps.checked_mul(times)).ok_or(Inexact)?,
            0,
        )
    };
    (0..winners).map(of).collect()
}

/// Whether the ranks `tied`, from 0, have one share.
pub(super) fn shared_alike(rule: &VolumeByRank, winners: usize, tied: &[usize]) -> bool {
    let Ok(weights) = weights(rule, winners) else { return false };
    let shares: BTreeSet<Option<&Quantity>> = tied.iter().map(|place| weights.get(*place)).collect();
    shares.len() < 2
}

/// Under another rule set than the tender's: whether the recorded picks are of other suppliers than these winners.
pub(super) fn of_own_rules(count: &Count<'_>, winners: &[usize]) -> bool {
    let won: BTreeSet<&SupplierId> =
        winners.iter().filter_map(|at| count.lot.bids.get(*at)).map(|bid| &bid.supplier_id).collect();
    let picked: BTreeSet<&SupplierId> = count.lot.picks.iter().map(|pick| &pick.supplier_id).collect();
    count.rules.instead_of.is_some() && picked != won
}

/// The regions as they were picked; without picks the draft in which every pick takes the largest region that is left.
fn drafted<'a>(
    count: &Count<'a>,
    award: &Award,
    rule: &RegionsByDraft,
    agreed: &BTreeMap<&'a Region, Quantity>,
    picks: Option<Vec<&'a Pick>>,
) -> Result<Volumes<'a>, Inexact> {
    let prices = prices(count, award)?;
    // A region that reported nothing takes its turn, unless the recorded picks leave it out.
    let left_out = |region: &Region| {
        let main = |pick: &&Pick| pick.role == Role::Main && pick.region == *region;
        picks.as_ref().is_some_and(|picks| !picks.iter().copied().any(|pick| main(&pick)))
    };
    let wanted: Vec<(&Region, Quantity)> = count
        .regions
        .iter()
        .filter(|(region, base)| !base.is_zero() || !left_out(region))
        .map(|(region, _)| (*region, agreed.get(region).copied().unwrap_or_default()))
        .collect();
    let turns = turns(rule, prices.len(), wanted.len());
    let range = Some(range(&turns, &prices, &wanted)?);
    if let Some(picks) = picks {
        let rows = picked(count, award, agreed, &picks);
        return settled("recorded_picks", rows, prices.len(), range);
    }
    if !award.ties.is_empty() {
        return Ok(Volumes { basis: "open", range, ..Volumes::default() });
    }
    // Equal base volumes in the order of the regions' names.
    let mut by_size = wanted;
    by_size.sort_by_key(|(region, _)| (Reverse(count.regions.get(region).copied()), *region));
    let pairs = by_size.into_iter().zip(turns);
    let rows = pairs.map(|((region, volume), winner)| row(region, Role::Main, winner, volume));
    settled("simulated_draft", rows.collect(), prices.len(), range)
}

/// Comparable prices of the winners, in their order.
pub(super) fn prices(count: &Count<'_>, award: &Award) -> Result<Vec<UnitPrice>, Inexact> {
    award.winners.iter().map(|at| count.bids.get(*at).and_then(|bid| bid.price).ok_or(Inexact)).collect()
}

fn row(region: &Region, role: Role, winner: usize, volume: Quantity) -> Row<'_> {
    Row { region, role, winner, volume }
}

fn settled<'a>(
    basis: &'static str,
    mut rows: Vec<Row<'a>>,
    winners: usize,
    range: Option<(Money, Money)>,
) -> Result<Volumes<'a>, Inexact> {
    rows.sort();
    let of = |winner| Quantity::total(rows.iter().filter(|row| row.winner == winner).map(|row| row.volume));
    let winners = (0..winners).map(of).collect::<Result<_, _>>()?;
    Ok(Volumes { basis, winners, rows, range })
}

/// The share of every region's base volume; where volumes are rounded the total is, and the regions follow it by the
/// largest remainder.
fn agreed<'a>(count: &Count<'a>, share: Ratio) -> Result<BTreeMap<&'a Region, Quantity>, Inexact> {
    let exact = count.regions.values().map(|base| base.scaled(share)).collect::<Result<Vec<_>, _>>()?;
    let parts = match count.rules.volume_rounding() {
        None => exact,
        Some(rounding) => {
            let total = Quantity::total(exact.iter().copied())?.rounded(rounding)?;
            split_largest_remainder(total, &exact, rounding.digits)?
        }
    };
    Ok(count.regions.keys().copied().zip(parts).collect())
}

/// Each region split in proportion to what every winner still has to deliver.
pub(super) fn spread(
    totals: &[Quantity],
    regions: &[Quantity],
    digits: u32,
) -> Result<Vec<Vec<Quantity>>, Inexact> {
    let mut left = totals.to_vec();
    let mut all = Vec::new();
    for region in regions {
        let parts = split_largest_remainder(*region, &left, digits)?;
        left = left.iter().zip(&parts).map(|(left, part)| left.minus(*part)).collect::<Result<_, _>>()?;
        all.push(parts);
    }
    if left.iter().all(|left| left.is_zero()) { Ok(all) } else { Err(Inexact) }
}

/// Who picks at each turn: rank 1 the priority picks, then all in turn.
fn turns(rule: &RegionsByDraft, winners: usize, regions: usize) -> Vec<usize> {
    let first = usize::try_from(rule.priority_picks).unwrap_or(usize::MAX).min(regions);
    std::iter::repeat_n(0, first).chain((0..winners).cycle()).take(regions).collect()
}

/// The cheapest and the dearest draft: prices, each as often as its winner picks, against volumes in opposite and in the
/// same order (the rearrangement inequality).
fn range(
    turns: &[usize],
    prices: &[UnitPrice],
    wanted: &[(&Region, Quantity)],
) -> Result<(Money, Money), Inexact> {
    let mut paid: Vec<UnitPrice> =
        turns.iter().map(|winner| prices.get(*winner).copied().ok_or(Inexact)).collect::<Result<_, _>>()?;
    let mut volumes: Vec<Quantity> = wanted.iter().map(|(_, volume)| *volume).collect();
    paid.sort();
    volumes.sort();
    let sum = |pairs: Vec<(&UnitPrice, &Quantity)>| {
        let each = pairs.into_iter().map(|(price, volume)| price.times(*volume));
        Money::total(each.collect::<Result<Vec<_>, _>>()?)
    };
    Ok((sum(paid.iter().rev().zip(&volumes).collect())?, sum(paid.iter().zip(&volumes).collect())?))
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
    let tied = (0..count.bids.len()).filter(|at| award.status(count, *at) == "tied");
    let supplier = |at: usize| lot.bids.get(at).map(|bid| &bid.supplier_id);
    let tied: Vec<&SupplierId> = tied.filter_map(supplier).collect();
    let won: BTreeSet<&SupplierId> = award.winners.iter().filter_map(|at| supplier(*at)).collect();
    let published: BTreeSet<&SupplierId> = lot.expected.iter().flatten().collect();
    let stranger = |pick: &&Pick| !won.contains(&pick.supplier_id) && !tied.contains(&&pick.supplier_id);
    let of_another = lot.picks.iter().filter(stranger).any(|pick| published.contains(&pick.supplier_id));
    let all_published = lot.picks.iter().all(|pick| published.contains(&pick.supplier_id));
    let differ = lot.expected.is_some() && tied.is_empty() && won != published;
    if of_another || (all_published && differ) { None } else { Some(lot.picks.iter().collect()) }
}

fn picked<'a>(
    count: &Count<'a>,
    award: &Award,
    agreed: &BTreeMap<&'a Region, Quantity>,
    picks: &[&'a Pick],
) -> Vec<Row<'a>> {
    let winner = |pick: &Pick| {
        let of = |at: &usize| count.lot.bids.get(*at).is_some_and(|bid| bid.supplier_id == pick.supplier_id);
        award.winners.iter().position(of)
    };
    let volume = |pick: &Pick| match pick.role {
        Role::Main => agreed.get(&pick.region).copied().unwrap_or_default(),
        Role::OwnBrand | Role::FirstBackup | Role::SecondBackup => Quantity::ZERO,
    };
    let rows =
        picks.iter().filter_map(|pick| Some(row(&pick.region, pick.role, winner(pick)?, volume(pick))));
    rows.collect()
}

/// Whether the lot waits for a draw before its volumes can be given out.
pub(super) fn is_open(award: &Award, volumes: &Volumes<'_>) -> bool {
    volumes.basis == "open" && award.outcome != Outcome::NoAward
}
