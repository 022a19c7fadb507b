//! Limits on groups of bids and on several lots together, with awards that were counted by hand.

use super::cases::{is, three};
use super::folder::{Folder, won};

/// Lot L, 100 units in R and in Q: A at 1 and B at 2 of unit A, C at 3, D at 4 and E at 5 of unit B.
fn units(limits: &str) -> Folder {
    three(limits)
        .file(
            "bids.csv",
            "lot_id,supplier_id,price,unit_group\nL,A,1,A\nL,B,2,A\nL,C,3,B\nL,D,4,B\nL,E,5,B\n",
        )
        .file("suppliers.csv", "supplier_id,incumbent\nA,false\nB,true\nC,true\nD,false\nE,false\n")
}

fn shares(name: &str, shares: &str, scope: &str) -> String {
    format!("[limit.{name}]\nkind = \"shares-by-rank\"\nshares = {shares}\n{scope}\n")
}

#[test]
fn each_unit_has_ranks_of_its_own() {
    let a = shares("a", "\"0.5, 0.2\"", "unit_group = \"A\"");
    let b = shares("b", "\"0.2, 0.1\"", "unit_group = \"B\"");
    is(&units(&format!("{a}{b}")), "A 100, B 40, C 40, D 20", "380");
    // The bids without a rank take what is left as the cost decides.
    is(&units(&shares("b", "\"0.2, 0.1\"", "unit_group = \"B\"")), "A 140, C 40, D 20", "340");
    // One list for each number of winners of the unit that is allowed.
    is(&units(&shares("b", "[\"0.3\", \"0.2, 0.1\"]", "unit_group = \"B\"")), "A 140, C 60", "320");
    // A lot on which nobody of the unit bids is not concerned.
    let other = shares("b", "\"0.2, 0.1\"", "unit_group = \"B\"");
    let two = units(&other)
        .file("lots.csv", "lot_id\nL\nM\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,200\nM,R,100\n")
        .file(
            "bids.csv",
            "lot_id,supplier_id,price,unit_group\nL,A,1,A\nL,B,2,A\nL,C,3,B\nL,D,4,B\nL,E,5,B\nM,A,1,A\n",
        );
    assert_eq!(won(&super::cases::evaluated(&two)), ["A 140, C 40, D 20", "A 100"]);
}

#[test]
fn a_better_price_gets_as_much_as_a_worse_one_of_its_group() {
    let share = "[limit.half]\nkind = \"class-share\"\nunit_group = \"B\"\nmin = \"0.5\"\n\
                 [limit.three]\nkind = \"winners\"\nunit_group = \"B\"\nmin = \"3\"\n\
                 [limit.e]\nkind = \"share\"\nsuppliers = \"E\"\nmin = \"0.1\"\n";
    // Of unit B E must have 20, and so must C and D: without ranks C and D would share 80 as 79 and 1.
    is(&units(share), "A 100, C 79, D 1, E 20", "441");
    let ranks = format!("{share}[limit.ranks]\nkind = \"rank-monotone\"\nunit_group = \"B\"\n");
    is(&units(&ranks), "A 100, C 60, D 20, E 20", "460");
    // Of all bids B, too, would need 20.
    let all = format!("{share}[limit.b]\nkind = \"forced\"\nsuppliers = \"B\"\n");
    is(
        &units(&all.replace(
            "[limit.half]",
            "[limit.ranks]\nkind = \"rank-monotone\"\nunit_group = \"B\"\n[limit.half]",
        )),
        "A 99, B 1, C 60, D 20, E 20",
        "461",
    );
}

#[test]
fn ranks_of_a_group_need_an_order_in_the_group_only() {
    let tied = |scope: &str| {
        units(&shares("x", "\"0.6, 0.4\"", scope))
            .file("bids.csv", "lot_id,supplier_id,price,unit_group\nL,A,1,A\nL,B,2,A\nL,C,2,B\nL,D,4,B\n")
            .file("suppliers.csv", "supplier_id\nA\nB\nC\nD\n")
    };
    is(&tied("unit_group = \"A\""), "A 120, B 80", "280");
    assert_eq!(super::cases::refused(&tied("")), ["E0533 8"]);
    // Shares that leave something are for some of the bids, and one bid has one rank.
    assert_eq!(super::cases::refused(&units(&shares("x", "\"0.5, 0.2\"", ""))), ["E0410 10"]);
    let twice = shares("x", "\"0.6, 0.4\"", "") + &shares("y", "\"0.6, 0.4\"", "unit_group = \"A\"");
    assert_eq!(super::cases::refused(&units(&twice)), ["E0532 8", "E0532 12"]);
}

/// Lots L and M, 100 units in R and in Q; A is cheaper on L, B on M, but less so in Q.
fn two_lots(limits: &str) -> Folder {
    Folder::new()
        .notice(limits)
        .file("lots.csv", "lot_id,group\nL,G\nM,G\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,100\nM,R,100\nM,Q,100\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,2\nM,A,4\nM,B,2\n")
        .file(
            "regional_prices.csv",
            "lot_id,supplier_id,region,price\nL,A,Q,1\nL,B,Q,3\nM,A,Q,2.5\nM,B,Q,2\n",
        )
}

#[test]
fn one_supplier_serves_all_lots_of_a_region() {
    let one = |each: &str| format!("[limit.one]\nkind = \"one-supplier-per-region\"\n{each}\n");
    let winners = |limits: &str| won(&super::cases::evaluated(&two_lots(limits)));
    assert_eq!(winners(&one("")), ["A 200", "B 200"]);
    // In R B for 400 or A for 500, in Q A for 350 or B for 500.
    assert_eq!(winners(&one("each = \"tender\"")), ["A 100, B 100", "A 100, B 100"]);
    assert_eq!(winners(&one("each = \"tender\"\ngroup = \"G\"")), ["A 100, B 100", "A 100, B 100"]);
    // Related suppliers are one.
    let related = two_lots(&format!("{}[limit.x]\nkind = \"related-as-one\"\n", one("each = \"tender\"")))
        .file("suppliers.csv", "supplier_id,controller\nA,K\nB,K\n");
    assert_eq!(won(&super::cases::evaluated(&related)), ["A 200", "B 200"]);
}
