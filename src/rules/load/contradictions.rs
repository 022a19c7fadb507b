//! Rules of a set that say opposite things of the same bid: refused with both citations, never settled by order.
//!
//! Price tests judge a bid by a limit of their own:
//!
//! - two of a kind, each to be kept by itself, with different limits: a bid between the limits passes one and fails the
//!   other;
//! - one to be kept by itself, and one of its kind in a group of which any one suffices that is no stricter: the group
//!   lets a bid win that the first bars, and decides nothing.
//!
//! Two groups do not contradict each other: each is an "or" of its own.
//!
//! A guaranteed award and a second chance at a cut from the ceiling let a bid win in spite of its rank and of limits that follow
//! from other bids. A cut that every winner must reach by itself is no such limit: when it is larger than theirs, a bid
//! between the two wins by one clause and loses by the other.

use super::refusals::Refusals;
use super::steps::Step;
use crate::diagnostics::Code;
use crate::money::Ratio;
use crate::rules::registry::Rule;
use crate::rules::{LineAt, PriceTest, RevivalAtLine};

/// Refuses price tests that contradict each other.
pub(super) fn refuse(steps: &[Step], refusals: &mut Refusals) {
    refuse_saved(steps, refusals);
    let tests: Vec<(&Step, &PriceTest)> = steps
        .iter()
        .filter_map(|step| match &step.rule {
            Rule::Test(test) => Some((step, test)),
            _ => None,
        })
        .collect();
    for (at, later) in tests.iter().enumerate() {
        for earlier in tests.iter().take(at) {
            if later.0.id == earlier.0.id {
                refuse_pair(*earlier, *later, refusals);
            }
        }
    }
}

/// The cut at which a rule lets a bid win that would lose.
fn saves_at(rule: &Rule) -> Option<Ratio> {
    match rule {
        Rule::Guaranteed(rule) => Some(rule.cut),
        Rule::LineRevival(RevivalAtLine { line: LineAt::Cut { cut, .. } }) => Some(*cut),
        _ => None,
    }
}

/// Refuses a cut that every winner must reach beside a smaller one that saves a bid.
fn refuse_saved(steps: &[Step], refusals: &mut Refusals) {
    for (saving, at) in steps.iter().filter_map(|step| Some((step, saves_at(&step.rule)?))) {
        for test in steps.iter().filter(|step| step.any.is_none()) {
            let Rule::Test(PriceTest::CutFromCeilingAtLeast(rule)) = &test.rule else { continue };
            if rule.cut > at {
                let (value, other_value) = (at.to_string(), rule.cut.to_string());
                let values = [
                    ("rule", saving.id),
                    ("value", &*value),
                    ("cite", saving.cite.as_str()),
                    ("other", test.id),
                    ("other_value", &*other_value),
                    ("other_cite", test.cite.as_str()),
                ];
                refusals.at(Code::RulesSaveAndBar, saving.at.clone(), &values);
            }
        }
    }
}

fn refuse_pair(earlier: (&Step, &PriceTest), later: (&Step, &PriceTest), refusals: &mut Refusals) {
    let ((one, one_test), (other, other_test)) = (earlier, later);
    let place = other.at.clone();
    match (&one.any, &other.any) {
        (None, None) if one_test == other_test => {
            refusals.at(Code::RulesRuleTwice, place, &[("rule", other.id)]);
        }
        (None, None) => {
            let values = [
                ("rule", one.id),
                ("value", &*one_test.limit()),
                ("cite", one.cite.as_str()),
                ("other_value", &*other_test.limit()),
                ("other_cite", other.cite.as_str()),
            ];
            refusals.at(Code::RulesContradict, place, &values);
        }
        (None, Some(group)) if one_test.is_as_strict_as(other_test) => {
            idle_group(one, other, &group.value, place, refusals);
        }
        (Some(group), None) if other_test.is_as_strict_as(one_test) => {
            idle_group(other, one, &group.value, place, refusals);
        }
        _ => {}
    }
}

fn idle_group(
    alone: &Step,
    grouped: &Step,
    group: &str,
    place: std::ops::Range<usize>,
    refusals: &mut Refusals,
) {
    let values = [
        ("rule", alone.id),
        ("cite", alone.cite.as_str()),
        ("group", group),
        ("other_cite", grouped.cite.as_str()),
    ];
    refusals.at(Code::RulesGroupIdle, place, &values);
}
