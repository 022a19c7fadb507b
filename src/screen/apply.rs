//! The rules in the order in which the office applies them.

use std::collections::BTreeMap;

use super::bidders::{Entrant, admit};
use super::round::RankedRound;
use super::scores::{Merit, merits};
use super::unheeded;
use super::units::{Field, fields};
use super::{Route, Screened, ScreenedBid, ScreenedLot, Standing, capacity, spread};
use crate::compare::{ComparableLot, ComparableTender};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::rules::{AwardRule, CostStatementBelowAnchor, MatchTheLowest, RuleSet, SpreadPlace};
use crate::tender::{Act, Supplier, SupplierId, Verdict};

/// Applies the tender's rule set to every bid.
///
/// # Errors
/// Bids that the rules do not allow beside each other, draws and acts that have no meaning, numbers that cannot be held.
pub fn screen(tender: ComparableTender, warnings: &mut Diagnostics) -> Result<Screened, Diagnostics> {
    let (screened, errors) = screened(tender, warnings);
    if errors.is_empty() { Ok(screened) } else { Err(errors) }
}

/// The same at prices that were not filed: a recorded draw or act counts where it still has a meaning, and nowhere else.
///
/// # Errors
/// As [`screen`], but for draws and acts that have no meaning.
pub fn screen_at_other_prices(mut tender: ComparableTender) -> Result<Screened, Diagnostics> {
    if matches!(tender.rules.award, AwardRule::LeastCost { .. }) {
        for lot in &mut tender.lots {
            lot.lot.decisions.retain(|act| matches!(act.act, Act::Disqualified | Act::Withdrawn));
        }
    }
    let (screened, errors) = screened(tender, &mut Diagnostics::new());
    let of_acts = errors.iter().all(|error| OF_ACTS.contains(&error.code));
    if of_acts { Ok(screened) } else { Err(errors) }
}

fn screened(tender: ComparableTender, warnings: &mut Diagnostics) -> (Screened, Diagnostics) {
    let ComparableTender { notice, suppliers, packages, inputs, rules, lots } = tender;
    let mut errors = Diagnostics::new();
    unheeded::warn(&lots, &notice, &suppliers, &rules, warnings);
    let mut set_aside = Vec::new();
    let mut entered = Vec::with_capacity(lots.len());
    for mut lot in lots {
        if rules.instead_of.is_some() && acts_do_not_fit(&lot, &rules) {
            set_aside.push(lot.lot.id.as_str().to_owned());
            lot.lot.decisions.retain(|decision| matches!(decision.act, Act::Disqualified | Act::Withdrawn));
        }
        entered.push(Entered::new(lot, &rules, &mut errors));
    }
    if !set_aside.is_empty() {
        let warning = Diagnostic::at(Code::ActsOfOwnRules, Place::file("decisions.csv"));
        let count = set_aside.len().to_string();
        warnings.push(warning.with("count", count).with("lots", set_aside.join(", ")));
    }
    let places = spread_places(&entered, &rules, &mut errors);
    let lots = entered
        .into_iter()
        .zip(places)
        .map(|(lot, place)| lot.screen((&rules, &suppliers), place, &mut errors, warnings))
        .collect();
    (Screened { notice, suppliers, packages, inputs, rules, lots }, errors)
}

/// Faults of recorded acts that have no meaning.
const OF_ACTS: [Code; 4] = [Code::DrawNotTied, Code::DrawTwice, Code::DrawOrderGap, Code::ActWithoutMeaning];

/// Whether draws, negotiations or refusals recorded under the tender's own rules have no meaning under these.
fn acts_do_not_fit(lot: &ComparableLot, rules: &RuleSet) -> bool {
    let least_cost = matches!(rules.award, AwardRule::LeastCost { .. });
    if least_cost && lot.lot.decisions.iter().any(|decision| matches!(decision.act, Act::Draw(_))) {
        return true;
    }
    let mut errors = Diagnostics::new();
    Entered::new(lot.clone(), rules, &mut errors);
    errors.iter().any(|error| OF_ACTS.contains(&error.code))
}

/// A lot whose bids are admitted and ranked.
struct Entered {
    lot: ComparableLot,
    entrants: Vec<Entrant>,
    bidders: u32,
    /// What each bid is ranked by, where the rule set ranks.
    merits: Vec<Option<Merit>>,
    /// Who competes with whom, where the rule set ranks.
    fields: Vec<Field>,
}

impl Entered {
    fn new(lot: ComparableLot, rules: &RuleSet, errors: &mut Diagnostics) -> Self {
        check_acts(&lot, rules, errors);
        let (mut entrants, bidders) = admit(&lot, rules, errors);
        match &rules.award {
            AwardRule::LeastCost { .. } => {
                Self { lot, entrants, bidders, merits: Vec::new(), fields: Vec::new() }
            }
            AwardRule::Ranked { rank: ranking, places, stages, .. } => {
                let merits = merits(&lot, &mut entrants, &stages.scoring, ranking.is_by_score(), errors);
                let by = (ranking, &places.rule, merits.as_slice());
                let fields = fields(&lot, &mut entrants, rules, by, stages, errors);
                Self { lot, entrants, bidders, merits, fields }
            }
        }
    }

    fn screen(
        self,
        (rules, suppliers): (&RuleSet, &BTreeMap<SupplierId, Supplier>),
        spread: Option<SpreadPlace>,
        errors: &mut Diagnostics,
        warnings: &mut Diagnostics,
    ) -> ScreenedLot {
        let AwardRule::Ranked { rank, places, negotiation, tests, stages } = &rules.award else {
            return without_ranks(self.lot, self.entrants, self.bidders);
        };
        let (bidders, negotiation) = (self.bidders, negotiation.as_ref());
        let incumbency = rules.incumbency.as_ref();
        let round = RankedRound {
            ranking: rank,
            places,
            negotiation,
            tests,
            stages,
            bidders,
            incumbency,
            suppliers,
            spread,
            merits: &self.merits,
        };
        if let (true, [all]) = (stages.capacity.is_some(), self.fields.as_slice()) {
            capacity::warn_if_short(&self.lot, &all.ranked, warnings);
        }
        let screened = round.screen(self.lot, self.entrants, &self.fields, errors);
        warn_of_unknown_ceilings(&screened, warnings);
        warn_of_what_is_missing(&screened, warnings);
        screened
    }
}

/// Where every lot stands by its spread, where a rule asks for that.
fn spread_places(lots: &[Entered], rules: &RuleSet, errors: &mut Diagnostics) -> Vec<Option<SpreadPlace>> {
    let AwardRule::Ranked { stages, .. } = &rules.award else { return vec![None; lots.len()] };
    let Some(rule) = &stages.highest_excluded else { return vec![None; lots.len()] };
    let listed: Vec<_> =
        lots.iter().filter_map(|lot| Some((&lot.lot.lot, &lot.fields.first()?.shortlist))).collect();
    spread::places(&listed, &rule.rule, errors)
}

/// Every bid that no rule excludes may be chosen by cost.
fn without_ranks(lot: ComparableLot, entrants: Vec<Entrant>, bidders: u32) -> ScreenedLot {
    let bids: Vec<ScreenedBid> = entrants
        .into_iter()
        .map(|entrant| {
            let standing = match entrant.excluded {
                Some(rule) => Standing::Excluded { rule },
                None => Standing::Ranked { rank: 1, tied: 1, fails: None },
            };
            ScreenedBid {
                reasons: entrant.reasons,
                counts: entrant.counts,
                standing,
                route: Route::Place,
                unit: None,
                class: None,
                agreed_share: None,
            }
        })
        .collect();
    let lowest = lot
        .bids
        .iter()
        .zip(&bids)
        .filter(|(_, bid)| !matches!(bid.standing, Standing::Excluded { .. }))
        .filter_map(|(comparable, _)| comparable.comparable_price)
        .min();
    ScreenedLot {
        comparable: lot,
        bidders,
        places: None,
        unit_places: Vec::new(),
        lowest,
        anchor: None,
        bids,
    }
}

/// A negotiation, a refusal or a draw means nothing under a rule set that knows none.
fn check_acts(lot: &ComparableLot, rules: &RuleSet, errors: &mut Diagnostics) {
    let ranks = matches!(rules.award, AwardRule::Ranked { .. });
    let negotiates = matches!(rules.award, AwardRule::Ranked { negotiation: Some(_), .. });
    for decision in &lot.lot.decisions {
        let known = match decision.act {
            Act::Disqualified | Act::Withdrawn => true,
            // Under least cost a draw names a whole set of winners, each with a row `draw-1`; the certificate knows the sets.
            Act::Draw(place) => ranks || place == 1,
            Act::Negotiated | Act::NoAward => negotiates,
        };
        if !known {
            let error = Diagnostic::at(Code::ActWithoutMeaning, decision.place.clone());
            errors.push(error.with("act", decision.act.name()).with("rules", rules.id.as_str()));
        }
    }
}

/// A bid that loses on price while one of its tests could not be made is a case for a human eye.
fn warn_of_unknown_ceilings(lot: &ScreenedLot, warnings: &mut Diagnostics) {
    for (bid, _, screened) in lot.each_bid() {
        let unknown = screened.reasons.iter().any(|reason| {
            reason.verdict == Verdict::NotApplicable && reason.rule == crate::rules::CutFromCeilingAtLeast::ID
        });
        if unknown && matches!(screened.standing, Standing::Ranked { fails: Some(_), .. }) {
            warnings
                .push(Diagnostic::at(Code::CeilingUnknown, bid.place.clone()).with("bid", bid.id.as_str()));
        }
    }
}

/// Answers that a revival waits for, and cost statements that must be handed in.
fn warn_of_what_is_missing(lot: &ScreenedLot, warnings: &mut Diagnostics) {
    for (bid, _, screened) in lot.each_bid() {
        let asked = |rule: &str| {
            let mut said = screened.reasons.iter();
            said.any(|reason| reason.rule == rule && reason.verdict == Verdict::NotApplicable)
        };
        let mut warn = |code| {
            warnings.push(Diagnostic::at(code, bid.place.clone()).with("bid", bid.id.as_str()));
        };
        if asked(MatchTheLowest::ID) {
            warn(Code::MatchUnanswered);
        } else if screened.route == Route::Open {
            warn(Code::RevivalUnanswered);
        }
        if asked(CostStatementBelowAnchor::ID) {
            warn(Code::CostStatementRequired);
        }
    }
}
