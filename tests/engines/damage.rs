//! Damaged proofs and wrong awards on random lots.

use jicai::certify::{CertifyFaultKind, Outcome, certify_lot};
use jicai::model::{Claim, LotCandidate, Proof, Purpose, Step};
use jicai::solve::{Engine, Exact};

use crate::core::random_lot;
use crate::random::Random;

fn damage(random: &mut Random, proof: &mut Proof) {
    let steps = i128::try_from(proof.steps.len()).unwrap();
    let at = usize::try_from(random.between(0, steps - 1)).unwrap();
    match random.between(0, 4) {
        0 => {
            proof.steps.truncate(at);
        }
        1 => {
            proof.steps.remove(at);
        }
        2 => proof.steps.push(Step::Case { weights: 0, further: Vec::new() }),
        3 => match &mut proof.steps[at] {
            Step::Branch { column, .. } | Step::Split { column, .. } => *column += 1,
            Step::Case { weights, .. } => *weights = weights.saturating_sub(1),
        },
        _ => {
            let weights = i128::try_from(proof.weights.len()).unwrap();
            let some = &mut proof.weights[usize::try_from(random.between(0, weights - 1)).unwrap()];
            match random.between(0, 2) {
                0 => some.denominator += 1,
                1 => some.rows.iter_mut().for_each(|row| row.1 -= 1),
                _ => {
                    some.purpose =
                        if some.purpose == Purpose::Bound { Purpose::NoAward } else { Purpose::Bound }
                }
            }
        }
    }
}

/// Whatever is done to a proof, a dearer award never passes; and the right award either passes as what it is or not.
#[test]
fn no_damaged_proof_lets_a_dearer_award_pass() {
    let mut random = Random(6);
    let (mut tried, mut refused) = (0, 0);
    for _ in 0..1_500 {
        let lot = random_lot(&mut random, 5, 3, 9);
        let model = lot.clone().into_model().unwrap();
        let right = Exact::default().solve(&model).unwrap();
        let Some(best) = &right.best else { continue };
        let mut damaged = right.clone();
        damage(&mut random, &mut damaged.proof);
        tried += 1;
        match certify_lot(&model, &damaged) {
            Err(_) => refused += 1,
            Ok(certified) => assert_eq!(certified.objective(), Some(best.objective)),
        }
        // The best award without one of the winners is another award, and dearer unless it is a tie.
        let barred = best.values.iter().take(lot.bidders.len()).position(|v| *v == 1);
        let Some(barred) = barred else { continue };
        let mut fewer = lot.clone();
        fewer.bidders[barred].barred_by = Some("barred".into());
        let Some(second) = Exact::default().solve(&fewer.into_model().unwrap()).unwrap().best else {
            continue;
        };
        if second.objective == best.objective {
            continue;
        }
        let planted = LotCandidate { best: Some(second), others: Vec::new(), ..right.clone() };
        let fault = certify_lot(&model, &planted).unwrap_err().kind;
        assert_eq!(fault, CertifyFaultKind::NotProved { bound: Box::new(Some(best.objective)) });
        for _ in 0..5 {
            let mut damaged = planted.clone();
            damage(&mut random, &mut damaged.proof);
            assert!(certify_lot(&model, &damaged).is_err());
        }
    }
    assert!(tried > 400 && refused * 3 > tried, "{refused} of {tried}");
}

#[test]
fn a_hidden_tie_does_not_become_an_award() {
    let mut random = Random(7);
    let mut hidden = 0;
    for _ in 0..2_000 {
        let model = random_lot(&mut random, 4, 3, 3).into_model().unwrap();
        let mut one = Exact::default().solve(&model).unwrap();
        if one.others.is_empty() {
            continue;
        }
        one.others.clear();
        hidden += 1;
        let certified = certify_lot(&model, &one).unwrap();
        assert_eq!(certified.outcome(), &Outcome::Unproved);
    }
    assert!(hidden > 50);
}

#[test]
fn no_award_needs_a_proof_too() {
    let mut random = Random(8);
    let (mut none, mut some) = (0, 0);
    for _ in 0..500 {
        let model = random_lot(&mut random, 4, 3, 3).into_model().unwrap();
        let exact = Exact::default().solve(&model).unwrap();
        let denied = LotCandidate { claim: Claim::NoAward, best: None, others: Vec::new(), ..exact.clone() };
        match exact.claim {
            Claim::NoAward => none += 1,
            _ => {
                some += 1;
                assert!(matches!(
                    certify_lot(&model, &denied).unwrap_err().kind,
                    CertifyFaultKind::NotProved { .. }
                ));
            }
        }
    }
    assert!(none > 50 && some > 50);
}
