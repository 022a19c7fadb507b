//! Agreed volumes, regions and backups.
//!
//! | file | what |
//! | --- | --- |
//! | `agreed` | the agreed share of the base volume, for the lot and each region |
//! | `draft` | the simulated region draft, and the spending that any draft can lead to |
//! | `drafted` | a lot whose winners draft regions: brand volumes, main suppliers, backups |
//! | `picks` | the draft as it was recorded, and its checks |
//! | `own_brand` | volumes that follow institutions' brands |
//! | `least_cost` | volumes of a least-cost award spread over regions |
//! | `planned` | volumes that are part of a least-cost award, region by region |
//! | `kept` | what each winner keeps of its own volume, by class or by rank in its unit |
//! | `pooled` | such volumes, and the pool of the rest, to the last step |
//! | `lot` | one lot, from its award to its rows |

mod agreed;
mod draft;
mod drafted;
mod kept;
mod least_cost;
mod lot;
mod own_brand;
mod picks;
mod planned;
mod pooled;

use crate::certify::{CertifiedAward, LotAward};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::money::{Money, Quantity};
use crate::rules::AllocationRule;
use crate::screen::ScreenedLot;
use crate::tender::{Region, Role};

/// Gives the agreed volume of every lot to its winners and regions, as the tender's rule set says.
///
/// What a reader should know goes to `warnings`.
///
/// # Errors
/// Every fault of the recorded picks; a lot whose winners have no agreed share in the rule set; volumes and prices whose
/// exact product needs more than 28 digits.
pub fn allocate(award: &CertifiedAward, warnings: &mut Diagnostics) -> Result<Allocation, Diagnostics> {
    let rules = &award.screened().rules;
    let mut problems = Diagnostics::new();
    let mut lots = Vec::new();
    for (screened, lot_award) in award.lots() {
        match lot::allocate(rules, screened, lot_award, &mut problems, warnings) {
            Ok(allocation) => lots.push(allocation),
            Err(_) => {
                let lot_id = screened.comparable.lot.id.as_str();
                problems.push(Diagnostic::new(Code::ModelTooLarge).with("lot", lot_id));
            }
        }
    }
    warnings.extend(picks_set_aside(award));
    if problems.has_errors() { Err(problems) } else { Ok(Allocation { lots }) }
}

/// Under another rule set: the lots whose recorded picks belong to other winners, or to a draft that it does not know.
fn picks_set_aside(award: &CertifiedAward) -> Option<Diagnostic> {
    let rules = &award.screened().rules;
    rules.instead_of.as_ref()?;
    let drafts = matches!(rules.allocation, AllocationRule::Draft(_));
    let aside = |(screened, lot): &(&ScreenedLot, &LotAward)| {
        let stated = &screened.comparable.lot;
        let winners = lot.winners.iter().filter_map(|winner| Some(&stated.bids.get(winner.bid)?.supplier_id));
        let stand = drafts && rules.picks_stand(stated, winners);
        !(stated.picks.is_empty() || stand)
    };
    let lots: Vec<&str> = award.lots().filter(aside).map(|(lot, _)| lot.comparable.lot.id.as_str()).collect();
    (!lots.is_empty()).then(|| {
        Diagnostic::at(Code::PicksOfOwnRules, Place::file("picks.csv"))
            .with("count", lots.len().to_string())
            .with("lots", lots.join(", "))
    })
}

/// Who supplies how much, where; lots in the order of the award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// One entry for each lot.
    pub lots: Vec<LotAllocation>,
}

/// The volumes of one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotAllocation {
    /// Where the distribution over winners and regions comes from.
    pub basis: Basis,
    /// Agreed volume of the lot; zero when `basis` is [`Basis::Open`].
    pub agreed_volume: Quantity,
    /// What the agreed volume costs at the winners' prices; the sum of the parts.
    pub value: Money,
    /// One entry for each winner, in the order of the award's winners. Empty when `basis` is [`Basis::Open`].
    pub winners: Vec<WinnerVolume>,
    /// Regions by name, role and rank. The main and own-brand rows add up to the agreed volume; one region has several main
    /// rows when volumes follow brands or cost. A region that reported a volume of zero is there when it was picked, drafted
    /// or served by a sole winner.
    pub regions: Vec<RegionVolume>,
    /// Least and greatest spending over all drafts that the rules allow, where several winners draft regions. Known also
    /// when only the order of the winners waits for a draw.
    pub range: Option<SpendingRange>,
}

/// Where a distribution comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// One winner serves all.
    SoleWinner,
    /// The draft as it was recorded in `picks.csv`.
    RecordedPicks,
    /// A simulated draft, largest remaining volume first: an assumption.
    SimulatedDraft,
    /// Institutions' own brands, and a pool of the losers' volume.
    OwnBrand,
    /// Shares by rank, in every region alike.
    ByRank,
    /// Cheapest first, each as much as it can deliver.
    ByCapacity,
    /// Shares of the own volume by class, and a pool.
    ByClass,
    /// Shares of the own volume by rank in the unit, and a pool.
    ByLadder,
    /// The cheapest way to meet all demand.
    LeastCost,
    /// Nothing can be distributed yet: a draw is required, or nothing is awarded.
    Open,
}

impl Basis {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::SoleWinner => "sole_winner",
            Self::RecordedPicks => "recorded_picks",
            Self::SimulatedDraft => "simulated_draft",
            Self::OwnBrand => "own_brand",
            Self::ByRank => "by_rank",
            Self::ByCapacity => "by_capacity",
            Self::ByClass => "by_class",
            Self::ByLadder => "by_ladder",
            Self::LeastCost => "least_cost",
            Self::Open => "open",
        }
    }
}

/// What one winner supplies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WinnerVolume {
    /// Place in the lot's list of bids.
    pub bid: usize,
    /// Agreed volume.
    pub agreed_volume: Quantity,
    /// At its award price.
    pub value: Money,
}

/// What one winner supplies in one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionVolume {
    /// Where.
    pub region: Region,
    /// Place in the lot's list of bids.
    pub bid: usize,
    /// As what.
    pub role: Role,
    /// Agreed volume; zero for a backup.
    pub agreed_volume: Quantity,
    /// At its award price.
    pub value: Money,
}

/// Least and greatest spending over all drafts that the rules allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpendingRange {
    /// Least.
    pub least: Money,
    /// Greatest.
    pub greatest: Money,
}
