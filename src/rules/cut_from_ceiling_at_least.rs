//! Rule `cut-from-ceiling-at-least`.

use super::Judged;
use crate::money::{Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// A bid must lie below the ceiling by a stated share of it.
///
/// # What it checks
/// The cut `1 - price / ceiling`, rounded, against the cut required. Equal is allowed. A ceiling that is not known makes
/// the rule not applicable.
///
/// # Why
/// A bid that gives up half of the ceiling may win even when another bid is lower by far.
///
/// # Parameters
/// - `cut` (share): the least cut.
/// - `rounding` (rounding): steps of the cut as a ratio; 4 decimals are a percentage with two.
///
/// # Example
/// Ceiling 1.6000, price 0.5600: the cut is 65.00 %, at least 50.00 %, and passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutFromCeilingAtLeast {
    /// The least cut, as a ratio.
    pub cut: Ratio,
    /// Steps of the cut as a ratio.
    pub rounding: Rounding,
}

impl CutFromCeilingAtLeast {
    /// The rule's id.
    pub const ID: &'static str = "cut-from-ceiling-at-least";

    /// Judges a price against the ceiling of the same specification.
    pub fn judge(&self, price: UnitPrice, ceiling: Option<UnitPrice>) -> Judged {
        let mut facts = vec![Fact::new("price", price)];
        facts.extend(ceiling.map(|ceiling| Fact::new("ceiling_price", ceiling)));
        let cut = ceiling.and_then(|ceiling| price.cut_from(ceiling, self.rounding));
        facts.extend(cut.map(|cut| Fact::new("cut", cut)));
        facts.push(Fact::new("required_cut", self.cut));
        match cut {
            None => Judged::not_applicable(facts),
            Some(cut) => Judged::when(cut >= self.cut, facts),
        }
    }
}
