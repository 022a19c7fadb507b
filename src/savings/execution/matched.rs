//! Rows beside the award: who sold what, and everything that does not fit.

use std::collections::BTreeSet;

use crate::allocate::{Allocation, Basis, LotAllocation};
use crate::certify::{CertifiedAward, LotAward};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::money::{Quantity, UnitPrice};
use crate::rules::RuleSet;
use crate::screen::ScreenedLot;
use crate::tender::{Actual, Lot, Month, Region, SupplierId};

/// What was bought of one supplier's product in one month.
#[derive(Debug, Clone)]
pub(super) struct Bought<'a> {
    /// Place of the lot in the award.
    pub lot: usize,
    /// Place in the lot's list of bids; `None` when the supplier did not bid on the lot.
    pub bid: Option<usize>,
    /// The award price, when the bid won.
    pub award_price: Option<UnitPrice>,
    pub supplier: &'a SupplierId,
    pub region: &'a Region,
    pub institution: Option<&'a str>,
    /// Months after the first of the term.
    pub month: u32,
    pub volume: Quantity,
    pub price: Option<UnitPrice>,
}

/// A lot with all that the award says of it.
struct Awarded<'a> {
    at: usize,
    screened: &'a ScreenedLot,
    award: &'a LotAward,
    volumes: &'a LotAllocation,
    term: Term,
}

impl Awarded<'_> {
    /// What a winner is paid in a region: its price there or for its quantity, where it has several.
    fn award_price(&self, bid: usize, region: &Region) -> Option<UnitPrice> {
        let winner = self.award.winners.iter().find(|winner| winner.bid == bid);
        let paid = winner.and_then(|winner| winner.price_in(region).or_else(|| winner.mean_price()));
        paid.or_else(|| self.screened.award_price(bid))
    }
}

/// The months of a lot's term, as far as they are known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// How many months it has; `None` when the award does not say.
    pub months: Option<u32>,
}

/// The term of each lot, in the order of the award.
pub(super) fn terms(award: &CertifiedAward, start: Month) -> Vec<Term> {
    award.lots().map(|(_, lot)| term(&award.screened().rules, lot, start)).collect()
}

fn term(rules: &RuleSet, lot: &LotAward, start: Month) -> Term {
    let years = lot.term_years.map(|years| years.saturating_mul(Month::OF_A_YEAR));
    let until = rules
        .term_until
        .as_ref()
        .map(|rule| Month::of(rule.rule.until).since(start).map_or(0, |months| months.saturating_add(1)));
    Term { months: until.or(years) }
}

/// The purchases that rows state, in their order.
///
/// # Errors
/// Every row that does not fit the award.
pub(super) fn matched<'a>(
    award: &'a CertifiedAward,
    allocation: &'a Allocation,
    rows: &'a [Actual],
    start: Month,
    warnings: &mut Diagnostics,
) -> Result<Vec<Bought<'a>>, Diagnostics> {
    let lots: Vec<Awarded<'a>> = award
        .lots()
        .zip(&allocation.lots)
        .zip(terms(award, start))
        .enumerate()
        .map(|(at, (((screened, award), volumes), term))| Awarded { at, screened, award, volumes, term })
        .collect();
    let known = known_suppliers(award);
    let mut faults = Diagnostics::new();
    let mut strangers = BTreeSet::new();
    let mut all = Vec::new();
    for row in rows {
        let Some(lot) = lot_of(&lots, row, &mut faults) else { continue };
        let region = region_of(lot, row, &mut faults);
        let month = month_of(lot, row, start, &mut faults);
        let bid = bid_of(lot, row, &known, &mut faults);
        let (Some(region), Some(month), Some(bid)) = (region, month, bid) else { continue };
        let won = bid.filter(|bid| lot.volumes.winners.iter().any(|winner| winner.bid == *bid));
        let award_price = won.and_then(|bid| lot.award_price(bid, region));
        warnings.extend(dear(row, award_price));
        if strangers.insert((lot.at, region, row.institution.as_deref())) {
            warnings.extend(stranger(lot, row));
        }
        all.push(Bought {
            lot: lot.at,
            bid,
            award_price,
            supplier: &row.supplier_id,
            region,
            institution: row.institution.as_deref(),
            month,
            volume: row.volume,
            price: row.price,
        });
    }
    if faults.has_errors() { Err(faults) } else { Ok(all) }
}

/// Every bidder of the tender, and every firm of suppliers.csv.
fn known_suppliers(award: &CertifiedAward) -> BTreeSet<&SupplierId> {
    let bidders = award.lots().flat_map(|(lot, _)| &lot.comparable.lot.bids).map(|bid| &bid.supplier_id);
    bidders.chain(award.screened().suppliers.keys()).collect()
}

/// A fault at a place, with the known name that is nearest to what stands there.
fn fault<'n>(code: Code, place: &Place, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let fault = Diagnostic::at(code, place.clone());
    match nearest(&place.text, known) {
        Some(near) => fault.with("near", near),
        None => fault,
    }
}

fn lot_of<'l, 'a>(
    lots: &'l [Awarded<'a>],
    row: &Actual,
    faults: &mut Diagnostics,
) -> Option<&'l Awarded<'a>> {
    let ids = lots.iter().map(|lot| lot.screened.comparable.lot.id.as_str());
    let Some(lot) = lots.iter().find(|lot| lot.screened.comparable.lot.id == row.lot_id) else {
        faults.push(fault(Code::LotUnknown, &row.places.lot_id, ids));
        return None;
    };
    if lot.volumes.basis == Basis::Open {
        faults.push(Diagnostic::at(Code::ActualNotAgreed, row.places.lot_id.clone()));
        return None;
    }
    Some(lot)
}

fn region_of<'a>(lot: &Awarded<'a>, row: &'a Actual, faults: &mut Diagnostics) -> Option<&'a Region> {
    let stated: &Lot = &lot.screened.comparable.lot;
    if stated.demand.iter().any(|demand| demand.region == row.region) {
        return Some(&row.region);
    }
    let known = stated.demand.iter().map(|demand| demand.region.as_str());
    let unknown = fault(Code::RegionWithoutDemand, &row.places.region, known);
    faults.push(unknown.with("lot", row.lot_id.as_str()));
    None
}

fn month_of(lot: &Awarded<'_>, row: &Actual, start: Month, faults: &mut Diagnostics) -> Option<u32> {
    let month = row.month.since(start);
    let inside = month.filter(|month| lot.term.months.is_none_or(|months| *month < months));
    if inside.is_none() {
        let until = lot.term.months.and_then(|months| start.plus(months.saturating_sub(1)));
        let fault = Diagnostic::at(Code::MonthOutsideTerm, row.places.month.clone())
            .with("lot", row.lot_id.as_str())
            .with("from", start.to_string())
            .with("until", until.map_or_else(|| "…".to_owned(), |month| month.to_string()));
        faults.push(fault);
    }
    inside
}

/// The bid that was bought: `Some(None)` when the supplier did not bid on the lot; `None` with a fault.
fn bid_of(
    lot: &Awarded<'_>,
    row: &Actual,
    known: &BTreeSet<&SupplierId>,
    faults: &mut Diagnostics,
) -> Option<Option<usize>> {
    let stated = &lot.screened.comparable.lot;
    let own: Vec<(usize, Option<&str>)> = (0_usize..)
        .zip(&stated.bids)
        .filter(|(_, bid)| bid.supplier_id == row.supplier_id)
        .map(|(at, bid)| (at, bid.product.as_deref()))
        .collect();
    if own.is_empty() {
        if known.contains(&row.supplier_id) {
            return Some(None);
        }
        let ids = known.iter().map(|id| id.as_str());
        faults.push(fault(Code::ActualSupplierUnknown, &row.places.supplier_id, ids));
        return None;
    }
    let products: BTreeSet<&str> = own.iter().filter_map(|(_, product)| *product).collect();
    let named = row.product.as_deref().filter(|_| !products.is_empty());
    let fits = |(_, product): &&(usize, Option<&str>)| named.is_none() || *product == named;
    let fitting: Vec<usize> = own.iter().filter(fits).map(|(at, _)| *at).collect();
    if let [one] = fitting.as_slice() {
        return Some(Some(*one));
    }
    let code = if fitting.is_empty() { Code::ActualProductUnknown } else { Code::ActualProductNeeded };
    let fault = fault(code, &row.places.product, products.iter().copied());
    faults.push(
        fault
            .with("supplier", row.supplier_id.as_str())
            .with("lot", row.lot_id.as_str())
            .with("known", products.into_iter().collect::<Vec<_>>().join(", ")),
    );
    None
}

/// A winner's product was bought above its award price.
fn dear(row: &Actual, award_price: Option<UnitPrice>) -> Option<Diagnostic> {
    let award = award_price.filter(|award| row.price.is_some_and(|paid| paid > *award))?;
    Some(
        Diagnostic::at(Code::PriceAboveAward, row.places.price.clone())
            .with("supplier", row.supplier_id.as_str())
            .with("lot", row.lot_id.as_str())
            .with("month", row.month.to_string())
            .with("award", award.to_string()),
    )
}

/// An institution that reported nothing for the lot in its region, where others did by name.
fn stranger(lot: &Awarded<'_>, row: &Actual) -> Option<Diagnostic> {
    let institution = row.institution.as_deref()?;
    let demand = &lot.screened.comparable.lot.demand;
    let mut there = demand.iter().filter(|demand| demand.region == row.region);
    let named: Vec<&str> = there.by_ref().filter_map(|demand| demand.institution.as_deref()).collect();
    (!named.is_empty() && !named.contains(&institution)).then(|| {
        Diagnostic::at(Code::InstitutionWithoutDemand, row.places.institution.clone())
            .with("lot", row.lot_id.as_str())
            .with("region", row.region.as_str())
    })
}
