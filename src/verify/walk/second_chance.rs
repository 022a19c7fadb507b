//! Second chances in the plain walk: lowering to the price of those that passed.

use std::collections::BTreeMap;

use super::Walker;
use super::filed::{Round, asked_for_all};
use crate::money::{Quantity, UnitPrice};
use crate::rules::{PriceLevel, RevivalOfFused, RevivalOfUnshortlisted, SoleBase};
use crate::tender::{Lot, SupplierId};

/// What those on the shortlist that win are paid, as many as there are places.
fn paid(walkers: &[Walker<'_>], places: usize) -> Vec<UnitPrice> {
    let mut within: Vec<&Walker<'_>> = walkers.iter().filter(|walker| walker.within).collect();
    within.sort_by_key(|walker| (walker.filed.price, !walker.certain, walker.wins_at.is_none()));
    within.into_iter().take(places).filter_map(|walker| walker.wins_at).collect()
}

/// Shortlisted bids that were too dear may come down.
pub(super) fn of_the_fused(
    walkers: &mut [Walker<'_>],
    places: usize,
    rule: &RevivalOfFused,
    anchor: Option<UnitPrice>,
) -> Option<()> {
    let paid = paid(walkers, places);
    let price = match (paid.as_slice(), rule.sole_base) {
        ([], _) => return Some(()),
        ([sole], SoleBase::Price) => sole.scaled(rule.sole_multiple).ok()?.rounded(rule.rounding).ok()?,
        ([_], SoleBase::Anchor) => match anchor {
            Some(anchor) => anchor.scaled(rule.sole_multiple).ok()?.rounded(rule.rounding).ok()?,
            None => return Some(()),
        },
        (several, _) => *several.iter().max()?,
    };
    for walker in walkers.iter_mut().filter(|walker| walker.fused) {
        match walker.filed.bid.accepts_revival {
            Some(true) => walker.wins_at = Some(price.min(walker.filed.price)),
            Some(false) => {}
            None => walker.open = true,
        }
    }
    Some(())
}

/// Bids beyond the places may come down when enough was asked of their brand.
pub(super) fn of_the_unlisted(
    walkers: &mut [Walker<'_>],
    places: usize,
    rule: &RevivalOfUnshortlisted,
    lot: &Lot,
    round: Round<'_>,
) -> Option<()> {
    let paid = paid(walkers, places);
    let waits = walkers.iter().any(|walker| walker.open || (walker.within && !walker.certain));
    let level = match rule.level {
        PriceLevel::Highest => paid.iter().max().copied(),
        PriceLevel::Lowest => paid.iter().min().copied(),
        PriceLevel::Mean => UnitPrice::mean(&paid, rule.rounding),
    };
    let asked: BTreeMap<&SupplierId, Quantity> = asked_for_all(lot, round)?;
    let brands = u32::try_from(asked.len()).ok()?;
    let all = Quantity::total(asked.values().copied()).ok()?;
    let highest = walkers.iter().map(|walker| walker.filed.price).max()?;
    if brands == 0 || (level.is_none() && !waits) {
        return Some(());
    }
    for walker in walkers.iter_mut().filter(|walker| !walker.within) {
        let own = asked.get(&walker.filed.bid.supplier_id);
        let wanted = own.is_some_and(|own| own.times_count(brands).is_ok_and(|times| times >= all));
        if !wanted || walker.filed.price == highest {
            continue;
        }
        match walker.filed.bid.accepts_revival {
            _ if waits => walker.open = true,
            Some(true) => walker.wins_at = level.map(|level| level.min(walker.filed.price)),
            Some(false) => {}
            None => walker.open = true,
        }
    }
    Some(())
}
