//! Revival: who may still win by lowering to the price of those that passed.

use std::collections::BTreeMap;

use super::Route;
use super::ranking::Ranked;
use super::shortlist::Seat;
use crate::compare::ComparableLot;
use crate::money::{Inexact, Quantity, Ratio, UnitPrice};
use crate::rules::{Cited, PriceClass, RevivalOfFused, RevivalOfUnshortlisted, Unshortlisted};
use crate::tender::{Reason, Verdict};

/// A ranked bid on its way through the rules.
#[derive(Debug, Clone)]
pub(super) struct Contender {
    /// Its rank.
    pub(super) place: Ranked,
    /// Whether it is within the places.
    pub(super) seat: Seat,
    /// Its first price.
    pub(super) price: UnitPrice,
    /// The rule that keeps it from winning, so far.
    pub(super) fails: Option<&'static str>,
    /// Whether price tests alone keep it from winning.
    pub(super) fused: bool,
    /// Whether a cap keeps it from winning whatever else lets it win.
    pub(super) capped: bool,
    /// Its class, should it win.
    pub(super) class: Option<PriceClass>,
    /// Which share of what falls to it is agreed, where that is its own.
    pub(super) agreed_share: Option<Ratio>,
    /// How it wins, should it win.
    pub(super) route: Route,
    /// What the rules said, from its rank on.
    pub(super) reasons: Vec<Reason>,
}

impl Contender {
    /// Its award price, if it is shortlisted and wins, or may win by a draw.
    pub(super) fn wins_at(&self) -> Option<UnitPrice> {
        match (self.seat, self.fails, self.route) {
            (Seat::Within { .. }, None, Route::Revived { price } | Route::Matched { price }) => Some(price),
            (Seat::Within { .. }, None, _) => Some(self.price),
            _ => None,
        }
    }

    /// Its award price, if it wins by its place or without one.
    pub(super) fn award_price(&self) -> Option<UnitPrice> {
        match self.route {
            Route::Guaranteed if self.fails.is_none() => Some(self.price),
            Route::RevivedAtLine { price } | Route::RevivedWithoutPlace { price } => Some(price),
            _ => self.wins_at(),
        }
    }

    fn is_within(&self) -> bool {
        matches!(self.seat, Seat::Within { .. })
    }
}

/// The award prices of the shortlisted that win, of at most `places` of them. Bids that share the last place have equal prices;
/// those of them that win are counted first, so that no name decides.
fn winning(contenders: &[Contender], places: u32) -> Vec<UnitPrice> {
    let mut within: Vec<&Contender> = contenders.iter().filter(|contender| contender.is_within()).collect();
    within.sort_by_key(|contender| (contender.place.rank, contender.wins_at().is_none()));
    let most = usize::try_from(places).unwrap_or(usize::MAX);
    within.into_iter().take(most).filter_map(Contender::wins_at).collect()
}

/// Asks every shortlisted bid that failed a price test whether it takes the price of those that passed.
///
/// # Errors
/// [`Inexact`] when the price needs more than 28 digits.
pub(super) fn of_fused(
    contenders: &mut [Contender],
    places: u32,
    rule: &Cited<RevivalOfFused>,
    lot: &ComparableLot,
    anchor: Option<UnitPrice>,
) -> Result<(), Inexact> {
    let passed = winning(contenders, places);
    let price = rule.rule.price(&passed, anchor)?;
    for contender in contenders.iter_mut().filter(|contender| contender.is_within() && contender.fused) {
        let accepts = lot.lot.bids.get(contender.place.bid).and_then(|bid| bid.accepts_revival);
        let judged = rule.rule.judge(contender.price, price, passed.len(), accepts);
        match price {
            Some(price) if judged.verdict == Verdict::Pass => {
                contender.fails = None;
                contender.route = Route::Revived { price: price.min(contender.price) };
            }
            _ if judged.is_open() => {
                contender.fails = Some(RevivalOfFused::ID);
                contender.route = Route::Open;
            }
            _ => {}
        }
        contender.reasons.push(judged.recorded(RevivalOfFused::ID, rule.cite.clone()));
    }
    Ok(())
}

/// Asks every bid beyond the places that hospitals want whether it takes the winners' price.
///
/// # Errors
/// [`Inexact`] when a number needs more than 28 digits.
pub(super) fn of_unshortlisted(
    contenders: &mut [Contender],
    places: u32,
    rule: &Cited<RevivalOfUnshortlisted>,
    lot: &ComparableLot,
) -> Result<(), Inexact> {
    let Some(highest) = contenders.iter().map(|contender| contender.price).max() else { return Ok(()) };
    let waits = contenders
        .iter()
        .any(|contender| contender.route == Route::Open || contender.seat == Seat::Within { edge: true });
    let price = rule.rule.price(&winning(contenders, places))?;
    let demand = brand_demand(lot)?;
    let all_brands = Quantity::total(demand.values().copied())?;
    let brands = u32::try_from(demand.len()).map_err(|_| Inexact)?;
    // Who may share the last place by a draw may also be left beyond it.
    for contender in contenders.iter_mut().filter(|contender| contender.seat == Seat::Beyond) {
        let Some(bid) = lot.lot.bids.get(contender.place.bid) else { continue };
        let judged = rule.rule.judge(Unshortlisted {
            comparable_price: contender.price,
            highest,
            brand_demand: demand.get(bid.supplier_id.as_str()).copied(),
            all_brands,
            brands,
            price,
            waits,
            accepts: bid.accepts_revival,
        })?;
        match price {
            Some(price) if judged.verdict == Verdict::Pass => {
                contender.route = Route::RevivedWithoutPlace { price: price.min(contender.price) };
            }
            _ if judged.is_open() => contender.route = Route::Open,
            _ => {}
        }
        contender.reasons.push(judged.recorded(RevivalOfUnshortlisted::ID, rule.cite.clone()));
    }
    Ok(())
}

/// What was reported for each brand.
fn brand_demand(lot: &ComparableLot) -> Result<BTreeMap<&str, Quantity>, Inexact> {
    let mut demand: BTreeMap<&str, Quantity> = BTreeMap::new();
    for row in &lot.demand {
        if let Some(supplier) = &row.supplier_id {
            let sum = demand.entry(supplier.as_str()).or_default();
            *sum = sum.plus(row.volume)?;
        }
    }
    Ok(demand)
}
