//! A payer profile from its TOML: everything that is wrong at once, or a profile that is whole.

use std::ops::Range;

use toml::de::DeTable;

use super::part::Part;
use super::{Band, Insured, Layer, PaymentStandard, Profile, Scheme, Setting, Settlement};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Source, nearest};
use crate::money::Ratio;
use crate::savings::faults::Faults;

/// Id and text of each built-in profile, by id.
const BUILT_IN: &[(&str, &str)] =
    &[("cn-jiangxi-2022", include_str!("../../../tenders/payers/cn-jiangxi-2022.toml"))];

const PARTS: [&str; 9] = [
    "profile",
    "scheme",
    "setting",
    "critical_illness",
    "assistance",
    "insured",
    "payment_standard",
    "retention",
    "settlement",
];

impl Profile {
    /// The ids of the built-in profiles, sorted.
    pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(id, _)| *id)
    }

    /// The text of a built-in profile.
    pub fn built_in_text(id: &str) -> Option<&'static str> {
        BUILT_IN.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
    }

    /// A built-in profile.
    ///
    /// # Errors
    /// There is none with this id.
    pub fn built_in(id: &str) -> Result<Self, Diagnostics> {
        match Self::built_in_text(id) {
            Some(text) => Self::from_toml(&Source::new(&format!("{id}.toml"), text.to_owned())),
            None => {
                let known: Vec<&str> = Self::built_in_ids().collect();
                let fault =
                    Diagnostic::new(Code::ProfileUnknown).with("id", id).with("known", known.join(", "));
                Err(match nearest(id, known) {
                    Some(near) => fault.with("near", near).into(),
                    None => fault.into(),
                })
            }
        }
    }

    /// Reads a profile.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    pub fn from_toml(source: &Source) -> Result<Self, Diagnostics> {
        let mut faults = Faults::new(source, Code::ProfileKeyUnknown);
        let root = match DeTable::parse(source.text()) {
            Ok(root) => root,
            Err(fault) => {
                let at = fault.span().unwrap_or(0..0);
                faults.at(Code::ProfileNotToml, at, &[("reason", fault.message())]);
                return Err(faults.found());
            }
        };
        let profile = profile(root.get_ref(), &mut faults);
        match profile {
            Some(profile) if faults.is_empty() => Ok(profile),
            _ => Err(faults.found()),
        }
    }
}

fn profile(root: &DeTable<'_>, faults: &mut Faults<'_>) -> Option<Profile> {
    faults.only(root, &PARTS);
    let header = Part::one(root, "profile", faults).map(|part| {
        part.only(&["id", "title", "title_zh", "insured_share"], faults);
        (part.named(faults), part.cited(faults), part.share("insured_share", faults))
    });
    let schemes = schemes(root, faults);
    let critical_illness = layer(root, "critical_illness", faults);
    let assistance = layer(root, "assistance", faults);
    let insured = insured(root, schemes.as_deref(), faults);
    let payment_standard = payment_standard(root, faults);
    let retention = bands(root, faults);
    let settlement = settlement(root, faults);
    let (named, cited, insured_share) = header?;
    Some(Profile {
        named: named?,
        cited: cited?,
        insured_share: insured_share?,
        schemes: schemes?,
        critical_illness: critical_illness?,
        assistance: assistance?,
        insured: insured?,
        payment_standard: payment_standard?,
        retention: retention?,
        settlement: settlement?,
    })
}

/// The schemes with their settings; both add up to one.
fn schemes(root: &DeTable<'_>, faults: &mut Faults<'_>) -> Option<Vec<Scheme>> {
    let scheme_parts = Part::each(root, "scheme", faults);
    let setting_parts = Part::each(root, "setting", faults);
    let settings: Vec<(Option<String>, Option<Setting>)> =
        setting_parts.iter().map(|part| setting(part, faults)).collect();
    let mut schemes: Vec<Option<Scheme>> = Vec::new();
    for part in &scheme_parts {
        part.only(&["id", "title", "title_zh", "share"], faults);
        let (named, share) = (part.named(faults), part.share("share", faults));
        let cited = part.cited(faults);
        schemes.push(named.zip(share).zip(cited).map(|((named, share), cited)| {
            let own = settings.iter().filter(|(scheme, _)| scheme.as_ref() == Some(&named.id));
            let settings = own.filter_map(|(_, setting)| setting.clone()).collect();
            Scheme { named, share, settings, cited }
        }));
    }
    let broken = schemes.iter().any(Option::is_none) || settings.iter().any(|(_, one)| one.is_none());
    if broken {
        return None;
    }
    let schemes: Vec<Scheme> = schemes.into_iter().flatten().collect();
    let known: Vec<&str> = schemes.iter().map(|scheme| scheme.named.id.as_str()).collect();
    for (part, (of, _)) in setting_parts.iter().zip(&settings) {
        names_scheme(part, of.as_deref(), &known, faults);
    }
    distinct(&places(&scheme_parts, "id"), &known, faults);
    whole(&places(&scheme_parts, "share"), schemes.iter().map(|scheme| scheme.share), faults);
    for (scheme, part) in schemes.iter().zip(&scheme_parts) {
        let of = |key: &str| -> Vec<Range<usize>> {
            let own = setting_parts.iter().zip(&settings);
            let own = own.filter(|(_, (of, _))| of.as_ref() == Some(&scheme.named.id));
            own.map(|(part, _)| part.place(key)).collect()
        };
        let ids: Vec<&str> = scheme.settings.iter().map(|setting| setting.named.id.as_str()).collect();
        distinct(&of("id"), &ids, faults);
        let shares = of("share");
        let shares = if shares.is_empty() { vec![part.at.clone()] } else { shares };
        whole(&shares, scheme.settings.iter().map(|setting| setting.share), faults);
    }
    Some(schemes)
}

fn setting(part: &Part<'_, '_>, faults: &mut Faults<'_>) -> (Option<String>, Option<Setting>) {
    part.only(&["scheme", "id", "title", "title_zh", "share", "deductible", "rate", "cap"], faults);
    let scheme = part.text("scheme", faults);
    let (named, cited) = (part.named(faults), part.cited(faults));
    let (share, deductible) = (part.share("share", faults), part.money("deductible", faults));
    let (rate, cap) = (part.share("rate", faults), part.cap("cap", faults));
    let built = || {
        Some(Setting {
            named: named?,
            share: share?,
            deductible: deductible?,
            rate: rate?,
            cap: cap?,
            cited: cited?,
        })
    };
    (scheme, built())
}

fn layer(root: &DeTable<'_>, name: &'static str, faults: &mut Faults<'_>) -> Option<Layer> {
    let part = Part::one(root, name, faults)?;
    part.only(&["share_reached", "deductible", "rate", "cap"], faults);
    let (share_reached, deductible) = (part.share("share_reached", faults), part.money("deductible", faults));
    let (rate, cap) = (part.share("rate", faults), part.cap("cap", faults));
    let cited = part.cited(faults);
    Some(Layer {
        share_reached: share_reached?,
        deductible: deductible?,
        rate: rate?,
        cap: cap?,
        cited: cited?,
    })
}

fn insured(root: &DeTable<'_>, schemes: Option<&[Scheme]>, faults: &mut Faults<'_>) -> Option<Vec<Insured>> {
    let parts = Part::each(root, "insured", faults);
    let all: Vec<Option<Insured>> = parts.iter().map(|part| one_insured(part, faults)).collect();
    let all = all.into_iter().collect::<Option<Vec<Insured>>>()?;
    let ids: Vec<&str> = all.iter().map(|one| one.named.id.as_str()).collect();
    distinct(&places(&parts, "id"), &ids, faults);
    if let Some(schemes) = schemes {
        let known: Vec<&str> = schemes.iter().map(|scheme| scheme.named.id.as_str()).collect();
        for (part, one) in parts.iter().zip(&all) {
            names_scheme(part, Some(&one.scheme), &known, faults);
        }
    }
    Some(all)
}

fn one_insured(part: &Part<'_, '_>, faults: &mut Faults<'_>) -> Option<Insured> {
    let keys = ["critical_deductible_multiple", "critical_rate", "critical_capped", "assistance"];
    let known: Vec<&str> = ["id", "title", "title_zh", "scheme"].into_iter().chain(keys).collect();
    part.only(&known, faults);
    let [multiple, rate, capped, assistance] = keys;
    let (named, cited) = (part.named(faults), part.cited(faults));
    let scheme = part.text("scheme", faults);
    let multiple = part.share(multiple, faults);
    let rate = part.share(rate, faults);
    let (capped, assistance) = (part.yes_or_no(capped, faults), part.yes_or_no(assistance, faults));
    Some(Insured {
        named: named?,
        scheme: scheme?,
        critical_deductible_multiple: multiple?,
        critical_rate: rate?,
        critical_capped: capped?,
        assistance: assistance?,
        cited: cited?,
    })
}

fn payment_standard(root: &DeTable<'_>, faults: &mut Faults<'_>) -> Option<PaymentStandard> {
    let part = Part::one(root, "payment_standard", faults)?;
    part.only(&["far_above", "first_year_cut"], faults);
    let (far_above, cut) = (part.number("far_above", faults), part.share("first_year_cut", faults));
    let cited = part.cited(faults);
    Some(PaymentStandard { far_above: far_above?, first_year_cut: cut?, cited: cited? })
}

/// The bands, from the highest down; the last begins at zero.
fn bands(root: &DeTable<'_>, faults: &mut Faults<'_>) -> Option<Vec<Band>> {
    let parts = Part::each(root, "retention", faults);
    let all: Vec<Option<Band>> = parts.iter().map(|part| band(part, faults)).collect();
    let all = all.into_iter().collect::<Option<Vec<Band>>>()?;
    for (pair, part) in all.windows(2).zip(parts.iter().skip(1)) {
        if let [upper, lower] = pair
            && lower.bound >= upper.bound
        {
            faults.at(Code::ProfileBands, part.at.clone(), &[("bound", &lower.bound.to_string())]);
        }
    }
    if let Some((last, part)) = all.last().zip(parts.last())
        && !(last.bound.is_zero() && last.includes_bound)
    {
        faults.at(Code::ProfileBands, part.at.clone(), &[("bound", &last.bound.to_string())]);
    }
    Some(all)
}

fn band(part: &Part<'_, '_>, faults: &mut Faults<'_>) -> Option<Band> {
    part.only(&["from", "above", "share"], faults);
    let includes_bound = part.has("from") || !part.has("above");
    let bound = part.number(if includes_bound { "from" } else { "above" }, faults);
    let (share, cited) = (part.share("share", faults), part.cited(faults));
    Some(Band { bound: bound?, includes_bound, share: share?, cited: cited? })
}

fn settlement(root: &DeTable<'_>, faults: &mut Faults<'_>) -> Option<Settlement> {
    const KEYS: [&str; 7] = [
        "file_by_day",
        "confirm_working_days",
        "pay_working_days",
        "prepaid_share",
        "old_days_outstanding",
        "interest_rate",
        "days_in_year",
    ];
    let part = Part::one(root, "settlement", faults)?;
    part.only(&KEYS, faults);
    let [file, confirm, pay, prepaid, old, rate, year] = KEYS;
    let (file, confirm) = (part.count(file, 1..=28, faults), part.count(confirm, 0..=366, faults));
    let (pay, prepaid) = (part.count(pay, 0..=366, faults), part.share(prepaid, faults));
    let (old, rate) = (part.count(old, 0..=3_660, faults), part.share(rate, faults));
    let (year, cited) = (part.count(year, 360..=366, faults), part.cited(faults));
    Some(Settlement {
        file_by_day: file?,
        confirm_working_days: confirm?,
        pay_working_days: pay?,
        prepaid_share: prepaid?,
        old_days_outstanding: old?,
        interest_rate: rate?,
        days_in_year: year?,
        cited: cited?,
    })
}

fn names_scheme(part: &Part<'_, '_>, scheme: Option<&str>, known: &[&str], faults: &mut Faults<'_>) {
    let Some(scheme) = scheme.filter(|scheme| !known.contains(scheme)) else { return };
    let list = known.join(", ");
    let mut values = vec![("key", scheme), ("known", list.as_str())];
    values.extend(nearest(scheme, known.iter().copied()).map(|near| ("near", near)));
    faults.at(Code::ProfileNameUnknown, part.place("scheme"), &values);
}

/// Refuses an id that stands twice, at its second place.
fn distinct(places: &[Range<usize>], ids: &[&str], faults: &mut Faults<'_>) {
    for (at, (place, id)) in places.iter().zip(ids).enumerate() {
        if ids.iter().take(at).any(|earlier| earlier == id) {
            faults.at(Code::ProfileTwice, place.clone(), &[("key", id)]);
        }
    }
}

/// Shares must add up to one exactly; the fault stands at the last of them.
fn whole(places: &[Range<usize>], shares: impl Iterator<Item = Ratio>, faults: &mut Faults<'_>) {
    let sum = Ratio::total(shares);
    if let (Some(last), false) = (places.last(), sum == Ok(Ratio::ONE)) {
        let sum = sum.map_or_else(|fault| fault.to_string(), |sum| sum.to_string());
        faults.at(Code::ProfileSharesNotWhole, last.clone(), &[("sum", &sum)]);
    }
}

/// The places of a key in parts.
fn places(parts: &[Part<'_, '_>], key: &str) -> Vec<Range<usize>> {
    parts.iter().map(|part| part.place(key)).collect()
}
