//! Rule `revival-at-line`.

use super::Judged;
use crate::money::{Inexact, Ratio, Rounding, UnitPrice};
use crate::tender::Fact;

/// A bid that would lose wins if it comes down to a line that was published beforehand.
///
/// # What it checks
/// Whether a bid that does not win otherwise (beyond the places, or within them after failing a price test) takes the
/// line as its price (`accepts_revival` in `bids.csv`). A bid that lies below the line keeps its own price. Where the tender
/// caps unit B, the offer there is the lower of the line and the cap. While the answer is missing the lot waits for it.
///
/// # Why
/// Hospitals keep a brand that they use, at a price that the buyer has named.
///
/// # Parameters
/// - `cut` (share): the line lies so far below the ceiling.
/// - `rounding` (rounding): steps of the line.
///
/// Or, in their place:
/// - `line` (choice): the line is the price that `lots.csv` states: `class_a` (`class_a_line`) or `class_b` (`class_b_line`).
///
/// # Example
/// Ceiling 20,000, cut 60 %: the line is 8,000. Who bid 9,800 wins at 8,000 if it accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevivalAtLine {
    /// Where the line lies.
    pub line: LineAt,
}

/// Where a price line lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineAt {
    /// So far below the ceiling.
    Cut {
        /// The cut, as a ratio.
        cut: Ratio,
        /// Steps of the line.
        rounding: Rounding,
    },
    /// Where the lot states it.
    Stated(PriceLine),
}

/// A price line that the tender publishes for a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceLine {
    /// `class_a_line`.
    ClassA,
    /// `class_b_line`.
    ClassB,
}

impl PriceLine {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("class_a", Self::ClassA), ("class_b", Self::ClassB)];

    /// The column of `lots.csv`.
    pub fn column(self) -> &'static str {
        match self {
            Self::ClassA => "class_a_line",
            Self::ClassB => "class_b_line",
        }
    }
}

impl RevivalAtLine {
    /// The rule's id.
    pub const ID: &'static str = "revival-at-line";

    /// The line of a lot with this ceiling, or with the line that it states; `None` when that is not known.
    ///
    /// # Errors
    /// [`Inexact`] when the line needs more than 28 digits.
    pub fn price(
        &self,
        ceiling: Option<UnitPrice>,
        stated: impl Fn(PriceLine) -> Option<UnitPrice>,
    ) -> Result<Option<UnitPrice>, Inexact> {
        match self.line {
            LineAt::Stated(line) => Ok(stated(line)),
            LineAt::Cut { cut, rounding } => {
                let left = Ratio::ONE.minus(cut)?;
                ceiling.map(|ceiling| ceiling.scaled(left)?.rounded(rounding)).transpose()
            }
        }
    }

    /// Judges a bid that would lose, by the price that it is offered and its answer.
    pub fn judge(
        &self,
        comparable_price: UnitPrice,
        offer: Option<UnitPrice>,
        accepts: Option<bool>,
    ) -> Judged {
        let mut facts = vec![Fact::new("comparable_price", comparable_price)];
        facts.extend(offer.map(|offer| Fact::new("revival_price", offer)));
        match (offer, accepts) {
            (None, _) => Judged::not_applicable(facts),
            (Some(_), Some(accepts)) => Judged::when(accepts, facts),
            (Some(_), None) => {
                facts.push(Fact::new("answer", "missing"));
                Judged::not_applicable(facts)
            }
        }
    }
}
