//! Tenders without an award: the smallest set that cannot hold together, and every way out followed to the letter.

use super::folder::Folder;
use super::ways::{Said, evaluated, wrong};

/// Lot L, 100 units in region R and 100 in Q; A at 1, B at 2, C at 4.
fn three(limits: &str) -> Folder {
    Folder::new()
        .notice(limits)
        .file("lots.csv", "lot_id\nL\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,100\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,2\nL,C,4\n")
}

/// The only conflict of a tender; its ways out hold.
fn conflict(folder: &Folder) -> Said {
    let (outcome, _, mut found) = evaluated(folder);
    assert_eq!((outcome.as_str(), found.len()), ("no_award", 1), "{found:#?}");
    let found = found.pop().unwrap();
    let wrong: Vec<String> = found.ways.iter().filter_map(|way| wrong(folder, &found, way)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    found
}

#[allow(dead_code)]
fn is(folder: &Folder, parts: &[&str], ways: &[&str]) {
    let found = conflict(folder);
    assert_eq!((found.parts(), found.ways()), (
        parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>(),
        ways.iter().map(|way| (*way).to_owned()).collect::<Vec<_>>(),
    ));
    assert_eq!(found.told, "smallest");
}


fn limit(kind: &str, keys: &str) -> Folder {
    three(&format!("[limit.x]\nkind = \"{kind}\"\n{keys}\n"))
}

fn show(folder: &Folder) {
    let now = std::time::Instant::now();
    let w = folder.written();
    let _ = jicai::evaluate(w.path(), &jicai::read::ReadOptions::default());
    let first = now.elapsed();
    let found = conflict(folder);
    eprintln!("{first:?} {:?}", now.elapsed());
    eprintln!("{} {:?}\n   {:?}", found.told, found.parts(), found.ways());
}

#[test]
fn probe() {
    let caps = |rows: &str| format!("lot_id,supplier_id,price,capacity,min_quantity,fixed_cost\n{rows}");
    let classes = "supplier_id,class,incumbent,controller,capacity_volume,capacity_value\nA,local,true,K,,\nB,,false,K,,\nC,,false,N,,\n";
    show(&limit("winners", "min = \"4\"\ncite = \"clause 4\""));
    show(&limit("winners", "exactly = \"4\""));
    show(&limit("winners", "max = \"1\"").file("bids.csv", &caps("L,A,1,150,,\nL,B,2,150,,\nL,C,4,50,,\n")));
    show(&limit("share", "max = \"0.3\""));
    show(&limit("share", "min = \"0.7\"").file("bids.csv", &caps("L,A,1,120,,\nL,B,2,110,,\nL,C,4,100,,\n")));
    show(&limit("share", "max = \"0.3\"\nof = \"value\""));
    show(&limit("class-share", "class = \"local\"\nmin = \"0.9\"").file("suppliers.csv", classes).file("bids.csv", &caps("L,A,1,100,,\nL,B,2,,,\n")));
    show(&limit("class-share", "class = \"local\"\nmax = \"0.2\"").file("suppliers.csv", classes).file("bids.csv", &caps("L,A,1,,,\nL,B,2,100,,\n")));
    show(&limit("shares-by-rank", "shares = [\"0.6, 0.4\"]").file("bids.csv", &caps("L,A,1,100,,\nL,B,2,100,,\n")));
    show(&limit("shares-by-rank", "shares = [\"0.5, 0.3, 0.2\"]").file("bids.csv", &caps("L,A,1,,,\nL,B,2,,,\n")));
    show(&limit("rank-monotone", "").file("bids.csv", &caps("L,A,1,60,50,\nL,B,2,140,,\n")));
    show(&limit("rank-monotone", "").file("bids.csv", &caps("L,A,1,60,,\nL,B,2,140,,\n")));
    show(&limit("lots-per-supplier", "min = \"2\""));
    show(&limit("regions-per-winner", "min = \"3\""));
    show(&limit("regions-per-winner", "max = \"1\"").file("bids.csv", "lot_id,supplier_id,price\nL,A,1\n"));
    show(&limit("one-supplier-per-region", "").file("bids.csv", &caps("L,A,1,60,,\nL,B,2,140,,\nL,C,4,50,,\n")));
    show(&three("[limit.x]\nkind = \"one-supplier-per-region\"\n[limit.y]\nkind = \"backups\"\nexactly = \"3\"\n"));
    show(&limit("budget", "max = \"150\""));
    show(&limit("budget", "max = \"150\"\nsuppliers = \"A, B\"").file("bids.csv", &caps("L,A,1,100,,5\nL,B,2,,,7\nL,C,4,20,,\n")));
    show(&limit("switching", "saves_more_than = \"10\"").file("suppliers.csv", classes).file("bids.csv", &caps("L,A,1,100,,\n")));
    show(&three("[limit.a]\nkind = \"forced\"\nsuppliers = \"C\"\n[limit.b]\nkind = \"forbidden\"\nsuppliers = [\"C\"]\n"));
    show(&limit("forbidden", "suppliers = \"A, B, C\""));
    show(&limit("forced", "suppliers = \"A\"").file("bids.csv", &caps("L,A,1,,250,\nL,B,2,,,\n")));
    show(&limit("reserve", "exactly = \"0.5\"").file("bids.csv", &caps("L,A,1,,120,\nL,B,2,,150,\n")));
    show(&limit("agreed-share", "shares = \"0.5, 0.8\"").file("bids.csv", &caps("L,A,1,90,,\nL,B,2,60,,\n")));
    show(&three("[limit.x]\nkind = \"related-as-one\"\n[limit.y]\nkind = \"winners\"\nmin = \"3\"\n").file("suppliers.csv", classes));
    show(&limit("preference", "margin = \"0.5\"\nclass = \"local\"").file("suppliers.csv", classes).file("bids.csv", &caps("L,A,1,100,,\n")));
    show(&three("[limit.few]\nkind = \"winners\"\nmax = \"1\"\ncite = \"clause 4\"\n[limit.share]\nkind = \"share\"\nmax = \"0.6\"\n"));
    show(&limit("share", "max = \"0.4\"").file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,2\n"));
    for parameters in ["min_suppliers = \"4\"", "max_suppliers = \"1\"", "max_share = \"0.3\"", "one_supplier_per_region = \"true\""] {
        show(&three(&format!("[parameters]\n{parameters}\n")).file("bids.csv", &caps("L,A,1,70,,\nL,B,2,70,,\nL,C,4,70,,\n")));
    }
    let plain = |rows: &str| three("").file("bids.csv", &caps(rows));
    show(&plain("L,A,1,70,,\nL,B,2,70,,\n"));
    show(&plain("L,A,1,70,,\nL,B,2,100,150,\n"));
    show(&plain("L,A,1,,300,\n"));
    show(&plain("L,A,1,,,\nL,B,2,,,\n").file("suppliers.csv", "supplier_id,capacity_volume,capacity_value\nA,50,\nB,,100\n"));
    show(&plain("L,A,1,,,\n").file("tiers.csv", "lot_id,supplier_id,min_quantity,max_quantity,price,fixed_cost\nL,A,0,90,2,\nL,A,230,300,1,\n"));
    show(&plain("L,A,1,,,\nL,B,2,80,,\n").file("regional_prices.csv", "lot_id,supplier_id,region,price,not_offered\nL,A,R,,true\n"));
    show(&plain("L,A,1,,,\nL,B,2,,,\n").file("regional_prices.csv", "lot_id,supplier_id,region,price,not_offered\nL,A,R,,true\nL,B,R,,true\n"));
    show(&Folder::new().file("lots.csv", "lot_id\nL\n").file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,100\n").file("bids.csv", "lot_id,supplier_id,bid_id,price,capacity\nL,A,one,1,150\nL,A,two,2,80\n"));
}
