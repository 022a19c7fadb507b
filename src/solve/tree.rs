//! Branch and bound over the columns of a programme (Land and Doig 1960), for one objective.
//!
//! Each case is looked at by the simplex method in floats, which says where to look on and guesses row weights. A case is
//! closed by nothing but the bound that the weights give in whole numbers, and an award counts once it satisfies every
//! row in whole numbers.
#![allow(clippy::float_arithmetic)]

mod dive;
mod grown;
mod guess;
mod narrow;
mod near;
mod promise;
mod rows;

pub(super) use rows::SHORT;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use num_traits::ToPrimitive;

use super::EngineFaultKind;
use super::cuts::Covers;
use super::simplex::{End, Simplex};
use super::watch::{Pace, Search, Seen};
use super::weigh::Weighed;
use crate::model::whole::{dot, sub};
use crate::model::{Direction, Link, LotModel, Proof, Purpose, Row, RowWeights, Sense};
use grown::Grown;
use promise::Promise;

/// Sets of winners of the same cost that are listed at most.
const MOST_TIES: usize = 256;

/// Denominators with which weights are tried, the shortest numbers first.
const DENOMINATORS: [i128; 3] = [1, 1 << 20, 1 << 40];

/// A value this close to a whole number is taken for one.
const WHOLE: f64 = 1e-6;

/// What a search ends with. Costs and bounds are those of the objective as a minimum.
pub(super) struct Found {
    /// The best awards, as values of all columns: one, or one for each set of winners.
    pub(super) best: Vec<Vec<i128>>,
    pub(super) cost: Option<i128>,
    /// The smallest bound of a case that may hold awards.
    pub(super) bound: Option<i128>,
    pub(super) proof: Proof,
    /// Steps of the simplex method times rows and columns.
    pub(super) work: usize,
}

/// Work that is spent on a programme at most: steps of the simplex method times rows and columns.
pub(super) const MOST_WORK: usize = 6_000_000_000;

/// A case that waits.
struct Node {
    case: usize,
    /// The weights of the case that it came from, and what they said about that.
    before: Option<(usize, i128)>,
    /// The column that was moved, how far and whether up, and the cost before.
    moved: Option<(usize, f64, bool, f64)>,
}

pub(super) struct Tree<'a> {
    /// The lot, with the rows that have been derived.
    lot: Cow<'a, LotModel>,
    links: Vec<Link>,
    /// The links by their rows.
    linked: BTreeMap<usize, Link>,
    winners: Vec<usize>,
    simplex: Simplex,
    ties: bool,
    found: Found,
    listed: BTreeSet<Vec<i128>>,
    grown: Grown,
    promise: Promise,
    /// The weights that were last looked at.
    last: Option<Rc<Weighed>>,
    cases: usize,
    most_cases: usize,
    most_work: usize,
    watched: &'a mut dyn Search,
    pace: Pace,
    /// Yes-or-no decisions and counts.
    decisions: usize,
    rows_of: Vec<Vec<(usize, i128)>>,
    /// What a column adds to the objective as a minimum, as it is looked at when decisions are made quickly.
    weight: Vec<i128>,
    /// Whether this is a search around an award that another search knows.
    within: bool,
    /// When the search last looked around its best award, and what that cost then.
    looked: (usize, Option<i128>),
    /// After how many cases rows may be derived, and what they are derived from.
    derives: Option<usize>,
    covers: Option<Covers>,
}

impl<'a> Tree<'a> {
    /// A search for the best awards; for all sets of winners that reach them if `ties`. `known` are awards to begin with.
    pub(super) fn new(
        lot: &'a LotModel,
        ties: bool,
        known: Vec<Vec<i128>>,
        most_cases: usize,
        watched: &'a mut dyn Search,
    ) -> Result<Self, EngineFaultKind> {
        let links = lot.links();
        let found = Found { best: Vec::new(), cost: None, bound: None, proof: Proof::default(), work: 0 };
        let simplex = Simplex::new(lot).ok_or(EngineFaultKind::TooLarge)?;
        let mut tree = Self {
            lot: Cow::Borrowed(lot),
            linked: links.iter().map(|link| (link.row, *link)).collect(),
            links,
            winners: lot.winner_columns().into_iter().map(|(column, _)| column).collect(),
            grown: Grown::new(),
            promise: Promise::new(simplex.sizes()),
            last: None,
            simplex,
            ties,
            found,
            listed: BTreeSet::new(),
            cases: 0,
            most_cases,
            most_work: MOST_WORK,
            watched,
            pace: Pace::Allowed,
            decisions: lot.columns.iter().filter(|column| column.integer).count(),
            rows_of: narrow::rows_of(lot),
            weight: weights(lot),
            within: false,
            looked: (0, None),
            derives: None,
            covers: None,
        };
        for award in known {
            tree.offer(award)?;
        }
        Ok(tree)
    }

    /// The search for awards below a cost only, and up to so much work: steps of the simplex method times rows and columns.
    pub(super) fn below(mut self, cost: Option<i128>, most_work: usize) -> Self {
        if let Some(cost) = cost.filter(|cost| self.found.cost.is_none_or(|known| *cost <= known)) {
            self.found.cost = Some(cost);
            self.found.best = Vec::new();
            self.listed = BTreeSet::new();
        }
        self.most_work = most_work.min(MOST_WORK);
        self
    }

    /// The same search, which derives rows after so many cases.
    pub(super) fn deriving(self, short: usize) -> Self {
        Self { derives: Some(short), ..self }
    }

    /// The search with so much work and no more, whatever it is in the middle of then.
    pub(super) fn within(mut self, most_work: usize) -> Self {
        self.most_work = most_work.min(MOST_WORK);
        let steps = self.most_work.checked_div(self.size()).unwrap_or(0);
        self.simplex.most_steps = steps.saturating_add(1);
        self
    }

    /// The work done so far.
    fn work(&self) -> usize {
        self.simplex.steps.saturating_mul(self.size())
    }

    fn size(&self) -> usize {
        self.lot.columns.len().saturating_add(self.lot.rows.len()).max(1)
    }

    /// Goes through all cases: down one path to its end, then on from the case with the least bound.
    pub(super) fn run(mut self) -> Result<Found, EngineFaultKind> {
        let mut waiting: BTreeMap<(i128, Reverse<usize>), Node> = BTreeMap::new();
        let mut next = Some(Node { case: 0, before: None, moved: None });
        while let Some(node) = next.take().or_else(|| waiting.pop_first().map(|(_, node)| node)) {
            self.cases = self.cases.saturating_add(1);
            let bound = self.look(&waiting, &node);
            let node = match self.begins_anew(bound)? {
                Some(root) => {
                    waiting.clear();
                    root
                }
                None => node,
            };
            if let Some((then, last)) = self.settle_or_split(node)? {
                let least = last.before.map_or(i128::MIN, |(_, least)| least);
                waiting.insert((least, Reverse(last.case)), last);
                next = Some(then);
            }
        }
        self.found.proof.steps = self.grown.steps(&self.lot);
        self.found.work = self.work();
        Ok(self.found)
    }

    /// Shows how far the search has come, and asks whether it goes on.
    fn look(&mut self, waiting: &BTreeMap<(i128, Reverse<usize>), Node>, node: &Node) -> Option<i128> {
        let own = node.before.map_or(i128::MIN, |(_, least)| least);
        let least = waiting.first_key_value().map_or(own, |((least, _), _)| own.min(*least));
        let bound = self.found.bound.map_or(least, |closed| closed.min(least));
        let bound = Some(bound).filter(|bound| *bound > i128::MIN);
        self.pace = self.watched.pace(Seen { cases: self.cases, best: self.found.cost, bound });
        bound
    }

    /// Whether the search has taken too long.
    fn is_given_up(&self) -> bool {
        self.pace.stops(self.cases > self.most_cases || self.work() > self.most_work)
    }

    /// The weights of that number in the proof.
    fn kept(&mut self, number: usize) -> Result<Rc<Weighed>, EngineFaultKind> {
        if let Some(last) = self.last.as_ref().filter(|last| last.number == number) {
            return Ok(Rc::clone(last));
        }
        let weights = self.found.proof.weights.get(number).ok_or(EngineFaultKind::TooLarge)?;
        let mut weighed = Weighed::new(&self.lot, weights.clone())?;
        weighed.number = number;
        Ok(Rc::clone(self.last.insert(Rc::new(weighed))))
    }

    /// Closes a case, or splits it in two.
    fn settle_or_split(&mut self, node: Node) -> Result<Option<(Node, Node)>, EngineFaultKind> {
        let Node { case, before, moved } = node;
        let bounds = self.grown.bounds(&self.lot, case);
        let weighed = before.map(|(number, _)| self.kept(number)).transpose()?;
        if let Some(before) = &weighed {
            let least = before.least(&self.links, &bounds)?;
            if self.closes(least, &bounds) || self.is_given_up() {
                self.close(case, before.number, least);
                return Ok(None);
            }
        }
        if bounds.iter().all(|(lower, upper)| lower == upper) {
            return self.close_point(case, &bounds).map(|()| None);
        }
        for (column, &of) in bounds.iter().enumerate() {
            self.simplex.bound(column, of);
        }
        let mut end = self.simplex.solve(self.limit());
        end = self.with_more_rows(end)?;
        let mut now = self.weigh(&end, &bounds)?;
        if end == End::Above && !self.closes(now.least(&self.links, &bounds)?, &bounds) {
            end = self.simplex.solve(None);
            now = self.weigh(&end, &bounds)?;
        }
        if let (End::Optimal, Some((column, far, up, before))) = (&end, moved) {
            self.promise.note(column, up, far, self.simplex.objective() - before);
        }
        if matches!(end, End::Optimal | End::GaveUp)
            && let Some(point) = self.simplex.point(&self.lot, &bounds)
        {
            self.offer(point)?;
        }
        if !self.closes(now.least(&self.links, &bounds)?, &bounds) {
            now = self.sharper(&end, now, &bounds)?;
        }
        let least = now.least(&self.links, &bounds)?;
        let weighed = match weighed {
            Some(before) if !self.closes(least, &bounds) && before.least(&self.links, &bounds)? >= least => {
                before
            }
            _ => self.keep(now),
        };
        let least = weighed.least(&self.links, &bounds)?;
        if self.closes(least, &bounds) || self.is_given_up() {
            self.close(case, weighed.number, least);
            return Ok(None);
        }
        let (dives, looks) = (self.is_dived_from(), self.is_looked_around());
        let leaning = (end == End::Optimal && (dives || looks)).then(|| self.leaning());
        let split = self.split(case, &bounds, &weighed, &end)?;
        if let Some(leaning) = leaning {
            if dives {
                self.dive(&bounds, &leaning)?;
            }
            if looks {
                self.look_around(&leaning)?;
            }
        }
        Ok(split)
    }

    /// The cost above which a case need not be looked into further.
    fn limit(&self) -> Option<f64> {
        let cost = self.found.cost?.to_f64()?;
        Some(cost + 1.0 + cost.abs() * 1e-9)
    }

    /// Whether a case needs no further look: it holds no award, it is dearer than the best award, or it is the one set of
    /// a listed award, or it may hold ties only and these are not looked for, or enough of them have been seen.
    fn closes(&self, least: Option<i128>, bounds: &[(i128, i128)]) -> bool {
        let (Some(least), Some(cost)) = (least, self.found.cost) else { return least.is_none() };
        if least != cost {
            return least > cost;
        }
        let late = self.pace.stops(self.cases.saturating_mul(2) > self.most_cases);
        let enough = || late || self.found.best.len() >= MOST_TIES;
        !self.ties || enough() || self.set(bounds).is_some_and(|set| self.listed.contains(&set))
    }

    /// The winners, as values of their columns, when all are decided.
    fn set(&self, bounds: &[(i128, i128)]) -> Option<Vec<i128>> {
        let value = |column: &usize| bounds.get(*column).filter(|(lower, upper)| lower == upper).map(|b| b.0);
        self.winners.iter().map(value).collect()
    }

    fn close(&mut self, case: usize, weights: usize, least: Option<i128>) {
        if let Some(least) = least {
            self.found.bound = Some(self.found.bound.map_or(least, |bound| bound.min(least)));
        }
        self.grown.close(case, weights);
    }

    fn keep(&mut self, mut weighed: Weighed) -> Rc<Weighed> {
        weighed.number = self.found.proof.weights.len();
        self.found.proof.weights.push(weighed.weights.clone());
        Rc::clone(self.last.insert(Rc::new(weighed)))
    }

    /// Takes a point for an award if it satisfies every row in whole numbers.
    fn offer(&mut self, values: Vec<i128>) -> Result<(), EngineFaultKind> {
        for row in &self.lot.rows {
            if !holds(row, dot(&row.terms, &values)?) {
                return Ok(());
            }
        }
        let cost = dot(&self.lot.objective.terms, &values)?;
        let cost = if self.lot.objective.direction == Direction::Maximise { sub(0, cost)? } else { cost };
        let set: Vec<i128> = self.winners.iter().filter_map(|column| values.get(*column)).copied().collect();
        let found = &mut self.found;
        if found.cost.is_none_or(|best| cost < best) {
            found.cost = Some(cost);
            found.best = vec![values];
            self.listed = BTreeSet::from([set]);
        } else if found.cost == Some(cost) && found.best.len() < MOST_TIES && self.listed.insert(set) {
            found.best.push(values);
        }
        Ok(())
    }

    /// Closes a case that leaves nothing open.
    fn close_point(&mut self, case: usize, bounds: &[(i128, i128)]) -> Result<(), EngineFaultKind> {
        let values: Vec<i128> = bounds.iter().map(|(lower, _)| *lower).collect();
        let mut weights = RowWeights { purpose: Purpose::Bound, denominator: 1, rows: Vec::new() };
        for (number, row) in self.lot.rows.iter().enumerate() {
            let sum = dot(&row.terms, &values)?;
            if !holds(row, sum) {
                weights.rows = vec![(number, if sum > row.rhs { -1 } else { 1 })];
                weights.purpose = Purpose::NoAward;
                break;
            }
        }
        self.offer(values)?;
        let weighed = Weighed::new(&self.lot, weights)?;
        let least = weighed.least(&self.links, bounds)?;
        let weighed = self.keep(weighed);
        self.close(case, weighed.number, least);
        Ok(())
    }
}

/// What each column adds to the objective as a minimum.
fn weights(lot: &LotModel) -> Vec<i128> {
    let mut weights = vec![0; lot.columns.len()];
    for &(column, coefficient) in &lot.objective.terms {
        let weight = if lot.objective.direction == Direction::Maximise {
            coefficient.saturating_neg()
        } else {
            coefficient
        };
        weights.get_mut(column).into_iter().for_each(|place| *place = weight);
    }
    weights
}

fn holds(row: &Row, sum: i128) -> bool {
    match row.sense {
        Sense::Le => sum <= row.rhs,
        Sense::Ge => sum >= row.rhs,
        Sense::Eq => sum == row.rhs,
    }
}
