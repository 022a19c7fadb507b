//! Small random tenders over the bidding language: what they say.

/// A small generator of numbers (Knuth's constants); the same seed gives the same tender.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(3_037_000_493))
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % (sides as u64)).unwrap()
    }

    fn number(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.roll(usize::try_from(to - from + 1).unwrap())).unwrap()
    }

    fn chance(&mut self, of: usize) -> bool {
        self.roll(of) == 0
    }
}

#[derive(Debug, Clone)]
pub struct Bid {
    pub supplier: usize,
    pub price: i64,
    /// For each region: not stated, not offered, or a price.
    pub regional: Vec<Option<Option<i64>>>,
    /// Least, largest, price, fixed cost.
    pub bands: Vec<(i64, i64, i64, i64)>,
    pub capacity: Option<i64>,
    pub least: Option<i64>,
    pub fixed: i64,
}

#[derive(Debug, Clone)]
pub struct Lot {
    pub group: usize,
    pub demand: Vec<i64>,
    pub bids: Vec<Bid>,
}

#[derive(Debug, Clone)]
pub struct Supplier {
    pub controller: usize,
    pub incumbent: bool,
    pub local: bool,
    pub most_volume: Option<i64>,
    pub most_value: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct Package {
    pub all_or_nothing: bool,
    /// Lot, bid, price in the package.
    pub bids: Vec<(usize, usize, Option<i64>)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
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
pub struct Limit {
    pub kind: Kind,
    pub group: Option<usize>,
    pub supplier: Option<usize>,
    pub local: bool,
    pub together: bool,
}

#[derive(Debug, Clone)]
pub struct Tender {
    pub lots: Vec<Lot>,
    pub suppliers: Vec<Supplier>,
    pub packages: Vec<Package>,
    pub limits: Vec<Limit>,
    pub objectives: Vec<&'static str>,
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
            together: dice.chance(3),
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
