//! Rule `price-not-above-ceiling`.

use super::Judged;
use crate::money::UnitPrice;
use crate::tender::Fact;

/// A bid above the ceiling price is invalid.
///
/// # What it checks
/// The price against the ceiling (最高有效申报价) of the same specification. Equal is allowed. A ceiling that is not known
/// makes the rule not applicable: it neither passes nor fails.
///
/// # Why
/// The ceiling is the most that the buyer is ready to pay.
///
/// # Parameters
/// None; the ceiling stands in `lots.csv` or `bids.csv`.
///
/// # Example
/// Ceiling 1.6000: a bid of 1.6000 passes, 1.6001 fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceNotAboveCeiling;

impl PriceNotAboveCeiling {
    /// The rule's id.
    pub const ID: &'static str = "price-not-above-ceiling";

    /// Judges a price against the ceiling of the same specification.
    pub fn judge(&self, price: UnitPrice, ceiling: Option<UnitPrice>) -> Judged {
        let mut facts = vec![Fact::new("price", price)];
        match ceiling {
            None => Judged::not_applicable(facts),
            Some(ceiling) => {
                facts.push(Fact::new("ceiling_price", ceiling));
                Judged::when(price <= ceiling, facts)
            }
        }
    }
}
