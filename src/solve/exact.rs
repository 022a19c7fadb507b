//! The exact engine: what it claims rests on whole numbers only.

use super::level::level;
use super::tree::SHORT;
use super::watch::{Pace, Search, Seen, Unwatched, Watch};
use super::{Engine, EngineFault, EngineFaultKind, branch, general, order};
use crate::model::{Claim, CoreBidder, CoreLot, LotCandidate, LotModel, Shape, Step};

/// The exact engine. It works from the lot's shape, and from the rows where that does not suffice.
#[derive(Debug, Clone, Copy)]
pub struct Exact<'a> {
    /// After so many cases of a lot, the search is given up and the award stays unproved.
    pub most_cases: usize,
    /// After so many cases of a lot, rows are derived from those of its programme, and the search begins anew with them.
    pub short: usize,
    /// Who looks on, and may have it otherwise.
    pub watch: &'a dyn Watch,
}

impl Default for Exact<'_> {
    fn default() -> Self {
        Self { most_cases: 10_000, short: SHORT, watch: &Unwatched }
    }
}

impl Engine for Exact<'_> {
    fn name(&self) -> &'static str {
        "exact"
    }

    fn solve(&self, lot: &LotModel) -> Result<LotCandidate, EngineFault> {
        self.solve_from(lot, Vec::new())
    }
}

/// A search that is looked at, but keeps to its allowance.
struct Kept<'a>(&'a mut dyn Search);

impl Search for Kept<'_> {
    fn pace(&mut self, seen: Seen) -> Pace {
        match self.0.pace(seen) {
            Pace::Further => Pace::Allowed,
            pace => pace,
        }
    }
}

/// Cases in which prices of regions alone are tried on a lot with fixed costs or prices by region, which its rows bound
/// better.
const MOST_BY_PRICES: usize = 30;

impl Exact<'_> {
    /// The same, where some awards are known: values of the lot's columns. They may be any; what breaks a row is left aside.
    ///
    /// # Errors
    /// As [`Engine::solve`].
    pub fn solve_from(&self, lot: &LotModel, known: Vec<Vec<i128>>) -> Result<LotCandidate, EngineFault> {
        let watched = &mut *self.watch.search(&lot.lot_id);
        let solved = match &lot.shape {
            Shape::Ranked(ranked) => order::walk(ranked),
            Shape::Core(core) => self.core(lot, core, known, watched).and_then(|found| levelled(core, found)),
            Shape::General(_) => general::search(lot, known, (self.most_cases, self.short), watched),
        };
        solved.map_err(|kind| EngineFault::new(lot, self.name(), kind))
    }

    /// A lot decided by least cost: by prices of regions, and where these do not suffice, by its rows.
    fn core(
        self,
        lot: &LotModel,
        core: &CoreLot,
        known: Vec<Vec<i128>>,
        watched: &mut dyn Search,
    ) -> Result<LotCandidate, EngineFaultKind> {
        let flat = |bidder: &CoreBidder| {
            let mut prices = bidder.price.iter().flatten();
            let first = prices.next();
            bidder.fixed_cost == 0 && prices.all(|price| Some(price) == first)
        };
        let most = if core.bidders.iter().all(flat) { self.most_cases } else { MOST_BY_PRICES };
        let most = self.most_cases.min(most);
        let by_prices = branch::search(core, most, &mut Kept(watched))?;
        if !settled_badly(&by_prices, most) || self.most_cases < MOST_BY_PRICES {
            return Ok(by_prices);
        }
        let mut by_rows = general::search(lot, known, (self.most_cases, self.short), watched)?;
        // What is proved of a lot with volumes is proved by who wins.
        let bids = core.bidders.len();
        let by_winners = |step: &Step| match *step {
            Step::Branch { column, .. } => column < bids,
            Step::Split { .. } => false,
            Step::Case { .. } => true,
        };
        if !by_rows.proof.steps.iter().all(by_winners) {
            return Ok(by_prices);
        }
        for award in by_rows.best.iter_mut().chain(&mut by_rows.others) {
            *award = branch::with_own_volumes(core, award)?;
        }
        Ok(by_rows)
    }
}

/// Whether a search was given up, or came so far that ties were no longer looked for.
fn settled_badly(found: &LotCandidate, most_cases: usize) -> bool {
    let cases = found.proof.steps.iter().filter(|step| matches!(step, Step::Case { .. })).count();
    matches!(found.claim, Claim::Unproved { .. }) || cases.saturating_mul(4) > most_cases
}

/// The same candidate with equal volumes for winners at the same price, in every award that it lists.
fn levelled(lot: &CoreLot, mut found: LotCandidate) -> Result<LotCandidate, EngineFaultKind> {
    found.best = found.best.map(|award| level(lot, award)).transpose()?;
    found.others = found.others.into_iter().map(|award| level(lot, award)).collect::<Result<_, _>>()?;
    Ok(found)
}
