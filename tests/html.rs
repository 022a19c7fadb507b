//! The pages as a browser's parser reads them: every number is that of award.json, every bid is there, and nothing that
//! a tender holds becomes anything but text.

#[path = "html/page.rs"]
mod page;

#[path = "html/tender.rs"]
mod tender;

use std::collections::{BTreeMap, BTreeSet};

use base64ct::{Base64, Encoding as _};
use jicai::Evaluation;
use jicai::report::letters;
use jicai::text::Language;
use page::Element;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tender::{
    HOSTILE, TENDERS, evaluated, examples, files_in, home, hostile_tender, list, national_round, number,
    text_of, word,
};

fn numbers(row: &[&Element], from: usize) -> Vec<Option<String>> {
    row[from..].iter().map(|cell| cell.number()).collect()
}

#[test]
fn the_numbers_of_lots_are_those_of_award_json() {
    for (name, award, page) in examples() {
        let rows = page.by_id("lots-table").rows();
        assert_eq!(rows.len(), list(&award, "lots").len(), "{name}");
        for (row, lot) in rows.iter().zip(list(&award, "lots")) {
            let won: Vec<&str> =
                list(lot, "winners").iter().map(|winner| word(winner, "comparable_price")).collect();
            let by_price = |price: &&&str| price.parse::<f64>().unwrap();
            let cheapest = won.iter().min_by(|one, other| by_price(one).total_cmp(&by_price(other)));
            let dearest = won.iter().max_by(|one, other| by_price(one).total_cmp(&by_price(other)));
            let expected = [
                number(&lot["bidders"]),
                number(&lot["quota"]),
                Some(won.len().to_string()),
                cheapest.map(ToString::to_string),
                dearest.map(ToString::to_string),
                number(&lot["agreed_volume"]),
                number(&lot["value"]),
            ];
            assert_eq!(numbers(row, 2)[..7], expected, "{name}: {}", word(lot, "lot_id"));
            let section = page.by_id(&format!("lot-{}", word(lot, "lot_id")));
            let fact = |key: &str| {
                let found = section.all().into_iter().find(|element| element.attribute("data-fact") == key);
                found.unwrap().named("dd")[0].number()
            };
            for (key, named) in [
                ("bidders", "bidders"),
                ("quota", "places"),
                ("ceiling_price", "ceiling"),
                ("reference_price", "reference"),
                ("base_volume", "base_volume"),
                ("agreed_volume", "agreed_volume"),
                ("term_years", "term"),
                ("value", "value"),
            ] {
                assert_eq!(fact(named), number(&lot[key]), "{name}: {key}");
            }
        }
    }
}

#[test]
fn every_bid_stands_there_with_its_numbers_and_every_step() {
    for (name, award, page) in examples() {
        let mut all = 0;
        let of_list = page.by_id("rules").named("li").into_iter();
        let sources: BTreeMap<&str, String> =
            of_list.map(|item| (item.attribute("id"), item.text())).collect();
        for lot in list(&award, "lots") {
            let section = page.by_id(&format!("lot-{}", word(lot, "lot_id")));
            let [table] = section.tables("bids")[..] else { panic!("{name}: one table of bids") };
            assert_eq!(table.rows().len(), list(lot, "bids").len(), "{name}");
            for bid in list(lot, "bids") {
                all += 1;
                let row = table.by_id(&format!("bid-{}", word(bid, "bid_id")));
                let cells: Vec<&Element> = row.children.iter().collect();
                let expected = [&bid["rank"], &bid["price"], &bid["comparable_price"]].map(number);
                assert_eq!([0, 2, 3].map(|at| cells[at].number()), expected, "{name}: {bid}");
                assert_eq!(row.attribute("data-status"), word(bid, "status"));
                let steps = cells[5].named("li");
                assert_eq!(steps.len(), list(bid, "reasons").len(), "{name}: {bid}");
                for (step, reason) in steps.iter().zip(list(bid, "reasons")) {
                    let fails = word(reason, "verdict") == "fail";
                    assert_eq!(step.attribute("class") == "fail", fails, "{name}: {bid}");
                    let link = step.named("a")[0].attribute("href").trim_start_matches('#').to_owned();
                    assert_eq!(sources[link.as_str()], word(reason, "cite"), "{name}: {bid}");
                }
            }
        }
        let rows = page.by_id("bids-table").rows();
        assert_eq!(rows.len(), all, "{name}");
        let linked: BTreeSet<&str> = rows.iter().map(|row| row[1].named("a")[0].attribute("href")).collect();
        assert_eq!(linked.len(), all, "{name}");
    }
}

#[test]
fn winners_regions_and_savings_are_those_of_award_json() {
    for (name, award, page) in examples() {
        let savings = |table: &Element, of: &Value| {
            for (row, saving) in table.rows().iter().zip(list(of, "savings")) {
                let covered =
                    if saving["saving"].is_null() { None } else { number(&saving["covered_value"]) };
                let expected = [
                    number(&saving["reference_value"]),
                    covered,
                    number(&saving["saving"]),
                    number(&saving["base_volume_saving"]),
                    number(&saving["cut"]),
                    number(&saving["simple_cut"]),
                    number(&saving["highest_cut"]["cut"]),
                    number(&saving["lowest_cut"]["cut"]),
                    number(&saving["coverage"]),
                    Some(format!("{} / {}", saving["winners_covered"], saving["winners"])),
                ];
                assert_eq!(numbers(row, 1), expected, "{name}");
            }
            assert_eq!(table.rows().len(), list(of, "savings").len(), "{name}");
        };
        savings(page.by_id("savings").tables("savings")[0], &award["totals"]);
        // One of the tenders has further baselines, and their sources stand beside their names.
        if name.contains("stents-9c") {
            let shown = page.by_id("savings").tables("savings")[0].text();
            assert!(shown.contains("round_2018") && shown.contains("notice of 2018"), "{shown}");
        }
        for lot in list(&award, "lots") {
            let section = page.by_id(&format!("lot-{}", word(lot, "lot_id")));
            let winners = section.tables("winners");
            let rows = winners.first().map(|table| table.rows()).unwrap_or_default();
            assert_eq!(rows.len(), list(lot, "winners").len(), "{name}");
            for (row, winner) in rows.iter().zip(list(lot, "winners")) {
                let keys = ["price", "comparable_price", "agreed_volume", "value"];
                assert_eq!(row[0].number(), number(&winner["rank"]), "{name}");
                assert_eq!(numbers(row, 2), keys.map(|key| number(&winner[key])), "{name}");
            }
            if !rows.is_empty() {
                savings(section.tables("savings")[0], lot);
            }
            let given = |row: &&Value| ["main", "own-brand"].contains(&word(row, "role"));
            let mut expected: Vec<_> = list(lot, "regions")
                .iter()
                .filter(given)
                .map(|row| ["agreed_volume", "value"].map(|key| number(&row[key])))
                .collect();
            let regions = section.tables("regions");
            let rows = regions.first().map(|table| table.rows()).unwrap_or_default();
            let mut shown: Vec<_> = rows.iter().map(|row| [row[2].number(), row[3].number()]).collect();
            shown.retain(|row| row[0].is_some());
            expected.sort();
            shown.sort();
            assert_eq!(shown, expected, "{name}: {}", word(lot, "lot_id"));
        }
    }
}

#[test]
fn the_page_can_be_read_by_everybody() {
    for (name, _, page) in examples() {
        let all = page.all();
        let lang = page.named("html")[0].attribute("lang");
        assert_eq!(lang, if name.ends_with("zh") { "zh-CN" } else { "en" });
        let ids: Vec<&str> =
            all.iter().map(|element| element.attribute("id")).filter(|id| !id.is_empty()).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{name}: ids twice");
        for link in page.named("a") {
            let target =
                link.attribute("href").strip_prefix('#').unwrap_or_else(|| panic!("{name}: {link:?}"));
            assert!(ids.contains(&target), "{name}: {target}");
        }
        let mut level = 0;
        for heading in all.iter().filter(|element| ["h1", "h2", "h3", "h4"].contains(&&*element.name)) {
            let own: u32 = heading.name[1..].parse().unwrap();
            assert!(own <= level + 1, "{name}: {}", heading.text());
            level = own;
        }
        for table in page.named("table") {
            assert_eq!(table.named("caption").len(), 1, "{name}");
            assert!(
                table.named("th").iter().all(|head| ["col", "row"].contains(&head.attribute("scope"))),
                "{name}"
            );
            let wide = table.named("thead")[0].named("th").len();
            assert!(
                table.rows().iter().all(|row| row.len() == wide),
                "{name}: {}",
                table.named("caption")[0].text()
            );
        }
        for svg in page.named("svg") {
            let told = svg.attribute("aria-labelledby").split(' ').map(|id| page.by_id(id).text());
            assert!(told.into_iter().all(|text| !text.is_empty()), "{name}");
        }
        assert!(!page.text().contains('⟦'), "{name}");
    }
}

/// What a page must not hold, whatever the tender says.
fn is_inert(name: &str, text: &str) {
    let page = Element::page(text);
    let allowed = [
        "", "html", "head", "meta", "title", "style", "body", "script", "a", "abbr", "article", "b",
        "caption", "code", "dd", "details", "div", "dl", "dt", "figure", "h1", "h2", "h3", "header", "input",
        "label", "li", "main", "nav", "ol", "option", "p", "section", "select", "small", "span", "strong",
        "summary", "table", "tbody", "td", "th", "thead", "tr", "ul", "svg", "desc", "text", "rect", "line",
        "polyline", "circle", "g", "use",
    ];
    for element in page.all() {
        assert!(allowed.contains(&element.name.as_str()), "{name}: {}", element.name);
        for (attribute, value) in &element.attributes {
            assert!(
                !attribute.starts_with("on") && attribute != "style" && attribute != "src",
                "{name}: {attribute}"
            );
            assert!(attribute != "href" || value.starts_with('#'), "{name}: {value}");
        }
    }
    let policy =
        page.named("meta").into_iter().find(|meta| meta.attribute("http-equiv") == "Content-Security-Policy");
    let policy = policy.unwrap().attribute("content");
    assert!(policy.starts_with("default-src 'none'; "), "{name}");
    assert!(!policy.contains("unsafe"), "{name}");
    for own in ["style", "script"] {
        for element in page.named(own) {
            let digest = Base64::encode_string(&Sha256::digest(element.text()));
            assert!(policy.contains(&format!("{own}-src 'sha256-{digest}'")), "{name}: {own}");
        }
    }
    assert!(page.named("script").len() <= 1 && page.named("style").len() == 1, "{name}");
    let hidden = |letter: char| matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(hidden), "{name}");
    assert!(!text.contains('⟦'), "{name}");
}

#[test]
fn hostile_names_are_text_on_every_page() {
    let tender = hostile_tender();
    let evaluation = evaluated(tender.path());
    for language in Language::ALL {
        let Evaluation { award, allocation, savings, warnings } = &evaluation;
        let written = letters(award, allocation, savings, warnings, language);
        let report = files_in(&evaluation, language);
        for (name, bytes) in report.iter().chain(written.iter()).filter(|(name, _)| name.ends_with(".html")) {
            is_inert(name, std::str::from_utf8(bytes).unwrap());
        }
        let page = Element::page(&text_of(&report, "report.html")).text();
        for name in HOSTILE.iter().filter(|name| !name.contains('\u{202e}')) {
            assert!(page.contains(name), "{name} is not shown as it is");
        }
        assert!(page.contains("\\u{202e}gnp.exe\\u{200f}"));
        for name in ["notice-winners.csv", "supply-list.csv"] {
            let text = text_of(&report, name);
            let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            for row in reader.records() {
                assert!(row.unwrap().iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{name}");
            }
        }
    }
}

#[test]
fn the_pages_of_the_examples_are_inert_too() {
    for tender in TENDERS {
        let evaluation = evaluated(&home().join(tender));
        for language in Language::ALL {
            let files = files_in(&evaluation, language);
            for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
                is_inert(&format!("{tender} {name}"), std::str::from_utf8(bytes).unwrap());
            }
        }
    }
}

#[test]
fn the_notices_hold_every_winner_and_every_region() {
    for tender in TENDERS {
        let evaluation = evaluated(&home().join(tender));
        for language in Language::ALL {
            let files = files_in(&evaluation, language);
            let award: Value = serde_json::from_str(&text_of(&files, "award.json")).unwrap();
            let lots = list(&award, "lots");
            let count = |key: &str| lots.iter().map(|lot| list(lot, key).len()).sum::<usize>();
            for (notice, rows) in [("notice-winners", count("winners")), ("supply-list", count("regions"))] {
                let table = text_of(&files, &format!("{notice}.csv"));
                let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
                let table: Vec<_> = reader.records().map(Result::unwrap).collect();
                let page = Element::page(&text_of(&files, &format!("{notice}.html")));
                let shown = page.named("table")[0].rows();
                assert_eq!((table.len(), shown.len()), (rows, rows), "{tender} {notice}");
                for (row, shown) in table.iter().zip(shown) {
                    for (cell, shown) in row.iter().zip(shown) {
                        let shown = shown.text();
                        assert!(
                            [shown.replace(',', ""), shown.clone()]
                                .iter()
                                .any(|shown| shown == cell || (shown == "—" && cell.is_empty())),
                            "{cell} {shown}"
                        );
                    }
                }
            }
            let prices: Vec<String> = lots
                .iter()
                .flat_map(|lot| list(lot, "winners"))
                .map(|winner| word(winner, "price").to_owned())
                .collect();
            let price_of = |lot: &Value, bid: &Value| -> String {
                let own = list(lot, "winners").iter().find(|winner| winner["bid_id"] == *bid).unwrap();
                word(own, "price").to_owned()
            };
            let regions = lots.iter().flat_map(|lot| list(lot, "regions").iter().map(move |row| (lot, row)));
            let mut supplied: Vec<String> = regions.map(|(lot, row)| price_of(lot, &row["bid_id"])).collect();
            let page = Element::page(&text_of(&files, "supply-list.html"));
            let mut shown: Vec<String> =
                page.named("table")[0].rows().iter().map(|row| row[7].number().unwrap()).collect();
            supplied.sort();
            shown.sort();
            assert_eq!(shown, supplied, "{tender}");
            let page = Element::page(&text_of(&files, "notice-winners.html"));
            let shown = page.named("table")[0].rows();
            assert_eq!(
                shown.iter().map(|row| row[7].number().unwrap()).collect::<Vec<_>>(),
                prices,
                "{tender}"
            );
        }
    }
}

#[test]
fn every_unsuccessful_bid_has_a_letter_with_its_reasons_and_blanks_for_the_office() {
    for tender in TENDERS {
        let evaluation = evaluated(&home().join(tender));
        let files = files_in(&evaluation, Language::English);
        let award: Value = serde_json::from_str(&text_of(&files, "award.json")).unwrap();
        let bids: Vec<&Value> = list(&award, "lots").iter().flat_map(|lot| list(lot, "bids")).collect();
        let lost: Vec<&&Value> =
            bids.iter().filter(|bid| ["lost", "excluded"].contains(&word(bid, "status"))).collect();
        for language in Language::ALL {
            let Evaluation { award, allocation, savings, warnings } = &evaluation;
            let written = letters(award, allocation, savings, warnings, language);
            let single: Vec<&str> =
                written.iter().map(|(name, _)| name).filter(|name| name.starts_with("letter-")).collect();
            assert_eq!(single.len(), lost.len(), "{tender}");
            let all = Element::page(&text_of(&written, "all-letters.html"));
            assert_eq!(all.named("article").len(), lost.len());
            for (name, bid) in single.iter().zip(&lost) {
                let letter = Element::page(&text_of(&written, name));
                let text = letter.text();
                assert!(text.contains(word(bid, "bid_id")), "{name}: {}", word(bid, "bid_id"));
                assert_eq!(letter.named("ol")[0].named("li").len(), list(bid, "reasons").len(), "{name}");
                for reason in list(bid, "reasons") {
                    assert!(text.contains(word(reason, "cite")), "{name}");
                }
                let blank = |element: &&Element| element.attribute("class") == "blank";
                assert_eq!(letter.all().iter().filter(|element| blank(element)).count(), 3, "{name}");
            }
        }
    }
}

#[test]
fn a_national_round_stays_below_five_megabytes() {
    let folder = national_round();
    let evaluation = evaluated(folder.path());
    for language in Language::ALL {
        let files = files_in(&evaluation, language);
        let size = files.get("report.html").unwrap().len();
        assert!((1_000_000..5_000_000).contains(&size), "{size} bytes");
    }
}

#[test]
fn titles_of_charts_give_the_prices_at_which_bids_win() {
    // Filed at up to 1.6200, and won at 0.8000 at most.
    let evaluation = evaluated(&home().join("tests/tenders/drug-9b"));
    for (language, list) in [(Language::English, "Firm C at 0.8000"), (Language::Chinese, "企业C 0.8000")] {
        let files = files_in(&evaluation, language);
        let lot = text_of(&files, "charts/lots/001-L1.svg");
        let title = lot.split("</title>").next().unwrap();
        assert!(title.contains("0.2000–0.8000"), "{title}");
        assert!(lot.contains(list), "{lot}");
        let ladder = text_of(&files, "charts/price-ladder.svg");
        let title = ladder.split("</title>").next().unwrap();
        assert!(!title.contains("81.0%"), "{title}");
    }
}
