//! The price ladder: every bid of a tender on one page.
//!
//! Each lot is a row and each bid a mark at its comparable price in percent of the ceiling price. The title says what
//! the picture shows. The drawing knows nothing of the award: it gets a ladder of plain values.
#![allow(
    clippy::float_arithmetic,
    reason = "coordinates of a drawing; no figure that is printed comes from them"
)]

mod cut_off;
mod draw;
mod evaluated;
mod finding;
mod ladder;
mod layout;
mod measure;
mod page;
mod svg;
mod swarm;
#[cfg(test)]
mod tests;

use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::savings::Savings;
use crate::text::Language;

/// The price ladder of an award as one SVG text, the same bytes for the same award.
///
/// Bids above the ceiling stand in a strip of their own, so that no bid with a price is left out. The SVG carries a
/// title and a text alternative, and needs no font file and no network.
pub fn price_ladder(award: &CertifiedAward, allocation: &Allocation, language: Language) -> String {
    let ladder = evaluated::ladder(award, allocation, language);
    draw::draw(&layout::layout(&ladder), &ladder.alternative())
}

/// One drawing: its name in the report folder, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotChart {
    /// Name in the report folder.
    pub name: String,
    /// The drawing.
    pub svg: String,
}

/// Every chart of a report, as SVG. A chart without anything to show is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charts {
    /// Every bid of every lot.
    pub price_ladder: String,
    /// What the award costs beside each baseline.
    pub savings: Option<String>,
    /// The award's value by supplier.
    pub suppliers: Option<String>,
    /// The award's value by region.
    pub regions: Option<String>,
    /// The ladder of each lot, in the order of lots by id.
    pub lots: Vec<Option<LotChart>>,
}

impl Charts {
    /// Every chart of an award in one language.
    pub fn of(
        award: &CertifiedAward,
        allocation: &Allocation,
        _savings: &Savings,
        language: Language,
    ) -> Self {
        Self {
            price_ladder: price_ladder(award, allocation, language),
            savings: None,
            suppliers: None,
            regions: None,
            lots: award.lots().map(|_| None).collect(),
        }
    }

    /// Name in the report folder and bytes of each chart.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let tender = [
            ("charts/price-ladder.svg", Some(&self.price_ladder)),
            ("charts/savings.svg", self.savings.as_ref()),
            ("charts/suppliers.svg", self.suppliers.as_ref()),
            ("charts/regions.svg", self.regions.as_ref()),
        ];
        let lots = self.lots.iter().flatten().map(|lot| (lot.name.as_str(), lot.svg.as_str()));
        tender.into_iter().filter_map(|(name, svg)| Some((name, svg?.as_str()))).chain(lots)
    }
}
