//! Savings of each lot against each baseline, computed from the sheet of savings.

use super::Report;
use super::cell::{Cell, Kind};
use super::formula::{Rows, rounded};
use super::savings::{BEFORE, COST_BEFORE, CUT, LOT, VALUE, VOLUME, rows};
use super::sheet::Sheet;
use crate::savings::BaselineSaving;

const HEADS: [&str; 12] = [
    "lot_number",
    "lot_id",
    "lot",
    "baseline",
    "winners_covered",
    "winners",
    "coverage",
    "simple_cut",
    "weighted_cut",
    "covered_value",
    "reference_value",
    "saving",
];
/// Row of the first lot, counted from 1.
const FIRST: usize = 2;

/// One row for each lot and baseline, by lot.
pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let words = report.words;
    let of = rows(report, Some(words.sheet("savings")));
    let mut table = Vec::new();
    for (number, lot) in (1_usize..).zip(report.lots) {
        for (place, saving) in lot.savings.iter().enumerate() {
            let at = FIRST.saturating_add(table.len());
            let mut row = vec![Cell::number(Kind::Count, number)];
            row.extend(words.lot(lot));
            row.push(Cell::text(words.text(&format!("baseline.{}", saving.baseline.name()))));
            row.extend(figures(report, of, (place, saving), at));
            table.push(row);
        }
    }
    Sheet::table(words.sheet("savings_by_lot"), words.heads(&HEADS), table)
}

fn figures(
    report: &Report<'_>,
    of: Rows<'_>,
    (place, saving): (usize, &BaselineSaving),
    at: usize,
) -> [Cell; 8] {
    let rounding = report.award.screened().rules.savings.rule.rounding;
    let column = |columns: [char; 3]| of.column(columns.get(place).copied().unwrap_or(LOT));
    let (before, cost, cut) = (column(BEFORE), column(COST_BEFORE), column(CUT));
    let here = format!("{},A{at}", of.column(LOT));
    let known = format!("{here},{before},\">0\"");
    let value = format!("SUMIF({here},{})", of.column(VALUE));
    let or_nothing = |nothing: &str, then: &str| format!("IF({nothing},\"\",{then})");
    let simple = rounded(&format!("AVERAGEIFS({cut},{known})"), rounding);
    let no_volume = format!("SUMIFS({},{known})=0", of.column(VOLUME));
    let no_saving = format!("K{at}=\"\"");
    [
        Cell::formula(Kind::Count, format!("COUNTIFS({known})"), Some(saving.winners_covered)),
        Cell::formula(Kind::Count, format!("COUNTIF({here})"), Some(saving.winners)),
        Cell::formula(
            Kind::Share,
            or_nothing(&format!("{value}=0"), &rounded(&format!("J{at}/{value}"), rounding)),
            saving.coverage,
        ),
        Cell::formula(Kind::Share, or_nothing(&format!("E{at}=0"), &simple), saving.simple_cut),
        Cell::formula(
            Kind::Share,
            or_nothing(&no_saving, &rounded(&format!("L{at}/K{at}"), rounding)),
            saving.cut,
        ),
        Cell::formula(
            Kind::Money,
            format!("SUMIFS({},{known})", of.column(VALUE)),
            Some(saving.covered_value),
        ),
        Cell::formula(
            Kind::Money,
            or_nothing(&no_volume, &format!("SUMIF({here},{cost})")),
            saving.saving.map(|_| saving.reference_value),
        ),
        Cell::formula(Kind::Money, or_nothing(&no_saving, &format!("K{at}-J{at}")), saving.saving),
    ]
}
