//! Rules that cannot hold together, or belong together.

use jicai::rules::{AwardRule, RuleSet};
use jicai::text::Language;

use crate::small::{WHOLE, codes, load};

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
