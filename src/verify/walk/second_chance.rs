//! Second chances: who wins by lowering to the price of those that passed.

use std::collections::BTreeMap;

use super::award::{Place, Route};
use super::shortlist::Seat;
use crate::money::{Inexact, Quantity, Rounding, UnitPrice};
use crate::rules::{Cited, MatchTheLowest, PriceLevel, RevivalOfFused, RevivalOfUnshortlisted, SoleBase};
use crate::tender::{Fact, SupplierId, Verdict};
use crate::verify::bids::{BidCount, Count, kept};

/// A ranked bid on its way.
pub(super) struct Walker {
    /// Place in the lot's list of bids.
    pub(super) at: usize,
    pub(super) price: UnitPrice,
    pub(super) seat: Seat,
    pub(super) place: Place,
    /// Whether price tests alone keep it from winning.
    pub(super) too_dear: bool,
    /// Whether it does not win whatever else lets it win.
    pub(super) barred: bool,
}

impl Walker {
    fn within(&self) -> bool {
        matches!(self.seat, Seat::Within { .. })
    }

    /// The price at which it wins, by its place or without one, should it win.
    pub(super) fn wins_at(&self) -> Option<UnitPrice> {
        match self.place.route {
            Route::Guaranteed => Some(self.price),
            Route::AtLine(price) | Route::LoweredWithoutPlace(price) => Some(price),
            _ => self.paid(),
        }
    }

    /// The price at which it wins by its place, should it win.
    fn paid(&self) -> Option<UnitPrice> {
        let price = self.place.route.lowered().unwrap_or(self.price);
        (self.within() && self.place.fails.is_none()).then_some(price)
    }
}

/// Bids within the places that passed may take the lowest price among them; who has it already takes nothing.
pub(super) fn match_lowest(count: &mut Count<'_>, walkers: &mut [Walker], rule: &Cited<MatchTheLowest>) {
    let Some(lowest) = walkers.iter().filter_map(Walker::paid).min() else { return };
    for walker in walkers.iter_mut().filter(|walker| walker.paid().is_some()) {
        let Some(bid) = count.bids.get_mut(walker.at) else { continue };
        let mut facts = vec![Fact::new("comparable_price", walker.price), Fact::new("lowest_price", lowest)];
        let answer = if walker.price > lowest { bid.bid.accepts_match } else { Some(true) };
        if walker.price > lowest {
            facts.push(match answer {
                Some(true) => Fact::new("matched", "yes"),
                Some(false) => Fact::new("matched", "no"),
                None => Fact::new("answer", "missing"),
            });
        }
        match answer {
            Some(true) if walker.price > lowest => walker.place.route = Route::Matched(lowest),
            Some(true) => {}
            Some(false) => walker.place.fails = Some(MatchTheLowest::ID),
            None => {
                walker.place.fails = Some(MatchTheLowest::ID);
                walker.place.route = Route::Open;
            }
        }
        bid.say(MatchTheLowest::ID, answer.map_or(Verdict::NotApplicable, kept), facts, &rule.cite);
    }
}

/// What those within the places that win are paid, of as many as there are places; who wins is counted first among those that
/// share the last place, for they have one price.
fn paid(walkers: &[Walker], places: u32) -> Vec<UnitPrice> {
    let mut within: Vec<&Walker> = walkers.iter().filter(|walker| walker.within()).collect();
    within.sort_by_key(|walker| (walker.place.rank, walker.paid().is_none()));
    let most = usize::try_from(places).unwrap_or(usize::MAX);
    within.into_iter().take(most).filter_map(Walker::paid).collect()
}

/// What the rule says of a bid whose price to take is known: by its answer, which may be missing.
pub(super) fn answered(bid: &BidCount<'_>, facts: &mut Vec<Fact>) -> Verdict {
    match bid.bid.accepts_revival {
        Some(accepts) => kept(accepts),
        None => {
            facts.push(Fact::new("answer", "missing"));
            Verdict::NotApplicable
        }
    }
}

/// Bids within the places that were too dear may come down to the highest price of those that passed.
///
/// # Errors
/// [`Inexact`] when the price cannot be held.
pub(super) fn of_the_too_dear(
    count: &mut Count<'_>,
    walkers: &mut [Walker],
    places: u32,
    anchor: Option<UnitPrice>,
    rule: &Cited<RevivalOfFused>,
) -> Result<(), Inexact> {
    let paid = paid(walkers, places);
    let price = match (paid.as_slice(), rule.rule.sole_base) {
        ([sole], SoleBase::Price) => Some(*sole),
        ([_], SoleBase::Anchor) => anchor,
        (several, _) => several.iter().max().copied(),
    };
    let price = match (price, paid.len()) {
        (Some(base), 1) => Some(base.scaled(rule.rule.sole_multiple)?.rounded(rule.rule.rounding)?),
        (price, _) => price,
    };
    for walker in walkers.iter_mut().filter(|walker| walker.within() && walker.too_dear) {
        let Some(bid) = count.bids.get_mut(walker.at) else { continue };
        let mut facts = vec![Fact::new("comparable_price", walker.price)];
        facts.push(Fact::new("passed_bids", paid.len()));
        facts.extend(price.map(|price| Fact::new("revival_price", price)));
        let verdict = price.map_or(Verdict::NotApplicable, |_| answered(bid, &mut facts));
        match (verdict, price) {
            (Verdict::Pass, Some(price)) => {
                walker.place.fails = None;
                walker.place.route = Route::Lowered(price.min(walker.price));
            }
            (Verdict::NotApplicable, Some(_)) => {
                walker.place.fails = Some(RevivalOfFused::ID);
                walker.place.route = Route::Open;
            }
            _ => {}
        }
        bid.say(RevivalOfFused::ID, verdict, facts, &rule.cite);
    }
    Ok(())
}

/// Bids beyond the places may come down to the winners' price when at least the mean was asked for of their brand.
///
/// # Errors
/// [`Inexact`] when a number cannot be held.
pub(super) fn of_those_beyond(
    count: &mut Count<'_>,
    walkers: &mut [Walker],
    places: u32,
    rule: &Cited<RevivalOfUnshortlisted>,
) -> Result<(), Inexact> {
    let Some(highest) = walkers.iter().map(|walker| walker.price).max() else { return Ok(()) };
    let edge = Seat::Within { edge: true };
    let waits = walkers.iter().any(|walker| walker.place.route == Route::Open || walker.seat == edge);
    let paid = paid(walkers, places);
    let price = match rule.rule.level {
        PriceLevel::Highest => paid.iter().max().copied(),
        PriceLevel::Lowest => paid.iter().min().copied(),
        PriceLevel::Mean if paid.is_empty() => None,
        PriceLevel::Mean => Some(UnitPrice::mean(&paid, rule.rule.rounding).ok_or(Inexact)?),
    };
    let mut asked: BTreeMap<&SupplierId, Quantity> = BTreeMap::new();
    for (row, volume) in count.demand.iter().copied() {
        let Some(supplier) = &row.supplier_id else { continue };
        let sum = asked.entry(supplier).or_default();
        *sum = sum.plus(volume)?;
    }
    let brands = u32::try_from(asked.len()).map_err(|_| Inexact)?;
    let all = Quantity::total(asked.values().copied())?;
    for walker in walkers.iter_mut().filter(|walker| walker.seat == Seat::Beyond) {
        let Some(bid) = count.bids.get_mut(walker.at) else { continue };
        let mut facts = vec![Fact::new("comparable_price", walker.price)];
        facts.push(Fact::new("highest_price", highest));
        let mut verdict = Verdict::NotApplicable;
        if brands > 0 && (price.is_some() || waits) {
            let own = asked.get(&bid.bid.supplier_id).copied();
            let bar = not_wanted(own, all, brands, &mut facts)?;
            let bar = bar.or((walker.price >= highest).then_some("highest"));
            facts.push(bar.map_or(Fact::new("level", rule.rule.level.name()), |bar| Fact::new("bar", bar)));
            verdict = match bar {
                Some(_) => Verdict::Fail,
                None if waits => {
                    facts.push(Fact::new("answer", "waits"));
                    Verdict::NotApplicable
                }
                None => {
                    facts.extend(price.map(|price| Fact::new("revival_price", price)));
                    answered(bid, &mut facts)
                }
            };
            match (verdict, price) {
                (Verdict::Pass, Some(price)) => {
                    walker.place.route = Route::LoweredWithoutPlace(price.min(walker.price));
                }
                (Verdict::NotApplicable, _) => walker.place.route = Route::Open,
                _ => {}
            }
        }
        bid.say(RevivalOfUnshortlisted::ID, verdict, facts, &rule.cite);
    }
    Ok(())
}

/// Why a brand is not wanted enough: less was asked for than the mean of all brands. The mean is shown rounded and compared
/// unrounded.
fn not_wanted(
    own: Option<Quantity>,
    all: Quantity,
    brands: u32,
    facts: &mut Vec<Fact>,
) -> Result<Option<&'static str>, Inexact> {
    facts.extend(own.map(|own| Fact::new("brand_demand", own)));
    facts.push(Fact::new("mean_brand_demand", all.mean_over(brands, SHOWN).ok_or(Inexact)?));
    let enough = match own {
        Some(own) => own.times_count(brands)? >= all,
        None => false,
    };
    Ok((!enough).then_some("demand"))
}

/// Steps of the mean volume as it is shown.
const SHOWN: Rounding = Rounding::half_up(4);
