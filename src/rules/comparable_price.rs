//! Rule `comparable-price`.

use crate::money::{
    ConversionFault, Proportion, Ratio, Rounding, UnitPrice, power_factor_product, power_factor_quotient,
};

/// Converts a quoted price to the lot's representative specification, and back.
///
/// # What it checks
/// Nothing; it makes prices of different strengths and packs comparable (单位可比价). The price of a pack that is X times
/// the representative specification is divided by `base^(log2 X)`, once for content, once for fill volume and once for
/// pack count, and the result is rounded once.
///
/// # Why
/// A tablet of 20 mg costs less than two of 10 mg, so a linear conversion would favour high strengths. The
/// differential-price rules for drugs (药品差比价规则, 2011) state the powers.
///
/// # Parameters
/// - `content_base`, `fill_base`, `pack_base` (ratio): the factor for twice the content, fill volume, pack count; 1
///   means that the price does not depend on it.
/// - `rounding` (rounding): steps of a comparable price.
///
/// # Example
/// 0.8840 for 20 mg, representative 10 mg, content base 1.7: 0.8840 / 1.7 = 0.5200.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparablePrice {
    /// Factor for twice the content (含量).
    pub content_base: Ratio,
    /// Factor for twice the fill volume (装量).
    pub fill_base: Ratio,
    /// Factor for twice the pack count (包装数量).
    pub pack_base: Ratio,
    /// Steps of a comparable price.
    pub rounding: Rounding,
}

impl ComparablePrice {
    /// The rule's id.
    pub const ID: &'static str = "comparable-price";

    /// The price of the representative specification that `price` of a pack stands for; each ratio is the pack's over
    /// the representative's.
    ///
    /// # Errors
    /// [`ConversionFault`] when the result cannot be held or its rounding is not decided.
    pub fn convert(
        &self,
        price: UnitPrice,
        content: Proportion,
        fill: Proportion,
        pack: Proportion,
    ) -> Result<UnitPrice, ConversionFault> {
        power_factor_quotient(price, &self.factors(content, fill, pack), self.rounding)
    }

    /// The price of a pack that `comparable`, a price of the representative specification, stands for.
    ///
    /// # Errors
    /// As [`Self::convert`].
    pub fn convert_back(
        &self,
        comparable: UnitPrice,
        content: Proportion,
        fill: Proportion,
        pack: Proportion,
    ) -> Result<UnitPrice, ConversionFault> {
        power_factor_product(comparable, &self.factors(content, fill, pack), self.rounding)
    }

    fn factors(&self, content: Proportion, fill: Proportion, pack: Proportion) -> [(Ratio, Proportion); 3] {
        [(self.content_base, content), (self.fill_base, fill), (self.pack_base, pack)]
    }
}
