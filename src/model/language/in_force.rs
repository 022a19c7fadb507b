//! The limits in force: those that are stated, and those that the rule `least-cost` has of its own.

use crate::diagnostics::Place;
use crate::rules::{AwardRule, LeastCost, RuleSet};
use crate::tender::{Limit, LimitKind, Measure, Range, Scope};

/// A limit with the rule that its rows name.
#[derive(Debug, Clone)]
pub struct InForce<'a> {
    /// The limit.
    pub limit: std::borrow::Cow<'a, Limit>,
    rule: String,
}

impl InForce<'_> {
    /// What the rows of the limit name as their rule.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The name of a row of the limit.
    pub(super) fn label(&self, what: &str, of: &str) -> String {
        format!("{what}[{},{of}]", self.limit.name)
    }
}

/// What the rows of a stated limit name as their rule.
pub fn rule_of(limit: &Limit) -> String {
    format!("limit {}", limit.name)
}

/// Every limit in force, the rule's own first.
pub fn in_force(rules: &RuleSet) -> Vec<InForce<'_>> {
    let mut all = Vec::new();
    if let AwardRule::LeastCost { limits } = &rules.award {
        all.extend(own(&limits.rule));
    }
    let stated = rules.limits.iter().filter(|limit| limit.kind != LimitKind::Lifted);
    all.extend(
        stated.map(|limit| InForce { limit: std::borrow::Cow::Borrowed(limit), rule: rule_of(limit) }),
    );
    all
}

/// The limits that stand in the parameters of `least-cost`.
fn own(rule: &LeastCost) -> Vec<InForce<'static>> {
    let mut kinds = Vec::new();
    if rule.min_suppliers.is_some() || rule.max_suppliers.is_some() {
        let range = Range { min: rule.min_suppliers, max: rule.max_suppliers };
        kinds.push(("suppliers", LimitKind::Winners(range)));
    }
    if let Some(max) = rule.max_share {
        let range = Range { min: None, max: Some(max) };
        kinds.push(("max_share", LimitKind::Share(Measure::Volume, range)));
    }
    if rule.one_supplier_per_region {
        kinds.push(("one_supplier_per_region", LimitKind::OneSupplierPerRegion));
    }
    let limit = |(name, kind): (&str, LimitKind)| Limit {
        name: name.to_owned(),
        kind,
        scope: Scope::default(),
        cite: None,
        place: Place::file("tender.toml"),
    };
    let in_force = |limit| InForce { limit: std::borrow::Cow::Owned(limit), rule: LeastCost::ID.to_owned() };
    kinds.into_iter().map(limit).map(in_force).collect()
}
