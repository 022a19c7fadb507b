//! The files: in both languages, of a report as of its tender, whatever the order of rows.

use std::fs;
use std::path::Path;

use jicai::text::Language;
use tempfile::TempDir;

use crate::{answer, drug, here, project, rows};

const FILES: [&str; 7] = [
    "charts/projection-factors.svg",
    "charts/projection-fan.svg",
    "inputs/assumptions.toml",
    "manifest.json",
    "projection.csv",
    "projection.html",
    "projection.json",
];

#[test]
fn example_tenders_give_every_file_in_both_languages() {
    for (tender, more) in [
        ("tenders/cn-drug-expansion-2019", vec![]),
        ("tenders/cn-stents-2020", vec!["--years", "5"]),
        ("tenders/cn-stents-2020", vec!["--years", "1"]),
        ("tenders/cn-stents-2020", vec!["--years", "12"]),
    ] {
        let [english, chinese] = Language::ALL.map(|language| project(&here(tender), None, &more, language));
        for run in [&english, &chinese] {
            assert_eq!(run.answer.exit.code(), 0, "{}", run.answer.messages);
            assert_eq!(run.files.keys().collect::<Vec<_>>(), FILES);
            for (name, text) in &run.files {
                assert!(!text.contains('⟦') && !text.contains("NaN"), "{tender}: {name}");
            }
            assert!(!run.answer.results.contains('⟦'));
            let page = &run.files["projection.html"];
            assert!(
                page.contains("default-src 'none'")
                    && !page.contains("<script")
                    && !page.contains(" href=")
                    && !page.contains("src=")
            );
            for (name, id) in
                [("charts/projection-fan.svg", "fan"), ("charts/projection-factors.svg", "factors")]
            {
                let svg = &run.files[name];
                roxmltree::Document::parse(svg).unwrap();
                for needed in [format!("<title id=\"{id}-title\">"), format!("<desc id=\"{id}-desc\">")] {
                    assert!(svg.contains(&needed), "{name}");
                }
                assert!(page.contains(svg.as_str()), "{name} is not on the page");
            }
        }
        assert_eq!(english.files["projection.csv"], chinese.files["projection.csv"]);
        let heading =
            "\u{feff}kind,scope,year,lot_id,measure,scheme,payer,low,central,high,mean,p5,p25,p50,p75,p95\n";
        assert!(english.files["projection.csv"].starts_with(heading));
        assert!(english.files["projection.html"].contains("Projection, not a result of the tender"));
        assert!(chinese.files["projection.html"].contains("测算，不是本批次的结果"));
    }
}

#[test]
fn the_page_holds_the_figures_of_the_table_and_all_that_they_rest_on() {
    let run = project(&drug(), None, &["--seed", "seed <b> & \"q\"", "--years", "4"], Language::English);
    let page = &run.files["projection.html"];
    for row in rows(&run.files["projection.csv"]) {
        let shown = ["saving", "saving_of_payer"].contains(&row["measure"].as_str())
            && ["year", "all_years"].contains(&row["scope"].as_str());
        if shown {
            assert!(page.contains(&format!("data-value=\"{}\"", row["central"])), "{row:?}");
        }
    }
    assert!(page.contains("seed &lt;b&gt; &amp; &quot;q&quot;") && !page.contains("seed <b>"));
    for part in ["10,000 draws", "triangular", "unverified", "stents grew by 17 %", "standard error"] {
        assert!(page.contains(part), "{part}");
    }
    for (name, text) in [("json", &run.files["projection.json"]), ("terminal", &run.answer.results)] {
        assert!(text.contains("10000") && text.contains("triangular"), "{name}");
    }
    let json: serde_json::Value = serde_json::from_str(&run.files["projection.json"]).unwrap();
    assert_eq!(json["seed"], "seed <b> & \"q\"");
    assert_eq!(json["kind"], "projection");
    assert_eq!(json["assumptions"].as_array().unwrap().len(), 7);
}

#[test]
fn a_report_is_projected_as_its_tender_is() {
    let folder = TempDir::new().unwrap();
    let report = folder.path().join("report");
    for rules in [None, Some("cn-drug-round-2")] {
        let tender = here("tenders/cn-drug-expansion-2019");
        let mut line = vec!["evaluate", &tender, "--out", report.to_str().unwrap()];
        line.extend(rules.iter().flat_map(|rules| ["--rules", rules]));
        let written = answer(&line, Language::English);
        assert!([0, 1].contains(&written.exit.code()), "{}", written.messages);
        let of_report = project(report.to_str().unwrap(), None, &[], Language::English);
        assert_eq!(of_report.answer.exit.code(), written.exit.code(), "{}", of_report.answer.messages);
        let of_tender = project(&tender, None, &[], Language::English);
        let same = of_report.files == of_tender.files;
        assert_eq!(same, rules.is_none(), "other rules give another projection");
    }
    let award = report.join("award.json");
    let text = fs::read_to_string(&award).unwrap();
    fs::write(&award, text.replacen("\"cost\": \"", "\"cost\": \"1", 1)).unwrap();
    let refused = project(report.to_str().unwrap(), None, &[], Language::English);
    assert!(refused.files.is_empty() && refused.answer.messages.contains("E0743"));
}

fn copy(from: &Path, to: &Path, reversed: bool) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        if reversed && path.extension().is_some_and(|extension| extension == "csv") {
            lines[1..].reverse();
        }
        fs::write(to.join(path.file_name().unwrap()), format!("{}\n", lines.join("\n"))).unwrap();
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let runs = [false, true].map(|reversed| {
        let folder = TempDir::new().unwrap();
        copy(here("tenders/cn-drug-expansion-2019").as_ref(), folder.path(), reversed);
        project(folder.path().to_str().unwrap(), None, &[], Language::English).files
    });
    for name in FILES.iter().filter(|name| **name != "manifest.json") {
        assert_eq!(runs[0][*name], runs[1][*name], "{name}");
    }
}

#[test]
fn a_lot_without_an_award_is_left_out_and_said() {
    let folder = TempDir::new().unwrap();
    copy(drug().as_ref(), folder.path(), false);
    for (name, more) in [("lots.csv", "L2,Other,1.60,1.10"), ("bids.csv", "L2,Z,9.00")] {
        let path = folder.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        let head: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let given: Vec<&str> = more.split(',').collect();
        let names: &[&str] = if name == "lots.csv" {
            &["lot_id", "name", "ceiling_price", "reference_price"]
        } else {
            &["lot_id", "supplier_id", "price"]
        };
        let row: Vec<&str> = head
            .iter()
            .map(|column| names.iter().position(|name| name == column).map_or("", |at| given[at]))
            .collect();
        fs::write(&path, format!("{text}{}\n", row.join(","))).unwrap();
    }
    let demand = folder.path().join("demand.csv");
    let text = fs::read_to_string(&demand).unwrap();
    let mine = text.lines().nth(1).unwrap().replacen("L1", "L2", 1);
    fs::write(&demand, format!("{text}{mine}\n")).unwrap();
    let run = project(folder.path().to_str().unwrap(), None, &["--format", "json"], Language::English);
    let json: serde_json::Value = serde_json::from_str(&run.answer.results).unwrap_or_default();
    // The only bid is above the ceiling: the lot is not awarded, and a human must know.
    assert_eq!(run.answer.exit.code(), 1, "{}", run.answer.messages);
    assert_eq!((&json["lots_covered"], &json["lots_left_out"]), (&"1".into(), &"1".into()));
    assert!(run.files["projection.html"].contains("Left out: 1"));
}

#[test]
fn without_a_term_in_years_the_years_must_be_given_and_nothing_is_renewed() {
    // The rules of this tender state a last day instead of a term.
    let tender = here("tests/tenders/drug-9b");
    let refused = project(&tender, None, &[], Language::English);
    assert!(
        refused.files.is_empty() && refused.answer.messages.contains("E0741"),
        "{}",
        refused.answer.messages
    );
    assert_eq!(refused.answer.exit.code(), 3);
    let run = project(&tender, None, &["--years", "4"], Language::English);
    assert!([0, 1].contains(&run.answer.exit.code()), "{}", run.answer.messages);
    assert!(run.files["projection.html"].contains("state no term in years: 1."));
    assert!(
        run.files["charts/projection-factors.svg"]
            .contains("Without effect on the saving here: Price cut at renewal.")
    );
}

#[test]
fn the_built_in_assumptions_can_be_printed_and_used() {
    let printed = answer(&["project", "--print-assumptions"], Language::Chinese).results;
    let own = project(&drug(), Some(&printed), &[], Language::English);
    let built_in = project(&drug(), None, &[], Language::English);
    assert_eq!(own.files, built_in.files);
}

#[test]
fn a_folder_that_holds_something_else_is_left_alone() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let out = folder.path().to_str().unwrap();
    let refused = answer(&["project", &drug(), "--out", out], Language::English);
    assert_eq!(refused.exit.code(), 2, "{}", refused.messages);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let again = folder.path().join("p");
    for _ in 0..2 {
        assert_eq!(
            answer(&["project", &drug(), "--out", again.to_str().unwrap()], Language::English).exit.code(),
            0
        );
    }
}

/// The names in code marks of the first column of the tables under a heading.
fn named_in(guide: &str, heading: &str) -> Vec<String> {
    let inside =
        guide.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with('#'));
    let cells = inside.filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn the_guide_names_every_column_and_every_part_of_the_assumptions() {
    let run = project(&drug(), None, &[], Language::English);
    let heading =
        run.files["projection.csv"].lines().next().unwrap().trim_start_matches('\u{feff}').to_owned();
    let printed = answer(&["project", "--print-assumptions"], Language::English).results;
    let parts: Vec<&str> =
        printed.lines().filter(|line| line.starts_with('[') && *line != "[assumptions]").collect();
    let distributions = ["triangular", "uniform", "percentiles", "discrete", "fixed"];
    for (guide, assumed) in [("docs/savings.md", "### Assumptions"), ("docs/savings.zh.md", "### 假设")] {
        let guide = fs::read_to_string(here(guide)).unwrap();
        assert_eq!(named_in(&guide, "### projection.csv").join(","), heading);
        let named = named_in(&guide, assumed);
        assert!(parts.iter().all(|part| named.iter().any(|name| name == part)), "{parts:?} {named:?}");
        assert!(named.ends_with(&distributions.map(str::to_owned)), "{named:?}");
    }
}
