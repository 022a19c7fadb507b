//! What an award will save in the years to come, and how sure that is.
//!
//! A projection is no result: it takes one agreed year of an award and says what it comes to if use, purchases outside
//! the award, their price, renewals and need are as the assumptions say. Three paths are exact; draws say how likely the
//! rest is.
//!
//! | file | what |
//! | --- | --- |
//! | `basis` | one agreed year of every lot |
//! | `assumptions`, `read` | what is assumed, and how it is read |
//! | `path` | one path, exact |
//! | `sampling` | the draws, in floating point |
//! | `payers` | every figure by payer |

mod assumptions;
mod basis;
mod path;
mod payers;
mod read;
#[allow(
    clippy::float_arithmetic,
    reason = "draws are no money; every figure made of them says that it is a projection"
)]
mod sampling;

use std::num::NonZeroUsize;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Money, Ratio};

pub use assumptions::{Assumption, Assumptions, Discount, Distribution, End, Factor, UptakeFrom};
pub use basis::{Basis, BasisLot, basis};
pub use path::{Ends, Path, PathYear, path};
pub use payers::{PayerFigures, PayersOfProjection, by_payer};
pub use sampling::{Drawn, DrawnSavings, PERCENTS};

/// What a run of a projection is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Years; the longest term of the lots without them.
    pub years: Option<u32>,
    /// Rate of discount instead of that of the assumptions.
    pub discount: Option<Ratio>,
    /// Any text.
    pub seed: String,
    /// How many draws.
    pub draws: u32,
    /// On how many threads; it changes no figure.
    pub threads: NonZeroUsize,
}

/// What moving one factor alone does to the saving of all years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    /// The factor; the others stay at their central values.
    pub factor: Factor,
    /// Saving at its low value.
    pub at_low: Money,
    /// Saving at its high value.
    pub at_high: Money,
}

impl Effect {
    /// How far the two ends are apart.
    pub fn swing(&self) -> Money {
        let (less, more) = (self.at_low.min(self.at_high), self.at_low.max(self.at_high));
        more.minus(less).unwrap_or(Money::ZERO)
    }
}

/// A projection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projection {
    /// What it starts from.
    pub basis: Basis,
    /// What it assumes, with the rate of discount that counts.
    pub assumptions: Assumptions,
    /// Years, and whether they are the longest term of the lots.
    pub years: u32,
    /// Whether the years are the longest term of the lots.
    pub years_of_term: bool,
    /// Seed of the draws.
    pub seed: String,
    /// Number of draws.
    pub draws: u32,
    /// The path on which each factor takes the end that lowers the saving when it moves alone.
    pub low: Path,
    /// The path of the central values.
    pub central: Path,
    /// The path on which each factor takes the end that raises the saving.
    pub high: Path,
    /// Every factor moved alone, the largest swing first.
    pub effects: Vec<Effect>,
    /// The draws.
    pub drawn: DrawnSavings,
}

/// Projects an award.
///
/// # Errors
/// `E0741` when no lot states a term in years and no years are asked for; `E0742` when an amount cannot be held.
pub fn project(
    basis: Basis,
    mut assumptions: Assumptions,
    wanted: &Wanted,
) -> Result<Projection, Diagnostics> {
    if let Some(rate) = wanted.discount {
        assumptions.discount = Discount { rate, cited: None };
    }
    let Some(years) = wanted.years.or(basis.longest_term()) else {
        return Err(Diagnostic::new(Code::ProjectionWithoutYears).into());
    };
    let too_large = |Inexact| Diagnostics::from(Diagnostic::new(Code::ProjectionTooLarge));
    let at = |ends: Ends| path(&basis, &assumptions, ends, years).map_err(too_large);
    let middle = Ends::all(End::Central);
    let central = at(middle)?;
    let (mut worst, mut best) = (middle, middle);
    let mut effects = Vec::new();
    for factor in Factor::ALL {
        let [at_low, at_high] =
            [End::Low, End::High].map(|end| at(middle.with(factor, end)).map(|path| path.whole.saving));
        let (at_low, at_high) = (at_low?, at_high?);
        let (less, more) = if at_low <= at_high { (End::Low, End::High) } else { (End::High, End::Low) };
        worst = worst.with(factor, less);
        best = best.with(factor, more);
        effects.push(Effect { factor, at_low, at_high });
    }
    effects.sort_by(|one, other| other.swing().cmp(&one.swing()).then(one.factor.cmp(&other.factor)));
    let drawn = sampling::draw(&basis, &assumptions, years, &wanted.seed, wanted.draws, wanted.threads)
        .map_err(too_large)?;
    Ok(Projection {
        low: at(worst)?,
        central,
        high: at(best)?,
        years,
        years_of_term: wanted.years.is_none(),
        seed: wanted.seed.clone(),
        draws: wanted.draws,
        effects,
        drawn,
        basis,
        assumptions,
    })
}

/// The nine figures of a saving: three paths, then what the draws come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// On the low, the central and the high path.
    pub paths: [Money; 3],
    /// The draws.
    pub drawn: Drawn,
}

impl Figures {
    /// Low, central, high, mean, and the percentiles.
    pub fn all(&self) -> [Money; 9] {
        let [low, central, high] = self.paths;
        let [p5, p25, p50, p75, p95] = self.drawn.percentiles;
        [low, central, high, self.drawn.mean, p5, p25, p50, p75, p95]
    }
}

impl Projection {
    /// The three paths: low, central, high.
    pub fn paths(&self) -> [&Path; 3] {
        [&self.low, &self.central, &self.high]
    }

    /// The saving of each year.
    pub fn savings_by_year(&self) -> Vec<Figures> {
        self.by_year(&self.drawn.years, |year| year.saving)
    }

    /// The saving of each year at its worth in the first.
    pub fn discounted_by_year(&self) -> Vec<Figures> {
        self.by_year(&self.drawn.discounted_years, |year| year.discounted)
    }

    fn by_year(&self, drawn: &[Drawn], of: fn(&PathYear) -> Money) -> Vec<Figures> {
        let at = |path: &Path, place: usize| path.years.get(place).map_or(Money::ZERO, of);
        let figures = |(place, drawn): (usize, &Drawn)| Figures {
            paths: self.paths().map(|path| at(path, place)),
            drawn: *drawn,
        };
        drawn.iter().enumerate().map(figures).collect()
    }

    /// The saving from the first to each year.
    ///
    /// # Errors
    /// [`Inexact`] when a sum cannot be held.
    pub fn cumulative(&self) -> Result<Vec<Figures>, Inexact> {
        let mut sums = [Money::ZERO; 3];
        let mut all = Vec::new();
        for (year, drawn) in self.savings_by_year().iter().zip(&self.drawn.cumulative) {
            for (sum, own) in sums.iter_mut().zip(year.paths) {
                *sum = sum.plus(own)?;
            }
            all.push(Figures { paths: sums, drawn: *drawn });
        }
        Ok(all)
    }

    /// The saving of all years; `None` without any.
    pub fn saving(&self) -> Option<Figures> {
        let drawn = *self.drawn.cumulative.last()?;
        Some(Figures { paths: self.paths().map(|path| path.whole.saving), drawn })
    }

    /// The saving of all years at their worth in the first.
    pub fn discounted(&self) -> Figures {
        Figures { paths: self.paths().map(|path| path.whole.discounted), drawn: self.drawn.discounted }
    }
}
