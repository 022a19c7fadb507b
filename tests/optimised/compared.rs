//! What prices are compared as, and what is paid: the two are kept apart.

use jicai::text::Language;
use jicai::whatif::Ask;

use super::cases::three;
use super::folder::Folder;

/// The summary of an award, and the row of its limit among what each rule costs: with it, without it, the difference, lots
/// that change.
fn told(folder: &Folder) -> (String, Vec<String>) {
    let written = folder.written();
    let ask = Ask { rule_costs: true, ..Ask::default() };
    let (done, answers) = jicai::evaluate_and_ask(
        written.path(),
        &jicai::read::ReadOptions::default(),
        None,
        &ask,
        &jicai::solve::Effort::default(),
    )
    .unwrap();
    let jicai::Evaluation { award, allocation, savings, warnings } = &done;
    let files = jicai::report::report_with(award, allocation, savings, warnings, &answers, Language::English)
        .unwrap();
    let table = String::from_utf8(files.get("rule_costs.csv").unwrap().to_vec()).unwrap();
    let row = table.lines().find(|line| line.contains(",limit x,")).unwrap();
    let summary = jicai::report::summary(award, allocation, savings, None, warnings, None, Language::English);
    // Lines are broken at 80 columns.
    let summary = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    (summary, row.split(',').skip(2).take(5).map(str::to_owned).collect())
}

#[test]
fn a_margin_of_preference_costs_what_is_paid_more() {
    // B at 2 is compared as 0.8 and paid 2, where A asks 1.
    let (summary, row) =
        told(&three("[limit.x]\nkind = \"preference\"\nmargin = \"0.6\"\nsuppliers = \"B\"\n"));
    assert!(summary.contains("Value of the award: CNY 400.00."), "{summary}");
    assert!(!summary.contains("With fixed costs"), "{summary}");
    assert!(summary.contains("amounts of switching: CNY 160.00."), "{summary}");
    assert_eq!(row, ["400.00", "200.00", "200.00", "1", "1"]);
}

#[test]
fn an_amount_of_switching_that_does_not_bind_costs_nothing() {
    let limit = |amount: &str| {
        three(&format!("[limit.x]\nkind = \"switching\"\nsaves_more_than = \"{amount}\"\n"))
            .file("suppliers.csv", "supplier_id,incumbent\nA,false\nB,true\nC,false\n")
            .file("bids.csv", "lot_id,supplier_id,price,fixed_cost\nL,A,1,10\nL,B,2,\nL,C,4,\n")
    };
    let (summary, row) = told(&limit("100"));
    assert!(summary.contains("With fixed costs: CNY 210.00."), "{summary}");
    assert!(summary.contains("amounts of switching: CNY 310.00."), "{summary}");
    assert_eq!(row, ["210.00", "210.00", "0.00", "1", "0"]);
    let (summary, row) = told(&limit("190"));
    assert!(!summary.contains("switching"), "{summary}");
    assert_eq!(row, ["400.00", "210.00", "190.00", "1", "1"]);
}
