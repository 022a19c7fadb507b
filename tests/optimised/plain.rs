//! Small random tenders of few words and whole units, of which all awards can be tried with much of the tender left out.

#[path = "conflicts_random.rs"]
mod conflicts_random;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::folder::Folder;
use super::random::Dice;

#[derive(Debug, Clone)]
pub struct Bid {
    pub supplier: usize,
    price: i64,
    /// For each region: not stated, not offered, or a price.
    regional: Vec<Option<Option<i64>>>,
    /// Least, largest, price, fixed cost.
    bands: Vec<(i64, i64, i64, i64)>,
    capacity: Option<i64>,
    least: Option<i64>,
    fixed: i64,
}

#[derive(Debug, Clone)]
pub struct Lot {
    group: usize,
    demand: Vec<i64>,
    pub bids: Vec<Bid>,
}

#[derive(Debug, Clone)]
struct Supplier {
    controller: usize,
    incumbent: bool,
    local: bool,
    most_volume: Option<i64>,
    most_value: Option<i64>,
}

#[derive(Debug, Clone)]
struct Package {
    all_or_nothing: bool,
    /// Lot, bid, price in the package.
    bids: Vec<(usize, usize, Option<i64>)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Winners(Option<i64>, Option<i64>),
    Share { value: bool, min: Option<i64>, max: Option<i64> },
    ClassShare { value: bool, min: Option<i64>, max: Option<i64> },
    LotsPerSupplier(Option<i64>, Option<i64>),
    RegionsPerWinner(Option<i64>, Option<i64>),
    OneSupplier,
    Backups(i64),
    Budget(i64),
    Switching(i64),
    Preference(i64),
    Forced,
    Forbidden,
    RankMonotone,
    RelatedAsOne,
}

#[derive(Debug, Clone)]
struct Limit {
    kind: Kind,
    group: Option<usize>,
    supplier: Option<usize>,
    local: bool,
    together: bool,
}

#[derive(Debug, Clone)]
pub struct Tender {
    pub lots: Vec<Lot>,
    suppliers: Vec<Supplier>,
    packages: Vec<Package>,
    limits: Vec<Limit>,
    objectives: Vec<&'static str>,
}

fn range(dice: &mut Dice, most: i64) -> (Option<i64>, Option<i64>) {
    match dice.roll(3) {
        0 => (None, Some(dice.number(1, most))),
        1 => (Some(dice.number(1, most)), None),
        _ => {
            let exactly = dice.number(1, most);
            (Some(exactly), Some(exactly))
        }
    }
}

fn bid(dice: &mut Dice, supplier: usize, regions: usize) -> Bid {
    let mut bid = Bid {
        supplier,
        price: dice.number(1, 9),
        regional: vec![None; regions],
        bands: Vec::new(),
        capacity: None,
        least: None,
        fixed: 0,
    };
    match dice.roll(4) {
        0 => {
            let split = dice.number(1, 2);
            bid.bands.push((0, split, dice.number(1, 9), dice.number(0, 3)));
            bid.bands.push((split + 1, split + dice.number(1, 3), dice.number(1, 9), dice.number(0, 6)));
            bid.price = bid.bands[0].2;
        }
        1 => {
            for region in &mut bid.regional {
                *region = match dice.roll(4) {
                    0 => None,
                    1 => Some(None),
                    _ => Some(Some(dice.number(1, 9))),
                };
            }
        }
        _ => {}
    }
    if dice.chance(3) {
        bid.capacity = Some(dice.number(1, 5));
    }
    if dice.chance(4) {
        bid.least = Some(dice.number(1, bid.capacity.unwrap_or(3)));
    }
    if dice.chance(3) {
        bid.fixed = dice.number(1, 6);
    }
    bid
}

fn kind(dice: &mut Dice) -> Kind {
    match dice.roll(14) {
        0 => {
            let (min, max) = range(dice, 3);
            Kind::Winners(min, max)
        }
        1 => Kind::Share { value: dice.chance(2), min: None, max: Some(dice.number(4, 9)) },
        2 => Kind::Share { value: dice.chance(2), min: Some(dice.number(1, 5)), max: None },
        3 => Kind::ClassShare { value: dice.chance(2), min: Some(dice.number(1, 6)), max: None },
        4 => {
            let (min, max) = range(dice, 2);
            Kind::LotsPerSupplier(min, max)
        }
        5 => {
            let (min, max) = range(dice, 2);
            Kind::RegionsPerWinner(min, max)
        }
        6 => Kind::OneSupplier,
        7 => Kind::Backups(1),
        8 => Kind::Budget(dice.number(8, 40)),
        9 => Kind::Switching(dice.number(1, 9)),
        10 => Kind::Preference(dice.number(1, 3)),
        11 => Kind::Forced,
        12 => Kind::Forbidden,
        _ => [Kind::RankMonotone, Kind::RelatedAsOne][dice.roll(2)],
    }
}

/// A small tender.
pub fn tender(seed: u64) -> Tender {
    let dice = &mut Dice::new(seed);
    let suppliers: Vec<Supplier> = (0..3)
        .map(|own| Supplier {
            controller: if dice.chance(4) { 0 } else { own },
            incumbent: dice.chance(2),
            local: own == 0 || dice.chance(2),
            most_volume: dice.chance(8).then(|| dice.number(2, 6)),
            most_value: dice.chance(8).then(|| dice.number(8, 30)),
        })
        .collect();
    let lots: Vec<Lot> = (0..=dice.roll(2))
        .map(|_| {
            let demand: Vec<i64> = (0..=dice.roll(2)).map(|_| dice.number(1, 3)).collect();
            let mut bidders: Vec<usize> = (0..3).filter(|_| !dice.chance(5)).collect();
            if bidders.is_empty() {
                bidders.push(1);
            }
            if dice.chance(5) {
                bidders.extend(bidders.first().copied());
            }
            let bids = bidders.into_iter().map(|own| bid(dice, own, demand.len())).collect();
            Lot { group: dice.roll(2), demand, bids }
        })
        .collect();
    let mut packages = Vec::new();
    if dice.chance(3) && lots.len() == 2 && lots.iter().all(|lot| !lot.bids.is_empty()) {
        let bids: Vec<_> = (0..2)
            .map(|lot| {
                let bid = dice.roll(lots[lot].bids.len());
                let own = &lots[lot].bids[bid];
                let plain = own.bands.is_empty() && own.regional.iter().all(Option::is_none);
                (lot, bid, (plain && dice.chance(2)).then(|| dice.number(1, 9)))
            })
            .collect();
        packages.push(Package { all_or_nothing: dice.chance(2), bids });
    }
    let mut limits = Vec::new();
    for _ in 0..dice.roll(4) {
        let kind = kind(dice);
        if matches!(kind, Kind::Backups(_)) {
            limits.push(Limit {
                kind: Kind::OneSupplier,
                group: None,
                supplier: None,
                local: false,
                together: false,
            });
        }
        limits.push(Limit {
            kind,
            group: (dice.chance(3) && kind != Kind::RelatedAsOne).then(|| lots[0].group),
            supplier: None,
            local: matches!(
                kind,
                Kind::ClassShare { .. } | Kind::Preference(_) | Kind::Forced | Kind::Forbidden
            ) || (dice.chance(4) && matches!(kind, Kind::Winners(..) | Kind::Share { .. })),
            together: dice.chance(3)
                && !matches!(
                    kind,
                    Kind::OneSupplier | Kind::Backups(_) | Kind::RankMonotone | Kind::Switching(_)
                ),
        });
    }
    let objectives = match dice.roll(5) {
        0 => vec!["cost", "fewer-winners"],
        1 => vec!["cost", "incumbents"],
        2 => vec!["fewer-winners", "cost"],
        3 => vec!["cost", "more-winners"],
        _ => vec!["cost"],
    };
    Tender { lots, suppliers, packages, limits, objectives }
}

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

/// One way to award a lot: for each bid and region a volume.
#[derive(Debug, Clone)]
struct LotAward {
    volumes: Vec<Vec<i64>>,
}

impl LotAward {
    fn volume(&self, bid: usize) -> i64 {
        self.volumes[bid].iter().sum()
    }

    fn wins(&self, bid: usize) -> bool {
        self.volume(bid) > 0
    }
}

/// Every way to give `volume` to bids.
fn splits(volume: i64, bids: usize) -> Vec<Vec<i64>> {
    if bids == 0 {
        return if volume == 0 { vec![Vec::new()] } else { Vec::new() };
    }
    (0..=volume)
        .flat_map(|own| {
            splits(volume - own, bids - 1).into_iter().map(move |mut rest| {
                rest.insert(0, own);
                rest
            })
        })
        .collect()
}

impl Lot {
    /// The price of a bid for its volume, in every region, with the fixed cost; `None` when it offers nothing of the kind.
    fn value(&self, award: &LotAward, at: usize, packed: Option<i64>) -> Option<(i64, i64)> {
        let bid = &self.bids[at];
        let volume = award.volume(at);
        if bid.capacity.is_some_and(|most| volume > most) || bid.least.is_some_and(|least| volume < least) {
            return None;
        }
        if let Some(price) = packed {
            return Some((price * volume, bid.fixed));
        }
        if !bid.bands.is_empty() {
            let band = bid.bands.iter().find(|(least, most, ..)| (*least..=*most).contains(&volume))?;
            return Some((band.2 * volume, bid.fixed + band.3));
        }
        let mut value = 0;
        for (region, stated) in bid.regional.iter().enumerate() {
            let volume = award.volumes[at][region];
            if volume > 0 {
                value += volume * stated.unwrap_or(Some(bid.price))?;
            }
        }
        Some((value, bid.fixed))
    }
}

impl Tender {
    fn covers(&self, limit: &Limit, lot: usize) -> bool {
        limit.group.is_none_or(|group| self.lots[lot].group == group)
    }

    fn has(&self, lot: usize, kind: Kind) -> bool {
        self.limits.iter().any(|limit| limit.kind == kind && self.covers(limit, lot))
    }

    fn concerns(&self, limit: &Limit, bid: &Bid) -> bool {
        limit.supplier.is_none_or(|supplier| supplier == bid.supplier)
            && (!limit.local || self.suppliers[bid.supplier].local)
    }

    /// The package price of a bid; `None` when an all-or-nothing package is split.
    fn packed(&self, awards: &[&LotAward]) -> Option<impl Fn(usize, usize) -> Option<i64> + use<'_>> {
        let mut prices = Vec::new();
        for package in &self.packages {
            let won = package.bids.iter().filter(|(lot, bid, _)| awards[*lot].wins(*bid)).count();
            if package.all_or_nothing && won != 0 && won != package.bids.len() {
                return None;
            }
            if won == package.bids.len() {
                prices.extend(
                    package.bids.iter().filter_map(|(lot, bid, price)| Some((*lot, *bid, (*price)?))),
                );
            }
        }
        Some(move |lot: usize, bid: usize| {
            prices.iter().find(|(at, own, _)| (*at, *own) == (lot, bid)).map(|(_, _, price)| *price)
        })
    }
}

/// An award under examination.
struct Won<'a> {
    tender: &'a Tender,
    awards: &'a [&'a LotAward],
    /// For each lot and bid: value and fixed cost.
    paid: Vec<Vec<(i64, i64)>>,
}

impl Won<'_> {
    /// The bids of the tender that win, as lot and bid, of which something holds.
    fn places(&self, holds: impl Fn(usize, &Bid) -> bool) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for (at, lot) in self.tender.lots.iter().enumerate() {
            for (own, bid) in lot.bids.iter().enumerate() {
                if holds(at, bid) {
                    places.push((at, own));
                }
            }
        }
        places
    }

    fn wins(&self, (lot, bid): (usize, usize)) -> bool {
        self.awards[lot].wins(bid)
    }

    fn volume(&self, places: &[(usize, usize)]) -> i64 {
        places.iter().map(|(lot, bid)| self.awards[*lot].volume(*bid)).sum()
    }

    fn value(&self, places: &[(usize, usize)]) -> i64 {
        places.iter().map(|(lot, bid)| self.paid[*lot][*bid].0).sum()
    }

    fn fixed(&self, places: &[(usize, usize)]) -> i64 {
        places.iter().map(|(lot, bid)| self.paid[*lot][*bid].1).sum()
    }

    fn supplier(&self, (lot, bid): (usize, usize)) -> usize {
        self.tender.lots[lot].bids[bid].supplier
    }

    fn within_capacities(&self) -> bool {
        self.tender.suppliers.iter().enumerate().all(|(at, supplier)| {
            let own = self.places(|_, bid| bid.supplier == at);
            supplier.most_volume.is_none_or(|most| self.volume(&own) <= most)
                && supplier.most_value.is_none_or(|most| self.value(&own) <= most)
        })
    }

    fn keeps(&self, limit: &Limit, as_one: bool) -> bool {
        let lots: Vec<usize> = (0..self.awards.len()).filter(|lot| self.tender.covers(limit, *lot)).collect();
        let blocks: Vec<Vec<usize>> = match limit.together && !lots.is_empty() {
            true => vec![lots],
            false => lots.into_iter().map(|lot| vec![lot]).collect(),
        };
        if let Kind::LotsPerSupplier(min, max) = limit.kind {
            let all: Vec<usize> = blocks.into_iter().flatten().collect();
            return self.lots_per_supplier(limit, as_one, &all, (min, max));
        }
        blocks.iter().all(|lots| self.keeps_on(limit, as_one, lots))
    }

    fn party(&self, place: (usize, usize), as_one: bool) -> usize {
        let supplier = self.supplier(place);
        // Controllers are counted apart from suppliers.
        if as_one { 100 + self.tender.suppliers[supplier].controller } else { supplier }
    }

    fn lots_per_supplier(
        &self,
        limit: &Limit,
        as_one: bool,
        lots: &[usize],
        (min, max): (Option<i64>, Option<i64>),
    ) -> bool {
        let own = self.places(|lot, bid| lots.contains(&lot) && self.tender.concerns(limit, bid));
        let parties: BTreeSet<usize> = own.iter().map(|place| self.party(*place, as_one)).collect();
        parties.iter().all(|party| {
            let won: BTreeSet<usize> = own
                .iter()
                .filter(|place| self.party(**place, as_one) == *party && self.wins(**place))
                .map(|(lot, _)| *lot)
                .collect();
            let count = i64::try_from(won.len()).unwrap();
            max.is_none_or(|max| count <= max) && (count == 0 || min.is_none_or(|min| count >= min))
        })
    }

    fn keeps_on(&self, limit: &Limit, as_one: bool, lots: &[usize]) -> bool {
        let own = self.places(|lot, bid| lots.contains(&lot) && self.tender.concerns(limit, bid));
        let all = self.places(|lot, _| lots.contains(&lot));
        let parties: BTreeSet<usize> = own.iter().map(|place| self.party(*place, as_one)).collect();
        let of_party = |party: usize| -> Vec<(usize, usize)> {
            own.iter().copied().filter(|place| self.party(*place, as_one) == party).collect()
        };
        let measure = |value: bool, places: &[(usize, usize)]| {
            if value { self.value(places) } else { self.volume(places) }
        };
        match limit.kind {
            Kind::Winners(min, max) => {
                let won =
                    parties.iter().filter(|party| of_party(**party).iter().any(|place| self.wins(*place)));
                let count = i64::try_from(won.count()).unwrap();
                min.is_none_or(|min| count >= min) && max.is_none_or(|max| count <= max)
            }
            Kind::Share { value, min, max } => parties.iter().all(|party| {
                let own = of_party(*party);
                let (part, whole) = (10 * measure(value, &own), measure(value, &all));
                let won = own.iter().any(|place| self.wins(*place));
                max.is_none_or(|max| part <= max * whole)
                    && (!won || min.is_none_or(|min| part >= min * whole))
            }),
            Kind::ClassShare { value, min, max } => {
                let (part, whole) = (10 * measure(value, &own), measure(value, &all));
                max.is_none_or(|max| part <= max * whole) && min.is_none_or(|min| part >= min * whole)
            }
            Kind::RegionsPerWinner(min, max) => parties.iter().all(|party| {
                let own = of_party(*party);
                let served = own.iter().flat_map(|(lot, bid)| {
                    let volumes = &self.awards[*lot].volumes[*bid];
                    (0..volumes.len()).filter(|region| volumes[*region] > 0)
                });
                let served = i64::try_from(served.collect::<BTreeSet<_>>().len()).unwrap();
                served == 0 || (min.is_none_or(|min| served >= min) && max.is_none_or(|max| served <= max))
            }),
            Kind::Backups(count) => lots.iter().all(|lot| self.has_backups(*lot, count, as_one)),
            Kind::Budget(most) => self.value(&own) + self.fixed(&own) <= most,
            Kind::Forced => {
                parties.iter().all(|party| of_party(*party).iter().any(|place| self.wins(*place)))
            }
            Kind::Forbidden => own.iter().all(|place| !self.wins(*place)),
            Kind::RankMonotone => lots.iter().all(|lot| self.is_monotone(*lot)),
            Kind::OneSupplier
            | Kind::Switching(_)
            | Kind::Preference(_)
            | Kind::RelatedAsOne
            | Kind::LotsPerSupplier(..) => true,
        }
    }

    fn has_backups(&self, lot: usize, count: i64, as_one: bool) -> bool {
        let stated = &self.tender.lots[lot];
        (0..stated.demand.len()).all(|region| {
            let offers = |bid: &usize| stated.bids[*bid].regional[region] != Some(None);
            let winners = (0..stated.bids.len()).filter(|bid| self.awards[lot].wins(*bid)).filter(offers);
            let parties: BTreeSet<usize> = winners.map(|bid| self.party((lot, bid), as_one)).collect();
            i64::try_from(parties.len()).unwrap() > count
        })
    }

    fn is_monotone(&self, lot: usize) -> bool {
        let bids = &self.tender.lots[lot].bids;
        let volume = |bid: usize| self.awards[lot].volume(bid);
        (0..bids.len()).all(|one| {
            (0..bids.len()).all(|other| {
                let better = bids[one].price < bids[other].price;
                !(better && volume(one) > 0) || volume(one) >= volume(other)
            })
        })
    }
}
