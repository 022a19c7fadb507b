//! What somebody meets who knows the documentation only: folders written by hand from `docs/format.md`, their awards
//! worked out by hand, and the places of what is said of them.

use std::collections::BTreeMap;
use std::fs;

use jicai::certify::BidStatus;
use jicai::diagnostics::Diagnostics;
use jicai::read::ReadOptions;
use jicai::{Evaluation, evaluate};
use tempfile::TempDir;

const NOTICE: &str = r#"[tender]
id        = "stranger"
title     = "Written by hand"
kind      = "drug"
announced = 2021-02-01
currency  = "CNY"
rules     = "cn-drug-round-4"
"#;

/// A folder of one lot with two regions, as it stands in the files given.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let plain = [
        ("tender.toml", NOTICE),
        ("lots.csv", "lot_id\nA\n"),
        ("bids.csv", "lot_id,supplier_id,price\nA,S1,1\n"),
        ("demand.csv", "lot_id,region,volume\nA,P1,10\nA,P2,5\n"),
    ];
    for (name, text) in plain.iter().chain(files) {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn evaluated(files: &[(&str, &str)]) -> Result<Evaluation, Diagnostics> {
    evaluate(folder(files).path(), &ReadOptions::default())
}

fn listed(found: &Diagnostics) -> Vec<String> {
    let place = |place: &jicai::diagnostics::Place| format!("{}:{}:{}", place.file, place.line, place.column);
    found
        .iter()
        .map(|one| format!("{} {}", one.code.id(), one.place.as_ref().map_or_else(|| "-".to_owned(), place)))
        .collect()
}

fn faults(files: &[(&str, &str)]) -> Vec<String> {
    listed(&evaluated(files).unwrap_err())
}

/// The winners of every lot, cheapest first; of the same rank, by id.
fn winners(evaluation: &Evaluation) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (screened, award) in evaluation.award.lots() {
        let lot = &screened.comparable.lot;
        let won = award.winners.iter().map(|winner| lot.bids[winner.bid].supplier_id.as_str());
        let waiting = award.statuses.contains(&BidStatus::Tied);
        let mut won: Vec<&str> = won.collect();
        won.extend(waiting.then_some("?"));
        all.insert(lot.id.to_string(), won.join(" "));
    }
    all
}

#[test]
fn what_a_rule_set_refuses_stands_where_the_tender_says_it() {
    let unknown = NOTICE.replace("cn-drug-round-4", "cn-drug-round-13");
    assert_eq!(faults(&[("tender.toml", &unknown)]), ["E0402 tender.toml:7:13"]);
    let overrides = "\n[parameters]\nplaces = \"3\"\nmin_cut_from_ceiling = \"60%\"\ntie_break = \"price\"\n";
    assert_eq!(
        faults(&[("tender.toml", &format!("{NOTICE}{overrides}"))]),
        ["E0434 tender.toml:10:1", "E0410 tender.toml:11:24", "E0409 tender.toml:12:13"]
    );
    let early = NOTICE.replace("2021-02-01", "2019-02-01");
    let evaluation = evaluated(&[("tender.toml", &early)]).unwrap();
    assert_eq!(listed(&evaluation.warnings), ["W0511 tender.toml:5:13"]);
}

#[test]
fn a_rule_file_that_is_no_file_is_refused_before_it_is_opened() {
    let notice = NOTICE.replace("cn-drug-round-4", "own.toml");
    let folder = folder(&[("tender.toml", &notice)]);
    fs::create_dir(folder.path().join("own.toml")).unwrap();
    let refused = || listed(&evaluate(folder.path(), &ReadOptions::default()).unwrap_err());
    assert_eq!(refused(), ["E0008 own.toml:1:1"]);
    // A pipe that nobody writes to would be read for ever.
    #[cfg(unix)]
    {
        fs::remove_dir(folder.path().join("own.toml")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.path().join("own.toml")).status();
        if made.is_ok_and(|status| status.success()) {
            assert_eq!(refused(), ["E0008 own.toml:1:1"]);
        }
    }
}

#[test]
fn regions_that_reported_zero_take_turns_as_they_did_in_the_published_rounds() {
    let bids = "lot_id,supplier_id,price\nA,S1,1\nA,S2,1.1\n";
    let demand = "lot_id,region,volume\nA,P1,10\nA,P2,0\nA,P3,5\nA,P4,0\nA,P5,0\n";
    let picks =
        |last: &str| format!("lot_id,region,supplier_id\nA,P1,S1\nA,P2,S2\nA,P3,S1\nA,P4,S1\nA,P5,{last}\n");
    let warnings = |picks: &str| {
        let files = [("bids.csv", bids), ("demand.csv", demand), ("picks.csv", picks)];
        listed(&evaluated(&files).unwrap().warnings)
    };
    // Five regions, one priority pick: three and two. Only two of them have volume, and both are the first's.
    assert!(warnings(&picks("S2")).is_empty());
    assert_eq!(warnings(&picks("S1")), ["W0522 picks.csv:2:1"]);
    // The largest first gives both volumes to the first winner; the dearest draft leaves both volumes to the second winner: 60 % of 15 at 1.1.
    let simulated = evaluated(&[("bids.csv", bids), ("demand.csv", demand)]).unwrap();
    let lot = &simulated.allocation.lots[0];
    let range = lot.range.unwrap();
    assert_eq!((range.least.to_string(), range.greatest.to_string()), ("9.00".to_owned(), "9.90".to_owned()));
    assert_eq!((lot.value.to_string(), lot.regions.len()), ("9.00".to_owned(), 5));
}

#[test]
fn boundaries_of_the_fourth_round_fall_as_worked_out_by_hand() {
    let lots = "lot_id,ceiling_price\nc1,2\nc2,2\nm1,\nm2,\nm3,\nm4,\np1,\np2,\nk,\nn,0.2\nv,\nt,\n";
    let bids = [
        // A cut of 49.995 % is one of 50.00 %; 49.99 % is not.
        "c1,A,0.15",
        "c1,B,1.0001",
        "c2,A,0.15",
        "c2,B,1.0002",
        // 1.8 x 0.3333 = 0.59994, rounded 0.5999; 1.8 x 0.3337 = 0.60066, rounded 0.6007.
        "m1,A,0.3333",
        "m1,B,0.5999",
        "m2,A,0.3333",
        "m2,B,0.6000",
        "m3,A,0.3337",
        "m3,B,0.6007",
        "m4,A,0.3337",
        "m4,B,0.6008",
        // 0.1000 is low enough whatever the lowest is.
        "p1,A,0.01",
        "p1,B,0.1000",
        "p2,A,0.01",
        "p2,B,0.1001",
        // 1.7^(log2 3) is 2.3187 to four digits, and 4.1737 divided by it 1.8000.
        "k,A,1",
        "k,B,4.1737,3",
        "k,C,9.9",
        // Everybody above the ceiling.
        "n,A,0.2001",
        "n,B,0.3",
        // The void bid counts, the withdrawn one does not: three bidders, two places.
        "v,A,0.30",
        "v,B,,,void",
        "v,C,0.40",
        "v,D,0.35,,withdrawn",
        // Two places for three equal bids.
        "t,A,0.30",
        "t,B,0.30",
        "t,C,0.30",
    ];
    let row = |row: &&str| format!("{row}{}\n", ",".repeat(4_usize.saturating_sub(row.matches(',').count())));
    let bids: String = bids.iter().map(row).collect();
    let bids = format!("lot_id,supplier_id,price,content_ratio,state\n{bids}");
    let ids = lots.lines().skip(1).filter_map(|line| line.split(',').next());
    let demand: String = ids.map(|lot| format!("{lot},P1,10\n")).collect();
    let demand = format!("lot_id,region,volume\n{demand}");
    let evaluation = evaluated(&[("lots.csv", lots), ("bids.csv", &bids), ("demand.csv", &demand)]).unwrap();
    let expected = [
        ("c1", "A B"),
        ("c2", "A"),
        ("k", "A B"),
        ("m1", "A B"),
        ("m2", "A"),
        ("m3", "A B"),
        ("m4", "A"),
        ("n", ""),
        ("p1", "A B"),
        ("p2", "A"),
        ("t", "?"),
        ("v", "A C"),
    ];
    let expected: BTreeMap<String, String> =
        expected.map(|(lot, won)| (lot.to_owned(), won.to_owned())).into();
    assert_eq!(winners(&evaluation), expected);
}

#[test]
fn what_no_rule_looks_at_is_said() {
    let codes = |rules: &str, until: &str| -> Vec<&str> {
        let notice = NOTICE.replace("cn-drug-round-4", rules);
        let bids = "lot_id,supplier_id,price,capacity\nA,S1,1,1\nA,S2,1.1,20\n";
        let suppliers = format!("supplier_id,sanctioned_until\nS1,{until}\nS2,\n");
        let files = [("tender.toml", &*notice), ("bids.csv", bids), ("suppliers.csv", &*suppliers)];
        let found = evaluated(&files).unwrap();
        found
            .warnings
            .iter()
            .map(|warning| warning.code.id())
            .filter(|id| *id == "W0517" || *id == "W0518")
            .collect()
    };
    // The tender is announced on 2021-02-01: a bar counts up to and including that day.
    assert_eq!(codes("cn-drug-round-4", "2021-02-01"), ["W0518", "W0517"]);
    assert_eq!(codes("cn-drug-round-4", "2021-01-31"), ["W0518"]);
    assert_eq!(codes("generic-optimised", "2021-02-01"), ["W0517"]);
}
