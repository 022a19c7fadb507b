//! What the screens leave for later stages, beside the verdicts that the case files of the rules hold.

use jicai::certify::{CertifiedAward, certify_award};
use jicai::compare::compare;
use jicai::crosscheck::agree;
use jicai::diagnostics::Diagnostics;
use jicai::model::model;
use jicai::money::UnitPrice;
use jicai::rules::{RuleSet, Status};
use jicai::screen::{Screened, ScreenedLot, Standing, screen};
use jicai::solve::{Exact, solve};
use jicai::tender::{Act, Bid, BidState, Decision, Tender};

#[path = "allocation/small_tenders.rs"]
#[allow(dead_code, reason = "shared with the tests of allocation")]
mod small_tenders;

use small_tenders::{bid, demand, lot, place, tablets, tender};

fn screened_with(tender: Tender, warnings: &mut Diagnostics) -> Screened {
    let rules = RuleSet::built_in(&tender.notice.rules, None, &tender.notice.overrides).unwrap();
    screen(compare(tender, rules).unwrap(), warnings).unwrap()
}

fn screened(tender: Tender) -> ScreenedLot {
    screened_with(tender, &mut Diagnostics::new()).lots.remove(0)
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

/// `code bid` of each warning.
fn warnings_of(bids: Vec<Bid>) -> Vec<String> {
    let mut warnings = Diagnostics::new();
    screened_with(tender("cn-drug-round-4", "1", vec![lot(bids, vec![demand("P1", "10")])]), &mut warnings);
    let bid = |warning: &jicai::diagnostics::Diagnostic| {
        warning.args.iter().find(|(name, _)| *name == "bid").map_or(String::new(), |(_, bid)| bid.clone())
    };
    warnings.iter().map(|warning| format!("{} {}", warning.code.id(), bid(warning))).collect()
}

#[test]
fn a_bid_that_fails_while_its_ceiling_is_unknown_is_pointed_out() {
    let prices = |last| vec![bid("A", "0.2"), bid("B", "0.3"), bid("C", last), bid("D", "0.9")];
    assert_eq!(warnings_of(prices("0.3601")), ["W0510 L1/C"]);
    // Within 1.8 times the lowest no ceiling is needed.
    assert!(warnings_of(prices("0.36")).is_empty());
    // With a ceiling of its own the cut is known, and C fails by it.
    let mut known = prices("0.3601");
    known[2].ceiling_price = price("0.5");
    assert!(warnings_of(known).is_empty());
}

/// The award of a lot whose bids were `changed` after they went through the screens.
fn certified(tender: Tender, changed: impl Fn(&mut Vec<Bid>)) -> CertifiedAward {
    let mut screened = screened_with(tender, &mut Diagnostics::new());
    changed(&mut screened.lots[0].comparable.lot.bids);
    let award_model = model(&screened).unwrap();
    let candidate = solve(&award_model, &Exact::default()).unwrap();
    certify_award(screened, &award_model, &candidate).unwrap()
}

#[test]
fn the_plain_walk_contradicts_an_award_that_its_bids_do_not_give() {
    assert!(agree(&certified(tablets(), |_| ())).is_ok());
    let faults: [fn(&mut Vec<Bid>); 5] = [
        // The winner's price is above the ceiling.
        |bids| bids[0].price = price("1.6001"),
        // The first is not valid.
        |bids| bids[0].state = BidState::Void,
        // The sixth bids less than all others.
        |bids| bids[5].price = price("0.2"),
        // The fourth is not converted.
        |bids| bids[3].content_ratio = jicai::money::Proportion::ONE,
        // With eight bids fewer there are fewer places.
        |bids| bids[5..].iter_mut().for_each(|bid| bid.state = BidState::Withdrawn),
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        let found = agree(&certified(tablets(), fault)).unwrap_err();
        let codes: Vec<&str> = found.iter().map(|error| error.code.id()).collect();
        assert_eq!(codes, ["E0903"], "fault {number}");
    }
}

#[test]
fn a_converted_price_is_shown_with_the_ratios_that_it_was_converted_by() {
    let lot = screened(tablets());
    let shown = |supplier: &str| {
        let (_, _, screened) =
            lot.each_bid().find(|(bid, _, _)| bid.supplier_id.as_str() == supplier).unwrap();
        let step = screened.reasons.iter().find(|reason| reason.rule == "comparable-price").unwrap();
        let facts = step.facts.iter().map(|fact| format!("{} {}", fact.name, fact.value));
        facts.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(shown("D"), "price 0.8840, content_ratio 2, comparable_price 0.5200");
    assert_eq!(shown("A"), "price 0.3000, comparable_price 0.3000");
}

/// A draw of a place for a supplier, in a line of decisions.csv.
fn draw(supplier: &str, number: u32, line: usize) -> Decision {
    Decision {
        supplier_id: bid(supplier, "1").supplier_id,
        region: None,
        act: Act::Draw(number),
        by: None,
        on: None,
        why: None,
        document: None,
        place: place("decisions.csv", line),
    }
}

#[test]
fn a_fault_of_a_draw_is_shown_in_its_row() {
    let faults = |decisions: Vec<Decision>| {
        let bids = ["A", "B", "C", "D"].map(|supplier| bid(supplier, "1"));
        let mut drawn = lot(bids.to_vec(), vec![demand("P1", "10")]);
        drawn.decisions = decisions;
        let rules = RuleSet::built_in("cn-drug-round-4", None, &Default::default()).unwrap();
        let tender = tender("cn-drug-round-4", "1", vec![drawn]);
        let found = screen(compare(tender, rules).unwrap(), &mut Diagnostics::new());
        let shown = |errors: Diagnostics| {
            let line =
                |error: &jicai::diagnostics::Diagnostic| error.place.as_ref().map_or(0, |place| place.line);
            errors.iter().map(|error| format!("{}:{}", error.code.id(), line(error))).collect::<Vec<_>>()
        };
        found.map_or_else(shown, |_| Vec::new())
    };
    assert!(faults(vec![draw("D", 1, 2), draw("C", 2, 3)]).is_empty());
    assert_eq!(faults(vec![draw("D", 1, 2), draw("C", 3, 3)]), ["E0514:3"]);
    assert_eq!(faults(vec![draw("A", 3, 2), draw("C", 1, 3)]), ["E0514:2"]);
    assert_eq!(faults(vec![draw("B", 1, 2), draw("C", 1, 3)]), ["E0513:3"]);
}

/// A rule set may ask for one test of each of several groups; the first group that is failed altogether bars the bid.
#[test]
fn a_winner_passes_one_test_of_every_group() {
    let text = RuleSet::built_in_text("cn-drug-round-4").unwrap();
    let alone = text
        .replace("with = { price = \"low_price\" }\nany = \"price\"\n", "with = { price = \"low_price\" }\n");
    assert_ne!(alone, text);
    let barred = |multiple: &str| {
        let overrides = [("max_multiple_of_lowest".to_owned(), multiple.to_owned())].into();
        let rules = RuleSet::from_toml("own.toml", &alone, None, &overrides).unwrap();
        let bids = [("A", "0.05"), ("B", "0.09"), ("C", "0.0901"), ("D", "0.12"), ("E", "0.2"), ("F", "0.3")];
        let bids = bids.map(|(supplier, price)| bid(supplier, price)).to_vec();
        let tender = tender("own.toml", "1", vec![lot(bids, vec![demand("P1", "10")])]);
        let screened = screen(compare(tender, rules).unwrap(), &mut Diagnostics::new()).unwrap();
        let fails = |standing| match standing {
            Standing::Ranked { fails, .. } => fails.unwrap_or("-"),
            Standing::Excluded { rule } => rule,
        };
        screened.lots[0].bids[..4].iter().map(|bid| fails(bid.standing)).collect::<Vec<_>>()
    };
    let (multiple, at_most) = ("price-within-multiple-of-lowest", "price-at-most");
    assert_eq!(barred("1.8"), ["-", "-", multiple, multiple]);
    assert_eq!(barred("3"), ["-", "-", "-", at_most]);
}
