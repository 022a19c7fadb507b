//! Random tenders with other prices.

use super::tender::{Kind, Tender};

impl Tender {
    /// The same with all prices of a bid moved by as much.
    pub fn moved(&self, lot: usize, bid: usize, by: i64) -> Self {
        let mut moved = self.clone();
        let own = &mut moved.lots[lot].bids[bid];
        own.price += by;
        own.regional.iter_mut().flatten().flatten().for_each(|price| *price += by);
        own.bands.iter_mut().for_each(|band| band.price += by);
        let packed = moved.packages.iter_mut().flat_map(|package| &mut package.bids);
        for (_, _, price) in packed.filter(|(at, own, _)| (*at, *own) == (lot, bid)) {
            price.iter_mut().for_each(|price| *price += by);
        }
        moved
    }

    /// The same with money counted in finer steps: so many more digits.
    pub fn in_finer_money(&self, digits: usize) -> Self {
        let steps = 10_i64.pow(u32::try_from(digits).unwrap());
        let mut finer = self.clone();
        finer.price_digits += digits;
        for lot in &mut finer.lots {
            lot.ceiling.iter_mut().for_each(|ceiling| *ceiling *= steps);
        }
        for own in finer.lots.iter_mut().flat_map(|lot| &mut lot.bids) {
            own.price *= steps;
            own.regional.iter_mut().flatten().flatten().for_each(|price| *price *= steps);
            own.bands
                .iter_mut()
                .for_each(|band| (band.price, band.fixed) = (band.price * steps, band.fixed * steps));
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

    /// By how much a bid's prices can fall until one of them is as low as it may be.
    pub fn can_fall(&self, lot: usize, bid: usize) -> i64 {
        let own = &self.lots[lot].bids[bid];
        let packed = self.packages.iter().flat_map(|package| &package.bids);
        let packed =
            packed.filter(|(at, own, _)| (*at, *own) == (lot, bid)).filter_map(|(_, _, price)| *price);
        let of_nothing = own.regional.iter().flatten().flatten().copied();
        let of_nothing = of_nothing.chain(own.bands.iter().map(|band| band.price));
        packed.map(|price| price - 1).chain(of_nothing).fold(own.price - 1, i64::min)
    }

    /// Whether ranks of a lot are asked for between a bid and another at the same price, which no tender may ask.
    pub fn is_refused(&self, lot: usize, bid: usize) -> bool {
        let by_rank = |limit: &&super::tender::Limit| {
            matches!(limit.kind, Kind::SharesByRank(_))
                && limit.stated != super::tender::Stated::Lifted
                && self.covers(limit, lot)
        };
        let (own, stated) = (&self.lots[lot].bids[bid], &self.lots[lot]);
        let alike = |limit: &super::tender::Limit| {
            let others = stated.bids.iter().enumerate().filter(|(at, _)| *at != bid);
            let mut ranked = others.filter(|(_, other)| self.concerns(limit, other));
            self.concerns(limit, own) && ranked.any(|(_, other)| other.price == own.price)
        };
        let mut ranks = self.limits.iter().filter(by_rank);
        !stated.is_above_ceiling(own.price) && ranks.any(alike)
    }
}
