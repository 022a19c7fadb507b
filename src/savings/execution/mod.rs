//! Execution: what was bought after the award, beside what was agreed.
//!
//! Agreed volumes are a year's. After `m` months of the term, `y = ⌈m / 12⌉` years have begun, and what is agreed by then is
//! `y` times a year's volume; even use would have taken `m / 12y` of it. Purchases count from any winner of the lot; what
//! comes from anybody else is outside the award.
//!
//! A month is never guessed. A region of a lot counts once every supplier with an agreed volume there has a row for each
//! month so far; until then it stays out of both sides, and the coverage says so. Inside what a supplier reported for a
//! region there may be no hole.
//!
//! | file | what |
//! | --- | --- |
//! | `matched` | rows beside the award: who sold what, and everything that does not fit |
//! | `agreed` | agreed volumes by lot, region, supplier and institution |
//! | `months` | which months are reported, holes, and which regions count |
//! | `fulfilment` | agreed and bought, for the whole and for each part |
//! | `pace` | how long the agreed volume lasts |
//! | `outside` | purchases from others than the winners |
//! | `realised` | savings on what was really bought |

mod agreed;
mod fulfilment;
mod matched;
mod months;
mod outside;
mod pace;
mod realised;

use crate::allocate::Allocation;
use crate::certify::CertifiedAward;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::Inexact;
use crate::tender::{Actual, LotId, Month, Region, SupplierId};

pub use fulfilment::{Fulfilment, Scope, Standing};
pub use outside::{Outside, OutsideTotal};
pub use pace::Pace;
pub use realised::Realised;

/// What was bought beside what was agreed.
#[derive(Debug, Clone)]
pub struct Execution {
    /// First month of the term.
    pub start: Month,
    /// Last month with a row.
    pub through: Month,
    /// Months from the first of the term to the last with a row, both counted.
    pub elapsed: u32,
    /// Rows of the table.
    pub rows: usize,
    /// Rows with a volume above zero and without a price: they count in volumes and in no amount that was paid.
    pub rows_unpriced: usize,
    /// The whole, each lot, each supplier, each region, each institution; then the same within each lot.
    pub fulfilment: Vec<Fulfilment>,
    /// The share of the agreed volume of the years begun that was bought by the end of each month, for the whole; by value at
    /// award prices where there are several lots. Empty where nothing is agreed.
    pub by_month: Vec<(Month, crate::money::Fraction)>,
    /// Regions of a lot that do not count, each with the suppliers that did not report every month.
    pub not_reported: Vec<NotReported>,
    /// Purchases from others than the winners, by lot, supplier and region.
    pub outside: Vec<Outside>,
    /// The same for each lot and for the whole.
    pub outside_totals: Vec<OutsideTotal>,
    /// Savings on what was bought of the winners, for the whole and for each lot, by baseline.
    pub realised: Vec<Realised>,
}

/// A region of a lot whose purchases are not known for every month so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotReported {
    /// The lot.
    pub lot_id: LotId,
    /// The region.
    pub region: Region,
    /// A supplier with an agreed volume there.
    pub supplier_id: SupplierId,
    /// First and last month that it reported; `None` when it reported none.
    pub reported: Option<(Month, Month)>,
}

/// What was bought, beside the award. `start` is the first month of the term. Warnings go to `warnings`.
///
/// # Errors
/// Every row that does not fit the award: its lot, region, supplier or product is unknown, its month lies outside the term,
/// a month is missing. Sums that cannot be held exactly.
pub fn execution(
    award: &CertifiedAward,
    allocation: &Allocation,
    rows: &[Actual],
    start: Month,
    warnings: &mut Diagnostics,
) -> Result<Execution, Diagnostics> {
    let bought = matched::matched(award, allocation, rows, start, warnings)?;
    let agreed = agreed::agreed(award, allocation).map_err(|Inexact| too_large("agreed"))?;
    let elapsed = rows.iter().filter_map(|row| row.month.since(start)).max().unwrap_or(0).saturating_add(1);
    let terms = matched::terms(award, start);
    let months = months::months(award, &agreed, &bought, rows, &terms, elapsed, start)?;
    let sums = fulfilment::Sums { award, agreed: &agreed, bought: &bought, months: &months, start };
    let fulfilment = fulfilment::fulfilment(&sums).map_err(|Inexact| too_large("fulfilment"))?;
    let by_month = fulfilment::by_month(&sums).map_err(|Inexact| too_large("fulfilment"))?;
    let outside = outside::outside(award, allocation, &bought).map_err(|Inexact| too_large("outside"))?;
    let realised = realised::realised(award, &bought).map_err(|Inexact| too_large("savings"))?;
    let unpriced = |row: &&Actual| row.price.is_none() && !row.volume.is_zero();
    Ok(Execution {
        start,
        through: start.plus(elapsed.saturating_sub(1)).unwrap_or(start),
        elapsed,
        rows: rows.len(),
        rows_unpriced: rows.iter().filter(unpriced).count(),
        fulfilment,
        by_month,
        not_reported: months.not_reported,
        outside: outside.0,
        outside_totals: outside.1,
        realised,
    })
}

fn too_large(of: &str) -> Diagnostics {
    Diagnostic::new(Code::ExecutionTooLarge).with("of", of).into()
}
