//! What a bid can say beside one price: bands of quantity, prices by region, packages over several lots.

use super::{BidId, LotId, Region};
use crate::diagnostics::Place;
use crate::money::{Money, Quantity, UnitPrice};

/// One row of `tiers.csv`: what a quantity within a band costs, `fixed_cost + price × quantity`.
#[derive(Debug, Clone)]
pub struct Band {
    /// The least quantity of the band, in units of the representative specification.
    pub min_quantity: Quantity,
    /// The largest quantity; `None` when the band has no upper end.
    pub max_quantity: Option<Quantity>,
    /// Price in the same terms as the bid's own.
    pub price: UnitPrice,
    /// Charged once when a quantity of this band is awarded.
    pub fixed_cost: Money,
    /// Where it stands in the file.
    pub place: Place,
}

/// One row of `regional_prices.csv`.
#[derive(Debug, Clone)]
pub struct RegionalPrice {
    /// Where.
    pub region: Region,
    /// Price delivered there, in the same terms as the bid's own; `None` where the bid does not offer.
    pub price: Option<UnitPrice>,
    /// Where it stands in the file.
    pub place: Place,
}

/// What bids of a package have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PackageTerms {
    /// All of the bids win, or none.
    AllOrNothing,
    /// Each bid stands for itself; the package's prices hold when all of them win.
    Discount,
}

impl PackageTerms {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::AllOrNothing => "all-or-nothing",
            Self::Discount => "discount",
        }
    }
}

/// Bids on several lots together, from `packages.csv`.
#[derive(Debug, Clone)]
pub struct Package {
    /// Id.
    pub id: String,
    /// What the bids have in common.
    pub terms: PackageTerms,
    /// The bids, by id.
    pub bids: Vec<PackageBid>,
}

/// One bid of a package.
#[derive(Debug, Clone)]
pub struct PackageBid {
    /// The lot.
    pub lot_id: LotId,
    /// The bid.
    pub bid_id: BidId,
    /// Its price when the package is won, in the same terms as its own; `None`: its own price.
    pub price: Option<UnitPrice>,
    /// Where it stands in the file.
    pub place: Place,
}
