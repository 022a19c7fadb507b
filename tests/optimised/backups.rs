//! Who stands in for the main supplier of a region, where a limit asks for it.

use super::cases::{evaluated, three};
use super::folder::{Folder, report};

/// One supplier for each region, and so many further winners that offer there.
fn limits(count: u32, more: &str) -> String {
    format!(
        "[parameters]\none_supplier_per_region = \"true\"\n[limit.x]\nkind = \"backups\"\nexactly = \"{count}\"\n{more}"
    )
}

/// Regions P, Q and R; at 1, 2 and 4 a unit but for some prices of regions.
fn with(count: u32, more: &str, prices: &str) -> Folder {
    three(&limits(count, more))
        .file("demand.csv", "lot_id,region,volume\nL,P,100\nL,Q,100\nL,R,100\n")
        .file("regional_prices.csv", &format!("lot_id,supplier_id,region,price,not_offered\n{prices}"))
}

/// Who supplies which region as what: region, role, supplier.
fn regions(folder: &Folder) -> Vec<String> {
    let evaluation = evaluated(folder);
    let (lot, _) = evaluation.award.lots().next().unwrap();
    let supplier = |bid: usize| &lot.comparable.lot.bids[bid].supplier_id;
    let rows = evaluation.allocation.lots[0].regions.iter();
    rows.map(|row| format!("{} {} {}", row.region, row.role.name(), supplier(row.bid))).collect()
}

/// A is cheapest in P, B in Q, C in R; in P C is cheaper than B.
const PRICES: &str = "L,B,Q,0.5,\nL,C,R,0.7,\nL,C,P,1.5,\n";

const AS_ONE: &str = "[limit.related]\nkind = \"related-as-one\"\n";

#[test]
fn backups_are_named_by_their_price_in_the_region() {
    let mains = ["P main A", "Q main B", "R main C"];
    assert_eq!(
        regions(&with(1, "", PRICES)),
        ["P main A", "P backup-1 C", "Q main B", "Q backup-1 A", "R main C", "R backup-1 A"]
    );
    assert_eq!(
        regions(&with(2, "", PRICES)),
        [
            "P main A",
            "P backup-1 C",
            "P backup-2 B",
            "Q main B",
            "Q backup-1 A",
            "Q backup-2 C",
            "R main C",
            "R backup-1 A",
            "R backup-2 B"
        ]
    );
    // Two at one price share the place.
    let equal = "L,B,Q,0.5,\nL,C,R,0.7,\nL,C,P,2,\n";
    assert_eq!(regions(&with(1, "", equal))[..3], ["P main A", "P backup-1 B", "P backup-1 C"]);
    assert_eq!(regions(&with(2, "", equal))[..3], ["P main A", "P backup-1 B", "P backup-1 C"]);
    // Who does not offer there does not stand in.
    let not_there = "L,B,Q,0.5,\nL,C,R,0.7,\nL,C,P,,true\n";
    assert_eq!(regions(&with(1, "", not_there))[..2], ["P main A", "P backup-1 B"]);
    let none = with(0, "", PRICES).notice("[parameters]\none_supplier_per_region = \"true\"\n");
    assert_eq!(regions(&none), mains);
}

/// With D at 8, everybody forced to win somewhere: D in S.
fn four(count: u32, more: &str) -> Folder {
    with(count, more, &format!("{PRICES}L,D,S,0.1,\n"))
        .file("demand.csv", "lot_id,region,volume\nL,P,100\nL,Q,100\nL,R,100\nL,S,100\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,2\nL,C,4\nL,D,8\n")
}

#[test]
fn related_suppliers_do_not_stand_in_for_each_other_where_they_count_as_one() {
    let owned =
        |more: &str| with(1, more, PRICES).file("suppliers.csv", "supplier_id,controller\nA,K\nB,N\nC,K\n");
    assert_eq!(regions(&owned(""))[..2], ["P main A", "P backup-1 C"]);
    assert_eq!(
        regions(&owned(AS_ONE)),
        ["P main A", "P backup-1 B", "Q main B", "Q backup-1 A", "R main C", "R backup-1 B"]
    );
}

#[test]
fn of_related_winners_the_cheapest_in_the_region_stands_in_once() {
    // C and B stand in for A in P; those of one controller are one backup, and D comes after them.
    let owned = |count, more: &str| {
        four(count, more).file("suppliers.csv", "supplier_id,controller\nA,M\nB,K\nC,K\nD,\n")
    };
    assert_eq!(regions(&owned(3, ""))[..4], ["P main A", "P backup-1 C", "P backup-2 B", "P backup-3 D"]);
    assert_eq!(regions(&owned(2, AS_ONE))[..3], ["P main A", "P backup-1 C", "P backup-2 D"]);
    let rows = regions(&owned(2, AS_ONE));
    assert_eq!(rows[3..6], ["Q main B", "Q backup-1 A", "Q backup-2 D"]);
    // Three further controllers are not there.
    let none = evaluated(&owned(3, AS_ONE));
    assert_eq!(none.award.outcome().name(), "no_award");
    // At one price nothing decides between the two.
    let equal = owned(2, AS_ONE).file(
        "regional_prices.csv",
        "lot_id,supplier_id,region,price\nL,B,Q,0.5\nL,C,R,0.7\nL,C,P,2\nL,D,S,0.1\n",
    );
    assert_eq!(regions(&equal)[..4], ["P main A", "P backup-1 B", "P backup-1 C", "P backup-2 D"]);
}

#[test]
fn every_backup_that_is_demanded_is_named_in_every_file() {
    let folder = four(3, "");
    let evaluation = evaluated(&folder);
    let files = report(&evaluation);
    let text = |name: &str| {
        let bytes = &files.iter().find(|(file, _)| file == name).unwrap().1;
        String::from_utf8(bytes.clone()).unwrap()
    };
    assert!(text("award.json").contains("\"backup-3\""));
    assert!(text("regions.csv").contains("L,S,backup-3,C"), "{}", text("regions.csv"));
    assert!(text("report.html").contains("backup 3"));
}

#[test]
fn backups_need_one_supplier_for_each_region_in_every_lot_that_they_speak_of() {
    let limits = "[limit.one]\nkind = \"one-supplier-per-region\"\nlots = \"L\"\n[limit.x]\nkind = \"backups\"\nexactly = \"1\"\n";
    let folder = Folder::new()
        .notice(limits)
        .file("lots.csv", "lot_id\nL\nM\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nM,R,100\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,2\nM,A,1\nM,B,2\n");
    assert_eq!(super::cases::refused(&folder), ["E0532 11"]);
}
