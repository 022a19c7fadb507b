//! What suffices to show the award of a lot, with its numbers: one sentence each, in the reader's language.

use crate::rules::sentence;
use crate::tender::{Outcome, Reason};
use crate::text::{Language, fill};

use super::expected::Lot;
use super::published::deciding;

/// The assertions of one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotAssertions {
    /// The lot.
    pub lot_id: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What suffices to show it.
    pub assertions: Vec<Assertion>,
}

/// One assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// The key of its text: `verify.assertion.WHAT`.
    pub what: &'static str,
    /// Values of its text.
    pub values: Vec<(&'static str, String)>,
    /// The rule's sentence that it rests on.
    pub rests_on: Option<Reason>,
}

impl Assertion {
    fn new(what: &'static str, values: Vec<(&'static str, String)>) -> Self {
        Self { what, values, rests_on: None }
    }

    /// The assertion in one sentence.
    pub fn sentence(&self, language: Language) -> String {
        let mut values: Vec<(&str, &str)> =
            self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let reason = self.rests_on.as_ref().map(|reason| sentence(language, reason)).unwrap_or_default();
        values.push(("reason", &reason));
        fill(language, &format!("verify.assertion.{}", self.what), &values)
    }
}

/// The assertions of a lot.
pub(super) fn of_lot(lot: &Lot<'_>) -> LotAssertions {
    let Lot { count, award, volumes, cost, shown } = lot;
    let mut all = Vec::new();
    match (award.places, shown) {
        (Some(places), _) => {
            let values = vec![("bidders", count.bidders.to_string()), ("places", places.to_string())];
            all.push(Assertion::new("places", values));
        }
        (None, Some(shown)) => {
            let numbers = vec![("bounded", shown.bounded.to_string()), ("empty", shown.empty.to_string())];
            all.push(Assertion::new("cases", numbers));
            if let Some((cost, bound)) = cost {
                let values = vec![("cost", cost.to_string()), ("bound", bound.to_string())];
                all.push(Assertion::new(if bound < cost { "bound_below" } else { "bound_meets" }, values));
            }
        }
        (None, None) => {}
    }
    for (at, bid) in count.bids.iter().enumerate() {
        let what = match award.status(count, at) {
            "won" => "won",
            "tied" => "tied",
            "open" => "open",
            "excluded" => "excluded",
            _ => "lost",
        };
        let rank = award.place(at).map_or("-".to_owned(), |place| place.rank.to_string());
        let price = bid.price.map_or("-".to_owned(), |price| price.to_string());
        let values = vec![("bid", bid.bid.id.to_string()), ("rank", rank), ("price", price)];
        // A least-cost lot has no ranking: why a bid wins or loses there is the cost of the whole award.
        let what = match (award.places, what) {
            (None, "won") => "won_by_cost",
            (None, "lost") => "lost_by_cost",
            (None, "tied") => "tied_by_cost",
            _ => what,
        };
        let mut assertion = Assertion::new(what, values);
        assertion.rests_on = deciding(lot, at).cloned();
        all.push(assertion);
    }
    if let (Some(share), true) = (award.share, volumes.basis != "open") {
        let values = vec![("share", share.to_string()), ("base", count.base.to_string())];
        all.push(Assertion::new("share", values));
    }
    let sum = crate::money::Quantity::total(volumes.winners.iter().copied());
    if let (Ok(sum), true) = (sum, volumes.basis != "open") {
        let values = vec![("volume", sum.to_string()), ("rows", volumes.rows.len().to_string())];
        all.push(Assertion::new("volume", values));
    }
    LotAssertions { lot_id: count.lot.id.as_str().to_owned(), outcome: award.outcome, assertions: all }
}
