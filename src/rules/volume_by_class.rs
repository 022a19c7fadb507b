//! Rule `volume-by-class`.

use super::PriceClass;
use crate::money::{Ratio, Rounding};

/// A winner keeps a share of what was reported for its own brand, by its class; the rest is given to the low classes.
///
/// # What it checks
/// Nothing; it says who supplies how much.
///
/// 1. Each winner keeps the share of its class of what was reported for its own brand.
/// 2. A further share of it, by class, goes to A1 by rule; where nobody is A1 it joins the pool.
/// 3. What is left of it, and a stated share of what was reported for brands that lost or for no brand, is the pool. The
///    remainder of the latter is not agreed at all.
/// 4. Hospitals hand the pool to winners of the stated classes as they choose (`second_choice` in `demand.csv`). Where no choice
///    is recorded, or one that does not receive, it is divided in proportion to what was reported for those winners, or to
///    what they keep; where that is nothing, in equal parts; where nobody is in those classes, over all winners. These last
///    two are choices of this program.
///
/// All of it is exact until the end; then the volume of the lot is rounded and given out by the largest remainder (equal
/// remainders to the better rank), and each winner's volume over the regions likewise.
///
/// # Why
/// A low price earns volume, a high one loses it, and still no hospital must change its brand at once.
///
/// # Parameters
/// - `kept` (shares_by_place): the shares of their own volume that A1, A, B and C keep, parted by commas.
/// - `to_first` (shares_by_place): the shares of their own volume that go to A1 by rule, for A1, A, B and C; together with those kept at
///   most the whole.
/// - `unselected` (share): the share of losing brands' volume, and of volume for no brand, that joins the pool.
/// - `pool_to` (list): the classes that receive the pool: `a1`, `a`, `b`, `c`.
/// - `pool_by` (choice): `reported` or `kept`.
/// - `rounding` (rounding): steps of a volume, in units.
///
/// # Example
/// Reported 200 for A1, 100 for A, 400 for B, 200 for C, 100 for a loser; kept 100, 100, 80, 50 %, of C 30 % to A1, 80 % of the
/// loser's. The pool is 80 + 40 + 80 = 200, shared 200 to 100: 393.33, 166.67, 320 and 100.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeByClass {
    /// Shares kept, by class.
    pub kept: Vec<Ratio>,
    /// Shares that go to A1 by rule, by class.
    pub to_first: Vec<Ratio>,
    /// Share of what was reported for nobody who won that joins the pool.
    pub unselected: Ratio,
    /// Who receives the pool.
    pub pool_to: Vec<PriceClass>,
    /// In proportion to what.
    pub pool_by: PoolBy,
    /// Steps of a volume, in units.
    pub rounding: Rounding,
}

/// What a pool is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolBy {
    /// What was reported for the winners that receive it.
    Reported,
    /// What they keep of it.
    Kept,
}

impl PoolBy {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] = &[("reported", Self::Reported), ("kept", Self::Kept)];
}

impl VolumeByClass {
    /// The rule's id.
    pub const ID: &'static str = "volume-by-class";

    /// The shares that a class keeps, and that go to A1 by rule.
    pub fn shares(&self, class: PriceClass) -> (Ratio, Ratio) {
        let share = |shares: &[Ratio]| shares.get(class.place()).copied().unwrap_or(Ratio::ZERO);
        (share(&self.kept), share(&self.to_first))
    }
}
