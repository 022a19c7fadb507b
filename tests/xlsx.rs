//! report.xlsx read back: every number is that of award.json, every formula gives the result beside it and follows its
//! input, and nothing in a cell runs.

#[path = "xlsx/formulas.rs"]
mod formulas;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use formulas::{Book, Value};
use jicai::Evaluation;
use jicai::read::ReadOptions;
use jicai::report::report;
use jicai::text::{Language, text};
use serde_json::Value as Json;
use tempfile::TempDir;

const TENDERS: [&str; 8] = [
    "tenders/cn-drug-expansion-2019",
    "tenders/cn-stents-2020",
    "tests/tenders/drug-9a",
    "tests/tenders/stents-9c",
    "tests/tenders/small-example",
    // Winners below the price that they filed; bidding units; classes.
    "tests/tenders/drug-9b",
    "tests/tenders/insulin-9d",
    "tests/tenders/joints-9e",
];
const BASELINES: [&str; 3] = ["previous_price", "reference_price", "ceiling_price"];

/// A row of a sheet: by head, the cell's place and value.
type Row = BTreeMap<String, ((usize, usize), Value)>;

/// A workbook with the award that it shows.
struct Shown {
    book: Book,
    award: Json,
    language: Language,
}

impl Shown {
    fn of(folder: &Path, language: Language) -> Self {
        let Evaluation { award, allocation, savings, warnings } =
            jicai::evaluate(folder, &ReadOptions::default()).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let files = report(&award, &allocation, &savings, &warnings, language).unwrap();
        let book = Book::read(files.get("report.xlsx").unwrap());
        for (name, sheet) in &book.sheets {
            let missing = sheet.values.values().find(|value| value.text().contains('⟦'));
            assert_eq!(missing, None, "a text is missing on {name}");
        }
        Self { book, award: serde_json::from_slice(files.get("award.json").unwrap()).unwrap(), language }
    }

    fn word(&self, key: &str) -> String {
        text(self.language, &format!("workbook.{key}")).to_owned()
    }

    fn sheet(&self, key: &str) -> String {
        self.word(&format!("sheet.{key}"))
    }

    fn head(&self, key: &str) -> String {
        let currency = text(self.language, "report.number.yuan");
        self.word(&format!("head.{key}")).replace("{currency}", currency)
    }

    fn head_of(&self, key: &str, baseline: &str) -> String {
        self.head(key).replace("{baseline}", &self.word(&format!("baseline.{baseline}")))
    }

    /// Rows of a sheet below the row of heads `head`.
    fn rows(&self, key: &str, head: usize) -> Vec<Row> {
        let name = self.sheet(key);
        let cells = &self.book.sheets[&name].values;
        let last = cells.keys().map(|(row, _)| *row).max().unwrap();
        let heads: Vec<(usize, String)> = cells
            .iter()
            .filter(|((row, _), _)| *row == head)
            .map(|((_, column), value)| (*column, value.text().to_owned()))
            .collect();
        let row = |row: usize| {
            let cell = |(column, head): &(usize, String)| {
                let at = (row, *column);
                (head.clone(), (at, self.book.value(&name, at)))
            };
            heads.iter().map(cell).collect()
        };
        (head + 1..=last).map(row).collect()
    }

    fn winners(&self) -> Vec<(&Json, &Json)> {
        list(&self.award, "lots")
            .iter()
            .flat_map(|lot| list(lot, "winners").iter().map(move |winner| (lot, winner)))
            .collect()
    }

    /// The pairs of the summary: name to values, in order.
    fn summary(&self) -> Vec<(String, Value)> {
        let name = self.sheet("summary");
        let cells = &self.book.sheets[&name].values;
        let names = cells.iter().filter(|((_, column), _)| *column == 0);
        names.map(|((row, _), key)| (key.text().to_owned(), self.book.value(&name, (*row, 1)))).collect()
    }
}

fn home(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn list<'a>(value: &'a Json, key: &str) -> &'a [Json] {
    value[key].as_array().unwrap_or_else(|| panic!("no list {key}"))
}

/// A decimal without zeros at its ends.
fn plain(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let digits =
        if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    if digits == "0" { "0".to_owned() } else { format!("{sign}{digits}") }
}

/// A cell holds exactly what award.json says: the same decimal, the same word, or nothing.
fn same(cell: &Value, stated: &Json, what: &str) {
    match stated {
        Json::Null => assert!(cell.text().is_empty() && cell.number().is_none(), "{what}: {cell:?} for null"),
        Json::String(stated) if cell.number().is_some() => {
            // A cell holds fifteen digits; what has more is given in full beside.
            let held = plain(&cell.number().unwrap().to_string());
            let digits = plain(stated).bytes().filter(u8::is_ascii_digit).count();
            let same =
                if digits <= 15 { plain(stated) } else { plain(&stated.parse::<f64>().unwrap().to_string()) };
            assert_eq!(held, same, "{what}");
        }
        Json::String(stated) => assert_eq!(cell.text(), stated, "{what}"),
        Json::Number(stated) => assert_eq!(cell.number(), stated.as_f64(), "{what}"),
        other => panic!("{what}: {other}"),
    }
}

fn each_tender_and_language(check: impl Fn(&Shown)) {
    for tender in TENDERS {
        for language in Language::ALL {
            check(&Shown::of(&home(tender), language));
        }
    }
}

#[test]
fn winners_bids_and_regions_are_those_of_award_json() {
    each_tender_and_language(|shown| {
        let keys = ["supplier_id", "bid_id", "rank", "price", "comparable_price", "agreed_volume", "value"];
        let rows = shown.rows("winners", 0);
        let winners = shown.winners();
        assert_eq!(rows.len(), winners.len());
        for (row, (lot, winner)) in rows.iter().zip(winners) {
            same(&row[&shown.head("lot_id")].1, &lot["lot_id"], "winners lot_id");
            for key in keys {
                same(&row[&shown.head(key)].1, &winner[key], &format!("winners {key}"));
            }
        }
        let divided = |winner: &Json| !winner["bidding_unit"].is_null() || !winner["class"].is_null();
        let divided = shown.winners().iter().any(|(_, winner)| divided(winner));
        for (row, (_, winner)) in rows.iter().zip(shown.winners()) {
            for key in ["bidding_unit", "class"] {
                assert_eq!(row.contains_key(&shown.head(key)), divided, "{key}");
                if divided {
                    same(&row[&shown.head(key)].1, &winner[key], key);
                }
            }
        }
        let bids = || {
            list(&shown.award, "lots")
                .iter()
                .flat_map(|lot| list(lot, "bids").iter().map(move |bid| (lot, bid)))
        };
        let rows = shown.rows("bids", 0);
        assert_eq!(rows.len(), bids().count());
        for (row, (lot, bid)) in rows.iter().zip(bids()) {
            same(&row[&shown.head("lot_id")].1, &lot["lot_id"], "bids lot_id");
            for key in [
                "supplier_id",
                "bid_id",
                "price",
                "comparable_price",
                "rank",
                "product",
                "spec",
                "state_reason",
            ] {
                same(&row[&shown.head(key)].1, &bid[key], &format!("bids {key}"));
            }
            let status = text(shown.language, &format!("report.status.{}", bid["status"].as_str().unwrap()));
            assert_eq!(row[&shown.head("status")].1.text(), status);
        }
        let steps: usize = bids().map(|(_, bid)| list(bid, "reasons").len()).sum();
        assert_eq!(shown.rows("steps", 0).len(), steps);
        let regions: Vec<&Json> =
            list(&shown.award, "lots").iter().flat_map(|lot| list(lot, "regions")).collect();
        let rows = shown.rows("regions", 0);
        assert_eq!(rows.len(), regions.len());
        for (row, region) in rows.iter().zip(regions) {
            for key in ["region", "supplier_id", "bid_id", "agreed_volume", "value"] {
                same(&row[&shown.head(key)].1, &region[key], &format!("regions {key}"));
            }
            let role = shown.word(&format!("role.{}", region["role"].as_str().unwrap()));
            assert_eq!(row[&shown.head("role")].1.text(), role);
        }
    });
}

#[test]
fn lots_and_totals_are_those_of_award_json() {
    each_tender_and_language(|shown| {
        let lots = list(&shown.award, "lots");
        let rows = shown.rows("volumes", 0);
        assert_eq!(rows.len(), lots.len());
        for (row, lot) in rows.iter().zip(lots) {
            let same_key = [
                "lot_id",
                "unit",
                "bidders",
                "ceiling_price",
                "reference_price",
                "base_volume",
                "agreed_share",
                "agreed_volume",
                "value",
                "cost",
                "term_years",
            ];
            for key in same_key {
                same(&row[&shown.head(key)].1, &lot[key], &format!("volumes {key}"));
            }
            same(&row[&shown.head("places")].1, &lot["quota"], "places");
            same(&row[&shown.head("bound")].1, &lot["proof"]["bound"], "bound");
            let range = &lot["spending_range"];
            for (key, of) in [("least_spending", "least"), ("greatest_spending", "greatest")] {
                let stated = if range.is_null() { &Json::Null } else { &range[of] };
                same(&row[&shown.head(key)].1, stated, key);
            }
        }
        let totals = &shown.award["totals"];
        let summary = shown.summary();
        let find = |key: &str| -> Vec<&Value> {
            let named =
                summary.iter().filter(|(name, value)| *name == shown.head(key) && value.text().is_empty());
            named.map(|(_, value)| value).collect()
        };
        for key in ["agreed_volume", "award_value", "cost"] {
            same(find(key)[0], &totals[key], key);
        }
        let certified: Vec<&Json> = list(totals, "savings").iter().collect();
        for (key, of) in savings_keys() {
            // Counts of winners stand above the savings too.
            let values = find(key);
            let values = &values[values.len() - certified.len()..];
            for (value, stated) in values.iter().zip(&certified) {
                same(value, &stated[of], &format!("summary {key}"));
            }
        }
    });
}

/// Heads of the figures of a saving, and their keys in award.json.
fn savings_keys() -> [(&'static str, &'static str); 8] {
    [
        ("reference_value", "reference_value"),
        ("covered_value", "covered_value"),
        ("saving", "saving"),
        ("weighted_cut", "cut"),
        ("simple_cut", "simple_cut"),
        ("coverage", "coverage"),
        ("winners_covered", "winners_covered"),
        ("winners", "winners"),
    ]
}

/// The sheet of all baselines holds the totals and then the lots, with everything that award.json says of a saving.
fn of_every_baseline(shown: &Shown) {
    let of_lots = list(&shown.award, "lots").iter().flat_map(|lot| list(lot, "savings"));
    let stated: Vec<&Json> = list(&shown.award["totals"], "savings").iter().chain(of_lots).collect();
    let rows = shown.rows("baselines", 0);
    assert_eq!(rows.len(), stated.len());
    for (row, stated) in rows.iter().zip(stated) {
        for (key, of) in savings_keys() {
            same(&row[&shown.head(key)].1, &stated[of], &format!("all baselines {key}"));
        }
        same(&row[&shown.head("base_volume_saving")].1, &stated["base_volume_saving"], "base volume");
        same(&row[&shown.head("source")].1, &stated["source"], "source");
        for extreme in ["highest_cut", "lowest_cut"] {
            same(&row[&shown.head(extreme)].1, &stated[extreme]["cut"], extreme);
            let whose = stated[extreme]["winners"].as_array().map_or(0, Vec::len);
            let shown = row[&shown.head(&format!("{extreme}_of"))].1.text().to_owned();
            assert_eq!(shown.split("; ").filter(|one| !one.is_empty()).count(), whose, "{extreme}");
        }
        assert!(!row[&shown.head("volume_basis")].1.text().is_empty());
    }
}

#[test]
fn savings_are_those_of_award_json() {
    each_tender_and_language(|shown| {
        let stated: Vec<&Json> =
            list(&shown.award, "lots").iter().flat_map(|lot| &list(lot, "savings")[..3]).collect();
        let rows = shown.rows("savings_by_lot", 0);
        assert_eq!(rows.len(), stated.len());
        for (row, stated) in rows.iter().zip(stated) {
            for (key, of) in savings_keys() {
                same(&row[&shown.head(key)].1, &stated[of], &format!("savings by lot {key}"));
            }
        }
        of_every_baseline(shown);
        for (row, stated) in
            shown.rows("savings", 1).iter().zip(&list(&shown.award["totals"], "savings")[..3])
        {
            for (key, of) in savings_keys() {
                same(&row[&shown.head(key)].1, &stated[of], &format!("total of savings {key}"));
            }
            same(&row[&shown.head("saving_certified")].1, &stated["saving"], "saving as certified");
        }
        let with_volume = shown.winners().into_iter().filter(|(_, winner)| !winner["value"].is_null());
        for (row, (lot, winner)) in shown.rows("savings", 6).iter().zip(with_volume) {
            same(&row[&shown.head("lot_id")].1, &lot["lot_id"], "savings lot_id");
            for key in ["bid_id", "comparable_price", "agreed_volume", "value"] {
                same(&row[&shown.head(key)].1, &winner[key], &format!("savings {key}"));
            }
        }
    });
}

#[test]
fn every_formula_gives_the_result_beside_it() {
    each_tender_and_language(|shown| {
        let mut count = 0;
        for (sheet, cells) in &shown.book.sheets {
            for (at, formula) in &cells.formulas {
                count += 1;
                let (computed, cached) = (shown.book.computed(sheet, *at), shown.book.value(sheet, *at));
                match (computed.number(), cached.number()) {
                    (Some(computed), Some(cached)) => {
                        let wide = 1e-9_f64.max(cached.abs() * 1e-13);
                        assert!(
                            (computed - cached).abs() <= wide,
                            "{formula}: {computed}, beside it {cached}"
                        );
                    }
                    _ => assert_eq!(
                        (computed.text(), computed.number()),
                        (cached.text(), cached.number()),
                        "{formula}"
                    ),
                }
            }
            let computes = [shown.sheet("savings"), shown.sheet("savings_by_lot")].contains(sheet);
            assert_eq!(cells.formulas.is_empty(), !computes, "{sheet}");
        }
        assert!(count > 30, "{count} formulas");
    });
}

#[test]
fn a_changed_price_changes_value_savings_and_totals() {
    let mut shown = Shown::of(&home("tests/tenders/drug-9a"), Language::English);
    let savings = shown.sheet("savings");
    let rows = shown.rows("savings", 6);
    let row = &rows[0];
    let place = |head: &str| row[head].0;
    let volume = row[&shown.head("agreed_volume")].1.number().unwrap();
    let lot_id = row[&shown.head("lot_id")].1.clone();
    let totals = shown.rows("savings", 1);
    let by_lot = shown.rows("savings_by_lot", 0);
    let price = place(&shown.head("comparable_price"));
    let old = shown.book.value(&savings, price).number().unwrap();
    shown.book.sheets.get_mut(&savings).unwrap().values.insert(price, Value::Number(old + 0.01));
    let more = volume * 0.01;
    let moved = |sheet: &str, at: (usize, usize)| {
        let (new, old) = (shown.book.computed(sheet, at), shown.book.value(sheet, at));
        new.number().unwrap() - old.number().unwrap_or(0.0)
    };
    let near = |found: f64, wanted: f64, what: &str| {
        assert!((found - wanted).abs() < 1e-6 * wanted.abs().max(1.0), "{what}: {found}, not {wanted}");
    };
    near(moved(&savings, place(&shown.head("value"))), more, "value");
    let mut known = 0;
    for (baseline, total) in BASELINES.iter().zip(&totals) {
        let saving = place(&shown.head_of("saving_against", baseline));
        if shown.book.value(&savings, saving).number().is_none() {
            assert_eq!(shown.book.computed(&savings, saving), Value::Text(String::new()));
            continue;
        }
        known += 1;
        near(moved(&savings, saving), -more, baseline);
        for head in ["saving", "change"] {
            near(moved(&savings, total[&shown.head(head)].0), -more, head);
        }
        near(moved(&savings, total[&shown.head("covered_value")].0), more, "covered value");
        assert!(moved(&savings, total[&shown.head("simple_cut")].0) <= 0.0);
    }
    assert!(known > 0);
    let changed = by_lot.iter().filter(|row| moved_in_lot(&shown, row)).collect::<Vec<_>>();
    assert_eq!(changed.len(), known);
    assert!(changed.iter().all(|row| row[&shown.head("lot_id")].1 == lot_id));
}

/// Bands and prices by region come to a mean price; where that has no end, the row states the award's value.
#[test]
fn a_value_of_several_prices_is_that_of_the_award() {
    let tender = tender_with("n", "2", "100");
    for (file, text) in [
        (
            "bids.csv",
            "lot_id,supplier_id,price,previous_price,capacity\nL,a,2,6,60\nL,b,3,5,60\nL,c,2.5,4,10\n",
        ),
        ("demand.csv", "lot_id,region,volume\nL,North,90\nL,South,10\n"),
        ("tiers.csv", "lot_id,supplier_id,min_quantity,max_quantity,price\nL,a,0,20,2\nL,a,20,60,1\n"),
        ("regional_prices.csv", "lot_id,supplier_id,region,price\nL,b,South,2.5\n"),
    ] {
        fs::write(tender.path().join(file), text).unwrap();
    }
    for language in Language::ALL {
        let shown = Shown::of(tender.path(), language);
        let rows = shown.rows("savings", 6);
        let savings = shown.sheet("savings");
        let value = shown.head("value");
        let of = |supplier: &str| {
            rows.iter().find(|row| row[&shown.head("supplier_id")].1.text() == supplier).unwrap()
        };
        // 60 at the price of the second band; 20 at 3 and 10 at 2.5; 10 at the single price.
        for (supplier, worth, computed) in [("a", 60.0, true), ("b", 85.0, false), ("c", 25.0, true)] {
            let (at, stated) = &of(supplier)[&value];
            assert_eq!(stated.number(), Some(worth), "{supplier}");
            assert_eq!(shown.book.sheets[&savings].formulas.contains_key(at), computed, "{supplier}");
        }
        let total: f64 = rows.iter().map(|row| row[&value].1.number().unwrap()).sum();
        same(&Value::Number(total), &shown.award["totals"]["award_value"], "value");
        let note = shown.book.value(&savings, (0, 0)).text().to_owned();
        assert!(note.ends_with(&shown.word("note.several_prices")), "{note}");
        for (at, formula) in &shown.book.sheets[&savings].formulas {
            let (computed, beside) = (shown.book.computed(&savings, *at), shown.book.value(&savings, *at));
            assert_eq!(computed.number().is_some(), beside.number().is_some(), "{formula}");
            let apart = computed.number().unwrap_or(0.0) - beside.number().unwrap_or(0.0);
            assert!(apart.abs() < 1e-9, "{formula}: {computed:?}, beside it {beside:?}");
        }
    }
}

fn moved_in_lot(shown: &Shown, row: &Row) -> bool {
    let (at, old) = &row[&shown.head("saving")];
    let new = shown.book.computed(&shown.sheet("savings_by_lot"), *at);
    match (new.number(), old.number()) {
        (Some(new), Some(old)) => (new - old).abs() > 1e-6 * old.abs(),
        (None, None) => false,
        _ => true,
    }
}

/// A tender of one lot that is awarded, with a name and a price to try.
fn tender_with(name: &str, price: &str, volume: &str) -> TempDir {
    let tender = TempDir::new().unwrap();
    let notice = format!(
        "[tender]\nid = \"t\"\ntitle = \"{0}\"\nkind = \"drug\"\nannounced = 2019-08-01\ncurrency = \"CNY\"\n\
         rules = \"generic-optimised\"\nsource = \"illustrative\"\n",
        name.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
    );
    let quoted = name.replace('"', "\"\"");
    for (file, text) in [
        ("tender.toml", notice),
        ("lots.csv", format!("lot_id,name,unit,ceiling_price\nL,\"{quoted}\",tablet,90000\n")),
        ("bids.csv", format!("lot_id,supplier_id,product,price\nL,a,\"{quoted}\",{price}\n")),
        ("suppliers.csv", format!("supplier_id,name\na,\"{quoted}\"\n")),
        ("demand.csv", format!("lot_id,region,volume\nL,\"{quoted}\",{volume}\n")),
    ] {
        fs::write(tender.path().join(file), text).unwrap();
    }
    tender
}

#[test]
fn hostile_names_stay_text() {
    for name in [
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1+1",
        "@SUM(A1)",
        "<script>alert(1)</script>",
        "\" onmouseover=\"x",
        "_x0041_",
        "http://example.org/",
        "a & b \u{ffff}",
        "&P of &N",
        &"长".repeat(200),
    ] {
        let tender = tender_with(name, "1.5", "10");
        for language in Language::ALL {
            let shown = Shown::of(tender.path(), language);
            let winner = &shown.rows("winners", 0)[0];
            let lot = winner[&shown.head("lot")].1.text();
            let kept = name.replace('\u{ffff}', "");
            assert!(lot == name || lot.starts_with(&kept), "{lot:?} for {name:?}");
            assert_eq!(winner[&shown.head("supplier")].1.text(), lot);
            assert!(shown.book.sheets[&shown.sheet("winners")].formulas.is_empty());
        }
    }
    let tender = tender_with("plain", "1.5", "10");
    fs::write(tender.path().join("suppliers.csv"), "supplier_id,name\na,a\u{202e}b\n").unwrap();
    let turned = Shown::of(tender.path(), Language::English);
    assert_eq!(turned.rows("winners", 0)[0]["Supplier"].1.text(), "a\\u{202e}b");
}

#[test]
fn a_number_of_more_than_fifteen_digits_is_marked_and_given_in_full() {
    for (price, volume, exact) in
        [("1.0001", "10000", None), ("1.0001", "1234567890.1234", Some("1234691346.91241234"))]
    {
        let tender = tender_with("n", price, volume);
        for language in Language::ALL {
            let shown = Shown::of(tender.path(), language);
            let value = list(&shown.award, "lots")[0]["value"].as_str().unwrap().to_owned();
            let row = &shown.rows("winners", 0)[0];
            let beside = row.get(&shown.head("exact")).map(|(_, value)| value.text().to_owned());
            let all_exact = shown.word("summary.all_exact");
            let summary = &shown.book.sheets[&shown.sheet("summary")];
            let said = summary.values.values().any(|value| value.text() == all_exact);
            match exact {
                Some(exact) => {
                    assert_eq!(value, exact);
                    assert_eq!(beside, Some(format!("{} = {exact}", shown.head("value"))));
                    assert!(!said);
                }
                None => {
                    same(&row[&shown.head("value")].1, &Json::String(value), "value");
                    assert_eq!((beside, said), (None, true));
                }
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_sheets_and_numbers() {
    for tender in TENDERS {
        let [english, chinese] = Language::ALL.map(|language| Shown::of(&home(tender), language));
        assert_eq!(english.book.names.len(), chinese.book.names.len());
        for (one, other) in english.book.names.iter().zip(&chinese.book.names) {
            assert!(one != other && one.chars().count() <= 31 && other.chars().count() <= 31);
            let numbers = |book: &Book, name: &str| -> Vec<((usize, usize), Value)> {
                let cells = book.sheets[name].values.iter();
                cells
                    .filter(|(_, value)| value.number().is_some())
                    .map(|(at, value)| (*at, value.clone()))
                    .collect()
            };
            assert_eq!(numbers(&english.book, one), numbers(&chinese.book, other), "{tender} {one}");
        }
    }
}

#[test]
fn the_summary_says_what_to_know_first() {
    let expansion = Shown::of(&home(TENDERS[0]), Language::English);
    let first: Vec<String> =
        expansion.book.sheets["Summary"].values.values().take(3).map(|v| v.text().to_owned()).collect();
    assert!(first.iter().any(|line| line.starts_with("RULES NOT VERIFIED")), "{first:?}");
    let names: Vec<&str> = expansion.book.names.iter().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "Summary",
            "Winners",
            "Bids",
            "Steps",
            "Regions",
            "Agreed volumes",
            "Savings",
            "Savings by lot",
            "All baselines",
            "Rules",
            "Published result"
        ]
    );
    let rules = expansion.rows("rules", 0);
    assert!(rules.iter().all(|row| !row["Where it is written"].1.text().is_empty()));
    assert!(rules.iter().any(|row| row["Kind"].1.text() == "rule"));
    assert_eq!(expansion.rows("published", 0).len(), 25);
}

#[test]
fn the_same_award_gives_the_same_bytes() {
    let bytes = || {
        let Evaluation { award, allocation, savings, warnings } =
            jicai::evaluate(&home(TENDERS[0]), &ReadOptions::default()).unwrap();
        let files = report(&award, &allocation, &savings, &warnings, Language::Chinese).unwrap();
        files.get("report.xlsx").unwrap().to_vec()
    };
    assert!(bytes() == bytes());
}
