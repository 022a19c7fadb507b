//! A saving split over payers by their rates.
//!
//! Of insured use, each scheme has its share and each setting its share of that; the fund pays its rate. Of what is left,
//! critical-illness insurance pays its rate on the part within its reach, then medical assistance likewise; the patient
//! has the rest, and all of uninsured use. Deductibles and caps play no part in this split: they are in the bills.

use super::Profile;
use crate::money::{Fraction, Inexact, Money, split_money};

/// Who pays. The order is that of tables, and that in which equal remainders of a split are given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payer {
    /// The fund of basic insurance.
    Fund,
    /// Critical-illness insurance (大病保险).
    CriticalIllness,
    /// Medical assistance (医疗救助).
    Assistance,
    /// The patient.
    Patient,
}

impl Payer {
    /// Every payer.
    pub const ALL: [Self; 4] = [Self::Fund, Self::CriticalIllness, Self::Assistance, Self::Patient];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fund => "fund",
            Self::CriticalIllness => "critical_illness",
            Self::Assistance => "assistance",
            Self::Patient => "patient",
        }
    }
}

/// A saving to be split: of a lot, in a region when regions have profiles of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaSaving {
    /// The lot.
    pub lot_id: String,
    /// The region.
    pub region: Option<String>,
    /// The saving; below zero when the award is dearer.
    pub saving: Money,
}

/// One payer's share of a saving, under one scheme and in one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerShare {
    /// Scheme and setting; `None` for patients without insurance.
    pub place: Option<(String, String)>,
    /// Who saves.
    pub payer: Payer,
    /// How much.
    pub saving: Money,
}

/// A saving with its parts, which add up to it exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitSaving {
    /// The whole.
    pub whole: AreaSaving,
    /// Id of the profile it was split by.
    pub profile: String,
    /// By scheme, setting and payer in the order of the profile; patients without insurance last.
    pub parts: Vec<PayerShare>,
}

/// Splits a saving by a profile, by the largest remainder; equal remainders go to the part that comes first.
///
/// # Errors
/// [`Inexact`] when a part cannot be held.
pub fn split_saving(whole: AreaSaving, profile: &Profile) -> Result<SplitSaving, Inexact> {
    let mut places = Vec::new();
    let mut weights = Vec::new();
    for scheme in &profile.schemes {
        for setting in &scheme.settings {
            let used = Fraction::from(profile.insured_share)
                .times(&Fraction::from(scheme.share))
                .times(&Fraction::from(setting.share));
            let fund = used.times(&Fraction::from(setting.rate));
            let left = used.minus(&fund);
            let of_layer = |left: &Fraction, layer: &super::Layer| {
                left.times(&Fraction::from(layer.share_reached)).times(&Fraction::from(layer.rate))
            };
            let critical = of_layer(&left, &profile.critical_illness);
            let left = left.minus(&critical);
            let assistance = of_layer(&left, &profile.assistance);
            let patient = left.minus(&assistance);
            let place = (scheme.named.id.clone(), setting.named.id.clone());
            for (payer, weight) in Payer::ALL.into_iter().zip([fund, critical, assistance, patient]) {
                places.push((Some(place.clone()), payer));
                weights.push(weight);
            }
        }
    }
    places.push((None, Payer::Patient));
    weights.push(Fraction::one().minus(&Fraction::from(profile.insured_share)));
    let amounts = split_money(whole.saving, &weights)?;
    let parts = places
        .into_iter()
        .zip(amounts)
        .map(|((place, payer), saving)| PayerShare { place, payer, saving })
        .collect();
    Ok(SplitSaving { whole, profile: profile.named.id.clone(), parts })
}
