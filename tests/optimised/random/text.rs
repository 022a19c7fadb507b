//! The folder of a random tender.

use std::fmt::Write as _;

use super::super::folder::Folder;
use super::tender::{Kind, Supplier, Tender};

/// The seed's folder, with rows in the given order or turned round.
impl Tender {
    pub fn bid_id(lot: usize, bid: usize) -> String {
        format!("L{lot}-{bid}")
    }

    pub fn folder(&self, turned: bool) -> Folder {
        let table = |heading: &str, mut rows: Vec<String>| {
            if turned {
                rows.reverse();
            }
            rows.iter().fold(format!("{heading}\n"), |mut text, row| {
                let _ = writeln!(text, "{row}");
                text
            })
        };
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let (mut lots, mut demand, mut bids, mut tiers, mut regional) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, lot) in self.lots.iter().enumerate() {
            lots.push(format!("L{at},G{}", lot.group));
            demand.extend(
                lot.demand.iter().enumerate().map(|(region, volume)| format!("L{at},R{region},{volume}")),
            );
            for (own, bid) in lot.bids.iter().enumerate() {
                let (id, supplier) = (Self::bid_id(at, own), bid.supplier);
                bids.push(format!(
                    "L{at},S{supplier},{id},{},{},{},{}",
                    bid.price,
                    number(bid.capacity),
                    number(bid.least),
                    bid.fixed
                ));
                tiers.extend(bid.bands.iter().map(|(least, most, price, fixed)| {
                    format!("L{at},S{supplier},{id},{least},{most},{price},{fixed}")
                }));
                for (region, stated) in bid.regional.iter().enumerate() {
                    if let Some(price) = stated {
                        let (price, not) = (number(*price), if price.is_none() { "true" } else { "" });
                        regional.push(format!("L{at},S{supplier},{id},R{region},{price},{not}"));
                    }
                }
            }
        }
        let supplier = |(at, own): (usize, &Supplier)| {
            format!(
                "S{at},C{},{},{},{},{}",
                own.controller,
                own.incumbent,
                if own.local { "local" } else { "other" },
                number(own.most_volume),
                number(own.most_value)
            )
        };
        let suppliers = self.suppliers.iter().enumerate().map(supplier).collect();
        let mut folder = Folder::new()
            .notice(&self.limits_as_text())
            .file("lots.csv", &table("lot_id,group", lots))
            .file("demand.csv", &table("lot_id,region,volume", demand))
            .file(
                "bids.csv",
                &table("lot_id,supplier_id,bid_id,price,capacity,min_quantity,fixed_cost", bids),
            )
            .file(
                "suppliers.csv",
                &table("supplier_id,controller,incumbent,class,capacity_volume,capacity_value", suppliers),
            );
        if !tiers.is_empty() {
            let heading = "lot_id,supplier_id,bid_id,min_quantity,max_quantity,price,fixed_cost";
            folder = folder.file("tiers.csv", &table(heading, tiers));
        }
        if !regional.is_empty() {
            let heading = "lot_id,supplier_id,bid_id,region,price,not_offered";
            folder = folder.file("regional_prices.csv", &table(heading, regional));
        }
        if !self.packages.is_empty() {
            let rows = self.packages.iter().enumerate().flat_map(|(at, package)| {
                let terms = if package.all_or_nothing { "all-or-nothing" } else { "discount" };
                package.bids.iter().map(move |(lot, bid, price)| {
                    let supplier = self.lots[*lot].bids[*bid].supplier;
                    let id = Self::bid_id(*lot, *bid);
                    format!("P{at},L{lot},S{supplier},{id},{terms},{}", number(*price))
                })
            });
            let heading = "package_id,lot_id,supplier_id,bid_id,terms,price";
            folder = folder.file("packages.csv", &table(heading, rows.collect()));
        }
        folder
    }

    fn limits_as_text(&self) -> String {
        let mut text = format!("[parameters]\nobjectives = \"{}\"\n", self.objectives.join(", "));
        for (at, limit) in self.limits.iter().enumerate() {
            let tenths = |share: i64| format!("0.{share}");
            let mut keys: Vec<(&str, String)> = Vec::new();
            let mut range = |min: Option<i64>, max: Option<i64>, shown: &dyn Fn(i64) -> String| {
                keys.extend(min.map(|min| ("min", shown(min))));
                keys.extend(max.map(|max| ("max", shown(max))));
            };
            let plain = |number: i64| number.to_string();
            let kind = match limit.kind {
                Kind::Winners(min, max) => {
                    range(min, max, &plain);
                    "winners"
                }
                Kind::Share { min, max, .. } => {
                    range(min, max, &tenths);
                    "share"
                }
                Kind::ClassShare { min, max, .. } => {
                    range(min, max, &tenths);
                    "class-share"
                }
                Kind::LotsPerSupplier(min, max) => {
                    range(min, max, &plain);
                    "lots-per-supplier"
                }
                Kind::RegionsPerWinner(min, max) => {
                    range(min, max, &plain);
                    "regions-per-winner"
                }
                Kind::OneSupplier => "one-supplier-per-region",
                Kind::Backups(_) => "backups",
                Kind::Budget(_) => "budget",
                Kind::Switching(_) => "switching",
                Kind::Preference(_) => "preference",
                Kind::Forced => "forced",
                Kind::Forbidden => "forbidden",
                Kind::RankMonotone => "rank-monotone",
                Kind::RelatedAsOne => "related-as-one",
            };
            match limit.kind {
                Kind::Backups(count) => keys.push(("exactly", plain(count))),
                Kind::Budget(most) => keys.push(("max", plain(most))),
                Kind::Switching(amount) => keys.push(("saves_more_than", plain(amount))),
                Kind::Preference(margin) => keys.push(("margin", tenths(margin))),
                Kind::Share { value: true, .. } | Kind::ClassShare { value: true, .. } => {
                    keys.push(("of", "value".to_owned()));
                }
                _ => {}
            }
            keys.extend(limit.group.map(|group| ("group", format!("G{group}"))));
            keys.extend(limit.supplier.map(|supplier| ("suppliers", format!("S{supplier}"))));
            keys.extend(limit.local.then(|| ("class", "local".to_owned())));
            keys.extend(limit.together.then(|| ("each", "tender".to_owned())));
            let _ = write!(text, "[limit.n{at}]\nkind = \"{kind}\"\n");
            for (key, value) in keys {
                let _ = writeln!(text, "{key} = \"{value}\"");
            }
        }
        text
    }
}
