//! Rule `units-by-demand`.

use super::Judged;
use crate::money::{Inexact, Quantity, Ratio, Rounding};
use crate::tender::Fact;

/// Suppliers of a lot are divided into two bidding units by what was reported for them.
///
/// # What it checks
/// Nothing by itself; it says in which unit (竞价单元) a bid competes. Suppliers stand in the order of what was reported for
/// their brands, the largest first. Unit A are the first of them, until together they have the stated share of what was
/// reported for all suppliers that filed a bid on the lot; unit B are the others. Suppliers of equal demand stand together.
/// A unit that the office states for a bid (`unit_group` in `bids.csv`) goes before that, for instance because a
/// supplier cannot supply every region. Ranks, places and limits are those of the unit.
///
/// # Why
/// Large suppliers compete with large ones, so that hospitals need not change their brands all at once, and small suppliers
/// do not win on volumes that they cannot deliver.
///
/// # Parameters
/// - `share` (share): the share of the demand that makes unit A.
/// - `rounding` (rounding): steps in which the shares are shown; they are compared exactly.
///
/// # Example
/// Demands 3,000, 2,500, 2,000, 1,000, 400, 300, 300 and a share of 85 %: before the fourth 78.95 % are reached, after it
/// 89.47 %. The first four are unit A.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitsByDemand {
    /// The share of the demand that makes unit A.
    pub share: Ratio,
    /// Steps in which shares are shown.
    pub rounding: Rounding,
}

/// A bidding unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// The large suppliers.
    A,
    /// The others.
    B,
}

impl Unit {
    /// Every unit, in the order in which they are evaluated.
    pub const ALL: [Self; 2] = [Self::A, Self::B];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }

    /// Its place in the order of evaluation, from 0.
    pub fn place(self) -> usize {
        usize::from(self == Self::B)
    }

    /// The unit that an office states.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }
}

/// Why a supplier is in its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitFacts {
    /// The unit.
    pub unit: Unit,
    /// Whether the office states it.
    pub stated: bool,
    /// What was reported for the supplier.
    pub own: Quantity,
    /// What was reported for suppliers with more.
    pub before: Quantity,
    /// What was reported for all.
    pub all: Quantity,
}

impl UnitsByDemand {
    /// The rule's id.
    pub const ID: &'static str = "units-by-demand";

    /// The unit of a supplier, by what was reported for it and for all suppliers, itself included, and by the unit that the
    /// office states.
    ///
    /// # Errors
    /// [`Inexact`] when a sum cannot be held.
    pub fn unit(
        &self,
        own: Quantity,
        suppliers: &[Quantity],
        stated: Option<Unit>,
    ) -> Result<UnitFacts, Inexact> {
        let all = Quantity::total(suppliers.iter().copied())?;
        let before = Quantity::total(suppliers.iter().copied().filter(|demand| *demand > own))?;
        let by_demand = if before < all.scaled(self.share)? { Unit::A } else { Unit::B };
        Ok(UnitFacts { unit: stated.unwrap_or(by_demand), stated: stated.is_some(), own, before, all })
    }

    /// What is recorded of a bid.
    pub fn record(&self, facts: UnitFacts) -> Judged {
        let mut recorded = vec![Fact::new("bidding_unit", facts.unit.name())];
        if facts.stated {
            recorded.push(Fact::new("stated_unit", facts.unit.name()));
        }
        recorded.push(Fact::new("own_demand", facts.own));
        let share = facts.before.share_of(facts.all, self.rounding);
        recorded.extend(share.map(|share| Fact::new("share_before", share)));
        recorded.push(Fact::new("unit_share", self.share));
        Judged::when(true, recorded)
    }
}
