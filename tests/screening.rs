//! What the screens leave for later stages, beside the verdicts that the case files of the rules hold.

use jicai::compare::compare;
use jicai::diagnostics::Diagnostics;
use jicai::money::UnitPrice;
use jicai::rules::{RuleSet, Status};
use jicai::screen::{ScreenedLot, screen};
use jicai::tender::{BidState, Tender};

#[path = "allocation/small_tenders.rs"]
#[allow(dead_code, reason = "shared with the tests of allocation")]
mod small_tenders;

use small_tenders::{bid, demand, lot, tablets, tender};

fn screened(tender: Tender) -> ScreenedLot {
    let rules = RuleSet::built_in(&tender.notice.rules, None, &tender.notice.overrides).unwrap();
    screen(compare(tender, rules).unwrap(), &mut Diagnostics::new()).unwrap().lots.remove(0)
}

fn price(text: &str) -> Option<UnitPrice> {
    Some(UnitPrice::parse(text).unwrap())
}

#[test]
fn the_lowest_price_is_that_of_a_bid_that_can_win() {
    // H quotes 0.2500 and is disqualified.
    assert_eq!(screened(tablets()).lowest, price("0.3"));
    let mut gone = bid("A", "1");
    gone.state = BidState::Disqualified;
    let bids = vec![gone, bid("B", "3"), bid("C", "2"), bid("D", "9")];
    let mut least = lot(bids, vec![demand("P1", "10")]);
    least.ceiling_price = price("8");
    assert_eq!(screened(tender("generic-optimised", "1", vec![least])).lowest, price("2"));
    let mut dear = lot(vec![bid("D", "9")], vec![demand("P1", "10")]);
    dear.ceiling_price = price("8");
    assert_eq!(screened(tender("generic-optimised", "1", vec![dear])).lowest, None);
}

#[test]
fn a_status_is_called_what_a_rule_set_calls_it() {
    assert!(Status::WORDS.iter().all(|(word, status)| status.name() == *word));
}
