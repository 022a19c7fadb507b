//! The finding: the sentence over the picture, chosen by what is true.

use super::ladder::{Millionths, WHOLE};
use crate::money::{Ratio, RoundingMode};
use crate::report::reading::percent;
use crate::tender::Outcome;
use crate::text::{Language, fill, text};

/// What the sentence needs to know of a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LotFinding {
    /// How it ended.
    pub outcome: Outcome,
    /// Lowest and highest winning price as shares of the scale, rounded up.
    pub winning: Option<(Millionths, Millionths)>,
    /// Whether the scale is the ceiling price.
    pub ceiling_known: bool,
}

/// The mode that makes shares: up, so that a price at exactly a third is never called below a third.
pub(super) const SHARE_MODE: RoundingMode = RoundingMode::Up;

/// Fractions that a reader knows: the key of the words, and the fraction.
const FRACTIONS: [(&str, i32, i32); 7] = [
    ("report.chart.fraction.tenth", 1, 10),
    ("report.chart.fraction.fifth", 1, 5),
    ("report.chart.fraction.quarter", 1, 4),
    ("report.chart.fraction.third", 1, 3),
    ("report.chart.fraction.half", 1, 2),
    ("report.chart.fraction.two_thirds", 2, 3),
    ("report.chart.fraction.three_quarters", 3, 4),
];

/// The strongest of the sentences that hold.
///
/// "Below a fraction" is said of the smallest fraction that the winners of two thirds of the lots stay below; when not
/// even the largest does, the range is said.
pub(super) fn finding(lots: &[LotFinding], language: Language) -> String {
    let ceiling_known = lots.iter().any(|lot| lot.ceiling_known);
    let counted: Vec<(Millionths, Millionths)> =
        lots.iter().filter(|lot| lot.ceiling_known == ceiling_known).filter_map(|lot| lot.winning).collect();
    let total = counted.len();
    if total == 0 {
        return nothing_won(lots, language);
    }
    let whole = whole(ceiling_known, language);
    let below = |above: i32, under: i32| {
        let is_below = |share: i32| i64::from(share).saturating_mul(i64::from(under)) < limit(above);
        counted.iter().filter(|(_, highest)| is_below(*highest)).count()
    };
    let strongest = FRACTIONS
        .into_iter()
        .map(|(key, above, under)| (key, below(above, under)))
        .find(|(_, count)| count.saturating_mul(3) >= total.saturating_mul(2));
    let which = which(lots, total, language);
    let Some((key, count)) = strongest else {
        return apart(&counted, whole, which, language).unwrap_or_else(|| range(&counted, whole, language));
    };
    let form = match (count == total, lots.len()) {
        (true, 1) => "report.chart.below_one",
        (true, _) => "report.chart.below_all",
        (false, _) => "report.chart.below",
    };
    let (count, total) = (count.to_string(), total.to_string());
    let values = [
        ("fraction", text(language, key)),
        ("whole", whole),
        ("count", &count),
        ("lots", &total),
        ("which", which),
    ];
    fill(language, form, &values)
}

/// Which lots are counted.
fn which(lots: &[LotFinding], counted: usize, language: Language) -> &'static str {
    let with_winners = lots.iter().filter(|lot| lot.winning.is_some()).count();
    text(
        language,
        match counted {
            _ if counted == lots.len() => "report.chart.lots_all",
            _ if counted == with_winners => "report.chart.lots_awarded",
            _ => "report.chart.lots_known",
        },
    )
}

/// Deep cuts in some lots and hardly any in others.
fn apart(
    counted: &[(Millionths, Millionths)],
    whole: &str,
    which: &str,
    language: Language,
) -> Option<String> {
    let deep = counted.iter().filter(|(lowest, _)| *lowest < WHOLE / 2).count();
    let shallow = counted.iter().filter(|(lowest, _)| *lowest > WHOLE / 10 * 9).count();
    let values = [
        ("whole", whole),
        ("which", which),
        ("deep", &*deep.to_string()),
        ("shallow", &*shallow.to_string()),
        ("lots", &*counted.len().to_string()),
    ];
    (deep > 0 && shallow > 0).then(|| fill(language, "report.chart.apart", &values))
}

/// The scale's end in a sentence.
pub(super) fn whole(ceiling_known: bool, language: Language) -> &'static str {
    let key = if ceiling_known { "report.chart.whole_ceiling" } else { "report.chart.whole_highest" };
    text(language, key)
}

fn limit(above: i32) -> i64 {
    i64::from(WHOLE).saturating_mul(i64::from(above))
}

fn nothing_won(lots: &[LotFinding], language: Language) -> String {
    let draws = lots.iter().filter(|lot| lot.outcome == Outcome::DrawRequired).count();
    if draws == 0 {
        return text(language, "report.chart.nothing").to_owned();
    }
    let values = [("count", &*draws.to_string()), ("lots", &*lots.len().to_string())];
    fill(language, "report.chart.draws", &values)
}

fn range(counted: &[(Millionths, Millionths)], whole: &str, language: Language) -> String {
    let shown = |share: Option<Millionths>| {
        Ratio::from_steps(i128::from(share.unwrap_or(0)), 6)
            .map(|share| percent(share, 1))
            .unwrap_or_default()
    };
    let lowest = shown(counted.iter().map(|(lowest, _)| *lowest).min());
    let highest = shown(counted.iter().map(|(_, highest)| *highest).max());
    fill(language, "report.chart.range", &[("lowest", &lowest), ("highest", &highest), ("whole", whole)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lot(highest: Option<i32>) -> LotFinding {
        let outcome = if highest.is_some() { Outcome::Awarded } else { Outcome::NoAward };
        LotFinding { outcome, winning: highest.map(|highest| (highest / 2, highest)), ceiling_known: true }
    }

    fn said(lots: &[LotFinding]) -> String {
        finding(lots, Language::English)
    }

    #[test]
    fn the_smallest_fraction_that_two_thirds_of_the_lots_stay_below() {
        let mut lots = vec![lot(Some(300_000)); 20];
        lots.extend([lot(Some(600_000)); 5]);
        assert_eq!(said(&lots), "Winning prices are below a third of the ceiling price in 20 of 25 lots");
        lots.push(lot(None));
        assert_eq!(
            said(&lots),
            "Winning prices are below a third of the ceiling price in 20 of 25 awarded lots"
        );
        let lots = [lot(Some(260_000)), lot(Some(333_333)), lot(Some(600_000))];
        assert!(said(&lots).contains("below a third of the ceiling price in 2 of 3 lots"), "{}", said(&lots));
    }

    #[test]
    fn exactly_a_third_is_not_below_a_third() {
        assert!(said(&[lot(Some(333_334))]).contains("below half"));
        assert!(said(&[lot(Some(333_333))]).contains("below a third"));
        assert!(said(&[lot(Some(250_000))]).contains("below a third"));
        assert!(said(&[lot(Some(249_999))]).contains("below a quarter"));
    }

    #[test]
    fn without_a_common_fraction_the_range_is_said_and_without_winners_the_reason() {
        assert_eq!(
            said(&[lot(Some(1_000_000)), lot(Some(1_100_000))]),
            "Winning prices run from 50.0% to 110.0% of the ceiling price"
        );
        let shallow = LotFinding { winning: Some((900_001, 990_000)), ..lot(None) };
        assert_eq!(
            said(&[lot(Some(999_998)), shallow, shallow]),
            "The lowest winning price is below half of the ceiling price in 1 of 3 lots, but above nine tenths in 2"
        );
        assert_eq!(said(&[lot(None)]), "No lot is awarded");
        let draw = LotFinding { outcome: Outcome::DrawRequired, ..lot(None) };
        assert_eq!(said(&[draw, lot(None)]), "Nothing is settled yet: 1 of 2 lots waits for a draw");
    }

    #[test]
    fn without_any_ceiling_the_highest_bid_is_the_measure() {
        let unknown = LotFinding { ceiling_known: false, ..lot(Some(400_000)) };
        assert_eq!(said(&[unknown]), "Winning prices are below half of the highest bid");
        let lots = [lot(Some(200_000)), unknown];
        assert!(said(&lots).ends_with("in all 1 awarded lots with a known ceiling"), "{}", said(&lots));
    }
}
