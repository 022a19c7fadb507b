//! The page for those who decide: its figures are those of award.json, and it keeps within one sheet.

#[path = "html/page.rs"]
mod page;

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jicai::cli::{Answer, run};
use jicai::money::Money;
use jicai::report::reading::headline_money;
use jicai::text::Language;
use page::Element;
use serde_json::Value;
use tempfile::TempDir;

fn here(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).to_str().unwrap().to_owned()
}

fn answer(arguments: &[&str]) -> Answer {
    let line: Vec<OsString> =
        std::iter::once("jicai").chain(arguments.iter().copied()).map(OsString::from).collect();
    run(&line, Language::English)
}

/// The pages of a tender in both languages, and its award.json.
fn pages(tender: &str, more: &[&str]) -> (Value, Vec<(Language, String)>) {
    let out = TempDir::new().unwrap();
    let folder = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    let (report, policy) = (folder("r"), folder("p"));
    let evaluated = answer(&["evaluate", tender, "--out", &report]);
    assert_eq!(evaluated.exit.code(), 0, "{}", evaluated.messages);
    let mut line = vec!["report", tender, "--policy", "--out", &policy];
    line.extend(more);
    let written = answer(&line);
    assert_eq!(written.exit.code(), 0, "{}", written.messages);
    let text = |path: PathBuf| fs::read_to_string(path).unwrap();
    let award = serde_json::from_str(&text(Path::new(&report).join("award.json"))).unwrap();
    let page = |language: Language| {
        (language, text(Path::new(&policy).join(format!("policy-{}.html", language.code()))))
    };
    (award, Language::ALL.map(page).to_vec())
}

fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

#[test]
fn the_figures_are_those_of_award_json_in_both_languages() {
    for (tender, baseline) in [
        ("tenders/cn-drug-expansion-2019", "reference_price"),
        ("tenders/cn-stents-2020", "reference_price"),
        ("tests/tenders/stents-9c", "reference_price"),
    ] {
        let (award, pages) = pages(&here(tender), &["--profile", "cn-jiangxi-2022"]);
        let savings = award["totals"]["savings"].as_array().unwrap();
        let of = savings.iter().find(|row| row["baseline"] == baseline).unwrap();
        let headline = money(of["saving"].as_str().unwrap());
        for (language, text) in pages {
            let page = Element::page(&text);
            let shown = page.named("main")[0].text();
            assert!(!shown.contains('⟦') && !shown.contains('{'), "{shown}");
            assert!(!text.contains("<script") && text.contains("default-src 'none'"));
            for name in ["saving", "reference_value", "covered_value", "base_volume_saving"] {
                let amount = headline_money(money(of[name].as_str().unwrap()), "CNY", language);
                assert!(shown.contains(&amount), "{tender} {name} {amount}: {shown}");
            }
            for row in savings.iter().filter(|row| !row["saving"].is_null()) {
                let amount = headline_money(money(row["saving"].as_str().unwrap()), "CNY", language);
                assert!(shown.contains(&amount), "{tender} {amount}");
            }
            let payers =
                answer(&["payers", "split", &here(tender), "--baseline", baseline, "--format", "json"]);
            let payers: Value = serde_json::from_str(&payers.results).unwrap();
            let schemes = payers["by_scheme"].as_array().unwrap();
            let whole = schemes.last().unwrap();
            assert_eq!(money(whole["all_payers"].as_str().unwrap()), headline);
            let gains = page.by_id("gains").tables("gains")[0].rows();
            let amounts: Vec<Money> = gains.iter().map(|row| money(&row[1].number().unwrap())).collect();
            assert_eq!(Money::total(amounts.iter().copied()).unwrap(), headline, "{tender}");
            for (at, payer) in ["critical_illness", "assistance", "patient"].into_iter().enumerate() {
                assert_eq!(amounts[at + 2], money(whole[payer].as_str().unwrap()), "{tender} {payer}");
            }
            let rows = page.by_id("baselines").tables("baselines")[0].rows();
            assert_eq!(rows[0][1].attribute("data-value"), of["saving"].as_str().unwrap(), "{tender}");
            assert_eq!(rows.len(), savings.len().min(5));
            assert!(shown.contains("10,187") && shown.contains("12,300"), "{shown}");
        }
    }
}

#[test]
fn every_list_on_the_page_has_an_end() {
    let folder = TempDir::new().unwrap();
    for entry in fs::read_dir(here("tests/tenders/drug-9a")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let mut baselines = "lot_id,baseline,price,source\n".to_owned();
    for number in 0..30 {
        let _ =
            writeln!(baselines, "L1,a_rather_long_name_of_a_baseline_{number},0.9,a notice of some length");
    }
    fs::write(folder.path().join("baselines.csv"), baselines).unwrap();
    let (_, pages) =
        pages(folder.path().to_str().unwrap(), &["--baseline", "a_rather_long_name_of_a_baseline_7"]);
    for (_, text) in pages {
        let page = Element::page(&text);
        let rows = page.named("table")[0].rows();
        assert_eq!(rows.len(), 5);
        assert!(rows[0][0].text().contains("baseline_7"), "the headline's baseline comes first");
        assert!(page.named("main")[0].text().contains("28"), "how many are left out is said");
        assert!(page.named("li").len() <= 8);
    }
}

#[test]
fn without_a_known_baseline_the_page_says_so_and_shows_no_zero() {
    let (_, pages) = pages(&here("tests/tenders/small-example"), &["--baseline", "reference_price"]);
    for (_, text) in pages {
        let page = Element::page(&text);
        assert!(page.named("svg").is_empty());
        let figure = page.named("main")[0].text();
        assert!(figure.contains("not known") || figure.contains("不详"), "{figure}");
    }
}

#[test]
fn what_the_page_cannot_be_made_of_is_refused() {
    let tender = here("tests/tenders/drug-9a");
    let out = TempDir::new().unwrap();
    let to = out.path().join("p");
    let to = to.to_str().unwrap();
    for (more, code) in [
        (vec!["--policy", "--baseline", "uk_tariff"], 2),
        (vec!["--policy", "--profile", "cn-jiangxi"], 3),
        (vec!["--policy", "--profile", "cn-jiangxi-2022", "--area", "P99=cn-jiangxi-2022"], 2),
        (vec!["--policy", "--letters"], 2),
        (vec!["--letters", "--baseline", "reference_price"], 2),
        (vec![], 2),
    ] {
        let mut line = vec!["report", &tender, "--out", to];
        line.extend(&more);
        assert_eq!(answer(&line).exit.code(), code, "{more:?}");
        assert!(!Path::new(to).exists(), "{more:?}");
    }
}
