//! One lot of award.json.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::draw::options;
use super::super::figures::LotFigures;
use super::super::schema;
use super::{Named, SavingRow, as_text};
use crate::allocate::{Basis, RegionVolume};
use crate::certify::{BidStatus, Proof, Tie, TieDecides, Winner};
use crate::compare::ComparableBid;
use crate::diagnostics::Diagnostics;
use crate::rules::{PriceClass, RuleSet, Unit};
use crate::screen::ScreenedBid;
use crate::tender::{Bid, PriceToWin, PriceToWinNote, Reason};

/// How a winner wins.
const ROUTES: [&str; 8] = [
    "place",
    "revived",
    "matched",
    "revived_without_place",
    "guaranteed",
    "revived_at_line",
    "without_volume",
    "open",
];
/// What proves an award, and what a draw decides.
const PROOFS: [&str; 4] = ["rules", "exact", "bound", "nothing"];
const DECIDES: [&str; 3] = ["places", "order", "award"];

/// The order of the fields is the order of the keys, here and below.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct LotRow<'a> {
    lot_id: &'a str,
    #[schemars(extend("enum" = schema::outcomes()))]
    outcome: &'static str,
    bidders: u32,
    quota: Option<u32>,
    agreed_share: Option<String>,
    term_years: Option<u32>,
    winners: Vec<WinnerRow<'a>>,
    bids: Vec<BidRow<'a>>,
    regions: Vec<RegionRow<'a>>,
    cost: Option<String>,
    proof: ProofRow,
    name: &'a str,
    name_zh: Option<&'a str>,
    unit: Option<&'a str>,
    ceiling_price: Option<String>,
    reference_price: Option<String>,
    base_volume: String,
    agreed_volume: Option<String>,
    value: Option<String>,
    #[schemars(extend("enum" = schema::bases()))]
    allocation_basis: &'static str,
    assumption: bool,
    spending_range: Option<RangeRow>,
    savings: Vec<SavingRow>,
    ties: Vec<TieRow<'a>>,
    anchor: Option<String>,
    term_until: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct WinnerRow<'a> {
    supplier_id: &'a str,
    bid_id: &'a str,
    rank: Option<u32>,
    price: Option<String>,
    comparable_price: Option<String>,
    agreed_volume: Option<String>,
    value: Option<String>,
    /// How it wins.
    #[schemars(extend("enum" = ROUTES))]
    route: &'static str,
    /// Its bidding unit, where the rule set divides lots.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = schema::units()))]
    bidding_unit: Option<&'static str>,
    /// Its class, where the rule set has classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = schema::classes()))]
    class: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct BidRow<'a> {
    supplier_id: &'a str,
    bid_id: &'a str,
    #[schemars(extend("enum" = schema::statuses()))]
    status: &'static str,
    price: Option<String>,
    comparable_price: Option<String>,
    reasons: Vec<ReasonRow<'a>>,
    /// The highest price at which it wins.
    price_to_win: Option<String>,
    rank: Option<u32>,
    #[schemars(extend("enum" = schema::states()))]
    state: &'static str,
    state_reason: Option<&'a str>,
    product: Option<&'a str>,
    spec: Option<&'a str>,
    /// The highest price at which a draw or an answer decides, when that is higher.
    price_may_win: Option<String>,
    /// By how much all prices of a bid that states several would move.
    price_to_win_change: Option<String>,
    /// What must be known beside the price, or in its place.
    #[schemars(extend("enum" = schema::or_null(schema::notes())))]
    price_to_win_note: Option<&'static str>,
}

/// One step of the evaluation of a bid.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ReasonRow<'a> {
    rule: &'static str,
    #[schemars(extend("enum" = schema::verdicts()))]
    verdict: &'static str,
    facts: Named<'a>,
    cite: &'a str,
}

impl<'a> ReasonRow<'a> {
    pub(super) fn of(reason: &'a Reason) -> Self {
        Self {
            rule: reason.rule,
            verdict: reason.verdict.name(),
            facts: Named(reason.facts.iter().map(|fact| (fact.name, fact.value.as_str())).collect()),
            cite: &reason.cite,
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RegionRow<'a> {
    region: &'a str,
    supplier_id: &'a str,
    #[schemars(extend("pattern" = schema::roles()))]
    role: String,
    agreed_volume: String,
    value: String,
    bid_id: &'a str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ProofRow {
    #[schemars(extend("enum" = PROOFS))]
    kind: &'static str,
    bound: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RangeRow {
    least: String,
    greatest: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TieRow<'a> {
    #[schemars(extend("enum" = DECIDES))]
    decides: &'static str,
    places: Option<u32>,
    bids: Vec<TiedRow<'a>>,
    option_count: String,
    options: Option<Vec<Vec<&'a str>>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TiedRow<'a> {
    supplier_id: &'a str,
    bid_id: &'a str,
}

/// One lot with its winners, bids and regions.
pub(super) fn lot_row<'a>(lot: &LotFigures<'a>, rules: &RuleSet) -> Result<LotRow<'a>, Diagnostics> {
    let stated = lot.lot();
    let allocation = lot.allocation;
    Ok(LotRow {
        lot_id: stated.id.as_str(),
        outcome: lot.award.outcome.name(),
        bidders: lot.screened.bidders,
        quota: lot.screened.places,
        agreed_share: as_text(lot.award.agreed_share),
        term_years: lot.award.term_years,
        winners: winner_rows(lot, rules)?,
        bids: bid_rows(lot),
        regions: region_rows(lot),
        cost: as_text(lot.cost()?),
        proof: proof_row(&lot.award.proof),
        name: &stated.name,
        name_zh: stated.name_zh.as_deref(),
        unit: stated.unit.as_deref(),
        ceiling_price: as_text(stated.ceiling_price),
        reference_price: as_text(stated.reference_price),
        base_volume: lot.screened.comparable.base_volume.to_string(),
        agreed_volume: as_text(lot.agreed_volume()),
        value: as_text(lot.value()),
        allocation_basis: allocation.basis.name(),
        assumption: allocation.basis == Basis::SimulatedDraft,
        spending_range: allocation
            .range
            .map(|range| RangeRow { least: range.least.to_string(), greatest: range.greatest.to_string() }),
        savings: SavingRow::all(lot.savings, lot.stated, |stated| stated.lots.get(lot.place)),
        ties: lot.award.ties.iter().map(|tie| tie_row(lot, tie)).collect(),
        anchor: as_text(lot.screened.anchor),
        term_until: as_text(lot.term_until(rules)),
    })
}

fn winner_rows<'a>(lot: &LotFigures<'a>, rules: &RuleSet) -> Result<Vec<WinnerRow<'a>>, Diagnostics> {
    let row = |winner: &Winner| {
        let (bid, _, screened) = lot.bid(winner.bid)?;
        let volume = lot.winner_volume(winner);
        let price = match lot.award_price(winner.bid, rules) {
            Ok(price) => price,
            Err(fault) => return Some(Err(fault)),
        };
        Some(Ok(WinnerRow {
            supplier_id: bid.supplier_id.as_str(),
            bid_id: bid.id.as_str(),
            rank: lot.rank(winner.bid),
            price: as_text(price),
            comparable_price: as_text(lot.price_paid(winner)),
            agreed_volume: as_text(volume.map(|volume| volume.agreed_volume)),
            value: as_text(volume.map(|volume| volume.value)),
            route: screened.route.name(),
            bidding_unit: screened.unit.map(Unit::name),
            class: screened.class.map(PriceClass::name),
        }))
    };
    lot.award.winners.iter().filter_map(row).collect()
}

fn bid_rows<'a>(lot: &LotFigures<'a>) -> Vec<BidRow<'a>> {
    let each = lot.screened.each_bid().zip(&lot.award.statuses).enumerate();
    let mut rows: Vec<BidRow<'a>> =
        each.map(|(at, (bid, status))| bid_row(bid, *status, lot.rank(at), lot.price_to_win(at))).collect();
    rows.sort_by_key(|row| row.bid_id);
    rows
}

fn bid_row<'a>(
    (bid, comparable, screened): (&'a Bid, &'a ComparableBid, &'a ScreenedBid),
    status: BidStatus,
    rank: Option<u32>,
    needed: PriceToWin,
) -> BidRow<'a> {
    BidRow {
        supplier_id: bid.supplier_id.as_str(),
        bid_id: bid.id.as_str(),
        status: status.name(),
        price: as_text(bid.price),
        comparable_price: as_text(comparable.comparable_price),
        reasons: screened.reasons.iter().map(ReasonRow::of).collect(),
        price_to_win: as_text(needed.price),
        rank,
        state: bid.state.name(),
        state_reason: bid.reason.as_deref(),
        product: bid.product.as_deref(),
        spec: bid.spec.as_deref(),
        price_may_win: as_text(needed.may_win),
        price_to_win_change: as_text(needed.change),
        price_to_win_note: needed.note.map(PriceToWinNote::name),
    }
}

fn region_rows<'a>(lot: &LotFigures<'a>) -> Vec<RegionRow<'a>> {
    let mut regions: Vec<_> =
        lot.allocation.regions.iter().filter_map(|row| Some((row, lot.bid(row.bid)?.0))).collect();
    regions.sort_by_key(|(row, bid)| (&row.region, row.role, &bid.id));
    let row = |(row, bid): (&'a RegionVolume, &'a Bid)| RegionRow {
        region: row.region.as_str(),
        supplier_id: bid.supplier_id.as_str(),
        role: row.role.name(),
        agreed_volume: row.agreed_volume.to_string(),
        value: row.value.to_string(),
        bid_id: bid.id.as_str(),
    };
    regions.into_iter().map(row).collect()
}

fn proof_row(proof: &Proof) -> ProofRow {
    let (kind, bound) = match proof {
        Proof::Rules => ("rules", None),
        Proof::Exact { cost } => ("exact", Some(cost.to_string())),
        Proof::Bound { bound, .. } => ("bound", Some(bound.to_string())),
        Proof::Nothing => ("nothing", None),
    };
    ProofRow { kind, bound }
}

fn tie_row<'a>(lot: &LotFigures<'a>, tie: &Tie) -> TieRow<'a> {
    let bid = |at: &usize| lot.bid(*at).map(|(bid, ..)| bid);
    let (decides, places) = match &tie.decides {
        TieDecides::Places { places } => ("places", Some(*places)),
        TieDecides::Order => ("order", None),
        TieDecides::Award { .. } => ("award", None),
    };
    let options = options(lot, tie);
    let ids =
        |set: Vec<usize>| -> Vec<&'a str> { set.iter().filter_map(bid).map(|bid| bid.id.as_str()).collect() };
    TieRow {
        decides,
        places,
        bids: tie
            .bids
            .iter()
            .filter_map(bid)
            .map(|bid| TiedRow { supplier_id: bid.supplier_id.as_str(), bid_id: bid.id.as_str() })
            .collect(),
        option_count: options.count.to_string(),
        options: options.listed.map(|sets| sets.into_iter().map(ids).collect()),
    }
}
