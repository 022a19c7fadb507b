//! Exhaustive search: what a lot can come to, by trying every order of its bids, or every set of winners. It knows the rules
//! in the field's words only and shares no code with the program.

use std::collections::BTreeSet;

use serde_json::Value;

use super::tenders::{Bid, Tender};

/// What a lot can come to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The word of the outcome.
    pub outcome: &'static str,
    /// Who wins whatever is drawn.
    pub certain: BTreeSet<String>,
    /// The sets of winners that a draw can give; none without a draw for winners.
    pub sets: BTreeSet<BTreeSet<String>>,
    /// For each group of winners whose order is open, every order.
    pub orders: BTreeSet<BTreeSet<Vec<String>>>,
}

/// The places of the rule sets used here, by number of bidders.
fn places(rules: &str, bidders: usize) -> usize {
    match rules {
        "cn-drug-expansion-2019" => bidders.min(3),
        _ => [0, 1, 2, 2, 3, 4, 4][bidders],
    }
}

/// Whether a bid may win beside this lowest price, all in hundredths: within 1.8 times the lowest, or at most half the ceiling,
/// or at most 0.10. Prices have two decimals, so that no limit falls between them.
fn passes(tender: &Tender, price: u64, lowest: u64) -> bool {
    let half = tender.ceiling.is_some_and(|ceiling| 2 * price <= ceiling);
    tender.rules == "cn-drug-expansion-2019" || 10 * price <= 18 * lowest || half || price <= 10
}

/// Every order that price, prior volume and day of approval allow. A key that is unknown of one of those still level says
/// nothing, and so says none after it.
fn orders(level: Vec<&Bid>, key: usize) -> Vec<Vec<&Bid>> {
    let says = |bid: &Bid| match key {
        0 => Some(bid.price),
        1 => bid.volume.map(|volume| 1_000 - volume),
        2 => bid.day,
        _ => None,
    };
    if level.len() < 2 || level.iter().any(|bid| says(bid).is_none()) {
        return permutations(&level);
    }
    let steps: BTreeSet<Option<u64>> = level.iter().map(|bid| says(bid)).collect();
    let mut all: Vec<Vec<&Bid>> = vec![Vec::new()];
    for step in steps {
        let same: Vec<&Bid> = level.iter().copied().filter(|bid| says(bid) == step).collect();
        let own = orders(same, key + 1);
        let longer = |begun: &Vec<_>| own.iter().map(|more| [begun.clone(), more.clone()].concat()).collect();
        all = all.iter().flat_map(|begun| -> Vec<Vec<&Bid>> { longer(begun) }).collect();
    }
    all
}

fn permutations<'a>(bids: &[&'a Bid]) -> Vec<Vec<&'a Bid>> {
    if bids.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in bids.iter().enumerate() {
        let rest: Vec<&Bid> =
            bids.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, bid)| *bid).collect();
        all.extend(permutations(&rest).into_iter().map(|more| [vec![*first], more].concat()));
    }
    all
}

/// A lot decided by rank, by every order of its bids.
fn ranked(tender: &Tender) -> Found {
    let open: Vec<&Bid> =
        tender.bids.iter().filter(|bid| tender.ceiling.is_none_or(|ceiling| bid.price <= ceiling)).collect();
    let lowest = open.iter().map(|bid| bid.price).min().unwrap_or(0);
    let number = places(tender.rules, tender.bids.len());
    let mut won: BTreeSet<Vec<String>> = BTreeSet::new();
    for order in orders(open, 0) {
        let shortlist = order.into_iter().take(number);
        won.insert(
            shortlist
                .filter(|bid| passes(tender, bid.price, lowest))
                .map(|bid| bid.supplier.clone())
                .collect(),
        );
    }
    let sets: BTreeSet<BTreeSet<String>> = won.iter().map(|order| order.iter().cloned().collect()).collect();
    let certain: BTreeSet<String> =
        sets.iter().cloned().reduce(|one, other| &one & &other).unwrap_or_default();
    let before = |one: &String, other: &String| {
        let at = |order: &Vec<String>, who| order.iter().position(|bid| bid == who);
        won.iter().any(|order| at(order, one) < at(order, other))
    };
    // Who comes before and after another is level with it.
    let level = |one: &String| -> BTreeSet<String> {
        let both = |other: &&String| before(one, other) && before(other, one);
        certain.iter().filter(both).cloned().chain([one.clone()]).collect()
    };
    let groups: BTreeSet<BTreeSet<String>> =
        certain.iter().map(level).filter(|group| group.len() > 1).collect();
    let every = |group: &BTreeSet<String>| -> BTreeSet<Vec<String>> {
        let kept = |order: &Vec<String>| order.iter().filter(|bid| group.contains(*bid)).cloned().collect();
        won.iter().map(kept).collect()
    };
    let outcome = match (sets.len(), groups.is_empty(), certain.is_empty()) {
        (2.., ..) | (_, false, _) => "draw_required",
        (_, _, true) => "no_award",
        _ => "awarded",
    };
    let sets = if sets.len() > 1 { sets } else { BTreeSet::new() };
    Found { outcome, certain, sets, orders: groups.iter().map(every).collect() }
}

/// What a set of winners costs at least; `None` when it cannot meet the demand.
fn cost(tender: &Tender, set: &[&Bid]) -> Option<u64> {
    let total: u64 = tender.demand.iter().sum();
    let least = |bid: &Bid| bid.least.unwrap_or(1).max(1);
    let most = |bid: &Bid| bid.capacity.unwrap_or(total).min(total);
    let needed: u64 = set.iter().map(|bid| least(bid)).sum();
    let can: u64 = set.iter().map(|bid| most(bid)).sum();
    let too_many = tender.most_winners.is_some_and(|limit| set.len() as u64 > limit);
    if too_many || needed > total || can < total || set.iter().any(|bid| least(bid) > most(bid)) {
        return None;
    }
    let mut by_price = set.to_vec();
    by_price.sort_by_key(|bid| bid.price);
    let mut rest = total - needed;
    let mut sum = 0;
    for bid in by_price {
        let more = rest.min(most(bid) - least(bid));
        rest -= more;
        sum += bid.price * (least(bid) + more) + 100 * bid.fixed;
    }
    Some(sum)
}

/// A least-cost lot, by every set of winners.
fn least_cost(tender: &Tender) -> Found {
    let mut best: Option<u64> = None;
    let mut sets: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    for bits in 0_u32..1 << tender.bids.len() {
        let set: Vec<&Bid> = tender
            .bids
            .iter()
            .enumerate()
            .filter(|(at, _)| bits >> at & 1 == 1)
            .map(|(_, bid)| bid)
            .collect();
        let Some(cost) = cost(tender, &set) else { continue };
        if best.is_none_or(|best| cost < best) {
            (best, sets) = (Some(cost), BTreeSet::new());
        }
        if best == Some(cost) {
            sets.insert(set.iter().map(|bid| bid.supplier.clone()).collect());
        }
    }
    let certain: BTreeSet<String> =
        sets.iter().cloned().reduce(|one, other| &one & &other).unwrap_or_default();
    let outcome = ["no_award", "awarded", "draw_required"][sets.len().min(2)];
    let sets = if sets.len() > 1 { sets } else { BTreeSet::new() };
    Found { outcome, certain, sets, orders: BTreeSet::new() }
}

/// What exhaustive search says of a tender's lot.
pub fn searched(tender: &Tender) -> Found {
    if tender.rules == "generic-optimised" { least_cost(tender) } else { ranked(tender) }
}

/// What award.json says of the lot, in the same words.
pub fn stated(award: &Value) -> Found {
    let lot = &award["lots"][0];
    let supplier = |bid: &Value| bid.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let outcome = ["awarded", "draw_required", "no_award", "unproved"]
        .into_iter()
        .find(|word| lot["outcome"] == *word)
        .unwrap_or("other");
    let certain =
        lot["winners"].as_array().unwrap().iter().map(|winner| supplier(&winner["bid_id"])).collect();
    let (mut sets, mut orders) = (BTreeSet::new(), BTreeSet::new());
    for tie in lot["ties"].as_array().unwrap() {
        let options = tie["options"].as_array().unwrap().iter();
        let options =
            options.map(|option| option.as_array().unwrap().iter().map(supplier).collect::<Vec<_>>());
        if tie["decides"] == "order" {
            orders.insert(options.collect::<BTreeSet<_>>());
        } else {
            sets.extend(options.map(|option| option.into_iter().collect::<BTreeSet<_>>()));
        }
    }
    Found { outcome, certain, sets, orders }
}
