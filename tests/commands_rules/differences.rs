//! `rules list`, `rules show` and `rules diff`.

use jicai::rules::RuleSet;
use jicai::text::Language;
use std::fs;
use tempfile::TempDir;

use crate::program::{flat, jicai, json, printed, shown};

#[test]
fn a_diff_shows_each_number_that_changes() {
    let page =
        flat(&shown(&["rules", "diff", "cn-drug-expansion-2019", "cn-drug-round-2"], Language::English));
    for part in [
        "places (places): 3: 3 → 2 5: 3 → 4",
        "9+: 3 → 6",
        "treatment (choice): refuse → merge",
        "In B only: price-within-multiple-of-lowest",
        "multiple (ratio): 1.8",
        "A: Document GY-YD2019-1",
        "B: Document GY-YD2019-2",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let found = json(&["rules", "diff", "cn-drug-expansion-2019", "cn-drug-round-2", "--format", "json"]);
    let rule = |id: &str| found["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == id).unwrap();
    assert_eq!(rule("places-by-bidders")["change"], "changed");
    assert_eq!(rule("places-by-bidders")["arguments"][0]["rows"][0]["count"], "3");
    assert_eq!(rule("price-at-most")["change"], "added");
    assert_eq!(rule("usable-price")["change"], "cited_otherwise");
}

#[test]
fn every_pair_of_rule_sets_has_a_readable_diff_and_none_with_itself() {
    let ids: Vec<&str> = RuleSet::built_in_ids().collect();
    for pair in ids.windows(2) {
        for language in Language::ALL {
            shown(&["rules", "diff", pair[0], pair[1]], language);
        }
    }
    for id in ids {
        let found = json(&["rules", "diff", id, id, "--format", "json"]);
        assert_eq!(found["rules"].as_array().unwrap().len(), 0, "{id}");
    }
}

#[test]
fn a_rule_set_can_be_a_file_and_an_unknown_one_is_refused() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("province.toml");
    fs::write(&file, printed("docs/rules.md")).unwrap();
    let file = file.to_str().unwrap();
    assert!(shown(&["rules", "show", file], Language::English).contains("places_share"));
    let page = flat(&shown(&["rules", "diff", "cn-drug-round-4", file], Language::English));
    assert!(
        page.contains("multiple (ratio): 1.8 → 1.5") && page.contains("share (share): none → 0.7"),
        "{page}"
    );
    let refused = jicai(&["rules", "diff", "cn-drug-round-2", "cn-drug-round-44"], Language::English);
    assert_eq!((refused.exit.code(), refused.messages.contains("cn-drug-round-4?")), (2, true));
    let missing = jicai(&["rules", "show", "nowhere.toml"], Language::English);
    assert_eq!((missing.exit.code(), missing.messages.contains("E000")), (3, true), "{}", missing.messages);
}
