//! Winners at the same price share equally.
//!
//! Which of two winners at one price gets more is not settled by cost. Left alone, the order of the search would settle it;
//! so their volumes are brought as close together as capacities, shares and least quantities allow. The cost stays the
//! same, and `certify` checks the award after this step.

use super::EngineFaultKind;
use crate::model::whole::{TooLarge, add, sub, sum};
use crate::model::{CoreLot, Proposal};

/// A winner's bounds on its whole volume, and its bidder number.
struct Member {
    bidder: usize,
    least: i128,
    most: i128,
}

/// The same award with equal volumes for winners whose prices are the same in every region.
pub(super) fn level(lot: &CoreLot, mut award: Proposal) -> Result<Proposal, EngineFaultKind> {
    let layout = lot.layout();
    let wins = |bidder: usize| award.values.get(bidder) == Some(&1);
    let mut seen: Vec<&Vec<Option<i128>>> = Vec::new();
    let mut classes: Vec<Vec<Member>> = Vec::new();
    for (number, bidder) in lot.bidders.iter().enumerate().filter(|(number, _)| wins(*number)) {
        let member = Member { bidder: number, least: bidder.least(), most: lot.most(bidder)? };
        match seen.iter().position(|price| **price == bidder.price) {
            Some(class) => {
                classes.get_mut(class).into_iter().for_each(|known| known.push(Member { ..member }))
            }
            None => {
                seen.push(&bidder.price);
                classes.push(vec![member]);
            }
        }
    }
    for class in classes.iter().filter(|class| class.len() > 1) {
        let columns: Vec<&Vec<Option<usize>>> =
            class.iter().filter_map(|member| layout.delivers.get(member.bidder)).collect();
        let mut left: Vec<i128> = Vec::new();
        for region in 0..lot.demand.len() {
            let delivered = columns.iter().filter_map(|own| own.get(region).copied().flatten());
            left.push(sum(delivered.filter_map(|column| award.values.get(column).copied()))?);
        }
        let targets = equal_shares(class, sum(left.iter().copied())?)?;
        for (own, target) in columns.iter().zip(targets) {
            let mut open = target;
            for (column, left) in own.iter().zip(&mut left) {
                let take = open.min(*left);
                if let Some(value) = column.and_then(|column| award.values.get_mut(column)) {
                    *value = take;
                    open = sub(open, take)?;
                    *left = sub(*left, take)?;
                }
            }
        }
    }
    Ok(award)
}

/// Shares of `total` that are equal but for what the members must and can have. Steps that cannot be halved go to the first
/// members: one smallest step of volume each.
fn equal_shares(class: &[Member], total: i128) -> Result<Vec<i128>, TooLarge> {
    let at = |level: i128| {
        class.iter().map(move |member| level.clamp(member.least, member.most.max(member.least)))
    };
    let (mut low, mut high) = (0_i128, add(total, 1)?);
    // The highest level whose shares do not exceed the total.
    while sub(high, low)? > 1 {
        let middle = low.midpoint(high);
        if sum(at(middle))? <= total { low = middle } else { high = middle }
    }
    let mut shares: Vec<i128> = at(low).collect();
    let mut over = sub(total, sum(shares.iter().copied())?)?;
    for (share, next) in shares.iter_mut().zip(at(add(low, 1)?)) {
        if over > 0 && next > *share {
            *share = next;
            over = sub(over, 1)?;
        }
    }
    Ok(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(total: i128, bounds: &[(i128, i128)]) -> Vec<i128> {
        let class: Vec<Member> = bounds
            .iter()
            .enumerate()
            .map(|(bidder, (least, most))| Member { bidder, least: *least, most: *most })
            .collect();
        equal_shares(&class, total).unwrap()
    }

    #[test]
    fn shares_are_as_equal_as_the_bounds_allow() {
        assert_eq!(shares(1200, &[(1, 500), (1, 500), (1, 500)]), [400, 400, 400]);
        assert_eq!(shares(1200, &[(1, 200), (1, 800), (1, 800)]), [200, 500, 500]);
        assert_eq!(shares(1200, &[(700, 800), (1, 800), (1, 800)]), [700, 250, 250]);
        assert_eq!(shares(10, &[(1, 10), (1, 10), (1, 10)]), [4, 3, 3]);
        assert_eq!(shares(1500, &[(1, 500), (1, 500), (1, 500)]), [500, 500, 500]);
        assert_eq!(shares(0, &[]), Vec::<i128>::new());
    }
}
