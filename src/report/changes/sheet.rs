//! An award as it was written: award.json, read back strictly.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::money::{Money, Quantity};
use crate::report::ReportFiles;
use crate::report::files::sha256;
use crate::report::manifest::MANIFEST;
use crate::rules::ReadReason;

const SCHEMA: &str = "jicai-award-1";
const AWARD: &str = "award.json";
/// Names of suppliers stand here.
const WINNERS: &str = "winners.csv";

/// What is compared of one award.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sheet {
    schema: String,
    pub(super) tender: TenderPart,
    pub(super) rules: RulesPart,
    pub(super) lots: Vec<LotPart>,
    pub(super) illustrative: bool,
    /// Names of winners by supplier, in both languages.
    #[serde(skip)]
    pub(super) names: BTreeMap<String, [String; 2]>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct TenderPart {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) title_zh: Option<String>,
    pub(super) currency: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct RulesPart {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) title_zh: String,
    pub(super) instead_of: Option<String>,
    /// What nobody has verified.
    pub(super) unverified: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct LotPart {
    pub(super) lot_id: String,
    pub(super) name: String,
    pub(super) name_zh: Option<String>,
    pub(super) outcome: LotOutcome,
    /// Whether who has how much rests on a simulated draft.
    pub(super) assumption: bool,
    #[serde(deserialize_with = "amount")]
    pub(super) value: Option<Money>,
    #[serde(deserialize_with = "volume")]
    pub(super) agreed_volume: Option<Quantity>,
    pub(super) winners: Vec<WinnerPart>,
    pub(super) bids: Vec<BidPart>,
}

/// The words of `outcome`; another word is no award of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LotOutcome {
    Awarded,
    DrawRequired,
    AnswerRequired,
    NoAward,
    Unproved,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct WinnerPart {
    pub(super) bid_id: String,
    #[serde(deserialize_with = "amount")]
    pub(super) value: Option<Money>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct BidPart {
    pub(super) supplier_id: String,
    pub(super) bid_id: String,
    pub(super) status: BidWord,
    pub(super) reasons: Vec<ReasonPart>,
}

/// The words of a bid's `status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum BidWord {
    Won,
    Lost,
    Excluded,
    Tied,
    Open,
}

impl BidWord {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Excluded => "excluded",
            Self::Tied => "tied",
            Self::Open => "open",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct ReasonPart {
    pub(super) rule: String,
    pub(super) verdict: String,
    facts: Facts,
    pub(super) cite: String,
}

impl ReasonPart {
    /// As the sentences take it.
    pub(super) fn read(&self) -> ReadReason<'_> {
        let facts = self.facts.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        ReadReason { rule: &self.rule, verdict: &self.verdict, facts }
    }

    pub(super) fn fact(&self, name: &str) -> Option<&str> {
        self.facts.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Names with values in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Facts(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Facts;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("names with values")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Facts, M::Error> {
                let mut facts = Vec::new();
                while let Some(fact) = map.next_entry()? {
                    facts.push(fact);
                }
                Ok(Facts(facts))
            }
        }
        from.deserialize_map(InOrder)
    }
}

fn amount<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Money>, D::Error> {
    let text: Option<String> = Option::deserialize(from)?;
    text.map(|text| Money::parse(&text).map_err(|_| D::Error::custom(text))).transpose()
}

fn volume<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Quantity>, D::Error> {
    let text: Option<String> = Option::deserialize(from)?;
    text.map(|text| Quantity::parse(&text).map_err(|_| D::Error::custom(text))).transpose()
}

impl Sheet {
    /// The award of a report that has not been written.
    pub(super) fn of_files(files: &ReportFiles, name: &str) -> Result<Self, Diagnostics> {
        Self::of(name, |file| Ok(files.get(file).map(<[u8]>::to_vec)))
    }

    /// The award of a report folder.
    pub(super) fn of_folder(folder: &Path) -> Result<Self, Diagnostics> {
        let name = folder.to_string_lossy();
        Self::of(&name, |file| match std::fs::read(folder.join(file)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(fault) => {
                let unreadable = Diagnostic::new(Code::AwardUnreadable).with("folder", &*name);
                Err(unreadable.with("reason", fault.to_string()).into())
            }
        })
    }

    fn of(
        name: &str,
        mut bytes: impl FnMut(&str) -> Result<Option<Vec<u8>>, Diagnostics>,
    ) -> Result<Self, Diagnostics> {
        let fault = |code: Code| Diagnostic::new(code).with("folder", name);
        let Some(award) = bytes(AWARD)? else { return Err(fault(Code::AwardMissing).into()) };
        let foreign = |reason: String| fault(Code::AwardForeign).with("reason", reason);
        let mut sheet: Self = serde_json::from_slice(&award).map_err(|reason| foreign(reason.to_string()))?;
        if sheet.schema != SCHEMA {
            return Err(foreign(sheet.schema).into());
        }
        if let Some(manifest) = bytes(MANIFEST)?
            && digest_in(&manifest).is_some_and(|digest| digest != sha256(&award))
        {
            return Err(fault(Code::AwardAltered).into());
        }
        if let Some(winners) = bytes(WINNERS)? {
            sheet.names = names(&winners);
        }
        Ok(sheet)
    }
}

/// What the manifest says of award.json.
fn digest_in(manifest: &[u8]) -> Option<String> {
    let manifest: serde_json::Value = serde_json::from_slice(manifest).ok()?;
    let files = manifest.get("files")?.as_array()?;
    let award = files.iter().find(|file| file.get("name").and_then(|name| name.as_str()) == Some(AWARD))?;
    award.get("sha256")?.as_str().map(str::to_owned)
}

/// Names of winners in both languages, from winners.csv; whatever cannot be read gives no name.
fn names(winners: &[u8]) -> BTreeMap<String, [String; 2]> {
    let plain = winners.strip_prefix("\u{feff}".as_bytes()).unwrap_or(winners);
    let mut reader = csv::Reader::from_reader(plain);
    let Ok(headings) = reader.headers().cloned() else { return BTreeMap::new() };
    let column = |name: &str| headings.iter().position(|heading| heading == name);
    let columns = [column("supplier_id"), column("supplier_name"), column("supplier_name_zh")];
    let [Some(id), Some(name), Some(name_zh)] = columns else { return BTreeMap::new() };
    let rows = reader.records().filter_map(Result::ok);
    rows.filter_map(|row| {
        Some((row.get(id)?.to_owned(), [row.get(name)?.to_owned(), row.get(name_zh)?.to_owned()]))
    })
    .collect()
}
