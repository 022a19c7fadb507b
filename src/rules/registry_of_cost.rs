//! The rule of least cost, made from the arguments of a rule set.

use super::load::Arguments;
use super::registry::Rule;
use super::{Criterion, LeastCost};

/// The words of a choice between two.
const YES_NO: &[(&str, bool)] = &[("true", true), ("false", false)];

pub(super) fn least_cost(with: &mut Arguments) -> Option<Rule> {
    let min_suppliers = with.count_limit("min_suppliers");
    let max_suppliers = with.count_limit("max_suppliers");
    let max_share = with.share_limit("max_share");
    let given = with.is_given("one_supplier_per_region");
    let one_supplier_per_region =
        if given { with.choice("one_supplier_per_region", YES_NO) } else { Some(false) };
    let given = with.is_given("objectives");
    let objectives = if given { with.list("objectives", Criterion::WORDS) } else { Some(Vec::new()) };
    let or_cost = |given: Vec<Criterion>| if given.is_empty() { vec![Criterion::Cost] } else { given };
    Some(Rule::LeastCost(LeastCost {
        min_suppliers: min_suppliers?,
        max_suppliers: max_suppliers?,
        max_share: max_share?,
        one_supplier_per_region: one_supplier_per_region?,
        objectives: or_cost(objectives?),
    }))
}
