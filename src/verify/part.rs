//! The last step of every bid where cost decides, from the award as it was counted.

use super::bids::Count;
use super::walk::Award;
use crate::money::Money;
use crate::rules::{AwardRule, LeastCost};
use crate::tender::{Fact, Outcome, Verdict};

/// Says of every bid that could win whether it is part of the award. `cost` is what the lot costs and what it must cost at
/// least.
pub(super) fn say(count: &mut Count<'_>, award: &Award, cost: Option<(Money, Money)>) {
    let AwardRule::LeastCost { limits } = &count.rules.award else { return };
    let Some((cost, bound)) = cost else { return };
    let mut facts = vec![Fact::new("award_cost", cost)];
    if cost != bound || award.outcome == Outcome::Unproved {
        facts.push(Fact::new("least_possible_cost", bound));
    }
    let words: Vec<&str> = (0..count.bids.len()).map(|at| award.status(count, at)).collect();
    for (bid, word) in count.bids.iter_mut().zip(words) {
        let verdict = match word {
            "won" => Verdict::Pass,
            "lost" => Verdict::Fail,
            "excluded" => continue,
            _ => Verdict::NotApplicable,
        };
        bid.say(LeastCost::ID, verdict, facts.clone(), &limits.cite);
    }
}
