//! A programme held against values that are known: whether an award of it comes before them, objective by objective.

use super::EngineFaultKind;
use super::tree::{SHORT, Tree};
use super::watch::Unwatched;
use crate::model::whole::{dot, sub};
use crate::model::{Direction, LotModel, Objective};

/// How the best award of a programme stands to known values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// An award, as values of all columns, comes before them.
    Before(Vec<i128>),
    /// The best award, as values of all columns, reaches the same values.
    Level(Vec<i128>),
    /// Every award comes after them, or there is none.
    After,
    /// The search was given up.
    GivenUp,
}

/// The best award of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Best {
    /// One of those that nothing comes before, as values of all columns.
    Award(Vec<i128>),
    /// There is none.
    Nothing,
    /// The search was given up.
    GivenUp,
}

/// How much may be spent on a question, and what is left of it.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// Cases of a search, at most.
    pub most_cases: usize,
    /// Steps of the simplex method times rows and columns that are left.
    pub work: usize,
}

/// What an award comes to in each objective in turn; of what is to be large, the opposite, so that less is better.
///
/// # Errors
/// A sum that leaves 128 bits.
pub fn values(lot: &LotModel, award: &[i128]) -> Result<Vec<i128>, EngineFaultKind> {
    let value = |objective: &Objective| -> Result<i128, EngineFaultKind> {
        let counted = dot(&objective.terms, award)?;
        turned(objective.direction, counted)
    };
    lot.objectives().map(value).collect()
}

fn turned(direction: Direction, value: i128) -> Result<i128, EngineFaultKind> {
    match direction {
        Direction::Minimise => Ok(value),
        Direction::Maximise => Ok(sub(0, value)?),
    }
}

/// How the best award of a programme stands to `known`, values in the sense of [`values`]; without known values any award
/// comes before. Awards in `from` are where the search begins; those that do not satisfy the programme are passed over.
///
/// # Errors
/// A sum that leaves 128 bits.
pub fn against(
    lot: &LotModel,
    known: Option<&[i128]>,
    from: &[Vec<i128>],
    left: &mut Allowance,
) -> Result<Against, EngineFaultKind> {
    let Some(known) = known else {
        let only = LotModel { then: Vec::new(), ..lot.clone() };
        return Ok(match best(&only, from, left)? {
            Best::Award(award) => Against::Before(award),
            Best::Nothing => Against::After,
            Best::GivenUp => Against::GivenUp,
        });
    };
    let (mut kept, mut found) = (Vec::new(), from.to_vec());
    for (objective, value) in lot.objectives().zip(known) {
        let above = value.checked_add(1).ok_or(EngineFaultKind::TooLarge)?;
        match stage(lot, &kept, Some(above), found, left)? {
            Stage::GivenUp => return Ok(Against::GivenUp),
            Stage::Nothing => return Ok(Against::After),
            Stage::Best(award, cost) if cost < *value => return Ok(Against::Before(award)),
            Stage::Best(award, cost) => {
                kept.push(turned(objective.direction, cost)?);
                found = vec![award];
            }
        }
    }
    Ok(found.pop().map_or(Against::After, Against::Level))
}

/// The best award of a programme, objective by objective.
///
/// # Errors
/// A sum that leaves 128 bits.
pub fn best(lot: &LotModel, from: &[Vec<i128>], left: &mut Allowance) -> Result<Best, EngineFaultKind> {
    let (mut kept, mut found) = (Vec::new(), from.to_vec());
    for objective in lot.objectives() {
        match stage(lot, &kept, None, found, left)? {
            Stage::GivenUp => return Ok(Best::GivenUp),
            Stage::Nothing => return Ok(Best::Nothing),
            Stage::Best(award, cost) => {
                kept.push(turned(objective.direction, cost)?);
                found = vec![award];
            }
        }
    }
    Ok(found.pop().map_or(Best::Nothing, Best::Award))
}

/// What one objective ends with.
enum Stage {
    /// The best award, with what it comes to.
    Best(Vec<i128>, i128),
    Nothing,
    GivenUp,
}

/// The best award in one objective, when there is one below `below`.
fn stage(
    lot: &LotModel,
    kept: &[i128],
    below: Option<i128>,
    from: Vec<Vec<i128>>,
    left: &mut Allowance,
) -> Result<Stage, EngineFaultKind> {
    let stage = lot.in_turn(kept).ok_or(EngineFaultKind::TooLarge)?;
    let from = from.into_iter().filter(|award| is_within(lot, award)).collect();
    let mut alone = Unwatched;
    let tree = Tree::new(&stage, false, from, left.most_cases, &mut alone)?;
    let found = tree.below(below, left.work).deriving(SHORT).run()?;
    left.work = left.work.saturating_sub(found.work);
    // What is left open is cheaper than the best award.
    if found.bound.is_some_and(|bound| found.cost.is_none_or(|cost| bound < cost)) {
        return Ok(Stage::GivenUp);
    }
    let found = found.best.into_iter().next().zip(found.cost);
    let found = found.filter(|(_, cost)| below.is_none_or(|below| *cost < below));
    Ok(found.map_or(Stage::Nothing, |(award, cost)| Stage::Best(award, cost)))
}

/// Whether every column is between its bounds; the rows are looked at where the award is taken.
fn is_within(lot: &LotModel, award: &[i128]) -> bool {
    let between =
        |(column, value): (&crate::model::Column, &i128)| (column.lower..=column.upper).contains(value);
    award.len() == lot.columns.len() && lot.columns.iter().zip(award).all(between)
}
