//! The savings waterfalls: their numbers against the tables and against a recount, and a wrong number is caught.

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
use std::path::Path;

use asked::answer;
use here::here;
use jicai::cli::Answer;
use jicai::money::{Fraction, Money, Quantity, Ratio, Rounding};
use jicai::text::Language;
use serde_json::Value;
use tempfile::TempDir;

fn money(text: &str) -> Money {
    let plain: String = text.chars().filter(|character| *character != ',').collect();
    match plain.strip_prefix(['-', '−']) {
        Some(rest) => Money::ZERO.minus(Money::parse(rest).unwrap()).unwrap(),
        None => Money::parse(plain.trim_start_matches('+')).unwrap(),
    }
}

/// The amounts over the bars, from the left; `None` where a step is not stated.
fn over_bars(svg: &str) -> Vec<Option<Money>> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let mut found: Vec<((i64, i64), Option<Money>)> = Vec::new();
    for node in document.descendants().filter(|node| node.has_tag_name("text")) {
        let shown = node.text().unwrap_or_default();
        let centred =
            node.attribute("text-anchor") == Some("middle") && node.attribute("font-weight") == Some("700");
        let amount =
            !shown.is_empty() && shown.chars().all(|character| "0123456789.,+−—".contains(character));
        if centred && amount {
            let x = node.attribute("x").unwrap();
            let (whole, tenths) = x.split_once('.').unwrap_or((x, "0"));
            let x = (whole.parse().unwrap(), tenths.parse().unwrap());
            found.push((x, (shown != "—").then(|| money(shown))));
        }
    }
    found.sort_by_key(|(x, _)| *x);
    found.into_iter().map(|(_, amount)| amount).collect()
}

/// Whether the amounts of a waterfall are those expected and add up.
fn stands(bars: &[Option<Money>], expected: &[Option<Money>; 5]) -> bool {
    let [Some(before), steps @ .., Some(after)] = bars else { return false };
    let sum = Money::total(steps.iter().flatten().copied().chain([*before])).unwrap();
    bars == expected && sum == *after
}

/// The same drawing with the last digit of one amount changed.
fn forged(svg: &str, amount: &str) -> String {
    let last = if amount.ends_with('0') { "1" } else { "0" };
    let wrong = format!(">{}{last}<", amount.strip_suffix(|_: char| true).unwrap());
    let changed = svg.replacen(&format!(">{amount}<"), &wrong, 1);
    assert_ne!(svg, changed, "{amount} is in the drawing");
    changed
}

const BEFORE: &str = "采购单元,产品,采购量,价格\nA,original,100,10\nA,generic,100,2\nB,x,3,0.0333\n";
const AFTER: &str = "lot_id,product,volume,price\nA,original,50,8\nA,generic,250,1\nB,x,7,0.0299\n";

fn effects(out: &Path, language: Language) -> Answer {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).to_str().unwrap().to_owned()
    };
    let (before, after) = (file("2018.csv", BEFORE), file("2019.csv", AFTER));
    answer(&["effects", &before, &after, "--out", out.to_str().unwrap()], language)
}

#[test]
fn the_waterfall_of_effects_shows_the_numbers_of_the_table_and_they_add_up() {
    let out = TempDir::new().unwrap();
    for language in Language::ALL {
        let folder = out.path().join(language.code());
        assert_eq!(effects(&folder, language).exit.code(), 0);
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let tables: Value = serde_json::from_str(&read("effects.json")).unwrap();
        let row = tables["effects"].as_array().unwrap().last().unwrap();
        let names = ["before", "price_step", "quantity_step", "structure_step", "after"];
        let expected = names.map(|name| Some(money(row[name].as_str().unwrap())));
        let svg = read("charts/waterfall.svg");
        assert!(stands(&over_bars(&svg), &expected), "{svg}");
        assert!(!stands(&over_bars(&forged(&svg, "1,200.10")), &expected));
        // Levels by hand: the indices of the total on what was spent before, each to cents.
        let index = |name: &str| {
            let (above, below) = row[name].as_str().unwrap().split_once('/').unwrap();
            let number = |text: &str| Fraction::from(Ratio::parse(text).unwrap());
            number(above).over(&number(below)).unwrap()
        };
        let cents = |level: &Fraction| level.to_money(Rounding::half_up(2)).unwrap();
        let level = Fraction::from(money("1200.0999")).times(&index("price_exact"));
        let mut by_hand = vec![money("1200.10"), cents(&level)];
        let level = level.times(&index("quantity_exact"));
        by_hand.push(cents(&level));
        by_hand.push(cents(&level.times(&index("structure_exact"))));
        let bars = over_bars(&svg);
        let mut reached = Money::ZERO;
        for (bar, level) in bars.iter().take(4).zip(by_hand) {
            reached = reached.plus(bar.unwrap()).unwrap();
            assert_eq!(reached, level);
        }
        // The page holds the drawing, the table, and no request.
        let page = read("effects.html");
        assert!(page.contains(&svg.lines().next().unwrap().to_owned()), "{page}");
        for name in names {
            let exact = row[name].as_str().unwrap();
            assert!(page.contains(&format!("data-value=\"{exact}\"")), "{exact}");
        }
        assert!(!page.contains("<script") && !page.contains("⟦") && !page.contains("src="), "{page}");
    }
}

#[test]
fn the_folder_of_effects_is_the_same_wherever_the_tables_lay_and_says_what_is_unknown() {
    let out = TempDir::new().unwrap();
    let [one, other] = ["one", "other"].map(|name| out.path().join(name));
    effects(&one, Language::English);
    effects(&other, Language::English);
    let bytes = |folder: &Path, name: &str| fs::read(folder.join(name)).unwrap();
    for name in ["effects.html", "effects.csv", "charts/waterfall.svg", "inputs/before.csv", "manifest.json"]
    {
        assert_eq!(bytes(&one, name), bytes(&other, name), "{name}");
    }
    // Nothing was bought in both periods: no chart, and the page says why.
    let folder = out.path().join("nothing");
    let [before, after] = [("b.csv", "A,x,1,2"), ("a.csv", "A,y,1,2")].map(|(name, row)| {
        let path = out.path().join(name);
        fs::write(&path, format!("lot_id,product,volume,price\n{row}\n")).unwrap();
        path.to_str().unwrap().to_owned()
    });
    let done = answer(&["effects", &before, &after, "--out", folder.to_str().unwrap()], Language::English);
    assert_eq!(done.exit.code(), 0, "{}", done.messages);
    assert!(!folder.join("charts/waterfall.svg").exists());
    let page = fs::read_to_string(folder.join("effects.html")).unwrap();
    assert!(page.contains("an index is unknown") && !page.contains("<svg"), "{page}");
}

fn evaluated(tender: &Path, out: &Path, language: Language) -> (Value, String, String) {
    let done = answer(&["evaluate", tender.to_str().unwrap(), "--out", out.to_str().unwrap()], language);
    assert!(done.exit.code() < 2, "{}", done.messages);
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    (serde_json::from_str(&read("award.json")).unwrap(), read("charts/waterfall.svg"), read("report.html"))
}

/// The levels of an award whose baseline has one mix, from award.json alone: before, after price, after quantity.
fn recounted(award: &Value, baseline: usize) -> [Fraction; 3] {
    let mut levels = [(); 3].map(|()| Fraction::zero());
    for lot in award["lots"].as_array().unwrap() {
        let saving = &lot["savings"][baseline];
        if saving["saving"].is_null() {
            continue;
        }
        let amount = |name: &str| Fraction::from(money(saving[name].as_str().unwrap()));
        let volume = |name: &str| Fraction::from(Quantity::parse(lot[name].as_str().unwrap()).unwrap());
        let carried = volume("base_volume").over(&volume("agreed_volume")).unwrap();
        let own = [
            amount("reference_value").times(&carried),
            amount("covered_value").times(&carried),
            amount("covered_value"),
        ];
        for (level, own) in levels.iter_mut().zip(own) {
            *level = level.plus(&own);
        }
    }
    levels
}

#[test]
fn the_waterfall_of_an_award_is_what_award_json_says() {
    let out = TempDir::new().unwrap();
    for (tender, baseline, amount) in [
        ("tenders/cn-drug-expansion-2019", 2, "4,567,440,656.94"),
        ("tenders/cn-stents-2020", 1, "13,910,000,000.00"),
        ("tests/tenders/drug-9a", 1, "−32,980,000.00"),
    ] {
        for language in Language::ALL {
            let (award, svg, page) = evaluated(&here(tender), &out.path().join("r"), language);
            let levels =
                recounted(&award, baseline).map(|level| level.to_money(Rounding::half_up(2)).unwrap());
            let [before, price, after] = levels;
            let step = |to: Money, from: Money| Some(to.minus(from).unwrap());
            let expected = [Some(before), step(price, before), step(after, price), None, Some(after)];
            assert!(stands(&over_bars(&svg), &expected), "{tender}: {:?} {expected:?}", over_bars(&svg));
            assert!(!stands(&over_bars(&forged(&svg, amount)), &expected), "{tender}");
            // The price step is the saving on the base volume, which stands in the table over it.
            let total = &award["totals"]["savings"][baseline];
            assert_eq!(total["base_volume_saving"], before.minus(price).unwrap().to_string(), "{tender}");
            let covered = money(total["covered_value"].as_str().unwrap());
            assert_eq!(covered.rounded(Rounding::half_up(2)).unwrap(), after, "{tender}");
            for amount in expected.iter().flatten() {
                assert!(page.contains(&format!("data-value=\"{amount}\"")), "{tender}: {amount}");
            }
        }
    }
}

/// The worked example of stents with each product's own price before.
fn with_own_prices(prices: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["tender.toml", "lots.csv", "demand.csv"] {
        fs::copy(here("tests/tenders/stents-9c").join(name), folder.path().join(name)).unwrap();
    }
    let bids = fs::read_to_string(here("tests/tenders/stents-9c/bids.csv")).unwrap();
    let own = |row: &str| {
        let supplier = row.split(',').nth(1).unwrap();
        prices.iter().find(|(name, _)| *name == supplier).map_or("", |(_, price)| *price).to_owned()
    };
    let rows: Vec<String> = bids
        .lines()
        .enumerate()
        .map(
            |(at, row)| if at == 0 { format!("{row},previous_price") } else { format!("{row},{}", own(row)) },
        )
        .collect();
    fs::write(folder.path().join("bids.csv"), rows.join("\n")).unwrap();
    folder
}

#[test]
fn where_brands_are_known_the_mix_is_a_step_and_where_not_it_is_said() {
    let prices = [
        ("S1", "9000"),
        ("S2", "9500"),
        ("S3", "10000"),
        ("S4", "11000"),
        ("S5", "12000"),
        ("S6", "13000"),
        ("S7", "14000"),
        ("S8", "20000"),
        ("S9", "21000"),
    ];
    let out = TempDir::new().unwrap();
    let folder = with_own_prices(&prices);
    let (award, svg, _) = evaluated(folder.path(), &out.path().join("r"), Language::English);
    let lot = &award["lots"][0];
    let saving = &lot["savings"][0];
    assert_eq!((lot["base_volume"].as_str(), lot["agreed_volume"].as_str()), (Some("1000"), Some("1000")));
    // Reported: 100 of S1, 150 of S2, 200 of S3, 80 of S4, 120 of S5, 50 of S6, 100 of S8, 200 of S9.
    let before = money("13495000.00");
    let fraction = |name: &str| Fraction::from(money(saving[name].as_str().unwrap()));
    let at_price =
        Fraction::from(before).times(&fraction("covered_value")).over(&fraction("reference_value")).unwrap();
    let at_price = at_price.to_money(Rounding::half_up(2)).unwrap();
    let after = money(saving["covered_value"].as_str().unwrap());
    let step = |to: Money, from: Money| Some(to.minus(from).unwrap());
    let expected =
        [Some(before), step(at_price, before), Some(Money::ZERO), step(after, at_price), Some(after)];
    assert!(stands(&over_bars(&svg), &expected), "{:?} {expected:?}", over_bars(&svg));
    assert!(after < at_price, "the losers' brands were the dear ones");
    // Without the price of one brand that hospitals use, the mix is not stated.
    let folder = with_own_prices(&prices[..8]);
    let (_, svg, page) = evaluated(folder.path(), &out.path().join("s"), Language::English);
    assert_eq!(over_bars(&svg)[3], None);
    assert!(svg.contains("Mix: none is stated") && page.contains("Mix: none is stated"));
}
