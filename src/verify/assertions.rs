//! What suffices to show the award of a lot, with its numbers: one sentence each, in the reader's language.

use crate::rules::sentence;
use crate::tender::{Act, Decision, Outcome, Reason};
use crate::text::{Language, fill};

use super::bids::Count;
use super::draws::tie_row;
use super::expected::Lot;
use super::published::deciding;
use super::walk::{Award, Decides, Tie};

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

/// The draws that were recorded and used, each with its document.
fn draws(lot: &Lot<'_>) -> Vec<Assertion> {
    let what = if lot.award.places.is_some() { "drawn" } else { "drawn_award" };
    let said = |decision: &Decision| {
        let Act::Draw(place) = decision.act else { return None };
        let document = decision.document.clone().or(decision.why.clone()).unwrap_or_else(|| "-".to_owned());
        let supplier = decision.supplier_id.as_str().to_owned();
        let values = vec![("supplier", supplier), ("place", place.to_string()), ("document", document)];
        Some(Assertion::new(what, values))
    };
    lot.count.lot.decisions.iter().filter_map(said).collect()
}

/// A draw that is still to be held, with the number of its options.
fn open_draw(count: &Count<'_>, award: &Award, tie: &Tie) -> Assertion {
    let row = tie_row(count, award, tie);
    let what = match &tie.decides {
        Decides::Places(_) => "draw_places",
        Decides::Order => "draw_order",
        Decides::Award(..) => "draw_award",
    };
    let options = row["option_count"].as_str().unwrap_or_default().to_owned();
    let places = row["places"].to_string();
    let values = vec![("bids", tie.bids.len().to_string()), ("places", places), ("options", options)];
    Assertion::new(what, values)
}

/// The assertions of a lot.
pub(super) fn of_lot(lot: &Lot<'_>) -> LotAssertions {
    let Lot { count, award, volumes, cost, shown, .. } = lot;
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
    let anchor = award.anchor.map(|anchor| Assertion::new("anchor", vec![("anchor", anchor.to_string())]));
    all.extend(anchor);
    let draws = draws(lot);
    let drawn = !draws.is_empty();
    all.extend(draws);
    for (at, bid) in count.bids.iter().enumerate() {
        let what = match award.status(count, at) {
            "won" => "won",
            "tied" => "tied",
            "open" => "open",
            "excluded" => "excluded",
            _ => "lost",
        };
        let rank = award.place(at).map_or("-".to_owned(), |place| place.rank.to_string());
        // Who wins may do so at a lower price than its own.
        let price = if what == "won" { award.price(count, at) } else { bid.price };
        let price = price.map_or("-".to_owned(), |price| price.to_string());
        let values = vec![("bid", bid.bid.id.to_string()), ("rank", rank), ("price", price)];
        // A least-cost lot has no ranking: why a bid wins or loses there is the cost of the whole award.
        let what = match (award.places, what) {
            (None, "won") => "won_by_cost",
            (None, "lost") if drawn => "lost_by_draw",
            (None, "lost") => "lost_by_cost",
            (None, "tied") => "tied_by_cost",
            _ => what,
        };
        let mut assertion = Assertion::new(what, values);
        assertion.rests_on = deciding(lot, at).cloned();
        all.push(assertion);
    }
    all.extend(award.ties.iter().map(|tie| open_draw(count, award, tie)));
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
