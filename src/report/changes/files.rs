//! The changes for programs: JSON, and one flat table.

use serde::Serialize;

use super::{BidChange, Changes, LotChange, Sides, SupplierChange};
use crate::report::csv::{Cell, table};
use crate::report::json::pretty;
use crate::rules::sentence_of;
use crate::text::Language;

const SCHEMA: &str = "jicai-changes-1";

#[derive(Serialize)]
struct ChangesFile<'a> {
    schema: &'static str,
    before: AwardRow<'a>,
    after: AwardRow<'a>,
    totals: TotalsRow<'a>,
    lots: Vec<LotRow<'a>>,
    suppliers: Vec<SupplierRow<'a>>,
}

#[derive(Serialize)]
struct AwardRow<'a> {
    tender: &'a str,
    rules: &'a str,
    instead_of: Option<&'a str>,
    illustrative: bool,
}

#[derive(Serialize)]
struct TotalsRow<'a> {
    value: Sides<String>,
    difference: String,
    moved: String,
    value_at_volume_before: Option<Sides<String>>,
    /// Parts of the difference: other volumes, other mean prices.
    difference_by_volume_and_price: Option<Sides<String>>,
    lots_not_in_sums: &'a [String],
    lots_supplied_only: Sides<&'a [String]>,
    lots_only: &'a Sides<Vec<String>>,
    bids_winning_only: Sides<usize>,
}

#[derive(Serialize)]
struct LotRow<'a> {
    lot_id: &'a str,
    outcome: Sides<super::LotOutcome>,
    winners: Sides<usize>,
    value: Sides<Option<String>>,
    agreed_volume: Sides<Option<String>>,
    mean_price: Sides<Option<String>>,
    difference: Option<String>,
    moved: Option<String>,
    bids: Vec<BidRow<'a>>,
}

#[derive(Serialize)]
struct BidRow<'a> {
    supplier_id: &'a str,
    bid_id: &'a str,
    status: Sides<Option<&'static str>>,
    value: Sides<Option<String>>,
    decided_by: Sides<Vec<StepRow<'a>>>,
}

#[derive(Serialize)]
struct StepRow<'a> {
    rule: &'a str,
    verdict: &'a str,
    cite: &'a str,
}

#[derive(Serialize)]
struct SupplierRow<'a> {
    supplier_id: &'a str,
    lots_won: Sides<usize>,
    value: Sides<String>,
    difference: String,
}

fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

impl Changes {
    /// The changes as JSON. Two values in a list are the one before and the one after.
    pub fn json(&self) -> String {
        let totals = &self.totals;
        pretty(&ChangesFile {
            schema: SCHEMA,
            before: award_row(&self.before),
            after: award_row(&self.after),
            totals: TotalsRow {
                value: totals.values.map(|value| value.to_string()),
                difference: totals.difference.to_string(),
                moved: totals.moved.to_string(),
                value_at_volume_before: totals
                    .at_same_volume
                    .map(|sides| sides.map(|value| value.to_string())),
                difference_by_volume_and_price: self
                    .volume_and_price()
                    .map(|parts| parts.map(|part| part.to_string())),
                lots_not_in_sums: &totals.open,
                lots_supplied_only: totals.supplied_only.each_ref().map(|(lots, _)| lots.as_slice()),
                lots_only: &totals.only,
                bids_winning_only: totals.wins_only,
            },
            lots: self.lots.iter().map(lot_row).collect(),
            suppliers: self.suppliers.iter().map(supplier_row).collect(),
        })
    }

    /// One row for each bid whose status differs, with what decided it, as CSV.
    pub fn csv(&self, language: Language) -> String {
        let header = [
            "lot_id",
            "supplier_id",
            "bid_id",
            "status_before",
            "status_after",
            "value_before",
            "value_after",
            "decided_by_before",
            "decided_by_after",
        ];
        let rows = self.lots.iter().flat_map(|lot| lot.bids.iter().map(move |bid| (lot, bid)));
        let rows = rows.map(|(lot, bid)| csv_row(lot, bid, language));
        String::from_utf8_lossy(&table(header, rows)).into_owned()
    }
}

fn award_row(sheet: &super::Sheet) -> AwardRow<'_> {
    AwardRow {
        tender: &sheet.tender.id,
        rules: &sheet.rules.id,
        instead_of: sheet.rules.instead_of.as_deref(),
        illustrative: sheet.illustrative,
    }
}

fn lot_row(lot: &LotChange) -> LotRow<'_> {
    LotRow {
        lot_id: &lot.lot_id,
        outcome: lot.outcomes,
        winners: lot.winners,
        value: lot.values.map(text),
        agreed_volume: lot.volumes.map(text),
        mean_price: lot.means.map(text),
        difference: text(lot.difference),
        moved: text(lot.moved),
        bids: lot.bids.iter().map(bid_row).collect(),
    }
}

fn bid_row(bid: &BidChange) -> BidRow<'_> {
    let [before, after] = &bid.reasons;
    BidRow {
        supplier_id: &bid.supplier_id,
        bid_id: &bid.bid_id,
        status: bid.statuses.map(|status| status.map(super::BidWord::name)),
        value: bid.values.map(text),
        decided_by: [before.iter().map(step_row).collect(), after.iter().map(step_row).collect()],
    }
}

fn step_row(step: &super::ReasonPart) -> StepRow<'_> {
    StepRow { rule: &step.rule, verdict: &step.verdict, cite: &step.cite }
}

fn supplier_row(supplier: &SupplierChange) -> SupplierRow<'_> {
    SupplierRow {
        supplier_id: &supplier.supplier_id,
        lots_won: supplier.lots,
        value: supplier.values.map(|value| value.to_string()),
        difference: supplier.difference.to_string(),
    }
}

fn csv_row(lot: &LotChange, bid: &BidChange, language: Language) -> [Cell; 9] {
    let [before, after] = bid.statuses.map(|status| Cell::text_if(status.map(super::BidWord::name)));
    let [value_before, value_after] = bid.values.map(Cell::number_if);
    let decided = |steps: &Vec<super::ReasonPart>| {
        let sentences: Vec<String> = steps.iter().map(|step| sentence_of(language, &step.read())).collect();
        Cell::text(sentences.join("; "))
    };
    let [decided_before, decided_after] = bid.reasons.each_ref().map(decided);
    [
        Cell::text(&lot.lot_id),
        Cell::text(&bid.supplier_id),
        Cell::text(&bid.bid_id),
        before,
        after,
        value_before,
        value_after,
        decided_before,
        decided_after,
    ]
}
