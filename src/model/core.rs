//! Lots decided by least cost: winners are chosen and all demand is met, under capacities, least quantities, limits on
//! the number of winners and on the share of each.

use std::ops::RangeFrom;

use super::programme::{
    Column, Direction, LotModel, ModelFault, ModelFaultKind, Objective, Row, Sense, Shape, row, yes_no,
};
use super::whole::{TooLarge, add, mul, sum};

/// The largest volume or price that a lot may state: far above any tender, far below where sums of products could leave
/// 128 bits.
const LARGEST: i128 = 1_000_000_000_000_000;

/// The largest fixed cost that a lot may state. It is counted in price units times steps.
const LARGEST_FIXED_COST: i128 = 1_000_000_000_000_000_000_000_000;

/// A lot decided by least cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreLot {
    /// The lot's id.
    pub lot_id: String,
    /// The bids.
    pub bidders: Vec<CoreBidder>,
    /// The regions' names, for labels.
    pub regions: Vec<String>,
    /// The demand of each region, in the tender's smallest step.
    pub demand: Vec<i128>,
    /// The least number of winners.
    pub min_winners: u32,
    /// The largest number of winners, if there is a limit.
    pub max_winners: Option<u32>,
    /// The largest part of the total demand that one winner may have, if there is a limit.
    pub max_share: Option<MaxShare>,
    /// The rules that make the rows.
    pub rules: CoreRules,
}

/// One bid on a lot decided by least cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreBidder {
    /// The bid's id.
    pub bid_id: String,
    /// The rule that excludes the bid, if one does.
    pub barred_by: Option<String>,
    /// What it can deliver at most, in steps; `None` when it states no limit.
    pub capacity: Option<i128>,
    /// What it must get at least when it wins, in steps. A winner always gets at least one step.
    pub min_quantity: i128,
    /// Charged once when it wins, in price units times steps.
    pub fixed_cost: i128,
    /// The price of one step in each region, in price units; `None` where it does not offer.
    pub price: Vec<Option<i128>>,
}

/// A part of the total demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxShare {
    /// The numerator.
    pub numerator: i128,
    /// The denominator.
    pub denominator: i128,
}

/// The ids of the rules that make the rows of a lot decided by least cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreRules {
    /// All demand is met.
    pub demand: String,
    /// Only winners deliver, and not more than they can.
    pub capacity: String,
    /// A winner gets at least its least quantity.
    pub min_quantity: String,
    /// How many may win.
    pub winners: String,
    /// How much one winner may have.
    pub share: String,
}

/// Where the columns and rows of a lot decided by least cost stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreLayout {
    /// The column of the volume that each bidder delivers to each region; `None` where it does not offer.
    pub delivers: Vec<Vec<Option<usize>>>,
    /// The row that links that volume to winning.
    pub link: Vec<Vec<Option<usize>>>,
    /// The demand row of each region.
    pub demand: Vec<usize>,
    /// The row of each bidder's capacity, where it states one.
    pub capacity: Vec<Option<usize>>,
    /// The row of each bidder's largest share, where there is a limit.
    pub share: Vec<Option<usize>>,
    /// The row of each bidder's least volume.
    pub least: Vec<usize>,
    /// The row of the least number of winners.
    pub min_winners: usize,
    /// The row of the largest number of winners, if there is a limit.
    pub max_winners: Option<usize>,
    /// The row that excludes a bidder, where a rule does.
    pub barred: Vec<Option<usize>>,
    /// The number of columns.
    pub columns: usize,
}

impl CoreLot {
    /// The total demand.
    ///
    /// # Errors
    /// [`TooLarge`] when it does not fit.
    pub fn total_demand(&self) -> Result<i128, TooLarge> {
        sum(self.demand.iter().copied())
    }

    /// What one winner may have of the total demand, in whole steps; all of it when there is no limit.
    ///
    /// # Errors
    /// [`TooLarge`] when a product does not fit or the denominator is zero.
    pub fn share_limit(&self) -> Result<i128, TooLarge> {
        let total = self.total_demand()?;
        match self.max_share {
            None => Ok(total),
            Some(MaxShare { numerator, denominator }) => {
                let limit = mul(total, numerator)?.checked_div_euclid(denominator).ok_or(TooLarge)?;
                Ok(limit.min(total))
            }
        }
    }

    /// What a bidder can have at most when it wins: its capacity or its share, whichever is less.
    ///
    /// # Errors
    /// [`TooLarge`] as for the share limit.
    pub fn most(&self, bidder: &CoreBidder) -> Result<i128, TooLarge> {
        let share = self.share_limit()?;
        Ok(bidder.capacity.map_or(share, |capacity| capacity.min(share)))
    }

    /// The least number of winners: what is asked for, or as many as it takes to deliver all demand.
    ///
    /// # Errors
    /// [`TooLarge`] as for the share limit.
    pub fn least_winners(&self) -> Result<u32, TooLarge> {
        let able = self.bidders.iter().filter(|bidder| bidder.barred_by.is_none());
        let mut volumes = able.map(|bidder| self.most(bidder)).collect::<Result<Vec<_>, _>>()?;
        volumes.sort_unstable_by(|one, other| other.cmp(one));
        let (total, mut delivered) = (self.total_demand()?, 0_i128);
        let mut enough = 0_u32;
        for volume in volumes.into_iter().filter(|volume| *volume > 0) {
            if delivered >= total {
                break;
            }
            delivered = add(delivered, volume)?;
            enough = enough.saturating_add(1);
        }
        Ok(self.min_winners.max(enough))
    }

    /// Where the columns and rows stand: bidders' yes-or-no columns first, then the volumes bidder by bidder.
    pub fn layout(&self) -> CoreLayout {
        let mut columns = self.bidders.len()..;
        let delivers = self.numbered(|bidder| each_offer(bidder, &mut columns));
        let mut rows = 0..;
        CoreLayout {
            delivers,
            demand: rows.by_ref().take(self.demand.len()).collect(),
            link: self.numbered(|bidder| each_offer(bidder, &mut rows)),
            capacity: self.numbered(|bidder| bidder.capacity.and_then(|_| rows.next())),
            share: self.numbered(|_| self.max_share.and_then(|_| rows.next())),
            least: self.numbered(|_| rows.next().unwrap_or_default()),
            min_winners: rows.next().unwrap_or_default(),
            max_winners: self.max_winners.and_then(|_| rows.next()),
            barred: self.numbered(|bidder| bidder.barred_by.as_ref().and_then(|_| rows.next())),
            columns: columns.start,
        }
    }

    fn numbered<T>(&self, number: impl FnMut(&CoreBidder) -> T) -> Vec<T> {
        self.bidders.iter().map(number).collect()
    }

    /// The integer programme of the lot. Bids are put in the order of their ids, so that the order in which they were
    /// read does not matter.
    ///
    /// # Errors
    /// A bid twice, prices for another number of regions, a negative or too large number, a denominator that is not
    /// positive.
    pub fn into_model(mut self) -> Result<LotModel, ModelFault> {
        self.bidders.sort_by(|a, b| a.bid_id.cmp(&b.bid_id));
        let built = self.check().and_then(|()| Ok((self.columns()?, self.rows()?)));
        let (columns, rows) = built.map_err(|kind| ModelFault::new(&self.lot_id, kind))?;
        let layout = self.layout();
        let mut terms = Vec::new();
        for (b, bidder) in self.bidders.iter().enumerate() {
            terms.push((b, bidder.fixed_cost));
            let delivers = layout.delivers.get(b).into_iter().flatten();
            terms.extend(delivers.zip(&bidder.price).filter_map(|(x, price)| Some(((*x)?, (*price)?))));
        }
        let objective = Objective { direction: Direction::Minimise, terms };
        Ok(LotModel {
            lot_id: self.lot_id.clone(),
            columns,
            rows,
            objective,
            then: Vec::new(),
            shape: Shape::Core(self),
        })
    }

    fn check(&self) -> Result<(), ModelFaultKind> {
        let pairs = self.bidders.iter().zip(self.bidders.iter().skip(1));
        if let Some((twice, _)) = pairs.into_iter().find(|(a, b)| a.bid_id == b.bid_id) {
            return Err(ModelFaultKind::BidTwice(twice.bid_id.clone()));
        }
        if self.max_share.is_some_and(|share| share.denominator <= 0) {
            return Err(ModelFaultKind::Denominator);
        }
        let regions = self.demand.len();
        if let Some(bidder) =
            self.bidders.iter().find(|b| b.price.len() != regions || self.regions.len() != regions)
        {
            return Err(ModelFaultKind::Regions(bidder.bid_id.clone()));
        }
        let own = self.bidders.iter().flat_map(|b| {
            let prices = b.price.iter().copied().flatten();
            prices.chain(b.capacity).chain([b.min_quantity])
        });
        let share = self.max_share.into_iter().flat_map(|share| [share.numerator, share.denominator]);
        for number in own.chain(self.demand.iter().copied()).chain(share).chain([self.total_demand()?]) {
            match number {
                i128::MIN..0 => return Err(ModelFaultKind::Negative),
                0..=LARGEST => {}
                _ => return Err(ModelFaultKind::TooLarge),
            }
        }
        if self.bidders.iter().any(|b| b.fixed_cost < 0) {
            return Err(ModelFaultKind::Negative);
        }
        if self.bidders.iter().any(|b| b.fixed_cost > LARGEST_FIXED_COST) {
            return Err(ModelFaultKind::TooLarge);
        }
        Ok(())
    }

    fn columns(&self) -> Result<Vec<Column>, TooLarge> {
        let mut columns: Vec<_> =
            self.bidders.iter().map(|b| yes_no(format!("wins[{}]", b.bid_id))).collect();
        for bidder in &self.bidders {
            let most = self.most(bidder)?;
            for ((region, &demand), price) in self.regions.iter().zip(&self.demand).zip(&bidder.price) {
                if price.is_some() {
                    let name = format!("delivers[{},{region}]", bidder.bid_id);
                    columns.push(Column { name, lower: 0, upper: demand.min(most), integer: false });
                }
            }
        }
        Ok(columns)
    }

    /// All rows, in the order of [`CoreLayout`].
    fn rows(&self) -> Result<Vec<Row>, TooLarge> {
        let layout = self.layout();
        let mut rows = self.demand_rows(&layout);
        self.link_rows(&layout, &mut rows)?;
        let volume = |b: usize| layout.delivers.get(b).into_iter().flatten().filter_map(|x| Some(((*x)?, 1)));
        let limit = |rule: &str, label: &str, b: usize, sense, steps: i128| {
            let name = self.bidders.get(b).map_or("", |bidder| bidder.bid_id.as_str());
            let terms = volume(b).chain([(b, steps.saturating_neg())]).collect();
            row(rule, format!("{label}[{name}]"), terms, sense, 0)
        };
        for (b, bidder) in self.bidders.iter().enumerate() {
            let capacity = bidder.capacity;
            rows.extend(capacity.map(|steps| limit(&self.rules.capacity, "capacity", b, Sense::Le, steps)));
        }
        if self.max_share.is_some() {
            let steps = self.share_limit()?;
            let bidders = 0..self.bidders.len();
            rows.extend(bidders.map(|b| limit(&self.rules.share, "largest-share", b, Sense::Le, steps)));
        }
        for (b, bidder) in self.bidders.iter().enumerate() {
            let steps = bidder.least();
            rows.push(limit(&self.rules.min_quantity, "least-quantity", b, Sense::Ge, steps));
        }
        self.winner_rows(self.least_winners()?, &mut rows);
        Ok(rows)
    }

    /// Every region gets what it needs.
    fn demand_rows(&self, layout: &CoreLayout) -> Vec<Row> {
        let regions = self.regions.iter().zip(&self.demand).enumerate();
        let one = |(r, (region, &demand)): (usize, (&String, &i128))| {
            let into = layout.delivers.iter().filter_map(|of| Some(((*of.get(r)?)?, 1))).collect();
            row(&self.rules.demand, format!("demand[{region}]"), into, Sense::Eq, demand)
        };
        regions.map(one).collect()
    }

    /// Only a winner delivers: one row for each bidder and region. One row for all regions of a bidder would say the same
    /// in whole numbers, but leaves solvers that work with tolerances room to cheat.
    fn link_rows(&self, layout: &CoreLayout, rows: &mut Vec<Row>) -> Result<(), TooLarge> {
        for (b, (bidder, delivers)) in self.bidders.iter().zip(&layout.delivers).enumerate() {
            let most = self.most(bidder)?;
            for ((region, &demand), x) in self.regions.iter().zip(&self.demand).zip(delivers) {
                if let Some(x) = *x {
                    let label = format!("winner-delivers[{},{region}]", bidder.bid_id);
                    let terms = vec![(x, 1), (b, demand.min(most).saturating_neg())];
                    rows.push(row(&self.rules.capacity, label, terms, Sense::Le, 0));
                }
            }
        }
        Ok(())
    }

    /// How many may win, and who may not.
    fn winner_rows(&self, least: u32, rows: &mut Vec<Row>) {
        let all: Vec<_> = (0..self.bidders.len()).map(|b| (b, 1)).collect();
        let rule = &self.rules.winners;
        let label = "least-number-of-winners".to_owned();
        rows.push(row(rule, label, all.clone(), Sense::Ge, i128::from(least)));
        if let Some(most) = self.max_winners {
            rows.push(row(rule, "largest-number-of-winners".to_owned(), all, Sense::Le, i128::from(most)));
        }
        for (b, bidder) in self.bidders.iter().enumerate() {
            if let Some(rule) = &bidder.barred_by {
                rows.push(row(rule, format!("not-winning[{}]", bidder.bid_id), vec![(b, 1)], Sense::Eq, 0));
            }
        }
    }
}

impl CoreBidder {
    /// What it gets at least when it wins: its least quantity, and always one step.
    pub fn least(&self) -> i128 {
        self.min_quantity.max(1)
    }
}

fn each_offer(bidder: &CoreBidder, open: &mut RangeFrom<usize>) -> Vec<Option<usize>> {
    bidder.price.iter().map(|price| price.and_then(|_| open.next())).collect()
}
