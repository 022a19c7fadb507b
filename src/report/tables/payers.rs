//! Pages of payers: a profile, a saving split by it, and bills before and after.

use std::collections::BTreeMap;

use super::{OnPage, Table, Tables, Value};
use crate::money::{Inexact, Money};
use crate::rules::Status;
use crate::savings::payers::{Bill, BillParts, Named, Payer, PayerShare, Profile, SplitSaving};
use crate::text::{Language, fill, text};

fn titled(named: &Named, language: Language) -> String {
    match language {
        Language::English => named.title.clone(),
        Language::Chinese => named.title_zh.clone(),
    }
}

fn status(status: Status) -> Value {
    Value::Word(match status {
        Status::Verified => "verified",
        Status::Unverified => "unverified",
    })
}

/// A profile with its sources.
pub fn profile_tables(profile: &Profile, language: Language) -> Tables {
    let cap = |cap: Option<Money>| cap.map_or(Value::Word("no_cap"), Value::number);
    let mut settings = Vec::new();
    for scheme in &profile.schemes {
        for setting in &scheme.settings {
            settings.push(vec![
                Value::text(titled(&scheme.named, language)),
                Value::text(titled(&setting.named, language)),
                Value::number(setting.share),
                Value::number(setting.deductible),
                Value::number(setting.rate),
                cap(setting.cap),
            ]);
        }
    }
    let layers = [("critical_illness", &profile.critical_illness), ("assistance", &profile.assistance)];
    let layers = layers.map(|(name, layer)| {
        vec![
            Value::Word(name),
            Value::number(layer.share_reached),
            Value::number(layer.deductible),
            Value::number(layer.rate),
            cap(layer.cap),
        ]
    });
    let bands = profile.retention.iter().map(|band| {
        let bound = Value::Word(if band.includes_bound { "from" } else { "above" });
        vec![bound, Value::number(band.bound), Value::number(band.share)]
    });
    let sources = profile.sources().into_iter();
    let sources = sources.map(|(part, of)| vec![Value::text(part), status(of.status), Value::text(&of.cite)]);
    let schemes = profile.schemes.iter();
    let schemes =
        schemes.map(|scheme| vec![Value::text(titled(&scheme.named, language)), Value::number(scheme.share)]);
    let table = |name, columns: &[&'static str], rows| Table {
        name,
        columns: columns.to_vec(),
        rows,
        on_page: OnPage::Yes,
    };
    Tables {
        schema: "jicai-payer-profile-1",
        title: format!("{} — {}", profile.named.id, titled(&profile.named, language)),
        facts: vec![("insured_share", Value::number(profile.insured_share))],
        tables: vec![
            table("settings", &["scheme", "setting", "share", "deductible", "rate", "cap"], settings),
            table("schemes", &["scheme", "share"], schemes.collect()),
            table("layers", &["layer", "share_reached", "deductible", "rate", "cap"], layers.to_vec()),
            table("bands", &["bound_kind", "bound", "share"], bands.collect()),
            table("sources", &["part", "status", "cite"], sources.collect()),
        ],
        notes: Vec::new(),
    }
}

/// Sums by payer, in the order of the keys.
fn sums<K: Ord>(parts: impl Iterator<Item = (K, Payer, Money)>) -> Result<BTreeMap<K, [Money; 4]>, Inexact> {
    let mut all: BTreeMap<K, [Money; 4]> = BTreeMap::new();
    for (key, payer, amount) in parts {
        let sums = all.entry(key).or_insert([Money::ZERO; 4]);
        for (sum, _) in sums.iter_mut().zip(Payer::ALL).filter(|(_, of)| *of == payer) {
            *sum = sum.plus(amount)?;
        }
    }
    Ok(all)
}

/// A row of amounts by payer, with their sum.
fn by_payer(name: Value, amounts: [Money; 4]) -> Result<Vec<Value>, Inexact> {
    let all = Money::total(amounts)?;
    Ok(std::iter::once(name).chain(amounts.map(Value::number)).chain([Value::number(all)]).collect())
}

const BY_PAYER: [&str; 5] = ["fund", "critical_illness", "assistance", "patient", "all_payers"];

/// Savings split over payers, in every detail and summed. Beside each profile stands how many of its parts nobody has
/// read.
///
/// # Errors
/// [`Inexact`] when a sum cannot be held.
pub fn split_tables(
    splits: &[SplitSaving],
    baseline: &str,
    profiles: &[(&Profile, usize)],
    language: Language,
) -> Result<Tables, Inexact> {
    let total = Money::total(splits.iter().map(|split| split.whole.saving))?;
    let notes = profiles.iter().filter(|(_, unverified)| *unverified > 0).map(|(profile, unverified)| {
        let count = unverified.to_string();
        let values = [("profile", profile.named.id.as_str()), ("count", &count)];
        fill(language, "savings.payers.unverified", &values)
    });
    let how = ["savings.payers.how", "savings.payers.remainder"].map(|key| text(language, key).to_owned());
    Ok(Tables {
        schema: "jicai-payers-1",
        title: text(language, "savings.payers.title").to_owned(),
        facts: vec![
            ("baseline", Value::text(baseline)),
            ("volume_basis", Value::Word("agreed")),
            ("saving", Value::number(total)),
        ],
        tables: vec![
            details(splits, baseline),
            by_scheme(splits, profiles, language)?,
            Table { on_page: if profiles.len() > 1 { OnPage::Yes } else { OnPage::No }, ..by_area(splits)? },
        ],
        notes: notes.chain(how).collect(),
    })
}

fn parts_of(splits: &[SplitSaving]) -> impl Iterator<Item = (&SplitSaving, &PayerShare)> {
    splits.iter().flat_map(|split| split.parts.iter().map(move |part| (split, part)))
}

fn details(splits: &[SplitSaving], baseline: &str) -> Table {
    let row = |(split, part): (&SplitSaving, &PayerShare)| {
        let place = part.place.as_ref();
        vec![
            Value::text(&split.whole.lot_id),
            split.whole.region.as_ref().map_or(Value::Unknown, Value::text),
            Value::text(&split.profile),
            Value::text(baseline),
            place.map_or(Value::Word("uninsured"), |(scheme, _)| Value::text(scheme)),
            place.map_or(Value::Unknown, |(_, setting)| Value::text(setting)),
            Value::Word(part.payer.name()),
            Value::number(part.saving),
        ]
    };
    let columns = ["lot_id", "region", "profile", "baseline", "scheme", "setting", "payer", "saving"];
    let rows = parts_of(splits).map(row).collect();
    Table { name: "payers", columns: columns.to_vec(), rows, on_page: OnPage::No }
}

fn by_scheme(
    splits: &[SplitSaving],
    profiles: &[(&Profile, usize)],
    language: Language,
) -> Result<Table, Inexact> {
    let name = |scheme: &str| {
        let mut schemes = profiles.iter().flat_map(|(profile, _)| &profile.schemes);
        let known = schemes.find(|known| known.named.id == scheme);
        known.map_or_else(|| scheme.to_owned(), |known| titled(&known.named, language))
    };
    // Patients without insurance come last, and only where there are any.
    let of_schemes = sums(parts_of(splits).map(|(_, part)| {
        let scheme = part.place.as_ref().map(|(scheme, _)| scheme.as_str());
        ((scheme.is_none(), scheme), part.payer, part.saving)
    }))?;
    let mut rows = Vec::new();
    for ((_, scheme), amounts) in of_schemes {
        match scheme {
            Some(scheme) => rows.push(by_payer(Value::text(name(scheme)), amounts)?),
            None if amounts.iter().all(|amount| amount.is_zero()) => {}
            None => rows.push(by_payer(Value::Word("uninsured"), amounts)?),
        }
    }
    let all = sums(parts_of(splits).map(|(_, part)| ((), part.payer, part.saving)))?;
    let all = all.get(&()).copied().unwrap_or([Money::ZERO; 4]);
    rows.push(by_payer(Value::Word("total"), all)?);
    let columns = std::iter::once("scheme").chain(BY_PAYER).collect();
    Ok(Table { name: "by_scheme", columns, rows, on_page: OnPage::Yes })
}

fn by_area(splits: &[SplitSaving]) -> Result<Table, Inexact> {
    let of_areas = sums(parts_of(splits).map(|(split, part)| {
        let area = split.whole.region.as_deref().unwrap_or_default();
        ((area, split.profile.as_str()), part.payer, part.saving)
    }))?;
    let mut rows = Vec::new();
    for ((area, profile), amounts) in of_areas {
        let mut row = by_payer(Value::text(area), amounts)?;
        row.insert(1, Value::text(profile));
        rows.push(row);
    }
    let columns = ["region", "profile"].into_iter().chain(BY_PAYER).collect();
    Ok(Table { name: "by_area", columns, rows, on_page: OnPage::Yes })
}

/// One kind of insured with a bill before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illustration {
    /// The kind of insured.
    pub insured: Named,
    /// The setting of care.
    pub setting: Named,
    /// Who pays before.
    pub before: BillParts,
    /// Who pays after.
    pub after: BillParts,
}

/// Bills before and after, for each kind of insured.
///
/// # Errors
/// [`Inexact`] when a sum cannot be held.
pub fn bill_tables(
    profile: &Profile,
    [before, after]: [Bill; 2],
    illustrations: &[Illustration],
    language: Language,
) -> Result<Tables, Inexact> {
    let amounts = |parts: &BillParts| [parts.fund, parts.critical_illness, parts.assistance, parts.patient];
    let mut rows = Vec::new();
    for one in illustrations {
        let (old, new) = (amounts(&one.before), amounts(&one.after));
        let mut saved = [Money::ZERO; 4];
        for ((saved, old), new) in saved.iter_mut().zip(old).zip(new) {
            *saved = old.minus(new)?;
        }
        for (word, amounts) in [("before", old), ("after", new), ("saved", saved)] {
            let mut row = by_payer(Value::text(titled(&one.insured, language)), amounts)?;
            row.insert(1, Value::Word(word));
            rows.push(row);
        }
    }
    let setting = illustrations.first().map(|one| titled(&one.setting, language));
    Ok(Tables {
        schema: "jicai-bills-1",
        title: text(language, "savings.bills.title").to_owned(),
        facts: vec![
            ("profile", Value::text(&profile.named.id)),
            ("setting", setting.map_or(Value::Unknown, Value::text)),
            ("bill_before", Value::number(before.amount)),
            ("bill_after", Value::number(after.amount)),
            ("payment_standard", Value::number_if(after.standard)),
        ],
        tables: vec![Table {
            name: "bills",
            columns: ["insured", "bill"].into_iter().chain(BY_PAYER).collect(),
            rows,
            on_page: OnPage::ByFirstColumn,
        }],
        notes: ["savings.bills.order", "savings.bills.rounding"]
            .map(|key| text(language, key).to_owned())
            .to_vec(),
    })
}
