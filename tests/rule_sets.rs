//! Rule sets: the built-in ones load, and each fault of a file is refused with its place.

use std::collections::BTreeMap;

use jicai::diagnostics::Diagnostics;
use jicai::money::{Ratio, Rounding};
use jicai::rules::{AllocationRule, AwardRule, RuleSet, Status};
use jicai::tender::{Date, VolumeClass};
use jicai::text::Language;

/// A whole rule set, small enough to be broken in one place at a time.
const WHOLE: &str = r#"
[ruleset]
id = "small"
in_force = 2020-01-01
title = "Small"
title_zh = "小"
cite = "none"

[parameter.base]
value = "1.7"
unit = "ratio"
cite = "c"
status = "verified"

[parameter.steps]
value = "half_up 4"
unit = "rounding"
cite = "c"
status = "unverified"

[parameter.treatment]
value = "merge"
unit = "choice"
cite = "c"
status = "verified"

[parameter.counted]
value = "filed"
unit = "choice"
cite = "c"
status = "verified"

[parameter.keys]
value = "none"
unit = "list"
cite = "c"
status = "verified"

[parameter.share]
value = "0.5"
unit = "share"
cite = "c"
status = "verified"

[parameter.picks]
value = "1"
unit = "count"
cite = "c"
status = "verified"

[table.places]
unit = "places"
cite = "c"
status = "verified"

[table.places.rows]
1 = "1"
2 = "2"
"3+" = "2"

[[rule]]
use = "comparable-price"
with = { content_base = "base", fill_base = "base", pack_base = "base", rounding = "steps" }
cite = "c"
status = "verified"

[[rule]]
use = "related-bids-count-once"
with = { treatment = "treatment" }
cite = "c"
status = "verified"

[[rule]]
use = "bidders-counted"
with = { counted = "counted" }
cite = "c"
status = "verified"

[[rule]]
use = "usable-price"
cite = "c"
status = "verified"

[[rule]]
use = "rank-by-comparable-price"
with = { tie_break = "keys" }
cite = "c"
status = "verified"

[[rule]]
use = "places-by-bidders"
with = { places = "places" }
cite = "c"
status = "verified"

[[rule]]
use = "agreed-share-by-winners"
with = { ordinary = "share", rounding = "steps" }
cite = "c"
status = "verified"

[[rule]]
use = "regions-by-draft"
with = { priority_picks = "picks" }
cite = "c"
status = "verified"

[[rule]]
use = "savings-against-baselines"
with = { rounding = "steps", money_rounding = "steps" }
cite = "c"
status = "unverified"
"#;

fn day(text: &str) -> Option<Date> {
    Some(Date::parse(text).unwrap())
}

fn overrides(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn load(text: &str) -> Result<RuleSet, Diagnostics> {
    RuleSet::from_toml("small.toml", text, day("2020-06-01"), &BTreeMap::new())
}

/// `WHOLE` with the only (or the first) `from` replaced.
fn broken(from: &str, to: &str) -> String {
    assert!(WHOLE.contains(from), "{from}");
    WHOLE.replacen(from, to, 1)
}

/// Code, line and column of each fault.
fn faults(text: &str) -> Vec<(&'static str, usize, usize)> {
    let Err(found) = load(text) else { return Vec::new() };
    found
        .iter()
        .map(|fault| {
            for language in Language::ALL {
                for sentence in [fault.message(language), fault.help(language)] {
                    assert!(!sentence.contains(['{', '⟦']), "{}: {sentence}", fault.code.id());
                }
            }
            let place = fault.place.as_ref().unwrap();
            assert_eq!(&*place.file, "small.toml");
            (fault.code.id(), place.line, place.column)
        })
        .collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    faults(text).into_iter().map(|(code, _, _)| code).collect()
}

/// The line of `WHOLE` on which `text` first stands.
fn line(text: &str) -> usize {
    WHOLE.lines().position(|line| line.contains(text)).unwrap() + 1
}

#[test]
fn every_built_in_rule_set_loads() {
    let ids: Vec<&str> = RuleSet::built_in_ids().collect();
    assert_eq!(
        ids,
        [
            "alliance-composite-score",
            "alliance-iol-2020",
            "cn-drug-4plus7-2018",
            "cn-drug-expansion-2019",
            "cn-drug-fujian-2023",
            "cn-drug-round-10",
            "cn-drug-round-11",
            "cn-drug-round-12",
            "cn-drug-round-2",
            "cn-drug-round-3",
            "cn-drug-round-4",
            "cn-drug-round-5",
            "cn-drug-round-7",
            "cn-drug-round-8",
            "cn-drug-round-9",
            "cn-insulin-2021",
            "cn-insulin-2024",
            "cn-joints-2021",
            "cn-spine-2022",
            "cn-stents-2020",
            "cn-stents-2022",
            "generic-cheapest-first-by-capacity",
            "generic-gdf-rank-bands",
            "generic-lowest-price-single",
            "generic-lowest-price-split",
            "generic-match-the-lowest",
            "generic-optimised",
            "generic-price-quality",
            "generic-price-quality-banded",
            "generic-price-quality-linear",
            "generic-za-80-20",
            "generic-za-90-10",
        ]
    );
    for id in ids {
        let set = RuleSet::built_in(id, None, &BTreeMap::new()).unwrap();
        assert_eq!(set.id, id);
        assert_eq!(set.sha256.len(), 64);
        assert!(set.unverified().is_sorted());
        for parameter in &set.parameters {
            let listed = set.unverified().contains(&parameter.name);
            assert_eq!(listed, parameter.status == Status::Unverified, "{id} {}", parameter.name);
        }
    }
    assert_eq!(RuleSet::built_in("generic-optimised", None, &BTreeMap::new()).unwrap().unverified(), [""; 0]);
}

#[test]
fn an_unknown_rule_set_is_refused_with_the_nearest_name() {
    let found = RuleSet::built_in("cn-drug-round2", None, &BTreeMap::new()).unwrap_err();
    let fault = found.iter().next().unwrap();
    assert_eq!(fault.code.id(), "E0402");
    assert!(fault.help(Language::English).contains("cn-drug-round-2"));
}

fn places(set: &RuleSet, bidders: impl IntoIterator<Item = u32>) -> Vec<Option<u32>> {
    let AwardRule::Ranked { places, .. } = &set.award else { return Vec::new() };
    bidders.into_iter().map(|bidders| places.rule.places(bidders)).collect()
}

#[test]
fn the_published_tables_are_as_published() {
    let of = |id: &str| RuleSet::built_in(id, None, &BTreeMap::new()).unwrap();
    let some = |values: &[u32]| -> Vec<Option<u32>> { values.iter().copied().map(Some).collect() };
    assert_eq!(places(&of("cn-drug-4plus7-2018"), 1..=4), some(&[1, 1, 1, 1]));
    assert_eq!(places(&of("cn-drug-expansion-2019"), 1..=6), some(&[1, 2, 3, 3, 3, 3]));
    assert_eq!(places(&of("cn-drug-round-2"), 1..=12), some(&[1, 2, 2, 3, 4, 4, 5, 5, 6, 6, 6, 6]));
    let fourth = of("cn-drug-round-4");
    assert_eq!(places(&fourth, 1..=16), some(&[1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10, 10, 10, 10]));
    assert_eq!(places(&fourth, [0]), [None]);
    for id in ["cn-drug-round-5", "cn-drug-round-7", "cn-drug-round-8", "cn-drug-round-9"] {
        assert_eq!(places(&of(id), 1..=16), places(&fourth, 1..=16), "{id}");
    }
    assert_eq!(places(&of("cn-drug-round-3"), [8, 9, 10, 11, 99]), some(&[6, 7, 8, 8, 8]));
    for id in ["cn-drug-round-10", "cn-drug-round-11", "cn-drug-round-12"] {
        let table = some(&[1, 2, 2, 3, 3, 3, 4, 5, 6, 6, 7, 8, 8, 9, 9, 10, 10]);
        assert_eq!(places(&of(id), 1..=17), table, "{id}");
    }
    let until = |id: &str| of(id).term_until.unwrap().rule.until.to_string();
    assert_eq!(
        ["8", "9", "10", "11"].map(|round| until(&format!("cn-drug-round-{round}"))),
        ["2025-12-31", "2027-12-31", "2027-12-31", "2028-12-31"]
    );
    assert_eq!(places(&of("cn-stents-2020"), [1, 9, 10, 11, 26]), some(&[1, 9, 10, 10, 10]));
    let share = fourth.agreed_share.unwrap().rule;
    let shares = |class| [1, 2, 3, 4, 9].map(|winners| share.share(class, winners).unwrap().to_string());
    assert_eq!(shares(VolumeClass::Ordinary), ["0.5", "0.6", "0.7", "0.8", "0.8"]);
    assert_eq!(shares(VolumeClass::Restricted), ["0.4", "0.5", "0.6", "0.7", "0.7"]);
    assert_eq!(
        [1, 2, 3, 4].map(|winners| fourth.term.as_ref().unwrap().rule.years(winners)),
        [1, 1, 2, 3].map(Some)
    );
    assert_eq!(
        [1, 2, 3, 4].map(|winners| of("cn-drug-round-2").term.unwrap().rule.years(winners)),
        [1, 2, 2, 3].map(Some)
    );
}

#[test]
fn a_whole_rule_set_is_typed() {
    let set = load(WHOLE).unwrap();
    assert_eq!(set.comparable_price.rule.content_base, Ratio::parse("1.7").unwrap());
    assert_eq!(set.savings.rule.rounding, Rounding::half_up(4));
    assert_eq!(set.savings.rule.money_rounding, Rounding::half_up(4));
    assert_eq!(set.unverified(), ["savings-against-baselines", "steps"]);
    assert!(
        matches!(&set.allocation, AllocationRule::Draft(draft) if draft.rule.turns(2, 5) == [0, 0, 1, 0, 1])
    );
    let text = broken(
        "[[rule]]\nuse = \"usable-price\"",
        "[[rule]]\nuse = \"price-not-above-ceiling\"\ncite = \"c\"\nstatus = \"verified\"\n\n[[rule]]\nuse = \"usable-price\"",
    );
    assert!(load(&text).unwrap().ceiling.is_some());
}

#[test]
fn overrides_are_shown_checked_and_must_have_a_parameter() {
    let with = |pairs: &[(&str, &str)]| RuleSet::from_toml("small.toml", WHOLE, None, &overrides(pairs));
    let set = with(&[("share", "0.6"), ("counted", "valid")]).unwrap();
    let shown: Vec<_> = set
        .overrides()
        .map(|parameter| {
            (parameter.name.as_str(), parameter.value.as_str(), parameter.overridden_from.as_deref())
        })
        .collect();
    assert_eq!(shown, [("counted", "valid", Some("filed")), ("share", "0.6", Some("0.5"))]);
    let codes = |pairs: &[(&str, &str)]| -> Vec<(&str, String)> {
        let found = with(pairs).unwrap_err();
        found.iter().map(|fault| (fault.code.id(), fault.place.as_ref().unwrap().file.to_string())).collect()
    };
    let tender = || "tender.toml".to_owned();
    assert_eq!(codes(&[("shar", "0.6")]), [("E0434", tender())]);
    assert_eq!(codes(&[("share", "60%")]), [("E0410", tender())]);
    assert_eq!(codes(&[("share", "60")]), [("E0411", tender())]);
    assert_eq!(codes(&[("share", "none")]), [("E0410", tender())]);
    assert_eq!(codes(&[("counted", "all")]), [("E0409", tender())]);
    assert_eq!(codes(&[("base", "0")]), [("E0410", tender())]);
    let limits = overrides(&[("max_suppliers", "15"), ("max_share", "0.4")]);
    let set = RuleSet::built_in("generic-optimised", None, &limits).unwrap();
    let AwardRule::LeastCost { limits } = set.award else { panic!("not least cost") };
    assert_eq!((limits.rule.min_suppliers, limits.rule.max_suppliers), (None, Some(15)));
    assert_eq!(limits.rule.max_share, Some(Ratio::parse("0.4").unwrap()));
    let cap = overrides(&[("max_winners", "7")]);
    assert_eq!(
        places(&RuleSet::built_in("cn-stents-2020", None, &cap).unwrap(), [6, 7, 9]),
        [6, 7, 7].map(Some)
    );
}

#[test]
fn a_rule_set_knows_the_days_on_which_it_is_in_force() {
    let on = |text: &str, announced| {
        let announced = day(announced);
        let set = RuleSet::from_toml("small.toml", text, announced, &BTreeMap::new()).unwrap();
        set.is_in_force(announced.unwrap())
    };
    assert!(!on(WHOLE, "2019-12-31"));
    assert!(on(WHOLE, "2020-01-01"));
    let ends = broken("in_force = 2020-01-01", "in_force = 2020-01-01\nuntil = 2020-12-31");
    assert!(on(&ends, "2020-12-31"));
    assert!(!on(&ends, "2021-01-01"));
    let backwards = broken("in_force = 2020-01-01", "in_force = 2020-01-01\nuntil = 2019-12-31");
    let found = RuleSet::from_toml("small.toml", &backwards, day("2020-01-01"), &BTreeMap::new());
    let codes: Vec<_> = found.unwrap_err().iter().map(|fault| fault.code.id()).collect();
    assert_eq!(codes, ["E0412"]);
}

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

#[test]
fn tests_of_one_group_stand_together() {
    let test = |price: &str, any: &str| {
        format!(
            "\n[parameter.p{price}]\nvalue = \"{price}\"\nunit = \"price\"\ncite = \"c\"\nstatus = \"verified\"\n\n[[rule]]\nuse = \"price-at-most\"\nwith = {{ price = \"p{price}\" }}\n{any}cite = \"c\"\nstatus = \"verified\"\n"
        )
    };
    let any = "any = \"low\"\n";
    let text = format!("{WHOLE}{}{}{}", test("1", any), test("4", ""), test("3", any));
    let AwardRule::Ranked { tests, .. } = load(&text).unwrap().award else { panic!("not ranked") };
    let groups: Vec<_> = tests.iter().map(|group| (group.name.as_deref(), group.tests.len())).collect();
    assert_eq!(groups, [(Some("low"), 2), (None, 1)]);
}

#[test]
fn tests_that_contradict_each_other_are_refused_with_both_citations() {
    let test = |price: &str, any: &str, cite: &str| {
        let parameter = format!("p{}{}", price, cite.len());
        format!(
            "\n[parameter.{parameter}]\nvalue = \"{price}\"\nunit = \"price\"\ncite = \"c\"\nstatus = \"verified\"\n\n[[rule]]\nuse = \"price-at-most\"\nwith = {{ price = \"{parameter}\" }}\n{any}cite = \"{cite}\"\nstatus = \"verified\"\n"
        )
    };
    let (low, other) = ("any = \"low\"\n", "any = \"other\"\n");
    let set = |one: &str, another: &str| format!("{WHOLE}{one}{another}");
    // A bid of 1.5 would pass the second and fail the first.
    let limits = set(&test("1", "", "Clause 12"), &test("2", "", "Notice 7 of May"));
    let swapped = set(&test("2", "", "Notice 7 of May"), &test("1", "", "Clause 12"));
    for text in [&limits, &swapped] {
        let found = load(text).unwrap_err();
        let said = jicai::diagnostics::plain(&found, Language::English, false);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("E0436") && said.contains("(Clause 12)"), "{said}");
        assert!(said.contains("(Notice 7 of May)"), "{said}");
    }
    assert_eq!(codes(&set(&test("1", "", "c1"), &test("1", "", "other"))), ["E0424"]);
    // The group lets a bid above 1 win by another test; the test that stands alone bars it.
    assert_eq!(codes(&set(&test("1", "", "c1"), &test("1", low, "other"))), ["E0437"]);
    assert_eq!(codes(&set(&test("2", low, "c1"), &test("1", "", "other"))), ["E0437"]);
    // A wider limit alone leaves the group its say, and two groups are two questions.
    assert!(load(&set(&test("2", "", "c1"), &test("1", low, "other"))).is_ok());
    assert!(load(&set(&test("1", low, "c1"), &test("2", other, "other"))).is_ok());
}

#[test]
fn shares_by_class_are_four_and_keep_at_most_the_whole() {
    let insulin = RuleSet::built_in_text("cn-insulin-2021").unwrap();
    let refused = |old: &str, new: &str| {
        assert!(insulin.contains(old));
        let found = load(&insulin.replace(old, new)).unwrap_err();
        found.iter().map(|fault| fault.code.id()).collect::<Vec<_>>()
    };
    assert_eq!(refused("\"1, 1, 0.8, 0.5\"", "\"1, 1, 0.8\""), ["E0410"]);
    assert_eq!(refused("\"0, 0, 0, 0.3\"", "\"0, 0, 0, 0.51\""), ["E0410"]);
    assert_eq!(refused("\"1, 1, 0.8, 0.5\"", "\"1, 1, 0.8, 1.5\""), ["E0411"]);
    assert!(load(&insulin.replace("\"0, 0, 0, 0.3\"", "\"0, 0, 0.2, 0.5\"")).is_ok());
}

#[test]
fn a_guarantee_and_a_cut_that_every_winner_must_reach_contradict_each_other() {
    let spine = RuleSet::built_in_text("cn-spine-2022").unwrap();
    let with = |cut: &str, any: &str| {
        format!(
            "{spine}\n[parameter.least]\nvalue = \"{cut}\"\nunit = \"share\"\ncite = \"c\"\nstatus = \"verified\"\n\n[[rule]]\nuse = \"cut-from-ceiling-at-least\"\nwith = {{ cut = \"least\", rounding = \"cut_rounding\" }}\n{any}cite = \"Clause 9\"\nstatus = \"verified\"\n"
        )
    };
    let found = load(&with("0.61", "")).unwrap_err();
    let said = jicai::diagnostics::plain(&found, Language::English, false);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("E0460") && said.contains("Clause 9") && said.contains("40 % of the ceiling"),
        "{said}"
    );
    // The same cut, a smaller one, or one of several tests leaves the guarantee its say.
    for text in [with("0.6", ""), with("0.5", ""), with("0.61", "any = \"low\"\n")] {
        assert!(load(&text).is_ok());
    }
}

#[test]
fn histories_are_chosen_by_day_and_must_cover_every_day_once() {
    let entry = |from: &str, until: &str, value: &str| {
        let until = if until.is_empty() { String::new() } else { format!(", until = {until}") };
        format!("{{ from = {from}{until}, value = \"{value}\", cite = \"c\", status = \"verified\" }}")
    };
    let with = |entries: &[String]| {
        broken(
            "value = \"0.5\"\nunit = \"share\"\ncite = \"c\"\nstatus = \"verified\"",
            &format!("unit = \"share\"\nhistory = [{}]", entries.join(", ")),
        )
    };
    let good = with(&[entry("2019-01-01", "2020-05-31", "0.5"), entry("2020-06-01", "", "0.6")]);
    let share = |announced| {
        let set = RuleSet::from_toml("small.toml", &good, day(announced), &BTreeMap::new()).unwrap();
        set.agreed_share.unwrap().rule.share(VolumeClass::Ordinary, 1).unwrap().to_string()
    };
    assert_eq!([share("2020-05-31"), share("2020-06-01"), share("2030-01-01")], ["0.5", "0.6", "0.6"]);
    // Order of writing does not matter.
    assert_eq!(
        codes(&with(&[entry("2020-06-01", "", "0.6"), entry("2019-01-01", "2020-05-31", "0.5")])),
        [""; 0]
    );
    let hole = with(&[entry("2020-01-01", "2020-05-30", "0.5"), entry("2020-06-01", "", "0.6")]);
    assert_eq!(codes(&hole), ["E0413"]);
    let overlap = with(&[entry("2020-01-01", "2020-06-01", "0.5"), entry("2020-06-01", "", "0.6")]);
    assert_eq!(codes(&overlap), ["E0414"]);
    assert_eq!(codes(&with(&[entry("2020-01-01", "", "0.5"), entry("2020-06-01", "", "0.6")])), ["E0414"]);
    assert_eq!(codes(&with(&[entry("2020-01-02", "", "0.5")])), ["E0413"]);
    assert_eq!(codes(&with(&[entry("2020-01-01", "2020-12-31", "0.5")])), ["E0413"]);
    assert_eq!(
        codes(&with(&[entry("2020-01-01", "2019-12-31", "0.5"), entry("2020-01-01", "", "0.6")])),
        ["E0412"]
    );
    assert_eq!(
        codes(&with(&[entry("2019-01-01", "2020-05-31", "5"), entry("2020-06-01", "", "0.6")])),
        ["E0411"]
    );
    assert_eq!(codes(&with(&[])), ["E0413"]);
}
