//! Conflicts of tenders with many regions and bids, of regions that are all alike, and of lots whose search ends early.

use std::fmt::Write as _;

use jicai::read::ReadOptions;
use jicai::solve::{Effort, Pace, Search, Seen, Watch};
use jicai::text::Language;

use super::folder::Folder;
use super::ways::evaluated;

/// A lot with so many regions and bids, which all can deliver the same; every bid has a price of its own in every region.
fn large(count: usize, limits: &str, capacity: &str) -> Folder {
    let (mut demand, mut bids) = ("lot_id,region,volume\n".to_owned(), String::new());
    let mut prices = "lot_id,supplier_id,region,price\n".to_owned();
    writeln!(bids, "lot_id,supplier_id,price,capacity,fixed_cost").unwrap();
    for at in 0..count {
        writeln!(demand, "L,R{at:02},{}", 90 + at).unwrap();
        writeln!(bids, "L,S{at:02},2.{at:02},{capacity},{}", 70 + at * 7 % 11).unwrap();
        for region in 0..count {
            writeln!(prices, "L,S{at:02},R{region:02},2.{:02}", (at * 13 + region * 29) % 100).unwrap();
        }
    }
    let folder = Folder::new().notice(limits).file("lots.csv", "lot_id\nL\n").file("demand.csv", &demand);
    folder.file("bids.csv", &bids).file("regional_prices.csv", &prices)
}

/// The only conflict: its parts, and what is needed for each way out.
fn told(folder: &Folder) -> (Vec<String>, Vec<String>) {
    let (outcome, _, found) = evaluated(folder);
    assert_eq!((outcome.as_str(), found.len()), ("no_award", 1), "{found:#?}");
    let short = |way: &serde_json::Value| format!("{} {}", way["what"], way["needed"]).replace('"', "");
    (found[0].parts(), found[0].ways.iter().map(short).collect())
}

fn limit(name: &str, kind: &str, keys: &str) -> String {
    format!("[limit.{name}]\nkind = \"{kind}\"\n{keys}\n")
}

/// 30 regions of 90 to 119: 3,135 units.
#[test]
fn what_sums_show_is_told_of_many_regions() {
    let few = limit("few", "winners", "max = \"5\"");
    let share = limit("share", "share", "max = \"0.19\"");
    let (parts, ways) = told(&large(30, &(few.clone() + &share), ""));
    assert_eq!(parts, ["limit few <= 5", "limit share <= 0.19", "demand L 3135"]);
    assert!(ways.contains(&"limit 6".to_owned()) && ways.contains(&"limit 0.2".to_owned()), "{ways:?}");
    let (parts, ways) = told(&large(30, &few, "400"));
    assert_eq!(parts, ["limit few <= 5", "demand L 3135", "capacity L 12000"]);
    assert!(ways.contains(&"limit 8".to_owned()), "{ways:?}");
    let (parts, ways) = told(&large(30, &limit("many", "winners", "min = \"31\""), ""));
    assert_eq!((parts, ways), (vec!["limit many >= 31".to_owned()], vec!["limit 30".to_owned()]));
    let (parts, ways) = told(&large(30, "", "100"));
    assert_eq!(parts, ["demand L 3135", "capacity L 3000"]);
    assert!(
        ways.contains(&"demand 0.95".to_owned()) && ways.contains(&"capacity 235".to_owned()),
        "{ways:?}"
    );
}

/// None of the three bids may win. The demand of either region is enough, and none is named before the other.
#[test]
fn regions_of_which_any_one_is_enough_are_all_named() {
    let forbidden = limit("x", "forbidden", "suppliers = \"A, B\"");
    let tender = |demand: &str| {
        let folder = Folder::new().notice(&forbidden).file("lots.csv", "lot_id\nL\n");
        let folder = folder.file("demand.csv", &format!("lot_id,region,volume\n{demand}"));
        folder.file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,2\n")
    };
    let any_of = |folder: &Folder| -> Vec<String> {
        let (_, _, found) = evaluated(folder);
        let part = found[0].parts.iter().find(|part| part["what"] == "demand").unwrap();
        let regions = part["any_of"].as_array().unwrap();
        regions.iter().map(|region| region.as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(any_of(&tender("L,R,100\nL,Q,100\nL,P,0\n")), ["Q", "R"]);
    assert_eq!(any_of(&tender("L,Q,100\nL,P,0\nL,R,100\n")), ["Q", "R"]);
    assert_eq!(any_of(&tender("L,Q,100\nL,R,101\n")), ["R", "Q"]);
    let many: String = (0..9).map(|at| format!("L,R{at},{}\n", 10 + at % 3)).collect();
    for (language, said) in [
        (Language::English, "lot L: the demand of any one of 9 regions, for instance R2, R5, R8"),
        (Language::Chinese, "采购单元 L：9 个地区中任一地区的需求，例如 R2、R5、R8"),
    ] {
        assert!(summary(&tender(&many), &Effort::default(), language).contains(said));
    }
    let said = summary(&tender("L,Q,100\nL,R,100\n"), &Effort::default(), Language::English);
    assert!(said.contains("the demand of any one of these 2 regions: Q, R"), "{said}");
}

/// The summary on one line, so that no sentence is broken.
fn summary(folder: &Folder, effort: &Effort<'_>, language: Language) -> String {
    let written = folder.written();
    let ask = jicai::whatif::Ask::default();
    let options = ReadOptions::default();
    let (evaluation, _) = jicai::evaluate_and_ask(written.path(), &options, None, &ask, effort).unwrap();
    let jicai::Evaluation { award, allocation, savings, warnings } = &evaluation;
    let said = jicai::report::summary(award, allocation, savings, None, warnings, None, language);
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ends every search at once.
#[derive(Debug)]
struct InHaste;

impl Watch for InHaste {
    fn search<'a>(&'a self, _lot_id: &'a str) -> Box<dyn Search + 'a> {
        Box::new(Self)
    }
}

impl Search for InHaste {
    fn pace(&mut self, _seen: Seen) -> Pace {
        Pace::Ended
    }
}

/// Each of two bids is too small for the lot, and both together are too much: no single case shows that.
#[test]
fn a_conflict_is_told_of_lots_whose_search_ended_before_an_award_was_found() {
    let tender = |most: &str| {
        let folder = Folder::new()
            .file("lots.csv", "lot_id\nL\n")
            .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,100\n");
        let bids = format!(
            "lot_id,supplier_id,price,capacity,min_quantity,fixed_cost\nL,A,1,{most},150,7\nL,B,2,{most},150,9\n"
        );
        let limit = limit("x", "winners", "max = \"2\"");
        folder.notice(&limit).file("bids.csv", &bids)
    };
    let hasty = Effort { watch: &InHaste, ..Effort::default() };
    let said = summary(&tender("180"), &hasty, Language::English);
    assert!(said.contains("UNPROVED") || said.contains("not proved") || said.contains("unproved"), "{said}");
    for part in ["no certificate of it is kept", "bid L/A: capacity 180", "bid L/B: least quantity 150"] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    let (outcome, _, found) = evaluated(&tender("180"));
    assert_eq!((outcome.as_str(), found.len()), ("no_award", 1));
    assert!(!said.contains("no award is possible"), "{said}");
    // Where there is an award, nothing is in conflict.
    let said = summary(&tender("200"), &hasty, Language::English);
    assert!(!said.contains("cannot hold together"), "{said}");
}
