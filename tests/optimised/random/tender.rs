//! Small random tenders over the bidding language: what they say.
//!
//! Numbers are whole: prices in `10^-price_digits`, volumes in `10^-volume_digits`, money in both together.

use std::collections::BTreeSet;

use super::dice::Dice;

/// Least and largest.
pub type Bounds = (Option<i64>, Option<i64>);

#[derive(Debug, Clone)]
pub struct Band {
    pub least: i64,
    pub most: Option<i64>,
    pub price: i64,
    pub fixed: i64,
}

#[derive(Debug, Clone)]
pub struct Bid {
    pub supplier: usize,
    pub price: i64,
    /// For each region: not stated, not offered, or a price.
    pub regional: Vec<Option<Option<i64>>>,
    pub bands: Vec<Band>,
    pub capacity: Option<i64>,
    pub least: Option<i64>,
    pub fixed: i64,
    pub unit: Option<char>,
    pub quality: Option<i64>,
    /// The quoted specification holds twice the content.
    pub double: bool,
}

#[derive(Debug, Clone)]
pub struct Lot {
    pub group: usize,
    pub demand: Vec<i64>,
    pub ceiling: Option<i64>,
    pub bids: Vec<Bid>,
    /// Regions that need not be given all they want: only where some of a tender is left out.
    pub unmet: BTreeSet<usize>,
}

#[derive(Debug, Clone)]
pub struct Supplier {
    pub controller: usize,
    pub incumbent: Option<bool>,
    pub local: bool,
    /// In halves of a volume.
    pub most_volume: Option<i64>,
    pub most_value: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct Package {
    pub all_or_nothing: bool,
    /// Lot, bid, price in the package.
    pub bids: Vec<(usize, usize, Option<i64>)>,
}

/// What a limit says; shares are in tenths.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Winners(Bounds),
    Share { value: bool, range: Bounds },
    ClassShare { value: bool, range: Bounds },
    SharesByRank(Vec<Vec<i64>>),
    RankMonotone,
    LotsPerSupplier(Bounds),
    RegionsPerWinner(Bounds),
    OneSupplier,
    Backups(i64),
    Budget(i64),
    Switching(i64),
    Preference(i64),
    Forced,
    Forbidden,
    Reserve(i64),
    AgreedShare(Vec<i64>),
    RelatedAsOne,
}

impl Kind {
    /// The word in files.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Winners(_) => "winners",
            Self::Share { .. } => "share",
            Self::ClassShare { .. } => "class-share",
            Self::SharesByRank(_) => "shares-by-rank",
            Self::RankMonotone => "rank-monotone",
            Self::LotsPerSupplier(_) => "lots-per-supplier",
            Self::RegionsPerWinner(_) => "regions-per-winner",
            Self::OneSupplier => "one-supplier-per-region",
            Self::Backups(_) => "backups",
            Self::Budget(_) => "budget",
            Self::Switching(_) => "switching",
            Self::Preference(_) => "preference",
            Self::Forced => "forced",
            Self::Forbidden => "forbidden",
            Self::Reserve(_) => "reserve",
            Self::AgreedShare(_) => "agreed-share",
            Self::RelatedAsOne => "related-as-one",
        }
    }

    /// The name of the parameter of the rule set that says it.
    pub fn parameter(&self) -> &'static str {
        match self {
            Self::Winners((Some(_), _)) => "min_suppliers",
            Self::Winners(_) => "max_suppliers",
            Self::Share { .. } => "max_share",
            Self::OneSupplier => "one_supplier_per_region",
            other => panic!("{other:?} is no parameter"),
        }
    }

    /// Kinds that speak of a lot whoever bids, and need each lot by itself.
    pub fn of_whole_lots(&self) -> bool {
        matches!(
            self,
            Self::SharesByRank(_)
                | Self::RankMonotone
                | Self::OneSupplier
                | Self::Backups(_)
                | Self::Reserve(_)
                | Self::AgreedShare(_)
        )
    }
}

/// Where a limit stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stated {
    /// In the tender.
    Tender,
    /// In the rule set.
    Rules,
    /// In the rule set, and lifted by the tender.
    Lifted,
    /// In the `[parameters]` of the rule set.
    Parameter,
}

#[derive(Debug, Clone)]
pub struct Limit {
    pub kind: Kind,
    pub lots: Vec<usize>,
    pub group: Option<usize>,
    pub suppliers: Vec<usize>,
    pub class: Option<&'static str>,
    pub unit: Option<char>,
    pub together: bool,
    pub stated: Stated,
}

#[derive(Debug, Clone)]
pub struct Tender {
    pub lots: Vec<Lot>,
    pub suppliers: Vec<Supplier>,
    pub packages: Vec<Package>,
    pub limits: Vec<Limit>,
    pub objectives: Vec<&'static str>,
    pub price_digits: usize,
    pub volume_digits: usize,
    /// Demand is counted in tens.
    pub in_tens: bool,
}

/// How large the parts of a tender may be: trying all has its limits.
struct Size {
    bidders: usize,
    regions: usize,
    volume: i64,
    price: i64,
}

fn demand(dice: &mut Dice, size: &Size) -> Vec<i64> {
    let mut demand: Vec<i64> = (0..=dice.roll(size.regions)).map(|_| dice.number(1, size.volume)).collect();
    if demand.len() > 1 && dice.chance(8) {
        demand[0] = 0;
    }
    demand
}

/// A price, sometimes of zero: what somebody gives for nothing.
fn free_or(dice: &mut Dice, most: i64) -> i64 {
    if dice.chance(8) { 0 } else { dice.number(1, most) }
}

/// Bands with or without holes; at the price of all units, or with the set-up charges that make each further unit cheaper.
fn bands(dice: &mut Dice, most_price: i64) -> Vec<Band> {
    let mut price = dice.number(1, most_price);
    let first =
        Band { least: dice.number(0, 1), most: Some(dice.number(1, 3)), price, fixed: dice.number(0, 4) };
    let mut bands = vec![first];
    let incremental = dice.chance(2);
    for _ in 0..dice.number(1, 2) {
        let before = bands.last().unwrap();
        let end = before.most.unwrap();
        let next = if incremental {
            let lower = dice.number(0, price);
            let fixed = before.fixed + end * (price - lower);
            price = lower;
            Band { least: end, most: Some(end + dice.number(1, 3)), price, fixed }
        } else {
            // Meeting the one before, next to it, or beyond a hole.
            let least = end + dice.number(0, 2);
            price = free_or(dice, most_price);
            Band { least, most: Some(least + dice.number(1, 3)), price, fixed: dice.number(0, 6) }
        };
        bands.push(next);
    }
    if dice.chance(2) {
        bands.last_mut().unwrap().most = None;
    }
    bands
}

fn bid(dice: &mut Dice, supplier: usize, regions: usize, most_price: i64) -> Bid {
    let mut bid = Bid {
        supplier,
        price: dice.number(1, most_price),
        regional: vec![None; regions],
        bands: Vec::new(),
        capacity: dice.chance(5).then(|| dice.number(1, 6)),
        least: None,
        fixed: 0,
        unit: dice.chance(2).then(|| dice.one(&['A', 'B'])),
        quality: dice.chance(2).then(|| dice.number(0, 9)),
        double: dice.chance(6),
    };
    match dice.roll(4) {
        0 if dice.chance(2) => bid.bands = bands(dice, most_price),
        1 => {
            for region in &mut bid.regional {
                *region = match dice.roll(4) {
                    0 => None,
                    1 if dice.chance(2) => Some(None),
                    _ => Some(Some(free_or(dice, most_price))),
                };
            }
        }
        _ => {}
    }
    if dice.chance(6) {
        bid.least = Some(dice.number(1, bid.capacity.unwrap_or(3)));
    }
    if dice.chance(3) {
        bid.fixed = dice.number(1, 6);
    }
    bid
}

fn lot(dice: &mut Dice, suppliers: usize, size: &Size) -> Lot {
    let demand = demand(dice, size);
    let mut bidders: Vec<usize> = (0..suppliers).filter(|_| !dice.chance(5)).take(size.bidders).collect();
    if bidders.is_empty() {
        bidders.push(1);
    }
    if bidders.len() < size.bidders && dice.chance(4) {
        bidders.extend(bidders.first().copied());
    }
    let bids = bidders.into_iter().map(|own| bid(dice, own, demand.len(), size.price)).collect();
    Lot {
        group: dice.roll(2),
        demand,
        ceiling: dice.chance(8).then(|| dice.number(3, 9)),
        bids,
        unmet: BTreeSet::new(),
    }
}

fn range(dice: &mut Dice, least: i64, most: i64) -> Bounds {
    let (one, other) = (dice.number(least, most), dice.number(least, most));
    match dice.roll(4) {
        0 => (None, Some(one)),
        1 => (Some(one), None),
        2 => (Some(one), Some(one)),
        _ => (Some(one.min(other)), Some(one.max(other))),
    }
}

/// Kinds of limit; the numbers are those of [`kind`].
const KINDS: usize = 22;

fn kind(dice: &mut Dice, which: usize) -> Kind {
    match which {
        0 => Kind::Winners(range(dice, 1, 3)),
        1 => Kind::Share { value: dice.chance(2), range: (None, Some(dice.number(4, 9))) },
        2 => Kind::Share {
            value: dice.chance(2),
            range: (Some(dice.number(1, 5)), dice.chance(2).then_some(7)),
        },
        3 => Kind::ClassShare { value: dice.chance(2), range: range(dice, 1, 8) },
        4 => Kind::SharesByRank(
            dice.one(&[&[&[6, 4][..]][..], &[&[10], &[7, 3]], &[&[6, 4], &[5, 3, 2]], &[&[5, 5]]])
                .iter()
                .map(|list| list.to_vec())
                .collect(),
        ),
        5 => Kind::LotsPerSupplier(range(dice, 1, 2)),
        6 => Kind::RegionsPerWinner(range(dice, 1, 2)),
        7 => Kind::OneSupplier,
        8 => Kind::Backups(1),
        9 => Kind::Budget(dice.number(3, 25)),
        10 => Kind::Switching(dice.number(1, 9)),
        11 => Kind::Preference(dice.number(1, 4)),
        12 => Kind::Forced,
        13 => Kind::Forbidden,
        14 => Kind::Reserve(dice.one(&[2, 5])),
        15 => Kind::AgreedShare(dice.one(&[&[5, 6, 7][..], &[10, 5], &[5, 10], &[8, 6]]).to_vec()),
        16..=19 => Kind::RankMonotone,
        _ => Kind::RelatedAsOne,
    }
}

/// A limit on its scope.
fn limit(dice: &mut Dice, kind: Kind, lots: &[Lot]) -> Limit {
    let mut limit = Limit {
        kind,
        lots: Vec::new(),
        group: None,
        suppliers: Vec::new(),
        class: None,
        unit: None,
        together: false,
        stated: dice.one(&[
            Stated::Tender,
            Stated::Tender,
            Stated::Tender,
            Stated::Rules,
            Stated::Rules,
            Stated::Lifted,
        ]),
    };
    if limit.kind == Kind::RelatedAsOne {
        return limit;
    }
    match dice.roll(4) {
        0 => limit.group = Some(lots[0].group),
        1 => limit.lots = (0..lots.len()).filter(|lot| *lot == 0 || dice.chance(2)).collect(),
        _ => {}
    }
    if limit.kind.of_whole_lots() {
        return limit;
    }
    limit.together = dice.chance(3) && !matches!(limit.kind, Kind::Switching(_));
    let narrow = match limit.kind {
        Kind::ClassShare { .. } | Kind::Preference(_) | Kind::Forced | Kind::Forbidden => 4,
        _ => 8,
    };
    match dice.roll(narrow) {
        0 => limit.class = Some("incumbent"),
        1 => limit.class = Some("new-entrant"),
        2 => limit.suppliers = vec![lots[0].bids[0].supplier],
        3 => limit.class = Some("local"),
        4 => limit.unit = lots.iter().flat_map(|lot| &lot.bids).find_map(|bid| bid.unit),
        _ => {}
    }
    limit
}

/// Limits that may stand beside each other.
fn fits(limits: &[Limit], kind: &Kind) -> bool {
    let has = |refused: fn(&Kind) -> bool| limits.iter().any(|limit| refused(&limit.kind));
    let by_rank = |kind: &Kind| matches!(kind, Kind::SharesByRank(_));
    let agreed = |kind: &Kind| matches!(kind, Kind::AgreedShare(_));
    let one = |kind: &Kind| matches!(kind, Kind::OneSupplier);
    match kind {
        Kind::SharesByRank(_) => !has(by_rank) && !has(agreed) && !has(one),
        Kind::AgreedShare(_) => !has(by_rank) && !has(agreed) && !has(one),
        Kind::OneSupplier | Kind::Backups(_) => !has(by_rank) && !has(agreed),
        Kind::Reserve(_) => !has(|kind| matches!(kind, Kind::Reserve(_))),
        _ => true,
    }
}

fn limits(dice: &mut Dice, lots: &[Lot]) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    for _ in 0..dice.roll(5) {
        let which = dice.roll(KINDS);
        let kind = kind(dice, which);
        if !fits(&limits, &kind) {
            continue;
        }
        if matches!(kind, Kind::Backups(_)) {
            let plain = Limit { stated: Stated::Rules, ..limit(dice, Kind::RelatedAsOne, lots) };
            limits.push(Limit { kind: Kind::OneSupplier, ..plain });
        }
        if kind == Kind::RelatedAsOne {
            // It says nothing by itself.
            let counts = dice.roll(2);
            let kind = self::kind(dice, counts);
            limits.push(limit(dice, kind, lots));
        }
        limits.push(limit(dice, kind, lots));
    }
    limits
}

/// Limits that stand in `[parameters]`.
fn parameters(dice: &mut Dice, limits: &mut Vec<Limit>) {
    let kind = match dice.roll(16) {
        0 => Kind::Winners((Some(dice.number(1, 2)), None)),
        1 => Kind::Winners((None, Some(dice.number(1, 2)))),
        2 => Kind::Share { value: false, range: (None, Some(dice.number(4, 9))) },
        3 if fits(limits, &Kind::OneSupplier) => Kind::OneSupplier,
        _ => return,
    };
    limits.push(Limit {
        kind,
        lots: Vec::new(),
        group: None,
        suppliers: Vec::new(),
        class: None,
        unit: None,
        together: false,
        stated: Stated::Parameter,
    });
}

fn packages(dice: &mut Dice, lots: &[Lot]) -> Vec<Package> {
    if lots.len() < 2 || !dice.chance(3) {
        return Vec::new();
    }
    let own = dice.number(2, i64::try_from(lots.len()).unwrap());
    let bids = (0..usize::try_from(own).unwrap()).map(|lot| {
        let bid = dice.roll(lots[lot].bids.len());
        let own = &lots[lot].bids[bid];
        let plain = own.bands.is_empty() && own.regional.iter().all(Option::is_none);
        (lot, bid, (plain && !dice.chance(3)).then(|| dice.number(1, 9)))
    });
    let bids = bids.collect();
    vec![Package { all_or_nothing: dice.chance(2), bids }]
}

/// With shares by rank, no two bids of a lot have one price.
fn part_prices(lots: &mut [Lot], limits: &[Limit]) {
    if !limits.iter().any(|limit| matches!(limit.kind, Kind::SharesByRank(_))) {
        return;
    }
    for lot in lots {
        for own in 1..lot.bids.len() {
            while lot.bids[..own].iter().any(|bid| bid.price == lot.bids[own].price) {
                lot.bids[own].price += 1;
            }
        }
    }
}

fn suppliers(dice: &mut Dice, count: usize) -> Vec<Supplier> {
    let one = |own: usize| Supplier {
        controller: if dice.chance(3) { 0 } else { own },
        incumbent: dice.one(&[Some(true), Some(false), Some(false), None]),
        local: own == 0 || dice.chance(2),
        most_volume: dice.chance(10).then(|| dice.number(3, 15)),
        most_value: dice.chance(10).then(|| dice.number(8, 40)),
    };
    (0..count).map(one).collect()
}

/// Whether a limit takes parts of volumes, so that trying all has ten times the steps.
fn is_fine(limit: &Limit) -> bool {
    matches!(limit.kind, Kind::Reserve(_) | Kind::AgreedShare(_) | Kind::SharesByRank(_))
}

/// A small tender.
pub fn tender(seed: u64) -> Tender {
    let dice = &mut Dice::new(seed);
    // A small range of prices makes ties.
    let price = dice.one(&[2, 9, 9]);
    let (lots, size) = match dice.roll(8) {
        0 => (3, Size { bidders: 2, regions: 2, volume: 2, price }),
        1..=3 => (2, Size { bidders: 3, regions: 2, volume: 3, price }),
        4 => (1, Size { bidders: 4, regions: 2, volume: 3, price }),
        _ => (1, Size { bidders: 3, regions: 3, volume: 4, price }),
    };
    let bidders = size.bidders.max(3);
    let suppliers = suppliers(dice, bidders);
    let mut lots: Vec<Lot> = (0..lots).map(|_| lot(dice, bidders, &size)).collect();
    let packages = packages(dice, &lots);
    let mut limits = limits(dice, &lots);
    parameters(dice, &mut limits);
    if lots.len() > 1 && limits.iter().filter(|limit| is_fine(limit)).count() > 1 {
        // Parts of parts of several lots are too many steps for trying all.
        limits.retain(|limit| !matches!(limit.kind, Kind::Reserve(_)));
    }
    part_prices(&mut lots, &limits);
    if limits.iter().any(is_fine) {
        // One unit a region has ten steps.
        let few =
            if lots.len() > 1 || limits.iter().filter(|limit| is_fine(limit)).count() > 1 { 1 } else { 2 };
        for lot in &mut lots {
            lot.demand.truncate(few);
            lot.demand.iter_mut().for_each(|volume| *volume = (*volume).min(1));
            lot.demand[0] = 1;
            lot.bids.iter_mut().for_each(|bid| bid.regional.truncate(few));
        }
    }
    let objectives = dice.one(&[
        &["cost"][..],
        &["cost"],
        &["cost", "fewer-winners"],
        &["cost", "more-winners"],
        &["cost", "equal-shares"],
        &["cost", "incumbents"],
        &["cost", "quality", "fewer-winners"],
        &["fewer-winners", "cost"],
        &["volume", "cost"],
        &["quality", "cost"],
        &["more-winners", "equal-shares", "cost"],
        &["incumbents", "fewer-winners"],
    ]);
    // As fine as prices and money may be; a capacity in value has four decimals.
    let fine = suppliers.iter().all(|supplier| supplier.most_value.is_none());
    let finest = if fine { (7, 3) } else { (3, 1) };
    let (price_digits, volume_digits) = dice.one(&[(0, 0), (0, 0), (2, 0), (1, 1), (0, 2), (2, 1), finest]);
    // Converted prices are rounded to four decimals.
    if price_digits > 4 {
        lots.iter_mut().flat_map(|lot| &mut lot.bids).for_each(|bid| bid.double = false);
    }
    Tender {
        lots,
        suppliers,
        packages,
        limits,
        objectives: objectives.to_vec(),
        price_digits,
        volume_digits,
        in_tens: dice.chance(4),
    }
}

/// What a tender can say beside limits.
pub const WORDS: [&str; 22] = [
    "bands",
    "bands that meet",
    "a hole between bands",
    "prices by region",
    "a region not offered",
    "a whole package",
    "a package discount",
    "alternates",
    "capacity",
    "least quantity",
    "fixed cost",
    "capacity in volume",
    "capacity in value",
    "ceiling",
    "three lots",
    "four bidders",
    "a region without demand",
    "content ratio",
    "a limit lifted",
    "a limit as a parameter",
    "one price twice",
    "a price of zero",
];

impl Tender {
    /// Which of [`WORDS`] it says.
    pub fn words(&self) -> Vec<&'static str> {
        let bids = || self.lots.iter().flat_map(|lot| &lot.bids);
        let bid = |holds: &dyn Fn(&Bid) -> bool| bids().any(holds);
        let between = |holds: fn(i64, i64) -> bool| {
            let pair = |pair: &[Band]| pair[0].most.is_some_and(|most| holds(most, pair[1].least));
            bids().any(|bid| bid.bands.windows(2).any(pair))
        };
        let twice = |same: fn(&Bid, &Bid) -> bool| {
            let pair = |lot: &Lot, at: usize| lot.bids[..at].iter().any(|bid| same(bid, &lot.bids[at]));
            self.lots.iter().any(|lot| (0..lot.bids.len()).any(|at| pair(lot, at)))
        };
        let package = |whole: bool| self.packages.iter().any(|package| package.all_or_nothing == whole);
        let stated = |stated: Stated| self.limits.iter().any(|limit| limit.stated == stated);
        let says = [
            bid(&|bid| !bid.bands.is_empty()),
            between(|most, least| most == least),
            between(|most, least| most + 1 < least),
            bid(&|bid| bid.regional.iter().any(|price| matches!(price, Some(Some(_))))),
            bid(&|bid| bid.regional.contains(&Some(None))),
            package(true),
            package(false),
            twice(|one, other| one.supplier == other.supplier),
            bid(&|bid| bid.capacity.is_some()),
            bid(&|bid| bid.least.is_some()),
            bid(&|bid| bid.fixed > 0),
            self.suppliers.iter().any(|supplier| supplier.most_volume.is_some()),
            self.suppliers.iter().any(|supplier| supplier.most_value.is_some()),
            self.lots.iter().any(|lot| lot.ceiling.is_some()),
            self.lots.len() == 3,
            self.lots.iter().any(|lot| lot.bids.len() == 4),
            self.lots.iter().any(|lot| lot.demand.contains(&0)),
            bid(&|bid| bid.double),
            stated(Stated::Lifted),
            stated(Stated::Parameter),
            twice(|one, other| one.price == other.price),
            bid(&|bid| bid.regional.contains(&Some(Some(0))) || bid.bands.iter().any(|band| band.price == 0)),
        ];
        WORDS.iter().zip(says).filter(|(_, says)| *says).map(|(word, _)| *word).collect()
    }
}
