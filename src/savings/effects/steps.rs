//! The effects as steps of money: before, then price, then quantity, then mix, after.
//!
//! Indices multiply and money adds up, so the steps need an order: each effect is applied to the level that the one before
//! leaves. Another order gives other steps and the same indices.

use super::Effect;
use crate::money::{Fraction, Money, Rounding};

/// Levels are rounded to cents, half up.
const CENTS: Rounding = Rounding::half_up(2);

/// Spending before, after each effect in turn, and after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    /// Before.
    pub before: Fraction,
    /// After the price effect.
    pub price: Fraction,
    /// After the price and the quantity effect.
    pub quantity: Fraction,
    /// After all three.
    pub after: Fraction,
}

/// The same in money: two amounts, and the three steps from the one to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// Spending before.
    pub before: Money,
    /// What prices add; below zero what they take away.
    pub price: Money,
    /// What quantities add.
    pub quantity: Money,
    /// What the mix adds.
    pub structure: Money,
    /// Spending after: the sum of the four.
    pub after: Money,
}

impl Levels {
    /// Nothing spent.
    pub fn zero() -> Self {
        let [before, price, quantity, after] = [(); 4].map(|()| Fraction::zero());
        Self { before, price, quantity, after }
    }

    /// The levels of two parts together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            before: self.before.plus(&other.before),
            price: self.price.plus(&other.price),
            quantity: self.quantity.plus(&other.quantity),
            after: self.after.plus(&other.after),
        }
    }

    /// The three indices in their order; `None` for one that starts from nothing. They multiply to the change exactly.
    pub fn indices(&self) -> [Option<Fraction>; 3] {
        [self.price.over(&self.before), self.quantity.over(&self.price), self.after.over(&self.quantity)]
    }

    /// In money: every level to cents, half up, and the steps as the differences of those, so that they add up.
    /// `None` when an amount cannot be held.
    pub fn steps(&self) -> Option<Steps> {
        let [before, price, quantity, after] =
            [&self.before, &self.price, &self.quantity, &self.after].map(|level| level.to_money(CENTS));
        let (before, price, quantity, after) = (before?, price?, quantity?, after?);
        Some(Steps {
            before,
            price: price.minus(before).ok()?,
            quantity: quantity.minus(price).ok()?,
            structure: after.minus(quantity).ok()?,
            after,
        })
    }
}

impl Steps {
    /// The three steps in their order.
    pub fn each(&self) -> [Money; 3] {
        [self.price, self.quantity, self.structure]
    }
}

impl Effect {
    /// Spending before, after price, after quantity, and after all; `None` when an effect is unknown.
    pub fn levels(&self) -> Option<Levels> {
        let price = self.before.times(self.price.as_ref()?);
        let quantity = price.times(self.quantity.as_ref()?);
        self.structure.as_ref()?;
        Some(Levels { before: self.before.clone(), price, quantity, after: self.after.clone() })
    }
}
