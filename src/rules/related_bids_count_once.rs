//! Rule `related-bids-count-once`.

use super::Judged;
use crate::tender::Fact;

/// What happens to several bids of one controller on a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelatedBids {
    /// The tender is refused when it is checked.
    Refuse,
    /// The lowest is kept, the others are excluded.
    Merge,
    /// Each stands for itself; several may win.
    Allow,
}

impl RelatedBids {
    /// The words in a rule set.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("refuse", Self::Refuse), ("merge", Self::Merge), ("allow", Self::Allow)];
}

/// Says what happens to several bids of one controller on a lot.
///
/// # What it checks
/// Whether a bid has another bid of the same controller (实际控制人) beside it on the lot, and whether it is the one kept.
///
/// # Why
/// Related suppliers that bid apart would take several places and count several times as bidders.
///
/// # Parameters
/// - `treatment` (choice): `refuse`, `merge` or `allow`.
///
/// # Example
/// F bids 0.9000 and G, with the same controller, 1.1000. Merged: F is kept, G is excluded, both count as one bidder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedBidsCountOnce {
    /// What happens to them.
    pub treatment: RelatedBids,
}

impl RelatedBidsCountOnce {
    /// The rule's id.
    pub const ID: &'static str = "related-bids-count-once";

    /// Judges a bid that has `related` other bids of its controller on the lot; `kept` says that it is the one kept of
    /// them when they are merged.
    pub fn judge(&self, controller: &str, related: usize, kept: bool) -> Judged {
        let facts = vec![Fact::new("controller", controller), Fact::new("related_bids", related)];
        if related == 0 {
            return Judged::not_applicable(facts);
        }
        match self.treatment {
            RelatedBids::Refuse => Judged::when(false, facts),
            RelatedBids::Merge => Judged::when(kept, facts),
            RelatedBids::Allow => Judged::when(true, facts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tender::Verdict;

    /// In the evaluation a refusal stops the tender, and a bid that is alone is not judged; the rule says the same.
    #[test]
    fn a_bid_that_is_alone_is_not_judged_and_a_refused_one_fails() {
        let verdict =
            |treatment, related, kept| RelatedBidsCountOnce { treatment }.judge("FG", related, kept).verdict;
        for (_, treatment) in RelatedBids::WORDS {
            assert_eq!(verdict(*treatment, 0, true), Verdict::NotApplicable);
        }
        assert_eq!(verdict(RelatedBids::Refuse, 1, true), Verdict::Fail);
        assert_eq!(verdict(RelatedBids::Merge, 1, true), Verdict::Pass);
        assert_eq!(verdict(RelatedBids::Merge, 1, false), Verdict::Fail);
        assert_eq!(verdict(RelatedBids::Allow, 1, false), Verdict::Pass);
    }
}
