//! Rule `cut-with-few-bidders`.

use super::Judged;
use crate::money::{Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// With few bidders, a winner must also lie a share below the ceiling price.
///
/// # What it checks
/// Up to a stated number of bidders: the cut from the ceiling, rounded, against a least cut. Equal is enough. With more
/// bidders every price passes. An unknown ceiling leaves the cut unknown, and a bid whose cut must be known does not win.
///
/// # Why
/// Where hardly anybody competes, the lowest price alone says little.
///
/// # Parameters
/// - `bidders` (count): up to how many bidders the cut is asked for.
/// - `cut` (share): the least cut.
/// - `rounding` (rounding): steps of a cut.
///
/// # Example
/// Up to two bidders, at least 30 %: two bidders, ceiling 1.00: a bid of 0.70 passes, 0.71 fails. With three bidders both
/// pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutWithFewBidders {
    /// Up to how many bidders the cut is asked for.
    pub bidders: u32,
    /// The least cut.
    pub cut: Ratio,
    /// Steps of a cut.
    pub rounding: Rounding,
}

impl CutWithFewBidders {
    /// The rule's id.
    pub const ID: &'static str = "cut-with-few-bidders";

    /// Judges a price beside its ceiling, of the same specification, among so many bidders.
    pub fn judge(&self, price: UnitPrice, ceiling: Option<UnitPrice>, bidders: u32) -> Judged {
        let mut facts = vec![
            Fact::new("price", price),
            Fact::new("bidders", bidders),
            Fact::new("few_bidders", self.bidders),
        ];
        if bidders > self.bidders {
            facts.push(Fact::new("enough_bidders", bidders));
            return Judged::when(true, facts);
        }
        facts.push(Fact::new("required_cut", self.cut));
        let cut = ceiling.and_then(|ceiling| Some((ceiling, price.cut_from(ceiling, self.rounding)?)));
        let Some((ceiling, cut)) = cut else { return Judged::not_applicable(facts) };
        facts.push(Fact::new("ceiling_price", ceiling));
        facts.push(Fact::new("cut", cut));
        Judged::when(cut >= self.cut, facts)
    }
}
