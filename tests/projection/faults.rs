//! What is wrong is said with its place, all at once, and nothing is written.

use jicai::cli::Answer;
use jicai::text::Language;
use serde_json::Value;

use crate::{answer, assumptions, drug, project};

/// Code and line of everything that is said of assumptions; nothing may be written.
fn said(text: &str) -> Vec<String> {
    let run = project(&drug(), Some(text), &["--format", "json"], Language::English);
    assert!(run.files.is_empty(), "something was written");
    assert_eq!((run.answer.exit.code(), run.answer.results.as_str()), (3, ""));
    let found: Value = serde_json::from_str(&run.answer.messages).unwrap();
    let list = found.as_array().cloned().unwrap_or_else(|| found["diagnostics"].as_array().unwrap().clone());
    list.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

/// A part replaced, and what is said of it.
const CASES: &[(&str, &str, &[&str])] = &[
    ("outside_share", "distribution = \"fixed\"\ncentral = \"1.01\"", &["E0735"]),
    ("outside_share", "distribution = \"fixed\"\ncentral = \"30%\"", &["E0734"]),
    ("outside_share", "distribution = \"fixed\"\ncentral = 0.3", &["E0733"]),
    ("outside_share", "distribution = \"fixed\"\ncentral = \"\"", &["E0732"]),
    ("outside_share", "distribution = \"fixed\"", &["E0732"]),
    ("outside_share", "central = \"0.3\"", &["E0732", "E0732", "E0732"]),
    ("outside_share", "distribution = \"fixed\"\ncentral = \"-0.1\"", &["E0736"]),
    ("outside_share", "distribution = \"normal\"\ncentral = \"0.1\"\nlow = \"0\"\nhigh = \"1\"", &["E0744"]),
    ("outside_share", "distribution = \"fixed\"\ncentral = \"0.1\"\nhigh = \"0.2\"", &["E0731"]),
    ("need_growth", "distribution = \"fixed\"\ncentral = \"-2\"", &["E0736"]),
    ("need_growth", "distribution = \"fixed\"\ncentral = \"-1.0001\"", &["E0736"]),
    ("need_growth", "distribution = \"fixed\"\ncentral = \"10.1\"", &["E0735"]),
    ("renewal_cut", "distribution = \"fixed\"\ncentral = \"1.1\"", &["E0735"]),
    ("outside_price", "distribution = \"fixed\"\ncentral = \"-1\"", &["E0736"]),
    ("discount", "rate = \"1.5\"", &["E0735"]),
    ("discount", "rate = \"0.05\"\nyears = \"3\"", &["E0731"]),
    (
        "outside_price",
        "distribution = \"triangular\"\nlow = \"0.9\"\ncentral = \"0.8\"\nhigh = \"1\"",
        &["E0737"],
    ),
    (
        "outside_price",
        "distribution = \"triangular\"\nlow = \"0.7\"\ncentral = \"0.8\"\nhigh = \"0.75\"",
        &["E0737"],
    ),
    (
        "outside_price",
        "distribution = \"percentiles\"\nlow = \"0\"\ncentral = \"0.8\"\nhigh = \"1\"\n\
         percentiles = [\"0.1\", \"0.3\", \"0.2\", \"0.4\", \"0.5\"]",
        &["E0737"],
    ),
    (
        "outside_price",
        "distribution = \"percentiles\"\nlow = \"0\"\ncentral = \"0.4\"\nhigh = \"0.45\"\n\
         percentiles = [\"0.1\", \"0.2\", \"0.3\", \"0.4\", \"0.5\"]",
        &["E0737"],
    ),
    (
        "outside_price",
        "distribution = \"percentiles\"\nlow = \"0\"\ncentral = \"0.8\"\nhigh = \"1\"\npercentiles = [\"0.1\", \"0.2\"]",
        &["E0740"],
    ),
    (
        "outside_price",
        "distribution = \"discrete\"\nlow = \"0\"\ncentral = \"0.5\"\nhigh = \"1\"\nvalues = [\"0\", \"1\"]\n\
         weights = [\"0.5\", \"0.6\"]",
        &["E0738"],
    ),
    (
        "outside_price",
        "distribution = \"discrete\"\nlow = \"0\"\ncentral = \"0.5\"\nhigh = \"1\"\nvalues = [\"0\", \"1\"]\n\
         weights = [\"1\"]",
        &["E0740"],
    ),
    (
        "outside_price",
        "distribution = \"discrete\"\nlow = \"0\"\ncentral = \"0.5\"\nhigh = \"1\"\nvalues = [0, \"1\"]\nweights = \"1\"",
        &["E0733", "E0733"],
    ),
    ("uptake", "from_year = \"2\"\ndistribution = \"fixed\"\ncentral = \"1\"", &["E0739"]),
    ("uptake", "from_year = \"0\"\ndistribution = \"fixed\"\ncentral = \"1\"", &["E0734"]),
    ("uptake", "from_year = \"1\"\ndistribution = \"fixed\"\ncentral = \"1001\"", &["E0735"]),
];

#[test]
fn each_fault_has_its_code_and_both_sides_of_a_limit_differ() {
    for (part, body, codes) in CASES {
        assert_eq!(&said(&assumptions(&[(*part, *body)])), codes, "{part}: {body}");
    }
    for (part, body) in [
        ("outside_share", "distribution = \"fixed\"\ncentral = \"1\""),
        ("need_growth", "distribution = \"fixed\"\ncentral = \"-1\""),
        ("need_growth", "distribution = \"fixed\"\ncentral = \"10\""),
        ("renewal_cut", "distribution = \"fixed\"\ncentral = \"1\""),
        ("outside_price", "distribution = \"triangular\"\nlow = \"0.8\"\ncentral = \"0.8\"\nhigh = \"0.8\""),
        ("discount", "rate = \"1\""),
    ] {
        let run = project(&drug(), Some(&assumptions(&[(part, body)])), &[], Language::English);
        assert_eq!(run.answer.exit.code(), 0, "{part}: {}", run.answer.messages);
    }
}

#[test]
fn everything_is_said_at_once_with_its_place() {
    let text = assumptions(&[
        ("outside_share", "distribution = \"fixed\"\ncentral = \"7\""),
        ("need_growth", "distribution = \"fixed\"\ncentral = \"-2\""),
        ("discount", "rate = \"5%\""),
    ])
    .replace("[renewal_cut]", "[renewal_cutt]");
    let plain = project(&drug(), Some(&text), &[], Language::English).answer.messages;
    let place = |needle: &str| {
        let line = text.lines().position(|line| line.contains(needle)).unwrap() + 1;
        let column = text.lines().nth(line - 1).unwrap().find(needle).unwrap() + 1;
        format!("own.toml:{line}:{column}")
    };
    for (code, needle) in
        [("E0735", "\"7\""), ("E0736", "\"-2\""), ("E0734", "\"5%\""), ("E0731", "renewal_cutt")]
    {
        assert!(plain.contains(&format!("[{code}]")) && plain.contains(&place(needle)), "{code}: {plain}");
    }
    assert!(plain.contains("did you mean \"renewal_cut\"?"), "{plain}");
    assert_eq!(said(&text).len(), 5);
    assert_eq!(said("low = "), ["E0730"]);
    assert_eq!(said("").len(), 7);
    let repeated = assumptions(&[(
        "uptake",
        "from_year = \"1\"\ndistribution = \"fixed\"\ncentral = \"1\"\n\
        cite = \"x\"\nstatus = \"verified\"\n[[uptake]]\nfrom_year = \"1\"\ndistribution = \"fixed\"\ncentral = \"1\"",
    )]);
    assert_eq!(said(&repeated), ["E0739"]);
}

#[test]
fn amounts_that_cannot_be_held_are_refused() {
    let huge = assumptions(&[
        ("uptake", "from_year = \"1\"\ndistribution = \"fixed\"\ncentral = \"1000\""),
        ("need_growth", "distribution = \"fixed\"\ncentral = \"10\""),
    ]);
    let run = project(&drug(), Some(&huge), &["--years", "30"], Language::English);
    assert!(run.files.is_empty() && run.answer.messages.contains("E0742"), "{}", run.answer.messages);
    assert_eq!(run.answer.exit.code(), 3);
}

fn refused(more: &[&str]) -> Answer {
    let run = project(&drug(), None, more, Language::English);
    assert!(run.files.is_empty());
    run.answer
}

#[test]
fn a_line_that_asks_for_nonsense_is_refused_with_a_way_out() {
    for more in [
        ["--years", "0"],
        ["--years", "31"],
        ["--years", "+3"],
        ["--draws", "99"],
        ["--draws", "200001"],
        ["--seed", ""],
        ["--seed", "a\nb"],
        ["--discount", "1.01"],
        ["--discount", "5%"],
        ["--baseline", "previous_price"],
        ["--baseline", "nonsense"],
    ] {
        let answer = refused(&more);
        assert_eq!(answer.exit.code(), 2, "{more:?}: {}", answer.messages);
        assert!(answer.messages.contains("= help:") && !answer.messages.contains('⟦'), "{}", answer.messages);
    }
    assert_eq!(refused(&["--payers", "nowhere"]).exit.code(), 3);
    assert_eq!(answer(&["project"], Language::English).exit.code(), 2);
    for more in [["--years", "30"], ["--draws", "100"], ["--discount", "1"]] {
        assert_eq!(project(&drug(), None, &more, Language::English).answer.exit.code(), 0, "{more:?}");
    }
}

#[test]
fn every_code_is_explained() {
    for code in 730..=744 {
        for language in Language::ALL {
            let explained = answer(&["explain", &format!("E0{code}")], language);
            assert_eq!(explained.exit.code(), 0, "E0{code}");
            assert!(!explained.results.contains('⟦'));
        }
    }
}
