//! A programme under construction: columns, rows, sums.

use std::collections::BTreeMap;

use crate::model::Steps;
use crate::model::programme::{Column, Row, Sense, row, yes_no};
use crate::model::whole::{TooLarge, add, mul, sub};

use super::input::Offered;
use super::view::{LotView, Offer, Switch};

/// A weighted sum of columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sum {
    terms: BTreeMap<usize, i128>,
}

impl Sum {
    /// Adds `by` times a column.
    pub(super) fn add(&mut self, column: usize, by: i128) -> Result<(), TooLarge> {
        let place = self.terms.entry(column).or_insert(0);
        *place = add(*place, by)?;
        Ok(())
    }

    /// Adds `by` times another sum.
    pub(super) fn add_sum(&mut self, other: &Self, by: i128) -> Result<(), TooLarge> {
        other.terms.iter().try_for_each(|(column, own)| self.add(*column, mul(*own, by)?))
    }

    /// The terms that weigh something, by column.
    pub(super) fn terms(&self) -> Vec<(usize, i128)> {
        self.terms.iter().filter(|(_, by)| **by != 0).map(|(column, by)| (*column, *by)).collect()
    }
}

/// Columns and rows so far, and what they mean.
pub(super) struct Build<'a> {
    pub(super) offered: &'a Offered<'a>,
    pub(super) steps: Steps,
    /// Whether suppliers of one controller count as one.
    pub(super) as_one: bool,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    pub(super) lots: Vec<LotView>,
    /// What prices are compared as: columns of compared cost beyond what is paid.
    pub(super) beside: Sum,
    /// The columns of switching away from incumbents.
    pub(super) switches: Vec<Switch>,
    known: BTreeMap<Vec<usize>, usize>,
}

impl<'a> Build<'a> {
    pub(super) fn new(offered: &'a Offered<'a>, steps: Steps, as_one: bool) -> Self {
        let (columns, rows, lots, switches) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (beside, known) = (Sum::default(), BTreeMap::new());
        Self { offered, steps, as_one, columns, rows, lots, beside, switches, known }
    }

    /// A new yes-or-no column.
    pub(super) fn yes_no(&mut self, name: String) -> usize {
        self.columns.push(yes_no(name));
        self.columns.len().saturating_sub(1)
    }

    /// A new column of volume.
    pub(super) fn volume(&mut self, name: String, upper: i128) -> usize {
        self.columns.push(Column { name, lower: 0, upper, integer: false });
        self.columns.len().saturating_sub(1)
    }

    /// A new row.
    pub(super) fn row(&mut self, rule: &str, label: String, sum: &Sum, sense: Sense, rhs: i128) {
        self.rows.push(row(rule, label, sum.terms(), sense, rhs));
    }

    /// The largest value that a sum can have between the column bounds.
    pub(super) fn largest(&self, sum: &Sum) -> Result<i128, TooLarge> {
        sum.terms.iter().try_fold(0, |total, (column, by)| {
            let bounds = self.columns.get(*column).ok_or(TooLarge)?;
            add(total, mul(*by, bounds.lower)?.max(mul(*by, bounds.upper)?))
        })
    }

    /// A column that is 1 exactly when one of the yes-or-no `columns` is; the column itself when there is only one.
    pub(super) fn any(&mut self, name: String, columns: &[usize]) -> Result<usize, TooLarge> {
        if let [only] = columns {
            return Ok(*only);
        }
        if let Some(known) = self.known.get(columns) {
            return Ok(*known);
        }
        let any = self.yes_no(name.clone());
        let mut all = Sum::default();
        all.add(any, -1)?;
        for (at, column) in columns.iter().enumerate() {
            all.add(*column, 1)?;
            let mut one = Sum::default();
            one.add(any, 1)?;
            one.add(*column, -1)?;
            self.row(super::SUPPLIERS, format!("{name}-if-{at}"), &one, Sense::Ge, 0);
        }
        self.row(super::SUPPLIERS, format!("{name}-only-if"), &all, Sense::Ge, 0);
        self.known.insert(columns.to_vec(), any);
        Ok(any)
    }

    /// The volume of an offer.
    pub(super) fn offer_volume(offer: &Offer) -> Result<Sum, TooLarge> {
        let mut sum = Sum::default();
        for delivery in offer.delivers.iter().flatten() {
            sum.add(delivery.column, delivery.steps)?;
        }
        Ok(sum)
    }

    /// The volume that bids of a lot deliver.
    pub(super) fn volume_of(&self, bids: &[(usize, usize)]) -> Result<Sum, TooLarge> {
        let mut sum = Sum::default();
        for offer in self.offers_of(bids) {
            sum.add_sum(&Self::offer_volume(offer)?, 1)?;
        }
        Ok(sum)
    }

    /// What is paid for the volume of bids, without fixed costs.
    pub(super) fn value_of(&self, bids: &[(usize, usize)]) -> Result<Sum, TooLarge> {
        let mut sum = Sum::default();
        for offer in self.offers_of(bids) {
            for (delivery, price) in offer.delivers.iter().zip(&offer.price) {
                if let (Some(delivery), Some(price)) = (delivery, price) {
                    sum.add(delivery.column, mul(delivery.steps, *price)?)?;
                }
            }
        }
        Ok(sum)
    }

    /// What is paid for bids once, whatever their volume.
    pub(super) fn fixed_of(&self, bids: &[(usize, usize)]) -> Result<Sum, TooLarge> {
        let mut sum = Sum::default();
        for offer in self.offers_of(bids) {
            sum.add(offer.taken, offer.fixed_cost)?;
        }
        Ok(sum)
    }

    fn offers_of<'b>(&'b self, bids: &'b [(usize, usize)]) -> impl Iterator<Item = &'b Offer> {
        let bid = |(lot, bid): &(usize, usize)| self.lots.get(*lot)?.bids.get(*bid);
        bids.iter().filter_map(bid).flat_map(|bid| &bid.offers)
    }

    /// The difference of two sums.
    pub(super) fn less(one: &Sum, other: &Sum) -> Result<Sum, TooLarge> {
        let mut sum = one.clone();
        sum.add_sum(other, sub(0, 1)?)?;
        Ok(sum)
    }
}
