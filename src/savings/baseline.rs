//! Which price each winner is measured against.

use super::Baseline;
use super::sum::Priced;
use crate::allocate::LotAllocation;
use crate::compare::ComparableLot;
use crate::money::UnitPrice;

/// The winners of a lot with their volumes, prices and baselines.
pub(super) fn priced(lot: &ComparableLot, volumes: &LotAllocation) -> Vec<Priced> {
    let winners = volumes.winners.iter();
    winners
        .filter_map(|winner| {
            let bid = lot.bids.get(winner.bid)?;
            Some(Priced {
                price: bid.comparable_price?,
                volume: winner.agreed_volume,
                value: winner.value,
                baselines: Baseline::ALL.map(|baseline| price_before(baseline, lot, winner.bid)),
            })
        })
        .collect()
}

/// The price under a baseline of the bid at a place in the lot's list, for one unit of the representative specification;
/// `None` where it is unknown. A price of zero measures nothing and counts as unknown.
pub fn price_before(baseline: Baseline, lot: &ComparableLot, bid: usize) -> Option<UnitPrice> {
    let price = match baseline {
        Baseline::Previous => lot.bids.get(bid)?.comparable_previous,
        Baseline::Reference => lot.lot.reference_price,
        Baseline::Ceiling => lot.bids.get(bid)?.comparable_ceiling,
    };
    price.filter(|price| !price.is_zero())
}
