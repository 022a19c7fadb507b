//! The solvers with floats: good_lp with the embedded microlp, or with CBC or HiGHS. They read columns and rows only.
//!
//! Solvers that work with tolerances go wrong on raw tender units (volumes of 1e9, prices of 1e-2), so columns, rows and
//! objective are first brought to similar sizes. The answer is rounded to whole numbers and checked against the rows in
//! whole numbers; an answer that does not survive this is a fault.
#![allow(clippy::float_arithmetic)]

#[cfg(any(feature = "cbc", feature = "highs"))]
use good_lp::WithTimeLimit;
use good_lp::variable::UnsolvedProblem;
use good_lp::{
    Constraint, Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, WithMipGap,
    microlp, variable,
};
use num_traits::ToPrimitive;

use super::{Engine, EngineFault, EngineFaultKind};
use crate::model::whole::{add, dot, sub};
use crate::model::{Claim, Column, Direction, LotCandidate, LotModel, Proof, Proposal, Row, Sense};

/// Columns with a larger range are measured in a power of ten so that their range comes below it. Where the solver fails
/// with the first, the next is tried.
const LARGEST_RANGES: [f64; 3] = [1e4, 1e2, 1e6];

/// How far a volume may move, in steps, when the rest that rounding left is solved for.
const LARGEST_REST: i128 = 1_000_000;

/// The engine with floats. Its claim that an award is optimal comes without a proof.
#[derive(Debug, Clone, Copy, Default)]
pub struct Linear;

impl Engine for Linear {
    fn name(&self) -> &'static str {
        "linear"
    }

    fn solve(&self, lot: &LotModel) -> Result<LotCandidate, EngineFault> {
        propose(lot, &with_microlp).map_err(|kind| EngineFault::new(lot, self.name(), kind))
    }
}

/// The same with CBC.
#[cfg(feature = "cbc")]
#[derive(Debug, Clone, Copy, Default)]
pub struct Cbc {
    /// After so many seconds it answers with the best award it has.
    pub most_seconds: Option<u32>,
}

#[cfg(feature = "cbc")]
impl Engine for Cbc {
    fn name(&self) -> &'static str {
        "cbc"
    }

    fn solve(&self, lot: &LotModel) -> Result<LotCandidate, EngineFault> {
        let most_seconds = self.most_seconds;
        let solver = |unsolved: UnsolvedProblem, rows: Vec<Constraint>, columns: &[Variable]| {
            with_cbc(unsolved, rows, columns, most_seconds)
        };
        propose(lot, &solver).map_err(|kind| EngineFault::new(lot, self.name(), kind))
    }
}

/// The same with HiGHS.
#[cfg(feature = "highs")]
#[derive(Debug, Clone, Copy, Default)]
pub struct Highs {
    /// After so many seconds it answers with the best award it has.
    pub most_seconds: Option<u32>,
}

#[cfg(feature = "highs")]
impl Engine for Highs {
    fn name(&self) -> &'static str {
        "highs"
    }

    fn solve(&self, lot: &LotModel) -> Result<LotCandidate, EngineFault> {
        let most_seconds = self.most_seconds;
        let solver = |unsolved: UnsolvedProblem, rows: Vec<Constraint>, columns: &[Variable]| {
            with_highs(unsolved, rows, columns, most_seconds)
        };
        propose(lot, &solver).map_err(|kind| EngineFault::new(lot, self.name(), kind))
    }
}

/// A solver: what is to be made small or large, the rows, and the columns whose values are asked for.
type Solver<'a> =
    &'a dyn Fn(UnsolvedProblem, Vec<Constraint>, &[Variable]) -> Result<Vec<f64>, ResolutionError>;

fn with_microlp(
    unsolved: UnsolvedProblem,
    rows: Vec<Constraint>,
    columns: &[Variable],
) -> Result<Vec<f64>, ResolutionError> {
    let gap = |_| ResolutionError::Other("the solver does not take a gap of zero");
    let solution = unsolved.using(microlp).with_mip_gap(0.0).map_err(gap)?.with_all(rows).solve()?;
    Ok(columns.iter().map(|&x| solution.value(x)).collect())
}

#[cfg(feature = "cbc")]
fn with_cbc(
    unsolved: UnsolvedProblem,
    rows: Vec<Constraint>,
    columns: &[Variable],
    most_seconds: Option<u32>,
) -> Result<Vec<f64>, ResolutionError> {
    let mut model = unsolved.using(good_lp::coin_cbc);
    for (name, value) in
        [("log", "0"), ("ratioGap", "0"), ("allowableGap", "0"), ("integerTolerance", "1e-9")]
    {
        model.set_parameter(name, value);
    }
    if let Some(seconds) = most_seconds {
        model = model.with_time_limit(seconds);
    }
    let solution = model.with_all(rows).solve()?;
    Ok(columns.iter().map(|&x| solution.value(x)).collect())
}

#[cfg(feature = "highs")]
fn with_highs(
    unsolved: UnsolvedProblem,
    rows: Vec<Constraint>,
    columns: &[Variable],
    most_seconds: Option<u32>,
) -> Result<Vec<f64>, ResolutionError> {
    let mut model = unsolved
        .using(good_lp::highs)
        .set_option("output_flag", false)
        .set_option("threads", 1)
        .set_option("random_seed", 0)
        .set_option("mip_rel_gap", 0.0)
        .set_option("mip_abs_gap", 0.0)
        .set_option("primal_feasibility_tolerance", 1e-9)
        .set_option("mip_feasibility_tolerance", 1e-9);
    if let Some(seconds) = most_seconds {
        model = model.with_time_limit(seconds);
    }
    let solution = model.with_all(rows).solve()?;
    Ok(columns.iter().map(|&x| solution.value(x)).collect())
}

fn propose(lot: &LotModel, solver: Solver<'_>) -> Result<LotCandidate, EngineFaultKind> {
    let mut best: Option<Proposal> = None;
    let mut kept = Vec::new();
    for objective in lot.objectives() {
        let stage = lot.in_turn(&kept).ok_or(EngineFaultKind::TooLarge)?;
        let Some(award) = attempted(&stage, solver)? else { break };
        kept.push(dot(&objective.terms, &award.values)?);
        best = Some(award);
    }
    if let Some(award) = &mut best {
        award.objective = dot(&lot.objective.terms, &award.values)?;
    }
    let claim = if best.is_some() { Claim::Optimal } else { Claim::NoAward };
    let lot_id = lot.lot_id.clone();
    Ok(LotCandidate { lot_id, claim, best, others: Vec::new(), tie: None, proof: Proof::default() })
}

/// The award in some scaling that the solver can work with.
fn attempted(lot: &LotModel, solver: Solver<'_>) -> Result<Option<Proposal>, EngineFaultKind> {
    let mut tried = Err(EngineFaultKind::TooLarge);
    for largest_range in LARGEST_RANGES {
        tried = solved(lot, largest_range, solver);
        if tried.is_ok() {
            break;
        }
    }
    if matches!(tried, Err(EngineFaultKind::NotWhole(_))) && small(lot) {
        return in_whole_volumes(lot, solver);
    }
    tried
}

/// The largest volume, in steps, of a programme whose volumes are asked for in whole numbers.
const LARGEST_WHOLE: i128 = 10_000;

fn small(lot: &LotModel) -> bool {
    lot.columns.iter().all(|column| column.lower >= 0 && column.upper <= LARGEST_WHOLE)
}

/// The award with every volume a whole number of steps: limits on shares and on values can make the best award of parts of
/// steps one that no rounding mends.
fn in_whole_volumes(lot: &LotModel, solver: Solver<'_>) -> Result<Option<Proposal>, EngineFaultKind> {
    let mut whole = lot.clone();
    whole.columns.iter_mut().for_each(|column| column.integer = true);
    let Some(Rounded { values, .. }) = rounded_answer(&whole, 1.0, solver)? else { return Ok(None) };
    match broken(lot, &values)? {
        Some(row) => Err(EngineFaultKind::NotWhole(row.label.clone())),
        None => Ok(Some(Proposal { objective: dot(&lot.objective.terms, &values)?, values })),
    }
}

/// The award as the solver has it, in whole numbers; `None` when the solver says that there is none.
fn solved(
    lot: &LotModel,
    largest_range: f64,
    solver: Solver<'_>,
) -> Result<Option<Proposal>, EngineFaultKind> {
    let Some(Rounded { mut values, apart }) = rounded_answer(lot, largest_range, solver)? else {
        return Ok(None);
    };
    if let (Some(column), true) = (apart, small(lot)) {
        // Rounded, it might be an award, but not the best.
        return Err(EngineFaultKind::NotWhole(column));
    }
    // Large volumes have more digits than a float. Solving for the small rest brings them back (iterative refinement;
    // Gleixner, Steffy, Wolter 2016).
    if let Some(rest) = rounded_answer(&rest(lot, &values)?, largest_range, solver)? {
        values = values
            .into_iter()
            .zip(rest.values)
            .map(|(value, rest)| add(value, rest))
            .collect::<Result<_, _>>()?;
    }
    if let Some(row) = broken(lot, &values)? {
        return Err(EngineFaultKind::NotWhole(row.label.clone()));
    }
    Ok(Some(Proposal { objective: dot(&lot.objective.terms, &values)?, values }))
}

/// The same programme seen from a point: yes-or-no decisions stay, volumes may move a little.
fn rest(lot: &LotModel, point: &[i128]) -> Result<LotModel, EngineFaultKind> {
    let mut rest = lot.clone();
    for (column, &at) in rest.columns.iter_mut().zip(point) {
        let reach = if column.integer { 0 } else { LARGEST_REST };
        column.lower = sub(column.lower, at)?.max(reach.saturating_neg());
        column.upper = sub(column.upper, at)?.min(reach);
    }
    // Beside the large coefficient of a decision that stays, those of the volumes would vanish.
    let moves = |&(column, _): &(usize, i128)| lot.columns.get(column).is_some_and(|c| !c.integer);
    rest.objective.terms.retain(moves);
    for row in &mut rest.rows {
        row.rhs = sub(row.rhs, dot(&row.terms, point)?)?;
        row.terms.retain(moves);
    }
    Ok(rest)
}

/// An answer in whole numbers.
struct Rounded {
    values: Vec<i128>,
    /// A column that was no whole number of steps, beyond what the solver may miss.
    apart: Option<String>,
}

/// How far from a whole number of steps an answer may be and still count as one.
const NEAR: f64 = 1e-4;

fn rounded_answer(
    lot: &LotModel,
    largest_range: f64,
    solver: Solver<'_>,
) -> Result<Option<Rounded>, EngineFaultKind> {
    let units = units(lot, largest_range)?;
    let answer = match float_answer(lot, &units, solver) {
        Ok(answer) => answer,
        Err(ResolutionError::Infeasible) => return Ok(None),
        Err(fault) => return Err(EngineFaultKind::Refused(fault.to_string())),
    };
    let far = |((_, unit), value): &((&Column, &f64), &f64)| {
        let steps = *value * *unit;
        (steps - steps.round()).abs() > NEAR
    };
    let apart = lot.columns.iter().zip(&units).zip(&answer).find(far);
    let apart = apart.map(|((column, _), _)| column.name.clone());
    let whole = |((column, unit), value): ((&Column, &f64), f64)| {
        let whole = (value * unit).round().to_i128().ok_or(EngineFaultKind::TooLarge)?;
        Ok(whole.clamp(column.lower, column.upper))
    };
    let values =
        lot.columns.iter().zip(&units).zip(answer).map(whole).collect::<Result<_, EngineFaultKind>>()?;
    Ok(Some(Rounded { values, apart }))
}

fn float(whole: i128) -> Result<f64, EngineFaultKind> {
    whole.to_f64().ok_or(EngineFaultKind::TooLarge)
}

/// The unit in which each column is given to the solver: a power of ten.
fn units(lot: &LotModel, largest_range: f64) -> Result<Vec<f64>, EngineFaultKind> {
    let unit = |column: &Column| {
        let range = float(column.upper)?.abs().max(float(column.lower)?.abs());
        let mut unit = 1.0;
        while !column.integer && range / unit > largest_range {
            unit *= 10.0;
        }
        Ok(unit)
    };
    lot.columns.iter().map(unit).collect()
}

/// The largest size among scaled coefficients, as a divisor; 1 when all are zero.
fn largest(coefficients: &[(Variable, f64)]) -> f64 {
    let size = coefficients.iter().map(|(_, c)| c.abs()).fold(0.0, f64::max);
    if size > 0.0 { size } else { 1.0 }
}

fn divided(terms: &[(Variable, f64)], size: f64) -> Expression {
    let mut sum = Expression::with_capacity(terms.len());
    for &(column, coefficient) in terms {
        sum.add_mul(coefficient / size, column);
    }
    sum
}

/// Solves the scaled programme; one float per column, in the column's unit.
fn float_answer(lot: &LotModel, units: &[f64], solver: Solver<'_>) -> Result<Vec<f64>, ResolutionError> {
    let unfit = |_| ResolutionError::Other("a number does not fit a float");
    let mut problem = ProblemVariables::new();
    let mut columns = Vec::new();
    for (column, unit) in lot.columns.iter().zip(units) {
        let lower = float(column.lower).map_err(unfit)? / unit;
        let upper = float(column.upper).map_err(unfit)? / unit;
        let one = variable().min(lower).max(upper);
        columns.push(problem.add(if column.integer { one.integer() } else { one }));
    }
    let scaled = |terms: &[(usize, i128)]| -> Result<Vec<(Variable, f64)>, ResolutionError> {
        let missing = ResolutionError::Other("a term names no column");
        let one = |&(j, c): &(usize, i128)| Some((*columns.get(j)?, float(c).ok()? * units.get(j)?));
        terms.iter().map(one).collect::<Option<_>>().ok_or(missing)
    };
    let terms = scaled(&lot.objective.terms)?;
    let objective = divided(&terms, largest(&terms));
    let unsolved = match lot.objective.direction {
        Direction::Minimise => problem.minimise(objective),
        Direction::Maximise => problem.maximise(objective),
    };
    let mut rows = Vec::new();
    for row in &lot.rows {
        let terms = scaled(&row.terms)?;
        let size = largest(&terms);
        let rhs = float(row.rhs).map_err(unfit)? / size;
        let sum = divided(&terms, size);
        rows.push(match row.sense {
            Sense::Le => sum.leq(rhs),
            Sense::Ge => sum.geq(rhs),
            Sense::Eq => sum.eq(rhs),
        });
    }
    solver(unsolved, rows, &columns)
}

/// The first row that does not hold.
fn broken<'a>(lot: &'a LotModel, values: &[i128]) -> Result<Option<&'a Row>, EngineFaultKind> {
    for row in &lot.rows {
        if !holds(row, dot(&row.terms, values)?) {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

fn holds(row: &Row, sum: i128) -> bool {
    match row.sense {
        Sense::Le => sum <= row.rhs,
        Sense::Ge => sum >= row.rhs,
        Sense::Eq => sum == row.rhs,
    }
}
