//! Draws from a public seed: what the command prints can be repeated with SHA-256 alone, and recorded it settles the tie.

#[allow(dead_code, reason = "each test file uses a part of it")]
#[path = "recheck/tenders.rs"]
mod tenders;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use jicai::cli::Answer;
use jicai::text::Language;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tenders::{RANKED, Random, files_of, folder, judged, least_cost, ranked};

fn run(tender: &Path, words: &[&str], language: Language) -> Answer {
    let line = ["jicai", "draw"].into_iter().map(OsString::from);
    let line = line.chain([tender.as_os_str().to_owned()]).chain(words.iter().map(OsString::from));
    jicai::cli::run(&line.collect::<Vec<_>>(), language)
}

fn drawn(tender: &Path, seed: &str) -> Value {
    let answer = run(tender, &["--seed", seed, "--format", "json"], Language::English);
    assert_eq!(answer.exit.code(), 0, "{}", answer.messages);
    serde_json::from_str(&answer.results).unwrap()
}

fn award(tender: &Path) -> Option<Value> {
    Some(serde_json::from_slice(files_of(tender)?.get("award.json").unwrap()).unwrap())
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Three bids of one price for two places.
fn three_for_two() -> TempDir {
    let notice = "[tender]\nid = \"t\"\ntitle = \"T\"\nkind = \"drug\"\nannounced = 2021-02-01\ncurrency = \"CNY\"\n\
                  rules = \"cn-drug-round-4\"\nsource = \"illustrative: a test\"\n";
    folder(&[
        ("tender.toml", notice.to_owned()),
        ("lots.csv", "lot_id\nL1\nL2\n".to_owned()),
        ("bids.csv", "lot_id,supplier_id,price\nL1,C,1\nL1,A,1\nL1,B,1\nL2,A,1\nL2,B,2\n".to_owned()),
        ("demand.csv", "lot_id,region,volume\nL1,P1,9\nL2,P1,9\n".to_owned()),
    ])
}

#[test]
fn the_numbers_are_those_of_sha256_and_the_lowest_is_first() {
    let tender = three_for_two();
    let found = drawn(tender.path(), "2021-02-03/07");
    assert_eq!(found["lots"].as_array().unwrap().len(), 1, "only L1 is tied");
    let lot = &found["lots"][0];
    assert_eq!((lot["decides"].as_str(), lot["places"].as_u64()), (Some("places"), Some(2)));
    assert_eq!(lot["options"], serde_json::json!([["A"], ["B"], ["C"]]));
    let mut wanted: Vec<(String, &str)> =
        ["A", "B", "C"].map(|bid| (sha256(&format!("2021-02-03/07/t/L1/{bid}")), bid)).to_vec();
    wanted.sort();
    for (place, (number, bid)) in wanted.iter().enumerate() {
        assert_eq!(lot["drawn"][place]["sha256"], number.as_str());
        assert_eq!(lot["drawn"][place]["option"][0], *bid);
    }
    let rows = format!(
        "lot_id,supplier_id,act,by,on,why,document\nL1,{},draw-1,,,,\nL1,{},draw-2,,,,\n",
        wanted[0].1, wanted[1].1
    );
    assert_eq!(found["decisions_csv"], rows.as_str());
    // Recorded, it settles the lot: those two win.
    fs::write(tender.path().join("decisions.csv"), rows).unwrap();
    let after = award(tender.path()).unwrap();
    let winners: BTreeSet<&str> = after["lots"][0]["winners"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["supplier_id"].as_str().unwrap())
        .collect();
    assert_eq!(after["outcome"], "awarded");
    assert_eq!(winners, [wanted[0].1, wanted[1].1].into());
    let nothing = run(tender.path(), &["--seed", "x"], Language::English);
    assert!(nothing.exit.code() == 0 && nothing.results.contains("No lot waits for a draw."));
}

#[test]
fn the_order_of_rows_changes_nothing_and_the_seed_changes_the_order() {
    let (tender, turned) = (three_for_two(), three_for_two());
    let bids = "lot_id,supplier_id,price\nL2,B,2\nL1,B,1\nL2,A,1\nL1,A,1\nL1,C,1\n";
    fs::write(turned.path().join("bids.csv"), bids).unwrap();
    let mut orders = BTreeSet::new();
    for seed in 0..40 {
        let seed = seed.to_string();
        let found = drawn(tender.path(), &seed);
        assert_eq!(found, drawn(turned.path(), &seed));
        let order: String =
            (0..3).map(|place| found["lots"][0]["drawn"][place]["option"][0].as_str().unwrap()).collect();
        orders.insert(order);
    }
    assert_eq!(orders.len(), 6, "every order comes up in 40 seeds: {orders:?}");
}

#[test]
fn both_languages_say_how_to_repeat_it_and_a_seed_must_be_there() {
    let tender = three_for_two();
    for language in Language::ALL {
        let page = run(tender.path(), &["--seed", "20210203"], language).results;
        assert!(
            page.contains("sha256sum") && page.contains("20210203/t/L1/A") && !page.contains('⟦'),
            "{page}"
        );
        for seed in ["", " ", "a\u{7}"] {
            assert_eq!(run(tender.path(), &["--seed", seed], language).exit.code(), 2);
        }
        assert_eq!(run(tender.path(), &[], language).exit.code(), 2);
        let line = ["jicai", "explain", "draw"].map(OsString::from);
        let explained = jicai::cli::run(&line, language);
        assert!(explained.exit.code() == 0 && explained.results.contains("sha256sum"));
    }
}

#[test]
fn recorded_draws_of_random_tenders_settle_every_tie() {
    let mut random = Random(41);
    let mut settled = 0;
    for round in 0..120 {
        let tender = match round % 3 {
            0 => least_cost(&mut random, 4, 5),
            _ => ranked(&mut random, RANKED[round % RANKED.len()]),
        };
        let Some(before) = award(tender.path()) else { continue };
        let found = drawn(tender.path(), "7");
        let waits = |award: &Value| {
            award["lots"].as_array().unwrap().iter().filter(|lot| lot["outcome"] == "draw_required").count()
        };
        let lots: BTreeSet<&str> =
            found["lots"].as_array().unwrap().iter().map(|lot| lot["lot_id"].as_str().unwrap()).collect();
        assert_eq!(lots.len(), waits(&before));
        if lots.is_empty() {
            continue;
        }
        fs::write(tender.path().join("decisions.csv"), found["decisions_csv"].as_str().unwrap()).unwrap();
        let after = award(tender.path()).unwrap();
        assert_eq!(waits(&after), 0, "{after:#}");
        let files = files_of(tender.path()).unwrap();
        assert!(judged(&files, tender.path()).findings.is_empty());
        settled += lots.len();
    }
    assert!(settled >= 12, "{settled}");
}
