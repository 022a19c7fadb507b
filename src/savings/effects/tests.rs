//! Effects by hand, and their exactness on many tables.

use super::*;
use crate::money::{Proportion, Quantity, UnitPrice};

fn row(lot: &str, product: &str, volume: &str, price: &str) -> Purchase {
    Purchase {
        lot_id: LotId::new(lot),
        product: product.to_owned(),
        spec: None,
        unit: None,
        content_ratio: Proportion::ONE,
        volume: Quantity::parse(volume).unwrap(),
        price: UnitPrice::parse(price).unwrap(),
    }
}

fn text(value: &Option<Fraction>) -> String {
    value.as_ref().map_or("-".to_owned(), ToString::to_string)
}

fn indices(effect: &Effect) -> [String; 4] {
    [&effect.price, &effect.structure, &effect.quantity, &effect.change].map(text)
}

#[test]
fn a_lot_by_hand() {
    // Before: 100 original at 10 and 100 generic at 2. After: 50 at 8 and 250 at 1.
    let before = [row("A", "original", "100", "10"), row("A", "generic", "100", "2")];
    let after = [row("A", "original", "50", "8"), row("A", "generic", "250", "1")];
    let paasche = effects(&before, &after, PriceIndex::Paasche);
    // Price 650/1000; mix (1000/300) / (1200/200) = 5/9; quantity 300/200; together 650/1200.
    assert_eq!(indices(&paasche.total), ["13/20", "5/9", "3/2", "13/24"]);
    assert_eq!(paasche.lots, [(LotId::new("A"), paasche.total.clone())]);
    let laspeyres = effects(&before, &after, PriceIndex::Laspeyres);
    assert_eq!(indices(&laspeyres.total), ["3/4", "13/27", "3/2", "13/24"]);
}

#[test]
fn comparable_units_change_quantity_and_structure_and_not_the_product() {
    let mut before = [row("A", "10 mg", "100", "1"), row("A", "20 mg", "100", "1.5")];
    let mut after = [row("A", "10 mg", "100", "1"), row("A", "20 mg", "300", "1.5")];
    before[1].content_ratio = Proportion::parse("2").unwrap();
    after[1].content_ratio = Proportion::parse("2").unwrap();
    let total = effects(&before, &after, PriceIndex::Paasche).total;
    assert_eq!(indices(&total), ["1", "33/35", "7/3", "11/5"]);
}

#[test]
fn products_that_came_or_went_are_structure_and_a_lot_of_one_period_has_no_indices() {
    let before = [row("A", "x", "10", "2"), row("A", "gone", "10", "4"), row("B", "y", "5", "1")];
    let after = [row("A", "x", "10", "1"), row("A", "new", "30", "1"), row("C", "z", "5", "1")];
    let found = effects(&before, &after, PriceIndex::Paasche);
    let of = |at: usize| indices(&found.lots[at].1);
    assert_eq!(of(0), ["1/2", "2/3", "2", "2/3"]);
    assert_eq!(of(1), ["-", "-", "0", "0"]);
    assert_eq!(of(2), ["-", "-", "-", "-"]);
    assert_eq!(text(&found.lots[0].1.matched_before), "1/3");
    assert_eq!(text(&found.lots[0].1.matched_after), "1/4");
    assert_eq!(found.total.product(), found.total.change);
    // A row with no volume is as good as none.
    let mut with_nothing = after.to_vec();
    with_nothing.push(row("A", "gone", "0", "3"));
    assert_eq!(effects(&before, &with_nothing, PriceIndex::Paasche), found);
}

#[test]
fn volumes_add_over_lots_only_in_one_unit() {
    let mut before = vec![row("A", "x", "10", "1"), row("B", "y", "90", "1")];
    let mut after = vec![row("A", "x", "40", "1"), row("B", "y", "90", "1")];
    let found = effects(&before, &after, PriceIndex::Paasche);
    assert_eq!(
        (found.basis, text(&found.total.quantity)),
        (QuantityBasis::WeightedBySpending, "13/10".into())
    );
    before[0].price = UnitPrice::parse("9").unwrap();
    after[0].price = UnitPrice::parse("9").unwrap();
    let found = effects(&before, &after, PriceIndex::Paasche);
    assert_eq!((text(&found.total.quantity), text(&found.total.structure)), ("5/2".into(), "1".into()));
    for row in before.iter_mut().chain(&mut after) {
        row.unit = Some("DDD".to_owned());
    }
    let found = effects(&before, &after, PriceIndex::Paasche);
    assert_eq!((found.basis, text(&found.total.quantity)), (QuantityBasis::SameUnit, "13/10".into()));
    assert_eq!(found.total.product(), found.total.change);
}

#[test]
fn the_product_is_exact_and_the_order_of_rows_is_nothing() {
    // Numbers without any common factor, from a plain recurrence.
    let mut state = 7_u64;
    let mut next = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most + 1
    };
    for _ in 0..50 {
        let mut table = |_: u8| -> Vec<Purchase> {
            let mut rows = Vec::new();
            for lot in ["A", "B", "C"] {
                for product in ["p", "q", "r", "s"] {
                    if next(4) > 1 {
                        let (volume, price) =
                            (next(9_999).to_string(), format!("{}.{}", next(99), next(999)));
                        rows.push(row(lot, product, &volume, &price));
                    }
                }
            }
            rows
        };
        let (before, after) = (table(0), table(1));
        for index in [PriceIndex::Paasche, PriceIndex::Laspeyres] {
            let found = effects(&before, &after, index);
            for effect in found.lots.iter().map(|(_, effect)| effect).chain([&found.total]) {
                if let Some(product) = effect.product() {
                    assert_eq!(Some(product), effect.change);
                }
            }
            let turned: Vec<Purchase> = before.iter().rev().cloned().collect();
            assert_eq!(effects(&turned, &after, index), found);
        }
    }
}
