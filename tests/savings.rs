//! Baselines, effects, payers, retention and settlement, from files to printed tables.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "common/asked.rs"]
mod asked;
#[path = "common/here.rs"]
mod here;

use std::fs;

use asked::answer;
use here::here;

use jicai::money::Money;
use jicai::read::TableKind;
use jicai::text::Language;
use serde_json::Value;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

/// The JSON of a command that ends well.
fn json(arguments: &[&str]) -> Value {
    let mut line = arguments.to_vec();
    line.extend(["--format", "json"]);
    let answer = answer(&line, Language::English);
    assert_eq!(answer.exit.code(), 0, "{}", answer.messages);
    serde_json::from_str(&answer.results).unwrap()
}

fn word(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or("-").to_owned()
}

fn total(rows: &Value, name: &str) -> Money {
    let amount = |text: &str| match text.strip_prefix('-') {
        Some(rest) => Money::ZERO.minus(Money::parse(rest).unwrap()).unwrap(),
        None => Money::parse(text).unwrap(),
    };
    Money::total(rows.as_array().unwrap().iter().map(|row| amount(row[name].as_str().unwrap()))).unwrap()
}

/// The worked example of one drug, with further files.
fn tender(files: &[(&str, &str)]) -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    for entry in fs::read_dir(here("tests/tenders/drug-9a")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let path = folder.path().to_str().unwrap().to_owned();
    (folder, path)
}

const BASELINES: &str = "lot_id,supplier_id,baseline,price,source
L1,,award_2021,0.90,notice of 2021
L1,A,award_2021,0.80,
L1,B,uk_tariff,1.44,Drug Tariff
";

#[test]
fn further_baselines_stand_beside_the_built_in_ones() {
    let (_folder, path) = tender(&[("baselines.csv", BASELINES)]);
    let out = TempDir::new().unwrap();
    let award = json(&["evaluate", &path, "--out", out.path().join("r").to_str().unwrap()]);
    let savings = award["totals"]["savings"].as_array().unwrap();
    let rows: Vec<[String; 6]> = savings
        .iter()
        .map(|row| {
            ["baseline", "saving", "cut", "coverage", "base_volume_saving", "source"]
                .map(|name| word(row, name))
        })
        .collect();
    assert_eq!(rows[0], ["previous_price", "-", "-", "0", "-", "-"]);
    assert_eq!(rows[1], ["reference_price", "26384000.00", "0.6663", "1", "32980000.00", "-"]);
    // A's own 0.80 on 18.4 million and 0.90 on 17.6 million, less 13.216 million.
    assert_eq!(rows[3], ["award_2021", "17344000.00", "0.5675", "1", "21680000.00", "notice of 2021"]);
    assert_eq!(rows[4], ["uk_tariff", "6912000.00", "0.75", "0.1743", "8640000.00", "Drug Tariff"]);
    assert_eq!(savings[1]["highest_cut"]["winners"][0][1], "A");
    assert_eq!(savings[1]["lowest_cut"]["cut"], "0.4909");
    let csv = fs::read_to_string(out.path().join("r/savings.csv")).unwrap();
    assert!(csv.contains(
        "\ntotal,,award_2021,30560000.00,13216000.00,17344000.00,0.5675,0.5139,1,5,5,true,agreed,"
    ));
    let reversed: String = {
        let mut lines: Vec<&str> = BASELINES.lines().collect();
        lines[1..].reverse();
        lines.join("\n")
    };
    let (_folder, path) = tender(&[("baselines.csv", &reversed)]);
    assert_eq!(json(&["evaluate", &path, "--out", out.path().join("s").to_str().unwrap()]), award);
}

#[test]
fn amounts_carried_over_are_rounded_as_the_rule_set_says() {
    // (1.4400001 − 0.36) × 6.4 million is 6,912,000.64; a quarter more is 8,640,000.80.
    let baselines = BASELINES.replace("1.44,", "1.4400001,");
    for (rounding, expected) in
        [(None, "8640000.80"), (Some("down 0"), "8640000.00"), (Some("half_up 0"), "8640001.00")]
    {
        let notice = fs::read_to_string(here("tests/tenders/drug-9a/tender.toml")).unwrap();
        let own = rounding.map_or(String::new(), |text| format!("money_rounding = \"{text}\"\n"));
        let notice = format!("{notice}\n[parameters]\n{own}");
        let (_folder, path) = tender(&[("baselines.csv", &baselines), ("tender.toml", &notice)]);
        let out = TempDir::new().unwrap();
        let out = out.path().join("r");
        let award = json(&["evaluate", &path, "--out", out.to_str().unwrap()]);
        let row = award["totals"]["savings"][4].clone();
        assert_eq!(word(&row, "base_volume_saving"), expected);
        assert_eq!(answer(&["verify", out.to_str().unwrap()], Language::English).exit.code(), 0);
    }
}

#[test]
fn payers_share_the_saving_and_every_table_adds_up_to_it() {
    let own = include_str!("../tenders/payers/cn-jiangxi-2022.toml")
        .replace("\"cn-jiangxi-2022\"", "\"own\"")
        .replace("insured_share = \"1\"", "insured_share = \"0.95\"");
    let (folder, path) = tender(&[("baselines.csv", BASELINES)]);
    let profile = folder.path().join("own.toml");
    fs::write(&profile, own).unwrap();
    let area = format!("P1={}", profile.to_str().unwrap());
    for (baseline, saving) in [("reference_price", "26384000.00"), ("uk_tariff", "6912000.00")] {
        for more in [vec![], vec!["--area", area.as_str()]] {
            let mut line = vec!["payers", "split", &path, "--baseline", baseline];
            line.extend(more);
            let tables = json(&line);
            assert_eq!(tables["saving"], saving);
            let saving = Money::parse(saving).unwrap();
            assert_eq!(total(&tables["payers"], "saving"), saving);
            assert_eq!(total(&tables["by_area"], "all_payers"), saving);
            let schemes = &tables["by_scheme"];
            let last = schemes.as_array().unwrap().last().unwrap();
            assert_eq!(last["all_payers"], tables["saving"]);
            let twice = saving.plus(saving).unwrap();
            assert_eq!(total(schemes, "all_payers"), twice);
            for payer in ["fund", "critical_illness", "assistance", "patient"] {
                let whole = Money::parse(last[payer].as_str().unwrap()).unwrap();
                assert_eq!(total(schemes, payer), whole.plus(whole).unwrap(), "{payer}");
                assert_eq!(total(&tables["by_area"], payer), whole, "{payer}");
            }
        }
    }
    let tables = json(&["payers", "split", &path]);
    let whole = tables["by_scheme"].as_array().unwrap().last().unwrap().clone();
    let of = ["fund", "critical_illness", "assistance", "patient"].map(|payer| word(&whole, payer));
    // 0.665 of 26,384,000; then 0.03 of the rest, then 0.014 of what is left.
    assert_eq!(of, ["17545360.00", "265159.20", "120028.71", "8453452.09"]);
}

#[test]
fn a_lot_that_waits_for_a_draw_is_left_out_and_said() {
    let (folder, path) = tender(&[]);
    let bids = folder.path().join("bids.csv");
    let tied = fs::read_to_string(&bids).unwrap().replace("L1,F,10mg,1,0.9000", "L1,F,10mg,1,0.5600");
    fs::write(&bids, tied).unwrap();
    let answer = answer(&["settlement", &path, "--start", "2023-01-01"], Language::English);
    assert_eq!(answer.exit.code(), 1, "{}", answer.results);
    assert!(answer.results.contains("Lots left out: 1") && answer.results.contains("Delivered: 0.00"));
}

#[test]
fn settlement_delivers_the_award_and_no_cent_more() {
    let (_folder, path) = tender(&[]);
    for share in ["0", "0.3", "1"] {
        let tables = json(&["settlement", &path, "--start", "2023-01-01", "--prepaid-share", share]);
        let value = Money::parse("13216000").unwrap();
        assert_eq!(tables["delivered"], "13216000.00");
        for (table, times) in [("settlement", 1), ("old_practice", 1), ("suppliers", 2)] {
            let expected = (0..times).fold(Money::ZERO, |sum, _| sum.plus(value).unwrap());
            assert_eq!(total(&tables[table], "delivered"), expected, "{table}");
        }
        let worth = Money::parse(tables["worth"].as_str().unwrap()).unwrap();
        assert_eq!(total(&tables["settlement"], "worth"), worth);
        assert_eq!(total(&tables["old_practice"], "worth"), worth);
    }
    let first = |more: &[&str]| {
        let mut line = vec!["settlement", &path, "--start", "2023-01-15"];
        line.extend(more);
        let row = json(&line)["months"][0].clone();
        ["month", "filed_on", "confirmed_by", "paid_by"].map(|name| word(&row, name))
    };
    assert_eq!(first(&[]), ["2023-01-01", "2023-02-05", "2023-02-10", "2023-02-24"]);
    // A holiday on a Monday moves both days; one on a Sunday moves none.
    assert_eq!(first(&["--holiday", "2023-02-06"])[2..], ["2023-02-13", "2023-02-27"]);
    assert_eq!(first(&["--holiday", "2023-02-12"]), first(&[]));
}

#[test]
fn published_indices_come_out_as_checks() {
    let of = |indices: [&str; 3], published: &str| {
        let published = format!("--published={published}");
        let tables = json(&[
            "effects", "--index", indices[0], "--index", indices[1], "--index", indices[2], &published,
        ]);
        let product = tables["published"].as_array().unwrap()[3].clone();
        [word(&product, "index_value"), word(&product, "change"), word(&tables, "matches")]
    };
    let shenzhen = ["price=0.78", "structure=0.47", "quantity=1.73"];
    assert_eq!(of(shenzhen, "-36.9%"), ["0.634218", "-36.58%", "yes"]);
    assert_eq!(of(shenzhen, "-30%"), ["0.634218", "-36.58%", "no"]);
    let pilot = ["structure=-54.17%", "price=-31.68%", "quantity=+92.54%"];
    assert_eq!(of(pilot, "0.6029"), ["0.602863", "-39.71%", "yes"]);
    let expansion = ["structure=-40.86%", "price=-36.08%", "quantity=+52.04%"];
    assert_eq!(of(expansion, "0.5747"), ["0.574746", "-42.53%", "yes"]);
}

const BEFORE: &str = "采购单元,产品,采购量,价格\nA,original,100,10\nA,generic,100,2\n";
const AFTER: &str = "lot_id,product,volume,price\nA,original,50,8\nA,generic,250,1\n";

const RETENTION: &str =
    "institution,product,agreed_volume,price_before,volume,price,fund_ratio,insured_share,score
H1,x,3600,1.10,3000,0.367111,0.70,0.90,85
H2,x,3600,1.10,3000,0.367111,0.70,0.90,75
";

#[test]
fn tables_of_their_own_are_read_and_answered_to_the_last_digit() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (before, after) = (file("b.csv", BEFORE), file("a.csv", AFTER));
    let effects = json(&["effects", &before, &after]);
    let row = &effects["effects"][1];
    let exact =
        ["price_exact", "structure_exact", "quantity_exact", "product_exact"].map(|name| word(row, name));
    assert_eq!(exact, ["13/20", "5/9", "3/2", "13/24"]);
    let kept = json(&["retention", &file("r.csv", RETENTION)]);
    let rows = kept["hospitals"].as_array().unwrap();
    let of = |at: usize| ["budget", "spending", "base", "kept", "stays"].map(|name| word(&rows[at], name));
    assert_eq!(of(0), ["2494.80", "693.84", "1800.96", "900.48", "900.48"]);
    assert_eq!(of(1), ["2494.80", "693.84", "1800.96", "720.38", "1080.58"]);
    assert_eq!(of(2), ["4989.60", "1387.68", "3601.92", "1620.86", "1981.06"]);
}

#[test]
fn what_hospitals_keep_and_pay_adds_up_in_every_column() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("r.csv");
    let mut table = RETENTION.lines().next().unwrap().to_owned() + "\n";
    for (hospital, score) in [("H1", "80.01"), ("H2", "80"), ("H3", "70"), ("H4", "69.99"), ("H5", "59.99")] {
        for (product, volume) in [("x", "3000.7"), ("y", "3601"), ("z", "0")] {
            let row = format!("{hospital},{product},3600.3,1.0777,{volume},0.367111,0.7123,0.9011,{score}\n");
            table.push_str(&row);
        }
    }
    fs::write(&path, table).unwrap();
    let kept = json(&["retention", path.to_str().unwrap()]);
    let hospitals = kept["hospitals"].as_array().unwrap();
    let (whole, parts) = hospitals.split_last().unwrap();
    assert_eq!(parts.len(), 5);
    for column in ["budget", "spending", "base", "kept", "stays"] {
        let sum = total(&Value::Array(parts.to_vec()), column);
        assert_eq!(sum, Money::parse(whole[column].as_str().unwrap()).unwrap(), "{column}");
    }
    // Above 80 points a half, from 70 two fifths, from 60 three tenths, below nothing.
    let share = |row: &Value| {
        let amount = |name: &str| Money::parse(row[name].as_str().unwrap()).unwrap();
        let share = amount("kept").share_of(amount("base"), jicai::money::Rounding::half_up(4)).unwrap();
        share.to_string()
    };
    let shares: Vec<String> = parts.iter().map(share).collect();
    assert_eq!(shares, ["0.5", "0.4", "0.4", "0.3", "0"]);
    for row in parts {
        let [kept, stays] = ["kept", "stays"].map(|name| Money::parse(row[name].as_str().unwrap()).unwrap());
        assert_eq!(kept.plus(stays).unwrap(), Money::parse(row["base"].as_str().unwrap()).unwrap());
    }
    let bills = json(&["payers", "bill", "--before", "60000.01", "--after", "42000.07"]);
    for (which, whole) in [("before", "60000.01"), ("after", "42000.07")] {
        let of = bills["bills"].as_array().unwrap().iter().filter(|bill| bill["bill"] == which);
        let mut kinds = 0;
        for bill in of {
            let parts = ["fund", "critical_illness", "assistance", "patient"];
            let parts = parts.map(|name| Money::parse(bill[name].as_str().unwrap()).unwrap());
            assert_eq!(Money::total(parts).unwrap(), Money::parse(whole).unwrap(), "{bill}");
            kinds += 1;
        }
        assert_eq!(kinds, 4, "{which}");
    }
}

#[test]
fn nonsense_is_refused_with_its_place() {
    let folder = TempDir::new().unwrap();
    let said = |arguments: &[&str], text: &str| {
        let path = folder.path().join("t.csv");
        fs::write(&path, text).unwrap();
        let line: Vec<&str> =
            arguments.iter().map(|word| if *word == "@" { path.to_str().unwrap() } else { word }).collect();
        let answer = answer(&line, Language::English);
        (answer.exit.code(), answer.messages)
    };
    for (from, to, code) in [
        ("0.70", "70", "E0702"),
        ("85\n", "850\n", "E0702"),
        ("H2", "H1", "E0701"),
        ("3600", "-3600", "E0306"),
        ("H2,x", "H1,y", "E0714"),
    ] {
        let (exit, said) = said(&["retention", "@"], &RETENTION.replacen(from, to, 1));
        assert!(exit == 3 && said.contains(code), "{to}: {said}");
    }
    let twice = format!("{AFTER}A,generic,1,1\n");
    assert!(said(&["effects", "@", "@"], &twice).1.contains("t.csv:4:3"));
    for line in [
        &["effects", "--index", "price=-200%"][..],
        &["effects", "--index", "0.78"],
        &["effects", "@"],
        &["payers", "bill", "--before", "1,000", "--after", "1"],
        &["settlement", "@", "--start", "2023-02-30"],
        &["settlement", "@", "--start", "2023-02-01", "--prepaid-share", "1.1"],
        &["payers", "split", "@", "--area", "P1"],
    ] {
        assert_eq!(said(line, AFTER).0, 2, "{line:?}");
    }
    assert!(said(&["payers", "show", "cn-jiangxi"], "").1.contains("E0704"));
    let (_folder, path) = tender(&[]);
    assert_eq!(said(&["payers", "split", &path, "--area", "P9=cn-jiangxi-2022"], "").0, 2);
    assert_eq!(said(&["payers", "split", &path, "--baseline", "previous_price"], "").0, 2);
}

#[test]
fn every_page_fits_the_screen_in_both_languages() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (before, after, kept) = (file("b.csv", BEFORE), file("a.csv", AFTER), file("r.csv", RETENTION));
    let (_tender, path) = tender(&[]);
    let expansion = here("tenders/cn-drug-expansion-2019");
    let expansion = expansion.to_str().unwrap();
    for line in [
        &["effects", &before, &after][..],
        &["effects", "--index", "price=0.78", "--published=-22%"],
        &["retention", &kept],
        &["payers", "list"],
        &["payers", "show", "cn-jiangxi-2022"],
        &["payers", "split", &path, "--area", "P1=cn-jiangxi-2022"],
        &["payers", "split", expansion, "--baseline", "ceiling_price"],
        &["payers", "bill", "--before", "60000", "--after", "42000", "--standard", "30000"],
        &["settlement", &path, "--start", "2023-01-01"],
        &["explain", "baselines"],
    ] {
        for language in Language::ALL {
            let answer = answer(line, language);
            assert_eq!(answer.exit.code(), 0, "{line:?}: {}", answer.messages);
            assert!(!answer.results.contains('⟦') && !answer.results.contains('{'), "{}", answer.results);
            for shown in answer.results.lines() {
                assert!(shown.width() <= 80, "{shown}");
            }
        }
    }
}

#[test]
fn the_two_figures_of_the_stents_are_what_the_page_says() {
    let page = answer(&["explain", "baselines"], Language::English).results.replace('\n', " ");
    // 10.9 billion over 1.07 million; 13,000 less 700; and that times 1.07 million.
    assert_eq!((10_900_000_000_u64 * 10 / 1_070_000 + 5) / 10, 10_187);
    assert_eq!((13_000 - 700) * 1_070_000_u64, 13_161_000_000);
    assert!(page.contains("10,187") && page.contains("12,300") && page.contains("13.161 billion"), "{page}");
}

#[test]
fn the_guide_describes_every_column_of_the_tables_that_stand_alone() {
    for guide in ["docs/savings.md", "docs/savings.zh.md"] {
        let text = fs::read_to_string(here(guide)).unwrap();
        for table in TableKind::ALONE {
            for field in table.fields() {
                let required = if field.required { "yes" } else { "no" };
                let row = format!("| `{}` | {} | {required} | ", field.name, field.chinese);
                assert!(text.contains(&row), "{guide}: {row}");
            }
        }
    }
}
