//! Lots decided by least cost: cases over who wins (branch and bound; Land and Doig 1960).
//!
//! Each case is bounded by `relax`, from the prices that `transport` finds; a case with all winners decided is solved
//! whole. The cases are kept as the proof. Unless there are too many, all sets of winners that reach the least cost are
//! found, not just one: a second set is a tie.

use std::collections::BTreeSet;

use super::EngineFaultKind;
use super::relax::{CaseBound, Priced, Side, cannot_win, price, too_many_or_few};
use super::transport::{Groups, Volumes};
use super::watch;
use crate::model::whole::sum;
use crate::model::{Claim, CoreLayout, CoreLot, LotCandidate, Proof, Proposal, Purpose, RowWeights, Step};

/// Sets of winners of the same cost that are listed at most.
const MOST_TIES: usize = 256;

/// Finds the awards of least cost and proves them. The search is given up after `most_cases`; from half of them on, ties
/// are no longer looked for.
pub(super) fn search(
    lot: &CoreLot,
    most_cases: usize,
    watched: &mut dyn watch::Search,
) -> Result<LotCandidate, EngineFaultKind> {
    let lot = &CoreLot { min_winners: lot.least_winners()?, ..lot.clone() };
    let mut search = Search::new(lot, most_cases);
    search.run(watched)?;
    let mut awards = search.best;
    awards.sort_by(|a, b| b.values.cmp(&a.values));
    let cost = awards.first().map(|award| award.objective);
    let claim = match (search.bound, cost) {
        (None, None) => Claim::NoAward,
        (Some(bound), cost) if cost.is_none_or(|cost| bound < cost) => Claim::Unproved { bound },
        _ => Claim::Optimal,
    };
    let mut awards = awards.into_iter();
    let best = awards.next();
    let others = if claim == Claim::Optimal { awards.collect() } else { Vec::new() };
    Ok(LotCandidate { lot_id: lot.lot_id.clone(), claim, best, others, tie: None, proof: search.proof })
}

/// The same award with the volumes that the least-cost flow gives its winners, so that they do not depend on how the
/// winners were found.
pub(super) fn with_own_volumes(lot: &CoreLot, award: &Proposal) -> Result<Proposal, EngineFaultKind> {
    let wins = |b: usize| award.values.get(b) == Some(&1);
    let sides: Vec<Side> =
        (0..lot.bidders.len()).map(|b| if wins(b) { Side::In } else { Side::Out }).collect();
    let search = Search::new(lot, 0);
    let volumes = search.groups.cheapest(lot, &sides)?;
    search.award(&sides, &volumes)
}

impl<'a> Search<'a> {
    fn new(lot: &'a CoreLot, most_cases: usize) -> Self {
        Search {
            lot,
            layout: lot.layout(),
            groups: Groups::of(lot),
            proof: Proof::default(),
            prices: Vec::new(),
            best: Vec::new(),
            tried: BTreeSet::new(),
            cases: 0,
            most_cases,
            pace: watch::Pace::Allowed,
            bound: None,
        }
    }
}

/// The prices of a case, and what each bidder delivers in the volumes that led to them. Kept for every case, so small.
struct Found {
    weights: usize,
    priced: Priced,
    delivers: Vec<i128>,
}

/// A case that waits.
struct Case {
    sides: Vec<Side>,
    /// The prices of the case that it came from.
    found: Option<usize>,
    /// Whether the volumes of that case are the cheapest here, too.
    same_volumes: bool,
}

struct Search<'a> {
    lot: &'a CoreLot,
    layout: CoreLayout,
    groups: Groups,
    proof: Proof,
    prices: Vec<Found>,
    best: Vec<Proposal>,
    tried: BTreeSet<Vec<Side>>,
    cases: usize,
    most_cases: usize,
    pace: watch::Pace,
    /// The smallest bound of a case that holds awards.
    bound: Option<i128>,
}

impl Search<'_> {
    fn run(&mut self, watched: &mut dyn watch::Search) -> Result<(), EngineFaultKind> {
        let sides = self.able()?;
        let mut waiting = vec![Case { sides, found: None, same_volumes: false }];
        while let Some(case) = waiting.pop() {
            self.cases = self.cases.saturating_add(1);
            let best = self.best.first().map(|award| award.objective);
            self.pace = watched.pace(watch::Seen { cases: self.cases, best, bound: None });
            if let Some((then, last)) = self.settle_or_split(case)? {
                waiting.push(last);
                waiting.push(then);
            }
        }
        Ok(())
    }

    /// Takes out the bidders that cannot win, each with its proof.
    fn able(&mut self) -> Result<Vec<Side>, EngineFaultKind> {
        let mut sides = vec![Side::Open; self.lot.bidders.len()];
        for (b, side) in sides.iter_mut().enumerate() {
            if let Some(weights) = cannot_win(self.lot, &self.layout, b)? {
                self.proof.steps.push(Step::Branch { column: b, first: 1 });
                close_with(&mut self.proof, weights);
                *side = Side::Out;
            }
        }
        Ok(sides)
    }

    /// Closes a case, or splits it in two.
    fn settle_or_split(&mut self, mut case: Case) -> Result<Option<(Case, Case)>, EngineFaultKind> {
        if let Some(weights) = too_many_or_few(self.lot, &self.layout, &case.sides) {
            close_with(&mut self.proof, weights);
            return Ok(None);
        }
        if let Some(found) = case.found {
            let bound = self.bound_of(found, &case.sides)?;
            if self.closed(&bound, &case.sides) || self.pace.stops(self.cases > self.most_cases) {
                self.close(found, bound);
                return Ok(None);
            }
        }
        if !case.same_volumes {
            let volumes = self.groups.cheapest(self.lot, &case.sides)?;
            let found = self.found(&volumes)?;
            let bound = self.bound_of(found, &case.sides)?;
            if volumes.purpose == Purpose::NoAward {
                if !bound.is_above_zero() {
                    return Err(EngineFaultKind::TooLarge);
                }
                self.push_case(found, bound.further);
                return Ok(None);
            }
            if !self.closed(&bound, &case.sides) {
                self.try_award(found, &case.sides)?;
            }
            if self.closed(&bound, &case.sides) {
                self.close(found, bound);
                return Ok(None);
            }
            case.found = Some(found);
        }
        self.split(case)
    }

    fn bound_of(&self, found: usize, sides: &[Side]) -> Result<CaseBound, EngineFaultKind> {
        let found = self.prices.get(found).ok_or(EngineFaultKind::TooLarge)?;
        Ok(found.priced.bound(self.lot, &self.layout, sides)?)
    }

    /// Works out the prices that volumes lead to, and keeps them.
    fn found(&mut self, volumes: &Volumes) -> Result<usize, EngineFaultKind> {
        let (purpose, denominator) = (volumes.purpose, volumes.denominator);
        let (priced, weights) = price(self.lot, &self.layout, purpose, denominator, &volumes.prices)?;
        let delivers = (0..self.lot.bidders.len()).map(|b| volumes.of(b)).collect();
        self.prices.push(Found { weights: self.proof.weights.len(), priced, delivers });
        self.proof.weights.push(weights);
        Ok(self.prices.len().saturating_sub(1))
    }

    /// Whether a case needs no further look: it is dearer than the best award, or it is the one set of a listed award, or
    /// it may hold ties only and enough have been seen.
    fn closed(&self, bound: &CaseBound, sides: &[Side]) -> bool {
        let Some(cost) = self.best.first().map(|award| award.objective) else { return false };
        let late = self.pace.stops(self.cases.saturating_mul(2) > self.most_cases);
        let enough = late || self.best.len() >= MOST_TIES;
        let listed = || !sides.contains(&Side::Open) && self.best.iter().any(|award| wins(award, sides));
        bound.least > cost || (bound.least == cost && (enough || listed()))
    }

    fn close(&mut self, found: usize, bound: CaseBound) {
        self.bound = Some(self.bound.map_or(bound.least, |least| least.min(bound.least)));
        self.push_case(found, bound.further);
    }

    fn push_case(&mut self, found: usize, further: Vec<(usize, i128)>) {
        let weights = self.prices.get(found).map_or(usize::MAX, |found| found.weights);
        self.proof.steps.push(Step::Case { weights, further });
    }

    /// Splits a case on the bidder that promises most: one whose win or loss closes a side at once, or else the one that
    /// delivers most.
    fn split(&mut self, case: Case) -> Result<Option<(Case, Case)>, EngineFaultKind> {
        let number = case.found.ok_or(EngineFaultKind::TooLarge)?;
        let mut chosen: Option<(bool, i128, usize, Side)> = None;
        for b in (0..case.sides.len()).filter(|&b| case.sides.get(b) == Some(&Side::Open)) {
            let volume = self.volume(number, b);
            for side in [Side::In, Side::Out] {
                let sides = with(&case.sides, b, side);
                let impossible = too_many_or_few(self.lot, &self.layout, &sides).is_some();
                let closes = impossible || self.closed(&self.bound_of(number, &sides)?, &sides);
                if chosen.is_none_or(|(closed, most, ..)| (closes, volume) > (closed, most)) {
                    chosen = Some((closes, volume, b, side));
                }
            }
        }
        // Without an open bidder the case has been solved whole and closed.
        let (_, _, b, first) = chosen.ok_or(EngineFaultKind::TooLarge)?;
        self.proof.steps.push(Step::Branch { column: b, first: i128::from(first == Side::In) });
        let last = if first == Side::In { Side::Out } else { Side::In };
        Ok(Some((self.child(&case, number, b, first), self.child(&case, number, b, last))))
    }

    fn volume(&self, found: usize, b: usize) -> i128 {
        self.prices.get(found).and_then(|found| found.delivers.get(b)).copied().unwrap_or(0)
    }

    /// A side of a split. Leaving out a bidder that delivers nothing, or naming one a winner that delivers enough and
    /// costs nothing extra, does not change the cheapest volumes.
    fn child(&self, case: &Case, found: usize, b: usize, side: Side) -> Case {
        let volume = self.volume(found, b);
        let same_volumes = match (side, self.lot.bidders.get(b)) {
            (Side::In, Some(bidder)) => bidder.fixed_cost == 0 && volume >= bidder.least(),
            _ => volume == 0,
        };
        let sides = with(&case.sides, b, side);
        // A case with all winners decided is always solved whole.
        let same_volumes = same_volumes && sides.contains(&Side::Open);
        Case { sides, found: Some(found), same_volumes }
    }

    /// Makes an award of those who deliver in the cheapest volumes, as far as the number of winners allows.
    fn try_award(&mut self, found: usize, sides: &[Side]) -> Result<(), EngineFaultKind> {
        let mut ranked: Vec<(Side, i128, usize)> = Vec::new();
        for (b, &side) in sides.iter().enumerate().filter(|(_, side)| **side != Side::Out) {
            let order = if side == Side::In { Side::In } else { Side::Out };
            ranked.push((order, self.volume(found, b).saturating_neg(), b));
        }
        ranked.sort_unstable();
        let number = |limit: u32| usize::try_from(limit).unwrap_or(usize::MAX);
        let delivering = ranked.iter().filter(|(side, volume, _)| *side == Side::In || *volume < 0).count();
        let most = self.lot.max_winners.map_or(usize::MAX, number);
        let count = delivering.min(most).max(number(self.lot.min_winners));
        let mut whole = vec![Side::Out; sides.len()];
        for &(_, _, b) in ranked.iter().take(count) {
            whole = with(&whole, b, Side::In);
        }
        if too_many_or_few(self.lot, &self.layout, &whole).is_some() || !self.tried.insert(whole.clone()) {
            return Ok(());
        }
        let volumes = self.groups.cheapest(self.lot, &whole)?;
        if volumes.purpose == Purpose::NoAward {
            return Ok(());
        }
        let award = self.award(&whole, &volumes)?;
        match self.best.first().map(|best| best.objective) {
            Some(cost) if award.objective > cost => {}
            Some(cost) if award.objective == cost && self.best.len() < MOST_TIES => self.best.push(award),
            Some(cost) if award.objective == cost => {}
            _ => self.best = vec![award],
        }
        Ok(())
    }

    /// The values of all columns for decided winners.
    fn award(&self, sides: &[Side], volumes: &Volumes) -> Result<Proposal, EngineFaultKind> {
        let mut values = vec![0; self.layout.columns];
        let mut costs = Vec::new();
        let by_region = self.groups.by_region(self.lot, volumes);
        for (b, (bidder, own)) in self.lot.bidders.iter().zip(by_region).enumerate() {
            if sides.get(b) == Some(&Side::In) {
                costs.push(bidder.fixed_cost);
                values.get_mut(b).into_iter().for_each(|place| *place = 1);
            }
            let columns = self.layout.delivers.get(b).into_iter().flatten();
            for ((column, price), volume) in columns.zip(&bidder.price).zip(own) {
                if let (Some(column), Some(price)) = (column, price) {
                    costs.push(price.checked_mul(volume).ok_or(EngineFaultKind::TooLarge)?);
                    values.get_mut(*column).into_iter().for_each(|place| *place = volume);
                }
            }
        }
        Ok(Proposal { values, objective: sum(costs)? })
    }
}

fn close_with(proof: &mut Proof, weights: RowWeights) {
    let number = proof.weights.len();
    proof.weights.push(weights);
    proof.steps.push(Step::Case { weights: number, further: Vec::new() });
}

fn with(sides: &[Side], b: usize, side: Side) -> Vec<Side> {
    let mut sides = sides.to_vec();
    sides.get_mut(b).into_iter().for_each(|place| *place = side);
    sides
}

/// Whether an award has exactly the winners of a decided case.
fn wins(award: &Proposal, sides: &[Side]) -> bool {
    sides.iter().zip(&award.values).all(|(side, value)| (*side == Side::In) == (*value == 1))
}
