//! What a report's files hold: the schema of award.json, sums that add up, every bid with its reasons, and nothing that
//! a spreadsheet would run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jicai::Evaluation;
use jicai::money::{Money, Quantity};
use jicai::read::ReadOptions;
use jicai::report::{ReportFiles, folder, published, report};
use jicai::text::Language;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const TENDERS: [&str; 5] = [
    "tenders/cn-drug-expansion-2019",
    "tenders/cn-stents-2020",
    "tests/tenders/drug-9a",
    "tests/tenders/stents-9c",
    "tests/tenders/small-example",
];

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn evaluated(folder: &Path) -> Evaluation {
    jicai::evaluate(folder, &ReadOptions::default())
        .unwrap_or_else(|faults| panic!("{}: {faults:#?}", folder.display()))
}

fn files_in(evaluation: &Evaluation, language: Language) -> ReportFiles {
    let Evaluation { award, allocation, savings, warnings } = evaluation;
    report(award, allocation, savings, warnings, language).unwrap()
}

fn files_of(folder: &Path) -> ReportFiles {
    files_in(&evaluated(folder), Language::English)
}

fn text_of(files: &ReportFiles, name: &str) -> String {
    String::from_utf8(files.get(name).unwrap_or_else(|| panic!("no {name}")).to_vec()).unwrap()
}

fn award_of(files: &ReportFiles) -> Value {
    serde_json::from_str(&text_of(files, "award.json")).unwrap()
}

/// Rows of a table, each by column name.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let text = std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}');
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn table(files: &ReportFiles, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = text_of(files, name);
    assert!(text.starts_with('\u{feff}') && text.ends_with('\n') && !text.contains('\r'), "{name}");
    rows(text.as_bytes())
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list"))
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text: {value}"))
}

fn money(value: &Value) -> Money {
    Money::parse(value.as_str().unwrap()).unwrap()
}

fn volume(value: &Value) -> Quantity {
    Quantity::parse(value.as_str().unwrap()).unwrap()
}

/// A copy of a tender folder that a test may change.
fn copy(tender: &str) -> TempDir {
    let copied = TempDir::new().unwrap();
    for entry in fs::read_dir(home().join(tender)).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copied.path().join(entry.file_name())).unwrap();
    }
    copied
}

/// The keys of each object at an indent, in the order of the text, without repetition.
fn keys_at(text: &str, indent: usize) -> Vec<&str> {
    let mut keys = Vec::new();
    for line in text.lines() {
        let rest = line.trim_start();
        if line.len() - rest.len() == indent
            && let Some((key, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once("\":"))
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    }
    keys
}

#[test]
fn the_keys_of_award_json_are_the_schema_s_in_its_order() {
    let files = files_of(&home().join(TENDERS[0]));
    let text = text_of(&files, "award.json");
    assert!(text.starts_with("{\n  \"schema\": \"jicai-award-1\",\n  \"tender\": {\n    \"id\": "));
    assert!(text.ends_with("\n}\n"));
    assert!(keys_at(&text, 2).starts_with(&["schema", "tender", "rules", "outcome", "lots", "totals"]));
    let lot = [
        "lot_id",
        "outcome",
        "bidders",
        "quota",
        "agreed_share",
        "term_years",
        "winners",
        "bids",
        "regions",
        "cost",
        "proof",
    ];
    let of_lots = text.split_once("\n  \"lots\": [").unwrap().1.split_once("\n  \"totals\"").unwrap().0;
    assert!(keys_at(of_lots, 6).starts_with(&lot), "{:?}", keys_at(of_lots, 6));
    let first = |list: &str| of_lots.split_once(&format!("\n      \"{list}\": [")).unwrap().1;
    let first = |list| first(list).split_once("\n      ]").unwrap().0;
    let keys = |list| keys_at(first(list), 10);
    let winner = ["supplier_id", "bid_id", "rank", "price", "comparable_price", "agreed_volume", "value"];
    let bid = ["supplier_id", "bid_id", "status", "price", "comparable_price", "reasons", "price_to_win"];
    assert!(keys("winners").starts_with(&winner), "{:?}", keys("winners"));
    assert!(keys("bids").starts_with(&bid));
    assert!(keys("regions").starts_with(&["region", "supplier_id", "role", "agreed_volume", "value"]));
    assert_eq!(keys_at(first("bids"), 14), ["rule", "verdict", "facts", "cite"]);
    let totals = text.split_once("\n  \"totals\"").unwrap().1;
    assert!(keys_at(totals, 4).starts_with(&["agreed_volume", "award_value", "cost", "savings"]));
    assert!(keys_at(totals, 8).starts_with(&["baseline", "reference_value", "saving", "cut"]));
}

fn no_fractions(value: &Value) {
    match value {
        Value::Number(number) => assert!(number.is_u64(), "{number} is not text"),
        Value::Array(values) => values.iter().for_each(no_fractions),
        Value::Object(values) => values.values().for_each(no_fractions),
        _ => {}
    }
}

#[test]
fn decimals_are_text_and_lots_bids_and_regions_sorted() {
    for tender in TENDERS {
        let award = award_of(&files_of(&home().join(tender)));
        no_fractions(&award);
        let sorted = |list: &[Value], key: fn(&Value) -> String| {
            let keys: Vec<String> = list.iter().map(key).collect();
            assert!(keys.is_sorted(), "{tender}: {keys:?}");
        };
        sorted(list(&award, "lots"), |lot| word(lot, "lot_id").to_owned());
        for lot in list(&award, "lots") {
            sorted(list(lot, "bids"), |bid| word(bid, "bid_id").to_owned());
            sorted(list(lot, "regions"), |row| format!("{} {}", word(row, "region"), word(row, "role")));
        }
    }
}

#[test]
fn sums_add_up() {
    for tender in TENDERS {
        let award = award_of(&files_of(&home().join(tender)));
        let (mut volumes, mut values, mut costs) = (Vec::new(), Vec::new(), Vec::new());
        for lot in list(&award, "lots") {
            if lot["value"].is_null() {
                assert_eq!(word(lot, "outcome"), "draw_required", "{tender}");
                assert!(lot["cost"].is_null() && list(lot, "regions").is_empty());
                continue;
            }
            let winners = list(lot, "winners");
            let of_winners = |key: &str| winners.iter().map(|winner| winner[key].clone()).collect::<Vec<_>>();
            assert_eq!(Money::total(of_winners("value").iter().map(money)), Ok(money(&lot["value"])));
            let sum = Quantity::total(of_winners("agreed_volume").iter().map(volume));
            assert_eq!(sum, Ok(volume(&lot["agreed_volume"])), "{tender} {}", word(lot, "lot_id"));
            for winner in winners {
                let own = |row: &&Value| row["bid_id"] == winner["bid_id"] && row["role"] == "main";
                let regions: Vec<&Value> = list(lot, "regions").iter().filter(own).collect();
                let sum = Quantity::total(regions.iter().map(|row| volume(&row["agreed_volume"])));
                assert_eq!(sum, Ok(volume(&winner["agreed_volume"])), "{tender} {winner}");
                let sum = Money::total(regions.iter().map(|row| money(&row["value"])));
                assert_eq!(sum, Ok(money(&winner["value"])), "{tender} {winner}");
            }
            volumes.push(volume(&lot["agreed_volume"]));
            values.push(money(&lot["value"]));
            costs.push(money(&lot["cost"]));
        }
        let totals = &award["totals"];
        assert_eq!(Quantity::total(volumes), Ok(volume(&totals["agreed_volume"])));
        assert_eq!(Money::total(values), Ok(money(&totals["award_value"])));
        assert_eq!(Money::total(costs), Ok(money(&totals["cost"])));
    }
}

#[test]
fn tables_say_what_award_json_says() {
    for tender in TENDERS {
        let files = files_of(&home().join(tender));
        let award = award_of(&files);
        let value = |row: &BTreeMap<String, String>| row["value"].clone();
        let (mut winners, mut regions) = (Vec::new(), Vec::new());
        for lot in list(&award, "lots") {
            let text = |row: &Value| row["value"].as_str().unwrap_or("").to_owned();
            winners.extend(list(lot, "winners").iter().map(text));
            regions.extend(list(lot, "regions").iter().map(text));
        }
        assert_eq!(table(&files, "winners.csv").iter().map(value).collect::<Vec<_>>(), winners);
        assert_eq!(table(&files, "regions.csv").iter().map(value).collect::<Vec<_>>(), regions);
        let savings = table(&files, "savings.csv");
        let totals: Vec<&BTreeMap<String, String>> =
            savings.iter().filter(|row| row["scope"] == "total").collect();
        assert_eq!(totals.len(), list(&award["totals"], "savings").len());
        for (row, total) in totals.iter().zip(list(&award["totals"], "savings")) {
            assert_eq!(row["saving"], total["saving"].as_str().unwrap_or(""), "{tender}");
            assert_eq!(row["weighted_cut"], total["cut"].as_str().unwrap_or(""), "{tender}");
            assert_eq!(row["baseline"], word(total, "baseline"));
            assert_eq!(row["reference_value"].is_empty(), row["saving"].is_empty());
        }
    }
}

#[test]
fn every_bid_has_its_decision_with_every_step() {
    for tender in TENDERS {
        let files = files_of(&home().join(tender));
        let decisions = table(&files, "decisions.csv");
        let mut of_bids: BTreeMap<(String, String), Vec<&BTreeMap<String, String>>> = BTreeMap::new();
        for row in &decisions {
            of_bids.entry((row["lot_id"].clone(), row["supplier_id"].clone())).or_default().push(row);
        }
        let filed = rows(&fs::read(home().join(tender).join("bids.csv")).unwrap());
        let filed: BTreeSet<(String, String)> =
            filed.iter().map(|bid| (bid["lot_id"].clone(), bid["supplier_id"].clone())).collect();
        assert_eq!(of_bids.keys().cloned().collect::<BTreeSet<_>>(), filed, "{tender}");
        let award = award_of(&files);
        let bids = list(&award, "lots")
            .iter()
            .flat_map(|lot| list(lot, "bids").iter().map(|bid| (word(lot, "lot_id").to_owned(), bid)));
        for (lot_id, bid) in bids {
            let rows = &of_bids[&(lot_id, word(bid, "supplier_id").to_owned())];
            let reasons = list(bid, "reasons");
            assert_eq!(rows.len(), reasons.len().max(1), "{bid}");
            for (at, (row, reason)) in rows.iter().zip(reasons).enumerate() {
                assert_eq!(row["status"], word(bid, "status"));
                assert_eq!(row["step"], (at + 1).to_string());
                assert_eq!(row["rule"], word(reason, "rule"));
                assert_eq!(row["verdict"], word(reason, "verdict"));
                assert!(!row["citation"].is_empty(), "{row:?}");
                for (name, value) in reason["facts"].as_object().unwrap() {
                    let pair = format!("{name}={}", value.as_str().unwrap());
                    assert!(row["numbers_compared"].contains(&pair), "{pair} in {row:?}");
                }
            }
        }
    }
}

#[test]
fn the_manifest_names_everything_by_its_digest() {
    let digest =
        |bytes: &[u8]| -> String { Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect() };
    for tender in TENDERS {
        let folder = home().join(tender);
        let files = files_of(&folder);
        let manifest: Value = serde_json::from_str(&text_of(&files, "manifest.json")).unwrap();
        let listed = |key: &str| -> BTreeMap<String, String> {
            let entry = |entry: &Value| (word(entry, "name").to_owned(), word(entry, "sha256").to_owned());
            list(&manifest, key).iter().map(entry).collect()
        };
        let written: BTreeMap<String, String> = files
            .iter()
            .filter(|(name, _)| *name != "manifest.json")
            .map(|(name, bytes)| (name.to_owned(), digest(bytes)))
            .collect();
        assert_eq!(listed("files"), written);
        let names = [
            "award.json",
            "charts/lots/001-",
            "charts/price-ladder.svg",
            "charts/savings.svg",
            "charts/suppliers.svg",
            "decisions.csv",
            "notice-winners.csv",
            "notice-winners.html",
            "proof.json",
            "regions.csv",
            "report.html",
            "savings.csv",
            "supply-list.csv",
            "supply-list.html",
            "winners.csv",
        ];
        let copies = |name: &&str| name.starts_with("inputs/");
        for name in names {
            assert!(written.keys().any(|written| written.starts_with(name)), "{tender}: {name}");
        }
        let inputs = listed("inputs");
        for (name, digest) in &inputs {
            assert_eq!(written[&format!("inputs/{name}")], *digest, "{tender} {name}");
        }
        let rules = format!("inputs/rules/{}.toml", word(&manifest["rules"], "id"));
        assert_eq!(written[&rules], word(&manifest["rules"], "sha256"), "{tender}");
        let copied = written.keys().map(String::as_str).filter(copies).count();
        assert_eq!(copied, inputs.len() + 1, "{tender}");
        for name in ["tender.toml", "lots.csv", "bids.csv", "demand.csv"] {
            assert_eq!(inputs[name], digest(&fs::read(folder.join(name)).unwrap()), "{tender} {name}");
        }
        assert_eq!(word(&manifest["rules"], "sha256").len(), 64);
    }
}

/// A text without the digests of files in it.
fn without_digests(text: &str) -> String {
    let digest = |word: &&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split(['<', '>']).filter(|word| !digest(word)).collect()
}

#[test]
fn the_order_of_rows_changes_no_byte_of_the_award() {
    for tender in TENDERS {
        let shuffled = copy(tender);
        for entry in fs::read_dir(shuffled.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "csv") {
                let text = fs::read_to_string(&path).unwrap();
                let mut lines: Vec<&str> = text.lines().collect();
                lines[1..].reverse();
                let middle = 1 + lines[1..].len() / 3;
                lines[1..].rotate_left(middle - 1);
                fs::write(&path, lines.join("\n") + "\n").unwrap();
            }
        }
        let (straight, shuffled) = (files_of(&home().join(tender)), files_of(shuffled.path()));
        // The inputs are other bytes, and so are their digests.
        let inputs = |name: &str| name == "manifest.json" || name.starts_with("inputs/");
        for (name, bytes) in straight.iter().filter(|(name, _)| !inputs(name)) {
            if name == "report.html" {
                let page = |files| without_digests(&text_of(files, "report.html"));
                assert!(page(&shuffled) == page(&straight), "{name} of {tender}");
            } else {
                assert!(shuffled.get(name) == Some(bytes), "{name} of {tender}");
            }
        }
    }
}

#[test]
fn the_language_changes_nothing_but_charts_and_pages() {
    let evaluation = evaluated(&home().join(TENDERS[2]));
    let [english, chinese] = Language::ALL.map(|language| files_in(&evaluation, language));
    let spoken = ["manifest.json", "report.html", "report.xlsx", "notice-winners", "supply-list", "charts/"];
    for (name, bytes) in english.iter() {
        if !spoken.iter().any(|spoken| name.starts_with(spoken)) {
            assert!(chinese.get(name) == Some(bytes), "{name}");
        }
    }
}

#[test]
fn the_expansion_agrees_with_the_published_result() {
    let evaluation = evaluated(&home().join(TENDERS[0]));
    let published = published(&evaluation.award, &evaluation.allocation, &evaluation.savings).unwrap();
    assert_eq!(published.lots.len(), 25);
    assert_eq!(published.agree(), 25, "{published:#?}");
    assert_eq!(award_of(&files_in(&evaluation, Language::English))["published"]["agree"], 25);
}

#[test]
fn a_published_result_that_is_not_ours_is_explained() {
    let tender = copy("tests/tenders/drug-9a");
    let files = files_of(tender.path());
    assert!(award_of(&files)["published"].is_null());
    let winners: Vec<String> =
        table(&files, "winners.csv").iter().map(|row| row["supplier_id"].clone()).collect();
    let all: BTreeSet<String> =
        table(&files, "decisions.csv").iter().map(|row| row["supplier_id"].clone()).collect();
    let loser = all.iter().find(|supplier| !winners.contains(supplier)).unwrap();
    let expected = format!("lot_id,supplier_id\nL1,{loser}\n");
    fs::write(tender.path().join("expected.csv"), expected).unwrap();
    let award = award_of(&files_of(tender.path()));
    assert_eq!(award["published"]["differ"], 1);
    let differences = list(&list(&award["published"], "lots")[0], "differences");
    assert_eq!(differences.len(), winners.len() + 1);
    for difference in differences {
        let ours = winners.iter().any(|winner| winner == word(difference, "supplier_id"));
        assert_eq!(difference["published_winner"], !ours);
        assert_eq!(difference["reason"]["verdict"], if ours { "pass" } else { "fail" }, "{difference}");
    }
}

#[test]
fn hostile_names_stay_text() {
    let tender = copy("tests/tenders/drug-9a");
    let hostile = [
        "=HYPERLINK(\"http://x\")",
        "+1+1",
        "-2",
        "@SUM(A1)",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "</script>",
        "a;=b",
    ];
    let suppliers: BTreeSet<String> = rows(&fs::read(tender.path().join("bids.csv")).unwrap())
        .iter()
        .map(|row| row["supplier_id"].clone())
        .collect();
    let mut text = "supplier_id,name,name_zh\n".to_owned();
    for (supplier, name) in suppliers.iter().zip(hostile.iter().cycle()) {
        let name = name.replace('"', "\"\"");
        text.push_str(&format!("{supplier},\"{name}\",\"{name}\"\n"));
    }
    fs::write(tender.path().join("suppliers.csv"), text).unwrap();
    for file in ["lots.csv", "demand.csv"] {
        let path = tender.path().join(file);
        let changed = fs::read_to_string(&path).unwrap();
        let changed = changed
            .replace("示例药品", "=示例药品")
            .replace("L1,P1,", "L1,=P1,")
            .replace("L1,P2,", "L1,@P2,");
        fs::write(path, changed).unwrap();
    }
    let files = files_of(tender.path());
    let numbers = ["saving", "weighted_cut", "simple_cut"];
    for name in ["winners.csv", "decisions.csv", "regions.csv", "savings.csv"] {
        for row in table(&files, name) {
            for (column, cell) in &row {
                let starts = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
                assert!(!starts || numbers.contains(&column.as_str()), "{name} {column}: {cell}");
            }
        }
    }
    let winners = table(&files, "winners.csv");
    assert!(winners.iter().any(|row| row["supplier_name"].starts_with('\'')), "{winners:#?}");
    assert!(winners.iter().all(|row| row["lot_name_zh"].starts_with("'=示例")));
    assert!(text_of(&files, "award.json").contains("\"=P1\""), "programs get the name as it is");
}

#[test]
fn illustrative_tenders_say_so_in_every_table() {
    for (tender, illustrative) in [(TENDERS[0], false), (TENDERS[1], true)] {
        let files = files_of(&home().join(tender));
        assert_eq!(award_of(&files)["illustrative"], illustrative);
        for name in ["winners.csv", "decisions.csv", "regions.csv", "savings.csv"] {
            let rows = table(&files, name);
            assert!(!rows.is_empty(), "{tender} {name}");
            assert!(
                rows.iter().all(|row| row["illustrative"] == illustrative.to_string()),
                "{tender} {name}"
            );
        }
    }
}

#[test]
fn a_report_goes_to_disk_and_back_to_the_same_bytes() {
    let files = files_of(&home().join(TENDERS[2]));
    let place = TempDir::new().unwrap();
    let target = place.path().join("reports/drug-9a");
    for _ in 0..2 {
        folder::write(&files, &target).unwrap();
        for (name, bytes) in files.iter() {
            assert!(fs::read(target.join(name)).unwrap() == bytes, "{name}");
        }
    }
}

/// Four bids for three places; the last two cost the same.
fn tied_tender(expected: &str) -> TempDir {
    let tender = TempDir::new().unwrap();
    for (name, text) in [
        (
            "tender.toml",
            "[tender]\nid = \"tied\"\ntitle = \"Tied\"\nkind = \"drug\"\nannounced = 2019-08-01\n\
             currency = \"CNY\"\nrules = \"cn-drug-expansion-2019\"\nsource = \"illustrative\"\n",
        ),
        ("lots.csv", "lot_id,name,unit,ceiling_price\nL,Drug,tablet,9\n"),
        ("bids.csv", "lot_id,supplier_id,price\nL,a,1\nL,b,1.1\nL,c,1.2\nL,d,1.2\n"),
        ("demand.csv", "lot_id,region,volume\nL,P,100\nL,Q,50\nL,R,20\n"),
        ("expected.csv", expected),
    ] {
        fs::write(tender.path().join(name), text).unwrap();
    }
    tender
}

#[test]
fn an_open_draw_has_options_and_no_invented_figures() {
    let drawn = "lot_id,supplier_id\nL,a\nL,b\nL,d\n";
    let award = award_of(&files_of(tied_tender(drawn).path()));
    assert_eq!(award["outcome"], "draw_required");
    let lot = &list(&award, "lots")[0];
    let statuses: Vec<&str> = list(lot, "bids").iter().map(|bid| word(bid, "status")).collect();
    assert_eq!(statuses, ["won", "won", "tied", "tied"]);
    for unknown in [&lot["value"], &lot["cost"], &list(lot, "winners")[0]["value"]] {
        assert!(unknown.is_null(), "{unknown}");
    }
    assert_eq!(award["totals"]["lots_open"], 1);
    let tie = &list(lot, "ties")[0];
    assert_eq!((word(tie, "decides"), &tie["places"], word(tie, "option_count")), ("places", &1.into(), "2"));
    assert_eq!(tie["options"], serde_json::json!([["L/a", "L/b", "L/c"], ["L/a", "L/b", "L/d"]]));
    assert_eq!(award["published"]["option_of_draw"], 1);
    assert_eq!(award["published"]["agree"], 0);
    let other = award_of(&files_of(tied_tender("lot_id,supplier_id\nL,a\nL,c\nL,d\n").path()));
    assert_eq!(other["published"]["differ"], 1);
    let differences = list(&list(&other["published"], "lots")[0], "differences");
    assert_eq!(differences.len(), 1);
    assert_eq!(word(&differences[0], "supplier_id"), "b");
}

#[test]
fn the_cost_is_the_value_and_the_winners_fixed_costs() {
    let tender = tied_tender("lot_id,supplier_id\nL,a\nL,b\n");
    let notice = fs::read_to_string(tender.path().join("tender.toml")).unwrap();
    let notice = notice.replace("cn-drug-expansion-2019", "generic-optimised");
    fs::write(tender.path().join("tender.toml"), notice).unwrap();
    let bids =
        "lot_id,supplier_id,price,capacity,fixed_cost\nL,a,1,100,20.5\nL,b,1.1,100,3\nL,c,5,500,0.01\n";
    fs::write(tender.path().join("bids.csv"), bids).unwrap();
    let award = award_of(&files_of(tender.path()));
    let lot = &list(&award, "lots")[0];
    // 100 of a at 1, 70 of b at 1.1, and both fixed costs.
    assert_eq!((word(lot, "value"), word(lot, "cost")), ("177.00", "200.50"));
    assert_eq!((word(&lot["proof"], "kind"), word(&lot["proof"], "bound")), ("exact", "200.50"));
    assert!(list(lot, "winners").iter().all(|winner| winner["rank"].is_null()), "nobody is ranked");
    assert_eq!(word(&award["totals"], "award_value"), "177.00");
    assert_eq!(word(&award["totals"], "cost"), "200.50");
}
