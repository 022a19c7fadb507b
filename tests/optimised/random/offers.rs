//! What suppliers offer in a small random tender, and what is wanted.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::tender::{Band, Bid, Kind, Limit, Lot, Package, Supplier};

/// How large the parts of a tender may be: trying all has its limits.
pub struct Size {
    pub bidders: usize,
    pub regions: usize,
    pub volume: i64,
    pub price: i64,
}

fn demand(dice: &mut Dice, size: &Size) -> Vec<i64> {
    let mut demand: Vec<i64> = (0..=dice.roll(size.regions)).map(|_| dice.number(1, size.volume)).collect();
    if demand.len() > 1 && dice.chance(8) {
        demand[0] = 0;
    }
    demand
}

/// A price, sometimes of zero: what somebody gives for nothing.
fn free_or(dice: &mut Dice, most: i64) -> i64 {
    if dice.chance(8) { 0 } else { dice.number(1, most) }
}

/// Bands with or without holes; at the price of all units, or with the set-up charges that make each further unit cheaper.
fn bands(dice: &mut Dice, most_price: i64) -> Vec<Band> {
    let mut price = dice.number(1, most_price);
    let first =
        Band { least: dice.number(0, 1), most: Some(dice.number(1, 3)), price, fixed: dice.number(0, 4) };
    let mut bands = vec![first];
    let incremental = dice.chance(2);
    for _ in 0..dice.number(1, 2) {
        let before = bands.last().unwrap();
        let end = before.most.unwrap();
        let next = if incremental {
            let lower = dice.number(0, price);
            let fixed = before.fixed + end * (price - lower);
            price = lower;
            Band { least: end, most: Some(end + dice.number(1, 3)), price, fixed }
        } else {
            // Meeting the one before, next to it, or beyond a hole.
            let least = end + dice.number(0, 2);
            price = free_or(dice, most_price);
            Band { least, most: Some(least + dice.number(1, 3)), price, fixed: dice.number(0, 6) }
        };
        bands.push(next);
    }
    if dice.chance(2) {
        bands.last_mut().unwrap().most = None;
    }
    bands
}

fn bid(dice: &mut Dice, supplier: usize, regions: usize, most_price: i64) -> Bid {
    let mut bid = Bid {
        supplier,
        price: dice.number(1, most_price),
        regional: vec![None; regions],
        bands: Vec::new(),
        capacity: dice.chance(5).then(|| dice.number(1, 6)),
        least: None,
        fixed: 0,
        unit: dice.chance(2).then(|| dice.one(&['A', 'B'])),
        quality: dice.chance(2).then(|| dice.number(0, 9)),
        double: dice.chance(6),
    };
    match dice.roll(4) {
        0 if dice.chance(2) => bid.bands = bands(dice, most_price),
        0 => bid.regional[dice.roll(regions)] = Some(None),
        1 => {
            for region in &mut bid.regional {
                *region = match dice.roll(4) {
                    0 => None,
                    1 if dice.chance(2) => Some(None),
                    _ => Some(Some(free_or(dice, most_price))),
                };
            }
        }
        _ => {}
    }
    if !bid.bands.is_empty() && dice.chance(4) {
        bid.regional[dice.roll(regions)] = Some(None);
    }
    if dice.chance(6) {
        bid.least = Some(dice.number(1, bid.capacity.unwrap_or(3)));
    }
    if dice.chance(3) {
        bid.fixed = dice.number(1, 6);
    }
    bid
}

pub fn lot(dice: &mut Dice, suppliers: usize, size: &Size) -> Lot {
    let demand = demand(dice, size);
    let mut bidders: Vec<usize> = (0..suppliers).filter(|_| !dice.chance(5)).take(size.bidders).collect();
    if bidders.is_empty() {
        bidders.push(1);
    }
    if bidders.len() < size.bidders && dice.chance(4) {
        bidders.extend(bidders.first().copied());
    }
    let bids = bidders.into_iter().map(|own| bid(dice, own, demand.len(), size.price)).collect();
    Lot {
        group: dice.roll(2),
        demand,
        ceiling: dice.chance(8).then(|| dice.number(3, 9)),
        bids,
        unmet: BTreeSet::new(),
        together: BTreeSet::new(),
    }
}

pub fn packages(dice: &mut Dice, lots: &[Lot]) -> Vec<Package> {
    if lots.len() < 2 || !dice.chance(3) {
        return Vec::new();
    }
    let own = dice.number(2, i64::try_from(lots.len()).unwrap());
    let bids = (0..usize::try_from(own).unwrap()).map(|lot| {
        let bid = dice.roll(lots[lot].bids.len());
        let own = &lots[lot].bids[bid];
        let plain = own.bands.is_empty() && own.regional.iter().flatten().all(Option::is_none);
        (lot, bid, (plain && !dice.chance(3)).then(|| dice.number(1, 9)))
    });
    let bids = bids.collect();
    vec![Package { all_or_nothing: dice.chance(2), bids }]
}

/// With shares by rank, no two bids of a lot have one price.
pub fn part_prices(lots: &mut [Lot], limits: &[Limit]) {
    if !limits.iter().any(|limit| matches!(limit.kind, Kind::SharesByRank(_))) {
        return;
    }
    for lot in lots {
        for own in 1..lot.bids.len() {
            while lot.bids[..own].iter().any(|bid| bid.price == lot.bids[own].price) {
                lot.bids[own].price += 1;
            }
        }
    }
}

pub fn suppliers(dice: &mut Dice, count: usize) -> Vec<Supplier> {
    let one = |own: usize| Supplier {
        controller: if dice.chance(3) { 0 } else { own },
        incumbent: dice.one(&[Some(true), Some(false), Some(false), None]),
        local: own == 0 || dice.chance(2),
        small: own == 0 || dice.chance(2),
        most_volume: dice.chance(10).then(|| dice.number(3, 15)),
        most_value: dice.chance(10).then(|| dice.number(8, 40)),
    };
    (0..count).map(one).collect()
}
