//! A case as a tender folder, evaluated, and compared with what it expects.

use std::fs;
use std::path::Path;

use jicai::certify::LotAward;
use jicai::diagnostics::{Diagnostics, plain};
use jicai::read::ReadOptions;
use jicai::rules::{RuleSet, sentence};
use jicai::screen::{ScreenedLot, Standing};
use jicai::tender::Role;
use jicai::text::Language;
use jicai::{Evaluation, evaluate};

use super::case::{Case, CaseFile, Rows};

/// What differs from what the case expects; nothing when all is well.
pub fn run(file: &CaseFile, case: &Case) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    write_tender(folder.path(), file, case);
    let expected = case.settings.get("refused").and_then(toml::Value::as_str);
    match (evaluate(folder.path(), &ReadOptions::default()), expected) {
        (Err(found), Some(code)) if codes(&found) == [code] => Vec::new(),
        (Err(found), _) => vec![format!("refused: {}", plain(&found, Language::English, false))],
        (Ok(_), Some(code)) => vec![format!("not refused with {code}")],
        (Ok(evaluation), None) => compare(file, case, &evaluation),
    }
}

fn codes(found: &Diagnostics) -> Vec<&'static str> {
    found.iter().map(|fault| fault.code.id()).collect()
}

/// Writes the tender folder of a case.
fn write_tender(folder: &Path, file: &CaseFile, case: &Case) {
    let setting = |name: &str| case.settings.get(name).or_else(|| file.settings.get(name));
    let text =
        |name: &str, default: &str| setting(name).and_then(toml::Value::as_str).unwrap_or(default).to_owned();
    let mut rules = text("rules", "cn-drug-round-4");
    if let Some(added) = setting("added").and_then(toml::Value::as_str) {
        let whole = format!("{}\n{added}", RuleSet::built_in_text(&rules).unwrap());
        fs::write(folder.join("rules.toml"), whole).unwrap();
        rules = "rules.toml".to_owned();
    }
    let mut notice = toml::Table::new();
    for (key, value) in [
        ("id", "case"),
        ("title", "A case"),
        ("kind", "drug"),
        ("currency", "CNY"),
        ("rules", &rules),
        ("volume_scale", &text("scale", "1")),
        ("source", "illustrative: a case"),
    ] {
        notice.insert(key.to_owned(), value.into());
    }
    let announced: toml::value::Datetime = "2021-02-01".parse().unwrap();
    notice.insert("announced".to_owned(), announced.into());
    let mut parameters = toml::Table::new();
    for settings in [&file.settings, &case.settings] {
        if let Some(toml::Value::Table(more)) = settings.get("parameters") {
            parameters.extend(more.clone());
        }
    }
    let mut tender = toml::Table::new();
    tender.insert("tender".to_owned(), notice.into());
    tender.insert("parameters".to_owned(), parameters.into());
    fs::write(folder.join("tender.toml"), tender.to_string()).unwrap();
    if text("rules", "") == "province.toml" {
        fs::write(folder.join("province.toml"), province()).unwrap();
    }
    write_lots(folder, setting("lot"));
    write_bids(folder, case.bids());
    match case.demand() {
        Some(demand) => write(folder, "demand.csv", demand, &[]),
        None => fs::write(folder.join("demand.csv"), "lot_id,region,volume\nL,P1,1000\n").unwrap(),
    }
    if let Some(decisions) = case.decisions() {
        write(folder, "decisions.csv", decisions, &[]);
    }
    if let Some(picks) = case.picks() {
        write(folder, "picks.csv", picks, &[]);
    }
}

fn write_lots(folder: &Path, cells: Option<&toml::Value>) {
    let mut headings = vec!["lot_id".to_owned(), "name".to_owned()];
    let mut row = vec!["L".to_owned(), "A lot".to_owned()];
    if let Some(toml::Value::Table(cells)) = cells {
        for (heading, cell) in cells {
            headings.push(heading.clone());
            row.push(cell.as_str().unwrap().to_owned());
        }
    }
    fs::write(folder.join("lots.csv"), format!("{}\n{}\n", headings.join(","), row.join(","))).unwrap();
}

fn write_bids(folder: &Path, bids: &Rows) {
    let of_suppliers = ["controller", "incumbent"];
    write(folder, "bids.csv", bids, &of_suppliers);
    let has: Vec<&str> = of_suppliers.into_iter().filter(|column| bids.has(column)).collect();
    let row = |row: usize| {
        let cells = ["supplier_id"].into_iter().chain(has.iter().copied());
        cells.map(|column| bids.cell(row, column).unwrap()).collect::<Vec<_>>().join(",")
    };
    let mut rows: Vec<String> = (0..bids.rows.len()).map(row).collect();
    rows.sort();
    rows.dedup();
    if !has.is_empty() {
        let text = format!("supplier_id,{}\n{}\n", has.join(","), rows.join("\n"));
        fs::write(folder.join("suppliers.csv"), text).unwrap();
    }
}

/// Writes a table of the case as a file, with the lot's id before it.
fn write(folder: &Path, name: &str, table: &Rows, without: &[&str]) {
    let columns: Vec<_> =
        table.columns(false).into_iter().filter(|(_, heading)| !without.contains(heading)).collect();
    let headings: Vec<&str> = columns.iter().map(|(_, heading)| *heading).collect();
    let mut text = format!("lot_id,{}\n", headings.join(","));
    for row in &table.rows {
        let cells: Vec<&str> = columns.iter().map(|(at, _)| row[*at].as_str()).collect();
        text.push_str(&format!("L,{}\n", cells.join(",")));
    }
    fs::write(folder.join(name), text).unwrap();
}

/// What the evaluation says otherwise than the case.
fn compare(file: &CaseFile, case: &Case, evaluation: &Evaluation) -> Vec<String> {
    let mut wrong = unexplained(evaluation);
    let (lot, award) = evaluation.award.lots().next().unwrap();
    let bids = case.bids();
    for (number, row) in bids.rows.iter().enumerate() {
        let supplier = bids.cell(number, "supplier_id").unwrap();
        let id = bids.cell(number, "bid_id").map_or_else(|| format!("L/{supplier}"), str::to_owned);
        let at = lot.comparable.lot.bids.iter().position(|bid| bid.id.as_str() == id).unwrap();
        for (column, name) in bids.columns(true) {
            let found = of_bid(&file.rule, name, at, lot, award, evaluation);
            if found != row[column] {
                wrong.push(format!("{id}: {name} is {found}, not {}", row[column]));
            }
        }
    }
    if let Some(expected) = case.lot() {
        for (column, name) in expected.columns(true) {
            let found = of_lot(name, lot, award, evaluation);
            if found != expected.rows[0][column] {
                wrong.push(format!("the lot: {name} is {found}, not {}", expected.rows[0][column]));
            }
        }
    }
    wrong
}

/// Reasons whose sentence lacks a text or a number, in either language.
fn unexplained(evaluation: &Evaluation) -> Vec<String> {
    let screened = evaluation.award.screened();
    let reasons = screened.lots.iter().flat_map(|lot| &lot.bids).flat_map(|bid| &bid.reasons);
    let sentences = reasons.flat_map(|reason| Language::ALL.map(|language| sentence(language, reason)));
    sentences.filter(|sentence| sentence.contains(['{', '⟦'])).collect()
}

fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

/// One expected value of a bid.
fn of_bid(
    rule: &str,
    name: &str,
    at: usize,
    lot: &ScreenedLot,
    award: &LotAward,
    evaluation: &Evaluation,
) -> String {
    let (_, comparable, screened) = lot.each_bid().nth(at).unwrap();
    let allocation = &evaluation.allocation.lots[0];
    let regions = || {
        let mains = allocation.regions.iter().filter(|row| row.bid == at && row.role == Role::Main);
        mains.map(|row| row.region.as_str()).collect::<Vec<_>>()
    };
    if let Some(fact) = name.strip_prefix("fact ") {
        let mut said = screened.reasons.iter().filter(|reason| reason.rule == rule);
        let facts = said.find_map(|reason| reason.facts.iter().find(|known| known.name == fact));
        return or_dash(facts.map(|fact| fact.value.clone()));
    }
    match name {
        "verdict" => {
            let said = screened.reasons.iter().filter(|reason| reason.rule == rule);
            let said: Vec<&str> = said.map(|reason| reason.verdict.name()).collect();
            if said.is_empty() { "-".to_owned() } else { said.join(" ") }
        }
        "status" => award.statuses[at].name().to_owned(),
        "rank" => match screened.standing {
            Standing::Ranked { rank, .. } => rank.to_string(),
            Standing::Excluded { .. } => "-".to_owned(),
        },
        "comparable_price" => or_dash(comparable.comparable_price),
        "agreed_volume" => or_dash(
            allocation.winners.iter().find(|winner| winner.bid == at).map(|winner| winner.agreed_volume),
        ),
        "route" => screened.route.name().to_owned(),
        "award_price" => or_dash(lot.award_price(at).filter(|_| award.statuses[at].name() == "won")),
        "backups" | "second_backups" => {
            let role = if name == "backups" { Role::Backup(1) } else { Role::Backup(2) };
            let rows = allocation.regions.iter().filter(|row| row.bid == at && row.role == role);
            let regions = rows.map(|row| row.region.as_str()).collect::<Vec<_>>().join(" ");
            or_dash(Some(regions).filter(|regions| !regions.is_empty()))
        }
        "regions" => or_dash(Some(regions().join(" ")).filter(|regions| !regions.is_empty())),
        "region_count" => regions().len().to_string(),
        _ => panic!("{name} is not known of a bid"),
    }
}

/// One expected value of the lot.
fn of_lot(name: &str, lot: &ScreenedLot, award: &LotAward, evaluation: &Evaluation) -> String {
    let allocation = &evaluation.allocation.lots[0];
    let saving = |baseline: &str| {
        evaluation.savings.lots[0].iter().find(|saving| saving.baseline.name() == format!("{baseline}_price"))
    };
    match name {
        "outcome" => award.outcome.name().to_owned(),
        "bidders" => lot.bidders.to_string(),
        "places" => or_dash(lot.places),
        "agreed_share" => or_dash(award.agreed_share),
        "term_until" => {
            let rules = &evaluation.award.screened().rules;
            or_dash(rules.term_until.as_ref().map(|rule| rule.rule.until))
        }
        "term_years" => or_dash(award.term_years),
        "agreed_volume" => allocation.agreed_volume.to_string(),
        "value" => allocation.value.to_string(),
        _ => match (name.strip_prefix("simple_cut_"), name.strip_prefix("cut_")) {
            (Some(baseline), _) => or_dash(saving(baseline).and_then(|saving| saving.simple_cut)),
            (_, Some(baseline)) => or_dash(saving(baseline).and_then(|saving| saving.cut)),
            _ => panic!("{name} is not known of a lot"),
        },
    }
}

/// The rule set that the guide prints, for rules that no built-in rule set uses.
fn province() -> String {
    let guide = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).unwrap();
    guide.split("```toml\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}
