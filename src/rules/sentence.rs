//! The sentence that explains a verdict, in the reader's language.

use crate::money::Ratio;
use crate::tender::{Fact, Reason};
use crate::text::{Language, fill, find, text};

/// Facts that are shares and read as percentages.
const CUTS: [&str; 8] = [
    "cut",
    "required_cut",
    "highest_cut",
    "margin",
    "quota_share",
    "share_before",
    "unit_share",
    "winner_share",
];

/// A reason as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadReason<'r> {
    /// The rule's id.
    pub rule: &'r str,
    /// The word of the verdict.
    pub verdict: &'r str,
    /// The numbers and words compared, in the order of reading.
    pub facts: Vec<(&'r str, &'r str)>,
}

/// A reason in one sentence, with the numbers compared.
pub fn sentence(language: Language, reason: &Reason) -> String {
    let facts = reason.facts.iter().map(|fact| (fact.name, fact.value.as_str())).collect();
    sentence_of(language, &ReadReason { rule: reason.rule, verdict: reason.verdict.name(), facts })
}

/// A reason that was read from a file, in one sentence; the rule's id and the verdict where this program has no words for
/// it.
pub fn sentence_of(language: Language, reason: &ReadReason) -> String {
    let verdict = format!("rules.rule.{}.{}", reason.rule, reason.verdict);
    let special = reason.facts.iter().map(|(name, _)| format!("{verdict}_{name}"));
    let Some(key) = special.rev().chain([verdict.clone()]).find(|key| find(language, key).is_some()) else {
        return format!("{}: {}", reason.rule, reason.verdict);
    };
    let values: Vec<(&str, String)> =
        reason.facts.iter().map(|(name, value)| (*name, value_of(language, name, value))).collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill(language, &key, &values)
}

/// A rule's title in one line.
pub fn rule_title(language: Language, rule: &str) -> &'static str {
    text(language, &format!("rules.rule.{rule}.title"))
}

/// What a fact is called.
pub fn fact_name(language: Language, fact: &Fact) -> &'static str {
    text(language, &format!("rules.fact.{}", fact.name))
}

/// A fact's value as it is read: words in the language, cuts as percentages, numbers as they are.
pub fn fact_value(language: Language, fact: &Fact) -> String {
    value_of(language, fact.name, &fact.value)
}

fn value_of(language: Language, name: &str, value: &str) -> String {
    if let Some(word) = find(language, &format!("rules.value.{name}.{value}")) {
        return word.to_owned();
    }
    if CUTS.contains(&name) {
        let (sign, digits) = value.strip_prefix('-').map_or(("", value), |digits| ("-", digits));
        if let Ok(ratio) = Ratio::parse(digits) {
            return format!("{sign}{}", ratio.percent());
        }
    }
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tender::Verdict;

    fn reason(rule: &'static str, verdict: Verdict, facts: &[(&'static str, &str)]) -> Reason {
        let facts = facts.iter().map(|(name, value)| Fact::new(name, value)).collect();
        Reason { rule, verdict, facts, cite: String::new() }
    }

    #[test]
    fn a_reason_is_a_sentence_with_its_numbers() {
        let facts =
            [("price", "0.5600"), ("ceiling_price", "1.6000"), ("cut", "0.65"), ("required_cut", "0.5")];
        let pass = reason("cut-from-ceiling-at-least", Verdict::Pass, &facts);
        assert_eq!(
            sentence(Language::English, &pass),
            "0.5600 lies 65.00% below the ceiling 1.6000; 50.00% is asked for"
        );
        let above = Fact::new("cut", "-0.0625");
        assert_eq!(fact_value(Language::English, &above), "-6.25%");
    }

    #[test]
    fn a_fact_can_choose_a_fuller_sentence_and_words_are_translated() {
        let void = reason("usable-price", Verdict::Fail, &[("state", "void")]);
        assert_eq!(sentence(Language::Chinese, &void), "申报无有效报价");
        let told =
            reason("usable-price", Verdict::Fail, &[("state", "withdrawn"), ("office_reason", "letter 7")]);
        assert_eq!(sentence(Language::English, &told), "the bid is withdrawn: letter 7");
    }

    #[test]
    fn rules_and_facts_have_names_in_each_language() {
        let fact = Fact::new("comparable_price", "0.5200");
        let of = |language| (rule_title(language, "price-at-most"), fact_name(language, &fact));
        let (english, chinese) = (of(Language::English), of(Language::Chinese));
        assert!(english.0.is_ascii() && english.1.is_ascii() && english.0.len() > 5 && english.1.len() > 5);
        assert!(!chinese.0.is_ascii() && !chinese.1.is_ascii());
    }
}
