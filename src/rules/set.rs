//! A rule set: the dated, cited parameters and rules of one round, ready to use.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AgreedShareByIncumbency, AgreedShareByWinners, AnchorPrice, AnchorTerm, BackupsInTurn, BiddersCounted,
    BrandVolumeToBrand, ClassByLine, ClassByRank, ComparablePrice, CostStatementBelowAnchor, GuaranteedAtCut,
    HighestPriceExcluded, LeastCost, MatchTheLowest, PlacesByBidders, PlacesByCapacity, PriceAtMostFirstUnit,
    PriceNotAboveCeiling, PriceTest, Ranking, RegionsByDraft, RegionsPerWinner, RelatedBidsCountOnce,
    RevivalAtLine, RevivalOfFused, RevivalOfUnshortlisted, SavingsAgainstBaselines, Scoring,
    SelectedWithoutVolume, ServiceFeeAtMost, SoleWinnerOrNegotiation, TermByWinners, TermUntil,
    UnitsByDemand, UsablePrice, VolumeAtLeastCost, VolumeByClass, VolumeByLadder, VolumeByOwnBrand,
    VolumeByRank, VolumeCheapestFirst, VolumeInBands, VolumeWaterfall,
};
use crate::money::{Inexact, Quantity, Rounding};
use crate::tender::{Date, Limit, LimitKind, Lot, SupplierId};

/// Whether somebody has read the source that a citation names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The source says it.
    Verified,
    /// From knowledge, an assumption, or a source that nobody has read.
    Unverified,
}

impl Status {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("verified", Self::Verified), ("unverified", Self::Unverified)];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Unverified => "unverified",
        }
    }
}

/// A rule with where it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited<R> {
    /// The rule with its numbers.
    pub rule: R,
    /// Where it is written down.
    pub cite: String,
    /// Whether somebody has read that source.
    pub status: Status,
}

/// A parameter as it is in force for the tender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Name.
    pub name: String,
    /// Value, as text.
    pub value: String,
    /// Unit, such as `ratio`, `price` or `choice`.
    pub unit: String,
    /// Where it is written down.
    pub cite: String,
    /// Whether somebody has read that source.
    pub status: Status,
    /// The rule set's own value, when the tender overrides it.
    pub overridden_from: Option<String>,
}

/// A table as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedTable {
    /// Name.
    pub name: String,
    /// Unit of the values: `places`, `share` or `years`.
    pub unit: String,
    /// Where it is written down.
    pub cite: String,
    /// Whether somebody has read that source.
    pub status: Status,
    /// Counts and values, as text; the last count ends in `+`.
    pub rows: Vec<(String, String)>,
}

/// A rule as the set uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedRule {
    /// The rule's id.
    pub id: &'static str,
    /// Its arguments with the parameters or tables that they are given, by argument.
    pub with: Vec<(String, String)>,
    /// The group of tests of which any one suffices.
    pub any: Option<String>,
    /// Where it is written down.
    pub cite: String,
    /// Whether somebody has read that source.
    pub status: Status,
}

/// The dated, cited parameters and rules of one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// Id.
    pub id: String,
    /// First day on which it is in force.
    pub in_force: Date,
    /// Last day on which it is in force.
    pub until: Option<Date>,
    /// Title in English.
    pub title: String,
    /// Title in Chinese.
    pub title_zh: String,
    /// Where the round's rules are written down.
    pub cite: String,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// The file's text, from which the report's copy is written.
    pub text: String,
    /// Every parameter, by name, as in force for the tender.
    pub parameters: Vec<Parameter>,
    /// Every table, by name.
    pub tables: Vec<CitedTable>,
    /// Ids of the rules used, in the order of the file.
    pub rules: Vec<&'static str>,
    /// The rules with their arguments and citations, in the order of the file.
    pub used: Vec<UsedRule>,
    /// How prices become comparable.
    pub comparable_price: Cited<ComparablePrice>,
    /// What happens to several bids of one controller.
    pub related_bids: Cited<RelatedBidsCountOnce>,
    /// Who counts as a bidder.
    pub bidders_counted: Cited<BiddersCounted>,
    /// Which bids have a usable price.
    pub usable_price: Cited<UsablePrice>,
    /// The ceiling, where the round has one.
    pub ceiling: Option<Cited<PriceNotAboveCeiling>>,
    /// The fee beside the price, where the round has one.
    pub service_fee: Option<Cited<ServiceFeeAtMost>>,
    /// How winners are found.
    pub award: AwardRule,
    /// The agreed share, where it goes by the number of winners.
    pub agreed_share: Option<Cited<AgreedShareByWinners>>,
    /// The agreed share, where it goes by who supplies today.
    pub incumbency: Option<Cited<AgreedShareByIncumbency>>,
    /// The term, where it goes by the number of winners.
    pub term: Option<Cited<TermByWinners>>,
    /// The last day of the term, where the round has one.
    pub term_until: Option<Cited<TermUntil>>,
    /// How volumes and regions are given out.
    pub allocation: AllocationRule,
    /// What is added to the draft.
    pub draft: DraftStages,
    /// How cuts are stated.
    pub savings: Cited<SavingsAgainstBaselines>,
    /// Limits on the award, by name: the set's own, with the tender's in the place of those of the same name.
    pub limits: Vec<Limit>,
    /// The rule set that the tender names, when this one stands in its place.
    pub instead_of: Option<String>,
    pub(super) unverified: Vec<String>,
}

impl RuleSet {
    /// Names of every parameter, table and rule used whose source nobody has read, sorted.
    pub fn unverified(&self) -> &[String] {
        &self.unverified
    }

    /// How volumes are rounded, where a rule of the set says so.
    pub fn volume_rounding(&self) -> Option<Rounding> {
        let agreed = self.agreed_share.as_ref().map(|rule| rule.rule.rounding);
        agreed.or(match &self.allocation {
            AllocationRule::OwnBrand(rule) => Some(rule.rule.rounding),
            AllocationRule::ByRank(rule) => Some(rule.rule.rounding),
            AllocationRule::Waterfall(rule) => Some(rule.rule.rounding),
            AllocationRule::InBands(rule) => Some(rule.rule.rounding),
            AllocationRule::CheapestFirst(rule) => Some(rule.rule.rounding),
            AllocationRule::ByClass(rule) => Some(rule.rule.rounding),
            AllocationRule::ByLadder(rule) => Some(rule.rule.rounding),
            AllocationRule::Draft(_) | AllocationRule::AtLeastCost(_) => None,
        })
    }

    /// Puts limits of a tender or a scenario in the place of those of the same name; one that says nothing lifts its
    /// namesake.
    pub fn limit_by(&mut self, limits: &BTreeMap<String, Limit>) {
        if self.instead_of.is_some() && matches!(self.award, AwardRule::Ranked { .. }) {
            // Limits that the tender states for its own rules mean nothing where another rule set ranks.
            return;
        }
        self.limits.retain(|own| !limits.contains_key(&own.name));
        self.limits.extend(limits.values().cloned());
        self.limits.retain(|limit| limit.kind != LimitKind::Lifted);
        self.limits.sort_by(|one, other| one.name.cmp(&other.name));
    }

    /// How a reported volume that has no decimal form in the representative specification is rounded.
    pub fn conversion_rounding(&self) -> Option<Rounding> {
        match &self.allocation {
            AllocationRule::AtLeastCost(rule) => Some(rule.rule.rounding),
            _ => self.volume_rounding(),
        }
    }

    /// Whether the set is in force on a day.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.in_force <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether the picks recorded for a lot can be taken for the draft of these winners. Under the tender's own rules they
    /// are, and are checked; under another rule set only when the same suppliers win.
    pub fn picks_stand<'l>(&self, lot: &'l Lot, winners: impl Iterator<Item = &'l SupplierId>) -> bool {
        let picked: BTreeSet<&SupplierId> = lot.picks.iter().map(|pick| &pick.supplier_id).collect();
        !picked.is_empty() && (self.instead_of.is_none() || picked == winners.collect())
    }

    /// The parameters that the tender overrides.
    pub fn overrides(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.overridden_from.is_some())
    }
}

/// How winners are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AwardRule {
    /// The best ranked within the places, if they pass the tests.
    Ranked {
        /// The order.
        rank: Ranking,
        /// How many places.
        places: Cited<PlacesByBidders>,
        /// Whether the lowest must negotiate.
        negotiation: Option<Cited<SoleWinnerOrNegotiation>>,
        /// Tests that every winner must pass, each group by any one of its tests.
        tests: Vec<PriceTestGroup>,
        /// What the round does beside.
        stages: Box<RankedStages>,
    },
    /// The cheapest award within limits.
    LeastCost {
        /// The limits.
        limits: Cited<LeastCost>,
    },
}

/// What a round that ranks may do beside ranking and testing; each stage is there or not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RankedStages {
    /// What is done to prices and quality before the ranking.
    pub scoring: Scoring,
    /// As many places as it takes to deliver the volume.
    pub capacity: Option<Cited<PlacesByCapacity>>,
    /// Whether winners must take the lowest price.
    pub match_lowest: Option<Cited<MatchTheLowest>>,
    /// Who is selected without volume and without using a place.
    pub without_volume: Option<Cited<SelectedWithoutVolume>>,
    /// The prices that the anchor is chosen from.
    pub anchor_terms: Vec<Cited<AnchorTerm>>,
    /// How the anchor is chosen.
    pub anchor: Option<Cited<AnchorPrice>>,
    /// Who must explain its costs.
    pub cost_statement: Option<Cited<CostStatementBelowAnchor>>,
    /// Whether the highest price is excluded.
    pub highest_excluded: Option<Cited<HighestPriceExcluded>>,
    /// How a shortlisted bid that failed the tests may win.
    pub fused_revival: Option<Cited<RevivalOfFused>>,
    /// How a bid beyond the places may win.
    pub unshortlisted_revival: Option<Cited<RevivalOfUnshortlisted>>,
    /// How a lot is divided into bidding units.
    pub units: Option<Cited<UnitsByDemand>>,
    /// What caps the second unit.
    pub unit_cap: Option<Cited<PriceAtMostFirstUnit>>,
    /// Who wins whatever its rank.
    pub guaranteed: Option<Cited<GuaranteedAtCut>>,
    /// How a bid that would lose may win at a published line.
    pub line_revival: Option<Cited<RevivalAtLine>>,
    /// In which class a winner is.
    pub classes: Option<Cited<ClassRule>>,
}

/// How winners are put in classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClassRule {
    /// By rank.
    ByRank(ClassByRank),
    /// By published price lines.
    ByLine(ClassByLine),
}

impl ClassRule {
    /// The rule's id.
    pub fn id(&self) -> &'static str {
        match self {
            Self::ByRank(_) => ClassByRank::ID,
            Self::ByLine(_) => ClassByLine::ID,
        }
    }
}

/// What a round may add to the region draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftStages {
    /// What was reported for a winner's brand goes to it.
    pub brand_volume: Option<Cited<BrandVolumeToBrand>>,
    /// How many regions a winner may and must serve.
    pub regions_per_winner: Option<Cited<RegionsPerWinner>>,
    /// How backups are picked.
    pub backups: Option<Cited<BackupsInTurn>>,
}

/// Price tests of which any one suffices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceTestGroup {
    /// Name of the group; a test that stands alone has none.
    pub name: Option<String>,
    /// The tests, in the order of the rule set.
    pub tests: Vec<Cited<PriceTest>>,
}

/// How volumes and regions are given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllocationRule {
    /// Winners pick regions in turn.
    Draft(Cited<RegionsByDraft>),
    /// Volumes follow the institutions' own brands.
    OwnBrand(Cited<VolumeByOwnBrand>),
    /// Volumes follow the rank.
    ByRank(Cited<VolumeByRank>),
    /// Volumes run down the ranks.
    Waterfall(Cited<VolumeWaterfall>),
    /// Volumes follow the rank within bands.
    InBands(Cited<VolumeInBands>),
    /// Volumes follow rank and capacity.
    CheapestFirst(Cited<VolumeCheapestFirst>),
    /// Winners keep their own volumes by class; the rest is a pool.
    ByClass(Cited<VolumeByClass>),
    /// Winners keep their own volumes by rank in their unit; the rest is a pool.
    ByLadder(Cited<VolumeByLadder>),
    /// Volumes are those of the cheapest award.
    AtLeastCost(Cited<VolumeAtLeastCost>),
}

impl AllocationRule {
    /// The rule's id.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Draft(_) => RegionsByDraft::ID,
            Self::OwnBrand(_) => VolumeByOwnBrand::ID,
            Self::ByRank(_) => VolumeByRank::ID,
            Self::Waterfall(_) => VolumeWaterfall::ID,
            Self::InBands(_) => VolumeInBands::ID,
            Self::CheapestFirst(_) => VolumeCheapestFirst::ID,
            Self::ByClass(_) => VolumeByClass::ID,
            Self::ByLadder(_) => VolumeByLadder::ID,
            Self::AtLeastCost(_) => VolumeAtLeastCost::ID,
        }
    }

    /// Where it is written down.
    pub fn cite(&self) -> &str {
        match self {
            Self::Draft(rule) => &rule.cite,
            Self::OwnBrand(rule) => &rule.cite,
            Self::ByRank(rule) => &rule.cite,
            Self::Waterfall(rule) => &rule.cite,
            Self::InBands(rule) => &rule.cite,
            Self::CheapestFirst(rule) => &rule.cite,
            Self::ByClass(rule) => &rule.cite,
            Self::ByLadder(rule) => &rule.cite,
            Self::AtLeastCost(rule) => &rule.cite,
        }
    }

    /// What each of so many winners has, as weights by rank with their rounding, where volumes follow the rank.
    pub fn by_rank(&self, winners: usize) -> Option<(Result<Vec<Quantity>, Inexact>, Rounding)> {
        match self {
            Self::ByRank(rule) => Some((rule.rule.weights(winners), rule.rule.rounding)),
            Self::Waterfall(rule) => Some((rule.rule.weights(winners), rule.rule.rounding)),
            Self::InBands(rule) => Some((rule.rule.weights(winners), rule.rule.rounding)),
            Self::Draft(_)
            | Self::OwnBrand(_)
            | Self::CheapestFirst(_)
            | Self::ByClass(_)
            | Self::ByLadder(_)
            | Self::AtLeastCost(_) => None,
        }
    }

    /// Whether winners, by rank from 0 of so many, have the same volume by rank, so that their order does not matter; `None`
    /// where volumes do not follow the rank.
    pub fn gives_alike(&self, winners: usize, tied: &[usize]) -> Option<bool> {
        let (weights, _) = self.by_rank(winners)?;
        let Ok(weights) = weights else { return Some(false) };
        let mut shares = tied.iter().map(|winner| weights.get(*winner));
        Some(shares.next().is_none_or(|first| shares.all(|other| other == first)))
    }
}
