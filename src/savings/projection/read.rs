//! Assumptions from their TOML: everything that is wrong at once, or assumptions that are whole.

mod part;

use std::ops::Range;

use toml::de::DeTable;

use super::assumptions::{Assumption, Assumptions, Discount, Distribution, Factor, UptakeFrom};
use crate::diagnostics::{Code, Diagnostics, Source};
use crate::money::Ratio;
use crate::savings::faults::Faults;
use part::{Limits, Part};

/// The names of the distributions.
const DISTRIBUTIONS: [&str; 5] = ["triangular", "uniform", "percentiles", "discrete", "fixed"];

/// Latest year that a path of uptake can begin to hold from.
const LAST_YEAR: u32 = 30;

pub(super) fn assumptions(source: &Source) -> Result<Assumptions, Diagnostics> {
    let mut faults = Faults::new(source, Code::AssumptionsKeyUnknown);
    let root = match DeTable::parse(source.text()) {
        Ok(root) => root,
        Err(fault) => {
            let at = fault.span().unwrap_or(0..0);
            faults.at(Code::AssumptionsNotToml, at, &[("reason", fault.message())]);
            return Err(faults.found());
        }
    };
    let read = whole(root.get_ref(), &mut faults);
    match read {
        Some(read) if faults.is_empty() => Ok(read),
        _ => Err(faults.found()),
    }
}

fn whole(root: &DeTable<'_>, faults: &mut Faults<'_>) -> Option<Assumptions> {
    let [_, share, price, cut, growth] = Factor::ALL.map(Factor::name);
    faults.only(root, &["assumptions", "uptake", share, price, cut, growth, "discount"]);
    let header = Part::one(root, "assumptions", faults).map(|part| {
        part.only(&["id", "title", "title_zh"], faults);
        (part.named(faults), part.cited(faults))
    });
    let uptake = uptake(root, faults);
    let mut factor = |name: &'static str, limits| {
        Part::one(root, name, faults).and_then(|part| assumption(&part, &[], limits, faults))
    };
    let outside_share = factor(share, Limits::SHARE);
    let outside_price = factor(price, Limits::MULTIPLE);
    let renewal_cut = factor(cut, Limits::CUT);
    let need_growth = factor(growth, Limits::GROWTH);
    let discount = Part::one(root, "discount", faults).and_then(|part| {
        part.only(&["rate"], faults);
        let (rate, cited) = (part.number("rate", Limits::SHARE, faults), part.cited(faults));
        Some(Discount { rate: rate?, cited: Some(cited?) })
    });
    let (named, cited) = header?;
    Some(Assumptions {
        named: named?,
        cited: cited?,
        uptake: uptake?,
        outside_share: outside_share?,
        outside_price: outside_price?,
        renewal_cut: renewal_cut?,
        need_growth: need_growth?,
        discount: discount?,
    })
}

/// Uptake: from year 1 on, each entry later than the one before.
fn uptake(root: &DeTable<'_>, faults: &mut Faults<'_>) -> Option<Vec<UptakeFrom>> {
    let parts = Part::each(root, "uptake", faults);
    let mut all = Vec::new();
    let mut before = 0;
    for part in &parts {
        let year = part.count("from_year", 1..=LAST_YEAR, faults);
        let assumption = assumption(part, &["from_year"], Limits::MULTIPLE, faults);
        if let Some(year) = year {
            let first_is_late = before == 0 && year != 1;
            if first_is_late || year <= before {
                faults.at(Code::AssumptionsYears, part.place("from_year"), &[("year", &year.to_string())]);
            }
            before = year.max(before);
        }
        all.push(year.zip(assumption).map(|(year, assumption)| UptakeFrom { year, assumption }));
    }
    all.into_iter().collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())
}

/// One assumption. Only the keys of its distribution may stand in it.
fn assumption(
    part: &Part<'_, '_>,
    beside: &[&str],
    limits: Limits,
    faults: &mut Faults<'_>,
) -> Option<Assumption> {
    let distribution = part.choice("distribution", &DISTRIBUTIONS, faults);
    let own: &[&str] = match distribution {
        Some("fixed") => &["central"],
        Some("percentiles") => &["low", "central", "high", "percentiles"],
        Some("discrete") => &["low", "central", "high", "values", "weights"],
        Some(_) => &["low", "central", "high"],
        None => &["low", "central", "high", "percentiles", "values", "weights"],
    };
    let known: Vec<&str> = beside.iter().chain(&["distribution"]).chain(own).copied().collect();
    part.only(&known, faults);
    let central = part.number("central", limits, faults);
    let (low, high) = match distribution {
        Some("fixed") => (central, central),
        _ => (part.number("low", limits, faults), part.number("high", limits, faults)),
    };
    let ends: Vec<(Range<usize>, Option<Ratio>)> =
        vec![(part.place("low"), low), (part.place("central"), central), (part.place("high"), high)];
    in_order(&ends, part, faults);
    let drawn = match distribution {
        Some("fixed") => Some(Distribution::Fixed),
        Some("triangular") => Some(Distribution::Triangular),
        Some("uniform") => Some(Distribution::Uniform),
        Some("percentiles") => percentiles(part, (low, high), limits, faults),
        Some("discrete") => discrete(part, (low, high), limits, faults),
        _ => None,
    };
    let cited = part.cited(faults);
    Some(Assumption { low: low?, central: central?, high: high?, distribution: drawn?, cited: cited? })
}

/// Values must not fall; the fault stands at the first that does.
fn in_order(values: &[(Range<usize>, Option<Ratio>)], part: &Part<'_, '_>, faults: &mut Faults<'_>) {
    let known: Vec<(&Range<usize>, Ratio)> =
        values.iter().filter_map(|(place, value)| Some((place, (*value)?))).collect();
    let falls = known.windows(2).find_map(|pair| match pair {
        [(_, before), (place, value)] if value < before => Some(((*place).clone(), *before)),
        _ => None,
    });
    if let Some((place, before)) = falls {
        let values = [("key", part.name.as_str()), ("before", &before.to_string())];
        faults.at(Code::AssumptionsOutOfOrder, place, &values);
    }
}

/// A list between low and high.
fn between(
    list: &[(Range<usize>, Ratio)],
    (low, high): (Option<Ratio>, Option<Ratio>),
    part: &Part<'_, '_>,
    faults: &mut Faults<'_>,
) {
    let mut all = vec![(part.place("low"), low)];
    all.extend(list.iter().map(|(place, value)| (place.clone(), Some(*value))));
    let last = list.last().map_or(part.place("high"), |(place, _)| place.clone());
    in_order(&all, part, faults);
    if let (Some((_, value)), Some(high)) = (list.last(), high)
        && *value > high
    {
        let values = [("key", part.name.as_str()), ("before", &value.to_string())];
        faults.at(Code::AssumptionsOutOfOrder, last, &values);
    }
}

fn percentiles(
    part: &Part<'_, '_>,
    ends: (Option<Ratio>, Option<Ratio>),
    limits: Limits,
    faults: &mut Faults<'_>,
) -> Option<Distribution> {
    let list = part.numbers("percentiles", limits, faults)?;
    between(&list, ends, part, faults);
    let values: Vec<Ratio> = list.iter().map(|(_, value)| *value).collect();
    match <[Ratio; 5]>::try_from(values) {
        Ok(five) => Some(Distribution::Percentiles(five)),
        Err(other) => {
            let (found, place) = (other.len().to_string(), part.place("percentiles"));
            faults.at(Code::AssumptionsCount, place, &[("found", &found), ("wanted", "5")]);
            None
        }
    }
}

fn discrete(
    part: &Part<'_, '_>,
    ends: (Option<Ratio>, Option<Ratio>),
    limits: Limits,
    faults: &mut Faults<'_>,
) -> Option<Distribution> {
    let values = part.numbers("values", limits, faults);
    let weights = part.numbers("weights", Limits::SHARE, faults);
    let (values, weights) = (values?, weights?);
    between(&values, ends, part, faults);
    if values.len() != weights.len() {
        let (found, wanted) = (weights.len().to_string(), values.len().to_string());
        faults.at(Code::AssumptionsCount, part.place("weights"), &[("found", &found), ("wanted", &wanted)]);
    }
    let sum = Ratio::total(weights.iter().map(|(_, weight)| *weight));
    if sum != Ok(Ratio::ONE) {
        let sum = sum.map_or_else(|fault| fault.to_string(), |sum| sum.to_string());
        faults.at(Code::AssumptionsSharesNotWhole, part.place("weights"), &[("sum", &sum)]);
    }
    let pairs = values.into_iter().zip(weights).map(|((_, value), (_, weight))| (value, weight));
    Some(Distribution::Discrete(pairs.collect()))
}
