//! The nearest volume or amount at which there is an award, with all else as it is: exact, from the least or the most that
//! an award can have, as far as files can state it.

use super::less::{Change, demand_row};
use super::trial::{Trial, Trials};
use crate::model::language::{Language, rule_of};
use crate::model::{Direction, Objective, Part, Sense};
use crate::money::{Money, Quantity, Rounding, RoundingMode};
use crate::tender::{Limit, LimitKind};

/// Where amounts are looked for: the lots, and what is taken for settled beside.
pub(super) struct Amounts<'a, 't> {
    pub(super) trials: &'t Trials<'a>,
    pub(super) others: &'t [&'t Change],
}

/// The columns of some bids with their weights.
type Terms = Vec<(usize, i128)>;

impl Amounts<'_, '_> {
    fn with(&self, change: &Change) -> Option<Language> {
        let changes: Vec<&Change> = self.others.iter().copied().chain([change]).collect();
        self.trials.built(&changes)
    }

    fn trial(&self, change: &Change) -> Trial {
        let changes: Vec<&Change> = self.others.iter().copied().chain([change]).collect();
        self.trials.of(&changes)
    }

    /// The volume that bids must have at least, or can have at most, once a change is made.
    pub(super) fn volume(
        &self,
        change: &Change,
        direction: Direction,
        bids: &dyn Fn(&str) -> bool,
    ) -> Option<(Quantity, bool)> {
        let language = self.with(change)?;
        let (terms, steps) = (volumes(&language, bids), language.steps);
        let (found, is_proved) = self.trials.optimum(language, Objective { direction, terms })?;
        let mode = match direction {
            Direction::Minimise => RoundingMode::Up,
            Direction::Maximise => RoundingMode::Down,
        };
        let stated = Rounding { mode, digits: Quantity::DECIMALS };
        Some((steps.volume(found)?.rounded(stated).ok()?, is_proved))
    }

    /// What bids must be paid at least, without fixed costs, once a change is made.
    pub(super) fn value(&self, change: &Change, bids: &dyn Fn(&str) -> bool) -> Option<(Quantity, bool)> {
        let language = self.with(change)?;
        let objective = Objective { direction: Direction::Minimise, terms: values(&language, bids)? };
        let steps = language.steps;
        let (found, is_proved) = self.trials.optimum(language, objective)?;
        let stated = Rounding { mode: RoundingMode::Up, digits: Quantity::DECIMALS };
        let least = steps.cost(found)?.rounded(stated).ok()?;
        Some((Quantity::parse(&least.to_string()).ok()?, is_proved))
    }

    /// The least budget in the place of a limit, for each of its lots or for all of them.
    pub(super) fn budget(&self, limit: &Limit) -> Option<(LimitKind, bool)> {
        let mut language = self.with(&Change::Limit(Box::new(limit.clone())))?;
        let rule = rule_of(limit);
        let of_limit = |row: &&crate::model::Row| row.rule == rule;
        // As many decimals as a file can state, and no less money than is needed.
        let stated = Rounding { mode: RoundingMode::Up, digits: Money::DECIMALS };
        if let [only] = language.model.rows.iter().filter(of_limit).collect::<Vec<_>>().as_slice() {
            let objective = Objective { direction: Direction::Minimise, terms: only.terms.clone() };
            language.model.rows.retain(|row| row.rule != rule);
            let steps = language.steps;
            let (found, is_proved) = self.trials.optimum(language, objective)?;
            return Some((LimitKind::Budget(steps.cost(found)?.rounded(stated).ok()?), is_proved));
        }
        let columns = language.model.columns.iter();
        let paid = columns.enumerate().map(|(at, column)| {
            let weights = language.paid.iter().filter(|(own, _)| *own == at);
            weights.fold(0_i128, |sum, (_, by)| sum.saturating_add(by.saturating_mul(column.upper)))
        });
        let most = paid.fold(0_i128, i128::saturating_add);
        let budget = language.model.columns.len();
        language.model.columns.push(crate::model::Column {
            name: "budget".to_owned(),
            lower: 0,
            upper: most,
            integer: false,
        });
        for row in language.model.rows.iter_mut().filter(|row| row.rule == rule) {
            row.terms.push((budget, -1));
            row.rhs = 0;
        }
        let objective = Objective { direction: Direction::Minimise, terms: vec![(budget, 1)] };
        let steps = language.steps;
        let (found, is_proved) = self.trials.optimum(language, objective)?;
        Some((LimitKind::Budget(steps.cost(found)?.rounded(stated).ok()?), is_proved))
    }

    /// The largest demand of a region, below the one stated, at which there is an award.
    pub(super) fn demand(&self, said: &Part) -> Option<(Quantity, bool)> {
        let region = said.region.as_deref()?;
        let lot = self.trials.offered.lots.iter().find(|lot| lot.lot.id.as_str() == said.name)?;
        let stated = *lot.regions.iter().find(|(own, _)| own.as_str() == region)?.1;
        let bids = lot.bids.iter().flat_map(|bid| [bid.bid.capacity, bid.bid.min_quantity]).flatten();
        let digits = lot.regions.values().copied().chain(bids).map(Quantity::decimals).max().unwrap_or(0);
        let change = |steps: i128| {
            let volume = Quantity::from_steps(steps, digits).ok()?;
            Some(Change::Demand(said.name.clone(), region.to_owned(), volume))
        };
        let trial = |steps: i128| change(steps).map_or(Trial::Unknown, |change| self.trial(&change));
        let elsewhere = lot.regions.iter().any(|(own, volume)| own.as_str() != region && !volume.is_zero());
        let least = if elsewhere { 0 } else { 1 };
        let mut closed = stated.in_steps(digits)?;
        let guess = self.most_delivered(said, digits).filter(|guess| *guess >= least && *guess < closed);
        let mut open = match guess {
            Some(guess) if trial(guess) == Trial::Open => guess,
            _ if trial(least) == Trial::Open => least,
            _ => return None,
        };
        let mut is_proved = true;
        let mut next = open.saturating_add(1);
        while closed.saturating_sub(open) > 1 {
            match trial(next) {
                Trial::Open => open = next,
                found => (closed, is_proved) = (next, found == Trial::Closed),
            }
            next = open.midpoint(closed);
        }
        Some((Quantity::from_steps(open, digits).ok()?, is_proved))
    }

    /// The most that can be delivered to a region, in steps, as the shares of the stated demand allow.
    fn most_delivered(&self, said: &Part, digits: u32) -> Option<i128> {
        let label = demand_row(&said.name, said.region.as_deref()?);
        let mut language = self.trials.built(self.others)?;
        let row = language.model.rows.iter_mut().find(|row| row.label == label)?;
        row.sense = Sense::Le;
        let terms = row.terms.iter().filter(|(_, by)| *by > 0).copied().collect();
        let whole = row.rhs == 1;
        let objective = Objective { direction: Direction::Maximise, terms };
        let steps = language.steps;
        let (most, _) = self.trials.optimum(language, objective)?;
        if whole && most == 0 {
            return Some(0);
        }
        let most = steps.volume(most)?;
        let finer = most.decimals().max(digits);
        let by = 10_i128.checked_pow(finer.saturating_sub(digits))?;
        most.in_steps(finer)?.checked_div_euclid(by)
    }
}

fn volumes(language: &Language, bids: &dyn Fn(&str) -> bool) -> Terms {
    let own = language.lots.iter().flat_map(|lot| &lot.bids).filter(|bid| bids(&bid.bid_id));
    let delivered = own.flat_map(|bid| &bid.offers).flat_map(|offer| offer.delivers.iter().flatten());
    delivered.map(|delivery| (delivery.column, delivery.steps)).collect()
}

fn values(language: &Language, bids: &dyn Fn(&str) -> bool) -> Option<Terms> {
    let own = language.lots.iter().flat_map(|lot| &lot.bids).filter(|bid| bids(&bid.bid_id));
    let mut terms = Vec::new();
    for offer in own.flat_map(|bid| &bid.offers) {
        for (delivery, price) in offer.delivers.iter().zip(&offer.price) {
            if let (Some(delivery), Some(price)) = (delivery, price) {
                terms.push((delivery.column, price.checked_mul(delivery.steps)?));
            }
        }
    }
    Some(terms)
}
