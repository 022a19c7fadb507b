//! The three paths, to the last cent.

use jicai::text::Language;
use serde_json::Value;

use crate::{assumptions, cell, drug, here, project, rows};

#[test]
fn the_central_path_is_that_of_hand_arithmetic() {
    let run = project(&drug(), Some(&assumptions(&[])), &["--years", "4"], Language::English);
    assert_eq!(run.answer.exit.code(), 0, "{}", run.answer.messages);
    let rows = rows(&run.files["projection.csv"]);
    // Year 1: use 1.1 of the agreed; 39.6 million × 1.1; of it 0.9 at the award, 0.1 at 0.9 of the price before.
    // Each further year × 1.03; in year 4, after the term of three years, the award price × 0.96.
    let by_hand = [
        ("1", ["43560000.00", "13083840.00", "3920400.00", "26555760.00", "26555760.00"]),
        ("2", ["44866800.00", "13476355.20", "4038012.00", "27352432.80", "26049936.00"]),
        ("3", ["46212804.00", "13880645.86", "4159152.36", "28173005.78", "25553746.74"]),
        ("4", ["47599188.12", "13725182.62", "4283926.93", "29590078.57", "25561022.41"]),
        ("", ["182238792.12", "54166023.68", "16401491.29", "111671277.15", "103720465.15"]),
    ];
    let measures =
        ["baseline_spending", "awarded_spending", "outside_spending", "saving", "discounted_saving"];
    for (year, amounts) in by_hand {
        let scope = if year.is_empty() { "all_years" } else { "year" };
        for (measure, amount) in measures.into_iter().zip(amounts) {
            for column in ["low", "central", "high"] {
                assert_eq!(cell(&rows, (scope, year, measure), column), amount, "{measure} {year} {column}");
            }
        }
    }
    // Nothing is uncertain: every draw is the path, and only the unit of the floating point differs.
    for column in ["mean", "p5", "p50", "p95"] {
        assert_eq!(cell(&rows, ("year", "1", "saving"), column), "26555760.00");
    }
}

#[test]
fn the_term_of_the_lots_is_the_default_and_renewals_begin_after_it() {
    let cut = |years: &[&str]| {
        let own = assumptions(&[(
            "renewal_cut",
            "distribution = \"triangular\"\nlow = \"0\"\ncentral = \"0.05\"\nhigh = \"0.1\"",
        )]);
        let mut line = vec!["--format", "json"];
        line.extend(years);
        let run = project(&drug(), Some(&own), &line, Language::English);
        let json: Value = serde_json::from_str(&run.answer.results).unwrap();
        let effects = json["factors"].as_array().unwrap();
        let own = effects.iter().find(|effect| effect["factor"] == "renewal_cut").unwrap();
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        (word(&json["years"]), word(&json["years_of_term"]), word(&own["swing"]))
    };
    assert_eq!(cut(&[]), ("3".into(), "yes".into(), "0.00".into()));
    assert_eq!(cut(&["--years", "3"]), ("3".into(), "no".into(), "0.00".into()));
    // In year 4, 0.9 × 13,216,000 × 1.1 × 1.03³: 14,297,065.23 without a cut, 12,867,358.71 with a tenth.
    assert_eq!(cut(&["--years", "4"]).2, "1429706.52");
}

#[test]
fn low_and_high_paths_take_each_factor_at_its_worse_and_better_end() {
    let own = assumptions(&[
        (
            "uptake",
            "from_year = \"1\"\ndistribution = \"uniform\"\nlow = \"1\"\ncentral = \"1\"\nhigh = \"2\"",
        ),
        ("outside_share", "distribution = \"uniform\"\nlow = \"0\"\ncentral = \"0.5\"\nhigh = \"1\""),
        ("outside_price", "distribution = \"fixed\"\ncentral = \"1\""),
        ("need_growth", "distribution = \"fixed\"\ncentral = \"0\""),
    ]);
    let run = project(&drug(), Some(&own), &["--years", "1"], Language::English);
    let rows = rows(&run.files["projection.csv"]);
    let saving = |column| cell(&rows, ("year", "1", "saving"), column);
    // All bought outside at the price before saves nothing; all inside, twice the volume, saves twice 26,384,000.
    assert_eq!([saving("low"), saving("central"), saving("high")], ["0.00", "13192000.00", "52768000.00"]);
}

#[test]
fn uptake_follows_its_path_year_by_year() {
    let part = |year: &str, value: &str| {
        format!("from_year = \"{year}\"\ndistribution = \"fixed\"\ncentral = \"{value}\"")
    };
    let source = "cite = \"x\"\nstatus = \"verified\"";
    let uptake = format!("{}\n{source}\n[[uptake]]\n{}", part("1", "1"), part("3", "2"));
    let own = assumptions(&[
        ("uptake", &uptake),
        ("outside_share", "distribution = \"fixed\"\ncentral = \"0\""),
        ("need_growth", "distribution = \"fixed\"\ncentral = \"0\""),
    ]);
    let run = project(&drug(), Some(&own), &[], Language::English);
    let rows = rows(&run.files["projection.csv"]);
    let saving = ["1", "2", "3"].map(|year| cell(&rows, ("year", year, "saving"), "central"));
    assert_eq!(saving, ["26384000.00", "26384000.00", "52768000.00"]);
    assert_eq!(cell(&rows, ("until_year", "3", "saving"), "central"), "105536000.00");
}

#[test]
fn an_award_dearer_than_its_baseline_is_a_loss_and_a_rise_at_renewal_is_allowed() {
    let own = assumptions(&[
        ("renewal_cut", "distribution = \"uniform\"\nlow = \"-4\"\ncentral = \"-4\"\nhigh = \"0\""),
        ("need_growth", "distribution = \"fixed\"\ncentral = \"-1\""),
    ]);
    let run = project(&drug(), Some(&own), &["--years", "2"], Language::English);
    let saved = rows(&run.files["projection.csv"]);
    assert_eq!(cell(&saved, ("year", "2", "saving"), "central"), "0.00");
    let own = assumptions(&[(
        "renewal_cut",
        "distribution = \"uniform\"\nlow = \"-4\"\ncentral = \"-4\"\nhigh = \"0\"",
    )]);
    let run = project(&drug(), Some(&own), &["--years", "4"], Language::English);
    assert_eq!(run.answer.exit.code(), 0);
    let rows = rows(&run.files["projection.csv"]);
    assert!(cell(&rows, ("year", "4", "saving"), "central").starts_with('-'));
    for language in Language::ALL {
        let run = project(&drug(), Some(&own), &["--years", "5"], language);
        assert!(run.files["charts/projection-fan.svg"].contains("<polygon"));
    }
}

#[test]
fn discount_of_the_line_outweighs_that_of_the_assumptions() {
    let run =
        project(&drug(), Some(&assumptions(&[])), &["--years", "2", "--discount", "0"], Language::English);
    let rows = rows(&run.files["projection.csv"]);
    let amounts =
        ["saving", "discounted_saving"].map(|measure| cell(&rows, ("all_years", "", measure), "central"));
    assert_eq!(amounts, ["53908192.80", "53908192.80"]);
}

#[test]
fn another_baseline_can_be_asked_for() {
    let line = ["--baseline", "ceiling_price", "--years", "1"];
    let run = project(&here("tests/tenders/drug-9a"), Some(&assumptions(&[])), &line, Language::English);
    assert_eq!(run.answer.exit.code(), 0, "{}", run.answer.messages);
    let rows = rows(&run.files["projection.csv"]);
    // The ceiling is 1.6: 36 million units × 1.6 × 1.1.
    assert_eq!(cell(&rows, ("year", "1", "baseline_spending"), "central"), "63360000.00");
}
