//! From certified lots to the certified award of the tender.

use super::award::{BidStatus, Certificate, CertifiedAward, LotAward, Proof, Tie, TieDecides, Winner};
use super::certified::{CertifiedLot, Draw, Outcome as LotOutcome, ProofKind};
use super::drawn::drawn;
use super::planned::{Planned, Reading};
use super::{CertifyFault, CertifyFaultKind, certify};
use crate::model::language::{self, Group, Language};
use crate::model::whole::TooLarge;
use crate::model::{AwardModel, Candidate, LotCandidate, LotModel, Shape, Steps, groups};
use crate::rules::{AllocationRule, Criterion, RuleSet, Unit};
use crate::screen::{Route, Screened, ScreenedLot, Standing};
use crate::tender::Outcome;

/// Checks the candidate award of every lot in integers and proves it best.
///
/// # Errors
/// The first lot whose award breaks a row, is not the best, or comes with a proof that does not hold.
pub fn certify_award(
    mut screened: Screened,
    model: &AwardModel,
    candidate: &Candidate,
) -> Result<CertifiedAward, CertifyFault> {
    let certified = certify(model, candidate)?;
    let mut lots: Vec<Option<LotAward>> = vec![None; screened.lots.len()];
    let mut certificates: Vec<Option<Certificate>> = vec![None; screened.lots.len()];
    let programmes = model.lots.iter().zip(certified.lots()).zip(&candidate.lots);
    for (group, ((model, certified), candidate)) in groups(&screened).iter().zip(programmes) {
        let fault = || CertifyFault { lot_id: model.lot_id.clone(), kind: CertifyFaultKind::TooLarge };
        let language = read_by(&screened, group, model).map_err(|TooLarge| fault())?;
        let steps = language.as_ref().map(|language| language.steps);
        let first = group.lots.first().and_then(|at| screened.lots.get(*at)).ok_or_else(fault)?;
        let proof = match &model.shape {
            Shape::Ranked(_) => None,
            Shape::Core(_) | Shape::General(_) => {
                Some(proved(model, candidate, steps.unwrap_or_else(|| Steps::of(first, &screened.rules)))?)
            }
        };
        for (place, at) in group.lots.iter().enumerate() {
            let lot = screened.lots.get(*at).ok_or_else(fault)?;
            let language = language.as_ref().map(|language| (language, place));
            // A draw that is recorded chooses between the awards of one lot.
            let alone = group.lots.len() == 1;
            let drawn = if alone { drawn(lot, model, certified, candidate) } else { Ok(None) };
            let drawn = drawn.map_err(|kind| CertifyFault { lot_id: model.lot_id.clone(), kind })?;
            let certified = drawn.as_ref().unwrap_or(certified);
            let reading = Reading { lot, rules: &screened.rules, model, certified, language };
            let award = lot_award(&screened.rules, &reading).ok_or_else(fault)?;
            lots.get_mut(*at).into_iter().for_each(|place| *place = Some(award.clone()));
            certificates.get_mut(*at).into_iter().for_each(|place| *place = proof.clone());
        }
    }
    let unread = || CertifyFault { lot_id: String::new(), kind: CertifyFaultKind::OtherLot };
    let lots = lots.into_iter().collect::<Option<Vec<_>>>().ok_or_else(unread)?;
    super::part::record(&mut screened, &lots);
    Ok(CertifiedAward::new(screened, lots, certificates))
}

/// The programme of the whole bidding language, by which its columns are read.
fn read_by(screened: &Screened, group: &Group, model: &LotModel) -> Result<Option<Language>, TooLarge> {
    match &model.shape {
        Shape::General(_) => language::language(&language::offered(screened), group).map(Some),
        Shape::Ranked(_) | Shape::Core(_) => Ok(None),
    }
}

/// What proves a lot that is decided by its columns and rows.
fn proved(model: &LotModel, candidate: &LotCandidate, steps: Steps) -> Result<Certificate, CertifyFault> {
    let lean = match &model.shape {
        Shape::General(_) => super::general::lean(model, candidate),
        Shape::Core(_) | Shape::Ranked(_) => super::lean::lean(model, &candidate.proof),
    };
    let (proof, bounds) = lean.map_err(|kind| CertifyFault { lot_id: model.lot_id.clone(), kind })?;
    let awards = candidate.best.iter().chain(&candidate.others).cloned().collect();
    Ok(Certificate::new(steps, model.clone(), awards, proof, bounds))
}

/// Certifies the award of one lot that is decided by its columns and rows, with what proves it. Volumes and prices count
/// as whole.
///
/// # Errors
/// As [`super::certify_lot`].
pub fn certify_programme(
    model: &LotModel,
    candidate: &LotCandidate,
) -> Result<(CertifiedLot, Certificate), CertifyFault> {
    let certified = super::certify_lot(model, candidate)?;
    let steps = Steps { volume_digits: 0, price_digits: 0 };
    Ok((certified, proved(model, candidate, steps)?))
}

fn lot_award(rules: &RuleSet, reading: &Reading<'_>) -> Option<LotAward> {
    let Reading { lot, certified, .. } = *reading;
    let place = |id: &String| lot.comparable.lot.bids.iter().position(|bid| bid.id.as_str() == id);
    let mut winners = Vec::new();
    for id in certified.winners() {
        // A programme of several lots names the winners of all.
        let Some(bid) = place(id) else { continue };
        let Planned { volume: planned, regions, fixed_cost, offers } = reading.planned(id)?;
        winners.push(Winner { bid, rank: rank(lot, bid), planned, regions, fixed_cost, offers });
    }
    winners.sort_by_key(|winner| (key(lot, winner), winner.bid));
    let (mut ties, mut outcome) = (Vec::new(), Outcome::Awarded);
    match certified.outcome() {
        LotOutcome::Awarded => {}
        LotOutcome::NoAward => outcome = Outcome::NoAward,
        LotOutcome::Unproved => outcome = Outcome::Unproved,
        LotOutcome::DrawRequired(draw) => {
            let open = draw_ties(draw, &winners, place)?;
            if !open.is_empty() {
                outcome = Outcome::DrawRequired;
            }
            ties.extend(open);
        }
    }
    let unanswered = lot.bids.iter().any(|bid| bid.route == Route::Open);
    if unanswered && matches!(outcome, Outcome::Awarded | Outcome::NoAward) {
        outcome = Outcome::AnswerRequired;
    }
    ties.extend(order_ties(lot, &winners));
    if outcome == Outcome::Awarded && ties.iter().any(|tie| order_matters(lot, rules, &winners, tie)) {
        outcome = Outcome::DrawRequired;
    }
    let count = winner_count(lot, &winners, &ties).filter(|_| !unanswered);
    let class = lot.comparable.lot.volume_class;
    Some(LotAward {
        statuses: statuses(lot, &winners, &ties),
        agreed_share: count
            .zip(rules.agreed_share.as_ref())
            .and_then(|(count, rule)| rule.rule.share(class, count)),
        term_years: count.zip(rules.term.as_ref()).and_then(|(count, rule)| rule.rule.years(count)),
        proof: proof(reading)?,
        outcome,
        winners,
        ties,
    })
}

fn rank(lot: &ScreenedLot, bid: usize) -> u32 {
    match lot.bids.get(bid).map(|bid| bid.standing) {
        Some(Standing::Ranked { rank, .. }) => rank,
        _ => u32::MAX,
    }
}

/// Whether volumes depend on the order of winners that a draw has yet to settle.
fn order_matters(lot: &ScreenedLot, rules: &RuleSet, winners: &[Winner], tie: &Tie) -> bool {
    let suppliers = || winners.iter().filter_map(|winner| lot.comparable.lot.bids.get(winner.bid));
    let picks_stand = rules.picks_stand(&lot.comparable.lot, suppliers().map(|bid| &bid.supplier_id));
    match &rules.allocation {
        AllocationRule::Draft(_) => !picks_stand,
        AllocationRule::ByClass(_) => {
            let class = |bid: &usize| lot.bids.get(*bid).and_then(|bid| bid.class);
            tie.bids.iter().any(|bid| class(bid).is_none())
        }
        AllocationRule::ByLadder(rule) => {
            let all: Vec<usize> = winners.iter().map(|winner| winner.bid).collect();
            let places = lot.ladder_places(&all);
            let tied = all.iter().zip(places).filter(|(bid, _)| tie.bids.contains(bid));
            let tied: Vec<usize> = tied.filter_map(|(_, place)| place).collect();
            !rule.rule.gives_alike(&tied)
        }
        by_rank => {
            let rank = |bid: &usize| winners.iter().position(|winner| winner.bid == *bid);
            let tied: Vec<usize> = tie.bids.iter().filter_map(rank).collect();
            by_rank.gives_alike(winners.len(), &tied) == Some(false)
        }
    }
}

/// Where a winner stands: unit by unit, and by rank in each.
fn key(lot: &ScreenedLot, winner: &Winner) -> (Option<Unit>, u32) {
    (lot.bids.get(winner.bid).and_then(|bid| bid.unit), winner.rank)
}

/// The bids between which draws must decide; none when they decide nothing on this lot.
fn draw_ties(draw: &Draw, certain: &[Winner], place: impl Fn(&String) -> Option<usize>) -> Option<Vec<Tie>> {
    match draw {
        Draw::Places(ties) => {
            let of = |tie: &crate::model::Tie| {
                let bids = tie.tied.iter().map(&place).collect::<Option<Vec<_>>>()?;
                Some(Tie { bids, decides: TieDecides::Places { places: tie.places } })
            };
            ties.iter().map(of).collect()
        }
        Draw::Awards { winners, complete } => {
            let own = |set: &Vec<String>| set.iter().filter_map(&place).collect::<Vec<_>>();
            let mut sets: Vec<Vec<usize>> = winners.iter().map(own).collect();
            sets.sort();
            sets.dedup();
            if let ([_], true) = (sets.as_slice(), *complete) {
                return Some(Vec::new());
            }
            let mut bids: Vec<usize> = sets.iter().flatten().copied().collect();
            bids.sort_unstable();
            bids.dedup();
            bids.retain(|bid| certain.iter().all(|winner| winner.bid != *bid));
            Some(vec![Tie { bids, decides: TieDecides::Award { sets, complete: *complete } }])
        }
    }
}

/// Winners that pick regions and share a rank: who picks first is open.
fn order_ties(lot: &ScreenedLot, winners: &[Winner]) -> Vec<Tie> {
    if lot.places.is_none() {
        return Vec::new();
    }
    let picking: Vec<&Winner> =
        winners.iter().filter(|winner| lot.route(winner.bid).picks_regions()).collect();
    picking
        .chunk_by(|one, other| key(lot, one) == key(lot, other))
        .filter(|group| group.len() > 1)
        .map(|group| Tie {
            bids: group.iter().map(|winner| winner.bid).collect(),
            decides: TieDecides::Order,
        })
        .collect()
}

/// How many win, those without volume left out; unknown while a draw decides between bids of which only some may win, or between awards.
fn winner_count(lot: &ScreenedLot, winners: &[Winner], ties: &[Tie]) -> Option<u32> {
    let with_volume = winners.iter().filter(|winner| lot.route(winner.bid) != Route::WithoutVolume);
    let mut count = u32::try_from(with_volume.count()).ok()?;
    for tie in ties {
        match &tie.decides {
            TieDecides::Order => {}
            TieDecides::Award { .. } => return None,
            TieDecides::Places { places } => {
                let may_win = |bid: &usize| {
                    matches!(
                        lot.bids.get(*bid).map(|bid| bid.standing),
                        Some(Standing::Ranked { fails: None, .. })
                    )
                };
                if !tie.bids.iter().all(may_win) {
                    return None;
                }
                count = count.checked_add(*places)?;
            }
        }
    }
    (count > 0).then_some(count)
}

fn statuses(lot: &ScreenedLot, winners: &[Winner], ties: &[Tie]) -> Vec<BidStatus> {
    let tied = |at: &usize| ties.iter().any(|tie| tie.decides != TieDecides::Order && tie.bids.contains(at));
    lot.bids
        .iter()
        .enumerate()
        .map(|(at, bid)| match bid.standing {
            Standing::Excluded { .. } => BidStatus::Excluded,
            Standing::Ranked { .. } if winners.iter().any(|winner| winner.bid == at) => BidStatus::Won,
            Standing::Ranked { fails: None, .. } if tied(&at) => BidStatus::Tied,
            Standing::Ranked { .. } if bid.route == Route::Open => BidStatus::Open,
            Standing::Ranked { .. } => BidStatus::Lost,
        })
        .collect()
}

/// The bound of one lot of several that are decided together. Their bound holds for all of them: with the other lots as they
/// are, this one costs at most the whole gap less. Where cost is not the first criterion, nothing better than zero is known.
fn of_one_lot(reading: &Reading<'_>, own: i128, bound: i128) -> Option<i128> {
    let by_cost =
        reading.language.is_some_and(|(language, _)| language.criteria.first() == Some(&Criterion::Cost));
    let gap = reading.certified.objective()?.checked_sub(bound).filter(|_| by_cost).unwrap_or(own);
    own.checked_sub(gap).map(|bound| bound.max(0))
}

fn proof(reading: &Reading<'_>) -> Option<Proof> {
    if let Shape::Ranked(_) = reading.model.shape {
        return Some(Proof::Rules);
    }
    let (steps, certified) = (reading.steps(), reading.certified);
    if certified.objective().is_none() {
        return Some(Proof::Nothing);
    }
    let own = reading.cost()?;
    let cost = steps.cost(own)?;
    Some(match certified.proof() {
        ProofKind::Exact | ProofKind::Rules => Proof::Exact { cost },
        ProofKind::Bound { bound } if certified.objective() != Some(own) => {
            Proof::Bound { cost, bound: steps.cost(of_one_lot(reading, own, bound)?)? }
        }
        ProofKind::Bound { bound } => Proof::Bound { cost, bound: steps.cost(bound)? },
    })
}
