//! `jicai draw`: a draw from a public seed, for every tie that waits for one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use super::answer::{paragraph, section};
use super::command_line::Texts;
use super::rules::instead;
use super::{Answer, Exit, encoding, wants_json, word};
use crate::diagnostics::{escape, json as diagnostics_json, plain};
use crate::read::ReadOptions;
use crate::report::lottery::{Lottery, lotteries};
use crate::tender::SupplierId;
use crate::text::{Language, fill, text};
use crate::{Evaluation, evaluate_under};

/// The header of `decisions.csv`, with the columns that a person fills in last.
const HEADER: &str = "lot_id,supplier_id,act,by,on,why,document";

/// The command in one language.
pub(super) fn line(here: Texts) -> Command {
    here.command("draw", "draw")
        .arg(here.folder("tender", "TENDER", "draw.tender"))
        .arg(here.option("seed", "draw.seed").value_name("TEXT").required(true))
        .arg(here.option("rules", "evaluate.rules").value_name("ID_OR_FILE"))
        .arg(
            here.option("without-overrides", "evaluate.without_overrides")
                .action(clap::ArgAction::SetTrue)
                .requires("rules"),
        )
        .arg(here.format("draw.format"))
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

/// Says what a seed draws for every lot that waits for a draw. Nothing is written.
pub(super) fn draw(matches: &ArgMatches, language: Language) -> Answer {
    let seed = word(matches, "seed");
    if seed.trim().is_empty() || seed.chars().any(char::is_control) {
        let help = [text(language, "cli.draw.seed_help").to_owned()];
        return Answer::refused(language, text(language, "cli.draw.no_seed"), &help, Exit::Usage);
    }
    let encoding = match encoding(matches, language) {
        Ok(encoding) => encoding,
        Err(answer) => return answer,
    };
    let instead = match word(matches, "rules") {
        "" => None,
        name => match instead(name, matches.get_flag("without-overrides"), language) {
            Ok(instead) => Some(instead),
            Err(answer) => return answer,
        },
    };
    let tender = matches.get_one::<PathBuf>("tender").map_or(Path::new(""), PathBuf::as_path);
    let options = ReadOptions { encoding, ..ReadOptions::default() };
    match evaluate_under(tender, &options, instead.as_ref()) {
        Ok(evaluation) => {
            let all = lotteries(&evaluation.award, seed);
            let as_asked = if wants_json(matches) { as_json } else { page };
            Answer::done(as_asked(&evaluation, &all, seed, language))
        }
        Err(faults) => {
            let said = if wants_json(matches) {
                diagnostics_json(&faults, language)
            } else {
                plain(&faults, language, false)
            };
            Answer { results: String::new(), messages: said, exit: Exit::of_diagnostics(&faults) }
        }
    }
}

fn names(suppliers: &[SupplierId]) -> String {
    suppliers.iter().map(|supplier| escape(supplier.as_str())).collect::<Vec<_>>().join("+")
}

fn page(evaluation: &Evaluation, all: &[Lottery], seed: &str, language: Language) -> String {
    let say = |key: &str, values: &[(&str, &str)]| fill(language, &format!("cli.draw.page.{key}"), values);
    let screened = evaluation.award.screened();
    let (tender, rules) = (escape(&screened.notice.id), escape(&screened.rules.id));
    let mut page = paragraph(&say("title", &[("tender", &tender), ("rules", &rules)]), 0);
    if all.is_empty() {
        page.push_str(&paragraph(&say("nothing", &[]), 0));
        return page;
    }
    page.push_str(&paragraph(&say("seed", &[("seed", &escape(seed))]), 0));
    page.push_str(&paragraph(&say("method", &[]), 0));
    for lottery in all {
        let places = lottery.places.map(|places| places.to_string()).unwrap_or_default();
        let options = lottery.options.len().to_string();
        let lot = escape(lottery.lot_id.as_str());
        let values = [("lot", &*lot), ("places", &*places), ("options", &*options)];
        page.push_str(&section(&say(lottery.decides, &values), language));
        if lottery.options.is_empty() {
            page.push_str(&paragraph(&say("not_listed", &[]), 2));
            continue;
        }
        let listed: Vec<String> = lottery.options.iter().map(|option| names(option)).collect();
        page.push_str(&paragraph(&say("options", &[("options", &listed.join(", "))]), 2));
        for (place, option) in (1_u32..).zip(&lottery.drawn) {
            let chosen = lottery.rows.iter().any(|(supplier, _)| option.suppliers.contains(supplier));
            let chosen = chosen && (lottery.decides != "award" || place == 1);
            let key = if chosen { "chosen" } else { "passed" };
            let (place, option_names) = (place.to_string(), names(&option.suppliers));
            page.push_str(&paragraph(&say(key, &[("place", &place), ("option", &option_names)]), 2));
            // A text to be copied is not broken into lines.
            let _ = writeln!(page, "     {}\n     {}", escape(&option.text), option.sha256);
        }
    }
    page.push_str(&section(&say("rows", &[]), language));
    let _ = writeln!(page, "{}", rows(all));
    page.push_str(&paragraph(&say("after", &[]), 0));
    page
}

/// The rows of `decisions.csv`, the columns that a person fills in left blank.
fn rows(all: &[Lottery]) -> String {
    let cell = |text: &str| match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    };
    let of = |lottery: &Lottery| {
        let lot = cell(lottery.lot_id.as_str());
        let row = |(supplier, place): &(SupplierId, u32)| {
            format!("{lot},{},draw-{place},,,,\n", cell(supplier.as_str()))
        };
        lottery.rows.iter().map(row).collect::<String>()
    };
    format!("{HEADER}\n{}", all.iter().map(of).collect::<String>())
}

fn as_json(evaluation: &Evaluation, all: &[Lottery], seed: &str, _: Language) -> String {
    let ids = |suppliers: &[SupplierId]| -> Vec<String> {
        suppliers.iter().map(|supplier| supplier.as_str().to_owned()).collect()
    };
    let lot = |lottery: &Lottery| -> Value {
        json!({
            "lot_id": lottery.lot_id.as_str(),
            "decides": lottery.decides,
            "places": lottery.places,
            "options": lottery.options.iter().map(|option| ids(option)).collect::<Vec<_>>(),
            "drawn": lottery.drawn.iter().map(|option| json!({
                "option": ids(&option.suppliers),
                "text": option.text,
                "sha256": option.sha256,
            })).collect::<Vec<_>>(),
            "rows": lottery.rows.iter().map(|(supplier, place)| json!({
                "lot_id": lottery.lot_id.as_str(),
                "supplier_id": supplier.as_str(),
                "act": format!("draw-{place}"),
            })).collect::<Vec<_>>(),
        })
    };
    let screened = evaluation.award.screened();
    let value = json!({
        "schema": "jicai-draw-1",
        "tender": screened.notice.id,
        "rules": screened.rules.id,
        "seed": seed,
        "method": {"hash": "sha256", "text": "SEED/TENDER/LOT/OPTION", "first": "lowest"},
        "lots": all.iter().map(lot).collect::<Vec<_>>(),
        "decisions_csv": rows(all),
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}
