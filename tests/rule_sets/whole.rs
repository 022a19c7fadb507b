//! A rule set without a fault: what it says, its overrides, the days on which it is in force.

use jicai::money::{Ratio, Rounding};
use jicai::rules::{AllocationRule, AwardRule, RuleSet};
use jicai::tender::VolumeClass;
use std::collections::BTreeMap;

use crate::small::{WHOLE, broken, codes, day, load, overrides, places};

#[test]
fn a_whole_rule_set_is_typed() {
    let set = load(WHOLE).unwrap();
    assert_eq!(set.comparable_price.rule.content_base, Ratio::parse("1.7").unwrap());
    assert_eq!(set.savings.rule.rounding, Rounding::half_up(4));
    assert_eq!(set.savings.rule.money_rounding, Rounding::half_up(4));
    assert_eq!(set.unverified(), ["savings-against-baselines", "steps"]);
    assert!(
        matches!(&set.allocation, AllocationRule::Draft(draft) if draft.rule.turns(2, 5) == [0, 0, 1, 0, 1])
    );
    let text = broken(
        "[[rule]]\nuse = \"usable-price\"",
        "[[rule]]\nuse = \"price-not-above-ceiling\"\ncite = \"c\"\nstatus = \"verified\"\n\n[[rule]]\nuse = \"usable-price\"",
    );
    assert!(load(&text).unwrap().ceiling.is_some());
}

#[test]
fn overrides_are_shown_checked_and_must_have_a_parameter() {
    let with = |pairs: &[(&str, &str)]| RuleSet::from_toml("small.toml", WHOLE, None, &overrides(pairs));
    let set = with(&[("share", "0.6"), ("counted", "valid")]).unwrap();
    let shown: Vec<_> = set
        .overrides()
        .map(|parameter| {
            (parameter.name.as_str(), parameter.value.as_str(), parameter.overridden_from.as_deref())
        })
        .collect();
    assert_eq!(shown, [("counted", "valid", Some("filed")), ("share", "0.6", Some("0.5"))]);
    let codes = |pairs: &[(&str, &str)]| -> Vec<(&str, String)> {
        let found = with(pairs).unwrap_err();
        found.iter().map(|fault| (fault.code.id(), fault.place.as_ref().unwrap().file.to_string())).collect()
    };
    let tender = || "tender.toml".to_owned();
    assert_eq!(codes(&[("shar", "0.6")]), [("E0434", tender())]);
    assert_eq!(codes(&[("share", "60%")]), [("E0410", tender())]);
    assert_eq!(codes(&[("share", "60")]), [("E0411", tender())]);
    assert_eq!(codes(&[("share", "none")]), [("E0410", tender())]);
    assert_eq!(codes(&[("counted", "all")]), [("E0409", tender())]);
    assert_eq!(codes(&[("base", "0")]), [("E0410", tender())]);
    let limits = overrides(&[("max_suppliers", "15"), ("max_share", "0.4")]);
    let set = RuleSet::built_in("generic-optimised", None, &limits).unwrap();
    let AwardRule::LeastCost { limits } = set.award else { panic!("not least cost") };
    assert_eq!((limits.rule.min_suppliers, limits.rule.max_suppliers), (None, Some(15)));
    assert_eq!(limits.rule.max_share, Some(Ratio::parse("0.4").unwrap()));
    let cap = overrides(&[("max_winners", "7")]);
    assert_eq!(
        places(&RuleSet::built_in("cn-stents-2020", None, &cap).unwrap(), [6, 7, 9]),
        [6, 7, 7].map(Some)
    );
}

#[test]
fn a_rule_set_knows_the_days_on_which_it_is_in_force() {
    let on = |text: &str, announced| {
        let announced = day(announced);
        let set = RuleSet::from_toml("small.toml", text, announced, &BTreeMap::new()).unwrap();
        set.is_in_force(announced.unwrap())
    };
    assert!(!on(WHOLE, "2019-12-31"));
    assert!(on(WHOLE, "2020-01-01"));
    let ends = broken("in_force = 2020-01-01", "in_force = 2020-01-01\nuntil = 2020-12-31");
    assert!(on(&ends, "2020-12-31"));
    assert!(!on(&ends, "2021-01-01"));
    let backwards = broken("in_force = 2020-01-01", "in_force = 2020-01-01\nuntil = 2019-12-31");
    let found = RuleSet::from_toml("small.toml", &backwards, day("2020-01-01"), &BTreeMap::new());
    let codes: Vec<_> = found.unwrap_err().iter().map(|fault| fault.code.id()).collect();
    assert_eq!(codes, ["E0412"]);
}

#[test]
fn histories_are_chosen_by_day_and_must_cover_every_day_once() {
    let entry = |from: &str, until: &str, value: &str| {
        let until = if until.is_empty() { String::new() } else { format!(", until = {until}") };
        format!("{{ from = {from}{until}, value = \"{value}\", cite = \"c\", status = \"verified\" }}")
    };
    let with = |entries: &[String]| {
        broken(
            "value = \"0.5\"\nunit = \"share\"\ncite = \"c\"\nstatus = \"verified\"",
            &format!("unit = \"share\"\nhistory = [{}]", entries.join(", ")),
        )
    };
    let good = with(&[entry("2019-01-01", "2020-05-31", "0.5"), entry("2020-06-01", "", "0.6")]);
    let share = |announced| {
        let set = RuleSet::from_toml("small.toml", &good, day(announced), &BTreeMap::new()).unwrap();
        set.agreed_share.unwrap().rule.share(VolumeClass::Ordinary, 1).unwrap().to_string()
    };
    assert_eq!([share("2020-05-31"), share("2020-06-01"), share("2030-01-01")], ["0.5", "0.6", "0.6"]);
    // Order of writing does not matter.
    assert_eq!(
        codes(&with(&[entry("2020-06-01", "", "0.6"), entry("2019-01-01", "2020-05-31", "0.5")])),
        [""; 0]
    );
    let hole = with(&[entry("2020-01-01", "2020-05-30", "0.5"), entry("2020-06-01", "", "0.6")]);
    assert_eq!(codes(&hole), ["E0413"]);
    let overlap = with(&[entry("2020-01-01", "2020-06-01", "0.5"), entry("2020-06-01", "", "0.6")]);
    assert_eq!(codes(&overlap), ["E0414"]);
    assert_eq!(codes(&with(&[entry("2020-01-01", "", "0.5"), entry("2020-06-01", "", "0.6")])), ["E0414"]);
    assert_eq!(codes(&with(&[entry("2020-01-02", "", "0.5")])), ["E0413"]);
    assert_eq!(codes(&with(&[entry("2020-01-01", "2020-12-31", "0.5")])), ["E0413"]);
    assert_eq!(
        codes(&with(&[entry("2020-01-01", "2019-12-31", "0.5"), entry("2020-01-01", "", "0.6")])),
        ["E0412"]
    );
    assert_eq!(
        codes(&with(&[entry("2019-01-01", "2020-05-31", "5"), entry("2020-06-01", "", "0.6")])),
        ["E0411"]
    );
    assert_eq!(codes(&with(&[])), ["E0413"]);
}
