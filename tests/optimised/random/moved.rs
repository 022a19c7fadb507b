//! Random tenders with other prices.

use super::tender::{Kind, Tender};

impl Tender {
    /// The same with all prices of a bid moved by as much.
    pub fn moved(&self, lot: usize, bid: usize, by: i64) -> Self {
        let mut moved = self.clone();
        let own = &mut moved.lots[lot].bids[bid];
        own.price += by;
        own.regional.iter_mut().flatten().flatten().for_each(|price| *price += by);
        own.bands.iter_mut().for_each(|band| band.2 += by);
        let packed = moved.packages.iter_mut().flat_map(|package| &mut package.bids);
        for (_, _, price) in packed.filter(|(at, own, _)| (*at, *own) == (lot, bid)) {
            price.iter_mut().for_each(|price| *price += by);
        }
        moved
    }

    /// The same with money counted in finer steps, so many to one.
    pub fn in_finer_money(&self, steps: i64) -> Self {
        let mut finer = self.clone();
        for own in finer.lots.iter_mut().flat_map(|lot| &mut lot.bids) {
            own.price *= steps;
            own.regional.iter_mut().flatten().flatten().for_each(|price| *price *= steps);
            own.bands.iter_mut().for_each(|band| (band.2, band.3) = (band.2 * steps, band.3 * steps));
            own.fixed *= steps;
        }
        for (_, _, price) in finer.packages.iter_mut().flat_map(|package| &mut package.bids) {
            price.iter_mut().for_each(|price| *price *= steps);
        }
        for supplier in &mut finer.suppliers {
            supplier.most_value.iter_mut().for_each(|most| *most *= steps);
        }
        for limit in &mut finer.limits {
            if let Kind::Budget(money) | Kind::Switching(money) = &mut limit.kind {
                *money *= steps;
            }
        }
        finer
    }

    /// The own price of a bid, and the lowest of all its prices.
    pub fn prices(&self, lot: usize, bid: usize) -> (i64, i64) {
        let own = &self.lots[lot].bids[bid];
        let packed = self.packages.iter().flat_map(|package| &package.bids);
        let packed =
            packed.filter(|(at, own, _)| (*at, *own) == (lot, bid)).filter_map(|(_, _, price)| *price);
        let regional = own.regional.iter().flatten().flatten().copied();
        let all = regional.chain(own.bands.iter().map(|band| band.2)).chain(packed);
        (own.price, all.fold(own.price, i64::min))
    }
}
