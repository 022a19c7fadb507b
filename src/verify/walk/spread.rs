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

/// The highest price of each lot's shortlist over its lowest, where a rule asks for it.
pub struct Ratios(Vec<Option<Proportion>>);

/// For each lot whether its highest price is excluded; `None` when a number cannot be held.
pub fn bites(lots: &[&Lot], round: Round<'_>) -> Option<Vec<Bites>> {
    let ratios = ratios(lots, round)?;
    let each = lots.iter().zip(&ratios.0);
    each.map(|(lot, own)| bites_among(lot, *own, &ratios, round)).collect()
}

/// The ratios of all lots; `None` when a number cannot be held.
pub fn ratios(lots: &[&Lot], round: Round<'_>) -> Option<Ratios> {
    lots.iter().map(|lot| own_ratio(lot, round)).collect::<Option<_>>().map(Ratios)
}

/// Whether the highest price of a lot is excluded when it stands in the place `at` among lots with these ratios.
pub fn bites_of(lot: &Lot, at: usize, ratios: &Ratios, round: Round<'_>) -> Option<Bites> {
    let own = own_ratio(lot, round)?;
    let mut all = ratios.0.clone();
    all.get_mut(at).into_iter().for_each(|place| *place = own);
    bites_among(lot, own, &Ratios(all), round)
}

fn own_ratio(lot: &Lot, round: Round<'_>) -> Option<Option<Proportion>> {
    let AwardRule::Ranked { places, stages, .. } = &round.rules.award else { return Some(None) };
    if stages.highest_excluded.is_none() {
        return Some(None);
    }
    let (bidders, filed) = file(lot, round)?;
    let places = usize::try_from(places.rule.places(bidders).unwrap_or(0)).ok()?;
    Some(ratio(&prices(&filed, places, stages).taken))
}

fn bites_among(lot: &Lot, own: Option<Proportion>, ratios: &Ratios, round: Round<'_>) -> Option<Bites> {
    let AwardRule::Ranked { stages, .. } = &round.rules.award else { return Some(Bites::No) };
    let Some((rule, own)) = stages.highest_excluded.as_ref().zip(own) else { return Some(Bites::No) };
    let all = || ratios.0.iter().flatten();
    let count = rule.rule.lots.unwrap_or(u32::try_from(all().count()).ok()?);
    let wider = all().filter(|other| **other > own).count();
    let narrower = all().filter(|other| **other < own).count();
    let (wider, narrower) = match lot.spread_rank {
        Some(rank) => (Some(rank.saturating_sub(1)), count.checked_sub(rank)),
        None => (u32::try_from(wider).ok(), u32::try_from(narrower).ok()),
    };
    let inside = wider.is_some_and(|wider| wider < rule.rule.top)
        || narrower.is_some_and(|narrower| narrower < rule.rule.bottom);
    Some(if inside { Bites::Yes } else { Bites::No })
}
