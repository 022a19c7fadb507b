//! Who bids at which comparable price, who counts as a bidder, and what the rules say of a bid before any ranking.

use std::collections::{BTreeMap, BTreeSet};

use crate::money::{
    Inexact, Proportion, Quantity, Ratio, UnitPrice, power_factor_product, power_factor_quotient,
};
use crate::rules::{
    AwardRule, ComparablePrice, Counted, PriceNotAboveCeiling, RelatedBids, RelatedBidsCountOnce, RuleSet,
    ServiceFeeAtMost, Unit, UsablePrice,
};
use crate::tender::{
    Act, Bid, BidState, Decision, Demand, Fact, Lot, Reason, Region, Supplier, SupplierId, Verdict,
};

use super::units::divide;
use super::walk::{Merit, weigh};

/// A lot counted anew.
pub(super) struct Count<'a> {
    pub(super) lot: &'a Lot,
    pub(super) rules: &'a RuleSet,
    /// In the order of the lot's bids.
    pub(super) bids: Vec<BidCount<'a>>,
    /// Bidders by which tables are read (N).
    pub(super) bidders: u32,
    /// Rows of demand with their volume in units of the representative specification.
    pub(super) demand: Vec<(&'a Demand, Quantity)>,
    /// Base volume of each region.
    pub(super) regions: BTreeMap<&'a Region, Quantity>,
    /// Base volume of the lot.
    pub(super) base: Quantity,
}

/// A bid counted anew.
pub(super) struct BidCount<'a> {
    pub(super) bid: &'a Bid,
    pub(super) state: BidState,
    pub(super) owner: &'a str,
    /// Whether the supplier supplies today.
    pub(super) incumbent: Option<bool>,
    /// Comparable price.
    pub(super) price: Option<UnitPrice>,
    /// Previous price and ceiling, comparable.
    pub(super) previous: Option<UnitPrice>,
    pub(super) ceiling: Option<UnitPrice>,
    /// A price and the ceiling of the same specification.
    pub(super) against: Option<(UnitPrice, UnitPrice)>,
    /// What it is ordered by beside price and keys.
    pub(super) merit: Merit,
    /// The bidding unit, where the rule set divides its lots.
    pub(super) unit: Option<Unit>,
    /// Whether it counts as a bidder, before related bids are taken together.
    counts: bool,
    /// What each rule says, in the order in which they are applied.
    pub(super) steps: Vec<Reason>,
}

impl BidCount<'_> {
    /// The first rule that keeps the bid out of the ranking. Rules of the ranking and of the award come after these.
    pub(super) fn excluded(&self) -> Option<&'static str> {
        let ranks = [
            crate::rules::RankByComparablePrice::ID,
            crate::rules::RankByScore::ID,
            crate::rules::LeastCost::ID,
        ];
        let before = self.steps.iter().take_while(|step| !ranks.contains(&step.rule));
        before.into_iter().find(|step| step.verdict == Verdict::Fail).map(|step| step.rule)
    }

    /// The price that is compared: with the margin, where there is one.
    pub(super) fn compared(&self) -> Option<UnitPrice> {
        self.merit.compared.or(self.price)
    }

    pub(super) fn say(&mut self, rule: &'static str, verdict: Verdict, facts: Vec<Fact>, cite: &str) {
        self.steps.push(Reason { rule, verdict, facts, cite: cite.to_owned() });
    }
}

/// Pass or fail.
pub(super) fn kept(is: bool) -> Verdict {
    if is { Verdict::Pass } else { Verdict::Fail }
}

/// Counts a lot up to what is done before the order.
///
/// # Errors
/// [`Inexact`] when a number cannot be held or its rounding is not decided.
pub(super) fn count<'a>(
    lot: &'a Lot,
    rules: &'a RuleSet,
    suppliers: &'a BTreeMap<SupplierId, Supplier>,
    scale: Quantity,
) -> Result<Count<'a>, Inexact> {
    let mut bids =
        lot.bids.iter().map(|bid| priced(bid, lot, rules, suppliers)).collect::<Result<Vec<_>, _>>()?;
    let related = related(&bids);
    for (at, bid) in bids.iter_mut().enumerate() {
        judge(bid, lot, rules, related.get(at).copied().unwrap_or((0, true)));
        let above = bid
            .steps
            .iter()
            .any(|step| step.rule == PriceNotAboveCeiling::ID && step.verdict == Verdict::Fail);
        let who = rules.bidders_counted.rule.counted;
        bid.counts = match bid.state {
            BidState::Withdrawn | BidState::Disqualified => false,
            BidState::Void => who == Counted::Filed,
            BidState::Valid => who != Counted::Valid || !above,
        };
    }
    let bidders = bidders(&bids, rules, |_| true)?;
    let demand = lot
        .demand
        .iter()
        .map(|row| Ok((row, volume(row, rules, scale).ok_or(Inexact)?)))
        .collect::<Result<Vec<_>, Inexact>>()?;
    let mut regions: BTreeMap<&Region, Quantity> = BTreeMap::new();
    for (row, volume) in &demand {
        let sum = regions.entry(&row.region).or_default();
        *sum = sum.plus(*volume)?;
    }
    let base = Quantity::total(regions.values().copied())?;
    let mut count = Count { lot, rules, bids, bidders, demand, regions, base };
    weigh(&mut count)?;
    divide(&mut count.bids, &count.demand, rules)?;
    Ok(count)
}

/// How many bidders count among some bids: one for each owner, unless related bids stand for themselves.
///
/// # Errors
/// [`Inexact`] when there are too many.
pub(super) fn bidders(
    bids: &[BidCount<'_>],
    rules: &RuleSet,
    is_one: impl Fn(&BidCount<'_>) -> bool,
) -> Result<u32, Inexact> {
    let alone = rules.related_bids.rule.treatment == RelatedBids::Allow;
    let counted = bids.iter().enumerate().filter(|(_, bid)| bid.counts && is_one(bid));
    let keys: BTreeSet<(&str, usize)> =
        counted.map(|(at, bid)| if alone { ("", at) } else { (bid.owner, 0) }).collect();
    u32::try_from(keys.len()).map_err(|_| Inexact)
}

/// `price / (content factor × fill factor × pack factor)`, each factor a base to the power of the binary logarithm of its
/// ratio, rounded once. Where cost decides, a quote of the representative specification stays as it is.
fn comparable(price: UnitPrice, bid: &Bid, rules: &RuleSet) -> Result<UnitPrice, Inexact> {
    let converts =
        [bid.content_ratio, bid.fill_ratio, bid.pack_count].into_iter().any(|ratio| !ratio.is_one());
    if !converts && matches!(rules.award, AwardRule::LeastCost { .. }) {
        return Ok(price);
    }
    power_factor_quotient(price, &factors(bid, rules), rules.comparable_price.rule.rounding)
        .map_err(|_| Inexact)
}

/// A price of the representative specification as that of the bid's own pack: times the same factors, rounded once.
pub(super) fn own_pack(price: UnitPrice, bid: &Bid, rules: &RuleSet) -> Result<UnitPrice, Inexact> {
    power_factor_product(price, &factors(bid, rules), rules.comparable_price.rule.rounding)
        .map_err(|_| Inexact)
}

fn factors(bid: &Bid, rules: &RuleSet) -> [(Ratio, Proportion); 3] {
    let ComparablePrice { content_base, fill_base, pack_base, .. } = rules.comparable_price.rule;
    [(content_base, bid.content_ratio), (fill_base, bid.fill_ratio), (pack_base, bid.pack_count)]
}

/// Reported volume times scale times content ratio, in full; a product without a finite decimal is rounded as the rule set
/// rounds volumes.
fn volume(row: &Demand, rules: &RuleSet, scale: Quantity) -> Option<Quantity> {
    let units = row.volume.scaled(scale.as_ratio()).ok()?;
    let exact = units.converted_exactly(&row.content_ratio);
    exact.or_else(|| units.converted(&row.content_ratio, rules.conversion_rounding()?))
}

/// The act that takes a supplier's bid away.
fn taken_away<'a>(lot: &'a Lot, bid: &Bid) -> Option<&'a Decision> {
    let mut acts = lot.decisions.iter().filter(|act| act.supplier_id == bid.supplier_id);
    acts.find(|act| matches!(act.act, Act::Disqualified | Act::Withdrawn))
}

fn priced<'a>(
    bid: &'a Bid,
    lot: &'a Lot,
    rules: &RuleSet,
    suppliers: &'a BTreeMap<SupplierId, Supplier>,
) -> Result<BidCount<'a>, Inexact> {
    let state = match taken_away(lot, bid).map(|act| act.act) {
        Some(Act::Disqualified) => BidState::Disqualified,
        Some(Act::Withdrawn) => BidState::Withdrawn,
        _ => bid.state,
    };
    let owner = suppliers.get(&bid.supplier_id).and_then(|supplier| supplier.controller.as_ref());
    let convert = |price: Option<UnitPrice>| price.map(|price| comparable(price, bid, rules)).transpose();
    let price = convert(bid.price)?;
    Ok(BidCount {
        bid,
        state,
        incumbent: suppliers.get(&bid.supplier_id).and_then(|supplier| supplier.incumbent),
        owner: owner.map_or(bid.supplier_id.as_str(), |owner| owner.as_str()),
        price,
        previous: convert(bid.previous_price)?,
        ceiling: convert(bid.ceiling_price)?.or(lot.ceiling_price),
        against: match bid.ceiling_price {
            Some(own) => bid.price.map(|quoted| (quoted, own)),
            None => price.zip(lot.ceiling_price),
        },
        merit: Merit::default(),
        unit: None,
        counts: false,
        steps: Vec::new(),
    })
}

/// For each bid how many other valid bids its owner has, and whether it is the owner's lowest.
fn related(bids: &[BidCount<'_>]) -> Vec<(usize, bool)> {
    let valid = |bid: &&(usize, &BidCount<'_>)| bid.1.state == BidState::Valid;
    let numbered: Vec<(usize, &BidCount<'_>)> = bids.iter().enumerate().collect();
    let one = |(at, bid): &(usize, &BidCount<'_>)| {
        let others =
            || numbered.iter().filter(valid).filter(|other| other.1.owner == bid.owner && other.0 != *at);
        (others().count(), others().all(|other| (bid.price, *at) < (other.1.price, other.0)))
    };
    numbered.iter().map(one).collect()
}

/// The rules before the ranking: usable price, related bids, conversion, ceiling.
fn judge(bid: &mut BidCount<'_>, lot: &Lot, rules: &RuleSet, (related, lowest): (usize, bool)) {
    let filed = bid.bid;
    let mut facts = vec![Fact::new("state", bid.state.name())];
    facts.extend(filed.reason.as_ref().map(|reason| Fact::new("office_reason", reason)));
    let document = |act: &Decision| act.document.clone().unwrap_or_else(|| act.act.name());
    facts.extend(taken_away(lot, filed).map(|act| Fact::new("decision", document(act))));
    bid.say(UsablePrice::ID, kept(bid.state == BidState::Valid), facts, &rules.usable_price.cite);
    if bid.state != BidState::Valid {
        return;
    }
    if related > 0 {
        let facts = vec![Fact::new("controller", bid.owner), Fact::new("related_bids", related)];
        let stands = match rules.related_bids.rule.treatment {
            RelatedBids::Refuse => false,
            RelatedBids::Merge => lowest,
            RelatedBids::Allow => true,
        };
        bid.say(RelatedBidsCountOnce::ID, kept(stands), facts, &rules.related_bids.cite);
    }
    let mut facts: Vec<Fact> = filed.price.map(|price| Fact::new("price", price)).into_iter().collect();
    let ratios = [
        ("content_ratio", filed.content_ratio),
        ("fill_ratio", filed.fill_ratio),
        ("pack_count", filed.pack_count),
    ];
    facts.extend(
        ratios.into_iter().filter(|(_, by)| *by != Proportion::ONE).map(|(name, by)| Fact::new(name, by)),
    );
    facts.extend(bid.price.map(|price| Fact::new("comparable_price", price)));
    bid.say(ComparablePrice::ID, Verdict::Pass, facts, &rules.comparable_price.cite);
    if let (Some(rule), Some(price)) = (&rules.ceiling, bid.price) {
        let (verdict, facts) = match bid.against {
            None => (Verdict::NotApplicable, vec![Fact::new("price", price)]),
            Some((price, ceiling)) => {
                (kept(price <= ceiling), vec![Fact::new("price", price), Fact::new("ceiling_price", ceiling)])
            }
        };
        bid.say(PriceNotAboveCeiling::ID, verdict, facts, &rule.cite);
    }
    if let (Some(rule), Some(price)) = (&rules.service_fee, bid.price) {
        let mut facts = vec![Fact::new("comparable_price", price), Fact::new("limit", rule.rule.most)];
        let mut verdict = Verdict::NotApplicable;
        if let (Some(fee), Some(paid)) =
            (filed.service_fee, filed.service_fee.and_then(|fee| price.plus(fee).ok()))
        {
            facts.extend([Fact::new("service_fee", fee), Fact::new("terminal_price", paid)]);
            verdict = kept(fee <= rule.rule.most);
        }
        bid.say(ServiceFeeAtMost::ID, verdict, facts, &rule.cite);
    }
}
