//! Every figure of a projection by payer.
//!
//! Each figure is split by the rates of a payer profile, so the parts of a column add up to it. On the three paths, what a
//! payer saves in all years is the sum of his years; a percentile of all years is split by itself, for percentiles of
//! years do not add up to it.

use super::{Figures, Projection};
use crate::money::{Inexact, Money};
use crate::savings::payers::{AreaSaving, Payer, Profile, split_saving};

/// Nine figures of one payer, in the order of [`Figures::all`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerFigures {
    /// Who; the fund stands once for each scheme.
    pub payer: Payer,
    /// Id of the scheme, for the fund.
    pub scheme: Option<String>,
    /// His part of each of the nine figures.
    pub figures: [Money; 9],
}

/// All years and each of them by payer, in the order of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayersOfProjection {
    /// Id of the profile.
    pub profile: String,
    /// Each year.
    pub years: Vec<Vec<PayerFigures>>,
    /// All years.
    pub whole: Vec<PayerFigures>,
}

/// Paths among the nine figures.
const PATHS: usize = 3;

/// Splits the savings of a projection.
///
/// # Errors
/// [`Inexact`] when a part cannot be held.
pub fn by_payer(projection: &Projection, profile: &Profile) -> Result<PayersOfProjection, Inexact> {
    let by_year = projection.savings_by_year();
    let years = by_year.iter().map(|year| split(year, profile)).collect::<Result<Vec<_>, _>>()?;
    let mut whole = match projection.saving() {
        Some(saving) => split(&saving, profile)?,
        None => Vec::new(),
    };
    for (place, own) in whole.iter_mut().enumerate() {
        for (at, figure) in own.figures.iter_mut().enumerate().take(PATHS) {
            let parts = years.iter().filter_map(|year| year.get(place)?.figures.get(at).copied());
            *figure = Money::total(parts)?;
        }
    }
    Ok(PayersOfProjection { profile: profile.named.id.clone(), years, whole })
}

fn split(figures: &Figures, profile: &Profile) -> Result<Vec<PayerFigures>, Inexact> {
    let mut all = names(profile);
    for (at, figure) in figures.all().into_iter().enumerate() {
        let whole = AreaSaving { lot_id: String::new(), region: None, saving: figure };
        for part in split_saving(whole, profile)?.parts {
            let scheme = part.place.filter(|_| part.payer == Payer::Fund).map(|(scheme, _)| scheme);
            let own = all.iter_mut().find(|own| own.payer == part.payer && own.scheme == scheme);
            if let Some(sum) = own.and_then(|own| own.figures.get_mut(at)) {
                *sum = sum.plus(part.saving)?;
            }
        }
    }
    Ok(all)
}

/// The payers, the fund once for each scheme.
fn names(profile: &Profile) -> Vec<PayerFigures> {
    let blank = |payer, scheme| PayerFigures { payer, scheme, figures: [Money::ZERO; 9] };
    let funds = profile.schemes.iter().map(|scheme| blank(Payer::Fund, Some(scheme.named.id.clone())));
    let rest = [Payer::CriticalIllness, Payer::Assistance, Payer::Patient];
    funds.chain(rest.map(|payer| blank(payer, None))).collect()
}
