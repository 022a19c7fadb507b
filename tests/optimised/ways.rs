//! What a report says of a tender without an award, and the tender with a way out followed to the letter.

use std::cell::Cell;

use jicai::money::Money;
use jicai::read::ReadOptions;
use serde_json::Value;

use super::folder::{Folder, findings};

/// A conflict as award.json has it.
#[derive(Debug, Clone)]
pub struct Said {
    pub lots: Vec<String>,
    pub told: String,
    pub parts: Vec<Value>,
    pub ways: Vec<Value>,
    /// Whether the lots have other conflicts too.
    pub one_of_several: bool,
}

fn word(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// A part or a way out in short: what, name, region, and the number stated or needed.
pub fn short(value: &Value) -> String {
    let number = if value.get("cost").is_some() { word(value, "needed") } else { word(value, "stated") };
    let words = [word(value, "what"), word(value, "name"), word(value, "region"), number];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

impl Said {
    pub fn parts(&self) -> Vec<String> {
        self.parts.iter().map(short).collect()
    }

    pub fn ways(&self) -> Vec<String> {
        let cost = |way: &Value| match way["cost"].as_str() {
            Some(cost) => format!(": {}", plain(cost)),
            None => String::new(),
        };
        self.ways.iter().map(|way| format!("{}{}", short(way), cost(way))).collect()
    }
}

/// Without zeros at the end.
pub fn plain(number: &str) -> String {
    match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => number.to_owned(),
    }
}

/// The outcome of a folder, what its award costs, and its conflicts. The report is judged, and read in both languages.
pub fn evaluated(folder: &Folder) -> (String, String, Vec<Said>) {
    let written = folder.written();
    let evaluation = jicai::evaluate(written.path(), &ReadOptions::default())
        .unwrap_or_else(|faults| panic!("{faults:?}\n{folder}"));
    assert_eq!(findings(written.path(), &evaluation), [""; 0], "{folder}");
    let jicai::Evaluation { award, allocation, savings, warnings } = &evaluation;
    let files =
        jicai::report::report(award, allocation, savings, warnings, jicai::text::Language::English).unwrap();
    let (_, bytes) = files.iter().find(|(name, _)| *name == "award.json").unwrap();
    let json: Value = serde_json::from_slice(bytes).unwrap();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let conflicts = list(&json["conflicts"]);
    let lots_of = |conflict: &Value| -> Vec<String> {
        list(&conflict["lots"]).iter().filter_map(|lot| lot.as_str().map(str::to_owned)).collect()
    };
    let said = conflicts.iter().map(|conflict| Said {
        lots: lots_of(conflict),
        told: word(conflict, "told"),
        parts: list(&conflict["parts"]),
        ways: list(&conflict["ways_out"]),
        one_of_several: conflicts.iter().filter(|other| lots_of(other) == lots_of(conflict)).count() > 1,
    });
    for language in jicai::text::Language::ALL {
        let summary = jicai::report::summary(award, allocation, savings, None, warnings, None, language);
        assert!(!summary.contains('⟦') && !summary.contains("report.conflict"), "{summary}");
    }
    let cost = paid(&evaluation);
    (word(&json, "outcome"), plain(&cost), said.collect())
}

/// What is paid, fixed costs included.
fn paid(evaluation: &jicai::Evaluation) -> String {
    let mut total = Money::ZERO;
    for ((screened, _), lot) in evaluation.award.lots().zip(&evaluation.allocation.lots) {
        total = total.plus(lot.value).unwrap();
        for winner in &lot.winners {
            let bid = &screened.comparable.lot.bids[winner.bid];
            total = total.plus(bid.fixed_cost.unwrap_or(Money::ZERO)).unwrap();
            let volume = winner.agreed_volume;
            let bands = bid.bands.iter().filter(|band| {
                // Where two meet, the one that the winner is paid by.
                let value = winner.value;
                let quoted = if bid.content_ratio.is_one() { value } else { value.plus(value).unwrap() };
                band.min_quantity <= volume
                    && band.max_quantity.is_none_or(|most| volume <= most)
                    && band.price.times(volume).unwrap() == quoted
            });
            let fixed = bands.map(|band| band.fixed_cost).min();
            total = total.plus(fixed.unwrap_or(Money::ZERO)).unwrap();
        }
    }
    total.to_string()
}

/// A number moved by so many of its last steps.
fn moved(number: &str, digits: usize, by: i64) -> String {
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
fn with(folder: &Folder, way: &Value, part: &Value, needed: &str) -> Option<Folder> {
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

/// The band nearest to a quantity extended to it; the lower one of two.
fn extended(folder: &Folder, bid: &str, stated: &str) -> Folder {
    let needed = number(stated);
    let mut nearest: Option<(i64, Vec<String>, bool)> = None;
    for line in folder.text("tiers.csv").lines().skip(1) {
        let row: Vec<String> = line.split(',').map(str::to_owned).collect();
        let heading: Vec<&str> = folder.text("tiers.csv").lines().next().unwrap().split(',').collect();
        let at = |name: &str| heading.iter().position(|own| *own == name).unwrap_or(usize::MAX);
        if bid_of(&at, &row) != bid {
            continue;
        }
        let below = (number(&row[at("min_quantity")]) - needed, false);
        let end = &row[at("max_quantity")];
        let above = (!end.is_empty()).then(|| (needed - number(end), true));
        for (far, up) in above.into_iter().chain([below]) {
            if far > 0 && nearest.as_ref().is_none_or(|(known, ..)| far < *known) {
                nearest = Some((far, row.clone(), up));
            }
        }
    }
    let (_, found, up) = nearest.unwrap();
    table(folder, "tiers.csv", |at, row| {
        if *row == found {
            row[at(if up { "max_quantity" } else { "min_quantity" })] = stated.to_owned();
        }
        true
    })
}

/// What is wrong with a way out: with it there must be an award at its cost, and with one step less, where that is proved,
/// there must be none.
pub fn wrong(folder: &Folder, conflict: &Said, way: &Value) -> Option<String> {
    let part = conflict.parts.iter().find(|part| {
        let same = |keys: &[&str]| keys.iter().all(|key| part[*key] == way[*key]);
        // A region that nobody offers in is left out by its demand.
        same(&["what", "name", "region"]) || (part["what"] == "no_offer" && same(&["name", "region"]))
    });
    let part = part.unwrap_or(way);
    let needed = word(way, "needed");
    // Where other conflicts stay, no award is said to follow.
    let followed = with(folder, way, part, &needed).filter(|_| !conflict.one_of_several)?;
    let (outcome, cost, others) = evaluated(&followed);
    // Without what tied them, lots may be decided apart from each other.
    let is_closed = |conflicts: &[Said]| {
        conflicts.iter().any(|other| other.lots.iter().any(|lot| conflict.lots.contains(lot)))
    };
    if is_closed(&others) {
        return Some(format!("{}: no award\n{followed}", short(way)));
    }
    let stated = way["cost"].as_str().map(plain);
    // Lots apart from these have costs of their own.
    let whole = folder.text("lots.csv").lines().count() == conflict.lots.len() + 1;
    if whole && outcome == "awarded" && stated.as_ref().is_some_and(|stated| *stated != cost) {
        return Some(format!("{}: {cost} instead of {stated:?}\n{followed}", short(way)));
    }
    let less = one_less(way, part, &needed).filter(|_| way["proved"] == true)?;
    let followed = with(folder, way, part, &less)?;
    let (_, _, others) = evaluated(&followed);
    (!is_closed(&others)).then(|| format!("{}: {less} would do\n{followed}", short(way)))
}

/// The number needed, one step nearer to the one stated; `None` without a number, and where that is the one stated.
fn one_less(way: &Value, part: &Value, needed: &str) -> Option<String> {
    let (what, stated, kind) = (word(way, "what"), word(part, "stated"), word(part, "kind"));
    if needed.is_empty() || needed.contains(',') {
        return None;
    }
    let own = stated.trim_start_matches(['<', '>', '=', ' ']);
    let digits = match kind.as_str() {
        "share" | "class-share" | "reserve" => 2,
        "budget" => 2,
        // No finer than what is stated: finer numbers make finer steps.
        _ => own.split_once('.').map_or(0, |(_, part)| part.len()),
    };
    if what == "bands" {
        return None;
    }
    if what == "demand" && word(way, "region").is_empty() {
        let less = moved(needed, 2, 1);
        return (plain(&less) != "1").then_some(less);
    }
    let up = plain(own).parse::<f64>().unwrap() > needed.parse::<f64>().unwrap();
    let less = moved(needed, digits, if up { 1 } else { -1 });
    (plain(&less) != plain(own)).then_some(less)
}
