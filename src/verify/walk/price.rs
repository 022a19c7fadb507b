//! What the rules say of the price of a bid within the places: anchor, price tests, cost statement, highest price.

use crate::money::{DeviationDivisor, Inexact, Ratio, Rounding, UnitPrice};
use crate::rules::{
    AnchorBelowMean, AnchorOfLowest, AnchorOfMean, AnchorPrice, AnchorTerm, CostStatementBelowAnchor,
    CutFromCeilingAtLeast, CutWithFewBidders, HighestPriceExcluded, Join, PriceAtMost, PriceAtMostInGroup,
    PriceAtMostLine, PriceLine, PriceTest, PriceTestGroup, PriceWithinMultipleOfAnchor,
    PriceWithinMultipleOfLowest, RankedStages, SharedHighest,
};
use crate::tender::{Fact, Lot, Reason, Verdict};
use crate::verify::bids::{BidCount, kept};

use super::shortlist::{Shortlist, SpreadRank};

/// The price that limits are measured from, with the steps that lead to it.
pub(super) struct Anchor {
    pub(super) price: UnitPrice,
    pub(super) steps: Vec<Reason>,
}

fn times(price: UnitPrice, multiple: Ratio, rounding: Rounding) -> Result<UnitPrice, Inexact> {
    price.scaled(multiple)?.rounded(rounding)
}

/// The highest or the lowest of the terms that have a price; `None` when none has, or none is asked for.
///
/// # Errors
/// [`Inexact`] when a number cannot be held.
pub(super) fn anchor(stages: &RankedStages, list: &Shortlist) -> Result<Option<Anchor>, Inexact> {
    let Some(joined) = &stages.anchor else { return Ok(None) };
    let (mut terms, mut steps) = (Vec::new(), Vec::new());
    let mut step = |rule, facts, cite: &String| {
        steps.push(Reason { rule, verdict: Verdict::Pass, facts, cite: cite.clone() });
    };
    for term in &stages.anchor_terms {
        if let Some((rule, price, facts)) = self::term(&term.rule, list)? {
            terms.push(price);
            step(rule, facts, &term.cite);
        }
    }
    let highest = joined.rule.join == Join::Highest;
    let price = if highest { terms.into_iter().max() } else { terms.into_iter().min() };
    let Some(price) = price else { return Ok(None) };
    let facts = vec![Fact::new("anchor_join", joined.rule.join.name()), Fact::new("anchor", price)];
    step(AnchorPrice::ID, facts, &joined.cite);
    Ok(Some(Anchor { price, steps }))
}

/// A rule's id with the price that it gives and the numbers that lead to it.
type Given = (&'static str, UnitPrice, Vec<Fact>);

/// What one term of the anchor gives; `None` with too few prices.
fn term(term: &AnchorTerm, list: &Shortlist) -> Result<Option<Given>, Inexact> {
    let set = match term {
        AnchorTerm::OfLowest(rule) => rule.set,
        AnchorTerm::OfMean(rule) => rule.set,
        AnchorTerm::BelowMean(rule) => rule.set,
    };
    let (prices, mut facts) = (list.prices(set), vec![Fact::new("anchor_set", set.name())]);
    let Some(lowest) = prices.iter().min() else { return Ok(None) };
    let mean = |rounding| UnitPrice::mean(prices, rounding).ok_or(Inexact);
    let (rule, price) = match term {
        AnchorTerm::OfLowest(rule) => {
            facts.extend([Fact::new("lowest_price", lowest), Fact::new("multiple", rule.multiple)]);
            (AnchorOfLowest::ID, times(*lowest, rule.multiple, rule.rounding)?)
        }
        AnchorTerm::OfMean(rule) => {
            let mean = mean(rule.rounding)?;
            facts.extend([Fact::new("mean_price", mean), Fact::new("prices", prices.len())]);
            facts.push(Fact::new("multiple", rule.multiple));
            (AnchorOfMean::ID, times(mean, rule.multiple, rule.rounding)?)
        }
        AnchorTerm::BelowMean(rule) => {
            if rule.divisor == DeviationDivisor::OneLess && prices.len() < 2 {
                return Ok(None);
            }
            let deviation = UnitPrice::standard_deviation(prices, rule.divisor, rule.rounding);
            let price = UnitPrice::mean_less_deviations(prices, rule.deviations, rule.divisor, rule.rounding);
            facts.extend([Fact::new("mean_price", mean(rule.rounding)?), Fact::new("prices", prices.len())]);
            facts.push(Fact::new("standard_deviation", deviation.ok_or(Inexact)?));
            facts.push(Fact::new("deviations", rule.deviations));
            facts.push(Fact::new("divisor", rule.divisor.name()));
            (AnchorBelowMean::ID, price.ok_or(Inexact)?)
        }
    };
    facts.push(Fact::new("anchor_term", price));
    Ok(Some((rule, price, facts)))
}

/// What the price of a bid is held against.
#[derive(Clone, Copy)]
pub(super) struct Against<'a> {
    pub(super) lot: &'a Lot,
    pub(super) lowest: UnitPrice,
    pub(super) anchor: Option<UnitPrice>,
    pub(super) bidders: u32,
}

/// Records every test of a group, of which one must be passed; the rule that bars the bid is the group's first.
///
/// # Errors
/// [`Inexact`] when a limit cannot be held.
pub(super) fn test(
    bid: &mut BidCount<'_>,
    price: UnitPrice,
    against: Against<'_>,
    group: &PriceTestGroup,
) -> Result<Option<&'static str>, Inexact> {
    let mut passed = false;
    for test in &group.tests {
        let (rule, verdict, mut facts) = one_test(bid, price, against, &test.rule)?;
        facts.extend(group.name.as_ref().map(|name| Fact::new("any_of", name)));
        passed = passed || verdict == Verdict::Pass;
        bid.say(rule, verdict, facts, &test.cite);
    }
    Ok(if passed { None } else { group.tests.first().map(|test| test.rule.id()) })
}

fn one_test(
    bid: &BidCount<'_>,
    price: UnitPrice,
    against: Against<'_>,
    test: &PriceTest,
) -> Result<(&'static str, Verdict, Vec<Fact>), Inexact> {
    let mut facts = vec![Fact::new("comparable_price", price)];
    let mut within = |name, base: UnitPrice, multiple: Ratio, rounding| {
        let limit = times(base, multiple, rounding)?;
        facts.extend([Fact::new(name, base), Fact::new("multiple", multiple), Fact::new("limit", limit)]);
        Ok(kept(price <= limit))
    };
    let (rule, verdict) = match test {
        PriceTest::WithinMultipleOfLowest(rule) => {
            let verdict = within("lowest_price", against.lowest, rule.multiple, rule.rounding)?;
            (PriceWithinMultipleOfLowest::ID, verdict)
        }
        PriceTest::WithinMultipleOfAnchor(rule) => {
            let verdict = against.anchor.map(|anchor| within("anchor", anchor, rule.multiple, rule.rounding));
            (PriceWithinMultipleOfAnchor::ID, verdict.transpose()?.unwrap_or(Verdict::NotApplicable))
        }
        PriceTest::CutFromCeilingAtLeast(rule) => {
            let (price, ceiling) = bid.against.map_or((price, None), |(price, top)| (price, Some(top)));
            let cut = ceiling.and_then(|ceiling| price.cut_from(ceiling, rule.rounding));
            facts = vec![Fact::new("price", price)];
            facts.extend(ceiling.map(|ceiling| Fact::new("ceiling_price", ceiling)));
            facts.extend(cut.map(|cut| Fact::new("cut", cut)));
            facts.push(Fact::new("required_cut", rule.cut));
            let verdict = cut.map_or(Verdict::NotApplicable, |cut| kept(cut >= rule.cut));
            (CutFromCeilingAtLeast::ID, verdict)
        }
        PriceTest::CutWithFewBidders(rule) => {
            let (price, ceiling) = bid.against.map_or((price, None), |(price, top)| (price, Some(top)));
            facts = vec![Fact::new("price", price), Fact::new("bidders", against.bidders)];
            facts.push(Fact::new("few_bidders", rule.bidders));
            let verdict = if against.bidders > rule.bidders {
                facts.push(Fact::new("enough_bidders", against.bidders));
                Verdict::Pass
            } else {
                facts.push(Fact::new("required_cut", rule.cut));
                let cut = ceiling.and_then(|ceiling| price.cut_from(ceiling, rule.rounding));
                facts.extend(
                    ceiling.filter(|_| cut.is_some()).map(|ceiling| Fact::new("ceiling_price", ceiling)),
                );
                facts.extend(cut.map(|cut| Fact::new("cut", cut)));
                cut.map_or(Verdict::NotApplicable, |cut| kept(cut >= rule.cut))
            };
            (CutWithFewBidders::ID, verdict)
        }
        PriceTest::AtMostInGroup(rule) => {
            facts.extend([Fact::new("limit", rule.price), Fact::new("limit_group", &rule.group)]);
            let concerned = against.lot.group.as_ref() == Some(&rule.group);
            let verdict = if concerned { kept(price <= rule.price) } else { Verdict::NotApplicable };
            (PriceAtMostInGroup::ID, verdict)
        }
        PriceTest::AtMostLine(rule) => {
            let line = line_of(against.lot, rule.line);
            facts.extend(line.map(|line| Fact::new("limit", line)));
            (PriceAtMostLine::ID, line.map_or(Verdict::NotApplicable, |line| kept(price <= line)))
        }
        PriceTest::AtMost(rule) => {
            facts.push(Fact::new("limit", rule.price));
            (PriceAtMost::ID, kept(price <= rule.price))
        }
    };
    Ok((rule, verdict, facts))
}

/// A line that the lot states.
pub(super) fn line_of(lot: &Lot, line: PriceLine) -> Option<UnitPrice> {
    match line {
        PriceLine::ClassA => lot.class_a_line,
        PriceLine::ClassB => lot.class_b_line,
    }
}

/// Records whether a bid below the anchor must explain its costs; that alone keeps nobody out.
pub(super) fn explain_costs(bid: &mut BidCount<'_>, price: UnitPrice, anchor: UnitPrice, cite: &str) {
    let facts = vec![Fact::new("comparable_price", price), Fact::new("anchor", anchor)];
    let verdict = if price < anchor { Verdict::NotApplicable } else { Verdict::Pass };
    bid.say(CostStatementBelowAnchor::ID, verdict, facts, cite);
}

/// Records whether a bid has the highest price of a lot whose prices lie among the furthest apart, or the closest together; the
/// rule, when that bars it.
pub(super) fn highest(
    bid: &mut BidCount<'_>,
    price: UnitPrice,
    list: &Shortlist,
    place: Option<SpreadRank>,
    (rule, cite): (&HighestPriceExcluded, &str),
) -> Option<&'static str> {
    let mut facts = vec![Fact::new("comparable_price", price)];
    let mut verdict = Verdict::NotApplicable;
    if let (Some((rank, from_bottom)), Some(spread), Some(highest)) = (place, list.spread(), list.highest()) {
        facts.extend([Fact::new("highest_price", highest), Fact::new("spread", spread)]);
        facts.extend(
            [("spread_rank", rank), ("top", rule.top), ("bottom", rule.bottom)].map(|(n, v)| Fact::new(n, v)),
        );
        if rank <= rule.top || from_bottom.is_some_and(|rank| rank <= rule.bottom) {
            let alone = list.taken.iter().filter(|other| **other == highest).count() < 2;
            let all_stay = !alone && rule.shared_highest == SharedHighest::KeepAll;
            verdict = kept(price < highest || all_stay);
        }
    }
    bid.say(HighestPriceExcluded::ID, verdict, facts, cite);
    (verdict == Verdict::Fail).then_some(HighestPriceExcluded::ID)
}
