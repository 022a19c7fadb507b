//! Alliances and the generic rule sets: the worked example to the last digit, its variants beside a plain computation, and
//! random tenders counted anew.

#[path = "recheck/alliances.rs"]
mod alliances;
#[path = "recheck/tenders.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod tenders;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use alliances::{ALLIANCES, alliance};
use jicai::read::ReadOptions;
use jicai::{Evaluation, evaluate};
use serde_json::Value;
use tenders::{Random, files_of, home, judged};

/// A tender under `tests/tenders` with some texts of its files replaced.
fn evaluated(tender: &str, changes: &[(&str, &str, &str)]) -> Evaluation {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(home().join("tests/tenders").join(tender)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut text = fs::read_to_string(&path).unwrap();
        for (_, old, new) in changes.iter().filter(|(file, ..)| *file == name) {
            assert!(text.contains(old), "{old} in {name}");
            text = text.replace(old, new);
        }
        fs::write(folder.path().join(name), text).unwrap();
    }
    evaluate(folder.path(), &ReadOptions::default()).unwrap()
}

/// Agreed volume and value of each winner, in rank order.
fn winners(evaluation: &Evaluation) -> Vec<(String, String)> {
    let winners = &evaluation.allocation.lots[0].winners;
    winners.iter().map(|winner| (winner.agreed_volume.to_string(), winner.value.to_string())).collect()
}

#[test]
fn the_waterfall_of_the_worked_example_to_the_last_digit() {
    let found = evaluated("iol-9f", &[]);
    let expected =
        [("3000", "3000000.00"), ("1500", "1650000.00"), ("750", "900000.00"), ("750", "975000.00")];
    assert_eq!(winners(&found), expected.map(|(volume, value)| (volume.to_owned(), value.to_owned())));
    let lot = &found.allocation.lots[0];
    assert_eq!((lot.agreed_volume.to_string(), lot.value.to_string()), ("6000".into(), "6525000.00".into()));
    let in_region: Vec<String> = lot.regions.iter().map(|row| row.agreed_volume.to_string()).collect();
    assert_eq!(
        in_region,
        ["1500", "750", "375", "375", "900", "450", "225", "225", "600", "300", "150", "150"]
    );
}

/// `first` of `total`, then `next` of what is left again and again, in thousandths of a unit; the last has the rest.
fn waterfall(total: u64, winners: usize, first: u64, next: u64) -> Vec<f64> {
    let (mut left, mut parts) = (total as f64, Vec::new());
    for rank in 0..winners {
        let share = if rank + 1 == winners {
            100
        } else if rank == 0 {
            first
        } else {
            next
        };
        let part = left * share as f64 / 100.0;
        left -= part;
        parts.push(part);
    }
    parts
}

#[test]
fn waterfalls_of_one_to_five_winners_come_near_to_a_plain_computation_and_lose_nothing() {
    let names = ["A", "B", "C", "D", "E"];
    let mut random = Random(5);
    for round in 0..40 {
        let number = [1, 2, 3, 4, 5][round % 5];
        let reported = 1 + random.below(20_000);
        let mut bids = String::from("lot_id,supplier_id,price\n");
        for (at, name) in names.iter().enumerate().take(number) {
            bids.push_str(&format!("L1,{name},{}\n", 1000 + 10 * at));
        }
        let cut = random.below(reported + 1);
        let demand = format!("lot_id,region,volume\nL1,P1,{cut}\nL1,P2,{}\n", reported - cut);
        let from = home().join("tests/tenders/iol-9f");
        let text = |name: &str| fs::read_to_string(from.join(name)).unwrap();
        let folder = tenders::folder(&[
            ("tender.toml", text("tender.toml")),
            ("lots.csv", text("lots.csv")),
            ("bids.csv", bids),
            ("demand.csv", demand),
        ]);
        let found = evaluate(folder.path(), &ReadOptions::default()).unwrap();
        // 60 % of what was reported, half up.
        let agreed = (reported * 60 + 50) / 100;
        let (first, next) = [(100, 100), (60, 100), (60, 60), (50, 50), (50, 50)][number - 1];
        let volumes: Vec<u64> = winners(&found).iter().map(|(volume, _)| volume.parse().unwrap()).collect();
        assert_eq!(volumes.len(), number);
        assert_eq!(volumes.iter().sum::<u64>(), agreed, "{reported} over {number}");
        for (part, exact) in volumes.iter().zip(waterfall(agreed, number, first, next)) {
            assert!((*part as f64 - exact).abs() < 1.0, "{part} beside {exact} of {agreed} over {number}");
        }
        let regions = &found.allocation.lots[0].regions;
        let sum: u64 = regions.iter().map(|row| row.agreed_volume.to_string().parse::<u64>().unwrap()).sum();
        assert_eq!(sum, agreed);
    }
}

#[test]
fn a_waterfall_with_other_numbers_is_a_rule_set_of_ones_own() {
    let own = fs::read_to_string(home().join("tenders/rules/alliance-iol-2020.toml")).unwrap();
    let own = own.replace("\"4+\" = \"0.5\"", "\"4+\" = \"0.4\"").replace("alliance-iol-2020", "own");
    let folder = tempfile::tempdir().unwrap();
    for name in ["lots.csv", "bids.csv", "demand.csv"] {
        fs::copy(home().join("tests/tenders/iol-9f").join(name), folder.path().join(name)).unwrap();
    }
    let notice = fs::read_to_string(home().join("tests/tenders/iol-9f/tender.toml")).unwrap();
    fs::write(folder.path().join("tender.toml"), notice.replace("alliance-iol-2020", "own.toml")).unwrap();
    fs::write(folder.path().join("own.toml"), own).unwrap();
    let found = evaluate(folder.path(), &ReadOptions::default()).unwrap();
    // 40 % of 6,000, 40 % of 3,600, 40 % of 2,160, the rest.
    let volumes: Vec<String> = winners(&found).into_iter().map(|(volume, _)| volume).collect();
    assert_eq!(volumes, ["2400", "1440", "864", "1296"]);
}

fn award(files: &jicai::report::ReportFiles) -> Value {
    serde_json::from_slice(files.get("award.json").unwrap()).unwrap()
}

#[test]
fn random_tenders_are_borne_out() {
    let mut random = Random(41);
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut routes: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..260 {
        let tender = alliance(&mut random, ALLIANCES[round % ALLIANCES.len()]);
        let Some(files) = files_of(tender.path()) else {
            let refused = evaluate(tender.path(), &ReadOptions::default()).unwrap_err();
            let codes: Vec<&str> = refused.iter().map(|fault| fault.code.id()).collect();
            assert!(codes.iter().all(|code| ["E0335", "E0516"].contains(code)), "round {round}: {codes:?}");
            *outcomes.entry("refused".to_owned()).or_default() += 1;
            continue;
        };
        let found = judged(&files, tender.path());
        assert!(found.findings.is_empty(), "round {round} {:?}: {:#?}", tender.keep(), found.findings);
        let award = award(&files);
        *outcomes.entry(award["outcome"].as_str().unwrap().to_owned()).or_default() += 1;
        for lot in award["lots"].as_array().unwrap() {
            adds_up(lot);
            for winner in lot["winners"].as_array().unwrap() {
                *routes.entry(winner["route"].as_str().unwrap().to_owned()).or_default() += 1;
            }
        }
    }
    assert!(outcomes["awarded"] > 100 && outcomes["draw_required"] > 15, "{outcomes:?}");
    assert!(
        outcomes["answer_required"] > 1 && outcomes.get("refused").copied().unwrap_or(0) < 30,
        "{outcomes:?}"
    );
    assert!(routes["matched"] > 3, "{routes:?}");
}

/// Winners and regions add up to the agreed volume, to the last digit; nothing is lost between them.
fn adds_up(lot: &Value) {
    let steps = |value: &Value| -> i128 {
        let Some(text) = value.as_str() else { return 0 };
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{part:0<6}").parse().unwrap()
    };
    if lot["allocation_basis"] == "open" {
        return;
    }
    let sum = |list: &Value| -> i128 {
        list.as_array().unwrap().iter().map(|row| steps(&row["agreed_volume"])).sum()
    };
    assert_eq!(sum(&lot["winners"]), steps(&lot["agreed_volume"]), "{lot}");
    assert_eq!(sum(&lot["regions"]), steps(&lot["agreed_volume"]), "{lot}");
}

/// The evaluation does not depend on the order of the rows.
#[test]
fn shuffled_rows_give_the_same_award() {
    let mut random = Random(3);
    for rules in ALLIANCES {
        let tender = alliance(&mut random, rules);
        let before = files_of(tender.path());
        for file in ["lots.csv", "bids.csv", "demand.csv"] {
            let text = fs::read_to_string(tender.path().join(file)).unwrap();
            let mut rows: Vec<&str> = text.lines().collect();
            rows[1..].reverse();
            fs::write(tender.path().join(file), rows.join("\n") + "\n").unwrap();
        }
        let after = files_of(tender.path());
        let bytes = |files: &Option<jicai::report::ReportFiles>| {
            files.as_ref().map(|files| files.get("award.json").unwrap().to_vec())
        };
        assert_eq!(bytes(&before).is_some(), bytes(&after).is_some(), "{rules}");
        // Warnings carry places in the file; all else is the same.
        let without = |files: &Option<jicai::report::ReportFiles>| {
            files.as_ref().map(|files| {
                let mut award = award(files);
                award["warnings"] = Value::Null;
                award
            })
        };
        assert_eq!(without(&before), without(&after), "{rules}");
    }
}

/// The rule set's file with one text replaced.
fn load(id: &str, old: &str, new: &str) -> Vec<&'static str> {
    let text = fs::read_to_string(Path::new(&home()).join(format!("tenders/rules/{id}.toml"))).unwrap();
    assert!(text.contains(old), "{old}");
    let text = text.replacen(old, new, 1);
    match jicai::rules::RuleSet::from_toml("own.toml", &text, None, &BTreeMap::new()) {
        Ok(_) => Vec::new(),
        Err(found) => found.iter().map(|fault| fault.code.id()).collect(),
    }
}

#[test]
fn broken_rule_sets_are_refused() {
    let bands = |new: &str| load("generic-gdf-rank-bands", "0.6-0.7, 0.3-0.4", new);
    assert_eq!(bands("0.6-0.7, 0.3-0.4"), [""; 0]);
    assert_eq!(bands("0.6-0.7, 0.4-0.4"), [""; 0]);
    assert_eq!(bands("0.6-0.7, 0.41-0.5"), ["E0450"]);
    assert_eq!(bands("0.6-0.7, 0.2-0.3"), [""; 0]);
    assert_eq!(bands("0.6-0.7, 0.2-0.29"), ["E0450"]);
    assert_eq!(bands("0.7-0.6, 0.3-0.4"), ["E0410"]);
    assert_eq!(bands("0.6"), ["E0410"]);
    let linear = |new: &str| load("generic-za-80-20", "value = \"2\"\nunit = \"ratio\"\ncite = \"The", new);
    assert_eq!(linear("value = \"1\"\nunit = \"ratio\"\ncite = \"The"), ["E0410"]);
    let rule = |id: &str, with: &str| {
        format!(
            "[[rule]]\nuse = \"{id}\"\n{with}cite = \"c\"\nstatus = \"verified\"\n\n[[rule]]\nuse = \"usable-price\""
        )
    };
    let add =
        |set: &str, id: &str, with: &str| load(set, "[[rule]]\nuse = \"usable-price\"", &rule(id, with));
    // Two ways of scoring a price, a score without a ranking by score, matching beside a score.
    let steps = "with = { points = \"price_points\", rounding = \"score_rounding\" }\n";
    assert_eq!(add("generic-za-80-20", "price-score-inverse", steps), ["E0424"]);
    let keys = "with = { tie_break = \"tie_break\" }\n";
    assert_eq!(add("generic-lowest-price-single", "rank-by-score", keys), ["E0432", "E0433"]);
    assert_eq!(add("generic-price-quality", "match-the-lowest", ""), ["E0433", "E0433"]);
    let blank = "with = { rounding = \"volume_rounding\" }\n";
    assert_eq!(add("generic-lowest-price-single", "volume-cheapest-first", blank), ["E0432", "E0433"]);
}
