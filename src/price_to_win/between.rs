//! The programme of some lots while one bid's prices lie between two.
//!
//! Only coefficients differ between the two ends, and each of them only rises or only falls with the price. So a programme
//! whose coefficients are the kinder of the two ends allows everything that any price between them allows, at no more than it
//! costs there: what it cannot do is impossible at all of these prices. And each row holds, for given volumes, from some
//! price on or up to some price, which is found by halving.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::moved::{At, Moved};
use super::quoted::Quoted;
use crate::diagnostics::{Code, Diagnostics};
use crate::model::language::{Group, check, language_in, offered};
use crate::model::whole::dot;
use crate::model::{Direction, LotModel, Row, Sense};

/// An award as the columns that are not zero, by name.
pub(super) type Named = Vec<(String, i128)>;

/// The programme at one price.
pub(super) fn programme(moved: &Moved<'_>, quoted: &Quoted<'_>, steps: i128) -> Option<Programme> {
    let screened = match moved.to(quoted, steps)? {
        At::Screened(screened) => screened,
        At::Refused => return Some(Programme::Refused),
    };
    let group = Group { lots: (0..screened.lots.len()).collect(), is_core: false };
    let offered = offered(&screened);
    // Lots that are not among these are missed, too; what the prices are refused for is another matter.
    let tied = |faults: Diagnostics| faults.iter().any(|fault| fault.code == Code::LimitRankTied);
    if check(&offered).is_err_and(tied) {
        return Some(Programme::Refused);
    }
    let built = language_in(&offered, &group, quoted.digits).ok()?;
    Some(Programme::Stands(Box::new(built.model)))
}

/// Lots at one price of a bid.
pub(super) enum Programme {
    /// As columns and rows.
    Stands(Box<LotModel>),
    /// Bids stand beside each other that the rules do not allow.
    Refused,
}

/// The programme at all prices from one to another.
pub(super) struct Between<'a> {
    moved: &'a Moved<'a>,
    quoted: &'a Quoted<'a>,
    pub(super) low: i128,
    pub(super) high: i128,
    at_low: LotModel,
    at_high: LotModel,
    /// Allows what any of the prices allows, with the bid among the winners.
    pub(super) kinder: LotModel,
    places: BTreeMap<String, usize>,
}

/// Where an award holds among the prices, and comes before known values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// This is the highest such price.
    UpTo(i128),
    /// Up to this price it is held up by what holds from a higher price on; above, by what holds no longer.
    NotAt(i128),
    /// Something holds at neither end.
    Nowhere,
}

/// What an award comes to at a price: each row's sum with its right-hand side, and the objectives.
struct Sums {
    rows: Vec<(i128, i128)>,
    objectives: Vec<i128>,
}

impl<'a> Between<'a> {
    /// The programme between two prices; `None` when a number cannot be held, or when more than coefficients differs.
    pub(super) fn new(
        moved: &'a Moved<'a>,
        quoted: &'a Quoted<'a>,
        (low, high): (i128, i128),
        bid: &str,
        at_low: LotModel,
    ) -> Option<Self> {
        let at_high = match high == low {
            true => at_low.clone(),
            false => match programme(moved, quoted, high)? {
                Programme::Stands(model) => *model,
                Programme::Refused => return None,
            },
        };
        let mut kinder = kinder(&at_low, &at_high)?;
        let (wins, _) = kinder.winner_columns().into_iter().find(|(_, id)| *id == bid)?;
        kinder.columns.get_mut(wins)?.lower = 1;
        let places =
            kinder.columns.iter().enumerate().map(|(at, column)| (column.name.clone(), at)).collect();
        Some(Self { moved, quoted, low, high, at_low, at_high, kinder, places })
    }

    /// An award in the columns of this programme; `None` when it has none of its columns.
    pub(super) fn values(&self, award: &Named) -> Option<Vec<i128>> {
        let mut values = vec![0; self.kinder.columns.len()];
        for (name, value) in award {
            *values.get_mut(*self.places.get(name)?)? = *value;
        }
        Some(values)
    }

    /// Where an award satisfies every row and comes before `known`, or is level with it if `level`.
    pub(super) fn holds(&self, award: &[i128], known: Option<&[i128]>, level: bool) -> Option<Holds> {
        let of = |lot: &LotModel| sums(lot, award);
        let (first, last) = (of(&self.at_low)?, of(&self.at_high)?);
        let conditions = |sums: &Sums| -> Vec<bool> {
            let rows = self.kinder.rows.iter().zip(&sums.rows);
            let mut all: Vec<bool> = rows.map(|(row, sums)| keeps(row, *sums)).collect();
            all.push(known.is_none_or(|known| match sums.objectives.as_slice().cmp(known) {
                Ordering::Less => true,
                Ordering::Equal => level,
                Ordering::Greater => false,
            }));
            all
        };
        let (kept_low, kept_high) = (conditions(&first), conditions(&last));
        if kept_low.iter().zip(&kept_high).any(|(low, high)| !low && !high) {
            return Some(Holds::Nowhere);
        }
        let at = |steps: i128| self.sums(&first, &last, award, steps);
        // What holds at the low end holds up to some price.
        let (mut kept, mut lost) = (self.low, self.high.checked_add(1)?);
        let up_to = |sums: &Sums| conditions(sums).iter().zip(&kept_low).all(|(now, low)| *now || !low);
        if up_to(&last) {
            kept = self.high;
        } else {
            lost = self.high;
        }
        while lost.checked_sub(kept)? > 1 {
            let middle = kept.midpoint(lost);
            if up_to(&at(middle)?) { kept = middle } else { lost = middle }
        }
        let all = conditions(&at(kept)?).into_iter().all(|kept| kept);
        Some(if all { Holds::UpTo(kept) } else { Holds::NotAt(kept) })
    }

    /// What an award comes to at a price between the two.
    fn sums(&self, first: &Sums, last: &Sums, award: &[i128], steps: i128) -> Option<Sums> {
        let Some((low, at, high)) = self.on_a_line(steps) else {
            let Programme::Stands(model) = programme(self.moved, self.quoted, steps)? else { return None };
            return sums(&model, award);
        };
        let (gone, all) = (at.checked_sub(low)?, high.checked_sub(low)?);
        let between = |one: i128, other: i128| match all {
            0 => Some(one),
            // Every coefficient is a whole number of times the price, so that this leaves no remainder.
            all => one.checked_add(other.checked_sub(one)?.checked_div(all)?.checked_mul(gone)?),
        };
        let row = |((sum, rhs), (sum_last, rhs_last)): (&(i128, i128), &(i128, i128))| {
            Some((between(*sum, *sum_last)?, between(*rhs, *rhs_last)?))
        };
        let objective = |(one, other): (&i128, &i128)| between(*one, *other);
        Some(Sums {
            rows: first.rows.iter().zip(&last.rows).map(row).collect::<Option<_>>()?,
            objectives: first
                .objectives
                .iter()
                .zip(&last.objectives)
                .map(objective)
                .collect::<Option<_>>()?,
        })
    }

    /// The low, this and the high price on a line that coefficients lie on, where there is one: prices as quoted, or the one
    /// comparable price. Several prices that are rounded one by one have none.
    fn on_a_line(&self, steps: i128) -> Option<(i128, i128, i128)> {
        if self.quoted.is_compared_as_quoted() && self.quoted.comparable_digits() >= self.quoted.digits {
            return Some((self.low, steps, self.high));
        }
        if self.quoted.several() {
            return None;
        }
        let digits = self.quoted.comparable_digits();
        let on = |steps: i128| self.quoted.comparable(self.quoted.price(steps)?)?.in_steps(digits);
        Some((on(self.low)?, on(steps)?, on(self.high)?))
    }
}

fn keeps(row: &Row, (sum, rhs): (i128, i128)) -> bool {
    match row.sense {
        Sense::Le => sum <= rhs,
        Sense::Ge => sum >= rhs,
        Sense::Eq => sum == rhs,
    }
}

fn sums(lot: &LotModel, award: &[i128]) -> Option<Sums> {
    let row = |row: &Row| Some((dot(&row.terms, award).ok()?, row.rhs));
    Some(Sums {
        rows: lot.rows.iter().map(row).collect::<Option<_>>()?,
        objectives: crate::solve::values(lot, award).ok()?,
    })
}

/// The programme that allows what either allows, and costs no more than either; `None` when more than coefficients differs.
fn kinder(one: &LotModel, other: &LotModel) -> Option<LotModel> {
    let mut kinder = one.clone();
    if one.columns != other.columns
        || one.rows.len() != other.rows.len()
        || one.then.len() != other.then.len()
    {
        return None;
    }
    for (row, there) in kinder.rows.iter_mut().zip(&other.rows) {
        if row == there {
            continue;
        }
        if row.label != there.label || row.sense != there.sense || row.sense == Sense::Eq {
            return None;
        }
        // Room beside a yes-or-no column, as large as it must be at the worse end, is the same room on both sides of the row.
        let room = |(column, by): &(usize, i128)| {
            let same = there.terms.iter().any(|(at, other)| at == column && *other == there.rhs);
            (*by == row.rhs && same).then_some(*column)
        };
        let room = (row.rhs != there.rhs).then(|| row.terms.iter().find_map(room)).flatten();
        let large = row.sense == Sense::Ge;
        let pick = |one: i128, other: i128, large: bool| if large { one.max(other) } else { one.min(other) };
        let rhs = pick(row.rhs, there.rhs, !large);
        row.terms = joined(&row.terms, &there.terms, |column, one, other| {
            if room == Some(column) { rhs } else { pick(one, other, large) }
        });
        row.rhs = rhs;
    }
    let objectives = std::iter::once(&mut kinder.objective).chain(&mut kinder.then);
    for (objective, there) in objectives.zip(other.objectives()) {
        let large = objective.direction == Direction::Maximise;
        objective.terms =
            joined(
                &objective.terms,
                &there.terms,
                |_, one, other| {
                    if large { one.max(other) } else { one.min(other) }
                },
            );
    }
    Some(kinder)
}

/// The terms of two sums, joined column by column; a column that one of them does not name counts nothing there.
fn joined(
    one: &[(usize, i128)],
    other: &[(usize, i128)],
    join: impl Fn(usize, i128, i128) -> i128,
) -> Vec<(usize, i128)> {
    let mut both: BTreeMap<usize, (i128, i128)> =
        one.iter().map(|(column, by)| (*column, (*by, 0))).collect();
    for (column, by) in other {
        both.entry(*column).or_insert((0, 0)).1 = *by;
    }
    let joined = both.into_iter().map(|(column, (one, other))| (column, join(column, one, other)));
    joined.filter(|(_, by)| *by != 0).collect()
}
