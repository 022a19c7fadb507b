//! A bid: one supplier's offer on one lot.

use super::{Band, BidId, Date, RegionalPrice, SupplierId};
use crate::diagnostics::Place;
use crate::money::{Money, Proportion, Quantity, Ratio, UnitPrice};

/// What became of a bid before prices were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BidState {
    /// Filed, with a price.
    Valid,
    /// Filed, without a usable price.
    Void,
    /// Taken back; gone, not counted as a bidder.
    Withdrawn,
    /// Excluded on qualification; gone, not counted as a bidder.
    Disqualified,
}

impl BidState {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Void => "void",
            Self::Withdrawn => "withdrawn",
            Self::Disqualified => "disqualified",
        }
    }
}

/// One supplier's offer on one lot (申报).
#[derive(Debug, Clone)]
pub struct Bid {
    /// Id.
    pub id: BidId,
    /// Who bids.
    pub supplier_id: SupplierId,
    /// Product, as the file names it.
    pub product: Option<String>,
    /// Specification, as the file names it.
    pub spec: Option<String>,
    /// Content of the quoted pack's unit relative to the representative specification (含量).
    pub content_ratio: Proportion,
    /// Fill volume relative to the representative specification (装量).
    pub fill_ratio: Proportion,
    /// Pack count relative to the representative specification (包装数量).
    pub pack_count: Proportion,
    /// Price of the quoted pack; `None` for a void bid.
    pub price: Option<UnitPrice>,
    /// Ceiling price of this specification, if it differs from the lot's.
    pub ceiling_price: Option<UnitPrice>,
    /// This product's own price before, per quoted pack.
    pub previous_price: Option<UnitPrice>,
    /// Most that it can deliver in the first year, in units of the representative specification.
    pub capacity: Option<Quantity>,
    /// Least that it must be given if it wins.
    pub min_quantity: Option<Quantity>,
    /// Charged once if it wins.
    pub fixed_cost: Option<Money>,
    /// Prices by quantity, by least quantity; none: one price for any quantity.
    pub bands: Vec<Band>,
    /// Prices that differ by region, by region.
    pub regional: Vec<RegionalPrice>,
    /// Bidding unit (A, B …).
    pub unit_group: Option<String>,
    /// Quality or supply score; higher is better.
    pub quality_score: Option<Ratio>,
    /// How well it supplied before; higher is better.
    pub supply_score: Option<Ratio>,
    /// Whether it makes the active ingredient itself.
    pub own_active_ingredient: Option<bool>,
    /// Fee for accompanying services, per unit, beside the price.
    pub service_fee: Option<UnitPrice>,
    /// Day of approval.
    pub approved_on: Option<Date>,
    /// Volume sold in the reference year; larger is better in a tie.
    pub prior_volume: Option<Quantity>,
    /// Whether it is preferred, for instance because it is made at home.
    pub preferred: Option<bool>,
    /// Points for what the buyer prefers.
    pub preference_points: Option<Ratio>,
    /// Whether it takes the lowest price.
    pub accepts_match: Option<bool>,
    /// Whether it takes a revival price.
    pub accepts_revival: Option<bool>,
    /// What became of it before prices were compared.
    pub state: BidState,
    /// Why, in the office's words.
    pub reason: Option<String>,
    /// Where it stands in the file.
    pub place: Place,
}
