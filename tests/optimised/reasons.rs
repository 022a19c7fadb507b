//! The last step of every bid says whether the award takes it, and what the lot then costs.

use jicai::read::ReadOptions;
use jicai::text::Language;
use serde_json::Value;

use super::folder::{Folder, report};

/// Every bid with its last step: rule, verdict, and the numbers compared.
fn last_steps(folder: &Folder) -> Vec<String> {
    let written = folder.written();
    let evaluation = jicai::evaluate(written.path(), &ReadOptions::default()).unwrap();
    let files = report(&evaluation);
    let (_, bytes) = files.iter().find(|(name, _)| name == "award.json").unwrap();
    let award: Value = serde_json::from_slice(bytes).unwrap();
    let bids = award["lots"].as_array().unwrap().iter().flat_map(|lot| lot["bids"].as_array().unwrap());
    bids.map(|bid| {
        let step = bid["reasons"].as_array().unwrap().last().unwrap();
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        let facts: Vec<String> = step["facts"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name} {}", word(value)))
            .collect();
        format!(
            "{} {} {}: {}",
            word(&bid["bid_id"]),
            word(&step["rule"]),
            word(&step["verdict"]),
            facts.join(", ")
        )
    })
    .collect()
}

fn lot(bids: &str) -> Folder {
    Folder::new()
        .file("lots.csv", "lot_id,ceiling_price\nL,9\n")
        .file("demand.csv", "lot_id,region,volume\nL,R,100\n")
        .file("bids.csv", &format!("lot_id,supplier_id,price,capacity\n{bids}"))
}

#[test]
fn a_loser_is_told_that_the_cheapest_award_does_without_it() {
    let told = last_steps(&lot("L,A,1,60\nL,B,2,\nL,C,3,\nL,D,10,\n"));
    assert_eq!(
        told,
        [
            "L/A least-cost pass: award_cost 140.00",
            "L/B least-cost pass: award_cost 140.00",
            "L/C least-cost fail: award_cost 140.00",
            "L/D price-not-above-ceiling fail: ceiling_price 9.0000, price 10.0000",
        ]
    );
}

#[test]
fn where_a_draw_decides_no_bid_is_told_that_it_lost() {
    let told = last_steps(&lot("L,A,1,\nL,B,1,\nL,C,3,\n"));
    assert_eq!(
        told,
        [
            "L/A least-cost not_applicable: award_cost 100.00",
            "L/B least-cost not_applicable: award_cost 100.00",
            "L/C least-cost fail: award_cost 100.00",
        ]
    );
}

#[test]
fn without_an_award_there_is_no_such_step() {
    let told = last_steps(&lot("L,A,1,60\n"));
    assert_eq!(told, ["L/A price-not-above-ceiling pass: ceiling_price 9.0000, price 1.0000"]);
}

#[test]
fn the_page_says_so_in_both_languages() {
    let written = lot("L,A,1,\nL,C,3,\n").written();
    let evaluation = jicai::evaluate(written.path(), &ReadOptions::default()).unwrap();
    let said = [
        (
            Language::English,
            "the cheapest award does without this bid; the lot costs 100.00 as prices are compared",
        ),
        (Language::Chinese, "费用最低的方案不含该申报；按可比价计，该采购单元费用为 100.00"),
    ];
    for (language, said) in said {
        let jicai::Evaluation { award, allocation, savings, warnings } = &evaluation;
        let files = jicai::report::report(award, allocation, savings, warnings, language).unwrap();
        let page = files.iter().find(|(name, _)| *name == "report.html").unwrap().1;
        assert!(String::from_utf8_lossy(page).contains(said), "{said}");
    }
}

#[test]
fn the_report_lists_the_limits_with_their_clauses() {
    let limits = "[limit.few]\nkind = \"winners\"\nmin = \"1\"\nmax = \"2\"\ncite = \"clause 4.2\"\n\
        [limit.new]\nkind = \"class-share\"\nclass = \"new-entrant\"\nmin = \"0.1\"\nof = \"value\"\neach = \"tender\"\n";
    let folder = lot("L,A,1,\nL,C,3,\n")
        .notice(limits)
        .file("suppliers.csv", "supplier_id,incumbent\nA,false\nC,true\n");
    let written = folder.written();
    let evaluation = jicai::evaluate(written.path(), &ReadOptions::default()).unwrap();
    let files = report(&evaluation);
    let (_, bytes) = files.iter().find(|(name, _)| name == "report.html").unwrap();
    let page = String::from_utf8_lossy(bytes);
    let rows: Vec<&str> =
        page.split("<table class=\"limits\">").nth(1).unwrap().split("<tr>").skip(2).collect();
    assert!(
        rows[0].contains("limit few: number of winners &gt;= 1, &lt;= 2</th><td>each lot by itself</td>"),
        "{}",
        rows[0]
    );
    assert!(
        rows[1].contains(
            "limit new: share of a class &gt;= 10%</th><td>of what is paid, class new-entrant, its lots together</td><td>—</td>"
        ),
        "{}",
        rows[1]
    );
    let number = rows[0].split("href=\"#").nth(1).unwrap().split('"').next().unwrap();
    let source = page.split(&format!("<li id=\"{number}\">")).nth(1).unwrap();
    assert!(source.starts_with("clause 4.2</li>"), "{number}");
}
