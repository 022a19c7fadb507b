//! Which price each winner is measured against.

use super::Baseline;
use super::sum::Priced;
use crate::allocate::LotAllocation;
use crate::compare::ComparableLot;
use crate::money::UnitPrice;
use crate::screen::ScreenedLot;

/// The winners of a lot with their volumes, prices and baselines.
pub(super) fn priced(screened: &ScreenedLot, volumes: &LotAllocation) -> Vec<Priced> {
    let lot = &screened.comparable;
    let winners = volumes.winners.iter();
    winners
        .filter_map(|winner| {
            Some(Priced {
                price: screened.award_price(winner.bid)?,
                volume: winner.agreed_volume,
                value: winner.value,
                baselines: Baseline::ALL.map(|baseline| known(price_before(baseline, lot, winner.bid))),
            })
        })
        .collect()
}

/// The winner's price under a baseline, for one unit of the representative specification.
fn price_before(baseline: Baseline, lot: &ComparableLot, bid: usize) -> Option<UnitPrice> {
    match baseline {
        Baseline::Previous => lot.bids.get(bid)?.comparable_previous,
        Baseline::Reference => lot.lot.reference_price,
        Baseline::Ceiling => lot.bids.get(bid)?.comparable_ceiling,
    }
}

/// A price of zero measures nothing.
fn known(price: Option<UnitPrice>) -> Option<UnitPrice> {
    price.filter(|price| !price.is_zero())
}
