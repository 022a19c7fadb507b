//! What a report says of a tender without an award, and what is wrong with its ways out.

use jicai::money::Money;
use jicai::read::ReadOptions;
use serde_json::Value;

use super::folder::{Folder, findings};
use super::followed::{moved, with};

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

pub fn word(value: &Value, key: &str) -> String {
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
    let is_here = |lots: &[String]| lots.iter().any(|lot| conflict.lots.contains(lot));
    // Lots apart from these have costs of their own.
    let whole = folder.text("lots.csv").lines().count() == conflict.lots.len() + 1;
    let has_award = ["awarded", "draw_required", "unproved"].contains(&outcome.as_str());
    if others.iter().any(|other| is_here(&other.lots)) || (whole && !has_award) {
        return Some(format!("{}: {outcome}\n{followed}", short(way)));
    }
    let stated = way["cost"].as_str().map(plain);
    // Where nothing asks for a low cost, several costs can be an award's.
    let asks = |line: &str| !line.starts_with("objectives") || line.contains("cost");
    let asks_cost = folder.text("tender.toml").lines().all(asks);
    if !asks_cost && stated.is_some() {
        return Some(format!("{}: costs {stated:?}, which nothing asks for", short(way)));
    }
    if whole && outcome == "awarded" && stated.as_ref().is_some_and(|stated| *stated != cost) {
        return Some(format!("{}: {cost} instead of {stated:?}\n{followed}", short(way)));
    }
    let less = one_less(way, part, &needed).filter(|_| way["proved"] == true)?;
    let followed = with(folder, way, part, &less)?;
    let written = followed.written();
    let evaluation = jicai::evaluate(written.path(), &ReadOptions::default())
        .unwrap_or_else(|faults| panic!("{faults:?}\n{followed}"));
    let closed = evaluation.award.conflicts().iter().any(|other| is_here(&other.lots));
    (!closed).then(|| format!("{}: {less} would do\n{followed}", short(way)))
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
