//! The independent recount agrees with the main path, on every tender of the repository and on many random ones.

#[path = "recheck/tenders.rs"]
mod tenders;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jicai::rules::RuleSet;
use serde_json::Value;
use tenders::{
    LATER, RANKED, Random, SHARED, TENDERS, files_of, files_under, home, judged, least_cost, ranked,
};

fn outcome(files: &jicai::report::ReportFiles) -> String {
    let award: Value = serde_json::from_slice(files.get("award.json").unwrap()).unwrap();
    award["outcome"].as_str().unwrap().to_owned()
}

#[test]
fn every_tender_of_the_repository_is_borne_out() {
    for tender in TENDERS {
        let folder = home().join(tender);
        let found = judged(&files_of(&folder).unwrap(), &folder);
        assert!(found.findings.is_empty(), "{tender}: {:#?}", found.findings);
        assert!(found.lots.iter().all(|lot| !lot.assertions.is_empty()));
    }
}

#[test]
fn every_tender_is_borne_out_under_every_rule_set_that_takes_it() {
    let mut under: BTreeMap<&str, usize> = BTreeMap::new();
    for tender in TENDERS {
        let folder = home().join(tender);
        for id in RuleSet::built_in_ids() {
            let Some(files) = files_under(&folder, Some(id)) else { continue };
            let found = judged(&files, &folder);
            assert!(found.findings.is_empty(), "{tender} {id}: {:#?}", found.findings);
            *under.entry(id).or_default() += 1;
        }
    }
    for round in 2..13 {
        let known = under.get(format!("cn-drug-round-{round}").as_str()).copied().unwrap_or(0);
        assert!(round == 6 || known >= 3, "{round}: {under:?}");
    }
}

/// Counts the reports on random tenders anew, before and after the office acted, and says how they ended.
fn random_tenders(seed: u64, number: usize, rules: &[&str]) -> BTreeMap<String, usize> {
    let mut random = Random(seed);
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..number {
        let tender = ranked(&mut random, rules[round % rules.len()]);
        let Some(files) = files_of(tender.path()) else {
            *outcomes.entry("refused".to_owned()).or_default() += 1;
            continue;
        };
        let found = judged(&files, tender.path());
        assert!(found.findings.is_empty(), "round {round} {:?}: {:#?}", tender.keep(), found.findings);
        *outcomes.entry(outcome(&files)).or_default() += 1;
        if let Some(word) = after_the_office_acted(&files, tender.path()) {
            let Some(files) = files_of(tender.path()) else { continue };
            let found = judged(&files, tender.path());
            assert!(found.findings.is_empty(), "{word} {round} {:?}: {:#?}", tender.keep(), found.findings);
            *outcomes.entry(word.to_owned()).or_default() += 1;
        }
    }
    println!("{outcomes:?}");
    outcomes
}

fn at_least(outcomes: &BTreeMap<String, usize>, least: &[(&str, usize)]) {
    for (word, number) in least {
        assert!(outcomes.get(*word).is_some_and(|found| found >= number), "{word}: {outcomes:?}");
    }
}

#[test]
fn random_ranked_tenders_are_borne_out() {
    let outcomes = random_tenders(7, 250, &RANKED);
    let least = [("awarded", 60), ("draw_required", 10), ("drawn", 5), ("picked", 30), ("no_award", 20)];
    at_least(&outcomes, &least);
}

#[test]
fn random_tenders_of_the_later_rounds_are_borne_out() {
    let outcomes = random_tenders(29, 150, &LATER);
    let least =
        [("awarded", 30), ("draw_required", 10), ("answer_required", 10), ("drawn", 5), ("picked", 20)];
    at_least(&outcomes, &least);
}

#[test]
fn random_tenders_of_units_classes_and_pools_are_borne_out() {
    let outcomes = random_tenders(41, 200, &SHARED);
    at_least(&outcomes, &[("awarded", 40), ("draw_required", 10), ("answer_required", 5), ("drawn", 5)]);
}

/// Records what an office would: the result of the draws, or the picks of the winners in another order than the simulated
/// one, with published winners.
fn after_the_office_acted(files: &jicai::report::ReportFiles, tender: &Path) -> Option<&'static str> {
    let award: Value = serde_json::from_slice(files.get("award.json").unwrap()).unwrap();
    let list = |value: &Value, key: &str| value[key].as_array().unwrap().clone();
    let (mut draws, mut picks) = (String::new(), String::new());
    let mut expected = String::from("lot_id,supplier_id\n");
    for lot in list(&award, "lots") {
        let id = lot["lot_id"].as_str().unwrap();
        for tie in list(&lot, "ties") {
            for (place, bid) in list(&tie, "bids").iter().enumerate() {
                let supplier = bid["supplier_id"].as_str().unwrap();
                draws.push_str(&format!(
                    "{id},{supplier},draw-{},committee,2021-02-03,drawn,doc-{id}\n",
                    place + 1
                ));
            }
        }
        let mut winners = list(&lot, "winners");
        for winner in &winners {
            expected.push_str(&format!("{id},{}\n", winner["supplier_id"].as_str().unwrap()));
        }
        winners.retain(|winner| winner["route"] == "place" || winner["route"] == "revived");
        if lot["allocation_basis"] == "simulated_draft" {
            let drafted = list(&lot, "regions").into_iter().filter(|row| row["role"] == "main");
            for (turn, region) in drafted.collect::<Vec<_>>().iter().rev().enumerate() {
                for (role, step) in [("main", 0), ("backup-1", 1)] {
                    let winner = &winners[(turn + step) % winners.len()]["supplier_id"];
                    let (region, winner) = (region["region"].as_str().unwrap(), winner.as_str().unwrap());
                    picks.push_str(&format!("{id},{region},{winner},{role}\n"));
                }
            }
        }
    }
    fs::write(tender.join("expected.csv"), expected).unwrap();
    if !draws.is_empty() {
        let header = "lot_id,supplier_id,act,by,on,why,document\n";
        fs::write(tender.join("decisions.csv"), header.to_owned() + &draws).unwrap();
        return Some("drawn");
    }
    fs::write(tender.join("picks.csv"), "lot_id,region,supplier_id,role\n".to_owned() + &picks).unwrap();
    (!picks.is_empty()).then_some("picked")
}

/// Records one of the options for every lot that waits for a draw between awards; how many lots that were.
fn drawn_awards(random: &mut Random, files: &jicai::report::ReportFiles, tender: &Path) -> usize {
    let award: Value = serde_json::from_slice(files.get("award.json").unwrap()).unwrap();
    let mut rows = String::from("lot_id,supplier_id,act,by,on,why,document\n");
    let mut lots = 0;
    for lot in award["lots"].as_array().unwrap() {
        for tie in lot["ties"].as_array().unwrap() {
            lots += 1;
            for bid in random.pick(tie["options"].as_array().unwrap()).as_array().unwrap() {
                let (lot, supplier) = bid.as_str().unwrap().split_once('/').unwrap();
                rows.push_str(&format!("{lot},{supplier},draw-1,committee,2021-02-03,drawn,doc-{lot}\n"));
            }
        }
    }
    fs::write(tender.join("decisions.csv"), rows).unwrap();
    lots
}

#[test]
fn random_least_cost_tenders_are_borne_out() {
    let mut random = Random(11);
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..160 {
        let (bidders, volume) = if round % 2 == 0 { (4, 5) } else { (9, 3_000) };
        let tender = least_cost(&mut random, bidders, volume);
        let files = match jicai::evaluate(tender.path(), &Default::default()) {
            Ok(_) => files_of(tender.path()).unwrap(),
            Err(faults) if faults.iter().all(|fault| !fault.code.id().starts_with("E09")) => {
                *outcomes.entry("refused".to_owned()).or_default() += 1;
                continue;
            }
            Err(faults) => panic!("round {round} {:?}: {faults:?}", tender.keep()),
        };
        let found = judged(&files, tender.path());
        assert!(found.findings.is_empty(), "round {round} {:?}: {:#?}", tender.keep(), found.findings);
        *outcomes.entry(outcome(&files)).or_default() += 1;
        let drawn = drawn_awards(&mut random, &files, tender.path());
        if drawn > 0 {
            let files = files_of(tender.path()).unwrap();
            let found = judged(&files, tender.path());
            assert!(found.findings.is_empty(), "drawn {round} {:?}: {:#?}", tender.keep(), found.findings);
            assert_ne!(outcome(&files), "draw_required");
            let award: Value = serde_json::from_slice(files.get("award.json").unwrap()).unwrap();
            assert!(award["lots"].as_array().unwrap().iter().all(|lot| lot["ties"] == serde_json::json!([])));
            *outcomes.entry("drawn".to_owned()).or_default() += drawn;
        }
    }
    println!("{outcomes:?}");
    assert!(outcomes["awarded"] > 40 && outcomes["draw_required"] > 20, "{outcomes:?}");
    assert!(outcomes["drawn"] > 20, "{outcomes:?}");
}
