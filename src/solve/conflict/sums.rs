//! A programme in which the regions of each lot count as one: columns of one offer become one, rows become sums of rows.
//!
//! Whatever keeps the rows of the full programme keeps their sums. So where the sums allow no award there is none, and none
//! is better than the best that the sums allow: capacities against the demand, winners times shares, lowest prices against
//! a budget are seen at once, without a look at single regions.

use std::collections::{BTreeMap, BTreeSet};

use super::spread::spread;
use crate::model::language::Language;
use crate::model::whole::{TooLarge, add, ceiling, mul, sub};
use crate::model::{Column, Direction, GeneralLot, LotModel, Objective, Row, Sense};
use crate::rules::VolumeAtLeastCost;

/// Where a column of the full programme stands among the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// As a column of its own.
    Own(usize),
    /// In the sum of an offer's volumes, by the group and how much a 1 counts.
    Group(usize, i128),
    /// Nowhere: a decision about a single region.
    Gone,
}

/// The volumes of an offer in several regions.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The column of the sum.
    pub(super) column: usize,
    /// The column of its being taken, in the full programme.
    taken: usize,
    /// Columns of the full programme, with how much a 1 counts.
    pub(super) members: Vec<(usize, i128)>,
    /// The lot.
    pub(super) lot: usize,
}

/// The sums of a programme.
#[derive(Debug)]
pub(super) struct Sums {
    pub(super) model: LotModel,
    pub(super) places: Vec<Place>,
    pub(super) groups: Vec<Group>,
}

/// Terms of a row, by column.
type Terms = BTreeMap<usize, i128>;

impl Sums {
    /// The sums of a programme; `None` when there is nothing to sum, or a number does not fit.
    pub(super) fn of(language: &Language) -> Option<Self> {
        let mut sums = Self::columns(language).ok()?;
        if sums.groups.is_empty() {
            return None;
        }
        sums.rows(&language.model).ok()?;
        let objective = &language.model.objective;
        let terms: Terms = objective.terms.iter().copied().collect();
        let low = objective.direction == Direction::Minimise;
        sums.model.objective.terms = sums.taken_together(&terms, low).ok()?.0;
        sums.model.objective.direction = objective.direction;
        Some(sums)
    }

    /// An award of the full programme from one of the sums, when volumes can be spread over the regions.
    pub(super) fn award(&self, language: &Language, values: &[i128]) -> Option<Vec<i128>> {
        spread(self, language, values)
    }

    /// The columns: those of offers in several regions as one.
    fn columns(language: &Language) -> Result<Self, TooLarge> {
        let full = &language.model;
        let mut groups = Vec::new();
        let mut group_of: BTreeMap<usize, (usize, i128)> = BTreeMap::new();
        for (lot, view) in language.lots.iter().enumerate() {
            for offer in view.bids.iter().flat_map(|bid| &bid.offers) {
                let own = offer.delivers.iter().flatten();
                let members: Vec<(usize, i128)> = own.map(|own| (own.column, own.steps)).collect();
                if members.len() > 1 {
                    group_of.extend(members.iter().map(|(at, steps)| (*at, (groups.len(), *steps))));
                    groups.push(Group { column: 0, taken: offer.taken, members, lot });
                }
            }
        }
        let (mut columns, mut places) = (Vec::new(), Vec::new());
        for (at, column) in full.columns.iter().enumerate() {
            places.push(match group_of.get(&at) {
                Some((group, steps)) => Place::Group(*group, *steps),
                None if column.name.starts_with("sells-to[") => Place::Gone,
                None => {
                    columns.push(column.clone());
                    Place::Own(columns.len().saturating_sub(1))
                }
            });
        }
        for (number, group) in groups.iter_mut().enumerate() {
            let most = group.members.iter().try_fold(0, |sum, (at, steps)| {
                add(sum, mul(full.columns.get(*at).ok_or(TooLarge)?.upper, *steps)?)
            })?;
            group.column = columns.len();
            let name = format!("volume[{number}]");
            columns.push(Column { name, lower: 0, upper: most, integer: false });
        }
        let winner = |(at, bid): (usize, &str)| match places.get(at) {
            Some(Place::Own(place)) => Some((*place, bid.to_owned())),
            _ => None,
        };
        let winners = full.winner_columns().into_iter().filter_map(winner).collect();
        let shape = GeneralLot { winners, regions: Vec::new(), delivers: Vec::new() };
        let objective = Objective { direction: Direction::Minimise, terms: Vec::new() };
        let model = LotModel::general(&full.lot_id, columns, Vec::new(), vec![objective], shape);
        Ok(Self { model: model.map_err(|_| TooLarge)?, places, groups })
    }

    /// The rows: links of an offer summed, demand of a lot summed, all others with their columns taken together.
    fn rows(&mut self, full: &LotModel) -> Result<(), TooLarge> {
        let mut links: BTreeMap<usize, Terms> = BTreeMap::new();
        let mut demands: BTreeMap<usize, Demand> = BTreeMap::new();
        for row in &full.rows {
            if let Some((group, steps)) = self.link(row) {
                let sum = links.entry(group).or_default();
                add_to(sum, row, steps)?;
            } else if let Some((lot, steps)) = self.demand(row) {
                demands.entry(lot).or_default().add(row, steps)?;
            } else {
                self.row(&row.terms.iter().copied().collect(), row.sense, row.rhs)?;
            }
        }
        for terms in links.values() {
            self.row(terms, Sense::Le, 0)?;
        }
        for Demand { met, wanted, most, stated } in demands.values() {
            if (met, wanted) == (most, stated) {
                self.row(met, Sense::Eq, *wanted)?;
            } else {
                self.row(met, Sense::Ge, *wanted)?;
                self.row(most, Sense::Le, *stated)?;
            }
        }
        Ok(())
    }

    /// The group whose column is let go by a row, and how much a 1 counts.
    fn link(&self, row: &Row) -> Option<(usize, i128)> {
        let [one, other] = row.terms.as_slice() else { return None };
        if row.sense != Sense::Le || row.rhs != 0 {
            return None;
        }
        let pairs = [(one, other), (other, one)];
        pairs.into_iter().find_map(|(small, large)| match self.places.get(small.0) {
            Some(Place::Group(group, steps)) if small.1 == 1 && self.groups.get(*group)?.taken == large.0 => {
                Some((*group, *steps))
            }
            _ => None,
        })
    }

    /// The lot whose demand in a region a row states, and how much its terms count; the same for all of them.
    pub(super) fn demand(&self, row: &Row) -> Option<(usize, i128)> {
        if row.rule != VolumeAtLeastCost::ID || !row.label.starts_with("demand[") || row.sense == Sense::Ge {
            return None;
        }
        let groups = row.terms.iter().filter_map(|(column, by)| match self.places.get(*column) {
            Some(Place::Group(group, steps)) => Some((self.groups.get(*group)?.lot, *steps, *by)),
            _ => None,
        });
        let groups: Vec<(usize, i128, i128)> = groups.collect();
        let (lot, steps, _) = *groups.first()?;
        groups.iter().all(|own| *own == (lot, steps, 1)).then_some((lot, steps))
    }

    /// Adds a row, unless it holds whatever the columns are.
    fn row(&mut self, terms: &Terms, sense: Sense, rhs: i128) -> Result<(), TooLarge> {
        let low = if sense == Sense::Ge { None } else { Some(self.taken_together(terms, true)?) };
        let high = if sense == Sense::Le { None } else { Some(self.taken_together(terms, false)?) };
        let sides = match (low, high) {
            (Some(low), Some(high)) if low == high => vec![(low, Sense::Eq)],
            (low, high) => {
                let low = low.map(|low| (low, Sense::Le));
                low.into_iter().chain(high.map(|high| (high, Sense::Ge))).collect()
            }
        };
        for ((terms, constant), sense) in sides {
            let (least, most) = self.reach(&terms)?;
            let rhs = sub(rhs, constant)?;
            let holds = match sense {
                Sense::Le => most <= rhs,
                Sense::Ge => least >= rhs,
                Sense::Eq => false,
            };
            if !holds {
                let label = format!("sum-{}", self.model.rows.len());
                self.model.rows.push(Row { rule: "sums".to_owned(), label, terms, sense, rhs });
            }
        }
        Ok(())
    }

    /// Terms with the columns of each group as one: each counts as the one that counts least, or most, so that the sum is
    /// never above, or below, that of the full programme. Beside them a constant for the columns that are gone.
    fn taken_together(&self, terms: &Terms, low: bool) -> Result<(Vec<(usize, i128)>, i128), TooLarge> {
        let (mut own, mut constant) = (Terms::new(), 0);
        let mut of_groups = BTreeSet::new();
        for (column, by) in terms {
            match self.places.get(*column).ok_or(TooLarge)? {
                Place::Own(place) => {
                    own.insert(*place, *by);
                }
                Place::Group(group, _) => {
                    of_groups.insert(*group);
                }
                // A yes-or-no decision.
                Place::Gone => constant = add(constant, if low { (*by).min(0) } else { (*by).max(0) })?,
            }
        }
        for group in of_groups.iter().filter_map(|at| self.groups.get(*at)) {
            let mut found: Option<i128> = None;
            for (column, steps) in &group.members {
                let by = terms.get(column).copied().unwrap_or(0);
                let each = if low {
                    by.checked_div_euclid(*steps).ok_or(TooLarge)?
                } else {
                    ceiling(by, *steps).ok_or(TooLarge)?
                };
                found = Some(found.map_or(each, |known| if low { known.min(each) } else { known.max(each) }));
            }
            own.insert(group.column, found.unwrap_or(0));
        }
        own.retain(|_, by| *by != 0);
        Ok((own.into_iter().collect(), constant))
    }

    /// The least and the most that terms come to.
    fn reach(&self, terms: &[(usize, i128)]) -> Result<(i128, i128), TooLarge> {
        terms.iter().try_fold((0, 0), |(least, most), (column, by)| {
            let Column { lower, upper, .. } = self.model.columns.get(*column).ok_or(TooLarge)?;
            let (one, other) = (mul(*by, *lower)?, mul(*by, *upper)?);
            Ok((add(least, one.min(other))?, add(most, one.max(other))?))
        })
    }
}

/// The demand of a lot over its regions.
#[derive(Debug, Default)]
struct Demand {
    /// Where it must be met.
    met: Terms,
    wanted: i128,
    /// Everywhere.
    most: Terms,
    stated: i128,
}

impl Demand {
    fn add(&mut self, row: &Row, steps: i128) -> Result<(), TooLarge> {
        let rhs = mul(row.rhs, steps)?;
        if row.sense == Sense::Eq {
            add_to(&mut self.met, row, steps)?;
            self.wanted = add(self.wanted, rhs)?;
        }
        add_to(&mut self.most, row, steps)?;
        self.stated = add(self.stated, rhs)?;
        Ok(())
    }
}

fn add_to(sum: &mut Terms, row: &Row, times: i128) -> Result<(), TooLarge> {
    for (column, by) in &row.terms {
        let place = sum.entry(*column).or_insert(0);
        *place = add(*place, mul(*by, times)?)?;
    }
    Ok(())
}
