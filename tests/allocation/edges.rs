//! Regions that reported nothing, and prices before that come to nothing.

use jicai::money::{Proportion, UnitPrice};
use jicai::savings::Baseline;
use jicai::tender::Role;

use crate::evaluated;
use crate::small_tenders::{bid, demand, lot, pick, small, tender};

/// A region that reported zero takes its turn, unless the recorded draft left it out.
#[test]
fn a_region_without_volume_that_nobody_picked_takes_no_turn() {
    let range = |empty: bool, picked: &[(&str, &str)]| {
        let mut tender = small(&[("A", "1"), ("B", "1.5")]);
        tender.lots[0].demand.extend(empty.then(|| demand("P0", "0")));
        tender.lots[0].picks = picked.iter().map(|(region, by)| pick(region, by, Role::Main)).collect();
        let (_, allocation, _) = evaluated(tender);
        allocation.lots[0].range.unwrap()
    };
    let picks = [("P1", "A"), ("P2", "A"), ("P3", "B"), ("P4", "A"), ("P0", "B")];
    assert_eq!(range(true, &picks[..4]), range(false, &picks[..4]));
    assert_ne!(range(true, &picks), range(false, &picks[..4]));
    assert_eq!(range(true, &picks), range(true, &[]));
}

#[test]
fn a_price_before_that_comes_to_nothing_is_no_baseline() {
    let previous = |price: &str| {
        let mut quoted = bid("A", "0.867");
        quoted.content_ratio = Proportion::parse("4").unwrap();
        quoted.previous_price = Some(UnitPrice::parse(price).unwrap());
        let lots = vec![lot(vec![quoted], vec![demand("P1", "10")])];
        let (_, _, savings) = evaluated(tender("cn-drug-round-4", "1", lots));
        let saving = savings.totals.into_iter().find(|one| one.baseline == Baseline::Previous).unwrap();
        (saving.winners_covered, saving.saving.is_some())
    };
    // 0.0001 / 1.7² is less than half a step, 0.0002 / 1.7² more.
    assert_eq!(previous("0.0001"), (0, false));
    assert_eq!(previous("0.0002"), (1, true));
}
