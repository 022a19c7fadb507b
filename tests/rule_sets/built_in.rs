//! The rule sets in the program: all load, and their tables are as published.

use jicai::rules::{RuleSet, Status};
use jicai::tender::VolumeClass;
use jicai::text::Language;
use std::collections::BTreeMap;

use crate::small::places;

#[test]
fn every_built_in_rule_set_loads() {
    let ids: Vec<&str> = RuleSet::built_in_ids().collect();
    assert_eq!(
        ids,
        [
            "alliance-composite-score",
            "alliance-iol-2020",
            "cn-drug-4plus7-2018",
            "cn-drug-expansion-2019",
            "cn-drug-fujian-2023",
            "cn-drug-round-10",
            "cn-drug-round-11",
            "cn-drug-round-12",
            "cn-drug-round-2",
            "cn-drug-round-3",
            "cn-drug-round-4",
            "cn-drug-round-5",
            "cn-drug-round-7",
            "cn-drug-round-8",
            "cn-drug-round-9",
            "cn-insulin-2021",
            "cn-insulin-2024",
            "cn-joints-2021",
            "cn-spine-2022",
            "cn-stents-2020",
            "cn-stents-2022",
            "generic-cheapest-first-by-capacity",
            "generic-gdf-rank-bands",
            "generic-lowest-price-single",
            "generic-lowest-price-split",
            "generic-match-the-lowest",
            "generic-optimised",
            "generic-price-quality",
            "generic-price-quality-banded",
            "generic-price-quality-linear",
            "generic-za-80-20",
            "generic-za-90-10",
        ]
    );
    for id in ids {
        let set = RuleSet::built_in(id, None, &BTreeMap::new()).unwrap();
        assert_eq!(set.id, id);
        assert_eq!(set.sha256.len(), 64);
        assert!(set.unverified().is_sorted());
        for parameter in &set.parameters {
            let listed = set.unverified().contains(&parameter.name);
            assert_eq!(listed, parameter.status == Status::Unverified, "{id} {}", parameter.name);
        }
    }
    assert_eq!(RuleSet::built_in("generic-optimised", None, &BTreeMap::new()).unwrap().unverified(), [""; 0]);
}

#[test]
fn an_unknown_rule_set_is_refused_with_the_nearest_name() {
    let found = RuleSet::built_in("cn-drug-round2", None, &BTreeMap::new()).unwrap_err();
    let fault = found.iter().next().unwrap();
    assert_eq!(fault.code.id(), "E0402");
    assert!(fault.help(Language::English).contains("cn-drug-round-2"));
}

#[test]
fn the_published_tables_are_as_published() {
    let of = |id: &str| RuleSet::built_in(id, None, &BTreeMap::new()).unwrap();
    let some = |values: &[u32]| -> Vec<Option<u32>> { values.iter().copied().map(Some).collect() };
    assert_eq!(places(&of("cn-drug-4plus7-2018"), 1..=4), some(&[1, 1, 1, 1]));
    assert_eq!(places(&of("cn-drug-expansion-2019"), 1..=6), some(&[1, 2, 3, 3, 3, 3]));
    assert_eq!(places(&of("cn-drug-round-2"), 1..=12), some(&[1, 2, 2, 3, 4, 4, 5, 5, 6, 6, 6, 6]));
    let fourth = of("cn-drug-round-4");
    assert_eq!(places(&fourth, 1..=16), some(&[1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10, 10, 10, 10]));
    assert_eq!(places(&fourth, [0]), [None]);
    for id in ["cn-drug-round-5", "cn-drug-round-7", "cn-drug-round-8", "cn-drug-round-9"] {
        assert_eq!(places(&of(id), 1..=16), places(&fourth, 1..=16), "{id}");
    }
    assert_eq!(places(&of("cn-drug-round-3"), [8, 9, 10, 11, 99]), some(&[6, 7, 8, 8, 8]));
    for id in ["cn-drug-round-10", "cn-drug-round-11", "cn-drug-round-12"] {
        let table = some(&[1, 2, 2, 3, 3, 3, 4, 5, 6, 6, 7, 8, 8, 9, 9, 10, 10]);
        assert_eq!(places(&of(id), 1..=17), table, "{id}");
    }
    let until = |id: &str| of(id).term_until.unwrap().rule.until.to_string();
    assert_eq!(
        ["8", "9", "10", "11"].map(|round| until(&format!("cn-drug-round-{round}"))),
        ["2025-12-31", "2027-12-31", "2027-12-31", "2028-12-31"]
    );
    assert_eq!(places(&of("cn-stents-2020"), [1, 9, 10, 11, 26]), some(&[1, 9, 10, 10, 10]));
    let share = fourth.agreed_share.unwrap().rule;
    let shares = |class| [1, 2, 3, 4, 9].map(|winners| share.share(class, winners).unwrap().to_string());
    assert_eq!(shares(VolumeClass::Ordinary), ["0.5", "0.6", "0.7", "0.8", "0.8"]);
    assert_eq!(shares(VolumeClass::Restricted), ["0.4", "0.5", "0.6", "0.7", "0.7"]);
    assert_eq!(
        [1, 2, 3, 4].map(|winners| fourth.term.as_ref().unwrap().rule.years(winners)),
        [1, 1, 2, 3].map(Some)
    );
    assert_eq!(
        [1, 2, 3, 4].map(|winners| of("cn-drug-round-2").term.unwrap().rule.years(winners)),
        [1, 2, 2, 3].map(Some)
    );
}
