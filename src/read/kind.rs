//! The tables: those of a tender folder, and those that stand alone.

use super::columns::{
    ACTUAL, BASELINES, BIDS, DECISIONS, DEMAND, EXPECTED, Field, LOTS, PACKAGES, PICKS, PURCHASES,
    REGIONAL_PRICES, RETENTION, SUPPLIERS, TIERS,
};

/// The tables of a tender folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableKind {
    /// `lots.csv`: what is awarded.
    Lots,
    /// `bids.csv`: who offers what at which price.
    Bids,
    /// `demand.csv`: how much is needed where.
    Demand,
    /// `suppliers.csv`: who owns whom.
    Suppliers,
    /// `picks.csv`: the region draft as it really went.
    Picks,
    /// `decisions.csv`: human acts.
    Decisions,
    /// `expected.csv`: the published winners.
    Expected,
    /// `baselines.csv`: further prices that savings are measured against.
    Baselines,
    /// `tiers.csv`: prices by quantity.
    Tiers,
    /// `regional_prices.csv`: prices by region.
    RegionalPrices,
    /// `packages.csv`: bids on several lots together.
    Packages,
    /// A table of its own: volumes and prices of one period.
    Purchases,
    /// A table of its own: what hospitals bought of awarded products, with their scores.
    Retention,
    /// A table of its own: what was bought after an award, month by month.
    Actual,
}

impl TableKind {
    /// Every table.
    pub const ALL: [Self; 11] = [
        Self::Lots,
        Self::Bids,
        Self::Demand,
        Self::Suppliers,
        Self::Picks,
        Self::Decisions,
        Self::Expected,
        Self::Baselines,
        Self::Tiers,
        Self::RegionalPrices,
        Self::Packages,
    ];

    /// Tables that are no part of a tender folder; the user names their files.
    pub const ALONE: [Self; 3] = [Self::Purchases, Self::Retention, Self::Actual];

    /// Its file; for a table of its own, a usual name.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Lots => "lots.csv",
            Self::Bids => "bids.csv",
            Self::Demand => "demand.csv",
            Self::Suppliers => "suppliers.csv",
            Self::Picks => "picks.csv",
            Self::Decisions => "decisions.csv",
            Self::Expected => "expected.csv",
            Self::Baselines => "baselines.csv",
            Self::Tiers => "tiers.csv",
            Self::RegionalPrices => "regional_prices.csv",
            Self::Packages => "packages.csv",
            Self::Purchases => "purchases.csv",
            Self::Retention => "retention.csv",
            Self::Actual => "actual.csv",
        }
    }

    /// Whether it cannot do without a row; a tender folder cannot do without these.
    pub const fn required(self) -> bool {
        matches!(
            self,
            Self::Lots | Self::Bids | Self::Demand | Self::Purchases | Self::Retention | Self::Actual
        )
    }

    /// Its columns.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Lots => LOTS,
            Self::Bids => BIDS,
            Self::Demand => DEMAND,
            Self::Suppliers => SUPPLIERS,
            Self::Picks => PICKS,
            Self::Decisions => DECISIONS,
            Self::Expected => EXPECTED,
            Self::Baselines => BASELINES,
            Self::Tiers => TIERS,
            Self::RegionalPrices => REGIONAL_PRICES,
            Self::Packages => PACKAGES,
            Self::Purchases => PURCHASES,
            Self::Retention => RETENTION,
            Self::Actual => ACTUAL,
        }
    }

    /// The column that a heading names: English letters in any case, blanks around it left out.
    pub fn field(self, heading: &str) -> Option<&'static Field> {
        let heading = heading.trim().to_lowercase();
        self.fields().iter().find(|field| field.headings().any(|known| known.to_lowercase() == heading))
    }
}
