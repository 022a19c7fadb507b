//! Amounts that cannot be held exactly are refused, each once, and named by their lot or as a total.

use jicai::allocate::allocate;
use jicai::certify::certify_award;
use jicai::compare::compare;
use jicai::diagnostics::Diagnostics;
use jicai::model::model;
use jicai::money::UnitPrice;
use jicai::rules::RuleSet;
use jicai::savings::save;
use jicai::screen::screen;
use jicai::solve::{Exact, solve};
use jicai::tender::{Lot, LotId, Tender};

#[path = "allocation/small_tenders.rs"]
#[allow(dead_code, reason = "shared with the tests of allocation")]
mod small_tenders;

use small_tenders::{bid, demand, lot, tender};

const LARGEST: &str = "99999999999999.9999";
/// Half of it has four decimals.
const VOLUME: &str = "99999999999999.9998";

/// The codes with which the volumes or the savings of a tender are refused, with the lot.
fn refused(tender: Tender) -> Vec<String> {
    let rules = RuleSet::built_in(&tender.notice.rules, None, &tender.notice.overrides).unwrap();
    let screened = screen(compare(tender, rules).unwrap(), &mut Diagnostics::new()).unwrap();
    let award_model = model(&screened).unwrap();
    let candidate = solve(&award_model, &Exact::default()).unwrap();
    let award = certify_award(screened, &award_model, &candidate).unwrap();
    let saved = allocate(&award, &mut Diagnostics::new()).and_then(|allocation| save(&award, &allocation));
    let shown = |errors: Diagnostics| -> Vec<String> {
        let lot = |error: &jicai::diagnostics::Diagnostic| {
            error.args.iter().find(|(name, _)| *name == "lot").map_or("-".to_owned(), |(_, lot)| lot.clone())
        };
        errors.iter().map(|error| format!("{} {}", error.code.id(), lot(error))).collect()
    };
    saved.map_or_else(shown, |_| Vec::new())
}

/// A lot with one bid under the rules of the expansion.
fn sole(id: &str, price: &str, volume: &str, reference: Option<&str>) -> Lot {
    let mut lot = lot(vec![bid("A", price)], vec![demand("P1", volume)]);
    lot.id = LotId::new(id);
    lot.reference_price = reference.map(|text| UnitPrice::parse(text).unwrap());
    lot
}

fn of(lots: Vec<Lot>) -> Vec<String> {
    refused(tender("cn-drug-expansion-2019", "1", lots))
}

#[test]
fn a_lot_that_can_be_held_is_not_refused() {
    assert!(of(vec![sole("L1", "99999999999999", "20000000000000", None)]).is_empty());
}

#[test]
fn a_value_too_long_is_named_by_its_lot() {
    assert_eq!(of(vec![sole("L1", LARGEST, VOLUME, None), sole("L2", "1", "1", None)]), ["E0517 L1"]);
}

#[test]
fn a_baseline_too_long_is_named_by_its_lot_and_not_again_as_a_total() {
    assert_eq!(of(vec![sole("L1", "1", VOLUME, Some(LARGEST)), sole("L2", "1", "1", None)]), ["E0517 L1"]);
}

#[test]
fn totals_too_long_are_named_as_totals() {
    let lots =
        vec![sole("L1", "99999999999999", "99999999999998", None), sole("L2", "0.0001", "0.0002", None)];
    assert_eq!(of(lots), ["E0526 -"]);
}
