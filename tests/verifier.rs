//! The programs that check a report, what they are built from, and engines that are wrong on purpose.

#[allow(dead_code, reason = "each test file uses a part of it")]
#[path = "recheck/tenders.rs"]
mod tenders;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use jicai::certify::certify_award;
use jicai::model::{LotCandidate, LotModel, Shape, model};
use jicai::rules::RuleSet;
use jicai::screen::{Screened, screen};
use jicai::solve::{Engine, EngineFault, Exact, solve};
use jicai::tender::Outcome;
use jicai::{compare, read, validate};
use tempfile::TempDir;
use tenders::{Random, files_of, home, least_cost};

/// The packages that the programs are built from.
fn packages(features: &[&str]) -> Vec<String> {
    let mut cargo = Command::new(std::env::var("CARGO").unwrap_or("cargo".into()));
    cargo.args(["tree", "--offline", "--locked", "-e", "normal", "--prefix", "none", "-f", "{lib}"]);
    let done = cargo.args(features).current_dir(home()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn the_checker_holds_no_solver() {
    let without = packages(&["--no-default-features"]);
    let solvers = ["good_lp", "microlp", "highs", "coin_cbc", "clarabel", "scip"];
    let found = |packages: &[String]| solvers.into_iter().any(|name| packages.iter().any(|one| one == name));
    assert!(!found(&without) && without.iter().any(|one| one == "serde_json"), "{without:?}");
    assert!(found(&packages(&[])), "the test cannot see a solver");
}

fn checker(arguments: &[&str], folder: &Path) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jicai-verify"));
    command.args(arguments).current_dir(folder).env_remove("JICAI_LANG").stdin(Stdio::null());
    let done = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

#[test]
fn the_exit_code_says_whether_a_report_holds() {
    let place = TempDir::new().unwrap();
    let report = place.path().join("report");
    let tender = home().join("tests/tenders/drug-9a");
    jicai::report::folder::write(&files_of(&tender).unwrap(), &report).unwrap();
    let here = place.path();
    let (code, results, messages) = checker(&["report"], here);
    assert_eq!((code, messages.as_str()), (0, ""));
    assert!(results.contains("L1/A wins at 0.3000") && !results.contains('⟦'), "{results}");
    let (code, results, _) = checker(&["report", "--tender", tender.to_str().unwrap(), "--lang", "zh"], here);
    assert!(code == 0 && results.contains("全部成立"), "{results}");
    let (code, results, _) = checker(&["report", "--format", "json"], here);
    let value: serde_json::Value = serde_json::from_str(&results).unwrap();
    assert!(code == 0 && value["holds"] == true && value["manifest_sha256"].as_str().unwrap().len() == 64);
    // Another tender than that of the report.
    let other = home().join("tests/tenders/small-example");
    let (code, results, _) = checker(&["report", "--tender", other.to_str().unwrap()], here);
    assert!(code == 4 && results.contains("bids.csv of the tender is not the file"), "{results}");
    let award = fs::read_to_string(report.join("award.json")).unwrap();
    fs::write(report.join("award.json"), award.replacen("0.3000", "0.3001", 1)).unwrap();
    let (code, results, _) = checker(&["report"], here);
    assert!(code == 4 && results.contains("award.json is not the file that the manifest names"), "{results}");
    fs::write(report.join("award.json"), award).unwrap();
    let (code, _, messages) = checker(&[tender.to_str().unwrap()], here);
    assert!(code == 2 && messages.contains("E0608"), "{messages}");
    let (code, _, messages) = checker(&["report", "--tender", "nowhere"], here);
    assert!(code == 3 && messages.contains("E0001"), "{messages}");
    assert_eq!(checker(&["report", "--unknown"], here).0, 2);
}

#[test]
fn only_the_rule_set_that_was_published_is_used() {
    let tender = home().join("tests/tenders/drug-9a");
    let place = TempDir::new().unwrap();
    let sha256 = RuleSet::built_in("cn-drug-round-4", None, &Default::default()).unwrap().sha256;
    let line = |digest: &str| {
        let words = ["jicai", "evaluate", tender.to_str().unwrap(), "--expect-rules", digest, "--out"];
        let words = words.into_iter().map(Into::into);
        words.chain([place.path().join("report").into_os_string()]).collect::<Vec<std::ffi::OsString>>()
    };
    let refused = jicai::cli::run(&line(&"0".repeat(64)), jicai::text::Language::English);
    assert!(refused.exit.code() == 3 && refused.messages.contains("E0438"), "{}", refused.messages);
    assert!(!place.path().join("report").exists());
    let done = jicai::cli::run(&line(&sha256), jicai::text::Language::English);
    assert_eq!(done.exit.code(), 0, "{}", done.messages);
}

/// Keeps the winner of the best award out, and calls what is then best optimal.
struct SecondBest;

/// Takes one unit from the best award.
struct Infeasible;

impl Engine for SecondBest {
    fn name(&self) -> &'static str {
        "second best"
    }

    fn solve(&self, lot: &LotModel) -> Result<LotCandidate, EngineFault> {
        let best = Exact::default().solve(lot)?;
        let Shape::Core(core) = &lot.shape else { return Ok(best) };
        let winner = best.best.as_ref().and_then(|award| award.values.iter().position(|value| *value == 1));
        let Some(winner) = winner else { return Ok(best) };
        let mut without = core.clone();
        without.bidders[winner].barred_by = Some("planted".to_owned());
        Exact::default().solve(&without.into_model().unwrap())
    }
}

impl Engine for Infeasible {
    fn name(&self) -> &'static str {
        "infeasible"
    }

    fn solve(&self, lot: &LotModel) -> Result<LotCandidate, EngineFault> {
        let mut best = Exact::default().solve(lot)?;
        if let Some(award) = &mut best.best {
            let last = award.values.iter().rposition(|value| *value > 1);
            if let Some(last) = last {
                let cost = lot.objective.terms.iter().find(|(column, _)| *column == last);
                award.values[last] -= 1;
                award.objective -= cost.map_or(0, |(_, cost)| *cost);
            }
        }
        Ok(best)
    }
}

fn screened(folder: &Path) -> Option<Screened> {
    let tables = read::read(folder, &Default::default()).unwrap();
    let (tender, mut warnings) = validate::validate(&tables).ok()?;
    let notice = &tender.notice;
    let rules = RuleSet::built_in(&notice.rules, Some(notice.announced), &notice.overrides).unwrap();
    screen(compare::compare(tender, rules).ok()?, &mut warnings).ok()
}

#[test]
fn a_wrong_engine_is_never_awarded() {
    let mut random = Random(5);
    let (mut refused, mut same) = (0, 0);
    for _ in 0..60 {
        let tender = least_cost(&mut random, 6, 400);
        let Some(screened) = screened(tender.path()) else { continue };
        let model = model(&screened).unwrap();
        let truth = solve(&model, &Exact::default()).unwrap();
        let honest = certify_award(screened.clone(), &model, &truth).unwrap();
        for engine in [&SecondBest as &dyn Engine, &Infeasible] {
            let candidate = solve(&model, engine).unwrap();
            if candidate == truth {
                same += 1;
                continue;
            }
            let Ok(award) = certify_award(screened.clone(), &model, &candidate) else {
                refused += 1;
                continue;
            };
            // What passes all the same is as good as the truth, or is not called awarded.
            for ((_, lot), (_, true_lot)) in award.lots().zip(honest.lots()) {
                let as_true = lot.winners == true_lot.winners && lot.proof == true_lot.proof;
                assert!(lot.outcome != Outcome::Awarded || as_true, "{} {:?}", engine.name(), tender.keep());
            }
            same += 1;
        }
    }
    assert!(refused > 40, "{refused} refused, {same} as good");
}
