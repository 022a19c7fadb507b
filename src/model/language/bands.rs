//! Price bands that meet in one quantity: there the cheaper holds, and at one cost the lower band.

use super::base::Terms;
use crate::model::whole::{TooLarge, add, mul, sub};

/// Takes the quantity in which two bands of a bid meet from the one that does not hold there. Without this an award could
/// take the dearer of them where a limit asks for value.
pub(super) fn part(bands: &mut [Terms]) -> Result<(), TooLarge> {
    for at in 1..bands.len() {
        let (before, after) = bands.split_at_mut(at);
        let (Some(lower), Some(upper)) = (before.last_mut(), after.first_mut()) else { continue };
        let meets = upper.least;
        if lower.most != Some(meets) {
            continue;
        }
        let cost = |band: &Terms| {
            let price = band.price.iter().flatten().next().copied().unwrap_or(0);
            add(band.fixed_cost, mul(price, meets)?)
        };
        if cost(lower)? <= cost(upper)? {
            upper.least = add(meets, 1)?;
        } else {
            lower.most = Some(sub(meets, 1)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(least: i128, most: i128, price: i128, fixed_cost: i128) -> Terms {
        let price = vec![Some(price)];
        Terms { name: String::new(), quoted: None, price, fixed_cost, least, most: Some(most) }
    }

    fn parted(mut bands: Vec<Terms>) -> Vec<(i128, i128)> {
        part(&mut bands).unwrap();
        bands.iter().map(|band| (band.least, band.most.unwrap())).collect()
    }

    #[test]
    fn the_cheaper_holds_where_two_bands_meet() {
        assert_eq!(parted(vec![band(1, 5, 9, 0), band(5, 9, 8, 0)]), [(1, 4), (5, 9)]);
        assert_eq!(parted(vec![band(1, 5, 9, 0), band(5, 9, 8, 6)]), [(1, 5), (6, 9)]);
    }

    #[test]
    fn at_one_cost_the_lower_band_holds() {
        assert_eq!(parted(vec![band(1, 5, 9, 0), band(5, 9, 8, 5)]), [(1, 5), (6, 9)]);
    }

    #[test]
    fn bands_that_do_not_meet_stay() {
        assert_eq!(parted(vec![band(1, 5, 9, 0), band(6, 9, 8, 0)]), [(1, 5), (6, 9)]);
    }
}
