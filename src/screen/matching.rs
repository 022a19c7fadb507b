//! Who matches the lowest price.

use super::Route;
use super::revival::Contender;
use crate::compare::ComparableLot;
use crate::rules::{Cited, MatchTheLowest};
use crate::tender::Verdict;

/// Asks every bid within the places that passed the price tests whether it takes the lowest price.
pub(super) fn of_lowest(contenders: &mut [Contender], rule: &Cited<MatchTheLowest>, lot: &ComparableLot) {
    let lowest = contenders.iter().filter_map(Contender::wins_at).min();
    let Some(lowest) = lowest else { return };
    for contender in contenders.iter_mut().filter(|contender| contender.wins_at().is_some()) {
        let accepts = lot.lot.bids.get(contender.place.bid).and_then(|bid| bid.accepts_match);
        let judged = rule.rule.judge(contender.price, lowest, accepts);
        if judged.is_open() {
            contender.fails = Some(MatchTheLowest::ID);
            contender.route = Route::Open;
        } else if judged.verdict == Verdict::Fail {
            contender.fails = Some(MatchTheLowest::ID);
        } else if contender.price > lowest {
            contender.route = Route::Matched { price: lowest };
        }
        contender.reasons.push(judged.recorded(MatchTheLowest::ID, rule.cite.clone()));
    }
}
