//! The parts of every table add up to their whole, exactly.

use std::collections::BTreeMap;

use jicai::text::Language;
use num_bigint::BigInt;

use crate::{drug, here, project, rows};

const FIGURES: [&str; 9] = ["low", "central", "high", "mean", "p5", "p25", "p50", "p75", "p95"];
const PATHS: [&str; 3] = ["low", "central", "high"];

type Row = BTreeMap<String, String>;

/// Millionths of a yuan.
fn steps(amount: &str) -> BigInt {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    format!("{whole}{part:0<6}").parse().unwrap_or_else(|_| panic!("{amount}"))
}

fn sum<'a>(rows: impl Iterator<Item = &'a Row>, column: &str) -> BigInt {
    rows.map(|row| steps(&row[column])).sum()
}

/// What does not add up in a projection.csv.
fn faults(csv: &str) -> Vec<String> {
    let rows = rows(csv);
    let of = |scope: &'static str, measure: &'static str| {
        rows.iter().filter(move |row| row["scope"] == scope && row["measure"] == measure)
    };
    let mut found = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            found.push(what);
        }
    };
    let measures =
        ["baseline_spending", "awarded_spending", "outside_spending", "saving", "discounted_saving"];
    for measure in measures {
        for path in PATHS {
            let years = sum(of("year", measure), path);
            check(years == sum(of("all_years", measure), path), format!("years of {measure}, {path}"));
        }
    }
    for path in PATHS {
        let lots = sum(of("lot", "saving"), path);
        check(lots == sum(of("all_years", "saving"), path), format!("lots, {path}"));
        for scope in ["year", "all_years"] {
            for whole in of(scope, "saving") {
                let same = |measure| of(scope, measure).filter(|row| row["year"] == whole["year"]);
                let left = sum(same("baseline_spending"), path)
                    - sum(same("awarded_spending"), path)
                    - sum(same("outside_spending"), path);
                check(left == steps(&whole[path]), format!("saving of {scope} {}, {path}", whole["year"]));
            }
        }
        let mut until = BigInt::ZERO;
        for (year, up_to) in of("year", "saving").zip(of("until_year", "saving")) {
            until += steps(&year[path]);
            check(until == steps(&up_to[path]), format!("until {}, {path}", year["year"]));
        }
        // A payer's years are his whole.
        for whole in of("all_years", "saving_of_payer") {
            let own = of("year", "saving_of_payer")
                .filter(|row| row["payer"] == whole["payer"] && row["scheme"] == whole["scheme"]);
            check(sum(own, path) == steps(&whole[path]), format!("{} {path}", whole["payer"]));
        }
    }
    for scope in ["year", "all_years"] {
        for whole in of(scope, "saving") {
            for figure in FIGURES {
                let parts = of(scope, "saving_of_payer").filter(|row| row["year"] == whole["year"]);
                let holds = sum(parts, figure) == steps(&whole[figure]);
                check(holds, format!("payers of {scope} {}, {figure}", whole["year"]));
            }
        }
    }
    for row in &rows {
        let percentiles = ["p5", "p25", "p50", "p75", "p95"].map(|column| &row[column]);
        let numbers: Vec<BigInt> =
            percentiles.iter().filter(|cell| !cell.is_empty()).map(|cell| steps(cell)).collect();
        check(numbers.is_sorted(), format!("percentiles of {} {}", row["scope"], row["year"]));
        check(row["kind"] == "projection", "a figure that does not say what it is".to_owned());
    }
    found
}

#[test]
fn uninsured_use_has_its_payer_too() {
    let folder = tempfile::TempDir::new().unwrap();
    let profile = folder.path().join("own.toml");
    let text = std::fs::read_to_string(here("tenders/payers/cn-jiangxi-2022.toml")).unwrap();
    std::fs::write(&profile, text.replace("insured_share = \"1\"", "insured_share = \"0.93\"")).unwrap();
    let line = ["--payers", profile.to_str().unwrap(), "--years", "3"];
    let run = project(&drug(), None, &line, Language::English);
    assert_eq!(run.answer.exit.code(), 0, "{}", run.answer.messages);
    assert_eq!(faults(&run.files["projection.csv"]), Vec::<String>::new());
    let patients = |csv: &str| {
        let rows = rows(csv);
        let own = rows.iter().find(|row| row["scope"] == "all_years" && row["payer"] == "patient").unwrap();
        steps(&own["central"])
    };
    let insured = project(&drug(), None, &["--years", "3"], Language::English);
    assert!(patients(&run.files["projection.csv"]) > patients(&insured.files["projection.csv"]));
}

fn examples() -> Vec<(String, Vec<&'static str>)> {
    vec![
        (drug(), vec!["--years", "5"]),
        (here("tenders/cn-drug-expansion-2019"), vec![]),
        (here("tenders/cn-drug-expansion-2019"), vec!["--years", "7", "--baseline", "previous_price"]),
        (here("tenders/cn-stents-2020"), vec!["--years", "5"]),
    ]
}

#[test]
fn every_table_adds_up() {
    for (tender, more) in examples() {
        let run = project(&tender, None, &more, Language::English);
        let csv = &run.files["projection.csv"];
        assert!(rows(csv).len() > 20, "{tender}");
        assert_eq!(faults(csv), Vec::<String>::new(), "{tender}");
    }
}

#[test]
fn a_planted_cent_is_found_wherever_it_lies() {
    let run = project(&drug(), None, &["--years", "2"], Language::English);
    let csv = &run.files["projection.csv"];
    assert_eq!(faults(csv), Vec::<String>::new());
    let lines: Vec<&str> = csv.lines().collect();
    let mut planted = 0;
    for (at, line) in lines.iter().enumerate().skip(1) {
        for (place, name) in [(7, "low"), (8, "central"), (10, "mean"), (14, "p75")] {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            // What only the draws of a discounted or a cumulative saving say has nothing to add up to.
            let alone = cells[4] == "discounted_saving" || cells[1] == "until_year";
            if cells[place].is_empty() || (place > 9 && alone) {
                continue;
            }
            let amount = steps(&cells[place]) + 10_000;
            cells[place] = format!("{}.{:02}", &amount / 1_000_000, (&amount % 1_000_000) / 10_000);
            let mut damaged: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            damaged[at] = cells.join(",");
            assert!(!faults(&damaged.join("\n")).is_empty(), "{name} of {line}");
            planted += 1;
        }
    }
    assert!(planted > 60, "{planted}");
}
