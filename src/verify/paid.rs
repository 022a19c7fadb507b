//! What each bid of an award is paid, from the bids as they were filed: by band, by region, within a package.

use crate::model::language::{comparable, within_ceiling};
use crate::money::{Money, UnitPrice};
use crate::tender::PackageTerms;

use super::limits::Plain;

impl Plain<'_> {
    /// What a bid is paid as it was filed: its value and its fixed cost.
    pub(super) fn priced(&self, at: usize) -> Result<(i128, i128), &'static str> {
        let bid = self.bids.get(at).ok_or("malformed")?;
        if !bid.wins() {
            return if bid.paid == 0 { Ok((0, 0)) } else { Err("paid") };
        }
        if bid.offered.barred_by.is_some() {
            return Err("excluded_wins");
        }
        let filed = bid.offered.bid;
        let digits = self.language.steps.volume_digits;
        let steps = |volume: crate::money::Quantity| volume.in_steps(digits).ok_or("too_large");
        let total = bid.volume();
        if filed.capacity.map(steps).transpose()?.is_some_and(|most| total > most)
            || filed.min_quantity.map(steps).transpose()?.is_some_and(|least| total < least)
        {
            return Err("quantity");
        }
        let fixed = self.money(filed.fixed_cost.unwrap_or(Money::ZERO))?;
        let mut ways: Vec<(i128, i128)> = Vec::new();
        let packed = self.package_price(filed)?;
        if self.delivers_unoffered(at)? {
            return Err("paid");
        }
        for band in filed.bands.iter().filter(|_| packed.is_none()) {
            let most = band.max_quantity.map(steps).transpose()?;
            if total >= steps(band.min_quantity)? && most.is_none_or(|most| total <= most) {
                let value = self.price(at, band.price)?.and_then(|price| price.checked_mul(total));
                let fixed = fixed.checked_add(self.money(band.fixed_cost)?).ok_or("too_large")?;
                ways.extend(value.map(|value| (value, fixed)));
            }
        }
        if let Some(price) = packed {
            let value = self.price(at, price)?.and_then(|price| price.checked_mul(total));
            ways.extend(value.map(|value| (value, fixed)));
        } else if filed.bands.is_empty() {
            ways.extend(self.by_region(at)?.map(|value| (value, fixed)));
        }
        // In a quantity where two bands meet, the cheaper holds.
        let cheapest = ways.into_iter().min_by_key(|(value, fixed)| value.saturating_add(*fixed));
        cheapest.filter(|(value, fixed)| value.checked_add(*fixed) == Some(bid.paid)).ok_or("paid")
    }

    pub(super) fn money(&self, money: Money) -> Result<i128, &'static str> {
        let steps = self.language.steps;
        let digits = steps.volume_digits.saturating_add(steps.price_digits);
        money.in_steps(digits).ok_or("too_large")
    }

    /// A price of a bid in steps, comparable; `None` above the ceiling.
    fn price(&self, at: usize, price: UnitPrice) -> Result<Option<i128>, &'static str> {
        let bid = self.bids.get(at).ok_or("malformed")?;
        let lot = self.offered.lots.get(bid.lot).ok_or("malformed")?;
        let (rules, filed) = (self.offered.rules, bid.offered.bid);
        if !within_ceiling(rules, lot.lot, filed, price) {
            return Ok(None);
        }
        let price = comparable(rules, filed, price).map_err(|_| "too_large")?;
        price.in_steps(self.language.steps.price_digits).map(Some).ok_or("too_large")
    }

    /// Whether a bid delivers in a region that it does not offer in.
    fn delivers_unoffered(&self, at: usize) -> Result<bool, &'static str> {
        let bid = self.bids.get(at).ok_or("malformed")?;
        let refused = |region: &&crate::tender::Region| {
            bid.offered.bid.regional.iter().any(|row| row.region == **region && row.price.is_none())
        };
        Ok(self.served(bid).iter().any(refused))
    }

    /// What a bid without bands and without a package is paid for its volumes.
    fn by_region(&self, at: usize) -> Result<Option<i128>, &'static str> {
        let bid = self.bids.get(at).ok_or("malformed")?;
        let lot = self.offered.lots.get(bid.lot).ok_or("malformed")?;
        let own = bid.offered.price.and_then(|price| price.in_steps(self.language.steps.price_digits));
        let mut value = 0_i128;
        for (region, volume) in lot.regions.keys().zip(&bid.volumes).filter(|(_, volume)| **volume > 0) {
            let stated = bid.offered.bid.regional.iter().find(|row| row.region == **region);
            let price = match stated {
                Some(row) => match row.price {
                    Some(price) => self.price(at, price)?,
                    None => None,
                },
                None => own,
            };
            let Some(price) = price else { return Ok(None) };
            value = price.checked_mul(*volume).and_then(|one| value.checked_add(one)).ok_or("too_large")?;
        }
        Ok(Some(value))
    }

    /// The package price of a bid, when its package is won; a package that must be won as a whole may not be parted.
    fn package_price(&self, filed: &crate::tender::Bid) -> Result<Option<UnitPrice>, &'static str> {
        for package in self.offered.packages {
            let Some(member) = package.bids.iter().find(|member| member.bid_id == filed.id) else { continue };
            let wins = |id: &crate::tender::BidId| {
                self.bids.iter().any(|bid| bid.offered.bid.id == *id && bid.wins())
            };
            let whole = package.bids.iter().all(|member| wins(&member.bid_id));
            if package.terms == PackageTerms::AllOrNothing && !whole {
                return Err("package_parted");
            }
            return Ok(member.price.filter(|_| whole));
        }
        Ok(None)
    }
}
