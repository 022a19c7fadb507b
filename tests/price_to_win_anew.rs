//! The price to win under ranked rules whose lots are evaluated anew at other prices (scores, margins, units, places by
//! capacity, matching, guaranteed cuts, lines): held against every price of small grids. Spans of prices are judged by their
//! two ends there; that nothing changes between them is what these tests try to refute.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "common/at_other_prices.rs"]
mod at_other_prices;

use std::fs;
use std::path::Path;

use at_other_prices::{at, awarded};
use jicai::money::UnitPrice;
use jicai::read::{ReadOptions, read};
use jicai::rules::RuleSet;
use jicai::validate::validate;

/// Every built-in rule set of which some rule is not known to the walk of spans.
const ANEW: [&str; 14] = [
    "alliance-composite-score",
    "cn-drug-fujian-2023",
    "cn-insulin-2021",
    "cn-insulin-2024",
    "cn-joints-2021",
    "cn-spine-2022",
    "cn-stents-2022",
    "generic-cheapest-first-by-capacity",
    "generic-match-the-lowest",
    "generic-price-quality",
    "generic-price-quality-banded",
    "generic-price-quality-linear",
    "generic-za-80-20",
    "generic-za-90-10",
];

/// Prices are tried up to this one; the ceiling is below it.
const TOP: u64 = 90;

/// A small generator of numbers (Knuth's constants); the same seed gives the same tender.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn or_blank(&mut self, of: u64, text: impl Fn(u64) -> String, sides: u64) -> String {
        let value = self.below(sides);
        if self.below(of) == 0 { String::new() } else { text(value) }
    }
}

/// Prices in steps of 0.0001, so many for each step of the dice.
fn price(units: u64, scale: u64) -> String {
    format!("{}.{:04}", units * scale / 10_000, units * scale % 10_000)
}

fn written(rules: &str, seed: u64, scale: u64, folder: &Path) {
    let dice = &mut Dice(seed.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(3_037_000_493));
    let notice = format!(
        "[tender]\nid = \"random\"\ntitle = \"Random\"\nkind = \"drug\"\nannounced = 2026-08-01\ncurrency = \"CNY\"\n\
         rules = \"{rules}\"\nsource = \"illustrative: random\"\n"
    );
    fs::write(folder.join("tender.toml"), notice).unwrap();
    let (mut lots, mut bids, mut demand, mut suppliers) = (vec![], vec![], vec![], vec![]);
    let few = dice.below(2) == 0;
    for l in 0..=dice.below(2) {
        let (a, b) = (10 + dice.below(20), 30 + dice.below(20));
        lots.push(format!("L{l},Lot {l},{},{},{}", price(55, scale), price(a, scale), price(b, scale)));
        demand.push(format!("L{l},P1,,50"));
        demand.push(format!("L{l},P2,,33"));
        for s in 0..1 + dice.below(9) {
            let name = format!("S{l}x{s}");
            // Few prices, so that ties are common.
            let own = if few { 6 + dice.below(8) } else { 6 + dice.below(54) };
            let ceiling = if dice.below(10) == 0 { price(40, scale) } else { String::new() };
            let answer = |roll: u64| ["", "true", "false"][usize::try_from(roll).unwrap()].to_owned();
            bids.push(format!(
                "L{l},{name},{},{},{},{},{},{ceiling},{},{},{},{},{},{}",
                price(own, scale),
                answer(dice.below(3)),
                answer(dice.below(3)),
                if dice.below(8) == 0 { "1.5" } else { "1" },
                ["withdrawn", "disqualified", "valid", "valid"]
                    [usize::try_from(dice.below(24).min(3)).unwrap()],
                40 + dice.below(61),
                dice.or_blank(3, |most| (10 + 5 * most).to_string(), 12),
                if dice.below(2) == 0 { "true" } else { "false" },
                dice.or_blank(3, |points| points.to_string(), 11),
                dice.or_blank(2, |prior| prior.to_string(), 4),
                dice.or_blank(6, |fee| price(fee * 10, scale), 7),
            ));
            let owner = if dice.below(9) == 0 { format!("C{l}") } else { String::new() };
            suppliers.push(format!("{name},{owner},{}", answer(dice.below(3))));
            if dice.below(3) > 0 {
                demand.push(format!("L{l},P{},{name},{}", s % 3 + 1, 1 + dice.below(90)));
            }
        }
    }
    let header = "lot_id,supplier_id,price,accepts_revival,accepts_match,pack_count,state,ceiling_price,quality_score,\
                  capacity,preferred,preference_points,prior_volume,service_fee";
    for (name, header, rows) in [
        ("lots.csv", "lot_id,name,ceiling_price,class_a_line,class_b_line", lots),
        ("bids.csv", header, bids),
        ("demand.csv", "lot_id,region,supplier_id,volume", demand),
        ("suppliers.csv", "supplier_id,controller,incumbent", suppliers),
    ] {
        fs::write(folder.join(name), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    }
}

/// What is wrong with the prices to win of a tender at all prices up to the top; and how many bids were held.
fn held(id: &str, seed: u64, scale: u64) -> Result<usize, String> {
    let folder = tempfile::tempdir().unwrap();
    written(id, seed, scale, folder.path());
    let (tender, _) = validate(&read(folder.path(), &ReadOptions::default()).unwrap()).unwrap();
    let rules = RuleSet::built_in(id, Some(tender.notice.announced), &tender.notice.overrides).unwrap();
    let Some(award) = awarded(&tender, &rules, true) else { return Ok(0) };
    let mut count = 0;
    for (l, lot) in tender.lots.iter().enumerate() {
        for (b, bid) in lot.bids.iter().enumerate() {
            let found = award.prices_to_win(l)[b];
            let note = found.note.map(|note| note.name());
            if ["gone", "no_usable_price"].iter().any(|gone| note == Some(gone)) {
                continue;
            }
            let steps =
                |price: Option<UnitPrice>| price.map(|price| price.in_steps(found.step_digits).unwrap());
            let (wins, may) = (steps(found.price), steps(found.may_win));
            let mut highest = (None, None);
            for price in 1..=i128::from(TOP * scale) {
                match at(&tender, &rules, (l, b), price, found.step_digits) {
                    Some(true) => highest = (Some(price), None),
                    None => highest.1 = Some(price),
                    Some(false) => {}
                }
            }
            let unlimited = note == Some("unlimited") && highest.0 == Some(i128::from(TOP * scale));
            if !unlimited && (highest != (wins, may) || note == Some("not_found")) {
                return Err(format!("{id}, seed {seed}, {}: {found:?}, but {highest:?}", bid.id));
            }
            count += 1;
        }
    }
    Ok(count)
}

fn of(name: &str, or: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(or)
}

fn all_held(scale: u64, seeds: std::ops::Range<u64>) {
    let mut wrong = Vec::new();
    for id in ANEW {
        let mut bids = 0;
        for seed in seeds.clone() {
            match held(id, seed, scale) {
                Ok(more) => bids += more,
                Err(why) => wrong.push(why),
            }
        }
        assert!(bids > 0 || !wrong.is_empty(), "{id} was not held");
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

/// Seeds from `JICAI_RANDOM_FROM` on, `JICAI_RANDOM_TENDERS` of them, on a grid `JICAI_RANDOM_SCALE` times as fine, so that
/// spans are longer. Many at once:
///
/// ```text
/// JICAI_RANDOM_TENDERS=1000 cargo test --release --test price_to_win_anew
/// ```
#[test]
fn no_other_price_of_a_small_grid_is_the_highest() {
    let from = of("JICAI_RANDOM_FROM", 0);
    all_held(of("JICAI_RANDOM_SCALE", 1), from..from + of("JICAI_RANDOM_TENDERS", 2));
}
