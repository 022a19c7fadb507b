//! Tenders: those of the repository, and small random ones full of ties, limits and gaps.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jicai::read::ReadOptions;
use jicai::report::{ReportFiles, report};
use jicai::rules::RulesInstead;
use jicai::text::Language;
use jicai::verify::{Inputs, Report, Verification, judge};
use tempfile::TempDir;

pub const TENDERS: [&str; 10] = [
    "tenders/cn-drug-expansion-2019",
    "tenders/cn-stents-2020",
    "tests/tenders/drug-9a",
    "tests/tenders/drug-9a-round-7",
    "tests/tenders/drug-9b",
    "tests/tenders/iol-9f",
    "tests/tenders/insulin-9d",
    "tests/tenders/joints-9e",
    "tests/tenders/stents-9c",
    "tests/tenders/small-example",
];

pub const RANKED: [&str; 11] = [
    "alliance-iol-2020",
    "cn-drug-4plus7-2018",
    "cn-drug-expansion-2019",
    "cn-drug-round-2",
    "cn-drug-round-3",
    "cn-drug-round-4",
    "cn-drug-round-5",
    "cn-stents-2020",
    "generic-gdf-rank-bands",
    "generic-lowest-price-single",
    "generic-lowest-price-split",
];

/// Rounds with second chances, anchors, brands and backups.
pub const LATER: [&str; 6] = [
    "cn-drug-round-7",
    "cn-drug-round-8",
    "cn-drug-round-9",
    "cn-drug-round-10",
    "cn-drug-round-11",
    "cn-drug-round-12",
];

/// Rounds with bidding units, guaranteed awards, classes and pools.
pub const SHARED: [&str; 5] =
    ["cn-insulin-2021", "cn-insulin-2024", "cn-joints-2021", "cn-spine-2022", "cn-stents-2022"];

/// Numbers that look random and are the same on every run (Knuth's multiplier).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    pub fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}

pub fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with these files.
pub fn folder(files: &[(&str, String)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The report on a tender, or `None` when it is refused.
pub fn files_of(tender: &Path) -> Option<ReportFiles> {
    files_under(tender, None)
}

/// The same under a built-in rule set in the place of the tender's own.
pub fn files_under(tender: &Path, rules: Option<&str>) -> Option<ReportFiles> {
    let instead = rules.map(|id| RulesInstead { without_overrides: true, ..RulesInstead::built_in(id) });
    let done = jicai::evaluate_under(tender, &ReadOptions::default(), instead.as_ref()).ok()?;
    Some(report(&done.award, &done.allocation, &done.savings, &done.warnings, Language::English).unwrap())
}

pub fn as_report(files: &ReportFiles) -> Report {
    files.iter().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect()
}

pub fn inputs_of(tender: &Path) -> Inputs {
    Inputs::read(tender, &ReadOptions::default()).unwrap()
}

pub fn judged(files: &ReportFiles, tender: &Path) -> Verification {
    judge(&as_report(files), &inputs_of(tender)).unwrap()
}

/// A random tender under a rule set that ranks: few different prices, related bids, missing keys, draws left open.
pub fn ranked(random: &mut Random, rules: &str) -> TempDir {
    let kind = if rules.contains("stents") { "consumable" } else { "drug" };
    let shared = SHARED.contains(&rules);
    let own = shared || random.one_in(2);
    let lots_number = 1 + random.below(3);
    let (mut lots, mut bids) = (
        String::from("lot_id,name,ceiling_price,reference_price,volume_class,class_a_line,class_b_line\n"),
        String::new(),
    );
    let mut demand =
        String::from("lot_id,region,institution,supplier_id,volume,content_ratio,second_choice\n");
    let later = LATER.contains(&rules);
    bids.push_str("lot_id,supplier_id,price,content_ratio,previous_price,prior_volume,approved_on,ceiling_price,state,reason,accepts_revival,unit_group,service_fee\n");
    for lot in 0..lots_number {
        let class = if random.one_in(4) { "restricted" } else { "ordinary" };
        let ceiling = if random.one_in(5) { String::new() } else { "2.0".to_owned() };
        let reference = if random.one_in(3) { String::new() } else { "2.6000".to_owned() };
        let lines = if shared { *random.pick(&["0.5,0.9", "0.53,0.54", "0.2,1.0"]) } else { "," };
        writeln!(lots, "L{lot},Lot {lot},{ceiling},{reference},{class},{lines}").unwrap();
        let number = 1 + random.below(9);
        for bid in 0..number {
            let price = *random.pick(&["0.3", "0.5", "0.5", "0.53", "0.54", "0.9", "1.2", "2.0", "2.1"]);
            let ratio = *random.pick(&["1", "1", "1", "2", "1/3", "0.5"]);
            let previous = *random.pick(&["", "1.1", "3.25"]);
            let volume = *random.pick(&["", "100", "100", "200"]);
            let day = *random.pick(&["", "2018-01-01", "2018-01-01", "2017-05-02"]);
            let above = if random.one_in(8) { "1.9" } else { "" };
            let state = *random.pick(&["", "", "", "", "", "", "withdrawn", "disqualified", "void"]);
            let (price, reason) = if state == "void" { ("", "no price") } else { (price, "") };
            let answer =
                if later || shared { *random.pick(&["true", "true", "false", "true", ""]) } else { "" };
            let more = if shared { *random.pick(&[",", "A,50", "B,", ",51", ",10", ","]) } else { "," };
            writeln!(
                bids,
                "L{lot},S{bid},{price},{ratio},{previous},{volume},{day},{above},{state},{reason},{answer},{more}"
            )
            .unwrap();
        }
        for region in 0..1 + random.below(5) {
            for institution in 0..if own { 1 + random.below(3) } else { 1 } {
                let volume = random.below(40);
                let ratio = *random.pick(&["1", "1", "2", "1/3"]);
                let (institution, brand) = match own {
                    true if shared && random.one_in(4) => (format!("H{region}-{institution}"), String::new()),
                    true => (format!("H{region}-{institution}"), format!("S{}", random.below(number))),
                    false => (String::new(), String::new()),
                };
                let second = if shared && random.one_in(3) {
                    format!("S{}", random.below(number))
                } else {
                    String::new()
                };
                writeln!(demand, "L{lot},P{region},{institution},{brand},{volume},{ratio},{second}").unwrap();
            }
        }
    }
    let controller = |supplier: u64| if supplier.is_multiple_of(4) { "G" } else { "" };
    let suppliers: String = (0..9).map(|at| format!("S{at},Firm {at},{}\n", controller(at))).collect();
    let scale = *random.pick(&["1", "10000", "0.5"]);
    let notice = notice("random", kind, rules, scale, "");
    let suppliers = format!("supplier_id,name,controller\n{suppliers}");
    folder(&[
        ("tender.toml", notice),
        ("lots.csv", lots),
        ("bids.csv", bids),
        ("demand.csv", demand),
        ("suppliers.csv", suppliers),
    ])
}

fn notice(id: &str, kind: &str, rules: &str, scale: &str, parameters: &str) -> String {
    format!(
        "[tender]\nid = \"{id}\"\ntitle = \"Random\"\ntitle_zh = \"随机\"\nkind = \"{kind}\"\nannounced = 2021-01-01\n\
         currency = \"CNY\"\nrules = \"{rules}\"\nvolume_scale = \"{scale}\"\nsource = \"illustrative: random\"\n{parameters}"
    )
}

/// A random least-cost tender: capacities, least quantities, fixed costs, limits on winners and shares.
pub fn least_cost(random: &mut Random, bidders: u64, volume: u64) -> TempDir {
    let (mut lots, mut bids) = (
        String::from("lot_id,name,ceiling_price\n"),
        String::from("lot_id,supplier_id,price,capacity,min_quantity,fixed_cost\n"),
    );
    let mut demand = String::from("lot_id,region,volume\n");
    for lot in 0..1 + random.below(2) {
        writeln!(lots, "L{lot},Lot {lot},9.0").unwrap();
        let wanted: Vec<u64> = (0..1 + random.below(4)).map(|_| random.below(volume)).collect();
        let total: u64 = wanted.iter().sum();
        for (region, volume) in wanted.iter().enumerate() {
            writeln!(demand, "L{lot},P{region},{volume}").unwrap();
        }
        for bid in 0..1 + random.below(bidders) {
            let price = *random.pick(&["1.0", "1.0", "1.5", "2", "2.25", "3", "9.5"]);
            let capacity = match random.one_in(2) {
                true => (1 + random.below(total + 1)).to_string(),
                false => String::new(),
            };
            let least = if random.one_in(4) { (1 + total / 4).to_string() } else { String::new() };
            let least = if capacity.is_empty() { least } else { String::new() };
            let fixed = if random.one_in(2) { (random.below(8) * 5).to_string() } else { String::new() };
            let fixed = if fixed == "0" { String::new() } else { fixed };
            writeln!(bids, "L{lot},S{bid},{price},{capacity},{least},{fixed}").unwrap();
        }
    }
    let mut parameters = String::from("[parameters]\n");
    if random.one_in(2) {
        writeln!(parameters, "max_suppliers = \"{}\"", 2 + random.below(2)).unwrap();
    }
    if random.one_in(3) {
        writeln!(parameters, "max_share = \"{}\"", random.pick(&["0.6", "0.75"])).unwrap();
    }
    if random.one_in(3) {
        parameters.push_str("min_suppliers = \"2\"\n");
    }
    if parameters.lines().count() == 1 {
        parameters.clear();
    }
    let notice = notice("random-least", "drug", "generic-optimised", "1", &parameters);
    folder(&[("tender.toml", notice), ("lots.csv", lots), ("bids.csv", bids), ("demand.csv", demand)])
}
