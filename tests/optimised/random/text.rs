//! The folder of a random tender.

use std::fmt::Write as _;

use super::super::folder::Folder;
use super::tender::{Bid, Bounds, Kind, Limit, Stated, Supplier, Tender};

/// A whole number of `10^-digits`.
pub fn decimal(number: i64, digits: usize) -> String {
    let text = format!("{number:0>width$}", width = digits + 1);
    let (whole, fraction) = text.split_at(text.len() - digits);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// A table with its rows in the given order or turned round.
fn table(heading: &str, mut rows: Vec<String>, turned: bool) -> String {
    if turned {
        rows.reverse();
    }
    rows.iter().fold(format!("{heading}\n"), |mut text, row| {
        let _ = writeln!(text, "{row}");
        text
    })
}

fn truth(truth: Option<bool>) -> &'static str {
    match truth {
        None => "",
        Some(true) => "true",
        Some(false) => "false",
    }
}

impl Tender {
    pub fn bid_id(lot: usize, bid: usize) -> String {
        format!("L{lot}-{bid}")
    }

    /// The seed's folder, with rows in the given order or turned round.
    pub fn folder(&self, turned: bool) -> Folder {
        let mut folder = Folder::new().file("tender.toml", &self.notice());
        if let Some(rules) = self.rules() {
            folder = folder.file("own.toml", &rules);
        }
        for (name, heading, rows) in self.tables() {
            if !rows.is_empty() {
                folder = folder.file(name, &table(heading, rows, turned));
            }
        }
        folder
    }

    fn price(&self, price: i64) -> String {
        decimal(price, self.price_digits)
    }

    fn volume(&self, volume: i64) -> String {
        decimal(volume, self.volume_digits)
    }

    fn money(&self, money: i64) -> String {
        decimal(money, self.price_digits + self.volume_digits)
    }

    /// A price of a bid, of the specification that it quotes.
    fn quoted(&self, bid: &Bid, price: i64) -> String {
        self.price(if bid.double { 2 * price } else { price })
    }

    /// The rows of a bid in bids.csv, tiers.csv and regional_prices.csv.
    fn bid(&self, lot: usize, own: usize, bid: &Bid) -> (String, Vec<String>, Vec<String>) {
        let key = format!("L{lot},S{},{}", bid.supplier, Self::bid_id(lot, own));
        let volume = |volume: Option<i64>| volume.map(|volume| self.volume(volume)).unwrap_or_default();
        let row = format!(
            "{key},{},{},{},{},{},{},{}",
            self.quoted(bid, bid.price),
            volume(bid.capacity),
            volume(bid.least),
            self.money(bid.fixed),
            bid.unit.map(String::from).unwrap_or_default(),
            bid.quality.map(|quality| quality.to_string()).unwrap_or_default(),
            if bid.double { "2" } else { "" },
        );
        let band = |band: &super::tender::Band| {
            let (least, most) = (self.volume(band.least), volume(band.most));
            format!("{key},{least},{most},{},{}", self.quoted(bid, band.price), self.money(band.fixed))
        };
        let region = |(region, stated): (usize, &Option<Option<i64>>)| {
            let price = (*stated)?;
            let (price, not) = match price {
                Some(price) => (self.quoted(bid, price), ""),
                None => (String::new(), "true"),
            };
            Some(format!("{key},R{region},{price},{not}"))
        };
        let bands = bid.bands.iter().map(band).collect();
        (row, bands, bid.regional.iter().enumerate().filter_map(region).collect())
    }

    /// File, heading, rows.
    fn tables(&self) -> Vec<(&'static str, &'static str, Vec<String>)> {
        let (mut lots, mut demand) = (Vec::new(), Vec::new());
        let (mut bids, mut tiers, mut regional) = (Vec::new(), Vec::new(), Vec::new());
        for (at, lot) in self.lots.iter().enumerate() {
            let ceiling = lot.ceiling.map(|price| self.price(price)).unwrap_or_default();
            lots.push(format!("L{at},G{},{ceiling}", lot.group));
            let digits = self.volume_digits + usize::from(self.in_tens);
            for (region, volume) in lot.demand.iter().enumerate() {
                // The same demand, reported by two, or of the specification with twice the content.
                match *volume {
                    2 => demand.push(format!("L{at},R{region},{},2,", decimal(1, digits))),
                    3 => demand.extend([
                        format!("L{at},R{region},{},,H1", decimal(1, digits)),
                        format!("L{at},R{region},{},,H2", decimal(2, digits)),
                    ]),
                    _ => demand.push(format!("L{at},R{region},{},,", decimal(*volume, digits))),
                }
            }
            for (own, bid) in lot.bids.iter().enumerate() {
                let (row, bands, regions) = self.bid(at, own, bid);
                bids.push(row);
                tiers.extend(bands);
                regional.extend(regions);
            }
        }
        let suppliers = self.suppliers.iter().enumerate().map(|one| self.supplier(one)).collect();
        vec![
            ("lots.csv", "lot_id,group,ceiling_price", lots),
            ("demand.csv", "lot_id,region,volume,content_ratio,institution", demand),
            (
                "bids.csv",
                "lot_id,supplier_id,bid_id,price,capacity,min_quantity,fixed_cost,unit_group,quality_score,content_ratio",
                bids,
            ),
            (
                "suppliers.csv",
                "supplier_id,controller,incumbent,class,capacity_volume,capacity_value",
                suppliers,
            ),
            ("tiers.csv", "lot_id,supplier_id,bid_id,min_quantity,max_quantity,price,fixed_cost", tiers),
            ("regional_prices.csv", "lot_id,supplier_id,bid_id,region,price,not_offered", regional),
            ("packages.csv", "package_id,lot_id,supplier_id,bid_id,terms,price", self.package_rows()),
        ]
    }

    fn supplier(&self, (at, own): (usize, &Supplier)) -> String {
        format!(
            "S{at},C{},{},{},{},{}",
            own.controller,
            truth(own.incumbent),
            match (own.local, own.small) {
                (true, true) => "local; small",
                (false, true) => "small; other",
                (true, false) => "local",
                (false, false) => "other",
            },
            own.most_volume.map(|most| decimal(5 * most, self.volume_digits + 1)).unwrap_or_default(),
            own.most_value.map(|most| self.money(most)).unwrap_or_default()
        )
    }

    fn package_rows(&self) -> Vec<String> {
        let rows = self.packages.iter().enumerate().flat_map(|(at, package)| {
            let terms = if package.all_or_nothing { "all-or-nothing" } else { "discount" };
            package.bids.iter().map(move |(lot, own, price)| {
                let bid = &self.lots[*lot].bids[*own];
                let price = price.map(|price| self.quoted(bid, price)).unwrap_or_default();
                format!("P{at},L{lot},S{},{},{terms},{price}", bid.supplier, Self::bid_id(*lot, *own))
            })
        });
        rows.collect()
    }

    fn notice(&self) -> String {
        let rules = if self.rules().is_some() { "own.toml" } else { "generic-optimised" };
        let scale = if self.in_tens { "volume_scale = \"10\"\n" } else { "" };
        let mut text = format!(
            "[tender]\nid = \"t\"\ntitle = \"T\"\nkind = \"drug\"\nannounced = 2024-01-01\ncurrency = \"CNY\"\n\
             rules = \"{rules}\"\n{scale}[parameters]\nobjectives = \"{}\"\n",
            self.objectives.join(", ")
        );
        for limit in self.limits.iter().filter(|limit| limit.stated == Stated::Parameter) {
            let _ = writeln!(text, "{}", parameter(&limit.kind));
        }
        for (at, limit) in self.limits.iter().enumerate() {
            match limit.stated {
                Stated::Tender => text += &self.limit(at, limit),
                Stated::Lifted => {
                    let _ = write!(text, "[limit.n{at}]\nkind = \"none\"\n");
                }
                Stated::Rules | Stated::Parameter => {}
            }
        }
        text
    }

    /// A rule set of the tender's own, when limits stand in it.
    fn rules(&self) -> Option<String> {
        let own = |limit: &Limit| matches!(limit.stated, Stated::Rules | Stated::Lifted);
        if !self.limits.iter().any(own) {
            return None;
        }
        let mut text = jicai::rules::RuleSet::built_in_text("generic-optimised").unwrap().to_owned();
        text = text.replacen("generic-optimised", "own", 1);
        for (at, limit) in self.limits.iter().enumerate().filter(|(_, limit)| own(limit)) {
            let _ = write!(text, "\n{}cite = \"clause {at}\"\n", self.limit(at, limit));
        }
        Some(text)
    }

    /// A limit as a table.
    fn limit(&self, at: usize, limit: &Limit) -> String {
        let mut text = format!("[limit.n{at}]\nkind = \"{}\"\n", limit.kind.word());
        let names = |letter: char, all: &[usize]| {
            all.iter().map(|one| format!("{letter}{one}")).collect::<Vec<_>>().join(", ")
        };
        let mut keys = self.numbers(&limit.kind);
        if !limit.lots.is_empty() {
            keys.push(("lots", format!("\"{}\"", names('L', &limit.lots))));
        }
        keys.extend(limit.group.map(|group| ("group", format!("\"G{group}\""))));
        if !limit.suppliers.is_empty() {
            keys.push((
                "suppliers",
                format!("[\"{}\"]", names('S', &limit.suppliers).replace(", ", "\", \"")),
            ));
        }
        keys.extend(limit.class.map(|class| ("class", format!("\"{class}\""))));
        keys.extend(limit.unit.map(|unit| ("unit_group", format!("\"{unit}\""))));
        keys.extend(limit.together.then(|| ("each", "\"tender\"".to_owned())));
        for (key, value) in keys {
            let _ = writeln!(text, "{key} = {value}");
        }
        text
    }

    /// What a kind of limit states, as keys with their values.
    fn numbers(&self, kind: &Kind) -> Vec<(&'static str, String)> {
        let quoted = |text: &str| format!("\"{text}\"");
        let tenths = |share: &i64| decimal(*share, 1);
        let list = |shares: &[i64]| quoted(&shares.iter().map(tenths).collect::<Vec<_>>().join(", "));
        let range = |(min, max): &Bounds, shown: &dyn Fn(&i64) -> String| {
            let side = |key, side: &Option<i64>| side.as_ref().map(|side| (key, quoted(&shown(side))));
            match min == max {
                true => side("exactly", min).into_iter().collect::<Vec<_>>(),
                false => side("min", min).into_iter().chain(side("max", max)).collect(),
            }
        };
        let plain = |number: &i64| number.to_string();
        match kind {
            Kind::Winners(bounds) | Kind::LotsPerSupplier(bounds) | Kind::RegionsPerWinner(bounds) => {
                range(bounds, &plain)
            }
            Kind::Share { value, range: bounds } | Kind::ClassShare { value, range: bounds } => {
                let mut keys = range(bounds, &tenths);
                keys.extend(value.then(|| ("of", quoted("value"))));
                keys
            }
            Kind::SharesByRank(lists) => {
                let all: Vec<String> = lists.iter().map(|shares| list(shares)).collect();
                vec![("shares", format!("[{}]", all.join(", ")))]
            }
            Kind::AgreedShare(shares) => vec![("shares", list(shares))],
            Kind::Backups(count) => vec![("exactly", quoted(&plain(count)))],
            Kind::Budget(most) => vec![("max", quoted(&self.money(*most)))],
            Kind::Switching(amount) => vec![("saves_more_than", quoted(&self.money(*amount)))],
            Kind::Preference(margin) => vec![("margin", quoted(&tenths(margin)))],
            Kind::Reserve(share) => vec![("exactly", quoted(&tenths(share)))],
            Kind::RankMonotone | Kind::OneSupplier | Kind::Forced | Kind::Forbidden | Kind::RelatedAsOne => {
                Vec::new()
            }
        }
    }
}

/// A limit as a parameter of the rule set.
fn parameter(kind: &Kind) -> String {
    let number = match kind {
        Kind::Winners((Some(number), _) | (_, Some(number))) => number.to_string(),
        Kind::Share { range: (_, Some(most)), .. } => decimal(*most, 1),
        _ => "true".to_owned(),
    };
    format!("{} = \"{number}\"", kind.parameter())
}
