//! Volumes that follow the brands that institutions asked for.

use std::collections::BTreeMap;

use crate::money::{Inexact, Quantity, split_largest_remainder};
use crate::rules::VolumeByOwnBrand;
use crate::tender::{Region, Role};

use super::bids::Count;
use super::volumes::{Row, spread};
use super::walk::Award;

/// What one institution reported: for each winner's brand, and last for all others.
type Reported = Vec<Quantity>;

/// Splits `total` as the rule says: over institutions by what they reported, over their brands likewise; every winner
/// keeps the own share; of the rest the compulsory share goes to the cheapest winners and what is left to the
/// institution's own winners (or, where it asked for none, as the lot's winners keep; or to the cheapest).
pub(super) fn by_brand<'a>(
    count: &Count<'a>,
    award: &Award,
    rule: &VolumeByOwnBrand,
    total: Quantity,
    cheapest: &[bool],
) -> Result<Vec<Row<'a>>, Inexact> {
    let digits = rule.rounding.digits;
    let reports = reports(count, award)?;
    let sizes = reports
        .values()
        .map(|brands| Quantity::total(brands.iter().copied()))
        .collect::<Result<Vec<_>, _>>()?;
    let (mut kept, mut compulsory, mut free) = (Vec::new(), Vec::new(), Vec::new());
    for (brands, part) in reports.values().zip(split_largest_remainder(total, &sizes, digits)?) {
        let mut own = split_largest_remainder(part, brands, digits)?;
        own.pop();
        let own: Vec<Quantity> = own
            .into_iter()
            .map(|volume| volume.scaled(rule.own_share)?.rounded(rule.rounding))
            .collect::<Result<_, _>>()?;
        let rest = part.minus(Quantity::total(own.iter().copied())?)?;
        let forced = rest.scaled(rule.compulsory_share)?.rounded(rule.rounding)?;
        free.push(rest.minus(forced)?);
        compulsory.push(forced);
        kept.push(own);
    }
    let in_lot = (0..cheapest.len())
        .map(|winner| Quantity::total(kept.iter().filter_map(|own| own.get(winner).copied())))
        .collect::<Result<Vec<_>, _>>()?;
    let step = Quantity::from_steps(1, digits)?;
    let lowest: Vec<Quantity> = cheapest.iter().map(|is| if *is { step } else { Quantity::ZERO }).collect();
    let forced = split_largest_remainder(Quantity::total(compulsory.iter().copied())?, &lowest, digits)?;
    let forced = spread(&forced, &compulsory, digits)?;
    let mut rows: BTreeMap<(&Region, usize), Quantity> = BTreeMap::new();
    for ((((region, _), own), forced), free) in reports.keys().zip(&kept).zip(forced).zip(free) {
        let weights =
            [own, &in_lot].into_iter().find(|weights| weights.iter().any(|weight| !weight.is_zero()));
        let free = split_largest_remainder(free, weights.unwrap_or(&lowest), digits)?;
        for (winner, ((own, forced), free)) in own.iter().zip(forced).zip(free).enumerate() {
            let sum = rows.entry((region, winner)).or_default();
            *sum = sum.plus(*own)?.plus(forced)?.plus(free)?;
        }
    }
    let given = rows.into_iter().filter(|(_, volume)| !volume.is_zero());
    Ok(given
        .map(|((region, winner), volume)| Row { region, role: Role::Main, winner, volume, value: None })
        .collect())
}

/// What every institution reported, by region and institution. What was asked of a supplier with several winning bids is
/// split equally over them.
fn reports<'a>(
    count: &Count<'a>,
    award: &Award,
) -> Result<BTreeMap<(&'a Region, Option<&'a str>), Reported>, Inexact> {
    let mut reports: BTreeMap<(&Region, Option<&str>), Reported> = BTreeMap::new();
    for (row, volume) in &count.demand {
        let asked = |at: &usize| {
            row.supplier_id.is_some()
                && count.lot.bids.get(*at).map(|bid| &bid.supplier_id) == row.supplier_id.as_ref()
        };
        let one = Quantity::from_steps(1, 0)?;
        let mut weights: Vec<Quantity> =
            award.winners.iter().map(|at| if asked(at) { one } else { Quantity::ZERO }).collect();
        let others = if weights.contains(&one) { Quantity::ZERO } else { one };
        weights.push(others);
        let parts = split_largest_remainder(*volume, &weights, volume.decimals())?;
        let report = reports
            .entry((&row.region, row.institution.as_deref()))
            .or_insert_with(|| vec![Quantity::ZERO; weights.len()]);
        *report = report.iter().zip(parts).map(|(sum, part)| sum.plus(part)).collect::<Result<_, _>>()?;
    }
    Ok(reports)
}
