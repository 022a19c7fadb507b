//! Exhaustive search over the rows of a model: the oracle.

use std::collections::BTreeSet;

use jicai::model::{LotModel, Sense, Shape};

/// Whether every bound and row holds.
pub fn feasible(lot: &LotModel, values: &[i128]) -> bool {
    let bounds = lot.columns.iter().zip(values).all(|(c, v)| c.lower <= *v && *v <= c.upper);
    bounds
        && lot.rows.iter().all(|row| {
            let sum: i128 = row.terms.iter().map(|&(j, c)| c * values[j]).sum();
            match row.sense {
                Sense::Le => sum <= row.rhs,
                Sense::Ge => sum >= row.rhs,
                Sense::Eq => sum == row.rhs,
            }
        })
}

pub fn objective(lot: &LotModel, values: &[i128]) -> i128 {
    lot.objective.terms.iter().map(|&(j, c)| c * values[j]).sum()
}

/// All winner sets of the longest shortlists of a ranked lot, by trying every shortlist with every set of winners.
pub fn best_ranked(lot: &LotModel) -> (i128, BTreeSet<Vec<String>>) {
    let Shape::Ranked(ranked) = &lot.shape else { panic!("not a ranked lot") };
    let (n, layout) = (ranked.candidates.len(), ranked.layout());
    let mut best = (-1, BTreeSet::new());
    for bits in 0_u32..1 << (2 * n) {
        let mut values = vec![0; lot.columns.len()];
        for (j, value) in values.iter_mut().enumerate().take(2 * n) {
            *value = i128::from(bits >> j & 1);
        }
        let winners = values[n..2 * n].iter().filter(|v| **v == 1).count();
        if winners > layout.most_winners() {
            continue;
        }
        values[layout.winners_are(winners)] = 1;
        let share = ranked.shares.iter().find(|s| s.winners as usize == winners).map_or(0, |s| s.numerator);
        values[layout.agreed()] = share * ranked.base_volume;
        if feasible(lot, &values) {
            let set = (0..n).filter(|b| values[n + b] == 1).map(|b| ranked.candidates[b].bid_id.clone());
            let reached = objective(lot, &values);
            if reached > best.0 {
                best = (reached, BTreeSet::new());
            }
            if reached == best.0 {
                best.1.insert(set.collect());
            }
        }
    }
    best
}
