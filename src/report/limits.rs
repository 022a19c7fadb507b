//! The limits within which an award costs least, as people read them.

use super::conflict::in_words;
use crate::diagnostics::escape;
use crate::model::{Part, PartKind};
use crate::rules::RuleSet;
use crate::tender::{LimitKind, Measure, Scope};
use crate::text::{Language, fill, text};

/// One limit.
pub(super) struct LimitRow<'r> {
    /// What it says, with its name and its numbers.
    pub(super) says: String,
    /// Where it applies and to whom.
    pub(super) scope: String,
    /// Where it is written down.
    pub(super) cite: Option<&'r str>,
}

/// The limits that a rule set, the tender or the scenario states, in the order of their names.
pub(super) fn limits(rules: &RuleSet, language: Language) -> Vec<LimitRow<'_>> {
    let stated = rules.limits.iter().filter(|limit| limit.kind != LimitKind::Lifted);
    let row = |limit: &'_ crate::tender::Limit| {
        let kind = Some(limit.kind.name());
        let part = Part { kind, ..Part::new(PartKind::Limit, &limit.name, limit.kind.numbers()) };
        let of_value = matches!(
            limit.kind,
            LimitKind::Share(Measure::Value, _) | LimitKind::ClassShare(Measure::Value, _)
        );
        let mut scope = scope(&limit.scope, &limit.kind, language);
        if of_value {
            scope.insert(0, text(language, "page.limits.of_value").to_owned());
        }
        (in_words(&part, language), scope.join(text(language, "page.comma")))
    };
    stated
        .map(|limit| {
            let (says, scope) = row(limit);
            LimitRow { says, scope, cite: limit.cite.as_deref() }
        })
        .collect()
}

/// Where a limit applies and to whom.
fn scope(scope: &Scope, kind: &LimitKind, language: Language) -> Vec<String> {
    let say =
        |key: &str, name: &str| fill(language, &format!("page.limits.{key}"), &[("name", &escape(name))]);
    let comma = text(language, "page.comma");
    let mut said = Vec::new();
    if !scope.lots.is_empty() {
        let lots: Vec<&str> = scope.lots.iter().map(|lot| lot.as_str()).collect();
        said.push(say("lots", &lots.join(comma)));
    }
    said.extend(scope.group.as_ref().map(|group| say("group", group)));
    if !scope.suppliers.is_empty() {
        let suppliers: Vec<&str> = scope.suppliers.iter().map(|supplier| supplier.as_str()).collect();
        said.push(say("suppliers", &suppliers.join(comma)));
    }
    said.extend(scope.class.as_ref().map(|class| say("class", class)));
    said.extend(scope.unit_group.as_ref().map(|unit| say("unit_group", unit)));
    let together = scope.together || matches!(kind, LimitKind::LotsPerSupplier(_) | LimitKind::RelatedAsOne);
    said.push(text(language, if together { "page.limits.together" } else { "page.limits.each" }).to_owned());
    said
}
