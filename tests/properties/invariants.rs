//! What must hold in every award.json, recomputed from it and from the tables it came from.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::decimal::Decimal;
use crate::generate::{Table, Tender};

/// An invariant: its name, what contradicts it in an award, and changes of an award that it must notice.
pub struct Invariant {
    pub name: &'static str,
    pub violations: fn(&Tender, &Value) -> Vec<String>,
    pub spoils: &'static [fn(&mut Value)],
}

pub const INVARIANTS: [Invariant; 8] = [
    Invariant {
        name: "volumes of winners add up to the lot's, and lots to the tender's",
        violations: volumes,
        spoils: &[
            |award| bump(&mut award["lots"][0]["winners"][0]["agreed_volume"]),
            |award| bump(&mut award["lots"][0]["agreed_volume"]),
            |award| bump(&mut award["totals"]["agreed_volume"]),
        ],
    },
    Invariant {
        name: "main regions add up to the winners",
        violations: regions,
        spoils: &[
            |award| bump(&mut award["lots"][0]["regions"][0]["agreed_volume"]),
            |award| bump(&mut award["lots"][0]["regions"][0]["value"]),
            |award| drop(award["lots"][0]["regions"].as_array_mut().unwrap().pop()),
        ],
    },
    Invariant {
        name: "value is price times volume",
        violations: values,
        spoils: &[
            |award| bump(&mut award["lots"][0]["winners"][0]["value"]),
            |award| bump(&mut award["lots"][0]["winners"][0]["comparable_price"]),
            |award| bump(&mut award["lots"][0]["value"]),
            |award| bump(&mut award["totals"]["award_value"]),
        ],
    },
    Invariant {
        name: "the agreed share is the table's, of the reported volume",
        violations: shares,
        spoils: &[
            |award| award["lots"][0]["agreed_share"] = "0.55".into(),
            |award| bump(&mut award["lots"][0]["base_volume"]),
            |award| bump(&mut award["lots"][0]["agreed_volume"]),
        ],
    },
    Invariant {
        name: "a saving is the baseline less the value of the winners that have one",
        violations: savings,
        spoils: &[
            |award| bump(&mut award["lots"][0]["savings"][2]["covered_value"]),
            |award| award["lots"][0]["savings"][0]["winners_covered"] = 99.into(),
            |award| award["lots"][0]["savings"][1]["saving"] = "0.01".into(),
            |award| award["totals"]["savings"][1]["reference_value"] = "0.01".into(),
        ],
    },
    Invariant {
        name: "no more winners than places, no more places than bidders, no more bidders than bids",
        violations: places,
        spoils: &[
            |award| award["lots"][0]["quota"] = 0.into(),
            |award| award["lots"][0]["bidders"] = 0.into(),
            |award| award["lots"][0]["bidders"] = 99.into(),
        ],
    },
    Invariant {
        name: "comparable prices are the quoted ones converted, and ranks follow them",
        violations: prices,
        spoils: &[
            |award| bump(&mut award["lots"][0]["bids"][0]["price"]),
            |award| {
                let bids = award["lots"][0]["bids"].as_array_mut().unwrap();
                let priced = bids.iter_mut().find(|bid| !bid["comparable_price"].is_null());
                bump(&mut priced.unwrap()["comparable_price"]);
            },
        ],
    },
    Invariant {
        name: "winners are the bids that won, none of them above its ceiling",
        violations: statuses,
        spoils: &[
            |award| drop(award["lots"][0]["winners"].as_array_mut().unwrap().pop()),
            |award| {
                award["lots"][0]["bids"]
                    .as_array_mut()
                    .unwrap()
                    .iter_mut()
                    .for_each(|bid| bid["status"] = "won".into())
            },
        ],
    },
];

/// One step more; what is unknown becomes known.
fn bump(value: &mut Value) {
    let old = value.as_str().map_or(Decimal::ZERO, Decimal::read);
    *value = old.plus(Decimal::read("0.0001")).to_string().into();
}

pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list"))
}

pub fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text: {value}"))
}

fn number(value: &Value, key: &str) -> Decimal {
    value[key].as_str().map_or(Decimal::ZERO, Decimal::read)
}

fn sum<'a>(rows: impl Iterator<Item = &'a Value>, key: &str) -> Decimal {
    Decimal::sum(rows.map(|row| number(row, key)))
}

/// Whether the volumes of a lot are given out.
pub fn allocated(lot: &Value) -> bool {
    word(lot, "allocation_basis") != "open"
}

fn differ(wrong: &mut Vec<String>, what: &str, found: Decimal, expected: Decimal) {
    if found != expected {
        wrong.push(format!("{what}: {found} for {expected}"));
    }
}

fn volumes(_: &Tender, award: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for lot in list(award, "lots") {
        let what = format!("{} volume", word(lot, "lot_id"));
        differ(
            &mut wrong,
            &what,
            sum(list(lot, "winners").iter(), "agreed_volume"),
            number(lot, "agreed_volume"),
        );
    }
    let total = number(&award["totals"], "agreed_volume");
    differ(&mut wrong, "total volume", total, sum(list(award, "lots").iter(), "agreed_volume"));
    wrong
}

fn regions(_: &Tender, award: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for lot in list(award, "lots") {
        for winner in list(lot, "winners") {
            let id = word(winner, "bid_id");
            let own = || list(lot, "regions").iter().filter(|row| row["bid_id"] == id);
            let main = || own().filter(|row| row["role"] == "main");
            for key in ["agreed_volume", "value"] {
                differ(&mut wrong, &format!("{id} main {key}"), sum(main(), key), number(winner, key));
                differ(&mut wrong, &format!("{id} {key}"), sum(own(), key), number(winner, key));
            }
        }
        let volume = sum(list(lot, "regions").iter(), "agreed_volume");
        differ(&mut wrong, "regions", volume, number(lot, "agreed_volume"));
        if allocated(lot) && list(lot, "regions").iter().filter(|row| row["role"] == "main").count() == 0 {
            wrong.push("no regions".to_owned());
        }
    }
    wrong
}

fn values(_: &Tender, award: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for lot in list(award, "lots") {
        for winner in list(lot, "winners") {
            let value = number(winner, "comparable_price").times(number(winner, "agreed_volume"));
            differ(&mut wrong, word(winner, "bid_id"), number(winner, "value"), value);
        }
        let total = sum(list(lot, "winners").iter(), "value");
        differ(&mut wrong, word(lot, "lot_id"), number(lot, "value"), total);
    }
    let total = sum(list(award, "lots").iter(), "value");
    differ(&mut wrong, "total", number(&award["totals"], "award_value"), total);
    wrong
}

fn lot_row<'a>(tender: &'a Tender, lot: &Value) -> (&'a Table, &'a [String]) {
    let table = &tender.tables["lots.csv"];
    (table, table.rows.iter().find(|row| row[0] == word(lot, "lot_id")).unwrap())
}

fn bid_row<'a>(tender: &'a Tender, bid: &Value) -> (&'a Table, &'a [String]) {
    let table = &tender.tables["bids.csv"];
    let is = |row: &&Vec<String>| format!("{}/{}", row[0], row[1]) == word(bid, "bid_id");
    (table, table.rows.iter().find(is).unwrap())
}

fn shares(tender: &Tender, award: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for lot in list(award, "lots") {
        let demand = &tender.tables["demand.csv"];
        let rows = demand.rows.iter().filter(|row| row[0] == word(lot, "lot_id"));
        let in_units = |row: &Vec<String>| {
            let volume = Decimal::read(demand.cell(row, "volume"));
            volume.times(Decimal::read(demand.cell(row, "content_ratio"))).times(Decimal::read(tender.scale))
        };
        let base = Decimal::sum(rows.map(in_units));
        differ(&mut wrong, "base volume", number(lot, "base_volume"), base);
        if !allocated(lot) {
            continue;
        }
        let (table, row) = lot_row(tender, lot);
        let restricted = table.cell(row, "volume_class") == "restricted";
        let shares = if restricted { tender.round.restricted } else { tender.round.shares };
        let share = Decimal::read(shares[list(lot, "winners").len().min(shares.len()) - 1]);
        if !lot["agreed_share"].is_null() || shares != ["1"] {
            differ(&mut wrong, "share", number(lot, "agreed_share"), share);
        }
        let exact = base.times(share);
        let agreed = tender.round.volume_digits.map_or(exact, |digits| exact.rounded(digits));
        differ(&mut wrong, "agreed volume", number(lot, "agreed_volume"), agreed);
    }
    wrong
}

/// A price of a bid's own specification, brought to the representative one; ratios are 1, 2 and a half.
fn converted(tender: &Tender, table: &Table, row: &[String], price: &str) -> Option<Decimal> {
    let base = Decimal::read(tender.round.content_base);
    let price = (!price.is_empty()).then(|| Decimal::read(price))?;
    Some(match table.cell(row, "content_ratio") {
        "2" => price.over(base, 4),
        "0.5" => price.times(base).rounded(4),
        _ => price,
    })
}

/// The price before of a winner: its own, the lot's mean, the ceiling.
fn before(tender: &Tender, lot: &Value, winner: &Value, baseline: &str) -> Option<Decimal> {
    let (table, row) = bid_row(tender, winner);
    let of_lot = |heading| {
        let (table, row) = lot_row(tender, lot);
        let cell = table.cell(row, heading);
        (!cell.is_empty()).then(|| Decimal::read(cell))
    };
    match baseline {
        "previous_price" => converted(tender, table, row, table.cell(row, "previous_price")),
        "reference_price" => of_lot("reference_price"),
        "ceiling_price" => converted(tender, table, row, table.cell(row, "ceiling_price"))
            .or_else(|| of_lot("ceiling_price")),
        other => panic!("{other}"),
    }
}

fn savings(tender: &Tender, award: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut totals: BTreeMap<&str, [Decimal; 2]> = BTreeMap::new();
    for lot in list(award, "lots").iter().filter(|lot| allocated(lot)) {
        for saving in list(lot, "savings") {
            let baseline = word(saving, "baseline");
            let known: Vec<(&Value, Decimal)> = list(lot, "winners")
                .iter()
                .filter_map(|winner| Some((winner, before(tender, lot, winner, baseline)?)))
                .collect();
            let reference = Decimal::sum(
                known.iter().map(|(winner, before)| before.times(number(winner, "agreed_volume"))),
            );
            let covered = sum(known.iter().map(|(winner, _)| *winner), "value");
            let total = totals.entry(baseline).or_insert([Decimal::ZERO; 2]);
            *total = [total[0].plus(reference), total[1].plus(covered)];
            differ(&mut wrong, baseline, number(saving, "reference_value"), reference);
            differ(&mut wrong, baseline, number(saving, "covered_value"), covered);
            differ(&mut wrong, baseline, number(saving, "saving"), reference.minus(covered));
            if saving["winners_covered"] != known.len() {
                wrong.push(format!("{baseline}: {} winners", saving["winners_covered"]));
            }
        }
    }
    for saving in list(&award["totals"], "savings") {
        let baseline = word(saving, "baseline");
        let [reference, covered] = totals.get(baseline).copied().unwrap_or([Decimal::ZERO; 2]);
        differ(&mut wrong, baseline, number(saving, "reference_value"), reference);
        differ(&mut wrong, baseline, number(saving, "saving"), reference.minus(covered));
    }
    wrong
}

fn places(_: &Tender, award: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for lot in list(award, "lots") {
        let (winners, bids) = (list(lot, "winners").len(), list(lot, "bids").len());
        let bidders = usize::try_from(lot["bidders"].as_u64().unwrap()).unwrap();
        let places = lot["quota"].as_u64().map_or(bidders, |quota| usize::try_from(quota).unwrap());
        if !(winners <= places && places <= bidders && bidders <= bids) {
            wrong.push(format!("{winners} winners, {places} places, {bidders} bidders, {bids} bids"));
        }
    }
    wrong
}

fn prices(tender: &Tender, award: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for lot in list(award, "lots") {
        let bids = list(lot, "bids");
        for bid in bids {
            let (table, row) = bid_row(tender, bid);
            let quoted = table.cell(row, "price");
            let expected = converted(tender, table, row, quoted).unwrap_or(Decimal::ZERO);
            differ(&mut wrong, word(bid, "bid_id"), number(bid, "comparable_price"), expected);
            let quoted = if quoted.is_empty() { Decimal::ZERO } else { Decimal::read(quoted) };
            differ(&mut wrong, word(bid, "bid_id"), number(bid, "price"), quoted);
        }
        let ranked =
            || bids.iter().filter_map(|bid| Some((bid["rank"].as_u64()?, number(bid, "comparable_price"))));
        for (rank, price) in ranked().filter(|_| tender.round.ranked) {
            if ranked().any(|(other, dearer)| other < rank && dearer > price) {
                wrong.push(format!("rank {rank} at {price}"));
            }
        }
    }
    wrong
}

fn statuses(tender: &Tender, award: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for lot in list(award, "lots") {
        let ids = |rows: Vec<&Value>| {
            let mut ids: Vec<String> = rows.into_iter().map(|row| word(row, "bid_id").to_owned()).collect();
            ids.sort();
            ids
        };
        let won = ids(list(lot, "bids").iter().filter(|bid| bid["status"] == "won").collect());
        let winners = ids(list(lot, "winners").iter().collect());
        if won != winners {
            wrong.push(format!("{won:?} won, {winners:?} are listed"));
        }
        for bid in list(lot, "bids").iter().filter(|bid| bid["status"] == "won") {
            let (table, row) = bid_row(tender, bid);
            let own = table.cell(row, "ceiling_price");
            let (lots, stated) = lot_row(tender, lot);
            let of_lot = lots.cell(stated, "ceiling_price");
            let above = match (own, of_lot) {
                ("", "") => false,
                ("", ceiling) => number(bid, "comparable_price") > Decimal::read(ceiling),
                (own, _) => number(bid, "price") > Decimal::read(own),
            };
            if above || bid["price"].is_null() {
                wrong.push(format!("{} won at {}", word(bid, "bid_id"), bid["price"]));
            }
        }
    }
    wrong
}
