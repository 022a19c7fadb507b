//! Who wins although its rank or its price says otherwise: a cap on the second unit, a guarantee, a published line.

use super::award::Route;
use super::price::line_of;
use super::second_chance::{Walker, answered};
use super::shortlist::Seat;
use crate::money::{Inexact, Ratio, UnitPrice};
use crate::rules::{
    AgreedShareByIncumbency, Binds, Cited, GuaranteedAtCut, LineAt, PriceAtMostFirstUnit, RankedStages,
    RevivalAtLine,
};
use crate::tender::{Fact, Verdict, VolumeClass};
use crate::verify::bids::{Count, kept};

/// Whether a bid does not win by its place, for its rank or its price alone.
fn loses(walker: &Walker) -> bool {
    match walker.seat {
        Seat::Apart => false,
        Seat::Within { .. } => walker.too_dear,
        Seat::Beyond => walker.place.route == Route::Place,
    }
}

/// In the second unit nobody may be dearer than the dearest winner of the first; says whom that bars whatever else lets it win.
pub(super) fn cap(
    count: &mut Count<'_>,
    walkers: &mut [Walker],
    highest: Option<UnitPrice>,
    rule: &Cited<PriceAtMostFirstUnit>,
) {
    for walker in walkers {
        let Some(bid) = count.bids.get_mut(walker.at) else { continue };
        let mut facts = vec![Fact::new("comparable_price", walker.price)];
        facts.extend(highest.map(|highest| Fact::new("limit", highest)));
        let verdict = highest.map_or(Verdict::NotApplicable, |highest| kept(walker.price <= highest));
        if verdict == Verdict::Fail {
            let first = walker.place.fails.is_none();
            walker.place.fails = walker.place.fails.or(Some(PriceAtMostFirstUnit::ID));
            walker.too_dear = walker.too_dear || first;
            walker.barred = rule.rule.binds == Binds::All;
        }
        bid.say(PriceAtMostFirstUnit::ID, verdict, facts, &rule.cite);
    }
}

/// A bid that lies far enough below the ceiling wins.
pub(super) fn guaranteed(count: &mut Count<'_>, walkers: &mut [Walker], rule: &Cited<GuaranteedAtCut>) {
    for walker in walkers.iter_mut().filter(|walker| loses(walker)) {
        let Some(bid) = count.bids.get_mut(walker.at) else { continue };
        let (price, ceiling) = bid.against.map_or((walker.price, None), |(price, top)| (price, Some(top)));
        let cut = ceiling.and_then(|ceiling| price.cut_from(ceiling, rule.rule.rounding));
        let mut facts = vec![Fact::new("price", price)];
        facts.extend(ceiling.map(|ceiling| Fact::new("ceiling_price", ceiling)));
        facts.extend(cut.map(|cut| Fact::new("cut", cut)));
        facts.push(Fact::new("required_cut", rule.rule.cut));
        let verdict = cut.map_or(Verdict::NotApplicable, |cut| kept(cut >= rule.rule.cut));
        bid.say(GuaranteedAtCut::ID, verdict, facts, &rule.cite);
        if verdict == Verdict::Pass && !walker.barred {
            walker.place.fails = None;
            walker.too_dear = false;
            if walker.seat == Seat::Beyond {
                walker.place.route = Route::Guaranteed;
            }
        }
    }
}

/// A bid that would lose may come down to the line; in the second unit to the cap, where that is lower and binds all.
///
/// # Errors
/// [`Inexact`] when the line cannot be held.
pub(super) fn of_line(
    count: &mut Count<'_>,
    walkers: &mut [Walker],
    highest: Option<UnitPrice>,
    (stages, rule): (&RankedStages, &Cited<RevivalAtLine>),
) -> Result<(), Inexact> {
    let line = match rule.rule.line {
        LineAt::Stated(line) => line_of(count.lot, line),
        LineAt::Cut { cut, rounding } => match count.lot.ceiling_price {
            Some(ceiling) => Some(ceiling.scaled(Ratio::ONE.minus(cut)?)?.rounded(rounding)?),
            None => None,
        },
    };
    let binds = stages.unit_cap.as_ref().is_some_and(|cap| cap.rule.binds == Binds::All);
    for walker in walkers.iter_mut().filter(|walker| loses(walker)) {
        let Some(bid) = count.bids.get_mut(walker.at) else { continue };
        let bound = highest.filter(|_| binds);
        let offer = line.map(|line| bound.into_iter().chain([walker.price]).fold(line, UnitPrice::min));
        let mut facts = vec![Fact::new("comparable_price", walker.price)];
        facts.extend(offer.map(|offer| Fact::new("revival_price", offer)));
        let verdict = offer.map_or(Verdict::NotApplicable, |_| answered(bid, &mut facts));
        bid.say(RevivalAtLine::ID, verdict, facts, &rule.cite);
        let beyond = walker.seat == Seat::Beyond;
        match (verdict, offer) {
            (Verdict::Pass, Some(price)) => {
                walker.place.fails = None;
                walker.too_dear = false;
                walker.place.route = if beyond { Route::AtLine(price) } else { Route::Lowered(price) };
            }
            (Verdict::NotApplicable, Some(_)) => {
                if !beyond {
                    walker.place.fails = Some(RevivalAtLine::ID);
                }
                walker.place.route = Route::Open;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The share of what falls to a winner that is agreed, by whether it supplies today.
pub(super) fn own_share(count: &mut Count<'_>, walker: &mut Walker, rule: &Cited<AgreedShareByIncumbency>) {
    let restricted = count.lot.volume_class == VolumeClass::Restricted;
    let Some(bid) = count.bids.get_mut(walker.at).filter(|_| walker.wins_at().is_some()) else { return };
    let Some(incumbent) = bid.incumbent else { return };
    let share = match (restricted, incumbent) {
        (true, _) => rule.rule.restricted,
        (false, true) => rule.rule.incumbent,
        (false, false) => rule.rule.newcomer,
    };
    walker.place.own_share = Some(share);
    let facts = vec![
        Fact::new("incumbent", if incumbent { "yes" } else { "no" }),
        Fact::new("volume_class", if restricted { "restricted" } else { "ordinary" }),
        Fact::new("winner_share", share),
    ];
    bid.say(AgreedShareByIncumbency::ID, Verdict::Pass, facts, &rule.cite);
}
