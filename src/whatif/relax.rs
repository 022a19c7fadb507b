//! What each rule costs: the rule set without it, evaluated again.

use super::{RuleCost, run};
use crate::money::{Ratio, RoundingMode};
use crate::price_to_win::shared_out;
use crate::rules::{
    AwardRule, Cited, GuaranteedAtCut, HighestPriceExcluded, LeastCost, MatchTheLowest, PlacesByBidders,
    PreferenceMargin, PreferencePoints, PriceAtMostFirstUnit, PriceNotAboveCeiling, PriceTestGroup,
    QualityScoreAtLeast, Quota, RankedStages, RelatedBids, RelatedBidsCountOnce, RuleSet,
    SelectedWithoutVolume, SoleWinnerOrNegotiation,
};
use crate::solve::Effort;
use crate::tender::Tender;

/// A rule set without one of its rules.
struct Relaxed {
    rule: &'static str,
    limit: String,
    cite: String,
    rules: RuleSet,
}

/// Every limit and every screen relaxed alone, in the order of the rule set's stages.
pub(super) fn rule_costs(tender: &Tender, rules: &RuleSet, effort: &Effort<'_>) -> Vec<RuleCost> {
    let relaxed = relaxations(rules);
    let runs = shared_out(&relaxed, 1, |relaxed| run(tender.clone(), relaxed.rules.clone(), effort));
    let cost = |(relaxed, run): (Relaxed, _)| {
        let Relaxed { rule, limit, cite, .. } = relaxed;
        RuleCost { rule, limit, cite, run }
    };
    relaxed.into_iter().zip(runs).map(cost).collect()
}

/// The rule set without each of its rules in turn.
fn relaxations(rules: &RuleSet) -> Vec<Relaxed> {
    let mut found = Vec::new();
    let mut without = |rule, limit: String, cite: &str, change: &dyn Fn(&mut RuleSet)| {
        let mut relaxed = rules.clone();
        change(&mut relaxed);
        // Draws and picks recorded under the whole rule set stand only where they still fit.
        relaxed.instead_of = Some(rules.id.clone());
        found.push(Relaxed { rule, limit, cite: cite.to_owned(), rules: relaxed });
    };
    if rules.related_bids.rule.treatment == RelatedBids::Merge {
        without(RelatedBidsCountOnce::ID, String::new(), &rules.related_bids.cite, &|rules| {
            rules.related_bids.rule.treatment = RelatedBids::Allow;
        });
    }
    if let Some(ceiling) = &rules.ceiling {
        without(PriceNotAboveCeiling::ID, String::new(), &ceiling.cite, &|rules| rules.ceiling = None);
    }
    match &rules.award {
        AwardRule::Ranked { places, negotiation, tests, stages, .. } => {
            without(PlacesByBidders::ID, String::new(), &places.cite, &|rules| {
                if let AwardRule::Ranked { places, .. } = &mut rules.award {
                    places.rule.quota = Quota::Share { share: Ratio::ONE, mode: RoundingMode::Up };
                }
            });
            if let Some(rule) = negotiation {
                without(SoleWinnerOrNegotiation::ID, rule.rule.bidders.to_string(), &rule.cite, &|rules| {
                    if let AwardRule::Ranked { negotiation, .. } = &mut rules.award {
                        *negotiation = None;
                    }
                });
            }
            for (at, group) in tests.iter().enumerate() {
                let Some(first) = group.tests.first() else { continue };
                without(first.rule.id(), limit_of(group), &first.cite, &|rules| {
                    if let AwardRule::Ranked { tests, .. } = &mut rules.award {
                        tests.remove(at);
                    }
                });
            }
            without_stages(stages, &mut without);
        }
        AwardRule::LeastCost { limits } => without_limits(limits, &mut without),
    }
    for limit in &rules.limits {
        let cite = limit.cite.as_deref().unwrap_or(&rules.cite);
        without(LeastCost::ID, format!("limit {}", limit.name), cite, &|rules| {
            rules.limits.retain(|own| own.name != limit.name);
        });
    }
    found
}

/// Adds a relaxation: the rule, its limit, its source and what takes it out.
type Without<'w> = dyn FnMut(&'static str, String, &str, &dyn Fn(&mut RuleSet)) + 'w;

fn without_stages(stages: &RankedStages, without: &mut Without<'_>) {
    fn own(rules: &mut RuleSet, change: impl Fn(&mut RankedStages)) {
        if let AwardRule::Ranked { stages, .. } = &mut rules.award {
            change(stages);
        }
    }
    if let Some(rule) = &stages.scoring.least_quality {
        without(QualityScoreAtLeast::ID, String::new(), &rule.cite, &|rules| {
            own(rules, |stages| stages.scoring.least_quality = None);
        });
    }
    if let Some(rule) = &stages.scoring.margin {
        without(PreferenceMargin::ID, String::new(), &rule.cite, &|rules| {
            own(rules, |stages| stages.scoring.margin = None);
        });
    }
    if let Some(rule) = &stages.scoring.preference {
        without(PreferencePoints::ID, String::new(), &rule.cite, &|rules| {
            own(rules, |stages| stages.scoring.preference = None);
        });
    }
    if let Some(rule) = &stages.match_lowest {
        without(MatchTheLowest::ID, String::new(), &rule.cite, &|rules| {
            own(rules, |stages| stages.match_lowest = None);
        });
    }
    if let Some(rule) = &stages.unit_cap {
        without(PriceAtMostFirstUnit::ID, String::new(), &rule.cite, &|rules| {
            own(rules, |stages| stages.unit_cap = None);
        });
    }
    if let Some(rule) = &stages.guaranteed {
        without(GuaranteedAtCut::ID, String::new(), &rule.cite, &|rules| {
            own(rules, |stages| stages.guaranteed = None);
        });
    }
    if let Some(rule) = &stages.highest_excluded {
        without(HighestPriceExcluded::ID, String::new(), &rule.cite, &|rules| {
            own(rules, |stages| stages.highest_excluded = None);
        });
    }
    if let Some(rule) = &stages.without_volume {
        without(SelectedWithoutVolume::ID, String::new(), &rule.cite, &|rules| {
            own(rules, |stages| stages.without_volume = None);
        });
    }
}

fn without_limits(limits: &Cited<LeastCost>, without: &mut Without<'_>) {
    fn own(rules: &mut RuleSet, change: impl Fn(&mut LeastCost)) {
        if let AwardRule::LeastCost { limits } = &mut rules.award {
            change(&mut limits.rule);
        }
    }
    let named = |name: &str, value: String| format!("{name} {value}");
    if let Some(least) = limits.rule.min_suppliers {
        without(LeastCost::ID, named("min_suppliers", least.to_string()), &limits.cite, &|rules| {
            own(rules, |limits| limits.min_suppliers = None);
        });
    }
    if let Some(most) = limits.rule.max_suppliers {
        without(LeastCost::ID, named("max_suppliers", most.to_string()), &limits.cite, &|rules| {
            own(rules, |limits| limits.max_suppliers = None);
        });
    }
    if let Some(share) = limits.rule.max_share {
        without(LeastCost::ID, named("max_share", share.to_string()), &limits.cite, &|rules| {
            own(rules, |limits| limits.max_share = None);
        });
    }
    if limits.rule.one_supplier_per_region {
        without(LeastCost::ID, "one_supplier_per_region".to_owned(), &limits.cite, &|rules| {
            own(rules, |limits| limits.one_supplier_per_region = false);
        });
    }
}

/// The numbers of a group of tests.
fn limit_of(group: &PriceTestGroup) -> String {
    let limits: Vec<String> =
        group.tests.iter().map(|test| format!("{} {}", test.rule.id(), test.rule.limit())).collect();
    limits.join("; ")
}
