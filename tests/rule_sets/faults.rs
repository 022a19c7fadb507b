//! Faults of a file: each is refused where it stands.

use jicai::money::Ratio;
use jicai::tender::VolumeClass;
use jicai::text::Language;

use crate::small::{WHOLE, broken, codes, faults, line, load};

#[test]
fn faults_of_form_are_refused_where_they_stand() {
    assert_eq!(faults(&broken("title = \"Small\"", "title = Small")), [("E0401", line("title ="), 9)]);
    assert_eq!(faults(&broken("title_zh", "title_cn")), [("E0405", 2, 2), ("E0404", line("title_zh"), 1)]);
    let near = load(&broken("value = \"1.7\"", "valeu = \"1.7\"")).unwrap_err();
    assert!(near.iter().any(|fault| fault.help(Language::English).contains("did you mean value?")));
    assert_eq!(faults(&broken("\"1.7\"", "1.7")), [("E0406", line("\"1.7\""), 9)]);
    assert_eq!(faults(&broken("\"1.7\"", "\"1,7\"")), [("E0410", line("\"1.7\""), 9)]);
    assert_eq!(faults(&broken("\"1.7\"", "\"0\"")), [("E0410", line("\"1.7\""), 9)]);
    assert_eq!(codes(&broken("\"half_up 4\"", "\"half_up 11\"")), ["E0410"]);
    assert_eq!(codes(&broken("\"half_up 4\"", "\"nearest 4\"")), ["E0410"]);
    assert_eq!(codes(&broken("value = \"0.5\"", "value = \"1.1\"")), ["E0411"]);
    assert_eq!(codes(&broken("value = \"0.5\"", "value = \"1\"")), [""; 0]);
    assert_eq!(codes(&broken("unit = \"ratio\"", "unit = \"factor\"")), ["E0409"]);
    assert_eq!(codes(&broken("in_force = 2020-01-01", "in_force = \"2020-01-01\"")), ["E0408"]);
    assert_eq!(codes(&broken("\"merge\"", "\"keep\"")), ["E0409"]);
    assert_eq!(
        codes(&broken(
            "\"none\"\nunit = \"list\"",
            "\"earlier_approval, earlier_approval\"\nunit = \"list\""
        )),
        ["E0409"]
    );
    assert_eq!(
        codes(&broken("with = { counted = \"counted\" }", "with = \"counted\"")),
        ["E0422", "E0426", "E0407"]
    );
}

#[test]
fn a_missing_citation_or_status_is_refused_everywhere() {
    let places = WHOLE.match_indices("\ncite = \"c\"").map(|(at, _)| at);
    for at in places {
        let mut text = WHOLE.to_owned();
        text.replace_range(at..at + "\ncite = \"c\"".len(), "");
        assert!(codes(&text).contains(&"E0405"), "{:?}", &WHOLE[at - 60..at]);
    }
    for (at, status) in WHOLE.match_indices("\nstatus = \"verified\"") {
        let mut text = WHOLE.to_owned();
        text.replace_range(at..at + status.len(), "");
        assert!(codes(&text).contains(&"E0405"), "{:?}", &WHOLE[at - 60..at]);
    }
    assert!(codes(&broken("cite = \"c\"", "cite = \" \"")).contains(&"E0405"));
    assert!(codes(&broken("\"verified\"", "\"checked\"")).contains(&"E0409"));
}

#[test]
fn tables_without_one_value_for_each_count_are_refused() {
    let rows = |rows: &str| codes(&broken("1 = \"1\"\n2 = \"2\"\n\"3+\" = \"2\"", rows));
    assert_eq!(rows("1 = \"1\"\n2 = \"2\"\n\"3+\" = \"2\""), [""; 0]);
    assert_eq!(rows("\"1+\" = \"1\""), [""; 0]);
    assert_eq!(rows("1 = \"1\"\n\"3+\" = \"2\""), ["E0416"]);
    assert_eq!(rows("2 = \"1\"\n\"3+\" = \"2\""), ["E0416"]);
    assert_eq!(rows("1 = \"1\"\n\"2+\" = \"2\"\n3 = \"2\""), ["E0417"]);
    assert_eq!(rows("1 = \"1\"\n2 = \"2\"\n\"2+\" = \"2\""), ["E0417"]);
    assert_eq!(rows("1 = \"1\"\n2 = \"2\""), ["E0418"]);
    assert_eq!(rows("1 = \"1\"\n2 = \"3\"\n\"3+\" = \"3\""), ["E0419"]);
    assert_eq!(rows("1 = \"1\"\n2 = \"2\"\n\"3+\" = \"1\""), ["E0420"]);
    assert_eq!(rows("0 = \"0\"\n1 = \"1\"\n\"2+\" = \"2\""), ["E0415"]);
    assert_eq!(rows("01 = \"1\"\n1 = \"1\"\n\"2+\" = \"2\""), ["E0415"]);
    assert_eq!(rows("1 = \"one\"\n\"2+\" = \"2\""), ["E0410"]);
    assert_eq!(rows("1 = 1\n\"2+\" = \"2\""), ["E0406", "E0416"]);
    assert_eq!(codes(&broken("unit = \"places\"", "unit = \"price\"")), ["E0409"]);
    assert_eq!(
        faults(&broken("1 = \"1\"\n2 = \"2\"", "1 = \"1\"\n2 = \"3\"")),
        [("E0419", line("2 = \"2\""), 5), ("E0420", line("\"3+\""), 8)]
    );
}

#[test]
fn a_share_table_is_checked_too() {
    let table = "[table.share]\nunit = \"share\"\ncite = \"c\"\nstatus = \"verified\"\n[table.share.rows]\n1 = \"0.5\"\n\"2+\" = \"SHARE\"\n";
    let start = WHOLE.find("[parameter.share]").unwrap();
    let end = WHOLE.find("[parameter.picks]").unwrap();
    let with = |share: &str| {
        let mut text = WHOLE.to_owned();
        text.replace_range(start..end, &table.replace("SHARE", share));
        text
    };
    let set = load(&with("0.6")).unwrap();
    let share = set.agreed_share.unwrap().rule;
    assert_eq!(share.share(VolumeClass::Ordinary, 3), Some(Ratio::parse("0.6").unwrap()));
    assert_eq!(share.share(VolumeClass::Restricted, 3), None);
    assert_eq!(codes(&with("1.01")), ["E0411"]);
    assert_eq!(codes(&format!("{table}{WHOLE}").replace("SHARE", "0.6")), ["E0421"]);
}

#[test]
fn arguments_must_be_known_complete_and_of_the_right_unit() {
    let with = |with: &str| codes(&broken("with = { priority_picks = \"picks\" }", with));
    assert_eq!(with("with = { priority_picks = \"picks\", more = \"picks\" }"), ["E0425"]);
    assert_eq!(with(""), ["E0422", "E0426"]);
    assert_eq!(with("with = { priority_picks = \"pick\" }"), ["E0422", "E0427"]);
    assert_eq!(with("with = { priority_picks = \"places\" }"), ["E0422", "E0428"]);
    assert_eq!(with("with = { priority_picks = \"base\" }"), ["E0422", "E0429"]);
    assert_eq!(codes(&broken("places = \"places\" }", "places = \"picks\" }")), ["E0422", "E0429"]);
    assert_eq!(
        codes(&broken("[table.places]", "[table.place]").replace("table.places.rows", "table.place.rows")),
        ["E0422", "E0427"]
    );
    assert_eq!(
        codes(&broken("priority_picks = \"picks\"", "priority_picks = 1")),
        ["E0422", "E0426", "E0406"]
    );
}

#[test]
fn a_set_of_rules_must_be_whole_and_without_conflict() {
    let rule = |id: &str, rest: &str| {
        format!("{WHOLE}\n[[rule]]\nuse = \"{id}\"\n{rest}cite = \"c\"\nstatus = \"verified\"\n")
    };
    assert_eq!(codes(&rule("usable-prise", "")), ["E0423"]);
    assert_eq!(codes(&rule("usable-price", "")), ["E0424"]);
    assert_eq!(codes(&rule("usable-price", "any = \"x\"\n")), ["E0424", "E0430"]);
    assert_eq!(
        codes(&rule("volume-at-least-cost", "with = { rounding = \"steps\" }\n")),
        ["E0432", "E0433", "E0433"]
    );
    let without = |id: &str| {
        let start = WHOLE.find(&format!("[[rule]]\nuse = \"{id}\"")).unwrap();
        let end = WHOLE[start + 1..].find("[[rule]]").map_or(WHOLE.len(), |at| start + 1 + at);
        let mut text = WHOLE.to_owned();
        text.replace_range(start..end, "");
        codes(&text)
    };
    assert_eq!(without("usable-price"), ["E0431"]);
    assert_eq!(without("savings-against-baselines"), ["E0431"]);
    assert_eq!(without("comparable-price"), ["E0431", "E0422"]);
    assert_eq!(without("places-by-bidders"), ["E0422", "E0432"]);
    assert_eq!(without("rank-by-comparable-price"), ["E0431", "E0422", "E0432"]);
    assert_eq!(without("agreed-share-by-winners"), ["E0422", "E0432"]);
    assert_eq!(without("regions-by-draft"), ["E0431", "E0422"]);
}
