//! The case file of each rule: its specification, run as a test.
//!
//! A case file is Markdown. Its title is the rule's id. The text before the first case says what the clause means; a TOML
//! block there holds for all cases. Each second-level heading begins a case and says in a sentence what it shows. A case
//! holds
//!
//! - a TOML block, if it needs one: `rules` (the rule set), `added` (TOML added to it), `parameters` (overrides), `lot` (cells of `lots.csv`), `scale`
//!   (the volume scale), `refused` (the code with which the tender is refused);
//! - a table of bids with the columns of `bids.csv`; `lot_id` is filled in, `controller` goes to `suppliers.csv`;
//! - if it needs them, tables of demand (`region` …), of decisions (`act` …) and of picks (`role` …);
//! - what must come out: columns whose heading begins with `→`, in the table of bids for each bid, in a table of its own
//!   for the lot.
//!
//! Each case becomes a tender folder and goes through the whole evaluation. Expected of a bid: `verdict` (of the rule that
//! the file is about; `-` when it says nothing of the bid), `fact NAME` (a number that the rule compared), `status`, `rank`,
//! `comparable_price`, `route`, `award_price` (of a bid that won), `agreed_volume`, `regions` (in the order of names),
//! `region_count`, `backups` and `second_backups`. Expected of a lot: `outcome`, `bidders`, `places`, `agreed_share`,
//! `term_years`, `agreed_volume`, `value`, and for each baseline `cut_` and `simple_cut_` with its name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jicai::rules::rule_ids;
use jicai::text::{Language, find, keys_under};

#[path = "rules/case.rs"]
mod case;
#[path = "rules/outcome.rs"]
mod outcome;

use case::{CaseFile, read_case_file};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == extension))
        .collect();
    found.sort();
    found
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().replace('_', "-")
}

fn case_files() -> Vec<CaseFile> {
    files("tests/rules", "md").iter().map(|path| read_case_file(path)).collect()
}

#[test]
fn every_case_comes_out_as_it_says() {
    let mut wrong = Vec::new();
    for file in case_files() {
        for case in &file.cases {
            let found = outcome::run(&file, case);
            wrong.extend(found.into_iter().map(|line| format!("{}: {}\n    {line}", file.rule, case.title)));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// An oracle must be able to fail: each expectation, changed, is contradicted.
#[test]
fn every_expectation_can_be_contradicted() {
    for file in case_files() {
        for case in &file.cases {
            for changed in case.with_one_expectation_changed() {
                assert!(!outcome::run(&file, &changed).is_empty(), "{}: {}", file.rule, changed.title);
            }
        }
    }
}

#[test]
fn rule_files_registry_cases_and_texts_are_one_to_one() {
    let registry: BTreeSet<String> = rule_ids().map(str::to_owned).collect();
    let holds = |path: &&PathBuf| fs::read_to_string(path).unwrap().contains("pub const ID: &'static str = ");
    let rule_files: BTreeSet<String> =
        files("src/rules", "rs").iter().filter(holds).map(|path| stem(path)).collect();
    assert_eq!(rule_files, registry, "files of src/rules");
    let cases: BTreeSet<String> = files("tests/rules", "md").iter().map(|path| stem(path)).collect();
    assert_eq!(cases, registry, "files of tests/rules");
    for file in case_files() {
        assert_eq!(file.rule, stem(&file.path), "title of {}", file.path.display());
    }
    for language in Language::ALL {
        let texts = keys_under(language, "rules.rule.");
        let texts: BTreeSet<String> =
            texts.into_iter().map(|key| key.split('.').next().unwrap_or("").to_owned()).collect();
        assert_eq!(texts, registry, "texts in {language:?}");
        for id in &registry {
            assert!(
                find(language, &format!("rules.rule.{id}.title")).is_some(),
                "title of {id} in {language:?}"
            );
        }
    }
}

#[test]
fn every_rule_file_has_its_headings_and_its_id() {
    for id in rule_ids() {
        let path = root().join("src/rules").join(format!("{}.rs", id.replace('-', "_")));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(&format!("pub const ID: &'static str = \"{id}\";")), "{id}");
        let mut rest = text.as_str();
        for heading in ["# What it checks", "# Why", "# Parameters", "# Example"] {
            let at = rest.find(&format!("/// {heading}\n"));
            assert!(at.is_some(), "{id} has no {heading} in its place");
            rest = &rest[at.unwrap()..];
        }
        let types = text.matches("\npub struct ").count() + text.matches("\npub enum ").count();
        assert!(text[..text.find("/// # What it checks").unwrap()].lines().count() > 2 && types >= 1, "{id}");
    }
}

#[test]
fn every_fact_has_a_name_in_both_languages() {
    let mut sources = files("src/rules", "rs");
    sources.extend(files("src/screen", "rs"));
    let mut named = BTreeSet::new();
    for path in sources {
        let text = fs::read_to_string(path).unwrap();
        let product = text.split("#[cfg(test)]").next().unwrap_or("").to_owned();
        for part in product.split("Fact::new(").skip(1) {
            let name = part.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            named.extend(name.map(str::to_owned));
        }
    }
    assert!(named.len() > 15, "{named:?}");
    for language in Language::ALL {
        for name in &named {
            assert!(find(language, &format!("rules.fact.{name}")).is_some(), "{name} in {language:?}");
        }
    }
}

/// What each case file must show of a rule that judges bids.
#[test]
fn rules_that_judge_bids_are_shown_to_pass_and_to_fail() {
    let judging: BTreeMap<&str, [&str; 2]> = [
        ("related-bids-count-once", ["pass", "fail"]),
        ("usable-price", ["pass", "fail"]),
        ("price-not-above-ceiling", ["pass", "fail"]),
        ("places-by-bidders", ["pass", "fail"]),
        ("price-within-multiple-of-lowest", ["pass", "fail"]),
        ("cut-from-ceiling-at-least", ["pass", "fail"]),
        ("price-at-most", ["pass", "fail"]),
        ("sole-winner-or-negotiation", ["pass", "fail"]),
        ("price-within-multiple-of-anchor", ["pass", "fail"]),
        ("price-at-most-in-group", ["pass", "fail"]),
        ("cost-statement-below-anchor", ["pass", "not_applicable"]),
        ("selected-without-volume", ["pass", "not_applicable"]),
        ("highest-price-excluded", ["pass", "fail"]),
        ("service-fee-at-most", ["pass", "fail"]),
        ("price-at-most-line", ["pass", "fail"]),
        ("price-at-most-first-unit", ["pass", "fail"]),
        ("guaranteed-at-cut", ["pass", "fail"]),
        ("revival-at-line", ["pass", "fail"]),
        ("class-by-rank", ["pass", "not_applicable"]),
        ("class-by-line", ["pass", "not_applicable"]),
        ("revival-of-fused", ["pass", "fail"]),
        ("revival-of-unshortlisted", ["pass", "fail"]),
    ]
    .into();
    for file in case_files() {
        assert!(file.cases.len() > 1, "{} has too few cases", file.rule);
        let Some(needed) = judging.get(file.rule.as_str()) else { continue };
        for verdict in needed {
            let shown = file.cases.iter().any(|case| case.expects("verdict", verdict));
            assert!(shown, "{} shows no {verdict}", file.rule);
        }
    }
}
