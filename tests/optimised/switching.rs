//! Switching away from incumbents only where it saves more than an amount.

use super::cases::{award, evaluated, is, three};
use super::folder::{Folder, won};

fn limit(amount: &str, more: &str) -> String {
    format!("[limit.stay]\nkind = \"switching\"\nsaves_more_than = \"{amount}\"\n{more}")
}

#[test]
fn an_incumbent_stays_unless_switching_saves_more() {
    let with = |amount: &str| {
        let suppliers = "supplier_id,incumbent\nA,false\nB,true\nC,false\n";
        three(&limit(amount, "")).file("suppliers.csv", suppliers)
    };
    // A is cheaper by 200 exactly: that is not more.
    is(&with("199"), "A 200", "399");
    is(&with("199.99"), "A 200", "399.99");
    is(&with("200"), "B 200", "400");
    is(&with("201"), "B 200", "400");
    // Not even when nothing is asked but that it saves something.
    let equal = with("0").file("bids.csv", "lot_id,supplier_id,price\nL,A,2\nL,B,2\nL,C,4\n");
    is(&equal, "B 200", "400");
}

#[test]
fn staying_goes_before_what_decides_after_the_cost() {
    // Two incumbents share what A would take alone, at the same cost but for the amount.
    let folder = three(&limit("100", "[parameters]\nobjectives = \"cost, fewer-winners\"\n"))
        .file("bids.csv", "lot_id,supplier_id,price,capacity\nL,A,1.5,\nL,B,2,100\nL,C,2,100\n")
        .file("suppliers.csv", "supplier_id,incumbent\nA,false\nB,true\nC,true\n");
    is(&folder, "B 100, C 100", "400");
}

#[test]
fn switching_of_a_class_is_measured_against_any_incumbent() {
    let limits = limit("201", "class = \"new-entrant\"\n");
    let suppliers = |a: &str| format!("supplier_id,incumbent\nA,{a}\nB,true\nC,false\n");
    is(&three(&limits).file("suppliers.csv", &suppliers("false")), "B 200", "400");
    // A is not known to be new.
    is(&three(&limits).file("suppliers.csv", &suppliers("")), "A 200", "200");
}

#[test]
fn a_related_supplier_is_no_switch_where_related_suppliers_are_one() {
    let suppliers = "supplier_id,incumbent,controller\nA,false,K\nB,true,K\nC,true,N\n";
    let folder = |more: &str| three(&limit("201", more)).file("suppliers.csv", suppliers);
    is(&folder(""), "B 200", "400");
    is(&folder("[limit.one]\nkind = \"related-as-one\"\n"), "A 200", "200");
}

/// Lots L, M and N, each 100 units; A is new and cheaper than the incumbent B by 60, 50 and 40. On O no incumbent bids.
fn four_lots(limits: &str) -> Folder {
    Folder::new()
        .notice(limits)
        .file("lots.csv", "lot_id,group\nL,G\nM,G\nN,H\nO,H\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nM,R,100\nN,R,100\nO,R,100\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,1.6\nM,A,1\nM,B,1.5\nN,A,1\nN,B,1.4\nO,A,1\n")
        .file("suppliers.csv", "supplier_id,incumbent,class\nA,false,far\nB,true,near\n")
}

/// Winners lot by lot, and the costs of the lots.
fn outcome(folder: &Folder) -> (Vec<String>, Vec<String>) {
    let evaluation = evaluated(folder);
    let cost = |lot: &jicai::certify::LotAward| match &lot.proof {
        jicai::certify::Proof::Exact { cost } => super::cases::plain(*cost),
        other => format!("{other:?}"),
    };
    let costs = evaluation.award.lots().map(|(_, lot)| cost(lot)).collect();
    (won(&evaluation), costs)
}

#[test]
fn lot_by_lot_each_lot_must_save_more() {
    let (winners, costs) = outcome(&four_lots(&limit("50", "")));
    assert_eq!(winners, ["A 100", "B 100", "B 100", "A 100"]);
    assert_eq!(costs, ["150", "150", "140", "100"]);
}

#[test]
fn together_all_that_switches_must_save_more() {
    let each = "each = \"tender\"\n";
    // 60 + 50 + 40.
    let (winners, costs) = outcome(&four_lots(&limit("149.99", each)));
    assert_eq!(winners, ["A 100", "A 100", "A 100", "A 100"]);
    // The amount stands once, with the first lot that switches.
    assert_eq!(costs, ["249.99", "100", "100", "100"]);
    let (winners, costs) = outcome(&four_lots(&limit("150", each)));
    assert_eq!(winners, ["B 100", "B 100", "B 100", "A 100"]);
    assert_eq!(costs, ["160", "150", "140", "100"]);
}

#[test]
fn the_lots_of_a_group_must_save_more_together() {
    let group = |group: &str| format!("each = \"tender\"\ngroup = \"{group}\"\n");
    assert_eq!(outcome(&four_lots(&limit("109", &group("G")))).0, ["A 100", "A 100", "A 100", "A 100"]);
    assert_eq!(outcome(&four_lots(&limit("110", &group("G")))).0, ["B 100", "B 100", "A 100", "A 100"]);
    let (winners, costs) = outcome(&four_lots(&limit("39", "each = \"tender\"\nlots = \"N, O\"\n")));
    assert_eq!(winners, ["A 100", "A 100", "A 100", "A 100"]);
    assert_eq!(costs, ["100", "100", "139", "100"]);
}

#[test]
fn the_suppliers_of_a_group_must_save_more_together() {
    // Of the new ones C is of no concern.
    let bids = "lot_id,supplier_id,price\nL,A,1\nL,B,1.6\nL,C,1.1\nM,A,1\nM,B,1.5\nN,A,1\nN,B,1.4\nO,A,1\n";
    let folder = |amount: &str| {
        four_lots(&limit(amount, "each = \"tender\"\nclass = \"far\"\n"))
            .file("bids.csv", bids)
            .file("suppliers.csv", "supplier_id,incumbent,class\nA,false,far\nB,true,near\nC,false,near\n")
    };
    // On L alone C would save 50.
    assert_eq!(outcome(&folder("99.99")).0, ["A 100", "A 100", "A 100", "A 100"]);
    assert_eq!(outcome(&folder("100")).0, ["C 100", "B 100", "B 100", "A 100"]);
}

#[test]
fn what_changes_how_costs_compare_needs_cost_among_the_objectives() {
    for (kind, number) in [("switching", "saves_more_than"), ("preference", "margin")] {
        let limits = |objectives: &str| {
            format!(
                "[limit.x]\nkind = \"{kind}\"\n{number} = \"0.5\"\n[parameters]\nobjectives = \"{objectives}\"\n"
            )
        };
        assert_eq!(super::cases::refused(&three(&limits("fewer-winners, volume"))), ["E0532 8"], "{kind}");
        evaluated(&three(&limits("fewer-winners, cost")));
    }
}

#[test]
fn who_cannot_be_kept_is_replaced() {
    let folder = three(&limit("1000", "each = \"tender\"\n"))
        .file("bids.csv", "lot_id,supplier_id,price,capacity\nL,A,1,\nL,B,2,150\n")
        .file("suppliers.csv", "supplier_id,incumbent\nA,false\nB,true\n");
    assert_eq!(award(&folder).0, "A 200");
}
