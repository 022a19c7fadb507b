//! Tenders without an award: the smallest set that cannot hold together, and every way out followed to the letter.

use super::folder::Folder;
use super::ways::{Said, evaluated, wrong};

/// Lot L, 100 units in region R and 100 in Q; A at 1, B at 2, C at 4.
pub fn three(limits: &str) -> Folder {
    Folder::new()
        .notice(limits)
        .file("lots.csv", "lot_id\nL\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,100\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,2\nL,C,4\n")
}

/// The only conflict of a tender; its ways out hold.
pub fn conflict(folder: &Folder) -> Said {
    let (outcome, _, mut found) = evaluated(folder);
    assert_eq!((outcome.as_str(), found.len()), ("no_award", 1), "{found:#?}");
    let found = found.pop().unwrap();
    let wrong: Vec<String> = found.ways.iter().filter_map(|way| wrong(folder, &found, way)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    found
}

pub fn is(folder: &Folder, parts: &[&str], ways: &[&str]) {
    let found = conflict(folder);
    assert_eq!(
        (found.parts(), found.ways()),
        (
            parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>(),
            ways.iter().map(|way| (*way).to_owned()).collect::<Vec<_>>(),
        )
    );
    assert_eq!(found.told, "smallest");
}

pub fn limit(kind: &str, keys: &str) -> Folder {
    three(&format!("[limit.x]\nkind = \"{kind}\"\n{keys}\n"))
}

impl Folder {
    /// The same with these bids: lot, supplier, price, capacity, least quantity, fixed cost.
    pub fn bids(self, rows: &str) -> Self {
        self.file("bids.csv", &format!("lot_id,supplier_id,price,capacity,min_quantity,fixed_cost\n{rows}"))
    }

    /// The same with A and B of one controller, A local and supplying today.
    pub fn suppliers(self) -> Self {
        let rows = "A,local,true,K,,\nB,,false,K,,\nC,,false,N,,\n";
        let heading = "supplier_id,class,incumbent,controller,capacity_volume,capacity_value";
        self.file("suppliers.csv", &format!("{heading}\n{rows}"))
    }
}

/// Lots L and M of group G, and N of none, 100 units each in region R.
pub fn lots(limits: &str, bids: &str) -> Folder {
    Folder::new()
        .notice(limits)
        .file("lots.csv", "lot_id,group\nL,G\nM,G\nN,\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nM,R,100\nN,R,100\n")
        .bids(bids)
}

/// A parameter of the rule set, with bids that can deliver 70 each.
fn parameter(line: &str) -> Folder {
    three(&format!("[parameters]\n{line}\n")).bids("L,A,1,70,,\nL,B,2,70,,\nL,C,4,70,,\n")
}

/// What suppliers can deliver over all lots, in units and in money.
pub fn supplied(rows: &str) -> String {
    format!("supplier_id,capacity_volume,capacity_value\n{rows}")
}

#[test]
fn limits_on_counts() {
    is(&limit("winners", "min = \"4\""), &["limit x >= 4"], &["limit x 3: 204"]);
    is(&limit("winners", "exactly = \"4\""), &["limit x = 4"], &["limit x 3: 204"]);
    is(
        &limit("winners", "max = \"1\"").bids("L,A,1,150,,\nL,B,2,150,,\nL,C,4,50,,\n"),
        &["limit x <= 1", "demand L 200", "capacity L/A 150", "capacity L/B 150", "capacity L/C 50"],
        &[
            "demand L 0.75: 150",
            "capacity L/A 200: 200",
            "limit x 2: 250",
            "capacity L/B 200: 400",
            "capacity L/C 200: 800",
        ],
    );
    is(&limit("lots-per-supplier", "min = \"2\""), &["limit x >= 2", "demand L 200"], &["limit x 1: 200"]);
    is(
        &lots(
            "[limit.x]\nkind = \"lots-per-supplier\"\nmax = \"1\"\n",
            "L,A,1,,,\nM,A,1,,,\nN,A,1,,,\nN,B,2,,,\n",
        ),
        &["limit x <= 1", "demand L R 100", "demand M R 100"],
        &["limit x 2: 400"],
    );
    is(&limit("regions-per-winner", "min = \"3\""), &["limit x >= 3", "demand L 200"], &["limit x 2: 200"]);
    is(
        &limit("regions-per-winner", "max = \"1\"").bids("L,A,1,,,\n"),
        &["limit x <= 1", "demand L 200"],
        &["limit x 2: 200"],
    );
}

#[test]
fn limits_on_shares() {
    is(&limit("share", "max = \"0.3\""), &["limit x <= 0.3", "demand L 200"], &["limit x 0.34: 460"]);
    is(
        &limit("share", "min = \"0.7\"").bids("L,A,1,120,,\nL,B,2,110,,\nL,C,4,100,,\n"),
        &["limit x >= 0.7", "demand L 200", "capacity L/A 120", "capacity L/B 110", "capacity L/C 100"],
        &[
            "demand L 0.6: 120",
            "capacity L/A 200: 200",
            "limit x 0.5: 300",
            "capacity L/B 200: 400",
            "capacity L/C 200: 800",
        ],
    );
    is(
        &limit("share", "max = \"0.3\"\nof = \"value\"")
            .file("demand.csv", "lot_id,region,volume\nL,R,3\nL,Q,4\n"),
        &["limit x <= 0.3", "demand L 7"],
        &["limit x 0.34: 12"],
    );
    is(
        &limit("share", "min = \"0.6\"\nof = \"value\"").bids("L,A,1,100,,\nL,B,1.5,100,,\n"),
        &["limit x >= 0.6", "demand L 200", "capacity L/A 100", "capacity L/B 100"],
        &["demand L 0.5: 100", "capacity L/A 200: 200", "limit x 0.4: 250", "capacity L/B 200: 300"],
    );
    is(
        &limit("class-share", "class = \"local\"\nmin = \"0.9\"").suppliers().bids("L,A,1,100,,\nL,B,2,,,\n"),
        &["limit x >= 0.9", "capacity L/A 100"],
        &["capacity L/A 180: 220", "limit x 0.5: 300"],
    );
    is(
        &limit("class-share", "class = \"local\"\nmax = \"0.2\"").suppliers().bids("L,A,1,,,\nL,B,2,100,,\n"),
        &["limit x <= 0.2", "demand L 200", "capacity L/B 100"],
        &["demand L 0.62: 223.2", "limit x 0.5: 300", "capacity L/B 160: 360"],
    );
    is(
        &limit("class-share", "class = \"local\"\nmin = \"0.5\"\nof = \"value\"")
            .suppliers()
            .bids("L,A,1,100,,\nL,B,3,150,,\n"),
        &["limit x >= 0.5", "demand L 200", "capacity L/A 100"],
        &["demand L 0.66: 196", "capacity L/A 150: 300", "limit x 0.25: 400"],
    );
    is(
        &limit("shares-by-rank", "shares = [\"0.6, 0.4\"]").bids("L,A,1,100,,\nL,B,2,100,,\n"),
        &["limit x 0.6, 0.4", "capacity L/A 100"],
        &["capacity L/A 120: 280", "limit x: 300"],
    );
    is(
        &limit("shares-by-rank", "shares = [\"0.5, 0.3, 0.2\"]").bids("L,A,1,,,\nL,B,2,,,\n"),
        &["limit x 0.5, 0.3, 0.2"],
        &["limit x: 200"],
    );
    is(
        &limit("rank-monotone", "").bids("L,A,1,60,,\nL,B,2,140,,\n"),
        &["limit x", "demand L 200", "capacity L/A 60", "capacity L/B 140"],
        &["demand L 0.7: 280", "capacity L/A 100: 300", "limit x: 340", "capacity L/B 200: 400"],
    );
    is(
        &limit("share", "max = \"0.4\"").bids("L,A,1,,,\nL,B,2,,,\n"),
        &["limit x <= 0.4", "demand L 200"],
        &["limit x 0.5: 300"],
    );
}

#[test]
fn limits_on_regions() {
    is(
        &limit("one-supplier-per-region", "").bids("L,A,1,60,,\nL,B,2,140,,\nL,C,4,50,,\n"),
        &["limit x", "demand L 200", "capacity L/A 60", "capacity L/B 140", "capacity L/C 50"],
        &[
            "demand L 0.7: 280",
            "capacity L/A 100: 300",
            "limit x: 340",
            "capacity L/B 200: 400",
            "capacity L/C 100: 600",
        ],
    );
    is(
        &three(
            "[limit.x]\nkind = \"one-supplier-per-region\"\n[limit.y]\nkind = \"backups\"\nexactly = \"3\"\n",
        ),
        &["limit y 3"],
        &["limit y 1: 300"],
    );
    is(
        &three("")
            .bids("L,A,1,,,\nL,B,2,80,,\n")
            .file("regional_prices.csv", "lot_id,supplier_id,region,price,not_offered\nL,A,R,,true\n"),
        &["demand L R 100", "capacity L/B 80", "not_offered L/A R"],
        &["not_offered L/A R: 200", "demand L R 80: 260", "capacity L/B 100: 300"],
    );
    is(
        &three("").bids("L,A,1,,,\nL,B,2,,,\n").file(
            "regional_prices.csv",
            "lot_id,supplier_id,region,price,not_offered\nL,A,R,,true\nL,B,R,,true\n",
        ),
        &["no_offer L R 100"],
        &["demand L R 0: 100", "not_offered L/A R: 200", "not_offered L/B R: 300"],
    );
}

#[test]
fn limits_on_money() {
    is(
        &limit("budget", "max = \"150\""),
        &["limit x <= 150.00", "demand L 200"],
        &["demand L 0.75: 150", "limit x 200.00: 200"],
    );
    is(
        &limit("budget", "max = \"150\"\nsuppliers = \"A, B\"")
            .bids("L,A,1,100,,5\nL,B,2,,,7\nL,C,4,20,20,\n"),
        &["limit x <= 150.00", "demand L 200", "capacity L/C 20"],
        &["demand L 0.69: 228", "limit x 272.00: 352", "capacity L/C 81: 474"],
    );
    is(
        &lots(
            "[limit.x]\nkind = \"budget\"\nmax = \"550\"\neach = \"tender\"\n",
            "L,A,1,,,\nM,A,2,,,\nN,A,3,,,9\n",
        ),
        &["limit x <= 550.00", "demand L R 100", "demand M R 100", "demand N R 100"],
        &["demand M R 70: 549", "demand N R 80: 549", "demand L R 41: 550", "limit x 609.00: 609"],
    );
    is(
        &lots(
            "[limit.x]\nkind = \"budget\"\nmax = \"150\"\ngroup = \"G\"\neach = \"tender\"\n",
            "L,A,1,,,\nM,A,2,,,\nN,A,3,,,9\n",
        ),
        &["limit x <= 150.00", "demand M R 100"],
        &["demand M R 25: 150", "limit x 300.00: 300"],
    );
}

#[test]
fn limits_that_only_compare_are_never_in_conflict() {
    is(
        &limit("switching", "saves_more_than = \"10\"").suppliers().bids("L,A,1,100,,\n"),
        &["demand L 200", "capacity L/A 100"],
        &["demand L 0.5: 100", "capacity L/A 200: 200"],
    );
    is(
        &limit("preference", "margin = \"0.5\"\nclass = \"local\"").suppliers().bids("L,A,1,100,,\n"),
        &["demand L 200", "capacity L/A 100"],
        &["demand L 0.5: 100", "capacity L/A 200: 200"],
    );
}

#[test]
fn awards_that_must_or_must_not_be() {
    is(
        &three(
            "[limit.a]\nkind = \"forced\"\nsuppliers = \"C\"\n[limit.b]\nkind = \"forbidden\"\nsuppliers = [\"C\"]\ncite = \"clause 7\"\n",
        ),
        &["limit a", "limit b"],
        &["limit a: 200", "limit b: 203"],
    );
    is(&limit("forbidden", "suppliers = \"A, B, C\""), &["limit x", "demand L 200"], &["limit x: 200"]);
    is(
        &limit("forced", "suppliers = \"A\"").bids("L,A,1,,250,\nL,B,2,,,\n"),
        &["limit x", "min_quantity L/A 250"],
        &["min_quantity L/A 200: 200", "limit x: 400"],
    );
}

#[test]
fn what_is_awarded() {
    is(
        &limit("reserve", "exactly = \"0.5\"").bids("L,A,1,,120,\nL,B,2,,150,\n"),
        &["limit x 0.5", "demand L 200", "min_quantity L/A 120", "min_quantity L/B 150"],
        &["min_quantity L/A 100: 100", "limit x 0.4: 120", "min_quantity L/B 100: 200"],
    );
    is(
        &limit("agreed-share", "shares = \"0.5, 0.8\"").bids("L,A,1,,180,\n"),
        &["limit x 0.5, 0.8", "min_quantity L/A 180"],
        &["min_quantity L/A 100: 100", "limit x: 200"],
    );
    is(
        &three("[limit.x]\nkind = \"related-as-one\"\n[limit.y]\nkind = \"winners\"\nmin = \"3\"\n")
            .suppliers(),
        &["limit x", "limit y >= 3"],
        &["limit y 2: 203", "limit x: 204"],
    );
    is(
        &three(
            "[limit.few]\nkind = \"winners\"\nmax = \"1\"\ncite = \"clause 4\"\n[limit.share]\nkind = \"share\"\nmax = \"0.6\"\n",
        ),
        &["limit few <= 1", "limit share <= 0.6", "demand L 200"],
        &["limit share 1: 200", "limit few 2: 280"],
    );
}

#[test]
fn parameters_of_the_rule_set() {
    is(
        &parameter("min_suppliers = \"4\""),
        &["parameter min_suppliers >= 4"],
        &["parameter min_suppliers 3: 450"],
    );
    is(
        &parameter("max_suppliers = \"1\""),
        &[
            "parameter max_suppliers <= 1",
            "demand L 200",
            "capacity L/A 70",
            "capacity L/B 70",
            "capacity L/C 70",
        ],
        &[
            "demand L 0.35: 70",
            "capacity L/A 200: 200",
            "capacity L/B 200: 400",
            "parameter max_suppliers 3: 450",
            "capacity L/C 200: 800",
        ],
    );
    is(
        &parameter("max_share = \"0.3\""),
        &["parameter max_share <= 0.3", "demand L 200"],
        &["parameter max_share 0.34: 460"],
    );
    is(
        &parameter("one_supplier_per_region = \"true\""),
        &[
            "parameter one_supplier_per_region",
            "demand L 200",
            "capacity L/A 70",
            "capacity L/B 70",
            "capacity L/C 70",
        ],
        &[
            "capacity L/A 200: 200",
            "demand L 0.7: 210",
            "capacity L/B 200: 400",
            "parameter one_supplier_per_region: 450",
            "capacity L/C 200: 800",
        ],
    );
}

#[test]
fn limits_on_groups_of_lots() {
    is(
        &lots(
            "[limit.x]\nkind = \"winners\"\ngroup = \"G\"\nmin = \"2\"\n",
            "L,A,1,,,\nM,A,2,,,\nM,B,3,,,\nN,B,3,,,9\n",
        ),
        &["limit x >= 2"],
        &["limit x 1: 100"],
    );
    is(
        &lots(
            "[limit.x]\nkind = \"winners\"\neach = \"tender\"\nmax = \"1\"\n",
            "L,A,1,,,\nM,A,2,,,\nM,B,3,,,\nN,B,3,,,9\n",
        ),
        &["limit x <= 1", "demand L R 100", "demand N R 100"],
        &["limit x 2: 609"],
    );
    is(
        &lots(
            "[limit.x]\nkind = \"share\"\neach = \"tender\"\nmax = \"0.5\"\n",
            "L,A,1,,,\nM,A,2,,,\nM,B,3,10,,\nN,B,3,,,9\n",
        ),
        &["limit x <= 0.5", "demand L R 100", "demand M R 100", "capacity M/B 10"],
        &["limit x 0.64: 617", "capacity M/B 50: 659"],
    );
}

#[test]
fn a_part_names_its_clause() {
    let found = conflict(&limit("winners", "min = \"4\"\ncite = \"clause 4\""));
    assert_eq!(found.parts[0]["cite"], "clause 4");
}

/// The tender has two conflicts that have nothing in common: no single thing that gives is enough.
#[test]
fn conflicts_apart_from_each_other_are_all_told() {
    let folder = lots(
        "[limit.x]\nkind = \"budget\"\nmax = \"1000\"\neach = \"tender\"\n",
        "L,A,1,60,,\nM,A,2,70,,\nN,B,3,,,9\n",
    );
    let (_, _, found) = evaluated(&folder);
    let parts: Vec<Vec<String>> = found.iter().map(Said::parts).collect();
    assert_eq!(parts, [["demand L R 100", "capacity L/A 60"], ["demand M R 100", "capacity M/A 70"]]);
    let ways: Vec<Vec<String>> = found.iter().map(Said::ways).collect();
    assert_eq!(ways, [["demand L R 60", "capacity L/A 100"], ["demand M R 70", "capacity M/A 100"]]);
}
