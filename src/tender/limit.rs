//! Limits on an award, as a rule set, a tender or a scenario states them.

use std::fmt;

use super::{LotId, SupplierId};
use crate::diagnostics::Place;
use crate::money::{Money, Ratio};

/// One limit (限制).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Its name: the same name in a tender or a scenario takes its place.
    pub name: String,
    /// What it limits.
    pub kind: LimitKind,
    /// Where it applies and to whom.
    pub scope: Scope,
    /// Where it is written down, if somebody says so.
    pub cite: Option<String>,
    /// Where it stands in its file.
    pub place: Place,
}

/// Where a limit applies and to whom. What is not stated does not narrow it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// These lots only.
    pub lots: Vec<LotId>,
    /// The lots of this group only.
    pub group: Option<String>,
    /// These suppliers only.
    pub suppliers: Vec<SupplierId>,
    /// The suppliers of this class only: `incumbent`, `new-entrant`, or a class of `suppliers.csv`.
    pub class: Option<String>,
    /// Bids of this bidding unit only.
    pub unit_group: Option<String>,
    /// True when the lots count together; false when each lot counts by itself.
    pub together: bool,
}

impl Scope {
    /// Whether it leaves out bids of the lots that it covers.
    pub fn is_of_some_bids(&self) -> bool {
        !self.suppliers.is_empty() || self.class.is_some() || self.unit_group.is_some()
    }
}

/// A least and a largest number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range<T> {
    /// At least.
    pub min: Option<T>,
    /// At most.
    pub max: Option<T>,
}

impl<T: fmt::Display + PartialEq> fmt::Display for Range<T> {
    /// Both sides, as `>= 2, <= 4`, or `= 3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.min, &self.max) {
            (Some(least), Some(most)) if least == most => write!(f, "= {least}"),
            (Some(least), Some(most)) => write!(f, ">= {least}, <= {most}"),
            (Some(least), None) => write!(f, ">= {least}"),
            (None, Some(most)) => write!(f, "<= {most}"),
            (None, None) => Ok(()),
        }
    }
}

/// What a share is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Of the volume that is awarded.
    Volume,
    /// Of what is paid for it, without fixed costs.
    Value,
}

/// What a limit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitKind {
    /// Nothing: it lifts a limit of the same name.
    Lifted,
    /// How many suppliers win.
    Winners(Range<u32>),
    /// The share of each supplier that wins.
    Share(Measure, Range<Ratio>),
    /// The share of the suppliers of the scope together.
    ClassShare(Measure, Range<Ratio>),
    /// The shares of the ranks, one list for each number of winners; a better price ranks before a worse one. They make up
    /// all that is awarded where every bid of the lot has a rank.
    SharesByRank(Vec<Vec<Ratio>>),
    /// A winner with a better price gets at least as much as one with a worse price.
    RankMonotone,
    /// How many lots a supplier wins.
    LotsPerSupplier(Range<u32>),
    /// How many regions a winner serves.
    RegionsPerWinner(Range<u32>),
    /// Every region of a lot is served by exactly one supplier; of lots that count together, by one for all.
    OneSupplierPerRegion,
    /// So many further winners offer in every region, beside its main supplier.
    Backups(u32),
    /// The most that is paid, fixed costs included.
    Budget(Money),
    /// A lot in which a supplier wins that is no incumbent must save more than this.
    Switching(Money),
    /// Prices are compared as if they were lower by this share; what is paid stays.
    Preference(Ratio),
    /// Every bid of the scope wins.
    Forced,
    /// No bid of the scope wins.
    Forbidden,
    /// This share of every region's demand stays unawarded.
    Reserve(Ratio),
    /// The share of the demand that is awarded, by the number of winners from 1.
    AgreedShare(Vec<Ratio>),
    /// Suppliers of one controller count as one in every limit.
    RelatedAsOne,
}

impl LimitKind {
    /// The words in files.
    pub const WORDS: [&'static str; 18] = [
        "none",
        "winners",
        "share",
        "class-share",
        "shares-by-rank",
        "rank-monotone",
        "lots-per-supplier",
        "regions-per-winner",
        "one-supplier-per-region",
        "backups",
        "budget",
        "switching",
        "preference",
        "forced",
        "forbidden",
        "reserve",
        "agreed-share",
        "related-as-one",
    ];

    /// The word in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Lifted => "none",
            Self::Winners(_) => "winners",
            Self::Share(..) => "share",
            Self::ClassShare(..) => "class-share",
            Self::SharesByRank(_) => "shares-by-rank",
            Self::RankMonotone => "rank-monotone",
            Self::LotsPerSupplier(_) => "lots-per-supplier",
            Self::RegionsPerWinner(_) => "regions-per-winner",
            Self::OneSupplierPerRegion => "one-supplier-per-region",
            Self::Backups(_) => "backups",
            Self::Budget(_) => "budget",
            Self::Switching(_) => "switching",
            Self::Preference(_) => "preference",
            Self::Forced => "forced",
            Self::Forbidden => "forbidden",
            Self::Reserve(_) => "reserve",
            Self::AgreedShare(_) => "agreed-share",
            Self::RelatedAsOne => "related-as-one",
        }
    }

    /// Its numbers as they are shown, such as `>= 2, <= 4`; `None` for a limit without any.
    pub fn numbers(&self) -> Option<String> {
        let list = |shares: &[Ratio]| shares.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        match self {
            Self::Winners(range) | Self::LotsPerSupplier(range) | Self::RegionsPerWinner(range) => {
                Some(range.to_string())
            }
            Self::Share(_, range) | Self::ClassShare(_, range) => Some(range.to_string()),
            Self::SharesByRank(lists) => {
                Some(lists.iter().map(|shares| list(shares)).collect::<Vec<_>>().join(" / "))
            }
            Self::AgreedShare(shares) => Some(list(shares)),
            Self::Backups(backups) => Some(backups.to_string()),
            Self::Budget(most) => Some(format!("<= {most}")),
            Self::Switching(amount) => Some(format!("> {amount}")),
            Self::Preference(share) | Self::Reserve(share) => Some(share.to_string()),
            Self::Lifted
            | Self::RankMonotone
            | Self::OneSupplierPerRegion
            | Self::Forced
            | Self::Forbidden
            | Self::RelatedAsOne => None,
        }
    }
}
