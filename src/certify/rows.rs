//! Bounds, rows and objective of an award, in whole numbers.

use super::CertifyFaultKind;
use crate::model::whole::dot;
use crate::model::{LotModel, Proposal, Sense};

/// Checks that an award satisfies the lot's model and comes to the objective that it states.
pub(super) fn check(lot: &LotModel, award: &Proposal) -> Result<(), CertifyFaultKind> {
    if award.values.len() != lot.columns.len() {
        return Err(CertifyFaultKind::Columns);
    }
    for (column, value) in lot.columns.iter().zip(&award.values) {
        if !(column.lower..=column.upper).contains(value) {
            return Err(CertifyFaultKind::ColumnBound(column.name.clone()));
        }
    }
    for row in &lot.rows {
        let sum = dot(&row.terms, &award.values)?;
        let holds = match row.sense {
            Sense::Le => sum <= row.rhs,
            Sense::Ge => sum >= row.rhs,
            Sense::Eq => sum == row.rhs,
        };
        if !holds {
            return Err(CertifyFaultKind::RowBroken { rule: row.rule.clone(), label: row.label.clone() });
        }
    }
    let counted = dot(&lot.objective.terms, &award.values)?;
    if counted != award.objective {
        return Err(CertifyFaultKind::Objective { stated: Box::new((award.objective, counted)) });
    }
    Ok(())
}
