//! Savings against every baseline, also those of `baselines.csv`, as they were certified: one row for each lot and
//! baseline, then the tender's.

use super::Report;
use super::cell::{Cell, Kind};
use super::sheet::{Paper, Sheet};
use crate::diagnostics::escape;
use crate::report::figures::LotFigures;
use crate::savings::{CutOf, Saving};
use crate::text::text;

const HEADS: [&str; 19] = [
    "lot_number",
    "lot_id",
    "lot",
    "baseline",
    "source",
    "volume_basis",
    "reference_value",
    "covered_value",
    "saving",
    "base_volume_saving",
    "weighted_cut",
    "simple_cut",
    "highest_cut",
    "highest_cut_of",
    "lowest_cut",
    "lowest_cut_of",
    "coverage",
    "winners_covered",
    "winners",
];

/// The tender's totals, then the lots; built-in baselines first.
pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let words = report.words;
    let whole = || vec![Cell::Blank, Cell::Blank, Cell::text(words.text("all_lots"))];
    let built_in = |name: &str| words.text(&format!("baseline.{name}")).to_owned();
    let mut table = Vec::new();
    for saving in &report.savings.totals {
        table.push(row(report, whole(), built_in(saving.baseline.name()), &[], saving));
    }
    for stated in &report.savings.stated {
        table.push(row(report, whole(), escape(&stated.total.baseline), &stated.sources, &stated.total));
    }
    for (number, lot) in (1_usize..).zip(report.lots) {
        for saving in lot.savings {
            let name = built_in(saving.baseline.name());
            table.push(row(report, of_lot(report, number, lot), name, &[], saving));
        }
        for stated in lot.stated {
            let Some(saving) = stated.lots.get(lot.place) else { continue };
            let name = escape(&saving.baseline);
            table.push(row(report, of_lot(report, number, lot), name, &stated.sources, saving));
        }
    }
    let sheet = Sheet::table(words.sheet("baselines"), words.heads(&HEADS), table);
    Sheet { paper: Paper::Large, ..sheet }
}

fn of_lot(report: &Report<'_>, number: usize, lot: &LotFigures<'_>) -> Vec<Cell> {
    let mut cells = vec![Cell::number(Kind::Count, number)];
    cells.extend(report.words.lot(lot));
    cells
}

fn row<B>(
    report: &Report<'_>,
    lot: Vec<Cell>,
    baseline: String,
    sources: &[String],
    saving: &Saving<B>,
) -> Vec<Cell> {
    let cut = |of: &Option<CutOf>| Cell::number_if(Kind::Share, of.as_ref().map(|of| of.cut));
    let whose = |of: &Option<CutOf>| of.as_ref().map_or(Cell::Blank, |of| Cell::shown(&named(of)));
    let sources = sources.join("; ");
    let mut row = lot;
    row.extend([
        Cell::text(baseline),
        Cell::shown_if((!sources.is_empty()).then_some(sources.as_str())),
        Cell::text(text(report.words.language, "savings.word.agreed")),
        Cell::number_if(Kind::Money, saving.saving.map(|_| saving.reference_value)),
        Cell::number(Kind::Money, saving.covered_value),
        Cell::number_if(Kind::Money, saving.saving),
        Cell::number_if(Kind::Money, saving.base_saving),
        Cell::number_if(Kind::Share, saving.cut),
        Cell::number_if(Kind::Share, saving.simple_cut),
        cut(&saving.highest),
        whose(&saving.highest),
        cut(&saving.lowest),
        whose(&saving.lowest),
        Cell::number_if(Kind::Share, saving.coverage),
        Cell::number(Kind::Count, saving.winners_covered),
        Cell::number(Kind::Count, saving.winners),
    ]);
    row
}

/// Everyone with a cut, as lot and supplier.
fn named(cut: &CutOf) -> String {
    let each = cut.winners.iter().map(|(lot, supplier)| format!("{lot}/{supplier}"));
    each.collect::<Vec<_>>().join("; ")
}
