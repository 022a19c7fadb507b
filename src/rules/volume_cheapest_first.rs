//! Rule `volume-cheapest-first`.

use crate::money::{Inexact, Quantity, Rounding, split_largest_remainder};

/// Volumes go to the winners in rank order, each as much as it can deliver.
///
/// # What it checks
/// Nothing; it states how the base volume is shared out. Rank 1 has as much as its capacity allows, then rank 2 of what is
/// left, and so on. Winners that share a rank share what is left in proportion to what each can take of it. What no
/// capacity covers is not given out. Every region is shared out in the same way, and regions and winners both add up.
///
/// # Why
/// The lowest offers are used up first, so that the demand is met at least cost.
///
/// # Parameters
/// - `rounding` (rounding): steps of a volume, in units. What rounding leaves goes to the largest remainder.
///
/// # Example
/// 1,000 units; A can deliver 400, B 700: A has 400, B 600.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeCheapestFirst {
    /// Steps of a volume, in units.
    pub rounding: Rounding,
}

impl VolumeCheapestFirst {
    /// The rule's id.
    pub const ID: &'static str = "volume-cheapest-first";

    /// What each winner has of `total`; winners in rank order with their rank and capacity.
    ///
    /// # Errors
    /// [`Inexact`] when a number cannot be held.
    pub fn volumes(
        &self,
        total: Quantity,
        winners: &[(u32, Option<Quantity>)],
    ) -> Result<Vec<Quantity>, Inexact> {
        let mut left = total;
        let mut volumes = Vec::with_capacity(winners.len());
        for group in winners.chunk_by(|(one, _), (other, _)| one == other) {
            let most: Vec<Quantity> =
                group.iter().map(|(_, capacity)| capacity.map_or(left, |most| most.min(left))).collect();
            let together = Quantity::total(most.iter().copied())?;
            let given = if together <= left {
                most
            } else {
                let decimals = most.iter().chain([&left]).map(|volume| volume.decimals()).max().unwrap_or(0);
                split_largest_remainder(left, &most, self.rounding.digits.max(decimals))?
            };
            left = left.minus(Quantity::total(given.iter().copied())?)?;
            volumes.extend(given);
        }
        Ok(volumes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn volumes(total: &str, winners: &[(u32, &str)]) -> Vec<String> {
        let quantity = |text: &str| Quantity::parse(text).ok();
        let winners: Vec<_> = winners.iter().map(|(rank, most)| (*rank, quantity(most))).collect();
        let rule = VolumeCheapestFirst { rounding: Rounding::half_up(0) };
        let found = rule.volumes(quantity(total).unwrap(), &winners).unwrap();
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_cheapest_first_and_one_rank_in_proportion() {
        assert_eq!(volumes("1000", &[(1, "400"), (2, "700")]), ["400", "600"]);
        assert_eq!(volumes("1000", &[(1, "400"), (2, "")]), ["400", "600"]);
        assert_eq!(volumes("1000", &[(1, "1000")]), ["1000"]);
        assert_eq!(volumes("1000", &[(1, "400"), (2, "500")]), ["400", "500"]);
        assert_eq!(volumes("1000", &[(1, "600"), (1, "900")]), ["400", "600"]);
        assert_eq!(volumes("100", &[(1, ""), (1, "50"), (1, "")]), ["40", "20", "40"]);
        assert_eq!(volumes("100", &[(1, ""), (1, ""), (1, "")]), ["34", "33", "33"]);
    }
}
