//! What a projection assumes: five uncertain factors, and the rate of discount.

use crate::diagnostics::{Diagnostics, Source};
use crate::money::Ratio;
use crate::rules::Status;
use crate::savings::payers::{Cited, Named};

use super::read;

/// The built-in assumptions.
const BUILT_IN: &str = include_str!("../../../tenders/assumptions/illustrative.toml");

/// Something that a projection does not know. The order is that of reports, and that of the numbers of a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    /// Use of the varieties in a year over their agreed volume.
    Uptake,
    /// Share of that use that is bought outside the award.
    OutsideShare,
    /// Price outside the award over the baseline price.
    OutsidePrice,
    /// Cut of the award price at each renewal.
    RenewalCut,
    /// Growth of need a year.
    NeedGrowth,
}

impl Factor {
    /// Every factor.
    pub const ALL: [Self; 5] =
        [Self::Uptake, Self::OutsideShare, Self::OutsidePrice, Self::RenewalCut, Self::NeedGrowth];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Uptake => "uptake",
            Self::OutsideShare => "outside_share",
            Self::OutsidePrice => "outside_price",
            Self::RenewalCut => "renewal_cut",
            Self::NeedGrowth => "need_growth",
        }
    }
}

/// How values are drawn between low and high.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distribution {
    /// The central value, always.
    Fixed,
    /// Triangular, most likely at the central value.
    Triangular,
    /// Every value alike.
    Uniform,
    /// Straight lines between low, the values at 5, 25, 50, 75 and 95 in a hundred, and high.
    Percentiles([Ratio; 5]),
    /// Values with their weights, which add up to one.
    Discrete(Vec<(Ratio, Ratio)>),
}

impl Distribution {
    /// The word in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Triangular => "triangular",
            Self::Uniform => "uniform",
            Self::Percentiles(_) => "percentiles",
            Self::Discrete(_) => "discrete",
        }
    }
}

/// One number that is not known, with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// Least value.
    pub low: Ratio,
    /// Value of the central path.
    pub central: Ratio,
    /// Greatest value.
    pub high: Ratio,
    /// How it is drawn.
    pub distribution: Distribution,
    /// Where it comes from.
    pub cited: Cited,
}

/// Uptake from a year on, until the next entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UptakeFrom {
    /// First year, counted from 1.
    pub year: u32,
    /// Uptake.
    pub assumption: Assumption,
}

/// The rate at which later years count less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    /// Rate a year.
    pub rate: Ratio,
    /// Where it comes from; `None` when it was given for this run.
    pub cited: Option<Cited>,
}

/// All that a projection assumes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumptions {
    /// Id and titles.
    pub named: Named,
    /// Where they come from as a whole.
    pub cited: Cited,
    /// Uptake, from year 1 on, by year.
    pub uptake: Vec<UptakeFrom>,
    /// Share bought outside the award.
    pub outside_share: Assumption,
    /// Its price over the baseline price.
    pub outside_price: Assumption,
    /// Cut of the award price at each renewal.
    pub renewal_cut: Assumption,
    /// Growth of need a year.
    pub need_growth: Assumption,
    /// Discounting.
    pub discount: Discount,
}

/// Which of its three values an assumption takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The least.
    Low,
    /// The central.
    Central,
    /// The greatest.
    High,
}

impl Assumption {
    /// The value at an end.
    pub fn at(&self, end: End) -> Ratio {
        match end {
            End::Low => self.low,
            End::Central => self.central,
            End::High => self.high,
        }
    }
}

impl Assumptions {
    /// The built-in assumptions, which are illustrative.
    ///
    /// # Errors
    /// None in a tested build.
    pub fn built_in() -> Result<Self, Diagnostics> {
        Self::from_toml(&Source::new("illustrative.toml", BUILT_IN.to_owned()))
    }

    /// The text of the built-in assumptions.
    pub fn built_in_text() -> &'static str {
        BUILT_IN
    }

    /// Reads assumptions.
    ///
    /// # Errors
    /// Everything that is wrong with them, each with its place.
    pub fn from_toml(source: &Source) -> Result<Self, Diagnostics> {
        read::assumptions(source)
    }

    /// Uptake in a year, counted from 1.
    pub fn uptake_in(&self, year: u32) -> Option<&Assumption> {
        self.uptake.iter().rev().find(|from| from.year <= year).map(|from| &from.assumption)
    }

    /// Every assumption with its factor, uptake once for each year that it changes in.
    pub fn each(&self) -> Vec<(Factor, Option<u32>, &Assumption)> {
        let uptake = self.uptake.iter().map(|from| (Factor::Uptake, Some(from.year), &from.assumption));
        let rest = [
            (Factor::OutsideShare, None, &self.outside_share),
            (Factor::OutsidePrice, None, &self.outside_price),
            (Factor::RenewalCut, None, &self.renewal_cut),
            (Factor::NeedGrowth, None, &self.need_growth),
        ];
        uptake.chain(rest).collect()
    }

    /// How many parts there are, and how many of them nobody has read.
    pub fn unverified(&self) -> (usize, usize) {
        let parts = self.each();
        let cited = parts.iter().map(|(.., assumption)| &assumption.cited).chain(&self.discount.cited);
        let open = cited.clone().filter(|cited| cited.status == Status::Unverified).count();
        (cited.count(), open)
    }
}
