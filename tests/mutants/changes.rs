//! Changes of what a report says.

use jicai::verify::judge;
use serde_json::Value;

use crate::tenders::Random;
use crate::{Case, Counts, taken};

/// Pointers to every leaf of a value, as a list of keys and places.
fn leaves(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                leaves(value, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                leaves(value, &format!("{pointer}/{at}"), found);
            }
        }
        _ => found.push(pointer.to_owned()),
    }
}

/// Another value of the same kind.
fn other(value: &Value, random: &mut Random) -> Value {
    match value {
        Value::String(text) => {
            let numeric = text.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
            let digit = text.char_indices().rfind(|(_, letter)| letter.is_ascii_digit());
            match digit.filter(|_| numeric) {
                Some((at, digit)) => {
                    let next = (b'0' + (digit as u8 - b'0' + 1 + random.below(8) as u8) % 10) as char;
                    let mut text = text.clone();
                    text.replace_range(at..=at, &next.to_string());
                    text.into()
                }
                None => format!("{text}.").into(),
            }
        }
        Value::Number(number) => (number.as_u64().unwrap_or(0) + 1).into(),
        Value::Bool(is) => (!is).into(),
        _ => "0".into(),
    }
}

fn changed(
    case: &Case,
    file: &str,
    random: &mut Random,
    number: usize,
    counts: &mut Counts,
    kind: impl Fn(&str) -> String,
) {
    let whole = case.json(file);
    let mut pointers = Vec::new();
    leaves(&whole, "", &mut pointers);
    pointers.retain(|pointer| !(pointer.starts_with("/warnings") || pointer.starts_with("/conflicts")));
    // Under least cost a price to win is not solved for again.
    let solved = |pointer: &str| {
        let lot = pointer.split("/bids/").next().unwrap_or_default();
        whole.pointer(&format!("{lot}/quota")).is_some_and(Value::is_null)
    };
    let needed = |pointer: &str| pointer.contains("/price_to_win") || pointer.contains("/price_may_win");
    pointers.retain(|pointer| !needed(pointer) || !solved(pointer));
    for _ in 0..number {
        let pointer = random.pick(&pointers).clone();
        let mut damaged = whole.clone();
        let place = damaged.pointer_mut(&pointer).unwrap();
        *place = other(place, random);
        case.refuses(&kind(&pointer), file, &damaged, counts);
    }
}

/// Changes leaves of award.json; the kind is the key.
pub fn award(case: &Case, random: &mut Random, number: usize, counts: &mut Counts) {
    let kind = |pointer: &str| {
        let keys: Vec<&str> = pointer.split('/').collect();
        match (keys.last().copied().unwrap_or(""), keys.contains(&"facts")) {
            (_, true) => "change a fact".to_owned(),
            ("verdict", _) => "change a verdict".to_owned(),
            ("cite", _) => "change a citation".to_owned(),
            (key, _) if key.parse::<usize>().is_ok() => "change a name in a list".to_owned(),
            (key, _) => format!("change {key}"),
        }
    };
    changed(case, "award.json", random, number, counts, kind);
    // The figures that a reader looks at first, every one of them.
    let whole = case.json("award.json");
    let mut pointers = Vec::new();
    leaves(&whole, "", &mut pointers);
    // What stands against an award takes solving again to say.
    pointers.retain(|pointer| !pointer.starts_with("/conflicts"));
    let first =
        ["agreed_share", "saving", "coverage", "award_value", "cost", "outcome", "anchor", "route", "role"];
    for key in first {
        let of_key = |pointer: &&String| pointer.ends_with(&format!("/{key}"));
        for pointer in pointers.iter().filter(of_key).take(3) {
            let mut damaged = whole.clone();
            let place = damaged.pointer_mut(pointer).unwrap();
            *place = other(place, random);
            case.refuses(&format!("change {key}"), "award.json", &damaged, counts);
        }
    }
}

/// Changes leaves of proof.json.
pub fn proof(case: &Case, random: &mut Random, number: usize, counts: &mut Counts) {
    let kind = |_: &str| "change a proof".to_owned();
    let whole = case.json("proof.json");
    if whole["lots"].as_array().unwrap().iter().all(|lot| lot["kind"] == "ranked") {
        changed(case, "proof.json", random, number, counts, kind);
    }
    for (at, lot) in whole["lots"].as_array().unwrap().iter().enumerate().take(2) {
        for list in ["excluded", "order", "barred", "winners", "tied"] {
            if lot[list].as_array().is_some_and(|list| !list.is_empty()) {
                let mut damaged = whole.clone();
                damaged["lots"][at][list].as_array_mut().unwrap().remove(0);
                case.refuses("drop from a proof", "proof.json", &damaged, counts);
            }
            if lot[list].as_array().is_some_and(|list| list.len() > 1) {
                let mut damaged = whole.clone();
                damaged["lots"][at][list].as_array_mut().unwrap().swap(0, 1);
                case.refuses("swap in a proof", "proof.json", &damaged, counts);
            }
        }
        let mut damaged = whole.clone();
        damaged["lots"].as_array_mut().unwrap().remove(at);
        case.refuses("drop a lot's proof", "proof.json", &damaged, counts);
    }
}

/// Moves one unit from a row to the next, of regions and of winners.
pub fn moved_units(case: &Case, random: &mut Random, counts: &mut Counts) {
    let whole = case.json("award.json");
    for (at, lot) in whole["lots"].as_array().unwrap().iter().enumerate() {
        for list in ["regions", "winners"] {
            let rows = lot[list].as_array().unwrap();
            let volume =
                |row: &Value| row["agreed_volume"].as_str().and_then(|text| text.parse::<u64>().ok());
            if rows.len() < 2 || counts.get("move one unit").copied().unwrap_or(0) > 7 {
                continue;
            }
            let from = usize::try_from(random.below(rows.len() as u64)).unwrap();
            let to = (from + 1) % rows.len();
            let (Some(one), Some(other)) = (volume(&rows[from]), volume(&rows[to])) else { continue };
            let mut damaged = whole.clone();
            damaged["lots"][at][list][from]["agreed_volume"] = one.saturating_sub(1).to_string().into();
            damaged["lots"][at][list][to]["agreed_volume"] = (other + 1).to_string().into();
            case.refuses("move one unit", "award.json", &damaged, counts);
        }
    }
}

/// Lets two backups of a region stand in for each other, and puts a backup in the place of another winner.
pub fn swapped_backups(case: &Case, counts: &mut Counts) {
    let whole = case.json("award.json");
    for (at, lot) in whole["lots"].as_array().unwrap().iter().enumerate() {
        let rows = lot["regions"].as_array().unwrap();
        let stands_in = |row: &&Value| row["role"].as_str().is_some_and(|role| role.starts_with("backup"));
        let asked = lot["lot_id"].as_str().is_some_and(|lot| lot == "backed");
        for (own, row) in rows.iter().enumerate().filter(|(_, row)| asked && stands_in(row)) {
            let other = |(_, other): &(usize, &Value)| {
                other["region"] == row["region"] && other["bid_id"] != row["bid_id"]
            };
            let Some((other, _)) = rows.iter().enumerate().find(other) else { continue };
            let mut damaged = whole.clone();
            for key in ["bid_id", "supplier_id"] {
                damaged["lots"][at]["regions"][own][key] = rows[other][key].clone();
                damaged["lots"][at]["regions"][other][key] = row[key].clone();
            }
            case.refuses("swap a backup", "award.json", &damaged, counts);
            let mut damaged = whole.clone();
            damaged["lots"][at]["regions"].as_array_mut().unwrap().remove(own);
            case.refuses("drop a backup", "award.json", &damaged, counts);
        }
    }
}

/// Names another winner of the lot as a backup: one that counts as one with the main supplier, or that is dearer there.
pub fn other_backups(case: &Case, counts: &mut Counts) {
    let whole = case.json("award.json");
    for (at, lot) in whole["lots"].as_array().unwrap().iter().enumerate() {
        let rows = lot["regions"].as_array().unwrap();
        let stands_in = |row: &Value| row["role"].as_str().is_some_and(|role| role.starts_with("backup"));
        let asked = lot["lot_id"] == "backed";
        for (own, row) in rows.iter().enumerate().filter(|(_, row)| asked && stands_in(row)) {
            let there = |winner: &&Value| {
                rows.iter()
                    .any(|other| other["region"] == row["region"] && other["bid_id"] == winner["bid_id"])
            };
            for winner in lot["winners"].as_array().unwrap().iter().filter(|winner| !there(winner)) {
                let mut damaged = whole.clone();
                for key in ["bid_id", "supplier_id"] {
                    damaged["lots"][at]["regions"][own][key] = winner[key].clone();
                }
                case.refuses("another backup", "award.json", &damaged, counts);
            }
        }
    }
}

/// Puts a loser in a winner's place, with its own prices.
pub fn swapped_winners(case: &Case, counts: &mut Counts) {
    let whole = case.json("award.json");
    for (at, lot) in whole["lots"].as_array().unwrap().iter().enumerate().take(3) {
        let bids = lot["bids"].as_array().unwrap();
        let place = |status: &str| bids.iter().position(|bid| bid["status"] == status);
        let (Some(won), Some(lost)) = (place("won"), place("lost").or(place("excluded"))) else { continue };
        let mut damaged = whole.clone();
        let lot = &mut damaged["lots"][at];
        let (winner, loser) = (bids[won]["bid_id"].clone(), bids[lost].clone());
        lot["bids"][won]["status"] = loser["status"].clone();
        lot["bids"][lost]["status"] = "won".into();
        for list in ["winners", "regions"] {
            for row in lot[list].as_array_mut().unwrap().iter_mut().filter(|row| row["bid_id"] == winner) {
                row["bid_id"] = loser["bid_id"].clone();
                row["supplier_id"] = loser["supplier_id"].clone();
                if list == "winners" {
                    row["price"] = loser["price"].clone();
                    row["comparable_price"] = loser["comparable_price"].clone();
                }
            }
        }
        case.refuses("swap a winner", "award.json", &damaged, counts);
    }
}

/// Changes one character inside a table, or drops a line.
pub fn tables(case: &Case, random: &mut Random, number: usize, counts: &mut Counts) {
    for file in ["winners.csv", "decisions.csv", "regions.csv", "savings.csv"] {
        let text = String::from_utf8(case.files.get(file).unwrap().to_vec()).unwrap();
        let digits: Vec<usize> =
            text.char_indices().filter(|(_, letter)| letter.is_ascii_digit()).map(|(at, _)| at).collect();
        for _ in 0..number.min(digits.len()) / 4 {
            let at = *random.pick(&digits);
            let mut damaged = text.clone().into_bytes();
            damaged[at] = if damaged[at] == b'9' { b'1' } else { damaged[at] + 1 };
            case.refuses_bytes("change a table", file, damaged, counts);
        }
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() > 1 {
            let damaged = lines[..lines.len() - 1].join("\n").into_bytes();
            case.refuses_bytes("drop a line of a table", file, damaged, counts);
        }
    }
}

/// Flips one bit in every file, the manifest too, and rights nothing.
pub fn flipped_bytes(case: &Case, random: &mut Random, counts: &mut Counts) {
    for (name, bytes) in case.files.iter() {
        for _ in 0..if name == "manifest.json" { 6 } else { 1 } {
            let mut bytes = bytes.to_vec();
            let at = usize::try_from(random.below(bytes.len() as u64)).unwrap();
            bytes[at] ^= 1 << random.below(8);
            let mut files = case.files.clone();
            files.add(name, bytes);
            let found = judge(&taken(&files), &case.inputs).unwrap();
            let named = found.findings.iter().any(|finding| finding.file == name);
            assert!(named, "{} {name} at {at}: {:?}", case.name, found.findings);
            *counts.entry("flip a byte".to_owned()).or_default() += 1;
        }
    }
}
