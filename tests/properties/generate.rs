//! Small tenders drawn from a fixed sequence of numbers, as tables that a test may change.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use jicai::read::ReadOptions;
use jicai::report::report;
use jicai::text::Language;
use jicai::{Evaluation, evaluate};
use serde_json::Value;

use crate::random::Random;

/// A rule set with the numbers that the checks need, written down a second time.
pub struct Round {
    pub rules: &'static str,
    pub announced: &'static str,
    /// Price factor of twice the content.
    pub content_base: &'static str,
    /// Agreed shares of ordinary lots by number of winners, the last for all beyond.
    pub shares: &'static [&'static str],
    /// The same for restricted lots; none where the rule set knows no such lots.
    pub restricted: &'static [&'static str],
    /// Decimals of agreed volumes, where they are rounded.
    pub volume_digits: Option<u32>,
    /// A parameter that holds an absolute price, and its value.
    pub absolute_price: Option<(&'static str, &'static str)>,
    pub ranked: bool,
}

pub const ROUNDS: [Round; 6] = [
    Round {
        rules: "cn-drug-4plus7-2018",
        announced: "2018-12-01",
        content_base: "1.7",
        shares: &["0.6"],
        restricted: &[],
        volume_digits: Some(4),
        absolute_price: None,
        ranked: true,
    },
    Round {
        rules: "cn-drug-expansion-2019",
        announced: "2019-09-20",
        content_base: "1.7",
        shares: &["0.5", "0.6", "0.7"],
        restricted: &["0.4", "0.5", "0.6"],
        volume_digits: Some(4),
        absolute_price: None,
        ranked: true,
    },
    Round {
        rules: "cn-drug-round-2",
        announced: "2020-01-10",
        content_base: "1.7",
        shares: &["0.5", "0.6", "0.7", "0.8"],
        restricted: &["0.4", "0.5", "0.6", "0.7"],
        volume_digits: Some(4),
        absolute_price: Some(("low_price", "0.1000")),
        ranked: true,
    },
    Round {
        rules: "cn-drug-round-4",
        announced: "2021-02-01",
        content_base: "1.7",
        shares: &["0.5", "0.6", "0.7", "0.8"],
        restricted: &["0.4", "0.5", "0.6", "0.7"],
        volume_digits: Some(4),
        absolute_price: Some(("low_price", "0.1000")),
        ranked: true,
    },
    Round {
        rules: "cn-stents-2020",
        announced: "2020-11-05",
        content_base: "2",
        shares: &["1"],
        restricted: &[],
        volume_digits: Some(0),
        absolute_price: Some(("reference_line", "2850")),
        ranked: true,
    },
    Round {
        rules: "generic-optimised",
        announced: "2024-01-01",
        content_base: "2",
        shares: &["1"],
        restricted: &[],
        volume_digits: None,
        absolute_price: None,
        ranked: false,
    },
];

/// A table of a tender folder.
#[derive(Clone)]
pub struct Table {
    pub headings: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    fn new(headings: &[&'static str]) -> Self {
        Self { headings: headings.to_vec(), rows: Vec::new() }
    }

    pub fn at(&self, heading: &str) -> usize {
        self.headings.iter().position(|known| *known == heading).unwrap()
    }

    /// A cell, empty when the table has no such column.
    pub fn cell<'a>(&self, row: &'a [String], heading: &str) -> &'a str {
        self.headings.iter().position(|known| *known == heading).map_or("", |at| &row[at])
    }

    pub fn change(&mut self, heading: &str, new: impl Fn(&str) -> String) {
        let at = self.at(heading);
        self.rows.iter_mut().for_each(|row| row[at] = new(&row[at]));
    }
}

/// A tender folder in memory.
#[derive(Clone)]
pub struct Tender {
    pub round: &'static Round,
    pub scale: &'static str,
    pub parameters: BTreeMap<&'static str, String>,
    pub tables: BTreeMap<&'static str, Table>,
}

impl Tender {
    /// award.json of the tender; `None` when it is refused because related bids stand in its way.
    pub fn award_text(&self) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let mut notice = format!(
            "[tender]\nid = \"drawn\"\ntitle = \"Drawn\"\nkind = \"drug\"\nannounced = {}\ncurrency = \"CNY\"\nrules = \"{}\"\nvolume_scale = \"{}\"\nsource = \"illustrative\"\n[parameters]\n",
            self.round.announced, self.round.rules, self.scale
        );
        for (name, value) in &self.parameters {
            writeln!(notice, "{name} = \"{value}\"").unwrap();
        }
        fs::write(folder.path().join("tender.toml"), notice).unwrap();
        for (name, table) in &self.tables {
            let mut text = table.headings.join(",");
            for row in &table.rows {
                write!(text, "\n{}", row.join(",")).unwrap();
            }
            fs::write(folder.path().join(name), text + "\n").unwrap();
        }
        match evaluate(folder.path(), &ReadOptions::default()) {
            Ok(Evaluation { award, allocation, savings, warnings }) => {
                let files = report(&award, &allocation, &savings, &warnings, Language::English).unwrap();
                Some(String::from_utf8(files.get("award.json").unwrap().to_vec()).unwrap())
            }
            Err(faults) => {
                assert!(faults.iter().all(|fault| fault.code.id() == "E0510"), "{faults:#?}");
                None
            }
        }
    }

    pub fn award(&self) -> Option<Value> {
        self.award_text().map(|text| serde_json::from_str(&text).unwrap())
    }

    /// The same tender with another price in one bid.
    pub fn with_price(&self, bid: &Value, price: &str) -> Self {
        let mut changed = self.clone();
        let table = changed.tables.get_mut("bids.csv").unwrap();
        let lot_and_supplier = bid["bid_id"].as_str().unwrap();
        let (id, at) = ([table.at("lot_id"), table.at("supplier_id")], table.at("price"));
        let row = table
            .rows
            .iter_mut()
            .find(|row| format!("{}/{}", row[id[0]], row[id[1]]) == lot_and_supplier)
            .unwrap();
        row[at] = price.to_owned();
        changed
    }
}

/// What a drawn tender may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// All that the format allows and the rules understand.
    Rich,
    /// One specification and prices with one decimal, so that ten times the price is exact in every step.
    Plain,
}

/// A tender with one to three lots.
pub fn tender(seed: u64, kind: Kind) -> Tender {
    let mut random = Random(seed);
    let round = &ROUNDS[usize::try_from(seed).unwrap() % ROUNDS.len()];
    let mut tables = BTreeMap::from([
        ("lots.csv", Table::new(&["lot_id", "name", "ceiling_price", "reference_price", "volume_class"])),
        (
            "bids.csv",
            Table::new(&[
                "lot_id",
                "supplier_id",
                "content_ratio",
                "price",
                "ceiling_price",
                "previous_price",
                "capacity",
                "prior_volume",
                "approved_on",
                "state",
            ]),
        ),
        (
            "demand.csv",
            Table::new(&["lot_id", "region", "volume", "content_ratio", "supplier_id", "institution"]),
        ),
        ("suppliers.csv", Table::new(&["supplier_id", "name", "controller"])),
        ("decisions.csv", Table::new(&["lot_id", "supplier_id", "act"])),
    ]);
    let suppliers = random.between(2, 9);
    let merges = round.rules.starts_with("cn-drug-round") && kind == Kind::Rich;
    for number in 1..=suppliers {
        let controller =
            if merges && random.one_in(4) { format!("C{}", random.between(1, 3)) } else { String::new() };
        row(&mut tables, "suppliers.csv", vec![format!("S{number}"), format!("Firm {number}"), controller]);
    }
    for lot in 1..=random.between(1, 3) {
        lot_rows(&mut tables, &mut random, round, kind, lot, suppliers);
    }
    let mut parameters = BTreeMap::new();
    if round.rules == "generic-optimised" && random.one_in(2) {
        parameters.insert("max_suppliers", random.between(2, 4).to_string());
    }
    let scale = if !round.ranked || random.one_in(2) { "1" } else { "10000" };
    Tender { round, scale, parameters, tables }
}

fn row(tables: &mut BTreeMap<&'static str, Table>, name: &str, cells: Vec<String>) {
    tables.get_mut(name).unwrap().rows.push(cells);
}

/// A number with so many decimals; blank in one of `blank` cases.
fn drawn(random: &mut Random, low: i128, high: i128, digits: usize, blank: i128) -> String {
    let number = random.between(low, high);
    if blank > 0 && random.one_in(blank) {
        return String::new();
    }
    let power = 10_i128.pow(u32::try_from(digits).unwrap());
    if digits == 0 { number.to_string() } else { format!("{}.{:0digits$}", number / power, number % power) }
}

fn lot_rows(
    tables: &mut BTreeMap<&'static str, Table>,
    random: &mut Random,
    round: &Round,
    kind: Kind,
    lot: i128,
    suppliers: i128,
) {
    let id = format!("L{lot}");
    let rich = kind == Kind::Rich;
    let restricted = !round.restricted.is_empty() && random.one_in(3);
    let class = if restricted { "restricted" } else { "ordinary" };
    let (ceiling, reference) = (drawn(random, 25, 45, 1, 6), drawn(random, 20, 60, 1, 4));
    row(tables, "lots.csv", vec![id.clone(), format!("Lot {lot}"), ceiling, reference, class.to_owned()]);
    for supplier in 1..=suppliers {
        if random.one_in(6) {
            continue;
        }
        let void = random.one_in(10);
        let ratio =
            if rich { ["1", "1", "2", "0.5"][usize::try_from(random.between(0, 3)).unwrap()] } else { "1" };
        // Few prices make ties likely, four decimals unlikely.
        let price = match random.between(0, 3) {
            0 if rich => drawn(random, 5_000, 50_000, 4, 0),
            1 | 2 => ["0.8", "1.2", "1.7"][usize::try_from(random.between(0, 2)).unwrap()].to_owned(),
            _ => drawn(random, 5, 50, 1, 0),
        };
        let own_ceiling = if rich && random.one_in(5) { drawn(random, 20, 60, 1, 0) } else { String::new() };
        let day = format!("2017-0{}-01", random.between(1, 4));
        let cells = vec![
            id.clone(),
            format!("S{supplier}"),
            ratio.to_owned(),
            if void { String::new() } else { price },
            own_ceiling,
            drawn(random, 20, 60, 1, 2),
            if round.ranked { String::new() } else { drawn(random, 200, 5_000, 0, 6) },
            drawn(random, 1, 3, 0, 2),
            if random.one_in(3) { String::new() } else { day },
            if void { "void" } else { "valid" }.to_owned(),
        ];
        row(tables, "bids.csv", cells);
        if round.rules == "cn-drug-4plus7-2018" && random.one_in(2) {
            row(tables, "decisions.csv", vec![id.clone(), format!("S{supplier}"), "negotiated".to_owned()]);
        }
    }
    let by_brand = round.rules == "cn-stents-2020";
    for region in 1..=random.between(1, 6) {
        for part in 1..=random.between(1, 3) {
            let brand = if by_brand { format!("S{}", random.between(1, suppliers)) } else { String::new() };
            let volume =
                if by_brand { drawn(random, 1, 90, 0, 0) } else { drawn(random, 1, 9_000_000, 4, 0) };
            let ratio = if rich && part > 1 && !by_brand { "2" } else { "1" };
            let cells = vec![
                id.clone(),
                format!("P{region}"),
                volume,
                ratio.to_owned(),
                brand,
                format!("H{region}-{part}"),
            ];
            row(tables, "demand.csv", cells);
        }
    }
}
