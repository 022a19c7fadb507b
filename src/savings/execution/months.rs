//! Which months are reported, holes, and which regions of a lot count.

use std::collections::{BTreeMap, BTreeSet};

use super::NotReported;
use super::agreed::Agreed;
use super::matched::{Bought, Term};
use crate::certify::CertifiedAward;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::tender::{Actual, Month, Region, SupplierId};

/// How far a lot's term has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Progress {
    /// Months so far, at most those of the term.
    pub elapsed: u32,
    /// Years that have begun.
    pub years: u32,
}

/// What is known of the months.
pub(super) struct Months<'a> {
    /// Of each lot, in the order of the award.
    pub progress: Vec<Progress>,
    /// Lots and regions that count.
    pub counted: BTreeSet<(usize, &'a Region)>,
    pub not_reported: Vec<NotReported>,
}

type Series<'a> = (usize, &'a Region, &'a SupplierId);

/// Looks for holes, and for regions of a lot where a supplier with an agreed volume has not reported every month so far.
///
/// # Errors
/// Every month without a row between months with rows.
pub(super) fn months<'a>(
    award: &CertifiedAward,
    agreed: &Agreed<'a>,
    bought: &[Bought<'a>],
    rows: &[Actual],
    terms: &[Term],
    elapsed: u32,
    start: Month,
) -> Result<Months<'a>, Diagnostics> {
    let mut series: BTreeMap<Series<'a>, BTreeMap<u32, usize>> = BTreeMap::new();
    for (at, one) in bought.iter().enumerate() {
        let key = (one.lot, one.region, one.supplier);
        series.entry(key).or_default().entry(one.month).or_insert(at);
    }
    holes(&series, rows, start)?;
    let progress: Vec<Progress> = terms.iter().map(|term| progress(*term, elapsed)).collect();
    let mut counted: BTreeSet<(usize, &Region)> =
        agreed.suppliers.iter().map(|one| (one.lot, one.region)).collect();
    let mut not_reported = Vec::new();
    for one in agreed.suppliers.iter().filter(|one| !one.amount.volume.is_zero()) {
        let reported = series.get(&(one.lot, one.region, one.supplier));
        let span = reported.and_then(|months| Some((*months.keys().next()?, *months.keys().next_back()?)));
        let last = progress.get(one.lot).map_or(0, |progress| progress.elapsed).saturating_sub(1);
        if span.is_some_and(|(first, latest)| first == 0 && latest >= last) {
            continue;
        }
        counted.remove(&(one.lot, one.region));
        let month = |months: u32| start.plus(months).unwrap_or(start);
        not_reported.extend(award.lots().nth(one.lot).map(|(lot, _)| NotReported {
            lot_id: lot.comparable.lot.id.clone(),
            region: one.region.clone(),
            supplier_id: one.supplier.clone(),
            reported: span.map(|(first, latest)| (month(first), month(latest))),
        }));
    }
    Ok(Months { progress, counted, not_reported })
}

fn progress(term: Term, elapsed: u32) -> Progress {
    let elapsed = term.months.map_or(elapsed, |months| elapsed.min(months.max(1)));
    Progress { elapsed, years: elapsed.div_ceil(Month::OF_A_YEAR) }
}

/// A month without a row between months with rows is unknown; the fault stands at the next row that is there.
fn holes(
    series: &BTreeMap<Series<'_>, BTreeMap<u32, usize>>,
    rows: &[Actual],
    start: Month,
) -> Result<(), Diagnostics> {
    let mut faults = Diagnostics::new();
    for ((_, region, supplier), months) in series {
        let next = months.iter().skip(1);
        for ((before, _), (after, at)) in months.iter().zip(next) {
            let missing: Vec<String> = (before.saturating_add(1)..*after)
                .filter_map(|month| start.plus(month))
                .map(|month| month.to_string())
                .collect();
            let Some(row) = rows.get(*at).filter(|_| !missing.is_empty()) else { continue };
            let fault = Diagnostic::at(Code::MonthMissing, row.places.month.clone())
                .with("supplier", supplier.as_str())
                .with("lot", row.lot_id.as_str())
                .with("region", region.as_str())
                .with("missing", missing.join(", "));
            faults.push(fault);
        }
    }
    if faults.has_errors() { Err(faults) } else { Ok(()) }
}
