//! How cost moves with the number of suppliers of a lot, and with the largest share of one.

use super::{Run, run};
use crate::certify::CertifiedAward;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::Ratio;
use crate::price_to_win::shared_out;
use crate::rules::{AwardRule, LeastCost, RuleSet};
use crate::solve::Effort;
use crate::tender::Tender;

/// Steps from nothing to the whole in which the largest share is tightened.
const SHARES: u32 = 20;

/// Awards under a limit that is tightened step by step, all other limits as they are.
#[derive(Debug, Clone)]
pub struct Frontier {
    /// By the largest number of suppliers of a lot, from one up to the number at which more change nothing.
    pub by_suppliers: Vec<Point<u32>>,
    /// By the largest share of a lot that one supplier may have, from the whole down.
    pub by_share: Vec<Point<Ratio>>,
}

/// One award of a frontier.
#[derive(Debug, Clone)]
pub struct Point<L> {
    /// The limit.
    pub limit: L,
    /// The evaluation.
    pub run: Run,
}

/// Both frontiers of a tender that is decided by least cost.
///
/// # Errors
/// `E0246` for a tender decided by rank; faults of the evaluations.
pub(super) fn frontier(
    tender: &Tender,
    rules: &RuleSet,
    effort: &Effort<'_>,
) -> Result<Frontier, Diagnostics> {
    let with = |change: &dyn Fn(&mut LeastCost)| {
        let mut other = rules.clone();
        if let AwardRule::LeastCost { limits } = &mut other.award {
            change(&mut limits.rule);
        }
        other
    };
    let AwardRule::LeastCost { limits } = &rules.award else {
        return Err(Diagnostic::new(Code::FrontierOfRanks).with("rules", rules.id.as_str()).into());
    };
    let free = run(tender.clone(), with(&|limits| limits.max_suppliers = None), effort)?;
    let most = most_winners(&free.award);
    let least = limits.rule.min_suppliers.unwrap_or(1).max(1);
    let numbers: Vec<u32> = (least..=most.max(least)).collect();
    let shares: Vec<Ratio> = (1..=SHARES)
        .rev()
        .filter_map(|step| Ratio::from_steps(i128::from(step).checked_mul(5)?, 2).ok())
        .collect();
    let by_suppliers =
        points((tender, effort), numbers, |number| with(&|limits| limits.max_suppliers = Some(number)))?;
    let by_share = points((tender, effort), shares, |share| with(&|limits| limits.max_share = Some(share)))?;
    Ok(Frontier { by_suppliers, by_share })
}

/// The largest number of winners of a lot.
fn most_winners(award: &CertifiedAward) -> u32 {
    let most = award.lots().map(|(_, lot)| lot.winners.len()).max().unwrap_or(0);
    u32::try_from(most).unwrap_or(u32::MAX)
}

fn points<L: Copy + Send + Sync>(
    (tender, effort): (&Tender, &Effort<'_>),
    limits: Vec<L>,
    rules: impl Fn(L) -> RuleSet + Sync,
) -> Result<Vec<Point<L>>, Diagnostics> {
    let runs = shared_out(&limits, 1, |limit| run(tender.clone(), rules(*limit), effort));
    limits.into_iter().zip(runs).map(|(limit, run)| Ok(Point { limit, run: run? })).collect()
}
