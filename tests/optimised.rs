//! Awards chosen by cost in the whole bidding language: files in, award out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "optimised/folder.rs"]
mod folder;

use folder::{Folder, won};

/// The case "bid" of the GAMS library (Bracken and McCormick 1968, bid evaluation): five vendors with price breaks.
fn gams_bid() -> Folder {
    Folder::new()
        .file("lots.csv", "lot_id\nL\n")
        .file("demand.csv", "lot_id,region,volume\nL,all,239600.48\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,a,61.150\nL,b,68.099\nL,c,62.190\nL,d,72.488\nL,e,70.150\n")
        .file(
            "tiers.csv",
            "lot_id,supplier_id,min_quantity,max_quantity,price,fixed_cost\n\
             L,a,0,33000,61.150,3855.84\n\
             L,b,22000,70000,68.099,125804.84\n\
             L,b,70000,100000,66.049,269304.84\n\
             L,b,100000,150000,64.099,464304.84\n\
             L,b,150000,160000,62.119,761304.84\n\
             L,c,0,165600,62.190,13456.00\n\
             L,d,0,12000,72.488,6583.98\n\
             L,e,0,42000,70.150,0\n\
             L,e,42000,77000,68.150,84000\n",
        )
}

#[test]
fn price_breaks_of_five_vendors() {
    let evaluation = gams_bid().evaluate();
    assert_eq!(evaluation.award.outcome().name(), "awarded");
    let costs: Vec<String> = evaluation.award.lots().map(|(_, lot)| format!("{:?}", lot.proof)).collect();
    assert_eq!(costs, ["Exact { cost: Money(15210109.512) }"], "{:?}", won(&evaluation));
}
