//! A whole rule set, small enough to be broken in one place at a time.

use jicai::diagnostics::Diagnostics;
use jicai::rules::{AwardRule, RuleSet};
use jicai::tender::Date;
use jicai::text::Language;
use std::collections::BTreeMap;

/// A whole rule set, small enough to be broken in one place at a time.
pub const WHOLE: &str = r#"
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

pub fn day(text: &str) -> Option<Date> {
    Some(Date::parse(text).unwrap())
}

pub fn overrides(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub fn load(text: &str) -> Result<RuleSet, Diagnostics> {
    RuleSet::from_toml("small.toml", text, day("2020-06-01"), &BTreeMap::new())
}

/// `WHOLE` with the only (or the first) `from` replaced.
pub fn broken(from: &str, to: &str) -> String {
    assert!(WHOLE.contains(from), "{from}");
    WHOLE.replacen(from, to, 1)
}

/// Code, line and column of each fault.
pub fn faults(text: &str) -> Vec<(&'static str, usize, usize)> {
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

pub fn codes(text: &str) -> Vec<&'static str> {
    faults(text).into_iter().map(|(code, _, _)| code).collect()
}

/// The line of `WHOLE` on which `text` first stands.
pub fn line(text: &str) -> usize {
    WHOLE.lines().position(|line| line.contains(text)).unwrap() + 1
}

pub fn places(set: &RuleSet, bidders: impl IntoIterator<Item = u32>) -> Vec<Option<u32>> {
    let AwardRule::Ranked { places, .. } = &set.award else { return Vec::new() };
    bidders.into_iter().map(|bidders| places.rule.places(bidders)).collect()
}
