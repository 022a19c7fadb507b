//! Prices of a bid's quoted pack, in whole steps, and what they come to on the representative specification.

use crate::compare::ComparableLot;
use crate::money::{Proportion, UnitPrice};
use crate::rules::ComparablePrice;
use crate::tender::{Bid, Package};

/// The largest price that is tried where no ceiling ends the search.
const LARGEST: i128 = 100_000_000;

/// The prices that a bid could have quoted. Where a bid states several, of bands, of regions or in a package, all of them
/// move by one and the same amount, and its own price of `bids.csv` says by how much.
pub(super) struct Quoted<'a> {
    bid: &'a Bid,
    lot: &'a ComparableLot,
    rule: &'a ComparablePrice,
    /// The prices beside its own, each with whether it may be zero: those of bands and regions may, that of a package not.
    others: Vec<(UnitPrice, bool)>,
    /// Decimals of a step: those of comparable prices under the rule set, or those of the prices as filed, whichever are more.
    pub(super) digits: u32,
}

/// A number cannot be held, or a conversion cannot be decided.
pub(super) struct NotConverted;

impl<'a> Quoted<'a> {
    pub(super) fn new(
        lot: &'a ComparableLot,
        bid: usize,
        packages: &[Package],
        rule: &'a ComparablePrice,
    ) -> Option<Self> {
        let bid = lot.lot.bids.get(bid)?;
        let bands = bid.bands.iter().map(|band| (band.price, true));
        let regional = bid.regional.iter().filter_map(|row| Some((row.price?, true)));
        let packed = packages.iter().flat_map(|package| &package.bids);
        let packed =
            packed.filter(|member| member.bid_id == bid.id).filter_map(|member| Some((member.price?, false)));
        let others: Vec<(UnitPrice, bool)> = bands.chain(regional).chain(packed).collect();
        let stated = others.iter().map(|(price, _)| *price).chain(bid.price);
        let digits = stated.map(UnitPrice::decimals).max().unwrap_or(0).max(rule.rounding.digits);
        Some(Self { bid, lot, rule, others, digits })
    }

    /// Whether the bid states more than one price.
    pub(super) fn several(&self) -> bool {
        !self.others.is_empty()
    }

    /// Whether prices are compared as they are quoted, so that a step more costs a step more.
    pub(super) fn is_compared_as_quoted(&self) -> bool {
        let ratios = [self.bid.content_ratio, self.bid.fill_ratio, self.bid.pack_count];
        ratios.into_iter().all(Proportion::is_one)
    }

    /// The lowest price of its own at which all its prices are as high as they must be, in steps.
    pub(super) fn least(&self) -> Option<i128> {
        let own = self.as_filed()?;
        let of = |(price, zero): &(UnitPrice, bool)| {
            let down = price.in_steps(self.digits)?.checked_sub(i128::from(!*zero))?;
            own.checked_sub(down)
        };
        let others = self.others.iter().map(of).collect::<Option<Vec<_>>>()?;
        Some(others.into_iter().fold(1, i128::max))
    }

    /// By how many steps its prices move when its own is of so many.
    pub(super) fn change(&self, steps: i128) -> Option<i128> {
        steps.checked_sub(self.as_filed()?)
    }

    /// A price moved by so many steps.
    pub(super) fn moved(&self, price: UnitPrice, change: i128) -> Option<UnitPrice> {
        self.price(price.in_steps(self.digits)?.checked_add(change)?)
    }

    /// The own prices above which another price of the bid is above the ceiling, and is no offer, in steps.
    pub(super) fn ceilings(&self, most: i128) -> Option<Vec<i128>> {
        let Some(top) = self.at_ceiling().ok()? else { return Some(Vec::new()) };
        let own = self.as_filed()?;
        let of =
            |(price, _): &(UnitPrice, bool)| top.checked_add(own)?.checked_sub(price.in_steps(self.digits)?);
        let found = self.others.iter().map(of).collect::<Option<Vec<_>>>()?;
        Some(found.into_iter().filter(|steps| *steps < most).collect())
    }

    /// A price of so many steps.
    pub(super) fn price(&self, steps: i128) -> Option<UnitPrice> {
        UnitPrice::from_steps(steps, self.digits).ok()
    }

    /// The price as filed, in steps.
    pub(super) fn as_filed(&self) -> Option<i128> {
        self.bid.price?.in_steps(self.digits)
    }

    /// What a price of the quoted pack comes to; never less for a higher price.
    pub(super) fn comparable(&self, price: UnitPrice) -> Option<UnitPrice> {
        self.rule.convert(price, self.bid.content_ratio, self.bid.fill_ratio, self.bid.pack_count).ok()
    }

    /// Decimals of comparable prices.
    pub(super) fn comparable_digits(&self) -> u32 {
        self.rule.rounding.digits
    }

    /// The steps of a price that comes to about this comparable price.
    pub(super) fn near(&self, comparable: UnitPrice) -> Option<i128> {
        let bid = self.bid;
        let own =
            self.rule.convert_back(comparable, bid.content_ratio, bid.fill_ratio, bid.pack_count).ok()?;
        own.in_steps(self.digits)
    }

    /// The largest price that is tried without a ceiling.
    pub(super) fn largest(&self) -> i128 {
        10_i128.checked_pow(self.digits).and_then(|steps| steps.checked_mul(LARGEST)).unwrap_or(LARGEST)
    }

    /// The highest price that the ceiling allows, in steps; `None` when no ceiling is known.
    pub(super) fn at_ceiling(&self) -> Result<Option<i128>, NotConverted> {
        match (self.bid.ceiling_price, self.lot.lot.ceiling_price) {
            (Some(own), _) => {
                let finer = own.decimals().max(self.digits);
                let coarser = 10_i128.checked_pow(finer.saturating_sub(self.digits));
                let steps = own.in_steps(finer).zip(coarser).and_then(|(own, by)| own.checked_div(by));
                steps.map(Some).ok_or(NotConverted)
            }
            (None, Some(ceiling)) => {
                self.highest_at_most(ceiling, self.largest()).map(Some).ok_or(NotConverted)
            }
            (None, None) => Ok(None),
        }
    }

    /// The highest price up to `most` that comes to at most `limit`; 0 when none does.
    pub(super) fn highest_at_most(&self, limit: UnitPrice, most: i128) -> Option<i128> {
        self.last(most, |comparable| comparable <= limit, self.near(limit))
    }

    /// The highest price up to `most` that comes to less than `limit`; 0 when none does.
    pub(super) fn highest_below(&self, limit: UnitPrice, most: i128) -> Option<i128> {
        self.last(most, |comparable| comparable < limit, self.near(limit))
    }

    /// The last price for which `holds`, which holds up to some price; it is looked for around `guess` first.
    fn last(&self, most: i128, holds: impl Fn(UnitPrice) -> bool, guess: Option<i128>) -> Option<i128> {
        let kept = |steps: i128| Some(holds(self.comparable(self.price(steps)?)?));
        let (mut low, mut high) = (0_i128, most.checked_add(1)?);
        if let Some(guess) = guess.filter(|guess| (1..=most).contains(guess)) {
            let mut reach = 1_i128;
            // The guess is off by a few steps of rounding.
            if kept(guess)? {
                low = guess;
                while low.checked_add(reach)? < high && kept(low.checked_add(reach)?)? {
                    low = low.checked_add(reach)?;
                    reach = reach.checked_mul(2)?;
                }
                high = high.min(low.checked_add(reach)?);
            } else {
                high = guess;
                while high.checked_sub(reach)? > low && !kept(high.checked_sub(reach)?)? {
                    high = high.checked_sub(reach)?;
                    reach = reach.checked_mul(2)?;
                }
                low = low.max(high.checked_sub(reach)?);
            }
        }
        while high.checked_sub(low)? > 1 {
            let middle = low.midpoint(high);
            if kept(middle)? { low = middle } else { high = middle }
        }
        Some(low)
    }
}
