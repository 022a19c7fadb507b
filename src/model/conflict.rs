//! Why lots have no award: what is in conflict, and what would have to give.

use crate::money::Money;

/// What stands against any award of lots that are decided together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The lots.
    pub lots: Vec<String>,
    /// How much is known of the parts.
    pub told: Told,
    /// What cannot hold together; without any one of these there would be an award, as long as the others are all there is.
    /// Blank when it could not be told.
    pub parts: Vec<Part>,
    /// What could give, one thing at a time, with all else as it is; the cheapest award first. Where lots have several
    /// conflicts, the parts of the others are taken for settled.
    pub ways_out: Vec<WayOut>,
    /// Whether the lots have another conflict apart from this one.
    pub is_one_of_several: bool,
    /// How many things were looked at.
    pub looked_at: usize,
    /// Whether the lots' certificate proves that there is no award. Else the lots are unproved, and that the things cannot
    /// hold together was found by solving again, in whole numbers, but nothing to check it by is kept.
    pub is_certified: bool,
}

/// How much is known of the parts of a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// No set of fewer things is in conflict.
    Smallest,
    /// None of the things can be left out; another set may have fewer.
    Irreducible,
    /// The things are in conflict; whether all of them are needed is not known.
    InConflict,
    /// Not told within the work that is allowed.
    NotTold,
}

impl Told {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Smallest => "smallest",
            Self::Irreducible => "irreducible",
            Self::InConflict => "in_conflict",
            Self::NotTold => "not_told",
        }
    }
}

/// One thing that an award must keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is: the key of its text.
    pub what: PartKind,
    /// The name of the limit, or the id of the lot, the bid, the supplier or the package.
    pub name: String,
    /// The region.
    pub region: Option<String>,
    /// The word of the limit's kind.
    pub kind: Option<&'static str>,
    /// The number that is stated; of several together their sum.
    pub stated: Option<String>,
    /// How many of the kind stand together, when one part stands for several: those of a lot, or all.
    pub count: Option<usize>,
    /// The regions, where the demand of any one of them is enough: the largest first, equal ones by name.
    pub any_of: Vec<String>,
    /// Where it is written down.
    pub cite: Option<String>,
}

impl Part {
    /// A part by its name.
    pub fn new(what: PartKind, name: &str, stated: Option<String>) -> Self {
        Self {
            what,
            name: name.to_owned(),
            region: None,
            kind: None,
            stated,
            count: None,
            any_of: Vec::new(),
            cite: None,
        }
    }
}

/// What a part of a conflict is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// A limit of the rule set, the tender or a scenario.
    Limit,
    /// A parameter of the rule set.
    Parameter,
    /// Bids that win together.
    Package,
    /// The demand of a lot, or of one of its regions.
    Demand,
    /// A lot on which no bid can win.
    NoBid,
    /// A region that no bid offers in.
    NoOffer,
    /// What a supplier can deliver over all lots, in units.
    SupplierVolume,
    /// What a supplier can deliver over all lots, in money.
    SupplierValue,
    /// What a bid can deliver.
    Capacity,
    /// What a bid must get.
    MinQuantity,
    /// The quantities for which a bid has prices.
    Bands,
    /// A region that a bid does not offer in.
    NotOffered,
    /// Several bids of one supplier on a lot, of which one can win.
    Alternates,
}

impl PartKind {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Parameter => "parameter",
            Self::Package => "package",
            Self::Demand => "demand",
            Self::NoBid => "no_bid",
            Self::NoOffer => "no_offer",
            Self::SupplierVolume => "capacity_volume",
            Self::SupplierValue => "capacity_value",
            Self::Capacity => "capacity",
            Self::MinQuantity => "min_quantity",
            Self::Bands => "bands",
            Self::NotOffered => "not_offered",
            Self::Alternates => "alternates",
        }
    }
}

/// One thing that could give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOut {
    /// What gives.
    pub part: Part,
    /// The number at which there is an award: the nearest to what is stated, in whole counts, whole per cents of shares,
    /// or exactly for volumes and money. Of the demand of a lot with several regions the part of it that can be awarded.
    /// `None`: only without it.
    pub needed: Option<String>,
    /// What the award then costs, fixed costs included.
    pub cost: Option<Money>,
    /// Whether it is proved that no nearer number would do and that no award then costs less.
    pub is_proved: bool,
}
