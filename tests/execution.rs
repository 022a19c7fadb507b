//! What was really bought beside what was agreed, from files to printed tables.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "common/asked.rs"]
mod asked;

use std::fs;
use std::path::{Path, PathBuf};

use asked::answer;
use jicai::cli::Answer;
use jicai::money::{Money, Quantity};
use jicai::text::Language;
use serde_json::Value;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

fn here(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).to_str().unwrap().to_owned()
}

/// A table in a file of its own.
struct Actual {
    _folder: TempDir,
    path: PathBuf,
}

fn actual(rows: &str) -> Actual {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("bought.csv");
    fs::write(&path, rows).unwrap();
    Actual { _folder: folder, path }
}

fn of(tender: &str, rows: &str, more: &[&str]) -> Answer {
    let file = actual(rows);
    let (tender, path) = (here(tender), file.path.to_str().unwrap().to_owned());
    let mut line = vec!["execution", &tender, "--start", "2021-01", "--actual", &path];
    line.extend(more);
    answer(&line, Language::English)
}

fn json(tender: &str, rows: &str) -> Value {
    let answer = of(tender, rows, &["--format", "json"]);
    assert_eq!(answer.exit.code(), 0, "{}", answer.messages);
    serde_json::from_str(&answer.results).unwrap()
}

fn word(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or("-").to_owned()
}

fn rows<'v>(tables: &'v Value, table: &str, fits: impl Fn(&Value) -> bool) -> Vec<&'v Value> {
    tables[table].as_array().unwrap().iter().filter(|row| fits(row)).collect()
}

fn one<'v>(tables: &'v Value, scope: &str, column: &str, is: &str) -> &'v Value {
    let fits = |row: &Value| row["scope"] == scope && (column.is_empty() || row[column] == is);
    let found = rows(tables, "fulfilment", fits);
    assert_eq!(found.len(), 1, "{scope} {is}");
    found[0]
}

const DRUG: &str = "tests/tenders/drug-9a";
const STENTS: &str = "tests/tenders/stents-9c";

/// A quarter of the agreed year: even use in P1, P4, P5 and P6, one unit more in P2 and one less in P3; P7 is not reported.
fn a_quarter() -> String {
    let mut table = "lot_id,region,supplier_id,month,volume,price\n".to_owned();
    for (region, supplier, volumes, price) in [
        ("P1", "A", [800_000, 800_000, 800_000], "0.30"),
        ("P2", "A", [600_001, 600_000, 600_000], "0.30"),
        ("P3", "B", [533_333, 533_333, 533_333], "0.36"),
        ("P4", "C", [400_000, 400_000, 400_000], "0.41"),
        ("P5", "D", [333_333, 333_333, 333_334], "0.52"),
        ("P6", "E", [200_000, 0, 400_000], "0.56"),
    ] {
        for (month, volume) in (1..).zip(volumes) {
            table.push_str(&format!("L1,{region},{supplier},2021-0{month},{volume},{price}\n"));
        }
    }
    table.push_str("L1,P1,F,2021-02,1000,0.90\n");
    table
}

#[test]
fn the_stents_of_2021_were_used_up_before_month_8_ended() {
    let tender = here("tenders/cn-stents-2020");
    let line = ["execution", &tender, "--start", "2021-01"];
    let page = answer(&line, Language::English);
    assert_eq!(page.exit.code(), 0, "{}", page.messages);
    let said = page.results.replace('\n', " ");
    assert!(
        said.contains("The volume agreed for the first year was used up before month 8 of the term ended"),
        "{said}"
    );
    let page = answer(&line, Language::Chinese).results.replace(['\n', ' '], "");
    assert!(page.contains("第一年的约定采购量在周期第8个月结束前"), "{page}");
    let mut line = line.to_vec();
    line.extend(["--format", "json"]);
    let tables: Value = serde_json::from_str(&answer(&line, Language::English).results).unwrap();
    let total = one(&tables, "total", "", "");
    let columns = ["agreed_volume", "actual_volume", "fulfilment", "expected", "standing", "used_up_month"];
    assert_eq!(
        columns.map(|name| word(total, name)),
        ["1070000", "1100000", "1.028", "0.6667", "ahead", "8"]
    );
    // 1.07 million × 8 / 1.10 million months.
    assert_eq!(word(total, "lasts_months"), "7.78");
    assert_eq!(word(total, "used_up_on"), "2021-08-27");
    // One province is behind, and the total hides it.
    assert_eq!(word(one(&tables, "region", "region", "P5"), "standing"), "behind");
}

#[test]
fn a_quarter_worked_by_hand() {
    let tables = json(DRUG, &a_quarter());
    let total = one(&tables, "total", "", "");
    let columns = ["actual_volume", "fulfilment", "expected", "standing", "reported_share", "used_up_on"];
    // 8.6 of 34.4 million; 12.736 of 13.216 million yuan are reported. 25.8 million are left at 8.6 million in 90 days: 270.
    assert_eq!(
        columns.map(|name| word(total, name)),
        ["8600000", "0.25", "0.25", "on_schedule", "0.9637", "2021-12-26"]
    );
    assert_eq!((word(total, "days_left"), word(total, "lasts_months")), ("270".to_owned(), "12".to_owned()));
    let standing = |region| word(one(&tables, "region", "region", region), "standing");
    assert_eq!(
        ["P1", "P2", "P3", "P4", "P5", "P6", "P7"].map(standing),
        ["on_schedule", "ahead", "behind", "on_schedule", "on_schedule", "on_schedule", "-"]
    );
    let missing = &tables["not_reported"];
    assert_eq!((missing.as_array().unwrap().len(), word(&missing[0], "region")), (1, "P7".to_owned()));
    let unknown = one(&tables, "lot_supplier_region", "region", "P7");
    assert_eq!(["agreed_volume", "actual_volume"].map(|name| word(unknown, name)), ["1600000", "-"]);
    // 0.8 × 4,200,001 + 0.74 × 1,599,999 + 0.69 × 1.2 million + 0.58 million + 0.54 × 0.6 million.
    let realised = rows(&tables, "savings", |row| {
        row["lot_id"] == "total" && row["baseline"] == "reference_price" && row["volume_basis"] == "actual"
    });
    assert_eq!(["saving", "coverage"].map(|name| word(realised[0], name)), ["6276000.06", "1"]);
    let bases =
        rows(&tables, "savings", |row| row["lot_id"] == "total" && row["baseline"] == "reference_price");
    let bases: Vec<String> = bases.iter().map(|row| word(row, "volume_basis")).collect();
    assert_eq!(bases, ["agreed", "base", "actual"]);
    let outside = &tables["outside"][0];
    let columns = ["supplier_id", "volume", "value", "award_price", "above_award"];
    assert_eq!(columns.map(|name| word(outside, name)), ["F", "1000", "900.00", "0.3000", "600.00"]);
    assert_eq!(word(&tables["outside_totals"][0], "share_of_volume"), "0.0001");
}

#[test]
fn the_parts_add_up_to_the_whole_in_every_cut() {
    for (tender, table) in [(DRUG, a_quarter()), (STENTS, institutions())] {
        let tables = json(tender, &table);
        let total = one(&tables, "total", "", "");
        let scopes = ["lot", "supplier", "region", "lot_supplier", "lot_region", "lot_supplier_region"];
        let by_institution = ["institution", "lot_institution"];
        for scope in scopes.into_iter().chain(by_institution.into_iter().filter(|_| tender == STENTS)) {
            let parts = rows(&tables, "fulfilment", |row| row["scope"] == scope);
            assert!(!parts.is_empty(), "{scope}");
            for column in ["agreed_volume", "actual_volume"] {
                let volumes = parts.iter().filter_map(|row| row[column].as_str());
                let sum = Quantity::total(volumes.map(|text| Quantity::parse(text).unwrap())).unwrap();
                assert_eq!(sum.to_string(), word(total, column), "{tender} {scope} {column}");
            }
            for column in ["agreed_value", "actual_value"] {
                let amounts = parts.iter().filter_map(|row| row[column].as_str());
                let sum = Money::total(amounts.map(|text| Money::parse(text).unwrap())).unwrap();
                assert_eq!(sum.to_string(), word(total, column), "{tender} {scope} {column}");
            }
        }
        for column in ["value", "above_award"] {
            let amount = |row: &&Value| Money::parse(row[column].as_str().unwrap()).unwrap();
            let sum = Money::total(rows(&tables, "outside", |_| true).iter().map(amount)).unwrap();
            assert_eq!(sum.to_string(), word(&tables["outside_totals"][0], column), "{column}");
        }
        let actual = |row: &Value| row["volume_basis"] == "actual" && row["baseline"] == "reference_price";
        let lots = rows(&tables, "savings", |row| actual(row) && row["lot_id"] != "total");
        let whole = rows(&tables, "savings", |row| actual(row) && row["lot_id"] == "total");
        let sum = Money::total(lots.iter().map(|row| Money::parse(&word(row, "saving")).unwrap())).unwrap();
        assert_eq!(sum.to_string(), word(whole[0], "saving"));
    }
}

/// What two of three hospitals bought in one month, one of them by no name.
fn institutions() -> String {
    "采购单元编号,供应地区,医疗机构,企业编号,月份,实际采购量,实际采购价
ST,P1,H1,S1,2021-01,20,469
ST,P1,H1,S3,2021-01,30,590
ST,P1,H2,S2,2021-01,0,
ST,P1,H2,S6,2021-01,5,798
ST,P1,,S4,2021-01,4,648
ST,P1,,S5,2021-01,3,755
"
    .to_owned()
}

#[test]
fn institutions_are_measured_against_their_part_of_the_region() {
    let tables = json(STENTS, &institutions());
    let of = |institution: &str| {
        let row = one(&tables, "institution", "institution", institution);
        ["agreed_volume", "actual_volume", "fulfilment", "standing"].map(|name| word(row, name))
    };
    // 1,000 stents in proportion to 400, 400 and 200 reported.
    assert_eq!(of("H1"), ["400", "50", "0.125", "ahead"]);
    assert_eq!(of("H2"), ["400", "5", "0.0125", "behind"]);
    assert_eq!(of("H3"), ["200", "-", "-", "-"]);
    // Where no purchase names an institution, nothing is said of institutions.
    let tables = json(DRUG, &a_quarter());
    assert!(rows(&tables, "fulfilment", |row| row["scope"] == "institution").is_empty());
}

#[test]
fn a_price_that_is_not_known_is_no_price_of_zero() {
    let without = a_quarter().replace("A,2021-01,800000,0.30", "A,2021-01,800000,");
    let tables = json(DRUG, &without);
    assert_eq!(word(&tables, "rows_unpriced"), "1");
    assert_eq!(word(one(&tables, "total", "", ""), "actual_volume"), "8600000");
    let realised = rows(&tables, "savings", |row| {
        row["lot_id"] == "L1" && row["baseline"] == "reference_price" && row["volume_basis"] == "actual"
    });
    // 0.8 × 800,000 less than with the price.
    assert_eq!(word(realised[0], "saving"), "5636000.06");
    let outside = json(DRUG, &a_quarter().replace("1000,0.90", "1000,"));
    let row = &outside["outside"][0];
    assert_eq!(["value", "above_award"].map(|name| word(row, name)), ["-", "-"]);
    assert_eq!(word(&outside["outside_totals"][0], "above_award"), "-");
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let table = a_quarter();
    let mut lines: Vec<&str> = table.lines().collect();
    lines[1..].reverse();
    assert_eq!(json(DRUG, &lines.join("\n")), json(DRUG, &table));
}

#[test]
fn the_second_year_counts_whole_once_it_has_begun() {
    let mut table = "lot_id,region,supplier_id,month,volume,price\n".to_owned();
    for month in 0..13 {
        let (year, month) = (2021 + month / 12, month % 12 + 1);
        for (region, supplier) in
            [("P1", "A"), ("P2", "A"), ("P3", "B"), ("P4", "C"), ("P5", "D"), ("P6", "E"), ("P7", "A")]
        {
            table.push_str(&format!("L1,{region},{supplier},{year}-{month:02},100000,0.30\n"));
        }
    }
    let tables = json(DRUG, &table);
    let total = one(&tables, "total", "", "");
    // 9.1 of twice 36 million; even use is 13 of 24 months.
    assert_eq!(
        ["agreed_volume", "actual_volume", "fulfilment", "expected"].map(|name| word(total, name)),
        ["72000000", "9100000", "0.1264", "0.5417"]
    );
    let twelve: String =
        table.lines().filter(|line| !line.contains("2022")).map(|line| format!("{line}\n")).collect();
    let total = json(DRUG, &twelve);
    let total = one(&total, "total", "", "");
    assert_eq!([word(total, "agreed_volume"), word(total, "expected")], ["36000000", "1"]);
}

#[test]
fn a_price_above_the_award_is_found_and_a_cheaper_one_is_not() {
    let dear = a_quarter().replacen("2021-03,800000,0.30", "2021-03,800000,0.3001", 1);
    let answer = of(DRUG, &dear, &[]);
    assert!(answer.exit.code() == 0 && answer.messages.contains("W0750"), "{}", answer.messages);
    assert!(answer.messages.contains("bought.csv:4:"), "{}", answer.messages);
    assert!(answer.messages.contains("0.3001") && answer.messages.contains("0.3000"), "{}", answer.messages);
    let cheap = a_quarter().replacen("2021-03,800000,0.30", "2021-03,800000,0.2999", 1);
    assert!(!of(DRUG, &cheap, &[]).messages.contains("W0750"));
}

#[test]
fn nonsense_is_located_and_said_all_at_once() {
    let good = a_quarter();
    let said = |table: &str| {
        let answer = of(DRUG, table, &[]);
        (answer.exit.code(), answer.messages)
    };
    for (from, to, code, place) in [
        ("L1,P1,A,2021-01", "L9,P1,A,2021-01", "E0331", ":2:1"),
        ("L1,P1,A,2021-01", "L1,P9,A,2021-01", "E0333", ":2:4"),
        ("L1,P1,F,", "L1,P1,Q,", "E0753", ":20:7"),
        ("P1,A,2021-01", "P1,A,2021-13", "E0751", ":2:9"),
        ("P1,A,2021-01", "P1,A,2020-12", "E0756", ":2:9"),
        ("P1,A,2021-03", "P1,A,2024-01", "E0756", ":4:9"),
        ("P1,A,2021-02", "P1,A,2021-01", "E0750", ":3:9"),
        ("L1,P1,A,2021-02,800000,0.30\n", "", "E0757", ":3:9"),
        ("800000,0.30", "-800000,0.30", "E0306", ":2:17"),
        ("800000,0.30", ",0.30", "E0312", ":2:17"),
        ("800000,0.30", "800000,0", "E0307", ":2:24"),
        ("lot_id,region", "lot,region", "E0106", ":1:1"),
    ] {
        let (exit, messages) = said(&good.replacen(from, to, 1));
        assert!(exit == 3 && messages.contains(code) && messages.contains(place), "{to}: {messages}");
    }
    let all = good
        .replacen("L1,P1,A,2021-01", "L9,P1,A,2021-01", 1)
        .replacen("L1,P1,F,", "L1,P1,Q,", 1)
        .replacen("L1,P2,A,2021-01", "L1,P8,A,2021-01", 1);
    let (_, messages) = said(&all);
    assert!(["E0331", "E0753", "E0333"].iter().all(|code| messages.contains(code)), "{messages}");
    let stents = fs::read_to_string(here("tenders/cn-stents-2020/actual.csv")).unwrap();
    let header = stents.replacen("supplier_id,month", "supplier_id,product,month", 1);
    let named = |product: &str| header.replace(",F01-P1,2021", &format!(",F01-P1,{product},2021"));
    let fill = |table: String| {
        let rows = table.lines().map(|line| {
            if line.split(',').count() == 6 { line.replacen(",2021-", ",,2021-", 1) } else { line.to_owned() }
        });
        rows.collect::<Vec<_>>().join("\n")
    };
    let known = of("tenders/cn-stents-2020", &fill(named("Firm 1 product 1")), &[]);
    assert_eq!(known.exit.code(), 0, "{}", known.messages);
    let unknown = of("tenders/cn-stents-2020", &fill(named("Firm 1 product 9")), &[]);
    assert!(unknown.exit.code() == 3 && unknown.messages.contains("E0754"), "{}", unknown.messages);
    assert_eq!(of(DRUG, &good, &["--start", "2021-1"]).exit.code(), 2);
}

#[test]
fn a_lot_that_waits_for_a_draw_has_no_agreed_volume() {
    let folder = TempDir::new().unwrap();
    for entry in fs::read_dir(here(DRUG)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let bids = folder.path().join("bids.csv");
    let tied = fs::read_to_string(&bids).unwrap().replace("L1,F,10mg,1,0.9000", "L1,F,10mg,1,0.5600");
    fs::write(&bids, tied).unwrap();
    fs::write(folder.path().join("actual.csv"), a_quarter()).unwrap();
    let tender = folder.path().to_str().unwrap();
    let answer = answer(&["execution", tender, "--start", "2021-01"], Language::English);
    assert!(answer.exit.code() == 3 && answer.messages.contains("E0752"), "{}", answer.messages);
}

#[test]
fn a_report_is_measured_by_its_own_award_or_refused() {
    let out = TempDir::new().unwrap();
    let report = out.path().join("r");
    let report = report.to_str().unwrap();
    for rules in [vec![], vec!["--rules", "cn-drug-round-7"]] {
        let tender = here(DRUG);
        let mut line = vec!["evaluate", &tender, "--out", report];
        line.extend(rules);
        assert_eq!(answer(&line, Language::English).exit.code(), 0);
        let file = actual(&a_quarter());
        let bought = file.path.to_str().unwrap();
        let line = ["execution", report, "--start", "2021-01", "--actual", bought, "--format", "json"];
        let of_report = answer(&line, Language::English);
        assert_eq!(of_report.exit.code(), 0, "{}", of_report.messages);
        let tables: Value = serde_json::from_str(&of_report.results).unwrap();
        let award = fs::read(Path::new(report).join("award.json")).unwrap();
        let award: Value = serde_json::from_slice(&award).unwrap();
        let agreed = word(&award["totals"], "agreed_volume");
        assert_eq!(word(one(&tables, "total", "", ""), "agreed_volume"), agreed);
    }
    let bids = Path::new(report).join("inputs/bids.csv");
    let changed = fs::read_to_string(&bids).unwrap().replace("0.3000", "0.3100");
    fs::write(&bids, changed).unwrap();
    let file = actual(&a_quarter());
    let line = ["execution", report, "--start", "2021-01", "--actual", file.path.to_str().unwrap()];
    let refused = answer(&line, Language::English);
    assert!(refused.exit.code() != 0 && refused.messages.contains("E0743"), "{}", refused.messages);
}

#[test]
fn the_folder_holds_every_table_and_the_chart() {
    for language in Language::ALL {
        let out = TempDir::new().unwrap();
        let folder = out.path().join("e");
        let (tender, to) = (here("tenders/cn-stents-2020"), folder.to_str().unwrap());
        let line = ["execution", &tender, "--start", "2021-01", "--out", to];
        for _ in 0..2 {
            let answer = answer(&line, language);
            assert_eq!(answer.exit.code(), 0, "{}", answer.messages);
        }
        for name in ["fulfilment.csv", "outside.csv", "savings.csv", "execution.json", "manifest.json"] {
            assert!(folder.join(name).is_file(), "{name}");
        }
        let copy = fs::read(folder.join("inputs/actual.csv")).unwrap();
        assert_eq!(copy, fs::read(Path::new(&tender).join("actual.csv")).unwrap());
        let svg = fs::read_to_string(folder.join("fulfilment.svg")).unwrap();
        assert!(svg.contains("102.8%") && svg.contains("<desc") && !svg.contains('⟦'), "{svg}");
        let csv = fs::read_to_string(folder.join("fulfilment.csv")).unwrap();
        assert!(csv.starts_with("\u{feff}scope,lot_id,") && csv.contains("\ntotal,,,,,1070000,1100000,"));
    }
}

#[test]
fn every_page_fits_the_screen_in_both_languages() {
    let several = "lot_id,region,supplier_id,month,volume,price
A,North,Y,2021-01,1000,0.195
A,South,X,2021-01,1000,0.2
B,North,X,2021-01,10,21.88
B,South,X,2021-01,10,21.88
";
    for (tender, table) in [
        (DRUG, a_quarter()),
        (STENTS, institutions()),
        ("tests/tenders/small-example", several.to_owned()),
        ("tests/tenders/small-example", several.replace("2021-01", "2021-02")),
    ] {
        for language in Language::ALL {
            let file = actual(&table);
            let tender = here(tender);
            let line = ["execution", &tender, "--start", "2021-01", "--actual", file.path.to_str().unwrap()];
            let answer = answer(&line, language);
            assert_eq!(answer.exit.code(), 0, "{}", answer.messages);
            assert!(!answer.results.contains('⟦') && !answer.results.contains('{'), "{}", answer.results);
            for shown in answer.results.lines() {
                assert!(shown.width() <= 80, "{shown}");
            }
        }
    }
}
