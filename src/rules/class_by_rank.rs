//! Rule `class-by-rank`.

use super::{Judged, Table};
use crate::tender::Fact;

/// Winners are put in classes by their rank.
///
/// # What it checks
/// Nothing by itself; it gives the class of each winner: A1 the lowest, A those after it, then B, then C. Winners that win by
/// a guarantee or a revival come after those that win by their place. Winners of equal rank share a class where the line
/// between two classes does not lie among them; where it does, or where they share the first rank, a draw must settle their order.
///
/// # Why
/// The lower the price, the more of its own volume a winner keeps, so that a low bid pays beyond merely winning.
///
/// # Parameters
/// - `a` (places): how many winners are in class A, A1 included, by the number of winners.
/// - `a_and_b` (places): how many are in classes A and B together; the others are in class C.
///
/// # Example
/// Four winners, two in A and three in A and B: A1, A, B, C.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassByRank {
    /// Winners in class A, A1 included.
    pub a: Table<u32>,
    /// Winners in classes A and B.
    pub a_and_b: Table<u32>,
}

/// The class of a winner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriceClass {
    /// The lowest price of class A.
    A1,
    /// The others of class A.
    A,
    /// The middle.
    B,
    /// The dearest.
    C,
}

impl PriceClass {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("a1", Self::A1), ("a", Self::A), ("b", Self::B), ("c", Self::C)];

    /// Place in a list of shares by class.
    pub fn place(self) -> usize {
        Self::WORDS.iter().position(|(_, class)| *class == self).unwrap_or_default()
    }

    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::A1 => "A1",
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

impl ClassByRank {
    /// The rule's id.
    pub const ID: &'static str = "class-by-rank";

    /// The class of the winner in this place, 1 being the lowest price, of so many winners.
    pub fn class(&self, place: u32, winners: u32) -> PriceClass {
        let a = self.a.at(winners).copied().unwrap_or(0);
        let a_and_b = self.a_and_b.at(winners).copied().unwrap_or(0);
        match place {
            1 => PriceClass::A1,
            place if place <= a => PriceClass::A,
            place if place <= a_and_b => PriceClass::B,
            _ => PriceClass::C,
        }
    }

    /// What is recorded of a winner; without a class when a draw must settle it first.
    pub fn record(&self, place: u32, winners: u32, class: Option<PriceClass>) -> Judged {
        let mut facts = vec![Fact::new("place_among_winners", place), Fact::new("winners", winners)];
        match class {
            Some(class) => {
                facts.push(Fact::new("price_class", class.name()));
                Judged::when(true, facts)
            }
            None => Judged::not_applicable(facts),
        }
    }
}
