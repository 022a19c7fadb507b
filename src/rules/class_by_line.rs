//! Rule `class-by-line`.

use super::{Judged, PriceClass};
use crate::money::UnitPrice;
use crate::tender::Fact;

/// Winners are put in classes by price lines that the tender publishes.
///
/// # What it checks
/// Nothing by itself; it gives the class of each winner by its award price: A at or below `class_a_line` of the lot, B at or
/// below `class_b_line`, C above both. The lowest of class A is A1; when several share the lowest price, a draw must settle
/// which. A lot that does not state a line cannot be evaluated.
///
/// # Why
/// In a renewal prices are known; a published line says before the bids are opened what a class costs.
///
/// # Parameters
/// None; the lines stand in `lots.csv`.
///
/// # Example
/// Lines 30.00 and 40.00: 28.00 is A1, 30.00 is A, 40.00 is B, 40.01 is C.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassByLine;

impl ClassByLine {
    /// The rule's id.
    pub const ID: &'static str = "class-by-line";

    /// The class of an award price by the two lines; A for the lowest too.
    pub fn class(&self, price: UnitPrice, (a, b): (UnitPrice, UnitPrice)) -> PriceClass {
        if price <= a {
            PriceClass::A
        } else if price <= b {
            PriceClass::B
        } else {
            PriceClass::C
        }
    }

    /// What is recorded of a winner; without a class when a draw must settle it first.
    pub fn record(
        &self,
        price: UnitPrice,
        (a, b): (UnitPrice, UnitPrice),
        class: Option<PriceClass>,
    ) -> Judged {
        let mut facts =
            vec![Fact::new("award_price", price), Fact::new("class_a_line", a), Fact::new("class_b_line", b)];
        match class {
            Some(class) => {
                facts.push(Fact::new("price_class", class.name()));
                Judged::when(true, facts)
            }
            None => Judged::not_applicable(facts),
        }
    }
}
