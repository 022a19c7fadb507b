//! What the award costs and saves, each figure with what it is measured against.

use super::columns::Page;
use crate::allocate::{Allocation, Basis, SpendingRange};
use crate::certify::{CertifiedAward, Proof};
use crate::diagnostics::escape;
use crate::money::{Money, Ratio};
use crate::report::reading::{count, money, percent};
use crate::savings::{Saving, Savings};
use crate::tender::Outcome;
use crate::text::{fill, text};

/// The value of the award, and what it saves against each baseline.
pub(super) fn savings(page: &mut Page, award: &CertifiedAward, allocation: &Allocation, savings: &Savings) {
    let language = page.language;
    let currency = &award.screened().notice.currency;
    let shown = |amount: Money| money(amount, currency, language);
    if let Ok(value) = Money::total(allocation.lots.iter().map(|lot| lot.value)) {
        let open = allocation.lots.iter().zip(award.lots());
        let open =
            open.filter(|(lot, (_, award))| lot.basis == Basis::Open && award.outcome != Outcome::NoAward);
        let key = match open.count() {
            0 => "report.summary.value",
            _ => "report.summary.value_open",
        };
        page.say(key, &[("value", &shown(value))]);
        let paid = costs(award, allocation, false);
        if let Some(cost) = paid.filter(|cost| *cost != value) {
            page.say("report.summary.cost", &[("cost", &shown(cost))]);
        }
        let compared = costs(award, allocation, true).filter(|_| paid.is_some());
        if let Some(cost) = compared.filter(|cost| Some(*cost) != paid) {
            page.say("report.summary.compared", &[("cost", &shown(cost))]);
        }
    }
    for total in &savings.totals {
        let baseline = text(language, &format!("report.summary.against.{}", total.baseline.name()));
        let line = saving_line(page, baseline, total, &shown);
        page.item(1, &line);
    }
    for stated in &savings.stated {
        let baseline =
            fill(language, "report.summary.against_stated", &[("name", &escape(&stated.total.baseline))]);
        let line = saving_line(page, &baseline, &stated.total, &shown);
        page.item(1, &line);
    }
    page.blank();
}

/// Value and fixed costs of the settled lots, or what they are compared as.
fn costs(award: &CertifiedAward, allocation: &Allocation, compared: bool) -> Option<Money> {
    let settled = allocation
        .lots
        .iter()
        .zip(award.lots())
        .filter(|(lot, (_, award))| lot.basis != Basis::Open || award.outcome == Outcome::NoAward);
    let costs = settled.map(|(lot, (screened, award))| match &award.proof {
        Proof::Exact { cost } | Proof::Bound { cost, .. } if compared => Some(*cost),
        _ => {
            let bids: Vec<_> = screened.each_bid().collect();
            let winners = award.winners.iter();
            let fixed = winners.filter_map(|winner| winner.fixed_cost.or(bids.get(winner.bid)?.0.fixed_cost));
            Money::total(fixed.chain([lot.value])).ok()
        }
    });
    Money::total(costs.collect::<Option<Vec<_>>>()?).ok()
}

fn saving_line<B>(
    page: &Page,
    baseline: &str,
    total: &Saving<B>,
    shown: &impl Fn(Money) -> String,
) -> String {
    let language = page.language;
    let Some(saving) = total.saving else {
        return fill(language, "report.summary.saving_unknown", &[("baseline", baseline)]);
    };
    let share = |ratio: Option<Ratio>| ratio.map_or_else(|| "-".to_owned(), |ratio| percent(ratio, 1));
    let values = [
        ("baseline", baseline),
        ("saving", &*shown(saving)),
        ("reference", &*shown(total.reference_value)),
        ("cut", &*share(total.cut)),
        ("simple", &*share(total.simple_cut)),
        ("covered", &*total.winners_covered.to_string()),
        ("winners", &*total.winners.to_string()),
        ("coverage", &*share(total.coverage)),
    ];
    fill(language, "report.summary.saving", &values)
}

/// What the lots with an assumed draft may cost under the drafts that the rules allow.
pub(super) fn spending(page: &mut Page, award: &CertifiedAward, allocation: &Allocation) {
    let language = page.language;
    let simulated = || allocation.lots.iter().filter(|lot| lot.basis == Basis::SimulatedDraft);
    let number = simulated().count();
    if number == 0 {
        return;
    }
    let currency = &award.screened().notice.currency;
    let ranges: Option<Vec<SpendingRange>> = simulated().map(|lot| lot.range).collect();
    let sums = ranges.and_then(|ranges| {
        let least = Money::total(ranges.iter().map(|range| range.least)).ok()?;
        let greatest = Money::total(ranges.iter().map(|range| range.greatest)).ok()?;
        Some((least, greatest, Money::total(simulated().map(|lot| lot.value)).ok()?))
    });
    page.say("report.summary.assumed", &[("count", &count(number)), ("lots", &count(allocation.lots.len()))]);
    if let Some((least, greatest, value)) = sums {
        let shown = |amount| money(amount, currency, language);
        let values = [("least", &*shown(least)), ("greatest", &*shown(greatest)), ("value", &*shown(value))];
        page.item(1, &fill(language, "report.summary.spending", &values));
    }
    page.blank();
}
