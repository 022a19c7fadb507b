//! Limits on money: budgets, and what prices are compared as beside what is paid.

use crate::model::programme::Sense;
use crate::model::whole::{TooLarge, mul, sub};
use crate::money::{Money, Ratio};

use super::build::{Build, Sum};
use super::counts::Places;
use super::in_force::InForce;
use super::steps::fraction;
use super::view::Switch;

impl Build<'_> {
    /// What is paid for the bids of the scope, fixed costs included, is at most the budget.
    pub(super) fn budget(&mut self, in_force: &InForce<'_>, most: Money) -> Result<(), TooLarge> {
        let most = self.steps.of_money(most)?;
        for lots in self.lots_in(&in_force.limit) {
            let bids = self.bids_in(&in_force.limit, &lots);
            let mut sum = self.value_of(&bids)?;
            sum.add_sum(&self.fixed_of(&bids)?, 1)?;
            let label = in_force.label("budget", &self.name_of(&lots));
            self.row(in_force.rule(), label, &sum, Sense::Le, most);
        }
        Ok(())
    }

    /// Where a supplier of the scope wins that is no incumbent the lots count as dearer by the amount. Lots without a bid of
    /// an incumbent, in the scope or not, cannot stay with one.
    pub(super) fn switching(&mut self, in_force: &InForce<'_>, amount: Money) -> Result<(), TooLarge> {
        let amount = self.steps.of_money(amount)?;
        let offered = self.offered;
        let stay = self.bids_where(|bid| offered.is_incumbent(&bid.bid.supplier_id, self.as_one));
        for lots in self.lots_in(&in_force.limit) {
            let name = self.name_of(&lots);
            let could_stay = lots.into_iter().filter(|lot| stay.iter().any(|(at, _)| at == lot));
            let new = |lot| -> (usize, Vec<usize>) {
                let bids = self.bids_in(&in_force.limit, &[lot]);
                let new: Places = bids.into_iter().filter(|place| !stay.contains(place)).collect();
                (lot, self.wins_of(&new))
            };
            let lots: Vec<(usize, Vec<usize>)> = could_stay.map(new).collect();
            if lots.is_empty() {
                continue;
            }
            let switches = self.yes_no(in_force.label("switches", &name));
            let mut all = Sum::default();
            for (number, wins) in lots.iter().flat_map(|(_, new)| new).enumerate() {
                all.add(*wins, 1)?;
                let mut sum = Sum::default();
                sum.add(switches, 1)?;
                sum.add(*wins, sub(0, 1)?)?;
                let label = in_force.label("switching", &format!("{name},{number}"));
                self.row(in_force.rule(), label, &sum, Sense::Ge, 0);
            }
            all.add(switches, sub(0, 1)?)?;
            self.row(in_force.rule(), in_force.label("switching-only-if", &name), &all, Sense::Ge, 0);
            self.beside.add(switches, amount)?;
            self.switches.push(Switch { column: switches, lots });
        }
        Ok(())
    }

    /// Prices of the scope are compared as if they were lower by a margin; what is paid stays.
    pub(super) fn preference(&mut self, in_force: &InForce<'_>, margin: Ratio) -> Result<(), TooLarge> {
        let (numerator, denominator) = fraction(margin)?;
        for lots in self.lots_in(&in_force.limit) {
            let value = self.value_of(&self.bids_in(&in_force.limit, &lots))?;
            for (column, by) in value.terms() {
                let less = mul(by, numerator)?.checked_div_euclid(denominator).ok_or(TooLarge)?;
                self.beside.add(column, sub(0, less)?)?;
            }
        }
        Ok(())
    }
}
