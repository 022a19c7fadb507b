//! Regions that a bid does not offer in, beside every kind of price.

use jicai::Evaluation;
use jicai::money::Money;
use jicai::read::ReadOptions;

use super::folder::{Folder, findings, report, won};
use super::ways;

fn evaluated(folder: &Folder) -> (Evaluation, tempfile::TempDir) {
    let written = folder.written();
    let evaluation = jicai::evaluate(written.path(), &ReadOptions::default())
        .unwrap_or_else(|faults| panic!("{faults:?}"));
    (evaluation, written)
}

fn is(folder: &Folder, winners: &[&str], cost: &str) {
    let (evaluation, written) = evaluated(folder);
    assert_eq!(findings(written.path(), &evaluation), [""; 0]);
    assert_eq!(won(&evaluation), winners);
    let values = evaluation.allocation.lots.iter().map(|lot| lot.value);
    assert_eq!(Money::total(values).unwrap().to_string(), cost);
}

/// 100 in R and 100 in Q; A has price bands, B is dearer.
fn bands() -> Folder {
    Folder::new()
        .file("lots.csv", "lot_id\nL\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,100\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,2\n")
        .file(
            "tiers.csv",
            "lot_id,supplier_id,min_quantity,max_quantity,price,fixed_cost\nL,A,0,50,1,\nL,A,51,200,0.5,\n",
        )
}

/// A is cheaper when it wins both lots; B sells L at 2.5 and M at 1.8.
fn package() -> Folder {
    Folder::new()
        .file("lots.csv", "lot_id\nL\nM\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,100\nM,R,100\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,2\nL,B,2.5\nM,A,2\nM,B,1.8\n")
        .file(
            "packages.csv",
            "package_id,lot_id,supplier_id,terms,price\nP,L,A,discount,1\nP,M,A,discount,1\n",
        )
}

const NOT_IN_Q: &str = "lot_id,supplier_id,region,price,not_offered\nL,A,Q,,true\n";

#[test]
fn a_bid_with_bands_does_not_deliver_where_it_does_not_offer() {
    is(&bands(), &["A 200"], "100.00");
    is(&bands().file("regional_prices.csv", NOT_IN_Q), &["A 100, B 100"], "250.00");
}

#[test]
fn nor_does_a_bid_at_the_price_of_its_package() {
    is(&package(), &["A 200", "A 100"], "300.00");
    is(&package().file("regional_prices.csv", NOT_IN_Q), &["A 100, B 100", "A 100"], "450.00");
}

#[test]
fn the_word_may_stand_where_the_price_would() {
    for word in ["not_offered", "不供应"] {
        let rows = format!("lot_id,supplier_id,region,price\nL,A,Q,{word}\n");
        is(&bands().file("regional_prices.csv", &rows), &["A 100, B 100"], "250.00");
    }
}

#[test]
fn cells_that_gainsay_each_other_are_refused() {
    for cells in ["not_offered,false", "1.5,true", ","] {
        let rows = format!("lot_id,supplier_id,region,price,not_offered\nL,B,Q,{cells}\n");
        let written = bands().file("regional_prices.csv", &rows).written();
        let faults = jicai::evaluate(written.path(), &ReadOptions::default()).unwrap_err();
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code.id()).collect();
        assert_eq!(codes, ["E0340"], "{cells}");
    }
}

#[test]
fn a_delivery_that_is_not_offered_is_noticed() {
    for folder in [bands(), package()] {
        let (evaluation, _) = evaluated(&folder);
        let without = folder.file("regional_prices.csv", NOT_IN_Q).written();
        let found = findings(without.path(), &evaluation);
        assert!(found.iter().any(|finding| finding.contains("\"programme\"")), "{found:?}");
    }
}

#[test]
fn a_region_that_nobody_offers_in_is_named_whatever_the_prices() {
    let rows = format!("{NOT_IN_Q}L,B,Q,,true\n");
    for folder in [bands(), package()] {
        let (outcome, _, conflicts) = ways::evaluated(&folder.file("regional_prices.csv", &rows));
        assert_eq!(outcome, "no_award");
        let [conflict] = conflicts.as_slice() else { panic!("{conflicts:?}") };
        let [part] = conflict.parts.as_slice() else { panic!("{conflict:?}") };
        assert_eq!((&part["what"], &part["region"]), (&"no_offer".into(), &"Q".into()));
    }
}

/// Cells of a table of the report, by row, from the columns of these places.
fn cells(evaluation: &Evaluation, name: &str, places: &[usize]) -> Vec<String> {
    let files = report(evaluation);
    let (_, bytes) = files.iter().find(|(own, _)| own == name).unwrap();
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes.as_slice());
    let row =
        |row: csv::StringRecord| places.iter().map(|at| row[*at].to_owned()).collect::<Vec<_>>().join(" ");
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn lists_state_the_price_that_is_paid_in_each_region() {
    let by_region = Folder::new()
        .file("lots.csv", "lot_id\nL\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,50\n")
        .file("bids.csv", "lot_id,supplier_id,content_ratio,price\nL,A,1,3\n")
        .file("regional_prices.csv", "lot_id,supplier_id,region,price\nL,A,R,2\n");
    let supply = |folder: &Folder| cells(&evaluated(folder).0, "supply-list.csv", &[1, 5, 7, 8]);
    let notice = |folder: &Folder| cells(&evaluated(folder).0, "notice-winners.csv", &[1, 6, 7, 8]);
    assert_eq!(supply(&by_region), ["Q A 3.0000 50", "R A 2.0000 100"]);
    assert_eq!(notice(&by_region), ["L A 2.3333333333 2.3333333333"]);
    // Twice the content: compared at half the price, but sold at the whole.
    let double = by_region.file("bids.csv", "lot_id,supplier_id,content_ratio,price\nL,A,2,3\n");
    assert_eq!(supply(&double), ["Q A 3.0000 50", "R A 2.0000 100"]);
    assert_eq!(notice(&double), ["L A 2.3333333333 1.1666666667"]);
    assert_eq!(supply(&bands()), ["Q A 0.5000 100", "R A 0.5000 100"]);
    assert_eq!(notice(&bands()), ["L A 0.5000 0.5000"]);
    assert_eq!(supply(&package()), ["Q A 1.0000 100", "R A 1.0000 100", "R A 1.0000 100"]);
}

#[test]
fn a_mean_price_is_marked_where_people_read_it() {
    let folder = bands()
        .file("bids.csv", "lot_id,supplier_id,price,capacity\nL,A,1,\nL,B,2,\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,50\n")
        .file("tiers.csv", "lot_id,supplier_id,min_quantity,max_quantity,price,fixed_cost\nL,B,0,1,9,\n")
        .file("regional_prices.csv", "lot_id,supplier_id,region,price\nL,A,Q,2\n");
    let (evaluation, _) = evaluated(&folder);
    let files = report(&evaluation);
    let page = |name: &str| {
        let (_, bytes) = files.iter().find(|(own, _)| own == name).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    for name in ["report.html", "notice-winners.html", "charts/lots/001-L.svg"] {
        assert!(page(name).contains("≈1.3333"), "{name}");
    }
    assert!(page("winners.csv").contains("1.3333333333"));
}

#[test]
fn a_backup_stands_in_the_list_with_its_price_in_the_region() {
    let folder = Folder::new()
        .notice("[parameters]\none_supplier_per_region = \"true\"\n[limit.safe]\nkind = \"backups\"\nexactly = \"1\"\n")
        .file("lots.csv", "lot_id\nL\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,50\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,9\n")
        .file("regional_prices.csv", "lot_id,supplier_id,region,price\nL,A,R,3\nL,B,R,2\nL,B,Q,5\n");
    let supply = cells(&evaluated(&folder).0, "supply-list.csv", &[1, 5, 6, 7, 8]);
    assert_eq!(
        supply,
        [
            "Q A main 1.0000 50",
            "Q B first backup 5.0000 0",
            "R B main 2.0000 100",
            "R A first backup 3.0000 0"
        ]
    );
}
