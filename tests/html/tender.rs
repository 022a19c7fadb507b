//! The tenders that the pages are tested on, and what their reports hold.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jicai::Evaluation;
use jicai::read::ReadOptions;
use jicai::report::{ReportFiles, report};
use jicai::text::Language;
use serde_json::Value;
use tempfile::TempDir;

use super::page::Element;

pub const TENDERS: [&str; 8] = [
    "tenders/cn-drug-expansion-2019",
    "tenders/cn-stents-2020",
    "tests/tenders/drug-9a",
    "tests/tenders/stents-9c",
    "tests/tenders/small-example",
    // Winners below the price that they filed; bidding units; classes.
    "tests/tenders/drug-9b",
    "tests/tenders/insulin-9d",
    "tests/tenders/joints-9e",
];

/// Names that would do something if they were anything but text.
pub const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "=HYPERLINK(\"http://x\")",
    "\u{202e}gnp.exe\u{200f}",
    "</title></style></svg><img src=x onerror=alert(1)>",
    "' & &lt; ${x} {{x}} ]]>",
];

pub fn evaluated(folder: &Path) -> Evaluation {
    jicai::evaluate(folder, &ReadOptions::default())
        .unwrap_or_else(|faults| panic!("{}: {faults:#?}", folder.display()))
}

pub fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn files_in(evaluation: &Evaluation, language: Language) -> ReportFiles {
    let Evaluation { award, allocation, savings, warnings } = evaluation;
    report(award, allocation, savings, warnings, language).unwrap()
}

pub fn text_of(files: &ReportFiles, name: &str) -> String {
    String::from_utf8(files.get(name).unwrap_or_else(|| panic!("no {name}")).to_vec()).unwrap()
}

/// Every example with its report in each language: name, award.json, report.html.
pub fn examples() -> Vec<(String, Value, Element)> {
    let mut found = Vec::new();
    for tender in TENDERS {
        let evaluation = evaluated(&home().join(tender));
        for language in Language::ALL {
            let files = files_in(&evaluation, language);
            let award = serde_json::from_str(&text_of(&files, "award.json")).unwrap();
            let page = Element::page(&text_of(&files, "report.html"));
            found.push((format!("{tender} {}", language.code()), award, page));
        }
    }
    found
}

pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list"))
}

pub fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text: {value}"))
}

/// A number of award.json as text.
pub fn number(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// A copy of a small tender in which every name is hostile.
pub fn hostile_tender() -> TempDir {
    let copied = TempDir::new().unwrap();
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let folder = home().join("tests/tenders/drug-9a");
    for entry in fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copied.path().join(entry.file_name())).unwrap();
    }
    let bids = fs::read_to_string(folder.join("bids.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(bids.as_bytes());
    let at = reader.headers().unwrap().iter().position(|head| head == "supplier_id").unwrap();
    let suppliers: BTreeSet<String> = reader.records().map(|row| row.unwrap()[at].to_owned()).collect();
    let long = "长".repeat(200);
    let names: Vec<&str> = HOSTILE.into_iter().chain([long.as_str()]).collect();
    let mut text = "supplier_id,name,name_zh\n".to_owned();
    for (supplier, name) in suppliers.iter().zip(names.iter().cycle()) {
        text.push_str(&format!("{supplier},{0},{0}\n", quoted(name)));
    }
    fs::write(copied.path().join("suppliers.csv"), text).unwrap();
    let notice = fs::read_to_string(folder.join("tender.toml")).unwrap();
    let notice: String = notice
        .lines()
        .map(|line| {
            if line.starts_with("title") {
                format!("{} = '''{}'''\n", line.split('=').next().unwrap().trim(), HOSTILE[4])
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    fs::write(copied.path().join("tender.toml"), notice).unwrap();
    copied
}

/// A generated round of 62 lots, 31 regions and 30 bidders.
pub fn national_round() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "tender.toml",
        "[tender]\nid = \"wide\"\ntitle = \"Generated\"\nkind = \"drug\"\nannounced = 2020-01-17\ncurrency = \"CNY\"\n\
         rules = \"cn-drug-round-2\"\nsource = \"illustrative: generated\"\n",
    );
    let (mut lots, mut bids, mut demand, mut suppliers) = (
        "lot_id,name,name_zh,unit,ceiling_price\n".to_owned(),
        "lot_id,supplier_id,price\n".to_owned(),
        "lot_id,region,volume\n".to_owned(),
        "supplier_id,name,name_zh\n".to_owned(),
    );
    for lot in 1..=62 {
        lots.push_str(&format!(
            "L{lot:02},Drug {lot} of a usual name,第{lot}号药品口服常释剂型,tablet,9.8765\n"
        ));
        for bid in 1..=30 {
            bids.push_str(&format!(
                "L{lot:02},S{bid:02},{}.{:04}\n",
                1 + bid / 4,
                (lot * 7919 + bid * 104_729) % 10_000
            ));
        }
        for region in 1..=31 {
            demand.push_str(&format!("L{lot:02},R{region:02},{}\n", 1000 + (lot * 31 + region * 97) % 9973));
        }
    }
    for bid in 1..=30 {
        suppliers
            .push_str(&format!("S{bid:02},Pharmaceutical works number {bid},第{bid}制药集团股份有限公司\n"));
    }
    write("lots.csv", &lots);
    write("bids.csv", &bids);
    write("demand.csv", &demand);
    write("suppliers.csv", &suppliers);
    folder
}
