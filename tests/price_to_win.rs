//! The price to win of random tenders, held against the whole program: evaluated anew with the price just below, at and just
//! above it, and at every price there is on small grids.

#[path = "common/at_other_prices.rs"]
mod at_other_prices;

use std::fs;
use std::path::Path;

use at_other_prices::{at, awarded};
use jicai::read::{ReadOptions, read};
use jicai::rules::RuleSet;
use jicai::tender::{BidState, Tender};
use jicai::validate::validate;
use proptest::prelude::*;

const ROUNDS: [&str; 9] = [
    "cn-drug-4plus7-2018",
    "cn-drug-expansion-2019",
    "cn-drug-round-2",
    "cn-drug-round-7",
    "cn-drug-round-9",
    "cn-drug-round-10",
    "cn-drug-round-11",
    "cn-drug-round-12",
    "cn-stents-2020",
];

/// Rule sets under which every price that is tried is evaluated anew.
const ANEW: [&str; 6] = [
    "cn-insulin-2024",
    "cn-joints-2021",
    "cn-spine-2022",
    "generic-match-the-lowest",
    "generic-cheapest-first-by-capacity",
    "generic-za-80-20",
];

#[derive(Debug, Clone)]
struct RandomBid {
    price: u32,
    accepts: u8,
    own_ceiling: bool,
    controller: u8,
    volume: Option<u32>,
    pack: bool,
    state: u8,
}

#[derive(Debug, Clone)]
struct RandomLot {
    bids: Vec<RandomBid>,
    spread_rank: Option<u32>,
}

fn bid() -> impl Strategy<Value = RandomBid> {
    // Few prices, so that ties are common.
    let price = prop_oneof![6_u32..14, 6_u32..60, Just(3)];
    let more = (prop::bool::weighted(0.15), 0_u8..20);
    (price, 0_u8..3, prop::bool::weighted(0.1), 0_u8..9, prop::option::of(0_u32..90), more).prop_map(
        |(price, accepts, own_ceiling, controller, volume, (pack, state))| RandomBid {
            price,
            accepts,
            own_ceiling,
            controller,
            volume,
            pack,
            state,
        },
    )
}

fn lot() -> impl Strategy<Value = RandomLot> {
    (prop::collection::vec(bid(), 1..12), prop::option::weighted(0.3, 1_u32..9))
        .prop_map(|(bids, spread_rank)| RandomLot { bids, spread_rank })
}

/// Writes the tender with prices in steps of 0.0001: one step for each unit of the random prices, or `scale` of them.
fn tender(rules: &str, lots: &[RandomLot], scale: u32, ceiling: bool) -> Tender {
    let folder = tempfile::tempdir().unwrap();
    let notice = format!(
        "[tender]\nid = \"random\"\ntitle = \"Random\"\nkind = \"drug\"\nannounced = 2026-08-01\ncurrency = \"CNY\"\n\
         rules = \"{rules}\"\nsource = \"illustrative: random\"\n"
    );
    let folder = folder.path();
    fs::write(folder.join("tender.toml"), notice).unwrap();
    let (mut lot_rows, mut bid_rows, mut demand, mut suppliers) = (vec![], vec![], vec![], vec![]);
    let price = |units: u32| format!("{}.{:04}", units * scale / 10_000, units * scale % 10_000);
    for (l, lot) in lots.iter().enumerate() {
        let rank = lot.spread_rank.map_or(String::new(), |rank| rank.to_string());
        let top = if ceiling { price(55) } else { String::new() };
        lot_rows.push(format!("L{l},Lot {l},{top},{rank}"));
        demand.push(format!("L{l},P1,,50"));
        demand.push(format!("L{l},P2,,33"));
        for (b, bid) in lot.bids.iter().enumerate() {
            let name = format!("S{l}x{b}");
            let accepts = ["", "true", "false"][usize::from(bid.accepts)];
            let own = if bid.own_ceiling { price(40) } else { String::new() };
            let pack = if bid.pack { "1.5" } else { "1" };
            let state = ["withdrawn", "disqualified", "valid"][usize::from(bid.state.min(2))];
            bid_rows.push(format!("L{l},{name},{},{accepts},{own},{pack},{state}", price(bid.price)));
            let owner = if bid.controller < 2 { format!("C{l}x{}", bid.controller) } else { String::new() };
            suppliers.push(format!("{name},{owner}"));
            demand.extend(bid.volume.map(|volume| format!("L{l},P{},{name},{volume}", b % 3 + 1)));
        }
    }
    for (name, header, rows) in [
        ("lots.csv", "lot_id,name,ceiling_price,spread_rank", lot_rows),
        ("bids.csv", "lot_id,supplier_id,price,accepts_revival,ceiling_price,pack_count,state", bid_rows),
        ("demand.csv", "lot_id,region,supplier_id,volume", demand),
        ("suppliers.csv", "supplier_id,controller", suppliers),
    ] {
        fs::write(folder.join(name), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    }
    read_tender(folder)
}

fn read_tender(folder: &Path) -> Tender {
    validate(&read(folder, &ReadOptions::default()).unwrap()).unwrap().0
}

/// Holds every price to win of a tender against evaluations at other prices.
fn hold(tender: &Tender, rules: &RuleSet, exhaustive: bool) -> Result<usize, TestCaseError> {
    let Some(award) = awarded(tender, rules, true) else { return Ok(0) };
    let mut held = 0;
    for (l, lot) in tender.lots.iter().enumerate() {
        for (b, bid) in lot.bids.iter().enumerate() {
            let found = award.prices_to_win(l)[b];
            let name = format!("{} {} of {}: {found:?}", rules.id, bid.id, bid.price.unwrap_or_default());
            if bid.state != BidState::Valid {
                prop_assert!(found.price.is_none() && found.note.is_some(), "{}", name);
                continue;
            }
            let outcome = |steps: i128| at(tender, rules, (l, b), steps, found.step_digits);
            let note = found.note.map(|note| note.name());
            prop_assert_ne!(note, Some("not_found"), "{}", name);
            if note == Some("unlimited") {
                prop_assert_eq!(outcome(9_000_000), Some(true), "{}", name);
                continue;
            }
            let steps = found.price.map_or(0, |price| price.in_steps(found.step_digits).unwrap());
            let may = found.may_win.map(|price| price.in_steps(found.step_digits).unwrap());
            let above = if exhaustive { 70 } else { 2 };
            for price in steps.saturating_sub(1).max(1)..=steps + above {
                let seen = outcome(price);
                let wanted = price == steps || price + 1 == steps;
                if price == steps {
                    prop_assert_eq!(seen, Some(true), "{} at {}", name, price);
                }
                if price > steps {
                    prop_assert!(seen != Some(true), "{} at {}", name, price);
                    // Above it, a draw or an answer decides up to the price that is stated, and not beyond.
                    prop_assert!(seen.is_some() || may >= Some(price), "{} may win at {}", name, price);
                }
                held += usize::from(wanted);
            }
            if let Some(may) = may {
                prop_assert!(may > steps, "{}", name);
                prop_assert_eq!(outcome(may), None, "{} at {}", name, may);
            }
        }
    }
    Ok(held)
}

fn built_in(id: &str, tender: &Tender) -> RuleSet {
    let mut overrides = tender.notice.overrides.clone();
    if ["cn-drug-round-7", "cn-drug-round-9"].contains(&id) {
        overrides.insert("ranked_lots".to_owned(), "9".to_owned());
    }
    RuleSet::built_in(id, Some(tender.notice.announced), &overrides).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_a_small_grid_no_higher_price_wins(lots in prop::collection::vec(lot(), 1..3)) {
        for id in ROUNDS {
            let tender = tender(id, &lots, 1, true);
            hold(&tender, &built_in(id, &tender), true)?;
        }
    }

    #[test]
    fn evaluated_anew_no_higher_price_of_a_small_grid_wins(lots in prop::collection::vec(lot(), 1..2)) {
        for id in ANEW {
            let tender = tender(id, &lots, 1, true);
            hold(&tender, &built_in(id, &tender), true)?;
        }
    }

    #[test]
    fn just_below_at_and_just_above_as_evaluated_anew(
        lots in prop::collection::vec(lot(), 1..4),
        ceiling in prop::bool::weighted(0.8),
    ) {
        for id in ROUNDS {
            let tender = tender(id, &lots, 97, ceiling);
            hold(&tender, &built_in(id, &tender), false)?;
        }
    }
}

/// A lot under least cost: capacities, fixed costs, least quantities, and limits on winners and shares.
fn least_cost(bids: &[(u32, u32, u32, u32)], most: u32, share: u32) -> Tender {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put(
        "tender.toml",
        &format!(
            "[tender]\nid = \"random\"\ntitle = \"Random\"\nkind = \"drug\"\nannounced = 2026-08-01\ncurrency = \"CNY\"\n\
             rules = \"generic-optimised\"\nsource = \"illustrative: random\"\n[parameters]\n\
             max_suppliers = \"{most}\"\nmax_share = \"0.{share}\"\n"
        ),
    );
    let row = |(b, (price, capacity, fixed, least)): (usize, &(u32, u32, u32, u32))| {
        let least = least.min(capacity);
        format!("L,S{b},0.{:04},{capacity},{fixed}.25,{least}\n", price)
    };
    let rows: String = bids.iter().enumerate().map(row).collect();
    put("lots.csv", "lot_id,name,ceiling_price\nL,Lot,0.0070\n");
    put("bids.csv", &format!("lot_id,supplier_id,price,capacity,fixed_cost,min_quantity\n{rows}"));
    put("demand.csv", "lot_id,region,volume\nL,R1,60\nL,R2,40\n");
    read_tender(folder.path())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn under_least_cost_every_price_of_the_grid_is_as_stated(
        bids in prop::collection::vec((1_u32..70, 20_u32..120, 0_u32..2, 0_u32..30), 1..6),
        most in 1_u32..4,
        share in 5_u32..10,
    ) {
        let tender = least_cost(&bids, most, share);
        hold(&tender, &built_in("generic-optimised", &tender), true)?;
    }
}
