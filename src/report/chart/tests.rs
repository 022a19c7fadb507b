//! The drawing with made-up ladders.
#![allow(clippy::arithmetic_side_effects, clippy::panic, reason = "made-up numbers of known size")]

use super::draw::draw;
use super::ladder::{Ladder, LadderBid, LadderLot, Mark, WHOLE, Words};
use super::layout::layout;
use super::measure::text_width;
use super::page::{Anchor, Label, Page, Shape};
use crate::text::{Language, fill, text};

/// A text of numbers that look random and are the same on every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: i32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::try_from((self.0 >> 33) % u64::try_from(below).unwrap()).unwrap()
    }
}

fn words(language: Language) -> Words {
    let word = |key: &str| text(language, key).to_owned();
    Words {
        won: word("report.chart.won"),
        lost: word("report.chart.lost"),
        tied: word("report.chart.tied"),
        excluded: word("report.chart.excluded"),
        cut_off: fill(language, "report.chart.cut_off", &[("parts", "1.8")]),
        whole: word("report.chart.end_ceiling"),
        above: word("report.chart.above_ceiling"),
        detail: word("report.chart.detail_head"),
        cut: word("report.chart.cut"),
    }
}

fn bids(count: usize, numbers: &mut Numbers) -> Vec<LadderBid> {
    let lowest = 40_000 + numbers.next(300_000);
    (0..count)
        .map(|place| {
            let share = if place == 0 { lowest } else { lowest + numbers.next(1_090_000 - lowest) };
            let mark = match (share <= lowest * 9 / 5, share > WHOLE || numbers.next(20) == 0) {
                (_, true) => Mark::Excluded,
                (true, _) if numbers.next(9) == 0 => Mark::Tied,
                (true, _) => Mark::Won,
                _ => Mark::Lost,
            };
            LadderBid { share, above: share > WHOLE, mark, label: format!("S{place}: {share}") }
        })
        .collect()
}

fn ladder(language: Language, lots: usize, bidders: usize, name: &str) -> Ladder {
    let mut numbers = Numbers(u64::try_from(lots).unwrap());
    let lots: Vec<LadderLot> = (1..=lots)
        .map(|number| {
            let bids = bids(bidders, &mut numbers);
            let lowest = bids.iter().map(|bid| bid.share).min().unwrap();
            LadderLot {
                name: format!("{name} {number}"),
                detail: format!("{name} · ≈123.46 million"),
                short_detail: "≈123.46 million".to_owned(),
                cut_off: Some(lowest * 9 / 5),
                cut: format!("{}%", 100 - lowest / 10_000),
                bids,
            }
        })
        .collect();
    let title = match language {
        Language::English => "Winning prices are below a third of the ceiling price in 20 of 25 lots",
        Language::Chinese => "25 个采购单元中有 20 个的中选价不到最高有效申报价的三分之一",
    };
    Ladder {
        title: title.to_owned(),
        subtitle: vec![
            text(language, "report.chart.illustrative").to_owned(),
            fill(language, "report.chart.subtitle", &[("whole", "100"), ("lots", "25"), ("bids", "102")]),
        ],
        notes: vec![text(language, "report.chart.unknown_ceiling").to_owned(), format!("{name} ").repeat(9)],
        description: title.to_owned(),
        lots,
        words: words(language),
        language: language.code(),
    }
}

const LONG: [&str; 3] = [
    "Amoxicillin and clavulanate potassium for oral suspension",
    "注射用头孢哌酮钠舒巴坦钠（二比一）复方制剂超长名称测试",
    "Pneumonoultramicroscopicsilicovolcanoconiosistabletsbyaverylongname",
];

/// Every shape of ladder that the drawing must hold.
fn samples() -> Vec<(String, Ladder)> {
    let mut samples = Vec::new();
    for language in Language::ALL {
        for (lots, bidders) in [(1, 2), (3, 4), (25, 6), (62, 30)] {
            let name = if language == Language::Chinese { "阿莫西林胶囊" } else { "Amoxicillin" };
            let id = format!("{}-{lots}x{bidders}", language.code());
            samples.push((id, ladder(language, lots, bidders, name)));
        }
        for (number, name) in LONG.into_iter().enumerate() {
            let id = format!("{}-long-{number}", language.code());
            samples.push((id, ladder(language, 5, 9, name)));
        }
    }
    samples
}

/// Left, top, right and bottom of a label.
fn extent(label: &Label) -> (f64, f64, f64, f64) {
    let width = text_width(&label.text, label.size, label.bold);
    let left = match label.anchor {
        Anchor::Start => label.at.0,
        Anchor::Middle => label.at.0 - width / 2.0,
        Anchor::End => label.at.0 - width,
    };
    (left, label.at.1 - label.size * 0.8, left + width, label.at.1 + label.size * 0.2)
}

fn labels(page: &Page) -> Vec<&Label> {
    page.shapes
        .iter()
        .filter_map(|shape| if let Shape::Label(label) = shape { Some(label) } else { None })
        .collect()
}

#[test]
fn no_two_labels_overlap_and_none_leaves_the_page() {
    for (id, ladder) in samples() {
        let page = layout(&ladder);
        let labels = labels(&page);
        for (place, label) in labels.iter().enumerate() {
            let (left, top, right, bottom) = extent(label);
            let inside = left >= 0.0 && top >= 0.0 && right <= page.size.0 && bottom <= page.size.1;
            assert!(inside, "{id}: {label:?} leaves the page");
            for other in labels.iter().skip(place + 1) {
                let (other_left, other_top, other_right, other_bottom) = extent(other);
                let apart =
                    right <= other_left || other_right <= left || bottom <= other_top || other_bottom <= top;
                assert!(apart, "{id}: {label:?} overlaps {other:?}");
            }
        }
    }
}

#[test]
fn every_bid_is_drawn_on_the_page_and_no_two_marks_touch() {
    for (id, ladder) in samples() {
        let page = layout(&ladder);
        let drawn: Vec<((f64, f64), &String)> = page
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Bid { at, label, .. } if !label.is_empty() => Some((*at, label)),
                _ => None,
            })
            .collect();
        let all: usize = ladder.lots.iter().map(|lot| lot.bids.len()).sum();
        assert_eq!(drawn.len(), all, "{id}");
        for (place, ((x, y), _)) in drawn.iter().enumerate() {
            assert!((0.0..=page.size.0).contains(x) && (0.0..=page.size.1).contains(y), "{id}");
            for ((other_x, other_y), _) in drawn.iter().skip(place + 1) {
                let far = (x - other_x).abs() > 9.9 || (y - other_y).abs() > 9.9;
                assert!(far, "{id}: marks touch at {x}, {y}");
            }
        }
    }
}

#[test]
fn marks_keep_clear_of_labels() {
    for (id, ladder) in samples() {
        let page = layout(&ladder);
        for label in labels(&page) {
            let (left, top, right, bottom) = extent(label);
            for shape in &page.shapes {
                if let Shape::Bid { at: (x, y), .. } = shape {
                    let apart = x + 4.0 <= left || right <= x - 4.0 || y + 4.0 <= top || bottom <= y - 4.0;
                    assert!(apart, "{id}: a mark at {x}, {y} covers {label:?}");
                }
            }
        }
    }
}

#[test]
fn the_svg_is_well_formed_and_tells_what_it_shows() {
    for (id, ladder) in samples() {
        let svg = draw(&layout(&ladder), &ladder.alternative());
        let document = roxmltree::Document::parse(&svg).unwrap_or_else(|fault| panic!("{id}: {fault}"));
        let root = document.root_element();
        assert_eq!((root.attribute("role"), root.attribute("lang")), (Some("img"), Some(ladder.language)));
        let child =
            |name: &str| root.children().find(|node| node.has_tag_name(name)).and_then(|node| node.text());
        assert_eq!(child("title"), Some(ladder.title.as_str()));
        assert_eq!(child("desc"), Some(ladder.description.as_str()));
        assert_eq!(svg, draw(&layout(&ladder), &ladder.alternative()), "the same bytes");
    }
}

#[test]
fn hostile_names_stay_text() {
    let hostile = "<script>alert(1)</script>\" onload=\"x\u{1}]]>&amp;";
    let mut ladder = ladder(Language::English, 3, 4, hostile);
    ladder.title = hostile.to_owned();
    ladder.description = hostile.to_owned();
    for lot in &mut ladder.lots {
        lot.bids.iter_mut().for_each(|bid| bid.label = hostile.to_owned());
    }
    let svg = draw(&layout(&ladder), &ladder.alternative());
    let document = roxmltree::Document::parse(&svg).unwrap();
    let known = ["svg", "title", "desc", "g", "rect", "line", "circle", "polyline", "text"];
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(known.contains(&node.tag_name().name()), "{}", node.tag_name().name());
        assert!(node.attributes().all(|attribute| !attribute.name().starts_with("on")));
    }
}

#[test]
fn a_cut_name_keeps_its_full_text() {
    let ladder = ladder(Language::Chinese, 3, 4, LONG[1]);
    let svg = draw(&layout(&ladder), &ladder.alternative());
    assert!(svg.contains(&format!("<title>{} 1</title>", LONG[1])));
}

#[test]
fn long_names_that_begin_alike_are_told_apart() {
    for language in Language::ALL {
        let ladder = ladder(language, 3, 4, LONG[1]);
        let svg = draw(&layout(&ladder), &ladder.alternative());
        for lot in 1..=3 {
            let ends = |text: &&str| text.contains('…') && text.ends_with(&format!(" {lot}"));
            let shown = svg.split("</text>").filter_map(|text| text.rsplit('>').next()).filter(ends);
            assert_eq!(shown.count(), 1, "{lot}");
        }
    }
}
