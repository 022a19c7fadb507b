//! Conflicts of small random tenders, judged by trying all awards of the tender with some of it left out.

use std::collections::{BTreeMap, BTreeSet};

use super::random::{Kind, Stated, Tender, Thing, WHATS, tender};
use super::ways::{Said, evaluated, short, wrong};

/// Sets of fewer things that are tried for each conflict that is called the smallest.
const MOST_SETS: usize = 400;

/// What was looked at, by name.
#[derive(Default)]
struct Counts(BTreeMap<String, usize>);

impl Counts {
    fn count(&mut self, what: &str) {
        *self.0.entry(what.to_owned()).or_default() += 1;
    }

    fn of(&self, what: &str) -> usize {
        self.0.get(what).copied().unwrap_or(0)
    }
}

/// A conflict of a random tender.
struct Judge<'a> {
    tender: &'a Tender,
    said: &'a Said,
    lots: Vec<usize>,
    counts: &'a mut Counts,
}

fn places(lots: &[String]) -> Vec<usize> {
    lots.iter().map(|lot| lot[1..].parse().unwrap()).collect()
}

impl<'a> Judge<'a> {
    fn new(tender: &'a Tender, said: &'a Said, counts: &'a mut Counts) -> Self {
        Self { tender, said, lots: places(&said.lots), counts }
    }

    /// Whether there is an award that keeps these things; `None` when there are too many to try.
    fn is_open(&mut self, kept: &[Thing]) -> Option<bool> {
        let open = self.tender.with_only(kept).is_open(&self.lots);
        self.counts.count(if open.is_some() { "sets tried" } else { "sets too large to try" });
        open
    }

    fn parts(&self) -> Vec<Thing> {
        self.said.parts.iter().filter_map(Thing::of).collect()
    }

    /// What is wrong with what a report says of the conflict.
    fn differs(&mut self) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.said.told == "not_told" || self.said.parts.is_empty() {
            wrong.push(format!("{}: {:?}", self.said.told, self.said.lots));
        }
        let parts = self.parts();
        if self.is_open(&parts) == Some(true) {
            wrong.push(format!("no conflict: {:?}", self.said.parts()));
        }
        for at in 0..parts.len() {
            let others: Vec<Thing> = [&parts[..at], &parts[at + 1..]].concat();
            if self.said.told != "in_conflict" && self.is_open(&others) == Some(false) {
                wrong.push(format!("{:?} can be spared of {:?}", parts[at], self.said.parts()));
            }
        }
        wrong.extend(self.any_of(&parts));
        wrong.extend(self.alternates(&parts));
        // What is settled elsewhere need not be looked at again.
        if self.said.told == "smallest" && !self.said.one_of_several {
            wrong.extend(self.smaller(parts.len()));
        }
        wrong
    }

    /// Regions of which it is said that any one is enough, and which is not; and one of which it is not said.
    fn any_of(&mut self, parts: &[Thing]) -> Vec<String> {
        let mut wrong = Vec::new();
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| !part.any_of.is_empty()) {
            let lot = &self.tender.lots[part.name[1..].parse::<usize>().unwrap()];
            for region in (0..lot.demand.len()).filter(|region| lot.demand[*region] > 0) {
                let mut alone = parts.to_vec();
                alone[at] = part.clone().at(region);
                let is_said = part.any_of.contains(&format!("R{region}"));
                // A region that another conflict names already is not named again.
                let is_asked = is_said || !self.said.one_of_several;
                if is_asked && self.is_open(&alone).is_some_and(|open| open == is_said) {
                    wrong.push(format!("R{region} of {:?}", self.said.parts()));
                }
                self.counts.count("regions of which any one is enough");
            }
        }
        wrong
    }

    /// Several bids of one supplier that are named although there would be no award if all of them could win, or not named
    /// although there would be one.
    fn alternates(&mut self, parts: &[Thing]) -> Vec<String> {
        // Who wins twice counts once in some limits and twice in others.
        let counts = |part: &serde_json::Value| {
            ["winners", "backups", "agreed-share", "shares-by-rank"].iter().any(|kind| part["kind"] == **kind)
        };
        if self.said.told == "in_conflict" || self.said.parts.iter().any(counts) {
            return Vec::new();
        }
        let (less, mut wrong) = (self.tender.with_only(parts), Vec::new());
        for lot in self.lots.clone() {
            for supplier in self.tender.alternates(lot) {
                let open = less.with_together(lot, supplier).is_open(&self.lots);
                let (name, lot) = (format!("S{supplier}"), format!("L{lot}"));
                let is_named = self.said.parts.iter().any(|part| {
                    part["what"] == "alternates" && part["name"] == *name && part["stated"] == *lot
                });
                if open.is_some_and(|open| open != is_named) {
                    wrong.push(format!("alternates {name} {lot} of {:?}: {open:?}", self.said.parts()));
                }
                self.counts.count("alternates tried");
            }
        }
        wrong
    }

    /// A conflict of fewer things.
    fn smaller(&mut self, count: usize) -> Option<String> {
        let all = self.tender.things(&self.lots);
        let mut sets: Vec<Vec<Thing>> = vec![Vec::new()];
        for _ in 1..count {
            let more = |set: &Vec<Thing>| -> Vec<Vec<Thing>> {
                let from = set.last().map_or(0, |last| all.iter().position(|own| own == last).unwrap() + 1);
                all[from..].iter().map(|one| [&set[..], std::slice::from_ref(one)].concat()).collect()
            };
            let grown: Vec<Vec<Thing>> = sets.iter().flat_map(more).take(MOST_SETS).collect();
            if let Some(set) = grown.iter().find(|set| self.is_closed_with_more(set, &all)) {
                return Some(format!("{set:?} are fewer than {:?}", self.said.parts()));
            }
            sets = grown;
        }
        self.counts.count(if sets.len() < MOST_SETS { "proved smallest" } else { "perhaps smallest" });
        None
    }

    /// Whether things cannot hold together, also with others beside them: a limit can take parts of units, which more leaves
    /// room than without it.
    fn is_closed_with_more(&mut self, set: &[Thing], all: &[Thing]) -> bool {
        let others: Vec<&Thing> = all.iter().filter(|own| !set.contains(own)).collect();
        let with =
            |more: &[&Thing]| -> Vec<Thing> { set.iter().chain(more.iter().copied()).cloned().collect() };
        if self.is_open(set) != Some(false) {
            return false;
        }
        let mut more: Vec<Vec<Thing>> = others.iter().map(|one| with(&[one])).collect();
        let but = |one: &&Thing| others.iter().copied().filter(|own| own != one).collect::<Vec<_>>();
        more.extend(others.iter().map(|one| with(&but(one))));
        more.iter().all(|set| self.is_open(set) == Some(false))
    }

    /// A way out of alternates that is none, or is missing.
    fn of_alternates(&mut self) -> Vec<String> {
        let counts = |limit: &super::random::Limit| {
            let counts = ["winners", "backups", "agreed-share", "shares-by-rank", "rank-monotone"];
            limit.stated != Stated::Lifted && counts.contains(&limit.kind.word())
        };
        let mut wrong = Vec::new();
        if self.said.one_of_several || self.tender.limits.iter().any(counts) {
            return wrong;
        }
        let all = self.tender.with_only(&self.tender.things(&self.lots));
        for part in self.said.parts.iter().filter(|part| part["what"] == "alternates") {
            let number = |key: &str| part[key].as_str().unwrap()[1..].parse::<usize>().unwrap();
            let open = all.with_together(number("stated"), number("name")).is_open(&self.lots);
            let same = |way: &serde_json::Value| way["what"] == "alternates" && way["name"] == part["name"];
            if open.is_some_and(|open| open != self.said.ways.iter().any(same)) {
                wrong.push(format!("{} as a way out: {open:?}", short(part)));
            }
            self.counts.count("ways out of alternates tried");
        }
        wrong
    }

    /// Things without which alone there would be an award, but which are no way out.
    fn missing(&mut self) -> Vec<String> {
        let mut missing = Vec::new();
        if self.said.one_of_several {
            return missing;
        }
        let all = self.tender.things(&self.lots);
        for part in self.said.parts.clone() {
            let Some(thing) = Thing::of(&part) else { continue };
            let same = |way: &serde_json::Value| {
                ["what", "name", "region"].iter().all(|key| part[*key] == way[*key])
            };
            // Bands and demands do not give way without end.
            let gives = !["demand", "no_bid", "no_offer", "bands"].contains(&thing.what) && !thing.several;
            if !gives || self.said.ways.iter().any(same) || self.is_needed(&thing) {
                continue;
            }
            let others: Vec<Thing> = all.iter().filter(|own| **own != thing).cloned().collect();
            if self.is_open(&others) == Some(true) {
                missing.push(format!("{} is no way out", short(&part)));
            }
        }
        missing
    }

    /// Whether another limit cannot be stated without this one.
    fn is_needed(&self, thing: &Thing) -> bool {
        let one_supplier = self.tender.limits.iter().enumerate().any(|(at, limit)| {
            let named = format!("n{at}") == thing.name || thing.name == "one_supplier_per_region";
            named && limit.kind == Kind::OneSupplier
        });
        let mut others = self.tender.limits.iter().filter(|limit| limit.stated != Stated::Lifted);
        one_supplier && others.any(|limit| matches!(limit.kind, Kind::Backups(_)))
    }
}

/// A tender without an award, by its seed: what is wrong with its conflicts; `None` when there is an award.
fn judged(seed: u64, counts: &mut Counts) -> Option<Vec<String>> {
    let tender = tender(seed);
    let closed = tender.without_award();
    if closed.is_empty() {
        return None;
    }
    let folder = tender.folder(seed.is_multiple_of(2));
    let (outcome, _, conflicts) = evaluated(&folder);
    let mut found = Vec::new();
    let told: BTreeSet<Vec<usize>> = conflicts.iter().map(|said| places(&said.lots)).collect();
    if outcome != "no_award" || told != closed.into_iter().collect() {
        found.push(format!("{outcome}, conflicts of {told:?} are told"));
    }
    for said in &conflicts {
        for part in &said.parts {
            let word = |key: &str| part[key].as_str().unwrap_or_default().to_owned();
            counts.count(format!("part {} {}", word("what"), word("kind")).trim_end());
        }
        counts.count(&said.told);
        let mut judge = Judge::new(&tender, said, counts);
        found.extend(judge.differs());
        found.extend(judge.missing());
        found.extend(judge.of_alternates());
        for way in &said.ways {
            let what = way["what"].as_str().unwrap();
            counts.count(&format!("way {what}"));
            if what == "demand" && way["region"].is_null() {
                counts.count("way part of all regions");
            }
            if way["proved"] != true {
                counts.count("way unproved");
            }
            found.extend(wrong(&folder, said, way));
        }
    }
    Some(found.into_iter().map(|wrong| format!("seed {seed}: {wrong}\n---- in\n{folder}")).collect())
}

/// What has been named in no conflict although it should have been.
fn unnamed(counts: &Counts) -> Vec<String> {
    let compares = ["none", "switching", "preference"];
    let kinds = jicai::tender::LimitKind::WORDS.iter().filter(|word| !compares.contains(word));
    let parts = WHATS.iter().filter(|what| !["limit", "parameter"].contains(what));
    let parameters = ["winners", "share", "one-supplier-per-region"];
    let all = kinds.map(|kind| format!("part limit {kind}"));
    let all = all.chain(parameters.iter().map(|kind| format!("part parameter {kind}")));
    let all = all.chain(parts.map(|what| format!("part {what}")));
    let further = ["part alternates", "proved smallest", "way part of all regions"];
    all.chain(further.iter().map(|what| (*what).to_owned())).filter(|what| counts.of(what) == 0).collect()
}

/// Seeds from `JICAI_RANDOM_FROM` on, `JICAI_RANDOM_CONFLICTS` of them. Many at once:
///
/// ```text
/// JICAI_RANDOM_CONFLICTS=3000 cargo test --release --test optimised conflicts_of
/// ```
#[test]
fn conflicts_of_small_random_tenders_are_those_that_trying_all_finds() {
    let number = |name: &str, otherwise| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let (from, count) = (number("JICAI_RANDOM_FROM", 0), number("JICAI_RANDOM_CONFLICTS", 60));
    let mut counts = Counts::default();
    let judged: Vec<Vec<String>> =
        (from..from + count).filter_map(|seed| judged(seed, &mut counts)).collect();
    println!("{} of {count} tenders have no award\n{:#?}", judged.len(), counts.0);
    let wrong: Vec<String> = judged.iter().flatten().cloned().collect();
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(judged.len() as u64 * 10 > count, "{} of {count}", judged.len());
    if count >= 3000 {
        assert_eq!(unnamed(&counts), [""; 0], "{:#?}", counts.0);
    }
    assert!(counts.of("sets too large to try") * 100 < counts.of("sets tried"), "{:#?}", counts.0);
}

/// The judge must be able to say no: to a set without one of its parts, and to one with a part too many.
#[test]
fn a_set_that_is_not_in_conflict_or_could_be_smaller_is_noticed() {
    let (mut planted, mut more) = (0, 0);
    let mut counts = Counts::default();
    for seed in 0..80 {
        let tender = tender(seed);
        if tender.without_award().is_empty() {
            continue;
        }
        let (_, _, conflicts) = evaluated(&tender.folder(false));
        for said in conflicts.iter().filter(|said| said.told != "in_conflict") {
            let mut noticed = |said: &Said| !Judge::new(&tender, said, &mut counts).differs().is_empty();
            let mut fewer = said.clone();
            // What holds whatever is left out does not make a set smaller.
            let Some(spared) = fewer.parts.iter().rposition(|part| part["what"] != "alternates") else {
                continue;
            };
            fewer.parts.remove(spared);
            assert!(noticed(&fewer), "seed {seed}");
            planted += 1;
            let things = tender.things(&places(&said.lots)).into_iter();
            let unused = things
                .filter(|thing| thing.what == "capacity")
                .find(|thing| said.parts.iter().all(|part| part["name"] != thing.name));
            if let Some(unused) = unused {
                let part = serde_json::json!({"what": "capacity", "name": unused.name, "region": null});
                let mut larger = said.clone();
                larger.parts.push(part);
                assert!(noticed(&larger), "seed {seed}");
                more += 1;
            }
        }
    }
    assert!(planted > 3 && more > 0, "{planted} {more}");
}
