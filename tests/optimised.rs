//! Awards chosen by cost in the whole bidding language: files in, award out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "optimised/backups.rs"]
mod backups;
#[path = "optimised/cases.rs"]
mod cases;
#[path = "optimised/compared.rs"]
mod compared;
#[path = "optimised/conflicts.rs"]
mod conflicts;
#[path = "optimised/conflicts_large.rs"]
mod conflicts_large;
#[path = "optimised/conflicts_of_offers.rs"]
mod conflicts_of_offers;
#[path = "optimised/conflicts_random.rs"]
mod conflicts_random;
#[path = "optimised/derived.rs"]
mod derived;
#[path = "optimised/folder.rs"]
mod folder;
#[path = "optimised/followed.rs"]
mod followed;
#[path = "optimised/needed.rs"]
mod needed;
#[path = "optimised/random.rs"]
mod random;
#[path = "optimised/reasons.rs"]
mod reasons;
#[path = "optimised/regions.rs"]
mod regions;
#[path = "optimised/scopes.rs"]
mod scopes;
#[path = "optimised/switching.rs"]
mod switching;
#[path = "optimised/ways.rs"]
mod ways;
#[path = "optimised/ways_out.rs"]
mod ways_out;

use std::collections::{BTreeMap, BTreeSet};

use folder::{Folder, findings, report, won};
use jicai::certify::{Proof, TieDecides};
use jicai::money::Money;
use jicai::read::ReadOptions;

/// The case "bid" of the GAMS library (Bracken and McCormick 1968, bid evaluation): five vendors with price breaks.
fn gams_bid() -> Folder {
    Folder::new()
        .file("lots.csv", "lot_id\nL\n")
        .file("demand.csv", "lot_id,region,volume\nL,all,239600.48\n")
        .file(
            "bids.csv",
            "lot_id,supplier_id,price\nL,a,61.150\nL,b,68.099\nL,c,62.190\nL,d,72.488\nL,e,70.150\n",
        )
        .file(
            "tiers.csv",
            "lot_id,supplier_id,min_quantity,max_quantity,price,fixed_cost\n\
             L,a,0,33000,61.150,3855.84\n\
             L,b,22000,70000,68.099,125804.84\n\
             L,b,70000,100000,66.049,269304.84\n\
             L,b,100000,150000,64.099,464304.84\n\
             L,b,150000,160000,62.119,761304.84\n\
             L,c,0,165600,62.190,13456.00\n\
             L,d,0,12000,72.488,6583.98\n\
             L,e,0,42000,70.150,0\n\
             L,e,42000,77000,68.150,84000\n",
        )
}

#[test]
fn price_breaks_of_five_vendors() {
    let folder = gams_bid().written();
    let evaluation = jicai::evaluate(folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!(findings(folder.path(), &evaluation), [""; 0]);
    assert_eq!(evaluation.award.outcome().name(), "awarded");
    let costs: Vec<String> = evaluation.award.lots().map(|(_, lot)| format!("{:?}", lot.proof)).collect();
    assert_eq!(costs, ["Exact { cost: Money(15210109.512) }"], "{:?}", won(&evaluation));
}

/// What the program says of a tender, in the terms of trying all.
fn said(evaluation: &jicai::Evaluation) -> (String, Option<String>, Vec<Vec<BTreeSet<String>>>) {
    let mut total = Some(Money::ZERO);
    let mut sets = Vec::new();
    for (screened, lot) in evaluation.award.lots() {
        let id = |at: &usize| screened.comparable.lot.bids[*at].id.as_str().to_owned();
        total = match &lot.proof {
            Proof::Exact { cost } => total.and_then(|total| total.plus(*cost).ok()),
            _ => None,
        };
        let tied = lot.ties.iter().find_map(|tie| match &tie.decides {
            TieDecides::Award { sets, .. } => {
                Some(sets.iter().map(|set| set.iter().map(id).collect()).collect::<Vec<BTreeSet<String>>>())
            }
            _ => None,
        });
        let won = || vec![lot.winners.iter().map(|winner| id(&winner.bid)).collect()];
        sets.push(tied.unwrap_or_else(won));
    }
    (evaluation.award.outcome().name().to_owned(), total.map(|total| total.to_string()), sets)
}

/// The files of the report on a tender, with rows in the given order or turned round, and what the check finds wrong.
fn judged(tender: &random::Tender, turned: bool) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let written = tender.folder(turned).written();
    let evaluation = jicai::evaluate(written.path(), &ReadOptions::default()).unwrap();
    (report(&evaluation), findings(written.path(), &evaluation))
}

/// What is wrong with the award of a seed's tender.
fn differs(seed: u64, tender: &random::Tender, best: Option<&random::Best>) -> Option<String> {
    let folder = tender.folder(seed.is_multiple_of(2));
    let written = folder.written();
    let found = match jicai::evaluate(written.path(), &ReadOptions::default()) {
        Ok(evaluation) => {
            if let Some(place) = tender.misstated(&evaluation.award, &evaluation.allocation) {
                return Some(format!("seed {seed}: {place} is not paid as stated\n{folder}"));
            }
            if let Some(wrong) = tender.misnamed(&evaluation.award, &evaluation.allocation) {
                return Some(format!("seed {seed}: {wrong}\n{folder}"));
            }
            said(&evaluation)
        }
        Err(faults) => return Some(format!("seed {seed}: {faults:?}\n{folder}")),
    };
    // Every report is a good second; one in eight is judged, and compared with that on the same rows turned round.
    if seed.is_multiple_of(8) {
        let ((one, wrong), (other, _)) = (judged(tender, false), judged(tender, true));
        // Three state the input itself.
        let of_input =
            |name: &str| name.starts_with("inputs/") || ["manifest.json", "report.html"].contains(&name);
        let unlike: Vec<&String> = one
            .iter()
            .zip(&other)
            .filter(|(one, other)| one != other && !of_input(&one.0))
            .map(|(one, _)| &one.0)
            .collect();
        if !wrong.is_empty() || !unlike.is_empty() {
            return Some(format!(
                "seed {seed}: not borne out {wrong:#?}, or not the same {unlike:?}\n{folder}"
            ));
        }
    }
    let Some(best) = best else {
        // Lots apart from each other can end differently; where one has no award, the tender has none.
        return (found.0 != "no_award")
            .then(|| format!("seed {seed}: found {found:?}, no award expected\n{folder}"));
    };
    let named = |(lot, sets): (usize, &BTreeSet<BTreeSet<usize>>)| -> Vec<BTreeSet<String>> {
        let ids = |set: &BTreeSet<usize>| set.iter().map(|bid| random::Tender::bid_id(lot, *bid)).collect();
        sets.iter().map(ids).collect::<BTreeSet<BTreeSet<String>>>().into_iter().collect()
    };
    let outcome = if best.draw { "draw_required" } else { "awarded" };
    let expected: (String, Option<String>, Vec<Vec<BTreeSet<String>>>) =
        (outcome.to_owned(), Some(best.cost.clone()), best.lots.iter().enumerate().map(named).collect());
    let (outcome, mut cost, mut lots) = found;
    if !tender.objectives.contains(&"cost") {
        // Any cost will do.
        cost = expected.1.clone();
    }
    lots.iter_mut().for_each(|sets| sets.sort());
    let found = (outcome, cost.map(|cost| trimmed(&cost)), lots);
    (found != expected).then(|| format!("seed {seed}\nfound    {found:?}\nexpected {expected:?}\n{folder}"))
}

fn trimmed(number: &str) -> String {
    match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => number.to_owned(),
    }
}

/// Seeds from `JICAI_RANDOM_FROM` on, `JICAI_RANDOM_TENDERS` of them.
fn seeds() -> std::ops::Range<u64> {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let from = number("JICAI_RANDOM_FROM").unwrap_or(0);
    from..from + number("JICAI_RANDOM_TENDERS").unwrap_or(300)
}

/// Scopes that not every few tenders try.
const SCOPES: [&str; 5] = [
    "switching of lots together",
    "switching of some bids",
    "one-supplier-per-region of lots together",
    "shares-by-rank of some bids",
    "rank-monotone of some bids",
];

/// Many at once:
///
/// ```text
/// JICAI_RANDOM_TENDERS=5000 cargo test --release --test optimised random
/// ```
#[test]
fn small_random_tenders_have_the_awards_that_trying_all_finds() {
    let mut wrong = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |what: String| *counts.entry(what).or_default() += 1;
    for seed in seeds() {
        let tender = random::tender(seed);
        let best = random::best(&tender);
        wrong.extend(differs(seed, &tender, best.as_ref()));
        count(match &best {
            None => "no award".to_owned(),
            Some(best) if best.draw => "draw".to_owned(),
            Some(_) => "award".to_owned(),
        });
        for word in tender.words() {
            count(format!("has {word}"));
        }
        // A limit that changes nothing when it is left out has not been tried.
        for (at, limit) in tender.limits.iter().enumerate() {
            let mut without = tender.clone();
            without.limits.remove(at);
            if limit.stated != random::Stated::Lifted && random::best(&without) != best {
                let word = limit.kind.word();
                count(format!("{word} binds"));
                if limit.together {
                    count(format!("{word} of lots together binds"));
                }
                if limit.is_of_some_bids() {
                    count(format!("{word} of some bids binds"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}\n{counts:#?}", wrong.len(), wrong.join("\n\n"));
    println!("{counts:#?}");
    if seeds().count() >= 300 {
        let tried = |what: &str| counts.get(what).is_some_and(|count| *count > 0);
        let kinds = jicai::tender::LimitKind::WORDS.iter().filter(|word| **word != "none");
        let all = kinds
            .map(|word| format!("{word} binds"))
            .chain(random::WORDS.iter().map(|word| format!("has {word}")))
            .chain(SCOPES.iter().filter(|_| seeds().count() >= 3000).map(|scope| format!("{scope} binds")));
        let untried: Vec<String> =
            all.chain(["award", "no award", "draw"].map(str::to_owned)).filter(|what| !tried(what)).collect();
        assert_eq!(untried, [""; 0], "{counts:#?}");
    }
}

/// The programmes of a tender folder.
#[cfg(feature = "solver")]
fn programmes(folder: &std::path::Path) -> jicai::model::AwardModel {
    let tables = jicai::read::read(folder, &ReadOptions::default()).unwrap();
    let (tender, mut warnings) = jicai::validate::validate(&tables).unwrap();
    let (name, announced, changes) =
        (&tender.notice.rules, Some(tender.notice.announced), &tender.notice.overrides);
    let rules = match std::fs::read_to_string(folder.join(name)) {
        Ok(own) => jicai::rules::RuleSet::from_toml(name, &own, announced, changes),
        Err(_) => jicai::rules::RuleSet::built_in(name, announced, changes),
    };
    let mut rules = rules.unwrap();
    rules.limit_by(&tender.notice.limits);
    let comparable = jicai::compare::compare(tender, rules).unwrap();
    jicai::model::model(&jicai::screen::screen(comparable, &mut warnings).unwrap()).unwrap()
}

/// Half of the value at two prices is no whole number of units: the best award of parts of units, rounded, is an award, but
/// half as dear again as the best.
#[cfg(feature = "solver")]
#[test]
fn an_award_rounded_from_parts_of_units_is_not_called_the_best() {
    use jicai::solve::{Engine, Exact, Linear};
    let folder = Folder::new()
        .notice(
            "[limit.n1]\nkind = \"share\"\nmin = \"0.5\"\nmax = \"0.7\"\nof = \"value\"\nclass = \"new-entrant\"\n\
             [limit.n2]\nkind = \"rank-monotone\"\n[limit.n3]\nkind = \"preference\"\nmargin = \"0.1\"\nclass = \"local\"\n",
        )
        .file("lots.csv", "lot_id\nL\n")
        .file("demand.csv", "lot_id,region,volume\nL,Q,1\nL,R,1\n")
        .file("bids.csv", "lot_id,supplier_id,price,capacity,min_quantity,fixed_cost\nL,A,7,,,\nL,B,2,,,\nL,C,2,,,\nL,D,7,3,3,2\n")
        .file("regional_prices.csv", "lot_id,supplier_id,region,price\nL,A,Q,0\nL,A,R,4\n")
        .file(
            "suppliers.csv",
            "supplier_id,class,incumbent,capacity_value\nA,local,false,\nB,local,true,\nC,local,false,\nD,other,false,11\n",
        );
    let written = folder.written();
    for lot in &programmes(written.path()).lots {
        let cost = |found: jicai::model::LotCandidate| found.best.map(|best| best.objective);
        assert_eq!(cost(Linear.solve(lot).unwrap()), cost(Exact::default().solve(lot).unwrap()));
    }
}

/// The engines find the same in every objective in turn, or both that there is no award.
#[cfg(feature = "solver")]
#[test]
fn the_solver_with_floats_finds_the_same_costs() {
    use jicai::solve::{Engine, Exact, Linear, agree};
    let (mut compared, mut refused, mut wrong) = (0, Vec::new(), Vec::new());
    for seed in seeds() {
        let written = random::tender(seed).folder(false).written();
        for lot in &programmes(written.path()).lots {
            let exact = Exact::default().solve(lot).unwrap();
            // The solver may refuse; it may not find something else.
            match Linear.solve(lot) {
                Err(fault) => refused.push(format!("seed {seed}: {:?}", fault.kind)),
                Ok(linear) => {
                    compared += 1;
                    let found = agree(lot, ("exact", &exact), ("linear", &linear));
                    wrong.extend(found.err().map(|fault| format!("seed {seed}: {fault:?}")));
                }
            }
        }
    }
    println!("{compared} compared, {} refused", refused.len());
    assert_eq!(wrong, [""; 0]);
    assert!(refused.len() * 50 <= compared, "of {compared}\n{}", refused.join("\n"));
}
