//! The ladder of one lot: every bid by name, from the lowest price up.

use super::LotChart;
use super::cut_off::CutOffBasis;
use super::draw::draw;
use super::evaluated::Rung;
use super::finding::whole;
use super::ladder::{Mark, Millionths, WHOLE};
use super::measure::text_width;
use super::page::{Anchor, Ink, Page, Shape};
use super::sheet::{BODY, MARGIN, SMALL, Sheet, WIDTH};
use super::svg::Alternative;
use crate::allocate::Allocation;
use crate::certify::{BidStatus, CertifiedAward};
use crate::diagnostics::escape;
use crate::money::{Rounding, UnitPrice};
use crate::report::reading::{lot_name, percent, plain_price, supplier_name, unit, won_price};
use crate::tender::Outcome;
use crate::text::{Language, fill, text};

/// Ends of the scale.
const LEFT: f64 = 316.0;
const RIGHT: f64 = WIDTH - MARGIN - 200.0;
/// Right ends of the columns of prices.
const PRICE: f64 = WIDTH - MARGIN - 62.0;
/// Height of a row.
const ROW: f64 = 21.0;
/// Beyond the scale's end.
const BEYOND: f64 = RIGHT + 16.0;

/// A bid as the ladder shows it.
struct Step {
    name: String,
    price: Option<UnitPrice>,
    share: Option<Millionths>,
    percent: String,
    mark: Mark,
}

/// The ladders of all lots, in the order of the award.
pub(super) fn charts(
    award: &CertifiedAward,
    allocation: &Allocation,
    language: Language,
) -> Vec<Option<LotChart>> {
    let rules = &award.screened().rules;
    let rungs = award.lots().enumerate().map(|(place, (lot, lot_award))| {
        (place, Rung::new(rules, lot, lot_award, allocation.lots.get(place)))
    });
    rungs
        .map(|(place, rung)| {
            let number = place.saturating_add(1);
            let svg = chart(award, &rung, &format!("lot-ladder-{number}"), language)?;
            Some(LotChart { name: name(number, rung.lot.comparable.lot.id.as_str()), svg })
        })
        .collect()
}

/// A file name by the number of the lot, and as much of its id as every file system takes.
fn name(number: usize, id: &str) -> String {
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-' || *letter == '_';
    let id: String = id.chars().filter(plain).take(40).collect();
    let dash = if id.is_empty() { "" } else { "-" };
    format!("charts/lots/{number:03}{dash}{id}.svg")
}

/// The ladder of one lot; `None` when no bid has a price.
fn chart(award: &CertifiedAward, rung: &Rung<'_>, id: &str, language: Language) -> Option<String> {
    let scale = rung.scale?;
    let steps = steps(award, rung, language);
    let title = title(award, rung, language);
    let values = [
        ("lot", &*lot_name(&rung.lot.comparable.lot, language)),
        ("whole", whole(scale.is_ceiling, language)),
        ("price", &*plain_price(scale.price)),
        ("currency", &*unit(&award.screened().notice.currency, language)),
        ("bids", &*steps.len().to_string()),
    ];
    let subtitle = fill(language, "charts.lot.subtitle", &values);
    let illustrative = award.screened().notice.is_illustrative();
    let illustrative = illustrative.then(|| text(language, "report.chart.illustrative").to_owned());
    let subtitle: Vec<String> = std::iter::once(subtitle).chain(illustrative).collect();
    let mut sheet = Sheet::new(&title, &subtitle);
    legend(&mut sheet, award, rung, &steps, language);
    let end = if scale.is_ceiling { "report.chart.end_ceiling" } else { "report.chart.end_highest" };
    rows(&mut sheet, rung, &steps, text(language, end), language);
    // The losing bids are named in the drawing itself, and the title says how many they are.
    let told = steps.iter().filter(|step| matches!(step.mark, Mark::Won | Mark::Tied));
    let lowered = lowered(award, rung, language);
    let words: Vec<String> =
        told.map(|step| in_words(step, language)).chain(lowered.iter().cloned()).collect();
    let notice = &award.screened().notice;
    let values = [("tender", &*escape(&notice.id)), ("rules", &*escape(&notice.rules))];
    let source = fill(language, "charts.lot.source", &values);
    let alternative =
        Alternative { id, title: &title, description: &words.join(" "), language: language.code() };
    let page: Page = sheet.finish(&lowered.into_iter().chain([source]).collect::<Vec<_>>());
    Some(draw(&page, &alternative))
}

/// Who wins at a lower price than its mark shows.
fn lowered(award: &CertifiedAward, rung: &Rung<'_>, language: Language) -> Option<String> {
    let each = rung.lowered().into_iter().map(|(bid, price)| {
        let name = supplier_name(&award.screened().suppliers, &bid.supplier_id, language);
        fill(language, "charts.lot.lowered_one", &[("name", &name), ("price", &plain_price(price))])
    });
    let list = each.collect::<Vec<_>>().join(text(language, "charts.waterfall.join"));
    (!list.is_empty()).then(|| fill(language, "charts.lot.lowered", &[("list", &list)]))
}

/// The bids by price, those without one last; equal ones by id.
fn steps(award: &CertifiedAward, rung: &Rung<'_>, language: Language) -> Vec<Step> {
    let mut bids: Vec<_> = rung.lot.each_bid().zip(&rung.award.statuses).collect();
    bids.sort_by_key(|((bid, comparable, _), _)| {
        (comparable.comparable_price.is_none(), comparable.comparable_price, &bid.id)
    });
    let step = |((bid, comparable, _), status): (
        (&crate::tender::Bid, &crate::compare::ComparableBid, _),
        &BidStatus,
    )| {
        let price = comparable.comparable_price;
        let share = price.and_then(|price| price.share_of(rung.scale?.price, Rounding::half_up(6)));
        Step {
            name: supplier_name(&award.screened().suppliers, &bid.supplier_id, language),
            price,
            share: price.and_then(|price| rung.share(price)),
            percent: share.map_or_else(|| "—".to_owned(), |share| percent(share, 1)),
            mark: match status {
                BidStatus::Won => Mark::Won,
                BidStatus::Lost => Mark::Lost,
                BidStatus::Excluded => Mark::Excluded,
                BidStatus::Tied | BidStatus::Open => Mark::Tied,
            },
        }
    };
    bids.into_iter()
        .map(|((bid, comparable, screened), status)| step(((bid, comparable, screened), status)))
        .collect()
}

fn title(award: &CertifiedAward, rung: &Rung<'_>, language: Language) -> String {
    let prices = match (rung.award_prices().min(), rung.award_prices().max()) {
        (Some(lowest), Some(highest)) if lowest == highest => won_price(rung.lot, lowest),
        (Some(lowest), Some(highest)) => {
            format!("{}–{}", won_price(rung.lot, lowest), won_price(rung.lot, highest))
        }
        _ => String::new(),
    };
    let cut = rung.cut();
    let key = match (prices.is_empty(), &cut, rung.award.outcome) {
        (true, _, Outcome::DrawRequired) => "charts.lot.title_draw",
        (true, ..) => "charts.lot.title_nothing",
        (false, Some(_), _) => "charts.lot.title",
        (false, None, _) => "charts.lot.title_no_ceiling",
    };
    let values = [
        ("winners", &*rung.award.winners.len().to_string()),
        ("bids", &*rung.lot.bids.len().to_string()),
        ("prices", &*prices),
        ("currency", &*unit(&award.screened().notice.currency, language)),
        ("cut", cut.as_deref().unwrap_or_default()),
    ];
    fill(language, key, &values)
}

fn word(mark: Mark, language: Language) -> &'static str {
    text(
        language,
        match mark {
            Mark::Won => "report.chart.won",
            Mark::Lost => "report.chart.lost",
            Mark::Tied => "report.chart.tied",
            Mark::Excluded => "report.chart.excluded",
        },
    )
}

fn in_words(step: &Step, language: Language) -> String {
    let price = step.price.map_or_else(|| "—".to_owned(), plain_price);
    let values = [
        ("name", &*step.name),
        ("price", &*price),
        ("percent", &*step.percent),
        ("status", word(step.mark, language)),
    ];
    fill(language, "charts.lot.word", &values)
}

/// The marks that occur, and what makes the cut-off.
fn legend(sheet: &mut Sheet, award: &CertifiedAward, rung: &Rung<'_>, steps: &[Step], language: Language) {
    let mut x = MARGIN;
    let mut entries: Vec<(Option<Mark>, String)> = [Mark::Won, Mark::Tied, Mark::Lost, Mark::Excluded]
        .into_iter()
        .filter(|mark| steps.iter().any(|step| step.mark == *mark))
        .map(|mark| (Some(mark), word(mark, language).to_owned()))
        .collect();
    if let Some(cut_off) = &rung.cut_off {
        let currency = escape(&award.screened().notice.currency);
        let parts: Vec<String> =
            cut_off.bases.iter().map(|basis: &CutOffBasis| basis.in_words(&currency, language)).collect();
        let parts = parts.join(text(language, "report.chart.or"));
        let values = [
            ("cut_off", &*fill(language, "report.chart.cut_off", &[("parts", &parts)])),
            ("price", &*plain_price(cut_off.price)),
        ];
        entries.push((None, fill(language, "charts.lot.cut_off", &values)));
    }
    for (mark, word) in entries {
        let width = 14.0 + text_width(&word, BODY, false);
        if x > MARGIN && x + width > WIDTH - MARGIN {
            x = MARGIN;
            sheet.y += 20.0;
        }
        let middle = (x + 5.0, sheet.y);
        match mark {
            Some(mark) => sheet.shapes.push(Shape::Bid { at: middle, mark, label: String::new() }),
            None => sheet.shapes.push(upright(middle, 8.0)),
        }
        sheet.fitted(
            &word,
            (x + 14.0, sheet.y + 4.5),
            (BODY, false, Ink::DARK),
            Anchor::Start,
            WIDTH - MARGIN - x - 14.0,
        );
        x += width + 22.0;
    }
    sheet.y += 14.0;
}

fn upright((x, y): (f64, f64), reach: f64) -> Shape {
    Shape::Line { from: (x, y - reach), to: (x, y + reach), ink: Ink::DARK, width: 2, dashed: false }
}

fn position(share: Millionths) -> f64 {
    LEFT + (RIGHT - LEFT) * f64::from(share.clamp(0, WHOLE)) / f64::from(WHOLE)
}

/// Where the mark of a bid stands: beyond the scale's end, all in one place.
fn mark_at(share: Millionths) -> f64 {
    if share > WHOLE { BEYOND } else { position(share) }
}

fn rows(sheet: &mut Sheet, rung: &Rung<'_>, steps: &[Step], end: &str, language: Language) {
    sheet.y += 14.0;
    let style = (SMALL, false, Ink::GREY);
    sheet.label(end, (RIGHT - 6.0, sheet.y), (SMALL, true, Ink::ACCENT), Anchor::End);
    sheet.label(text(language, "charts.lot.price"), (PRICE, sheet.y), style, Anchor::End);
    sheet.label("%", (WIDTH - MARGIN, sheet.y), style, Anchor::End);
    sheet.y += 8.0;
    let top = sheet.y;
    let bottom = top + ROW * super::sheet::number(steps.len());
    for share in [0, 250_000, 500_000, 750_000] {
        sheet.line((position(share), top), (position(share), bottom), Ink::GRID, false);
    }
    sheet.line((RIGHT, top - 18.0), (RIGHT, bottom), Ink::ACCENT, true);
    for (row, step) in steps.iter().enumerate() {
        if let Some(share) = step.share {
            let y = top + ROW * (super::sheet::number(row) + 0.5);
            sheet.line((LEFT, y), (mark_at(share), y), Ink::GRID, false);
        }
    }
    let cut_off = rung.cut_off.as_ref().and_then(|cut_off| rung.share(cut_off.price));
    if let Some(share) = cut_off.filter(|share| (0..=WHOLE).contains(share)) {
        let x = position(share);
        sheet.shapes.push(Shape::Line {
            from: (x, top),
            to: (x, bottom),
            ink: Ink::DARK,
            width: 2,
            dashed: false,
        });
    }
    for step in steps {
        let y = sheet.y + ROW / 2.0;
        let bold = step.mark == Mark::Won;
        sheet.fitted(
            &step.name,
            (LEFT - 12.0, y + 4.5),
            (BODY, bold, Ink::DARK),
            Anchor::End,
            LEFT - MARGIN - 12.0,
        );
        if let Some(share) = step.share {
            sheet.shapes.push(Shape::Bid { at: (mark_at(share), y), mark: step.mark, label: String::new() });
        }
        let price = step.price.map_or_else(|| "—".to_owned(), plain_price);
        sheet.fitted(&price, (PRICE, y + 4.5), (BODY, bold, Ink::DARK), Anchor::End, PRICE - BEYOND - 10.0);
        sheet.fitted(&step.percent, (WIDTH - MARGIN, y + 4.5), (SMALL, false, Ink::GREY), Anchor::End, 58.0);
        sheet.y += ROW;
    }
    sheet.y += 14.0;
    for (share, tick) in [(0, "0%"), (250_000, "25%"), (500_000, "50%"), (750_000, "75%"), (WHOLE, "100%")] {
        sheet.label(tick, (position(share), sheet.y), style, Anchor::Middle);
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn file_names_are_plain_whatever_the_id() {
        assert_eq!(name(7, "L07"), "charts/lots/007-L07.svg");
        assert_eq!(name(1, "../采购"), "charts/lots/001.svg");
        assert_eq!(name(1, &"x".repeat(300)).len(), "charts/lots/001-.svg".len() + 40);
    }
}
