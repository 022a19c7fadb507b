//! A tender with a way out of a conflict followed to the letter.

use std::cell::Cell;

use serde_json::Value;

use super::folder::Folder;
use super::ways::{plain, word};

/// A number moved by so many of its last steps.
pub fn moved(number: &str, digits: usize, by: i64) -> String {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = digits.max(part.len());
    let steps: i64 = format!("{whole}{part:0<digits$}").parse().unwrap();
    let (steps, ten) = (steps + by, 10_i64.pow(u32::try_from(digits).unwrap()));
    assert!(steps >= 0, "{number}");
    if digits == 0 { steps.to_string() } else { format!("{}.{:0digits$}", steps / ten, steps % ten) }
}

/// A table with some rows changed; rows become `None` to go.
fn table(
    folder: &Folder,
    file: &str,
    change: impl Fn(&dyn Fn(&str) -> usize, &mut Vec<String>) -> bool,
) -> Folder {
    let text = folder.text(file);
    let mut lines = text.lines();
    let mut heading: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    // Columns that a change may need.
    let own = heading.len();
    let wanted: &[&str] = match file {
        "bids.csv" => &["bid_id", "capacity", "min_quantity"],
        "suppliers.csv" => &["capacity_volume", "capacity_value"],
        _ => &[],
    };
    for column in wanted {
        if !heading.iter().any(|known| known == column) {
            heading.push((*column).to_owned());
        }
    }
    let at = |name: &str| heading.iter().position(|own| own == name).unwrap_or(usize::MAX);
    let mut changed = vec![heading.join(",")];
    for line in lines {
        let mut row: Vec<String> = line.split(',').map(str::to_owned).collect();
        row.resize(own, String::new());
        row.resize(heading.len(), String::new());
        if file == "bids.csv" && row[at("bid_id")].is_empty() {
            row[at("bid_id")] = format!("{}/{}", row[at("lot_id")], row[at("supplier_id")]);
        }
        if change(&at, &mut row) {
            changed.push(row.join(","));
        }
    }
    folder.clone().file(file, &(changed.join("\n") + "\n"))
}

/// One cell of the row with this key.
fn cell(folder: &Folder, file: &str, (key, id): (&str, &str), column: &str, value: &str) -> Folder {
    table(folder, file, |at, row| {
        if row[at(key)] == id {
            row[at(column)] = value.to_owned();
        }
        true
    })
}

/// The id of the bid that a row of another table is about.
fn bid_of(at: &dyn Fn(&str) -> usize, row: &[String]) -> String {
    match row.get(at("bid_id")) {
        Some(id) => id.clone(),
        None => format!("{}/{}", row[at("lot_id")], row[at("supplier_id")]),
    }
}

/// The file that states a section: the notice, or a rule set of the tender's own.
fn file_of(folder: &Folder, section: &str) -> &'static str {
    let heading = format!("[{section}]");
    let states = |file: &&&str| folder.text(file).lines().any(|line| line == heading);
    ["tender.toml", "own.toml"].iter().find(states).expect("the section is stated")
}

/// The folder with the keys of a section changed: `None` takes the key out, and without keys the section.
fn section(folder: &Folder, name: &str, keys: &[(&str, Option<String>)]) -> Folder {
    let file = file_of(folder, name);
    let (mut inside, mut lines) = (false, Vec::new());
    for line in folder.text(file).lines() {
        if line.starts_with('[') {
            inside = line == format!("[{name}]");
            if inside && keys.is_empty() {
                continue;
            }
        }
        if !inside {
            lines.push(line.to_owned());
            continue;
        }
        let key = line.split(" = ").next().unwrap_or_default();
        match keys.iter().find(|(own, _)| *own == key) {
            _ if keys.is_empty() => {}
            Some((_, Some(value))) => lines.push(format!("{key} = \"{value}\"")),
            Some((_, None)) => {}
            None => lines.push(line.to_owned()),
        }
    }
    folder.clone().file(file, &(lines.join("\n") + "\n"))
}

/// A limit's or a parameter's number.
fn numbered(folder: &Folder, way: &Value, part: &Value, needed: &str) -> Folder {
    let (name, stated) = (word(way, "name"), word(part, "stated"));
    if word(way, "what") == "parameter" {
        return section(folder, "parameters", &[(&name, Some(needed.to_owned()))]);
    }
    let limit = format!("limit.{name}");
    let both: Vec<&str> = needed.split(", ").collect();
    if let [least, most] = both.as_slice() {
        let (least, most) = (least.trim_start_matches(">= "), most.trim_start_matches("<= "));
        let both = [("min", Some(least.to_owned())), ("max", Some(most.to_owned()))];
        return section(&ranged(folder, &limit), &limit, &both);
    }
    let keys: &[&str] = match stated.split(' ').next().unwrap_or_default() {
        ">=" => &["min"],
        "<=" => &["max"],
        _ => &["exactly", "min", "max"],
    };
    let keys: Vec<_> = keys.iter().map(|key| (*key, Some(needed.to_owned()))).collect();
    section(folder, &limit, &keys)
}

/// The same limit with two sides where it states one number for both.
fn ranged(folder: &Folder, limit: &str) -> Folder {
    let file = file_of(folder, limit);
    let mut inside = false;
    let line = |line: &str| {
        inside = if line.starts_with('[') { line == format!("[{limit}]") } else { inside };
        match line.strip_prefix("exactly = ").filter(|_| inside) {
            Some(number) => format!("min = {number}\nmax = {number}\n"),
            None => format!("{line}\n"),
        }
    };
    let text: String = folder.text(file).lines().map(line).collect();
    folder.clone().file(file, &text)
}

/// The tender with a way out followed to the letter, with `needed` in the place of its number; `None` when the files have
/// no word for it.
pub fn with(folder: &Folder, way: &Value, part: &Value, needed: &str) -> Option<Folder> {
    let (what, name, region) = (word(way, "what"), word(way, "name"), word(way, "region"));
    Some(match what.as_str() {
        "limit" | "parameter" if !needed.is_empty() => numbered(folder, way, part, needed),
        "limit" => section(folder, &format!("limit.{name}"), &[]),
        "parameter" => section(folder, "parameters", &[(&name, None)]),
        "capacity" | "min_quantity" => cell(folder, "bids.csv", ("bid_id", &name), &what, needed),
        "capacity_volume" | "capacity_value" => {
            cell(folder, "suppliers.csv", ("supplier_id", &name), &what, needed)
        }
        "demand" if !region.is_empty() => demand(folder, &name, &region, needed),
        "demand" => {
            let kept = moved("1.00", 2, -moved(needed, 2, 0).replace('.', "").parse::<i64>().unwrap());
            let text = folder.text("tender.toml");
            let limit =
                format!("[limit.kept-back]\nkind = \"reserve\"\nexactly = \"{kept}\"\nlots = \"{name}\"\n");
            folder.clone().file("tender.toml", &format!("{text}{limit}"))
        }
        "not_offered" => table(folder, "regional_prices.csv", |at, row| {
            !(bid_of(at, row) == name && row[at("region")] == region)
        }),
        "package" => table(folder, "packages.csv", |at, row| row[at("package_id")] != name),
        "bands" => extended(folder, &name, needed),
        _ => return None,
    })
}

/// The demand of a lot in a region, in one row, whoever reported it and of whatever specification.
fn demand(folder: &Folder, lot: &str, region: &str, needed: &str) -> Folder {
    // The notice may count in tens.
    let tens = folder.text("tender.toml").contains("volume_scale = \"10\"");
    let stated = if tens { tenth(needed) } else { needed.to_owned() };
    let is_first = Cell::new(true);
    table(folder, "demand.csv", |at, row| {
        if row[at("lot_id")] != lot || row[at("region")] != region {
            return true;
        }
        row[at("volume")] = stated.clone();
        row.iter_mut().skip(at("volume") + 1).for_each(String::clear);
        is_first.replace(false)
    })
}

/// A tenth of a number.
fn tenth(number: &str) -> String {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole:0>2}");
    let (whole, tenth) = digits.split_at(digits.len() - 1);
    plain(&format!("{whole}.{tenth}{part}"))
}

/// A number in millionths.
fn number(text: &str) -> i64 {
    moved(text, 6, 0).replace('.', "").parse().unwrap()
}

/// A band of a bid: its row, least and largest quantity.
struct Band {
    row: Vec<String>,
    least: i64,
    most: Option<i64>,
}

impl Band {
    /// Whether both hold a quantity, other than one in which they meet.
    fn overlaps(&self, other: &Self) -> bool {
        let before = |one: &Self, other: &Self| one.most.is_some_and(|most| most <= other.least);
        !before(self, other) && !before(other, self)
    }
}

fn bands_of(folder: &Folder, bid: &str) -> Vec<Band> {
    let text = folder.text("tiers.csv");
    let heading: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let at = |name: &str| heading.iter().position(|own| *own == name).unwrap_or(usize::MAX);
    let rows = text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect());
    let band = |row: Vec<String>| {
        let least = number(&row[at("min_quantity")]);
        let most = Some(&row[at("max_quantity")]).filter(|most| !most.is_empty()).map(|most| number(most));
        Band { row, least, most }
    };
    let mut all: Vec<Band> = rows.filter(|row: &Vec<String>| bid_of(&at, row) == bid).map(band).collect();
    all.sort_by_key(|band| band.least);
    all
}

/// The band nearest to a quantity extended to it, of two the lower one; not across another band.
fn extended(folder: &Folder, bid: &str, stated: &str) -> Folder {
    let (needed, bands) = (number(stated), bands_of(folder, bid));
    let mut nearest: Option<(i64, &Band)> = None;
    for (place, band) in bands.iter().enumerate() {
        let far = (band.least - needed).max(band.most.map_or(0, |most| needed - most));
        let most = band.most.map(|most| most.max(needed));
        let own = Band { row: Vec::new(), least: band.least.min(needed), most };
        let crosses = bands.iter().enumerate().any(|(other, band)| other != place && own.overlaps(band));
        if far > 0 && !crosses && nearest.is_none_or(|(known, _)| far < known) {
            nearest = Some((far, band));
        }
    }
    let (_, found) = nearest.expect("a band can be extended");
    table(folder, "tiers.csv", |at, row| {
        if *row == found.row {
            let end = if needed < found.least { "min_quantity" } else { "max_quantity" };
            row[at(end)] = stated.to_owned();
        }
        true
    })
}
