//! What people see of an evaluated tender: the page on the terminal and the price ladder.
#![allow(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test may stop")]

use std::fs;
use std::path::Path;

use jicai::Evaluation;
use jicai::read::ReadOptions;
use jicai::report::chart::price_ladder;
use jicai::text::Language;
use unicode_width::UnicodeWidthStr;

const TENDERS: [&str; 5] = [
    "tenders/cn-drug-expansion-2019",
    "tenders/cn-stents-2020",
    "tests/tenders/drug-9a",
    "tests/tenders/small-example",
    "tests/tenders/stents-9c",
];

fn evaluated(folder: &Path) -> Evaluation {
    let options = ReadOptions::default();
    jicai::evaluate(folder, &options).unwrap_or_else(|faults| {
        panic!("{}: {}", folder.display(), jicai::diagnostics::plain(&faults, Language::English, false))
    })
}

fn example(name: &str) -> Evaluation {
    evaluated(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
}

fn summary(evaluation: &Evaluation, language: Language) -> String {
    let Evaluation { award, allocation, savings, warnings } = evaluation;
    let published = jicai::report::published(award, allocation, savings);
    jicai::report::summary(award, allocation, savings, published.as_ref(), warnings, Some("out"), language)
}

/// A tender of one lot on which two bids are tied for the last place.
fn tied() -> Evaluation {
    one_lot("A,S1,0.20\nA,S2,0.30\nA,S3,0.40\nA,S4,0.40\nA,S5,0.90\n")
}

/// A tender of one lot with a hostile name.
fn one_lot(bids: &str) -> Evaluation {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tenders/small-example/tender.toml");
    let tender = fs::read_to_string(source).unwrap();
    let files = [
        ("tender.toml", tender.as_str()),
        ("lots.csv", "lot_id,name,name_zh,unit,ceiling_price\nA,<b>\u{202e}Drug & Co,药品,tablet,1.00\n"),
        ("bids.csv", &format!("lot_id,supplier_id,price\n{bids}")),
        ("demand.csv", "lot_id,region,volume\nA,North,100\nA,South,50\n"),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    evaluated(folder.path())
}

#[test]
fn no_line_is_wider_than_80_columns() {
    for name in TENDERS {
        let evaluation = example(name);
        for language in Language::ALL {
            for line in summary(&evaluation, language).lines() {
                assert!(line.width() <= 80, "{name}: {} columns: {line}", line.width());
                assert!(!line.contains('⟦') && !line.contains('{'), "{name}: {line}");
            }
        }
    }
}

#[test]
fn the_columns_of_the_table_end_under_each_other() {
    for name in TENDERS {
        let evaluation = example(name);
        for language in Language::ALL {
            let shown = summary(&evaluation, language);
            let table = shown.lines().skip_while(|line| !line.contains(" N "));
            let rows: Vec<&str> = table.take(evaluation.award.lots().count() + 2).collect();
            for (row, (lot, _)) in rows.iter().skip(2).zip(evaluation.award.lots()) {
                assert!(row.starts_with(lot.comparable.lot.id.as_str()), "{name}: {row}");
            }
            let widths: Vec<usize> = rows.iter().map(|row| row.width()).collect();
            assert!(widths.iter().all(|width| *width == widths[0]), "{name}: {widths:?}");
        }
    }
}

#[test]
fn the_published_result_is_said() {
    let evaluation = example("tenders/cn-drug-expansion-2019");
    let english = summary(&evaluation, Language::English);
    assert!(english.contains("25 of 25 lots agree with the published result."), "{english}");
    let chinese = summary(&evaluation, Language::Chinese);
    assert!(chinese.contains("25 个采购单元中有 25 个与公布结果一致。"), "{chinese}");
}

#[test]
fn an_illustrative_tender_says_so_in_every_picture() {
    let evaluation = example("tenders/cn-stents-2020");
    for (language, word) in [(Language::English, "ILLUSTRATIVE"), (Language::Chinese, "示例：")] {
        assert!(summary(&evaluation, language).contains(word));
        let svg = price_ladder(&evaluation.award, &evaluation.allocation, language);
        assert!(svg.to_uppercase().contains(word), "{svg}");
    }
}

#[test]
fn a_draw_names_the_tied_and_tells_what_to_record() {
    let shown = summary(&tied(), Language::English);
    let human = shown.split("A human must act:").nth(1).unwrap();
    let flat = human.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("2 bids at 0.4000 are tied; places left for them: 1"), "{shown}");
    assert!(flat.contains("S3, S4") && flat.contains("decisions.csv") && flat.contains("draw-1"), "{shown}");
    assert!(shown.contains("2+draw"), "{shown}");
    assert!(shown.lines().all(|line| line.width() <= 80));
}

#[test]
fn winners_that_share_a_rank_wait_for_the_order_of_picking() {
    let shown = summary(&one_lot("A,S1,0.20\nA,S2,0.20\nA,S3,0.40\n"), Language::English);
    let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("2 winners at 0.2000 are tied for the order in which they pick regions: S1, S2"),
        "{shown}"
    );
}

#[test]
fn every_bid_with_a_price_stands_on_the_ladder() {
    for evaluation in TENDERS.map(example).into_iter().chain([tied()]) {
        let priced: usize = evaluation
            .award
            .lots()
            .map(|(lot, _)| lot.comparable.bids.iter().filter(|bid| bid.comparable_price.is_some()).count())
            .sum();
        for language in Language::ALL {
            let svg = price_ladder(&evaluation.award, &evaluation.allocation, language);
            let document = roxmltree::Document::parse(&svg).unwrap();
            let named = document.descendants().filter(|node| {
                node.has_tag_name("g") && node.children().any(|child| child.has_tag_name("title"))
            });
            assert_eq!(named.count(), priced);
            assert!(!svg.contains('⟦') && !svg.contains("{lots}"), "{svg}");
        }
    }
}

#[test]
fn names_that_turn_the_reading_direction_are_shown_escaped() {
    let evaluation = tied();
    let svg = price_ladder(&evaluation.award, &evaluation.allocation, Language::English);
    assert!(!svg.contains('\u{202e}') && svg.contains("&lt;b&gt;\\u{202e}Drug &amp; Co"), "{svg}");
    assert!(!summary(&evaluation, Language::English).contains('\u{202e}'));
}

#[test]
fn the_title_is_the_finding() {
    let evaluation = example("tests/tenders/drug-9a");
    let svg = price_ladder(&evaluation.award, &evaluation.allocation, Language::English);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let title = document.descendants().find(|node| node.has_tag_name("title")).unwrap();
    assert_eq!(title.text(), Some("Winning prices are below half of the ceiling price"));
}
