//! Rule `volume-by-own-brand`.

use crate::money::{Inexact, Quantity, Ratio, Rounding, split_largest_remainder};

/// Volumes follow the brands that institutions asked for.
///
/// # What it checks
/// Nothing; it shares out the volume that one institution reported. A winner keeps `own_share` of what was reported for
/// its own brand. Of what was reported for losing brands, `compulsory_share` goes to the lowest-priced winner and the
/// rest to the winners that the institution itself asked for, in proportion to what it asked of them. When it asked for
/// none of the winners, all of it goes to the lowest-priced winner.
///
/// # Why
/// Consumables come with training and habit, so hospitals keep their brands where they can; the cheapest is rewarded
/// with part of the rest.
///
/// # Parameters
/// - `own_share` (share): kept of the own brand's volume.
/// - `compulsory_share` (share): of losers' volume, to the lowest-priced winner.
/// - `rounding` (rounding): steps of a volume, in units.
///
/// # Example
/// A hospital reports S1 100, S3 200, and 100 for a losing brand, with shares 1 and 0.1: S1 gets 100 + 10 + 30, S3 gets
/// 200 + 60.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeByOwnBrand {
    /// Kept of the own brand's volume.
    pub own_share: Ratio,
    /// Of losers' volume, to the lowest-priced winner.
    pub compulsory_share: Ratio,
    /// Steps of a volume, in units.
    pub rounding: Rounding,
}

impl VolumeByOwnBrand {
    /// The rule's id.
    pub const ID: &'static str = "volume-by-own-brand";

    /// Shares out one institution's volume: `reported` for each winner, the lowest-priced first, and `lost` for all
    /// losing brands together.
    ///
    /// Parts of the rest are split by the largest remainder; of equal remainders the better rank is served first.
    ///
    /// # Errors
    /// [`Inexact`] when a number needs more than 28 digits, or a volume is finer than the steps.
    pub fn share_out(&self, reported: &[Quantity], lost: Quantity) -> Result<Vec<Quantity>, Inexact> {
        let own = reported
            .iter()
            .map(|volume| volume.scaled(self.own_share)?.rounded(self.rounding))
            .collect::<Result<Vec<_>, _>>()?;
        let asked_for_none = reported.iter().all(|volume| volume.is_zero());
        let compulsory =
            if asked_for_none { lost } else { lost.scaled(self.compulsory_share)?.rounded(self.rounding)? };
        let rest = lost.minus(compulsory)?;
        let rest = if rest.is_zero() {
            vec![Quantity::ZERO; reported.len()]
        } else {
            split_largest_remainder(rest, reported, self.rounding.digits)?
        };
        own.into_iter()
            .zip(rest)
            .zip(std::iter::once(compulsory).chain(std::iter::repeat(Quantity::ZERO)))
            .map(|((own, rest), compulsory)| own.plus(rest)?.plus(compulsory))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn volumes<const N: usize>(texts: [&str; N]) -> Vec<Quantity> {
        texts.iter().map(|text| Quantity::parse(text).unwrap()).collect()
    }

    #[test]
    fn losing_brands_go_to_the_cheapest_and_to_the_institutions_own_winners() {
        let rule = VolumeByOwnBrand {
            own_share: Ratio::ONE,
            compulsory_share: Ratio::parse("0.1").unwrap(),
            rounding: Rounding::half_up(0),
        };
        let hundred = Quantity::parse("100").unwrap();
        // S1, S2, S3
        assert_eq!(rule.share_out(&volumes(["100", "0", "200"]), hundred), Ok(volumes(["140", "0", "260"])));
        assert_eq!(rule.share_out(&volumes(["0", "0", "0"]), hundred), Ok(volumes(["100", "0", "0"])));
        assert_eq!(rule.share_out(&volumes(["5", "7", "0"]), Quantity::ZERO), Ok(volumes(["5", "7", "0"])));
    }
}
