//! A lot: what is awarded as one unit.

use super::{Bid, Decision, Demand, LotId, Pick, SupplierId};
use crate::money::UnitPrice;

/// Which agreed-volume table a lot uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VolumeClass {
    /// Ordinary drugs.
    Ordinary,
    /// Drugs whose use is to be held down, such as antibacterials: a smaller agreed share.
    Restricted,
}

impl VolumeClass {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Restricted => "restricted",
        }
    }
}

/// A drug and dosage form, or a consumable system (采购单元).
#[derive(Debug, Clone)]
pub struct Lot {
    /// Id.
    pub id: LotId,
    /// Name in English, or in whatever language the tender has.
    pub name: String,
    /// Name in Chinese.
    pub name_zh: Option<String>,
    /// Unit of the representative specification, such as `tablet`.
    pub unit: Option<String>,
    /// Highest valid price of the representative specification (最高有效申报价).
    pub ceiling_price: Option<UnitPrice>,
    /// Weighted mean price before the tender, of the representative specification.
    pub reference_price: Option<UnitPrice>,
    /// Which agreed-volume table applies.
    pub volume_class: VolumeClass,
    /// Group of lots that a limit can name.
    pub group: Option<String>,
    /// Place of this lot among all lots by ratio of highest to lowest price, when the office states it.
    pub spread_rank: Option<u32>,
    /// Highest price of class A that the office publishes, of the representative specification.
    pub class_a_line: Option<UnitPrice>,
    /// Highest price of class B that the office publishes.
    pub class_b_line: Option<UnitPrice>,
    /// Bids, by bid id.
    pub bids: Vec<Bid>,
    /// Reported demand, by region, institution, supplier and content ratio.
    pub demand: Vec<Demand>,
    /// Regions as they were really picked, by region and role.
    pub picks: Vec<Pick>,
    /// Human acts on this lot, by supplier, region and act.
    pub decisions: Vec<Decision>,
    /// The published winners, by supplier; `None` when the tender states none for this lot.
    pub expected: Option<Vec<SupplierId>>,
    /// Further baselines, by name and supplier.
    pub baselines: Vec<StatedBaseline>,
}

/// One row of `baselines.csv`: a price that savings are measured against.
#[derive(Debug, Clone)]
pub struct StatedBaseline {
    /// Which baseline, such as `award_2021` or `uk_tariff`.
    pub name: String,
    /// Whose product it is a price of; `None` for the whole lot.
    pub supplier_id: Option<SupplierId>,
    /// For one unit of the representative specification.
    pub price: UnitPrice,
    /// Where the price comes from.
    pub source: Option<String>,
}
