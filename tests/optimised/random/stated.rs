//! Limits of a small random tender.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::tender::{Bounds, Kind, Limit, Lot, Stated};

fn range(dice: &mut Dice, least: i64, most: i64) -> Bounds {
    let (one, other) = (dice.number(least, most), dice.number(least, most));
    match dice.roll(4) {
        0 => (None, Some(one)),
        1 => (Some(one), None),
        2 => (Some(one), Some(one)),
        _ => (Some(one.min(other)), Some(one.max(other))),
    }
}

/// Kinds of limit; the numbers are those of [`kind`].
const KINDS: usize = 22;

fn kind(dice: &mut Dice, which: usize) -> Kind {
    match which {
        0 => Kind::Winners(range(dice, 1, 3)),
        1 => Kind::Share { value: dice.chance(2), range: (None, Some(dice.number(4, 9))) },
        2 => {
            let least = dice.number(1, 5);
            let most = dice.one(&[None, None, Some(7), Some(least)]);
            Kind::Share { value: dice.chance(2), range: (Some(least), most) }
        }
        3 => Kind::ClassShare { value: dice.chance(2), range: range(dice, 1, 8) },
        4 => Kind::SharesByRank(
            dice.one(&[&[&[6, 4][..]][..], &[&[10], &[7, 3]], &[&[6, 4], &[5, 3, 2]], &[&[5, 5]]])
                .iter()
                .map(|list| list.to_vec())
                .collect(),
        ),
        5 => Kind::LotsPerSupplier(range(dice, 1, 2)),
        6 => Kind::RegionsPerWinner(range(dice, 1, 2)),
        7 => Kind::OneSupplier,
        8 => Kind::Backups(dice.one(&[1, 1, 2])),
        9 => Kind::Budget(dice.number(3, 25)),
        10 => Kind::Switching(dice.number(1, 9)),
        11 => Kind::Preference(dice.number(1, 4)),
        12 => Kind::Forced,
        13 => Kind::Forbidden,
        14 => Kind::Reserve(dice.one(&[2, 5])),
        15 => Kind::AgreedShare(dice.one(&[&[5, 6, 7][..], &[10, 5], &[5, 10], &[8, 6]]).to_vec()),
        16..=19 => Kind::RankMonotone,
        _ => Kind::RelatedAsOne,
    }
}

/// A limit on its scope.
fn limit(dice: &mut Dice, kind: Kind, lots: &[Lot]) -> Limit {
    let mut limit = Limit {
        kind,
        lots: Vec::new(),
        group: None,
        suppliers: Vec::new(),
        class: None,
        unit: None,
        together: false,
        stated: dice.one(&[
            Stated::Tender,
            Stated::Tender,
            Stated::Tender,
            Stated::Rules,
            Stated::Rules,
            Stated::Lifted,
        ]),
    };
    if limit.kind == Kind::RelatedAsOne {
        return limit;
    }
    let by_lots = dice.roll(8);
    if [0, 1, 2].contains(&by_lots) {
        limit.group = Some(lots[0].group);
    }
    if [2, 3, 4].contains(&by_lots) {
        limit.lots = (0..lots.len()).filter(|lot| *lot == 0 || dice.chance(2)).collect();
    }
    if limit.kind.of_whole_lots() {
        limit.together = limit.kind == Kind::OneSupplier && dice.chance(3);
        return limit;
    }
    limit.together = dice.chance(3) && !limit.kind.ranks();
    let narrow = match limit.kind {
        Kind::ClassShare { .. } | Kind::Preference(_) | Kind::Forced | Kind::Forbidden => 4,
        _ => 8,
    };
    let narrowed = dice.roll(narrow);
    narrow_by(dice, &mut limit, narrowed, lots);
    if narrowed < 5 && dice.chance(6) {
        // By one more thing, mostly.
        let further = dice.roll(5);
        narrow_by(dice, &mut limit, further, lots);
    }
    let of_some = limit.is_of_some_bids();
    if let Kind::SharesByRank(lists) = &mut limit.kind
        && of_some
    {
        // The others take what is left.
        lists.iter_mut().flatten().for_each(|share| *share /= 2);
    }
    limit
}

/// Some of the bids.
fn narrow_by(dice: &mut Dice, limit: &mut Limit, which: usize, lots: &[Lot]) {
    let mut bids = lots.iter().flat_map(|lot| &lot.bids);
    match which {
        0 => limit.class = Some("incumbent"),
        1 => limit.class = Some("new-entrant"),
        2 => {
            let mut all: Vec<usize> = bids.map(|bid| bid.supplier).collect();
            all.truncate(dice.roll(2) + 1);
            limit.suppliers = all.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        }
        3 => limit.class = Some(dice.one(&["local", "local", "small"])),
        4 => limit.unit = bids.find_map(|bid| bid.unit),
        _ => {}
    }
}

/// Limits that may stand beside each other.
fn fits(limits: &[Limit], kind: &Kind) -> bool {
    let has = |refused: fn(&Kind) -> bool| limits.iter().any(|limit| refused(&limit.kind));
    let by_rank = |kind: &Kind| matches!(kind, Kind::SharesByRank(_));
    let agreed = |kind: &Kind| matches!(kind, Kind::AgreedShare(_));
    let one = |kind: &Kind| matches!(kind, Kind::OneSupplier);
    match kind {
        Kind::SharesByRank(_) => !has(by_rank) && !has(agreed) && !has(one),
        Kind::AgreedShare(_) => !has(by_rank) && !has(agreed) && !has(one),
        Kind::OneSupplier | Kind::Backups(_) => !has(by_rank) && !has(agreed),
        Kind::Reserve(_) => !has(|kind| matches!(kind, Kind::Reserve(_))),
        _ => true,
    }
}

pub fn limits(dice: &mut Dice, lots: &[Lot]) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    for _ in 0..dice.roll(5) {
        let which = dice.roll(KINDS);
        let kind = kind(dice, which);
        if !fits(&limits, &kind) {
            continue;
        }
        if matches!(kind, Kind::Backups(_)) {
            let plain = Limit { stated: Stated::Rules, ..limit(dice, Kind::RelatedAsOne, lots) };
            limits.push(Limit { kind: Kind::OneSupplier, ..plain });
        }
        if kind == Kind::RelatedAsOne {
            // It says nothing by itself.
            let counts = dice.roll(2);
            let kind = self::kind(dice, counts);
            limits.push(limit(dice, kind, lots));
        }
        limits.push(limit(dice, kind, lots));
    }
    limits
}

/// Limits that stand in `[parameters]`.
pub fn parameters(dice: &mut Dice, limits: &mut Vec<Limit>) {
    match dice.roll(16) {
        0 => limits.push(parameter(Kind::Winners((Some(dice.number(1, 2)), None)))),
        1 => limits.push(parameter(Kind::Winners((None, Some(dice.number(1, 2)))))),
        2 => limits.push(parameter(Kind::Share { value: false, range: (None, Some(dice.number(4, 9))) })),
        3 if fits(limits, &Kind::OneSupplier) => limits.push(parameter(Kind::OneSupplier)),
        4 => {
            limits.push(parameter(Kind::Winners((Some(dice.number(1, 2)), None))));
            limits.push(parameter(Kind::Winners((None, Some(dice.number(2, 3))))));
        }
        _ => {}
    }
}

fn parameter(kind: Kind) -> Limit {
    Limit {
        kind,
        lots: Vec::new(),
        group: None,
        suppliers: Vec::new(),
        class: None,
        unit: None,
        together: false,
        stated: Stated::Parameter,
    }
}

/// Whether a limit takes parts of volumes, so that trying all has ten times the steps.
pub fn is_fine(limit: &Limit) -> bool {
    matches!(limit.kind, Kind::Reserve(_) | Kind::AgreedShare(_) | Kind::SharesByRank(_))
}
