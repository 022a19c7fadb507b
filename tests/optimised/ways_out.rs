//! Ways out of a conflict: what can be stated, and what is noticed when it is wrong.

use super::conflicts::{conflict, is, limit, lots, supplied, three};
use super::ways::{evaluated, wrong};

/// Limits may name lots, groups and suppliers that the lots in conflict do not have.
#[test]
fn limits_on_other_lots_leave_every_way_out() {
    is(
        &lots(
            "[limit.x]\nkind = \"winners\"\ngroup = \"G\"\nmax = \"1\"\n\
             [limit.y]\nkind = \"share\"\nlots = \"L, N\"\nsuppliers = \"A\"\nmax = \"1\"\n\
             [limit.o]\nkind = \"one-supplier-per-region\"\nlots = \"M\"\n\
             [limit.b]\nkind = \"backups\"\nlots = \"M\"\nexactly = \"0\"\n",
            "L,A,1,,,\nM,A,2,,,\nN,B,3,60,,9\n",
        ),
        &["demand N R 100", "capacity N/B 60"],
        &["demand N R 60: 189", "capacity N/B 100: 309"],
    );
}

/// Files state volumes in four decimals and money in ten: what is needed is the next of them that is enough.
#[test]
fn what_is_needed_can_be_stated() {
    let one_region = |limits: &str, price: &str| {
        let bids = format!("L,A,{price},,,\n");
        three(limits).file("demand.csv", "lot_id,region,volume\nL,R,3\n").bids(&bids)
    };
    is(
        &one_region("", "0.00005").file("suppliers.csv", &supplied("A,,0.0001\n")),
        &["demand L R 3", "capacity_value A 0.0001"],
        &["demand L R 2: 0.0001", "capacity_value A 0.0002: 0.00015"],
    );
    is(
        &one_region(
            "[limit.x]\nkind = \"reserve\"\nexactly = \"0.05\"\n[limit.y]\nkind = \"budget\"\nmax = \"0.0000000001\"\n",
            "0.0000000001",
        ),
        &["limit y <= 0.0000000001", "demand L R 3"],
        &["demand L R 1: 0.000000000095", "limit y 0.0000000003: 0.000000000285"],
    );
}

/// What is said in the place of a way out must be noticed.
#[test]
fn a_wrong_way_out_is_noticed() {
    let folder = limit("budget", "max = \"150\"");
    let found = conflict(&folder);
    let way = found.ways.iter().find(|way| way["what"] == "limit").unwrap();
    assert_eq!(wrong(&folder, &found, way), None);
    for (key, planted) in [("needed", "199.00"), ("needed", "201.00"), ("cost", "199.00")] {
        let mut way = way.clone();
        way[key] = planted.into();
        assert!(wrong(&folder, &found, &way).is_some(), "{key} {planted}");
    }
}

/// Where no objective asks for a low cost, any of several costs can be that of the award that follows.
#[test]
fn a_cost_is_stated_only_where_it_is_asked_for() {
    let few = |objectives: &str| {
        three(&format!(
            "[limit.x]\nkind = \"winners\"\nmin = \"4\"\n[parameters]\nobjectives = \"{objectives}\"\n"
        ))
    };
    is(&few("cost"), &["limit x >= 4"], &["limit x 3: 204"]);
    is(&few("more-winners"), &["limit x >= 4"], &["limit x 3"]);
}

/// A region that nobody offers in, beside a bidder that must not win: what would be awarded there is not what is left out to
/// settle the other conflict.
#[test]
fn a_region_of_one_conflict_is_not_left_out_by_another() {
    let folder = three("[limit.x]\nkind = \"forbidden\"\nsuppliers = \"A, B, C\"\n").file(
        "regional_prices.csv",
        "lot_id,supplier_id,region,not_offered\nL,A,R,true\nL,B,R,true\nL,C,R,true\n",
    );
    let (outcome, _, found) = evaluated(&folder);
    assert_eq!((outcome.as_str(), found.len()), ("no_award", 2), "{found:#?}");
    assert_eq!(found[0].parts(), ["no_offer L R 100"]);
    assert!(found[0].ways().contains(&"demand L R 0".to_owned()), "{:?}", found[0].ways());
    assert_eq!(found[1].parts(), ["limit x", "demand L Q 100"]);
}
