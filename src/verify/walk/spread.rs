//! In which lots the highest price is excluded, by the plain walk.

use super::filed::{Round, file};
use super::{prices, ratio};
use crate::money::Proportion;
use crate::rules::AwardRule;
use crate::tender::Lot;

/// Whether the highest price of a lot is excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bites {
    /// It is.
    Yes,
    /// It is not, or the rule set has no such rule.
    No,
}

/// For each lot whether its highest price is excluded; `None` when a number cannot be held.
pub fn bites(lots: &[&Lot], round: Round<'_>) -> Option<Vec<Bites>> {
    let AwardRule::Ranked { places, stages, .. } = &round.rules.award else {
        return Some(vec![Bites::No; lots.len()]);
    };
    let Some(rule) = &stages.highest_excluded else { return Some(vec![Bites::No; lots.len()]) };
    let mut ratios: Vec<Option<Proportion>> = Vec::new();
    for lot in lots {
        let (bidders, filed) = file(lot, round)?;
        let places = usize::try_from(places.rule.places(bidders).unwrap_or(0)).ok()?;
        ratios.push(ratio(&prices(&filed, places, stages).taken));
    }
    let all: Vec<Proportion> = ratios.iter().copied().flatten().collect();
    let count = rule.rule.lots.unwrap_or(u32::try_from(all.len()).ok()?);
    let bites = |(lot, own): (&&Lot, Option<Proportion>)| {
        let Some(own) = own else { return Bites::No };
        let wider = all.iter().filter(|other| **other > own).count();
        let narrower = all.iter().filter(|other| **other < own).count();
        let (wider, narrower) = match lot.spread_rank {
            Some(rank) => (Some(rank.saturating_sub(1)), count.checked_sub(rank)),
            None => (u32::try_from(wider).ok(), u32::try_from(narrower).ok()),
        };
        let inside = wider.is_some_and(|wider| wider < rule.rule.top)
            || narrower.is_some_and(|narrower| narrower < rule.rule.bottom);
        if inside { Bites::Yes } else { Bites::No }
    };
    Some(lots.iter().zip(ratios).map(bites).collect())
}
