//! What changes from one award to another: who gains, who loses, and what moves.
//!
//! Works on award.json as it was written, so that it serves two rule sets on the same bids as well as an award before and
//! after an objection.

mod files;
mod lots;
mod page;
mod sheet;
mod why;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, Money, Quantity, Rounding, UnitPrice};
use crate::report::ReportFiles;
use crate::tender::{Supplier, SupplierId};
use sheet::{BidPart, BidWord, LotOutcome, LotPart, ReasonPart, Sheet};

/// Decimals of a mean price.
const MEAN: Rounding = Rounding::half_up(10);

/// Two awards side by side.
#[derive(Debug, Clone)]
pub struct Changes {
    before: Sheet,
    after: Sheet,
    lots: Vec<LotChange>,
    suppliers: Vec<SupplierChange>,
    totals: Totals,
}

/// One value on each side.
type Sides<T> = [T; 2];

/// A lot of both awards.
#[derive(Debug, Clone)]
struct LotChange {
    lot_id: String,
    names: [String; 2],
    outcomes: Sides<LotOutcome>,
    winners: Sides<usize>,
    values: Sides<Option<Money>>,
    volumes: Sides<Option<Quantity>>,
    /// Mean price of a unit, rounded.
    means: Sides<Option<UnitPrice>>,
    /// Known when both values are.
    difference: Option<Money>,
    /// What suppliers gain in the lot, or others lose: the smaller of the two changes hands.
    moved: Option<Money>,
    bids: Vec<BidChange>,
}

/// A bid whose status differs.
#[derive(Debug, Clone)]
struct BidChange {
    supplier_id: String,
    bid_id: String,
    /// `None` where the bid is not there.
    statuses: Sides<Option<BidWord>>,
    values: Sides<Option<Money>>,
    /// The steps that decided it.
    reasons: Sides<Vec<ReasonPart>>,
}

/// A supplier over all lots whose value is known on both sides.
#[derive(Debug, Clone)]
struct SupplierChange {
    supplier_id: String,
    lots: Sides<usize>,
    values: Sides<Money>,
    difference: Money,
}

#[derive(Debug, Clone)]
struct Totals {
    values: Sides<Money>,
    difference: Money,
    moved: Money,
    /// What the later mean prices come to at the earlier volumes, over the lots that are supplied on both sides; with what
    /// these lots cost earlier.
    at_same_volume: Option<Sides<Money>>,
    /// Lots that are not in the sums, because their value is not known on a side.
    open: Vec<String>,
    /// Lots with winners on this side only, and what they cost there; not in the sums, for to buy nothing is no saving.
    supplied_only: Sides<(Vec<String>, Money)>,
    /// Lots of one award only.
    only: Sides<Vec<String>>,
    /// Bids that win on a side only.
    wins_only: Sides<usize>,
}

/// The changes between the awards of two report folders.
///
/// # Errors
/// `E0611` to `E0616`: a folder without an award of this program, or two awards that cannot be compared.
pub fn of_folders(before: &Path, after: &Path) -> Result<Changes, Diagnostics> {
    let names = [before.to_string_lossy(), after.to_string_lossy()];
    changes([Sheet::of_folder(before)?, Sheet::of_folder(after)?], [&names[0], &names[1]])
}

/// The changes between two reports that have not been written; `names` are those of messages.
///
/// # Errors
/// As [`of_folders`].
pub fn of_reports(reports: [&ReportFiles; 2], names: [&str; 2]) -> Result<Changes, Diagnostics> {
    let [before, after] = reports;
    changes([Sheet::of_files(before, names[0])?, Sheet::of_files(after, names[1])?], names)
}

impl Changes {
    /// The same with the suppliers' names, of which a report folder holds only the winners'.
    pub fn with_names(mut self, suppliers: &BTreeMap<SupplierId, Supplier>) -> Self {
        for (id, supplier) in suppliers {
            let name = supplier.name.clone().unwrap_or_default();
            let chinese = supplier.name_zh.clone().unwrap_or_else(|| name.clone());
            self.before.names.insert(id.as_str().to_owned(), [name, chinese]);
        }
        self
    }
}

fn changes([before, after]: Sides<Sheet>, names: [&str; 2]) -> Result<Changes, Diagnostics> {
    let fault = |code| Diagnostic::new(code).with("folder", names[0]).with("other", names[1]);
    if before.tender.currency != after.tender.currency {
        let fault = fault(Code::AwardsInTwoCurrencies).with("currency", before.tender.currency.as_str());
        return Err(fault.with("other_currency", after.tender.currency.as_str()).into());
    }
    let by_id = |sheet: &Sheet| -> BTreeMap<String, LotPart> {
        sheet.lots.iter().map(|lot| (lot.lot_id.clone(), lot.clone())).collect()
    };
    let lots = [by_id(&before), by_id(&after)];
    let shared: Vec<(&LotPart, &LotPart)> =
        lots[0].iter().filter_map(|(id, lot)| Some((lot, lots[1].get(id)?))).collect();
    if shared.is_empty() {
        return Err(fault(Code::AwardsApart).into());
    }
    let only = |side: usize, other: usize| -> Vec<String> {
        let missing = |id: &&String| lots.get(other).is_none_or(|lots| !lots.contains_key(*id));
        lots.get(side).into_iter().flat_map(BTreeMap::keys).filter(missing).cloned().collect()
    };
    let only = [only(0, 1), only(1, 0)];
    let sums = || -> Result<_, Inexact> {
        let changed =
            shared.iter().map(|(one, other)| lot_change([one, other])).collect::<Result<Vec<_>, _>>()?;
        let suppliers = supplier_changes(&shared)?;
        let totals = totals(&changed, only.clone())?;
        Ok((changed, suppliers, totals))
    };
    let (lots, suppliers, totals) =
        sums().map_err(|_| Diagnostic::new(Code::ReportSumTooLong).with("figure", "value"))?;
    Ok(Changes { before, after, lots, suppliers, totals })
}

/// Whether both sides of a lot can be set beside each other in money.
fn settled(lots: Sides<&LotPart>) -> bool {
    lots.iter().all(|lot| lot.value.is_some())
}

fn value_of(lot: &LotPart, bid: &str) -> Option<Money> {
    lot.winners.iter().find(|winner| winner.bid_id == bid)?.value
}

fn lot_change(lots: Sides<&LotPart>) -> Result<LotChange, Inexact> {
    let [before, after] = lots;
    let values = lots.map(|lot| lot.value);
    let difference = match values {
        [Some(before), Some(after)] => Some(after.minus(before)?),
        _ => None,
    };
    let mean = |lot: &LotPart| lot.value?.per_unit(lot.agreed_volume?, MEAN);
    let ids: BTreeSet<&str> = lots.iter().flat_map(|lot| &lot.bids).map(|bid| bid.bid_id.as_str()).collect();
    let (mut gained, mut lost) = (Money::ZERO, Money::ZERO);
    for id in &ids {
        let [one, other] = lots.map(|lot| value_of(lot, id).unwrap_or(Money::ZERO));
        if other > one {
            gained = gained.plus(other.minus(one)?)?;
        } else {
            lost = lost.plus(one.minus(other)?)?;
        }
    }
    Ok(LotChange {
        lot_id: after.lot_id.clone(),
        names: [after.name.clone(), after.name_zh.clone().unwrap_or_else(|| after.name.clone())],
        outcomes: [before.outcome, after.outcome],
        winners: lots.map(|lot| lot.winners.len()),
        values,
        volumes: lots.map(|lot| lot.agreed_volume),
        means: lots.map(mean),
        difference,
        moved: settled(lots).then_some(gained.min(lost)),
        bids: ids.into_iter().filter_map(|id| bid_change(lots, id)).collect(),
    })
}

/// A bid that stands otherwise on the two sides; `None` when it stands alike.
fn bid_change(lots: Sides<&LotPart>, id: &str) -> Option<BidChange> {
    let bids = lots.map(|lot| lot.bids.iter().find(|bid| bid.bid_id == id));
    let statuses = bids.map(|bid| bid.map(|bid| bid.status));
    let known = bids.iter().flatten().next().filter(|_| statuses[0] != statuses[1])?;
    let mut reasons = bids.map(|bid| bid.map(deciding).unwrap_or_default());
    // Beside a step that fails, the same step that passes on the other side says more than any other.
    for (side, other) in [(0, 1), (1, 0)] {
        let rule = reasons.get(other).and_then(|all| all.first()).filter(|reason| reason.verdict == "fail");
        let rule = rule.map(|reason| reason.rule.clone());
        let bid = bids.get(side).copied().flatten().filter(|bid| bid.status == BidWord::Won);
        let same = bid.zip(rule).and_then(|(bid, rule)| {
            bid.reasons.iter().rev().find(|reason| reason.rule == rule && reason.verdict == "pass").cloned()
        });
        if let (Some(same), Some(slot)) = (same, reasons.get_mut(side)) {
            *slot = vec![same];
        }
    }
    Some(BidChange {
        supplier_id: known.supplier_id.clone(),
        bid_id: id.to_owned(),
        statuses,
        values: lots.map(|lot| value_of(lot, id)),
        reasons,
    })
}

/// The steps that decided a bid, as they were recorded. Of one that does not win: the last step that fails, with the other
/// tests of its group, none of which passes; of a winner the last step that it keeps; of a tied bid the last that a draw
/// must settle.
fn deciding(bid: &BidPart) -> Vec<ReasonPart> {
    let last = |verdict: &str| bid.reasons.iter().rev().find(|reason| reason.verdict == verdict);
    let one = match bid.status {
        BidWord::Won => last("pass"),
        BidWord::Tied | BidWord::Open => last("not_applicable"),
        BidWord::Lost | BidWord::Excluded => {
            let bars = |reason: &&ReasonPart| {
                reason
                    .fact("any_of")
                    .is_none_or(|group| of_group(bid, group).all(|test| test.verdict != "pass"))
            };
            let found = bid.reasons.iter().rev().filter(|reason| reason.verdict == "fail").find(bars);
            if let Some(group) = found.and_then(|reason| reason.fact("any_of")) {
                return of_group(bid, group).cloned().collect();
            }
            found
        }
    };
    one.or(bid.reasons.last()).cloned().into_iter().collect()
}

/// The tests of a group of which any one suffices.
fn of_group<'b>(bid: &'b BidPart, group: &'b str) -> impl Iterator<Item = &'b ReasonPart> {
    bid.reasons.iter().filter(move |reason| reason.fact("any_of") == Some(group))
}

fn supplier_changes(shared: &[(&LotPart, &LotPart)]) -> Result<Vec<SupplierChange>, Inexact> {
    let mut suppliers: BTreeMap<&str, (Sides<usize>, Sides<Money>)> = BTreeMap::new();
    for (before, after) in shared.iter().filter(|(before, after)| settled([before, after])) {
        for (side, lot) in [before, after].into_iter().enumerate() {
            for bid in &lot.bids {
                let Some(value) = value_of(lot, &bid.bid_id) else { continue };
                let (lots, values) = suppliers.entry(&bid.supplier_id).or_default();
                if let (Some(lots), Some(sum)) = (lots.get_mut(side), values.get_mut(side)) {
                    *lots = lots.saturating_add(1);
                    *sum = sum.plus(value)?;
                }
            }
        }
    }
    let mut changes = suppliers
        .into_iter()
        .map(|(id, (lots, values))| {
            let difference = values[1].minus(values[0])?;
            Ok(SupplierChange { supplier_id: id.to_owned(), lots, values, difference })
        })
        .collect::<Result<Vec<_>, Inexact>>()?;
    changes.sort_by(|one, other| {
        (other.difference, &one.supplier_id).cmp(&(one.difference, &other.supplier_id))
    });
    Ok(changes)
}

fn totals(lots: &[LotChange], only: Sides<Vec<String>>) -> Result<Totals, Inexact> {
    let known = || lots.iter().filter(|lot| lot.difference.is_some());
    let settled = || known().filter(|lot| (lot.winners[0] > 0) == (lot.winners[1] > 0));
    let supplied_only = |at: usize, other: usize| -> Result<(Vec<String>, Money), Inexact> {
        let winners = |lot: &LotChange, at: usize| lot.winners.get(at).copied().unwrap_or(0);
        let lots: Vec<&LotChange> =
            known().filter(|lot| winners(lot, at) > 0 && winners(lot, other) == 0).collect();
        let value = Money::total(lots.iter().filter_map(|lot| lot.values.get(at).copied().flatten()))?;
        Ok((lots.iter().map(|lot| lot.lot_id.clone()).collect(), value))
    };
    let side = |at: usize| Money::total(settled().filter_map(|lot| lot.values.get(at).copied().flatten()));
    let values = [side(0)?, side(1)?];
    let wins = |at: usize| {
        let won = |bid: &&BidChange| bid.statuses.get(at).copied().flatten() == Some(BidWord::Won);
        lots.iter().flat_map(|lot| &lot.bids).filter(won).count()
    };
    let supplied = || settled().filter(|lot| lot.means.iter().all(Option::is_some));
    let earlier = Money::total(supplied().filter_map(|lot| lot.values[0]))?;
    let at_earlier_volume = |lot: &LotChange| match (lot.values[1], lot.volumes, lot.means[1]) {
        (Some(value), [before, after], _) if before == after => Ok(value),
        (_, [Some(volume), _], Some(mean)) => mean.times(volume),
        _ => Err(Inexact),
    };
    let later = supplied().map(at_earlier_volume).collect::<Result<Vec<_>, _>>();
    Ok(Totals {
        values,
        difference: values[1].minus(values[0])?,
        moved: Money::total(settled().filter_map(|lot| lot.moved))?,
        // A mean price times a large volume may need more digits than there are; then this line is left out.
        at_same_volume: later.and_then(Money::total).ok().map(|later| [earlier, later]),
        open: lots.iter().filter(|lot| lot.difference.is_none()).map(|lot| lot.lot_id.clone()).collect(),
        supplied_only: [supplied_only(0, 1)?, supplied_only(1, 0)?],
        only,
        wins_only: [wins(0), wins(1)],
    })
}
