//! Conflicts of small random tenders, judged by trying all awards of the tender with some of it left out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::ways::{Said, evaluated, short, wrong};
use super::{Kind, LotAward, Tender, Won, splits};

/// A tender of which some demand need not be met.
struct Less {
    tender: Tender,
    /// For each lot, the regions that need not get all they want.
    unmet: Vec<BTreeSet<usize>>,
}

fn place(name: &str, letter: char) -> Option<usize> {
    name.strip_prefix(letter)?.parse().ok()
}

/// What a part is about, as its words.
fn about(part: &Value) -> (String, String, String) {
    let word = |key: &str| part[key].as_str().unwrap_or_default().to_owned();
    (word("what"), word("name"), word("region"))
}

impl Less {
    /// The lots of a conflict with the parts that are kept only.
    fn new(tender: &Tender, conflict: &Said, kept: &[&Value]) -> Self {
        let kept: Vec<(String, String, String)> = kept.iter().map(|part| about(part)).collect();
        let has = |what: &str, name: &str| kept.iter().any(|own| own.0 == what && own.1 == name);
        let lots: Vec<usize> = conflict.lots.iter().filter_map(|lot| place(lot, 'L')).collect();
        let mut less = tender.clone();
        let mut unmet = vec![BTreeSet::new(); tender.lots.len()];
        let numbered: Vec<_> = less.limits.into_iter().enumerate().collect();
        less.limits = numbered
            .into_iter()
            .filter(|(at, _)| has("limit", &format!("n{at}")))
            .map(|(_, own)| own)
            .collect();
        let packages = less.packages.into_iter().enumerate();
        less.packages =
            packages.filter(|(at, _)| has("package", &format!("P{at}"))).map(|(_, own)| own).collect();
        for (at, supplier) in less.suppliers.iter_mut().enumerate() {
            supplier.most_volume = supplier.most_volume.filter(|_| has("capacity_volume", &format!("S{at}")));
            supplier.most_value = supplier.most_value.filter(|_| has("capacity_value", &format!("S{at}")));
        }
        for (at, lot) in less.lots.iter_mut().enumerate() {
            let (name, whole) = (format!("L{at}"), ["demand", "no_bid", "no_offer"]);
            for region in 0..lot.demand.len() {
                let is_kept = |own: &(String, String, String)| {
                    let here = own.2.is_empty() || own.2 == format!("R{region}");
                    whole.contains(&own.0.as_str()) && own.1 == name && here
                };
                if !kept.iter().any(is_kept) {
                    unmet[at].insert(region);
                }
            }
            let nobody = |region: usize| {
                kept.iter().any(|own| own.0 == "no_offer" && own.1 == name && own.2 == format!("R{region}"))
            };
            for (own, bid) in lot.bids.iter_mut().enumerate() {
                let id = Tender::bid_id(at, own);
                bid.capacity = bid.capacity.filter(|_| has("capacity", &id));
                bid.least = bid.least.filter(|_| has("min_quantity", &id));
                if !has("bands", &id) {
                    bid.bands.iter_mut().for_each(|band| (band.0, band.1) = (0, i64::MAX));
                }
                for (region, stated) in bid.regional.iter_mut().enumerate() {
                    let says = (String::from("not_offered"), id.clone(), format!("R{region}"));
                    if *stated == Some(None) && !kept.contains(&says) && !nobody(region) {
                        *stated = None;
                    }
                }
            }
        }
        let mut own = Self { tender: less, unmet };
        own.only(&lots);
        own
    }

    /// Only some of the lots, which then come first.
    fn only(&mut self, lots: &[usize]) {
        let place = |lot: usize| lots.iter().position(|own| *own == lot);
        self.tender.lots = lots.iter().map(|lot| self.tender.lots[*lot].clone()).collect();
        self.unmet = lots.iter().map(|lot| self.unmet[*lot].clone()).collect();
        self.tender.packages.retain(|package| package.bids.iter().all(|(lot, ..)| place(*lot).is_some()));
        for package in &mut self.tender.packages {
            package.bids.iter_mut().for_each(|bid| bid.0 = place(bid.0).unwrap());
        }
    }

    /// Bids whose bands hold for any quantity, with one of their bands each: all ways to choose.
    fn one_band_each(&self) -> Vec<Tender> {
        let mut all = vec![self.tender.clone()];
        for (at, lot) in self.tender.lots.iter().enumerate() {
            for (own, bid) in lot.bids.iter().enumerate() {
                if !bid.bands.iter().any(|band| band.1 == i64::MAX) {
                    continue;
                }
                all = all
                    .into_iter()
                    .flat_map(|tender| {
                        bid.bands.iter().map(move |band| {
                            let mut one = tender.clone();
                            one.lots[at].bids[own].bands = vec![*band];
                            one
                        })
                    })
                    .collect();
            }
        }
        all
    }

    /// Every way to award a lot, by itself.
    fn awards(&self, tender: &Tender, at: usize) -> Vec<LotAward> {
        let lot = &tender.lots[at];
        let one_supplier = tender.has(at, Kind::OneSupplier);
        let mut awards = vec![LotAward { volumes: vec![Vec::new(); lot.bids.len()] }];
        for (region, demand) in lot.demand.iter().enumerate() {
            let least = if self.unmet[at].contains(&region) { 0 } else { *demand };
            let whole = |split: &Vec<i64>| {
                let served: Vec<i64> = split.iter().copied().filter(|volume| *volume > 0).collect();
                !one_supplier || served.is_empty() || served == [*demand]
            };
            let all: Vec<Vec<i64>> =
                (least..=*demand).flat_map(|volume| splits(volume, lot.bids.len())).filter(whole).collect();
            let grow = |award: &LotAward, split: &Vec<i64>| {
                let mut grown = award.clone();
                grown.volumes.iter_mut().zip(split).for_each(|(own, volume)| own.push(*volume));
                grown
            };
            awards =
                awards.iter().flat_map(|award| all.iter().map(move |split| grow(award, split))).collect();
        }
        awards.retain(|award| {
            let won: Vec<usize> = (0..lot.bids.len()).filter(|bid| award.wins(*bid)).collect();
            let alone = |bid: &usize| {
                let supplier = lot.bids[*bid].supplier;
                let own = won.iter().filter(|other| lot.bids[**other].supplier == supplier).count();
                own == 1
            };
            // A price within a package holds for any region; what a bid can deliver holds all the same.
            let can = |bid: &usize| {
                lot.value(award, *bid, None).is_some() || lot.value(award, *bid, Some(1)).is_some()
            };
            won.iter().all(alone) && won.iter().all(can)
        });
        awards
    }

    /// Whether there is an award.
    fn is_open(&self) -> bool {
        self.one_band_each().iter().any(|tender| {
            let each: Vec<Vec<LotAward>> = (0..tender.lots.len()).map(|at| self.awards(tender, at)).collect();
            self.any(tender, &each, &mut Vec::new())
        })
    }

    fn any<'a>(&self, tender: &Tender, each: &'a [Vec<LotAward>], chosen: &mut Vec<&'a LotAward>) -> bool {
        let Some(awards) = each.get(chosen.len()) else { return self.holds(tender, chosen) };
        awards.iter().any(|award| {
            chosen.push(award);
            let found = self.any(tender, each, chosen);
            chosen.pop();
            found
        })
    }

    /// Whether an award keeps all that is left.
    fn holds(&self, tender: &Tender, awards: &[&LotAward]) -> bool {
        let Some(packed) = tender.packed(awards) else { return false };
        let mut paid = Vec::new();
        for (at, (lot, award)) in tender.lots.iter().zip(awards).enumerate() {
            let one = |bid: usize| match award.wins(bid) {
                false => Some((0, 0)),
                true => lot.value(award, bid, packed(at, bid)),
            };
            let Some(own) = (0..lot.bids.len()).map(one).collect::<Option<Vec<_>>>() else { return false };
            paid.push(own);
        }
        let won = Won { tender, awards, paid };
        let as_one = tender.limits.iter().any(|limit| limit.kind == Kind::RelatedAsOne);
        won.within_capacities() && tender.limits.iter().all(|limit| self.keeps(&won, limit, as_one))
    }

    /// Shares of volume are those of the stated demand, also where it need not be met.
    fn keeps(&self, won: &Won<'_>, limit: &super::Limit, as_one: bool) -> bool {
        let (min, max, by_class) = match limit.kind {
            Kind::Share { value: false, min, max } => (min, max, false),
            Kind::ClassShare { value: false, min, max } => (min, max, true),
            _ => return won.keeps(limit, as_one),
        };
        let lots: Vec<usize> = (0..won.awards.len()).filter(|lot| won.tender.covers(limit, *lot)).collect();
        let blocks: Vec<Vec<usize>> = match limit.together && !lots.is_empty() {
            true => vec![lots],
            false => lots.into_iter().map(|lot| vec![lot]).collect(),
        };
        blocks.iter().all(|lots| {
            let whole: i64 = lots.iter().flat_map(|lot| &won.tender.lots[*lot].demand).sum();
            let own = won.places(|lot, bid| lots.contains(&lot) && won.tender.concerns(limit, bid));
            let within = |bids: &[(usize, usize)], must: bool| {
                let part = 10 * won.volume(bids);
                max.is_none_or(|max| part <= max * whole)
                    && (!must || min.is_none_or(|min| part >= min * whole))
            };
            if by_class {
                return within(&own, true);
            }
            let parties: BTreeSet<usize> = own.iter().map(|place| won.party(*place, as_one)).collect();
            parties.iter().all(|party| {
                let bids: Vec<(usize, usize)> =
                    own.iter().copied().filter(|place| won.party(*place, as_one) == *party).collect();
                within(&bids, bids.iter().any(|place| won.wins(*place)))
            })
        })
    }
}

/// What is wrong with what a report says of a conflict.
fn differs(tender: &Tender, conflict: &Said) -> Vec<String> {
    let mut wrong = Vec::new();
    if conflict.told == "not_told" || conflict.parts.is_empty() {
        wrong.push(format!("{}: {:?}", conflict.told, conflict.lots));
    }
    let all: Vec<&Value> = conflict.parts.iter().collect();
    if Less::new(tender, conflict, &all).is_open() {
        wrong.push(format!("no conflict: {:?}", conflict.parts()));
    }
    for (at, part) in conflict.parts.iter().enumerate() {
        let others: Vec<&Value> =
            conflict.parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, own)| own).collect();
        // Of several bids of a supplier one at most wins, whatever is left out.
        let can_be_left_out = conflict.told != "in_conflict" && part["what"] != "alternates";
        if can_be_left_out && !Less::new(tender, conflict, &others).is_open() {
            wrong.push(format!("{} can be spared of {:?}", short(part), conflict.parts()));
        }
    }
    wrong
}

/// A tender without an award, by its seed: what is wrong with its conflicts; `None` when there is an award.
pub fn judged(seed: u64) -> Option<Vec<String>> {
    let tender = super::tender(seed);
    let folder = tender.folder(seed.is_multiple_of(2));
    let (outcome, _, conflicts) = evaluated(&folder);
    if outcome != "no_award" {
        return None;
    }
    let mut found = Vec::new();
    if conflicts.is_empty() {
        found.push("no conflict is told".to_owned());
    }
    for conflict in &conflicts {
        found.extend(differs(&tender, conflict));
        // A reserve cuts volumes of a few units into hundredths, which makes a small tender a large one.
        let ways = conflict.ways.iter().filter(|way| way["what"] != "demand" || way["region"].is_string());
        found.extend(ways.filter_map(|way| wrong(&folder, conflict, way)));
    }
    Some(found.into_iter().map(|wrong| format!("seed {seed}: {wrong}\n{folder:#?}")).collect())
}

/// Seeds from `JICAI_RANDOM_FROM` on, `JICAI_RANDOM_CONFLICTS` of them.
#[test]
fn conflicts_of_small_random_tenders_are_those_that_trying_all_finds() {
    let number = |name: &str, otherwise| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let (from, count) = (number("JICAI_RANDOM_FROM", 0), number("JICAI_RANDOM_CONFLICTS", 60));
    let judged: Vec<Vec<String>> = (from..from + count).filter_map(judged).collect();
    println!("{} of {count} tenders have no award", judged.len());
    let wrong: Vec<String> = judged.iter().flatten().cloned().collect();
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.first().unwrap());
    assert!(judged.len() as u64 * 10 > count, "{} of {count}", judged.len());
}

/// The search must be able to say no: a set without one of its parts, and one with a part too many.
#[test]
fn a_set_that_is_not_in_conflict_or_could_be_smaller_is_noticed() {
    let (mut planted, mut more) = (0, 0);
    for seed in 0..40 {
        let tender = super::tender(seed);
        let (_, _, conflicts) = evaluated(&tender.folder(false));
        for conflict in conflicts {
            let mut fewer = conflict.clone();
            // What holds whatever is left out does not make a set smaller.
            let spared = fewer.parts.iter().rposition(|part| part["what"] != "alternates");
            if conflict.told == "in_conflict" || spared.is_none() {
                continue;
            }
            fewer.parts.remove(spared.unwrap());
            assert!(!differs(&tender, &fewer).is_empty(), "seed {seed}");
            planted += 1;
            let id = Tender::bid_id(0, 0);
            let part = serde_json::json!({"what": "capacity", "name": id, "region": null});
            let is_new = conflict.parts.iter().all(|own| own["name"] != part["name"]);
            if tender.lots[0].bids[0].capacity.is_some() && is_new && conflict.lots.contains(&"L0".to_owned())
            {
                let mut larger = conflict.clone();
                larger.parts.push(part);
                assert!(!differs(&tender, &larger).is_empty(), "seed {seed}");
                more += 1;
            }
        }
    }
    assert!(planted > 3 && more > 0, "{planted} {more}");
}
