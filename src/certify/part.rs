//! The last step of every bid where cost decides: whether the award takes it.

use super::award::{BidStatus, LotAward, Proof};
use crate::rules::{AwardRule, Cited, LeastCost};
use crate::screen::Screened;
use crate::tender::{Fact, Reason, Verdict};

/// Records with every bid that could win whether it is part of the award, and what the lot then costs. A bid of which a draw
/// decides is part of some of the cheapest awards.
pub(super) fn record(screened: &mut Screened, lots: &[LotAward]) {
    let AwardRule::LeastCost { limits: Cited { cite, .. } } = &screened.rules.award else { return };
    for (lot, award) in screened.lots.iter_mut().zip(lots) {
        let facts = match award.proof {
            Proof::Exact { cost } => vec![Fact::new("award_cost", cost)],
            Proof::Bound { cost, bound } => {
                vec![Fact::new("award_cost", cost), Fact::new("least_possible_cost", bound)]
            }
            Proof::Rules | Proof::Nothing => continue,
        };
        for (bid, status) in lot.bids.iter_mut().zip(&award.statuses) {
            let verdict = match status {
                BidStatus::Won => Verdict::Pass,
                BidStatus::Lost => Verdict::Fail,
                BidStatus::Tied | BidStatus::Open => Verdict::NotApplicable,
                BidStatus::Excluded => continue,
            };
            let (rule, cite) = (LeastCost::ID, cite.clone());
            bid.reasons.push(Reason { rule, verdict, facts: facts.clone(), cite });
        }
    }
}
