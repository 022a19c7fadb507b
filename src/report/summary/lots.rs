//! The table of lots.

use super::columns::{Page, Side, aligned};
use super::lot_label;
use crate::allocate::{Allocation, Basis, LotAllocation};
use crate::certify::{CertifiedAward, LotAward, Winner};
use crate::money::UnitPrice;
use crate::report::figures::widest;
use crate::report::reading::{Scaled, money_column, percent, unit, volume_column, won_price};
use crate::savings::{Baseline, Savings};
use crate::screen::ScreenedLot;
use crate::tender::Outcome;
use crate::text::{Language, fill, text};

/// Columns that the name of a lot keeps at least.
const NAME_LEAST: usize = 20;
/// Most columns of a lot's name.
const NAME_MOST: usize = 34;
/// What stands where there is nothing to say.
const NONE: &str = "-";

/// One row a lot: bidders, places, winners, prices, volume, value and cut.
pub(super) fn table(page: &mut Page, award: &CertifiedAward, allocation: &Allocation, savings: &Savings) {
    let language = page.language;
    let awarded: Vec<Option<&LotAllocation>> = award
        .lots()
        .enumerate()
        .map(|(place, (_, lot))| {
            let awarded = allocation.lots.get(place).filter(|_| lot.outcome != Outcome::NoAward);
            // What waits for a draw is not zero.
            awarded.filter(|lot| lot.basis != Basis::Open || !lot.agreed_volume.is_zero())
        })
        .collect();
    let volumes = volume_column(awarded.iter().map(|lot| lot.map(|lot| lot.agreed_volume)), language);
    let currency = &award.screened().notice.currency;
    let values = money_column(
        awarded.iter().map(|lot| Some(lot.filter(|lot| lot.basis != Basis::Open)?.value)),
        language,
    );
    let baseline = widest(savings);
    let mut rows = head(&volumes, &values, baseline, currency, language);
    for (place, (lot, lot_award)) in award.lots().enumerate() {
        let cell =
            |column: &Scaled| column.cells.get(place).cloned().flatten().unwrap_or_else(|| NONE.to_owned());
        let cut = savings
            .lots
            .get(place)
            .into_iter()
            .flatten()
            .find(|saving| Some(saving.baseline) == baseline)
            .and_then(|saving| saving.cut);
        rows.push(vec![
            lot_label(lot, language, NAME_MOST),
            lot.bidders.to_string(),
            lot.places.map_or_else(|| NONE.to_owned(), |places| places.to_string()),
            won(lot_award, language),
            prices(lot, lot_award),
            cell(&volumes),
            cell(&values),
            cut.map_or_else(|| NONE.to_owned(), |cut| percent(cut, 1)),
        ]);
    }
    let number = Side::Right;
    let sides = [Side::Left, number, number, number, number, number, number, number];
    for line in aligned(&rows, &sides, NAME_LEAST) {
        page.line(&line);
    }
    let rounded = volumes.rounded || values.rounded;
    page.item(1, text(language, "report.summary.table_key"));
    if rounded {
        page.item(1, text(language, "report.summary.table_rounded"));
    }
    page.blank();
}

/// Two rows: what a column holds, and its unit.
fn head(
    volumes: &Scaled,
    values: &Scaled,
    baseline: Option<Baseline>,
    currency: &str,
    language: Language,
) -> Vec<Vec<String>> {
    let word = |key: &str| text(language, key).to_owned();
    let against = baseline.map_or_else(String::new, |baseline| {
        word(&format!("report.summary.against_short.{}", baseline.name()))
    });
    vec![
        vec![
            word("report.summary.head_lot"),
            "N".to_owned(),
            "W".to_owned(),
            word("report.summary.head_won"),
            word("report.summary.head_price"),
            word("report.summary.head_volume"),
            fill(language, "report.summary.head_value", &[("currency", &unit(currency, language))]),
            word("report.summary.head_cut"),
        ],
        vec![
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            volumes.unit.clone(),
            values.unit.clone(),
            against,
        ],
    ]
}

/// How many win; with a draw open, how many win whatever is drawn.
fn won(award: &LotAward, language: Language) -> String {
    let count = award.winners.len().to_string();
    match award.outcome {
        Outcome::DrawRequired => fill(language, "report.summary.won_draw", &[("count", &count)]),
        Outcome::AnswerRequired => fill(language, "report.summary.won_answer", &[("count", &count)]),
        Outcome::Awarded | Outcome::NoAward | Outcome::Unproved => count,
    }
}

/// Lowest and highest winning price.
fn prices(lot: &ScreenedLot, award: &LotAward) -> String {
    let won = || -> Vec<UnitPrice> {
        let price = |winner: &Winner| winner.mean_price().or(lot.award_price(winner.bid));
        award.winners.iter().filter_map(price).collect()
    };
    match (won().into_iter().min(), won().into_iter().max()) {
        (Some(lowest), Some(highest)) if lowest == highest => won_price(lot, lowest),
        (Some(lowest), Some(highest)) => format!("{}–{}", won_price(lot, lowest), won_price(lot, highest)),
        _ => NONE.to_owned(),
    }
}
