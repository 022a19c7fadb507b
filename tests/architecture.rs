//! The shape of the source: who may import whom, where floats, rounding and user-visible text live, how long a file is.
//!
//! Every check takes a path and a text, so that each can be shown a planted violation and must find it.

#[path = "architecture/source.rs"]
mod source;

use std::fs;
use std::path::{Component, Path, PathBuf};

use source::{Kind, literals, only, pieces, product};

/// The stages in the order of the data flow. A stage uses those before it.
const FLOW: [&str; 14] = [
    "read",
    "rules",
    "validate",
    "compare",
    "screen",
    "model",
    "solve",
    "certify",
    "price_to_win",
    "allocate",
    "savings",
    "whatif",
    "report",
    "cli",
];

/// What stands beside the flow, with what it may use.
const BESIDE: [(&str, &[&str]); 6] = [
    ("money", &[]),
    ("text", &[]),
    ("diagnostics", &["text"]),
    ("tender", &["money", "diagnostics"]),
    // The independent check shares reading, validation, numbers, data types, the rule set's parameters, and the columns and
    // rows of lots in the whole bidding language, nothing else.
    ("verify", &["money", "tender", "diagnostics", "text", "read", "validate", "rules", "model"]),
    // The comparison of the certified award with the independent recount.
    ("crosscheck", &["certify", "verify", "screen", "tender", "diagnostics"]),
];

/// Longest file, in lines.
const LINES: usize = 400;

/// A check: the file's path in the repository and its text to what is wrong with it.
type Check = fn(&str, &str) -> Vec<String>;

/// The part of the source that a path belongs to: `solve` for `src/solve/exact.rs`.
fn stage(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let first = inside.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!["lib", "main", "bin"].contains(&name)).then_some(name)
}

fn may_use(stage: &str, other: &str) -> bool {
    if stage == other {
        return true;
    }
    if let Some((_, allowed)) = BESIDE.iter().find(|(name, _)| *name == stage) {
        return allowed.contains(&other);
    }
    if ["money", "tender", "diagnostics", "text"].contains(&other) {
        return true;
    }
    if (stage, other) == ("certify", "solve") || (stage, other) == ("rules", "read") {
        return false;
    }
    // The last stage calls everything, the solver-free recount too.
    if stage == "cli" {
        return true;
    }
    let place = |name| FLOW.iter().position(|known| *known == name);
    place(other).zip(place(stage)).is_some_and(|(other, stage)| other < stage)
}

/// The stages that a file names: `crate::x`, `crate::{x, y}`, and `super::x` where `super` is the crate.
fn used(path: &str, text: &str) -> Vec<String> {
    let code = only(text, Kind::Code);
    let depth = path.matches('/').count() - usize::from(path.ends_with("/mod.rs"));
    let root = "super::".repeat(depth);
    let mut found = Vec::new();
    for prefix in ["crate::", root.as_str()] {
        for (at, _) in code.match_indices(prefix) {
            if prefix != "crate::" && (code[..at].ends_with("super::") || prefix.is_empty()) {
                continue;
            }
            let after = &code[at + prefix.len()..];
            let group = after.strip_prefix('{').map(heads);
            found.extend(group.unwrap_or_else(|| vec![name(after)]));
        }
    }
    let known =
        |name: &String| FLOW.contains(&name.as_str()) || BESIDE.iter().any(|(beside, _)| beside == name);
    found.retain(known);
    found
}

/// The name at the beginning of `text`.
fn name(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// The first names of the members of an import group, up to its closing brace.
fn heads(inside: &str) -> Vec<String> {
    let (mut depth, mut start, mut found) = (0_usize, 0, Vec::new());
    for (at, letter) in inside.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(name(&inside[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(name(&inside[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

fn imports_follow_the_flow(path: &str, text: &str) -> Vec<String> {
    let Some(stage) = stage(path) else { return Vec::new() };
    let wrong = |other: &String| !may_use(stage, other);
    used(path, text).into_iter().filter(wrong).map(|other| format!("{stage} uses {other}")).collect()
}

fn every_part_is_known(path: &str, _: &str) -> Vec<String> {
    let known = |name: &str| FLOW.contains(&name) || BESIDE.iter().any(|(beside, _)| *beside == name);
    stage(path)
        .filter(|name| !known(name))
        .map(|name| format!("{name} has no place in the flow"))
        .into_iter()
        .collect()
}

fn holds_word(code: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(part) && !code[at + word.len()..].starts_with(part))
}

fn decimals_live_in_money(path: &str, text: &str) -> Vec<String> {
    let here = path.starts_with("src/money/");
    let found = !here && holds_word(&only(text, Kind::Code), "rust_decimal");
    found.then(|| "rust_decimal outside money".to_owned()).into_iter().collect()
}

/// The draws of a projection, beside `solve` and the charts the one place of floating-point numbers.
const SAMPLING: &str = "src/savings/projection/sampling.rs";

/// The file of a workbook holds numbers as floats; its writer makes them from exact text, and does no arithmetic.
fn floats_live_in_solve_and_charts(path: &str, text: &str) -> Vec<String> {
    let here = path.starts_with("src/solve/")
        || path.starts_with("src/report/chart")
        || path == "src/report/xlsx/write.rs"
        || path == SAMPLING;
    let code = only(text, Kind::Code);
    let words = ["f32", "f64"].into_iter().filter(|word| !here && holds_word(&code, word));
    words.map(|word| format!("{word} outside solve and charts")).collect()
}

/// Only what every machine rounds alike: a logarithm or a power may differ in its last digit.
fn draws_are_the_same_on_every_machine(path: &str, text: &str) -> Vec<String> {
    if path != SAMPLING {
        return Vec::new();
    }
    let code = only(text, Kind::Code);
    let calls = [
        "exp", "exp2", "exp_m1", "ln", "ln_1p", "log", "log2", "log10", "powf", "powi", "sin", "cos", "tan",
        "cbrt", "hypot", "mul_add",
    ];
    let called = calls
        .into_iter()
        .filter(|call| code.contains(&format!(".{call}(")) || code.contains(&format!("::{call}")));
    called.map(|call| format!("{call} is not rounded alike everywhere")).collect()
}

/// The registry of codes is a table with one row a code; cut in two it would be harder to read, not easier.
fn files_are_short(path: &str, text: &str) -> Vec<String> {
    if path == "src/diagnostics/codes.rs" {
        return Vec::new();
    }
    let lines = text.lines().count();
    (lines >= LINES).then(|| format!("{lines} lines")).into_iter().collect()
}

fn nothing_prints_by_itself(_: &str, text: &str) -> Vec<String> {
    let code = only(text, Kind::Code);
    let words = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
    let found =
        words.into_iter().filter(|word| holds_word(&code, &word[..word.len() - 1]) && code.contains(word));
    found.map(|word| format!("{word} instead of a Write")).collect()
}

/// The readers know Chinese words of the input, such as those of a total row; a word is short, a sentence is not.
const INPUT_WORD: usize = 4;

fn texts_live_in_the_catalogue(path: &str, text: &str) -> Vec<String> {
    let tests = path.ends_with("/tests.rs") || path.ends_with("_tests.rs");
    if tests || path.starts_with("src/text/") || path.starts_with("src/read/columns") {
        return Vec::new();
    }
    let reads = path.starts_with("src/read/") || path.starts_with("src/validate/");
    let allowed = if reads { INPUT_WORD } else { 0 };
    let chinese = |letter: char| matches!(letter, '\u{3400}'..='\u{9fff}');
    let shown = pieces(product(text)).into_iter().filter(|(kind, _)| *kind != Kind::Comment);
    let words = shown.flat_map(|(_, piece)| piece.split(move |letter| !chinese(letter)));
    let wrong = words.filter(|word| word.chars().count() > allowed);
    wrong.map(|word| format!("Chinese outside the catalogue: {word}")).collect()
}

/// Paths in literals stay inside the repository: an absolute path names one machine, and `..` must not lead out.
fn paths_stay_in_the_repository(path: &str, text: &str) -> Vec<String> {
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    let leads_out = |literal: &str| {
        let mut depth = folder.components().count();
        Path::new(literal).components().any(|part| match part {
            Component::ParentDir if depth == 0 => true,
            Component::ParentDir => {
                depth -= 1;
                false
            }
            _ => {
                depth += 1;
                false
            }
        })
    };
    let outside = |literal: &&str| {
        let absolute = literal.strip_prefix('/').is_some_and(|rest| {
            rest.trim_end_matches('/').contains('/')
                && !literal.starts_with("/dev/")
                && !literal.contains(['<', ' ', '{'])
        });
        let relative = literal.starts_with("../") && literal.len() > 3;
        let missing = relative && !leads_out(literal) && !root().join(folder).join(literal).exists();
        absolute || (relative && (leads_out(literal) || missing))
    };
    literals(product(text))
        .into_iter()
        .filter(outside)
        .map(|literal| format!("{literal:?} leads out"))
        .collect()
}

/// Every check with a violation that it must find: the path, and the text.
const CHECKS: [(Check, &[(&str, &str)]); 10] = [
    (
        imports_follow_the_flow,
        &[
            ("src/compare/mod.rs", "use crate::screen::Screened;"),
            ("src/certify/rows.rs", "use crate::solve::Exact;"),
            ("src/certify/rows.rs", "use crate::{\n    model::Row,\n    solve::{Engine, Exact},\n};"),
            ("src/verify/mod.rs", "fn f() { crate::compare::compare(); }"),
            ("src/verify/ranks.rs", "use crate::solve::Engine;"),
            ("src/verify/proof.rs", "use crate::certify::CertifiedAward;"),
            ("src/verify/bids.rs", "use crate::compare::compare;"),
            ("src/verify/ranks.rs", "use crate::screen::Screened;"),
            ("src/verify/volumes.rs", "use crate::allocate::Allocation;"),
            ("src/verify/savings.rs", "use crate::savings::Savings;"),
            ("src/verify/tables.rs", "use crate::report::report;"),
            ("src/verify/mod.rs", "use super::crosscheck::agree;"),
            ("src/report/json.rs", "use crate::cli::run;"),
            ("src/tender/bid.rs", "use crate::read::Cell;"),
            ("src/money/mod.rs", "use super::tender::Bid;"),
            ("src/solve/order.rs", "use super::super::certify::certify;"),
            ("src/rules/table.rs", "use crate::read::Table;"),
            ("src/savings/mod.rs", "#[cfg(test)]\nmod tests {\n    use crate::report::report;\n}"),
        ],
    ),
    (every_part_is_known, &[("src/helpers/mod.rs", ""), ("src/export.rs", "")]),
    (decimals_live_in_money, &[("src/savings/mod.rs", "use rust_decimal::Decimal;")]),
    (
        floats_live_in_solve_and_charts,
        &[
            ("src/savings/mod.rs", "fn f(x: f64) {}"),
            ("src/savings/projection/path.rs", "fn f(x: f64) {}"),
            ("src/report/html.rs", "let x = 1_f32 as f32;"),
            ("src/report/xlsx/savings.rs", "fn f(x: f64) {}"),
        ],
    ),
    (
        draws_are_the_same_on_every_machine,
        &[
            (SAMPLING, "let x = (1.0 - unit).ln();"),
            (SAMPLING, "let x = left.powi(3);"),
            (SAMPLING, "units.map(f64::exp)"),
        ],
    ),
    (files_are_short, &[("src/savings/mod.rs", LONG)]),
    (
        nothing_prints_by_itself,
        &[("src/cli/mod.rs", "fn f() { println!(\"x\"); }"), ("src/cli/mod.rs", "dbg!(1);")],
    ),
    (
        texts_live_in_the_catalogue,
        &[
            ("src/report/html.rs", "let title = \"中选\"; // 中选"),
            ("src/read/check.rs", "let shown = \"这一行是合计行\";"),
        ],
    ),
    (
        paths_stay_in_the_repository,
        &[
            ("src/rules/built_in.rs", "include_str!(\"../../../other/rules.toml\")"),
            ("src/rules/built_in.rs", "Path::new(\"../elsewhere\")"),
            ("src/report/html.rs", "Path::new(\"/home/someone/x\")"),
        ],
    ),
    (
        no_lint_is_switched_off_for_a_stage,
        &[
            ("src/certify/mod.rs", "#![allow(clippy::float_arithmetic)]"),
            ("src/report/xlsx/write.rs", "#![allow(clippy::float_arithmetic)]"),
        ],
    ),
];

/// As many lines as no file may have.
const LONG: &str = match std::str::from_utf8(&[b'\n'; LINES]) {
    Ok(lines) => lines,
    Err(_) => "",
};

fn no_lint_is_switched_off_for_a_stage(path: &str, text: &str) -> Vec<String> {
    let floats = path.starts_with("src/solve/") || path.starts_with("src/report/chart");
    let code = only(text, Kind::Code);
    let lints = ["float_arithmetic", "as_conversions", "iter_over_hash_type", "unwrap_used", "unsafe_code"];
    let off = |lint: &&str| {
        !(floats && *lint != "unsafe_code")
            && code.lines().any(|line| line.trim_start().starts_with("#![allow") && line.contains(*lint))
    };
    lints.into_iter().filter(off).map(|lint| format!("{lint} is allowed for the whole file")).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `src`, with its path in the repository, by path.
fn sources() -> Vec<(String, String)> {
    let (mut folders, mut found) = (vec![root().join("src")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let parts = path.strip_prefix(root()).unwrap().components();
                let inside: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
                found.push((inside.join("/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_source_keeps_every_rule() {
    let sources = sources();
    assert!(sources.len() > 20);
    let wrong: Vec<String> = sources
        .iter()
        .flat_map(|(path, text)| {
            CHECKS
                .iter()
                .flat_map(move |(check, _)| check(path, text))
                .map(move |fault| format!("{path}: {fault}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_check_finds_its_planted_violations() {
    for (check, planted) in CHECKS {
        assert!(!planted.is_empty());
        for (path, text) in planted {
            assert!(!check(path, text).is_empty(), "nothing found in {path}: {text}");
        }
    }
}

#[test]
fn what_is_allowed_is_left_alone() {
    let fine = [
        ("src/solve/exact.rs", "use crate::model::Row;\nfn f(x: f64) {}"),
        ("src/certify/mod.rs", "//! Imports no `crate::solve`.\nuse crate::{model::Row, money::Money};"),
        ("src/validate/mod.rs", "use crate::rules::RuleSet;"),
        ("src/cli/evaluate.rs", "use crate::{evaluate, report::report};"),
        ("src/money/mod.rs", "use rust_decimal::Decimal;"),
        ("src/report/chart/draw.rs", "#![allow(clippy::float_arithmetic)]\nfn f(x: f64) {}"),
        ("src/report/xlsx/write.rs", "let number = text.parse::<f64>();"),
        ("src/savings/projection/sampling.rs", "fn f(x: f64) {}"),
        ("src/tender/bid.rs", "/// One offer (申报).\nfn f() { let quote = '\"'; }\n// \"中选\""),
        ("src/rules/built_in.rs", "include_str!(\"../text/mod.rs\")"),
        ("src/lib.rs", "pub fn evaluate() { crate::solve::solve() }"),
        ("src/read/check.rs", "const TOTAL: &str = \"合计\"; const YEAR: char = '年';"),
        ("src/compare/mod.rs", "fn f() {}\n#[cfg(test)]\nmod tests { const T: &str = \"合计\"; }"),
    ];
    for (path, text) in fine {
        let found: Vec<String> = CHECKS.iter().flat_map(|(check, _)| check(path, text)).collect();
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}

#[test]
fn source_is_split_as_the_compiler_reads_it() {
    let text = r##"let a = '"'; let b = "x // y\" z"; // "c"
let d = r#"q "e" q"#; fn f<'a>(g: &'a str) {} /* "h" */ let i = '\''; let j = "k";"##;
    assert_eq!(literals(text), [r#"x // y\" z"#, r#"q "e" q"#, "k"]);
    assert_eq!(pieces(text).into_iter().map(|(_, piece)| piece).collect::<String>(), text);
    assert_eq!(only(text, Kind::Code).lines().count(), 2);
}
