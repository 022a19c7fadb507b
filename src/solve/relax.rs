//! An exact bound for a case of the search.
//!
//! If every region pays a price of its own for what it gets, the bidders no longer depend on each other: each takes what
//! is profitable to it, within its least and its largest volume. Whatever the prices, the sum bounds the cost from below
//! (Lagrange's method; Geoffrion 1974). The bound is written as weights of the model's rows, so that it can be checked
//! without knowing where it comes from.

use super::EngineFaultKind;
use crate::model::whole::{TooLarge, add, ceiling, mul, sub, sum};
use crate::model::{CoreBidder, CoreLayout, CoreLot, Purpose, RowWeights};

/// Whether a case lets a bidder win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// Both are open.
    Open,
    /// It wins.
    In,
    /// It does not win.
    Out,
}

/// Prices per region, worked out into what each bidder's winning adds.
#[derive(Debug)]
pub(super) struct Priced {
    denominator: i128,
    /// What the regions pay, times the denominator.
    paid: i128,
    /// What each bidder's winning adds, times the denominator.
    adds: Vec<i128>,
}

/// What prices say about a case.
#[derive(Debug, Clone)]
pub(super) struct CaseBound {
    /// The bound times the denominator.
    total: i128,
    /// The bound, rounded up.
    pub(super) least: i128,
    /// Weights of the rows on the number of winners.
    pub(super) further: Vec<(usize, i128)>,
}

impl CaseBound {
    /// Whether the bound, counted without costs, shows that the case holds no award.
    pub(super) fn is_above_zero(&self) -> bool {
        self.total > 0
    }
}

/// Works prices out, into what winning adds and into the weights of the rows. With the purpose [`Purpose::NoAward`] all costs count as zero.
pub(super) fn price(
    lot: &CoreLot,
    layout: &CoreLayout,
    purpose: Purpose,
    denominator: i128,
    prices: &[i128],
) -> Result<(Priced, RowWeights), EngineFaultKind> {
    let mut rows: Vec<(usize, i128)> = layout.demand.iter().copied().zip(prices.iter().copied()).collect();
    let paid = lot.demand.iter().zip(prices).map(|(d, p)| mul(*d, *p)).collect::<Result<Vec<_>, _>>()?;
    let unit = if purpose == Purpose::NoAward { 0 } else { denominator };
    let mut adds = Vec::new();
    for (b, bidder) in lot.bidders.iter().enumerate() {
        let own = OwnRows { lot, layout, b, bidder };
        adds.push(own.weigh(unit, prices, &mut rows)?);
    }
    rows.retain(|&(_, weight)| weight != 0);
    Ok((Priced { denominator, paid: sum(paid)?, adds }, RowWeights { purpose, denominator, rows }))
}

/// The rows of one bidder.
struct OwnRows<'a> {
    lot: &'a CoreLot,
    layout: &'a CoreLayout,
    b: usize,
    bidder: &'a CoreBidder,
}

impl OwnRows<'_> {
    /// Finds what the bidder takes at these prices, weighs its rows accordingly, and returns what its winning adds.
    fn weigh(
        &self,
        unit: i128,
        prices: &[i128],
        rows: &mut Vec<(usize, i128)>,
    ) -> Result<i128, EngineFaultKind> {
        let most = self.lot.most(self.bidder)?;
        let least = self.bidder.least();
        let mut offers = Vec::new();
        for ((price, paid), demand) in self.bidder.price.iter().zip(prices).zip(&self.lot.demand) {
            if let Some(price) = price {
                offers.push((sub(mul(*price, unit)?, *paid)?, most.min(*demand)));
            }
        }
        offers.sort_unstable();
        let gainful = sum(offers.iter().filter(|o| o.0 < 0).map(|o| o.1))?;
        let (row, limit) = if gainful > most {
            (self.row_of_most(most), most)
        } else if gainful < least {
            (self.layout.least.get(self.b).copied(), least)
        } else {
            (None, 0)
        };
        let mut adds = mul(self.bidder.fixed_cost, unit)?;
        let mut edge = 0;
        if let (Some(row), Some(at)) = (row, edge_of(&offers, limit)) {
            edge = at;
            rows.push((row, edge));
            adds = add(adds, mul(edge, limit)?)?;
        }
        // What is left below the edge goes to the links, whose weights need not be stated.
        for (left, volume) in offers.into_iter().filter(|o| o.0 < edge) {
            adds = add(adds, mul(sub(left, edge)?, volume)?)?;
        }
        Ok(adds)
    }

    /// The row that sets the largest volume: the capacity's or the share's, whichever is tighter.
    fn row_of_most(&self, most: i128) -> Option<usize> {
        let row = |of: &[Option<usize>]| of.get(self.b).copied().flatten();
        match self.bidder.capacity {
            Some(capacity) if capacity == most => row(&self.layout.capacity),
            _ => row(&self.layout.share),
        }
    }
}

/// What the offer costs with which a limit is reached, cheapest first; `None` when all together do not reach it.
fn edge_of(offers: &[(i128, i128)], limit: i128) -> Option<i128> {
    let mut filled = 0_i128;
    offers.iter().find_map(|&(left, volume)| {
        filled = filled.saturating_add(volume);
        (filled >= limit).then_some(left)
    })
}

impl Priced {
    /// The bound in a case in which the number of winners can be reached.
    pub(super) fn bound(
        &self,
        lot: &CoreLot,
        layout: &CoreLayout,
        sides: &[Side],
    ) -> Result<CaseBound, TooLarge> {
        let mut total = self.paid;
        let mut open = Vec::new();
        let mut winners = 0_i128;
        for (side, &adds) in sides.iter().zip(&self.adds) {
            match side {
                Side::In => {
                    total = add(total, adds)?;
                    winners = winners.saturating_add(1);
                }
                Side::Open => open.push(adds),
                Side::Out => {}
            }
        }
        open.sort_unstable();
        let room = |limit: u32| usize::try_from(i128::from(limit).saturating_sub(winners)).unwrap_or(0);
        let least = room(lot.min_winners);
        let most = lot.max_winners.map_or(open.len(), room);
        let gainful = open.iter().filter(|adds| **adds < 0).count();
        let taken = gainful.min(most).max(least);
        total = add(total, sum(open.iter().take(taken).copied())?)?;
        let mut further = Vec::new();
        if let (true, Some(row), Some(&edge)) = (gainful > most, layout.max_winners, open.get(most)) {
            further.push((row, edge));
        }
        if gainful < least {
            let edge = open.get(least.saturating_sub(1)).copied().unwrap_or(0);
            further.push((layout.min_winners, edge));
        }
        let least = ceiling(total, self.denominator).ok_or(TooLarge)?;
        Ok(CaseBound { total, least, further })
    }
}

/// Weights that show that a case holds no award because of the number of winners; `None` when the number can be reached.
pub(super) fn too_many_or_few(lot: &CoreLot, layout: &CoreLayout, sides: &[Side]) -> Option<RowWeights> {
    let count = |side: Side| sides.iter().filter(|s| **s == side).count();
    let winners = count(Side::In);
    let possible = winners.saturating_add(count(Side::Open));
    let number = |limit: u32| usize::try_from(limit).unwrap_or(usize::MAX);
    let rows = match (layout.max_winners, lot.max_winners) {
        _ if possible < number(lot.min_winners) => vec![(layout.min_winners, 1)],
        (Some(row), Some(limit)) if winners > number(limit) => vec![(row, -1)],
        _ => return None,
    };
    Some(RowWeights { purpose: Purpose::NoAward, denominator: 1, rows })
}

/// Weights that show that a bidder cannot win: a rule excludes it, or it cannot take what a winner gets at least.
pub(super) fn cannot_win(
    lot: &CoreLot,
    layout: &CoreLayout,
    b: usize,
) -> Result<Option<RowWeights>, TooLarge> {
    let Some(bidder) = lot.bidders.get(b) else { return Ok(None) };
    let weights = |rows| Ok(Some(RowWeights { purpose: Purpose::NoAward, denominator: 1, rows }));
    if let Some(row) = layout.barred.get(b).copied().flatten() {
        return weights(vec![(row, -1)]);
    }
    let (most, least) = (lot.most(bidder)?, bidder.least());
    let Some(row) = layout.least.get(b).copied() else { return Ok(None) };
    let own = OwnRows { lot, layout, b, bidder };
    if let (true, Some(limit)) = (most < least, own.row_of_most(most)) {
        return weights(vec![(row, 1), (limit, -1)]);
    }
    let offered = lot.demand.iter().zip(&bidder.price).filter(|(_, price)| price.is_some());
    if sum(offered.map(|(demand, _)| most.min(*demand)))? < least {
        return weights(vec![(row, 1)]);
    }
    Ok(None)
}
