//! The whole-number steps of a programme, and the numbers of bids in them.

use crate::money::{Money, Quantity, Ratio, UnitPrice};
use crate::rules::RuleSet;
use crate::tender::{Bid, Limit, LimitKind, Lot};

use super::input::{BidOffered, Offered};
use crate::model::Steps;
use crate::model::whole::{TooLarge, mul};

/// Every price that a bid can be paid, comparable: its own, those of its bands, of regions and within packages. Prices that
/// cannot be converted are left out here and refused where they are used.
fn prices<'a>(offered: &'a Offered<'_>, bid: &'a BidOffered<'_>) -> impl Iterator<Item = UnitPrice> + 'a {
    let bands = bid.bid.bands.iter().map(|band| band.price);
    let regional = bid.bid.regional.iter().filter_map(|row| row.price);
    let packages = offered.packages.iter().flat_map(|package| &package.bids);
    let packed = packages.filter(|member| member.bid_id == bid.bid.id).filter_map(|member| member.price);
    let converted = bands
        .chain(regional)
        .chain(packed)
        .filter_map(|price| comparable(offered.rules, bid.bid, price).ok());
    converted.chain(bid.price)
}

/// A price of a bid, brought to the representative specification as its own price is.
///
/// # Errors
/// [`TooLarge`] when the converted price cannot be held.
pub fn comparable(rules: &RuleSet, bid: &Bid, price: UnitPrice) -> Result<UnitPrice, TooLarge> {
    let rule = &rules.comparable_price.rule;
    rule.convert(price, bid.content_ratio, bid.fill_ratio, bid.pack_count).map_err(|_| TooLarge)
}

/// Whether a price is not above the ceiling of the bid.
pub fn within_ceiling(rules: &RuleSet, lot: &Lot, bid: &Bid, price: UnitPrice) -> bool {
    if rules.ceiling.is_none() {
        return true;
    }
    match (bid.ceiling_price, lot.ceiling_price) {
        (Some(own), _) => price <= own,
        (None, Some(ceiling)) => comparable(rules, bid, price).is_ok_and(|price| price <= ceiling),
        (None, None) => true,
    }
}

/// The steps of the lots of a programme: the coarsest that hold every number exactly, shares of volumes included, and
/// prices of so many digits.
pub(super) fn steps(offered: &Offered<'_>, limits: &[&Limit], price_digits: u32) -> Steps {
    let bids = || offered.lots.iter().flat_map(|lot| &lot.bids);
    let stated = bids().flat_map(|bid| {
        let bands = bid.bid.bands.iter().flat_map(|band| [Some(band.min_quantity), band.max_quantity]);
        bands.chain([bid.bid.capacity, bid.bid.min_quantity]).flatten()
    });
    let regions = offered.lots.iter().flat_map(|lot| lot.regions.values().copied());
    let volume = regions.chain(stated).map(Quantity::decimals).max().unwrap_or(0);
    // The part that is agreed, or has a rank, is a part of what a reserve leaves.
    let digits = |of: fn(&LimitKind) -> u32| limits.iter().map(|limit| of(&limit.kind)).max().unwrap_or(0);
    let volume_digits = volume.saturating_add(digits(reserve_digits)).saturating_add(digits(share_digits));
    let prices = bids().flat_map(|bid| prices(offered, bid)).map(UnitPrice::decimals);
    let prices = prices.max().unwrap_or(0).max(price_digits);
    let costs = bids().flat_map(|bid| {
        let bands = bid.bid.bands.iter().map(|band| band.fixed_cost);
        bands.chain(bid.bid.fixed_cost)
    });
    let amounts = limits.iter().filter_map(|limit| match &limit.kind {
        LimitKind::Budget(money) | LimitKind::Switching(money) => Some(*money),
        _ => None,
    });
    let costs = costs.chain(amounts).map(Money::decimals).max().unwrap_or(0);
    let margins = limits.iter().map(|limit| match &limit.kind {
        LimitKind::Preference(margin) => margin.decimals(),
        _ => 0,
    });
    let price_digits = prices.max(costs.saturating_sub(volume_digits)).saturating_add(margins.sum());
    Steps { volume_digits, price_digits }
}

/// Decimals of the share that stays unawarded.
fn reserve_digits(kind: &LimitKind) -> u32 {
    match kind {
        LimitKind::Reserve(share) => share.decimals(),
        _ => 0,
    }
}

/// Decimals of the shares of what is awarded that a limit multiplies volumes with.
fn share_digits(kind: &LimitKind) -> u32 {
    let most = |shares: &mut dyn Iterator<Item = &Ratio>| shares.map(|one| one.decimals()).max().unwrap_or(0);
    match kind {
        LimitKind::AgreedShare(shares) => most(&mut shares.iter()),
        LimitKind::SharesByRank(lists) => most(&mut lists.iter().flatten()),
        _ => 0,
    }
}

/// A share as a numerator over a power of ten.
pub(super) fn fraction(share: Ratio) -> Result<(i128, i128), TooLarge> {
    let digits = share.decimals();
    Ok((share.in_steps(digits).ok_or(TooLarge)?, Ratio::ONE.in_steps(digits).ok_or(TooLarge)?))
}

/// A share of a whole, rounded down to a whole step.
pub(super) fn part_below(whole: i128, share: Ratio) -> Result<i128, TooLarge> {
    let (numerator, denominator) = fraction(share)?;
    mul(whole, numerator)?.checked_div_euclid(denominator).ok_or(TooLarge)
}

/// A share of a whole, rounded up to a whole step.
pub(super) fn part_above(whole: i128, share: Ratio) -> Result<i128, TooLarge> {
    let (numerator, denominator) = fraction(share)?;
    crate::model::whole::ceiling(mul(whole, numerator)?, denominator).ok_or(TooLarge)
}

impl Steps {
    /// Steps of a cost.
    pub(super) fn of_money(self, money: Money) -> Result<i128, TooLarge> {
        let digits = self.volume_digits.checked_add(self.price_digits).ok_or(TooLarge)?;
        money.in_steps(digits).ok_or(TooLarge)
    }

    /// Steps of a volume.
    pub(super) fn of_volume(self, volume: Quantity) -> Result<i128, TooLarge> {
        volume.in_steps(self.volume_digits).ok_or(TooLarge)
    }

    /// Steps of a price.
    pub(super) fn of_price(self, price: UnitPrice) -> Result<i128, TooLarge> {
        price.in_steps(self.price_digits).ok_or(TooLarge)
    }
}
