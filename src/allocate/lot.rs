//! One lot, from its award to its rows.

use std::collections::BTreeMap;

use super::agreed::{Agreed, agreed};
use super::drafted::{self, drafted};
use super::own_brand::{self, Reported, Shares};
use super::picks::{self, Draft, Recorded};
use super::{Basis, LotAllocation, RegionVolume, SpendingRange, WinnerVolume, draft, least_cost, planned};
use crate::certify::{BidStatus, LotAward, TieDecides, Winner};
use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Money, Quantity, Ratio, UnitPrice, split_largest_remainder};
use crate::rules::{AllocationRule, RuleSet, VolumeByOwnBrand, VolumeCheapestFirst};
use crate::screen::{Route, ScreenedLot};
use crate::tender::{Outcome, Pick, Region, Role};

/// A volume for a winner (by rank from 0) in a region.
pub(super) struct Row {
    pub(super) region: Region,
    pub(super) winner: usize,
    pub(super) role: Role,
    pub(super) volume: Quantity,
}

/// Everything that the distribution of one lot starts from.
pub(super) struct Start<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) lot: &'a ComparableLot,
    pub(super) screened: &'a ScreenedLot,
    pub(super) award: &'a LotAward,
    /// Places of the winners in the lot's list of bids, in rank order.
    pub(super) winners: Vec<usize>,
    /// Their award prices.
    pub(super) prices: Vec<UnitPrice>,
    /// The winners that pick regions, by rank from 0.
    pub(super) pickers: Vec<usize>,
    /// The winners that get no volume, by rank from 0.
    pub(super) without_volume: Vec<usize>,
    pub(super) agreed: Agreed,
}

/// Gives out the volume of one lot.
///
/// # Errors
/// [`Inexact`] when a number needs more than 28 digits. Faults of the input go to `problems`.
pub(super) fn allocate(
    rules: &RuleSet,
    screened: &ScreenedLot,
    award: &LotAward,
    problems: &mut Diagnostics,
    warnings: &mut Diagnostics,
) -> Result<LotAllocation, Inexact> {
    let lot = &screened.comparable;
    let winners: Vec<usize> = award.winners.iter().map(|winner| winner.bid).collect();
    let recorded = recorded(rules, screened, award, &winners, problems, warnings);
    let with = |has: &dyn Fn(Route) -> bool| -> Vec<usize> {
        let ranked = winners.iter().enumerate();
        ranked.filter(|(_, bid)| has(screened.route(**bid))).map(|(rank, _)| rank).collect()
    };
    let pickers = with(&Route::picks_regions);
    let without_volume = with(&|route| route == Route::WithoutVolume);
    if pickers.is_empty() || who_wins_is_open(award) {
        return Ok(open(None));
    }
    let Some(share) = agreed_share(rules, award) else {
        let problem = Diagnostic::new(Code::ShareNotStated).with("lot", lot.lot.id.as_str());
        problems.push(problem.with("class", lot.lot.volume_class.name()).with("rules", rules.id.as_str()));
        return Ok(open(None));
    };
    let prices =
        winners.iter().map(|bid| screened.award_price(*bid).ok_or(Inexact)).collect::<Result<Vec<_>, _>>()?;
    let agreed = agreed(&lot.region_volumes, share, rules.volume_rounding())?;
    Start { rules, lot, screened, award, winners, prices, pickers, without_volume, agreed }
        .distribute(recorded)
}

/// Whether a draw that is still to be held, or an answer that is missing, decides who wins.
fn who_wins_is_open(award: &LotAward) -> bool {
    let of_winners = award.ties.iter().any(|tie| tie.decides != TieDecides::Order);
    let unanswered = award.outcome == Outcome::AnswerRequired;
    of_winners || unanswered || (award.outcome == Outcome::DrawRequired && award.ties.is_empty())
}

/// The share of the base volume that is agreed: all of it where the rule set has no table of shares, and `None` where it
/// has one that does not speak of this lot.
fn agreed_share(rules: &RuleSet, award: &LotAward) -> Option<Ratio> {
    match (award.agreed_share, &rules.agreed_share) {
        (Some(share), _) => Some(share),
        (None, None) => Some(Ratio::ONE),
        (None, Some(_)) => None,
    }
}

/// Nothing is given out.
pub(super) fn open(range: Option<SpendingRange>) -> LotAllocation {
    LotAllocation {
        basis: Basis::Open,
        agreed_volume: Quantity::ZERO,
        value: Money::ZERO,
        winners: Vec::new(),
        regions: Vec::new(),
        range,
    }
}

/// The winners, by rank from 0, whose order waits for a draw.
fn unordered(award: &LotAward, winners: &[usize]) -> Vec<Vec<usize>> {
    let rank = |bid: &usize| winners.iter().position(|winner| winner == bid);
    award.ties.iter().map(|tie| tie.bids.iter().filter_map(rank).collect()).collect()
}

/// Checks the picks of the lot, where the rule set has a draft to compare them with.
fn recorded(
    rules: &RuleSet,
    screened: &ScreenedLot,
    award: &LotAward,
    winners: &[usize],
    problems: &mut Diagnostics,
    warnings: &mut Diagnostics,
) -> Recorded {
    let lot = &screened.comparable;
    let AllocationRule::Draft(rule) = &rules.allocation else {
        if rules.instead_of.is_some() {
            return Recorded::Nothing;
        }
        if let Some(pick) = lot.lot.picks.iter().min_by_key(|pick| (pick.place.line, pick.place.column)) {
            let warning = Diagnostic::at(Code::PicksNotUsed, pick.place.clone());
            warnings.push(warning.with("lot", lot.lot.id.as_str()));
        }
        return Recorded::Nothing;
    };
    let suppliers = winners.iter().filter_map(|bid| Some(&lot.lot.bids.get(*bid)?.supplier_id));
    if rules.instead_of.is_some() && !rules.picks_stand(&lot.lot, suppliers) {
        return Recorded::Nothing;
    }
    let tied: Vec<usize> = award
        .statuses
        .iter()
        .enumerate()
        .filter(|(_, status)| **status == BidStatus::Tied)
        .map(|(bid, _)| bid)
        .collect();
    let regions = lot.region_volumes.iter().filter(|(region, volume)| {
        let picked = |pick: &Pick| pick.role == Role::Main && pick.region == **region;
        !volume.is_zero() || lot.lot.picks.iter().any(picked)
    });
    let (pickers, others): (Vec<usize>, Vec<usize>) =
        winners.iter().partition(|bid| screened.route(**bid).picks_regions());
    let turns = drafted::turns(&rule.rule, &rules.draft, pickers.len(), regions.count());
    let draft = Draft {
        lot: &lot.lot,
        winners: &pickers,
        others: &others,
        tied: &tied,
        unordered: &unordered(award, &pickers),
        volumes: &lot.region_volumes,
        counts: &draft::counts(&turns, pickers.len()),
    };
    picks::check(&draft, problems, warnings)
}

impl Start<'_> {
    fn distribute(&self, recorded: Recorded) -> Result<LotAllocation, Inexact> {
        match &self.rules.allocation {
            AllocationRule::Draft(rule) => drafted(self, &rule.rule, recorded),
            AllocationRule::AtLeastCost(_) if planned::is_by_region(self.award) => planned::allocation(self),
            AllocationRule::CheapestFirst(rule) => self.cheapest_first(&rule.rule),
            AllocationRule::ByClass(rule) => self.by_class(&rule.rule),
            AllocationRule::ByLadder(rule) => self.by_ladder(&rule.rule),
            _ if self.winners.len() == 1 => {
                let rows = self.agreed.regions.keys().map(|region| self.main(region, 0));
                self.allocation(Basis::SoleWinner, rows.collect(), None)
            }
            AllocationRule::OwnBrand(rule) => self.own_brand(&rule.rule),
            AllocationRule::AtLeastCost(_) => self.least_cost(),
            AllocationRule::ByRank(_) | AllocationRule::Waterfall(_) | AllocationRule::InBands(_) => {
                self.by_rank()
            }
        }
    }

    /// The winners, by rank from 0, whose order waits for a draw.
    pub(super) fn unordered(&self) -> Vec<Vec<usize>> {
        unordered(self.award, &self.winners)
    }

    pub(super) fn has_volume(&self, region: &Region) -> bool {
        self.lot.region_volumes.get(region).is_some_and(|volume| !volume.is_zero())
    }

    /// The whole of a region for one winner.
    fn main(&self, region: &Region, winner: usize) -> Row {
        let volume = self.agreed.regions.get(region).copied().unwrap_or_default();
        Row { region: region.clone(), winner, role: Role::Main, volume }
    }

    fn own_brand(&self, rule: &VolumeByOwnBrand) -> Result<LotAllocation, Inexact> {
        let reports = self.reports()?;
        let shares =
            Shares { own: rule.own_share, compulsory: rule.compulsory_share, rounding: rule.rounding };
        let least = self.prices.iter().min();
        let lowest: Vec<bool> = self.prices.iter().map(|price| Some(price) == least).collect();
        let total = self.agreed.total.rounded(rule.rounding)?;
        let each: Vec<Reported> = reports.values().cloned().collect();
        let parts = own_brand::distribute(&each, &lowest, total, shares)?;
        let mut in_region: BTreeMap<(&Region, usize), Quantity> = BTreeMap::new();
        for ((region, _), parts) in reports.keys().zip(&parts) {
            for (winner, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_zero()) {
                let sum = in_region.entry((*region, winner)).or_default();
                *sum = sum.plus(*part)?;
            }
        }
        let row = |((region, winner), volume): ((&Region, usize), Quantity)| Row {
            region: region.clone(),
            winner,
            role: Role::Main,
            volume,
        };
        self.allocation(Basis::OwnBrand, in_region.into_iter().map(row).collect(), None)
    }

    /// The shares of the ranks, in every region alike. An order that a draw must settle first says who has which share.
    fn by_rank(&self) -> Result<LotAllocation, Inexact> {
        let (rule, winners) = (&self.rules.allocation, self.winners.len());
        let (weights, rounding) = rule.by_rank(winners).ok_or(Inexact)?;
        let alike = |tied: &Vec<usize>| rule.gives_alike(winners, tied) == Some(true);
        if !unordered(self.award, &self.winners).iter().all(alike) {
            return Ok(open(None));
        }
        let digits = rounding.digits.max(self.agreed.total.decimals());
        let totals = split_largest_remainder(self.agreed.total, &weights?, digits)?;
        let regions: Vec<Quantity> = self.agreed.regions.values().copied().collect();
        self.spread(Basis::ByRank, &totals, &regions, digits)
    }

    /// The winners in rank order, each as much as it can deliver. What no capacity covers is left out of every region alike.
    fn cheapest_first(&self, rule: &VolumeCheapestFirst) -> Result<LotAllocation, Inexact> {
        let winner = |winner: &Winner| {
            let bid = self.lot.lot.bids.get(winner.bid);
            (winner.rank, bid.and_then(|bid| bid.capacity))
        };
        let winners: Vec<_> = self.award.winners.iter().map(winner).collect();
        let totals = rule.volumes(self.agreed.total, &winners)?;
        let given = Quantity::total(totals.iter().copied())?;
        let regions: Vec<Quantity> = self.agreed.regions.values().copied().collect();
        let decimals = totals.iter().chain(&regions).map(|volume| volume.decimals()).max().unwrap_or(0);
        let digits = rule.rounding.digits.max(decimals);
        let regions = split_largest_remainder(given, &regions, digits)?;
        self.spread(Basis::ByCapacity, &totals, &regions, digits)
    }

    /// The volumes that the cheapest award gives its winners, spread over all regions. Such an award meets the base volume.
    fn least_cost(&self) -> Result<LotAllocation, Inexact> {
        let planned: Option<Vec<Quantity>> = self.award.winners.iter().map(|winner| winner.planned).collect();
        let Some(planned) = planned else { return Ok(open(None)) };
        let regions: Vec<Quantity> = self.lot.region_volumes.values().copied().collect();
        let digits = planned.iter().chain(&regions).map(|volume| volume.decimals()).max().unwrap_or(0);
        self.spread(Basis::LeastCost, &planned, &regions, digits)
    }

    /// The winners' `totals` spread over the regions, so that both add up.
    fn spread(
        &self,
        basis: Basis,
        totals: &[Quantity],
        regions: &[Quantity],
        digits: u32,
    ) -> Result<LotAllocation, Inexact> {
        let parts = least_cost::spread(totals, regions, digits)?;
        let mut rows = Vec::new();
        for (region, parts) in self.lot.region_volumes.keys().zip(parts) {
            for (winner, volume) in parts.into_iter().enumerate().filter(|(_, volume)| !volume.is_zero()) {
                rows.push(Row { region: region.clone(), winner, role: Role::Main, volume });
            }
        }
        self.allocation(basis, rows, None)
    }

    /// What every institution reported, by region and institution. Rows without an institution stand for their region as a
    /// whole. What was asked of a supplier with several winning bids is split equally over them, for the demand names the
    /// supplier only.
    pub(super) fn reports(&self) -> Result<BTreeMap<(&Region, Option<&str>), Reported>, Inexact> {
        let mut reports = BTreeMap::new();
        for demand in &self.lot.demand {
            let report = reports
                .entry((&demand.region, demand.institution.as_deref()))
                .or_insert_with(|| Reported::none(self.winners.len()));
            let of_brand = |bid: &usize| {
                let supplier = self.lot.lot.bids.get(*bid).map(|bid| &bid.supplier_id);
                demand.supplier_id.is_some() && supplier == demand.supplier_id.as_ref()
            };
            let asked: Vec<bool> = self.winners.iter().map(of_brand).collect();
            report.add(&asked, demand.volume)?;
        }
        Ok(reports)
    }

    /// The rows with their values, and what they come to.
    pub(super) fn allocation(
        &self,
        basis: Basis,
        mut rows: Vec<Row>,
        range: Option<SpendingRange>,
    ) -> Result<LotAllocation, Inexact> {
        rows.sort_by(|one, other| {
            (&one.region, one.role, one.winner).cmp(&(&other.region, other.role, other.winner))
        });
        let mut volumes = vec![Quantity::ZERO; self.winners.len()];
        for row in &rows {
            let volume = volumes.get_mut(row.winner).ok_or(Inexact)?;
            *volume = volume.plus(row.volume)?;
        }
        let winners = volumes
            .iter()
            .enumerate()
            .map(|(winner, volume)| {
                let (bid, value) = self.value(winner, *volume)?;
                Ok(WinnerVolume { bid, agreed_volume: *volume, value })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let regions = rows
            .into_iter()
            .map(|row| {
                let (bid, value) = self.value(row.winner, row.volume)?;
                Ok(RegionVolume { region: row.region, bid, role: row.role, agreed_volume: row.volume, value })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let value = Money::total(winners.iter().map(|winner| winner.value))?;
        Ok(LotAllocation { basis, agreed_volume: Quantity::total(volumes)?, value, winners, regions, range })
    }

    /// A winner's bid, and what `volume` costs at its price.
    pub(super) fn value(&self, winner: usize, volume: Quantity) -> Result<(usize, Money), Inexact> {
        let bid = self.winners.get(winner).ok_or(Inexact)?;
        let price = self.prices.get(winner).ok_or(Inexact)?;
        Ok((*bid, price.times(volume)?))
    }
}
