//! What each rank has where volumes follow the rank.

use std::collections::BTreeSet;

use crate::money::{Inexact, Quantity, Ratio, Rounding};
use crate::rules::{AllocationRule, VolumeByRank, VolumeInBands, VolumeWaterfall};

/// What each rank has, as whole numbers: a share of the others is a part of the rest, so all are multiplied by their number.
fn by_rank(rule: &VolumeByRank, winners: usize) -> Result<Vec<Quantity>, Inexact> {
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

/// What each rank has where volumes follow the rank, and how they are rounded.
pub(super) fn weights(rule: &AllocationRule, winners: usize) -> Result<(Vec<Quantity>, Rounding), Inexact> {
    let numbers = |shares: Result<Vec<Ratio>, Inexact>| {
        let one = Quantity::from_steps(1, 0)?;
        shares?.into_iter().map(|share| one.scaled(share)).collect::<Result<Vec<_>, _>>()
    };
    match rule {
        AllocationRule::ByRank(rule) => Ok((by_rank(&rule.rule, winners)?, rule.rule.rounding)),
        AllocationRule::Waterfall(rule) => Ok((numbers(waterfall(&rule.rule, winners))?, rule.rule.rounding)),
        AllocationRule::InBands(rule) => Ok((numbers(bands(&rule.rule, winners))?, rule.rule.rounding)),
        AllocationRule::Draft(_)
        | AllocationRule::OwnBrand(_)
        | AllocationRule::CheapestFirst(_)
        | AllocationRule::ByClass(_)
        | AllocationRule::ByLadder(_)
        | AllocationRule::AtLeastCost(_) => Err(Inexact),
    }
}

/// The first share, then a share of what is left again and again; the last has the rest.
fn waterfall(rule: &VolumeWaterfall, winners: usize) -> Result<Vec<Ratio>, Inexact> {
    let count = u32::try_from(winners).map_err(|_| Inexact)?;
    let (first, next) = (*rule.first.at(count).ok_or(Inexact)?, *rule.next.at(count).ok_or(Inexact)?);
    let mut shares: Vec<Ratio> = Vec::new();
    while shares.len() < winners.saturating_sub(1) {
        let rest = Ratio::ONE.minus(Ratio::total(shares.iter().copied())?)?;
        shares.push(rest.scaled(if shares.is_empty() { first } else { next })?);
    }
    shares.push(Ratio::ONE.minus(Ratio::total(shares.iter().copied())?)?);
    Ok(shares)
}

/// Every rank its least share; then, rank by rank, as much of the rest as its greatest share allows.
fn bands(rule: &VolumeInBands, winners: usize) -> Result<Vec<Ratio>, Inexact> {
    let count = u32::try_from(winners).map_err(|_| Inexact)?;
    let bands = rule.bands.at(count).ok_or(Inexact)?;
    let mut shares: Vec<Ratio> =
        (0..winners).map(|rank| bands.get(rank).map_or(Ratio::ZERO, |band| band.least)).collect();
    for rank in 0..winners {
        let others = shares.iter().enumerate().filter(|(other, _)| *other != rank).map(|(_, share)| *share);
        let free = Ratio::ONE.minus(Ratio::total(others)?)?;
        if let Some((share, band)) = shares.get_mut(rank).zip(bands.get(rank)) {
            *share = free.min(band.most);
        }
    }
    if Ratio::total(shares.iter().copied())? == Ratio::ONE { Ok(shares) } else { Err(Inexact) }
}

/// Whether the ranks `tied`, from 0, have one share.
pub(super) fn shared_alike(rule: &AllocationRule, winners: usize, tied: &[usize]) -> bool {
    let Ok((weights, _)) = weights(rule, winners) else { return false };
    let shares: BTreeSet<Option<&Quantity>> = tied.iter().map(|place| weights.get(*place)).collect();
    shares.len() < 2
}
