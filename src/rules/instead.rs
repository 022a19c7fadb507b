//! Another rule set in the place of the tender's own: what would its rules have done?

use std::collections::BTreeMap;

use super::{RuleSet, load};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::tender::Notice;

/// A rule set that stands in for the tender's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesInstead {
    /// A built-in rule set's id, or the file's name in messages.
    pub name: String,
    /// The text of the file; `None` for a built-in rule set.
    pub text: Option<String>,
    /// Whether the `[parameters]` of `tender.toml` are left out: they were written for the tender's own rules.
    pub without_overrides: bool,
}

impl RulesInstead {
    /// A built-in rule set with the tender's own `[parameters]`.
    pub fn built_in(id: impl Into<String>) -> Self {
        Self { name: id.into(), text: None, without_overrides: false }
    }

    /// Whether it is the rule set that the tender names itself.
    pub fn is_own(&self, notice: &Notice) -> bool {
        self.text.is_none() && !self.without_overrides && self.name == notice.rules
    }

    /// The rule set as it is for this tender. On a day on which it is not in force, the values of the nearest day in force
    /// are taken.
    ///
    /// # Errors
    /// Everything that is wrong with it, and parameters of the tender that it does not have.
    pub fn read(&self, notice: &Notice) -> Result<RuleSet, Diagnostics> {
        let none = BTreeMap::new();
        let overrides = if self.without_overrides { &none } else { &notice.overrides };
        let bare = self.with(notice, &none)?;
        let known = |name: &String| bare.parameters.iter().any(|parameter| parameter.name == *name);
        let strange: Vec<&str> = overrides.keys().filter(|name| !known(name)).map(String::as_str).collect();
        if !strange.is_empty() {
            let error = load::in_tender(Code::OverridesOfOwnRules);
            return Err(error.with("names", strange.join(", ")).with("rules", bare.id.as_str()).into());
        }
        let mut rules = if overrides.is_empty() { bare } else { self.with(notice, overrides)? };
        rules.instead_of = Some(notice.rules.clone());
        Ok(rules)
    }

    fn with(&self, notice: &Notice, overrides: &BTreeMap<String, String>) -> Result<RuleSet, Diagnostics> {
        match &self.text {
            Some(text) => RuleSet::from_toml(&self.name, text, Some(notice.announced), overrides),
            None => RuleSet::built_in(&self.name, Some(notice.announced), overrides),
        }
    }

    /// What a reader must know: these are not the tender's rules, and which of its parameters are left out.
    pub fn warnings(&self, rules: &RuleSet, notice: &Notice) -> Vec<Diagnostic> {
        let until = rules.until.map_or_else(String::new, |until| format!("–{until}"));
        let mut warnings = vec![
            Diagnostic::new(Code::RulesInsteadOfOwn)
                .with("rules", rules.id.as_str())
                .with("from", rules.in_force.to_string())
                .with("until", until)
                .with("own", notice.rules.as_str())
                .with("announced", notice.announced.to_string()),
        ];
        if self.without_overrides && !notice.overrides.is_empty() {
            let names: Vec<&str> = notice.overrides.keys().map(String::as_str).collect();
            warnings.push(Diagnostic::new(Code::OverridesLeftOut).with("names", names.join(", ")));
        }
        warnings
    }
}
