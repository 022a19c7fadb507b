//! Whole reports of another tender, put over the inputs of this one: every figure fits every other.

use std::fs;

use crate::tenders::{Random, files_of};
use crate::{Case, Counts};

/// Evaluates the tender with one winner out of the way, and lays that report over the true inputs.
pub fn reports(case: &Case, random: &mut Random, counts: &mut Counts) {
    let award = case.json("award.json");
    let winners: Vec<(String, String)> = award["lots"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|lot| {
            let id = lot["lot_id"].as_str().unwrap().to_owned();
            let all = lot["winners"].as_array().unwrap().clone();
            all.into_iter()
                .map(move |winner| (id.clone(), winner["supplier_id"].as_str().unwrap().to_owned()))
        })
        .collect();
    if winners.is_empty() || case.folder.join("decisions.csv").exists() {
        return;
    }
    for _ in 0..2 {
        let (lot, supplier) = random.pick(&winners);
        let folder = tempfile::TempDir::new().unwrap();
        for entry in fs::read_dir(&case.folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_name() != "picks.csv" && entry.file_name() != "expected.csv" {
                fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
            }
        }
        let row = format!("lot_id,supplier_id,act\n{lot},{supplier},withdrawn\n");
        fs::write(folder.path().join("decisions.csv"), row).unwrap();
        let Some(forged) = files_of(folder.path()) else { continue };
        let mut files = case.files.clone();
        for name in ["award.json", "proof.json", "winners.csv", "decisions.csv", "regions.csv", "savings.csv"]
        {
            files.add(name, forged.get(name).unwrap());
        }
        case.refuses_files("a dearer award, all recounted", "award.json", &files, counts);
        files.add("proof.json", case.files.get("proof.json").unwrap());
        case.refuses_files("a dearer award with the true proof", "award.json", &files, counts);
    }
}
