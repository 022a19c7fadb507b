//! Small random tenders, by their seed.

use super::dice::Dice;
use super::offers::{Size, lot, packages, part_prices, suppliers};
use super::stated::{is_fine, limits, parameters};
use super::tender::{Kind, Limit, Lot, Tender};

/// A small tender.
pub fn tender(seed: u64) -> Tender {
    let dice = &mut Dice::new(seed);
    // A small range of prices makes ties.
    let price = dice.one(&[2, 9, 9]);
    let (lots, size) = match dice.roll(8) {
        0 => (3, Size { bidders: 2, regions: 2, volume: 2, price }),
        1..=3 => (2, Size { bidders: 3, regions: 2, volume: 3, price }),
        4 => (1, Size { bidders: 4, regions: 2, volume: 3, price }),
        _ => (1, Size { bidders: 3, regions: 3, volume: 4, price }),
    };
    let bidders = size.bidders.max(3);
    let suppliers = suppliers(dice, bidders);
    let mut lots: Vec<Lot> = (0..lots).map(|_| lot(dice, bidders, &size)).collect();
    let packages = packages(dice, &lots);
    let mut limits = limits(dice, &lots);
    parameters(dice, &mut limits);
    if lots.len() > 1 && limits.iter().filter(|limit| is_fine(limit)).count() > 1 {
        // Parts of parts of several lots are too many steps for trying all.
        limits.retain(|limit| !matches!(limit.kind, Kind::Reserve(_)));
    }
    part_prices(&mut lots, &limits);
    if limits.iter().any(is_fine) {
        // One unit a region has ten steps.
        let few =
            if lots.len() > 1 || limits.iter().filter(|limit| is_fine(limit)).count() > 1 { 1 } else { 2 };
        for lot in &mut lots {
            lot.demand.truncate(few);
            lot.demand.iter_mut().for_each(|volume| *volume = (*volume).min(1));
            lot.demand[0] = 1;
            lot.bids.iter_mut().for_each(|bid| bid.regional.truncate(few));
        }
    }
    let objectives = dice.one(&[
        &["cost"][..],
        &["cost"],
        &["cost", "fewer-winners"],
        &["cost", "more-winners"],
        &["cost", "equal-shares"],
        &["cost", "incumbents"],
        &["cost", "quality", "fewer-winners"],
        &["fewer-winners", "cost"],
        &["volume", "cost"],
        &["quality", "cost"],
        &["more-winners", "equal-shares", "cost"],
        &["incumbents", "fewer-winners"],
    ]);
    // What changes how costs compare needs a cost to compare.
    let compares = |limit: &Limit| matches!(limit.kind, Kind::Switching(_) | Kind::Preference(_));
    let objectives = match limits.iter().any(compares) && !objectives.contains(&"cost") {
        true => &["cost"],
        false => objectives,
    };
    // As fine as prices and money may be; a capacity in value has four decimals.
    let fine = suppliers.iter().all(|supplier| supplier.most_value.is_none());
    let finest = if fine { (7, 3) } else { (3, 1) };
    let (price_digits, volume_digits) = dice.one(&[(0, 0), (0, 0), (2, 0), (1, 1), (0, 2), (2, 1), finest]);
    // Converted prices are rounded to four decimals.
    if price_digits > 4 {
        lots.iter_mut().flat_map(|lot| &mut lot.bids).for_each(|bid| bid.double = false);
    }
    Tender {
        lots,
        suppliers,
        packages,
        limits,
        objectives: objectives.to_vec(),
        price_digits,
        volume_digits,
        in_tens: dice.chance(4),
    }
}
