//! The bound that row weights give (Neumaier and Shcherbina 2004), in whole numbers.
//!
//! All awards satisfy the rows, so the objective may be lowered by any combination of rows with weights of the right
//! sign; what is then left of each column's cost is taken at the worse of its two bounds. The weights of links, rows that
//! only let a column go when another is above zero, are not stated: the best follows from the others.

use super::CertifyFaultKind;
use crate::model::whole::{add, ceiling, mul, sub};
use crate::model::{Direction, Link, LotModel, Purpose, RankedLot, Row, RowWeights, Sense, weigh_links};

/// The objective with weighted rows taken out, times the weights' denominator. A maximum is turned into a minimum.
#[derive(Clone)]
pub(super) struct Reduced {
    /// The sum of weight times right-hand side.
    constant: i128,
    /// What is left of each column's cost.
    costs: Vec<i128>,
    purpose: Purpose,
    denominator: i128,
}

/// What a bound says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// No award costs less than this.
    AtLeast(i128),
    /// There is no award.
    NoAward,
    /// Nothing: the weights were to show that there is no award, and do not.
    Nothing,
}

impl Reduced {
    /// The objective with the weighted rows taken out.
    pub(super) fn new(lot: &LotModel, weights: &RowWeights) -> Result<Self, CertifyFaultKind> {
        if weights.denominator <= 0 {
            return Err(CertifyFaultKind::WeightSign);
        }
        let mut costs = vec![0; lot.columns.len()];
        if weights.purpose == Purpose::Bound {
            for &(column, cost) in &lot.objective.terms {
                let cost = match lot.objective.direction {
                    Direction::Minimise => cost,
                    Direction::Maximise => sub(0, cost)?,
                };
                let place = costs.get_mut(column).ok_or(CertifyFaultKind::ProofMalformed)?;
                *place = add(*place, mul(cost, weights.denominator)?)?;
            }
        }
        let (purpose, denominator) = (weights.purpose, weights.denominator);
        let mut reduced = Self { constant: 0, costs, purpose, denominator };
        reduced.take_out(lot, &weights.rows)?;
        Ok(reduced)
    }

    /// Takes out weighted rows. A row that holds from above may only weigh down, one that holds from below only up.
    pub(super) fn take_out(
        &mut self,
        lot: &LotModel,
        weights: &[(usize, i128)],
    ) -> Result<(), CertifyFaultKind> {
        for &(row, weight) in weights {
            let row = lot.rows.get(row).ok_or(CertifyFaultKind::ProofMalformed)?;
            let fits = match row.sense {
                Sense::Le => weight <= 0,
                Sense::Ge => weight >= 0,
                Sense::Eq => true,
            };
            if !fits {
                return Err(CertifyFaultKind::WeightSign);
            }
            self.constant = add(self.constant, mul(weight, row.rhs)?)?;
            for &(column, coefficient) in &row.terms {
                let place = self.costs.get_mut(column).ok_or(CertifyFaultKind::ProofMalformed)?;
                *place = sub(*place, mul(weight, coefficient)?)?;
            }
        }
        Ok(())
    }

    /// The bound between the given column bounds, with the links weighed as well as can be. Objectives are whole, so a fraction is rounded up.
    pub(super) fn says(&self, links: &[Link], bounds: &[(i128, i128)]) -> Result<Says, CertifyFaultKind> {
        let mut costs = self.costs.clone();
        weigh_links(links, bounds, &mut costs)?;
        let mut total = self.constant;
        for (&cost, &(lower, upper)) in costs.iter().zip(bounds) {
            total = add(total, mul(cost, lower)?.min(mul(cost, upper)?))?;
        }
        match self.purpose {
            Purpose::Bound => {
                Ok(Says::AtLeast(ceiling(total, self.denominator).ok_or(CertifyFaultKind::WeightSign)?))
            }
            Purpose::NoAward if total > 0 => Ok(Says::NoAward),
            Purpose::NoAward => Ok(Says::Nothing),
        }
    }
}

/// The column bounds of a lot.
pub(super) fn column_bounds(lot: &LotModel) -> Vec<(i128, i128)> {
    lot.columns.iter().map(|column| (column.lower, column.upper)).collect()
}

/// The largest shortlist that the rows of a ranked lot allow: in each bidding unit no more than there are places, and no more
/// than there are bids that no row keeps off.
pub(super) fn shortlist(lot: &LotModel, ranked: &RankedLot) -> Result<i128, CertifyFaultKind> {
    let layout = ranked.layout();
    let mut rows = Vec::new();
    for (unit, places) in ranked.places.iter().enumerate() {
        let all: Vec<_> = ranked.of_unit(unit).map(|b| (layout.shortlisted(b), 1)).collect();
        let open = ranked.of_unit(unit).filter_map(|b| ranked.candidates.get(b));
        let open = open.filter(|c| c.shortlist_barred_by.is_none()).count();
        let by_places = usize::try_from(*places).is_ok_and(|places| places < open);
        let of_places = |row: &Row| row.sense == Sense::Le && row.terms == all;
        let keeps_off = |row: &Row| {
            row.sense == Sense::Eq
                && row.rhs == 0
                && row.terms.len() == 1
                && all.iter().any(|t| row.terms.contains(t))
        };
        let chosen = |(_, row): &(usize, &Row)| if by_places { of_places(row) } else { keeps_off(row) };
        rows.extend(lot.rows.iter().enumerate().filter(chosen).map(|(number, _)| (number, -1)));
    }
    let weights = RowWeights { purpose: Purpose::Bound, denominator: 1, rows };
    match Reduced::new(lot, &weights)?.says(&[], &column_bounds(lot))? {
        Says::AtLeast(least) => Ok(sub(0, least)?),
        Says::NoAward | Says::Nothing => Err(CertifyFaultKind::ProofMalformed),
    }
}
