//! Rule sets beside each other: what differs between them, a tender under other rules, two awards compared, and every step
//! explained.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use jicai::cli::{Answer, run};
use jicai::rules::{RuleSet, case_file, rule_ids};
use jicai::text::{Language, text};
use serde_json::Value;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

const EXPANSION: &str = "tenders/cn-drug-expansion-2019";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn path(inside: &str) -> String {
    root().join(inside).to_str().unwrap().to_owned()
}

fn jicai(arguments: &[&str], language: Language) -> Answer {
    let all = std::iter::once("jicai").chain(arguments.iter().copied());
    run(&all.map(OsString::from).collect::<Vec<_>>(), language)
}

/// The results of a command that has nothing to complain of.
fn shown(arguments: &[&str], language: Language) -> String {
    let answer = jicai(arguments, language);
    assert!([0, 1].contains(&answer.exit.code()), "{arguments:?}: {}", answer.messages);
    fits(&answer.results);
    fits(&answer.messages);
    answer.results
}

fn fits(page: &str) {
    for line in page.lines() {
        // An address is one word, and is never broken.
        let address = line.trim_start().starts_with("https://") && !line.trim_start().contains(' ');
        assert!(line.width() <= 80 || address, "{} columns: {line}", line.width());
    }
    assert!(!page.contains('⟦') && !page.contains("{}"), "{page}");
}

/// The text without line breaks and indents.
fn flat(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&jicai(arguments, Language::English).results).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    assert!(text.contains(from), "{from} in {file}");
    fs::write(folder.join(file), text.replace(from, to)).unwrap();
}

/// The rule set that a guide prints, letter by letter.
fn printed(guide: &str) -> String {
    let text = fs::read_to_string(root().join(guide)).unwrap();
    let mut blocks = text.split("```toml\n").skip(1);
    let block = blocks.next().unwrap().split("```").next().unwrap().to_owned();
    assert!(blocks.next().is_none(), "one TOML block");
    block
}

#[test]
fn a_diff_shows_each_number_that_changes() {
    let page =
        flat(&shown(&["rules", "diff", "cn-drug-expansion-2019", "cn-drug-round-2"], Language::English));
    for part in [
        "places (places): 3: 3 → 2 5: 3 → 4",
        "9+: 3 → 6",
        "treatment (choice): refuse → merge",
        "In B only: price-within-multiple-of-lowest",
        "multiple (ratio): 1.8",
        "A: Document GY-YD2019-1",
        "B: Document GY-YD2019-2",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let found = json(&["rules", "diff", "cn-drug-expansion-2019", "cn-drug-round-2", "--format", "json"]);
    let rule = |id: &str| found["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == id).unwrap();
    assert_eq!(rule("places-by-bidders")["change"], "changed");
    assert_eq!(rule("places-by-bidders")["arguments"][0]["rows"][0]["count"], "3");
    assert_eq!(rule("price-at-most")["change"], "added");
    assert_eq!(rule("usable-price")["change"], "cited_otherwise");
}

#[test]
fn every_pair_of_rule_sets_has_a_readable_diff_and_none_with_itself() {
    let ids: Vec<&str> = RuleSet::built_in_ids().collect();
    for pair in ids.windows(2) {
        for language in Language::ALL {
            shown(&["rules", "diff", pair[0], pair[1]], language);
        }
    }
    for id in ids {
        let found = json(&["rules", "diff", id, id, "--format", "json"]);
        assert_eq!(found["rules"].as_array().unwrap().len(), 0, "{id}");
    }
}

#[test]
fn a_rule_set_can_be_a_file_and_an_unknown_one_is_refused() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("province.toml");
    fs::write(&file, printed("docs/rules.md")).unwrap();
    let file = file.to_str().unwrap();
    assert!(shown(&["rules", "show", file], Language::English).contains("places_share"));
    let page = flat(&shown(&["rules", "diff", "cn-drug-round-4", file], Language::English));
    assert!(
        page.contains("multiple (ratio): 1.8 → 1.5") && page.contains("share (share): none → 0.7"),
        "{page}"
    );
    let refused = jicai(&["rules", "diff", "cn-drug-round-2", "cn-drug-round-44"], Language::English);
    assert_eq!((refused.exit.code(), refused.messages.contains("cn-drug-round-4?")), (2, true));
    let missing = jicai(&["rules", "show", "nowhere.toml"], Language::English);
    assert_eq!((missing.exit.code(), missing.messages.contains("E000")), (3, true), "{}", missing.messages);
}

#[test]
fn other_rules_are_said_everywhere_and_what_does_not_fit_is_set_aside() {
    let place = TempDir::new().unwrap();
    let out = place.path().join("r");
    let tender = path(EXPANSION);
    let arguments = ["evaluate", &tender, "--rules", "cn-drug-round-2", "--out", out.to_str().unwrap()];
    for language in Language::ALL {
        let answer = jicai(&arguments, language);
        assert_eq!(answer.exit.code(), 1, "L10 is tied over the last place: {}", answer.messages);
        fits(&answer.results);
        assert!(answer.results.contains("cn-drug-expansion-2019"), "{}", answer.results);
        let codes: Vec<&str> = ["W0511", "W0512", "W0513", "W0521", "W0524"]
            .into_iter()
            .filter(|code| answer.messages.contains(code))
            .collect();
        assert_eq!(codes, ["W0512", "W0524"]);
    }
    let award: Value = serde_json::from_str(&fs::read_to_string(out.join("award.json")).unwrap()).unwrap();
    assert_eq!(award["rules"]["id"], "cn-drug-round-2");
    assert_eq!(award["rules"]["instead_of"], "cn-drug-expansion-2019");
    assert!(award["published"].is_null(), "the published result is that of other rules");
    let lot = |id: &str| award["lots"].as_array().unwrap().iter().find(|lot| lot["lot_id"] == id).unwrap();
    assert_eq!(lot("L02")["allocation_basis"], "recorded_picks", "the same three win");
    assert_eq!(lot("L05")["allocation_basis"], "simulated_draft", "six win instead of three");
}

#[test]
fn the_tenders_own_rules_are_no_other_rules() {
    let place = TempDir::new().unwrap();
    let out = place.path().join("r");
    let tender = path(EXPANSION);
    let plain = ["evaluate", &tender, "--out", out.to_str().unwrap(), "--format", "json"];
    let own = [&plain[..], &["--rules", "cn-drug-expansion-2019"]].concat();
    assert!(shown_json(&plain) == shown_json(&own), "the same bytes");
}

fn shown_json(arguments: &[&str]) -> String {
    jicai(arguments, Language::English).results
}

#[test]
fn the_tenders_parameters_are_kept_left_out_or_refused_by_name() {
    let place = TempDir::new().unwrap();
    let tender = place.path().join("t");
    jicai(&["new", tender.to_str().unwrap()], Language::English);
    let notice = fs::read_to_string(tender.join("tender.toml")).unwrap();
    fs::write(
        tender.join("tender.toml"),
        format!("{notice}\n[parameters]\nmax_multiple_of_lowest = \"1.6\"\n"),
    )
    .unwrap();
    let tender = tender.to_str().unwrap();
    let out = place.path().join("r");
    let evaluate = |rules: &str, more: &[&str]| {
        let all =
            [&["evaluate", tender, "--rules", rules, "--out", out.to_str().unwrap()][..], more].concat();
        jicai(&all, Language::English)
    };
    let kept = evaluate("cn-drug-round-2", &[]);
    assert!(kept.results.contains("max_multiple_of_lowest = 1.6"), "{}", kept.results);
    let refused = evaluate("cn-drug-expansion-2019", &[]);
    assert_eq!(refused.exit.code(), 3);
    let said = flat(&refused.messages);
    assert!(
        said.contains("E0435")
            && said.contains("max_multiple_of_lowest")
            && said.contains("--without-overrides")
    );
    let without = evaluate("cn-drug-expansion-2019", &["--without-overrides"]);
    assert!(
        without.messages.contains("W0514") && !without.results.contains("max_multiple"),
        "{}",
        without.messages
    );
}

#[test]
fn a_draw_that_fits_other_rules_stays_and_one_that_does_not_is_set_aside() {
    let place = TempDir::new().unwrap();
    let tender = place.path().join("t");
    fs::create_dir(&tender).unwrap();
    let notice = "[tender]\nid = \"t\"\ntitle = \"t\"\nkind = \"drug\"\nannounced = 2019-09-01\ncurrency = \"CNY\"\nrules = \"cn-drug-expansion-2019\"\nsource = \"illustrative\"\n";
    let files = [
        ("tender.toml", notice),
        ("lots.csv", "lot_id,name,ceiling_price\nL,A lot,1\n"),
        ("bids.csv", "lot_id,supplier_id,price,prior_volume\nL,A,0.3,\nL,B,0.4,\nL,C,0.5,2\nL,D,0.5,2\n"),
        ("demand.csv", "lot_id,region,volume\nL,P1,600\nL,P2,300\nL,P3,100\n"),
        ("decisions.csv", "lot_id,supplier_id,act\nL,D,draw-1\nL,C,draw-2\n"),
    ];
    for (name, text) in files {
        fs::write(tender.join(name), text).unwrap();
    }
    let out = place.path().join("r");
    let under = |rules: &str| {
        let arguments =
            ["evaluate", tender.to_str().unwrap(), "--rules", rules, "--out", out.to_str().unwrap()];
        jicai(&arguments, Language::English)
    };
    let fitting = under("cn-drug-round-2");
    assert!(!fitting.messages.contains("W0513"), "{}", fitting.messages);
    change(&tender, "bids.csv", "L,D,0.5,2", "L,D,0.5,3");
    let idle = jicai(&["check", tender.to_str().unwrap()], Language::English);
    assert!(idle.messages.contains("E0512"), "under its own rules it is an error: {}", idle.messages);
    let aside = under("cn-drug-round-2");
    assert!(aside.messages.contains("W0513") && aside.exit.code() == 0, "{}", aside.messages);
}

#[test]
fn a_comparison_adds_up() {
    let tender = path(EXPANSION);
    let arguments = ["compare", &tender, "--rules", "cn-drug-round-2", "--rules", "cn-drug-round-4"];
    for language in Language::ALL {
        assert!(shown(&arguments, language).contains("cn-drug-round-4"));
    }
    let found = json(&[&arguments[..], &["--format", "json"]].concat());
    let cents = |value: &Value| -> i128 {
        let text = value.as_str().unwrap();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{part:0<10}").parse().unwrap()
    };
    let suppliers: i128 =
        found["suppliers"].as_array().unwrap().iter().map(|one| cents(&one["difference"])).sum();
    let lots = found["lots"].as_array().unwrap().iter().filter(|lot| !lot["difference"].is_null());
    let lots: i128 = lots.map(|lot| cents(&lot["difference"])).sum();
    assert_eq!(suppliers, lots);
    assert_eq!(cents(&found["totals"]["difference"]), lots, "every lot is supplied in both");
    assert_ne!(lots, 0);
    assert_eq!(found["totals"]["lots_not_in_sums"], serde_json::json!(["L10"]));
    let table = shown_json(&[&arguments[..], &["--format", "csv"]].concat());
    let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let bids: usize =
        found["lots"].as_array().unwrap().iter().map(|lot| lot["bids"].as_array().unwrap().len()).sum();
    assert_eq!(rows.len(), bids);
    assert!(rows.iter().all(|row| row[3] != row[4] && !row[7].is_empty() && !row[8].is_empty()));
}

/// What a reader of a comparison asks: how much, of that how much is price, which rule decided, what is assumed.
#[test]
fn the_bids_of_one_round_under_the_rules_of_others() {
    let tender = path(EXPANSION);
    for round in [2, 7, 9, 10, 11, 12] {
        let rules = format!("cn-drug-round-{round}");
        let arguments = ["compare", &tender, "--rules", &rules];
        for language in Language::ALL {
            let page = shown(&arguments, language);
            fits(&page);
            let word = |key: &str| text(language, &format!("report.changes.{key}"));
            assert!(page.contains(word("why")) && page.contains(word("head_volume")), "{page}");
        }
        let found = json(&[&arguments[..], &["--format", "json"]].concat());
        let cents = |value: &Value| -> i128 {
            let text = value.as_str().unwrap();
            let (whole, part) = text.split_once('.').unwrap_or((text, ""));
            format!("{whole}{part:0<14}").parse().unwrap()
        };
        let totals = &found["totals"];
        let parts = &totals["difference_by_volume_and_price"];
        assert_eq!(cents(&parts[0]) + cents(&parts[1]), cents(&totals["difference"]), "{round}");
        let at_same_volume = &totals["value_at_volume_before"];
        assert_eq!(cents(&at_same_volume[1]) - cents(&at_same_volume[0]), cents(&parts[1]), "{round}");
    }
    let page = flat(&shown(&["compare", &tender, "--rules", "cn-drug-round-2"], Language::English));
    assert!(
        page.contains("Places by number of bidders: 9 win in B only, 2 win in A only, 2 not decided yet")
    );
    assert!(page.contains("At most a multiple of the lowest price: 5 win in A only"), "{page}");
    assert!(page.contains("unchanged (16)") && page.contains("in B 6 lots have a simulated draft"), "{page}");
    assert!(page.contains("A lower agreed volume is no saving"), "{page}");
    // Under round 11 the answers to a revival are not known, so four lots are not in the sums.
    let page = flat(&shown(&["compare", &tender, "--rules", "cn-drug-round-11"], Language::English));
    assert!(
        page.contains("Not in these sums, because a draw or an answer is open on one side: L01, L06, L09")
    );
    assert!(page.contains("won in A, not decided (its answer is missing) in B"), "{page}");
    assert!(page.contains("the lots marked +answer are counted too"), "{page}");
}

#[test]
fn one_set_of_rules_is_compared_with_the_tenders_own() {
    let tender = path(EXPANSION);
    let page = flat(&shown(&["compare", &tender, "--rules", "cn-drug-4plus7-2018"], Language::English));
    assert!(page.contains("A: Expansion of the 4+7 pilot"), "{page}");
    assert!(page.contains("because only A has a winner: L13, L15"), "to buy nothing is no saving: {page}");
    assert!(page.contains("A: rank 2 is within the 3 places for 5 bidders B: rank 2 is beyond the 1 places"));
}

#[test]
fn an_award_before_and_after_an_objection() {
    let place = TempDir::new().unwrap();
    let tender = place.path().join("t");
    copy(&root().join(EXPANSION), &tender);
    let decision = "lot_id,supplier_id,act,document\nL01,lepu-technology,disqualified,Letter 7\n";
    fs::write(tender.join("decisions.csv"), decision).unwrap();
    let after = place.path().join("after");
    jicai(&["evaluate", tender.to_str().unwrap(), "--out", after.to_str().unwrap()], Language::English);
    let before = place.path().join("before");
    let before = before.to_str().unwrap();
    jicai(&["evaluate", &path(EXPANSION), "--out", before], Language::English);
    let page = flat(&shown(&["compare", before, after.to_str().unwrap()], Language::English));
    assert!(page.contains("Lepu Pharmaceutical Technology: won in A, excluded in B"), "{page}");
    assert!(page.contains("B: the bid is disqualified by decision Letter 7"), "{page}");
    assert!(page.contains("Jialin Pharmaceutical: lost in A, won in B"), "{page}");
    let same = flat(&shown(&["compare", before, before], Language::English));
    assert!(same.contains("Nothing differs"), "{same}");
}

#[test]
fn only_whole_awards_of_this_program_are_compared() {
    let place = TempDir::new().unwrap();
    let own = path("reports/cn-drug-expansion-2019");
    let copied = place.path().join("r");
    fs::create_dir(&copied).unwrap();
    let refused = |other: &str| {
        let answer = jicai(&["compare", &own, other], Language::English);
        assert_eq!((answer.exit.code(), answer.results.as_str()), (3, ""), "{}", answer.messages);
        fits(&answer.messages);
        answer.messages
    };
    let here = copied.to_str().unwrap();
    assert!(refused(here).contains("E0611"));
    assert!(refused(&path("reports/cn-stents-2020")).contains("E0615"));
    for file in ["award.json", "manifest.json"] {
        fs::copy(root().join("reports/cn-drug-expansion-2019").join(file), copied.join(file)).unwrap();
    }
    change(&copied, "award.json", "\"63246741.60\"", "\"63246741.61\"");
    assert!(refused(here).contains("E0614"));
    fs::remove_file(copied.join("manifest.json")).unwrap();
    change(&copied, "award.json", "\"CNY\"", "\"USD\"");
    assert!(refused(here).contains("E0616"));
    change(&copied, "award.json", "jicai-award-1", "jicai-award-9");
    assert!(refused(here).contains("E0613"));
    fs::write(copied.join("award.json"), "{}").unwrap();
    assert!(refused(here).contains("E0613"));
    for wrong in [&["compare", &own][..], &["compare", &own, &own, "--rules", "cn-drug-round-2"]] {
        assert_eq!(jicai(wrong, Language::English).exit.code(), 2);
    }
}

#[test]
fn every_lot_and_bid_is_explained_in_both_languages() {
    let tender = path(EXPANSION);
    let bids = fs::read_to_string(root().join(EXPANSION).join("bids.csv")).unwrap();
    let mut lots: Vec<&str> =
        bids.lines().skip(1).filter_map(|row| row.trim_start_matches('\u{feff}').split(',').next()).collect();
    lots.dedup();
    for (number, lot) in lots.iter().enumerate() {
        let language = Language::ALL[number % 2];
        let page = shown(&["explain", &tender, "--lot", lot, "--rules", "cn-drug-round-2"], language);
        assert!(page.contains(lot) && page.contains("GY-YD2019-2"), "{page}");
    }
    let step = |language, bid| {
        flat(&shown(
            &["explain", &tender, "--lot", "L01", "--bid", bid, "--rules", "cn-drug-round-2"],
            language,
        ))
    };
    let page = step(Language::English, "L01/jialin");
    for part in [
        "NOT THE TENDER'S OWN RULES",
        "Bid L01/jialin of Jialin Pharmaceutical (jialin): lost.",
        "5 bidders are counted on the lot",
        "6. At most a multiple of the lowest price: not passed",
        "0.4600 is above 1.8 times the lowest price 0.1200, a limit of 0.2160",
        "multiple of the lowest 1.8",
        "clause (unverified): Document GY-YD2019-2",
        "Result: the bid does not win, because 0.4600 is above 1.8 times",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(
        step(Language::Chinese, "jialin").contains("结果：未中选，原因是0.4600 高于最低价 0.1200 的 1.8 倍")
    );
    assert!(
        step(Language::English, "pfizer").contains("Result: the bid is kept out, because 3.5900 is above")
    );
    assert!(step(Language::English, "qilu-hainan").contains("Result: the bid wins: "));
    assert!(step(Language::English, "qilu-hainan").contains("supplied in"));
}

#[test]
fn what_cannot_be_explained_is_refused_with_a_way_out() {
    let tender = path(EXPANSION);
    for (arguments, said) in [
        (&["explain", &tender][..], "--lot"),
        (&["explain", &tender, "--lot", "L1"], "did you mean L"),
        (&["explain", &tender, "--lot", "L01", "--bid", "jialing"], "did you mean jialin?"),
        (&["explain", &tender, "--bid", "jialin"], "--lot"),
    ] {
        let answer = jicai(arguments, Language::English);
        assert_eq!((answer.exit.code(), answer.results.as_str()), (2, ""), "{arguments:?}");
        assert!(answer.messages.contains(said), "{said}: {}", answer.messages);
    }
}

#[test]
fn every_rule_prints_its_own_case_file() {
    for id in rule_ids() {
        let file = root().join("tests/rules").join(format!("{}.md", id.replace('-', "_")));
        assert_eq!(case_file(id), Some(fs::read_to_string(file).unwrap().as_str()), "{id}");
        for language in Language::ALL {
            let page = shown(&["explain", id], language);
            assert!(page.contains("\n  ## "), "{page}");
        }
    }
}

#[test]
fn the_guides_rule_set_works_exactly_as_printed() {
    let text = printed("docs/rules.md");
    assert_eq!(text, printed("docs/rules.zh.md"), "both languages print the same file");
    let place = TempDir::new().unwrap();
    let tender = place.path().join("my-tender");
    jicai(&["new", tender.to_str().unwrap()], Language::English);
    fs::write(place.path().join("province.toml"), &text).unwrap();
    let rules = place.path().join("province.toml");
    let (tender, rules) = (tender.to_str().unwrap(), rules.to_str().unwrap());
    let lot = flat(&shown(&["explain", tender, "--lot", "D1", "--rules", rules], Language::English));
    assert!(
        lot.contains("Volumes and regions: shares by rank") || lot.contains("one winner serves all"),
        "{lot}"
    );
    let page = shown(&["compare", tender, "--rules", "cn-drug-round-4", "--rules", rules], Language::Chinese);
    assert!(page.contains("示例省"));
}

#[test]
fn seven_bidders_five_places_sixty_per_cent_to_the_lowest() {
    let place = TempDir::new().unwrap();
    let tender = place.path();
    fs::write(tender.join("province.toml"), printed("docs/rules.md")).unwrap();
    let files = [
        (
            "tender.toml",
            "[tender]\nid = \"p\"\ntitle = \"p\"\nkind = \"drug\"\nannounced = 2026-02-01\ncurrency = \"CNY\"\nrules = \"province.toml\"\nsource = \"illustrative\"\n",
        ),
        ("lots.csv", "lot_id,name,ceiling_price\nL,A lot,1\n"),
        // 0.45 is 1.5 times the lowest; 0.55 is 45 % below the ceiling; 0.5501 is neither.
        (
            "bids.csv",
            "lot_id,supplier_id,price\nL,A,0.3\nL,B,0.45\nL,C,0.55\nL,D,0.5501\nL,E,0.56\nL,F,0.6\nL,G,0.7\nL,H,1.01\n",
        ),
        ("demand.csv", "lot_id,region,volume\nL,P1,700\nL,P2,301\n"),
    ];
    for (name, text) in files {
        fs::write(tender.join(name), text).unwrap();
    }
    let out = tender.join("out");
    let arguments =
        ["evaluate", tender.to_str().unwrap(), "--out", out.to_str().unwrap(), "--format", "json"];
    let award = json(&arguments);
    let lot = &award["lots"][0];
    assert_eq!(
        (lot["bidders"].as_u64(), lot["quota"].as_u64()),
        (Some(7), Some(5)),
        "H is above the ceiling"
    );
    let winners: Vec<(&str, &str)> = lot["winners"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["supplier_id"].as_str().unwrap(), one["agreed_volume"].as_str().unwrap()))
        .collect();
    assert_eq!(winners, [("A", "601"), ("B", "200"), ("C", "200")]);
    let volumes = |region: &str| -> u32 {
        let rows = lot["regions"].as_array().unwrap().iter().filter(|row| row["region"] == region);
        rows.map(|row| row["agreed_volume"].as_str().unwrap().parse::<u32>().unwrap()).sum()
    };
    assert_eq!((volumes("P1"), volumes("P2")), (700, 301));
    let status = |supplier: &str| {
        let bid = lot["bids"].as_array().unwrap().iter().find(|bid| bid["supplier_id"] == supplier).unwrap();
        bid["status"].as_str().unwrap().to_owned()
    };
    assert_eq!([status("D"), status("F"), status("H")], ["lost", "lost", "excluded"]);
}
