//! The CSV files: every cell against what is counted.

use serde_json::Value;

use super::Finding;
use super::expected::Lot;
use super::price_to_win::PRICE_TO_WIN;
use super::report::Report;
use crate::tender::Tender;

/// Most cells of one file that are named.
const NAMED: usize = 20;

/// Columns of winners.csv, and with bidding units and classes.
const WINNERS: &str = "lot_id,lot_name,lot_name_zh,lot_outcome,rank,supplier_id,supplier_name,supplier_name_zh,\
    bid_id,price,comparable_price,agreed_volume,value,currency,illustrative";
const WINNERS_DIVIDED: &str = "lot_id,lot_name,lot_name_zh,lot_outcome,rank,supplier_id,supplier_name,supplier_name_zh,\
    bid_id,price,comparable_price,agreed_volume,value,currency,illustrative,bidding_unit,class";

/// A table as it must be: its columns and its rows.
struct Table {
    file: &'static str,
    header: &'static str,
    rows: Vec<Vec<String>>,
}

/// Compares the four tables with the recount; `award` is award.json as it must be.
pub(super) fn tables(
    files: &Report,
    tender: &Tender,
    lots: &[Lot<'_>],
    award: &Value,
    findings: &mut Vec<Finding>,
) {
    let yes = tender.notice.is_illustrative().to_string();
    for table in [
        winners(tender, award, &yes),
        decisions(lots, award, &yes),
        regions(award, &yes),
        savings(award, &yes),
    ] {
        compare(files, &table, findings);
    }
}

fn compare(files: &Report, table: &Table, findings: &mut Vec<Finding>) {
    let bytes = files.get(table.file).and_then(|bytes| bytes.strip_prefix("\u{feff}".as_bytes()));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.unwrap_or_default());
    let found: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.map(|row| row.iter().map(str::to_owned).collect()).unwrap_or_default())
        .collect();
    let header: Vec<String> = table.header.split(',').map(str::to_owned).collect();
    let wanted: Vec<&Vec<String>> = std::iter::once(&header).chain(&table.rows).collect();
    let mut named = 0_usize;
    for line in 0..wanted.len().max(found.len()) {
        let (one, other) = (found.get(line), wanted.get(line));
        let width = one.map_or(0, Vec::len).max(other.map_or(0, |row| row.len()));
        for column in 0..width {
            let (found, counted) =
                (one.and_then(|row| row.get(column)), other.and_then(|row| row.get(column)));
            // What a spreadsheet would run has an apostrophe before it.
            let plain = found.and_then(|cell| cell.strip_prefix('\'')).or(found.map(String::as_str));
            let same = found == counted || (found.is_some() && plain == counted.map(String::as_str));
            if same || named >= NAMED {
                continue;
            }
            named = named.saturating_add(1);
            let name = header.get(column).map_or("-", String::as_str);
            let shown = |cell: Option<&String>| cell.map_or("-", String::as_str).to_owned();
            let place = format!("{}:{name}", line.saturating_add(1));
            let finding = Finding::new("differs", table.file).with("place", place);
            findings.push(finding.with("found", shown(found)).with("counted", shown(counted)));
        }
    }
}

/// A value as a cell: null is blank.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Everyone with a cut, as lot and supplier.
fn whose(cut: &Value) -> String {
    let each = list(cut, "winners").iter().map(|pair| format!("{}/{}", cell(&pair[0]), cell(&pair[1])));
    each.collect::<Vec<_>>().join("; ")
}

fn cells(value: &Value, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| cell(&value[*key])).collect()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn winners(tender: &Tender, award: &Value, illustrative: &str) -> Table {
    let mut rows = Vec::new();
    // Where no winner has a bidding unit or a class, the table has no columns for them.
    let further = ["bidding_unit", "class"];
    let winners = || list(award, "lots").iter().flat_map(|lot| list(lot, "winners"));
    let divided = winners().any(|winner| further.iter().any(|key| !winner[*key].is_null()));
    for lot in list(award, "lots") {
        for winner in list(lot, "winners") {
            let supplier =
                tender.suppliers.values().find(|supplier| winner["supplier_id"] == supplier.id.as_str());
            let names = supplier.map(|supplier| [supplier.name.clone(), supplier.name_zh.clone()]);
            let mut row = cells(lot, &["lot_id", "name", "name_zh", "outcome"]);
            row.extend(cells(winner, &["rank", "supplier_id"]));
            row.extend(names.unwrap_or_default().map(Option::unwrap_or_default));
            row.extend(cells(winner, &["bid_id", "price", "comparable_price", "agreed_volume", "value"]));
            row.extend([tender.notice.currency.clone(), illustrative.to_owned()]);
            if divided {
                row.extend(cells(winner, &further));
            }
            rows.push(row);
        }
    }
    let header = if divided { WINNERS_DIVIDED } else { WINNERS };
    Table { file: "winners.csv", header, rows }
}

fn decisions(lots: &[Lot<'_>], award: &Value, illustrative: &str) -> Table {
    let mut rows = Vec::new();
    for (lot, shown) in lots.iter().zip(list(award, "lots")) {
        for (bid, shown_bid) in lot.count.bids.iter().zip(list(shown, "bids")) {
            for (number, step) in bid.steps.iter().enumerate() {
                let facts: Vec<String> =
                    step.facts.iter().map(|fact| format!("{}={}", fact.name, fact.value)).collect();
                let mut row = cells(shown, &["lot_id"]);
                row.extend(cells(
                    shown_bid,
                    &["supplier_id", "bid_id", "status", "rank", "comparable_price"],
                ));
                row.extend([number.saturating_add(1).to_string(), step.rule.to_owned()]);
                row.extend([step.verdict.name().to_owned(), facts.join("; ")]);
                row.extend([step.cite.clone(), illustrative.to_owned()]);
                row.extend(cells(shown_bid, &PRICE_TO_WIN));
                rows.push(row);
            }
        }
    }
    let header = "lot_id,supplier_id,bid_id,status,rank,comparable_price,step,rule,verdict,numbers_compared,\
        citation,illustrative,price_to_win,price_may_win,price_to_win_note,price_to_win_change";
    Table { file: "decisions.csv", header, rows }
}

fn regions(award: &Value, illustrative: &str) -> Table {
    let mut rows = Vec::new();
    for lot in list(award, "lots") {
        for region in list(lot, "regions") {
            let mut row = cells(lot, &["lot_id"]);
            row.extend(cells(region, &["region", "role", "supplier_id", "bid_id", "agreed_volume", "value"]));
            row.extend(cells(lot, &["allocation_basis", "assumption"]));
            row.push(illustrative.to_owned());
            rows.push(row);
        }
    }
    let header = "lot_id,region,role,supplier_id,bid_id,agreed_volume,value,allocation_basis,assumption,\
        illustrative";
    Table { file: "regions.csv", header, rows }
}

fn savings(award: &Value, illustrative: &str) -> Table {
    let keys = [
        "baseline",
        "reference_value",
        "covered_value",
        "saving",
        "cut",
        "simple_cut",
        "coverage",
        "winners_covered",
        "winners",
    ];
    let row = |scope: &str, lot: String, saving: &Value| {
        let mut row = vec![scope.to_owned(), lot];
        row.extend(cells(saving, &keys));
        row.push(illustrative.to_owned());
        row.extend(cells(saving, &["volume_basis", "base_volume_saving"]));
        for cut in ["highest_cut", "lowest_cut"].map(|key| &saving[key]) {
            row.extend([cell(&cut["cut"]), whose(cut)]);
        }
        row.push(cell(&saving["source"]));
        row
    };
    let mut rows = Vec::new();
    for lot in list(award, "lots") {
        rows.extend(list(lot, "savings").iter().map(|saving| row("lot", cell(&lot["lot_id"]), saving)));
    }
    rows.extend(list(&award["totals"], "savings").iter().map(|saving| row("total", String::new(), saving)));
    let header = "scope,lot_id,baseline,reference_value,covered_value,saving,weighted_cut,simple_cut,\
        coverage,winners_covered,winners,illustrative,volume_basis,base_volume_saving,highest_cut,\
        highest_cut_of,lowest_cut,lowest_cut_of,source";
    Table { file: "savings.csv", header, rows }
}
