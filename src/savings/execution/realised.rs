//! Savings on what was really bought of the winners: baseline less price paid, times volume.

use super::matched::Bought;
use crate::certify::CertifiedAward;
use crate::money::{Inexact, Money, Ratio};
use crate::savings::{Baseline, baseline};
use crate::tender::LotId;

/// The saving on the actual volume against one baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Realised {
    /// The lot; `None` for the whole.
    pub lot_id: Option<LotId>,
    /// Name of the baseline, in files.
    pub baseline: String,
    /// What the purchases with a known baseline would have cost at it.
    pub reference_value: Money,
    /// What was paid for them.
    pub covered_value: Money,
    /// The difference; `None` when no purchase with a volume has a known baseline and a known price.
    pub saving: Option<Money>,
    /// Saving over reference value.
    pub cut: Option<Ratio>,
    /// Share of what is known to have been paid to winners whose baseline is known; `None` when nothing was paid.
    pub coverage: Option<Ratio>,
}

/// The whole, then every lot with purchases; built-in baselines first, then those of baselines.csv by name.
pub(super) fn realised(award: &CertifiedAward, bought: &[Bought<'_>]) -> Result<Vec<Realised>, Inexact> {
    let stated = baseline::stated_names(award.lots().map(|(screened, _)| &screened.comparable));
    let names: Vec<String> =
        Baseline::ALL.into_iter().map(|one| one.name().to_owned()).chain(stated).collect();
    let mut lots: Vec<usize> = bought.iter().map(|one| one.lot).collect();
    lots.sort_unstable();
    lots.dedup();
    let mut all = Vec::new();
    for lot in std::iter::once(None).chain(lots.into_iter().map(Some)) {
        for name in &names {
            all.push(of(award, bought, lot, name)?);
        }
    }
    Ok(all)
}

fn of(
    award: &CertifiedAward,
    bought: &[Bought<'_>],
    lot: Option<usize>,
    name: &str,
) -> Result<Realised, Inexact> {
    let rounding = award.screened().rules.savings.rule.rounding;
    let (mut reference, mut covered, mut paid, mut some) = (Money::ZERO, Money::ZERO, Money::ZERO, false);
    let lots: Vec<_> = award.lots().map(|(screened, _)| &screened.comparable).collect();
    let won = |one: &&Bought<'_>| one.award_price.is_some() && lot.is_none_or(|lot| lot == one.lot);
    for one in bought.iter().filter(won) {
        let (Some(price), Some(bid), Some(comparable)) = (one.price, one.bid, lots.get(one.lot)) else {
            continue;
        };
        let spent = price.times(one.volume)?;
        paid = paid.plus(spent)?;
        if let Some(before) = baseline::price_under(comparable, bid, name) {
            reference = reference.plus(before.times(one.volume)?)?;
            covered = covered.plus(spent)?;
            some = some || !one.volume.is_zero();
        }
    }
    let saving = if some { Some(reference.minus(covered)?) } else { None };
    let lot_id = lot.and_then(|lot| lots.get(lot)).map(|comparable| comparable.lot.id.clone());
    Ok(Realised {
        lot_id,
        baseline: name.to_owned(),
        reference_value: reference,
        covered_value: covered,
        saving,
        cut: saving.and_then(|saving| saving.share_of(reference, rounding)),
        coverage: covered.share_of(paid, rounding),
    })
}
