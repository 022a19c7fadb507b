//! savings.csv: savings of each lot and of the tender against each baseline.

use super::super::figures::LotFigures;
use super::{Cell, Heading, names, number, table, text, yes_or_no};
use crate::certify::CertifiedAward;
use crate::savings::{CutOf, Saving, Savings};

pub(super) const HEADER: [Heading; 19] = [
    text("scope"),
    text("lot_id"),
    text("baseline"),
    number("reference_value"),
    number("covered_value"),
    number("saving"),
    number("weighted_cut"),
    number("simple_cut"),
    number("coverage"),
    number("winners_covered"),
    number("winners"),
    yes_or_no("illustrative"),
    text("volume_basis"),
    number("base_volume_saving"),
    number("highest_cut"),
    text("highest_cut_of"),
    number("lowest_cut"),
    text("lowest_cut_of"),
    text("source"),
];

/// Rows by lot and baseline, then the totals; a saving without a known baseline is blank, never zero.
pub(in crate::report) fn savings_csv(
    award: &CertifiedAward,
    lots: &[LotFigures<'_>],
    savings: &Savings,
) -> Vec<u8> {
    let illustrative = award.screened().notice.is_illustrative();
    let of_lots = lots.iter().flat_map(|lot| {
        let lot_id = Some(lot.lot().id.as_str());
        let built_in =
            lot.savings.iter().map(move |saving| row("lot", lot_id, saving.baseline.name(), saving, &[]));
        let further = lot.stated.iter().filter_map(move |stated| {
            let saving = stated.lots.get(lot.place)?;
            Some(row("lot", lot_id, &saving.baseline, saving, &stated.sources))
        });
        built_in.chain(further)
    });
    let built_in =
        savings.totals.iter().map(|saving| row("total", None, saving.baseline.name(), saving, &[]));
    let further = savings.stated.iter();
    let further =
        further.map(|stated| row("total", None, &stated.total.baseline, &stated.total, &stated.sources));
    let marked = of_lots.chain(built_in).chain(further).map(|mut row| {
        row[ILLUSTRATIVE] = Cell::yes_or_no(illustrative);
        row
    });
    table(names(&HEADER), marked)
}

/// Place of the mark of made-up facts.
const ILLUSTRATIVE: usize = 11;

fn row<B>(
    scope: &str,
    lot_id: Option<&str>,
    baseline: &str,
    saving: &Saving<B>,
    sources: &[String],
) -> [Cell; 19] {
    let cut = |of: &Option<CutOf>| Cell::number_if(of.as_ref().map(|of| of.cut));
    let whose = |of: &Option<CutOf>| Cell::text_if(of.as_ref().map(named).as_deref());
    let sources = sources.join("; ");
    [
        Cell::text(scope),
        Cell::text_if(lot_id),
        Cell::text(baseline),
        Cell::number_if(saving.saving.map(|_| saving.reference_value)),
        Cell::number(saving.covered_value),
        Cell::number_if(saving.saving),
        Cell::number_if(saving.cut),
        Cell::number_if(saving.simple_cut),
        Cell::number_if(saving.coverage),
        Cell::number(saving.winners_covered),
        Cell::number(saving.winners),
        Cell::text(""),
        Cell::text("agreed"),
        Cell::number_if(saving.base_saving),
        cut(&saving.highest),
        whose(&saving.highest),
        cut(&saving.lowest),
        whose(&saving.lowest),
        Cell::text_if((!sources.is_empty()).then_some(sources.as_str())),
    ]
}

/// Everyone with a cut, as lot and supplier.
fn named(cut: &CutOf) -> String {
    let each = cut.winners.iter().map(|(lot, supplier)| format!("{lot}/{supplier}"));
    each.collect::<Vec<_>>().join("; ")
}
