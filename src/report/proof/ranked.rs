//! The proof of a lot decided by rank.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::figures::LotFigures;
use crate::certify::BidStatus;
use crate::rules::Unit;
use crate::screen::Standing;

/// The order of the fields is the order of the keys.
#[derive(Serialize)]
pub(super) struct Ranked<'a> {
    lot_id: &'a str,
    kind: &'static str,
    outcome: &'static str,
    bidders: u32,
    places: Option<u32>,
    excluded: Vec<ByRule<'a>>,
    order: Vec<Class<'a>>,
    barred: Vec<ByRule<'a>>,
    winners: Vec<&'a str>,
    tied: Vec<&'a str>,
    base_volume: String,
    agreed_share: Option<String>,
}

/// A bid with the rule that keeps it out.
#[derive(Serialize)]
struct ByRule<'a> {
    bid_id: &'a str,
    rule: &'static str,
}

/// The bids of one rank.
#[derive(Serialize)]
struct Class<'a> {
    rank: u32,
    comparable_price: Option<String>,
    bids: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bidding_unit: Option<&'static str>,
}

/// The order of a lot, its places, and who is kept out by which rule.
pub(super) fn ranked<'a>(lot: &LotFigures<'a>) -> Ranked<'a> {
    let (mut excluded, mut barred) = (Vec::new(), Vec::new());
    let mut order: BTreeMap<(Option<Unit>, u32), Class<'a>> = BTreeMap::new();
    let mut tied = Vec::new();
    for ((bid, comparable, screened), status) in lot.screened.each_bid().zip(&lot.award.statuses) {
        let bid_id = bid.id.as_str();
        match screened.standing {
            Standing::Excluded { rule } => excluded.push(ByRule { bid_id, rule }),
            Standing::Ranked { rank, fails, .. } => {
                let comparable_price = comparable.comparable_price.map(|price| price.to_string());
                let bidding_unit = screened.unit.map(Unit::name);
                let class = order.entry((screened.unit, rank)).or_insert_with(|| Class {
                    rank,
                    comparable_price,
                    bids: Vec::new(),
                    bidding_unit,
                });
                class.bids.push(bid_id);
                barred.extend(fails.map(|rule| ByRule { bid_id, rule }));
            }
        }
        tied.extend((*status == BidStatus::Tied).then_some(bid_id));
    }
    let winners = lot.award.winners.iter().filter_map(|winner| lot.bid(winner.bid));
    Ranked {
        lot_id: lot.lot().id.as_str(),
        kind: "ranked",
        outcome: lot.award.outcome.name(),
        bidders: lot.screened.bidders,
        places: lot.screened.places,
        excluded,
        order: order.into_values().collect(),
        barred,
        winners: winners.map(|(bid, ..)| bid.id.as_str()).collect(),
        tied,
        base_volume: lot.screened.comparable.base_volume.to_string(),
        agreed_share: lot.award.agreed_share.map(|share| share.to_string()),
    }
}
