//! What becomes of a bid at another price, by evaluating its lots anew through every stage.
//!
//! For rules that no shorter way knows: ranking by score, margins, places by capacity, matching the lowest price, units, lines
//! and guaranteed cuts. A span of prices is judged by its two ends: where the bid has the same rank and verdict, or
//! loses for the same reason, and every bid has the same end at both, nothing is taken to change between them.

use std::collections::BTreeSet;

use super::moved::{At, Moved};
use super::quoted::Quoted;
use super::search::Fate;
use crate::certify::{BidStatus, certify_award};
use crate::model::model;
use crate::money::UnitPrice;
use crate::screen::Standing;
use crate::solve::{Exact, solve};

/// What became of the bids at a price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trace {
    /// The rank of the bid that moves and how many share it, unless it loses, and the rule that keeps it out.
    own: (u32, u32, Option<&'static str>),
    /// The end of every bid.
    ends: Vec<BidStatus>,
}

/// The bid whose price moves, and the lots that are evaluated with it.
pub(super) struct Anew<'a>(pub(super) Moved<'a>);

impl Anew<'_> {
    /// What becomes of the bid at a price, and of all bids beside it; `None` when a number cannot be held or nothing is proved.
    pub(super) fn at(&self, quoted: &Quoted<'_>, steps: i128) -> Option<(Fate, Trace)> {
        let screened = match self.0.to(quoted, steps)? {
            At::Screened(screened) => *screened,
            At::Refused => return Some((Fate::Loses, Trace { own: (0, 0, None), ends: Vec::new() })),
        };
        let models = model(&screened).ok()?;
        let candidate = solve(&models, &Exact::default()).ok()?;
        let award = certify_award(screened, &models, &candidate).ok()?;
        let place = self.0.place()?;
        let ends = award.lots().flat_map(|(_, lot)| lot.statuses.iter().copied()).collect();
        let (lot, _) = award.lots().nth(place)?;
        let standing = lot.bids.get(self.0.bid)?.standing;
        let status = *award.lots().nth(place)?.1.statuses.get(self.0.bid)?;
        let fate = match status {
            BidStatus::Won => Fate::Wins,
            BidStatus::Tied | BidStatus::Open => Fate::MayWin,
            BidStatus::Lost | BidStatus::Excluded => Fate::Loses,
        };
        // Who loses for one reason loses at whatever rank.
        let own = match standing {
            Standing::Excluded { rule } => (0, 0, Some(rule)),
            Standing::Ranked { fails, .. } if fate == Fate::Loses => (0, 0, fails),
            Standing::Ranked { rank, tied, fails } => (rank, tied, fails),
        };
        Some((fate, Trace { own, ends }))
    }

    /// The prices at which the bid is as low as another of its lot: of each the first and the last, in steps, in their order.
    pub(super) fn meets(&self, quoted: &Quoted<'_>, most: i128) -> Vec<i128> {
        let Some(lot) = self.0.screened.lots.get(self.0.lot) else { return Vec::new() };
        let others = lot.comparable.bids.iter().enumerate().filter(|(at, _)| *at != self.0.bid);
        let ends = |price: UnitPrice| {
            let first = quoted.highest_below(price, most)?.checked_add(1)?;
            Some([first, quoted.highest_at_most(price, most)?])
        };
        let met = others.filter_map(|(_, bid)| ends(bid.comparable_price?)).flatten();
        met.filter(|steps| (1..=most).contains(steps)).collect::<BTreeSet<_>>().into_iter().collect()
    }
}
