//! Savings of each winner, computed in the sheet: prices, volumes and baselines are input.
//!
//! A row uses cells of its own row only, so that sorting the table breaks nothing; the totals above it go over columns.

use super::Report;
use super::cell::{Cell, Kind};
use super::formula::{Rows, rounded, where_known};
use super::sheet::{Paper, Sheet};
use crate::allocate::WinnerVolume;
use crate::certify::Winner;
use crate::money::{Rounding, UnitPrice};
use crate::report::figures::LotFigures;
use crate::savings::{Baseline, BaselineSaving, price_before};

/// Columns by what they hold; some have one column for each baseline, in the order of [`Baseline::ALL`]. The savings
/// stand between the costs before and the cuts.
pub(super) const LOT: char = 'A';
const PRICE: char = 'G';
pub(super) const VOLUME: char = 'H';
pub(super) const VALUE: char = 'I';
pub(super) const BEFORE: [char; 3] = ['J', 'K', 'L'];
pub(super) const COST_BEFORE: [char; 3] = ['M', 'N', 'O'];
pub(super) const CUT: [char; 3] = ['S', 'T', 'U'];

const HEADS: [&str; 9] = [
    "lot_number",
    "lot_id",
    "lot",
    "supplier_id",
    "supplier",
    "bid_id",
    "comparable_price",
    "agreed_volume",
    "value",
];
const HEADS_OF_BASELINE: [&str; 4] = ["before", "cost_before", "saving_against", "cut_against"];
const HEADS_OF_TOTALS: [&str; 11] = [
    "baseline",
    "winners_covered",
    "winners",
    "coverage",
    "simple_cut",
    "weighted_cut",
    "covered_value",
    "reference_value",
    "saving",
    "saving_certified",
    "change",
];

/// Row of the first total, counted from 1: a note and the heads of the totals stand above it.
const FIRST_TOTAL: usize = 3;
/// Row of the first winner: below the totals stand an empty row and the heads of the table.
const FIRST: usize = FIRST_TOTAL + Baseline::ALL.len() + 2;

/// The rows of the table, as formulas on the sheet `sheet` see them.
pub(super) fn rows<'a>(report: &Report<'_>, sheet: Option<&'a str>) -> Rows<'a> {
    let winners: usize = report.lots.iter().map(|lot| priced(lot).count()).sum();
    let last = FIRST.saturating_add(winners.saturating_sub(1));
    Rows { sheet, first: FIRST, last }
}

/// The winners of a lot that have a volume, with their comparable prices.
fn priced<'a>(lot: &'a LotFigures<'a>) -> impl Iterator<Item = (&'a Winner, UnitPrice)> {
    lot.award.winners.iter().filter_map(|winner| {
        lot.winner_volume(winner)?;
        Some((winner, lot.bid(winner.bid)?.1.comparable_price?))
    })
}

/// One row for each winner with a volume, by lot and rank, below the totals.
pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let words = report.words;
    let mut heads = words.heads(&HEADS);
    for head in HEADS_OF_BASELINE {
        heads.extend(Baseline::ALL.map(|baseline| {
            let against = words.text(&format!("baseline.{}", baseline.name()));
            words.fill(&format!("head.{head}"), &[("baseline", against)])
        }));
    }
    let mut table = Vec::new();
    for (number, lot) in (1_usize..).zip(report.lots) {
        for (winner, price) in priced(lot) {
            let at = FIRST.saturating_add(table.len());
            table.extend(row(report, lot, number, winner, price, at));
        }
    }
    let fixed = report.lots.iter().any(|lot| {
        priced(lot).any(|(winner, price)| lot.winner_volume(winner).is_some_and(|own| !follows(price, own)))
    });
    let mut note = words.text("note.savings").to_owned();
    if fixed {
        note.push_str(words.text("note.several_prices"));
    }
    let mut above = vec![vec![Cell::Note(note)]];
    let mut totals_heads = vec![Cell::Blank, Cell::Blank];
    totals_heads.extend(words.heads(&HEADS_OF_TOTALS).into_iter().map(Cell::Head));
    above.push(totals_heads);
    let totals = report.savings.totals.iter().enumerate();
    above.extend(totals.map(|(place, saving)| total(report, place, saving)));
    above.push(Vec::new());
    Sheet { name: words.sheet("savings"), above, heads, rows: table, paper: Paper::Large }
}

/// Whether a winner's value is its price times its volume. It is not where the price goes by quantity, region or package.
fn follows(price: UnitPrice, volume: &WinnerVolume) -> bool {
    price.times(volume.agreed_volume).is_ok_and(|product| product == volume.value)
}

fn row(
    report: &Report<'_>,
    lot: &LotFigures<'_>,
    number: usize,
    winner: &Winner,
    price: UnitPrice,
    at: usize,
) -> Option<Vec<Cell>> {
    let words = report.words;
    let volume = lot.winner_volume(winner)?;
    let (agreed, value) = (volume.agreed_volume, volume.value);
    let before = Baseline::ALL.map(|baseline| price_before(baseline, &lot.screened.comparable, winner.bid));
    let cost = before.map(|before| before.and_then(|before| before.times(agreed).ok()));
    let saving = cost.map(|cost| cost.and_then(|cost| cost.minus(value).ok()));
    let cut = before.map(|before| price.cut_from(before?, Rounding::half_up(16)));
    let mut row = vec![Cell::number(Kind::Count, number)];
    row.extend(words.lot(lot));
    row.extend(words.bid(lot.bid(winner.bid)?.0));
    row.extend(if follows(price, volume) {
        [
            Cell::Input(Kind::Price, Some(price.to_string())),
            Cell::Input(Kind::Volume, Some(agreed.to_string())),
            Cell::formula(Kind::Money, format!("{PRICE}{at}*{VOLUME}{at}"), Some(value)),
        ]
    } else {
        // With several prices there is none to multiply with: the row stays what was certified.
        [
            Cell::number(Kind::Price, price),
            Cell::number(Kind::Volume, agreed),
            Cell::number(Kind::Money, value),
        ]
    });
    row.extend(before.map(|before| Cell::Input(Kind::Price, before.map(|before| before.to_string()))));
    let each = BEFORE.into_iter().zip(COST_BEFORE);
    row.extend(each.clone().zip(cost).map(|((before, _), cost)| {
        let formula = where_known(&format!("{before}{at}"), &format!("{before}{at}*{VOLUME}{at}"));
        Cell::formula(Kind::Money, formula, cost)
    }));
    row.extend(each.zip(saving).map(|((before, cost), saving)| {
        let formula = where_known(&format!("{before}{at}"), &format!("{cost}{at}-{VALUE}{at}"));
        Cell::formula(Kind::Money, formula, saving)
    }));
    row.extend(BEFORE.into_iter().zip(cut).map(|(before, cut)| {
        let formula = where_known(&format!("{before}{at}"), &format!("1-{PRICE}{at}/{before}{at}"));
        Cell::Quotient(Kind::Share, formula, cut.map(|cut| cut.to_string()))
    }));
    Some(row)
}

/// The totals against one baseline; the columns are those of [`HEADS_OF_TOTALS`], from the third.
fn total(report: &Report<'_>, place: usize, saving: &BaselineSaving) -> Vec<Cell> {
    let rows = rows(report, None);
    let rounding = report.award.screened().rules.savings.rule.rounding;
    let of = |columns: [char; 3]| columns.get(place).copied().unwrap_or(LOT);
    let (before, cost, cut) = (of(BEFORE), of(COST_BEFORE), of(CUT));
    let at = FIRST_TOTAL.saturating_add(place);
    let known = format!("COUNT({})", rows.column(cut));
    let or_nothing = |nothing: &str, then: &str| format!("IF({nothing},\"\",{then})");
    let simple =
        or_nothing(&format!("{known}=0"), &rounded(&format!("AVERAGE({})", rows.column(cut)), rounding));
    let value = format!("SUM({})", rows.column(VALUE));
    let coverage = or_nothing(&format!("{value}=0"), &rounded(&format!("I{at}/{value}"), rounding));
    let no_volume = format!("{}=0", rows.sum_known(VOLUME, before));
    let reference = or_nothing(&no_volume, &format!("SUM({})", rows.column(cost)));
    let no_saving = format!("J{at}=\"\"");
    let words = report.words;
    vec![
        Cell::Blank,
        Cell::Blank,
        Cell::text(words.text(&format!("baseline.{}", saving.baseline.name()))),
        Cell::formula(Kind::Count, known, Some(saving.winners_covered)),
        Cell::formula(Kind::Count, format!("COUNT({})", rows.column(LOT)), Some(saving.winners)),
        Cell::formula(Kind::Share, coverage, saving.coverage),
        Cell::formula(Kind::Share, simple, saving.simple_cut),
        Cell::formula(
            Kind::Share,
            or_nothing(&no_saving, &rounded(&format!("K{at}/J{at}"), rounding)),
            saving.cut,
        ),
        Cell::formula(Kind::Money, rows.sum_known(VALUE, before), Some(saving.covered_value)),
        Cell::formula(Kind::Money, reference, saving.saving.map(|_| saving.reference_value)),
        Cell::formula(Kind::Money, or_nothing(&no_saving, &format!("J{at}-I{at}")), saving.saving),
        Cell::number_if(Kind::Money, saving.saving),
        Cell::formula(
            Kind::Money,
            // Rounded, so that what binary fractions leave over does not look like a change.
            format!("IF(OR(K{at}=\"\",L{at}=\"\"),\"\",ROUND(K{at}-L{at},4))"),
            saving.saving.map(|_| "0"),
        ),
    ]
}
