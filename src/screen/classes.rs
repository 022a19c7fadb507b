//! Classes of the winners, once it is known who wins.

use super::Route;
use super::revival::Contender;
use super::shortlist::Seat;
use crate::compare::ComparableLot;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::UnitPrice;
use crate::rules::{Cited, ClassByLine, ClassByRank, ClassRule, PriceClass};

/// Puts every winner in its class. While a draw or an answer decides who wins, nobody is in a class yet.
pub(super) fn classify(
    contenders: &mut [&mut Contender],
    rule: &Cited<ClassRule>,
    lot: &ComparableLot,
    errors: &mut Diagnostics,
) {
    let waits = |contender: &&mut Contender| {
        let edge = contender.seat == Seat::Within { edge: true } && contender.fails.is_none();
        edge || contender.route == Route::Open
    };
    if contenders.iter().any(waits) {
        return;
    }
    // Who wins without a place comes after those that win by theirs.
    let winning = contenders.iter_mut().filter(|contender| contender.award_price().is_some());
    let mut winners: Vec<&mut Contender> = winning.map(|contender| &mut **contender).collect();
    winners.sort_by_key(|winner| (winner.seat == Seat::Beyond, winner.place.rank));
    match &rule.rule {
        ClassRule::ByRank(by_rank) => {
            let classes = by_ranks(&winners, by_rank);
            let count = u32::try_from(winners.len()).unwrap_or(u32::MAX);
            for (winner, (place, class)) in winners.iter_mut().zip(classes) {
                winner.class = class;
                let judged = by_rank.record(place, count, class);
                winner.reasons.push(judged.recorded(ClassByRank::ID, rule.cite.clone()));
            }
        }
        ClassRule::ByLine(by_line) => {
            let Some(lines) = lot.lot.class_a_line.zip(lot.lot.class_b_line) else {
                errors.push(Diagnostic::new(Code::ClassLineMissing).with("lot", lot.lot.id.as_str()));
                return;
            };
            let classes = by_lines(&winners, by_line, lines);
            for (winner, (price, class)) in winners.iter_mut().zip(classes) {
                winner.class = class;
                let judged = by_line.record(price, lines, class);
                winner.reasons.push(judged.recorded(ClassByLine::ID, rule.cite.clone()));
            }
        }
    }
}

/// The best place of each winner's rank, and its class where no draw can change it.
fn by_ranks(winners: &[&mut Contender], rule: &ClassByRank) -> Vec<(u32, Option<PriceClass>)> {
    let count = u32::try_from(winners.len()).unwrap_or(u32::MAX);
    let mut classes = Vec::with_capacity(winners.len());
    let key = |winner: &&mut Contender| (winner.seat == Seat::Beyond, winner.place.rank);
    for group in winners.chunk_by(|one, other| key(one) == key(other)) {
        let first = u32::try_from(classes.len()).unwrap_or(u32::MAX).saturating_add(1);
        let last = u32::try_from(group.len()).unwrap_or(u32::MAX).saturating_add(first).saturating_sub(1);
        let class = rule.class(first, count);
        let class = (class == rule.class(last, count)).then_some(class);
        classes.extend(std::iter::repeat_n((first, class), group.len()));
    }
    classes
}

/// The award price of each winner with its class by the lines; of those in class A the lowest is A1, if it is alone.
fn by_lines(
    winners: &[&mut Contender],
    rule: &ClassByLine,
    lines: (UnitPrice, UnitPrice),
) -> Vec<(UnitPrice, Option<PriceClass>)> {
    let prices = || winners.iter().filter_map(|winner| Some((winner.award_price()?, winner.place)));
    let lowest = prices().map(|(price, place)| (price, place.rank)).min();
    let alone = prices().filter(|(price, place)| Some((*price, place.rank)) == lowest).count() == 1;
    let class = |(price, place): (UnitPrice, super::ranking::Ranked)| match rule.class(price, lines) {
        PriceClass::A if Some((price, place.rank)) == lowest => (price, alone.then_some(PriceClass::A1)),
        class => (price, Some(class)),
    };
    prices().map(class).collect()
}
