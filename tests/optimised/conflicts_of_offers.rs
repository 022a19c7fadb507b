//! Conflicts in what bids, packages and suppliers can do, each with its ways out.

use super::conflicts::{is, limit, lots, supplied, three};

#[test]
fn what_bids_and_suppliers_can_do() {
    is(
        &three("").bids("L,A,1,70,,\nL,B,2,70,,\n"),
        &["demand L 200", "capacity L/A 70", "capacity L/B 70"],
        &["demand L 0.7: 210", "capacity L/A 130: 270", "capacity L/B 130: 330"],
    );
    is(
        &three("").bids("L,A,1,180,150,\nL,B,2,180,150,\n"),
        &[
            "demand L 200",
            "capacity L/A 180",
            "capacity L/B 180",
            "min_quantity L/A 150",
            "min_quantity L/B 150",
        ],
        &[
            "demand L 0.9: 180",
            "capacity L/A 200: 200",
            "min_quantity L/B 50: 250",
            "min_quantity L/A 50: 350",
            "capacity L/B 200: 400",
        ],
    );
    is(
        &three("").bids("L,A,1,,300,\n"),
        &["demand L 200", "min_quantity L/A 300"],
        &["min_quantity L/A 200: 200"],
    );
    is(
        &three("").bids("L,A,1,,,\nL,B,2,,,\n").file("suppliers.csv", &supplied("A,50,\nB,,100\n")),
        &["demand L 200", "capacity_volume A 50", "capacity_value B 100"],
        &["demand L 0.5: 150", "capacity_volume A 150: 250", "capacity_value B 300: 350"],
    );
    is(
        &lots("", "L,A,1,,,\nM,A,2,,,\nN,B,3,,,9\n").file("suppliers.csv", &supplied("A,150,\n")),
        &["demand L R 100", "demand M R 100", "capacity_volume A 150"],
        &["demand M R 50: 200", "demand L R 50: 250", "capacity_volume A 200: 300"],
    );
    is(
        &three("").bids("L,A,1,,,\n").file(
            "tiers.csv",
            "lot_id,supplier_id,min_quantity,max_quantity,price,fixed_cost\nL,A,0,90,2,\nL,A,230,300,1,\n",
        ),
        &["demand L 200", "bands L/A 0-90, 230-300"],
        &["demand L 0.45: 180", "bands L/A 200: 200"],
    );
    // The first band up to 150 would do, but the second stands between: no bounds of the bands are in conflict.
    let banded = |budget: &str| {
        limit("budget", &format!("max = \"{budget}\"")).bids("L,A,1,,,\nL,B,3,,,\n").file(
            "tiers.csv",
            "lot_id,supplier_id,min_quantity,max_quantity,price,fixed_cost\nL,A,0,50,1,\nL,A,60,100,6,\n",
        )
    };
    is(
        &banded("300"),
        &["limit x <= 300.00", "demand L 200"],
        &["demand L 0.66: 296", "limit x 500.00: 500"],
    );
    is(
        &banded("490"),
        &["limit x <= 490.00", "demand L 200", "bands L/A 0-50, 60-100"],
        &["demand L 0.98: 488", "bands L/A 55: 490", "limit x 500.00: 500"],
    );
    // Without bounds the first band runs up to the second: 50 units of A cost 1 each, whatever is left out.
    is(
        &limit("class-share", "class = \"local\"\nmin = \"0.7\"\nof = \"value\"")
            .suppliers()
            .bids("L,A,1,50,,\nL,B,1,,,\n")
            .file(
                "tiers.csv",
                "lot_id,supplier_id,min_quantity,max_quantity,price,fixed_cost\nL,A,0,30,1,\nL,A,60,100,9,\n",
            ),
        &["limit x >= 0.7", "demand L 200", "capacity L/A 50"],
        &["demand L 0.21: 42", "limit x 0.15: 200", "capacity L/A 60: 680"],
    );
    is(
        &three("")
            .file("bids.csv", "lot_id,supplier_id,bid_id,price,capacity\nL,A,one,1,150\nL,A,two,2,80\n"),
        &["demand L 200", "capacity one 150", "capacity two 80", "alternates A L"],
        &["demand L 0.75: 150", "capacity one 200: 200", "alternates A: 250", "capacity two 200: 400"],
    );
    // A can win L only with M, of which there is less than it must get.
    let packed = lots("", "L,A,1,,,\nM,A,2,,150,\nM,B,3,,,\nN,B,3,,,9\n").file(
        "packages.csv",
        "package_id,lot_id,supplier_id,terms,price\nP,L,A,all-or-nothing,\nP,M,A,all-or-nothing,\n",
    );
    is(
        &packed,
        &["package P", "demand L R 100", "min_quantity M/A 150"],
        &["min_quantity M/A 100: 300", "package P: 400"],
    );
    is(&lots("", "L,A,1,,,\nM,A,2,,,\n"), &["no_bid N 100"], &[]);
}
