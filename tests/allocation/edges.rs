//! Regions without volume, and prices before that come to nothing.

use jicai::money::{Proportion, UnitPrice};
use jicai::savings::Baseline;

use crate::evaluated;
use crate::small_tenders::{bid, demand, lot, small, tender};

#[test]
fn a_region_without_volume_changes_nothing_in_the_range_of_drafts() {
    let range = |empty: bool| {
        let mut tender = small(&[("A", "1"), ("B", "1.5")]);
        tender.lots[0].demand.extend(empty.then(|| demand("P0", "0")));
        let (_, allocation, _) = evaluated(tender);
        allocation.lots[0].range.unwrap()
    };
    assert_eq!(range(true), range(false));
    assert!(range(false).least < range(false).greatest);
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
