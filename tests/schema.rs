//! The shapes that `jicai schema` prints are those of the files that are read and written.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "common/asked.rs"]
mod asked;
#[path = "common/here.rs"]
mod here;

use std::fs;
use std::path::{Path, PathBuf};

use asked::answer;
use here::here;

use jicai::read::TableKind;
use jicai::text::Language;
use jsonschema::Validator;
use serde_json::{Value, json};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

fn printed(arguments: &[&str]) -> Value {
    let answer = answer(arguments, Language::English);
    assert_eq!((answer.exit.code(), answer.messages.as_str()), (0, ""), "{arguments:?}");
    serde_json::from_str(&answer.results).unwrap()
}

fn validator(file: &str) -> Validator {
    let schema = printed(&["schema", file]);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["title"], file);
    jsonschema::draft202012::new(&schema).unwrap()
}

fn folders(path: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(here(path)).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    folders
}

fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

fn value(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_committed_report_has_the_printed_shape() {
    let (award, manifest) = (validator("award.json"), validator("manifest.json"));
    let reports = folders("reports");
    assert!(reports.len() >= 2);
    for report in reports {
        assert_eq!(faults(&award, &value(&report.join("award.json"))), [""; 0], "{}", report.display());
        assert_eq!(faults(&manifest, &value(&report.join("manifest.json"))), [""; 0], "{}", report.display());
    }
}

/// Two bids and a demand that both cannot meet: no award, and what stands against one.
const WITHOUT_AWARD: [(&str, &str); 4] = [
    (
        "tender.toml",
        "[tender]\nid = \"none\"\ntitle = \"None\"\nkind = \"drug\"\nannounced = 2024-01-01\ncurrency = \"CNY\"\n\
         rules = \"generic-optimised\"\n",
    ),
    ("lots.csv", "lot_id,name,ceiling_price\nL1,One,5\n"),
    ("bids.csv", "lot_id,supplier_id,price,capacity\nL1,A,1,10\nL1,B,2,10\n"),
    ("demand.csv", "lot_id,region,volume\nL1,P1,100\n"),
];

#[test]
fn awards_of_every_kind_have_the_printed_shape() {
    let award = validator("award.json");
    let out = TempDir::new().unwrap();
    let none = out.path().join("none");
    fs::create_dir(&none).unwrap();
    for (name, text) in WITHOUT_AWARD {
        fs::write(none.join(name), text).unwrap();
    }
    let mut tenders = folders("tests/tenders");
    tenders.push(none);
    let mut outcomes = std::collections::BTreeSet::new();
    let mut optional = [false; 4];
    for tender in tenders {
        let folder = out.path().join("report");
        let line = ["evaluate", tender.to_str().unwrap(), "--out", folder.to_str().unwrap()];
        assert!(answer(&line, Language::English).exit.code() < 2, "{}", tender.display());
        let found = value(&folder.join("award.json"));
        assert_eq!(faults(&award, &found), [""; 0], "{}", tender.display());
        outcomes.insert(found["outcome"].as_str().unwrap().to_owned());
        let text = found.to_string();
        for (seen, key) in optional.iter_mut().zip(["conflicts", "bidding_unit", "class", "ways_out"]) {
            *seen |= text.contains(&format!("\"{key}\":"));
        }
    }
    assert!(outcomes.contains("awarded") && outcomes.contains("no_award"), "{outcomes:?}");
    assert_eq!(optional, [true; 4], "keys that are not in every award were seen");
}

#[test]
fn a_wrong_key_a_missing_one_and_a_wrong_value_are_found() {
    let validator = validator("award.json");
    let good = value(&here("reports/cn-stents-2020/award.json"));
    let objects = ["", "/tender", "/rules", "/totals", "/lots/0", "/lots/0/bids/0", "/lots/0/winners/0"];
    let objects = objects.iter().chain(&[
        "/lots/0/regions/0",
        "/lots/0/savings/0",
        "/lots/0/bids/0/reasons/0",
        "/lots/0/proof",
        "/totals/savings/1/highest_cut",
    ]);
    for at in objects {
        let mut wrong = good.clone();
        wrong.pointer_mut(at).unwrap()["prise"] = json!("1");
        assert!(!validator.is_valid(&wrong), "a key too many in {at:?}");
        let keys: Vec<String> = good.pointer(at).unwrap().as_object().unwrap().keys().cloned().collect();
        for key in keys {
            let mut wrong = good.clone();
            wrong.pointer_mut(at).unwrap().as_object_mut().unwrap().remove(&key);
            assert!(!validator.is_valid(&wrong), "{key} is missing in {at:?}");
        }
    }
    // A limit can ask for any number of backups.
    let mut right = good.clone();
    right["lots"][0]["regions"][0]["role"] = json!("backup-12");
    assert!(validator.is_valid(&right));
    for (at, value) in [
        ("/outcome", json!("won")),
        ("/schema", json!("jicai-award-2")),
        ("/lots/0/bidders", json!("26")),
        ("/lots/0/winners/0/price", json!(469)),
        ("/lots/0/winners/0/price", json!("4,69")),
        ("/lots/0/winners/0/route", json!("luck")),
        ("/lots/0/bids/0/status", json!("Won")),
        ("/lots/0/bids/0/price_to_win_note", json!("")),
        ("/lots/0/regions/0/role", json!("backup")),
        ("/lots/0/regions/0/role", json!("backup-0")),
        ("/totals/savings/0/volume_basis", json!("actual")),
        ("/illustrative", json!("true")),
    ] {
        let mut wrong = good.clone();
        *wrong.pointer_mut(at).unwrap() = value.clone();
        assert!(!validator.is_valid(&wrong), "{at}: {value}");
    }
}

#[test]
fn columns_are_those_that_reading_knows() {
    for kind in TableKind::ALL.into_iter().chain(TableKind::ALONE) {
        let shape = printed(&["schema", kind.file(), "--format", "json"]);
        assert_eq!(shape["schema"], "jicai-columns-1");
        let rows = shape["columns"].as_array().unwrap();
        assert_eq!(rows.len(), kind.fields().len(), "{}", kind.file());
        for (row, field) in rows.iter().zip(kind.fields()) {
            let required = if field.required { "yes" } else { "no" };
            assert_eq!(
                [&row["column"], &row["chinese"], &row["required"]],
                [field.name, field.chinese, required]
            );
            let synonyms = field.synonyms.join(" | ");
            assert_eq!(row["synonyms"].as_str().unwrap_or_default(), synonyms);
            // A column of a few words says which.
            let wordy = ["word", "boolean"].contains(&row["holds"].as_str().unwrap());
            assert_eq!(row["words"].is_string(), wordy, "{}: {}", kind.file(), field.name);
        }
    }
}

#[test]
fn the_keys_of_a_notice_are_required_and_optional_as_printed() {
    let shape = printed(&["schema", "tender.toml", "--format", "json"]);
    let folder = TempDir::new().unwrap();
    for (name, text) in WITHOUT_AWARD {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let (_, notice) = WITHOUT_AWARD[0];
    let notice = format!("{notice}title_zh = \"无\"\nvolume_scale = \"1\"\nsource = \"illustrative\"\n");
    let mut seen = 0;
    for row in shape["columns"].as_array().unwrap() {
        let name = row["column"].as_str().unwrap();
        if row["holds"] == "table" {
            continue;
        }
        let less: Vec<&str> = notice.lines().filter(|line| !line.starts_with(&format!("{name} "))).collect();
        assert_eq!(less.len(), notice.lines().count().saturating_sub(1), "{name}");
        fs::write(folder.path().join("tender.toml"), less.join("\n")).unwrap();
        let done = answer(&["check", folder.path().to_str().unwrap()], Language::English);
        assert_eq!(done.exit.code() == 3, row["required"] == "yes", "{name}: {}", done.messages);
        seen += 1;
    }
    assert_eq!(seen, 9);
}

/// What does not fit the printed columns of a written table.
fn misfits(columns: &[Value], table: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(table).unwrap().trim_start_matches('\u{feff}').to_owned();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let always = |column: &&Value| column["required"] == "yes";
    let all: Vec<&str> = columns.iter().map(|column| column["column"].as_str().unwrap()).collect();
    let least: Vec<&str> =
        columns.iter().filter(always).map(|column| column["column"].as_str().unwrap()).collect();
    if heads != all && heads != least {
        return vec![format!("{heads:?}")];
    }
    let fits = |kind: &str, cell: &str| match kind {
        _ if cell.is_empty() => true,
        "number" => cell
            .trim_start_matches('-')
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())),
        "boolean" => ["true", "false"].contains(&cell),
        "text" => true,
        _ => false,
    };
    let mut found = Vec::new();
    for row in reader.records() {
        for (cell, column) in row.unwrap().iter().zip(columns) {
            if !fits(column["holds"].as_str().unwrap(), cell) {
                found.push(format!("{}: {cell}", column["column"]));
            }
        }
    }
    found
}

#[test]
fn written_tables_have_the_printed_columns() {
    let out = TempDir::new().unwrap();
    let asked = out.path().join("asked");
    let tender = here("tests/tenders/drug-9a");
    let line = ["evaluate", tender.to_str().unwrap(), "--out", asked.to_str().unwrap(), "--rule-costs"];
    assert_eq!(answer(&line, Language::English).exit.code(), 0);
    let of =
        |name: &str| printed(&["schema", name, "--format", "json"])["columns"].as_array().unwrap().clone();
    let mut reports = folders("reports");
    reports.push(asked.clone());
    for (name, file) in [
        ("winners.csv", "winners.csv"),
        ("report/decisions.csv", "decisions.csv"),
        ("regions.csv", "regions.csv"),
        ("savings.csv", "savings.csv"),
    ] {
        for report in &reports {
            assert_eq!(misfits(&of(name), &fs::read(report.join(file)).unwrap()), [""; 0], "{file}");
        }
    }
    let table = fs::read(asked.join("rule_costs.csv")).unwrap();
    assert_eq!(misfits(&of("rule_costs.csv"), &table), [""; 0]);
    // A table of another shape and a word in a column of numbers are found.
    assert!(!misfits(&of("winners.csv"), &table).is_empty());
    let winners = fs::read_to_string(asked.join("winners.csv")).unwrap();
    let wrong = winners.replacen(",0.8840,", ",cheap,", 1);
    assert_ne!(winners, wrong);
    assert_eq!(misfits(&of("winners.csv"), wrong.as_bytes()).len(), 1);
}

#[test]
fn every_shape_is_listed_and_fits_the_screen_in_both_languages() {
    let list = printed(&["schema", "--format", "json"]);
    let files = list["files"].as_array().unwrap();
    let names: Vec<&str> = files.iter().map(|row| row["file"].as_str().unwrap()).collect();
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), names.len(), "each is asked for by its own name");
    for name in names.iter().copied().chain([""]) {
        for language in Language::ALL {
            let line: Vec<&str> =
                std::iter::once("schema").chain(Some(name).filter(|name| !name.is_empty())).collect();
            let answer = answer(&line, language);
            assert_eq!(answer.exit.code(), 0);
            assert!(!answer.results.contains('⟦'), "{}", answer.results);
            let json = answer.results.starts_with('{');
            assert!(json || answer.results.lines().all(|line| line.width() <= 80), "{}", answer.results);
        }
    }
    let refused = answer(&["schema", "bid.csv"], Language::English);
    assert_eq!(refused.exit.code(), 2);
    assert!(refused.messages.contains("bids.csv"), "{}", refused.messages);
}
