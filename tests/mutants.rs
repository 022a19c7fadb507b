//! Damaged reports: every one must be refused, by a finding that names the file. The manifest is put right after every
//! change, so that only the recount can notice; flipped bytes alone are left to the manifest.

#[path = "recheck/alliances.rs"]
mod alliances;
#[path = "mutants/changes.rs"]
mod changes;
#[path = "mutants/forged.rs"]
mod forged;
#[path = "mutants/proofs.rs"]
mod proofs;
#[path = "recheck/tenders.rs"]
mod tenders;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jicai::report::ReportFiles;
use jicai::verify::{Inputs, Report, judge, self_digest};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tenders::{
    LATER, RANKED, Random, TENDERS, as_report, files_of, home, inputs_of, judged, least_cost, ranked,
};

/// One report with the inputs that it is checked against.
pub struct Case {
    /// The tender's folder by name.
    pub name: String,
    /// The report.
    pub files: ReportFiles,
    /// The true inputs.
    pub inputs: Inputs,
    /// Where they lie.
    pub folder: PathBuf,
}

/// How many damaged reports of each kind were refused.
pub type Counts = BTreeMap<String, usize>;

impl Case {
    fn of(folder: &Path) -> Option<Self> {
        let files = files_of(folder)?;
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(judged(&files, folder).findings.is_empty(), "{name}");
        Some(Self { name, files, inputs: inputs_of(folder), folder: folder.to_owned() })
    }

    /// A file of the report.
    pub fn json(&self, file: &str) -> Value {
        serde_json::from_slice(self.files.get(file).unwrap()).unwrap()
    }

    /// Puts a changed file into the report, rights the manifest, and holds that the report is refused for this file.
    pub fn refuses(&self, kind: &str, file: &str, changed: &Value, counts: &mut Counts) {
        if self.json(file) == *changed {
            return;
        }
        self.refuses_bytes(kind, file, serde_json::to_string_pretty(changed).unwrap().into_bytes(), counts);
    }

    /// As [`Self::refuses`], with bytes.
    pub fn refuses_bytes(&self, kind: &str, file: &str, bytes: Vec<u8>, counts: &mut Counts) {
        let mut files = self.files.clone();
        files.add(file, bytes);
        self.refuses_files(kind, file, &files, counts);
    }

    /// As [`Self::refuses`], with all files.
    pub fn refuses_files(&self, kind: &str, file: &str, files: &ReportFiles, counts: &mut Counts) {
        let found = judge(&as_report(&righted(files)), &self.inputs).unwrap_or_else(|faults| {
            panic!("{} {kind}: {faults:#?}", self.name);
        });
        // Another plan of equal cost is a sound proof, and then not that of the award.
        let by = |finding: &str| finding == file || (file == "proof.json" && finding == "award.json");
        let named = found.findings.iter().any(|finding| by(&finding.file));
        assert!(named, "{}: {kind} of {file} is not noticed: {:#?}", self.name, found.findings);
        *counts.entry(kind.to_owned()).or_default() += 1;
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The report with a manifest that fits its files.
fn righted(files: &ReportFiles) -> ReportFiles {
    let mut righted = files.clone();
    let mut text = String::from_utf8(files.get("manifest.json").unwrap().to_vec()).unwrap();
    let manifest: Value = serde_json::from_str(&text).unwrap();
    for entry in manifest["files"].as_array().unwrap() {
        let (name, digest) = (entry["name"].as_str().unwrap(), entry["sha256"].as_str().unwrap());
        let now = sha256(files.get(name).unwrap());
        if now != digest {
            let (from, to) = (["\"name\": \"", name, "\""].concat(), digest);
            let at = text.find(&from).unwrap();
            let place = at + text[at..].find(to).unwrap();
            text.replace_range(place..place + 64, &now);
            if let Some(input) = name.strip_prefix("inputs/") {
                let named = text.find(&format!("\"name\": \"{input}\"")).or(text.find("\"rules\": {"));
                let place = named.and_then(|at| text[at..].find(digest).map(|found| at + found));
                place.into_iter().for_each(|place| text.replace_range(place..place + 64, &now));
            }
        }
    }
    righted.add("manifest.json", self_digest(&text).unwrap());
    righted
}

fn all(cases: &[Case], damage: impl Fn(&Case, &mut Random, &mut Counts) + Sync) -> Counts {
    let mut total = Counts::new();
    std::thread::scope(|scope| {
        let damage = &damage;
        let work = |(at, case): (usize, &Case)| {
            let mut counts = Counts::new();
            damage(case, &mut Random(at as u64 + 17), &mut counts);
            counts
        };
        let running: Vec<_> = cases.iter().enumerate().map(|pair| scope.spawn(move || work(pair))).collect();
        for one in running {
            for (kind, number) in one.join().unwrap() {
                *total.entry(kind).or_default() += number;
            }
        }
    });
    total
}

fn of_the_repository() -> Vec<Case> {
    TENDERS.iter().map(|tender| Case::of(&home().join(tender)).unwrap()).collect()
}

/// Random tenders with the folders that they live in.
fn generated() -> (Vec<tempfile::TempDir>, Vec<Case>) {
    let mut random = Random(23);
    let mut folders: Vec<_> = (0..6).map(|at| ranked(&mut random, RANKED[at % RANKED.len()])).collect();
    folders.extend(LATER.iter().map(|rules| ranked(&mut random, rules)));
    folders.extend(alliances::ALLIANCES.iter().map(|rules| alliances::alliance(&mut random, rules)));
    folders.extend((0..14).map(|at| least_cost(&mut random, if at % 2 == 0 { 5 } else { 9 }, 900)));
    folders.extend(drawn(&mut random));
    folders.push(backed());
    let cases = folders.iter().filter_map(|folder| Case::of(folder.path())).collect();
    (folders, cases)
}

/// A lot of which every region has two winners to stand in; of the four A and D count as one.
fn backed() -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().unwrap();
    let notice = "[tender]\nid = \"backed\"\ntitle = \"Backed\"\nkind = \"drug\"\nannounced = 2024-01-01\n\
                  currency = \"CNY\"\nrules = \"generic-optimised\"\n\n[parameters]\n\
                  one_supplier_per_region = \"true\"\n\n[limit.stand-ins]\nkind = \"backups\"\n\
                  exactly = \"2\"\n[limit.related]\nkind = \"related-as-one\"\n";
    let files = [
        ("tender.toml", notice),
        ("lots.csv", "lot_id\nbacked\n"),
        ("demand.csv", "lot_id,region,volume\nbacked,P,100\nbacked,Q,200\nbacked,R,300\nbacked,S,50\n"),
        ("bids.csv", "lot_id,supplier_id,price\nbacked,A,1\nbacked,B,2\nbacked,C,4\nbacked,D,8\n"),
        (
            "regional_prices.csv",
            "lot_id,supplier_id,region,price\nbacked,B,Q,0.5\nbacked,C,R,0.7\nbacked,C,P,1.5\nbacked,D,S,0.1\n",
        ),
        ("suppliers.csv", "supplier_id,controller\nA,K\nD,K\n"),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// A least-cost lot in which a recorded draw chose between awards of one cost.
fn drawn(random: &mut Random) -> Option<tempfile::TempDir> {
    for _ in 0..50 {
        let tender = least_cost(random, 4, 5);
        let Some(files) = files_of(tender.path()) else { continue };
        let award: Value = serde_json::from_slice(files.get("award.json").unwrap()).unwrap();
        let mut rows = String::from("lot_id,supplier_id,act,document\n");
        let mut draws = 0;
        for lot in award["lots"].as_array().unwrap() {
            for tie in lot["ties"].as_array().unwrap() {
                draws += 1;
                for bid in tie["options"][1].as_array().unwrap() {
                    let (lot, supplier) = bid.as_str().unwrap().split_once('/').unwrap();
                    rows.push_str(&format!("{lot},{supplier},draw-1,D-1\n"));
                }
            }
        }
        if draws > 0 {
            std::fs::write(tender.path().join("decisions.csv"), rows).unwrap();
            return Some(tender);
        }
    }
    panic!("no draw in 50 tenders");
}

#[test]
fn every_damaged_report_is_refused() {
    let mut cases = of_the_repository();
    let (_folders, random) = generated();
    cases.extend(random);
    let counts = all(&cases, |case, random, counts| {
        let size = case.files.get("award.json").unwrap().len();
        let number = if size > 100_000 { 12 } else { 36 };
        changes::award(case, random, number, counts);
        changes::moved_units(case, random, counts);
        changes::swapped_winners(case, counts);
        changes::swapped_backups(case, counts);
        changes::other_backups(case, counts);
        changes::proof(case, random, number / 3, counts);
        changes::tables(case, random, number / 3, counts);
        proofs::damaged(case, counts);
        forged::reports(case, random, counts);
        changes::flipped_bytes(case, random, counts);
    });
    let total: usize = counts.values().sum();
    println!("{total} damaged reports, all refused:");
    counts.iter().for_each(|(kind, number)| println!("  {number:5} {kind}"));
    assert!(total >= 2_000, "{total}");
    let wanted = [
        "change a verdict",
        "change a fact",
        "change a citation",
        "change agreed_share",
        "change saving",
        "change coverage",
        "change anchor",
        "change route",
        "change role",
        "drop a case",
        "zero a weight",
        "flip a branch",
        "move one unit",
        "swap a winner",
        "swap a backup",
        "drop a backup",
        "another backup",
        "a dearer award, all recounted",
        "flip a byte",
        "change a table",
    ];
    for kind in wanted {
        assert!(counts.contains_key(kind), "{kind}: {counts:?}");
    }
}

#[test]
fn inputs_that_were_changed_with_the_manifest_are_noticed_beside_the_tender() {
    for case in of_the_repository() {
        for file in ["bids.csv", "demand.csv", "lots.csv", "tender.toml"] {
            let name = format!("inputs/{file}");
            let mut bytes = case.files.get(&name).unwrap().to_vec();
            bytes.extend(b"\n");
            let mut counts = Counts::new();
            let mut files = case.files.clone();
            files.add(&name, bytes);
            case.refuses_files("inputs", file, &files, &mut counts);
        }
    }
}

#[test]
fn a_report_by_itself_is_borne_out_by_its_own_inputs() {
    for case in of_the_repository() {
        let place = tempfile::TempDir::new().unwrap();
        let target = place.path().join("report");
        jicai::report::folder::write(&case.files, &target).unwrap();
        let found = jicai::verify::verify(&target, None, &Default::default()).unwrap();
        assert!(found.findings.is_empty(), "{}: {:#?}", case.name, found.findings);
        std::fs::write(target.join("award.json"), "{}").unwrap();
        let found = jicai::verify::verify(&target, Some(&case.folder), &Default::default()).unwrap();
        assert_eq!(found.findings[0].file, "award.json");
        std::fs::remove_file(target.join("manifest.json")).unwrap();
        assert!(jicai::verify::verify(&target, None, &Default::default()).is_err());
    }
}

/// A report as the checker takes it, for the changes that leave the manifest as it is.
pub fn taken(files: &ReportFiles) -> Report {
    as_report(files)
}
