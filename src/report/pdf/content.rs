//! The report from its first part to its last annex.

use super::paper::{Block, Paper};
use super::words::Words;
use super::{annex, award, bids, opening};
use crate::diagnostics::{Diagnostics, escape};
use crate::report::html::Subject;

/// The parts of the report. `charts` are the drawings that exist, by name.
pub(super) fn paper(
    subject: &Subject<'_>,
    award_digest: &str,
    charts: &[&str],
    fonts: Vec<String>,
) -> Result<Paper, Diagnostics> {
    let words = Words { subject };
    let chart = |name: &str| -> Vec<Block> {
        let file = format!("charts/{name}.svg");
        let alt = subject.title();
        if charts.contains(&file.as_str()) { vec![Block::Figure { file, alt }] } else { Vec::new() }
    };
    let mut blocks = opening::banners(&words);
    let parts = charts.iter().filter(|file| file.starts_with(super::LADDER_PART));
    let parts = parts.map(|file| Block::Figure { file: (*file).to_owned(), alt: subject.title() });
    let ladder = chart("price-ladder").into_iter().chain(parts);
    let compared = ladder.chain([bids::comparison(&words)]).collect();
    let saved =
        chart("savings").into_iter().chain([award::savings(&words)]).chain(chart("waterfall")).collect();
    let proposed = award::winners(&words).into_iter().chain(chart("suppliers")).collect();
    let parts: [(&str, Vec<Block>); 11] = [
        ("identification", opening::identification(&words, award_digest)),
        ("outcome", opening::outcome(&words)?),
        ("process", opening::process(&words)),
        ("opening", bids::opening(&words)),
        ("preliminary", bids::preliminary(&words)),
        ("comparison", compared),
        ("award", proposed),
        ("rejections", bids::rejections(&words)),
        ("savings", saved),
        ("conflicts", award::conflicts(&words)),
        ("signatures", award::signatures(&words)),
    ];
    for (number, (key, part)) in (1_u32..).zip(parts) {
        // Signatures stand on one page with what they are for.
        if key == "conflicts" {
            blocks.push(Block::PageBreak);
        }
        let title = words.own(&format!("section.{key}"));
        let text = words.fill("part", &[("number", &number.to_string()), ("title", title)]);
        blocks.push(Block::Heading { text, level: 1 });
        blocks.extend(part);
    }
    let supply = annex::regions(&words).into_iter().chain(chart("regions")).collect();
    let annexes: [(&str, &str, Vec<Block>); 4] = [
        ("A", "regions", supply),
        ("B", "rules", annex::rules(&words)),
        ("C", "sources", annex::sources(&words)),
        ("D", "digests", annex::digests(&words, award_digest)),
    ];
    blocks.push(Block::PageBreak);
    for (letter, key, part) in annexes {
        let title = words.own(&format!("annex_title.{key}"));
        let text = words.fill("annex", &[("letter", letter), ("title", title)]);
        blocks.push(Block::Heading { text, level: 1 });
        blocks.extend(part);
    }
    Ok(Paper {
        title: subject.title(),
        kicker: words.own("title").to_owned(),
        subject: escape(&subject.screened().notice.id),
        footer: words.fill("footer", &[("digest", award_digest)]),
        page_of: words.own("page").to_owned(),
        language: subject.language.code(),
        fonts,
        blocks,
    })
}
