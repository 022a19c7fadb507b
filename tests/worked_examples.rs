//! Worked examples of drug rounds, to the last digit: each is a small tender whose README says what must come out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jicai::read::ReadOptions;
use jicai::savings::Baseline;
use jicai::screen::Route;
use jicai::tender::{Outcome, Role, Verdict};
use jicai::{Evaluation, evaluate};

/// The tender under `tests/tenders`, with some texts of its files replaced.
fn evaluated(tender: &str, changes: &[(&str, &str, &str)]) -> Evaluation {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tenders").join(tender);
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(from).unwrap() {
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

/// Supplier by place in the list of bids of the only lot.
fn supplier(evaluation: &Evaluation, bid: usize) -> String {
    let (lot, _) = evaluation.award.lots().next().unwrap();
    lot.comparable.lot.bids[bid].supplier_id.to_string()
}

fn status(evaluation: &Evaluation, supplier: &str) -> &'static str {
    let (lot, award) = evaluation.award.lots().next().unwrap();
    let at = lot.comparable.lot.bids.iter().position(|bid| bid.supplier_id.as_str() == supplier).unwrap();
    award.statuses[at].name()
}

fn won(evaluation: &Evaluation) -> String {
    let (_, award) = evaluation.award.lots().next().unwrap();
    award.winners.iter().map(|winner| supplier(evaluation, winner.bid)).collect()
}

/// Agreed volume and value of each winner.
fn volumes(evaluation: &Evaluation) -> BTreeMap<String, (String, String)> {
    let winners = evaluation.allocation.lots[0].winners.iter();
    winners
        .map(|winner| {
            let name = supplier(evaluation, winner.bid);
            (name, (winner.agreed_volume.to_string(), winner.value.to_string()))
        })
        .collect()
}

/// Who does what where: the regions of each supplier in a role.
fn regions(evaluation: &Evaluation, role: Role) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for row in evaluation.allocation.lots[0].regions.iter().filter(|row| row.role == role) {
        let served = found.entry(supplier(evaluation, row.bid)).or_default();
        served.push_str(row.region.as_str());
    }
    found
}

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn saving(evaluation: &Evaluation, baseline: Baseline) -> [String; 4] {
    let found = evaluation.savings.lots[0].iter().find(|saving| saving.baseline == baseline).unwrap();
    let cut = |cut: Option<jicai::money::Ratio>| cut.unwrap().percent();
    [
        found.reference_value.to_string(),
        found.saving.unwrap().to_string(),
        cut(found.cut),
        cut(found.simple_cut),
    ]
}

/// A number that a rule compared for a supplier's bid.
fn fact(evaluation: &Evaluation, supplier: &str, rule: &str, fact: &str) -> String {
    let (lot, _) = evaluation.award.lots().next().unwrap();
    let (_, _, screened) = lot.each_bid().find(|(bid, ..)| bid.supplier_id.as_str() == supplier).unwrap();
    let reason = screened.reasons.iter().find(|reason| reason.rule == rule).unwrap();
    reason.facts.iter().find(|known| known.name == fact).unwrap().value.clone()
}

fn verdict(evaluation: &Evaluation, supplier: &str, rule: &str) -> Option<Verdict> {
    let (lot, _) = evaluation.award.lots().next().unwrap();
    let (_, _, screened) = lot.each_bid().find(|(bid, ..)| bid.supplier_id.as_str() == supplier).unwrap();
    screened.reasons.iter().find(|reason| reason.rule == rule).map(|reason| reason.verdict)
}

#[test]
fn round_7_to_the_last_digit() {
    let found = evaluated("drug-9a-round-7", &[]);
    let (lot, award) = found.award.lots().next().unwrap();
    assert_eq!((award.outcome, lot.bidders, lot.places), (Outcome::Awarded, 7, Some(5)));
    assert_eq!(won(&found), "ABCDE");
    assert_eq!(award.agreed_share.unwrap().to_string(), "0.8");
    assert_eq!(award.term_years, Some(3));
    assert_eq!(fact(&found, "D", "comparable-price", "comparable_price"), "0.5200");
    assert_eq!(fact(&found, "E", "cut-from-ceiling-at-least", "cut"), "0.65");
    assert_eq!(fact(&found, "E", "highest-price-excluded", "spread"), "28/15");
    assert_eq!(verdict(&found, "E", "highest-price-excluded"), Some(Verdict::NotApplicable));
    let expected = [
        ("A", "18400000", "5520000.00"),
        ("B", "6400000", "2304000.00"),
        ("C", "4800000", "1968000.00"),
        ("D", "4000000", "2080000.00"),
        ("E", "2400000", "1344000.00"),
    ];
    let expected = expected.map(|(name, volume, value)| (name.into(), (volume.into(), value.into())));
    assert_eq!(volumes(&found), expected.into());
    assert_eq!(found.allocation.lots[0].value.to_string(), "13216000.00");
    let main = [("A", "P1P2P7"), ("B", "P3"), ("C", "P4"), ("D", "P5"), ("E", "P6")];
    assert_eq!(regions(&found, Role::Main), map(&main));
    let backups = [("A", "P3P6"), ("B", "P1P7"), ("C", "P2"), ("D", "P4"), ("E", "P5")];
    assert_eq!(regions(&found, Role::FirstBackup), map(&backups));
    assert_eq!(saving(&found, Baseline::Reference), ["39600000.00", "26384000.00", "66.63%", "60.91%"]);
    assert_eq!(saving(&found, Baseline::Ceiling)[3], "73.13%");
}

#[test]
fn round_7_at_rank_5_by_spread_excludes_the_highest() {
    for (rank, winners, e) in [("6", "ABCD", "lost"), ("5", "ABCD", "lost"), ("7", "ABCDE", "won")] {
        let found = evaluated("drug-9a-round-7", &[("lots.csv", ",23", &format!(",{rank}"))]);
        assert_eq!((won(&found).as_str(), status(&found, "E")), (winners, e), "rank {rank}");
    }
}

#[test]
fn the_same_bids_under_round_10() {
    let found = evaluated("drug-9a-round-7", &[("tender.toml", "cn-drug-round-7", "cn-drug-round-10")]);
    let (lot, award) = found.award.lots().next().unwrap();
    assert_eq!((award.outcome, lot.bidders, lot.places), (Outcome::Awarded, 7, Some(4)));
    assert_eq!(won(&found), "ABCD");
    assert_eq!(status(&found, "E"), "lost");
    assert_eq!(fact(&found, "D", "price-within-multiple-of-lowest", "limit"), "0.5400");
}

#[test]
fn round_11_with_both_revivals_to_the_last_digit() {
    let found = evaluated("drug-9b", &[]);
    let (lot, award) = found.award.lots().next().unwrap();
    assert_eq!((award.outcome, lot.bidders, lot.places), (Outcome::Awarded, 10, Some(6)));
    assert_eq!(won(&found), "ABCDEG");
    assert_eq!(fact(&found, "A", "anchor-of-mean", "mean_price"), "0.9250");
    assert_eq!(fact(&found, "C", "price-within-multiple-of-anchor", "anchor"), "0.4625");
    assert_eq!(fact(&found, "C", "price-within-multiple-of-anchor", "limit"), "0.8325");
    assert_eq!(fact(&found, "C", "revival-of-fused", "revival_price"), "0.8000");
    assert_eq!(verdict(&found, "A", "cost-statement-below-anchor"), Some(Verdict::NotApplicable));
    assert_eq!(verdict(&found, "B", "cost-statement-below-anchor"), Some(Verdict::Pass));
    assert_eq!(verdict(&found, "F", "revival-of-fused"), Some(Verdict::Fail));
    for (name, bar) in [("H", "demand"), ("I", "demand"), ("J", "demand")] {
        assert_eq!(fact(&found, name, "revival-of-unshortlisted", "bar"), bar);
        assert_eq!(fact(&found, name, "revival-of-unshortlisted", "mean_brand_demand"), "1820000");
    }
    let routes: Vec<Route> = award.winners.iter().map(|winner| lot.route(winner.bid)).collect();
    let price = jicai::money::UnitPrice::parse("0.8").unwrap();
    let revived = Route::Revived { price };
    let beyond = Route::RevivedWithoutPlace { price };
    assert_eq!(routes, [Route::Place, Route::Place, revived, revived, revived, beyond]);
    assert_eq!(award.agreed_share.unwrap().to_string(), "0.8");
    let expected = [
        ("A", "7440000", "1488000.00"),
        ("B", "3680000", "2944000.00"),
        ("C", "3520000", "2816000.00"),
        ("D", "2480000", "1984000.00"),
        ("E", "1840000", "1472000.00"),
        ("G", "3440000", "2752000.00"),
    ];
    let expected = expected.map(|(name, volume, value)| (name.into(), (volume.into(), value.into())));
    assert_eq!(volumes(&found), expected.into());
    assert_eq!(found.allocation.lots[0].agreed_volume.to_string(), "22400000");
    assert_eq!(found.allocation.lots[0].value.to_string(), "13456000.00");
    let main = [("A", "P1P2"), ("B", "P3"), ("C", "P4"), ("D", "P5"), ("E", "P6")];
    assert_eq!(regions(&found, Role::Main), map(&main));
    assert_eq!(regions(&found, Role::OwnBrand)["G"], "P1P2P3P4P5P6");
    assert!(!regions(&found, Role::FirstBackup).contains_key("G"));
    let saved = saving(&found, Baseline::Reference);
    assert_eq!(saved[..3], ["33600000.00", "20144000.00", "59.95%"]);
}

#[test]
fn an_answer_that_is_missing_leaves_the_lot_open_and_is_never_assumed() {
    let found = evaluated("drug-9b", &[("bids.csv", "L1,D,1.0000,true", "L1,D,1.0000,")]);
    let (_, award) = found.award.lots().next().unwrap();
    assert_eq!(award.outcome, Outcome::AnswerRequired);
    assert_eq!((won(&found).as_str(), award.agreed_share), ("ABCE", None));
    assert_eq!([status(&found, "D"), status(&found, "F"), status(&found, "G")], ["open", "lost", "open"]);
    assert!(found.allocation.lots[0].winners.is_empty());
}

#[test]
fn one_alone_unfused_is_revived_to_by_a_multiple_of_the_anchor_or_of_its_price() {
    // B bids more than the limit, so A alone passes: 1.8 × anchor.
    let one = [("bids.csv", "L1,B,0.8000,", "L1,B,0.8600,true")];
    let found = evaluated("drug-9b", &one);
    assert_eq!(fact(&found, "C", "anchor-of-mean", "mean_price"), "0.9350");
    assert_eq!(fact(&found, "C", "revival-of-fused", "revival_price"), "0.8415");
    assert_eq!(won(&found), "ABCDEG");
    // Under round 10 A alone passes too: 1.8 × 0.2000; nobody beyond the places is asked.
    let round_10 = [one[0], ("tender.toml", "cn-drug-round-11", "cn-drug-round-10")];
    let found = evaluated("drug-9b", &round_10);
    assert_eq!(fact(&found, "C", "revival-of-fused", "revival_price"), "0.3600");
    assert_eq!(won(&found), "ABCDE");
    assert_eq!(volumes(&found)["E"].1, "576000.00");
}

#[test]
fn the_level_of_the_winners_is_a_setting() {
    for (level, price) in [("highest", "0.8000"), ("mean", "0.6800"), ("lowest", "0.2000")] {
        let parameters = format!("\n\n[parameters]\nrevival_level = \"{level}\"");
        let source = "\"illustrative: a worked example computed by hand\"";
        let found = evaluated("drug-9b", &[("tender.toml", source, &format!("{source}{parameters}"))]);
        assert_eq!(fact(&found, "G", "revival-of-unshortlisted", "revival_price"), price, "{level}");
    }
}
