//! What holds of every award, on small tenders drawn from a fixed sequence of numbers.
//!
//! Invariants are recomputed from award.json and the tables with decimals of the tests' own; each is shown to notice
//! spoiled figures. Relations compare the award of a tender with that of a changed one.

#![cfg(feature = "solver")]

use std::collections::BTreeMap;

use serde_json::Value;

#[path = "properties/decimal.rs"]
mod decimal;
#[path = "properties/generate.rs"]
mod generate;
#[path = "properties/invariants.rs"]
mod invariants;
#[path = "engines/random.rs"]
mod random;

use decimal::Decimal;
use generate::{Kind, Table, Tender, tender};
use invariants::{INVARIANTS, allocated, list, word};
use random::Random;

const SEEDS: std::ops::Range<u64> = 0..48;

/// Every drawn tender that is not refused, with its award.
fn awards(kind: Kind) -> Vec<(u64, Tender, Value)> {
    let drawn = |seed| {
        let tender = tender(seed, kind);
        tender.award().map(|award| (seed, tender, award))
    };
    let found: Vec<_> = SEEDS.filter_map(drawn).collect();
    assert!(found.len() * 10 > SEEDS.count() * 8, "too many tenders are refused");
    found
}

/// The bids of each lot with one of these statuses.
fn bids<'a>(award: &'a Value, statuses: &[&str]) -> Vec<&'a Value> {
    let all = list(award, "lots").iter().flat_map(|lot| list(lot, "bids"));
    all.filter(|bid| statuses.contains(&word(bid, "status"))).collect()
}

fn status<'a>(award: &'a Value, bid: &Value) -> &'a str {
    let all = list(award, "lots").iter().flat_map(|lot| list(lot, "bids"));
    word(all.into_iter().find(|one| one["bid_id"] == bid["bid_id"]).unwrap(), "status")
}

#[test]
fn the_drawn_tenders_differ_in_what_matters() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (_, tender, award) in awards(Kind::Rich) {
        for lot in list(&award, "lots") {
            *seen.entry(word(lot, "outcome").to_owned()).or_default() += 1;
            *seen.entry(word(lot, "allocation_basis").to_owned()).or_default() += 1;
            *seen.entry(format!("{} winners", list(lot, "winners").len().min(4))).or_default() += 1;
        }
        for bid in bids(&award, &["won", "lost", "excluded", "tied"]) {
            *seen.entry(word(bid, "status").to_owned()).or_default() += 1;
        }
        *seen.entry(tender.round.rules.to_owned()).or_default() += 1;
    }
    for what in [
        "awarded",
        "draw_required",
        "no_award",
        "sole_winner",
        "simulated_draft",
        "own_brand",
        "least_cost",
        "1 winners",
        "2 winners",
        "3 winners",
        "4 winners",
        "won",
        "lost",
        "excluded",
        "tied",
        "cn-stents-2020",
        "generic-optimised",
    ] {
        assert!(seen.get(what).is_some_and(|times| *times >= 3), "{what} is too rare: {seen:?}");
    }
}

#[test]
fn every_invariant_holds_of_every_award() {
    let mut wrong = Vec::new();
    for (seed, tender, award) in awards(Kind::Rich).into_iter().chain(awards(Kind::Plain)) {
        for invariant in &INVARIANTS {
            let found = (invariant.violations)(&tender, &award);
            wrong.extend(found.into_iter().map(|line| format!("tender {seed}: {}: {line}", invariant.name)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_invariant_notices_a_spoiled_award() {
    let mut spoiled = 0;
    for (seed, tender, award) in awards(Kind::Rich) {
        let lot = &award["lots"][0];
        let all_won = list(lot, "bids").iter().all(|bid| bid["status"] == "won");
        if !allocated(lot) || all_won || lot["winners"][0]["agreed_volume"] == "0" {
            continue;
        }
        spoiled += 1;
        for invariant in &INVARIANTS {
            for (number, spoil) in invariant.spoils.iter().enumerate() {
                let mut changed = award.clone();
                spoil(&mut changed);
                let found = (invariant.violations)(&tender, &changed);
                assert!(
                    !found.is_empty(),
                    "tender {seed}: {}: change {number} goes unnoticed",
                    invariant.name
                );
            }
        }
    }
    assert!(spoiled >= 10, "{spoiled}");
}

/// The same rows in another order.
fn shuffled(table: &Table, random: &mut Random) -> Table {
    let mut table = table.clone();
    for last in (1..table.rows.len()).rev() {
        let other = random.between(0, i128::try_from(last).unwrap());
        table.rows.swap(last, usize::try_from(other).unwrap());
    }
    table
}

#[test]
fn the_order_of_rows_changes_no_byte() {
    let mut random = Random(7);
    let mut moved = 0;
    for (seed, tender, _) in awards(Kind::Rich) {
        let mut other = tender.clone();
        for table in other.tables.values_mut() {
            let before = table.rows.clone();
            *table = shuffled(table, &mut random);
            moved += usize::from(table.rows != before);
        }
        assert_eq!(tender.award_text(), other.award_text(), "tender {seed}");
    }
    assert!(moved > 100, "{moved}");
}

/// Lots and suppliers under names in the reverse order.
fn renamed(text: &str) -> String {
    let number = |rest: &str| rest.parse::<u32>().ok().map(|number| 100 - number);
    let one = |prefix: &str| text.strip_prefix(prefix).and_then(number);
    match (one("L"), one("S")) {
        (Some(lot), _) => format!("N{lot}"),
        (_, Some(supplier)) => format!("T{supplier}"),
        _ => text.to_owned(),
    }
}

/// Who wins what, by lot and supplier; without the names of files that only name rows.
fn results(award: &Value, name: impl Fn(&str) -> String) -> BTreeMap<Vec<String>, String> {
    let mut found = BTreeMap::new();
    for lot in list(award, "lots") {
        let id = name(word(lot, "lot_id"));
        let keys = [
            "outcome",
            "bidders",
            "quota",
            "agreed_share",
            "agreed_volume",
            "cost",
            "spending_range",
            "savings",
        ];
        for key in keys {
            let mut value = lot[key].clone();
            if key == "savings" {
                rename_pairs(&mut value, &name);
            }
            found.insert(vec![id.clone(), key.to_owned()], value.to_string());
        }
        for (table, keys) in [
            ("bids", vec!["status", "rank", "comparable_price"]),
            ("winners", vec!["agreed_volume", "value", "rank"]),
        ] {
            for row in list(lot, table) {
                for key in keys.iter().copied() {
                    let at =
                        vec![id.clone(), name(word(row, "supplier_id")), table.to_owned(), key.to_owned()];
                    assert!(found.insert(at, row[key].to_string()).is_none());
                }
            }
        }
    }
    found
}

/// Renames the lots and suppliers that the highest and lowest cuts name, and puts them in order again.
fn rename_pairs(savings: &mut Value, name: impl Fn(&str) -> String) {
    for saving in savings.as_array_mut().unwrap() {
        for cut in ["highest_cut", "lowest_cut"] {
            let Some(pairs) = saving[cut]["winners"].as_array_mut() else { continue };
            for named in pairs.iter_mut().flat_map(|pair| pair.as_array_mut().unwrap()) {
                *named = name(named.as_str().unwrap()).into();
            }
            pairs.sort_by_key(ToString::to_string);
        }
    }
}

#[test]
fn other_names_change_nothing_but_names() {
    for (seed, tender, award) in awards(Kind::Rich) {
        let mut other = tender.clone();
        for table in other.tables.values_mut() {
            for heading in ["lot_id", "supplier_id"] {
                if table.headings.contains(&heading) {
                    table.change(heading, renamed);
                }
            }
        }
        let changed = results(&other.award().unwrap(), str::to_owned);
        assert_eq!(results(&award, renamed), changed, "tender {seed}");
        let mut spoiled = award.clone();
        spoiled["lots"][0]["bidders"] = 99.into();
        assert_ne!(results(&spoiled, renamed), changed);
    }
}

#[test]
fn a_loser_that_asks_for_more_does_not_win() {
    let mut tried = 0;
    for (seed, tender, award) in awards(Kind::Rich) {
        for bid in
            bids(&award, &["lost", "excluded"]).into_iter().filter(|bid| !bid["price"].is_null()).take(3)
        {
            for more in ["0.0001", "0.1", "3"] {
                let price = Decimal::read(word(bid, "price")).plus(Decimal::read(more)).to_string();
                let Some(changed) = tender.with_price(bid, &price).award() else { continue };
                tried += 1;
                assert_ne!(status(&changed, bid), "won", "tender {seed}: {bid} at {price}");
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn a_winner_that_asks_for_less_still_wins() {
    let (mut tried, mut first_alone) = (0, 0);
    for (seed, tender, award) in awards(Kind::Rich) {
        for bid in bids(&award, &["won"]).into_iter().take(4) {
            for less in ["0.0001", "0.1", "0.4"] {
                let price = Decimal::read(word(bid, "price")).minus(Decimal::read(less));
                let Some(changed) = (price > Decimal::ZERO)
                    .then(|| tender.with_price(bid, &price.to_string()).award())
                    .flatten()
                else {
                    continue;
                };
                tried += 1;
                first_alone += usize::from(bid["rank"] == 1);
                assert_eq!(status(&changed, bid), "won", "tender {seed}: {bid} at {price}");
            }
        }
    }
    assert!(tried > 100 && first_alone > 50, "{tried} {first_alone}");
}

/// All prices ten times as high, and the absolute price of the rule set with them.
fn dearer(tender: &Tender, with_absolute: bool) -> Tender {
    let ten = |price: &str| {
        if price.is_empty() {
            String::new()
        } else {
            Decimal::read(price).times(Decimal::whole(10)).to_string()
        }
    };
    let mut other = tender.clone();
    for (name, columns) in [
        ("bids.csv", vec!["price", "ceiling_price", "previous_price"]),
        ("lots.csv", vec!["ceiling_price", "reference_price"]),
    ] {
        let table = other.tables.get_mut(name).unwrap();
        columns.into_iter().for_each(|column| table.change(column, ten));
    }
    if let Some((name, value)) = tender.round.absolute_price.filter(|_| with_absolute) {
        let stated = tender.parameters.get(name).map_or(value, String::as_str);
        other.parameters.insert(name, ten(stated));
    }
    other
}

#[test]
fn prices_ten_times_as_high_give_the_same_winners() {
    for (seed, tender, award) in awards(Kind::Plain) {
        let changed = dearer(&tender, true).award().unwrap();
        let winners = |award: &Value| -> Vec<(String, String)> {
            let all = bids(award, &["won", "lost", "excluded", "tied"]).into_iter();
            all.map(|bid| (word(bid, "bid_id").to_owned(), word(bid, "status").to_owned())).collect()
        };
        assert_eq!(winners(&award), winners(&changed), "tender {seed}");
    }
}

/// The counterpart: where an absolute price decides, the winners change when it does not grow with the others.
#[test]
fn an_absolute_price_is_no_matter_of_scale() {
    let stents =
        SEEDS.map(|seed| tender(seed, Kind::Plain)).filter(|tender| tender.round.rules == "cn-stents-2020");
    let mut changed = 0;
    for mut tender in stents {
        tender.parameters.insert("reference_line", "5".to_owned());
        let won = |tender: &Tender| bids(&tender.award().unwrap(), &["won"]).len();
        assert_eq!(won(&tender), won(&dearer(&tender, true)));
        changed += usize::from(won(&tender) != won(&dearer(&tender, false)));
    }
    assert!(changed > 0);
}
