//! Who is a bidder: states, human acts on them, related bids, and the count that the quota is read by.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Inexact, UnitPrice};
use crate::rules::{Cited, Judged, RelatedBids, RuleSet, ServiceFeeAtMost};
use crate::tender::{Act, Bid, BidState, ControllerId, Decision, Fact, Lot, Reason, SupplierId, Verdict};

/// What is known of a bid before prices are ranked.
#[derive(Debug, Clone)]
pub(super) struct Entrant {
    /// Steps recorded so far.
    pub reasons: Vec<Reason>,
    /// Whether it counts as a bidder, before related bids are taken together.
    pub counts: bool,
    /// The rule that keeps it out, if one does.
    pub excluded: Option<&'static str>,
}

/// Records for each bid of the lot the steps up to the ceiling, and counts the bidders.
pub(super) fn admit(lot: &ComparableLot, rules: &RuleSet, errors: &mut Diagnostics) -> (Vec<Entrant>, u32) {
    let states: Vec<BidState> =
        lot.lot.bids.iter().map(|bid| state(&lot.lot, &bid.supplier_id, bid.state)).collect();
    let kept = kept_of_related(lot, rules, &states, errors);
    let mut entrants = Vec::with_capacity(states.len());
    let mut counted = BTreeSet::new();
    for (at, ((bid, comparable), state)) in lot.lot.bids.iter().zip(&lot.bids).zip(&states).enumerate() {
        let mut entrant = Entrant { reasons: Vec::new(), counts: false, excluded: None };
        let act = act_on(&lot.lot, &bid.supplier_id);
        let usable = rules.usable_price.rule.judge(*state, bid.reason.as_deref());
        let mut usable = usable.recorded(crate::rules::UsablePrice::ID, rules.usable_price.cite.clone());
        usable.facts.extend(
            act.map(|act| Fact::new("decision", act.document.clone().unwrap_or_else(|| act.act.name()))),
        );
        entrant.step(usable);
        if *state == BidState::Valid {
            let related = related_count(lot, &states, &comparable.controller);
            if related > 0 {
                let is_kept = kept.get(&comparable.controller) == Some(&at);
                let judged = rules.related_bids.rule.judge(comparable.controller.as_str(), related, is_kept);
                entrant.step(
                    judged.recorded(crate::rules::RelatedBidsCountOnce::ID, rules.related_bids.cite.clone()),
                );
            }
            entrant.step(conversion_step(lot, at, rules));
        }
        let mut above_ceiling = false;
        if let (Some(rule), Some(price), BidState::Valid) =
            (&rules.ceiling, comparable.comparable_price, *state)
        {
            let against = comparable.against_ceiling;
            let judged =
                rule.rule.judge(against.map_or(price, |pair| pair.price), against.map(|pair| pair.ceiling));
            above_ceiling = judged.verdict == Verdict::Fail;
            entrant.step(judged.recorded(crate::rules::PriceNotAboveCeiling::ID, rule.cite.clone()));
        }
        if let (Some(rule), Some(price), BidState::Valid) =
            (&rules.service_fee, comparable.comparable_price, *state)
        {
            entrant.step(fee_step(bid, price, rule, errors));
        }
        entrant.counts = rules.bidders_counted.rule.counts(*state, above_ceiling);
        if entrant.counts {
            counted.insert(bidder_key(rules, &comparable.controller, at));
        }
        entrants.push(entrant);
    }
    (entrants, u32::try_from(counted.len()).unwrap_or(u32::MAX))
}

/// How many bidders count among some of a lot's bids.
pub(super) fn bidders_among(
    lot: &ComparableLot,
    entrants: &[Entrant],
    rules: &RuleSet,
    is_one: impl Fn(usize) -> bool,
) -> u32 {
    let all = lot.bids.iter().zip(entrants).enumerate();
    let counted = all.filter(|(at, (_, entrant))| entrant.counts && is_one(*at));
    let keys: BTreeSet<_> =
        counted.map(|(at, (comparable, _))| bidder_key(rules, &comparable.controller, at)).collect();
    u32::try_from(keys.len()).unwrap_or(u32::MAX)
}

impl Entrant {
    /// Records a step; the first that fails keeps the bid out.
    pub(super) fn step(&mut self, reason: Reason) {
        if reason.verdict == Verdict::Fail {
            self.excluded = self.excluded.or(Some(reason.rule));
        }
        self.reasons.push(reason);
    }
}

/// The step that records the fee beside a price.
fn fee_step(bid: &Bid, price: UnitPrice, rule: &Cited<ServiceFeeAtMost>, errors: &mut Diagnostics) -> Reason {
    let judged = rule.rule.judge(price, bid.service_fee).unwrap_or_else(|Inexact| {
        errors.push(Diagnostic::at(Code::ConversionTooLarge, bid.place.clone()));
        Judged::not_applicable(Vec::new())
    });
    judged.recorded(ServiceFeeAtMost::ID, rule.cite.clone())
}

/// Related bids that are allowed to stand for themselves are counted one by one; all others by their controller.
fn bidder_key(rules: &RuleSet, controller: &ControllerId, at: usize) -> (String, usize) {
    match rules.related_bids.rule.treatment {
        RelatedBids::Allow => (String::new(), at),
        RelatedBids::Merge | RelatedBids::Refuse => (controller.as_str().to_owned(), 0),
    }
}

/// The act on a supplier that takes its bid away, if one is recorded.
fn act_on<'a>(lot: &'a Lot, supplier: &SupplierId) -> Option<&'a Decision> {
    lot.decisions.iter().find(|decision| {
        decision.supplier_id == *supplier && matches!(decision.act, Act::Disqualified | Act::Withdrawn)
    })
}

/// The state of a bid after the acts recorded on it.
fn state(lot: &Lot, supplier: &SupplierId, filed: BidState) -> BidState {
    match act_on(lot, supplier).map(|decision| decision.act) {
        Some(Act::Disqualified) => BidState::Disqualified,
        Some(Act::Withdrawn) => BidState::Withdrawn,
        _ => filed,
    }
}

/// How many other valid bids the controller has on the lot.
fn related_count(lot: &ComparableLot, states: &[BidState], controller: &ControllerId) -> usize {
    let all = lot.bids.iter().zip(states);
    all.filter(|(bid, state)| **state == BidState::Valid && bid.controller == *controller)
        .count()
        .saturating_sub(1)
}

/// The bid kept of each controller that has several, when the rule set merges them: the lowest. Two that are equally low
/// cannot be told apart by a rule, so one must be taken back first.
fn kept_of_related(
    lot: &ComparableLot,
    rules: &RuleSet,
    states: &[BidState],
    errors: &mut Diagnostics,
) -> BTreeMap<ControllerId, usize> {
    let mut kept = BTreeMap::new();
    let mut groups: BTreeMap<&ControllerId, Vec<(UnitPrice, usize)>> = BTreeMap::new();
    for (at, (bid, state)) in lot.bids.iter().zip(states).enumerate() {
        if let (BidState::Valid, Some(price)) = (state, bid.comparable_price) {
            groups.entry(&bid.controller).or_default().push((price, at));
        }
    }
    for (controller, mut bids) in groups {
        bids.sort_unstable();
        if let [(lowest, first), (next, second), ..] = bids.as_slice()
            && let (Some(bid), Some(other)) = (lot.lot.bids.get(*first), lot.lot.bids.get(*second))
        {
            let code = match rules.related_bids.rule.treatment {
                RelatedBids::Refuse => Some(Code::RelatedBidsRefused),
                RelatedBids::Merge => (lowest == next).then_some(Code::RelatedBidsEqual),
                RelatedBids::Allow => None,
            };
            errors.extend(code.map(|code| {
                Diagnostic::at(code, other.place.clone())
                    .with("bid", bid.id.as_str())
                    .with("other", other.id.as_str())
                    .with("controller", controller.as_str())
            }));
        }
        if let Some((_, at)) = bids.first() {
            kept.insert(controller.clone(), *at);
        }
    }
    kept
}

/// The step that records how a price was brought to the representative specification.
fn conversion_step(lot: &ComparableLot, at: usize, rules: &RuleSet) -> Reason {
    let mut facts = Vec::new();
    if let Some(bid) = lot.lot.bids.get(at) {
        facts.extend(bid.price.map(|price| Fact::new("price", price)));
        let ratios = [
            ("content_ratio", bid.content_ratio),
            ("fill_ratio", bid.fill_ratio),
            ("pack_count", bid.pack_count),
        ];
        facts.extend(
            ratios
                .into_iter()
                .filter(|(_, ratio)| !ratio.is_one())
                .map(|(name, ratio)| Fact::new(name, ratio)),
        );
    }
    let comparable = lot.bids.get(at).and_then(|bid| bid.comparable_price);
    facts.extend(comparable.map(|price| Fact::new("comparable_price", price)));
    Reason {
        rule: crate::rules::ComparablePrice::ID,
        verdict: Verdict::Pass,
        facts,
        cite: rules.comparable_price.cite.clone(),
    }
}
