//! The certified award: only this stage can make one.

use std::sync::OnceLock;

use crate::model::{Conflict, LotModel, Proof as CaseProof, Proposal, Steps};
use crate::money::{Money, Quantity, Ratio, Rounding, UnitPrice};
use crate::screen::{Screened, ScreenedLot};
use crate::tender::{Outcome, PriceToWin, Region};

/// An award whose feasibility and optimality have been re-checked in integers.
#[derive(Debug, Clone)]
pub struct CertifiedAward {
    screened: Screened,
    lots: Vec<LotAward>,
    certificates: Vec<Option<Certificate>>,
    conflicts: Vec<Conflict>,
    prices_to_win: OnceLock<Vec<Vec<PriceToWin>>>,
}

/// What proves the award of a least-cost lot: the lot as it was solved, all awards that reach the least cost, as far as
/// they were listed, and the case distinction that shows that nothing is better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    steps: Steps,
    lot: LotModel,
    awards: Vec<Proposal>,
    cases: CaseProof,
    bounds: Vec<Option<i128>>,
    kept: Vec<String>,
}

impl Certificate {
    /// Only the checks of this stage call it.
    pub(super) fn new(
        steps: Steps,
        lot: LotModel,
        awards: Vec<Proposal>,
        cases: CaseProof,
        bounds: Vec<Option<i128>>,
    ) -> Self {
        let kept = (0..lot.objectives().count()).map(|number| format!("objective[{number}]")).collect();
        Self { steps, lot, awards, cases, bounds, kept }
    }

    /// The steps in which volumes and prices are counted.
    pub fn steps(&self) -> Steps {
        self.steps
    }

    /// The lot as it was solved.
    pub fn lot(&self) -> &LotModel {
        &self.lot
    }

    /// The awards that reach the least cost; where several do, a recorded draw says which is taken, else none is.
    pub fn awards(&self) -> &[Proposal] {
        &self.awards
    }

    /// The case distinction.
    pub fn cases(&self) -> &CaseProof {
        &self.cases
    }

    /// The names of the rows that keep each objective at its best while the next is decided. They come after those of the
    /// lot.
    pub fn kept(&self) -> &[String] {
        &self.kept
    }

    /// What each case says, in the order of the proof: its bound, or `None` when it holds no award.
    pub fn bounds(&self) -> &[Option<i128>] {
        &self.bounds
    }
}

impl CertifiedAward {
    /// Only the checks of this stage call it.
    pub(super) fn new(
        screened: Screened,
        lots: Vec<LotAward>,
        certificates: Vec<Option<Certificate>>,
    ) -> Self {
        Self { screened, lots, certificates, conflicts: Vec::new(), prices_to_win: OnceLock::new() }
    }

    /// The same with what was found about lots without an award.
    #[must_use]
    pub fn with_conflicts(self, conflicts: Vec<Conflict>) -> Self {
        Self { conflicts, ..self }
    }

    /// Why lots that are decided by cost have no award. That they have none is certified; what would have to give was found
    /// by solving again.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The same award with the price to win of every bid, in the order of the lots and of their bids.
    #[must_use]
    pub fn with_prices_to_win(mut self, prices: Vec<Vec<PriceToWin>>) -> Self {
        self.prices_to_win = OnceLock::from(prices);
        self
    }

    /// The price to win of every bid, found by `find` when it is asked for the first time: a report needs them, a certified
    /// award does not.
    pub fn prices_to_win_or(&self, find: impl FnOnce() -> Vec<Vec<PriceToWin>>) -> &[Vec<PriceToWin>] {
        self.prices_to_win.get_or_init(find)
    }

    /// The price to win of every bid of a lot, by the lot's place; nothing where they were not asked for.
    pub fn prices_to_win(&self, place: usize) -> &[PriceToWin] {
        self.prices_to_win.get().and_then(|lots| lots.get(place)).map(Vec::as_slice).unwrap_or_default()
    }

    /// What proves each lot, in the order of [`Self::lots`]; `None` for a lot decided by rank, which its recorded steps prove.
    pub fn certificates(&self) -> &[Option<Certificate>] {
        &self.certificates
    }

    /// The tender, its rule set and every rule's verdicts.
    pub fn screened(&self) -> &Screened {
        &self.screened
    }

    /// Each lot with its award, by lot id.
    pub fn lots(&self) -> impl Iterator<Item = (&ScreenedLot, &LotAward)> {
        self.screened.lots.iter().zip(&self.lots)
    }

    /// The tender's outcome: the least settled of its lots.
    pub fn outcome(&self) -> Outcome {
        self.lots.iter().map(|lot| lot.outcome).max().unwrap_or(Outcome::NoAward)
    }
}

impl LotAward {
    /// Whether it is proved that nobody can win; `None` where somebody wins, or can.
    pub fn is_without_award(&self) -> Option<bool> {
        match (self.outcome, &self.proof) {
            (Outcome::NoAward, _) => Some(true),
            (Outcome::Unproved, Proof::Nothing) => Some(false),
            _ => None,
        }
    }
}

/// How one lot ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotAward {
    /// Awarded, draw or answer required, no award or unproved.
    pub outcome: Outcome,
    /// Winners in rank order; with a draw required, those that win whatever is drawn.
    pub winners: Vec<Winner>,
    /// One entry for each bid, in the order of the lot's bids.
    pub statuses: Vec<BidStatus>,
    /// Ties that the rules do not settle.
    pub ties: Vec<Tie>,
    /// Agreed share of the base volume, by number of winners.
    pub agreed_share: Option<Ratio>,
    /// Term in years, by number of winners.
    pub term_years: Option<u32>,
    /// What proves it.
    pub proof: Proof,
}

/// One winner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Winner {
    /// Place in the lot's list of bids.
    pub bid: usize,
    /// 1 for the best.
    pub rank: u32,
    /// The volume that the cheapest award gives it, where volumes are part of the award.
    pub planned: Option<Quantity>,
    /// Where, and what is paid there, where prices or limits go by region.
    pub regions: Option<Vec<PlannedRegion>>,
    /// What it is paid once, where that goes with the quantity; else what its bid states.
    pub fixed_cost: Option<Money>,
    /// What it offers in each region, in the whole bidding language.
    pub offers: Vec<RegionOffer>,
}

/// What a winner offers in one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionOffer {
    /// Where.
    pub region: Region,
    /// Its price for a unit there.
    pub price: UnitPrice,
    /// What it quotes there for a unit of its own specification.
    pub quoted: UnitPrice,
}

impl Winner {
    /// The mean of what it is paid for a unit, where prices go by region or quantity.
    pub fn mean_price(&self) -> Option<UnitPrice> {
        let regions = self.regions.as_ref()?;
        let value = Money::total(regions.iter().map(|region| region.value)).ok()?;
        value.per_unit(self.planned?, MEAN_PRICE)
    }

    /// What it is paid for a unit in a region where it delivers, where prices go by region or quantity.
    pub fn price_in(&self, region: &Region) -> Option<UnitPrice> {
        let own = self.region(region)?;
        own.value.per_unit(own.volume, MEAN_PRICE)
    }

    /// What the award gives it in a region, where prices or limits go by region.
    pub fn region(&self, region: &Region) -> Option<&PlannedRegion> {
        self.regions.as_ref()?.iter().find(|own| own.region == *region)
    }

    /// What it quotes for a unit of its own specification in a region, where prices or limits go by region.
    pub fn quoted_in(&self, region: &Region) -> Option<UnitPrice> {
        let offered = || self.offers.iter().find(|own| own.region == *region).map(|own| own.quoted);
        self.region(region).map(|own| own.quoted).or_else(offered)
    }

    /// The mean of what it quotes for a unit of its own specification where it delivers, where prices go by region or
    /// quantity.
    pub fn mean_quoted(&self) -> Option<UnitPrice> {
        let regions = self.regions.as_ref()?;
        let values = regions.iter().map(|own| own.quoted.times(own.volume)).collect::<Result<Vec<_>, _>>();
        Money::total(values.ok()?).ok()?.per_unit(self.planned?, MEAN_PRICE)
    }
}

/// A mean price has as many decimals as a price in a file may have.
const MEAN_PRICE: Rounding = Rounding::half_up(10);

/// What the award gives a winner in one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRegion {
    /// Where.
    pub region: Region,
    /// How much; never zero.
    pub volume: Quantity,
    /// What it costs at the prices of the award.
    pub value: Money,
    /// What is quoted there for a unit of the bid's own specification.
    pub quoted: UnitPrice,
}

/// What became of a bid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BidStatus {
    /// It wins.
    Won,
    /// It was ranked and does not win.
    Lost,
    /// A rule keeps it out of the ranking.
    Excluded,
    /// It wins or loses by a draw that is still to be held.
    Tied,
    /// It wins or loses by an answer that is still to be given.
    Open,
}

impl BidStatus {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Excluded => "excluded",
            Self::Tied => "tied",
            Self::Open => "open",
        }
    }
}

/// Bids that the rules cannot tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Places in the lot's list of bids, by bid id.
    pub bids: Vec<usize>,
    /// What the draw decides.
    pub decides: TieDecides,
}

/// What a draw decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TieDecides {
    /// Who of them gets the places that are left.
    Places {
        /// How many places are left for them.
        places: u32,
    },
    /// All of them win, or none: the draw decides only in which order they pick regions.
    Order,
    /// Which of several sets of winners that cost the same.
    Award {
        /// The sets, as places in the lot's list of bids.
        sets: Vec<Vec<usize>>,
        /// Whether it is proved that there are no others.
        complete: bool,
    },
}

/// What proves an award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// The plain walk of the rules gives the same winners.
    Rules,
    /// An exact bound equals the cost.
    Exact {
        /// The cost.
        cost: Money,
    },
    /// An exact bound lies below the cost.
    Bound {
        /// The cost.
        cost: Money,
        /// The bound.
        bound: Money,
    },
    /// Nothing is awarded.
    Nothing,
}
