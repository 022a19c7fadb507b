//! What becomes of a bid when the whole tender is evaluated anew at another price.

use jicai::certify::{BidStatus, CertifiedAward, certify_award};
use jicai::compare::compare;
use jicai::model::model;
use jicai::money::UnitPrice;
use jicai::price_to_win::prices_to_win;
use jicai::rules::RuleSet;
use jicai::screen::screen;
use jicai::solve::{Exact, solve};
use jicai::tender::Tender;

/// The tender through all stages up to the certified award, with the price to win of every bid; `None` when it is refused.
pub fn awarded(tender: &Tender, rules: &RuleSet, needed: bool) -> Option<CertifiedAward> {
    let comparable = compare(tender.clone(), rules.clone()).unwrap();
    let screened = screen(comparable, &mut Default::default()).ok()?;
    let models = model(&screened).unwrap();
    let candidate = solve(&models, &Exact::default()).unwrap();
    let award = certify_award(screened, &models, &candidate).unwrap();
    let prices = if needed { prices_to_win(&award, &models) } else { Vec::new() };
    Some(award.with_prices_to_win(prices))
}

/// What becomes of a bid at another price of so many steps of `10^-digits`: `Some(true)` it wins, `None` it may win.
pub fn at(
    tender: &Tender,
    rules: &RuleSet,
    (lot, bid): (usize, usize),
    steps: i128,
    digits: u32,
) -> Option<bool> {
    let mut other = tender.clone();
    other.lots[lot].bids[bid].price = Some(UnitPrice::from_steps(steps, digits).unwrap());
    let Some(award) = awarded(&other, rules, false) else { return Some(false) };
    match award.lots().nth(lot).unwrap().1.statuses[bid] {
        BidStatus::Won => Some(true),
        BidStatus::Tied | BidStatus::Open => None,
        BidStatus::Lost | BidStatus::Excluded => Some(false),
    }
}
