//! Which price each winner is measured against.

use std::collections::BTreeSet;

use super::Baseline;
use super::sum::Priced;
use crate::allocate::LotAllocation;
use crate::certify::LotAward;
use crate::compare::ComparableLot;
use crate::money::UnitPrice;
use crate::screen::ScreenedLot;
use crate::tender::SupplierId;

/// The winners of a lot with their volumes, prices and baselines, also those of `stated` names.
pub(super) fn priced(
    screened: &ScreenedLot,
    award: &LotAward,
    volumes: &LotAllocation,
    stated: &[String],
) -> Vec<Priced> {
    let lot = &screened.comparable;
    let mean = |bid: usize| award.winners.iter().find(|winner| winner.bid == bid)?.mean_price();
    let winners = volumes.winners.iter();
    winners
        .filter_map(|winner| {
            let offered = lot.lot.bids.get(winner.bid)?;
            let built_in = Baseline::ALL.map(|baseline| price_before(baseline, lot, winner.bid));
            let further = stated.iter().map(|name| stated_price(lot, &offered.supplier_id, name));
            Some(Priced {
                lot_id: lot.lot.id.clone(),
                supplier_id: offered.supplier_id.clone(),
                price: mean(winner.bid).or_else(|| screened.award_price(winner.bid))?,
                volume: winner.agreed_volume,
                value: winner.value,
                baselines: built_in.into_iter().chain(further).collect(),
            })
        })
        .collect()
}

/// The names of the further baselines of all lots, by name.
pub(super) fn stated_names<'l>(lots: impl Iterator<Item = &'l ComparableLot>) -> Vec<String> {
    let names: BTreeSet<&String> =
        lots.flat_map(|lot| lot.lot.baselines.iter().map(|stated| &stated.name)).collect();
    names.into_iter().cloned().collect()
}

/// A bid's price under a baseline by its name in files; `None` when it is unknown.
pub(super) fn price_under(lot: &ComparableLot, bid: usize, name: &str) -> Option<UnitPrice> {
    match Baseline::ALL.into_iter().find(|baseline| baseline.name() == name) {
        Some(baseline) => price_before(baseline, lot, bid),
        None => stated_price(lot, &lot.lot.bids.get(bid)?.supplier_id, name),
    }
}

/// The supplier's own price under a further baseline, else that of the whole lot.
fn stated_price(lot: &ComparableLot, supplier: &SupplierId, name: &str) -> Option<UnitPrice> {
    let of = |wanted: Option<&SupplierId>| {
        let mut named = lot.lot.baselines.iter().filter(|stated| stated.name == name);
        named.find(|stated| stated.supplier_id.as_ref() == wanted).map(|stated| stated.price)
    };
    of(Some(supplier)).or_else(|| of(None))
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
