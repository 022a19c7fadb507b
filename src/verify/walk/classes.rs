//! The class of each winner, once no draw and no answer decides who wins.

use super::award::Route;
use super::second_chance::Walker;
use super::shortlist::Seat;
use crate::money::Inexact;
use crate::rules::{Cited, ClassByLine, ClassByRank, ClassRule, PriceClass};
use crate::tender::{Fact, Verdict};
use crate::verify::bids::Count;

/// Puts the winners in their classes.
///
/// # Errors
/// [`Inexact`] when a lot does not state the lines that it needs, which is refused before anything is reported.
pub(super) fn classes(
    count: &mut Count<'_>,
    walkers: &mut [Walker],
    rule: &Cited<ClassRule>,
) -> Result<(), Inexact> {
    let edge = Seat::Within { edge: true };
    let waits = |walker: &Walker| {
        (walker.seat == edge && walker.place.fails.is_none()) || walker.place.route == Route::Open
    };
    if walkers.iter().any(waits) {
        return Ok(());
    }
    let key = |walker: &Walker| (walker.seat == Seat::Beyond, walker.place.rank);
    let mut winners: Vec<(usize, (bool, u32), crate::money::UnitPrice)> = walkers
        .iter()
        .enumerate()
        .filter_map(|(at, walker)| Some((at, key(walker), walker.wins_at()?)))
        .collect();
    winners.sort_by_key(|(_, key, _)| *key);
    let number = u32::try_from(winners.len()).map_err(|_| Inexact)?;
    let lowest = winners.iter().map(|(_, key, price)| (*price, key.1)).min();
    for (at, key, price) in &winners {
        let before = winners.iter().filter(|(_, other, _)| other < key).count();
        let level = winners.iter().filter(|(_, other, _)| other == key).count();
        let (class, mut facts, id) = match &rule.rule {
            ClassRule::ByRank(rule) => {
                let first = u32::try_from(before.saturating_add(1)).map_err(|_| Inexact)?;
                let last = u32::try_from(before.saturating_add(level)).map_err(|_| Inexact)?;
                let class = by_rank(rule, first, number);
                let class = Some(class).filter(|class| *class == by_rank(rule, last, number));
                let facts = vec![Fact::new("place_among_winners", first), Fact::new("winners", number)];
                (class, facts, ClassByRank::ID)
            }
            ClassRule::ByLine(_) => {
                let lines = count.lot.class_a_line.zip(count.lot.class_b_line);
                let (a, b) = lines.ok_or(Inexact)?;
                let is_lowest = |one: &(usize, (bool, u32), _)| Some((one.2, one.1.1)) == lowest;
                let lowest_alone = winners.iter().filter(|one| is_lowest(one)).count() == 1;
                let class = match (*price <= a, *price <= b, Some((*price, key.1)) == lowest) {
                    (true, _, true) => lowest_alone.then_some(PriceClass::A1),
                    (true, _, false) => Some(PriceClass::A),
                    (false, true, _) => Some(PriceClass::B),
                    (false, false, _) => Some(PriceClass::C),
                };
                let facts = vec![
                    Fact::new("award_price", price),
                    Fact::new("class_a_line", a),
                    Fact::new("class_b_line", b),
                ];
                (class, facts, ClassByLine::ID)
            }
        };
        facts.extend(class.map(|class| Fact::new("price_class", class.name())));
        let verdict = if class.is_some() { Verdict::Pass } else { Verdict::NotApplicable };
        let Some(walker) = walkers.get_mut(*at) else { continue };
        walker.place.class = class;
        if let Some(bid) = count.bids.get_mut(walker.at) {
            bid.say(id, verdict, facts, &rule.cite);
        }
    }
    Ok(())
}

fn by_rank(rule: &ClassByRank, place: u32, winners: u32) -> PriceClass {
    let within = |table: &crate::rules::Table<u32>| table.at(winners).is_some_and(|most| place <= *most);
    match place {
        1 => PriceClass::A1,
        _ if within(&rule.a) => PriceClass::A,
        _ if within(&rule.a_and_b) => PriceClass::B,
        _ => PriceClass::C,
    }
}
