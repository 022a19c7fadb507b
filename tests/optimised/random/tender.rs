//! Small random tenders over the bidding language: what they say.
//!
//! Numbers are whole: prices in `10^-price_digits`, volumes in `10^-volume_digits`, money in both together.

use std::collections::BTreeSet;

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
    /// Suppliers whose bids can win together: only where that is looked at.
    pub together: BTreeSet<usize>,
}

#[derive(Debug, Clone)]
pub struct Supplier {
    pub controller: usize,
    pub incumbent: Option<bool>,
    /// Of the class `local`, or of `other`.
    pub local: bool,
    /// Of the class `small` too.
    pub small: bool,
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

    /// Kinds that rank bids, which no two lots can do together.
    pub fn ranks(&self) -> bool {
        matches!(self, Self::SharesByRank(_) | Self::RankMonotone)
    }

    /// Kinds that speak of a lot whoever bids.
    pub fn of_whole_lots(&self) -> bool {
        matches!(self, Self::OneSupplier | Self::Backups(_) | Self::Reserve(_) | Self::AgreedShare(_))
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

impl Limit {
    /// Whether it leaves out bids of the lots that it covers.
    pub fn is_of_some_bids(&self) -> bool {
        !self.suppliers.is_empty() || self.class.is_some() || self.unit.is_some()
    }
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

/// What a tender can say beside limits.
pub const WORDS: [&str; 30] = [
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
    "two named suppliers",
    "a second class",
    "suppliers of a class and more",
    "some lots of a group",
    "two backups",
    "both numbers of suppliers",
    "bands and a region not offered",
    "a package price and a region not offered",
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
        let packed = |holds: &dyn Fn(&Bid, Option<i64>) -> bool| {
            let mut all = self.packages.iter().flat_map(|package| &package.bids);
            all.any(|(lot, own, price)| holds(&self.lots[*lot].bids[*own], *price))
        };
        let package = |whole: bool| self.packages.iter().any(|package| package.all_or_nothing == whole);
        let limit = |holds: &dyn Fn(&Limit) -> bool| self.limits.iter().any(holds);
        let stated = |stated: Stated| limit(&|limit| limit.stated == stated);
        let parameters = self.limits.iter().filter(|limit| limit.stated == Stated::Parameter).count();
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
            limit(&|limit| limit.suppliers.len() > 1),
            limit(&|limit| limit.class == Some("small")),
            limit(&|limit| limit.class.is_some() && (!limit.suppliers.is_empty() || limit.unit.is_some())),
            limit(&|limit| limit.group.is_some() && !limit.lots.is_empty()),
            limit(&|limit| limit.kind == Kind::Backups(2)),
            parameters > 1,
            bid(&|bid| !bid.bands.is_empty() && bid.regional.contains(&Some(None))),
            packed(&|bid, price| price.is_some() && bid.regional.contains(&Some(None))),
        ];
        WORDS.iter().zip(says).filter(|(_, says)| *says).map(|(word, _)| *word).collect()
    }
}
