//! Random tenders in which nearly everything is equal to something.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;

/// Numbers that look random and are the same on every run (Knuth's multiplier).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    /// The rows in another order.
    fn shuffled(&mut self, rows: &[String]) -> Vec<String> {
        let mut rows = rows.to_vec();
        for last in (1..rows.len()).rev() {
            rows.swap(last, usize::try_from(self.below(last as u64 + 1)).unwrap());
        }
        rows
    }
}

/// A bid on a lot; prices in hundredths, days as days of January 2018.
#[derive(Debug, Clone, Default)]
pub struct Bid {
    pub supplier: String,
    pub price: u64,
    pub volume: Option<u64>,
    pub day: Option<u64>,
    pub capacity: Option<u64>,
    pub least: Option<u64>,
    pub fixed: u64,
}

/// A tender of one lot in the field's own words.
#[derive(Debug, Clone)]
pub struct Tender {
    pub rules: &'static str,
    /// In hundredths.
    pub ceiling: Option<u64>,
    pub bids: Vec<Bid>,
    pub demand: Vec<u64>,
    pub most_winners: Option<u64>,
}

/// A lot decided by rank: six bids at most, so that every order can be tried.
pub fn ranked(random: &mut Random) -> Tender {
    let rules = random.pick(&["cn-drug-expansion-2019", "cn-drug-round-2", "cn-drug-round-4"]);
    let prices: &[u64] = random.pick(&[&[40, 40, 50], &[40, 60, 80], &[50], &[8, 10, 12, 40]]);
    let bids = (0..2 + random.below(5)).map(|at| Bid {
        supplier: format!("S{at}"),
        price: random.pick(prices),
        volume: random.pick(&[None, Some(7), Some(7), Some(9)]),
        day: random.pick(&[None, Some(1), Some(1), Some(2)]),
        ..Bid::default()
    });
    let bids = bids.collect();
    let demand = (0..1 + random.below(3)).map(|_| 10 + random.below(3)).collect();
    Tender { rules, ceiling: random.pick(&[None, Some(50), Some(100)]), bids, demand, most_winners: None }
}

/// A least-cost lot: five bids at most, so that every set of winners can be tried.
pub fn least_cost(random: &mut Random) -> Tender {
    let demand: Vec<u64> = (0..1 + random.below(2)).map(|_| 2 + random.below(5)).collect();
    let total: u64 = demand.iter().sum();
    let bids = (0..1 + random.below(5)).map(|at| Bid {
        supplier: format!("S{at}"),
        price: random.pick(&[100, 100, 150, 200]),
        capacity: random.pick(&[None, Some(total / 2 + 1), Some(2), Some(total)]),
        least: random.pick(&[None, None, Some(2)]),
        fixed: random.pick(&[0, 0, 1, 2]),
        ..Bid::default()
    });
    let bids = bids.collect();
    let most_winners = random.pick(&[None, Some(2), Some(3)]);
    Tender { rules: "generic-optimised", ceiling: Some(500), bids, demand, most_winners }
}

fn hundredths(number: u64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

fn or_blank<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

impl Tender {
    /// The tender as a folder, its rows in the order of `random`.
    pub fn write(&self, random: &mut Random) -> TempDir {
        let folder = TempDir::new().unwrap();
        let mut notice = format!(
            "[tender]\nid = \"ties\"\ntitle = \"Ties\"\nkind = \"drug\"\nannounced = 2021-01-01\ncurrency = \"CNY\"\n\
             rules = \"{}\"\nsource = \"illustrative: random\"\n",
            self.rules
        );
        if let Some(most) = self.most_winners {
            writeln!(notice, "[parameters]\nmax_suppliers = \"{most}\"").unwrap();
        }
        let ceiling = or_blank(self.ceiling.map(hundredths));
        let bid = |bid: &Bid| {
            let day = or_blank(bid.day.map(|day| format!("2018-01-{day:02}")));
            let (price, volume) = (hundredths(bid.price), or_blank(bid.volume));
            let (capacity, least) = (or_blank(bid.capacity), or_blank(bid.least));
            let fixed = if bid.fixed > 0 { bid.fixed.to_string() } else { String::new() };
            format!("L,{},{price},{volume},{day},{capacity},{least},{fixed}", bid.supplier)
        };
        let bids: Vec<String> = self.bids.iter().map(bid).collect();
        let demand: Vec<String> =
            self.demand.iter().enumerate().map(|(at, volume)| format!("L,P{at},{volume}")).collect();
        let bid_columns =
            "lot_id,supplier_id,price,prior_volume,approved_on,capacity,min_quantity,fixed_cost";
        let files = [
            ("tender.toml", notice),
            ("lots.csv", format!("lot_id,ceiling_price\nL,{ceiling}\n")),
            ("bids.csv", format!("{bid_columns}\n{}\n", random.shuffled(&bids).join("\n"))),
            ("demand.csv", format!("lot_id,region,volume\n{}\n", random.shuffled(&demand).join("\n"))),
        ];
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }
}
