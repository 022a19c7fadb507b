//! Rule `comparable-price`.

use crate::money::{
    ConversionFault, Proportion, Ratio, Rounding, UnitPrice, power_factor_product, power_factor_quotient,
};

/// Converts a quoted price to the lot's representative specification, and back.
///
/// # What it checks
/// Nothing; it makes prices of different strengths and packs comparable (单位可比价). The price of a pack that is X times
/// the representative specification is divided by `base^(log2 X)`, once for content, once for fill volume and once for
/// pack count, and the result is rounded once. Where cost decides, a price that needs no conversion is not rounded.
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
    /// A quote of the representative specification stays as it is, also beyond these steps. So where cost decides: what is
    /// compared there is what is paid.
    pub keeps_quotes: bool,
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
        if self.keeps_quotes && [content, fill, pack].into_iter().all(Proportion::is_one) {
            return Ok(price);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_from_the_representative_specification_by_the_same_factors() {
        let base = |text| Ratio::parse(text).unwrap();
        let rule = |rounding| ComparablePrice {
            content_base: base("1.7"),
            fill_base: base("1.9"),
            pack_base: base("1.95"),
            rounding,
            keeps_quotes: false,
        };
        let times = |text: &str| Proportion::parse(text).unwrap();
        let back = |rounding, comparable, [content, fill, pack]: [&str; 3]| {
            let price = UnitPrice::parse(comparable).unwrap();
            let found = rule(rounding).convert_back(price, times(content), times(fill), times(pack));
            found.unwrap().to_string()
        };
        let half_up = Rounding::half_up(4);
        assert_eq!(back(half_up, "0.5200", ["2", "1", "1"]), "0.8840");
        assert_eq!(back(half_up, "0.5200", ["0.5", "1", "1"]), "0.3059");
        assert_eq!(back(half_up, "0.5200", ["1", "2", "1"]), "0.9880");
        assert_eq!(back(half_up, "0.5200", ["1", "1", "2"]), "1.0140");
        // 0.00051 and 0.00095 are rounded in the mode and to the digits of the rule.
        assert_eq!(back(half_up, "0.0003", ["2", "1", "1"]), "0.0005");
        assert_eq!(back(half_up, "0.0005", ["1", "2", "1"]), "0.0010");
        assert_eq!(back(Rounding::half_up(3), "0.0003", ["2", "1", "1"]), "0.0010");
    }
}
