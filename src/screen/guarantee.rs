//! Second ways to win that do not depend on those who passed: a guaranteed award, and a published line.

use super::Route;
use super::revival::Contender;
use super::shortlist::Seat;
use crate::compare::ComparableLot;
use crate::money::{Inexact, UnitPrice};
use crate::rules::{Binds, Cited, GuaranteedAtCut, PriceAtMostFirstUnit, PriceLine, RevivalAtLine};
use crate::tender::Verdict;

/// The cap on the second unit of a lot: the rule, and the highest award price in the first.
pub(super) type Cap<'a> = (&'a Cited<PriceAtMostFirstUnit>, Option<UnitPrice>);

/// Judges every bid of the second unit by the cap.
pub(super) fn cap(contenders: &mut [Contender], (rule, highest): Cap<'_>) {
    for contender in contenders {
        let judged = rule.rule.judge(contender.price, highest);
        if judged.verdict == Verdict::Fail {
            contender.fails = contender.fails.or(Some(PriceAtMostFirstUnit::ID));
            contender.capped = rule.rule.binds == Binds::All;
            // Only a test of its own price keeps it out, so a line may still let it in.
            contender.fused = contender.fails == Some(PriceAtMostFirstUnit::ID) || contender.fused;
        }
        contender.reasons.push(judged.recorded(PriceAtMostFirstUnit::ID, rule.cite.clone()));
    }
}

/// Whether a bid does not win so far although nothing but its price or its rank keeps it out.
fn may_be_saved(contender: &Contender) -> bool {
    match contender.seat {
        Seat::Apart => false,
        Seat::Within { .. } => contender.fused,
        Seat::Beyond => contender.route == Route::Place,
    }
}

/// Lets every bid win that lies far enough below the ceiling.
pub(super) fn guarantee(contenders: &mut [Contender], rule: &Cited<GuaranteedAtCut>, lot: &ComparableLot) {
    for contender in contenders.iter_mut().filter(|contender| may_be_saved(contender)) {
        let against = lot.bids.get(contender.place.bid).and_then(|bid| bid.against_ceiling);
        let price = against.map_or(contender.price, |pair| pair.price);
        let judged = rule.rule.judge(price, against.map(|pair| pair.ceiling));
        if judged.verdict == Verdict::Pass && !contender.capped {
            contender.fails = None;
            contender.fused = false;
            if contender.seat == Seat::Beyond {
                contender.route = Route::Guaranteed;
            }
        }
        contender.reasons.push(judged.recorded(GuaranteedAtCut::ID, rule.cite.clone()));
    }
}

/// Asks every bid that would lose whether it comes down to the published line.
///
/// # Errors
/// [`Inexact`] when the line cannot be held.
pub(super) fn of_line(
    contenders: &mut [Contender],
    rule: &Cited<RevivalAtLine>,
    lot: &ComparableLot,
    cap: Option<Cap<'_>>,
) -> Result<(), Inexact> {
    let stated = |line| match line {
        PriceLine::ClassA => lot.lot.class_a_line,
        PriceLine::ClassB => lot.lot.class_b_line,
    };
    let line = rule.rule.price(lot.lot.ceiling_price, stated)?;
    let bound = cap.filter(|(rule, _)| rule.rule.binds == Binds::All).and_then(|(_, highest)| highest);
    let line = line.map(|line| bound.map_or(line, |bound| line.min(bound)));
    for contender in contenders.iter_mut().filter(|contender| may_be_saved(contender)) {
        let offer = line.map(|line| line.min(contender.price));
        let accepts = lot.lot.bids.get(contender.place.bid).and_then(|bid| bid.accepts_revival);
        let judged = rule.rule.judge(contender.price, offer, accepts);
        let beyond = contender.seat == Seat::Beyond;
        match offer {
            Some(price) if judged.verdict == Verdict::Pass => {
                contender.fails = None;
                contender.fused = false;
                contender.route =
                    if beyond { Route::RevivedAtLine { price } } else { Route::Revived { price } };
            }
            _ if judged.is_open() => {
                contender.fails =
                    contender.fails.filter(|_| beyond).or((!beyond).then_some(RevivalAtLine::ID));
                contender.route = Route::Open;
            }
            _ => {}
        }
        contender.reasons.push(judged.recorded(RevivalAtLine::ID, rule.cite.clone()));
    }
    Ok(())
}
