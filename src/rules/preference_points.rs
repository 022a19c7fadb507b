//! Rule `preference-points`.

use super::{Blank, Judged};
use crate::money::Ratio;
use crate::tender::{Fact, Verdict};

/// Points for what the buyer prefers, as they were granted.
///
/// # What it checks
/// Nothing; it adds the `preference_points` of the bid. More than the rule set allows is an error. What a blank means is
/// stated: that nothing was claimed, or an error.
///
/// # Why
/// A law may ask a buyer to prefer some firms within stated limits; the points say by how much.
///
/// # Parameters
/// - `most` (ratio): the most points that a bid can have.
/// - `blank` (choice): `none`, a blank claims no points; or `refuse`, a blank is an error.
///
/// # Example
/// At most 10 points: a bid with 6 has 6; under `none` a bid that claims nothing has 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreferencePoints {
    /// The most points that a bid can have.
    pub most: Ratio,
    /// What a blank means.
    pub blank: Blank,
}

impl PreferencePoints {
    /// The rule's id.
    pub const ID: &'static str = "preference-points";

    /// What is recorded of a bid's points.
    pub fn record(&self, stated: Option<Ratio>) -> (Ratio, Judged) {
        let points = stated.unwrap_or(Ratio::ZERO);
        let mut facts = vec![Fact::new("preference_points", points), Fact::new("most_points", self.most)];
        if stated.is_none() {
            facts.push(Fact::new("claimed", "no"));
        }
        (points, Judged { verdict: Verdict::Pass, facts })
    }
}
