//! The highest price at which a bid wins a lot that is decided by least cost.
//!
//! Who wins at a price wins at every lower one: its award becomes cheaper by at least one step, all awards without it stay
//! as they are. So there is one highest price. It is approached from below: at a price at which the bid wins with volume
//! `q`, the same award stays cheaper than the cheapest without it for `(cost without it - cost) / q` steps more, and the
//! next price to try is the last of these. The search ends where one step more no longer wins.

use super::search::Highest;
use crate::model::{Claim, CoreBidder, CoreLot, LotCandidate, Shape};
use crate::solve::{Engine, Exact};

/// The highest comparable prices, in steps of the lot, up to `most`; `None` when the engine gives up or a number is too large.
pub(super) fn highest(lot: &CoreLot, bid: usize, most: i128) -> Option<Highest> {
    let without = cost(&solved(lot, bid, None)?)?;
    let Some(without) = without else {
        // Without it nothing can be awarded; with it, the price does not matter.
        let found = cost(&solved(lot, bid, Some(1))?)?.map(|_| most);
        return Some(Highest { wins: found, may_win: None });
    };
    // At the highest price that is allowed most winners still win.
    if cost(&solved(lot, bid, Some(most))?)?.is_some_and(|cost| cost < without) {
        return Some(Highest { wins: Some(most), may_win: None });
    }
    let mut wins = None;
    let mut price = 1_i128;
    loop {
        let at = solved(lot, bid, Some(price))?;
        let Some(found) = cost(&at)?.filter(|cost| *cost < without) else {
            let tie = cost(&at)? == Some(without) && holds(&at, lot, bid);
            return Some(Highest { wins, may_win: tie.then_some(price) });
        };
        wins = Some(price);
        if price >= most {
            return Some(Highest { wins, may_win: None });
        }
        let volume = volume(&at, lot, bid)?;
        let room = without.checked_sub(found)?.checked_sub(1)?.checked_div(volume)?;
        price = price.checked_add(room.max(1))?.min(most);
    }
}

/// The lot solved with another price of a bid, or without the bid.
fn solved(lot: &CoreLot, bid: usize, price: Option<i128>) -> Option<LotCandidate> {
    let mut lot = lot.clone();
    let bidder = lot.bidders.get_mut(bid)?;
    match price {
        // Where it does not offer it has no price.
        Some(price) => bidder.price.iter_mut().flatten().for_each(|own| *own = price),
        None => bidder.barred_by = Some(String::new()),
    }
    Exact::default().solve(&lot.into_model().ok()?).ok()
}

/// The cost of the best award, `Some(None)` when there is none; `None` when it is not proved.
fn cost(found: &LotCandidate) -> Option<Option<i128>> {
    match found.claim {
        Claim::Optimal => Some(Some(found.best.as_ref()?.objective)),
        Claim::NoAward => Some(None),
        Claim::Unproved { .. } => None,
    }
}

/// Whether one of the best awards has the bid among its winners.
fn holds(found: &LotCandidate, lot: &CoreLot, bid: usize) -> bool {
    let Some(column) = column(lot, bid) else { return false };
    found.best.iter().chain(&found.others).any(|award| award.values.get(column) == Some(&1))
}

/// The place of a bid when the bids stand in the order of their ids, as in the model.
fn column(lot: &CoreLot, bid: usize) -> Option<usize> {
    let id = &lot.bidders.get(bid)?.bid_id;
    Some(lot.bidders.iter().filter(|other| other.bid_id < *id).count())
}

/// What the best award gives the bid.
fn volume(found: &LotCandidate, lot: &CoreLot, bid: usize) -> Option<i128> {
    let mut sorted = lot.clone();
    sorted.bidders.sort_by(|one, other| one.bid_id.cmp(&other.bid_id));
    let layout = sorted.layout();
    let delivers = layout.delivers.get(column(lot, bid)?)?;
    let values = &found.best.as_ref()?.values;
    let parts = delivers.iter().flatten().filter_map(|column| values.get(*column));
    parts.copied().try_fold(0_i128, i128::checked_add).filter(|volume| *volume > 0)
}

/// The lot as data with all prices and costs in finer steps.
pub(super) fn in_finer_steps(lot: &CoreLot, digits: u32) -> Option<CoreLot> {
    let factor = 10_i128.checked_pow(digits)?;
    let mut finer = lot.clone();
    for bidder in &mut finer.bidders {
        bidder.fixed_cost = bidder.fixed_cost.checked_mul(factor)?;
        for price in bidder.price.iter_mut().flatten() {
            *price = price.checked_mul(factor)?;
        }
    }
    Some(finer)
}

/// Whether every bid has one price and no fixed cost, so that the lot is solved quickly without looking at its rows.
pub(super) fn by_prices(lot: &CoreLot) -> bool {
    let flat = |bidder: &CoreBidder| {
        let mut prices = bidder.price.iter().flatten();
        let first = prices.next();
        bidder.fixed_cost == 0 && prices.all(|price| Some(price) == first)
    };
    lot.bidders.iter().all(flat)
}

/// The core of a lot's model, where it is decided by least cost.
pub(super) fn core(shape: &Shape) -> Option<&CoreLot> {
    match shape {
        Shape::Core(core) => Some(core),
        Shape::Ranked(_) | Shape::General(_) => None,
    }
}
