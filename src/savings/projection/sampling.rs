//! The draws of a projection: the one place of the savings where numbers are floating point.
//!
//! Only `+ - × ÷` and square roots are used, which IEEE 754 rounds correctly, so that every machine gets the same bytes.
//! A draw depends on the seed and its own number, not on the draws before it; so draws can be made in any order and on
//! any number of threads. Percentiles are draws themselves: the least that so many in a hundred do not exceed.
//!
//! The number in (0, 1) of a factor in a draw is `(k + 1/2) / 2^52`, where `k` is the first 52 bits of the SHA-256 of
//! `jicai-projection-1`, the seed, the draw's number from 1 and the factor's name, with a line feed after each. It is the
//! same number for every year and every lot: years and lots move together.

use std::num::NonZeroUsize;
use std::thread;

use sha2::{Digest, Sha256};

use super::assumptions::{Assumption, Assumptions, Distribution, Factor};
use super::basis::Basis;
use crate::money::{Inexact, Money, Ratio};

/// Percentiles that are stated.
pub const PERCENTS: [u32; 5] = [5, 25, 50, 75, 95];

/// What the draws of one figure come to, each to the cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Their mean.
    pub mean: Money,
    /// Standard error of the mean: how far it may lie from that of endlessly many draws.
    pub standard_error: Money,
    /// The percentiles of [`PERCENTS`].
    pub percentiles: [Money; 5],
}

/// What the draws of a projection come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnSavings {
    /// Saving of each year.
    pub years: Vec<Drawn>,
    /// Saving from the first to each year.
    pub cumulative: Vec<Drawn>,
    /// Saving of each year at its worth in the first.
    pub discounted_years: Vec<Drawn>,
    /// Saving of all years at their worth in the first.
    pub discounted: Drawn,
}

/// Makes the draws and sums them up. `threads` changes the time that it takes and nothing else.
///
/// # Errors
/// [`Inexact`] when an amount comes out longer than amounts are.
pub fn draw(
    basis: &Basis,
    assumptions: &Assumptions,
    years: u32,
    seed: &str,
    draws: u32,
    threads: NonZeroUsize,
) -> Result<DrawnSavings, Inexact> {
    let model = Model::of(basis, assumptions, years)?;
    let all = model.all(seed, draws, threads);
    let each = |value: &dyn Fn(&[f64]) -> f64| drawn(all.iter().map(|years| value(years)).collect());
    let places = 0..model.years.len();
    let of_year = |place: usize, years: &[f64]| years.get(place).copied().unwrap_or(f64::NAN);
    let worth = |place: usize| model.worth.get(place).copied().unwrap_or(f64::NAN);
    let until = |place: usize, years: &[f64]| years.iter().take(place.saturating_add(1)).sum();
    Ok(DrawnSavings {
        years: places.clone().map(|place| each(&|years| of_year(place, years))).collect::<Result<_, _>>()?,
        cumulative: places
            .clone()
            .map(|place| each(&|years| until(place, years)))
            .collect::<Result<_, _>>()?,
        discounted_years: places
            .map(|place| each(&|years| of_year(place, years) * worth(place)))
            .collect::<Result<_, _>>()?,
        discounted: each(&|years| {
            years.iter().zip(&model.worth).map(|(saving, worth)| saving * worth).sum()
        })?,
    })
}

/// The numbers of a projection as floating point, lots with equally many renewals taken together.
struct Model {
    years: Vec<ModelYear>,
    outside_share: Sampler,
    outside_price: Sampler,
    renewal_cut: Sampler,
    need_growth: Sampler,
    /// What one yuan of each year is worth in the first.
    worth: Vec<f64>,
}

/// One year: its uptake, and for each number of renewals one agreed year at the baseline and at the award.
struct ModelYear {
    uptake: Sampler,
    groups: Vec<(u32, f64, f64)>,
}

impl Model {
    fn of(basis: &Basis, assumptions: &Assumptions, years: u32) -> Result<Self, Inexact> {
        let rate = 1.0 + number(assumptions.discount.rate)?;
        let mut model = Self {
            years: Vec::new(),
            outside_share: Sampler::of(&assumptions.outside_share)?,
            outside_price: Sampler::of(&assumptions.outside_price)?,
            renewal_cut: Sampler::of(&assumptions.renewal_cut)?,
            need_growth: Sampler::of(&assumptions.need_growth)?,
            worth: Vec::new(),
        };
        let mut worth = 1.0;
        for year in 1..=years {
            let uptake = Sampler::of(assumptions.uptake_in(year).ok_or(Inexact)?)?;
            let mut groups: Vec<(u32, Money, Money)> = Vec::new();
            for lot in &basis.lots {
                let renewed = lot.renewals_before(year);
                match groups.iter_mut().find(|(own, ..)| *own == renewed) {
                    Some((_, before, award)) => {
                        *before = before.plus(lot.baseline_value)?;
                        *award = award.plus(lot.award_value)?;
                    }
                    None => groups.push((renewed, lot.baseline_value, lot.award_value)),
                }
            }
            groups.sort_unstable();
            let floats = groups
                .into_iter()
                .map(|(renewed, before, award)| Ok((renewed, float(before)?, float(award)?)));
            model.years.push(ModelYear { uptake, groups: floats.collect::<Result<_, Inexact>>()? });
            model.worth.push(worth);
            worth /= rate;
        }
        Ok(model)
    }

    /// The savings by year of every draw, in the order of their numbers.
    fn all(&self, seed: &str, draws: u32, threads: NonZeroUsize) -> Vec<Vec<f64>> {
        let numbers: Vec<u32> = (1..=draws).collect();
        let each = numbers.len().div_ceil(threads.get()).max(1);
        let some = |numbers: &[u32]| -> Vec<Vec<f64>> {
            numbers.iter().map(|number| self.one(seed, *number)).collect()
        };
        thread::scope(|scope| {
            let parts: Vec<(&[u32], _)> = numbers
                .chunks(each)
                .map(|part| (part, thread::Builder::new().spawn_scoped(scope, move || some(part))))
                .collect();
            // A part whose thread could not be had is drawn here: it comes out the same.
            let done = parts.into_iter().map(|(part, thread)| {
                thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_else(|| some(part))
            });
            done.flatten().collect()
        })
    }

    /// The saving of every year in one draw.
    fn one(&self, seed: &str, draw: u32) -> Vec<f64> {
        let [uptake, share, price, cut, growth] =
            Factor::ALL.map(|factor| open_unit(seed, draw, factor.name()));
        let share = self.outside_share.at(share);
        let price = self.outside_price.at(price);
        let left = 1.0 - self.renewal_cut.at(cut);
        let growth = 1.0 + self.need_growth.at(growth);
        let mut need = 1.0;
        let mut savings = Vec::with_capacity(self.years.len());
        for year in &self.years {
            let used = year.uptake.at(uptake) * need;
            let mut saving = 0.0;
            for (renewed, before, award) in &year.groups {
                let price_left = (0..*renewed).fold(1.0, |product, _| product * left);
                saving += used * (before - (1.0 - share) * award * price_left - share * price * before);
            }
            savings.push(saving);
            need *= growth;
        }
        savings
    }
}

/// A number in (0, 1) for a factor in a draw.
fn open_unit(seed: &str, draw: u32, factor: &str) -> f64 {
    let digest = Sha256::digest(format!("jicai-projection-1\n{seed}\n{draw}\n{factor}\n"));
    let bits = digest.iter().take(7).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte)) >> 4;
    let half = |bits: u64| u32::try_from(bits & 0x3ff_ffff).map_or(0.0, f64::from);
    let whole = half(bits >> 26) * 67_108_864.0 + half(bits);
    (whole + 0.5) / 4_503_599_627_370_496.0
}

/// How an assumption takes its value from a number in (0, 1).
enum Sampler {
    Fixed(f64),
    Triangular {
        low: f64,
        central: f64,
        high: f64,
    },
    /// Straight lines between points (number, value).
    Lines(Vec<(f64, f64)>),
    /// Values, each up to a number.
    Steps(Vec<(f64, f64)>),
}

impl Sampler {
    fn of(assumption: &Assumption) -> Result<Self, Inexact> {
        let (low, central, high) =
            (number(assumption.low)?, number(assumption.central)?, number(assumption.high)?);
        Ok(match &assumption.distribution {
            Distribution::Fixed => Self::Fixed(central),
            _ if assumption.low == assumption.high => Self::Fixed(central),
            Distribution::Triangular => Self::Triangular { low, central, high },
            Distribution::Uniform => Self::Lines(vec![(0.0, low), (1.0, high)]),
            Distribution::Percentiles(values) => {
                let mut points = vec![(0.0, low)];
                for (percent, value) in PERCENTS.into_iter().zip(values) {
                    points.push((f64::from(percent) / 100.0, number(*value)?));
                }
                points.push((1.0, high));
                Self::Lines(points)
            }
            Distribution::Discrete(values) => {
                let mut sum = Ratio::ZERO;
                let mut steps = Vec::new();
                for (value, weight) in values {
                    sum = sum.plus(*weight)?;
                    steps.push((number(sum)?, number(*value)?));
                }
                Self::Steps(steps)
            }
        })
    }

    fn at(&self, unit: f64) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Triangular { low, central, high } => {
                let width = high - low;
                if unit * width < central - low {
                    low + (unit * width * (central - low)).sqrt()
                } else {
                    high - ((1.0 - unit) * width * (high - central)).sqrt()
                }
            }
            Self::Lines(points) => {
                let pair = points.windows(2).find_map(|pair| match pair {
                    [from, to] if unit <= to.0 => Some((*from, *to)),
                    _ => None,
                });
                pair.map_or(f64::NAN, |(from, to)| {
                    from.1 + (unit - from.0) / (to.0 - from.0) * (to.1 - from.1)
                })
            }
            Self::Steps(steps) => {
                let step = steps.iter().find(|(until, _)| unit <= *until).or(steps.last());
                step.map_or(f64::NAN, |(_, value)| *value)
            }
        }
    }
}

/// Mean, standard error and percentiles. Sums go in the order of the draws.
fn drawn(mut draws: Vec<f64>) -> Result<Drawn, Inexact> {
    let count = u32::try_from(draws.len()).map_err(|_| Inexact)?;
    let mean = draws.iter().sum::<f64>() / f64::from(count);
    let squares: f64 = draws.iter().map(|draw| (draw - mean) * (draw - mean)).sum();
    let error = (squares / f64::from(count.saturating_sub(1)) / f64::from(count)).sqrt();
    draws.sort_by(f64::total_cmp);
    let mut percentiles = [Money::ZERO; 5];
    for (own, percent) in percentiles.iter_mut().zip(PERCENTS) {
        let rank = u64::from(count).saturating_mul(u64::from(percent)).div_ceil(100);
        let place = usize::try_from(rank.saturating_sub(1)).map_err(|_| Inexact)?;
        *own = money(*draws.get(place).ok_or(Inexact)?)?;
    }
    Ok(Drawn { mean: money(mean)?, standard_error: money(error)?, percentiles })
}

/// The float that is nearest to a decimal.
fn float(amount: Money) -> Result<f64, Inexact> {
    amount.to_string().parse().map_err(|_| Inexact)
}

fn number(ratio: Ratio) -> Result<f64, Inexact> {
    ratio.to_string().parse().map_err(|_| Inexact)
}

/// A float to the cent, from its exact binary value.
fn money(amount: f64) -> Result<Money, Inexact> {
    let text = format!("{amount:.2}");
    let (negative, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |digits| (true, digits));
    let amount = Money::parse(digits).map_err(|_| Inexact)?;
    if negative { Money::ZERO.minus(amount) } else { Ok(amount) }
}
