//! Capacities that hardly suffice, with one supplier for each region: proved with rows that are derived from them.

use std::fmt::Write;

use jicai::read::ReadOptions;
use jicai::tender::Outcome;
use jicai::verify::self_digest;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::folder::{Folder, findings, report};

/// Suppliers and regions on a grid, the prices growing with the distance.
fn tight(suppliers: i32, regions: i32, capacity: i32) -> Folder {
    let (mut bids, mut prices) = (
        String::from("lot_id,supplier_id,price,capacity,fixed_cost\n"),
        String::from("lot_id,supplier_id,region,price\n"),
    );
    let mut demand = String::from("lot_id,region,volume\n");
    for region in 0..regions {
        writeln!(demand, "L,R{region:02},{}", 20 + region * 37 % 61 + region * region * 13 % 47).unwrap();
    }
    for supplier in 0..suppliers {
        writeln!(bids, "L,S{supplier:02},900,{capacity},{}", 2_000 + supplier * 71 % 90 * 10).unwrap();
        for region in 0..regions {
            let apart =
                (supplier * 17 % 40 - region * 29 % 40).abs() + (supplier * 5 % 23 - region * 11 % 23).abs();
            writeln!(prices, "L,S{supplier:02},R{region:02},{}", 10 + apart).unwrap();
        }
    }
    Folder::new()
        .notice("[parameters]\none_supplier_per_region = \"true\"\n")
        .file("lots.csv", "lot_id,name\nL,L\n")
        .file("bids.csv", &bids)
        .file("demand.csv", &demand)
        .file("regional_prices.csv", &prices)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn tight_capacities_are_proved_with_derived_rows_that_the_check_looks_up() {
    let folder = tight(6, 12, 190);
    let written = folder.written();
    let evaluation = jicai::evaluate(written.path(), &ReadOptions::default()).unwrap();
    let (_, award) = evaluation.award.lots().next().unwrap();
    assert_eq!(award.outcome, Outcome::Awarded);
    assert_eq!(findings(written.path(), &evaluation), Vec::<String>::new());

    let files = report(&evaluation);
    let (_, bytes) = files.iter().find(|(name, _)| name == "proof.json").unwrap();
    let proof: Value = serde_json::from_slice(bytes).unwrap();
    let derived = proof["lots"][0]["derived"].as_array().unwrap().clone();
    let inputs = jicai::verify::Inputs::read(written.path(), &ReadOptions::default()).unwrap();
    for number in 0..derived.len() {
        // One less than the row that follows.
        let mut planted = proof.clone();
        let most: i64 = derived[number][2].as_str().unwrap().parse().unwrap();
        planted["lots"][0]["derived"][number][2] = json!((most - 1).to_string());
        let changed = serde_json::to_vec_pretty(&planted).unwrap();
        // The manifest is put right, so that only the recount can notice.
        let righted = |(name, own): &(String, Vec<u8>)| match name.as_str() {
            "proof.json" => (name.clone(), changed.clone()),
            "manifest.json" => {
                let text = String::from_utf8(own.clone()).unwrap().replace(&sha256(bytes), &sha256(&changed));
                (name.clone(), self_digest(&text).unwrap().into_bytes())
            }
            _ => (name.clone(), own.clone()),
        };
        let found = jicai::verify::judge(&files.iter().map(righted).collect(), &inputs).unwrap();
        let told: Vec<String> = found.findings.iter().map(|finding| format!("{finding:?}")).collect();
        assert!(told.iter().any(|told| told.contains("not_derived")), "{told:#?}");
    }
}
