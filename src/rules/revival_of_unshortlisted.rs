//! Rule `revival-of-unshortlisted`.

use super::Judged;
use crate::money::{Inexact, Quantity, Rounding, UnitPrice};
use crate::tender::Fact;

/// Which of the winners' prices the bidder must lower to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceLevel {
    /// The highest.
    Highest,
    /// The mean, rounded.
    Mean,
    /// The lowest.
    Lowest,
}

impl PriceLevel {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("highest", Self::Highest), ("mean", Self::Mean), ("lowest", Self::Lowest)];

    /// The word in a rule set.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, level)| *level == self).map_or("", |(word, _)| word)
    }
}

/// What the rule compares of a bid beyond the places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unshortlisted {
    /// Its first price.
    pub comparable_price: UnitPrice,
    /// The highest first price of all ranked bids.
    pub highest: UnitPrice,
    /// What hospitals reported for its brand; `None` when nobody reported any.
    pub brand_demand: Option<Quantity>,
    /// What was reported for all brands together.
    pub all_brands: Quantity,
    /// How many brands something was reported for.
    pub brands: u32,
    /// The price to lower to; `None` when nobody on the shortlist wins.
    pub price: Option<UnitPrice>,
    /// Whether the price is not settled yet: an answer of the shortlisted is missing, or a draw comes first.
    pub waits: bool,
    /// Whether it lowers to it.
    pub accepts: Option<bool>,
}

/// A bid beyond the places wins without picking regions if hospitals want its brand and it lowers to the winners' price.
///
/// # What it checks
/// All of these: the volume that hospitals reported for the brand is at least the mean over all brands that were reported; the
/// first price was not the highest of the ranked bids; the bidder accepts (`accepts_revival` in `bids.csv`) the price level of
/// the shortlisted winners. A brand that nobody asked for does not reach the mean. A blank answer is unknown: the lot waits
/// for it. Who wins this way uses no place, picks no region and is no backup; it supplies what was reported for its brand.
///
/// # Why
/// Patients who use a brand can keep it when its price comes down; a firm that only wants to watch has no seat.
///
/// # Parameters
/// - `level` (choice): `highest`, `mean` or `lowest` of the shortlisted winners' award prices.
/// - `rounding` (rounding): steps of the mean.
///
/// # Example
/// Ten brands share 1,820, a mean of 182: G with 430 may lower to the winners' 0.8000, H with 50 may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevivalOfUnshortlisted {
    /// Which of the winners' prices.
    pub level: PriceLevel,
    /// Steps of the mean.
    pub rounding: Rounding,
}

impl RevivalOfUnshortlisted {
    /// The rule's id.
    pub const ID: &'static str = "revival-of-unshortlisted";

    /// The price to lower to, from the award prices of the shortlisted winners; `None` without winners.
    ///
    /// # Errors
    /// [`Inexact`] when the mean cannot be held.
    pub fn price(&self, winners: &[UnitPrice]) -> Result<Option<UnitPrice>, Inexact> {
        match self.level {
            PriceLevel::Highest => Ok(winners.iter().max().copied()),
            PriceLevel::Lowest => Ok(winners.iter().min().copied()),
            PriceLevel::Mean if winners.is_empty() => Ok(None),
            PriceLevel::Mean => UnitPrice::mean(winners, self.rounding).map(Some).ok_or(Inexact),
        }
    }

    /// Judges a bid beyond the places.
    ///
    /// # Errors
    /// [`Inexact`] when a product needs more than 28 digits.
    pub fn judge(&self, bid: Unshortlisted) -> Result<Judged, Inexact> {
        let mut facts = vec![
            Fact::new("comparable_price", bid.comparable_price),
            Fact::new("highest_price", bid.highest),
        ];
        if bid.brands == 0 || (bid.price.is_none() && !bid.waits) {
            return Ok(Judged::not_applicable(facts));
        }
        let mean = bid.all_brands.mean_over(bid.brands, Rounding::half_up(SHOWN)).ok_or(Inexact)?;
        facts.extend(bid.brand_demand.map(|demand| Fact::new("brand_demand", demand)));
        facts.push(Fact::new("mean_brand_demand", mean));
        let wanted = match bid.brand_demand {
            Some(demand) => demand.times_count(bid.brands)? >= bid.all_brands,
            None => false,
        };
        if !wanted {
            facts.push(Fact::new("bar", "demand"));
            return Ok(Judged::when(false, facts));
        }
        if bid.comparable_price >= bid.highest {
            facts.push(Fact::new("bar", "highest"));
            return Ok(Judged::when(false, facts));
        }
        facts.push(Fact::new("level", self.level.name()));
        let price = bid.price.filter(|_| !bid.waits);
        facts.extend(price.map(|price| Fact::new("revival_price", price)));
        match bid.accepts {
            _ if bid.waits => {
                facts.push(Fact::new("answer", "waits"));
                Ok(Judged::not_applicable(facts))
            }
            Some(accepts) => Ok(Judged::when(accepts, facts)),
            None => {
                facts.push(Fact::new("answer", "missing"));
                Ok(Judged::not_applicable(facts))
            }
        }
    }
}

/// Decimals of the mean volume as it is shown; the comparison does not round.
const SHOWN: u32 = 4;
