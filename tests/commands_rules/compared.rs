//! `compare`.

use jicai::text::Language;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

use crate::program::{EXPANSION, change, copy, fits, flat, jicai, json, path, root, shown, shown_json};

#[test]
fn a_comparison_adds_up() {
    let tender = path(EXPANSION);
    let arguments = ["compare", &tender, "--rules", "cn-drug-round-2", "--rules", "cn-drug-round-4"];
    for language in Language::ALL {
        assert!(shown(&arguments, language).contains("cn-drug-round-4"));
    }
    let found = json(&[&arguments[..], &["--format", "json"]].concat());
    let cents = |value: &Value| -> i128 {
        let text = value.as_str().unwrap();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{part:0<10}").parse().unwrap()
    };
    let suppliers: i128 =
        found["suppliers"].as_array().unwrap().iter().map(|one| cents(&one["difference"])).sum();
    let lots = found["lots"].as_array().unwrap().iter().filter(|lot| !lot["difference"].is_null());
    let lots: i128 = lots.map(|lot| cents(&lot["difference"])).sum();
    assert_eq!(suppliers, lots);
    assert_eq!(cents(&found["totals"]["difference"]), lots, "every lot is supplied in both");
    assert_ne!(lots, 0);
    assert_eq!(found["totals"]["lots_not_in_sums"], serde_json::json!(["L10"]));
    let table = shown_json(&[&arguments[..], &["--format", "csv"]].concat());
    let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let bids: usize =
        found["lots"].as_array().unwrap().iter().map(|lot| lot["bids"].as_array().unwrap().len()).sum();
    assert_eq!(rows.len(), bids);
    assert!(rows.iter().all(|row| row[3] != row[4] && !row[7].is_empty() && !row[8].is_empty()));
}

#[test]
fn one_set_of_rules_is_compared_with_the_tenders_own() {
    let tender = path(EXPANSION);
    let page = flat(&shown(&["compare", &tender, "--rules", "cn-drug-4plus7-2018"], Language::English));
    assert!(page.contains("A: Expansion of the 4+7 pilot"), "{page}");
    assert!(page.contains("because only A has a winner: L13, L15"), "to buy nothing is no saving: {page}");
    assert!(page.contains("A: rank 2 is within the 3 places for 5 bidders B: rank 2 is beyond the 1 places"));
}

#[test]
fn an_award_before_and_after_an_objection() {
    let place = TempDir::new().unwrap();
    let tender = place.path().join("t");
    copy(&root().join(EXPANSION), &tender);
    let decision = "lot_id,supplier_id,act,document\nL01,lepu-technology,disqualified,Letter 7\n";
    fs::write(tender.join("decisions.csv"), decision).unwrap();
    let after = place.path().join("after");
    jicai(&["evaluate", tender.to_str().unwrap(), "--out", after.to_str().unwrap()], Language::English);
    let before = place.path().join("before");
    let before = before.to_str().unwrap();
    jicai(&["evaluate", &path(EXPANSION), "--out", before], Language::English);
    let page = flat(&shown(&["compare", before, after.to_str().unwrap()], Language::English));
    assert!(page.contains("Lepu Pharmaceutical Technology: won in A, excluded in B"), "{page}");
    assert!(page.contains("B: the bid is disqualified by decision Letter 7"), "{page}");
    assert!(page.contains("Jialin Pharmaceutical: lost in A, won in B"), "{page}");
    let same = flat(&shown(&["compare", before, before], Language::English));
    assert!(same.contains("Nothing differs"), "{same}");
}

#[test]
fn only_whole_awards_of_this_program_are_compared() {
    let place = TempDir::new().unwrap();
    let own = path("reports/cn-drug-expansion-2019");
    let copied = place.path().join("r");
    fs::create_dir(&copied).unwrap();
    let refused = |other: &str| {
        let answer = jicai(&["compare", &own, other], Language::English);
        assert_eq!((answer.exit.code(), answer.results.as_str()), (3, ""), "{}", answer.messages);
        fits(&answer.messages);
        answer.messages
    };
    let here = copied.to_str().unwrap();
    assert!(refused(here).contains("E0611"));
    assert!(refused(&path("reports/cn-stents-2020")).contains("E0615"));
    for file in ["award.json", "manifest.json"] {
        fs::copy(root().join("reports/cn-drug-expansion-2019").join(file), copied.join(file)).unwrap();
    }
    change(&copied, "award.json", "\"63246741.60\"", "\"63246741.61\"");
    assert!(refused(here).contains("E0614"));
    fs::remove_file(copied.join("manifest.json")).unwrap();
    change(&copied, "award.json", "\"CNY\"", "\"USD\"");
    assert!(refused(here).contains("E0616"));
    change(&copied, "award.json", "jicai-award-1", "jicai-award-9");
    assert!(refused(here).contains("E0613"));
    fs::write(copied.join("award.json"), "{}").unwrap();
    assert!(refused(here).contains("E0613"));
    for wrong in [&["compare", &own][..], &["compare", &own, &own, "--rules", "cn-drug-round-2"]] {
        assert_eq!(jicai(wrong, Language::English).exit.code(), 2);
    }
}
