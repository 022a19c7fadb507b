//! Limits one by one, with awards that were counted by hand.

use jicai::Evaluation;
use jicai::read::ReadOptions;
use jicai::text::Language;

use super::folder::{Folder, findings, won};

/// Lot L, 100 units in region R and 100 in Q; A at 1, B at 2, C at 4.
pub fn three(limits: &str) -> Folder {
    Folder::new()
        .notice(limits)
        .file("lots.csv", "lot_id\nL\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,100\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,2\nL,C,4\n")
}

pub fn evaluated(folder: &Folder) -> Evaluation {
    let written = folder.written();
    let evaluation = jicai::evaluate(written.path(), &ReadOptions::default())
        .unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(findings(written.path(), &evaluation), [""; 0]);
    evaluation
}

/// Without zeros at the end.
pub fn plain(money: jicai::money::Money) -> String {
    let text = money.to_string();
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

pub fn award(folder: &Folder) -> (String, String) {
    let evaluation = evaluated(folder);
    let (_, lot) = evaluation.award.lots().next().unwrap();
    let cost = match &lot.proof {
        jicai::certify::Proof::Exact { cost } => plain(*cost),
        other => format!("{other:?}"),
    };
    (won(&evaluation).join("; "), cost)
}

pub fn is(folder: &Folder, winners: &str, cost: &str) {
    assert_eq!(award(folder), (winners.to_owned(), cost.to_owned()));
}

#[test]
fn without_limits_the_cheapest_gets_all() {
    is(&three(""), "A 200", "200");
}

#[test]
fn shares_by_rank() {
    let limits = "[limit.ranks]\nkind = \"shares-by-rank\"\nshares = [\"0.6, 0.4\", \"0.5, 0.3, 0.2\"]\n";
    is(&three(limits), "A 120, B 80", "280");
    let three_winners = format!("{limits}[limit.number]\nkind = \"winners\"\nexactly = \"3\"\n");
    is(&three(&three_winners), "A 100, B 60, C 40", "380");
}

#[test]
fn the_agreed_share_goes_with_the_number_of_winners() {
    let limits = "[limit.agreed]\nkind = \"agreed-share\"\nshares = \"0.5, 0.6, 0.7\"\n";
    is(&three(limits), "A 100", "100");
    let two = format!("{limits}[limit.number]\nkind = \"winners\"\nmin = \"2\"\n");
    let shared = format!("{two}[limit.share]\nkind = \"share\"\nmin = \"0.25\"\n");
    is(&three(&shared), "A 90, B 30", "150");
    let volume = format!("{limits}[parameters]\nobjectives = \"volume, cost\"\n");
    let (winners, _) = award(&three(&volume));
    assert!(winners.starts_with("A 138, B 1, C 1") || winners.starts_with("A "), "{winners}");
}

#[test]
fn a_reserve_stays_unawarded_in_every_region() {
    let limits = "[limit.kept]\nkind = \"reserve\"\nexactly = \"0.125\"\n";
    is(&three(limits), "A 175", "175");
}

#[test]
fn a_preference_changes_the_comparison_and_not_what_is_paid() {
    let local = three("[limit.local]\nkind = \"preference\"\nmargin = \"0.6\"\nclass = \"local\"\n")
        .file("suppliers.csv", "supplier_id,class\nA,\nB,local\nC,\n");
    let evaluation = evaluated(&local);
    assert_eq!(won(&evaluation), ["B 200"]);
    assert_eq!(evaluation.allocation.lots[0].value.to_string(), "400.00");
    assert_eq!(award(&local).1, "160");
}

/// Lots L and M, each 100 units in the regions R and Q; A is cheaper in R, B in Q.
fn two_lots(limits: &str) -> Folder {
    Folder::new()
        .notice(limits)
        .file("lots.csv", "lot_id\nL\nM\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\nL,Q,100\nM,R,100\nM,Q,100\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,2\nM,A,2\nM,B,1\n")
}

#[test]
fn regions_of_a_winner_over_all_lots_count_once() {
    let limit = |each: &str| format!("[limit.x]\nkind = \"regions-per-winner\"\nmax = \"1\"\n{each}\n");
    assert_eq!(won(&evaluated(&two_lots(&limit("")))), ["A 100, B 100", "A 100, B 100"]);
    let one_region = two_lots(&limit("each = \"tender\""));
    let evaluation = evaluated(&one_region);
    let mut served = Vec::new();
    for lot in &evaluation.allocation.lots {
        served.extend(lot.regions.iter().map(|row| (row.bid, row.region.clone())));
    }
    served.sort();
    served.dedup();
    assert_eq!(served.len(), 2, "{served:?}");
}

#[test]
fn related_suppliers_are_one_winner_of_an_agreed_share_and_one_backup() {
    let suppliers = "supplier_id,controller\nA,K\nB,K\nC,N\n";
    let as_one = "[limit.related]\nkind = \"related-as-one\"\n";
    let agreed = "[limit.agreed]\nkind = \"agreed-share\"\nshares = \"0.5, 1\"\n";
    is(&three(agreed).file("suppliers.csv", suppliers), "A 100", "100");
    let capacity = "lot_id,supplier_id,price,capacity\nL,A,1,50\nL,B,2,150\nL,C,4,1\n";
    let forced = "[limit.f]\nkind = \"forced\"\nsuppliers = \"A, B\"\n";
    let both = |limits: &str| three(limits).file("bids.csv", capacity).file("suppliers.csv", suppliers);
    is(&both(&format!("{agreed}{forced}")), "A 50, B 150", "350");
    is(&both(&format!("{agreed}{as_one}")), "A 50, B 50", "150");
    let backup = "[limit.one]\nkind = \"one-supplier-per-region\"\n[limit.backup]\nkind = \"backups\"\nexactly = \"1\"\n";
    is(&three(backup).file("suppliers.csv", suppliers), "A 100, B 100", "300");
    is(&three(&format!("{backup}{as_one}")).file("suppliers.csv", suppliers), "A 100, C 100", "500");
}

#[test]
fn a_part_of_what_a_reserve_leaves() {
    let one = |limits: &str| three(limits).file("demand.csv", "lot_id,region,volume\nL,R,1\n");
    let reserve = "[limit.z]\nkind = \"reserve\"\nexactly = \"0.5\"\n";
    let agreed = "[limit.agreed]\nkind = \"agreed-share\"\nshares = \"0.5\"\n";
    is(&one(&format!("{agreed}{reserve}")), "A 0.25", "0.25");
    let ranks = "[limit.ranks]\nkind = \"shares-by-rank\"\nshares = \"0.7, 0.3\"\n";
    is(&one(&format!("{ranks}{reserve}")), "A 0.35, B 0.15", "0.65");
}

#[test]
fn where_two_bands_meet_the_cheaper_holds_whatever_a_limit_asks_for() {
    let tiers = "lot_id,supplier_id,min_quantity,max_quantity,price\nL,A,0,100,3\nL,A,100,200,1\n";
    let limits = "[limit.x]\nkind = \"class-share\"\nsuppliers = \"A\"\nof = \"value\"\nmin = \"0.5\"\n\
                  [limit.y]\nkind = \"share\"\nsuppliers = \"A\"\nexactly = \"0.5\"\n";
    // Half of the volume at 1 is a third of the value; at 3 it would be more than half.
    assert_eq!(evaluated(&three(limits).file("tiers.csv", tiers)).award.outcome().name(), "no_award");
    let apart = tiers.replace("0,100,3", "0,100,2").replace("100,200,1", "101,200,1");
    is(&three(limits).file("tiers.csv", &apart), "A 100, B 100", "400");
}

#[test]
fn prices_by_region_and_regions_not_offered() {
    let prices = "lot_id,supplier_id,region,price,not_offered\nL,A,R,,true\nL,B,Q,0.0000000001,\n";
    let folder = three("").file("regional_prices.csv", prices);
    is(&folder, "B 200", "200.00000001");
    let evaluation = evaluated(&folder);
    let values: Vec<String> =
        evaluation.allocation.lots[0].regions.iter().map(|row| row.value.to_string()).collect();
    assert_eq!(values, ["0.00000001", "200.00"]);
}

#[test]
fn one_price_for_all_regions_that_is_not_the_bids_own_is_what_is_paid() {
    let prices = "lot_id,supplier_id,region,price\nL,A,R,0.5\nL,A,Q,0.5\n";
    let folder = three("").file("regional_prices.csv", prices);
    is(&folder, "A 200", "100");
    assert_eq!(plain(evaluated(&folder).allocation.lots[0].value), "100");
}

#[test]
fn a_price_by_region_may_have_more_decimals_once_it_is_converted() {
    let folder = three("")
        .file("bids.csv", "lot_id,supplier_id,price,content_ratio\nL,A,0.2,2\nL,B,2,\n")
        .file("regional_prices.csv", "lot_id,supplier_id,region,price\nL,A,R,0.1\nL,A,Q,0.3\n");
    is(&folder, "A 200", "20");
}

#[test]
fn a_price_that_needs_no_conversion_is_not_rounded() {
    let prices =
        |a: &str| format!("lot_id,supplier_id,price,content_ratio\nL,A,{a},\nL,B,0.00005,\nL,C,1,3\n");
    is(&three("").file("bids.csv", &prices("0.00004")), "A 200", "0.008");
    is(&three("").file("bids.csv", &prices("0.0000500001")), "B 200", "0.01");
    // One third, to the four decimals of the rule set.
    let only = "lot_id,supplier_id,price,content_ratio\nL,C,1,3\n";
    is(&three("").file("bids.csv", only), "C 200", "66.66");
}

#[test]
fn nothing_is_paid_at_a_price_of_zero() {
    let free = "lot_id,supplier_id,region,price\nL,A,R,0\nL,A,Q,0.00\n";
    is(&three("").file("regional_prices.csv", free), "A 200", "0");
    let lump = "lot_id,supplier_id,min_quantity,max_quantity,price,fixed_cost\nL,A,0,150,0,5\n";
    is(&three("").file("tiers.csv", lump), "A 150, B 50", "105");
    // Of a value of nothing every part is the whole share and none.
    let share = "[limit.x]\nkind = \"share\"\nof = \"value\"\nmax = \"0.4\"\n";
    is(&three(share).file("regional_prices.csv", free), "A 200", "0");
    let tender = three("[limit.x]\nkind = \"switching\"\nsaves_more_than = \"0\"\n");
    for (name, text) in [
        ("bids.csv", "lot_id,supplier_id,price\nL,A,0\nL,B,2\n"),
        ("baselines.csv", "lot_id,baseline,price\nL,old,0\n"),
    ] {
        assert_eq!(refused(&tender.clone().file(name, text)), ["E0307 2"], "{name}");
    }
    // A blank is still no price.
    let blank = "lot_id,supplier_id,min_quantity,price\nL,A,0,\n";
    assert_eq!(refused(&three("").file("tiers.csv", blank)).len(), 1);
}

#[test]
fn a_package_that_wins_as_a_whole() {
    let folder = |terms: &str, price: &str| {
        Folder::new()
            .file("lots.csv", "lot_id\nL\nM\n")
            .file("demand.csv", "lot_id,region,volume\nL,R,100\nM,R,100\n")
            .file("bids.csv", "lot_id,supplier_id,price,min_quantity\nL,A,1,\nL,B,2,\nM,A,5,100\nM,B,4,\n")
            .file(
                "packages.csv",
                &format!(
                    "package_id,lot_id,supplier_id,terms,price\nP,L,A,{terms},\nP,M,A,{terms},{price}\n"
                ),
            )
    };
    // Apart: A 100 and B 400. Together: A for 600, as the two of B.
    assert_eq!(evaluated(&folder("all-or-nothing", "")).award.outcome().name(), "draw_required");
    assert_eq!(won(&evaluated(&folder("all-or-nothing", "4.9"))), ["A 100", "A 100"]);
    assert_eq!(won(&evaluated(&folder("discount", ""))), ["A 100", "B 100"]);
    assert_eq!(won(&evaluated(&folder("discount", "3.9"))), ["A 100", "A 100"]);
}

#[test]
fn one_supplier_for_each_region() {
    let capacity = three("[parameters]\none_supplier_per_region = \"true\"\n")
        .file("bids.csv", "lot_id,supplier_id,price,capacity\nL,A,1,150\nL,B,2,\nL,C,4,\n");
    is(&capacity, "A 100, B 100", "300");
    let split = three("").file("bids.csv", "lot_id,supplier_id,price,capacity\nL,A,1,150\nL,B,2,\nL,C,4,\n");
    is(&split, "A 150, B 50", "250");
}

#[test]
fn forced_and_forbidden() {
    is(&three("[limit.b]\nkind = \"forbidden\"\nsuppliers = \"A\"\n"), "B 200", "400");
    is(&three("[limit.a]\nkind = \"forced\"\nsuppliers = \"C\"\n"), "A 199, C 1", "203");
}

/// The codes of what is refused, with the line of each.
pub fn refused(folder: &Folder) -> Vec<String> {
    let written = folder.written();
    let faults = jicai::evaluate(written.path(), &ReadOptions::default()).unwrap_err();
    let line = |fault: &jicai::diagnostics::Diagnostic| fault.place.as_ref().map_or(0, |place| place.line);
    for language in Language::ALL {
        assert!(!jicai::diagnostics::plain(&faults, language, false).contains('⟦'));
    }
    faults.iter().map(|fault| format!("{} {}", fault.code.id(), line(fault))).collect()
}

#[test]
fn limits_that_do_not_fit_the_tender_are_refused_at_their_place() {
    for (limits, codes) in [
        ("[limit.x]\nkind = \"share\"\nmax = \"0.6\"\nlots = \"M\"\n", ["E0531 8"]),
        ("[limit.x]\nkind = \"forced\"\nsuppliers = \"A, D\"\n", ["E0531 8"]),
        ("[limit.x]\nkind = \"winners\"\nmin = \"1\"\ngroup = \"G\"\n", ["E0531 8"]),
        ("[limit.x]\nkind = \"winners\"\nmin = \"1\"\nclass = \"local\"\n", ["E0531 8"]),
        ("[limit.x]\nkind = \"backups\"\nexactly = \"1\"\n", ["E0532 8"]),
        ("[limit.x]\nkind = \"winner\"\nmin = \"1\"\n", ["E0409 9"]),
        ("[limit.x]\nkind = \"winners\"\nmin = \"3\"\nmax = \"2\"\n", ["E0439 8"]),
        ("[limit.x]\nkind = \"winners\"\n", ["E0440 8"]),
        ("[limit.x]\nkind = \"share\"\nmax = \"1.2\"\n", ["E0410 10"]),
    ] {
        assert_eq!(refused(&three(limits)), codes, "{limits}");
    }
    for (kind, scope) in [
        ("rank-monotone", "each = \"tender\""),
        ("one-supplier-per-region", "suppliers = \"A\""),
        ("reserve\"\nexactly = \"0.5", "class = \"incumbent\""),
        ("agreed-share\"\nshares = \"0.5", "each = \"tender\""),
        ("related-as-one", "lots = \"L\""),
    ] {
        let limit = |scope: &str| three(&format!("[limit.x]\nkind = \"{kind}\"\n{scope}\n"));
        assert_eq!(refused(&limit(scope)), ["E0532 8"], "{kind} {scope}");
        evaluated(&limit(if kind == "related-as-one" { "" } else { "lots = \"L\"" }));
    }
    let tied = three("[limit.x]\nkind = \"shares-by-rank\"\nshares = [\"0.6, 0.4\"]\n")
        .file("bids.csv", "lot_id,supplier_id,price\nL,A,1\nL,B,1\nL,C,4\n");
    assert_eq!(refused(&tied), ["E0533 8"]);
}

#[test]
fn a_limit_under_a_rule_set_that_ranks_is_refused_and_one_of_the_rule_set_can_be_lifted() {
    let ranked = three("[limit.x]\nkind = \"winners\"\nmin = \"1\"\n");
    let notice = "[tender]\nid = \"t\"\ntitle = \"T\"\nkind = \"drug\"\nannounced = 2019-09-01\ncurrency = \"CNY\"\nrules = \"cn-drug-expansion-2019\"\n[limit.x]\nkind = \"winners\"\nmin = \"1\"\n";
    assert_eq!(refused(&ranked.file("tender.toml", notice)), ["E0532 8"]);
    let own = jicai::rules::RuleSet::built_in_text("generic-optimised").unwrap();
    let own = own.replacen("generic-optimised", "own", 1)
        + "\n[limit.two]\nkind = \"winners\"\nmin = \"2\"\ncite = \"clause 1\"\n";
    let rules = |more: &str| {
        let notice = format!(
            "[tender]\nid = \"t\"\ntitle = \"T\"\nkind = \"drug\"\nannounced = 2024-01-01\ncurrency = \"CNY\"\nrules = \"own.toml\"\n{more}"
        );
        three("").file("own.toml", &own).file("tender.toml", &notice)
    };
    is(&rules(""), "A 199, B 1", "201");
    is(&rules("[limit.two]\nkind = \"none\"\n"), "A 200", "200");
}
