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
mod fan;
mod finding;
mod fulfilment;
mod ladder;
mod layout;
mod lot_ladder;
mod measure;
mod page;
mod provinces;
mod regions;
mod rows;
mod savings;
mod scale;
mod sheet;
mod sheets;
mod strip;
mod suppliers;
mod svg;
mod swarm;
#[cfg(test)]
mod tests;
mod tornado;
mod waterfall;
mod what_if;

pub(in crate::report) use what_if::WhatIfCharts;

use crate::Evaluation;
use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::escape;
use crate::report::figures::widest;
use crate::report::reading::tender_title;
use crate::savings::Savings;
use crate::savings::effects::{AwardEffects, Effects, of_award};
use crate::savings::execution::Execution;
use crate::savings::projection::Projection;
use crate::text::{Language, fill, text};

/// The price ladder of an award as one SVG text, the same bytes for the same award.
///
/// Bids above the ceiling stand in a strip of their own, so that no bid with a price is left out. The SVG carries a
/// title and a text alternative, and needs no font file and no network.
pub fn price_ladder(award: &CertifiedAward, allocation: &Allocation, language: Language) -> String {
    let ladder = evaluated::ladder(award, allocation, language);
    draw::draw(&layout::layout(&ladder), &ladder.alternative())
}

/// The price ladder in parts that fit on a sheet each; none where one sheet holds it.
#[cfg(feature = "pdf")]
pub(super) fn ladder_on_sheets(
    award: &CertifiedAward,
    allocation: &Allocation,
    svg: &str,
    language: Language,
) -> Vec<String> {
    let (page, rows) = layout::layout_and_rows(&evaluated::ladder(award, allocation, language));
    sheets::drawings(svg, &sheets::parts(page.size.1, &rows)).unwrap_or_default()
}

/// The fan of a projection's saving over the years; `None` without years.
pub(super) fn projection_fan(
    award: &CertifiedAward,
    projection: &Projection,
    language: Language,
) -> Option<String> {
    fan::chart(award, projection, language)
}

/// What matters most in a projection; `None` when nothing that is assumed matters.
pub(super) fn projection_factors(
    award: &CertifiedAward,
    projection: &Projection,
    language: Language,
) -> Option<String> {
    tornado::chart(award, projection, language)
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
    /// The parts of that drawing, each on a sheet of A4: from where, how tall, in pixels. None where one sheet holds it.
    pub ladder_sheets: Vec<(i32, i32)>,
    /// What the award costs beside each baseline.
    pub savings: Option<String>,
    /// From the reported volume at the price before to the agreed volume at the award: price, quantity, mix.
    pub waterfall: Option<String>,
    /// The figures of that chart.
    pub effects: Option<AwardEffects>,
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
        savings: &Savings,
        language: Language,
    ) -> Self {
        let ladder = evaluated::ladder(award, allocation, language);
        let (page, rows) = layout::layout_and_rows(&ladder);
        let effects = award_effects(award, allocation, savings);
        let waterfall = effects.as_ref().and_then(|effects| waterfall::of_award(award, effects, language));
        Self {
            waterfall,
            effects,
            price_ladder: draw::draw(&page, &ladder.alternative()),
            ladder_sheets: sheets::parts(page.size.1, &rows),
            savings: savings::chart(award, savings, language),
            suppliers: suppliers::chart(award, allocation, language),
            regions: regions::chart(award, allocation, language),
            lots: lot_ladder::charts(award, allocation, language),
        }
    }

    /// Name in the report folder and bytes of each chart.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let tender = [
            ("charts/price-ladder.svg", Some(&self.price_ladder)),
            ("charts/savings.svg", self.savings.as_ref()),
            ("charts/waterfall.svg", self.waterfall.as_ref()),
            ("charts/suppliers.svg", self.suppliers.as_ref()),
            ("charts/regions.svg", self.regions.as_ref()),
        ];
        let lots = self.lots.iter().flatten().map(|lot| (lot.name.as_str(), lot.svg.as_str()));
        tender.into_iter().filter_map(|(name, svg)| Some((name, svg?.as_str()))).chain(lots)
    }
}

/// The waterfall of a change of spending; `None` when an effect of the total is unknown.
pub(super) fn effects_waterfall(
    effects: &Effects,
    rows: (usize, usize),
    language: Language,
) -> Option<String> {
    waterfall::of_effects(effects, rows, language)
}

pub(in crate::report) use waterfall::{change, signed};

pub(in crate::report) use strip::{StripBar, chart as strip};

/// What was bought month by month and by region, beside what was agreed; `None` when nothing is known.
pub fn fulfilment(evaluation: &Evaluation, execution: &Execution, language: Language) -> Option<String> {
    fulfilment::chart(evaluation, execution, language)
}

/// The effects of an award against the baseline that a report leads with.
pub(in crate::report) fn award_effects(
    award: &CertifiedAward,
    allocation: &Allocation,
    savings: &Savings,
) -> Option<AwardEffects> {
    of_award(award, allocation, savings, widest(savings)?)
}

/// The tender, and whether its facts are made up.
fn subject_lines(award: &CertifiedAward, language: Language) -> Vec<String> {
    let notice = &award.screened().notice;
    let illustrative =
        notice.is_illustrative().then(|| text(language, "report.chart.illustrative").to_owned());
    std::iter::once(tender_title(notice, language)).chain(illustrative).collect()
}

/// Where the facts and the rules come from.
fn notes(award: &CertifiedAward, language: Language) -> Vec<String> {
    let notice = &award.screened().notice;
    let rules = escape(&notice.rules);
    vec![match &notice.source {
        Some(source) => {
            let source = source.trim_end_matches(['.', '。']);
            fill(language, "report.chart.source", &[("source", &escape(source)), ("rules", &rules)])
        }
        None => fill(language, "report.chart.no_source", &[("rules", &rules)]),
    }]
}
