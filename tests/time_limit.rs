//! Lots that no search proves in a moment: what is written at the time limit, and what is said about solvers that are not there.
#![cfg(feature = "solver")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Many uneven regions for suppliers that can hardly deliver them all, at prices that follow no pattern: volumes alone say that
/// 19 suppliers do, and which of them packs which regions is open for longer than anybody waits.
fn packed(folder: &Path) {
    let notice = "[tender]\nid = \"packed\"\ntitle = \"T\"\nkind = \"drug\"\nannounced = 2024-01-01\ncurrency = \"CNY\"\nrules = \"generic-optimised\"\n[parameters]\none_supplier_per_region = \"true\"\n";
    let mut bids = "lot_id,supplier_id,price,capacity,fixed_cost\n".to_owned();
    let mut demand = "lot_id,region,volume\n".to_owned();
    let mut prices = "lot_id,supplier_id,region,price\n".to_owned();
    for region in 0..70 {
        writeln!(demand, "L1,R{region:02},{}", 20 + region * region * 31 % 61).unwrap();
    }
    for supplier in 0..20 {
        writeln!(bids, "L1,S{supplier:02},90,185,{}", 900 + supplier % 5).unwrap();
        for region in 0..70 {
            let price = 1 + (supplier * supplier * 17 + region * region * 23 + supplier * region * 29) % 83;
            writeln!(prices, "L1,S{supplier:02},R{region:02},{price}").unwrap();
        }
    }
    for (name, text) in [
        ("tender.toml", notice),
        ("lots.csv", "lot_id,name\nL1,lot\n"),
        ("bids.csv", &bids),
        ("demand.csv", &demand),
        ("regional_prices.csv", &prices),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

fn jicai(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jicai")).args(arguments).env_remove("JICAI_LANG").output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn at_the_time_limit_the_best_award_stands_with_its_bound() {
    let folder = tempfile::tempdir().unwrap();
    packed(folder.path());
    let out = folder.path().join("out");
    let (tender, out) = (folder.path().to_str().unwrap(), out.to_str().unwrap());
    let done = jicai(&["evaluate", tender, "--out", out, "--time-limit", "1"]);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done.stderr));
    // Nobody looks at a pipe.
    assert!(!said(&done.stderr).contains('\r'), "{}", said(&done.stderr));
    let award: Value = serde_json::from_slice(&std::fs::read(format!("{out}/award.json")).unwrap()).unwrap();
    let lot = &award["lots"][0];
    assert_eq!((&award["outcome"], &lot["outcome"]), (&Value::from("unproved"), &Value::from("unproved")));
    let number = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
    assert_eq!(lot["proof"]["kind"], "bound");
    let (bound, cost) = (number(&lot["proof"]["bound"]), number(&lot["cost"]));
    assert!(bound > 0.0 && bound < cost, "{bound} {cost}");
    assert!(lot["winners"].as_array().unwrap().len() >= 19, "{}", lot["winners"]);
    let verified = jicai(&["verify", out]);
    assert_eq!(verified.status.code(), Some(0), "{}", said(&verified.stdout));
}

#[test]
fn a_heavier_solver_where_there_is_one_never_makes_an_award_dearer() {
    for (solver, built) in [("cbc", cfg!(feature = "cbc")), ("highs", cfg!(feature = "highs"))] {
        if !built {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        packed(folder.path());
        let tender = folder.path().to_str().unwrap();
        // The same seconds find more or less in them, as busy as the machine is: the solver's run has several times as many.
        let cost = |more: &[&str]| {
            let out = folder.path().join(format!("out-{}", more.len()));
            let out = out.to_str().unwrap();
            jicai(&[&["evaluate", tender, "--out", out], more].concat());
            let verified = jicai(&["verify", out]);
            assert_eq!(verified.status.code(), Some(0), "{}", said(&verified.stdout));
            let award: Value =
                serde_json::from_slice(&std::fs::read(format!("{out}/award.json")).unwrap()).unwrap();
            award["lots"][0]["cost"].as_str().unwrap().parse::<f64>().unwrap()
        };
        let alone = cost(&["--time-limit", "1"]);
        assert!(cost(&["--time-limit", "5", "--solver", solver]) <= alone);
    }
}

#[test]
fn a_time_limit_is_a_number_of_seconds() {
    for wrong in ["0", "-1", "1.5", "soon", "86401"] {
        let done = jicai(&["evaluate", "tender", "--time-limit", wrong]);
        assert_eq!(done.status.code(), Some(2), "{wrong}: {}", said(&done.stderr));
    }
}

#[test]
fn a_solver_that_is_not_built_in_is_refused_with_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    packed(folder.path());
    for (solver, built) in [("cbc", cfg!(feature = "cbc")), ("highs", cfg!(feature = "highs"))] {
        if built {
            continue;
        }
        let done = jicai(&["evaluate", folder.path().to_str().unwrap(), "--solver", solver]);
        let message = said(&done.stderr);
        assert_eq!(done.status.code(), Some(3), "{message}");
        assert!(message.contains("E0693") && message.contains(&format!("--features {solver}")), "{message}");
    }
    let unknown = jicai(&["evaluate", "tender", "--solver", "gurobi"]);
    assert_eq!(unknown.status.code(), Some(2), "{}", said(&unknown.stderr));
}
