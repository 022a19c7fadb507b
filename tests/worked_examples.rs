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
    assert_eq!(regions(&found, Role::Backup(1)), map(&backups));
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
    assert!(!regions(&found, Role::Backup(1)).contains_key("G"));
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

/// Agreed volumes by supplier, blank for who gets none.
fn agreed(evaluation: &Evaluation) -> BTreeMap<String, String> {
    volumes(evaluation).into_iter().map(|(name, (volume, _))| (name, volume)).collect()
}

#[test]
fn joints_in_two_units_to_the_last_digit() {
    let found = evaluated("joints-9e", &[]);
    let (lot, award) = found.award.lots().next().unwrap();
    assert_eq!((award.outcome, lot.bidders, lot.places), (Outcome::Awarded, 7, Some(5)));
    assert_eq!(won(&found), "J1J2J3K1K2");
    assert_eq!(fact(&found, "J4", "units-by-demand", "bidding_unit"), "A");
    assert_eq!(fact(&found, "J4", "units-by-demand", "share_before"), "0.7895");
    assert_eq!(fact(&found, "K2", "units-by-demand", "bidding_unit"), "B");
    assert_eq!(fact(&found, "K2", "price-at-most-first-unit", "limit"), "7100.0000");
    assert_eq!(verdict(&found, "J4", "guaranteed-at-cut"), Some(Verdict::Fail));
    let expected = [
        ("J1", "3265", "20243000.00"),
        ("J2", "2585", "17578000.00"),
        ("J3", "1959", "13908900.00"),
        ("K1", "327", "1929300.00"),
        ("K2", "414", "2898000.00"),
    ];
    let expected = expected.map(|(name, volume, value)| (name.into(), (volume.into(), value.into())));
    assert_eq!(volumes(&found), expected.into());
    assert_eq!(found.allocation.lots[0].agreed_volume.to_string(), "8550");
    assert_eq!(found.allocation.lots[0].value.to_string(), "56557200.00");
    assert_eq!(saving(&found, Baseline::Reference)[..3], ["299250000.00", "242692800.00", "81.10%"]);
}

#[test]
fn insulin_in_classes_to_the_last_digit() {
    let found = evaluated("insulin-9d", &[]);
    assert_eq!(won(&found), "I1I2I3I4");
    assert_eq!(fact(&found, "I3", "price-within-multiple-of-lowest", "limit"), "63.3230");
    assert_eq!(fact(&found, "I5", "guaranteed-at-cut", "cut"), "0.3561");
    for (name, class) in [("I1", "A1"), ("I2", "A"), ("I3", "B"), ("I4", "C")] {
        assert_eq!(fact(&found, name, "class-by-rank", "price_class"), class);
    }
    let shown = |text: &str| {
        let two = jicai::money::Rounding::half_up(2);
        jicai::money::Money::parse(text).unwrap().scaled(thousandth()).unwrap().rounded(two).unwrap()
    };
    let rows: Vec<(String, String)> = volumes(&found)
        .values()
        .map(|(volume, value)| (shown(volume).to_string(), shown(value).to_string()))
        .collect();
    let expected =
        [("393.33", "19159.27"), ("166.67", "10333.33"), ("320.00", "22080.00"), ("100.00", "7900.00")];
    assert_eq!(rows, expected.map(|(volume, value)| (volume.to_owned(), value.to_owned())));
    let lot = &found.allocation.lots[0];
    assert_eq!(lot.agreed_volume.to_string(), "980000");
    assert_eq!(shown(&lot.value.to_string()).to_string(), "59472.60");
    let [reference, saved, cut, _] = saving(&found, Baseline::Reference);
    let money = [shown(&reference).to_string(), shown(&saved).to_string()];
    assert_eq!((money, cut.as_str()), (["155624.00".to_owned(), "96151.40".to_owned()], "61.78%"));
}

fn thousandth() -> jicai::money::Ratio {
    jicai::money::Ratio::parse("0.001").unwrap()
}

/// Variants of the joints with other numbers, against a computation in plain fractions of whole numbers.
#[test]
fn joints_with_other_numbers() {
    // J4 at 40 % of the ceiling wins by the guarantee and keeps half; the dearest of unit A is now 8,000.
    let found =
        evaluated("joints-9e", &[("bids.csv", "J4,9800", "J4,8000"), ("bids.csv", "K3,9900", "K3,7500")]);
    assert_eq!(won(&found), "J1J2J3J4K1K2K3");
    let own =
        [("J1", 3000, 100, true), ("J2", 2500, 95, true), ("J3", 2000, 90, true), ("J4", 1000, 50, false)];
    let of_b = [("K1", 300, 100, true), ("K2", 400, 95, true), ("K3", 300, 50, false)];
    let all: Vec<_> = own.into_iter().chain(of_b).collect();
    assert_eq!(agreed(&found), by_hand(&all, 9500));
    // One yuan above the guarantee it loses, and so does K3 above 7,100.
    let found =
        evaluated("joints-9e", &[("bids.csv", "J4,9800", "J4,8001"), ("bids.csv", "K3,9900", "K3,7500")]);
    assert_eq!(won(&found), "J1J2J3K1K2");
    // Other demands and another order in unit A.
    let changed = [
        ("bids.csv", "J1,6200", "J1,6900"),
        ("demand.csv", "P1,J2,2500", "P1,J2,2617"),
        ("demand.csv", "P2,K3,300", "P2,K3,311"),
    ];
    let found = evaluated("joints-9e", &changed);
    assert_eq!(won(&found), "J2J1J3K1K2");
    let own = [("J2", 2617, 100, true), ("J1", 3000, 95, true), ("J3", 2000, 90, true)];
    let of_b = [("K1", 300, 100, true), ("K2", 400, 95, true)];
    let all: Vec<_> = own.into_iter().chain(of_b).collect();
    assert_eq!(agreed(&found), by_hand(&all, 9628));
}

/// Nine tenths of each winner's demand times its percentage, and the rest of nine tenths of `all` in proportion to that over
/// those that receive; whole by the largest remainder. Everything in thousandths, then in fractions over their sum.
fn by_hand(winners: &[(&str, i128, i128, bool)], all: i128) -> BTreeMap<String, String> {
    let kept: Vec<i128> = winners.iter().map(|(_, own, share, _)| own * share * 9).collect();
    let total = all * 900;
    let pool = total - kept.iter().sum::<i128>();
    let weight: i128 = winners.iter().zip(&kept).filter(|(winner, _)| winner.3).map(|(_, kept)| kept).sum();
    let exact: Vec<i128> = winners
        .iter()
        .zip(&kept)
        .map(|(winner, kept)| kept * weight + if winner.3 { pool * kept } else { 0 })
        .collect();
    // Exact parts over weight × 1000; the whole is rounded half up.
    let one = weight * 1000;
    let whole = (total * 2 + 1000) / 2000;
    let mut parts: Vec<i128> = exact.iter().map(|part| part * whole * 1000 / total / one).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| (-(exact[*at] * whole * 1000 / total % one), *at));
    let left = usize::try_from(whole - parts.iter().sum::<i128>()).unwrap();
    order[..left].iter().for_each(|at| parts[*at] += 1);
    winners.iter().zip(parts).map(|(winner, part)| (winner.0.to_owned(), part.to_string())).collect()
}

/// Variants of the insulin with other numbers, against a computation by hand.
#[test]
fn insulin_with_other_numbers() {
    // I4 at the line of 79.20 still wins; a step more loses, and then three winners make A1, B, C.
    let found = evaluated("insulin-9d", &[("bids.csv", "I4,79.00", "I4,79.20")]);
    assert_eq!(won(&found), "I1I2I3I4");
    let found = evaluated("insulin-9d", &[("bids.csv", "I4,79.00", "I4,79.21")]);
    assert_eq!(won(&found), "I1I2I3");
    // Class A is A1 alone: kept 200, 100 × 80 %, 400 × 50 %; 30 % of I3's go to A1; the pool is 20 + 80 + 80 % of 300.
    let expected = [("I1", 200 + 120 + 20 + 80 + 240), ("I2", 80), ("I3", 200)];
    let expected = expected.map(|(name, volume)| (name.to_owned(), (volume * 1000).to_string()));
    assert_eq!(agreed(&found), expected.into());
    // Other demands: I1 250, I2 50; the pool of 200 is shared 250 to 50, by exact sixths.
    let changed = [("demand.csv", "P1,I1,120", "P1,I1,170"), ("demand.csv", "P1,I2,100", "P1,I2,50")];
    let found = evaluated("insulin-9d", &changed);
    let expected = [("I1", "476666.6667"), ("I2", "83333.3333"), ("I3", "320000"), ("I4", "100000")];
    assert_eq!(agreed(&found), map(&expected));
    // Classes by other tables, in the tender's own words.
    let parameters = "\"illustrative: a worked example computed by hand\"\n\n[parameters]\nunselected_share = \"0.5\"\nto_a1_by_class = \"0, 0, 0.1, 0.3\"";
    let found = evaluated(
        "insulin-9d",
        &[("tender.toml", "\"illustrative: a worked example computed by hand\"", parameters)],
    );
    // I3 gives 40 to A1 and 40 to the pool, I4 60 and 40, I5 50: the pool is 130, shared 200 to 100.
    let expected = [("I1", "386666.6667"), ("I2", "143333.3333"), ("I3", "320000"), ("I4", "100000")];
    assert_eq!(agreed(&found), map(&expected));
}
