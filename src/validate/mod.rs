//! Tables of text to a Tender, all errors collected.
//!
//! Every cell is taken exactly as written, or refused with its place; ids are matched across the tables. What depends on
//! the rule set, such as who may bid beside whom, is checked by the stages that know it.

mod acts;
mod actual;
mod alike;
mod baselines;
mod bids;
mod cells;
mod dates;
mod demand;
mod lots;
mod notice;
mod numbers;
mod offers;
mod packages;
mod purchases;
mod rules_place;
mod seen;
mod suppliers;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::Quantity;
use crate::read::{Cell, Column, Row, TenderTables};
use crate::tender::{Demand, Lot, LotId, Tender};

pub use actual::actual;
pub use notice::{NoticeKey, notice, notice_keys};
pub use purchases::{purchases, retention};
pub use rules_place::in_notice;
pub use words::words_of;

/// The tender that the tables state, and the warnings found on the way.
///
/// # Errors
/// Every fault of every file, warnings among them.
pub fn validate(tables: &TenderTables) -> Result<(Tender, Diagnostics), Diagnostics> {
    let mut found = tables.warnings.clone();
    let notice = notice(&tables.notice).map_err(|faults| found.append(faults));
    let suppliers = suppliers::suppliers(tables.suppliers.as_ref(), &mut found);
    let mut lots = lots::lots(&tables.lots, &mut found);
    demand::demand(&tables.demand, &mut lots, &mut found);
    let listed = tables.suppliers.is_some().then_some(&suppliers);
    bids::bids(&tables.bids, &mut lots, listed, &mut found);
    acts::picks(tables.picks.as_ref(), &mut lots, &mut found);
    acts::decisions(tables.decisions.as_ref(), &mut lots, &mut found);
    acts::expected(tables.expected.as_ref(), &mut lots, &mut found);
    baselines::baselines(tables.baselines.as_ref(), &mut lots, &mut found);
    offers::tiers(tables.tiers.as_ref(), &mut lots, &mut found);
    offers::regional_prices(tables.regional_prices.as_ref(), &mut lots, &mut found);
    let packages = packages::packages(tables.packages.as_ref(), &mut lots, &mut found);
    alike::alike(tables, &mut found);
    whole_lots(tables, &lots, &mut found);
    match notice {
        Ok(notice) if !found.has_errors() => {
            let lots = lots.into_values().map(sorted).collect();
            Ok((Tender { notice, lots, suppliers, packages, inputs: tables.inputs.clone() }, found))
        }
        _ => Err(found),
    }
}

/// A lot needs demand above zero; one without bids is only said. A row with a fault of its own still counts.
fn whole_lots(tables: &TenderTables, lots: &BTreeMap<LotId, Lot>, found: &mut Diagnostics) {
    let zero = |row: &Row<'_>| {
        let volume = row.cell(Column::Volume).map(Cell::text);
        volume.is_some_and(|text| Quantity::parse(&text).is_ok_and(Quantity::is_zero))
    };
    let wanted = lots_named(tables.demand.rows().filter(|row| !zero(row)));
    let bid_on = lots_named(tables.bids.rows());
    let mut seen = BTreeSet::new();
    for cell in tables.lots.rows().filter_map(|row| row.cell(Column::LotId)) {
        let id = cell.text();
        if !lots.contains_key(&LotId::new(id.clone())) || !seen.insert(id.clone()) {
            continue;
        }
        if !wanted.contains(&id) {
            found.push(Diagnostic::at(Code::LotWithoutDemand, cell.place()));
        }
        if !bid_on.contains(&id) {
            found.push(Diagnostic::at(Code::LotWithoutBids, cell.place()));
        }
    }
}

/// The lots that rows are about.
fn lots_named<'t>(rows: impl Iterator<Item = Row<'t>>) -> BTreeSet<Cow<'t, str>> {
    rows.filter_map(|row| row.cell(Column::LotId)).map(Cell::text).collect()
}

/// The lot with its lists in the order of their ids, so that the order of rows is gone.
fn sorted(mut lot: Lot) -> Lot {
    lot.bids.sort_by(|one, other| one.id.cmp(&other.id));
    lot.demand.sort_by(|one, other| demand_order(one).cmp(&demand_order(other)));
    lot.picks.sort_by(|one, other| (&one.region, one.role).cmp(&(&other.region, other.role)));
    lot.decisions.sort_by(|one, other| {
        (&one.supplier_id, &one.region, one.act).cmp(&(&other.supplier_id, &other.region, other.act))
    });
    for bid in &mut lot.bids {
        bid.bands.sort_by_key(|band| band.min_quantity);
        bid.regional.sort_by(|one, other| one.region.cmp(&other.region));
    }
    lot.baselines.sort_by(|one, other| (&one.name, &one.supplier_id).cmp(&(&other.name, &other.supplier_id)));
    lot.expected.iter_mut().for_each(|winners| winners.sort());
    lot
}

fn demand_order(row: &Demand) -> impl Ord + '_ {
    (&row.region, &row.institution, &row.supplier_id, row.content_ratio)
}
