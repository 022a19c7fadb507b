//! Two JSON values compared, each difference with its place.

use serde_json::Value;

use super::Finding;

/// Most differences that are named of one file; more of them say nothing new.
const NAMED: usize = 50;

/// Keys of objects in a list by which their place is named.
const NAMES: [&str; 6] = ["lot_id", "bid_id", "region", "rule", "baseline", "parameter"];

/// Adds a finding for every place at which `found` is not as `counted`; keys in `trusted` are left alone at the top.
pub(super) fn differences(
    file: &'static str,
    found: &Value,
    counted: &Value,
    trusted: &[&str],
    findings: &mut Vec<Finding>,
) {
    let mut here = Vec::new();
    if let (Value::Object(found), Value::Object(counted)) = (found, counted) {
        for key in keys(found, counted).into_iter().filter(|key| !trusted.contains(&key.as_str())) {
            compare(key, found.get(key), counted.get(key), &mut here);
        }
    } else {
        compare("", Some(found), Some(counted), &mut here);
    }
    here.truncate(NAMED);
    findings.extend(here.into_iter().map(|(place, found, counted)| {
        Finding::new("differs", file).with("place", place).with("found", found).with("counted", counted)
    }));
}

fn keys<'a>(
    one: &'a serde_json::Map<String, Value>,
    other: &'a serde_json::Map<String, Value>,
) -> Vec<&'a String> {
    let mut keys: Vec<&String> = one.keys().chain(other.keys()).collect();
    keys.sort();
    keys.dedup();
    keys
}

fn compare(
    place: &str,
    found: Option<&Value>,
    counted: Option<&Value>,
    differences: &mut Vec<(String, String, String)>,
) {
    match (found, counted) {
        (Some(Value::Object(found)), Some(Value::Object(counted))) => {
            for key in keys(found, counted) {
                compare(&format!("{place}.{key}"), found.get(key), counted.get(key), differences);
            }
        }
        (Some(Value::Array(found)), Some(Value::Array(counted))) => {
            for at in 0..found.len().max(counted.len()) {
                let (one, other) = (found.get(at), counted.get(at));
                compare(&format!("{place}[{}]", name(at, other.or(one))), one, other, differences);
            }
        }
        _ if found == counted => {}
        _ => {
            let shown = |value: Option<&Value>| value.map_or_else(|| "-".to_owned(), Value::to_string);
            differences.push((place.to_owned(), shown(found), shown(counted)));
        }
    }
}

/// An element of a list by its id, or its number from 1.
fn name(at: usize, value: Option<&Value>) -> String {
    let ids = NAMES.iter().filter_map(|key| value?.get(key)?.as_str());
    ids.into_iter().next().map_or_else(|| at.saturating_add(1).to_string(), str::to_owned)
}
