//! Rule `highest-price-excluded`.

use super::Judged;
use crate::money::{Proportion, UnitPrice};
use crate::tender::Fact;

/// What happens when several bids share the highest price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedHighest {
    /// Each of them has the highest price, so none may win.
    ExcludeAll,
    /// No bid alone is the highest, so all stay.
    KeepAll,
}

impl SharedHighest {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("exclude_all", Self::ExcludeAll), ("keep_all", Self::KeepAll)];
}

/// Where a lot stands among all lots by its highest shortlisted price over its lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpreadPlace {
    /// 1 for the widest; equal ratios share the better rank.
    pub rank: u32,
    /// 1 for the narrowest; `None` when it is not known how many lots are ranked.
    pub from_bottom: Option<u32>,
}

/// Excludes the highest shortlisted price in the lots whose prices lie furthest apart, or closest together.
///
/// # What it checks
/// First where the lot stands: its highest shortlisted comparable price divided by its lowest, among all lots of the tender;
/// `spread_rank` in `lots.csv` is taken instead when the office states it. Equal ratios share the better rank, so that lots
/// tied at the edge are both inside. A lot with fewer than two shortlisted bids, or with one price only, has no highest price
/// to exclude and is not ranked. Then, in the first `top` and the last `bottom` lots, whether the bid has the highest price
/// of the shortlisted.
///
/// # Why
/// A wide spread shows a bid that profits from the others' low prices; a very narrow one may show that firms agreed.
///
/// # Parameters
/// - `top` (count): how many lots with the widest spread.
/// - `bottom` (count): how many lots with the narrowest.
/// - `lots` (count or `none`): how many lots are ranked; `none` counts those of the tender. A stated `spread_rank` beyond
///   them cannot be held against `bottom` and is an error.
/// - `shared_highest` (choice): when several bids share the highest price: `exclude_all` or `keep_all`.
///
/// # Example
/// Prices 0.3000 to 0.5600, ratio 1.8667: at rank 23 of all lots nobody is excluded under `top` 6, at rank 5 the bid of
/// 0.5600 is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HighestPriceExcluded {
    /// How many lots with the widest spread.
    pub top: u32,
    /// How many lots with the narrowest spread.
    pub bottom: u32,
    /// How many lots are ranked, if the rule set says so.
    pub lots: Option<u32>,
    /// What happens when several bids share the highest price.
    pub shared_highest: SharedHighest,
}

impl HighestPriceExcluded {
    /// The rule's id.
    pub const ID: &'static str = "highest-price-excluded";

    /// The highest of the shortlisted prices over the lowest; `None` when they are not two different ones.
    pub fn spread(shortlisted: &[UnitPrice]) -> Option<Proportion> {
        let (lowest, highest) = (shortlisted.iter().min()?, shortlisted.iter().max()?);
        let digits = lowest.decimals().max(highest.decimals());
        let steps = |price: &UnitPrice| u128::try_from(price.in_steps(digits)?).ok();
        if lowest == highest { None } else { Proportion::new(steps(highest)?, steps(lowest)?) }
    }

    /// Where a lot with a stated rank stands, of `lots` lots.
    pub fn stated(rank: u32, lots: u32) -> SpreadPlace {
        SpreadPlace { rank, from_bottom: lots.checked_sub(rank).map(|after| after.saturating_add(1)) }
    }

    /// Where a lot with the spread `own` stands among `all`, itself included.
    pub fn place(own: Proportion, all: &[Proportion]) -> SpreadPlace {
        let count = |wider: &dyn Fn(&Proportion) -> bool| {
            let better = all.iter().filter(|other| wider(other)).count();
            u32::try_from(better).unwrap_or(u32::MAX).saturating_add(1)
        };
        SpreadPlace { rank: count(&|other| *other > own), from_bottom: Some(count(&|other| *other < own)) }
    }

    /// Whether the rule bites in a lot.
    pub fn bites(&self, place: SpreadPlace) -> bool {
        place.rank <= self.top || place.from_bottom.is_some_and(|from_bottom| from_bottom <= self.bottom)
    }

    /// Judges a shortlisted bid; `place` is `None` in a lot without a spread.
    pub fn judge(
        &self,
        comparable_price: UnitPrice,
        shortlisted: &[UnitPrice],
        place: Option<SpreadPlace>,
    ) -> Judged {
        let mut facts = vec![Fact::new("comparable_price", comparable_price)];
        let widest = shortlisted.iter().max().zip(Self::spread(shortlisted));
        let (Some(place), Some((highest, spread))) = (place, widest) else {
            return Judged::not_applicable(facts);
        };
        let sharing = shortlisted.iter().filter(|price| *price == highest).count();
        facts.push(Fact::new("highest_price", highest));
        facts.push(Fact::new("spread", spread));
        facts.push(Fact::new("spread_rank", place.rank));
        facts.push(Fact::new("top", self.top));
        facts.push(Fact::new("bottom", self.bottom));
        if !self.bites(place) {
            return Judged::not_applicable(facts);
        }
        let kept = sharing > 1 && self.shared_highest == SharedHighest::KeepAll;
        Judged::when(comparable_price < *highest || kept, facts)
    }
}
