//! Scenarios, what each rule costs, and frontiers, against numbers worked out by hand.

use std::fs;
use std::path::Path;

use jicai::diagnostics::Diagnostics;
use jicai::read::ReadOptions;
use jicai::report::report_with;
use jicai::solve::Effort;
use jicai::text::Language;
use jicai::whatif::{Ask, Scenario};
use jicai::{Evaluation, evaluate_and_ask};

const NOTICE: &str = "[tender]\nid = \"small\"\ntitle = \"Small\"\nkind = \"drug\"\nannounced = 2024-01-01\n\
    currency = \"CNY\"\nrules = \"generic-optimised\"\nsource = \"illustrative: test\"\n[parameters]\n";

/// One lot of 100 units. A offers 60 at 1.00, B all at 1.50, C all at 2.00.
fn tender(parameters: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put("tender.toml", &format!("{NOTICE}{parameters}"));
    put("lots.csv", "lot_id,name,ceiling_price,reference_price\nL,Lot,3.0000,2.5000\n");
    put("bids.csv", "lot_id,supplier_id,price,capacity\nL,A,1.00,60\nL,B,1.50,\nL,C,2.00,\n");
    put("demand.csv", "lot_id,region,volume\nL,R,100\n");
    put("suppliers.csv", "supplier_id,incumbent\nA,false\nB,\nC,true\n");
    folder
}

fn asked(folder: &Path, ask: &Ask) -> Result<(Evaluation, Vec<String>), Diagnostics> {
    let (done, answers) = evaluate_and_ask(folder, &ReadOptions::default(), None, ask, &Effort::default())?;
    let Evaluation { award, allocation, savings, warnings } = &done;
    let files = report_with(award, allocation, savings, warnings, &answers, Language::English)?;
    let table = |name: &str| {
        let bytes = files.get(name).unwrap_or_default();
        String::from_utf8(bytes.to_vec()).unwrap().trim_start_matches('\u{feff}').to_owned()
    };
    let tables = ["scenarios.csv", "rule_costs.csv", "frontier.csv"].map(table).to_vec();
    Ok((done, tables))
}

/// The cell of a row that begins with `row`, by its column.
fn cell(table: &str, row: &str, column: &str) -> String {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let names = |found: &csv::StringRecord| format!("{} {} ", &found[0], &found[1]);
    let found = rows.iter().find(|found| names(found).starts_with(&format!("{row} ")));
    found.unwrap_or_else(|| panic!("{row} is not in {table}"))[at].to_owned()
}

fn named(folder: &Path, name: &str) -> Result<Scenario, Diagnostics> {
    Scenario::named(name, folder, &ReadOptions::default())
}

#[test]
fn standard_scenarios_stand_beside_the_own_award() {
    let folder = tender("max_share = \"0.5\"\n");
    let ask = Ask {
        scenarios: ["cheapest", "status-quo"].map(|name| named(folder.path(), name).unwrap()).to_vec(),
        ..Ask::default()
    };
    let (_, tables) = asked(folder.path(), &ask).unwrap();
    let cost = |name: &str| cell(&tables[0], name, "cost");
    // Half at 1.00 and half at 1.50; 60 at 1.00 and 40 at 1.50; all from the incumbent at 2.00.
    assert_eq!([cost("own"), cost("cheapest"), cost("status-quo")], ["125.00", "120.00", "200.00"]);
    assert_eq!(cell(&tables[0], "status-quo", "saving"), "50.00");
    assert_eq!(cell(&tables[0], "status-quo", "largest_supplier"), "C");
    assert_eq!(cell(&tables[0], "status-quo", "changed_lots"), "L");
    assert_eq!(cell(&tables[0], "own", "lots_changed"), "0");
}

#[test]
fn a_scenario_file_overrides_parameters_by_name() {
    let folder = tender("max_share = \"0.5\"\n");
    fs::create_dir(folder.path().join("scenarios")).unwrap();
    let file = "[scenario]\ntitle = \"One\"\n[parameters]\nmax_suppliers = \"1\"\nmax_share = \"none\"\n";
    fs::write(folder.path().join("scenarios/one.toml"), file).unwrap();
    let ask = Ask { scenarios: vec![named(folder.path(), "one").unwrap()], ..Ask::default() };
    let (_, tables) = asked(folder.path(), &ask).unwrap();
    assert_eq!(cell(&tables[0], "one", "cost"), "150.00");
    assert_eq!(cell(&tables[0], "one", "title"), "One");
}

#[test]
fn faults_of_a_scenario_name_their_place() {
    let folder = tender("");
    let at = |text: &str| {
        let file = folder.path().join("s.toml");
        fs::write(&file, text).unwrap();
        let ask = named(folder.path(), &file.to_string_lossy())
            .map(|scenario| Ask { scenarios: vec![scenario], ..Ask::default() });
        let faults = ask.and_then(|ask| asked(folder.path(), &ask).map(|_| ())).unwrap_err();
        let place = |fault: &jicai::diagnostics::Diagnostic| {
            let place = fault.place.as_ref().map(|place| place.line);
            format!("{} {}", fault.code.id(), place.unwrap_or_default())
        };
        faults.iter().map(place).collect::<Vec<_>>()
    };
    assert_eq!(at("[scenario]\ntitel = \"x\"\n"), ["E0242 2"]);
    assert_eq!(at("[scenario\n"), ["E0241 1"]);
    assert_eq!(at("[parameters]\nmax_suppliers = 2\n"), ["E0243 2"]);
    assert_eq!(at("[parameters]\nmax_supliers = \"2\"\nmax_share = \"x\"\n"), ["E0434 2", "E0410 3"]);
    assert_eq!(at("[scenario]\nname = \"own\"\n"), ["E0244 1"]);
    let code = |faults: Diagnostics| faults.iter().next().unwrap().code.id();
    assert_eq!(code(named(folder.path(), "cheepest").unwrap_err()), "E0240");
    fs::remove_file(folder.path().join("suppliers.csv")).unwrap();
    let ask = Ask { scenarios: vec![named(folder.path(), "status-quo").unwrap()], ..Ask::default() };
    assert_eq!(code(asked(folder.path(), &ask).map(|_| ()).unwrap_err()), "E0245");
}

#[test]
fn a_rule_costs_what_is_saved_without_it_and_nothing_where_it_does_not_bind() {
    let folder = tender("max_share = \"0.5\"\nmax_suppliers = \"3\"\n");
    let (_, tables) = asked(folder.path(), &Ask { rule_costs: true, ..Ask::default() }).unwrap();
    let costs = |row: &str| cell(&tables[1], row, "rule_costs");
    assert_eq!(costs("least-cost max_share"), "5.00");
    assert_eq!(costs("least-cost max_suppliers"), "0.00");
    assert_eq!(costs("price-not-above-ceiling"), "0.00");
    assert_eq!(cell(&tables[1], "least-cost max_share", "changed_lots"), "L");
}

#[test]
fn one_supplier_for_each_region_costs_what_sharing_would_save() {
    let folder = tender("one_supplier_per_region = \"true\"\n");
    fs::write(folder.path().join("demand.csv"), "lot_id,region,volume\nL,R,50\nL,S,50\n").unwrap();
    let (_, tables) = asked(folder.path(), &Ask { rule_costs: true, ..Ask::default() }).unwrap();
    // 50 at 1.00 and 50 at 1.50; without it 60 and 40.
    assert_eq!(cell(&tables[1], "least-cost one_supplier_per_region", "rule_costs"), "5.00");
}

#[test]
fn screens_and_preferences_of_scores_cost_what_they_keep_out() {
    let folder = tender("");
    let notice = fs::read_to_string(folder.path().join("tender.toml")).unwrap();
    let notice = notice.replace("generic-optimised", "generic-price-quality");
    fs::write(folder.path().join("tender.toml"), notice).unwrap();
    // A is far cheaper, but too poor; of the others the local one wins by its margin.
    let bids = "lot_id,supplier_id,price,quality_score,preferred\nL,A,1.00,10,false\nL,B,1.50,80,false\nL,C,1.60,80,true\n";
    fs::write(folder.path().join("bids.csv"), bids).unwrap();
    let (_, tables) = asked(folder.path(), &Ask { rule_costs: true, ..Ask::default() }).unwrap();
    let costs = |row: &str| cell(&tables[1], row, "rule_costs");
    assert_eq!([costs("quality-score-at-least"), costs("preference-margin")], ["60.00", "10.00"]);
}

#[test]
fn to_match_the_lowest_price_saves_what_the_others_ask_more() {
    let folder = tender("");
    let notice = fs::read_to_string(folder.path().join("tender.toml")).unwrap();
    let notice = notice.replace("generic-optimised", "generic-match-the-lowest");
    fs::write(folder.path().join("tender.toml"), notice).unwrap();
    let bids = "lot_id,supplier_id,price,accepts_match\nL,A,1.00,\nL,B,1.50,true\n";
    fs::write(folder.path().join("bids.csv"), bids).unwrap();
    let (_, tables) = asked(folder.path(), &Ask { rule_costs: true, ..Ask::default() }).unwrap();
    // 60 and 40 at 1.00; without it the 40 at 1.50.
    assert_eq!(cell(&tables[1], "match-the-lowest", "rule_costs"), "-20.00");
}

#[test]
fn frontiers_tighten_one_limit_and_ranked_tenders_have_none() {
    let folder = tender("");
    let (_, tables) = asked(folder.path(), &Ask { frontier: true, ..Ask::default() }).unwrap();
    let cost = |row: &str| cell(&tables[2], row, "cost");
    assert_eq!([cost("max_suppliers 1"), cost("max_suppliers 2")], ["150.00", "120.00"]);
    // 40 at 1.00, 40 at 1.50, 20 at 2.00.
    assert_eq!(
        [cost("max_share 1"), cost("max_share 0.5"), cost("max_share 0.4")],
        ["120.00", "125.00", "140.00"]
    );
    assert_eq!(cell(&tables[2], "max_share 0.3", "outcome"), "no_award");
    let notice = fs::read_to_string(folder.path().join("tender.toml")).unwrap();
    let notice = notice.replace("generic-optimised", "cn-drug-expansion-2019");
    fs::write(folder.path().join("tender.toml"), notice).unwrap();
    let faults = asked(folder.path(), &Ask { frontier: true, ..Ask::default() }).map(|_| ()).unwrap_err();
    assert_eq!(faults.iter().next().unwrap().code.id(), "E0246");
}

#[test]
fn a_scenario_states_limits_by_name_and_each_limit_has_its_cost() {
    let folder = tender("[limit.sole]\nkind = \"winners\"\nmax = \"1\"\n");
    fs::create_dir(folder.path().join("scenarios")).unwrap();
    let file = "[limit.sole]\nkind = \"winners\"\nmax = \"2\"\n";
    fs::write(folder.path().join("scenarios/two.toml"), file).unwrap();
    let scenarios = vec![named(folder.path(), "two").unwrap()];
    let (_, tables) = asked(folder.path(), &Ask { scenarios, rule_costs: true, ..Ask::default() }).unwrap();
    assert_eq!(cell(&tables[0], "own", "cost"), "150.00");
    assert_eq!(cell(&tables[0], "two", "cost"), "120.00");
    assert_eq!(cell(&tables[1], "least-cost limit", "rule_costs"), "30.00");
}

/// Decimals compare as numbers: a workbook holds no trailing zeros.
fn as_a_sheet_has_it(cell: &str) -> String {
    match cell.parse::<f64>() {
        Ok(number) => number.to_string(),
        Err(_) => cell.to_owned(),
    }
}

#[test]
fn the_workbook_has_what_each_rule_costs_and_the_frontiers() {
    use calamine::Reader as _;
    let folder = tender("max_share = \"0.5\"\n");
    let ask = Ask { rule_costs: true, frontier: true, ..Ask::default() };
    let (done, answers) =
        evaluate_and_ask(folder.path(), &ReadOptions::default(), None, &ask, &Effort::default()).unwrap();
    let Evaluation { award, allocation, savings, warnings } = &done;
    for (language, names) in
        [(Language::English, ["Rule costs", "Frontier"]), (Language::Chinese, ["规则代价", "前沿"])]
    {
        let files = report_with(award, allocation, savings, warnings, &answers, language).unwrap();
        let bytes = std::io::Cursor::new(files.get("report.xlsx").unwrap().to_vec());
        let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(bytes).unwrap();
        let mut sheet = |name: &str| -> Vec<Vec<String>> {
            let range = book.worksheet_range(name).unwrap();
            range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
        };
        let table = |name: &str| -> Vec<csv::StringRecord> {
            let bytes = files.get(name).unwrap().strip_prefix("\u{feff}".as_bytes()).unwrap();
            csv::Reader::from_reader(bytes).records().map(Result::unwrap).collect()
        };
        let (rules, costs) = (sheet(names[0]), table("rule_costs.csv"));
        assert_eq!(rules.len(), costs.len() + 1);
        // Columns of the table in the order of the sheet, from the cost on.
        for (row, cost) in rules.iter().skip(1).zip(&costs) {
            let expected = [4, 2, 3, 5, 6, 7, 8, 9, 10, 11].map(|at| as_a_sheet_has_it(&cost[at]));
            assert_eq!(row.get(1..11).unwrap(), expected, "{language:?}");
        }
        let (points, frontier) = (sheet(names[1]), table("frontier.csv"));
        assert_eq!(points.len(), frontier.len() + 1);
        for (row, point) in points.iter().skip(1).zip(&frontier) {
            let limit = as_a_sheet_has_it(&point[1]);
            let limits =
                if &point[0] == "max_suppliers" { [limit, String::new()] } else { [String::new(), limit] };
            let expected = [5, 4, 6, 7, 8].map(|at| as_a_sheet_has_it(&point[at]));
            assert_eq!((row.get(..2).unwrap(), row.get(3..8).unwrap()), (&limits[..], &expected[..]));
        }
        let wrong = as_a_sheet_has_it(&frontier[0][5]) != points[2][3] || points.len() < 3;
        assert!(wrong, "two points of different cost are told apart");
    }
}

#[test]
fn the_terminal_shows_scenarios_and_the_costs_of_rules_side_by_side() {
    let folder = tender("max_share = \"0.5\"\n");
    let shown = |ask: &Ask, language: Language| {
        let (done, answers) =
            evaluate_and_ask(folder.path(), &ReadOptions::default(), None, ask, &Effort::default()).unwrap();
        let Evaluation { award, allocation, savings, .. } = &done;
        jicai::report::answers(award, allocation, savings, &answers, "out", language).unwrap()
    };
    let scenarios = ["cheapest", "status-quo"].map(|name| named(folder.path(), name).unwrap()).to_vec();
    let ask = Ask { scenarios, rule_costs: true, ..Ask::default() };
    let english = shown(&ask, Language::English).unwrap();
    let lines: Vec<String> =
        english.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "The rule set's own award 125.00 50.0% 60.0% 1/1 0",
        "Cheapest without limits 120.00 -4.0% 52.0% 50.0% 1/1 1",
        "Status quo: incumbents only 200.00 60.0% 20.0% 100.0% 1/1 1",
        "parameter max_share 0.5 5.00 1",
        "Written: out",
    ] {
        assert!(lines.iter().any(|own| own == line), "{line}\n{english}");
    }
    assert!(english.lines().all(|line| line.chars().count() <= 80), "{english}");
    assert!(shown(&ask, Language::Chinese).unwrap().contains("参数 max_share 0.5"));
    assert_eq!(shown(&Ask::default(), Language::English), None);
}
