//! Volumes, regions and savings of small tenders, from bids to the last stage.
#![cfg(feature = "solver")]

#[path = "allocation/edges.rs"]
mod edges;
#[path = "allocation/small_tenders.rs"]
mod small_tenders;

use std::path::Path;

use jicai::allocate::{Allocation, Basis, LotAllocation, allocate};
use jicai::certify::{CertifiedAward, certify_award};
use jicai::compare::compare;
use jicai::diagnostics::Diagnostics;
use jicai::model::model;
use jicai::money::{Money, Quantity};
use jicai::read::{ReadOptions, read};
use jicai::rules::RuleSet;
use jicai::savings::{Baseline, BaselineSaving, Savings, save};
use jicai::screen::screen;
use jicai::solve::{Exact, solve};
use jicai::tender::{Role, SupplierId, Tender};
use jicai::validate::validate;
use small_tenders::{bid, demand, lot, pick, small, stents, tablets, tender};

fn certified(tender: Tender) -> CertifiedAward {
    let rules = RuleSet::built_in(&tender.notice.rules, None, &tender.notice.overrides).unwrap();
    let screened = screen(compare(tender, rules).unwrap(), &mut Diagnostics::new()).unwrap();
    let award_model = model(&screened).unwrap();
    let candidate = solve(&award_model, &Exact::default()).unwrap();
    certify_award(screened, &award_model, &candidate).unwrap()
}

fn evaluated(tender: Tender) -> (CertifiedAward, Allocation, Savings) {
    let award = certified(tender);
    let allocation = allocate(&award, &mut Diagnostics::new()).unwrap();
    let savings = save(&award, &allocation).unwrap();
    (award, allocation, savings)
}

fn supplier_of(award: &CertifiedAward, bid: usize) -> String {
    let (lot, _) = award.lots().next().unwrap();
    lot.comparable.lot.bids[bid].supplier_id.to_string()
}

/// `supplier volume value` of each winner.
fn winners(award: &CertifiedAward, lot: &LotAllocation) -> Vec<String> {
    let told = lot.winners.iter().map(|winner| {
        format!("{} {} {}", supplier_of(award, winner.bid), winner.agreed_volume, winner.value)
    });
    told.collect()
}

/// `region supplier role volume` of each row.
fn regions(award: &CertifiedAward, lot: &LotAllocation) -> Vec<String> {
    let told = lot.regions.iter().map(|row| {
        format!("{} {} {} {}", row.region, supplier_of(award, row.bid), row.role.name(), row.agreed_volume)
    });
    told.collect()
}

/// `reference value, saving, cut, simple cut`, `-` for what is unknown.
fn figures(saving: &BaselineSaving) -> String {
    fn or_dash<T: ToString>(value: Option<T>) -> String {
        value.map_or("-".to_owned(), |value| value.to_string())
    }
    let (saved, cut, simple) = (or_dash(saving.saving), or_dash(saving.cut), or_dash(saving.simple_cut));
    format!("{} {saved} {cut} {simple}", saving.reference_value)
}

#[test]
fn a_drug_lot_is_drafted_and_its_savings_come_out_to_the_last_digit() {
    let (award, allocation, savings) = evaluated(tablets());
    let lot = &allocation.lots[0];
    assert_eq!((lot.basis, lot.agreed_volume.to_string()), (Basis::SimulatedDraft, "36000000".to_owned()));
    assert_eq!(
        winners(&award, lot),
        [
            "A 18400000 5520000.00",
            "B 6400000 2304000.00",
            "C 4800000 1968000.00",
            "D 4000000 2080000.00",
            "E 2400000 1344000.00"
        ]
    );
    assert_eq!(
        regions(&award, lot),
        [
            "P1 A main 9600000",
            "P2 A main 7200000",
            "P3 B main 6400000",
            "P4 C main 4800000",
            "P5 D main 4000000",
            "P6 E main 2400000",
            "P7 A main 1600000"
        ]
    );
    assert_eq!(lot.value.to_string(), "13216000.00");
    let range = lot.range.unwrap();
    assert_eq!(
        (range.least.to_string(), range.greatest.to_string()),
        ("12472000.00".into(), "15872000.00".into())
    );
    let by_baseline: Vec<String> = savings.lots[0].iter().map(figures).collect();
    assert_eq!(
        by_baseline,
        ["0.00 - - -", "39600000.00 26384000.00 0.6663 0.6091", "57600000.00 44384000.00 0.7706 0.7313"]
    );
    assert_eq!(savings.totals, savings.lots[0]);
    assert_eq!(savings.totals.iter().map(|one| one.baseline).collect::<Vec<_>>(), Baseline::ALL);
}

#[test]
fn a_sole_winner_serves_every_region_and_the_parts_add_up() {
    let (award, allocation, _) = evaluated(small(&[("A", "1.11")]));
    let lot = &allocation.lots[0];
    // Half of 1,001 is 500.5, rounded to 501; the regions have 200.2, 150.15, 100.1 and 50.55 before rounding.
    assert_eq!((lot.basis, lot.agreed_volume.to_string()), (Basis::SoleWinner, "501".to_owned()));
    assert_eq!(regions(&award, lot), ["P1 A main 200", "P2 A main 150", "P3 A main 100", "P4 A main 51"]);
    assert_eq!((lot.value.to_string().as_str(), lot.range), ("556.11", None));
}

#[test]
fn recorded_picks_are_used_with_their_backups() {
    let mut tender = small(&[("A", "1"), ("B", "1.1")]);
    tender.lots[0].picks = vec![
        pick("P1", "B", Role::Main),
        pick("P1", "A", Role::Backup(1)),
        pick("P2", "A", Role::Main),
        pick("P3", "A", Role::Main),
        pick("P4", "A", Role::Main),
    ];
    let (award, allocation, _) = evaluated(tender);
    let lot = &allocation.lots[0];
    assert_eq!(lot.basis, Basis::RecordedPicks);
    assert_eq!(
        regions(&award, lot),
        ["P1 B main 240", "P1 A backup-1 0", "P2 A main 180", "P3 A main 120", "P4 A main 61"]
    );
    assert_eq!(winners(&award, lot), ["A 361 361.00", "B 240 264.00"]);
    // The dearest draft: rank 2 takes the largest region.
    assert_eq!(lot.range.unwrap().greatest, lot.value);
}

#[test]
fn picks_with_faults_are_refused_all_at_once() {
    let mut tender = small(&[("A", "1"), ("B", "1.1"), ("C", "9")]);
    tender.lots[0].picks =
        vec![pick("P1", "A", Role::Main), pick("P2", "C", Role::Main), pick("P7", "B", Role::Main)];
    let problems = allocate(&certified(tender), &mut Diagnostics::new()).unwrap_err();
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code.id()).collect();
    assert_eq!(codes, ["E0524", "E0524", "E0333", "E0523"]);
}

#[test]
fn picks_of_another_award_are_set_aside_with_a_warning() {
    let mut tender = small(&[("A", "1"), ("B", "1.1"), ("C", "9")]);
    tender.lots[0].expected = Some(vec![SupplierId::new("A"), SupplierId::new("C")]);
    tender.lots[0].picks = ["P1", "P2", "P3"].map(|region| pick(region, "A", Role::Main)).into();
    tender.lots[0].picks.push(pick("P4", "C", Role::Main));
    let mut warnings = Diagnostics::new();
    let allocation = allocate(&certified(tender), &mut warnings).unwrap();
    assert_eq!(allocation.lots[0].basis, Basis::SimulatedDraft);
    assert_eq!(warnings.iter().map(|warning| warning.code.id()).collect::<Vec<_>>(), ["W0521"]);
}

#[test]
fn winners_in_no_order_wait_for_the_draw_unless_the_picks_are_known() {
    let (_, allocation, savings) = evaluated(small(&[("A", "1"), ("B", "1")]));
    let lot = &allocation.lots[0];
    assert_eq!((lot.basis, lot.winners.len(), lot.regions.len()), (Basis::Open, 0, 0));
    // At one price it does not matter who serves whom.
    let range = lot.range.unwrap();
    assert_eq!((range.least.to_string(), range.greatest.to_string()), ("601.00".into(), "601.00".into()));
    assert!(savings.lots[0].iter().all(|one| one.saving.is_none() && one.winners == 0));

    let mut tender = small(&[("A", "1"), ("B", "1")]);
    tender.lots[0].picks = ["P1", "P2", "P3"].map(|region| pick(region, "B", Role::Main)).into();
    tender.lots[0].picks.push(pick("P4", "A", Role::Main));
    let mut warnings = Diagnostics::new();
    let allocation = allocate(&certified(tender), &mut warnings).unwrap();
    assert_eq!(allocation.lots[0].basis, Basis::RecordedPicks);
    assert!(warnings.is_empty());
}

#[test]
fn stents_follow_the_brands_that_hospitals_asked_for() {
    let (award, allocation, savings) = evaluated(stents());
    let lot = &allocation.lots[0];
    assert_eq!((lot.basis, lot.agreed_volume.to_string()), (Basis::OwnBrand, "1000".to_owned()));
    let volumes: Vec<String> = lot.winners.iter().map(|winner| winner.agreed_volume.to_string()).collect();
    assert_eq!(volumes, ["160", "285", "260", "80", "120", "95", "0"]);
    assert_eq!(lot.value.to_string(), "603155.00");
    assert_eq!(
        regions(&award, lot),
        [
            "P1 S1 main 160",
            "P1 S2 main 285",
            "P1 S3 main 260",
            "P1 S6 main 95",
            "P2 S4 main 80",
            "P2 S5 main 120"
        ]
    );
    let against_reference = &savings.lots[0][1];
    assert!(figures(against_reference).starts_with("13000000.00 12396845.00 0.9536 "));
    assert_eq!((against_reference.winners_covered, against_reference.winners), (7, 7));
}

#[test]
fn the_cheapest_award_is_spread_over_the_regions() {
    let mut cheap = bid("A", "1");
    cheap.capacity = Some(Quantity::parse("60").unwrap());
    let lot_of_two =
        lot(vec![cheap, bid("B", "2")], vec![demand("P1", "50"), demand("P2", "30"), demand("P3", "20")]);
    let (award, allocation, _) = evaluated(tender("generic-optimised", "1", vec![lot_of_two]));
    let lot = &allocation.lots[0];
    assert_eq!((lot.basis, lot.value.to_string()), (Basis::LeastCost, "140.00".to_owned()));
    assert_eq!(winners(&award, lot), ["A 60 60.00", "B 40 80.00"]);
    assert_eq!(
        regions(&award, lot),
        ["P1 A main 30", "P1 B main 20", "P2 A main 18", "P2 B main 12", "P3 A main 12", "P3 B main 8"]
    );
}

/// An example tender of the project, given out, with the warnings of that stage.
fn shipped(name: &str) -> (CertifiedAward, Allocation, Diagnostics) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tenders").join(name);
    let (tender, _) = validate(&read(&folder, &ReadOptions::default()).unwrap()).unwrap();
    let award = certified(tender);
    let mut warnings = Diagnostics::new();
    let allocation = allocate(&award, &mut warnings).unwrap();
    (award, allocation, warnings)
}

/// The parts of every lot add up to the whole, over winners and over regions, to the last digit.
fn assert_adds_up(allocation: &Allocation) {
    for lot in &allocation.lots {
        let winners = Quantity::total(lot.winners.iter().map(|winner| winner.agreed_volume)).unwrap();
        let regions = Quantity::total(lot.regions.iter().map(|row| row.agreed_volume)).unwrap();
        assert_eq!((winners, regions), (lot.agreed_volume, lot.agreed_volume));
        assert_eq!(Money::total(lot.winners.iter().map(|winner| winner.value)).unwrap(), lot.value);
        assert_eq!(Money::total(lot.regions.iter().map(|row| row.value)).unwrap(), lot.value);
    }
}

#[test]
fn the_published_regions_of_the_expansion_are_used_and_lie_within_the_range_of_its_drafts() {
    let (award, allocation, warnings) = shipped("cn-drug-expansion-2019");
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_adds_up(&allocation);
    assert_eq!(allocation.lots.len(), 25);
    for ((screened, _), lot) in award.lots().zip(&allocation.lots) {
        let picks = screened.comparable.lot.picks.iter();
        let published: Vec<_> = picks.map(|pick| (&pick.region, &pick.supplier_id)).collect();
        let bids = &screened.comparable.lot.bids;
        let given: Vec<_> = lot.regions.iter().map(|row| (&row.region, &bids[row.bid].supplier_id)).collect();
        assert_eq!(given, published, "{}", screened.comparable.lot.id);
        match lot.range {
            Some(range) => assert!(range.least <= lot.value && lot.value <= range.greatest),
            None => assert_eq!(lot.basis, Basis::SoleWinner),
        }
    }
}

#[test]
fn the_stents_are_given_out_by_brand_without_loss() {
    let (award, allocation, _) = shipped("cn-stents-2020");
    assert_adds_up(&allocation);
    for ((screened, _), lot) in award.lots().zip(&allocation.lots) {
        assert_eq!((lot.basis, lot.agreed_volume), (Basis::OwnBrand, screened.comparable.base_volume));
    }
}

#[test]
fn nothing_is_given_out_while_a_draw_decides_who_wins() {
    // Three bidders, two places, and the second is tied.
    let mut tender = small(&[("A", "1"), ("B", "2"), ("C", "2")]);
    tender.lots[0].picks = ["P1", "P2", "P3", "P4"].map(|region| pick(region, "B", Role::Main)).into();
    let mut warnings = Diagnostics::new();
    let allocation = allocate(&certified(tender), &mut warnings).unwrap();
    let lot = &allocation.lots[0];
    assert_eq!((lot.basis, lot.range), (Basis::Open, None));
    assert!(lot.agreed_volume.is_zero() && lot.winners.is_empty() && lot.regions.is_empty());
    assert!(warnings.is_empty());
}

#[test]
fn picks_under_rules_without_a_draft_are_left_out_with_a_warning() {
    let mut tender = stents();
    tender.lots[0].picks = vec![pick("P1", "S1", Role::Main)];
    let mut warnings = Diagnostics::new();
    let allocation = allocate(&certified(tender), &mut warnings).unwrap();
    assert_eq!(allocation.lots[0].basis, Basis::OwnBrand);
    assert_eq!(warnings.iter().map(|warning| warning.code.id()).collect::<Vec<_>>(), ["W0523"]);
}

#[test]
fn a_picked_region_without_demand_is_named_with_the_nearest_that_has_some() {
    let near = |region: &str| {
        let mut tender = small(&[("A", "1")]);
        tender.lots[0].demand.push(demand("Guangdong", "5"));
        let regions = ["P1", "P2", "P3", "P4", "Guangdong", region];
        tender.lots[0].picks = regions.map(|region| pick(region, "A", Role::Main)).to_vec();
        let found = allocate(&certified(tender), &mut Diagnostics::new()).unwrap_err();
        let error = found.iter().find(|error| error.code.id() == "E0333").unwrap();
        error.args.iter().find(|(name, _)| *name == "near").map(|(_, near)| near.clone())
    };
    assert_eq!(near("Guangdon"), Some("Guangdong".to_owned()));
    assert_eq!(near("Xizang Zizhiqu"), None);
}

/// The draft gives A three regions, and two and one to the others, in an order that a draw would say.
#[test]
fn winners_in_no_order_may_have_picked_in_either() {
    let warned = |mains: [&str; 6]| {
        let mut tender = small(&[("A", "1"), ("B", "1.5"), ("C", "1.5"), ("D", "9")]);
        tender.lots[0].demand.extend([demand("P5", "90"), demand("P6", "80")]);
        let regions = ["P1", "P2", "P3", "P4", "P5", "P6"].into_iter().zip(mains);
        tender.lots[0].picks = regions.map(|(region, supplier)| pick(region, supplier, Role::Main)).collect();
        let mut warnings = Diagnostics::new();
        let allocation = allocate(&certified(tender), &mut warnings).unwrap();
        assert_eq!(allocation.lots[0].basis, Basis::RecordedPicks);
        warnings.iter().map(|warning| warning.code.id()).collect::<Vec<_>>()
    };
    assert!(warned(["A", "B", "C", "A", "B", "A"]).is_empty());
    assert!(warned(["A", "B", "C", "A", "C", "A"]).is_empty());
    assert_eq!(warned(["A", "B", "C", "A", "B", "C"]), ["W0522"]);
    assert_eq!(warned(["B", "B", "C", "A", "B", "A"]), ["W0522"]);
}
